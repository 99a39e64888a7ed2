"""Collision masks: an instance goes in with a place, a bounding box or a convex outline comes out, and what meets it.

Coordinates are pixels of the room. A box holds its left and top edge, not its right and bottom one, except in
collision compatibility mode, where the edges are pixels and all belong to it. Manual: Movement_And_Collisions.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from gmlrun.runtime.numeric import number_in
from gmlrun.runtime.sprites import DIAMOND, ELLIPSE, ROTATED_RECTANGLE, Sprite, SpriteFacts, Sprites

Point: TypeAlias = tuple[float, float]
Outline: TypeAlias = tuple[Point, ...]

EDGE = 0.00001
"""How near to the right or bottom edge a point is outside."""
SIDES = 32
"""How many sides the outline of an ellipse has."""


class Mask(NamedTuple):
    """What an instance collides with: its bounding box, and its outline where that is another figure."""

    left: float
    top: float
    right: float
    bottom: float
    outline: Outline | None
    solid_edge: float
    """1 in collision compatibility mode, where the right and bottom edges are pixels of the mask; else 0."""

    def figure(self) -> Outline:
        """The outline, or the corners of the box."""
        if self.outline is not None:
            return self.outline
        right, bottom = self.right + self.solid_edge, self.bottom + self.solid_edge
        return ((self.left, self.top), (right, self.top), (right, bottom), (self.left, bottom))


def mask_sprite(instance: Any) -> Sprite | None:
    """The sprite that an instance collides with: its mask, or else what it looks like."""
    sprites: Sprites = instance.__object__.world.sprites
    return sprites.find(instance.mask_index) or sprites.find(instance.sprite_index)


def mask_of(instance: Any, x: float, y: float) -> Mask | None:
    """The mask that an instance has at a place; None for one whose sprite has no frames, or that is nowhere."""
    sprite = mask_sprite(instance)
    if sprite is None or not sprite.facts.frames:
        return None
    facts = sprite.facts
    angle, is_compatible = number_in(instance, "image_angle"), instance.__object__.world.sprites.is_compatible
    xscale, yscale = number_in(instance, "image_xscale"), number_in(instance, "image_yscale")
    if not math.isfinite(x + y + angle + xscale + yscale):
        return None
    left, right = sorted((xscale * (facts.left - facts.xorigin), xscale * (facts.right + 1 - facts.xorigin)))
    top, bottom = sorted((yscale * (facts.top - facts.yorigin), yscale * (facts.bottom + 1 - facts.yorigin)))
    turn = turned(angle)
    local = outline_of(facts.kind, left, top, right, bottom, angle)
    outline = None if local is None else tuple(placed(point, turn, x, y) for point in local)
    if angle:
        corners = [placed(p, turn, 0.0, 0.0) for p in ((left, top), (right, top), (right, bottom), (left, bottom))]
        left, right = min(c[0] for c in corners), max(c[0] for c in corners)
        top, bottom = min(c[1] for c in corners), max(c[1] for c in corners)
    if not is_compatible:
        return Mask(x + left, y + top, x + right, y + bottom, outline, 0.0)
    return Mask(whole(x + left), whole(y + top), whole(x + right) - 1, whole(y + bottom) - 1, outline, 1.0)


def whole(value: float) -> float:
    """The nearest whole number; a half goes to the even one."""
    return float(round(value))


def turned(angle: float) -> Point:
    """The cosine and sine of an angle in degrees."""
    return math.cos(math.radians(angle)), math.sin(math.radians(angle))


def placed(point: Point, turn: Point, x: float, y: float) -> Point:
    """A point of a sprite, turned counter-clockwise and moved to a place."""
    (across, down), (cosine, sine) = point, turn
    return x + across * cosine + down * sine, y - across * sine + down * cosine


def outline_of(kind: int, left: float, top: float, right: float, bottom: float, angle: float) -> Outline | None:
    """The outline of a kind of mask before it is turned; None where the box itself is the mask."""
    across, down, wide, high = (left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2
    if kind == DIAMOND:
        return ((across, top), (right, down), (across, bottom), (left, down))
    if kind == ELLIPSE:
        steps = (math.tau * n / SIDES for n in range(SIDES))
        return tuple((across + wide * math.cos(a), down + high * math.sin(a)) for a in steps)
    if kind == ROTATED_RECTANGLE and angle % 360.0:
        return ((left, top), (right, top), (right, bottom), (left, bottom))
    return None


def box_of(instance: Any) -> tuple[float, float, float, float]:
    """An instance's bounding box: left, top, right, bottom; its place when nothing can meet it."""
    x, y = number_in(instance, "x"), number_in(instance, "y")
    found = mask_of(instance, x, y)
    return (x, y, x, y) if found is None else found[:4]


