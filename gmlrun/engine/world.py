"""The world: objects, their instances, and the events that run in them.

Instances are kept in the order of their creation; a phase runs an event over a snapshot of those that
have it, so one created meanwhile waits for the next phase. Manual: The_Asset_Editors/Object_Properties/
Event_Order; Asset_Management/Instances.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from gmlrun.engine.events import (
    ALARM,
    ANIMATION_END,
    BOUNDARY_EVENTS,
    CLEAN_UP,
    COLLISION,
    CREATE,
    DESTROY,
    DRAW,
    END_OF_PATH,
    KEY_PRESS,
    KEY_RELEASE,
    KEYBOARD,
    OTHER,
    PRE_CREATE,
    STEP,
    EventNumber,
    event_label,
)
from gmlrun.engine.instances import EventFunction, Instance, InstanceRef, ObjectType, accelerate, alarm_left, put_at
from gmlrun.errors import GmlError, LimitReached, TurnTimeout
from gmlrun.runtime import Runtime
from gmlrun.space.sprites import Sprites
from gmlrun.values.model import GmlClass, Struct, Value, attribute, own_variables
from gmlrun.values.numeric import number_in

IDLE_EVENTS = ((KEYBOARD, 0), (KEY_PRESS, 0), (KEY_RELEASE, 0), (OTHER, ANIMATION_END), *BOUNDARY_EVENTS)
"""The events that run by themselves, those of keys while nothing is pressed."""
FIRST_INSTANCE = 100000
LAST_INSTANCE = 1 << 31
ALL, NOONE, SELF, OTHER_TARGET, GLOBAL = -3, -4, -1, -2, -5


class Running:
    """An event that runs: the object whose code it is, and which event."""

    __slots__ = ("number", "owner")

    def __init__(self, owner: ObjectType | None, number: EventNumber) -> None:
        self.owner = owner
        """None before the first instance has its turn."""
        self.number = number


class World:
    """The objects and instances of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.sprites = rt.service(Sprites)
        self.objects: list[ObjectType] = []
        self.by_name: dict[str, ObjectType] = {}
        self.version = 0
        """How often an object was defined."""
        self.instances: dict[int, Instance] = {}
        """Every living instance, deactivated ones included, by the number of its id, oldest first."""
        self.next_id = FIRST_INSTANCE
        self.running: list[Running] = []
        self.ticking_types = (STEP, COLLISION, DRAW) if rt.settings.draw_events else (STEP, COLLISION)
        """The types of the events that need frames by themselves."""
        self.moving: dict[Instance, None] = {}
        self.followers: dict[Instance, tuple[float, float]] = {}
        """The instances that follow a path, each with where its path begins; all of them are among those that move."""
        self.follow: Callable[[Instance], bool] = lambda one: False
        """Moves one of them on; whether it has come to an end of its path."""
        self.places_are_read = False
        """Whether code asks for `xprevious` or `yprevious`, so that all instances need them, not only moving ones."""
        self.leaving: list[Instance] = []
        """Destroyed by the event that runs: ids still lead to them until it ends."""
        self.lists: dict[EventNumber | ObjectType, list[Instance]] = {}
        """The active instances that have an event, or that are of an object, as of the last change of who is there."""
        self.tickers: tuple[object, bool, list[tuple[Instance, int]]] | None = None
        """The instances that have an event, as of the last change of who is there."""
        self.on_error: Callable[[Exception], None] | None = None
        """Takes an error that no code of the program caught, so that the game goes on; None: it ends."""
        self.stopped_in: tuple[ObjectType | None, EventNumber] | None = None
        """The event that Ctrl-C has stopped: the object whose code it is, and which one."""
        self.paused: dict[ObjectType, None] = {}
        """The objects of which an event is paused."""
        self.error_where = ""
        """The event in which the error that is passing through was raised, in GameMaker's words."""

    # ---------------------------------------------------------------- objects

    def define_object(
        self, name: str, parent: str | None = None, events: Mapping[EventNumber, EventFunction] | None = None
    ) -> ObjectType:
        """Adds an object, or replaces parent and events of one that is there; the parent must be there already."""
        found = self.declare_object(name)
        found.set_parent(self.by_name[parent] if parent else None)
        found.events = dict(events or {})
        found.forget_handlers()
        self.lists = {}
        self.version += 1
        return found

    def declare_object(self, name: str) -> ObjectType:
        """The object of that name; a new one has no events yet."""
        found = self.by_name.get(name)
        if found is None:
            found = self.by_name[name] = ObjectType(len(self.objects), name)
            found.world = self
            self.objects.append(found)
            self.rt.assets.setdefault(name, found)
        return found

    def object_of(self, value: Value) -> ObjectType | None:
        """The object that a value names: the asset itself, or its index."""
        if isinstance(value, ObjectType):
            return value
        if isinstance(value, (float, int)) and 0 <= value < len(self.objects):
            return self.objects[int(value)]
        return None

    def handled(self, number: EventNumber) -> list[Instance]:
        """The active instances that have an event, oldest first; the list is never changed afterwards."""
        found = self.lists.get(number)
        if found is None:
            groups = [o.instances.values() for o in self.objects if o.instances and o.handler(number) is not None]
            found = self.lists[number] = active(groups)
        return found

    def has_event(self, *types: int) -> bool:
        """Whether some instance's object has an event of one of these types."""
        return any(
            number[0] in types for o in self.objects if o.instances for owner in o.lineage() for number in owner.events
        )

    # ---------------------------------------------------------------- targets

    def instance(self, value: Value) -> Instance | None:
        """The living instance that a handle or a number means."""
        if isinstance(value, InstanceRef):
            return None if value.instance.__dead__ else value.instance
        if isinstance(value, (float, int)) and FIRST_INSTANCE <= value < LAST_INSTANCE:
            return self.instances.get(int(value))
        return None

    def resolve(self, value: Value, self_: Value, other: Value) -> Struct | None:
        """What `value.name` reads from: an instance, an object's first one, or a named target."""
        if isinstance(value, InstanceRef):
            return None if value.instance.__inactive__ or value.instance.__gone__ else value.instance
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
            return self.members(found)
        one = self.instance(value)
        if one is not None:
            return [] if one.__inactive__ else [one]
        if value is None or isinstance(value, (float, int, InstanceRef)):
            return []
        raise GmlError("invalid target: an instance, an object or a struct is expected")

    def members(self, kind: ObjectType) -> list[Instance]:
        """The active instances of an object and of those below it, oldest first; never changed afterwards."""
        found = self.lists.get(kind)
        if found is None:
            groups = [member.instances.values() for member in kind.family() if member.instances]
            found = self.lists[kind] = active(groups) if groups else []
        return found

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
        made.__away__ = False  # of its own: CPython reads an instance's attribute three times as fast as a class's
        if number is None:
            number, self.next_id = self.next_id, self.next_id + 1
        made.__id__ = InstanceRef(number, made)
        made.x = made.xstart = made.xprevious = x
        made.y = made.ystart = made.yprevious = y
        made.__alarm__ = [-1.0] * 12
        self.instances[number] = kind.instances[number] = made
        self.lists = {}
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
        instance.__dead__ = instance.__away__ = True
        number = instance.id.index
        self.instances.pop(number, None)
        self.moving.pop(instance, None)
        self.followers.pop(instance, None)
        instance.__object__.instances.pop(number, None)
        if instance.__object__.grid is not None:
            instance.__object__.grid.drop(instance)
        self.lists = {}
        self.leaving.append(instance)
        if not self.running:
            self.purge()

    def purge(self) -> None:
        """Forgets what the event that has just ended destroyed."""
        for instance in self.leaving:
            instance.__gone__ = True
        self.leaving.clear()

    def set_active(self, instances: Iterable[Instance], is_active: bool) -> None:
        """Deactivates instances, so that no event, `with` or dot finds them, or takes them back in."""
        for instance in instances:
            instance.__inactive__ = instance.__away__ = not is_active
        self.lists = {}

    def set_aside(self, instances: Iterable[Instance]) -> None:
        """Takes instances out as they are, for a persistent room that the game leaves."""
        for instance in instances:
            self.instances.pop(instance.id.index, None)
            instance.__object__.instances.pop(instance.id.index, None)
            self.moving.pop(instance, None)
            instance.__away__ = True
        self.lists = {}

    def bring_back(self, instances: Iterable[Instance]) -> None:
        """Puts in again what was set aside."""
        for instance in instances:
            self.instances[instance.id.index] = instance
            instance.__object__.instances[instance.id.index] = instance
            self.moving[instance] = None
            instance.__away__ = instance.__inactive__
        self.instances = dict(sorted(self.instances.items()))
        for kind in {instance.__object__ for instance in instances}:
            kind.instances = dict(sorted(kind.instances.items()))
        self.lists = {}

    def change(self, instance: Instance, kind: ObjectType) -> None:
        """Makes an instance one of another object; its variables stay."""
        instance.__object__.instances.pop(instance.id.index, None)
        if instance.__object__.grid is not None:
            instance.__object__.grid.drop(instance)
        instance.__class__ = kind.instance_class
        instance.__away__ = instance.__away__  # a change, of which the grid of its masks hears
        kind.instances[instance.id.index] = instance
        kind.instances = dict(sorted(kind.instances.items()))
        self.lists = {}

    # ----------------------------------------------------------------- events

    def perform(self, instance: Instance, number: EventNumber, other: Value = None) -> bool:
        """Runs an event of an instance, its own or inherited; whether there was one."""
        found = instance.__object__.handler(number)
        if found is None:
            return False
        self._run(found, instance, number, instance if other is None else other)
        return True

    def perform_as(self, kind: ObjectType, instance: Instance, number: EventNumber, other: Value) -> None:
        """Runs an event of an object in an instance of any object."""
        found = kind.handler(number)
        if found is not None:
            self._run(found, instance, number, other)

    def _run(
        self, found: tuple[EventFunction, ObjectType], instance: Instance, number: EventNumber, other: Value
    ) -> None:
        function, owner = found
        self.running.append(Running(owner, number))
        try:
            function(other, instance)
        except (Exception, LimitReached):
            self.note_error(owner, number)
            raise
        except KeyboardInterrupt:
            self.stopped_in = self.stopped_in or (owner, number)
            raise
        finally:
            self.running.pop()
            if self.leaving and not self.running:
                self.purge()

    def run_code(self, instance: Instance, number: EventNumber, code: EventFunction) -> None:
        """Runs code that is no event of the instance's object as if it were one."""
        self._run((code, instance.__object__), instance, number, instance)

    def note_error(self, owner: ObjectType | None, number: EventNumber) -> None:
        """Keeps the innermost event that an error passes through."""
        if owner is not None and not self.error_where:
            self.error_where = f"{event_label(number)} for object {owner.name}"

    def pause(self, owner: ObjectType, number: EventNumber) -> None:
        """Lets an event of an object, and of those that inherit it, not run until it is defined anew or `resume`."""
        for member in owner.family():
            found = member.handler(number)
            if found is not None and found[1] is owner:
                member.handlers[number] = None
        self.paused[owner] = None
        self.lists = {}

    def resume(self) -> list[str]:
        """Lets all paused events run again; returns the names of their objects."""
        names = [owner.name for owner in self.paused]
        for owner in self.paused:
            owner.forget_handlers()
        self.paused.clear()
        self.lists = {}
        return names

    def guard(self, function: Callable[..., Any], *args: Any) -> bool:
        """Calls code of the program that the engine starts; an error goes to `on_error`, or ends the game.

        Returns whether there was none.
        """
        try:
            function(*args)
        except (Exception, LimitReached) as raised:
            if isinstance(raised, TurnTimeout):
                raise
            error = raised.as_error() if isinstance(raised, LimitReached) else raised
            if self.on_error is None:
                raise error from error.__cause__
            self.on_error(error)
            self.error_where = ""
            return False
        return True

    def inherited(self, self_: Value, other: Value) -> None:
        """`event_inherited()`: the parent's code for the event that is running."""
        if not self.running:
            return
        frame = self.running[-1]
        parent = frame.owner and frame.owner.parent
        found = parent.handler(frame.number) if parent is not None else None
        if found is not None and isinstance(self_, Instance):
            self._run(found, self_, frame.number, other)

    def broadcast(self, number: EventNumber) -> None:
        """Runs an event in every instance that has it."""
        instances = self.handled(number)
        if instances:
            self.run_in(iter(instances), number)

    def run_in(self, instances: Iterator[Instance], number: EventNumber) -> None:
        """Runs an event in these instances; where errors do not end the game, the others still have their turn."""
        frame = Running(None, number)
        if self.on_error is None:
            self._each(instances, frame)
            return
        while not self.guard(self._each, instances, frame):
            pass

    def _each(self, instances: Iterator[Instance], frame: Running) -> None:
        """One event in many instances: what `perform` does, with the bookkeeping done once."""
        number, leaving, kind, function = frame.number, self.leaving, None, None
        self.running.append(frame)
        is_outermost = len(self.running) == 1
        try:
            for instance in instances:
                if instance.__away__:
                    continue
                if type(instance) is not kind:
                    kind, owner = type(instance), instance.__object__
                    function, frame.owner = owner.handler(number) or (None, owner)
                if function is not None:
                    function(instance, instance)
                if leaving and is_outermost:
                    self.purge()
        except (Exception, LimitReached):
            self.note_error(frame.owner, number)
            raise
        except KeyboardInterrupt:
            self.stopped_in = self.stopped_in or (frame.owner, number)
            raise
        finally:
            self.running.pop()
            if self.leaving and not self.running:
                self.purge()

    def run_alarms(self) -> None:
        """Counts the alarms that have an event; runs those that reach 0."""
        for number in range(12):
            event = (ALARM, number)
            for instance in self.handled(event):
                if not instance.__dead__:
                    self._count_alarm(instance, number, event)

    def is_ticking(self) -> bool:
        """Whether a step event is there, or an alarm counts down somewhere."""
        if self.tickers is None or self.tickers[0] is not self.lists:  # kept like the lists of `handled`
            alarms = [(i, number) for number in range(12) for i in self.handled((ALARM, number))]
            steps = self.has_event(*self.ticking_types) or any(map(self.handled, IDLE_EVENTS))
            self.tickers = (self.lists, steps, alarms)
        _, steps, alarms = self.tickers
        steps = steps or (bool(self.followers) and bool(self.handled((OTHER, END_OF_PATH))))
        return steps or (bool(alarms) and any(alarm_left(instance, number) >= 0 for instance, number in alarms))

    def _count_alarm(self, instance: Instance, number: int, event: EventNumber) -> None:
        value = alarm_left(instance, number)
        if value >= 0:
            value -= 1.0
            instance.__alarm__[number] = value
            if value == 0:
                self.guard(self.perform, instance, event)

    # ----------------------------------------------------------------- motion

    def set_moving(self, instance: Instance) -> None:
        """Notes that an instance has a speed, so that the motion phase looks at it."""
        self.moving[instance] = None

    def keep_places(self) -> None:
        """xprevious and yprevious, before a step."""
        for instance in self.instances.values() if self.places_are_read else self.moving:
            instance.xprevious, instance.yprevious = instance.x, instance.y
        for instance in self.followers:
            instance.path_positionprevious = instance.path_position

    def run_motion(self) -> None:
        """Moves what moves."""
        moving = iter(list(self.moving))
        while not self.guard(self._move_each, moving):
            pass

    def _move_each(self, instances: Iterator[Instance]) -> None:
        """One step of motion of each instance that takes part."""
        followers = self.followers
        for instance in instances:
            if instance.__away__:
                continue
            if instance.__friction__ or instance.__gravity__:
                accelerate(instance)
            if followers and instance in followers and self.follow(instance):
                self.perform(instance, (OTHER, END_OF_PATH))
            across, down = instance.__hspeed__, instance.__vspeed__
            if across or down:
                x, y = instance.x, instance.y
                if type(x) is not float or type(y) is not float:
                    x, y = number_in(instance, "x"), number_in(instance, "y")
                if instance.__object__.grid is None:
                    instance.x, instance.y = x + across, y + down
                else:
                    put_at(instance, x + across, y + down)


def active(groups: Sequence[Iterable[Instance]]) -> list[Instance]:
    """The active ones among instances of several objects, oldest first."""
    if not groups:
        return []
    merged = groups[0] if len(groups) == 1 else heapq.merge(*groups, key=BY_ID)
    return [instance for instance in merged if not instance.__inactive__]


BY_ID = attrgetter("__id__.index")
