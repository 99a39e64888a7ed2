"""Instances: making, finding, destroying and deactivating them. Manual: Asset_Management/Instances."""

from __future__ import annotations

import math

from gmlrun.builtins.registry import Bool, Chapter, Int, Real
from gmlrun.engine.events import CLEAN_UP, CREATE, DESTROY, PRE_CREATE
from gmlrun.engine.instances import Instance, InstanceRef, ObjectType, alarm_left, distance
from gmlrun.engine.rooms import Layer, Rooms
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.language import NOONE
from gmlrun.runtime import Runtime
from gmlrun.space.masks import box_of
from gmlrun.values.model import GmlClass, Struct, Value
from gmlrun.values.numeric import number_in
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

chapter = Chapter("Asset_Management/Instances")


class CollisionSpaces(Struct):
    """The enum of what an instance may collide in; a constant, so that nothing can be set."""

    __gml_name__ = "colspace"
    room, ui_view, ui_display, colspace_all = 0, 1, 2, 3

    def __setattr__(self, name: str, value: Value) -> None:
        raise GmlError("colspace is a constant")


CONSTANTS: dict[str, Value] = {"colspace": CollisionSpaces()}


def instances_of(world: World, self: Value, other: Value, obj: Value) -> list[Instance]:
    """The active instances that a target means; a struct means none."""
    found = world.targets(obj, self, other)
    return [one for one in found if isinstance(one, Instance) and not one.__dead__]


def object_named(world: World, obj: Value) -> ObjectType:
    """The object that a value names; raises GmlError when there is none."""
    found = world.object_of(obj)
    if found is None:
        raise GmlError(f"Attempting to create an instance of a non-existing object: {quoted(obj)}")
    return found


def handle(found: Instance | None) -> Value:
    """An instance as GML sees it: its id, or noone."""
    return NOONE if found is None else found.id


# --------------------------------------------------------------- making and ending


@chapter
def instance_create_depth(
    world: World,
    self: Value,
    other: Value,
    x: Real,
    y: Real,
    depth: Real,
    obj: Value,
    var_struct: Value = None,
) -> InstanceRef:
    """Makes an instance of an object at a depth and runs its Create event; returns its id.

    The variables of VAR_STRUCT are copied to it before Create.
    """
    variables = given_variables(var_struct)
    made = world.create(object_named(world, obj), x, y, depth=depth, variables=variables, creator=self)
    return made.id


@chapter
def instance_create(world: World, self: Value, other: Value, x: Real, y: Real, obj: Value) -> InstanceRef:
    """Makes an instance of an object and runs its Create event; returns its id. Of GameMaker: Studio 1.4."""
    return world.create(object_named(world, obj), x, y, creator=self).id


@chapter
def instance_create_layer(
    rooms: Rooms,
    world: World,
    self: Value,
    other: Value,
    x: Real,
    y: Real,
    layer_id: Value,
    obj: Value,
    var_struct: Value = None,
) -> InstanceRef:
    """Makes an instance of an object on a layer and runs its Create event; returns its id.

    The variables of VAR_STRUCT are copied to it before Create.
    """
    layer = layer_for(rooms, layer_id)
    kind, variables = object_named(world, obj), given_variables(var_struct)
    return world.create(kind, x, y, depth=layer.depth, layer=layer, variables=variables, creator=self).id


def layer_for(rooms: Rooms, value: Value) -> Layer:
    """The layer that a value names; a program without rooms has every layer that it names."""
    found = rooms.layer(value)
    if found is None and isinstance(value, str) and (rooms.current is None or not rooms.current.layers):
        found = rooms.add_layer(value, 0.0)
    if found is None:
        raise GmlError(f"instance_create_layer: the layer {quoted(value)} does not exist in this room")
    return found


def given_variables(value: Value) -> Struct | None:
    """The struct of variables for a new instance; raises GmlError for anything else."""
    if value is None or isinstance(value, Struct):
        return value
    raise GmlError(f"the variables of a new instance must be a struct, not {quoted(value)}")


