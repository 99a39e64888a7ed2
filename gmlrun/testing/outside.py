"""The input of a program beside packets, kept in a recording and given again.

These are answers of HTTP servers and of people at dialogs, variables of the environment, the files that the save area
had at the start, and the time zone.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from gmlrun.builtins.dialogs import Dialogs
from gmlrun.builtins.http import Http
from gmlrun.engine.environment import Environment
from gmlrun.errors import GmlError, UsageError
from gmlrun.net.http import Done, Progress, Request, Response
from gmlrun.net.watch.recording import RecordedBackend, ReplayedBackend, Tape
from gmlrun.runtime import Runtime

MOST_BYTES = 64 * 1024 * 1024
"""Of the files of a save area that are kept."""
Values = dict[str, list[Any]]
"""The values that a recording has between two polls, by kind."""


# ------------------------------------------------------------------- recording


class RecordedClient:
    """The HTTP client of a game that is recorded: what its threads get comes at the next poll, in the game's own."""

    def __init__(self, client: Any, tape: Tape, wake: Callable[[], None]) -> None:
        self.client = client
        self.tape = tape
        self.wake = wake
        self._numbers = itertools.count()
        self._come: deque[tuple[list[object], Callable[[], None]]] = deque()

    def submit(self, request: Request, done: Done, progress: Progress) -> None:
        """Begins a request, which is written down."""
        number = next(self._numbers)

        def answered(response: Response) -> None:
            row = [number, response.status, dict(response.headers), response.body.hex(), response.error]
            self._put(row, lambda: done(response))

        def moved(come: int, announced: int) -> None:
            self._put([number, come, announced], lambda: progress(come, announced))

        self.client.submit(request, answered, moved)
        self.tape.write("call", "http", asked(request), number)

    def _put(self, row: list[object], action: Callable[[], None]) -> None:
        self._come.append((row, action))
        self.wake()

    def deliver(self) -> None:
        """Writes down what has arrived, and hands it over."""
        while self._come:
            row, action = self._come.popleft()
            self.tape.write("http", row)
            action()


def asked(request: Request) -> list[object]:
    """A request as a recording has it."""
    return [request.method, request.url, dict(request.headers), request.body.hex()]


class RecordedDialogs(Dialogs):
    """The dialogs of a game that is recorded."""

    def __init__(self, rt: Runtime, tape: Tape) -> None:
        super().__init__(rt)
        self.tape = tape

    def ask(self, text: str, default: str) -> str:
        """The answer to a question, written down where somebody has typed it."""
        if self.rt.settings.dialogs != "stdin":
            return super().ask(text, default)
        try:
            answer = super().ask(text, default)
        except GmlError as error:
            self.tape.write("dialog", [str(error)])
            raise
        self.tape.write("dialog", answer)
        return answer


class RecordedEnvironment(Environment):
    """The environment of a game that is recorded."""

    def __init__(self, rt: Runtime, tape: Tape) -> None:
        super().__init__(rt)
        self.tape = tape

    def get(self, name: str) -> str:
        """The value of an environment variable, which is recorded."""
        value = super().get(name)
        self.tape.write("environment", value)
        return value


def attach_recorders(rt: Runtime, tape: Tape) -> None:
    """Makes a game that has not started record what comes to it."""
    backend = rt.backend
    assert isinstance(backend, RecordedBackend), "the game is made with the recording's backend"

    def http(rt: Runtime) -> Http:
        made = Http(rt)
        client = RecordedClient(made.client, tape, lambda: rt.network.wake())
        made.client = client  # type: ignore[assignment]
        backend.after_poll = client.deliver
        return made

    rt.stand_ins[Http] = http
    rt.stand_ins[Dialogs] = lambda rt: RecordedDialogs(rt, tape)
    rt.stand_ins[Environment] = lambda rt: RecordedEnvironment(rt, tape)


