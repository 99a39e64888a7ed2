"""Outside Room and Intersect Boundary events: the boxes of instances and of the room go in, events run.

Manual: The_Asset_Editors/Object_Properties/Other_Events.
"""

from __future__ import annotations

from gmlrun.runtime.events import BOUNDARY, OTHER, OUTSIDE_ROOM
from gmlrun.runtime.instances import Instance
from gmlrun.runtime.masks import box_of
from gmlrun.runtime.rooms import Room
from gmlrun.runtime.world import World


def cross_boundaries(world: World, room: Room) -> None:
    """Runs the events of instances that are outside the room, once each time they leave it, or not wholly inside."""
    outside, crossing = world.handled((OTHER, OUTSIDE_ROOM)), world.handled((OTHER, BOUNDARY))
    for one in outside:
        if not one.__away__:
            was_outside = one.__outside__
            one.__outside__ = is_outside(one, room)
            if one.__outside__ and not was_outside:
                world.guard(world.perform, one, (OTHER, OUTSIDE_ROOM))
    for one in crossing:
        if not one.__away__ and is_crossing(one, room):
            world.guard(world.perform, one, (OTHER, BOUNDARY))


def is_outside(one: Instance, room: Room) -> bool:
    """Whether an instance is wholly outside a room."""
    left, top, right, bottom = box_of(one)
    return right < 0 or left > room.width or bottom < 0 or top > room.height


def is_crossing(one: Instance, room: Room) -> bool:
    """Whether some part of an instance is outside a room."""
    left, top, right, bottom = box_of(one)
    return left < 0 or right > room.width or top < 0 or bottom > room.height
