"""A session: pieces of GML go in one after the other, values and errors come out; it knows no terminal.

The game lives on between the pieces: their variables are those of one instance, their functions, events,
enums and macros hold from then on, and take the place of older ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gmlrun import project
from gmlrun.builtins.table import Table
from gmlrun.errors import Diagnostic, GameEnd, GmlrunError, Report, SourceErrors, UsageError, did_you_mean
from gmlrun.game import Game
from gmlrun.program import Compiled, FrontEnd, Part, Program, compile_library, sources_text
from gmlrun.project.model import Loaded
from gmlrun.project.single import read_source
from gmlrun.repl.definitions import Definitions, changed
from gmlrun.repl.metering import MeteredBackend, Traffic
from gmlrun.runtime import boundary
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.events import event_number_of
from gmlrun.runtime.instances import Instance, ObjectType
from gmlrun.runtime.sockets import Sockets
from gmlrun.runtime.step import Loop
from gmlrun.runtime.values import Struct, own_variables
from gmlrun.source import Source
from gmlrun.stage import Events, parents_first
from gmlrun.unit import Unit

if TYPE_CHECKING:
    from gmlrun.compiler.names import Symbols
    from gmlrun.syntax import nodes

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


class Locals(Struct):
    """What `var` declares in a session."""

    __gml_name__ = boundary.SESSION_LOCALS


class Line(NamedTuple):
    """A text that has been compiled, and earlier definitions that it affects."""

    front: FrontEnd
    trees: list[tuple[Part, nodes.Program]]
    """The line itself is the last one, and so among the units."""
    units: list[Unit]

    @property
    def unit(self) -> Unit:
        return self.units[-1]

    @property
    def tree(self) -> nodes.Program:
        return self.trees[-1][1]


class Session:
    """One session, with the program in `paths` running if there are any; raises SourceErrors and UsageError."""

    def __init__(
        self, rt: Runtime, paths: Sequence[Path] = (), on_report: Callable[[Report], None] = lambda report: None
    ) -> None:
        self.paths = list(paths)
        self.table = Table()
        self.count = 0
        """How many texts there have been: their numbers are the names of their sources."""
        self.locals = Locals()
        self.symbols: Symbols | None = None
        self.macros: dict[str, Any] = {}
        self.definitions = Definitions()
        self.loaded: list[Path] = []
        """The files that were loaded into the running session."""
        self.libraries: set[str] = set()
        """The files of stdlib/ that are linked."""
        compiled, loaded = self._read() if paths else (Compiled([], [], []), Loaded(Program([]), OWNER))
        self.game = Game(compiled, loaded, rt, on_report)
        self.game.paths = list(paths)
        self.game.linker.helpers["gml_kept"] = self.locals
        self.network = rt.service(Sockets).backend
        self.backend = rt.backend = MeteredBackend(self.network)
        self.loop = rt.service(Loop)
        self.loop.persistent_program = True
        self.game.world.on_error = self.game.report
        self.owner: ObjectType

    def start(self) -> None:
        """Runs the files' own statements; an error of theirs is reported, and the session goes on."""
        game = self.game
        try:
            game.start()
        except GameEnd as end:
            self.loop.request_end(end.code)
        except Exception as error:
            game.report(error)
        self.owner = game.world.by_name.get(game.loaded.main) or game.world.define_object(OWNER)

    def _read(self) -> tuple[Compiled, Loaded]:
        """The program of the session's files, compiled; what it declares is known to the session from then on."""
        loaded = project.load(self.paths)
        symbols = self._symbols()
        symbols.is_open = False
        front = FrontEnd(loaded.program, self.table, symbols)
        trees = front.front()
        units = front.units(trees)
        self._keep(front, trees)
        self.libraries = {file for unit in units for file in unit.library}
        return Compiled(units, compile_library(self.libraries, self.table), front.findings), loaded

    def _symbols(self) -> Symbols:
        """What is declared so far, to add to."""
        from gmlrun.compiler.names import Symbols
        from gmlrun.program import stdlib_functions

        return Symbols(library=stdlib_functions(), is_open=True) if self.symbols is None else self.symbols.copy()

    def _keep(self, front: FrontEnd, trees: Iterable[tuple[Part, nodes.Program]]) -> None:
        self.symbols, self.macros = front.symbols, front.macros
        self.symbols.is_open = True
        for part, tree in trees:
            self.definitions.add(part, tree)

    @property
    def instance(self) -> Instance:
        """The instance that has the session's variables; a new one when the program has destroyed it."""
        found = next(iter(self.owner.instances.values()), None)
        return found or self.game.world.allocate(self.owner, 0.0, 0.0)

    # ---------------------------------------------------------------- feeding

    def feed(self, text: str, is_whole: bool = False) -> Outcome:
        """Runs a piece of GML. With `is_whole` nothing follows: what is incomplete is an error."""
        from gmlrun.syntax.parser import is_incomplete

        if not is_whole and is_incomplete(text):
            return Incomplete()
        self.count += 1
        return self.run_source(Source(f"<{self.count}>", text))

    def load(self, path: Path) -> Outcome:
        """Runs a file as if it had been typed."""
        self.count += 1
        outcome = self.run_source(read_source(str(path)), is_typed=False)
        if path not in self.loaded and not (isinstance(outcome, Error) and outcome.diagnostics):
            self.loaded.append(path)
        return outcome

    def reload(self) -> list[str]:
        """Defines anew what the session's files define; returns their names. Raises SourceErrors and UsageError."""
        parts = [self._part(read_source(str(path)), is_typed=False) for path in self.loaded]
        if self.paths:
            self.game.redefine(*self._read())
        if parts:
            front, trees = self._front(parts)
            self._install(front.units(trees))
            self._keep(front, trees)
        return [str(path) for path in (*self.paths, *self.loaded)]

    def run_source(self, source: Source, is_typed: bool = True) -> Outcome:
        """Compiles a text and runs it in the session's instance."""
        try:
            line = self.compile(source, is_typed)
            run = self._install_line(line)
        except SourceErrors as errors:
            return Error(errors.diagnostics)
        except UsageError as error:
            return Error(message=str(error))
        try:
            value = run()
        except Failed as failed:
            return failed.error
        is_shown = is_typed and ends_in_expression(line.tree) and not (value is None and self._is_action(line.tree))
        return Result(value, is_shown)

    def _is_action(self, tree: nodes.Program) -> bool:
        """Whether a text ends in a call that is not made for its value: of a builtin without one, or of a function."""
        from gmlrun.syntax import nodes

        value = getattr(tree.body[-1], "value", None)
        if not isinstance(value, nodes.Call):
            return False
        facts = self.table.function(value.callee.name) if isinstance(value.callee, nodes.Name) else None
        return facts is None or facts.returns == "Undefined"

    def prepared(self, text: str) -> Callable[[], Any]:
        """A text as something to call, which raises Failed; raises SourceErrors."""
        self.count += 1
        return self._install_line(self.compile(Source(f"<{self.count}>", text)))

    def python(self, text: str) -> str:
        """The Python code that a text compiles to; raises SourceErrors."""
        from gmlrun.compiler.compile import python_text
        from gmlrun.program import form_of

        line = self.compile(Source("<python>", text))
        part, tree = line.trees[-1]
        return python_text(part.source, tree, line.front.symbols, self.table, form_of(part))

    def _part(self, source: Source, is_typed: bool = True) -> Part:
        return Part(source, f"gml_Prompt_{self.count}", owner=self.owner.name, value=is_typed, line=True)

    def compile(self, source: Source, is_typed: bool = True) -> Line:
        """Compiles a text together with the earlier definitions that it affects; raises SourceErrors."""
        part = self._part(source, is_typed)
        front, trees = self._front([part])
        earlier = self._affected(front, trees)
        if earlier:
            front, trees = self._front([*earlier, part])
        units = front.units(trees)
        return Line(front, trees, units)

    def _front(self, parts: Sequence[Part]) -> tuple[FrontEnd, list[tuple[Part, nodes.Program]]]:
        """Sources parsed and checked against all that the session knows."""
        symbols = self._symbols()
        symbols.assigned.update(name for name, _ in own_variables(self.instance))
        front = FrontEnd(Program(parts), self.table, symbols, self.macros)
        return front, front.front()

    def _affected(self, front: FrontEnd, trees: Sequence[tuple[Part, nodes.Program]]) -> list[Part]:
        """The earlier definitions that must be compiled again after what a line declares."""
        if self.symbols is None or not trees:
            return []
        names = changed(self.symbols, front.symbols, self.macros, front.macros)
        return self.definitions.affected(names, *trees[0]) if names else []

    def _install(self, units: Sequence[Unit]) -> dict[str, Any]:
        """Links units and defines their events; returns the namespace of the last one."""
        game = self.game
        needed = {file for unit in units for file in unit.library} - self.libraries
        units = [*compile_library(needed, self.table), *units]
        self.libraries |= needed
        game.texts |= sources_text(units)
        namespaces = game.linker.link(units)
        self._define(dict(zip(units, namespaces, strict=True)))
        game.linker.connect()
        self.loop.note_places()
        return namespaces[-1]

    def _define(self, by_unit: dict[Unit, dict[str, Any]]) -> None:
        """Objects anew; events outside an object take their place among the owner's."""
        world = self.game.world
        made: dict[str, Events] = {entry.name: {} for unit in by_unit for entry in unit.objects}
        made[self.owner.name] = dict(self.owner.events)
        parents = {o.name: o.parent.name for o in world.objects if o.parent is not None}
        for unit, namespace in by_unit.items():
            parents.update({entry.name: entry.parent for entry in unit.objects})
            for event in unit.events:
                number = event_number_of(event.event)
                assert number is not None
                made[event.object or self.owner.name][number] = namespace[event.python_name]
        for name in parents_first(parents, {**world.by_name, **made}):
            if name in made:
                world.define_object(name, parents.get(name) or None, made[name])

    def _install_line(self, line: Line) -> Callable[[], Any]:
        """Makes what a line declares hold; returns what runs its statements."""
        namespace = self._install(line.units)
        self._keep(line.front, line.trees[-1:])
        line.front.symbols.kept |= kept_by(line.tree)
        if not line.unit.init:
            return lambda: None
        if len(line.unit.functions) == 1:
            self.game.rt.namespaces.pop()  # nothing of it is called later
        return lambda: self._run(namespace[line.unit.init])

    def _run(self, function: Callable[..., Any]) -> Any:
        """Runs a line's own statements; raises Failed."""
        instance = self.instance
        try:
            return function(instance, instance)
        except GameEnd as end:
            self.loop.request_end(end.code)
        except Exception as error:
            raise Failed(self._failure(error)) from error
        finally:
            self.loop.turn()

    def _failure(self, error: Exception) -> Error:
        """A run-time error as the session shows it; a fault of gmlrun is raised."""
        if boundary.is_internal(error):
            raise error
        world = self.game.world
        where, world.error_where = world.error_where, ""
        return Error(report=boundary.report(error, self.game.texts, where), hint=self.hint(error))

    def interrupted(self, error: KeyboardInterrupt) -> Error:
        """Where Ctrl-C has stopped the program."""
        self.game.world.error_where = ""
        return Error(report=boundary.report(error, self.game.texts)._replace(message="interrupted"))

    # ----------------------------------------------------------------- asking

    def hint(self, error: Exception) -> str:
        """The name that an unset variable was perhaps meant to be."""
        if not isinstance(error, (AttributeError, NameError)) or not error.name:
            return ""
        owner = getattr(error, "obj", None)
        if owner is self.instance:
            return did_you_mean(error.name, self.names())
        return did_you_mean(error.name, [n for n, _ in own_variables(owner)]) if isinstance(owner, Struct) else ""

    def names(self) -> list[str]:
        """What can be named at the prompt: variables, locals, functions, enums, assets."""
        own = [name for holder in (self.instance, self.locals) for name, _ in own_variables(holder)]
        return [*own, *self.function_names(), *self.game.rt.assets, *(self.symbols.enums if self.symbols else ())]

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


def kept_by(tree: nodes.Program) -> set[str]:
    """The locals that a line declares outside functions and events."""
    from gmlrun.compiler.scopes import Scope, scope_of
    from gmlrun.syntax import nodes

    return scope_of(Scope("", kept=set()), nodes.Block(tree.span, tree.body)).kept or set()


def ends_in_expression(tree: nodes.Program) -> bool:
    """Whether the last statement of a text is an expression, whose value is to be shown."""
    from gmlrun.syntax import nodes

    last = tree.body[-1] if tree.body else None
    if not isinstance(last, nodes.ExpressionStatement):
        return False
    return not (isinstance(last.value, nodes.Function) and last.value.name is not None)
