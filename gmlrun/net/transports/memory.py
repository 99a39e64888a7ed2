"""The backend in memory: games in one process talk to each other without a socket, on a clock of their own.

A `MemoryNetwork` connects the backends made from it. Nothing moves by itself: `poll` carries the bytes,
so a test decides how they are cut and when a second has passed.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator

from gmlrun.net.backend import NetworkError, NetworkLimits, SocketType
from gmlrun.net.connections import Connection, Server
from gmlrun.net.datagrams import DatagramSocket
from gmlrun.net.messages import Message
from gmlrun.net.switchboard import Switchboard
from gmlrun.net.transports.base import BaseBackend

LONGEST = 65507
"""Bytes of the longest datagram, as on IPv4."""
EOF = b""
RESET = None


class Pipe:
    """One end of an in-memory stream: what has arrived, and the other end."""

    def __init__(self, capacity: int) -> None:
        self.arrived: deque[bytes | None] = deque()
        self.other: Pipe | None = None
        self.capacity = capacity
        """Bytes that may wait to be read before the sender is told to wait."""
        self.space = capacity
        """How many more may."""

    def push(self, piece: bytes) -> None:
        """Bytes from the other end."""
        self.arrived.append(piece)
        self.space -= len(piece)

    def end(self, mark: bytes | None) -> None:
        """The other end closes the stream (EOF) or resets it (RESET)."""
        self.arrived.append(mark)

    def pull(self) -> bytes | None:
        """The next piece that has arrived."""
        piece = self.arrived.popleft()
        self.space += len(piece or b"")
        return piece


class MemoryNetwork:
    """Ports and streams of one imaginary machine. `chunk` cuts every stream into pieces of that many bytes."""

    def __init__(self, *, chunk: int | None = None, capacity: int = 1 << 20) -> None:
        self.time = 0.0
        self.chunk = chunk
        self.capacity = capacity
        self.ports: dict[int, MemoryListener] = {}
        self.datagram_ports: dict[int, MemoryDatagrams] = {}
        self.loses: Callable[[bytes], bool] = lambda datagram: False
        """Which datagrams get lost."""
        self._free_ports: Callable[[], int] = itertools.count(49152).__next__

    def now(self) -> float:
        """Seconds since the network was made; `advance` moves them."""
        return self.time

    def advance(self, seconds: float) -> None:
        """Lets time pass."""
        self.time += seconds

    def free_port(self) -> int:
        """A port that nobody listens on."""
        return self._free_ports()

    def open(self, port: int, source: int = 0) -> tuple[Pipe, MemoryListener] | None:
        """Connects to a port from another: this side's end, or None when nobody listens there."""
        listener = self.ports.get(port)
        if listener is None:
            return None
        here, there = Pipe(self.capacity), Pipe(self.capacity)
        here.other, there.other = there, here
        listener.waiting.append((there, source or self.free_port()))
        return here, listener


