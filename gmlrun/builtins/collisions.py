"""Points, rectangles, circles and triangles in each other. Manual: Movement_And_Collisions/Collisions."""

from __future__ import annotations

from itertools import pairwise, product

from gmlrun.builtins.registry import Chapter, Real

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

chapter = Chapter("Movement_And_Collisions/Collisions")

Point: TypeAlias = tuple[float, float]

OUTSIDE, INSIDE, OVERLAPPING = 0, 1, 2


# ---------------------------------------------------------------------- figures


def within_triangle(point: Point, corners: list[Point]) -> bool:
    """Whether a point is in a triangle; the side between its second and third corner is outside."""
    (x1, y1), (x2, y2), (x3, y3) = corners
    along, across, reach = (x3 - x1, y3 - y1), (x2 - x1, y2 - y1), (point[0] - x1, point[1] - y1)
    area = cross(along, across)
    if not area:
        return False
    u, v = cross(reach, across) / area, cross(along, reach) / area
    return u >= 0 and v >= 0 and u + v < 1


def within_circle(point: Point, centre: Point, radius: float) -> bool:
    """Whether a point is in a circle, its edge included."""
    across, down = point[0] - centre[0], point[1] - centre[1]
    return across * across + down * down <= radius * radius


def cross(first: Point, second: Point) -> float:
    """The cross product of two vectors."""
    return first[0] * second[1] - first[1] * second[0]


def apart(first: list[Point], second: list[Point], across: Point) -> bool:
    """Whether the projections of two figures on a line do not overlap."""
    one, other = ([x * across[0] + y * across[1] for x, y in figure] for figure in (first, second))
    return max(one) <= min(other) or max(other) <= min(one)


def ordered(low: float, high: float) -> tuple[float, float]:
    return (low, high) if low <= high else (high, low)


@chapter
def point_in_rectangle(px: Real, py: Real, x1: Real, y1: Real, x2: Real, y2: Real) -> bool:
    """Whether a point is in a rectangle, its sides included."""
    return x1 <= px <= x2 and y1 <= py <= y2


@chapter
def point_in_circle(px: Real, py: Real, x1: Real, y1: Real, rad: Real) -> bool:
    """Whether a point is in a circle, its edge included."""
    return within_circle((px, py), (x1, y1), rad)


@chapter
def point_in_triangle(px: Real, py: Real, x1: Real, y1: Real, x2: Real, y2: Real, x3: Real, y3: Real) -> bool:
    """Whether a point is in a triangle; the side from its second to its third corner counts as outside."""
    return within_triangle((px, py), [(x1, y1), (x2, y2), (x3, y3)])


@chapter
def rectangle_in_rectangle(
    sx1: Real, sy1: Real, sx2: Real, sy2: Real, dx1: Real, dy1: Real, dx2: Real, dy2: Real
) -> Real:
    """0 when two rectangles are apart, 1 when the first lies in the second, 2 when they overlap."""
    (left, right), (top, bottom) = ordered(sx1, sx2), ordered(sy1, sy2)
    (d_left, d_right), (d_top, d_bottom) = ordered(dx1, dx2), ordered(dy1, dy2)
    if left > d_right or right < d_left or top > d_bottom or bottom < d_top:
        return OUTSIDE
    inside = left >= d_left and right <= d_right and top >= d_top and bottom <= d_bottom
    return INSIDE if inside else OVERLAPPING


@chapter
def rectangle_in_circle(sx1: Real, sy1: Real, sx2: Real, sy2: Real, x: Real, y: Real, rad: Real) -> Real:
    """0 when a rectangle and a circle are apart, 1 when the rectangle lies in the circle, 2 when they overlap."""
    nearest = (max(sx1, min(x, sx2)), max(sy1, min(y, sy2)))
    if not within_circle(nearest, (x, y), rad):
        return OUTSIDE
    corners = product((sx1, sx2), (sy1, sy2))
    return INSIDE if all(within_circle(corner, (x, y), rad) for corner in corners) else OVERLAPPING


@chapter
def rectangle_in_triangle(
    sx1: Real, sy1: Real, sx2: Real, sy2: Real, dx1: Real, dy1: Real, dx2: Real, dy2: Real, dx3: Real, dy3: Real
) -> Real:
    """0 when a rectangle and a triangle are apart, 1 when the rectangle lies in the triangle, 2 when they overlap."""
    box, triangle = list(product((sx1, sx2), (sy1, sy2))), [(dx1, dy1), (dx2, dy2), (dx3, dy3)]
    inside = [within_triangle(corner, triangle) for corner in box]
    if any(inside):
        return INSIDE if all(inside) else OVERLAPPING
    sides = pairwise([*triangle, triangle[0]])
    lines = [(0.0, 1.0), (1.0, 0.0), *((y1 - y2, x2 - x1) for (x1, y1), (x2, y2) in sides)]
    return OUTSIDE if any(apart(box, triangle, line) for line in lines) else OVERLAPPING
