"""A limit of real time for code that may never end: TimeIsUp is raised where it runs."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any

from gmlrun.lean import is_main_thread, signal


class TimeIsUp(BaseException):
    """The time is over; no GML `catch` sees it."""


def time_limit(seconds: float) -> contextlib.AbstractContextManager[None]:
    """Raises TimeIsUp inside the block when it takes longer; 0 is no limit."""
    if seconds <= 0:
        return contextlib.nullcontext()
    return SignalLimit(seconds) if hasattr(signal, "setitimer") and is_main_thread() else by_thread(seconds)


class SignalLimit:
    """A limit by SIGALRM, which only the main thread can take. It comes again, should something have swallowed it.

    Each of a thousand small tests has one, so it is made of few calls.
    """

    __slots__ = ("again", "before", "left", "seconds", "start")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __enter__(self) -> None:
        self.before = hear_alarms()
        self.start = time.monotonic()
        self.left, self.again = signal.setitimer(signal.ITIMER_REAL, self.seconds, 1.0)

    def __exit__(self, *raised: object) -> None:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            if self.left:  # a limit around this one goes on
                rest = max(1e-3, self.left - (time.monotonic() - self.start))
                signal.setitimer(signal.ITIMER_REAL, rest, self.again)
        finally:
            if self.before is not HEARD:
                signal.signal(signal.SIGALRM, self.before)


@contextlib.contextmanager
def heard_alarms() -> Iterator[None]:
    """Takes SIGALRM for the limits inside; around many limits it is taken once."""
    before = hear_alarms() if hasattr(signal, "SIGALRM") else HEARD
    try:
        yield
    finally:
        if before is not HEARD:
            signal.signal(signal.SIGALRM, before)


HEARD: Any = object()
"""Stands for the handler of SIGALRM that was there before, where it is the limits' own."""


def hear_alarms() -> Any:
    """Takes SIGALRM for the limits; gives the handler that was there before."""
    before = signal.getsignal(signal.SIGALRM)
    if before is ring:
        return HEARD
    signal.signal(signal.SIGALRM, ring)
    return before


def ring(number: int, frame: object) -> None:
    """Takes the signal."""
    raise TimeIsUp


@contextlib.contextmanager
def by_thread(seconds: float) -> Iterator[None]:
    """By a thread that waits, where there is no such signal."""
    import ctypes
    import threading

    target = threading.get_ident()

    def handle() -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(target), ctypes.py_object(TimeIsUp))

    timer = threading.Timer(seconds, handle)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
