"""Motion planning: steps and paths around what is in the way. Manual: Movement_And_Collisions/Motion_Planning."""

from __future__ import annotations

import math

from gmlrun.builtins.collision_checks import met_at
from gmlrun.builtins.registry import Bool, Chapter, Real
from gmlrun.engine.instances import Instance, put_at
from gmlrun.language import ALL
from gmlrun.lean import NamedTuple
from gmlrun.runtime import GamePart, Runtime
from gmlrun.space.figures import Point
from gmlrun.space.paths import Path, PathPoint, Paths
from gmlrun.values.model import Value
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

chapter = Chapter("Movement_And_Collisions/Motion_Planning")

IsFree: TypeAlias = "Callable[[float, float], bool]"
Step: TypeAlias = "Callable[[], bool]"
PATIENCE = 100
"""How many steps on one spot end the search for a path."""


class PotentialSettings(NamedTuple):
    """The values that `mp_potential_settings` sets, in degrees and steps."""

    turn: float = 30.0
    trial: float = 10.0
    ahead: float = 3.0
    on_spot: bool = True


class Planner(GamePart):
    """The settings of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.settings = PotentialSettings()


def free_for(rt: Runtime, self: Instance, other: Value, obj: Value, checkall: bool) -> IsFree:
    """Whether an instance would meet nothing at a place: none of an object, or no solid one, or none at all."""

    def is_free(x: float, y: float) -> bool:
        return not any(checkall or one.solid for one in met_at(rt, self, other, x, y, obj))

    return is_free


def place_of(one: Instance) -> Point:
    """Where an instance is."""
    return number_in(one, "x"), number_in(one, "y")


def go(one: Instance, x: float, y: float) -> None:
    """Puts an instance somewhere; it looks where it has gone."""
    here = place_of(one)
    one.direction = math.degrees(math.atan2(here[1] - y, x - here[0]))
    put_at(one, x, y)


# ------------------------------------------------------------------------------ steps


def linear_step(one: Instance, x: float, y: float, stepsize: float, is_free: IsFree) -> bool:
    """A step straight to a point, unless something is in the way; returns whether the point is reached."""
    here = place_of(one)
    distance = math.dist(here, (x, y))
    if not distance:
        return True
    is_last = distance <= stepsize
    part = 1.0 if is_last else stepsize / distance
    to_x, to_y = (x, y) if is_last else (here[0] + (x - here[0]) * part, here[1] + (y - here[1]) * part)
    if is_free(to_x, to_y):
        go(one, to_x, to_y)
    return is_last


def potential_step(
    one: Instance, x: float, y: float, stepsize: float, is_free: IsFree, settings: PotentialSettings
) -> bool:
    """A step towards a point and around what is in the way; returns whether the point is reached."""
    here = place_of(one)
    distance = math.dist(here, (x, y))
    if distance <= stepsize:
        if distance and is_free(x, y):
            go(one, x, y)
        return True
    goal, off = math.degrees(math.atan2(here[1] - y, x - here[0])), 0.0
    while off < 180.0:
        if try_direction(one, goal - off, stepsize, is_free, settings):
            return False
        if try_direction(one, goal + off, stepsize, is_free, settings):
            return False
        off += settings.trial
    if settings.on_spot:
        one.direction = number_in(one, "direction") + settings.turn
    return False


def try_direction(one: Instance, angle: float, stepsize: float, is_free: IsFree, settings: PotentialSettings) -> bool:
    """Moves a step in a direction if the instance may turn that far and nothing is near; returns whether it moved."""
    off = abs((angle - number_in(one, "direction") + 180.0) % 360.0 - 180.0)
    if off > settings.turn:
        return False
    (x, y), across, down = place_of(one), math.cos(math.radians(angle)), -math.sin(math.radians(angle))
    far = stepsize * settings.ahead
    if not is_free(x + far * across, y + far * down) or not is_free(x + stepsize * across, y + stepsize * down):
        return False
    one.direction = angle
    put_at(one, x + stepsize * across, y + stepsize * down)
    return True


@chapter
def mp_linear_step(rt: Runtime, self: Value, other: Value, x: Real, y: Real, stepsize: Real, checkall: Bool) -> bool:
    """Steps straight to a point unless a solid instance (any, if CHECKALL) is in the way; returns if it is there."""
    return isinstance(self, Instance) and linear_step(self, x, y, stepsize, free_for(rt, self, other, ALL, checkall))


@chapter
def mp_linear_step_object(rt: Runtime, self: Value, other: Value, x: Real, y: Real, stepsize: Real, obj: Value) -> bool:
    """Steps straight to a point unless an instance of an object is in the way; returns whether it is there."""
    return isinstance(self, Instance) and linear_step(self, x, y, stepsize, free_for(rt, self, other, obj, True))


@chapter
def mp_potential_step(
    rt: Runtime, planner: Planner, self: Value, other: Value, x: Real, y: Real, stepsize: Real, checkall: Bool
) -> bool:
    """Steps to a point, around solid instances (any, if CHECKALL); returns whether it is there."""
    settings = planner.settings
    return isinstance(self, Instance) and potential_step(
        self, x, y, stepsize, free_for(rt, self, other, ALL, checkall), settings
    )


@chapter
def mp_potential_step_object(
    rt: Runtime, planner: Planner, self: Value, other: Value, x: Real, y: Real, stepsize: Real, obj: Value
) -> bool:
    """Steps to a point, around the instances of an object; returns whether it is there."""
    settings = planner.settings
    return isinstance(self, Instance) and potential_step(
        self, x, y, stepsize, free_for(rt, self, other, obj, True), settings
    )


@chapter
def mp_potential_settings(planner: Planner, maxrot: Real, rotstep: Real, ahead: Real, onspot: Bool) -> None:
    """How far a step may turn, in which steps directions are tried, how many steps ahead is looked, whether to turn."""
    planner.settings = PotentialSettings(max(1.0, maxrot), max(1.0, rotstep), max(1.0, ahead), onspot)


# ------------------------------------------------------------------------------ paths


def straight_path(paths: Paths, self: Any, path: Any, goal: Point, stepsize: float, is_free: IsFree) -> bool:
    """Fills a path with steps straight to a point; returns whether it gets there."""
    there = paths.find(path) if isinstance(self, Instance) else None
    if there is None or not stepsize > 0:
        return False
    return walk(self, there, goal, lambda: linear_step(self, *goal, stepsize, is_free), 0, math.inf)


def roundabout_path(
    rt: Runtime, self: Any, path: Any, goal: Point, stepsize: float, factor: float, is_free: IsFree
) -> bool:
    """Fills a path with steps to a point and around what is in the way; returns whether it gets there."""
    there = rt.service(Paths).find(path) if isinstance(self, Instance) else None
    if there is None or not stepsize > 0 or not factor >= 1:
        return False
    settings, longest = rt.service(Planner).settings, math.dist(place_of(self), goal) * factor
    return walk(self, there, goal, lambda: potential_step(self, *goal, stepsize, is_free, settings), PATIENCE, longest)


def walk(self: Instance, path: Path, goal: Point, step: Step, patience: int, longest: float) -> bool:
    """Notes the places of an instance's steps as a path, and puts it back; returns whether it gets to a point.

    Ends when it stays on one spot for too many steps, and when the path is too long.
    """
    start, direction = place_of(self), number_in(self, "direction")
    points, length, still, is_there = [PathPoint(*start)], 0.0, 0, True
    while not step():
        here, last = place_of(self), points[-1]
        moved = math.dist(here, last[:2])
        length, still = length + moved, 0 if moved else still + 1
        if still > patience or length > longest or math.isnan(length):
            is_there = False
            break
        points.append(PathPoint(*here))
    if is_there:
        points.append(PathPoint(*goal))
    path.facts = path.facts._replace(points=tuple(points), is_smooth=False, is_closed=False)
    put_at(self, *start)
    self.direction = direction
    return is_there


@chapter
def mp_linear_path(
    rt: Runtime,
    paths: Paths,
    self: Value,
    other: Value,
    path: Value,
    xg: Real,
    yg: Real,
    stepsize: Real,
    checkall: Bool,
) -> bool:
    """Fills a path straight to a point, up to a solid instance (any, if CHECKALL); returns whether it gets there."""
    return isinstance(self, Instance) and straight_path(
        paths, self, path, (xg, yg), stepsize, free_for(rt, self, other, ALL, checkall)
    )


@chapter
def mp_linear_path_object(
    rt: Runtime, paths: Paths, self: Value, other: Value, path: Value, xg: Real, yg: Real, stepsize: Real, obj: Value
) -> bool:
    """Fills a path straight to a point, up to an instance of an object; returns whether it gets there."""
    return isinstance(self, Instance) and straight_path(
        paths, self, path, (xg, yg), stepsize, free_for(rt, self, other, obj, True)
    )


@chapter
def mp_potential_path(
    rt: Runtime,
    self: Value,
    other: Value,
    path: Value,
    xg: Real,
    yg: Real,
    stepsize: Real,
    factor: Real,
    checkall: Bool,
) -> bool:
    """Fills a path to a point, around solid instances (any, if CHECKALL), FACTOR times as long at most."""
    return isinstance(self, Instance) and roundabout_path(
        rt, self, path, (xg, yg), stepsize, factor, free_for(rt, self, other, ALL, checkall)
    )


@chapter
def mp_potential_path_object(
    rt: Runtime, self: Value, other: Value, path: Value, xg: Real, yg: Real, stepsize: Real, factor: Real, obj: Value
) -> bool:
    """Fills a path to a point, around the instances of an object, FACTOR times as long at most."""
    return isinstance(self, Instance) and roundabout_path(
        rt, self, path, (xg, yg), stepsize, factor, free_for(rt, self, other, obj, True)
    )
