"""A session: pieces of GML go in one after the other, values and errors come out; it knows no terminal.

The game lives on between the pieces: their variables are those of one instance, their functions, events,
enums and macros hold from then on, and take the place of older ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from gmlrun import project
from gmlrun.builtins.table import Table
from gmlrun.errors import Diagnostic, GameEnd, GmlrunError, Report, SourceErrors
from gmlrun.game import Game, as_set
from gmlrun.program import Compiled, Program, sources_text
from gmlrun.project.model import Loaded
from gmlrun.project.single import read_source
from gmlrun.repl import hints
from gmlrun.repl.lines import Line, Lines, has_value, line_part
from gmlrun.repl.metering import MeteredBackend, Traffic
from gmlrun.runtime import boundary
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.events import event_number_of
from gmlrun.runtime.instances import Instance, ObjectType
from gmlrun.runtime.sockets import Sockets
from gmlrun.runtime.unicode import clean
from gmlrun.runtime.values import Struct, own_variables
from gmlrun.source import Source
from gmlrun.stage import Events, parents_first
from gmlrun.unit import Unit

OWNER = "session"
"""The object whose instance has the variables, where no file brings one of its own."""


class Incomplete(NamedTuple):
    """The text goes on: more lines are needed before it can run."""


class Result(NamedTuple):
    """What a text evaluated to, if it ended in an expression."""

    value: Any = None
    has_value: bool = False


class Error(NamedTuple):
    """What went wrong: with the text (`diagnostics`), while it ran (`report`), or before (`message`)."""

    diagnostics: Sequence[Diagnostic] = ()
    report: Report | None = None
    message: str = ""
    hint: str = ""


Outcome = Incomplete | Result | Error


class Failed(GmlrunError):
    """A text has failed while it ran."""

    def __init__(self, error: Error) -> None:
        super().__init__(error.message)
        self.error = error


def error_of(raised: GmlrunError) -> Error:
    """What is raised on purpose, as an outcome."""
    if isinstance(raised, Failed):
        return raised.error
    if isinstance(raised, SourceErrors):
        return Error(raised.diagnostics, hint=hints.of_diagnostics(raised.diagnostics))
    return Error(message=str(raised))


class Locals(Struct):
    """What `var` declares in a session."""

    __gml_name__ = boundary.SESSION_LOCALS


class Session:
    """One session, with the program in `paths` running if there are any; raises SourceErrors and UsageError."""

    def __init__(
        self, rt: Runtime, paths: Sequence[Path] = (), on_report: Callable[[Report], None] = lambda report: None
    ) -> None:
        self.paths = list(paths)
        self.loaded: list[Path] = []
        """The files that were loaded into the running session."""
        self.count = 0
        """How many texts there have been: their numbers are the names of their sources."""
        self.table = Table()
        self.lines = Lines(self.table)
        self.locals = Locals()
        compiled, loaded = self._read(rt) if paths else (Compiled([], [], []), Loaded(Program([]), OWNER))
        self.game = Game(compiled, loaded, rt, on_report)
        self.game.linker.helpers["gml_kept"] = self.locals
        self.world = self.game.world
        self.world.on_error = self.game.report
        sockets = rt.service(Sockets)
        self.network = sockets.backend
        self.backend = sockets.backend = rt.backend = MeteredBackend(self.network)
        self.loop = self.game.prepare_loop()
        self.loop.persistent_program = True
        self.is_started = False
        self.owner: ObjectType
        """The object whose events are the session's, from the start on."""

    def _read(self, rt: Runtime) -> tuple[Compiled, Loaded]:
        """The session's program, compiled; what it declares is known from then on."""
        loaded = as_set(project.load(self.paths, rt.settings.config), rt.settings)
        broken = [found for found in loaded.findings if found.severity == "error"]
        if broken:
            raise SourceErrors(broken)
        if loaded.data_folder:
            rt.settings = rt.settings._replace(program_dir=loaded.data_folder)
        return self.lines.program(loaded.program), loaded

    def start(self) -> None:
        """Runs the program's own statements; an error of theirs is reported, and the session goes on."""
        try:
            self.game.start()
        except GameEnd as end:
            self.loop.request_end(end.code)
        except Exception as error:
            self.game.report(error)
        finally:
            self._find_owner()

    def _find_owner(self) -> None:
        """Takes the file's own object, or one that is made for the session."""
        self.owner = self.world.by_name.get(self.game.loaded.main) or self.world.define_object(OWNER)
        if self.owner.name == OWNER:
            self.instance.persistent = True
        self.is_started = True

    @property
    def instance(self) -> Instance:
        """The instance that has the session's variables; a new one when the program has destroyed it."""
        found = next(iter(self.owner.instances.values()), None)
        return found or self.world.allocate(self.owner, 0.0, 0.0)

    # ---------------------------------------------------------------- feeding

    def feed(self, text: str, is_whole: bool = False) -> Outcome:
        """Runs a piece of GML. With `is_whole` nothing follows: what is incomplete is an error."""
        from gmlrun.syntax.parser import is_incomplete

        text = clean(text)
        if not is_whole and is_incomplete(text):
            return Incomplete()
        return self._run_source(Source(self._next_name(), text))

    def load(self, path: Path) -> Outcome:
        """Runs a file as if it had been typed."""
        outcome = self._run_source(read_source(str(path)), is_typed=False)
        if path not in self.loaded and not (isinstance(outcome, Error) and outcome.diagnostics):
            self.loaded.append(path)
        return outcome

    def reload(self) -> list[str]:
        """Defines anew what the session's files define, one after the other; returns their names.

        Raises SourceErrors and UsageError for the first that cannot be read; it stays as it was.
        """
        if self.paths:
            self.game.redefine(*self._read(self.game.rt))
        for path in self.loaded:
            self._install(self._compile(read_source(str(path)), is_typed=False))
        return [str(path) for path in (*self.paths, *self.loaded)]

    def prepared(self, text: str) -> Callable[[], Any]:
        """A text as something to call, which raises Failed; raises SourceErrors and UsageError."""
        return self._install(self._compile(Source(self._next_name(), text)))

    def python(self, text: str) -> str:
        """The Python code that a text compiles to; raises SourceErrors."""
        return self.lines.python(Source("<python>", text), self.owner.name, self._variables())

    def _next_name(self) -> str:
        """The name of the next text in messages and in GML's stack."""
        self.count += 1
        return f"<{self.count}>"

    def _variables(self) -> Iterable[str]:
        return (name for name, _ in own_variables(self.instance))

    def _compile(self, source: Source, is_typed: bool = True) -> Line:
        part = line_part(source, f"gml_Prompt_{self.count}", self.owner.name, is_typed)
        return self.lines.compile(part, self._variables())

    def _run_source(self, source: Source, is_typed: bool = True) -> Outcome:
        """Compiles a text and runs it in the session's instance."""
        try:
            line = self._compile(source, is_typed)
            value = self._install(line)()
        except GmlrunError as error:
            return error_of(error)
        return Result(value, is_typed and has_value(line.tree, value, self.table))

    # ------------------------------------------------------------- installing

    def _install(self, line: Line) -> Callable[[], Any]:
        """Makes what a text declares hold; returns what runs its statements. Raises UsageError."""
        namespace = self._link([*self.lines.library(line.units), *line.units])
        self.lines.keep(line)
        if not line.unit.init:
            return lambda: None
        if len(line.unit.functions) == 1:
            self.game.rt.namespaces.pop()  # nothing of it is called later
        return lambda: self._run(namespace[line.unit.init])

    def _link(self, units: Sequence[Unit]) -> dict[str, Any]:
        """Links units and defines their events; returns the namespace of the last one."""
        self.game.texts |= sources_text(units)
        namespaces = self.game.linker.link(units)
        self._define(dict(zip(units, namespaces, strict=True)))
        self.game.linker.connect()
        self.loop.note_places()
        return namespaces[-1]

    def _define(self, by_unit: Mapping[Unit, dict[str, Any]]) -> None:
        """Objects anew; events outside an object take their place among those of the object that they belong to."""
        world, places = self.world, self._event_sources()
        made: dict[str, Events] = {entry.name: {} for unit in by_unit for entry in unit.objects if entry.name}
        parents = {known.name: known.parent.name for known in world.objects if known.parent is not None}
        for unit, namespace in by_unit.items():
            parents.update({entry.name or self.owner.name: entry.parent for entry in unit.objects})
            for event in unit.events:
                number = event_number_of(event.event)
                assert number is not None
                self._events_of(event.object or self.owner.name, made)[number] = namespace[event.python_name]
            if unit.name in places:
                name, number = places[unit.name]
                self._events_of(name, made)[number] = namespace[unit.init]
        for name in parents_first(parents, {**world.by_name, **made}):
            if name in made:
                world.define_object(name, parents.get(name) or None, made[name])

    def _events_of(self, name: str, made: dict[str, Events]) -> Events:
        """The events of an object that change; an object that is not defined anew keeps its others."""
        return made.setdefault(name, dict(self.world.by_name[name].events) if name in self.world.by_name else {})

    def _event_sources(self) -> dict[str, tuple[str, tuple[int, int]]]:
        """The sources of a project that are an object's event: which object's, and which event."""
        objects = self.game.loaded.objects
        return {entry: (made.name, number) for made in objects for number, entry in made.events.items()}

    # ---------------------------------------------------------------- running

    def _run(self, function: Callable[..., Any]) -> Any:
        """Runs a text's own statements; raises Failed."""
        instance = self.instance
        try:
            return function(instance, instance)
        except GameEnd as end:
            self.loop.request_end(end.code)
        except Exception as error:
            raise Failed(self._failure(error)) from error
        finally:
            self.loop.turn()

    def _failure(self, error: BaseException) -> Error:
        """A run-time error as the session shows it."""
        error = self.game.settled(error)
        where, self.world.error_where = self.world.error_where, ""
        return Error(report=boundary.report(error, self.game.texts, where), hint=hints.of_error(error, self._known()))

    def interrupted(self, error: KeyboardInterrupt) -> Error:
        """Where Ctrl-C has stopped the program."""
        self.world.error_where = ""
        return Error(report=boundary.report(error, self.game.texts)._replace(message="interrupted"))

    # ----------------------------------------------------------------- asking

    def _known(self) -> hints.Known:
        return hints.Known(self.instance, self.locals, self.names())

    @property
    def socket_count(self) -> int:
        """How many sockets there are; may be asked from any thread."""
        return len(self.game.rt.service(Sockets).known)

    def names(self) -> list[str]:
        """What can be named at the prompt: variables, locals, functions, enums, assets."""
        own = [name for holder in (self.instance, self.locals) for name, _ in own_variables(holder)]
        return [*own, *self.function_names(), *self.game.rt.assets, *self.enums]

    @property
    def enums(self) -> Mapping[str, Mapping[str, int]]:
        """The enums that are declared, each with its members."""
        return {} if self.lines.symbols is None else self.lines.symbols.enums

    def function_names(self) -> list[str]:
        """The program's functions."""
        return list(self.game.rt.functions)

    def signature(self, name: str) -> str:
        """A function of the program with its parameters; empty for any other name."""
        given = self.parameters(name)
        return "" if given is None else f"{name}({', '.join(given)})"

    def parameters(self, name: str) -> Sequence[str] | None:
        """The parameters of a function of the program; None for any other name."""
        function = self.game.rt.functions.get(name)
        return None if function is None else function.gml.parameters  # type: ignore[attr-defined]

    def sockets(self) -> list[tuple[Any, ...]]:
        """A row for each open socket: id, kind, peer, state, packets and bytes in and out, bytes queued."""
        made = []
        for facts in self.backend.facts():
            t = self.backend.traffic.get(facts.number, Traffic())
            carried = (t.packets_in, t.bytes_in, t.packets_out, t.bytes_out)
            made.append((*facts[:4], *carried, facts.queued))
        return made

    def trace(self, write: Callable[[str], None] | None) -> None:
        """Has each event and packet of the network written as a line, or no longer."""
        from gmlrun.net.trace import TracedBackend

        rt = self.game.rt
        seconds = lambda: rt.clock.monotonic() - rt.started
        self.backend.inner = self.network if write is None else TracedBackend(self.network, write, seconds)
