"""Interrupting what runs: the timer signal on the main thread, an exception from another thread elsewhere."""

from __future__ import annotations

from gmlrun import lean
from gmlrun.lean import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any


CALLBACKS = ("weakref", "_weakrefset")
"""Modules whose functions Python calls itself: it prints what these raise, and continues."""


class BorrowedTimer:
    """The timer signal, borrowed from the rest of the process."""

    def __init__(self) -> None:
        self._before: Any = None
        """The handler of the signal before, and its interval."""

    @property
    def is_taken(self) -> bool:
        """Whether it has not been given back."""
        return self._before is not None

    def take(self, handler: Callable[[int, FrameType | None], None], first: float, again: float = 0.0) -> bool:
        """Makes the signal call a function; returns False where the signal does not exist or cannot be given back."""
        if not is_main_thread() or signal.getsignal(signal.SIGALRM) is None:
            return False
        before = signal.signal(signal.SIGALRM, handler)
        self._before = before, signal.setitimer(signal.ITIMER_REAL, first, again or first)
        return True

    def give_back(self) -> None:
        """Puts everything as it was before; safe where nothing was taken."""
        if self._before is None:
            return
        (handler, (left, again)), self._before = self._before, None
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, handler)
        if left or again:
            signal.setitimer(signal.ITIMER_REAL, left, again)


def is_main_thread() -> bool:
    """Whether signals can be handled here."""
    return lean.is_main_thread() and hasattr(signal, "setitimer")


def raise_in(thread: int, exception: type[BaseException] | None) -> None:
    """Makes a thread raise a Python exception soon; None withdraws the request."""
    import ctypes  # for the few events that take too long

    raised = None if exception is None else ctypes.py_object(exception)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
