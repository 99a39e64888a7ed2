"""The log of a server: what a program prints and gmlrun says goes in, a line each comes out, with time and level.

What a log cannot take is dropped, which is said once; no log ever ends a game.
"""

from __future__ import annotations

import io
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping
from logging.handlers import RotatingFileHandler
from typing import Any

from gmlrun.diagnostics import Diagnostic, Report
from gmlrun.errors import UsageError
from gmlrun.runtime import write_line

PROGRAM, OWN = "program", "gmlrun"
"""The streams: `show_debug_message`, and gmlrun itself."""
INFO, WARNING, ERROR = "info", "warning", "error"
OLD_FILES = 5
"""How many files of earlier lines are kept beside the log."""
MIB = 1024 * 1024
FIELDS = ("time", "level", "stream", "message")

Write = Callable[[str, str], None]
"""Takes a stream and a line of it."""


class Log:
    """Writes each thing that is said as one line."""

    def __init__(self, form: str, write: Write, now: Callable[[], float] = time.time) -> None:
        self.form = FORMS[form]
        self.write = write
        self.now = now

    def entry(self, stream: str, level: str, message: str, **more: object) -> None:
        """One line; `more` are further fields of it."""
        entry = {"time": stamp(self.now()), "level": level, "stream": stream, "message": message, **more}
        self.write(stream, self.form(entry))

    def program(self, line: str) -> None:
        """Write a line of `show_debug_message`."""
        self.entry(PROGRAM, INFO, line)

    def own(self, line: str) -> None:
        """Write a line of gmlrun's own."""
        is_warning, is_fault = line.startswith("warning: "), line.startswith("internal fault")
        self.entry(OWN, ERROR if is_fault else WARNING if is_warning else INFO, line.removeprefix("warning: "))

    def report(self, report: Report) -> None:
        """An unhandled error with its event, its place and its GML stack."""
        place: dict[str, object] = {}
        if report.place is not None:
            place = {"file": report.place.file, "line": report.place.line, "column": report.place.column}
        stack = [f"{frame.function} (line {frame.line} of {frame.file})" for frame in report.stack]
        more = {"event": report.where, **place, "stack": stack, "hint": report.hint}
        self.entry(OWN, ERROR, report.message, **{name: value for name, value in more.items() if value})

    def diagnostic(self, found: Diagnostic) -> None:
        """A warning about a source."""
        place = found.place
        more = {"file": place.file, "line": place.line, "column": place.column, "code": found.code}
        self.entry(OWN, found.severity, found.message, **more, **({"hint": found.hint} if found.hint else {}))


def stamp(seconds: float) -> str:
    """A moment as ISO 8601 in UTC, with milliseconds."""
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{whole}.{int(seconds * 1000) % 1000:03d}Z"


def as_json(entry: Mapping[str, object]) -> str:
    """A line as an object."""
    return json.dumps(entry, ensure_ascii=False)


def as_text(entry: Mapping[str, Any]) -> str:
    """A line for people: fields beyond the usual ones stand behind the message."""
    more = "".join(f" | {name}: {shown(value)}" for name, value in entry.items() if name not in FIELDS)
    head = f"{entry['time']} {entry['level'].upper():<7} {entry['stream']:<7}"
    return f"{head} {one_line(entry['message'])}{more}"


def shown(value: object) -> str:
    """A field's value on one line."""
    return " < ".join(map(one_line, value)) if isinstance(value, list) else one_line(str(value))


def one_line(text: str) -> str:
    """A text whose line ends are written as `\\\\n`, and other control characters as dots."""
    text = text.replace("\\", "\\\\").replace("\n", "\\n") if "\n" in text else text
    return "".join(char if char.isprintable() or char == "\t" else "." for char in text)


FORMS: dict[str, Callable[[Mapping[str, object]], str]] = {"text": as_text, "json": as_json}


def to_streams(stream: str, line: str) -> None:
    """Writes what the program prints to standard output, and the rest to standard error."""
    if stream == PROGRAM:
        write_line(sys.stdout, line, "standard output")
    else:
        write_line(sys.stderr, line, "standard error")


class LogFile(RotatingFileHandler):
    """A file that begins again when it is full; the files before it are kept with `.1`, `.2`, … behind their name."""

    def __init__(self, path: str, size: int) -> None:
        self.dropped = 0
        """How many lines could not be written since one could."""
        self.was_told = False
        try:
            super().__init__(path, maxBytes=size, backupCount=OLD_FILES, encoding="utf-8", errors="replace")
        except OSError as error:
            raise UsageError(f"cannot write the log {path}: {error.strerror}") from None

    def _open(self) -> Any:
        """Without a buffer, so that what could not be written is not written over and over again."""
        file = open(self.baseFilename, "ab", buffering=0)  # noqa: SIM115 (kept open)
        self.opened = os.fstat(file.fileno())
        return io.TextIOWrapper(file, encoding="utf-8", errors="replace", write_through=True)

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a line; into a new file where somebody has moved the old one away, as logrotate does."""
        try:
            is_there = os.path.samestat(os.stat(self.baseFilename), self.opened)
        except OSError:
            is_there = False
        if not is_there and self.stream is not None:
            self.stream.close()
            self.stream = None
        super().emit(record)

    def put(self, stream: str, line: str) -> None:
        """Writes a line, if that is possible."""
        before = self.dropped
        self.handle(logging.makeLogRecord({"msg": line}))
        if before and self.dropped == before:
            self.dropped = 0
            self.handle(logging.makeLogRecord({"msg": f"{before} lines could not be written here"}))

    def handleError(self, record: logging.LogRecord) -> None:
        """Counts the line, and tells of the first."""
        self.dropped += 1
        if not self.was_told:
            self.was_told = True
            error = sys.exc_info()[1]
            reason = getattr(error, "strerror", None) or error
            words = f"gmlrun: warning: the log {self.baseFilename} cannot be written ({reason}): lines are dropped"
            write_line(sys.stderr, words, "standard error")


def open_log(form: str | None, path: str | None, size: int) -> Log:
    """The log that the options ask for; `size` is in MiB. Raises UsageError."""
    return Log(form or "text", to_streams if path is None else LogFile(path, size * MIB).put)
