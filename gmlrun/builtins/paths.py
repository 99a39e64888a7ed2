"""Paths: their points, their line, and instances that follow them. Manual: Asset_Management/Paths.

What is asked of a path that is not there gets GameMaker's answer: 0, or -1 for a place; changing it does nothing.
"""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter, Int, Real
from gmlrun.engine.instances import Instance
from gmlrun.engine.world import World
from gmlrun.runtime import Runtime
from gmlrun.space.figures import placed, turned
from gmlrun.space.paths import CONTINUE, NOWHERE, RESTART, REVERSE, STOP, Path, PathFacts, PathPoint, Paths, stop
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

chapter = Chapter("Asset_Management/Paths")

CONSTANTS = {
    "path_action_stop": float(STOP),
    "path_action_restart": float(RESTART),
    "path_action_continue": float(CONTINUE),
    "path_action_reverse": float(REVERSE),
}
FINEST = 8


def found(rt: Runtime, index: Value) -> Path | None:
    """The path that a value names."""
    return rt.service(Paths).find(index)


def facts_of(rt: Runtime, index: Value) -> PathFacts:
    """The facts of a path; of one that is not there those of an empty one."""
    path = found(rt, index)
    return PathFacts(precision=FINEST) if path is None else path.facts


def point_of(rt: Runtime, index: Value, n: int) -> PathPoint:
    """The N-th point of a path, from 0; zeros where there is none."""
    points = facts_of(rt, index).points
    return points[n] if 0 <= n < len(points) else NOWHERE


# ------------------------------------------------------------------------- following


@chapter
def path_start(
    rt: Runtime,
    world: World,
    paths: Paths,
    self: Value,
    other: Value,
    path: Value,
    speed: Real,
    endaction: Real,
    absolute: Bool,
) -> None:
    """Makes this instance follow a path: at the path's own place if ABSOLUTE, or else from where it is."""
    there = found(rt, path)
    if isinstance(self, Instance):
        stop(world, self)
        if there is not None and there.length:
            paths.start(self, there, speed, endaction, absolute)


@chapter
def path_end(world: World, self: Value, other: Value) -> None:
    """Makes this instance stop following its path."""
    if isinstance(self, Instance):
        stop(world, self)


# ----------------------------------------------------------------------------- asking


@chapter
def path_exists(rt: Runtime, index: Value) -> bool:
    """Whether there is such a path."""
    return found(rt, index) is not None


@chapter
def path_get_name(rt: Runtime, index: Value) -> str:
    """The name of a path; empty when there is no such path."""
    path = found(rt, index)
    return "" if path is None else path.name


@chapter
def path_get_length(rt: Runtime, index: Value) -> float:
    """The length of a path, in pixels."""
    path = found(rt, index)
    return 0.0 if path is None else path.length


@chapter
def path_get_number(rt: Runtime, index: Value) -> float:
    """How many points a path has."""
    return float(len(facts_of(rt, index).points))


@chapter
def path_get_kind(rt: Runtime, index: Value) -> float:
    """1 for a smooth path, 0 for one of straight lines."""
    return float(facts_of(rt, index).is_smooth)


@chapter
def path_get_closed(rt: Runtime, index: Value) -> bool:
    """Whether a path goes back to its first point."""
    return facts_of(rt, index).is_closed


@chapter
def path_get_precision(rt: Runtime, index: Value) -> float:
    """How often the curves of a path are divided, up to 8."""
    return float(facts_of(rt, index).precision)


@chapter
def path_get_point_x(rt: Runtime, index: Value, n: Int) -> float:
    """The x of the N-th point of a path, from 0."""
    return point_of(rt, index, n).x


@chapter
def path_get_point_y(rt: Runtime, index: Value, n: Int) -> float:
    """The y of the N-th point of a path, from 0."""
    return point_of(rt, index, n).y


@chapter
def path_get_point_speed(rt: Runtime, index: Value, n: Int) -> float:
    """The speed at the N-th point of a path, from 0, in percent."""
    return point_of(rt, index, n).speed


@chapter
def path_get_x(rt: Runtime, index: Value, pos: Real) -> float:
    """The x at a position of a path, from 0 to 1; -1 when there is no such path."""
    path = found(rt, index)
    return -1.0 if path is None else path.at(pos).x


@chapter
def path_get_y(rt: Runtime, index: Value, pos: Real) -> float:
    """The y at a position of a path, from 0 to 1; -1 when there is no such path."""
    path = found(rt, index)
    return -1.0 if path is None else path.at(pos).y


@chapter
def path_get_speed(rt: Runtime, index: Value, pos: Real) -> float:
    """The speed at a position of a path, from 0 to 1, in percent; -1 when there is no such path."""
    path = found(rt, index)
    return -1.0 if path is None else path.at(pos).speed


# ----------------------------------------------------------------- making and ending


@chapter
def path_add(paths: Paths) -> Value:
    """Makes a path without points: closed, of straight lines."""
    return paths.add()


@chapter
def path_delete(rt: Runtime, paths: Paths, index: Value) -> None:
    """Deletes a path."""
    path = found(rt, index)
    if path is not None:
        paths.all[path.index] = None