class MemoryListener:
    """A port with the clients that wait to be accepted."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Pipe, int]] = deque()
        self.owner = ""
        """The name of the game that listens."""


class MemoryDatagrams(DatagramSocket):
    """A UDP port of the network with what has arrived. Raises NetworkError for one that is taken."""

    __slots__ = ("arrived", "network", "owner")

    def __init__(self, backend: MemoryBackend, port: int, raw: bool, is_server: bool) -> None:
        if not 0 <= port <= 65535:
            raise NetworkError("port must be 0-65535")
        super().__init__(backend.board, raw, is_server)
        self.network = backend.network
        self.owner = backend.name
        """The name of the game that has it."""
        self.port = port or self.network.free_port()
        self.arrived: deque[tuple[bytes, str, int]] = deque()
        if self.port in self.network.datagram_ports:
            raise NetworkError("Address already in use")
        self.network.datagram_ports[self.port] = self

    def transmit(self, host: str, port: int, datagram: bytes) -> bool:
        """Puts a datagram where its receiver finds it; one to a port without receiver is lost."""
        if len(datagram) > LONGEST:
            return False
        receiver = self.network.datagram_ports.get(port)
        if receiver is not None and not self.network.loses(datagram):
            receiver.arrived.append((datagram, "127.0.0.1", self.port))
        return True

    def locate(self, host: str, port: int) -> str:
        """Every host is this one."""
        return "127.0.0.1"

    def spread(self, port: int, datagram: bytes) -> bool:
        """There is one interface; where both sides have multicast, the datagram comes from its other address too."""
        receiver = self.network.datagram_ports.get(port)
        taken = self.transmit("127.255.255.255", port, datagram)
        if taken and receiver is not None and self.multicast and receiver.multicast:
            receiver.arrived.append((datagram, "::1", self.port))
        return taken

    def read(self) -> None:
        """Hands over what has arrived."""
        while self.arrived:
            self.received(*self.arrived.popleft())

    def close(self) -> None:
        """Gives the port back."""
        del self.network.datagram_ports[self.port]


class MemoryBackend(BaseBackend):
    """See Backend for the contract."""

    name = ""
    """The game's, where several share a network."""
    datagrams = MemoryDatagrams
    """The class of its UDP sockets."""

    def __init__(self, network: MemoryNetwork | None = None, limits: NetworkLimits | None = None) -> None:
        self.network = network or MemoryNetwork()
        self.limits = limits or NetworkLimits()
        super().__init__(Switchboard(self.limits, self.network.now, self))

    def open_datagrams(self) -> DatagramSocket:
        """See Transport."""
        return self.datagrams(self, 0, False, False)

    def listen(self, kind: SocketType, address: str, port: int, max_clients: int, raw: bool) -> int:
        """Opens a server on a port of the network; raises NetworkError when it is taken."""
        if not 0 <= port <= 65535:
            raise NetworkError("port must be 0-65535")
        self.board.need_room()
        if kind == "udp":
            return self.board.add_datagrams(self.datagrams(self, port, raw, True))
        port = port or self.network.free_port()
        if port in self.network.ports:
            raise NetworkError("Address already in use")
        server = Server(kind, raw, max_clients, self.limits)
        server.transport = self.network.ports[port] = MemoryListener()
        server.transport.owner = self.name
        server.number, server.port = self.board.numbers.take(), port
        self.board.sockets[server.number] = server
        return server.number

    def port_of(self, socket: int) -> int:
        """The port that a server or a UDP socket has."""
        found = self.board.sockets[socket]
        return found.port if found is not None else 0

    def addresses_of(self, socket: int) -> list[str]:
        """There is one address."""
        return ["127.0.0.1"]

    def reserve(self, kind: SocketType, port: int = 0, address: str = "") -> int:
        """A socket that will connect later, or one of UDP."""
        if kind != "udp":
            return self.board.reserve(kind, port)
        self.board.need_room()
        return self.board.add_datagrams(self.datagrams(self, port, False, False))

    def _dial(self, connection: Connection, host: str, port: int) -> None:
        """Connects to a port of the network, whatever the host."""
        opened = self.network.open(port, self.board.local_port(connection.number))
        if opened is None:
            self.board.lost(connection, "Connection refused")
        else:
            connection.attach(opened[0])
            self.board.established(connection)

    def poll(self, timeout: float | None) -> list[Message]:
        """Carries bytes both ways once; an empty poll with a timeout lets that much time pass."""
        self.flush()
        for target in list(self.board.sockets.values()):
            if isinstance(target, Server):
                self._accept(target)
            elif isinstance(target, Connection):
                if not (self.is_held and target.opened):
                    self._read(target)
            elif isinstance(target, MemoryDatagrams) and not self.is_held:
                target.read()
        self.board.expire()
        self.flush()
        if not self.board.messages and timeout:
            self.network.advance(timeout)
            self.board.expire()
        return self.board.take_messages()

    def _accept(self, server: Server) -> None:
        waiting = server.transport.waiting
        while waiting:
            pipe, port = waiting.popleft()
            if self.board.accepted(server, pipe, "127.0.0.1", port) is None:
                pipe.other.end(EOF)

    def _read(self, connection: Connection) -> None:
        pipe = connection.transport
        while pipe is not None and pipe.arrived and connection.transport is pipe:
            piece = pipe.pull()
            if piece is RESET:
                self.board.lost(connection, "Connection reset by peer", by_peer=True)
            elif piece == EOF:
                self.board.handle_all(connection, connection.protocol.receive_eof())
            else:
                self.board.received(connection, piece)

    def flush(self) -> None:
        """Writes what is queued."""
        for connection in list(self.board.unsent):
            self.board.unsent.pop(connection, None)
            if connection.transport is not None:
                self.write(connection)

    def write(self, connection: Connection) -> None:
        """Moves as much of the queue as the other end has space for, cut as the network cuts."""
        other = connection.transport.other
        while connection.queue and other.space > 0:
            piece = bytes(connection.queue[0])[: min(other.space, self.network.chunk or self.network.capacity)]
            other.push(piece)
            connection.sent(len(piece))
        if not connection.queue:
            self.board.unsent.pop(connection, None)
        else:
            self.board.unsent[connection] = None
            connection.stall(self.network.time)

    def _close_server(self, server: Server) -> None:
        del self.network.ports[server.port]

    def part(self, connection: Connection) -> None:
        """Ends a connection after what it has queued."""
        connection.begin_closing()
        if connection.transport is not None:
            self.board.collect(connection)
            self.write(connection)
        self.abort(connection)

    def abort(self, connection: Connection) -> None:
        pipe = connection.detach()
        self.board.unsent.pop(connection, None)
        if pipe is not None and pipe.other is not None:
            pipe.other.end(RESET if connection.resets else EOF)

    def close_all(self, timeout: float) -> None:
        """Closes every socket."""
        if self.board.broadcaster is not None:
            self.board.broadcaster.close()
            self.board.broadcaster = None
        for _ in self.closing(timeout):
            self.poll(0.0)

    def closing(self, timeout: float) -> Iterator[None]:
        """See Backend: nothing has to leave."""
        for number in list(self.board.sockets):
            self.close(number)
        yield from ()

    def descriptor(self) -> int:
        """See Backend: memory has none."""
        return -1

    def patience(self, timeout: float | None) -> float | None:
        """See Backend."""
        return timeout

    def wake(self) -> None:
        """Nothing waits here."""
