"""One test in this process: a built file and a test go in, it runs in fresh games, what failed comes out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gmlrun.build.built import Built
from gmlrun.build.pipeline import build
from gmlrun.cache import Cache
from gmlrun.diagnostics import Diagnostic, Report
from gmlrun.engine.rooms import Placement
from gmlrun.errors import GameEnd, GmlError, SourceErrors, UsageError
from gmlrun.execution import boundary
from gmlrun.lean import NamedTuple
from gmlrun.runtime import Settings
from gmlrun.testing import discover
from gmlrun.testing.expecting import expected_of
from gmlrun.testing.functions import NAMES, TestFunctions
from gmlrun.testing.limits import TimeIsUp, time_limit
from gmlrun.testing.names import RECORDING
from gmlrun.testing.reach import Reach
from gmlrun.testing.results import REPLAY, WHOLE, Case, Result, Status
from gmlrun.testing.simulation import Player, Simulation

if TYPE_CHECKING:
    from gmlrun.testing.replay import Recorded

TEXT_TIME = 1.0
"""Seconds that the text of what a test has thrown may take."""
KEPT_LINES, KEPT_WIDTH = 200, 2000
"""How much of a test's output is kept: its last lines, and the first characters of each."""


class Failure(NamedTuple):
    """Why a test failed."""

    message: str
    report: Report | None = None


