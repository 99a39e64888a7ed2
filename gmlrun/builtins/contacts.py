"""Movement up to, out of, off and along what is met. Manual: Movement_And_Collisions/Movement."""

from __future__ import annotations

import math

from gmlrun.builtins.collision_checks import first, met_at
from gmlrun.builtins.maths import to_even
from gmlrun.builtins.movement import bounds
from gmlrun.builtins.registry import Bool, Chapter, Int, Real
from gmlrun.engine.instances import Instance
from gmlrun.engine.rooms import Rooms
from gmlrun.language import ALL, NOONE
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value
from gmlrun.values.numeric import number_in
from gmlrun.values.random import Random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

chapter = Chapter("Movement_And_Collisions/Movement")

LONGEST = 1000.0
"""Pixels that a movement without a limit tries."""
MOST = 10000.0
"""Pixels that a movement tries at most, whatever its limit, so that no number stops the game."""
TURN = 10.0
"""Degrees between the directions that an advanced bounce tries."""
TURNS = 35


def creep(self: Instance, angle: float, limit: float, goes_on: Callable[[], bool]) -> None:
    """Moves an instance pixel by pixel in a direction, while that is wanted and within a limit."""
    across, down = math.cos(math.radians(angle)), -math.sin(math.radians(angle))
    for _ in range(int(to_even(min(limit, MOST)) if limit > 0 else LONGEST)):
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
    """Moves this instance in a direction until it touches a solid one, at most MAXDIST pixels (1000 for none)."""
    contact(rt, self, other, dir, maxdist, solid=True)


@chapter
def move_contact_all(rt: Runtime, self: Value, other: Value, dir: Real, maxdist: Real) -> None:
    """Moves this instance in a direction until it touches another one, at most MAXDIST pixels (1000 for none)."""
    contact(rt, self, other, dir, maxdist, solid=False)


@chapter
def move_outside_solid(rt: Runtime, self: Value, other: Value, dir: Real, maxdist: Real) -> None:
    """Moves this instance in a direction until it meets no solid one, at most MAXDIST pixels (1000 for none)."""
    leave(rt, self, other, dir, maxdist, solid=True)


@chapter
def move_outside_all(rt: Runtime, self: Value, other: Value, dir: Real, maxdist: Real) -> None:
    """Moves this instance in a direction until it meets no other one, at most MAXDIST pixels (1000 for none)."""
    leave(rt, self, other, dir, maxdist, solid=False)


@chapter
def move_bounce_solid(rt: Runtime, self: Value, other: Value, adv: Bool) -> None:
    """Turns this instance's movement round at a solid one; by the slope of what it meets if ADV."""
    bounce(rt, self, other, adv, solid=True)


@chapter
def move_bounce_all(rt: Runtime, self: Value, other: Value, adv: Bool) -> None:
    """Turns this instance's movement round at another one; by the slope of what it meets if ADV."""
    bounce(rt, self, other, adv, solid=False)


def bounce(rt: Runtime, self: Value, other: Value, advanced: bool, solid: bool) -> None:
    """Puts an instance that meets another one back, and gives it the direction of a bounce."""
    if not isinstance(self, Instance):
        return

    def is_free(across: float, down: float) -> bool:
        x, y = number_in(self, "x") + across, number_in(self, "y") + down
        return not meets_any(rt, self, other, x, y, solid)

    is_met = not is_free(0.0, 0.0)
    if is_met:
        self.x, self.y = self.xprevious, self.yprevious
    if advanced:
        bounce_by_slope(self, is_free, is_met)
    else:
        bounce_by_sides(self, is_free)


def bounce_by_sides(self: Instance, is_free: Callable[[float, float], bool]) -> None:
    """Turns the horizontal or the vertical speed round, or both, by which of them is in the way."""
    across, down = number_in(self, "hspeed"), number_in(self, "vspeed")
    is_free_across, is_free_down = is_free(across, 0.0), is_free(0.0, down)
    in_the_corner = is_free_across and is_free_down and not is_free(across, down)
    if not is_free_across or in_the_corner:
        self.hspeed = -across
    if not is_free_down or in_the_corner:
        self.vspeed = -down


