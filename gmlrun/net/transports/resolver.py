"""Host names go in, addresses come out, looked up by a few threads so that the loop never waits for one."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

from gmlrun.net.threads import REFUSED, begin_thread

WORKERS = 4
"""How many names are looked up at once; the others wait."""


Found = Callable[[list[Any], str], None]
"""Takes the addresses of a host, as `getaddrinfo` has them, and the reason when there are none."""


class Lookup(NamedTuple):
    """A name that is to be looked up."""

    host: str
    port: int
    type: int
    done: Found
    is_wanted: Callable[[], bool]


class HostResolver:
    """The look-ups of one loop; threads exist only while there are any. `wake` is called when one is done."""

    def __init__(self, wake: Callable[[], None], getaddrinfo: Callable[..., Any] = socket.getaddrinfo) -> None:
        self._wake = wake
        self._getaddrinfo = getaddrinfo
        self._lock = threading.Lock()
        self._waiting: deque[Lookup] = deque()
        self._answered: deque[tuple[Found, list[Any], str]] = deque()
        self._workers = 0

    def look_up(
        self, host: str, port: int, type_: int, done: Found, is_wanted: Callable[[], bool] = lambda: True
    ) -> None:
        """Calls `done` with the addresses of a host: at once for an address, in a later `deliver` for a name.

        A name that is not wanted any more when its turn comes is not looked up, and `done` is not called.
        """
        lookup = Lookup(host, port, type_, done, is_wanted)
        if is_address(host):
            done(*self._answer(lookup))
            return
        with self._lock:
            self._waiting.append(lookup)
            if self._workers < WORKERS and begin_thread(self._work, name="gmlrun-resolver") is not None:
                self._workers += 1
            is_hopeless = self._workers == 0
            if is_hopeless:
                self._waiting.pop()
        if is_hopeless:
            self._answered.append((done, [], f"{host} cannot be looked up: {REFUSED}"))
            self._wake()

    def deliver(self) -> None:
        """Hands out the answers that have come; called by the loop."""
        while self._answered:
            done, addresses, reason = self._answered.popleft()
            done(addresses, reason)

    def _work(self) -> None:
        """Answers what waits, until nothing does."""
        while True:
            with self._lock:
                if not self._waiting:
                    self._workers -= 1
                    return
                lookup = self._waiting.popleft()
            if lookup.is_wanted():
                self._answered.append((lookup.done, *self._answer(lookup)))
                self._wake()

    def _answer(self, lookup: Lookup) -> tuple[list[Any], str]:
        """Asks the system, whatever the name is: somebody waits for the answer."""
        try:
            return self._getaddrinfo(lookup.host, lookup.port, type=lookup.type), ""
        except (OSError, ValueError, OverflowError) as error:
            return [], f"{lookup.host} is not known: {getattr(error, 'strerror', None) or error}"


def is_address(host: str) -> bool:
    """Whether a host is an IP address, which needs no look-up."""
    for family in (socket.AF_INET, socket.AF_INET6):
        with contextlib.suppress(OSError, ValueError):
            socket.inet_pton(family, host)
            return True
    return False