class Output:
    """The output of all games of a test: the last lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.left_out = 0

    def put(self, line: str) -> None:
        """Takes a line."""
        if len(line) > KEPT_WIDTH:
            line = f"{line[:KEPT_WIDTH]}… ({len(line)} characters)"
        self.lines.append(line)
        if len(self.lines) > 2 * KEPT_LINES:
            self.left_out += KEPT_LINES
            del self.lines[:KEPT_LINES]

    def shown(self) -> list[str]:
        """The lines that are kept, with a word on the others."""
        surplus = max(0, len(self.lines) - KEPT_LINES)
        left_out = self.left_out + surplus
        head = [f"… {left_out} lines before these are not shown"] if left_out else []
        return [*head, *self.lines[surplus:]]


class Prepared(NamedTuple):
    """A built file of tests."""

    file: discover.Source
    built: Built
    cases: list[Case]
    reach: Reach
    recorded: Recorded | None = None
    """The recording that the file is, if it is one."""
    is_real: bool = False
    """Whether its tests run over real sockets."""
    room: str = ""
    """Where it starts, if it has tests of a public framework; empty for its first room."""
    cache: Cache | None = None
    """Where the programs that its tests start are kept, once they are compiled."""


class Broken(NamedTuple):
    """A file that cannot be tested: the errors of its source, or what is wrong with it."""

    path: str
    diagnostics: Sequence[Diagnostic] = ()
    message: str = ""


def prepare(path: str, cache: Cache | None = None, optimise: bool = True) -> Prepared | Broken:
    """Reads and compiles a file; it is broken when that fails."""
    try:
        if path.endswith(RECORDING):
            return prepare_recording(path, cache)
        file = discover.read(path, NAMES, optimise)
        built = build(file.loaded, cache=cache)
    except SourceErrors as errors:
        return Broken(path, errors.diagnostics)
    except UsageError as error:
        return Broken(path, (), str(error))
    cases = discover.cases_of(file, built)
    return Prepared(file, built, cases, Reach(built, [case.name for case in cases]), cache=cache)


def prepare_recording(path: str, cache: Cache | None) -> Prepared:
    """Reads a recording and compiles its program."""
    from gmlrun.testing.replay import read

    recorded = read(path, cache)
    file = discover.Source(path, os.path.dirname(path) or ".", recorded.loaded, False)
    cases = [Case(path, REPLAY, 1)]
    return Prepared(file, recorded.built, cases, Reach(recorded.built, []), recorded)


def result_of(case: Case, failure: Failure | None, output: Output) -> Result:
    """The result of a test."""
    if failure is None:
        return Result(case, "passed", output=output.shown())
    status: Status = "todo" if case.mark == "todo" else "failed"
    place = failure.report.place if failure.report else None
    stack = failure.report.stack if failure.report else ()
    return Result(case, status, 0.0, failure.message, place, stack, output.shown())


def simulation_for(is_real: bool) -> type[Simulation]:
    """The class that runs the games of a test."""
    if not is_real:
        return Simulation
    from gmlrun.testing.real import RealSimulation

    return RealSimulation


class Trial:
    """One run of one test."""

    def __init__(self, prepared: Prepared, case: Case, seed: int, save_dir: str, output: Output) -> None:
        self.case = case
        file = prepared.file
        self.is_project = file.is_project
        self.output = output
        self.simulation = simulation_for(prepared.is_real)(seed, self.put)
        self.simulation.cache = prepared.cache
        settings = Settings(
            program_dir=file.folder,
            program_name="test",
            save_dir=save_dir,
            headless="ignore",
            optimise=file.loaded.program.optimise,
            room=prepared.room,
        )
        portion = prepared.reach.of(case.name)
        self.main: Player = self.simulation.add("test", portion.built, file.loaded, settings)
        self.main.is_main = True
        for script in portion.order:
            self.main.game.linker.number(script)
        functions = TestFunctions(self.simulation, self.main, file.folder, settings)
        self.main.game.rt.natives.update(functions.bound(portion.called) | portion.stubs(self.main.game))

    def put(self, name: str, line: str) -> None:
        """Takes a line that a game prints."""
        self.output.put(line if name == "test" else f"{name} | {line}")

    def run(self, timeout: float) -> Failure | None:
        """Runs the test; None when it has passed."""
        end = time.monotonic() + timeout
        failure = self._timed(timeout, self._run_whole if self.case.name == WHOLE else self._run_function)
        if self.case.name != WHOLE and self._has("test_teardown") and not isinstance(failure, Hang):
            left = max(1.0, end - time.monotonic()) if timeout > 0 else 0.0
            second = self._timed(left, lambda: self._call("test_teardown"))
            if second is not None and failure is None:
                failure = second._replace(message=f"in test_teardown: {second.message}")
        self.simulation.close()
        return failure[0] if isinstance(failure, Hang) else failure

    def _timed(self, timeout: float, action: Callable[[], Failure | None]) -> Any:
        """Runs something with a limit of real time; gives the failure that came of it."""
        try:
            with time_limit(timeout):
                return action()
        except TimeIsUp as error:
            words = f"the test has not ended after {timeout:g} seconds; here it was"
            return Hang(Failure(words, boundary.report(error, self._texts())))
        except GameEnd as end:
            return self._ended(end.code)
        except Exception as error:
            return self._failed(error)

    def _failed(self, error: BaseException) -> Failure:
        game = self.main.game
        settled, where = game.settled(error), game.world.dispatch.error_where
        try:
            with time_limit(TEXT_TIME):
                report = boundary.report(settled, self._texts(), where)
        except TimeIsUp:
            words = f"something was thrown whose toString takes longer than {TEXT_TIME:g} second"
            report = boundary.report(GmlError(words).with_traceback(error.__traceback__), self._texts(), where)
        return Failure(report.message, report)

    def _texts(self) -> dict[str, str]:
        texts: dict[str, str] = {}
        for player in self.simulation.players:
            texts |= player.game.texts
        return texts

    def _run_function(self) -> Failure | None:
        self._start()
        if self._has("test_setup"):
            self._call("test_setup")
        return self._call(self.case.name)

    def _start(self) -> None:
        """Starts the test's own game: a file with its Create event, a project in an empty room of its own."""
        game = self.main.game
        if self.is_project:
            self._enter_empty_room()
        else:
            game.start()
        self.main.loop.begin()

    def _enter_empty_room(self) -> None:
        game = self.main.game
        game.run_scripts(game.link())
        room = game.world_loader.rooms.add("room_test")
        kind = game.world.by_name.get(game.loaded.main) or game.world.define_object("obj_test")
        room.placements.append(Placement(kind, 0.0, 0.0))
        game.world_loader.rooms.start(room)

    def _has(self, name: str) -> bool:
        return name in self.main.game.rt.functions

    def _call(self, name: str) -> Failure | None:
        game = self.main.game
        rt = game.rt
        self_ = next(iter(game.world.instances.values()), rt.globals)
        rt.call(rt.functions[name], self_, self_)
        return None if self.main.loop.ending is None else self._ended(self.main.loop.ending)

    def _ended(self, code: int) -> Failure | None:
        """The test has ended its game: it has passed if the exit code is 0."""
        return Failure(f"the test ended its game with exit code {code}") if code else None

    def _run_whole(self) -> Failure | None:
        """Runs a file without test functions as a program that must end, and may say what it prints."""
        expected = expected_of(self.main.game.built.units[0].text)
        if expected is None:
            return self._run_program()
        failure, code = None, 0
        try:
            self._run_program()
            code = self.main.loop.ending or 0
        except GameEnd as end:
            code = end.code
        except Exception as error:
            failure, code = self._failed(error), 1
        words = expected.difference(self.main.output, failure.message if failure else "", code)
        if failure is not None and not expected.error:
            return failure
        return Failure(words) if words else None

    def _run_program(self) -> Failure | None:
        """Runs a program to its end."""
        self._start()
        loop = self.main.loop
        while loop.ending is None and (loop.persistent_program or loop.has_work()):
            due = self.simulation.next_due()
            if due is None:
                raise GmlError("the program waits for the network, and nothing can arrive any more")
            self.simulation.run(max(0.0, due - self.simulation.network.time))
        loop.finish(loop.ending or 0)
        return self._ended(loop.ending or 0)


class Hang(NamedTuple):
    """A failure after which no code of the test runs any more."""

    failure: Failure
