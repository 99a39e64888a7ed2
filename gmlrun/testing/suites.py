"""Runs the tests that a project has of a public framework: the project goes in, a result for each test comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gmlrun.testing.discover import framework_of
from gmlrun.testing.foreign import Finding, Watch
from gmlrun.testing.results import Case, Result
from gmlrun.testing.runner import Failure, Hang, Output, Trial, result_of

PIECE = 1.0
"""Virtual seconds after which it is looked whether the framework has reported; and that it has after it."""
LONGEST = 600.0
"""Virtual seconds in which a framework must have reported."""


class SuiteTrial(Trial):
    """One run of a project with a framework."""

    def __init__(self, *arguments: Any, beat: Callable[[], None]) -> None:
        super().__init__(*arguments)
        self.beat = beat
        """Is called while the limit of a test has not been reached."""
        framework = framework_of(self.main.game.built)
        assert framework is not None, "the project was found for its framework"
        self.watch = Watch(framework, self.main.game)

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
        return failure or self._unfinished()

    def _begin(self) -> Failure | None:
        game = self.main.game
        by_unit = game.link()
        self.watch.begin()
        game.begin(by_unit)
        self.main.loop.begin()
        return None

    def _go_on(self) -> Failure | None:
        """Lets time pass; a little more when the framework has reported, as it may be about to begin another suite."""
        loop = self.main.loop
        self.simulation.run(PIECE, lambda: loop.ending is not None)
        return None

    def _is_over(self) -> bool:
        loop = self.main.loop
        if loop.ending is not None or self.simulation.network.time >= LONGEST:
            return True
        if self.watch.is_done:
            self._timed(0.0, self._go_on)
            return self.watch.is_done
        return not (loop.persistent_program or loop.has_work())

    def _unfinished(self) -> Failure | None:
        name = self.watch.framework.name
        if self.main.loop.ending:
            return Failure(f"the project ended with exit code {self.main.loop.ending}")
        if not self.watch.is_done:
            ended = self.main.loop.ending is not None
            state = "ended" if ended else f"has run for {self.simulation.network.time:g} virtual seconds"
            return Failure(f"the project {state}, and {name} has not reported that its tests are over")
        if not self.watch.findings():
            return Failure(f"the project has the scripts of {name}, which ran no test")
        return None

    def result(self, failure: Failure | None, output: Output) -> Result:
        """The results of all tests; what kept the framework from its end is one more."""
        findings = self.watch.findings()
        parts = [self._part(finding) for finding in findings]
        whole = result_of(self.case, failure, output)
        if failure is not None:
            parts.append(whole)
        is_good = all(part.status != "failed" for part in parts)
        return Result(self.case, "passed" if is_good else "failed", parts=parts)

    def _part(self, finding: Finding) -> Result:
        case = Case(self.case.file, finding.name, 1, reason=finding.message if finding.status == "skipped" else "")
        return Result(case, finding.status, message=finding.message)
