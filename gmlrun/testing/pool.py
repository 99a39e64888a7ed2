"""Runs tests in worker processes: prepared files go in, results come out as they come.

A worker that dies or hangs costs the test that it was at; another one goes on with the rest.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from gmlrun.errors import UsageError
from gmlrun.lean import NamedTuple
from gmlrun.testing.cases import run_case
from gmlrun.testing.limits import heard_alarms
from gmlrun.testing.results import Case, Result
from gmlrun.testing.runner import Prepared, prepare

GRACE = 5.0
"""Seconds that a test may take beyond its limit before its process is killed."""
AT_ONCE = 25
"""Tests of one file that a worker is given in one piece."""
SILENCE = 0.05
"""Seconds for which a worker keeps results, to send them together."""


class Job(NamedTuple):
    """Tests of one file."""

    prepared: Prepared
    cases: Sequence[Case]


class Task(NamedTuple):
    """A piece of a job: the job's number, and the tests that are still to run."""

    job: int
    cases: Sequence[Case]


class Orders(NamedTuple):
    """The orders of all workers. `files` are prepared, or paths where a worker is no copy of this process."""

    files: Sequence[Prepared | str]
    seed: int
    timeout: float
    coverage: str = ""
    """The folder for what runs, where that is recorded."""
    is_real: bool = False
    """Whether tests run over real sockets."""


class Worker:
    """A process with its pipe, and what it has still to do."""

    def __init__(self, context: Any, orders: Orders, others: Iterable[Connection] = ()) -> None:
        self.left: deque[Case] = deque()
        self.job = 0
        self.limit = orders.timeout + GRACE if orders.timeout > 0 else None
        self.progress = shared_numbers(context)
        """How many tests of the task it has done, and since when it is at the next one; the worker writes it."""
        self.received = 0
        """Results of the task that have arrived."""
        self.progress[1] = time.monotonic()
        self.pipe, theirs = context.Pipe()
        is_copy = context.get_start_method() == "fork"
        inherited = [self.pipe, *others] if is_copy else []
        self.process = context.Process(target=work, args=(theirs, orders, self.progress, inherited), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, task: Task) -> None:
        """Hands over tests."""
        self.job, self.left, self.received = task.job, deque(task.cases), 0
        self.progress[0], self.progress[1] = 0.0, time.monotonic()
        self.pipe.send((task.job, list(task.cases)))

    def patience(self) -> float | None:
        """Seconds until its test must have ended; None for no limit."""
        return None if self.limit is None else max(0.0, self.progress[1] + self.limit - time.monotonic())

    def take(self) -> list[Result] | None:
        """The results that have arrived; None where the process has ended instead."""
        try:
            rows = self.pipe.recv()
        except (EOFError, OSError):
            return None
        self.received += len(rows)
        return [Result(self.left.popleft(), *row) for row in rows]

    def lose_current(self) -> Case:
        """Takes the test at which it is out of those that are left; those before it have done nothing wrong."""
        at = min(int(self.progress[0]) - self.received, len(self.left) - 1)
        case = self.left[at]
        del self.left[at]
        return case

    def kill(self) -> None:
        """Ends the process at once."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def died(self) -> Result:
        """The result of the test at which the process ended."""
        self.process.join(1.0)
        words = f"the process of the test has ended: {ending(self.process.exitcode)}"
        return Result(self.lose_current(), "failed", message=words)

    def hung(self) -> Result:
        """The result of the test at which the process is killed."""
        words = f"the test did not stop {GRACE:g} seconds after its limit, and was killed"
        return Result(self.lose_current(), "failed", message=words)


def shared_numbers(context: Any) -> Any:
    """Two numbers that the workers of a context can set, and this process reads."""
    if context.get_start_method() != "fork":
        return context.RawArray("d", 2)
    import mmap

    return memoryview(mmap.mmap(-1, 16)).cast("d")


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


YOUNG = 3000
"""Objects that are made before Python looks for dead ones: some tests' worth, as each leaves a whole game. More of them
would not fit into the cache of the processor."""


def work(pipe: Connection, orders: Orders, progress: Any, inherited: Sequence[Connection]) -> None:
    """Runs the tests that a worker is given, and sends the results, until its pipe has no other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for end in inherited:  # a copy of the other end would keep the pipe open
        end.close()
    gc.set_threshold(YOUNG)
    gc.freeze()  # what stays is not looked through again and again
    made: dict[int, Prepared] = {}
    while True:
        try:
            job, cases = pipe.recv()
        except (EOFError, OSError):
            return
        prepared = made.get(job)
        if prepared is None:
            prepared = made[job] = ready(orders.files[job], orders)
        try:
            with heard_alarms():
                work_off(pipe, prepared, cases, orders, progress)
        except OSError:
            return


