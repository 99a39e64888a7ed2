"""Layers and what lies on them. Manual: Asset_Management/Rooms/General_Layer_Functions."""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter, Real, String
from gmlrun.engine.instances import Instance, lay
from gmlrun.engine.room_target import RoomTarget
from gmlrun.engine.rooms import Layer, Rooms
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.conversions import to_real
from gmlrun.values.model import AssetRef, Value, is_callable
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

chapter = Chapter("Asset_Management/Rooms/General_Layer_Functions")

NO_LAYER = -1.0


def layer_of(rooms: Rooms, value: Value) -> Layer | None:
    """The layer that a value means, None when there is none; raises GmlError for what can mean none."""
    if not isinstance(value, (float, int, str, Layer)) or isinstance(value, bool):
        raise GmlError(f"expected a layer, got {quoted(value)}")
    return rooms.layer(value)


def on_layer(world: World, layer: Layer | None) -> list[Instance]:
    """The active instances on a layer, oldest first."""
    instances = world.instances.values()
    return [one for one in instances if layer is not None and one.layer is layer and not one.__inactive__]


@chapter
def layer_create(rooms: Rooms, depth: Real, name: String = "") -> Layer:
    """Makes a layer in the current room."""
    return rooms.add_layer(name, depth)


@chapter
def layer_destroy(rooms: Rooms, world: World, layer_id: Value) -> None:
    """Removes a layer, and destroys the instances on it."""
    found = rooms.layer(layer_id)
    if found is not None:
        layer_destroy_instances(rooms, world, found)
        for element in list(found.elements):
            rooms.elements.destroy(element)
        del rooms.layers[found.index]


@chapter
def layer_destroy_instances(rooms: Rooms, world: World, layer_id: Value) -> None:
    """Destroys the instances on a layer."""
    for instance in on_layer(world, rooms.layer(layer_id)):
        world.destroy(instance)


@chapter
def layer_exists(rooms: Rooms, layer_id: Value) -> bool:
    """Whether the current room has such a layer, by name or id."""
    return rooms.layer(layer_id) is not None


@chapter
def layer_get_id(rooms: Rooms, layer_name: String) -> Value:
    """The id of the layer of that name; -1 when there is none."""
    found = rooms.layer(layer_name)
    return NO_LAYER if found is None else found


@chapter
def layer_get_id_at_depth(rooms: Rooms, depth: Real) -> list[Value]:
    """An array of the layers at a depth; [-1] when there are none."""
    return [one for one in rooms.layers.values() if one.depth == depth] or [NO_LAYER]


@chapter
def layer_get_name(rooms: Rooms, layer_id: Value) -> str:
    """A layer's name; empty when there is no such layer."""
    found = rooms.layer(layer_id)
    return "" if found is None else found.name


@chapter
def layer_get_depth(rooms: Rooms, layer_id: Value) -> float:
    """A layer's depth; 0 when there is no such layer."""
    found = rooms.layer(layer_id)
    return 0.0 if found is None else found.depth


@chapter
def layer_depth(world: World, rooms: Rooms, layer_id: Value, depth: Real) -> None:
    """Moves a layer, with its instances, to another depth."""
    found = rooms.layer(layer_id)
    if found is not None:
        found.depth = depth
        for instance in on_layer(world, found):
            lay(instance, found, depth)


@chapter
def layer_get_all(rooms: Rooms) -> list[Any]:
    """An array of all layers of the current room, those with the least depth first."""
    return sorted(rooms.layers.values(), key=lambda one: one.depth)


@chapter
def layer_get_visible(rooms: Rooms, layer_id: Value) -> bool:
    """Whether a layer is visible."""
    found = rooms.layer(layer_id)
    return found is not None and found.visible


@chapter
def layer_set_visible(rooms: Rooms, layer_id: Value, visible: Bool) -> None:
    """Makes a layer visible or invisible."""
    found = rooms.layer(layer_id)
    if found is not None:
        found.visible = visible


@chapter
def layer_add_instance(
    rooms: Rooms, world: World, self: Value, other: Value, layer_id: Value, instance_id: Value
) -> None:
    """Moves an instance to a layer."""
    found = rooms.layer(layer_id)
    if found is not None:
        for instance in world.targets(instance_id, self, other):
            if isinstance(instance, Instance):
                lay(instance, found, found.depth)


@chapter
def layer_has_instance(
    rooms: Rooms, world: World, self: Value, other: Value, layer_id: Value, instance_id: Value
) -> bool:
    """Whether an instance is on a layer."""
    found, instances = rooms.layer(layer_id), world.targets(instance_id, self, other)
    return found is not None and any(isinstance(one, Instance) and one.layer is found for one in instances)


# -------------------------------------------------------------------- properties


def layer_getter(name: str, words: str, default: Value) -> Callable[..., Value]:
    """`layer_get_…`: a property of a layer."""

    def get(rt: Runtime, layer_id: Value) -> Value:
        found = layer_of(rt.service(Rooms), layer_id)
        return default if found is None else getattr(found, name)

    get.__name__, get.__doc__ = (
        f"layer_get_{SPELT.get(name, name)}",
        f"{words}; {default:g} when there is no such layer.",
    )
    return get


