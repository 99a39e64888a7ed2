"""Assets by name and kind, and their tags: what `asset_get_*` and `tag_get_*` look through."""

from __future__ import annotations

from gmlrun.runtime import GamePart
from gmlrun.values.model import AssetRef, function_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gmlrun.runtime import Runtime

UNKNOWN = -1
SCRIPT = 5

ASSET_TYPES = {
    "object": 0,
    "sprite": 1,
    "sound": 2,
    "room": 3,
    "path": 4,
    "script": SCRIPT,
    "font": 6,
    "timeline": 7,
    "shader": 8,
    "sequence": 9,
    "animcurve": 10,
    "animationcurve": 10,
    "particlesystem": 11,
    "tiles": 13,
    "tileset": 13,
}
"""The `asset_…` number of each kind of asset."""


def asset_type(asset: Any) -> int:
    """The `asset_…` number of an asset or a script function, UNKNOWN for anything else."""
    if isinstance(asset, AssetRef):
        return ASSET_TYPES.get(asset.kind.replace(" ", "").replace("_", ""), UNKNOWN)
    info = function_info(asset)
    return SCRIPT if info is not None and info.script is not None else UNKNOWN


def asset_index(asset: Any) -> int:
    """The number that stands for an asset among those of its type."""
    if isinstance(asset, AssetRef):
        return asset.index
    info = function_info(asset)
    return UNKNOWN if info is None else info.index


def tags_of_code(function: Any) -> list[str]:
    """The tags that GameMaker's own compiler gives to a constructor: that it is one, and its parent."""
    info = function_info(function)
    if info is None or not info.is_constructor:
        return []
    return ["@@constructor", *([f"@@parent={info.parent}"] if info.parent else [])]


class Tags(GamePart):
    """The tags of each asset, by the asset's name; a project's loader fills it."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.tags = {name: tags for name, function in rt.functions.items() if (tags := tags_of_code(function))}

    def name_of(self, asset: Any, type_: int = UNKNOWN) -> str | None:
        """The name of an existing asset given as its name, itself, or its number and type."""
        assets = self.rt.assets
        if isinstance(asset, str):
            return asset if asset in assets else None
        if isinstance(asset, (float, int)):
            wanted = (int(asset), type_)
            return next((n for n, a in assets.items() if (asset_index(a), asset_type(a)) == wanted), None)
        return next((name for name, found in assets.items() if found is asset), None)

    def of(self, name: str) -> list[str]:
        """The tags of an asset, to be read or changed."""
        return self.tags.setdefault(name, [])

    def with_any(self, wanted: list[str]) -> list[str]:
        """The names of the assets that have one of these tags."""
        return [name for name, tags in self.tags.items() if name in self.rt.assets and set(tags) & set(wanted)]
