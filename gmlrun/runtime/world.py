"""The world: objects, their instances, and the events that run in them.

Instances are kept in the order of their creation; a phase runs an event over a snapshot of those that
have it, so one created meanwhile waits for the next phase. Manual: The_Asset_Editors/Object_Properties/
Event_Order; Asset_Management/Instances.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from typing import Any, NamedTuple

from gmlrun.errors import GmlError
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.events import (
    ALARM,
    CLEAN_UP,
    CREATE,
    DESTROY,
    PRE_CREATE,
    EventNumber,
    event_label,
)
from gmlrun.runtime.instances import EventFunction, Instance, InstanceRef, ObjectType, move
from gmlrun.runtime.values import GmlClass, Struct, Value, attribute, own_variables

FIRST_INSTANCE = 100000
ALL, NOONE, SELF, OTHER_TARGET, GLOBAL = -3, -4, -1, -2, -5


class Running(NamedTuple):
    """An event that runs: the object whose code it is, which event, in which instance."""

    owner: ObjectType
    number: EventNumber
    instance: Instance


class World:
    """The objects and instances of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.objects: list[ObjectType] = []
        self.by_name: dict[str, ObjectType] = {}
        self.instances: dict[int, Instance] = {}
        """Every living instance, deactivated ones included, by the number of its id, oldest first."""
        self.next_id = FIRST_INSTANCE
        self.running: list[Running] = []
        self.moving: dict[Instance, None] = {}
        self.error_where = ""
        """The event in which the error that is passing through was raised, in GameMaker's words."""

    # ---------------------------------------------------------------- objects

    def define_object(
        self, name: str, parent: str | None = None, events: Mapping[EventNumber, EventFunction] | None = None
    ) -> ObjectType:
        """Adds an object, or replaces the events of one that is there; its parent must be there already."""
        found = self.by_name.get(name)
        if found is None:
            found = ObjectType(len(self.objects), name, self.by_name[parent] if parent else None)
            found.world = self
            self.objects.append(found)
            self.by_name[name] = found
            self.rt.assets.setdefault(name, found)
        found.events = dict(events or {})
        found.forget_handlers()
        return found

    def object_of(self, value: Value) -> ObjectType | None:
        """The object that a value names: the asset itself, or its index."""
        if isinstance(value, ObjectType):
            return value
        if isinstance(value, (float, int)) and 0 <= value < len(self.objects):
            return self.objects[int(value)]
        return None

    def handled(self, number: EventNumber) -> list[Instance]:
        """The active instances that have an event, oldest first."""
        lists = [o.instances for o in self.objects if o.instances and o.handler(number) is not None]
        if len(lists) == 1:
            return [i for i in lists[0] if not i.__inactive__]
        merged = heapq.merge(*lists, key=lambda i: i.id.index)
        return [i for i in merged if not i.__inactive__]

    def has_event(self, *types: int) -> bool:
        """Whether some instance's object has an event of one of these types."""
        return any(
            number[0] in types
            for o in self.objects
            if o.instances
            for owner in o.lineage()
            for number in owner.events
        )

    # ---------------------------------------------------------------- targets

    def instance(self, value: Value) -> Instance | None:
        """The living instance that a handle or a number means."""
        if isinstance(value, InstanceRef):
            return None if value.instance.__dead__ else value.instance
        if isinstance(value, (float, int)) and value == value and value >= FIRST_INSTANCE:
            return self.instances.get(int(value))
        return None

    def resolve(self, value: Value, self_: Value, other: Value) -> Struct | None:
        """What `value.name` reads from: an instance, an object's first one, or a named target."""
        if isinstance(value, InstanceRef):
            return value.instance if not value.instance.__inactive__ and not value.instance.__dead__ else None
        special = self._special(value, self_, other)
        if special is not None:
            return special
        found = self.targets(value, self_, other) if value != ALL else []
        return found[0] if found else None

    def _special(self, value: Value, self_: Value, other: Value) -> Struct | None:
        if isinstance(value, (float, int)):
            named: dict[float, Struct] = {SELF: self_, OTHER_TARGET: other, GLOBAL: self.rt.globals}
            return named.get(value)
        return None

    def targets(self, value: Value, self_: Value, other: Value) -> list[Any]:
        """Everything that a target means, oldest first: what `with (value)` walks over."""
        if type(type(value)) is GmlClass:
            return [value]
        special = self._special(value, self_, other)
        if special is not None:
            return [special]
        if isinstance(value, (float, int)) and value == ALL:
            return [i for i in self.instances.values() if not i.__inactive__]
        found = self.object_of(value)
        if found is not None:
            lists = [o.instances for o in found.family() if o.instances]
            return [i for i in heapq.merge(*lists, key=lambda i: i.id.index) if not i.__inactive__]
        one = self.instance(value)
        if one is not None:
            return [] if one.__inactive__ else [one]
        if value is None or isinstance(value, (float, int, InstanceRef)):
            return []
        raise GmlError("invalid target: an instance, an object or a struct is expected")

    def alive(self, target: Value) -> bool:
        """Whether a target still takes part: False for a destroyed or deactivated instance."""
        return not isinstance(target, Instance) or not (target.__dead__ or target.__inactive__)

    # ------------------------------------------------------- making and ending

    def create(
        self,
        kind: ObjectType,
        x: float = 0.0,
        y: float = 0.0,
        *,
        depth: float = 0.0,
        layer: Any = -1.0,
        variables: Struct | None = None,
        creator: Value = None,
    ) -> Instance:
        """Makes an instance: its variables, those of `variables`, then its Create event."""
        made = self.allocate(kind, x, y)
        made.depth, made.layer = depth, layer
        self.perform(made, (PRE_CREATE, 0), creator)
        if variables is not None:
            for name, value in own_variables(variables):
                setattr(made, attribute(name), value)
        self.perform(made, (CREATE, 0), creator)
        return made

    def allocate(self, kind: ObjectType, x: float, y: float, number: int | None = None) -> Instance:
        """An instance with its id and place, before any of its events."""
        made = kind.instance_class()
        if number is None:
            number, self.next_id = self.next_id, self.next_id + 1
        made.id = InstanceRef(number, made)
        made.x = made.xstart = made.xprevious = x
        made.y = made.ystart = made.yprevious = y
        made.alarm = [-1.0] * 12
        self.instances[number] = made
        kind.instances.append(made)
        return made

    def destroy(self, instance: Instance, run_event: bool = True) -> None:
        """Runs Destroy (if wanted) and Clean Up, and takes the instance out; once."""
        if instance.__dead__ or "__ending__" in vars(instance):
            return
        vars(instance)["__ending__"] = True
        if run_event:
            self.perform(instance, (DESTROY, 0))
        self.remove(instance)

    def remove(self, instance: Instance) -> None:
        """Clean Up without Destroy: what the end of a room or of the game does."""
        if instance.__dead__:
            return
        self.perform(instance, (CLEAN_UP, 0))
        instance.__dead__ = True
        self.instances.pop(instance.id.index, None)
        self.moving.pop(instance, None)
        kind: ObjectType = instance.__object__
        if instance in kind.instances:
            kind.instances.remove(instance)

    # ----------------------------------------------------------------- events

    def perform(self, instance: Instance, number: EventNumber, other: Value = None) -> bool:
        """Runs an event of an instance, its own or inherited; whether there was one."""
        found = instance.__object__.handler(number)
        if found is None:
            return False
        self._run(found, instance, number, instance if other is None else other)
        return True

    def _run(
        self, found: tuple[EventFunction, ObjectType], instance: Instance, number: EventNumber, other: Value
    ) -> None:
        function, owner = found
        self.running.append(Running(owner, number, instance))
        try:
            function(other, instance)
        except Exception:
            if not self.error_where:
                self.error_where = f"{event_label(number)} for object {owner.name}"
            raise
        finally:
            self.running.pop()

    def inherited(self, self_: Value, other: Value) -> None:
        """`event_inherited()`: the parent's code for the event that is running."""
        if not self.running:
            return
        owner, number, _ = self.running[-1]
        found = owner.parent.handler(number) if owner.parent is not None else None
        if found is not None and isinstance(self_, Instance):
            self._run(found, self_, number, other)

    def broadcast(self, number: EventNumber) -> None:
        """Runs an event in every instance that has it."""
        for instance in self.handled(number):
            if not (instance.__dead__ or instance.__inactive__):
                self.perform(instance, number)

    def run_alarms(self) -> None:
        """Counts the alarms that have an event; runs those that reach 0."""
        for number in range(12):
            event = (ALARM, number)
            for instance in self.handled(event):
                if not instance.__dead__:
                    self._count_alarm(instance, number, event)

    def _count_alarm(self, instance: Instance, number: int, event: EventNumber) -> None:
        value = int(instance.alarm[number])
        if value >= 0:
            value -= 1
            instance.alarm[number] = float(value)
            if value == 0:
                self.perform(instance, event)

    # ----------------------------------------------------------------- motion

    def set_moving(self, instance: Instance) -> None:
        """Notes that an instance has a speed, so that the motion phase looks at it."""
        self.moving[instance] = None

    def keep_places(self) -> None:
        """xprevious and yprevious, before a step."""
        for instance in self.moving:
            instance.xprevious, instance.yprevious = instance.x, instance.y

    def run_motion(self) -> None:
        """Moves what moves."""
        for instance in list(self.moving):
            if not (instance.__dead__ or instance.__inactive__):
                move(instance)
