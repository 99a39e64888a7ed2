"""Arithmetic of convex figures: corners go in, whether a straight line lies between two of them comes out."""

from __future__ import annotations

import math
from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Outline: TypeAlias = tuple[Point, ...]


def turned(angle: float) -> Point:
    """The cosine and sine of an angle in degrees; exact for right angles, no numbers for an infinite one."""
    if not math.isfinite(angle):
        return math.nan, math.nan
    quarters, rest = divmod(angle, 90.0)
    if not rest:
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarters) % 4]
    return math.cos(math.radians(angle)), math.sin(math.radians(angle))


def placed(point: Point, turn: Point, x: float, y: float) -> Point:
    """A point of a sprite, turned counter-clockwise and moved to a place."""
    (across, down), (cosine, sine) = point, turn
    return x + across * cosine + down * sine, y - across * sine + down * cosine


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


def within(figure: Outline, x: float, y: float) -> bool:
    """Whether a point is inside a convex figure; its sides are outside."""
    sides = pairwise((*figure, figure[0]))
    turns = [(x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) for (x1, y1), (x2, y2) in sides]
    return min(turns) > 0 or max(turns) < 0


def near_ellipse(figure: Outline, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether a convex figure overlaps an ellipse, given by the rectangle around it."""
    wide, high = abs(x2 - x1) / 2, abs(y2 - y1) / 2
    across, down = (x1 + x2) / 2, (y1 + y2) / 2
    scaled = tuple(((x - across) / wide, (y - down) / high) for x, y in figure)
    return within(scaled, 0.0, 0.0) or any(reach(*side) < 1.0 for side in pairwise((*scaled, scaled[0])))


def reach(one: Point, two: Point) -> float:
    """The distance from the origin to a line between two points."""
    (x1, y1), (x2, y2) = one, two
    across, down = x2 - x1, y2 - y1
    length = across * across + down * down
    part = max(0.0, min(1.0, -(x1 * across + y1 * down) / length)) if length else 0.0
    return math.hypot(x1 + part * across, y1 + part * down)