def layer_setter(name: str, convert: Callable[[Value], Value], words: str) -> Callable[..., Value]:
    """`layer_…`: sets a property of a layer."""

    def put(rt: Runtime, layer_id: Value, value: Value) -> None:
        found, wanted = layer_of(rt.service(Rooms), layer_id), convert(value)
        if found is not None:
            setattr(found, name, wanted)

    put.__name__, put.__doc__ = (
        f"layer_{SPELT.get(name, name)}",
        f"Sets what `layer_get_{SPELT.get(name, name)}` gives: {words}.",
    )
    return put


def script_or_none(value: Value) -> Value:
    """A function, or a number for none; raises GmlError for anything else."""
    is_number = isinstance(value, (float, int)) and not isinstance(value, bool)
    if is_number or is_callable(value):
        return value
    raise GmlError(f"expected a function, got {quoted(value)}")


def asset_or_none(value: Value) -> Value:
    """An asset, or a number for none; raises GmlError for anything else."""
    if isinstance(value, AssetRef) or (isinstance(value, (float, int)) and not isinstance(value, bool)):
        return value
    raise GmlError(f"expected an asset, got {quoted(value)}")


SPELT = {"begin": "script_begin", "end": "script_end"}
PROPERTIES: dict[str, tuple[Callable[[Value], Value], str, float]] = {
    "x": (to_real, "how far a layer is moved to the right", 0.0),
    "y": (to_real, "how far a layer is moved down", 0.0),
    "hspeed": (to_real, "how far a layer moves to the right in a step", 0.0),
    "vspeed": (to_real, "how far a layer moves down in a step", 0.0),
    "shader": (asset_or_none, "the shader that a layer would be drawn with", -1.0),
    "begin": (script_or_none, "the function that runs before a layer is drawn, which it never is", -1.0),
    "end": (script_or_none, "the function that runs after a layer is drawn, which it never is", -1.0),
}
"""The properties of layers: how a value is taken, what they are, and what they are without a layer."""

FUNCTIONS = [
    *(chapter(layer_getter(n, words[0].upper() + words[1:], none)) for n, (_, words, none) in PROPERTIES.items()),
    *(chapter(layer_setter(name, convert, words)) for name, (convert, words, _) in PROPERTIES.items()),
]


class Drawing(GamePart):
    """The settings for drawing layers."""

    def __init__(self, rt: Runtime) -> None:
        self.is_forced = False
        self.depth = 0.0


@chapter
def layer_force_draw_depth(drawing: Drawing, force: Bool, depth: Real) -> None:
    """Sets or clears one depth for everything that is drawn; kept, as nothing is drawn."""
    drawing.is_forced, drawing.depth = force, depth


@chapter
def layer_is_draw_depth_forced(drawing: Drawing) -> bool:
    """Whether everything is to be drawn at one depth."""
    return drawing.is_forced


@chapter
def layer_get_forced_depth(drawing: Drawing) -> float:
    """The depth that everything is to be drawn at."""
    return drawing.depth


@chapter
def layer_set_target_room(room_target: RoomTarget, rooms: Rooms, room: Value) -> None:
    """Makes layer functions act on another room's layers and elements; -1 for the current room."""
    if room == NO_LAYER:
        layer_reset_target_room(room_target)
    else:
        room_target.aim(rooms.get(room))


@chapter
def layer_get_target_room(room_target: RoomTarget) -> Value:
    """The room that layer functions mean; -1 when none has been set."""
    found = room_target.room
    return NO_LAYER if found is None else found


@chapter
def layer_reset_target_room(room_target: RoomTarget) -> None:
    """Makes layer functions act on the current room."""
    room_target.reset()


@chapter
def layer_get_type(rooms: Rooms, layer_id: Value) -> float:
    """Whether a layer is one of the room or of the user interface: of the room, 0; -1 when there is no such layer."""
    return NO_LAYER if layer_of(rooms, layer_id) is None else 0.0


effects = Chapter("Asset_Management/Rooms/Filter_Effect_Layers")


@effects
def layer_get_fx(rooms: Rooms, layer_id: Value) -> float:
    """The effect of a layer: -1, as nothing is drawn."""
    layer_of(rooms, layer_id)
    return NO_LAYER


@effects
def layer_set_fx(rooms: Rooms, layer_id: Value, filter_or_effect: Value) -> None:
    """Does nothing: effects are drawn."""
    layer_of(rooms, layer_id)


@effects
def layer_clear_fx(rooms: Rooms, layer_id: Value) -> None:
    """Does nothing: effects are drawn."""
    layer_of(rooms, layer_id)


@effects
def layer_enable_fx(rooms: Rooms, layer_id: Value, enable: Bool) -> None:
    """Does nothing: effects are drawn."""
    layer_of(rooms, layer_id)


@effects
def layer_fx_is_enabled(rooms: Rooms, layer_id: Value) -> bool:
    """Whether a layer's effect is on: never."""
    layer_of(rooms, layer_id)
    return False
