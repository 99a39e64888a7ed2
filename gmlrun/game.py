"""The composition root and the embedding API: a program's paths go in, a game that can run comes out.

game = Game.load(["server.gml"], Settings())
exit_code = game.run()
"""

from __future__ import annotations

from gmlrun.build.built import unheard
from gmlrun.build.pipeline import build, load
from gmlrun.builtins.table import BoundLibrary
from gmlrun.engine.world import World
from gmlrun.errors import GameEnd, InternalFault, LimitReached, UsageError
from gmlrun.execution import boundary
from gmlrun.execution.faults import Faults
from gmlrun.execution.link import Linker
from gmlrun.runtime import Runtime, Settings, write_stderr, write_stdout
from gmlrun.sandbox.watchdog import Watchdog
from gmlrun.stack import allow_depth
from gmlrun.world_loader import WorldLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set
    from typing import Any

    from _typeshed import StrPath

    from gmlrun.build.built import Built, Progress
    from gmlrun.builtins.table import Table
    from gmlrun.cache import Cache
    from gmlrun.diagnostics import Diagnostic, Report
    from gmlrun.engine.loop import Loop
    from gmlrun.execution.link import Library
    from gmlrun.project.model import Loaded
    from gmlrun.runtime import Clock
    from gmlrun.unit import Unit

SAVING = frozenset(
    f"gmlrun.builtins.{name}" for name in ("ini_files", "text_files", "binary_files", "buffer_files", "zip_files")
)
"""The chapters whose functions write files."""
SERVERS = frozenset(("network_create_server", "network_create_server_raw"))
LISTENING_TIME = 2.0
"""Seconds after which a project that calls one of these should listen."""


