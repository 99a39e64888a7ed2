"""Events of instances: an event and its instances go in, their code runs, an error goes to whoever takes it.

An event runs over a snapshot of the instances that listen to it, so one created meanwhile waits for the next event.
Manual: The_Asset_Editors/Object_Properties/Event_Order.
"""

from __future__ import annotations

from gmlrun.engine.events import event_label
from gmlrun.engine.instances import Instance, active
from gmlrun.errors import LimitReached, TurnTimeout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from typing import Any, TypeAlias

    from gmlrun.engine.events import EventNumber
    from gmlrun.engine.instances import EventFunction, ObjectType
    from gmlrun.engine.world import World
    from gmlrun.values.model import Value

Further: TypeAlias = "Callable[[Instance, object], Iterable[Instance]]"
"""Takes the one listener of an event, and the lists of instances as they were; gives it for each further event."""


class Running:
    """An event that runs: the object whose code it is, and which event."""

    __slots__ = ("number", "owner")

    def __init__(self, owner: ObjectType | None, number: EventNumber) -> None:
        self.owner = owner
        """None before the first instance has its turn."""
        self.number = number


class Dispatch:
    """Runs the events of one game."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.there: tuple[object, frozenset[EventNumber]] = (None, frozenset())
        """The events that instances have, as of the last change of who is there."""
        self.running: list[Running] = []
        """The events that run, the outermost first."""
        self.leaving: list[Instance] = []
        """Destroyed by the event that runs: ids still lead to them until it ends."""
        self.on_error: Callable[[Exception], None] | None = None
        """Takes an error that no code of the program caught, so that the game goes on; None: it ends."""
        self.stopped_in: tuple[ObjectType | None, EventNumber] | None = None
        """The event that Ctrl-C has stopped: the object whose code it is, and which one."""
        self.paused: dict[ObjectType, None] = {}
        """The objects of which an event is paused."""
        self.event_data: Value = -1.0
        """The map of the broadcast message whose events run."""
        self.error_where = ""
        """The event in which the error that is passing through was raised, in GameMaker's words."""

    # -------------------------------------------------------------- listeners

    def listeners(self, number: EventNumber) -> list[Instance]:
        """The active instances that have an event, oldest first; the list is never changed afterwards."""
        found = self.world.lists.get(number)
        if found is None:
            objects = self.world.objects
            groups = [o.instances.values() for o in objects if o.instances and o.handler(number) is not None]
            found = self.world.lists[number] = active(groups)
        return found

    def has_event(self, *types: int) -> bool:
        """Whether some instance's object has an event of one of these types."""
        return any(type_ in types for type_, _ in self.numbers_there())

    def numbers_there(self) -> frozenset[EventNumber]:
        """The events that the objects of the instances have; kept like the lists of `listeners`."""
        if self.there[0] is not self.world.lists:
            objects = (o for o in self.world.objects if o.instances)
            numbers = frozenset(number for o in objects for owner in o.lineage() for number in owner.events)
            self.there = (self.world.lists, numbers)
        return self.there[1]

    def pause(self, owner: ObjectType, number: EventNumber) -> None:
        """Lets an event of an object, and of those that inherit it, not run until it is defined anew or `resume`."""
        for member in owner.family():
            found = member.handler(number)
            if found is not None and found[1] is owner:
                member.handlers[number] = None
        self.paused[owner] = None
        self.world.lists = {}

    def resume(self) -> list[str]:
        """Lets all paused events run again; returns the names of their objects."""
        names = [owner.name for owner in self.paused]
        for owner in self.paused:
            owner.forget_handlers()
        self.paused.clear()
        self.world.lists = {}
        return names

    # ----------------------------------------------------------- one instance

    def perform(self, instance: Instance, number: EventNumber, other: Value = None) -> bool:
        """Runs an event of an instance, its own or inherited; returns whether there was one."""
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

    def run_code(self, instance: Instance, number: EventNumber, code: EventFunction) -> None:
        """Runs code that is no event of the instance's object as if it were one."""
        self._run((code, instance.__object__), instance, number, instance)

    def inherited(self, self_: Value, other: Value) -> None:
        """`event_inherited()`: runs the parent's code for the event that is running."""
        if not self.running:
            return
        frame = self.running[-1]
        parent = frame.owner and frame.owner.parent
        found = parent.handler(frame.number) if parent is not None else None
        if found is not None and isinstance(self_, Instance):
            self._run(found, self_, frame.number, other)

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

    # --------------------------------------------------------- many instances

    def broadcast(self, number: EventNumber) -> None:
        """Runs an event in every instance that has it."""
        instances = self.listeners(number)
        if instances:
            self.run_in(iter(instances), number)

    def broadcast_each(self, number: EventNumber, prepare: Callable[[], bool], further: Further | None = None) -> None:
        """Runs an event in every instance that has it, as often as `prepare()` makes the next one ready.

        Where one instance has it, `further` makes those ready that are like the last one.
        """
        turns = self._turns(number, prepare, further)
        try:
            self.run_in(turns, number)
        finally:
            turns.close()

    def _turns(
        self, number: EventNumber, prepare: Callable[[], bool], further: Further | None
    ) -> Generator[Instance, None, None]:
        """The listeners of each event that is ready, one event after the other."""
        world, lists = self.world, None
        listeners: list[Instance] = []
        while prepare():
            if world.lists is not lists:
                lists, listeners = world.lists, self.listeners(number)
            if len(listeners) != 1:
                yield from listeners
                continue
            yield listeners[0]
            if further is not None:
                yield from further(listeners[0], lists)

    def run_in(self, instances: Iterator[Instance], number: EventNumber) -> None:
        """Runs an event in these instances; where errors do not end the game, the others still have their turn."""
        frame = Running(None, number)
        if self.on_error is None:
            self._each(instances, frame)
            return
        while not self.guard(self._each, instances, frame):
            pass

    def _each(self, instances: Iterator[Instance], frame: Running) -> None:
        """One event in many instances: does as `perform` does, with the bookkeeping done once."""
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

    def leave(self, instance: Instance) -> None:
        """Lets the id of a destroyed instance lead to it until the event that runs is over."""
        self.leaving.append(instance)
        if not self.running:
            self.purge()

    def purge(self) -> None:
        """Forgets the instances that the event that has just ended destroyed."""
        for instance in self.leaving:
            instance.__gone__ = True
        self.leaving.clear()

    # ----------------------------------------------------------------- errors

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

    def note_error(self, owner: ObjectType | None, number: EventNumber) -> None:
        """Keeps the innermost event that an error passes through."""
        if owner is not None and not self.error_where:
            self.error_where = f"{event_label(number)} for object {owner.name}"