@chapter
def instance_destroy(
    world: World, self: Value, other: Value, id: Value = None, execute_event_flag: Bool = True
) -> None:
    """Destroys this instance, another one, or all of an object; runs Destroy (if wanted) and Clean Up at once."""
    found = [self] if id is None else instances_of(world, self, other, id)
    for instance in found:
        if isinstance(instance, Instance):
            world.destroy(instance, execute_event_flag)


@chapter
def instance_change(world: World, self: Value, other: Value, obj: Value, perf: Bool) -> None:
    """Makes this instance one of another object, with the Destroy, Clean Up and Create events if PERF."""
    if isinstance(self, Instance):
        change_object(world, self, object_named(world, obj), perf)


def change_object(world: World, instance: Instance, kind: ObjectType, run_events: bool) -> None:
    """Makes an instance one of another object, with the events of both if wanted."""
    for number in (DESTROY, CLEAN_UP) if run_events else ():
        world.dispatch.perform(instance, (number, 0))
    world.change(instance, kind)
    for number in (PRE_CREATE, CREATE) if run_events else ():
        world.dispatch.perform(instance, (number, 0))


@chapter
def instance_copy(world: World, self: Value, other: Value, perf: Bool) -> Value:
    """Makes a copy of this instance with all its variables, with a Create event if PERF; returns its id."""
    if not isinstance(self, Instance):
        return NOONE
    made = world.allocate(self.__object__, number_in(self, "x"), number_in(self, "y"))
    own = {name: value for name, value in vars(self).items() if name not in ("__id__", "__alarm__")}
    vars(made).update(own)
    made.__alarm__ = list(self.alarm)
    if self in world.motion.moving:
        world.motion.moving[made] = None
    if self in world.motion.followers:
        world.motion.followers[made] = world.motion.followers[self]
    if perf:
        world.dispatch.perform(made, (CREATE, 0), self)
    return made.id


# ------------------------------------------------------------------------- finding


@chapter
def instance_exists(world: World, self: Value, other: Value, obj: Value) -> bool:
    """Whether an instance, or any instance of an object, is there."""
    if type(type(obj)) is GmlClass:
        return isinstance(obj, Instance) and world.alive(obj)
    if not isinstance(obj, (float, int, InstanceRef, ObjectType)):
        return False
    return bool(instances_of(world, self, other, obj))


@chapter
def instance_number(world: World, self: Value, other: Value, obj: Value) -> Real:
    """How many active instances of an object (and of those that inherit from it) there are."""
    return float(len(instances_of(world, self, other, obj)))


@chapter
def instance_find(world: World, self: Value, other: Value, obj: Value, n: Int) -> Value:
    """The id of the N-th instance (from 0) of an object; noone when there are fewer."""
    found = instances_of(world, self, other, obj)
    return found[n].id if 0 <= n < len(found) else NOONE


@chapter
def instance_nearest(world: World, self: Value, other: Value, x: Real, y: Real, obj: Value) -> Value:
    """The id of the instance of an object that is nearest to a point; noone when there is none."""
    found = instances_of(world, self, other, obj)
    return handle(min(found, key=lambda one: distance(one, x, y), default=None))


@chapter
def instance_furthest(world: World, self: Value, other: Value, x: Real, y: Real, obj: Value) -> Value:
    """The id of the instance of an object that is furthest from a point; noone when there is none."""
    found = instances_of(world, self, other, obj)
    return handle(max(found, key=lambda one: distance(one, x, y), default=None))


@chapter
def instance_id_get(world: World, index: Int) -> Value:
    """The id of the INDEX-th of all active instances; noone when there are fewer."""
    found = active_instances(world)
    return found[index].id if 0 <= index < len(found) else NOONE


def active_instances(world: World) -> list[Instance]:
    """All instances that take part, oldest first."""
    return [one for one in world.instances.values() if not one.__inactive__]


def instance_count(rt: Runtime) -> float:
    """How many active instances there are."""
    return float(len(active_instances(rt.service(World))))


def instance_id(rt: Runtime) -> list[Value]:
    """An array of the ids of all active instances."""
    return [one.id for one in active_instances(rt.service(World))]


chapter.variable(instance_count)
chapter.variable(instance_id)


