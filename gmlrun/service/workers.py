"""`--workers`: the options of a run go in; N processes share its ports, and crashed ones are started again.

The kernel gives each new connection to one of them (SO_REUSEPORT). This process only watches over them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from pathlib import PurePath

from gmlrun.diagnostics import print_error
from gmlrun.errors import UsageError
from gmlrun.service.facts import WORKER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions

NOTIFY = "NOTIFY_SOCKET"
NO_PORT = 98
"""The exit code of a worker that could not listen: the next one could not either."""
LOOK = 0.2
"""Seconds between two looks at the workers."""
AGAIN = 2.0
"""Seconds until a worker is tried again that the system gave no process."""
YOUNG = 5.0
"""Seconds: a worker that fails before is not started again, as the next one would fail too."""
HANGUP = getattr(signal, "SIGHUP", None)
"""The signal to reload; None on systems without it, which have no workers either."""
PASSED_ON = (signal.SIGTERM, signal.SIGINT, *([HANGUP] if HANGUP else []))
DIES_WITH_PARENT = 1


class Worker:
    """One of the processes."""

    def __init__(self, number: int, process: int) -> None:
        self.number = number
        self.process = process
        self.started = time.monotonic()


class Supervisor:
    """Starts workers and waits for their end. After `run`, `number` is 0 here, and the worker's own in a worker."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.workers: dict[int, Worker] = {}
        self.missing: dict[int, float] = {}
        """The numbers of workers that there was no process for, each with the time of the next try."""
        self.unsaid: list[str] = []
        """The lines that tell of them, which are printed as soon as any worker runs."""
        self.is_ending = False
        self.code = 0
        """The exit code: that of the last worker that failed."""
        self.number = 0

    def run(self) -> int | None:
        """The exit code when all workers have ended; None in a worker."""
        for number in range(1, self.count + 1):
            if self._start(number):
                return None
        if not self.workers:
            raise UsageError("--workers: the system starts no process (see ulimit -u, or the pids limit)")
        for passed in PASSED_ON:
            signal.signal(passed, self._pass_on)
        while self.workers or (self.missing and not self.is_ending):
            process, status = ended_process()
            if process == 0:
                time.sleep(LOOK)
                if self._start_missing():
                    return None
            elif self._ended(self.workers.pop(process), os.waitstatus_to_exitcode(status)):
                return None
        return self.code

    def _start(self, number: int) -> bool:
        """Starts a worker; True in it. Signals wait until it is known here, or has handlers of its own."""
        signal.pthread_sigmask(signal.SIG_BLOCK, PASSED_ON)
        try:
            return self._fork(number)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)

    def _fork(self, number: int) -> bool:
        """Starts a worker; True in it. Where the system refuses, it is tried again later."""
        parent = os.getpid()
        try:
            process = os.fork()
        except OSError as error:
            if number not in self.missing:
                self.unsaid.append(f"gmlrun: worker {number} has no process ({error.strerror}): it is tried again")
            self.missing[number] = time.monotonic() + AGAIN
            if self.workers:
                self._say()
            return False
        self.missing.pop(number, None)
        if process:
            self.workers[process] = Worker(number, process)
            self._say()
            return False
        for passed in PASSED_ON:
            signal.signal(passed, signal.SIG_DFL if passed != signal.SIGINT else signal.default_int_handler)
        os.setpgid(0, 0)  # Ctrl-C at a terminal is passed on, and comes once
        die_with_parent(parent)
        os.environ[WORKER] = str(number)
        os.environ.pop(NOTIFY, None)
        self.number = number
        return True

    def _start_missing(self) -> bool:
        """Tries again what had no process; True in the new worker."""
        self._say()
        now = time.monotonic()
        due = [] if self.is_ending else [number for number, at in self.missing.items() if at <= now]
        return any(self._start(number) for number in due)

    def _say(self) -> None:
        for line in self.unsaid:
            print_error(line)
        self.unsaid.clear()

    def _ended(self, worker: Worker, code: int) -> bool:
        """A worker has ended; True in the one that takes its place."""
        if code == 0 or self.is_ending:
            self.code = self.code or max(code, 0)
            return False
        if code == NO_PORT:
            self.code = 1
            return False
        self.code = code if code > 0 else 128 - code
        if code == 2 or time.monotonic() - worker.started < YOUNG:
            return False
        print_error(f"gmlrun: worker {worker.number} has ended with {code}: it is started again")
        return self._start(worker.number)

    def _pass_on(self, number: int, frame: object) -> None:
        self.is_ending = self.is_ending or number != HANGUP
        for process in list(self.workers):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)


def ended_process() -> tuple[int, int]:
    """Returns the number of a child that has ended, and how it ended; zeros where none has."""
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(-1, os.WNOHANG)
    return 0, 0


def supervise(options: CommandOptions) -> int | None:
    """Runs the workers that the options ask for: the exit code; None in a worker, whose options are its own then."""
    check(options)
    supervisor = Supervisor(options.workers)
    code = supervisor.run()
    if code is None:
        make_own(options, supervisor.number)
    return code


def check(options: CommandOptions) -> None:
    """Raises UsageError for what workers cannot share."""
    if not (hasattr(os, "fork") and hasattr(socket, "SO_REUSEPORT")):
        raise UsageError("--workers does not work on this system")
    if options.agones:
        raise UsageError("--workers and --agones do not go together: a game server of Agones is one process")
    if any(port == 0 for _, port in options.map_port):
        raise UsageError("--workers share a port: --map-port FROM=0 would give each of them another one")


def make_own(options: CommandOptions, number: int) -> None:
    """Gives a worker what cannot be shared: a status port, a control socket, a log, a capture."""
    if options.status is not None:
        address, port = options.status
        options.status = address, port and port + number - 1
    if options.control:
        options.control = numbered(options.control, number)
    if options.log_file:
        options.log_file = numbered(options.log_file, number)
    options.trace_net = [path and numbered(path, number) for path in options.trace_net]


def numbered(path: str, number: int) -> str:
    """`server.log` as `server.1.log`."""
    pure = PurePath(path)
    return str(pure.with_name(f"{pure.stem}.{number}{pure.suffix}"))


def die_with_parent(parent: int) -> None:
    """Asks the system to end this process when its parent dies, where it can."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, int(signal.SIGTERM))
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
