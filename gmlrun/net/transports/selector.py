"""The backend over real sockets: one `selectors` loop that reads, writes, accepts and connects without blocking.

Everything that a loop turn queued for a socket leaves in one system call; the selector watches for
writing only while a queue is not empty.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import struct
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from gmlrun.net.backend import NetworkError, NetworkLimits, SocketType
from gmlrun.net.connections import Connection, Server
from gmlrun.net.datagrams import DatagramSocket
from gmlrun.net.messages import Message
from gmlrun.net.switchboard import Switchboard
from gmlrun.net.transports.accepting import Acceptor
from gmlrun.net.transports.base import BaseBackend
from gmlrun.net.transports.dialing import Dialer
from gmlrun.net.transports.resolver import HostResolver
from gmlrun.net.transports.waking import NAP, Waker, open_selector

READ_SIZE = 65536
"""Bytes that one read asks for."""
LAPSE = 0.05
"""Seconds that the rest of a loop turn may take without counting as time in which nobody listens."""
HELD_NAP = 0.005
"""Seconds between two looks at the sockets while those with data are not read."""
AT_ONCE = struct.pack("ii", 1, 0)
"""The value of SO_LINGER that makes closing a reset."""
GOODBYE = 0.1
"""Seconds that the end of the process leaves peers to close their side."""
SMALL = 1 << 16
"""Bytes that are put together faster than they are sent as pieces."""
GATHERED = 1 << 20
"""Bytes of pieces that are put together."""
PIECES = 64 if hasattr(socket.socket, "sendmsg") else 1
"""How many queued pieces one system call sends; more are put together before."""

READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class SelectorBackend(BaseBackend):
    """See Backend for the contract. `log` takes warnings about the machine's limits."""

    def __init__(
        self,
        limits: NetworkLimits | None = None,
        *,
        make_socket: Callable[..., socket.socket] = socket.socket,
        getaddrinfo: Callable[..., Any] = socket.getaddrinfo,
        log: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.limits = limits or NetworkLimits()
        self.log = log
        self.make_socket = make_socket
        super().__init__(Switchboard(self.limits, time.monotonic, self, log))
        self.selector = open_selector()
        self._lingering: dict[Connection, float] = {}
        self._listened: float | None = None
        """When the sockets were last looked at, if a handshake was under way then."""
        self.waker = Waker(self.selector)
        self.acceptor = Acceptor(self.board, self.selector, make_socket)
        self.resolver = HostResolver(self.wake, getaddrinfo)
        self.dialer = Dialer(self.selector, self.resolver, make_socket, self._connected, self.board.lost)

    # -------------------------------------------------------------- listening

    def listen(self, kind: SocketType, address: str, port: int, max_clients: int, raw: bool) -> int:
        """Opens a server; raises NetworkError with the system's reason."""
        self.board.need_room()
        if kind == "udp":
            return self._open_datagrams(address, port, raw, True)
        server = Server(kind, raw, max_clients, self.limits)
        try:
            listener = self.acceptor.open(address, port)
        except (OSError, OverflowError) as error:
            raise NetworkError(getattr(error, "strerror", None) or str(error)) from None
        listener.setblocking(False)
        server.number, server.transport, server.port = self.board.numbers.take(), listener, listener.getsockname()[1]
        self.board.sockets[server.number] = server
        try:
            self.acceptor.begin(server)
        except OSError as error:
            self.board.release(server.number)
            listener.close()
            raise NetworkError(error.strerror or str(error)) from None
        return server.number

    def addresses_of(self, socket: int) -> list[str]:
        """The addresses that a server or a UDP socket is bound to."""
        found: Any = self.board.sockets[socket]
        if isinstance(found, Server):
            own = str(found.transport.getsockname()[0]) if found.is_listening else ""
            return ["0.0.0.0", own] if own == "::" else [own]
        return [str(transport.system.getsockname()[0]) for transport in found.transports.values()]

    def port_of(self, socket: int) -> int:
        """The port that a server or a UDP socket has."""
        found = self.board.sockets[socket]
        return found.port if found is not None else 0

    # ------------------------------------------------------------- connecting

    def reserve(self, kind: SocketType, port: int = 0, address: str = "") -> int:
        """A socket that will connect later, or one of UDP."""
        if kind != "udp":
            return self.board.reserve(kind, port)
        self.board.need_room()
        return self._open_datagrams(address, port, False, False)

    def _open_datagrams(self, address: str, port: int, raw: bool, is_server: bool) -> int:
        from gmlrun.net.transports.udp import UdpSocket

        return self.board.add_datagrams(UdpSocket(self, address, port, raw, is_server))

    def open_datagrams(self) -> DatagramSocket:
        """See Transport."""
        from gmlrun.net.transports.udp import UdpSocket

        return UdpSocket(self, self.limits.address, 0, False, False)

    def _dial(self, connection: Connection, host: str, port: int) -> None:
        """Begins to connect."""
        self.dialer.begin(connection, host, port, self.board.local_port(connection.number))

    def _connected(self, connection: Connection, transport: socket.socket) -> None:
        """The transport of a connection from this side is there."""
        connection.attach(transport)
        self.selector.modify(transport, READ, connection)
        self.board.established(connection)

    # ---------------------------------------------------------------- polling

    def poll(self, timeout: float | None) -> list[Message]:
        """Sends what is queued, waits, and reads what has come."""
        board = self.board
        if board.unsent or self._lingering:
            self._flush()
        self.resolver.deliver()
        if board.messages:
            timeout = 0.0
        is_timed = (
            board.handshakes.deadlines
            or board.reliable
            or board.patrol.due is not None
            or self._lingering
            or self.acceptor.paused
            or self.dialer.dials
            or self.waker.is_deaf
        )
        if is_timed:
            timeout = self._patience(timeout)
            self._forgive(0.0)
        ready = self.selector.select(timeout)
        if is_timed and timeout is not None:
            self._forgive(timeout)
        if self.is_held:
            ready = self._without_data(ready)
        for key, mask in ready:
            target = key.data
            if mask == READ and type(target) is Connection:
                self._read(target)
            else:
                self._serve(target, mask)
        if is_timed:
            self._tend()
        if board.unsent:
            self._flush()
        self._listened = time.monotonic() if board.handshakes.deadlines else None
        return board.take_messages()

    def descriptor(self) -> int:
        """See Backend: that of the selector itself, on systems where it has one."""
        fileno = getattr(self.selector, "fileno", None)
        return -1 if fileno is None else int(fileno())

    def patience(self, timeout: float | None) -> float | None:
        """See Backend."""
        if self.board.messages or self.board.unsent:
            return 0.0
        return self._patience(timeout)

    def _without_data(self, ready: list[Any]) -> list[Any]:
        """Return the sockets that are ready, but for those that only have data to read; nap without others."""
        kept = []
        for key, mask in ready:
            brings_data = getattr(key.data, "opened", False)
            if mask := mask & WRITE if brings_data else mask:
                kept.append((key, mask))
        if ready and not kept:
            time.sleep(HELD_NAP)
        return kept

    def _forgive(self, expected: float) -> None:
        """Does not count what has passed beyond an expected time since the sockets were last looked at.

        An event that runs for long, or a machine that stands still, is no fault of clients that shake hands.
        """
        now = time.monotonic()
        if self._listened is not None and now - self._listened > expected + LAPSE:
            self.board.handshakes.forgive(now - self._listened - expected)
        self._listened = now

    def _tend(self) -> None:
        """Does what time alone brings about."""
        self.board.expire()
        self.board.patrol.tend()
        if self.acceptor.paused:
            self.acceptor.resume()
        if self.dialer.dials:
            self.dialer.tend()

    def _patience(self, timeout: float | None) -> float | None:
        """How long to wait: not beyond the next handshake's deadline."""
        if self.waker.is_deaf:
            timeout = NAP if timeout is None else min(timeout, NAP)
        due = earliest(self.board.next_deadline(), self.board.patrol.due)
        if self._lingering or self.acceptor.paused or self.dialer.dials:
            others = [*self._lingering.values(), *self.acceptor.paused.values(), self.dialer.next_due(), due]
            due = min((moment for moment in others if moment is not None), default=None)
        if due is None:
            return timeout
        left = max(0.0, due - time.monotonic())
        return left if timeout is None else min(timeout, left)

    def _serve(self, target: Any, mask: int) -> None:
        if type(target) is Connection:
            if mask & READ:
                self._read(target)
            if mask & WRITE and target.transport is not None:
                self._write(target)
        elif type(target) is Server:
            self.acceptor.accept(target)
        elif target is None:
            self.waker.clear()
        else:
            target.serve(mask)

    def _read(self, connection: Connection) -> None:
        transport = connection.transport
        if transport is None:
            return  # the turn of another one has closed it
        try:
            data = transport.recv(READ_SIZE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._gone(connection, error.strerror or "the connection was reset")
            return
        if connection.closing:
            if not data:
                self.abort(connection)
        elif data:
            self.board.received(connection, data)
        else:
            self.board.handle_all(connection, connection.protocol.receive_eof())

    def _gone(self, connection: Connection, reason: str) -> None:
        """The transport has failed."""
        if connection.closing:
            self.abort(connection)
        else:
            self.board.lost(connection, reason, by_peer=True)

    # ---------------------------------------------------------------- sending

    def _flush(self) -> None:
        """Writes what has been queued since the last turn."""
        unsent = self.board.unsent
        while unsent:
            connection, _ = unsent.popitem()
            if connection.transport is not None and connection.queue:
                self._write(connection)
        if self._lingering:
            self._give_up()

    def _give_up(self) -> None:
        """Drops the connections that have been closing for too long."""
        now = time.monotonic()
        for connection in [c for c, due in self._lingering.items() if due <= now]:
            self.abort(connection)

    def write(self, connection: Connection) -> None:
        """See Transport."""
        self._write(connection)

    def _write(self, connection: Connection) -> None:
        """Sends as much as the system takes; watches for writing while something is left."""
        queue, transport = connection.queue, connection.transport
        try:
            while queue:
                if len(queue) == 1:
                    count = transport.send(queue[0])
                elif connection.queued <= SMALL:
                    count = transport.send(b"".join(queue))
                elif len(queue) > PIECES:
                    gather(queue)
                    count = transport.send(queue[0])
                else:
                    count = transport.sendmsg(queue)
                if count == connection.queued:
                    connection.clear_queue()
                    break
                connection.sent(count)
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:
            self._gone(connection, error.strerror or "the connection was reset")
            return
        if queue or connection.is_watched or connection.closing:
            self._watch(connection)

    def _watch(self, connection: Connection) -> None:
        wants_room = bool(connection.queue)
        if wants_room:
            connection.stall(self.board.now())
        if wants_room != connection.is_watched:
            connection.is_watched = wants_room
            self.selector.modify(connection.transport, READ | WRITE if wants_room else READ, connection)
        if connection.closing and not connection.queue:
            self._say_goodbye(connection)

    def _say_goodbye(self, connection: Connection) -> None:
        """Ends our side of a stream; the socket stays until the peer ends its own, lest a reset lose the last bytes."""
        if connection.resets:
            self.abort(connection)
            return
        try:
            connection.transport.shutdown(socket.SHUT_WR)
        except OSError:
            self.abort(connection)

    # --------------------------------------------------------------- visitors

    def watch(self, file: Any, target: Any, wants_room: bool = False) -> None:
        """Has `target.serve(mask)` called when something that is no socket of the game's is ready."""
        mask = READ | WRITE if wants_room else READ
        if file in self.selector.get_map():
            self.selector.modify(file, mask, target)
        else:
            self.selector.register(file, mask, target)

    def unwatch(self, file: Any) -> None:
        """Forgets what `watch` was told of."""
        with contextlib.suppress(KeyError, ValueError, RuntimeError):
            self.selector.unregister(file)

    # ---------------------------------------------------------------- closing

    def _close_server(self, server: Server) -> None:
        self.acceptor.end(server)

    def part(self, connection: Connection) -> None:
        """Ends a connection when what it has queued has left, or after the connect timeout."""
        self.board.collect(connection)
        connection.begin_closing()
        if connection.transport is None:
            self.abort(connection)
            return
        self._lingering[connection] = time.monotonic() + self.limits.connect_timeout
        if not connection.queue:
            self._say_goodbye(connection)

    def abort(self, connection: Connection) -> None:
        """Drops a connection's transport at once."""
        self._lingering.pop(connection, None)
        self.dialer.cancel(connection)
        self.board.unsent.pop(connection, None)
        self._drop_transport(connection)

    def _drop_transport(self, connection: Connection) -> None:
        transport = connection.detach()
        if transport is not None:
            with contextlib.suppress(KeyError, ValueError):
                self.selector.unregister(transport)
            if connection.resets:
                transport.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            transport.close()

    def close_all(self, timeout: float) -> None:
        """Closes every socket, giving what is queued up to `timeout` seconds to leave."""
        for _ in self.closing(timeout):
            self.poll(0.02)

    def closing(self, timeout: float) -> Iterator[None]:
        """As `close_all`; yields as often as it wants somebody to `poll`."""
        self.board.warnings.tell_counts()
        if self.board.broadcaster is not None:
            self.board.broadcaster.close()
        for number in list(self.board.sockets):
            self.close(number)
        start = time.monotonic()
        while self._lingering and time.monotonic() < start + timeout:
            unsent = any(connection.queue for connection in self._lingering)
            if not unsent and time.monotonic() > start + GOODBYE:
                break
            yield
        for connection in list(self._lingering):
            self.abort(connection)
        self.selector.close()
        self.waker.close()

    def hear_signals(self) -> None:
        """See Waker."""
        self.waker.hear_signals()

    def wake(self) -> None:
        """Ends a waiting `poll`; may be called from any thread and from a signal handler."""
        self.waker.wake()


def earliest(one: float | None, other: float | None) -> float | None:
    """The earlier of two moments, of which either may be none."""
    return other if one is None else one if other is None else min(one, other)


def gather(queue: deque[bytes | memoryview]) -> None:
    """Puts the pieces at the front of a queue together, up to what a system call may well take."""
    size, pieces = 0, []
    while queue and size < GATHERED:
        pieces.append(queue.popleft())
        size += len(pieces[-1])
    queue.appendleft(pieces[0] if len(pieces) == 1 else b"".join(pieces))
