"""Backgrounds, sprites, tiles, particle systems, sequences and texts on layers, each a bundle of properties.

Nothing is drawn: they are made, changed and read back. Manual: Asset_Management/Rooms.
"""

from __future__ import annotations

from gmlrun.builtins.layers import asset_or_none, layer_of
from gmlrun.builtins.registry import Chapter, Real, String
from gmlrun.engine.elements import DEFAULTS, NOWHERE, TYPES, Element, Elements, InstanceElement
from gmlrun.engine.rooms import Rooms
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.language import NOONE
from gmlrun.runtime import Runtime
from gmlrun.space.sprites import Sprite, Sprites
from gmlrun.values.conversions import to_bool, to_real, to_string
from gmlrun.values.model import Handle, Value
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

general = Chapter("Asset_Management/Rooms/General_Layer_Functions")
instances = Chapter("Asset_Management/Rooms/General_Layer_Functions")
sequences = Chapter("Asset_Management/Rooms/Sequence_Layers")
CHAPTERS = {
    "background": Chapter("Asset_Management/Rooms/Background_Layers"),
    "sprite": Chapter("Asset_Management/Rooms/Sprite_Layers"),
    "tile": Chapter("Asset_Management/Rooms/Old_Tile_Layers"),
    "particle": Chapter("Asset_Management/Rooms/Particle_System_Layers"),
    "sequence": sequences,
    "text": Chapter("Asset_Management/Rooms/Text_Layers"),
}


def element_of(elements: Elements, value: Value, type_: str = "") -> Element | None:
    """The element that a value means, None when there is none; raises GmlError for what can mean none."""
    if not isinstance(value, (float, int, Handle)) or isinstance(value, bool):
        raise GmlError(f"expected a layer element, got {quoted(value)}")
    return elements.find(value, type_)


# ------------------------------------------------------------- properties by table


def truth(value: Value) -> bool:
    """A flag; raises GmlError for what is no bool and no number."""
    if not isinstance(value, (float, int)):
        raise GmlError(f"expected a bool, got {quoted(value)}")
    return to_bool(value)


CONVERT: dict[type, Callable[[Value], Value]] = {float: to_real, bool: truth, str: to_string}
ASSETS = ("sprite", "font", "sequence", "system")
READ_ONLY = {("particle", "system"), ("tile", "region")}
"""Properties that have functions of their own, or none that sets them."""
NO_GETTER = {("sequence", "blend"), ("sequence", "alpha"), ("tile", "region")}
SETTERS_AS_CHANGE = {("sprite", "sprite"), ("tile", "sprite")}
"""Properties that only `layer_…_change` sets."""


def taken(type_: str, name: str, value: Value) -> Value:
    """A value as a property takes it."""
    return asset_or_none(value) if name in ASSETS else CONVERT[type(DEFAULTS[type_][name])](value)


def getter(type_: str, name: str) -> Callable[..., Value]:
    """`layer_TYPE_get_NAME`."""

    def get(rt: Runtime, element_id: Value) -> Value:
        found = element_of(rt.service(Elements), element_id, type_)
        return NOWHERE if found is None else found.values[name]

    get.__name__ = f"layer_{type_}_get_{name}"
    get.__doc__ = f"What has been set as {name} of a {type_} on a layer; -1 when there is no such element."
    return CHAPTERS[type_](get)


def setter(type_: str, name: str, suffix: str) -> Callable[..., Value]:
    """`layer_TYPE_NAME`."""

    def put(rt: Runtime, element_id: Value, value: Value) -> None:
        found, wanted = element_of(rt.service(Elements), element_id, type_), taken(type_, name, value)
        if found is not None:
            found.values[name] = capped(rt.service(Sprites), found, name, wanted)

    put.__name__ = f"layer_{type_}_{suffix}"
    put.__doc__ = f"Sets the {name} of a {type_} on a layer."
    return CHAPTERS[type_](put)


def capped(sprites: Sprites, element: Element, name: str, value: Any) -> Value:
    """A value as an element holds it: a frame is one of those that its sprite has."""
    if name != "index":
        return value
    sprite = sprites.find(element.values.get("sprite", NOWHERE))
    return value % sprite.facts.frames if isinstance(sprite, Sprite) and sprite.facts.frames else 0.0


def destroyer(type_: str) -> Callable[..., Value]:
    """`layer_TYPE_destroy`."""

    def destroy(rt: Runtime, element_id: Value) -> None:
        found = element_of(rt.service(Elements), element_id, type_)
        if found is not None:
            found.ends()
            rt.service(Elements).destroy(found)

    destroy.__name__, destroy.__doc__ = f"layer_{type_}_destroy", f"Removes a {type_} from its layer."
    return CHAPTERS[type_](destroy)


def exister(type_: str) -> Callable[..., Value]:
    """`layer_TYPE_exists`."""

    def exists(rt: Runtime, layer_id: Value, element_id: Value) -> bool:
        layer, found = layer_of(rt.service(Rooms), layer_id), element_of(rt.service(Elements), element_id, type_)
        return found is not None and found.layer is layer

    exists.__name__, exists.__doc__ = f"layer_{type_}_exists", f"Whether a layer has such a {type_}."
    return CHAPTERS[type_](exists)


