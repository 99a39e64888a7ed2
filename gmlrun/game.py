"""The composition root and the embedding API: a program's paths go in, a game that can run comes out.

game = Game.load(["server.gml"], Settings())
exit_code = game.run()
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from gmlrun import project
from gmlrun.builtins.table import BoundLibrary, Table
from gmlrun.cache import Cache
from gmlrun.errors import Diagnostic, GameEnd, Report, SourceErrors, UsageError
from gmlrun.program import Compiled, FrontEnd, Part, Program, compile_program, sources_text
from gmlrun.project import Loaded
from gmlrun.runtime import boundary
from gmlrun.runtime.context import Clock, Runtime, Settings, write_stderr, write_stdout
from gmlrun.runtime.events import EventNumber, event_number_of
from gmlrun.runtime.link import Linker
from gmlrun.runtime.rooms import Placement, Rooms
from gmlrun.runtime.world import World
from gmlrun.source import Source
from gmlrun.unit import Unit

CALL_DEPTH = 10000
"""How deeply GML functions may call each other."""


Events = dict[EventNumber, Any]


class Game:
    """One running game. `on_report` is called with each unhandled error."""

    def __init__(
        self,
        compiled: Compiled,
        loaded: Loaded,
        rt: Runtime,
        on_report: Callable[[Report], None] = lambda report: None,
    ) -> None:
        self.rt = rt
        self.compiled = compiled
        self.loaded = loaded
        self.main = loaded.main
        self.paths: list[Path | str] = []
        """Where the program came from; none for one that is no file."""
        self.on_report = on_report
        self.world = rt.service(World)
        self.linker = Linker(rt, BoundLibrary())
        self.texts = sources_text([*compiled.units, *compiled.library])

    @classmethod
    def load(
        cls,
        paths: Sequence[Path | str],
        settings: Settings | None = None,
        *,
        cache: Cache | None = None,
        clock: Clock | None = None,
        output: Callable[[str], None] = write_stdout,
        log: Callable[[str], None] = write_stderr,
        on_warning: Callable[[Diagnostic], None] = lambda diagnostic: None,
        on_report: Callable[[Report], None] = lambda report: None,
        seed: int = 0,
        backend: Any = None,
    ) -> Game:
        """Compiles a program. Raises UsageError for paths that hold none, SourceErrors for one with errors."""
        loaded = with_execute(project.load([Path(path) for path in paths]), settings or Settings())
        compiled = compile_program(loaded.program, Table(), cache)
        for warning in compiled.warnings:
            on_warning(warning)
        rt = Runtime(settings, clock=clock, output=output, log=log, seed=seed, backend=backend)
        game = cls(compiled, loaded, rt, on_report)
        game.paths = list(paths)
        return game

    # ---------------------------------------------------------------- running

    def run(self) -> int:
        """Runs the game to its end; returns the process's exit code."""
        from gmlrun.runtime.step import Loop

        loop = self.rt.service(Loop)
        loop.on_error = self.report
        try:
            self.start()
            return loop.run()
        except GameEnd as end:
            return loop.finish(end.code)
        except KeyboardInterrupt:
            self.rt.network.close_all(0.0)
            raise
        except Exception as error:
            return loop.finish(self.unhandled(error), events=False)

    def start(self) -> None:
        """Links the units, runs the scripts' own statements, and makes the first instances."""
        sys.setrecursionlimit(max(sys.getrecursionlimit(), CALL_DEPTH))
        for unit, namespace in self._link().items():
            if unit.init and not self._is_event(unit):
                namespace[unit.init](self.rt.globals, self.rt.globals)
        self._enter_first_room()

    def redefine(self, compiled: Compiled, loaded: Loaded) -> None:
        """Puts a program compiled anew in the place of the one that runs: its functions and its events.

        Instances, variables, sockets, and what statics hold stay; no code of the program runs.
        """
        from gmlrun.runtime.step import Loop

        self.compiled, self.loaded = compiled, loaded
        self.texts |= sources_text([*compiled.units, *compiled.library])
        self._link()
        self.rt.service(Loop).note_places()

    def reload(self) -> None:
        """Reads the program's files again and redefines it; on SourceErrors and UsageError nothing has changed.

        To be called by the thread that runs the game (`call_soon`).
        """
        loaded = with_execute(project.load([Path(path) for path in self.paths]), self.rt.settings)
        self.redefine(compile_program(loaded.program, Table()), loaded)

    def _link(self) -> dict[Unit, dict[str, Any]]:
        """Puts the units' functions and objects into the game; returns the namespace of each unit."""
        units = [*self.compiled.library, *self.compiled.units]
        by_unit = dict(zip(units, self.linker.link(units), strict=True))
        self._define_objects(by_unit)
        self.linker.connect()
        return by_unit

    def _enter_first_room(self) -> None:
        """A program without rooms of its own has one, with one instance of the object that it starts with."""
        first = self.main or self._spawned()
        rooms = self.rt.service(Rooms)
        room = rooms.add(f"room_{first}")
        room.placements.append(Placement(self.world.by_name[first]))
        rooms.start(room)

    def _spawned(self) -> str:
        """The object that a folder starts with: the one asked for, or its only one."""
        names = [made.name for made in self.loaded.objects]
        wanted = self.rt.settings.spawn or (names[0] if len(names) == 1 else "")
        if wanted not in names:
            fault = f"there is no object {wanted}" if wanted else "the folder has no room to start in"
            raise UsageError(f"{fault}: name an object with --spawn ({', '.join(names) or 'it has none'})")
        return wanted

    def _is_main(self, unit: Unit) -> bool:
        return bool(self.main) and unit.name == f"gml_Object_{self.main}_Create_0"

    def _is_event(self, unit: Unit) -> bool:
        """Whether a unit is an event of an object, which does not run by itself."""
        return unit.name.startswith("gml_Object_")

    def _define_objects(self, by_unit: dict[Unit, dict[str, Any]]) -> None:
        """Objects of all units, parents before children, and the file's own."""
        parents: dict[str, str] = {}
        events: dict[str, Events] = {self.main: {}} if self.main else {}
        for unit, namespace in by_unit.items():
            for entry in unit.objects:
                parents[entry.name] = entry.parent
                events.setdefault(entry.name, {})
            for event in unit.events:
                number = event_number_of(event.event)
                assert number is not None
                events[event.object or self.main][number] = namespace[event.python_name]
            if self._is_main(unit) and unit.init:
                events[self.main].setdefault((0, 0), namespace[unit.init])
        self._add_object_sources(by_unit, parents, events)
        for name in parents_first(parents, events):
            self.world.define_object(name, parents.get(name) or None, events[name])

    def _add_object_sources(
        self,
        by_unit: dict[Unit, dict[str, Any]],
        parents: dict[str, str],
        events: dict[str, Events],
    ) -> None:
        """The objects of a folder, whose events are units of their own; one without code is there all the same."""
        functions = {unit.name: namespace.get(unit.init, no_event) for unit, namespace in by_unit.items()}
        for made in self.loaded.objects:
            parents[made.name] = made.parent
            events[made.name] = {number: functions[entry] for number, entry in made.events.items()}

    def unhandled(self, error: Exception) -> int:
        """Lets the program's own handler take an error that ends the game, or reports it; returns the exit code."""
        from gmlrun.runtime.unhandled import UnhandledHandler

        try:
            code = self.rt.service(UnhandledHandler).run(error)
        except Exception as second:
            error, code = second, None
        if code is None:
            self.report(error)
        return 1 if code is None else code

    def report(self, error: BaseException) -> None:
        """Hands an unhandled error to whoever shows it; a fault of our own is raised."""
        if boundary.is_internal(error):
            raise error
        where, self.world.error_where = self.world.error_where, ""
        self.on_report(boundary.report(error, self.texts, where))

    def call_soon(self, function: Callable[[], Any]) -> None:
        """Has a function called by the thread that runs the game, between two events; from any thread."""
        from gmlrun.runtime.step import Loop

        self.rt.service(Loop).call_soon(function)

    def request_end(self, code: int = 0) -> None:
        """Ends the game soon, from a signal handler or another thread: events run, queues are flushed."""
        from gmlrun.runtime.step import Loop

        self.rt.service(Loop).request_end(code)


