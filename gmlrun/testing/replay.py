"""Recordings of a run: a game that runs is recorded, a recording goes in and runs again, at virtual speed.

The clock of a recorded game stands still between two polls of the network, unless it is read very often, so that the
same times can be given again.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, TextIO

from gmlrun.build.built import Built
from gmlrun.build.pipeline import build, load
from gmlrun.cache import Cache
from gmlrun.diagnostics import Report
from gmlrun.engine.files import FileArea
from gmlrun.engine.input_script import InputAction
from gmlrun.errors import UsageError
from gmlrun.game import Game
from gmlrun.net.watch.recording import RecordedBackend, RecordedSegment, ReplayedBackend, Tape, segments_of
from gmlrun.project.model import Loaded
from gmlrun.runtime import Clock, Runtime, Settings, write_stderr
from gmlrun.testing import outside
from gmlrun.testing.rows import check_header, check_row

READS = 100
"""Reads of the clock after which it moves, although nothing was polled: a program may wait for a time to come."""
VERSION = 1
KEPT = ("arguments", "room", "spawn", "execute", "config", "optimise", "dialogs", "headless", "frame_async", "fps",
        "on_error", "exit_at_frame", "draw_events", "bind", "map_host", "answers", "send_queue_limit", "max_unpack",
        "idle_timeout")  # fmt: skip
"""The settings that a recording keeps."""


class Header(NamedTuple):
    """The first row of a recording."""

    program: Sequence[str]
    """The paths of the program, as seen from the recording's folder."""
    settings: Mapping[str, Any]
    input: Sequence[Sequence[Any]]
    map_port: Sequence[tuple[int, int]]
    seed: int
    now: float
    """Seconds since 1970, as the program began."""
    start: float
    """The same moment on the monotonic clock."""
    zone: str = ""
    """The time zone."""


class SteppedClock(Clock):
    """A clock that moves at polls, and after many reads."""

    def __init__(self, now: float, start: float) -> None:
        self.epoch = now - start
        self.time = start
        self.reads = 0

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC."""
        return self.epoch + self.monotonic()

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment."""
        self.reads += 1
        if self.reads >= READS:
            self.reads = 0
            self.go_on()
        return self.time

    def set(self, moment: float) -> None:
        """Goes on to a moment, as a poll is over."""
        self.reads, self.time = 0, moment

    def go_on(self) -> None:
        """Continues between two polls."""


class RecordingClock(SteppedClock):
    """The clock of a game that is recorded."""

    def __init__(self, tape: Tape, now: float, start: float) -> None:
        super().__init__(now, start)
        self.tape = tape

    def go_on(self) -> None:
        """Takes the real time, and writes it down."""
        self.time = time.monotonic()
        self.tape.write("time", self.time)

    def tick(self) -> float:
        """Takes the real time after a poll."""
        self.set(time.monotonic())
        return self.time

    def chance(self) -> int:
        """A number that cannot be predicted, written down."""
        number = super().chance()
        self.tape.write("chance", number)
        return number


class ReplayingClock(SteppedClock):
    """The clock of a game that runs from a recording."""

    def __init__(self, header: Header) -> None:
        super().__init__(header.now, header.start)
        self.segment: Callable[[], RecordedSegment] = lambda: RecordedSegment(self.time, [])

    def go_on(self) -> None:
        """Takes the recorded time, or a little more where the recording has none."""
        self.time = self._next("time", self.time + 0.001)

    def chance(self) -> int:
        """The recorded number."""
        return int(self._next("chance", 0))

    def _next(self, kind: str, usual: float) -> float:
        values = self.segment().values.get(kind)
        return float(values.pop(0)) if values else usual


# ------------------------------------------------------------------- recording


