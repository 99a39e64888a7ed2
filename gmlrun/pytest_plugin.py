"""The plugin for pytest: files of tests in GML are collected beside Python's, and Python tests get games to talk to.

pytest alone imports this, by the package's entry point. Manual: docs/testing.md.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import runtestprotocol

from gmlrun.testing.names import PROJECTS, is_asset, is_test_file

if TYPE_CHECKING:
    from gmlrun.pytest_games import GmlClock, GmlGame, GmlNetwork
    from gmlrun.testing.results import Case, Result
    from gmlrun.testing.runner import Prepared


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("gml_timeout", "seconds of real time that a test in GML may take; 0 for no limit", default="10")
    parser.addini("gml_seed", "the seed of chance and of the network in tests of GML", default="0")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> GmlFile | None:
    """Takes files of tests, and projects whose scripts have tests."""
    is_wanted = is_test_file(file_path.name) and not is_asset(os.fspath(file_path))
    if file_path.name.endswith(PROJECTS):
        from gmlrun.testing.discover import has_tests

        is_wanted = has_tests(os.fspath(file_path.parent))
    return GmlFile.from_parent(parent, path=file_path) if is_wanted else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where a test in GML is marked `only`, the other tests in GML do not run."""
    if not any(isinstance(item, GmlItem) and item.case.mark == "only" for item in items):
        return
    left_out = [item for item in items if isinstance(item, GmlItem) and item.case.mark != "only"]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Runs the suite that a project has of a public framework, and reports each of its tests by itself."""
    if not isinstance(item, GmlItem) or not item.is_suite:
        return None
    logged = item.ihook
    logged.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    for report in item.reports_of_parts() if item.parts else reports:
        logged.pytest_runtest_logreport(report=report)
    logged.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_report_from_serializable(data: dict[str, Any]) -> None:
    """Gives a test of a suite its own name again, where a process of pytest-xdist told of it by the suite's."""
    data["nodeid"] = data.pop(OWN_NAME, data["nodeid"])


OWN_NAME = "gml_nodeid"
"""The attribute of a report with the test's own name: pytest-xdist lets a process tell of collected items alone."""


class GmlFailure(Exception):
    """A test in GML that has failed."""

    def __init__(self, results: Sequence[Result]) -> None:
        super().__init__("; ".join(result.message for result in results))
        self.results = results


class GmlFile(pytest.File):
    """A file with tests in GML."""

    def collect(self) -> Iterable[GmlItem]:
        """The tests of the file; raises CollectError with all errors of a file that does not compile."""
        from gmlrun.testing.report import broken_text
        from gmlrun.testing.runner import Broken, prepare

        prepared = prepare(os.path.relpath(self.path))
        if isinstance(prepared, Broken):
            raise self.CollectError(broken_text(prepared))
        for case in prepared.cases:
            yield GmlItem.from_parent(self, name=case.name, prepared=prepared, case=case)


class GmlItem(pytest.Item):
    """One test in GML."""

    def __init__(self, *, prepared: Prepared, case: Case, **names: Any) -> None:
        super().__init__(**names)
        self.prepared = prepared
        self.case = case
        self.parts: Sequence[Result] = ()
        """The results of the tests in it, where it is a suite of a public framework that has run."""

    @property
    def is_suite(self) -> bool:
        """Whether it is all tests that a project has of a public framework."""
        from gmlrun.testing.results import SUITE

        return self.case.name == SUITE

    def runtest(self) -> None:
        """Runs it, as `gmlrun test` does."""
        from gmlrun.testing.cases import run_case

        timeout, seed = float(self.config.getini("gml_timeout")), int(self.config.getini("gml_seed"))
        result = run_case(self.prepared, self.case, seed, timeout)
        if result.output:
            self.add_report_section("call", "stdout", "\n".join(result.output))
        self.parts = result.parts
        if result.status == "skipped":
            pytest.skip(result.message)
        if result.status == "todo":
            pytest.xfail(result.message)
        if result.status == "failed":
            raise GmlFailure([one for one in result.parts or [result] if one.status == "failed"])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The text of a failure, with the place in GML."""
        from gmlrun.testing.report import failure_text

        if isinstance(excinfo.value, GmlFailure):
            return "\n\n".join(failure_text(result._replace(output=())) for result in excinfo.value.results)
        return super().repr_failure(excinfo, style)

    def reports_of_parts(self) -> Iterator[pytest.TestReport]:
        """The reports of the tests in a suite."""
        self.session.testscollected += len(self.parts) - 1
        for part in self.parts:
            for when in ("setup", "call", "teardown"):
                yield self._report_of(part, when)

    def _report_of(self, part: Result, when: Any) -> pytest.TestReport:
        """The report of a phase of a test in a suite: with its own file and line."""
        from gmlrun.testing.report import failure_text

        assert self.parent is not None, "an item is in a file"
        case, is_call = part.case, when == "call"
        outcome: Any = part.status if is_call else "passed"
        reason: Any = None
        if outcome == "failed":
            reason = failure_text(part._replace(output=()))
        elif outcome == "skipped":
            reason = (case.file, case.line, f"Skipped: {case.reason}")
        name = self.parent.name if case.name == self.case.name else case.name
        seconds, end = part.seconds if is_call else 0.0, time.time()
        nodeid = f"{self.parent.nodeid}::{name}"
        is_told_to_another = hasattr(self.config, "workerinput")
        made = pytest.TestReport(
            nodeid=self.nodeid if is_told_to_another else nodeid,
            location=(case.file, case.line - 1, name),
            keywords=dict.fromkeys([*self.listnames(), name], 1),
            outcome=outcome,
            longrepr=reason,
            when=when,
            duration=seconds,
            start=end - seconds,
            stop=end,
        )
        if is_told_to_another:
            setattr(made, OWN_NAME, nodeid)
        if is_call and part.output:
            made.sections.append(("Captured stdout call", "\n".join(part.output)))
        return made

    def reportinfo(self) -> tuple[Path, int, str]:
        """The place of the test, for pytest's report."""
        return self.path, self.case.line - 1, self.name


# ------------------------------------------------------------ for Python tests


@pytest.fixture
def gml_network(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GmlNetwork]:
    """A simulated network, on which this test's games are."""
    from gmlrun.pytest_games import GmlNetwork
    from gmlrun.testing.simulation import Simulation

    simulation = Simulation(int(request.config.getini("gml_seed")), lambda name, line: print(f"{name} | {line}"))
    yield GmlNetwork(simulation, tmp_path / "gml-save")
    simulation.close()


@pytest.fixture
def gml_clock(gml_network: GmlNetwork) -> GmlClock:
    """The clock of this test's games."""
    from gmlrun.pytest_games import GmlClock

    return GmlClock(gml_network.simulation)


@pytest.fixture
def gml_game(gml_network: GmlNetwork) -> Callable[..., GmlGame]:
    """Starts a program on this test's network and clock: `gml_game("server.gml")`."""
    return gml_network.start
