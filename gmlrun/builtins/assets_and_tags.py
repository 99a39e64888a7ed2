"""Assets by name, and the tags that a program finds them by. Manual: Asset_Management/Assets_And_Tags."""

from __future__ import annotations

import math

from gmlrun.builtins.registry import Chapter, Int, String
from gmlrun.engine.tags import UNKNOWN, Tags, asset_type
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value
from gmlrun.values.text import string_of

chapter = Chapter("Asset_Management/Assets_And_Tags")

CONSTANTS: dict[str, Value] = {
    "asset_unknown": float(UNKNOWN),
    "asset_object": 0.0,
    "asset_sprite": 1.0,
    "asset_sound": 2.0,
    "asset_room": 3.0,
    "asset_path": 4.0,
    "asset_script": 5.0,
    "asset_font": 6.0,
    "asset_timeline": 7.0,
    "asset_shader": 8.0,
    "asset_sequence": 9.0,
    "asset_animationcurve": 10.0,
    "asset_particlesystem": 11.0,
    "asset_tiles": 13.0,
}


def tags_of(tags: Tags, asset: Value, type_: int) -> list[str] | None:
    """The tags of an asset, to be changed; None when there is no such asset."""
    if isinstance(asset, float) and not math.isfinite(asset):
        return None
    name = tags.name_of(asset, type_)
    return None if name is None else tags.of(name)


def as_list(tags: Value) -> list[str]:
    """Tags given as one string or an array."""
    return [string_of(tag) for tag in tags] if isinstance(tags, list) else [string_of(tags)]


@chapter
def asset_get_index(rt: Runtime, name: String) -> Value:
    """The asset of a name, -1 when there is none."""
    return rt.assets.get(name, -1.0)


@chapter
def asset_get_type(rt: Runtime, name_or_ref: Value) -> float:
    """The type of an asset given by name or handle, one of the `asset_…` constants."""
    found = rt.assets.get(name_or_ref) if isinstance(name_or_ref, str) else name_or_ref
    return float(asset_type(found))


@chapter
def asset_get_ids(rt: Runtime, asset_type: Int) -> list[Value]:
    """All assets of a type."""
    return [asset for asset in rt.assets.values() if is_of(asset, asset_type)]


def is_of(asset: Value, type_: int) -> bool:
    return asset_type(asset) == type_


@chapter
def asset_get_tags(tags: Tags, name_or_index: Value, asset_type: Int = UNKNOWN) -> list[Value]:
    """The tags of an asset; a number needs the type as well."""
    return list(tags_of(tags, name_or_index, asset_type) or [])


@chapter
def asset_add_tags(the_tags: Tags, name_or_index: Value, tags: Value, asset_type: Int = UNKNOWN) -> bool:
    """Gives an asset a tag or an array of tags; false when there is no such asset."""
    found = tags_of(the_tags, name_or_index, asset_type)
    if found is None:
        return False
    found += [tag for tag in dict.fromkeys(as_list(tags)) if tag not in found]
    return True


@chapter
def asset_remove_tags(the_tags: Tags, name_or_index: Value, tags: Value, asset_type: Int = UNKNOWN) -> bool:
    """Takes a tag or an array of tags from an asset; false when there is no such asset."""
    found = tags_of(the_tags, name_or_index, asset_type)
    if found is None:
        return False
    unwanted = as_list(tags)
    found[:] = [tag for tag in found if tag not in unwanted]
    return True


@chapter
def asset_clear_tags(tags: Tags, name: Value, asset_type: Int = UNKNOWN) -> bool:
    """Takes all tags from an asset; false when there is no such asset."""
    found = tags_of(tags, name, asset_type)
    if found is not None:
        found.clear()
    return found is not None


@chapter
def asset_has_tags(the_tags: Tags, name_or_index: Value, tags: Value, asset_type: Int = UNKNOWN) -> bool:
    """Whether an asset has all of the given tags."""
    found = tags_of(the_tags, name_or_index, asset_type)
    return found is not None and set(as_list(tags)) <= set(found)


@chapter
def asset_has_any_tag(the_tags: Tags, name_or_index: Value, tags: Value, asset_type: Int = UNKNOWN) -> bool:
    """Whether an asset has one of the given tags."""
    found = tags_of(the_tags, name_or_index, asset_type)
    return found is not None and not set(as_list(tags)).isdisjoint(found)


@chapter
def tag_get_assets(the_tags: Tags, tags: Value) -> list[Value]:
    """The names of all assets that have a tag, or one of an array of tags."""
    return list(the_tags.with_any(as_list(tags)))


@chapter
def tag_get_asset_ids(rt: Runtime, the_tags: Tags, tags: Value, asset_type: Int) -> list[Value]:
    """All assets of a type that have a tag, or one of an array of tags."""
    assets = [rt.assets[name] for name in the_tags.with_any(as_list(tags))]
    return [asset for asset in assets if is_of(asset, asset_type)]
