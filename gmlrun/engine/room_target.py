"""The room that layer functions mean where it is not the current one: its layers are there meanwhile.

What they hold is the room's when it is entered. Manual: Asset_Management/Rooms/General_Layer_Functions.
"""

from __future__ import annotations

from gmlrun.engine.elements import ElementPlan, Tilemap
from gmlrun.engine.rooms import LayerPlan, Rooms
from gmlrun.runtime import GamePart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gmlrun.engine.elements import Element
    from gmlrun.engine.rooms import Layer, Room
    from gmlrun.runtime import Runtime


class RoomTarget(GamePart):
    """The target of one game's layer functions."""

    def __init__(self, rt: Runtime) -> None:
        self.rooms = rt.service(Rooms)
        self.rooms.reset_target = self.reset
        self.room: Room | None = None
        self.own: dict[int, Layer] = {}
        """The layers of the current room, while those of another one take their place."""

    def aim(self, room: Room) -> None:
        """Makes layer functions act on a room."""
        self.reset()
        self.room = room
        if room is not self.rooms.current:
            self.own, self.rooms.layers = self.rooms.layers, {}
            for plan in room.layers:
                self.rooms.lay_out(plan)

    def reset(self) -> None:
        """Makes layer functions act on the current room; the other room keeps what has changed."""
        room, self.room = self.room, None
        if room is None or room is self.rooms.current:
            return
        layers = list(self.rooms.layers.values())
        room.layers = [plan_of(layer) for layer in layers]
        self.rooms.elements.forget(layers)
        self.rooms.layers = self.own


def plan_of(layer: Layer) -> LayerPlan:
    """A layer as a room asset has it."""
    elements = [element_plan(one) for one in layer.elements]
    place = layer.x, layer.y, layer.hspeed, layer.vspeed
    return LayerPlan(layer.name, layer.depth, layer.visible, *place, elements)


def element_plan(element: Element) -> ElementPlan:
    """An element as a room asset has it."""
    if isinstance(element, Tilemap):
        cells = list(element.cells)
        values: dict[str, Any] = {name: getattr(element, name) for name in ("x", "y", "tileset", "width", "height")}
        return ElementPlan("tilemap", element.name, {**values, "cells": lambda: cells})
    played: Any = getattr(element, "instance", None)
    more = {} if played is None else {"sequence": played.sequence, "headpos": played.headPosition}
    return ElementPlan(element.type, element.name, {**element.values, **more})
