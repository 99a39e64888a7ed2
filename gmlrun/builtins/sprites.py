"""Sprites without their pictures. Manual: Asset_Management/Sprites/Sprite_Information."""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter, Int, Real
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.space.index import Space
from gmlrun.space.pixels import picture_box
from gmlrun.space.sprites import DIAMOND, ELLIPSE, PRECISE, PRECISE_FRAMES, RECTANGLE, Sprite, SpriteFacts
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

chapter = Chapter("Asset_Management/Sprites/Sprite_Information")

AUTOMATIC, FULL, MANUAL = range(3)
PER_SECOND, PER_STEP = range(2)
CONSTANTS = {
    "bboxmode_automatic": float(AUTOMATIC),
    "bboxmode_fullimage": float(FULL),
    "bboxmode_manual": float(MANUAL),
    "bboxkind_precise": float(PRECISE),
    "bboxkind_rectangular": float(RECTANGLE),
    "bboxkind_ellipse": float(ELLIPSE),
    "bboxkind_diamond": float(DIAMOND),
    "bboxkind_spine": 4.0,
    "spritespeed_framespersecond": float(PER_SECOND),
    "spritespeed_framespergameframe": float(PER_STEP),
}


def facts_of(rt: Runtime, index: Value) -> SpriteFacts:
    """A sprite's facts; those of an empty one when there is no such sprite."""
    found = rt.service(World).sprites.find(index)
    return SpriteFacts() if found is None else found.facts


@chapter
def sprite_exists(world: World, ind: Value) -> bool:
    """Whether there is such a sprite."""
    return world.sprites.find(ind) is not None


@chapter
def sprite_get_name(world: World, ind: Value) -> str:
    """A sprite's name; `<undefined>` when there is no such sprite."""
    found = world.sprites.find(ind)
    return "<undefined>" if found is None else found.name


@chapter
def sprite_get_width(rt: Runtime, ind: Value) -> float:
    """A sprite's width, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).width


@chapter
def sprite_get_height(rt: Runtime, ind: Value) -> float:
    """A sprite's height, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).height


@chapter
def sprite_get_xoffset(rt: Runtime, ind: Value) -> float:
    """A sprite's horizontal origin, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).xorigin


@chapter
def sprite_get_yoffset(rt: Runtime, ind: Value) -> float:
    """A sprite's vertical origin, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).yorigin


@chapter
def sprite_get_bbox_left(rt: Runtime, ind: Value) -> float:
    """A sprite's mask's first column, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).left


@chapter
def sprite_get_bbox_top(rt: Runtime, ind: Value) -> float:
    """A sprite's mask's first row, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).top


@chapter
def sprite_get_bbox_right(rt: Runtime, ind: Value) -> float:
    """A sprite's mask's last column, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).right


@chapter
def sprite_get_bbox_bottom(rt: Runtime, ind: Value) -> float:
    """A sprite's mask's last row, in pixels; 0 when there is no such sprite."""
    return facts_of(rt, ind).bottom


@chapter
def sprite_get_number(rt: Runtime, ind: Value) -> float:
    """A sprite's number of frames; 0 when there is no such sprite."""
    return float(facts_of(rt, ind).frames)


@chapter
def sprite_get_speed(rt: Runtime, world: World, ind: Value) -> float:
    """How many frames of a sprite are shown a second, or a step; 0 when there is no such sprite."""
    return facts_of(rt, ind).speed if sprite_exists(world, ind) else 0.0


@chapter
def sprite_get_speed_type(rt: Runtime, ind: Value) -> float:
    """Whether the speed of a sprite counts frames a second or a step: a constant `spritespeed_…`."""
    return float(PER_SECOND if facts_of(rt, ind).is_per_second else PER_STEP)


@chapter
def sprite_get_bbox_mode(rt: Runtime, ind: Value) -> float:
    """Where the bounding box of a sprite comes from: a constant `bboxmode_…`."""
    return float(facts_of(rt, ind).box_mode)


# --------------------------------------------------------------------------- changing


def change(rt: Runtime, ind: Value, **facts: Any) -> None:
    """Gives a sprite other facts, and all masks with it other shapes; nothing when there is no such sprite."""
    found = rt.service(World).sprites.find(ind)
    if found is not None and found.facts.frames:
        found.replace(found.facts._replace(**facts))
        rt.service(Space).forget()


@chapter
def sprite_set_offset(rt: Runtime, ind: Value, xoff: Real, yoff: Real) -> None:
    """Gives a sprite another origin, in pixels."""
    change(rt, ind, xorigin=xoff, yorigin=yoff)


@chapter
def sprite_set_speed(rt: Runtime, ind: Value, speed: Real, type: Int) -> None:
    """Sets how many frames of a sprite are shown a second, or a step."""
    change(rt, ind, speed=speed, is_per_second=type == PER_SECOND)


@chapter
def sprite_set_bbox(rt: Runtime, ind: Value, left: Int, top: Int, right: Int, bottom: Int) -> None:
    """Gives a sprite whose box is set by hand another bounding box, in pixels."""
    if facts_of(rt, ind).box_mode == MANUAL:
        change(rt, ind, **box(left, top, right, bottom))


@chapter
def sprite_set_bbox_mode(rt: Runtime, world: World, ind: Value, mode: Int) -> None:
    """Sets where the bounding box of a sprite comes from: a constant `bboxmode_…`."""
    found = world.sprites.find(ind)
    if found is not None:
        change(rt, ind, box_mode=mode, **box_by_mode(found, mode, found.facts.tolerance))


@chapter
def sprite_collision_mask(
    rt: Runtime,
    world: World,
    ind: Value,
    sepmasks: Bool,
    bboxmode: Int,
    bbleft: Int,
    bbtop: Int,
    bbright: Int,
    bbbottom: Int,
    kind: Int,
    tolerance: Real,
) -> None:
    """Gives a sprite another mask: its box, its kind, and which alpha values count (from 0 to 255)."""
    found = world.sprites.find(ind)
    if kind not in (PRECISE, RECTANGLE, ELLIPSE, DIAMOND):
        raise GmlError(f"sprite_collision_mask takes no kind {kind} for a sprite of pictures")
    if found is not None:
        given = box(bbleft, bbtop, bbright, bbbottom)
        sides = given if bboxmode == MANUAL else box_by_mode(found, bboxmode, tolerance)
        kind = PRECISE_FRAMES if kind == PRECISE and sepmasks else kind
        change(rt, ind, box_mode=bboxmode, kind=kind, tolerance=tolerance, **sides)


def box(left: float, top: float, right: float, bottom: float) -> dict[str, float]:
    """A bounding box as facts."""
    return {"left": float(left), "top": float(top), "right": float(right), "bottom": float(bottom)}


def box_by_mode(sprite: Sprite, mode: int, tolerance: float) -> dict[str, float]:
    """The bounding box that a mode gives: of the whole sprite, or of its pictures where they can be read."""
    facts = sprite.facts
    if mode == FULL:
        return box(0.0, 0.0, facts.width - 1, facts.height - 1)
    if mode != AUTOMATIC or not facts.pictures:
        return {}
    try:
        found = [picture_box(path, tolerance) for path in facts.pictures]
    except (ImportError, OSError, ValueError, SyntaxError):
        return {}
    boxes = [one for one in found if one is not None]
    if not boxes:
        return {}
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return box(min(lefts), min(tops), max(rights), max(bottoms))
