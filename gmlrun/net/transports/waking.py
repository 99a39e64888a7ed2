"""Ends a waiting `select` from another thread or a signal handler, by a pair of sockets that the selector watches."""

from __future__ import annotations

import contextlib
import selectors
import socket

NAP = 0.05
"""Seconds that a loop waits at most which nothing can wake."""
READ_SIZE = 65536


def open_selector() -> selectors.BaseSelector:
    """The system's best selector, or one without a descriptor of its own where that is refused."""
    try:
        return selectors.DefaultSelector()
    except OSError:
        return getattr(selectors, "PollSelector", selectors.SelectSelector)()


class Waker:
    """The pair of one selector; where the system has no descriptors for it, that selector naps instead."""

    def __init__(self, selector: selectors.BaseSelector) -> None:
        self._ends: tuple[socket.socket, ...] = ()
        self._hears_signals = False
        with contextlib.suppress(OSError):
            self._ends = socket.socketpair()
            for end in self._ends:
                end.setblocking(False)
            selector.register(self._ends[1], selectors.EVENT_READ, None)
            return
        self.close()

    @property
    def is_deaf(self) -> bool:
        """Whether nothing can be woken."""
        return not self._ends

    def wake(self) -> None:
        """Ends a wait, or the next one."""
        if self._ends:
            with contextlib.suppress(OSError):
                self._ends[0].send(b"\0")

    def hear_signals(self) -> None:
        """Has each signal of the process wake this as well: the system may give one to another thread than the loop's.

        Called on the main thread, of a process whose signals nobody else hears in this way.
        """
        if self._ends:
            import signal

            signal.set_wakeup_fd(self._ends[0].fileno(), warn_on_full_buffer=False)
            self._hears_signals = True

    def clear(self) -> None:
        """Forgets the calls that there were."""
        with contextlib.suppress(OSError):
            self._ends[1].recv(READ_SIZE)

    def close(self) -> None:
        """Gives the descriptors back."""
        if self._hears_signals:
            import signal

            signal.set_wakeup_fd(-1)
            self._hears_signals = False
        for end in self._ends:
            end.close()
        self._ends = ()
