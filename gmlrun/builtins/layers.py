"""Layers, as far as instances lie on them. Manual: Asset_Management/Rooms/General_Layer_Functions."""

from __future__ import annotations

from typing import Any

from gmlrun.builtins.registry import Bool, Chapter, Real, String
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.instances import Instance
from gmlrun.runtime.rooms import Layer, Rooms
from gmlrun.runtime.values import Value
from gmlrun.runtime.world import World

chapter = Chapter("Asset_Management/Rooms/General_Layer_Functions")

NO_LAYER = -1.0


def on_layer(rt: Runtime, layer: Layer | None) -> list[Instance]:
    """The active instances on a layer, oldest first."""
    instances = rt.service(World).instances.values()
    return [one for one in instances if layer is not None and one.layer is layer and not one.__inactive__]


@chapter
def layer_create(rt: Runtime, depth: Real, name: String = "") -> Layer:
    """Makes a layer in the current room."""
    return rt.service(Rooms).add_layer(name, depth)


@chapter
def layer_destroy(rt: Runtime, layer_id: Any) -> None:
    """Removes a layer, and destroys the instances on it."""
    rooms = rt.service(Rooms)
    found = rooms.layer(layer_id)
    if found is not None:
        layer_destroy_instances(rt, found)
        del rooms.layers[found.index]


@chapter
def layer_destroy_instances(rt: Runtime, layer_id: Any) -> None:
    """Destroys the instances on a layer."""
    for instance in on_layer(rt, rt.service(Rooms).layer(layer_id)):
        rt.service(World).destroy(instance)


@chapter
def layer_exists(rt: Runtime, layer_id: Any) -> bool:
    """Whether the current room has such a layer, by name or id."""
    return rt.service(Rooms).layer(layer_id) is not None


@chapter
def layer_get_id(rt: Runtime, layer_name: String) -> Any:
    """The id of the layer of that name; -1 when there is none."""
    found = rt.service(Rooms).layer(layer_name)
    return NO_LAYER if found is None else found


@chapter
def layer_get_id_at_depth(rt: Runtime, depth: Real) -> list[Any]:
    """An array of the layers at a depth; [-1] when there are none."""
    return [one for one in rt.service(Rooms).layers.values() if one.depth == depth] or [NO_LAYER]


@chapter
def layer_get_name(rt: Runtime, layer_id: Any) -> str:
    """A layer's name; empty when there is no such layer."""
    found = rt.service(Rooms).layer(layer_id)
    return "" if found is None else found.name


@chapter
def layer_get_depth(rt: Runtime, layer_id: Any) -> float:
    """A layer's depth; 0 when there is no such layer."""
    found = rt.service(Rooms).layer(layer_id)
    return 0.0 if found is None else found.depth


@chapter
def layer_depth(rt: Runtime, layer_id: Any, depth: Real) -> None:
    """Moves a layer, with its instances, to another depth."""
    found = rt.service(Rooms).layer(layer_id)
    if found is not None:
        found.depth = depth
        for instance in on_layer(rt, found):
            instance.depth = depth


@chapter
def layer_get_all(rt: Runtime) -> list[Any]:
    """An array of all layers of the current room, those with the least depth first."""
    return sorted(rt.service(Rooms).layers.values(), key=lambda one: one.depth)


@chapter
def layer_get_visible(rt: Runtime, layer_id: Any) -> bool:
    """Whether a layer is visible."""
    found = rt.service(Rooms).layer(layer_id)
    return found is not None and found.visible


@chapter
def layer_set_visible(rt: Runtime, layer_id: Any, visible: Bool) -> None:
    """Makes a layer visible or invisible."""
    found = rt.service(Rooms).layer(layer_id)
    if found is not None:
        found.visible = visible


@chapter
def layer_add_instance(rt: Runtime, self: Value, other: Value, layer_id: Any, instance_id: Any) -> None:
    """Moves an instance to a layer."""
    found = rt.service(Rooms).layer(layer_id)
    if found is not None:
        for instance in rt.service(World).targets(instance_id, self, other):
            if isinstance(instance, Instance):
                instance.layer, instance.depth = found, found.depth


@chapter
def layer_has_instance(rt: Runtime, self: Value, other: Value, layer_id: Any, instance_id: Any) -> bool:
    """Whether an instance is on a layer."""
    found, instances = rt.service(Rooms).layer(layer_id), rt.service(World).targets(instance_id, self, other)
    return found is not None and any(isinstance(one, Instance) and one.layer is found for one in instances)
