"""The declarations of a text go in, compiled; its functions, objects and events hold in a running game afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gmlrun.engine.events import COLLISION, collides_with, event_number_of
from gmlrun.engine.instances import Instance, ObjectType
from gmlrun.execution import boundary
from gmlrun.execution.namespaces import when_forgotten
from gmlrun.game import Game
from gmlrun.repl.lines import Line, Lines
from gmlrun.unit import Unit
from gmlrun.values.model import Struct
from gmlrun.world_loader import Events, parents_first

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

OWNER = "session"
"""The object whose instance has the variables, where the program brings none of its own."""


class Locals(Struct):
    """The locals that `var` declares in the texts of one game."""

    __gml_name__ = boundary.SESSION_LOCALS


class Installer:
    """Puts texts into one game that runs, one after the other. `game`, once set, is linked with the texts' locals."""

    def __init__(self, game: Game, lines: Lines) -> None:
        self.game = game
        self.lines = lines
        self.world = game.world
        self.locals = Locals()
        game.linker.helpers["gml_kept"] = self.locals
        self.owner: ObjectType
        """The object whose events are those of the texts, once the game has started."""

    def find_owner(self) -> None:
        """Takes the file's own object, or one that is made for the texts."""
        self.owner = self.world.by_name.get(self.game.loaded.main) or self.world.define_object(OWNER)
        if self.owner.name == OWNER:
            self.instance.persistent = True

    @property
    def instance(self) -> Instance:
        """The instance that has the texts' variables; a new one when the program has destroyed it."""
        found = next(iter(self.owner.instances.values()), None)
        return found or self.world.allocate(self.owner, 0.0, 0.0)

    def install(self, line: Line, forgotten: Callable[[], object] | None = None) -> Callable[..., Value] | None:
        """Makes what a text declares hold; returns the function of its statements, if any. Raises UsageError.

        `forgotten` is called once no code of the text can run any more.
        """
        namespace = self._link([*self.lines.library(line.units), *line.units])
        if forgotten is not None:
            when_forgotten(namespace, forgotten)
        self.lines.keep(line)
        if not line.unit.init:
            return None
        if len(line.unit.functions) == 1:
            self.game.rt.namespaces.discard(namespace)  # nothing of it is called later
        function: Callable[..., Value] = namespace[line.unit.init]
        return function

    def _link(self, units: Sequence[Unit]) -> dict[str, Any]:
        """Links units and defines their events; returns the namespace of the last one."""
        namespaces = self.game.linker.link(units)
        for unit, namespace in zip(units, namespaces, strict=True):
            self.game.texts[unit.file] = unit.text
            when_forgotten(namespace, forget, self.game.texts, unit.file, unit.text)
        self._define(dict(zip(units, namespaces, strict=True)))
        self.game.linker.connect()
        self.game.note_code()
        return namespaces[-1]

    def _define(self, by_unit: Mapping[Unit, dict[str, object]]) -> None:
        """Defines objects again; events outside an object join those of the object that they belong to."""
        world, places = self.world, self._event_sources()
        made: dict[str, Events] = {entry.name: {} for unit in by_unit for entry in unit.objects if entry.name}
        parents = {known.name: known.parent.name for known in world.objects if known.parent is not None}
        for unit, namespace in by_unit.items():
            parents.update({entry.name or self.owner.name: entry.parent for entry in unit.objects})
            for event in unit.events:
                other = collides_with(event.event)
                number = (COLLISION, world.declare_object(other).index) if other else event_number_of(event.event)
                assert number is not None
                self._events_of(event.object or self.owner.name, made)[number] = namespace[event.python_name]
            if unit.name in places:
                name, number = places[unit.name]
                self._events_of(name, made)[number] = namespace[unit.init]
        for name in parents_first(parents, {**world.by_name, **made}):
            if name in made:
                world.define_object(name, parents.get(name) or None, made[name])

    def _events_of(self, name: str, made: dict[str, Events]) -> Events:
        """The events of an object that change; an object that is not defined again keeps its others."""
        return made.setdefault(name, dict(self.world.by_name[name].events) if name in self.world.by_name else {})

    def _event_sources(self) -> dict[str, tuple[str, tuple[int, int]]]:
        """The sources of a project that are an object's event: which object's, and which event."""
        objects = self.game.loaded.objects
        return {entry: (made.name, number) for made in objects for number, entry in made.events.items()}


def forget(texts: dict[str, str], file: str, text: str) -> None:
    """Forgets a text of which no error can tell any more, unless another one has its name by now."""
    if texts.get(file) is text:
        del texts[file]