def finder(type_: str) -> Callable[..., Value]:
    """`layer_TYPE_get_id`."""

    def get_id(rt: Runtime, layer_id: Value, element_name: String = "") -> Value:
        layer = layer_of(rt.service(Rooms), layer_id)
        found = [one for one in layer.elements if one.type == type_] if layer is not None else []
        named = [one for one in found if not element_name or one.name == element_name]
        return named[0] if named else NOWHERE

    get_id.__name__ = f"layer_{type_}_get_id"
    get_id.__doc__ = f"The {type_} of a layer, or the one of that name; -1 when there is none."
    return CHAPTERS[type_](get_id)


def properties(type_: str) -> Sequence[str]:
    """The properties of a kind of element that have functions of one form."""
    return [name for name in DEFAULTS[type_] if (type_, name) not in READ_ONLY]


FUNCTIONS = [
    *(getter(t, n) for t in DEFAULTS for n in DEFAULTS[t] if (t, n) not in NO_GETTER),
    *(setter(t, n, n) for t in DEFAULTS for n in properties(t) if (t, n) not in SETTERS_AS_CHANGE),
    *(setter(t, "sprite", "change") for t in ("background", "sprite", "tile")),
    *(destroyer(t) for t in DEFAULTS if t != "particle"),
    *(exister(t) for t in DEFAULTS if t != "particle"),
    *(finder(t) for t in ("background", "sprite", "particle", "text")),
]


# ---------------------------------------------------------------------- making


def made(rt: Runtime, layer_id: Value, type_: str, **values: Value) -> Value:
    """A new element on a layer; -1 when there is no such layer."""
    layer = layer_of(rt.service(Rooms), layer_id)
    return NOWHERE if layer is None else rt.service(Elements).add(layer, type_, values)


def layer_background_create(rt: Runtime, layer_id: Value, sprite: Value) -> Value:
    """Puts a background on a layer."""
    return made(rt, layer_id, "background", sprite=asset_or_none(sprite))


def layer_sprite_create(rt: Runtime, layer_id: Value, x: Real, y: Real, sprite: Value) -> Value:
    """Puts a sprite on a layer."""
    return made(rt, layer_id, "sprite", x=x, y=y, sprite=asset_or_none(sprite))


def layer_tile_create(
    rt: Runtime, layer_id: Value, x: Real, y: Real, tileset: Value, left: Real, top: Real, width: Real, height: Real
) -> Value:
    """Puts a part of a picture on a layer, as a tile of 1.4."""
    region = (left, top, width, height)
    return made(rt, layer_id, "tile", x=x, y=y, sprite=asset_or_none(tileset), region=region)


def layer_text_create(rt: Runtime, layer_id: Value, x: Real, y: Real, font: Value, text: String) -> Value:
    """Puts a text on a layer."""
    return made(rt, layer_id, "text", x=x, y=y, font=asset_or_none(font), text=text)


def layer_tile_region(rt: Runtime, element_id: Value, left: Real, top: Real, width: Real, height: Real) -> None:
    """Sets the part of its picture that a tile of 1.4 shows."""
    found = element_of(rt.service(Elements), element_id, "tile")
    if found is not None:
        found.values["region"] = (left, top, width, height)


def layer_tile_get_region(rt: Runtime, element_id: Value) -> Value:
    """The part of its picture that a tile of 1.4 shows, as an array; -1 when there is no such element."""
    found = element_of(rt.service(Elements), element_id, "tile")
    return NOWHERE if found is None else list(found.values["region"])


CHAPTERS["background"](layer_background_create)
CHAPTERS["sprite"](layer_sprite_create)
CHAPTERS["text"](layer_text_create)
for one in (layer_tile_create, layer_tile_region, layer_tile_get_region):
    CHAPTERS["tile"](one)


# ------------------------------------------------------------------- in general


@general
def layer_get_all_elements(rooms: Rooms, elements: Elements, world: World, layer_id: Value) -> list[Value]:
    """An array of all that lies on a layer, instances included; empty when there is no such layer."""
    layer = layer_of(rooms, layer_id)
    if layer is None:
        return []
    there = [one for one in world.instances.values() if one.layer is layer and not one.__inactive__]
    return [*layer.elements, *map(elements.of_instance, there)]


@general
def layer_get_element_type(elements: Elements, element_id: Value) -> float:
    """The kind of an element, one of the `layerelementtype_` constants."""
    found = element_of(elements, element_id)
    return 0.0 if found is None else float(TYPES[found.type])


@general
def layer_get_element_layer(elements: Elements, element_id: Value) -> Value:
    """The layer that an element lies on; -1 when there is no such element."""
    found = element_of(elements, element_id)
    if isinstance(found, InstanceElement):
        return found.instance.layer
    return NOWHERE if found is None else found.layer


@general
def layer_element_move(elements: Elements, rooms: Rooms, element_id: Value, layer_id: Value) -> None:
    """Puts an element on another layer."""
    found, layer = element_of(elements, element_id), layer_of(rooms, layer_id)
    if found is not None and layer is not None:
        rooms.elements.move(found, layer)


@instances
def layer_instance_get_instance(elements: Elements, element_id: Value) -> Value:
    """The instance that an element is; noone when it is none."""
    found = element_of(elements, element_id, "instance")
    return found.instance.id if isinstance(found, InstanceElement) and not found.instance.__dead__ else NOONE
