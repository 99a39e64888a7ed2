"""Movement: speeds, directions, places on a grid, distances. Manual: Movement_And_Collisions."""

from __future__ import annotations

import math

from gmlrun.builtins.maths import periodic, to_even
from gmlrun.builtins.registry import Bool, Chapter, Real
from gmlrun.engine.instances import Instance
from gmlrun.engine.rooms import Rooms
from gmlrun.runtime import Runtime
from gmlrun.space.index import Space
from gmlrun.space.masks import box_of
from gmlrun.values.model import Value
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

chapter = Chapter("Movement_And_Collisions/Movement")

Box = tuple[float, float, float, float]


@chapter
def motion_set(self: Instance, other: Value, dir: Real, speed: Real) -> None:
    """Gives this instance a direction in degrees and a speed in pixels a step."""
    self.direction, self.speed = dir, speed


@chapter
def motion_add(self: Instance, other: Value, dir: Real, speed: Real) -> None:
    """Adds a movement, as a direction in degrees and a speed, to this instance's own."""
    angle, hspeed, vspeed = math.radians(dir), number_in(self, "hspeed"), number_in(self, "vspeed")
    across, down = (
        hspeed + speed * periodic(math.cos, angle),
        vspeed - speed * periodic(math.sin, angle),
    )
    self.hspeed, self.vspeed = across, down


@chapter
def move_towards_point(self: Instance, other: Value, x: Real, y: Real, sp: Real) -> None:
    """Gives this instance a speed in the direction of a point."""
    self.direction = math.degrees(math.atan2(number_in(self, "y") - y, x - number_in(self, "x"))) % 360.0
    self.speed = sp


@chapter
def move_snap(self: Instance, other: Value, hsnap: Real, vsnap: Real) -> None:
    """Moves this instance to the nearest place on a grid."""
    if hsnap > 0:
        self.x = to_even(number_in(self, "x") / hsnap) * hsnap
    if vsnap > 0:
        self.y = to_even(number_in(self, "y") / vsnap) * vsnap


@chapter
def place_snapped(self: Instance, other: Value, hsnap: Real, vsnap: Real) -> bool:
    """Whether this instance is at a place on a grid."""
    places = ((number_in(self, "x"), hsnap), (number_in(self, "y"), vsnap))
    return all(step <= 0 or abs(at - to_even(at / step) * step) < 1e-3 for at, step in places)


@chapter
def move_wrap(rooms: Rooms, self: Instance, other: Value, hor: Bool, vert: Bool, margin: Real) -> None:
    """Brings this instance back in on the other side once it has left the room by a margin."""
    room = rooms.current
    if room is not None:
        self.x = wrapped(number_in(self, "x"), room.width, margin) if hor else self.x
        self.y = wrapped(number_in(self, "y"), room.height, margin) if vert else self.y


def wrapped(at: float, size: float, margin: float) -> float:
    """A coordinate, moved by the size of the room and its margins if it is outside of them."""
    if at < -margin:
        return at + size + 2 * margin
    return at - size - 2 * margin if at > size + margin else at


@chapter
def distance_to_point(self: Instance, other: Value, x: Real, y: Real) -> float:
    """The distance from this instance's bounding box, or its place without one, to a point, in pixels."""
    return gap(bounds(self), (x, y, x, y))


@chapter
def distance_to_object(rt: Runtime, self: Instance, other: Value, obj: Value) -> float:
    """The distance between the bounding boxes of this instance and of the nearest one of an object, in pixels."""
    mine = bounds(self)
    return min((gap(mine, box) for box in boxes(rt, self, other, obj)), default=FAR)


FAR = 1000000.0
"""The distance to an object without instances."""


def boxes(rt: Runtime, self: Instance, other: Value, obj: Value) -> Iterator[Box]:
    """The bounding boxes of the instances that a target means, but of this one; from the index where it has all."""
    space = rt.service(Space)
    kind = space.world.object_of(obj)
    for grid in [] if kind is None else space.family(kind):
        masks = grid.near(-math.inf, -math.inf, math.inf, math.inf)
        if len(masks) < len(grid.kind.instances):
            break
        yield from ((one.left, one.top, one.right, one.bottom) for one in masks if one.instance is not self)
    else:
        if kind is not None:
            return
    for one in space.world.targets(obj, self, other):
        if isinstance(one, Instance) and one is not self:
            yield box_of(one)


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
