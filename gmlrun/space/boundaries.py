"""Outside and Intersect Boundary events: the boxes of instances, of the room and of its views go in, events run.

Manual: The_Asset_Editors/Object_Properties/Other_Events.
"""

from __future__ import annotations

from gmlrun.engine.events import BOUNDARY, BOUNDARY_VIEW, OTHER, OUTSIDE_ROOM, OUTSIDE_VIEW
from gmlrun.space.masks import box_of, mask_at
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeAlias

    from gmlrun.engine.instances import Instance
    from gmlrun.engine.rooms import Room
    from gmlrun.engine.world import World

Box: TypeAlias = tuple[float, float, float, float]
Test: TypeAlias = "Callable[[Instance, Box], bool]"


def cross_boundaries(world: World, room: Room, cameras: Value) -> None:
    """Runs the events of all instances: of the room, and of each view that the `Cameras`, if there are any, show."""
    box = (0.0, 0.0, room.width, room.height)
    run(world, OUTSIDE_ROOM, box, has_left)
    run(world, BOUNDARY, box, is_crossing)
    for view, seen in views(cameras):
        run(world, OUTSIDE_VIEW + view, seen, is_outside)
        run(world, BOUNDARY_VIEW + view, seen, is_on_edge)


def run(world: World, number: int, box: Box, is_met: Test) -> None:
    """Runs an event in the instances that have it and of which a test is true."""
    for one in world.dispatch.listeners((OTHER, number)):
        if not one.__away__ and is_met(one, box):
            world.dispatch.guard(world.dispatch.perform, one, (OTHER, number))


def views(cameras: Any) -> Iterator[tuple[int, Box]]:
    """The views that are seen, with the part of the room that each shows."""
    values = {} if cameras is None else cameras.values
    if values and cameras.is_enabled:
        for view, is_visible in enumerate(values["view_visible"]):
            camera = cameras.find(values["view_camera"][view]) if is_visible else None
            if camera is not None:
                yield view, (camera.x, camera.y, camera.x + camera.width, camera.y + camera.height)


def has_left(one: Instance, box: Box) -> bool:
    """Whether an instance is outside a box, and was not when this was last asked."""
    was_outside = one.__outside__
    one.__outside__ = is_outside(one, box)
    return one.__outside__ and not was_outside


def is_outside(one: Instance, box: Box) -> bool:
    """Whether an instance is wholly outside a box."""
    left, top, right, bottom = box_of(one)
    return right < box[0] or left > box[2] or bottom < box[1] or top > box[3]


def is_crossing(one: Instance, box: Box) -> bool:
    """Whether some part of an instance is outside a box."""
    left, top, right, bottom = box_of(one)
    return left < box[0] or right > box[2] or top < box[1] or bottom > box[3]


def is_on_edge(one: Instance, box: Box) -> bool:
    """Whether an instance with a mask is neither wholly outside a box nor wholly inside it."""
    if mask_at(one) is None or is_outside(one, box):
        return False
    left, top, right, bottom = box_of(one)
    return not (left > box[0] and right < box[2] and top > box[1] and bottom < box[3])
