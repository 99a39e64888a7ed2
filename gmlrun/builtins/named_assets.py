"""Assets that nothing is known of but their names: sounds, shaders, tilesets.

Manual: Asset_Management. What they would show or play is absent; that they exist is not.
"""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter
from gmlrun.runtime import Runtime
from gmlrun.values.conversions import to_int
from gmlrun.values.model import AssetRef, Value

audio = Chapter("Asset_Management/Audio")
shaders = Chapter("Asset_Management/Shaders")
tilesets = Chapter("Asset_Management/Tilsets")

NAMELESS = "<undefined>"


def asset_of(rt: Runtime, kind: str, asset: Value) -> AssetRef | None:
    """The asset of a kind that a handle or a number stands for."""
    if isinstance(asset, AssetRef):
        return asset if asset.kind == kind else None
    index = to_int(asset)
    found = (each for each in rt.assets.values() if isinstance(each, AssetRef))
    return next((each for each in found if each.kind == kind and each.index == index), None)


def name_of(rt: Runtime, kind: str, asset: Value) -> str:
    """The name of an asset of a kind, `<undefined>` when there is no such asset."""
    found = asset_of(rt, kind, asset)
    return NAMELESS if found is None else found.name


@audio
def audio_exists(rt: Runtime, index: Value) -> bool:
    """Whether there is such a sound."""
    return asset_of(rt, "sound", index) is not None


@audio
def audio_get_name(rt: Runtime, index: Value) -> str:
    """A sound's name; `<undefined>` when there is no such sound."""
    return name_of(rt, "sound", index)


@shaders
def shader_get_name(rt: Runtime, shader: Value) -> str:
    """A shader's name; `<undefined>` when there is no such shader."""
    return name_of(rt, "shader", shader)


@tilesets
def tileset_get_name(rt: Runtime, tileset: Value) -> str:
    """A tileset's name; `<undefined>` when there is no such tileset."""
    return name_of(rt, "tileset", tileset)
