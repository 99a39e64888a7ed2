"""A whole run of tests: paths and options go in, files are compiled, tests are chosen and run, results come out."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from gmlrun.cache import Cache
from gmlrun.errors import UsageError
from gmlrun.lean import NamedTuple
from gmlrun.testing import discover
from gmlrun.testing.pool import Job, run_jobs
from gmlrun.testing.results import SUITE, Case, Result
from gmlrun.testing.runner import Broken, Prepared, prepare


class Wish(NamedTuple):
    """The options of a run of tests."""

    paths: Sequence[str] = ()
    filter: str = ""
    """A text that names of tests contain, or `/REGEX/`."""
    fail_fast: bool = False
    jobs: int = 1
    timeout: float = 10.0
    """Seconds of real time for each test; 0 for no limit."""
    seed: int = 0
    shuffle: bool = False
    coverage: str = ""
    """A folder in which is recorded what runs; empty for no record."""
    is_real: bool = False
    """Whether tests run over real sockets, in real time."""
    room: str = ""
    """Where projects with tests of a public framework start; empty for their first rooms."""


class Suite(NamedTuple):
    """The files that compiled, the tests of each that were chosen, and the files that did not compile."""

    jobs: list[Job]
    broken: list[Broken]

    @property
    def cases(self) -> list[Case]:
        return [case for job in self.jobs for case in job.cases]


def collect(wish: Wish, cache: Cache | None = None) -> Suite:
    """Compiles all files and chooses their tests; raises UsageError for paths and filters that are wrong."""
    matches = matcher(wish.filter)
    found = [prepare(path, cache, not wish.coverage) for path in discover.find_files(wish.paths)]
    prepared = [one._replace(is_real=wish.is_real, room=wish.room) for one in found if isinstance(one, Prepared)]
    chosen = [(one, [case for case in one.cases if case.name == SUITE or matches(case.title)]) for one in prepared]
    if any(case.mark == "only" for _, cases in chosen for case in cases):
        chosen = [(one, [case for case in cases if case.mark == "only"]) for one, cases in chosen]
    if wish.shuffle:
        chance = random.Random(wish.seed)
        chance.shuffle(chosen)
        for _, cases in chosen:
            chance.shuffle(cases)
    jobs = [Job(one, cases) for one, cases in chosen if cases]
    broken = [one for one in found if isinstance(one, Broken)]
    if wish.filter and not jobs and not broken:
        raise UsageError(f"no test fits --filter {wish.filter}: gmlrun test --list prints what there is")
    return Suite(jobs, broken)


def matcher(text: str) -> Callable[[str], bool]:
    """Return a function that tells whether a name is wanted; raises UsageError for a wrong regular expression."""
    if len(text) > 1 and text.startswith("/") and text.endswith("/"):
        try:
            pattern = re.compile(text[1:-1])
        except re.error as error:
            raise UsageError(f"--filter {text}: {error}") from None
        return lambda name: pattern.search(name) is not None
    return lambda name: text in name


def run(suite: Suite, wish: Wish, on_result: Callable[[Result], None]) -> list[Result]:
    """Runs the tests, with `fail_fast` until the first that fails; the results are in the order of the tests."""
    results: list[Result] = []
    running = run_jobs(suite.jobs, wish.seed, wish.timeout, max(1, wish.jobs), wish.coverage)
    for result in running:
        results.append(result)
        for one in parts_of(result, wish):
            on_result(one)
        if wish.fail_fast and result.status == "failed":
            break
    running.close()  # type: ignore[attr-defined]
    places = {case: place for place, case in enumerate(suite.cases)}
    ordered = sorted(results, key=lambda result: places[result.case])
    return [one for result in ordered for one in parts_of(result, wish)]


def parts_of(result: Result, wish: Wish) -> Sequence[Result]:
    """A result, or those of the tests in a suite of a public framework that are wanted."""
    wanted = matcher(wish.filter)
    return [one for one in result.parts if one.place or wanted(one.case.title)] if result.parts else [result]