# -------------------------------------------------------------------- deactivation


def set_active(world: World, is_active: bool, wanted: Callable[[Instance], bool]) -> None:
    """Activates or deactivates the instances that are wanted."""
    world.set_active([one for one in world.instances.values() if wanted(one)], is_active)


def family_of(world: World, self: Value, other: Value, obj: Value) -> Iterable[Instance]:
    """The instances that a target means, deactivated ones included."""
    kind = world.object_of(obj)
    if kind is not None:
        return {one for member in kind.family() for one in member.instances.values()}
    one = world.instance(obj)
    return {one} if one is not None else set(instances_of(world, self, other, obj))


@chapter
def instance_activate_all(world: World, collision_space: Value = None) -> None:
    """Takes all deactivated instances back in."""
    set_active(world, True, lambda one: True)


@chapter
def instance_deactivate_all(
    world: World, self: Value, other: Value, notme: Bool, collision_space: Value = None
) -> None:
    """Deactivates all instances, but not this one if NOTME."""
    set_active(world, False, lambda one: not (notme and one is self))


@chapter
def instance_activate_object(
    world: World, self: Value, other: Value, obj: Value, collision_space: Value = None
) -> None:
    """Takes an instance, or all of an object, back in."""
    world.set_active(family_of(world, self, other, obj), True)


@chapter
def instance_deactivate_object(
    world: World, self: Value, other: Value, obj: Value, collision_space: Value = None
) -> None:
    """Deactivates an instance, or all of an object: no event, `with` or dot finds it."""
    world.set_active(family_of(world, self, other, obj), False)


@chapter
def instance_activate_layer(world: World, rooms: Rooms, layer_id: Value) -> None:
    """Takes the instances of a layer back in."""
    layer = rooms.layer(layer_id)
    set_active(world, True, lambda one: layer is not None and one.layer is layer)


@chapter
def instance_deactivate_layer(world: World, rooms: Rooms, layer: Value) -> None:
    """Deactivates the instances of a layer."""
    found = rooms.layer(layer)
    set_active(world, False, lambda one: found is not None and one.layer is found)


def in_region(left: float, top: float, width: float, height: float, inside: bool) -> Callable[[Instance], bool]:
    """Whether some part of an instance's bounding box is inside a rectangle, or none (not INSIDE)."""
    right, bottom = left + width - 1, top + height - 1

    def test(one: Instance) -> bool:
        x1, y1, x2, y2 = box_of(one)
        return (left <= x2 and right >= x1 and top <= y2 and bottom >= y1) == inside

    return test


@chapter
def instance_activate_region(
    world: World, left: Real, top: Real, width: Real, height: Real, inside: Bool, collision_space: Value = None
) -> None:
    """Takes the instances back in of which some part is inside (or none) a rectangle."""
    set_active(world, True, in_region(left, top, width, height, inside))


@chapter
def instance_deactivate_region(
    world: World,
    self: Value,
    other: Value,
    left: Real,
    top: Real,
    width: Real,
    height: Real,
    inside: Bool,
    notme: Bool,
    collision_space: Value = None,
) -> None:
    """Deactivates the instances of which some part is inside (or none) a rectangle, but not this one if NOTME."""
    test = in_region(left, top, width, height, inside)
    set_active(world, False, lambda one: test(one) and not (notme and one is self))


# -------------------------------------------------------------------------- alarms


@chapter
def alarm_get(self: Instance, other: Value, index: Int) -> float:
    """The frames until one of this instance's alarms goes off; -1 when it is off."""
    return alarm_left(self, checked_alarm(self, index))


@chapter
def alarm_set(self: Instance, other: Value, index: Int, value: Real) -> None:
    """Sets one of this instance's alarms to go off after COUNT frames; -1 turns it off."""
    at = checked_alarm(self, index)
    self.alarm[at] = float(round(value)) if math.isfinite(value) else -1.0


def checked_alarm(self: Value, index: int) -> int:
    """An alarm's number; raises GmlError when there is no such alarm."""
    if not isinstance(self, Instance) or not 0 <= index < len(self.alarm):
        raise GmlError(f"there is no alarm {index}")
    return index
