"""A limit of real time for code that may never end: TimeIsUp is raised where it runs."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import threading
import time
from collections.abc import Iterator


class TimeIsUp(BaseException):
    """The time is over; no GML `catch` sees it."""


def is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimeIsUp inside the block when it takes longer; 0 is no limit."""
    if seconds <= 0:
        yield
    elif hasattr(signal, "setitimer") and is_main_thread():
        with by_signal(seconds):
            yield
    else:
        with by_thread(seconds):
            yield


@contextlib.contextmanager
def by_signal(seconds: float) -> Iterator[None]:
    """By SIGALRM, which only the main thread can take. It comes again, should something have swallowed the first."""
    with heard_alarms():
        start = time.monotonic()
        left, again = signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            if left:  # a limit around this one goes on
                signal.setitimer(signal.ITIMER_REAL, max(1e-3, left - (time.monotonic() - start)), again)


@contextlib.contextmanager
def heard_alarms() -> Iterator[None]:
    """Takes SIGALRM for the limits inside; around many limits it is taken once."""
    if not hasattr(signal, "SIGALRM") or signal.getsignal(signal.SIGALRM) is ring:
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)


def ring(number: int, frame: object) -> None:
    """Takes the signal."""
    raise TimeIsUp


@contextlib.contextmanager
def by_thread(seconds: float) -> Iterator[None]:
    """By a thread that waits, where there is no such signal."""
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