def with_execute(loaded: Loaded, settings: Settings) -> Loaded:
    """The program with the code of `--exec`, if there is any, as its last script, which runs before the first room."""
    if not settings.execute:
        return loaded
    part = Part(Source("--exec", settings.execute), "gml_GlobalScript_exec")
    return loaded._replace(program=loaded.program._replace(parts=[*loaded.program.parts, part]))


def no_event(other: Any, self: Any) -> None:
    """An event with nothing in it."""


def parents_first(parents: dict[str, str], names: dict[str, Any]) -> list[str]:
    """Object names so that each parent comes before its children; raises UsageError for a cycle or a gap."""
    ordered: list[str] = []

    def visit(name: str, below: tuple[str, ...]) -> None:
        if name in ordered:
            return
        if name in below:
            raise UsageError(f"the object {name} is its own ancestor")
        if name not in names:
            raise UsageError(f"the object {below[-1]} has a parent that does not exist: {name}")
        if parents.get(name):
            visit(parents[name], (*below, name))
        ordered.append(name)

    for name in names:
        visit(name, ())
    return ordered


# ------------------------------------------------------------------ other uses


def check(paths: Sequence[Path]) -> list[Diagnostic]:
    """Every error and warning of a program, without running it."""
    front = FrontEnd(project.load(paths).program, Table())
    front.front()
    return front.findings


