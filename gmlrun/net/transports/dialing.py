"""Connecting: hosts and ports go in, transports that are connected come out (RFC 8305, "happy eyeballs").

The addresses of a name are tried in turn, IPv6 and IPv4 alternating. One that does not answer holds up
nothing: the next try begins STAGGER seconds later, and the first that succeeds wins.
"""

from __future__ import annotations

import contextlib
import errno
import os
import selectors
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from gmlrun.net.connections import Connection
from gmlrun.net.transports.resolver import HostResolver

STAGGER = 0.25
"""Seconds between the beginnings of two tries."""
IPV4_IN_IPV6 = "::ffff:"
"""The prefix of IPv4 addresses on a server of both families."""
UNDER_WAY = {0, errno.EINPROGRESS, errno.EWOULDBLOCK}


class Dial:
    """A connection that is being made."""

    __slots__ = ("addresses", "attempts", "connection", "local_port", "next_at", "reason")

    def __init__(self, connection: Connection, local_port: int) -> None:
        self.connection = connection
        self.local_port = local_port
        """The port of this side; 0 for any."""
        self.addresses: list[Any] | None = None
        """The addresses still to be tried, as `getaddrinfo` has them; None until the name has been looked up."""
        self.attempts: list[Attempt] = []
        self.next_at = 0.0
        """When the next address is tried, on the monotonic clock."""
        self.reason = ""
        """Why the last try failed."""


class Attempt:
    """A transport on its way to one address."""

    __slots__ = ("dial", "dialer", "transport")

    def __init__(self, dialer: Dialer, dial: Dial, transport: socket.socket) -> None:
        self.dialer = dialer
        self.dial = dial
        self.transport = transport

    def serve(self, mask: int) -> None:
        """It is there, or it has failed."""
        self.dialer.finish(self)


class Dialer:
    """The connections that one loop is making.

    `connected` takes a connection with its transport, which is registered for writing; `failed` one with a reason.
    """

    def __init__(
        self,
        selector: selectors.BaseSelector,
        resolver: HostResolver,
        make_socket: Callable[..., socket.socket],
        connected: Callable[[Connection, socket.socket], None],
        failed: Callable[[Connection, str], None],
    ) -> None:
        self.selector = selector
        self.resolver = resolver
        self.make_socket = make_socket
        self.connected = connected
        self.failed = failed
        self.dials: dict[Connection, Dial] = {}

    def begin(self, connection: Connection, host: str, port: int, local_port: int = 0) -> None:
        """Begins to connect."""
        dial = self.dials[connection] = Dial(connection, local_port)
        self.resolver.look_up(
            host, port, socket.SOCK_STREAM, partial(self._found, dial), lambda: self.dials.get(connection) is dial
        )

    def cancel(self, connection: Connection) -> None:
        """Gives up what is under way for a connection."""
        dial = self.dials.pop(connection, None)
        while dial is not None and dial.attempts:
            self._drop(dial.attempts.pop())

    def next_due(self) -> float | None:
        """When the next try is due, on the monotonic clock."""
        return min((dial.next_at for dial in self.dials.values() if dial.addresses), default=None)

    def tend(self) -> None:
        """Begins the tries that are due."""
        now = time.monotonic()
        for dial in [dial for dial in self.dials.values() if dial.addresses and dial.next_at <= now]:
            self._advance(dial)

    def _found(self, dial: Dial, addresses: list[Any], reason: str) -> None:
        """The addresses of a name."""
        if self.dials.get(dial.connection) is dial:
            dial.addresses, dial.reason = alternating(addresses), reason or "no address"
            self._advance(dial)

    def _advance(self, dial: Dial) -> None:
        """Begins the next try; with none left and none under way the connection has failed."""
        while dial.addresses:
            if self._try(dial, *dial.addresses.pop(0)):
                dial.next_at = time.monotonic() + STAGGER
                return
        if not dial.attempts:
            del self.dials[dial.connection]
            self.failed(dial.connection, dial.reason)

    def _try(self, dial: Dial, family: int, type_: int, protocol: int, _: str, address: Any) -> bool:
        """Begins to connect to one address; whether that is under way."""
        try:
            transport = self.make_socket(family, type_, protocol)
        except OSError as error:
            dial.reason = error.strerror or "failed"
            return False
        prepare(transport)
        code = bind_local(transport, dial.local_port) or transport.connect_ex(address)
        if code not in UNDER_WAY:
            transport.close()
            dial.reason = os.strerror(code)
            return False
        dial.connection.name_peer(host_of(address), address[1])
        attempt = Attempt(self, dial, transport)
        try:
            self.selector.register(transport, selectors.EVENT_WRITE, attempt)
        except OSError as error:
            transport.close()
            dial.reason = error.strerror or "failed"
            return False
        dial.attempts.append(attempt)
        return True

    def finish(self, attempt: Attempt) -> None:
        """A try has come to its end, good or bad."""
        dial = attempt.dial
        if attempt not in dial.attempts:
            return
        code = attempt.transport.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        dial.attempts.remove(attempt)
        if code:
            self._drop(attempt)
            dial.reason = os.strerror(code)
            self._advance(dial)
            return
        self.cancel(dial.connection)
        with contextlib.suppress(OSError):
            peer = attempt.transport.getpeername()
            dial.connection.name_peer(host_of(peer), peer[1])
        self.connected(dial.connection, attempt.transport)

    def _drop(self, attempt: Attempt) -> None:
        self.selector.unregister(attempt.transport)
        attempt.transport.close()


def host_of(address: Any) -> str:
    """The host of a socket's address, one that can be connected to: a link-local one has its zone.

    IPv4 is written as such, also where a server of both families got it.
    """
    host = str(address[0]).removeprefix(IPV4_IN_IPV6)
    if len(address) == 4 and address[3] and "%" not in host:
        with contextlib.suppress(OSError):
            return f"{host}%{socket.if_indextoname(address[3])}"
    return host


def bind_local(transport: socket.socket, port: int) -> int:
    """Gives a socket its own port, if that is not 0; the number of the error, or 0."""
    if port:
        try:
            transport.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            transport.bind(("", port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def prepare(transport: socket.socket) -> None:
    """Set up a stream socket: it never blocks, small packets leave at once, and a dead peer is noticed."""
    transport.setblocking(False)
    keep_alive(transport)
    with contextlib.suppress(OSError):
        transport.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}
"""After how many seconds of silence the system asks, how often again, and how many times: two minutes in all."""


def keep_alive(transport: socket.socket) -> None:
    """Has the system end a connection whose peer is gone without a word."""
    with contextlib.suppress(OSError):
        transport.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in KEEPALIVE.items():
            if hasattr(socket, name):
                transport.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def alternating(addresses: list[Any]) -> list[Any]:
    """Addresses of both families in turn, the first family first: one that is dead costs one try."""
    if not addresses:
        return []
    first = [a for a in addresses if a[0] == addresses[0][0]]
    second = [a for a in addresses if a[0] != addresses[0][0]]
    mixed = []
    while first or second:
        mixed += first[:1] + second[:1]
        first, second = first[1:], second[1:]
    return mixed
