"""Standard streams that are closed, full, without a reader or of a poor encoding go in; streams that serve come out."""

from __future__ import annotations

import errno
import os
import sys

from gmlrun.diagnostics import print_error
from gmlrun.lean import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TextIO


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


class standard_streams:
    """Puts streams that serve in the place of those that do not.

    A game has its own way to write lines, and tells its program of a closed input.
    """

    def __init__(self, is_game: bool, ends_unheard: bool) -> None:
        self.is_game = is_game
        self.ends_unheard = ends_unheard
        """Whether the command continues forever, and ends once nobody reads what it writes."""
        self.opened: list[str] = []
        self.stdout = sys.stdout

    def __enter__(self) -> None:
        self.opened = replace_closed(("stdout", "stderr") if self.is_game else ("stdin", "stdout", "stderr"))
        self.stdout = sys.stdout
        if not (self.is_game or self.ends_unheard or self.stdout.isatty()):
            sys.stdout = LenientStream(self.stdout, "standard output")

    def __exit__(self, *raised: object) -> None:
        give_up_on_lost_output()
        sys.stdout = self.stdout
        for name in self.opened:
            getattr(sys, name).close()
            setattr(sys, name, None)


def replace_closed(names: Sequence[str]) -> list[str]:
    """Opens nothing in the place of each stream that was closed before the start; the names of these."""
    closed = [name for name in names if getattr(sys, name) is None]
    for name in closed:
        mode = "r" if name == "stdin" else "w"
        setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 (until the command ends)
    return closed


def give_up_on_lost_output() -> None:
    """Writes what standard output still holds; drops what cannot be written, without Python's own message."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            drop(stream)
    if isinstance(sys.stdout, LenientStream) and sys.stdout.has_lost:
        drop(sys.stdout)


def drop(stream: Any) -> None:
    """Discards what a stream still holds, so that Python does not fail on it at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