class Outcome(NamedTuple):
    """How a piece of code ended; `has_value` tells whether it ended in an expression."""

    value: Any = None
    has_value: bool = False
    exit_code: int = 0


def evaluate(code: str, rt: Runtime, on_report: Callable[[Report], None] = lambda report: None) -> Outcome:
    """Runs a piece of code in a game of its own; raises SourceErrors."""
    from gmlrun.runtime.step import Loop

    source = Source("<eval>", code)
    part = Part(source, "gml_Object_eval_Create_0", owner="eval", value=True)
    program = Program([part])
    compiled = FrontEnd(program, Table()).compile()
    game = Game(compiled, Loaded(program, "eval"), rt, on_report)
    namespaces = game.linker.link([*compiled.units, *compiled.library])
    instance = game.world.create(game.world.define_object("eval"))
    game.linker.connect()
    unit = compiled.units[0]
    if not unit.init:
        return Outcome()
    try:
        value = namespaces[0][unit.init](instance, instance)
    except GameEnd as end:
        return Outcome(exit_code=end.code)
    except Exception as error:
        game.report(error)
        return Outcome(exit_code=1)
    ending = rt.service(Loop).ending
    return Outcome(value, ends_in_expression(source)) if ending is None else Outcome(exit_code=ending)


def ends_in_expression(source: Source) -> bool:
    """Whether the last statement of a piece of code is an expression with a value."""
    from gmlrun.syntax import nodes
    from gmlrun.syntax.parser import parse

    body = parse(source, interactive=True).body
    last = body[-1] if body else None
    if not isinstance(last, nodes.ExpressionStatement):
        return False
    return not (isinstance(last.value, nodes.Function) and last.value.name is not None)


def show_tree(path: Path) -> str:
    """The syntax tree of a file, indented."""
    from gmlrun.syntax.dump import dump
    from gmlrun.syntax.parser import parse

    return dump(parse(project.read_source(path)))


def show_python(path: Path) -> str:
    """The Python code that a file compiles to."""
    from gmlrun.compiler.compile import python_text
    from gmlrun.program import form_of

    front = FrontEnd(project.single_file([path]).program, Table())
    trees = front.front()
    if any(found.severity == "error" for found in front.findings):
        raise SourceErrors(front.findings)
    part, tree = trees[0]
    return python_text(part.source, tree, front.symbols, front.table, form_of(part))
