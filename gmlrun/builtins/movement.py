"""Movement: speeds, directions, places on a grid, and up to what is met. Manual: Movement_And_Collisions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from gmlrun.builtins.collision_checks import met_at
from gmlrun.builtins.maths import periodic, to_even
from gmlrun.builtins.registry import Bool, Chapter, Real
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.instances import Instance
from gmlrun.runtime.masks import box_of
from gmlrun.runtime.numeric import number_in
from gmlrun.runtime.rooms import Rooms
from gmlrun.runtime.values import Value
from gmlrun.runtime.world import ALL, World

chapter = Chapter("Movement_And_Collisions/Movement")


@chapter
def motion_set(self: Value, other: Value, dir: Real, speed: Real) -> None:
    """Gives this instance a direction in degrees and a speed in pixels a step."""
    self.direction, self.speed = dir, speed


@chapter
def motion_add(self: Value, other: Value, dir: Real, speed: Real) -> None:
    """Adds a movement, as a direction in degrees and a speed, to this instance's own."""
    angle, hspeed, vspeed = math.radians(dir), number_in(self, "hspeed"), number_in(self, "vspeed")
    across, down = (
        hspeed + speed * periodic(math.cos, angle),
        vspeed - speed * periodic(math.sin, angle),
    )
    self.hspeed, self.vspeed = across, down


@chapter
def move_towards_point(self: Value, other: Value, x: Real, y: Real, sp: Real) -> None:
    """Gives this instance a speed in the direction of a point."""
    self.direction = math.degrees(math.atan2(number_in(self, "y") - y, x - number_in(self, "x"))) % 360.0
    self.speed = sp


@chapter
def move_snap(self: Value, other: Value, hsnap: Real, vsnap: Real) -> None:
    """Moves this instance to the nearest place on a grid."""
    if hsnap > 0:
        self.x = to_even(number_in(self, "x") / hsnap) * hsnap
    if vsnap > 0:
        self.y = to_even(number_in(self, "y") / vsnap) * vsnap


@chapter
def place_snapped(self: Value, other: Value, hsnap: Real, vsnap: Real) -> bool:
    """Whether this instance is at a place on a grid."""
    places = ((number_in(self, "x"), hsnap), (number_in(self, "y"), vsnap))
    return all(step <= 0 or abs(at - to_even(at / step) * step) < 1e-3 for at, step in places)


@chapter
def move_wrap(rt: Runtime, self: Value, other: Value, hor: Bool, vert: Bool, margin: Real) -> None:
    """Brings this instance back in on the other side once it has left the room by a margin."""
    room = rt.service(Rooms).current
    if room is not None:
        self.x = wrapped(number_in(self, "x"), room.width, margin) if hor else self.x
        self.y = wrapped(number_in(self, "y"), room.height, margin) if vert else self.y


def wrapped(at: float, size: float, margin: float) -> float:
    """A coordinate, moved by the size of the room and its margins if it is outside of them."""
    if at < -margin:
        return at + size + 2 * margin
    return at - size - 2 * margin if at > size + margin else at


@chapter
def distance_to_point(self: Value, other: Value, x: Real, y: Real) -> float:
    """The distance from this instance's bounding box, or its place without one, to a point, in pixels."""
    return gap(bounds(self), (x, y, x, y))


@chapter
def distance_to_object(rt: Runtime, self: Value, other: Value, obj: Any) -> float:
    """The distance between the bounding boxes of this instance and of the nearest one of an object, in pixels."""
    others = [
        one for one in rt.service(World).targets(obj, self, other) if isinstance(one, Instance) and one is not self
    ]
    mine = bounds(self)
    return min((gap(mine, box_of(one)) for one in others), default=1000000.0)


Box = tuple[float, float, float, float]


def bounds(self: Value) -> Box:
    """The bounding box of an instance, or the place of a struct."""
    if isinstance(self, Instance):
        return box_of(self)
    x, y = number_in(self, "x"), number_in(self, "y")
    return x, y, x, y


def gap(one: Box, two: Box) -> float:
    """The distance between two boxes; 0 when they overlap."""
    across = max(0.0, one[0] - two[2], two[0] - one[2])
    down = max(0.0, one[1] - two[3], two[1] - one[3])
    return math.hypot(across, down)


# --------------------------------------------------------------- up to what is met

LONGEST = 1000.0
"""Pixels that a movement without a limit tries."""
MOST = 10000.0
"""Pixels that a movement tries at most, whatever its limit, so that no number stops the game."""


def creep(self: Instance, angle: float, limit: float, goes_on: Callable[[], bool]) -> None:
    """Moves an instance pixel by pixel in a direction, while that is wanted and within a limit."""
    across, down = math.cos(math.radians(angle)), -math.sin(math.radians(angle))
    for _ in range(int(min(limit, MOST) if limit > 0 else LONGEST)):
        if not goes_on():
            return
        self.x, self.y = number_in(self, "x") + across, number_in(self, "y") + down


def contact(rt: Runtime, self: Value, other: Value, angle: float, limit: float, solid: bool) -> None:
    """Moves this instance until it is next to another one; not at all when it meets one already."""
    if not isinstance(self, Instance) or not math.isfinite(angle + limit):
        return
    across, down = math.cos(math.radians(angle)), -math.sin(math.radians(angle))

    def is_free(steps: float) -> bool:
        x, y = number_in(self, "x") + steps * across, number_in(self, "y") + steps * down
        return not meets_any(rt, self, other, x, y, solid)

    if is_free(0.0):
        creep(self, angle, limit, lambda: is_free(1.0))


def meets_any(rt: Runtime, self: Value, other: Value, x: float, y: float, solid: bool) -> bool:
    """Whether this instance would meet one at a place, or a solid one."""
    return any(one.solid or not solid for one in met_at(rt, self, other, x, y, ALL))


def leave(rt: Runtime, self: Value, other: Value, angle: float, limit: float, solid: bool) -> None:
    """Moves this instance until it meets none."""
    if not isinstance(self, Instance) or not math.isfinite(angle + limit):
        return

    def is_met() -> bool:
        return meets_any(rt, self, other, number_in(self, "x"), number_in(self, "y"), solid)

    creep(self, angle, limit, is_met)


@chapter
def move_contact_solid(rt: Runtime, self: Value, other: Value, dir: Real, maxdist: Real) -> None:
    """Moves this instance in a direction until it touches a solid one, at most so many pixels (1000 for none)."""
    contact(rt, self, other, dir, maxdist, solid=True)


@chapter
def move_contact_all(rt: Runtime, self: Value, other: Value, dir: Real, maxdist: Real) -> None:
    """Moves this instance in a direction until it touches another one, at most so many pixels (1000 for none)."""
    contact(rt, self, other, dir, maxdist, solid=False)


@chapter
def move_outside_solid(rt: Runtime, self: Value, other: Value, dir: Real, maxdist: Real) -> None:
    """Moves this instance in a direction until it meets no solid one, at most so many pixels (1000 for none)."""
    leave(rt, self, other, dir, maxdist, solid=True)


@chapter
def move_outside_all(rt: Runtime, self: Value, other: Value, dir: Real, maxdist: Real) -> None:
    """Moves this instance in a direction until it meets no other one, at most so many pixels (1000 for none)."""
    leave(rt, self, other, dir, maxdist, solid=False)
