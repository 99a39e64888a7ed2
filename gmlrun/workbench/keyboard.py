"""Standard input as lines: a terminal, a pipe or a file is read beside the loop, which takes a line when it wants."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from gmlrun.errors import UsageError
from gmlrun.net.threads import REFUSED, begin_thread

if TYPE_CHECKING:
    from gmlrun.workbench.views import EventScreen

HELD = 1000
"""How many lines are read ahead."""
READ_SIZE = 65536
LONGEST = 1 << 22
"""Bytes of one line; what is longer is cut there."""


class LineReader:
    """Reads lines on a thread of its own, and calls `wake` when there is something new.

    The descriptor is read directly: a thread that waits in a Python file would hold up the end of the process.
    """

    def __init__(self, wake: Callable[[], None], descriptor: int | None = None) -> None:
        self.descriptor = standard_input() if descriptor is None else descriptor
        self.is_terminal = self.descriptor >= 0 and os.isatty(self.descriptor)
        self.lines: deque[str] = deque()
        self.is_over = False
        """Whether nothing more will come."""
        self.number = 0
        """How many lines have been taken."""
        self._wake = wake
        self._room = threading.Semaphore(HELD)
        begun = begin_thread(self._read)
        if begun is None:
            raise UsageError(f"nothing can be read beside the network: {REFUSED}")
        self.thread = begun

    def below(self, screen: EventScreen) -> contextlib.AbstractContextManager[None]:
        """Lets a screen show what happens while lines are read."""
        return contextlib.nullcontext()

    def take(self) -> str | None:
        """The next line, if there is one."""
        if not self.lines:
            return None
        self.number += 1
        self._room.release()
        return self.lines.popleft()

    @property
    def is_done(self) -> bool:
        """Whether all lines have been taken, and no more will come."""
        return self.is_over and not self.lines

    def _read(self) -> None:
        rest = b""
        while True:
            data = self._chunk()
            if not data:
                break
            *whole, rest = (rest + data).split(b"\n")
            for line in whole:
                self._add(line)
            if len(rest) > LONGEST:
                self._add(rest)
                rest = b""
        if rest:
            self._add(rest)
        self.is_over = True
        self._wake()

    def _chunk(self) -> bytes:
        try:
            return os.read(self.descriptor, READ_SIZE) if self.descriptor >= 0 else b""
        except OSError:
            return b""

    def _add(self, line: bytes) -> None:
        self._room.acquire()
        self.lines.append(line.decode("utf-8", "replace").rstrip("\r"))
        self._wake()


def standard_input() -> int:
    """The descriptor of standard input; -1 where it is closed."""
    try:
        return sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return -1