def bounce_by_slope(self: Instance, is_free: Callable[[float, float], bool], is_met: bool) -> None:
    """Looks to both sides for the first free directions, and bounces at what lies between them."""
    direction, speed = to_even(number_in(self, "direction") / TURN) * TURN, number_in(self, "speed")

    def first_free(turn: float) -> tuple[float, int]:
        for tried in range(1, TURNS + 1):
            angle = math.radians(direction + turn * tried)
            if is_free(speed * math.cos(angle), -speed * math.sin(angle)):
                return direction + turn * tried, tried
        return direction + turn * TURNS, TURNS + 1

    (right, tried), (left, tried_left) = first_free(-TURN), first_free(TURN)
    if is_met or tried > 1 or tried_left > 1:
        self.direction = 180.0 + left + right - direction


@chapter
def move_random(
    rt: Runtime, numbers: Random, rooms: Rooms, self: Value, other: Value, hsnap: Real, vsnap: Real
) -> None:
    """Moves this instance to a place of the room, on a grid, where it meets no solid one; tries 100 times."""
    room = rooms.current
    if room is None or not isinstance(self, Instance):
        return
    here, (left, top, right, bottom) = (number_in(self, "x"), number_in(self, "y")), bounds(self)
    low = (to_even(here[0] - left), to_even(here[1] - top))
    high = (to_even(room.width + here[0] - right), to_even(room.height + here[1] - bottom))
    snaps = (to_even(hsnap), to_even(vsnap))
    for _ in range(100):
        x, y = (
            snapped_down(least + numbers.unit() * (most - least), snap)
            for least, most, snap in zip(low, high, snaps, strict=True)
        )
        if not meets_any(rt, self, other, x, y, solid=True):
            self.x, self.y = x, y
            return


def snapped_down(value: float, step: float) -> float:
    """The place on a grid at or before another one; what is no finite number stays."""
    if not math.isfinite(value):
        return value
    return value // step * step if step > 0 else float(math.floor(value))


# ----------------------------------------------------------------------- along what is met

HALF_ROOT = math.sqrt(0.5)


@chapter
def move_and_collide(
    rt: Runtime,
    self: Value,
    other: Value,
    dx: Real,
    dy: Real,
    obj: Value,
    num_iterations: Int = 4,
    xoff: Real = 0.0,
    yoff: Real = 0.0,
    max_x_move: Real = -1.0,
    max_y_move: Real = -1.0,
) -> list[Value]:
    """Moves this instance in steps, round what is in the way; returns the ids of what it met."""
    length, met = math.hypot(dx, dy), list[Value]()
    if not isinstance(self, Instance) or not 0 < length < math.inf or meeting_at(rt, self, other, 0.0, 0.0, obj):
        return met
    start, left = (number_in(self, "x"), number_in(self, "y")), length
    ahead, limits = (dx / length, dy / length), (max_x_move, max_y_move)
    steps = max(1, min(num_iterations, int(MOST)))
    for step in range(steps):
        reach = min(length / steps, left)
        if reach <= 0:
            break
        for turns, across, down in ways(ahead, (xoff, yoff), steps - step):
            x, y = number_in(self, "x") + across * reach, number_in(self, "y") + down * reach
            x, y = held(x, start[0], limits[0]), held(y, start[1], limits[1])
            one = first_met(rt, self, other, x, y, obj)
            if one is None:
                self.x, self.y = x, y
                left -= reach * turns
                break
            if one not in met:
                met.append(one)
        else:
            break
    return met


def ways(ahead: tuple[float, float], aside: tuple[float, float], count: int) -> Iterator[tuple[int, float, float]]:
    """The movements that a step tries: ahead, then more and more aside; each with how many steps it is worth."""
    (across, down), (to_x, to_y) = ahead, aside
    yield 1, across, down
    size = math.hypot(to_x, to_y)
    sides = [(to_x / size, to_y / size)] if size else [(down, -across), (-down, across)]
    for turns in range(1, count + 1):
        for x, y in sides:
            yield turns, HALF_ROOT * (across + turns * x), HALF_ROOT * (down + turns * y)


def held(value: float, start: float, limit: float) -> float:
    """A coordinate, no further from the start than a limit; a negative one is none."""
    return max(start - limit, min(start + limit, value)) if limit >= 0 else value


def meeting_at(rt: Runtime, self: Instance, other: Value, across: float, down: float, obj: Value) -> bool:
    """Whether an instance would meet one, were it moved."""
    place = number_in(self, "x") + across, number_in(self, "y") + down
    return first_met(rt, self, other, *place, obj) is not None


def first_met(rt: Runtime, self: Instance, other: Value, x: float, y: float, obj: Value) -> Value:
    """The id of the oldest instance that one would meet at a place; None when there is none."""
    found = first(met_at(rt, self, other, x, y, obj))
    return None if found == NOONE else found
