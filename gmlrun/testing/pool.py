"""Runs files of tests in processes of their own: prepared files go in, results come out as they come.

A worker that dies or hangs costs the test that it was at; another one goes on with the rest.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from gmlrun.testing.results import Case, Result
from gmlrun.testing.runner import Prepared, prepare, run_case

GRACE = 5.0
"""Seconds that a test may take beyond its limit before its process is killed."""


class Job(NamedTuple):
    """Tests of one file."""

    prepared: Prepared
    cases: Sequence[Case]


class Worker:
    """A process with its pipe, and what it has still to do."""

    def __init__(self, context: Any, job: Job, seed: int, timeout: float) -> None:
        self.job = job
        self.left = list(job.cases)
        self.limit = timeout
        self.pipe, theirs = context.Pipe(duplex=False)
        shared = job if context.get_start_method() == "fork" else job.prepared.file.path
        arguments = (theirs, shared, self.left, seed, timeout)
        self.process = context.Process(target=work, args=arguments, daemon=True)
        self.process.start()
        theirs.close()

    def kill(self) -> None:
        """Ends the process at once."""
        self.process.kill()
        self.process.join()

    def died(self) -> Result:
        """What became of the test at which the process ended."""
        self.process.join(1.0)
        return Result(
            self.left[0], "failed", message=f"the process of the test has ended: {ending(self.process.exitcode)}"
        )


def ending(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None:
        return "for an unknown reason"
    if code < 0:
        try:
            return f"by the signal {signal.Signals(-code).name}"
        except ValueError:
            return f"by the signal {-code}"
    return f"with exit code {code}"


def work(pipe: Connection, shared: Job | str, cases: Sequence[Case], seed: int, timeout: float) -> None:
    """What a worker does: runs its tests, and sends each result. One that is no copy compiles the file again."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepared = prepare(shared) if isinstance(shared, str) else shared.prepared
    assert isinstance(prepared, Prepared), "the file compiled a moment ago"
    for case in cases:
        pipe.send(run_case(prepared, case, seed, timeout))
    pipe.close()


def context() -> Any:
    """How processes are made: as copies where that is safe, which costs no new start."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def run_jobs(jobs: Sequence[Job], seed: int, timeout: float, processes: int) -> Iterator[Result]:
    """Runs all tests of all jobs; yields results as they come, those of one file in their order."""
    made, queue = context(), list(jobs)[::-1]
    workers: dict[Any, Worker] = {}
    try:
        while queue or workers:
            while queue and len(workers) < processes:
                worker = Worker(made, queue.pop(), seed, timeout)
                workers[worker.pipe] = worker
            limit = timeout + GRACE if timeout > 0 else None
            ready = wait(list(workers), limit)
            for pipe in ready or list(workers):
                yield from take(workers, pipe, queue, bool(ready))
    finally:
        for worker in workers.values():
            worker.kill()


def take(workers: dict[Any, Worker], pipe: Any, queue: list[Job], is_ready: bool) -> Iterator[Result]:
    """Takes a result from a worker, or its end; what it has not done goes back to the queue."""
    worker = workers[pipe]
    if not is_ready:
        worker.kill()
    try:
        result = pipe.recv() if is_ready else None
    except (EOFError, OSError):
        result = None
    if result is not None:
        worker.left.pop(0)
        yield result
        return
    del workers[pipe]
    pipe.close()
    if worker.left:
        case = worker.left[0]
        words = f"the test did not stop {GRACE:g} seconds after its limit, and was killed"
        yield worker.died() if is_ready else Result(case, "failed", message=words)
        if worker.left[1:]:
            queue.append(Job(worker.job.prepared, worker.left[1:]))
    worker.process.join(1.0)


def processors() -> int:
    """How many processes are useful."""
    return os.cpu_count() or 1
