"""Runs the tests that a project has of a public framework: the project goes in, a result for each test comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from gmlrun.errors import UsageError
from gmlrun.testing.discover import framework_of
from gmlrun.testing.foreign import Finding, Watch, place_of
from gmlrun.testing.results import Case, Result
from gmlrun.testing.runner import Failure, Hang, Output, Prepared, Trial, result_of

PIECE = 1.0
"""Virtual seconds after which it is looked whether the framework has reported; and that it has after it."""
LONGEST = 600.0
"""Virtual seconds in which a test must have begun or ended."""
Key = tuple[str, str, int, int]
"""A test's name, its file and line, and how many alike were before it."""
MOST_STARTS = 1000
"""How often a project is started whose framework continues behind the test that ended the game."""


class SuiteTrial(Trial):
    """One run of a project with a framework."""

    def __init__(self, *arguments: Any, beat: Callable[[], None]) -> None:
        super().__init__(*arguments)
        self.beat = beat
        """Is called while the limit of a test has not been reached."""
        framework = framework_of(self.main.game.built)
        assert framework is not None, "the project was found for its framework"
        self.framework, self.room = framework, self.main.game.rt.settings.room
        self.watch = Watch(framework, self.main.game)
        self.errors: dict[str, Failure] = {}
        """Errors that no test has caught, by the names of the tests that ran meanwhile."""
        self.has_error = False
        self.loose: Failure | None = None
        """The first error after which the game went on, and of which no test is known."""
        self._progress = (0, 0.0)
        """How far the tests were when that was last looked at, and since when in virtual time."""

    def put(self, name: str, line: str) -> None:
        """Takes a line that a game prints."""
        super().put(name, line)
        self.watch.put(line)

    def run(self, timeout: float) -> Failure | None:
        """Runs until the framework has reported; None where nothing kept it from that."""
        found = self._timed(timeout, self._begin)
        while found is None and not self._is_over():
            self.beat()
            found = self._timed(timeout, self._go_on)
        self.simulation.close()
        failure = found[0] if isinstance(found, Hang) else found
        return failure or self.loose or (None if self.has_error else self._unfinished())

    @property
    def may_go_on(self) -> bool:
        """Whether another start of the project runs the tests behind the one that ended the game."""
        has_ended = self.main.loop.ending is not None or self.has_error
        return has_ended and self.framework.after_error == "restart" and not self.watch.is_done

    def _begin(self) -> Failure | None:
        game = self.main.game
        by_unit = game.link()
        self.watch.begin()
        if self.framework.after_error == "go on":
            game.world.dispatch.on_error = self._take
        try:
            game.begin(by_unit)
        except UsageError as error:  # there is no such room
            self.has_error = True
            return Failure(str(error))
        self.main.loop.begin()
        return None

    def _failed(self, error: BaseException) -> Failure:
        """Takes an error that ends the game, or that it continues after: the program's own handler hears of it."""
        running, reports = [*self.framework.running(self.watch)], self.main.reports
        count = len(reports)
        self.main.game.unhandled(error)
        failure = Failure(reports[-1].message, reports[-1]) if len(reports) > count else super()._failed(error)
        self.errors |= {name: failure for name in running if name not in self.errors}
        self.has_error = True
        return failure

    def _take(self, error: Exception) -> None:
        """Takes an error after which the game continues."""
        known = len(self.errors)
        failure = self._failed(error)
        if len(self.errors) == known:
            self.loose = self.loose or failure

    def _timed(self, timeout: float, action: Callable[[], Failure | None]) -> Any:
        """Runs something with a limit; an error of a test that is known is told with that test."""
        known = len(self.errors)
        found = super()._timed(timeout, action)
        if isinstance(found, Failure) and len(self.errors) > known and self.may_go_on:
            self.main.loop.ending = 1
            return None
        return found

    def _go_on(self) -> Failure | None:
        """Lets time pass; a little more when the framework has reported, as it may be about to begin another suite."""
        loop = self.main.loop
        self.simulation.run(PIECE, lambda: loop.ending is not None)
        return None

    def _is_over(self) -> bool:
        loop, now = self.main.loop, self.simulation.network.time
        if loop.ending is not None or self._stands_still(now):
            return True
        if self.watch.is_done:
            self._timed(0.0, self._go_on)
            return self.watch.is_done
        return not (loop.persistent_program or loop.has_work())

    def _stands_still(self, now: float) -> bool:
        """Whether no test has begun or ended for long."""
        if self.watch.progress != self._progress[0]:
            self._progress = (self.watch.progress, now)
        return now - self._progress[1] >= LONGEST

    def _unfinished(self) -> Failure | None:
        name = self.framework.name
        if self.main.loop.ending:
            return Failure(f"the project ended with exit code {self.main.loop.ending}")
        if not self.watch.is_done:
            ended = self.main.loop.ending is not None or self.simulation.network.time == 0.0
            state = "ended" if ended else f"has run for {self.simulation.network.time:g} virtual seconds"
            return Failure(f"the project {state}, and {name} has not reported that its tests are over{self._hint()}")
        if not self.watch.findings():
            return Failure(f"the project has the scripts of {name}, which ran no test")
        return None

    def _hint(self) -> str:
        """Where the tests may be begun instead, if none ran."""
        rooms = [room.name for room in self.main.game.world_loader.rooms.rooms]
        other = next((name for name in rooms if "test" in name.lower() and name != self.room), "")
        if self.watch.findings() or len(rooms) < 2:
            return ""
        return f": do they begin in another room (--room {other or 'NAME'})?"

    def parts(self) -> Iterator[Result]:
        """The results of all tests by now."""
        findings = self.watch.findings()
        known = {finding.name for finding in findings}
        findings += [Finding(name, "failed") for name in self.errors if name not in known]
        return map(self._part, findings)

    def _part(self, finding: Finding) -> Result:
        place = place_of(finding.function)
        file, line = place if place is not None and place[0] in self.main.game.texts else (self.case.file, 1)
        case = Case(file, finding.name, line, reason=finding.message if finding.status == "skipped" else "")
        made = Result(case, finding.status, finding.seconds, finding.message)
        error = self.errors.get(finding.name)
        if error is None or finding.status != "failed":
            return made
        report = error.report
        return made._replace(
            message=error.message, place=report.place if report else None, stack=report.stack if report else ()
        )


def run_suite(
    prepared: Prepared, case: Case, seed: int, save_dir: str, output: Output, timeout: float, beat: Callable[[], None]
) -> Result:
    """Runs the tests that a project has of a public framework; what kept the framework from its end is one more."""
    found: dict[Key, Result] = {}
    for _ in range(MOST_STARTS):
        trial = SuiteTrial(prepared, case, seed, save_dir, output, beat=beat)
        failure, known = trial.run(timeout), len(found)
        for key, part in numbered(trial.parts()):
            found.setdefault(key, part)
        if not trial.may_go_on or len(found) == known:
            break
    parts = list(found.values())
    if failure is not None:
        parts.append(result_of(case, failure, output))
    is_good = all(part.status != "failed" for part in parts)
    return Result(case, "passed" if is_good else "failed", parts=parts)


def numbered(parts: Iterator[Result]) -> Iterator[tuple[Key, Result]]:
    """Results with what tells them from others in each start of the project."""
    counts: Counter[tuple[str, str, int]] = Counter()
    for part in parts:
        code = (part.case.name, part.case.file, part.case.line)
        yield (*code, counts[code]), part
        counts[code] += 1