@chapter
def path_duplicate(rt: Runtime, paths: Paths, index: Value) -> Value:
    """Makes a copy of a path; -1 when there is no such path."""
    path = found(rt, index)
    if path is None:
        return -1.0
    made = paths.add()
    made.facts = path.facts
    return made


@chapter
def path_assign(rt: Runtime, target: Value, source: Value) -> None:
    """Makes a path the same as another one."""
    path, other = found(rt, target), found(rt, source)
    if path is not None and other is not None:
        path.facts = other.facts


@chapter
def path_append(rt: Runtime, index: Value, path: Value) -> None:
    """Adds the points of another path to the end of a path."""
    end = facts_of(rt, path).points
    change(rt, index, lambda points: points + list(end))


# ----------------------------------------------------------------------------- points

Points = list[PathPoint]


def change(rt: Runtime, index: Value, how: Callable[[Points], Points]) -> None:
    """Gives a path other points."""
    path = found(rt, index)
    if path is not None:
        path.change(how(list(path.facts.points)))


@chapter
def path_add_point(rt: Runtime, index: Value, x: Real, y: Real, speed: Real) -> None:
    """Adds a point to the end of a path; the speed is in percent."""
    change(rt, index, lambda points: [*points, PathPoint(x, y, speed)])


@chapter
def path_insert_point(rt: Runtime, index: Value, n: Int, x: Real, y: Real, speed: Real) -> None:
    """Puts a point in before the N-th one of a path, from 0."""
    if 0 <= n <= len(facts_of(rt, index).points):
        change(rt, index, lambda points: [*points[:n], PathPoint(x, y, speed), *points[n:]])


@chapter
def path_change_point(rt: Runtime, index: Value, n: Int, x: Real, y: Real, speed: Real) -> None:
    """Gives the N-th point of a path, from 0, another place and speed."""
    if 0 <= n < len(facts_of(rt, index).points):
        change(rt, index, lambda points: [*points[:n], PathPoint(x, y, speed), *points[n + 1 :]])


@chapter
def path_delete_point(rt: Runtime, index: Value, n: Int) -> None:
    """Takes the N-th point, from 0, out of a path."""
    if n >= 0:
        change(rt, index, lambda points: points[:n] + points[n + 1 :])


@chapter
def path_clear_points(rt: Runtime, index: Value) -> None:
    """Takes all points out of a path."""
    change(rt, index, lambda points: [])


@chapter
def path_set_kind(rt: Runtime, index: Value, kind: Int) -> None:
    """Makes a path smooth (1), or one of straight lines (0)."""
    adjust(rt, index, is_smooth=kind == 1)


@chapter
def path_set_closed(rt: Runtime, index: Value, closed: Bool) -> None:
    """Decides whether a path goes back to its first point."""
    adjust(rt, index, is_closed=closed)


@chapter
def path_set_precision(rt: Runtime, index: Value, precision: Int) -> None:
    """Decides how often the curves of a path are divided, up to 8."""
    adjust(rt, index, precision=max(0, min(FINEST, precision)))


def adjust(rt: Runtime, index: Value, **how: Any) -> None:
    """Changes how the points of a path are joined."""
    path = found(rt, index)
    if path is not None:
        path.facts = path.facts._replace(**how)


# ---------------------------------------------------------------------- all at once


def transform(rt: Runtime, index: Value, how: Callable[[float, float], tuple[float, float]]) -> None:
    """Moves the points of a path, by their places from the middle of the rectangle around all of them."""
    path = found(rt, index)
    points = () if path is None else path.facts.points
    if path is None or not points:
        return
    across, down = [point.x for point in points], [point.y for point in points]
    x, y = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    moved = [(how(point.x - x, point.y - y), point.speed) for point in points]
    path.change(PathPoint(x + place[0], y + place[1], speed) for place, speed in moved)


@chapter
def path_shift(rt: Runtime, index: Value, xshift: Real, yshift: Real) -> None:
    """Moves all points of a path."""
    change(rt, index, lambda points: [point._replace(x=point.x + xshift, y=point.y + yshift) for point in points])


@chapter
def path_rescale(rt: Runtime, index: Value, xscale: Real, yscale: Real) -> None:
    """Makes a path larger or smaller around its middle."""
    transform(rt, index, lambda x, y: (x * xscale, y * yscale))


@chapter
def path_rotate(rt: Runtime, index: Value, angle: Real) -> None:
    """Turns a path around its middle, counter-clockwise, in degrees."""
    turn = turned(angle)
    transform(rt, index, lambda x, y: placed((x, y), turn, 0.0, 0.0))


@chapter
def path_mirror(rt: Runtime, index: Value) -> None:
    """Mirrors a path horizontally around its middle."""
    transform(rt, index, lambda x, y: (-x, y))


@chapter
def path_flip(rt: Runtime, index: Value) -> None:
    """Mirrors a path vertically around its middle."""
    transform(rt, index, lambda x, y: (x, -y))


@chapter
def path_reverse(rt: Runtime, index: Value) -> None:
    """Gives the points of a path the opposite order."""
    change(rt, index, lambda points: points[::-1])
