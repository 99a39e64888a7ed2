"""Objects: what is known of an object asset, and running events by hand. Manual: Asset_Management/Objects."""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter
from gmlrun.engine.instances import ObjectType
from gmlrun.engine.rooms import Rooms
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value
from gmlrun.values.text import quoted

chapter = Chapter("Asset_Management/Objects")

NO_PARENT = -100.0


def object_of(world: World, obj: Value) -> ObjectType:
    """The object that a value names; raises GmlError when there is none."""
    found = world.object_of(obj)
    if found is None:
        raise GmlError(f"there is no object {quoted(obj)}")
    return found


@chapter
def object_exists(world: World, obj: Value) -> bool:
    """Whether there is such an object."""
    return world.object_of(obj) is not None


@chapter
def object_get_name(world: World, obj: Value) -> str:
    """An object's name; `<undefined>` when there is no such object."""
    found = world.object_of(obj)
    return "<undefined>" if found is None else found.name


@chapter
def object_get_parent(world: World, obj: Value) -> Value:
    """The object that one inherits from; -100 when it has no parent, -1 when there is no such object."""
    found = world.object_of(obj)
    if found is None:
        return -1.0
    return NO_PARENT if found.parent is None else found.parent


@chapter
def object_is_ancestor(world: World, obj: Value, par: Value) -> bool:
    """Whether an object inherits, directly or not, from another one."""
    child, parent = object_of(world, obj), object_of(world, par)
    return child is not parent and parent in child.lineage()


def set_default(rt: Runtime, index: Value, name: str, value: Value) -> None:
    """Sets the value with which a variable of new instances of an object begins; those that are there keep theirs."""
    kind = object_of(rt.service(World), index)
    for one in rt.service(Rooms).all_instances(kind):
        vars(one).setdefault(name, getattr(kind.instance_class, name))
    setattr(kind.instance_class, name, value)


@chapter
def object_get_persistent(world: World, obj: Value) -> bool:
    """Whether new instances of an object stay when the room changes."""
    return object_of(world, obj).instance_class.persistent


@chapter
def object_set_persistent(rt: Runtime, index: Value, pers: Bool) -> None:
    """Sets whether new instances of an object stay when the room changes."""
    set_default(rt, index, "persistent", pers)


@chapter
def object_get_visible(world: World, obj: Value) -> bool:
    """Whether new instances of an object are visible."""
    return object_of(world, obj).instance_class.visible


@chapter
def object_set_visible(rt: Runtime, index: Value, vis: Bool) -> None:
    """Sets whether new instances of an object are visible."""
    set_default(rt, index, "visible", vis)


@chapter
def object_get_solid(world: World, obj: Value) -> bool:
    """Whether new instances of an object are solid."""
    return object_of(world, obj).instance_class.solid


@chapter
def object_set_solid(rt: Runtime, index: Value, solid: Bool) -> None:
    """Sets whether new instances of an object are solid."""
    set_default(rt, index, "solid", solid)


@chapter
def object_get_sprite(world: World, obj: Value) -> Value:
    """The sprite that new instances of an object have; -1 for none."""
    return object_of(world, obj).instance_class.sprite_index


@chapter
def object_set_sprite(rt: Runtime, index: Value, spr: Value) -> None:
    """Sets the sprite that new instances of an object have."""
    set_default(rt, index, "sprite_index", spr)


@chapter
def object_get_mask(world: World, obj: Value) -> Value:
    """The sprite that new instances of an object have as their mask; -1 for none."""
    return object_of(world, obj).instance_class.mask_index


@chapter
def object_set_mask(rt: Runtime, index: Value, spr: Value) -> None:
    """Sets the sprite that new instances of an object have as their mask."""
    set_default(rt, index, "mask_index", spr)


@chapter
def object_get_physics(world: World, obj: Value) -> bool:
    """Whether an object takes part in physics: never, in a game without a screen."""
    object_of(world, obj)
    return False