def keep_files(folder: Path, tape: Tape, log: Callable[[str], None]) -> None:
    """Writes down the files of a save area, unless they are very much."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    if sum(path.stat().st_size for path in files) > MOST_BYTES:
        log(f"the recording is without the files in {folder}, which are more than {MOST_BYTES >> 20} MiB")
        return
    for path in files:
        with contextlib.suppress(OSError):  # it may not be readable for us, as for the program
            tape.write("file", [path.relative_to(folder).as_posix(), path.read_bytes().hex()])


def time_zone() -> str:
    """The machine's time zone, in the words of POSIX."""
    seconds = -(time.altzone if time.localtime().tm_isdst else time.timezone)
    hours, minutes = divmod(abs(seconds) // 60, 60)
    west = "-" if seconds >= 0 else "+"
    return f"<LOC>{west}{hours}:{minutes:02}"


# ------------------------------------------------------------------- replaying


class Kept(NamedTuple):
    """A file of a save area."""

    path: str
    data: bytes


class ReplayedClient:
    """The HTTP client of a game that runs from a recording."""

    def __init__(self, backend: ReplayedBackend) -> None:
        self.backend = backend
        self._waiting: dict[int, tuple[Done, Progress]] = {}

    def submit(self, request: Request, done: Done, progress: Progress) -> None:
        """Begins a request, which is compared; its answer comes when it came."""
        self._waiting[self.backend.ask(asked(request))] = done, progress

    def deliver(self, values: Values) -> None:
        """Hands over what came at a poll."""
        for number, *fields in values.pop("http", ()):
            done, progress = self._waiting.get(number, (ignore, ignore))
            if len(fields) == 2:
                progress(*fields)
            else:
                status, headers, body, error = fields
                self._waiting.pop(number, None)
                done(Response(status, headers, body, error))


def ignore(*values: object) -> None:
    """Takes an answer to a request that the changed program has not made."""


class ReplayedDialogs(Dialogs):
    """The dialogs of a game that runs from a recording."""

    def __init__(self, rt: Runtime, values: Callable[[], Values]) -> None:
        super().__init__(rt)
        self.values = values

    def ask(self, text: str, default: str) -> str:
        """The answer that was given; the default where the recording has none."""
        if self.rt.settings.dialogs != "stdin":
            return super().ask(text, default)
        self.rt.output(text)
        answer = taken(self.values(), "dialog", default)
        if isinstance(answer, list):
            raise GmlError(answer[0])
        return str(answer)


class ReplayedEnvironment(Environment):
    """The environment of a game that runs from a recording."""

    def __init__(self, rt: Runtime, values: Callable[[], Values]) -> None:
        super().__init__(rt)
        self.values = values

    def get(self, name: str) -> str:
        """The value that a variable had."""
        return str(taken(self.values(), "environment", ""))


def taken(values: Values, kind: str, usual: object) -> object:
    """The next value of a kind, or a usual one."""
    kept = values.get(kind)
    return kept.pop(0) if kept else usual


def attach_replayers(rt: Runtime, backend: ReplayedBackend) -> ReplayedClient:
    """Makes a game that has not started receive what a recording holds."""
    client = ReplayedClient(backend)

    def http(rt: Runtime) -> Http:
        made = Http(rt)
        made.client = client  # type: ignore[assignment]
        return made

    rt.stand_ins[Http] = http
    rt.stand_ins[Dialogs] = lambda rt: ReplayedDialogs(rt, lambda: backend.now.values)
    rt.stand_ins[Environment] = lambda rt: ReplayedEnvironment(rt, lambda: backend.now.values)
    return client


def parse(values: Values) -> None:
    """Makes Python's values of the rows between two polls; raises ValueError, TypeError for damaged ones."""
    values["http"] = [answer_of(row) for row in values.get("http", ())]
    values["file"] = [file_of(*row) for row in values.get("file", ())]


def answer_of(row: Sequence[Any]) -> list[Any]:
    """A row on a request: how far its download is, or its answer."""
    if len(row) == 3:
        return [int(value) for value in row]
    number, status, headers, body, error = row
    if not isinstance(headers, Mapping):
        raise TypeError("headers")
    return [int(number), int(status), {str(k): str(v) for k, v in headers.items()}, bytes.fromhex(body), str(error)]


def file_of(path: str, data: str) -> Kept:
    """A row on a file; raises ValueError for one that would be outside of the save area."""
    parts = Path(path).parts
    if not parts or Path(path).is_absolute() or ".." in parts or "\\" in path or ":" in path:
        raise ValueError(path)
    return Kept(path, bytes.fromhex(data))


def write_files(folder: str, files: Sequence[Kept]) -> None:
    """Makes the save area what it was; raises UsageError where that cannot be done."""
    for file in files:
        place = Path(folder, file.path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.data)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError(f"cannot write the recorded file {file.path}: {reason}") from None


@contextlib.contextmanager
def in_zone(zone: str) -> Iterator[None]:
    """Sets the time zone of the process for a while; an empty one is the machine's."""
    if not zone or not hasattr(time, "tzset"):
        yield
        return
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