def recorded(action: Callable[[], object], folder: str) -> Any:
    """Does something; what runs meanwhile is recorded in a folder, if one is given."""
    if not folder:
        return action()
    from gmlrun.testing.covering import recorder

    record = recorder(folder)
    record.start()
    try:
        return action()
    finally:
        record.stop()
        record.save()


def work_off(pipe: Connection, prepared: Prepared, cases: Sequence[Case], orders: Orders, progress: Any) -> None:
    """Runs tests of one file; results go out together, but none waits long."""
    rows: list[Sequence[object]] = []
    sent = now = time.monotonic()
    for number, case in enumerate(cases):
        progress[0], progress[1] = number, now
        run = partial(run_case, prepared, case, orders.seed, orders.timeout, partial(touch, progress))
        rows.append(recorded(run, orders.coverage)[1:])
        now = time.monotonic()
        if now - sent > SILENCE or number + 1 == len(cases):
            pipe.send(rows)
            rows, sent = [], now


def touch(progress: Any) -> None:
    """Says that the test has not hung by now."""
    progress[1] = time.monotonic()


def ready(file: Prepared | str, orders: Orders) -> Prepared:
    """A prepared file; a path is compiled again."""
    prepared = prepare(file, None, not orders.coverage) if isinstance(file, str) else file
    assert isinstance(prepared, Prepared), "the file compiled a moment ago"
    return prepared._replace(is_real=orders.is_real)


def context() -> Any:
    """How processes are made: as copies where that is safe, which costs no new start."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


class Pool:
    """The workers of one run, and what is still to be handed out."""

    def __init__(self, jobs: Sequence[Job], seed: int, timeout: float, processes: int, coverage: str = "") -> None:
        self.context = context()
        is_copy = self.context.get_start_method() == "fork"
        files = [job.prepared if is_copy else job.prepared.file.path for job in jobs]
        is_real = any(job.prepared.is_real for job in jobs)
        self.orders = Orders(files, seed, timeout, coverage, is_real)
        self.queue = deque(tasks(jobs))
        self.processes = processes
        self.workers: dict[Connection, Worker] = {}

    def run(self) -> Iterator[Result]:
        """Yields results as they come, those of one piece in their order."""
        try:
            while self.queue or self.workers:
                self._fill()
                yield from self._wait()
        finally:
            for worker in self.workers.values():
                worker.kill()

    def _fill(self) -> None:
        """Starts workers while there is something for them to do."""
        while self.queue and len(self.workers) < self.processes:
            try:
                worker = Worker(self.context, self.orders, list(self.workers))
            except OSError as error:
                if not self.workers:
                    raise UsageError(f"the system starts no process for the tests: {error.strerror}") from None
                self.processes = len(self.workers)  # those that there are do all
                return
            self.workers[worker.pipe] = worker
            worker.give(self.queue.popleft())

    def _wait(self) -> Iterator[Result]:
        times = [time for worker in self.workers.values() if (time := worker.patience()) is not None]
        came = wait(list(self.workers), min(times, default=None))
        for pipe in came:
            worker = self.workers[pipe]  # type: ignore[index]
            results = worker.take()
            if results is None:
                yield from self._lose(worker, worker.died)
                continue
            yield from results
            if not worker.left:
                self._next(worker)
        for worker in [one for one in self.workers.values() if one.pipe not in came and one.patience() == 0.0]:
            yield from self._lose(worker, worker.hung)

    def _next(self, worker: Worker) -> None:
        """Gives a worker that has done all the next tests, or lets it go."""
        if self.queue:
            worker.give(self.queue.popleft())
        else:
            self.workers.pop(worker.pipe).kill()

    def _lose(self, worker: Worker, what: Any) -> Iterator[Result]:
        """Takes a worker out; what it has not begun goes back to the queue."""
        del self.workers[worker.pipe]
        if worker.left:
            yield what()
        if worker.left:
            self.queue.appendleft(Task(worker.job, list(worker.left)))
        worker.kill()


def tasks(jobs: Sequence[Job]) -> Iterator[Task]:
    """The jobs in pieces."""
    for number, job in enumerate(jobs):
        for start in range(0, len(job.cases), AT_ONCE):
            yield Task(number, job.cases[start : start + AT_ONCE])


def run_jobs(jobs: Sequence[Job], seed: int, timeout: float, processes: int, coverage: str = "") -> Iterator[Result]:
    """Runs all tests of all jobs; yields results as they come. `coverage`: a folder for what runs."""
    return Pool(jobs, seed, timeout, processes, coverage).run()


def processors() -> int:
    """How many processes are useful."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