class Recording:
    """A recording that is being made."""

    def __init__(self, path: str, paths: Sequence[str], settings: Settings, seed: int) -> None:
        try:
            self.file: TextIO = open(path, "w", encoding="utf-8", newline="\n")  # noqa: SIM115 (until `close`)
        except OSError as error:
            raise UsageError(f"cannot write the recording {path}: {error.strerror}") from None
        self.tape = Tape(self.file, write_stderr)
        now, start = time.time(), time.monotonic()
        folder = os.path.dirname(os.path.abspath(path))
        header = Header(
            program=[os.path.relpath(one, folder) for one in paths],
            settings={name: plain_setting(getattr(settings, name)) for name in KEPT},
            input=[list(action) for action in settings.input],
            map_port=list(settings.map_port.items()),
            seed=seed,
            now=now,
            start=start,
            zone=outside.time_zone(),
        )
        self.tape.write("gmlrun recording", VERSION, header._asdict())
        self.clock = RecordingClock(self.tape, now, start)

    def front(self, backend: Any) -> RecordedBackend:
        """A backend that is recorded."""
        return RecordedBackend(backend, self.tape, self.clock.tick)

    def attach(self, rt: Runtime) -> None:
        """Records what comes to a game, which has not started, beside packets."""
        outside.keep_files(FileArea(rt).save, self.tape, rt.log)
        outside.attach_recorders(rt, self.tape)

    def close(self) -> None:
        """Ends the recording."""
        with contextlib.suppress(OSError):  # that it cannot be written has been told
            self.file.close()


def plain_setting(value: object) -> object:
    """A setting as JSON has it."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


# ------------------------------------------------------------------- replaying


class Recorded(NamedTuple):
    """A recording that has been read, and its program."""

    header: Header
    segments: list[RecordedSegment]
    settings: Settings
    loaded: Loaded
    built: Built


class ReplayOutcome(NamedTuple):
    """The outcome of a replay."""

    difference: str
    """The first thing that was otherwise; empty where there is none."""
    sends: int
    seconds: float
    """The length of the recording."""
    exit_code: int
    reports: Sequence[Report]


def read(path: str, cache: Cache | None = None) -> Recorded:
    """Reads a recording and compiles its program; raises UsageError and SourceErrors."""
    header, rows = read_rows(path)
    folder = os.path.dirname(os.path.abspath(path))
    paths = [os.path.relpath(os.path.normpath(os.path.join(folder, one))) for one in header.program]
    settings = settings_of(header, paths[0])
    loaded, settings = load(paths, settings)
    try:
        segments = segments_of(rows, header.start)
        for segment in segments:
            outside.parse(segment.values)
    except (ValueError, TypeError, KeyError, IndexError):
        raise UsageError(f"{path} is damaged") from None
    return Recorded(header, segments, settings, loaded, build(loaded, cache=cache))


def read_rows(path: str) -> tuple[Header, list[Any]]:
    """The header and the rows of a recording; one that was cut off ends where it was. Raises UsageError."""
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        name, version, fields = json.loads(lines[0])
        if name != "gmlrun recording":
            raise ValueError
        if version != VERSION:
            raise UsageError(f"{path} is a recording of another version of gmlrun")
        check_header(fields)
        header, rows = Header(**fields), [json.loads(line) for line in lines[1:-1]]
        for row in rows:
            check_row(row)
        return header, rows
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    except (ValueError, TypeError, RecursionError):
        raise UsageError(f"{path} is no recording of gmlrun, or is damaged") from None


def settings_of(header: Header, main: str) -> Settings:
    """The settings of the recorded run."""
    known = {name: value for name, value in header.settings.items() if name in KEPT}
    return Settings(
        program_dir=main if os.path.isdir(main) else os.path.dirname(os.path.abspath(main)),
        program_name=os.path.splitext(os.path.basename(main))[0],
        input=tuple(InputAction(*fields) for fields in header.input),
        map_port=MappingProxyType(dict(header.map_port)),
    )._replace(**known)


def replay(
    recorded: Recorded, save_dir: str, output: Callable[[str], None], log: Callable[[str], None]
) -> tuple[Game, ReplayOutcome]:
    """Runs a recording; what the program prints goes to `output`."""
    clock = ReplayingClock(recorded.header)
    backend = ReplayedBackend(recorded.segments, lambda: game.request_end(0))
    clock.segment = lambda: backend.now
    rt = Runtime(
        recorded.settings._replace(save_dir=save_dir),
        clock=clock,
        output=output,
        log=log,
        seed=recorded.header.seed,
        backend=backend,
    )
    client = outside.attach_replayers(rt, backend)

    def on_poll(moment: float) -> None:
        clock.set(moment)
        client.deliver(backend.now.values)

    backend.on_poll = on_poll
    outside.write_files(save_dir, recorded.segments[0].values.get("file", ()))
    reports: list[Report] = []
    game = Game(recorded.built, recorded.loaded, rt, reports.append)
    with outside.in_zone(recorded.header.zone):
        code = game.run()
    backend.finish()
    seconds = clock.time - recorded.header.start
    return game, ReplayOutcome(backend.difference, backend.sends, seconds, code, reports)
