"""Standard streams that are closed, full, without a reader or of a poor encoding go in; streams that serve come out."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import Any, TextIO

from gmlrun.diagnostics import print_error


class LenientStream:
    """A stream that drops what cannot be written, with one word of it; a reader that has gone is none worth telling."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self.stream = stream
        self.name = name
        self.has_lost = self.has_told = False
        """Whether something could not be written, and whether that was said."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """Writes a text; characters that the encoding has not are escaped."""
        encoding = self.stream.encoding or "utf-8"
        try:
            self.stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        except (OSError, ValueError) as error:
            self._tell(error)
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Writes texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Writes what is held back."""
        try:
            self.stream.flush()
        except (OSError, ValueError) as error:
            self._tell(error)

    def _tell(self, error: Exception) -> None:
        self.has_lost = True
        if self.has_told or getattr(error, "errno", None) == errno.EPIPE:
            return
        self.has_told = True
        reason = getattr(error, "strerror", None) or error
        print_error(f"gmlrun: warning: {self.name} cannot be written ({reason}): lines are dropped")


@contextlib.contextmanager
def standard_streams(is_game: bool) -> Iterator[None]:
    """Puts streams that serve in the place of those that do not.

    A game has its own way to write lines, and tells its program of a closed input.
    """
    stdin = sys.stdin
    replace_closed(is_game)
    stdout = sys.stdout
    if not is_game and not stdout.isatty():
        sys.stdout = LenientStream(stdout, "standard output")
    try:
        yield
    finally:
        give_up_on_lost_output()
        if sys.stdin is not None and stdin is None:
            sys.stdin.close()
        sys.stdin, sys.stdout = stdin, stdout


def replace_closed(is_game: bool) -> None:
    """Has what is written to a stream that was closed before the start go nowhere, and nothing come from another."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (it lives as long as the process)
    if sys.stdin is None and not is_game:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 (as above)


def give_up_on_lost_output() -> None:
    """Writes what standard output still holds; what cannot be written is dropped without a word of Python's."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            drop(stream)
    if isinstance(sys.stdout, LenientStream) and sys.stdout.has_lost:
        drop(sys.stdout)


def drop(stream: Any) -> None:
    """Has what a stream still holds go nowhere, so that Python does not stumble over it at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