class Game:
    """One running game. `on_report` is called with each unhandled error."""

    def __init__(
        self,
        built: Built,
        loaded: Loaded,
        rt: Runtime,
        on_report: Callable[[Report], None] = lambda report: None,
        library: Library | None = None,
    ) -> None:
        self.rt = rt
        self.built = built
        self.loaded = loaded
        self.paths: list[StrPath] = []
        """Where the program came from; none for one that is no file."""
        self.table: Table | None = None
        """The names that the program may use; None for GameMaker's."""
        self.on_report = on_report
        self.world = rt.service(World)
        self.linker = Linker(rt, library or BoundLibrary())
        self.world_loader = WorldLoader(rt, loaded)
        self.texts = built.texts

    @classmethod
    def load(
        cls,
        paths: Sequence[StrPath],
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
        on_progress: Progress = unheard,
        table: Table | None = None,
        library: Library | None = None,
    ) -> Game:
        """Compiles a program. Raises UsageError for paths that hold none, SourceErrors for one with errors.

        `table` and `library` have the names that it may use, if there are more than GameMaker's.
        """
        loaded, settings = load(paths, settings or Settings())
        built = build(loaded, table, cache=cache, on_progress=on_progress)
        for warning in built.warnings:
            on_warning(warning)
        rt = Runtime(settings, clock=clock, output=output, log=log, seed=seed, backend=backend)
        if settings.limits is not None:
            from gmlrun.sandbox.limits import limit

            limit(rt)
        game = cls(built, loaded, rt, on_report, library)
        game.paths, game.table = list(paths), table
        return game

    # ---------------------------------------------------------------- running

    def run(self) -> int:
        """Runs the game to its end; returns the process's exit code."""
        loop, watchdog = self.prepare_loop(), self.rt.service(Watchdog)
        if self.loaded.is_project and self._names(SERVERS):
            loop.remind(LISTENING_TIME, self.tell_of_silence)
        watchdog.begin()
        try:
            return self._run_to_end(loop)
        except KeyboardInterrupt:
            self.rt.network.close_all(0.0)
            raise
        except LimitReached as reached:
            return self._end_by(reached.as_error(), loop)
        except UsageError:
            raise
        except Exception as error:
            return self._end_by(self.settled(error), loop)
        finally:
            watchdog.finish()

    def _run_to_end(self, loop: Loop) -> int:
        """Runs the game and its last events; returns the exit code, and raises the error that ended it."""
        try:
            self.start()
            return loop.run()
        except GameEnd as end:
            return loop.finish(end.code if loop.ending is None else loop.ending)

    def _end_by(self, error: BaseException, loop: Loop) -> int:
        """Ends the game after an unhandled error: at once, but a fault of gmlrun lets the last events run."""
        code = self.unhandled(error)
        if isinstance(error, InternalFault):
            try:
                return loop.finish(code)
            except Exception as second:
                self.report(second)
        return loop.finish(code, events=False)

    @property
    def loop(self) -> Loop:
        """The loop of the game; its module is imported when the game is about to run, and not to compile one."""
        from gmlrun.engine.loop import Loop

        return self.rt.service(Loop)

    def prepare_loop(self) -> Loop:
        """The game's loop, as the program and the settings want it."""
        loop, settings = self.loop, self.rt.settings
        if settings.diagnose or settings.leaks:
            from gmlrun.engine import diagnosis

            diagnosis.begin(self.rt)
        loop.on_error = self.report
        loop.make_input, loop.make_cameras = self._make_input, self._make_cameras
        loop.persistent_program = self.loaded.is_project and bool(self.loaded.objects or self.loaded.rooms)
        if self.loaded.speed is not None and self.rt.settings.fps is None:
            loop.set_speed(self.loaded.speed)
        return loop

    def _make_input(self) -> None:
        """Gives the game its keyboard, mouse and gamepads."""
        from gmlrun.engine.input import Input

        self.rt.service(Input)

    def _make_cameras(self) -> None:
        """Gives the game its cameras and views."""
        from gmlrun.engine.cameras import Cameras

        self.rt.service(Cameras)

    def start(self) -> None:
        """Links the units, runs the scripts' own statements, and makes the first instances."""
        self.begin(self.link())

    def begin(self, by_unit: dict[Unit, dict[str, Any]]) -> None:
        """Starts what is linked."""
        self.run_scripts(by_unit)
        if self._saves_files():
            from gmlrun.engine.files import FileArea

            self.rt.service(FileArea).warn_if_read_only()
        self.world_loader.enter()

    def tell_of_silence(self) -> None:
        """Says, of a project that could listen and does not, who knows how its server starts."""
        loop = self.loop
        script = loop.input.script if loop.input is not None else None
        if script is not None and script.is_running:
            loop.remind(LISTENING_TIME, self.tell_of_silence)
        elif self.rt.listening is None:
            import shlex

            path = f" {shlex.quote(str(self.paths[0]))}" if self.paths else ""
            words = "nothing listens yet, although this project calls network_create_server"
            self.rt.log(f"{words}: gmlrun doctor{path} tells how its server starts")

    def _names(self, names: Set[str]) -> bool:
        """Whether the program names one of these builtins."""
        return any(name in names for unit in self.built.all_units for name, _ in unit.links.builtins)

    def run_scripts(self, by_unit: dict[Unit, dict[str, Any]]) -> None:
        """Runs the statements of scripts outside of functions."""
        allow_depth()
        for unit, namespace in by_unit.items():
            if unit.init and unit.name.startswith("gml_GlobalScript_"):
                namespace[unit.init](self.rt.globals, self.rt.globals)

    def _saves_files(self) -> bool:
        """Whether the program names a function of a chapter that writes files."""
        return any(module in SAVING for unit in self.built.all_units for _, module in unit.links.builtins)

    def redefine(self, built: Built, loaded: Loaded) -> None:
        """Puts a program compiled again in the place of the one that runs: its functions and its events.

        Instances, variables, sockets, and what statics hold stay; no code of the program runs.
        """
        self.built, self.loaded, self.world_loader.loaded = built, loaded, loaded
        self.texts |= built.texts
        self.link()
        self.note_code()

    def note_code(self) -> None:
        """Looks what the code that has been linked asks for, after a change of it."""
        self.loop.note_code()

    def reload(self) -> None:
        """Reads the program's files again and redefines it; on SourceErrors and UsageError nothing has changed.

        To be called by the thread that runs the game (`call_soon`).
        """
        loaded, _ = load(self.paths, self.rt.settings)
        self.redefine(build(loaded, self.table), loaded)

    def link(self) -> dict[Unit, dict[str, Any]]:
        """Puts the units' functions and objects into the game; returns the namespace of each unit."""
        units = [*self.built.library, *self.built.units]
        by_unit = dict(zip(units, self.linker.link(units), strict=True))
        self.world_loader.define(by_unit)
        self.linker.connect()
        return by_unit

    def settled(self, error: BaseException) -> BaseException:
        """An error as the program sees it; a fault of gmlrun is logged, and becomes an InternalFault."""
        return self.rt.service(Faults).settled(error)

    def unhandled(self, error: BaseException) -> int:
        """Lets the program's own handler take an error that ends the game, or reports it; returns the exit code."""
        from gmlrun.execution.unhandled import UnhandledHandler

        try:
            code = self.rt.service(UnhandledHandler).run(error)
        except LimitReached as reached:
            error, code = reached.as_error(), None
        except Exception as second:
            error, code = second, None
        if code is None:
            self.report(error)
        return 1 if code is None else code

    def report(self, error: BaseException) -> None:
        """Hands an unhandled error to the function that shows it."""
        error = self.settled(error)
        where, self.world.dispatch.error_where = self.world.dispatch.error_where, ""
        try:
            report = boundary.report(error, self.texts, where)
        except LimitReached as reached:  # by the toString of what was thrown
            report = boundary.report(reached.as_error(), self.texts, where)
        self.on_report(report)

    def call_soon(self, function: Callable[[], Any]) -> None:
        """Queues a function that the game's thread calls between two events; may be called from any thread."""
        self.loop.call_soon(function)

    def request_end(self, code: int = 0) -> None:
        """Ends the game soon, from a signal handler or another thread: events run, queues are flushed.

        An event that does not end is interrupted.
        """
        self.loop.request_end(code)
        self.rt.service(Watchdog).end_soon()