def facts_of(instance: Any) -> SpriteFacts:
    """The facts of what an instance looks like; those of an empty sprite when it has none."""
    found = instance.__object__.world.sprites.find(instance.sprite_index)
    return SpriteFacts() if found is None else found.facts


# ---------------------------------------------------------------------- meeting


def masks_meet(one: Mask, two: Mask) -> bool:
    """Whether two masks overlap; without compatibility mode, less than about half a pixel is none."""
    edge = one.solid_edge
    if one.left >= two.right + edge or one.right + edge <= two.left:
        return False
    if one.top >= two.bottom + edge or one.bottom + edge <= two.top:
        return False
    if one.outline is not None or two.outline is not None:
        return not separated(one.figure(), two.figure())
    return bool(edge) or has_pixels(
        max(one.left, two.left), max(one.top, two.top), min(one.right, two.right), min(one.bottom, two.bottom)
    )


def has_pixels(left: float, top: float, right: float, bottom: float) -> bool:
    """Whether an overlap is one of whole pixels, once its edges are rounded."""
    if not math.isfinite(left + top + right + bottom):
        return False
    return math.floor(left + 0.5) != math.floor(right + 0.5) and math.floor(top + 0.5) != math.floor(bottom + 0.5)


def meets_point(mask: Mask, x: float, y: float) -> bool:
    """Whether a point is in a mask."""
    edge = mask.solid_edge or -EDGE
    if x >= mask.right + edge or x < mask.left or y >= mask.bottom + edge or y < mask.top:
        return False
    return mask.outline is None or holds(mask.outline, x, y)


def meets_rectangle(mask: Mask, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether a rectangle, given by two corners, overlaps a mask."""
    (left, right), (top, bottom), edge = sorted((x1, x2)), sorted((y1, y2)), mask.solid_edge
    if left >= mask.right + edge or right < mask.left or top >= mask.bottom + edge or bottom < mask.top:
        return False
    if mask.outline is not None:
        return not separated(mask.outline, ((left, top), (right, top), (right, bottom), (left, bottom)))
    return bool(edge) or has_pixels(
        max(left, mask.left), max(top, mask.top), min(right, mask.right), min(bottom, mask.bottom)
    )


def meets_line(mask: Mask, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether a line, given by its ends, crosses a mask."""
    return not separated(mask.figure(), ((x1, y1), (x2, y2)))


def meets_ellipse(mask: Mask, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether an ellipse, given by the rectangle around it, overlaps a mask."""
    wide, high = abs(x2 - x1) / 2, abs(y2 - y1) / 2
    if not wide or not high:
        return meets_line(mask, x1, y1, x2, y2)
    across, down = (x1 + x2) / 2, (y1 + y2) / 2
    figure = tuple(((x - across) / wide, (y - down) / high) for x, y in mask.figure())
    return holds(figure, 0.0, 0.0) or any(reach(*side) < 1.0 for side in pairwise((*figure, figure[0])))


def reach(one: Point, two: Point) -> float:
    """The distance from the origin to a line between two points."""
    (x1, y1), (x2, y2) = one, two
    across, down = x2 - x1, y2 - y1
    length = across * across + down * down
    part = max(0.0, min(1.0, -(x1 * across + y1 * down) / length)) if length else 0.0
    return math.hypot(x1 + part * across, y1 + part * down)


def holds(figure: Outline, x: float, y: float) -> bool:
    """Whether a point is in a convex figure, its sides included."""
    sides = pairwise((*figure, figure[0]))
    turns = [(x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for (x1, y1), (x2, y2) in sides]
    return min(turns) >= 0 or max(turns) <= 0


def separated(one: Outline, two: Outline) -> bool:
    """Whether a straight line lies between two convex figures; to touch is to be separated."""
    return any(
        apart(one, two, y1 - y2, x2 - x1)
        for figure in (one, two)
        for (x1, y1), (x2, y2) in pairwise((*figure, figure[0]))
    )


def apart(one: Outline, two: Outline, across: float, down: float) -> bool:
    """Whether the shadows of two figures on a line do not overlap."""
    if not across and not down:
        return False
    first, second = ([x * across + y * down for x, y in figure] for figure in (one, two))
    return max(first) <= min(second) or max(second) <= min(first)
