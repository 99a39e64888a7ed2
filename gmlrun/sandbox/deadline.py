"""Work of gmlrun's own that a program can make long, such as compiling it: seconds go in, what takes longer is ended.

Events have the watchdog instead, which knows what runs in them.
"""

from __future__ import annotations

import sys
import threading
from types import FrameType, TracebackType

from gmlrun.errors import LimitReached
from gmlrun.net.threads import REFUSED, begin_thread
from gmlrun.sandbox.alarm import CALLBACKS, BorrowedTimer, raise_in

AGAIN = 0.05
"""Seconds after which what has not ended is ended once more: an exception may be lost in a callback of Python's."""


class Deadline:
    """Ends what runs inside it, on the thread that enters it, by a LimitReached after a number of seconds.

    Where no thread can watch the time, entering it raises a LimitReached.
    """

    def __init__(self, seconds: float, message: str) -> None:
        self.seconds = seconds
        self.raised = LimitReached.with_message(message)
        self.thread = 0
        self.owner: FrameType | None = None
        """The frame that has entered it: while that is on the stack and stays in it there is something to end."""
        self.timer = BorrowedTimer()
        self.is_over = threading.Event()
        self.lock = threading.Lock()
        """Held while the other thread raises, so that nothing is raised behind the end."""

    def __enter__(self) -> None:
        self.thread, self.owner = threading.get_ident(), sys._getframe(1)
        if self.timer.take(self._on_alarm, self.seconds, AGAIN):
            return
        if begin_thread(self._look_from_outside) is None:
            raise LimitReached.with_message(f"nothing can end what takes too long: {REFUSED}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.owner = None
        if self.timer.is_taken:
            self.timer.give_back()
            return
        with self.lock:
            self.is_over.set()
            raise_in(self.thread, None)

    def _on_alarm(self, number: int, frame: FrameType | None) -> None:
        if self._is_inside(frame):
            raise self.raised

    def _look_from_outside(self) -> None:
        wait = self.seconds
        while not self.is_over.wait(wait):
            wait = AGAIN
            with self.lock:
                if self._is_inside(sys._current_frames().get(self.thread)):
                    raise_in(self.thread, self.raised)

    def _is_inside(self, frame: FrameType | None) -> bool:
        """Whether a frame belongs to what is to be ended, and not to the way out of it."""
        if frame is not None and (frame.f_globals.get("__name__") in CALLBACKS or frame.f_code.co_name == "__del__"):
            return False
        while frame is not None and frame.f_code is not Deadline.__exit__.__code__:
            if frame is self.owner:
                return True
            frame = frame.f_back
        return False
