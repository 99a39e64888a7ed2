"""Nine slices as structs, and what is known of a sprite as one. Manual: Asset_Management/Sprites."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import GamePart, Runtime
from gmlrun.space.index import Space
from gmlrun.space.sprites import PRECISE_FRAMES, RECTANGLE, ROTATED_RECTANGLE, Sprite
from gmlrun.values.conversions import to_bool, to_real
from gmlrun.values.model import GmlClass, Struct, Value
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

chapter = Chapter("Asset_Management/Sprites/Sprite_Manipulation")
information = Chapter("Asset_Management/Sprites/Sprite_Information")

SIDES = ("left", "top", "right", "bottom")
CONSTANTS = {
    **{f"nineslice_{name}": float(number) for number, name in enumerate((*SIDES, "centre"))},
    "nineslice_center": 4.0,
    **{
        f"nineslice_{name}": float(number)
        for number, name in enumerate(("stretch", "repeat", "mirror", "blank", "hide"))
    },
}


class NineSlice(Struct, metaclass=GmlClass):
    """The nine slices of sprites: a change is one of all sprites that have been given the struct."""

    def __init__(self) -> None:
        vars(self)["__sprites__"] = {}
        self.enabled = False
        self.left = self.top = self.right = self.bottom = 0.0
        self.tilemode = [0.0] * 5

    def __setattr__(self, name: str, value: Value) -> None:
        if name in SIDES:
            value = max(0.0, float(int(to_real(value))))
        elif name == "enabled":
            value = to_bool(value)
        elif name == "tilemode" and type(value) is not list:
            raise GmlError(f"tilemode must be an array of tile modes, not {quoted(value)}")
        super().__setattr__(name, value)
        for sprite, space in vars(self)["__sprites__"].items():
            self.__apply__(sprite, space)

    def __apply__(self, sprite: Sprite, space: Space) -> None:
        """Gives a sprite these slices."""
        there: dict[str, Any] = vars(self)
        slices = tuple(there.get(side, 0.0) for side in SIDES)
        modes = tuple(there.get("tilemode", ()))
        sprite.replace(sprite.facts._replace(is_sliced=there["enabled"], slices=slices, tile_modes=modes))
        space.forget()


class NineSlices(GamePart):
    """The structs of the sprites of one game that have been asked for theirs."""

    def __init__(self, rt: Runtime) -> None:
        self.of: dict[Sprite, NineSlice] = {}


@chapter
def sprite_nineslice_create() -> Value:
    """A struct of nine slices, which are not enabled."""
    return NineSlice()


@chapter
def sprite_set_nineslice(rt: Runtime, space: Space, world: World, ind: Value, nineslice: Value) -> None:
    """Gives a sprite the nine slices of a struct; what is changed there later is changed of the sprite."""
    if not isinstance(nineslice, NineSlice):
        raise GmlError(f"expected a struct of sprite_nineslice_create, got {quoted(nineslice)}")
    found = world.sprites.find(ind)
    if found is not None:
        bind(rt, found, nineslice)
        nineslice.__apply__(found, space)


def bind(rt: Runtime, sprite: Sprite, struct: NineSlice) -> None:
    """Makes a sprite follow the changes of a struct, and no longer those of an earlier one."""
    structs = rt.service(NineSlices).of
    earlier = structs.get(sprite)
    if earlier is not None:
        vars(earlier)["__sprites__"].pop(sprite, None)
    structs[sprite] = struct
    vars(struct)["__sprites__"][sprite] = rt.service(Space)


@information
def sprite_get_nineslice(rt: Runtime, world: World, ind: Value) -> Value:
    """The nine slices of a sprite as a struct, by which they can be changed; -1 when there is no such sprite."""
    found = world.sprites.find(ind)
    return -1.0 if found is None else slices_of(rt, found)


def slices_of(rt: Runtime, sprite: Sprite) -> NineSlice:
    """The struct of a sprite's nine slices, the same one each time."""
    made = rt.service(NineSlices).of.get(sprite)
    if made is None:
        made, facts = NineSlice(), sprite.facts
        made.enabled, made.tilemode = facts.is_sliced, list(facts.tile_modes)
        made.left, made.top, made.right, made.bottom = facts.slices
        bind(rt, sprite, made)
    return made


@information
def sprite_get_info(rt: Runtime, world: World, index: Value) -> Value:
    """A struct of what is known of a sprite, its pictures aside; undefined when there is no such sprite."""
    found = world.sprites.find(index)
    if found is None:
        return None
    made: Any = Struct()
    facts = found.facts
    made.width, made.height, made.xoffset, made.yoffset = facts.width, facts.height, facts.xorigin, facts.yorigin
    made.transparent = made.smooth = False
    made.type, made.name, made.num_subimages = 0.0, found.name, float(facts.frames)
    made.bbox_left, made.bbox_top, made.bbox_right, made.bbox_bottom = facts[4:8]
    made.use_mask = facts.kind not in (RECTANGLE, ROTATED_RECTANGLE)
    made.num_masks = float(facts.frames if facts.kind == PRECISE_FRAMES else made.use_mask)
    made.rotated_bounds = facts.kind == ROTATED_RECTANGLE
    made.nineslice = slices_of(rt, found) if facts.is_sliced else None
    made.messages, made.frame_info, made.frames = [], None, []
    made.frame_speed, made.frame_type = facts.speed, float(not facts.is_per_second)
    return made
