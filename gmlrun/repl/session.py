"""A session: pieces of GML go in one after the other, values and errors come out; it knows no terminal.

The game lives on between the pieces: their variables are those of one instance, their functions, events,
enums and macros hold from then on, and take the place of older ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from gmlrun.build.built import Built
from gmlrun.build.pipeline import load
from gmlrun.build.program import Program
from gmlrun.builtins.table import Table
from gmlrun.diagnostics import Diagnostic, Report
from gmlrun.engine.events import STEP, event_label
from gmlrun.engine.instances import BUILTIN_VARIABLES, Instance, ObjectType
from gmlrun.engine.sockets import Sockets
from gmlrun.errors import GameEnd, GmlrunError, SourceErrors
from gmlrun.execution import boundary
from gmlrun.game import Game
from gmlrun.language import attribute
from gmlrun.project.model import Loaded
from gmlrun.project.single import read_source
from gmlrun.repl import hints
from gmlrun.repl.installing import OWNER, Installer, Locals
from gmlrun.repl.lines import Line, Lines, has_value, line_part
from gmlrun.repl.metering import MeteredBackend, Traffic
from gmlrun.runtime import Runtime
from gmlrun.source import Source
from gmlrun.values.model import own_variables
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

LAST = "_"
"""The name of the last value."""


class Incomplete(NamedTuple):
    """The text continues: more lines are needed before it can run."""


class TextResult(NamedTuple):
    """The value of a text that ended in an expression."""

    value: Value = None
    has_value: bool = False


class Error(NamedTuple):
    """An error: of the text (`diagnostics`), while it ran (`report`), or before (`message`)."""

    diagnostics: Sequence[Diagnostic] = ()
    report: Report | None = None
    message: str = ""
    hint: str = ""


Outcome = Incomplete | TextResult | Error


class Failed(GmlrunError):
    """A text has failed while it ran."""

    def __init__(self, error: Error) -> None:
        super().__init__(error.message)
        self.error = error


def error_of(raised: GmlrunError) -> Error:
    """An error that is raised on purpose, as an outcome."""
    if isinstance(raised, Failed):
        return raised.error
    if isinstance(raised, SourceErrors):
        return Error(raised.diagnostics, hint=hints.of_diagnostics(raised.diagnostics))
    return Error(message=str(raised))


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
        built, loaded = self._read(rt) if paths else (Built([], [], []), Loaded(Program([]), OWNER))
        game = Game(built, loaded, rt, on_report)
        game.world.dispatch.on_error = game.report
        self.enter_game(game)
        self.meter()
        self.loop = game.prepare_loop()
        self.loop.persistent_program = True
        self.is_started = False

    def enter_game(self, game: Game) -> None:
        """Makes a game the one in which texts run."""
        self.game, self.world = game, game.world
        self.installer = Installer(game, self.lines)
        self.ran: list[str] = []
        """The texts that were typed and had no error."""

    def meter(self) -> None:
        """Counts from now on what each socket carries."""
        rt = self.game.rt
        sockets = rt.service(Sockets)
        self.network = sockets.backend
        self.backend = sockets.backend = rt.backend = MeteredBackend(self.network)

    def _read(self, rt: Runtime) -> tuple[Built, Loaded]:
        """The session's program, compiled; what it declares is known from then on."""
        loaded, settings = load(self.paths, rt.settings)
        built = self.lines.program(loaded)
        rt.settings = settings
        return built, loaded

    def start(self) -> None:
        """Runs the program's own statements; an error of theirs is reported, and the session continues."""
        try:
            self.game.start()
        except GameEnd as end:
            self.loop.request_end(end.code)
        except Exception as error:
            self.game.report(error)
        finally:
            self.installer.find_owner()
            self.is_started = True

    @property
    def instance(self) -> Instance:
        """The instance that has the session's variables."""
        return self.installer.instance

    @property
    def owner(self) -> ObjectType:
        """The object whose events are the session's, from the start on."""
        return self.installer.owner

    @property
    def locals(self) -> Locals:
        """The locals that `var` has declared in the session."""
        return self.installer.locals

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
        """Defines again what the session's files define, one after the other; returns their names.

        Raises SourceErrors and UsageError for the first that cannot be read; it stays as it was.
        """
        if self.paths:
            self.game.redefine(*self._read(self.game.rt))
        for path in self.loaded:
            self._install(self._compile(read_source(str(path)), is_typed=False))
        return [str(path) for path in (*self.paths, *self.loaded)]

    def prepared(self, text: str) -> Callable[[], Value]:
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
        if not is_typed:
            return TextResult(value)
        self.ran.append(source.text)
        result = TextResult(value, has_value(line.tree, value, self.table))
        if result.has_value:
            self._keep_last(value)
        return result

    def can_load(self, text: str) -> bool:
        """Whether a text can stand in a file: an expression alone cannot."""
        try:
            self._compile(Source("<saved>", text), is_typed=False)
        except GmlrunError:
            return False
        return True

    def _keep_last(self, value: Value) -> None:
        """Lets later texts name the last value `_`, unless the program has something of that name itself."""
        symbols = self.lines.symbols
        if symbols is None or (LAST in self.names() and LAST not in symbols.kept):
            return
        symbols.kept.add(LAST)
        setattr(self.locals, attribute(LAST), value)

    # ---------------------------------------------------------------- running

    def _install(self, line: Line) -> Callable[[], Value]:
        """Makes what a text declares hold; returns what runs its statements. Raises UsageError."""
        function = self.installer.install(line)
        return (lambda: None) if function is None else lambda: self._run(function)

    def _run(self, function: Callable[..., Value]) -> Any:
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
        where, self.world.dispatch.error_where = self.world.dispatch.error_where, ""
        report = boundary.report(error, self.game.texts, where)
        return Error(report=report, hint=hints.of_error(error, self._known()) or report.hint)

    def interrupted(self, error: KeyboardInterrupt) -> Error:
        """Where Ctrl-C has stopped the program."""
        self.world.dispatch.error_where = ""
        report = boundary.report(error, self.game.texts)._replace(message="interrupted")
        return Error(report=report, hint=self._pause_stopped())

    def _pause_stopped(self) -> str:
        """Pauses the step event that was stopped, which would begin again at once; returns what to say of it."""
        stopped, self.world.dispatch.stopped_in = self.world.dispatch.stopped_in, None
        owner, number = stopped or (None, (0, 0))
        if owner is None or number[0] != STEP:
            return ""
        self.world.dispatch.pause(owner, number)
        return f"the {event_label(number)} of {owner.name} is paused: define it anew, or let it go on with :resume"

    # ----------------------------------------------------------------- asking

    def _known(self) -> hints.Known:
        return hints.Known(self.instance, self.locals, self.names())

    @property
    def socket_count(self) -> int:
        """How many sockets there are; may be asked from any thread."""
        return len(self.game.rt.service(Sockets).known)

    def names(self) -> list[str]:
        """The names that there are at the prompt: variables, locals, functions, enums, assets."""
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

    def description(self, name: str) -> list[str]:
        """The comments of a function of the program."""
        from gmlrun.repl import described

        definition = self.lines.definitions.known.get(("function", name))
        return [] if definition is None else described.description(definition)

    def parameters(self, name: str) -> Sequence[str] | None:
        """The parameters of a function of the program, with their defaults; None for any other name."""
        function = self.game.rt.functions.get(name)
        if function is None:
            return None
        from gmlrun.repl import described

        definition = self.lines.definitions.known.get(("function", name))
        written = None if definition is None else described.written_parameters(definition)
        return function.gml.parameters if written is None else written  # type: ignore[attr-defined]

    def variables(self) -> list[tuple[str, str, Any]]:
        """The variables that can be named at the prompt: name, kind and value."""
        kinds = ((self.locals, "local"), (self.instance, "variable"), (self.game.rt.globals, "global"))
        found = [(name, kind, value) for holder, kind in kinds for name, value in own_variables(holder)]
        return [entry for entry in found if entry[0] not in BUILTIN_VARIABLES]

    def sockets(self) -> list[tuple[Any, ...]]:
        """A row for each open socket: id, kind, peer, state, packets and bytes in and out, bytes queued."""
        made = []
        for facts in self.backend.facts():
            t = self.backend.traffic.get(facts.number, Traffic())
            carried = (t.packets_in, t.bytes_in, t.packets_out, t.bytes_out)
            made.append((*facts[:4], *carried, facts.queued))
        return made

    def trace(self, write: Callable[[str], None] | None) -> None:
        """Starts or stops writing a line for each event and packet of the network."""
        from gmlrun.net.watch.trace import TracedBackend

        rt = self.game.rt
        seconds = lambda: rt.clock.monotonic() - rt.started
        self.backend.inner = self.network if write is None else TracedBackend(self.network, write, seconds)
