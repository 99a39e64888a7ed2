"""Runs a test of any kind: a built file and a test go in, its result comes out."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable

from gmlrun.engine.files import FileArea
from gmlrun.execution import boundary
from gmlrun.testing.limits import TimeIsUp, time_limit
from gmlrun.testing.results import REPLAY, SUITE, Case, Result
from gmlrun.testing.runner import Failure, Output, Prepared, Trial, result_of
from gmlrun.testing.suites import run_suite


def no_beat() -> None:
    """Does nothing: a suite continues, and nobody counts its time."""


def run_case(prepared: Prepared, case: Case, seed: int, timeout: float, beat: Callable[[], None] = no_beat) -> Result:
    """Runs one test in a fresh game; never raises for what it does. A suite calls `beat` while it keeps its limit."""
    if case.mark == "skip":
        return Result(case, "skipped", message=case.reason)
    output, start, may_have_saved = Output(), time.perf_counter(), True
    save_dir = os.path.join(tempfile.gettempdir(), f"gmlrun-test-{os.urandom(8).hex()}")
    try:
        if case.name == REPLAY:
            result = run_recording(prepared, case, save_dir, output, timeout)
        elif case.name == SUITE:
            result = run_suite(prepared, case, seed, save_dir, output, timeout, beat)
        else:
            trial = Trial(prepared, case, seed, save_dir, output)
            result = result_of(case, trial.run(timeout), output)
            may_have_saved = trial.simulation.has_used(FileArea)
    finally:
        if may_have_saved:
            import shutil

            shutil.rmtree(save_dir, ignore_errors=True)
    return result._replace(seconds=time.perf_counter() - start)


def run_recording(prepared: Prepared, case: Case, save_dir: str, output: Output, timeout: float) -> Result:
    """Runs a recording; it has passed where nothing is otherwise and no error was unhandled."""
    from gmlrun.testing.replay import read, replay

    recorded = read(case.file)  # anew, as a replay uses it up
    try:
        with time_limit(timeout):
            _, outcome = replay(recorded, save_dir, output.put, lambda line: output.put(f"gmlrun: {line}"))
    except TimeIsUp as error:
        words = f"the recording has not ended after {timeout:g} seconds; here it was"
        texts = recorded.built.texts
        return result_of(case, Failure(words, boundary.report(error, texts)), output)
    failure = Failure(outcome.difference) if outcome.difference else None
    if outcome.reports:
        failure = Failure(outcome.reports[-1].message, outcome.reports[-1])
    return result_of(case, failure, output)
