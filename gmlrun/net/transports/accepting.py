"""Accepting: ports go in, listening sockets come out, and clients of servers as long as there are descriptors."""

from __future__ import annotations

import contextlib
import errno
import selectors
import socket
import time
from collections.abc import Callable
from typing import Any

from gmlrun.net.connections import Server
from gmlrun.net.switchboard import Switchboard
from gmlrun.net.transports.descriptors import last_for_clients, next_descriptor, shortage
from gmlrun.net.transports.dialing import host_of, prepare

BACKLOG = 4096
"""Clients that wait to be accepted; the system may allow fewer. The one after them tries again a second later."""
PAUSE = 0.5
"""Seconds without accepting after the descriptors have run out."""
ACCEPT_BATCH = 64
"""How many clients are accepted in a row before others get their turn."""
NO_IPV6 = {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.EPROTONOSUPPORT}
"""The error codes of a machine without IPv6."""
OUT_OF_DESCRIPTORS = {errno.EMFILE, errno.ENFILE}
OUT_OF_MEANS = {*OUT_OF_DESCRIPTORS, errno.ENOBUFS, errno.ENOMEM, errno.ENOSPC}
"""The error codes of a system that can take no client for now; others are of one client."""
READ = selectors.EVENT_READ


class Acceptor:
    """The listening sockets of one backend."""

    def __init__(
        self, board: Switchboard, selector: selectors.BaseSelector, make_socket: Callable[..., socket.socket]
    ) -> None:
        self.board = board
        self.selector = selector
        self.make_socket = make_socket
        self.paused: dict[Server, float] = {}
        """Servers that wait for a free descriptor, each until when."""
        self._was_told = False
        """Whether the log has the lack of descriptors."""
        self._last = 0
        """The highest descriptor that a client may have."""

    def begin(self, server: Server) -> None:
        """Accepts the clients of a server from now on."""
        self._want_descriptors()
        self.selector.register(server.transport, READ, server)

    def end(self, server: Server) -> None:
        """Closes the port of a server."""
        if self.paused.pop(server, None) is None:
            self.selector.unregister(server.transport)
        server.transport.close()

    def open(self, address: str, port: int) -> socket.socket:
        """A listening socket; without an address on IPv6 and IPv4, or what of them the machine has."""
        if not address:
            try:
                return self.open("::", port)
            except OSError as error:
                if error.errno not in NO_IPV6:
                    raise
                address = "0.0.0.0"
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        listener = self.make_socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            if self.board.limits.shares_ports:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            listener.bind((address, port))
            listener.listen(BACKLOG)
        except (OSError, OverflowError):
            listener.close()
            raise
        return listener

    def _want_descriptors(self) -> None:
        """Makes room for the clients of all servers, and says so when there will not be enough."""
        servers = [found for found in self.board.sockets.values() if isinstance(found, Server)]
        wanted = sum(server.max_clients for server in servers) + len(self.board.sockets)
        if self.board.limits.sockets is not None:
            wanted = min(wanted, self.board.limits.sockets)
        self._last = last_for_clients()
        missing = shortage(wanted)
        if missing:
            self.board.log(f"warning: {missing}")

    def accept(self, server: Server) -> None:
        """Accepts the clients that wait, some of them at a time."""
        for _ in range(ACCEPT_BATCH):
            try:
                if next_descriptor(server.transport) > self._last:  # files and modules may need those behind
                    self._pause(server)
                    return
                transport, peer = server.transport.accept()
            except (BlockingIOError, ConnectionError):
                return
            except OSError as error:
                if error.errno in OUT_OF_MEANS:
                    self._pause(server, error)
                return
            try:
                self.selector.register(transport, READ, None)
            except OSError as error:
                transport.close()
                self._pause(server, error)
                return
            self._welcome(server, transport, peer)

    def _pause(self, server: Server, error: OSError | None = None) -> None:
        """Lets the clients of a server wait for what the system does not give now: mostly descriptors."""
        self.selector.unregister(server.transport)
        self.paused[server] = time.monotonic() + PAUSE
        if not self._was_told:
            self._was_told = True
            if error is None or error.errno in OUT_OF_DESCRIPTORS:
                reason, help_ = "no more file descriptors", " (raise the hard limit of open files)"
            else:
                reason, help_ = f"the system takes no client ({error.strerror})", ""
            self.board.log(f"warning: {reason}: clients have to wait{help_}")

    def client_address(self, peer: Any) -> tuple[str, int]:
        """Host and port of a client; where a proxy stands before the servers, those of the proxy's client."""
        return host_of(peer), peer[1]

    def _welcome(self, server: Server, transport: socket.socket, peer: Any) -> None:
        prepare(transport)
        connection = self.board.accepted(server, transport, *self.client_address(peer))
        if connection is None:
            with contextlib.suppress(KeyError, ValueError):  # turned away, it may be closed already
                self.selector.unregister(transport)
            transport.close()
        else:
            self.selector.modify(transport, READ, connection)

    def resume(self) -> None:
        """Accepts again where a pause is over."""
        now = time.monotonic()
        for server in [s for s, until in self.paused.items() if until <= now]:
            try:
                self.selector.register(server.transport, READ, server)
            except OSError:
                self.paused[server] = now + PAUSE
            else:
                del self.paused[server]
