"""Code of the program that does not come to an end: the frames that run go in, an exception that ends them comes out.

An event is known by its game's outermost frame, so that nothing needs to be counted while events run. On the main
thread a timer signal looks, elsewhere a thread does.
"""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from types import FrameType
from typing import Any

from gmlrun.errors import EventTimeout, GameEnd
from gmlrun.runtime.boundary import is_gml
from gmlrun.runtime.context import Runtime

GRACE = 0.5
"""Seconds that an event may still take once the game is to end."""
LOOKS = 8
"""How often a look is taken within the time limit."""
SOON = 0.05
"""Seconds between two looks once the game is to end."""


class Stopped(GameEnd):
    """The end of an event that went on although the game was to end."""


class Watchdog:
    """Ends the events of one game that run for too long; without a limit it does nothing until the game is to end."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.limit = rt.settings.event_timeout
        """Seconds; None for no limit."""
        self.event: FrameType | None = None
        """The outermost GML frame at the last look."""
        self.began = 0.0
        self.deadline: float | None = None
        """From when on events are ended whatever their time, as the game is to end."""
        self.thread = 0
        """The thread that runs the game."""
        self.is_over = self.is_ending = False
        self.looker: threading.Thread | None = None
        self._at_exit: Any
        """Stops the timer before Python forgets who handles it, where a host ends without closing its game."""

    # ---------------------------------------------------------------- starting

    def begin(self) -> None:
        """The calling thread runs the game from now on."""
        self.thread, self.is_over, self.is_ending = threading.get_ident(), False, False
        if self.limit is not None:
            self._look_every(self.limit / LOOKS)

    @contextlib.contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Ends what runs inside after so many seconds by EventTimeout; a shorter limit of all events stays."""
        before = self.limit
        if before is not None and before <= seconds:
            yield
            return
        self.limit, self.event = seconds, None
        self._look_every(seconds / LOOKS)
        try:
            yield
        finally:
            self.limit, self.event = before, None
            if before is not None:
                self._look_every(before / LOOKS)
            elif self.deadline is None and self._owns_timer:
                signal.setitimer(signal.ITIMER_REAL, 0.0)

    def end_soon(self) -> None:
        """The game is to end: gives the event that runs a little time; from any thread."""
        if self.deadline is None and self.thread and not self.is_ending:
            self.deadline = time.monotonic() + GRACE
            self._look_every(SOON)

    def let_finish(self) -> None:
        """The last events run: they have the time that any event has, even if the game was to end at once."""
        self.is_ending, self.deadline, self.event = True, None, None
        if self.limit is None:
            self.finish()

    def finish(self) -> None:
        """The game has ended: nothing is ended any more, and the timer signal is free for another game."""
        self.is_over = True
        self.event = None
        if self._owns_timer:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            self._at_exit.detach()

    @property
    def _owns_timer(self) -> bool:
        return is_main_thread() and signal.getsignal(signal.SIGALRM) == self._on_alarm

    def _look_every(self, seconds: float) -> None:
        if is_main_thread() and self.thread == threading.get_ident() and self._take_timer():
            signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
        elif self.looker is None or not self.looker.is_alive():
            self.looker = threading.Thread(target=self._look_from_outside, args=[seconds], daemon=True)
            self.looker.start()

    def _take_timer(self) -> bool:
        """Takes the timer signal, unless the host uses it."""
        if signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, signal.SIG_IGN):
            signal.signal(signal.SIGALRM, self._on_alarm)
            self._at_exit = weakref.finalize(self, signal.setitimer, signal.ITIMER_REAL, 0.0)
        return self._owns_timer

    # ----------------------------------------------------------------- looking

    def _on_alarm(self, number: int, frame: FrameType | None) -> None:
        ending = self.look(frame)
        if ending is not None:
            raise ending

    def _look_from_outside(self, seconds: float) -> None:
        """Looks again and again while the game runs; a Python exception is raised in its thread."""
        while not self.is_over:
            time.sleep(seconds)
            ending = self.look(sys._current_frames().get(self.thread))
            if ending is not None and not self.is_over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread), ctypes.py_object(type(ending)))

    def look(self, frame: FrameType | None) -> BaseException | None:
        """What is to end the event that runs in a frame, if it has had its time."""
        now, event = time.monotonic(), self._outermost(frame)
        if self.is_over or event is None:
            self.event = None
            return None
        if self.deadline is not None and now > self.deadline:
            return Stopped()
        if event is not self.event:
            self.event, self.began = event, now
        elif self.limit is not None and now - self.began >= self.limit:
            self.event = None
            return EventTimeout(self.limit)
        return None

    def _outermost(self, frame: FrameType | None) -> FrameType | None:
        """The outermost frame of this game's code below which a frame runs; None where no code of it runs."""
        found: FrameType | None = None
        while frame is not None:
            if is_gml(frame.f_code) and frame.f_globals.get("gml_global") is self.rt.globals:
                found = frame
            frame = frame.f_back
        return found


def is_main_thread() -> bool:
    """Whether signals can be handled here."""
    return threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
