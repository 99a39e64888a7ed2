"""The contents of a room asset, as structs. Manual: Asset_Management/Rooms/room_get_info."""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter
from gmlrun.engine.cameras import VIEW_START
from gmlrun.engine.elements import DEFAULTS, STORED, TYPES, ElementPlan
from gmlrun.engine.rooms import LayerPlan, Placement, Rooms
from gmlrun.language import NOONE
from gmlrun.runtime import Runtime
from gmlrun.values.model import Struct, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

chapter = Chapter("Asset_Management/Rooms")

NO_ROOM = -1.0


@chapter
def room_get_info(
    rt: Runtime,
    rooms: Rooms,
    room: Value,
    views: Bool = True,
    instances: Bool = True,
    layers: Bool = True,
    layer_elements: Bool = True,
    tilemap_data: Bool = True,
    live: Bool = False,
) -> Value:
    """A struct of what a room holds: its size, arrays of its views, instances and layers; -1 when there is none."""
    found = rooms.find(room)
    if found is None:
        return NO_ROOM
    made: Any = Struct()
    made.width, made.height, made.persistent = found.width, found.height, found.persistent
    made.creationCode = -1.0 if found.code is None else found.code
    made.enableViews = found.has_views
    if views:
        made.views = [view_info(rt, view) for view in found.views]
    if instances:
        made.instances = [instance_info(one) for one in found.placements]
    if layers:
        made.layers = [layer_info(number, one) for number, one in enumerate(found.layers)]
        for layer, plan in zip(made.layers, found.layers, strict=True):
            if layer_elements:
                layer.elements = [element_info(rt, one, tilemap_data) for one in plan.elements]
    return made


def instance_info(placement: Placement) -> Value:
    """An instance of a room."""
    made: Any = Struct()
    made.x, made.y = placement.x, placement.y
    made.object_index = placement.kind.name
    made.id = float(placement.number if placement.number is not None else -1)
    said = placement.variables
    made.xscale, made.yscale = said.get("image_xscale", 1.0), said.get("image_yscale", 1.0)
    made.angle, made.colour = said.get("image_angle", 0.0), said.get("image_blend", 16777215.0)
    made.image_index, made.image_speed = said.get("image_index", 0.0), said.get("image_speed", 1.0)
    made.creation_code = -1.0 if placement.code is None else placement.code
    made.pre_creation_code = -1.0 if placement.prepare is None else placement.prepare
    return made


def layer_info(number: int, plan: LayerPlan) -> Value:
    """A layer of a room."""
    made: Any = Struct()
    made.id, made.name, made.depth, made.visible = float(number), plan.name, plan.depth, plan.visible
    made.xoffset, made.yoffset, made.hspeed, made.vspeed = plan.x, plan.y, plan.hspeed, plan.vspeed
    made.effectEnabled, made.effect, made.shaderID = False, -1.0, -1.0
    return made


def view_info(rt: Runtime, view: Mapping[str, Value]) -> Value:
    """A view of a room."""
    made: Value = Struct()
    for name, usual in VIEW_START.items():
        value = view.get(name, usual)
        value = rt.assets.get(value, NOONE) if isinstance(value, str) else value
        setattr(made, VIEW_NAMES.get(name, name.removeprefix("view_")), value)
    return made


VIEW_NAMES = {"view_camera": "cameraID"}
NAMES = {"sprite": "sprite_index", "index": "image_index", "tileset": "tileset_index"}
OF_PICTURES = {"xscale": "image_xscale", "yscale": "image_yscale", "angle": "image_angle", "alpha": "image_alpha"}
OF_PICTURES |= {"blend": "image_blend", "speed": "image_speed"}
"""The names that properties of elements have here, and those of sprites and tiles."""


def element_info(rt: Runtime, plan: ElementPlan, has_tiles: bool) -> Value:
    """An element of a layer."""
    made: Any = Struct()
    made.type, made.name = float(TYPES[plan.type]), plan.name
    names = NAMES | (OF_PICTURES if plan.type in ("sprite", "tile") else {})
    for name, value in {**DEFAULTS.get(plan.type, {}), **plan.values}.items():
        if name == "cells":
            continue
        value = rt.assets.get(value, -1.0) if isinstance(value, str) and name != "text" else value
        setattr(made, names.get(name, name), value)
    if plan.type == "tilemap":
        made.data_mask = float(STORED)
        if has_tiles:
            made.tiles = [float(tile) for tile in plan.values["cells"]()]
    return made
