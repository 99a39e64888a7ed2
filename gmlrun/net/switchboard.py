"""The sockets of a backend, the same for real and for in-memory transports.

A transport says what arrived and takes what is to be sent; here bytes become messages, limits hold, and packets
wait in queues.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gmlrun.net.backend import FAILED, NetworkError, NetworkLimits, Options, SocketFacts, SocketType
from gmlrun.net.connections import Connection, Server
from gmlrun.net.handshakes import Handshakes, late_reason
from gmlrun.net.messages import NEW, Connected, ConnectResult, Disconnected, Dropped, Message, Received
from gmlrun.net.numbers import SocketNumbers
from gmlrun.net.patrol import Patrol
from gmlrun.net.protocol import Closed, Event, Noticed, Packets, StreamProtocol, protocols_of
from gmlrun.net.sending import SendQueues
from gmlrun.net.transport import Transport
from gmlrun.net.warnings import NetworkWarnings

if TYPE_CHECKING:
    from gmlrun.net.datagrams import DatagramSocket
    from gmlrun.net.protocols.reliable import Reliable


FULL = "the server is full (see max_client)"
MAX_ARRIVING = 4096
"""How many clients of one server may be in the middle of their handshake."""


class Switchboard:
    """The sockets of one backend by number, and the messages that wait for the program."""

    def __init__(
        self,
        limits: NetworkLimits,
        now: Callable[[], float],
        transport: Transport,
        log: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.limits = limits
        self.transport = transport
        self.now = now
        self.log = log
        self.sockets: dict[int, Server | Connection | DatagramSocket | None] = {}
        self.streams: dict[int, Connection] = {}
        """The connections among them that packets can be sent to."""
        self.datagrams: dict[int, DatagramSocket] = {}
        """The UDP sockets among them."""
        self.messages: list[Message] = []
        self.options: dict[int, Options] = {}
        """Of the sockets for which something is set."""
        self.reliable: dict[int, Reliable] = {}
        """Of the UDP sockets that send datagrams again."""
        self.broadcaster: DatagramSocket | None = None
        self.warnings = NetworkWarnings(self)
        self.queues = SendQueues(self)
        self.unsent = self.queues.unsent
        self.send, self.collect = self.queues.send, self.queues.collect
        self.patrol = Patrol(self, limits.idle_timeout, now)
        self.numbers = SocketNumbers()
        self.handshakes = Handshakes()

    # ---------------------------------------------------------------- numbers

    def release(self, number: int) -> None:
        """Frees a number; one that is free already stays so."""
        if number in self.sockets:
            del self.sockets[number]
            self.streams.pop(number, None)
            self.datagrams.pop(number, None)
            self.options.pop(number, None)
            self.reliable.pop(number, None)
            self.numbers.give_back(number)

    def facts(self) -> list[SocketFacts]:
        """The facts of every socket, by number."""
        return [facts_of(number, self.sockets[number]) for number in sorted(self.sockets)]

    def room_for_one(self) -> bool:
        """Whether the limit allows one more socket."""
        return self.limits.sockets is None or len(self.sockets) < self.limits.sockets

    def need_room(self) -> None:
        """Raises NetworkError when there may be no more sockets."""
        if not self.room_for_one():
            raise NetworkError(f"{self.limits.sockets} sockets are open, which is the limit (see --max-sockets)")

    def options_of(self, socket: int) -> Options:
        """The options of a socket, to read and change."""
        return self.options.setdefault(socket, Options())

    def configure(self, socket: int) -> None:
        """Makes a socket follow what is set for it."""
        found, options = self.sockets.get(socket), self.options.get(socket)
        if found is None or options is None:
            return
        if not isinstance(found, (Server, Connection)):
            found.configure(options)
            return
        found.resets = options.avoid_time_wait
        if isinstance(found, Connection) and options.message_limit is not None:
            found.protocol.limit = options.message_limit

    def reserve(self, kind: SocketType, port: int) -> int:
        """A number for a socket that will connect later, from a port if it is not 0; raises NetworkError."""
        protocols_of(kind)
        self.need_room()
        if not 0 <= port <= 65535:
            raise NetworkError("port must be 0-65535")
        number = self.numbers.take()
        self.sockets[number] = None
        if port:
            self.options_of(number).local_port = port
        return number

    def local_port(self, number: int) -> int:
        """The port that a connection is to be made from; 0 for any."""
        options = self.options.get(number)
        return 0 if options is None else options.local_port

    # -------------------------------------------------------------- datagrams

    def add_datagrams(self, made: DatagramSocket) -> int:
        """Gives a UDP socket its number."""
        made.number = self.numbers.take()
        made.server = made.number if made.is_server else -1
        self.sockets[made.number] = self.datagrams[made.number] = made
        return made.number

    def send_to(self, socket: int, host: str, port: int, payload: bytes, raw: bool = False) -> int:
        """Sends a datagram; FAILED for a socket that cannot, and for what the network does not take."""
        found = self.datagrams.get(socket)
        return found.send(host, port, payload, raw) if found is not None and 0 < port <= 65535 else FAILED

    def broadcast(self, socket: int, port: int, payload: bytes) -> int:
        """Sends a datagram to everybody near; FAILED as for `send_to`."""
        found = self.datagrams.get(socket)
        if found is None and self.sockets.get(socket) is not None:
            found = self._broadcaster()
        return FAILED if found is None or not 0 < port <= 65535 else found.broadcast(port, payload)

    def _broadcaster(self) -> DatagramSocket | None:
        """The socket without a number that sends the broadcasts of servers and streams."""
        if self.broadcaster is None:
            try:
                self.broadcaster = self.transport.open_datagrams()
            except NetworkError as error:
                self.log(f"cannot broadcast: {error}")
        return self.broadcaster

    # ----------------------------------------------------------- connections

    def accepted(self, server: Server, transport: Any, address: str, port: int) -> Connection | None:
        """A client of a server; None when the server is full.

        Clients whose handshake is not over do not make it full: a flood of them ends the oldest of them, and does
        not keep others out.
        """
        if len(server.arriving) >= MAX_ARRIVING or (server.arriving and not self.room_for_one()):
            self.lost(next(iter(server.arriving)), "too many others came")
        reason = self._no_room(server, address)
        if reason:
            self.tell_dropped(Dropped(server.number, address, port, reason))
            return None
        connection = Connection(self.numbers.take(), server.kind, server.raw, server.make_protocol(), server)
        connection.attach(transport)
        connection.name_peer(address, port)
        self.sockets[connection.number] = connection
        server.arriving[connection] = None
        server.addresses[address] += 1
        self._begin(connection)
        return connection if self.sockets.get(connection.number) is connection else None

    def _no_room(self, server: Server, address: str) -> str:
        """Why a server cannot take another client from an address; empty when it can."""
        if len(server.clients) >= server.max_clients:
            return FULL
        if not self.room_for_one():
            return "no more sockets are allowed (see --max-sockets)"
        most = self.limits.per_address
        if most is not None and server.addresses[address] >= most:
            return f"{most} clients of that address are there already (see --max-per-address)"
        return ""

    def begin_connecting(self, number: int, kind: SocketType, raw: bool, protocol: StreamProtocol) -> Connection:
        """A connection from this side, before its transport is there."""
        connection = Connection(number, kind, raw, protocol, None)
        self.sockets[number] = connection
        self.configure(number)
        self._set_deadline(connection)
        return connection

    def established(self, connection: Connection) -> None:
        """The transport of a connection from this side is there; the handshake can begin."""
        self.handle_all(connection, connection.protocol.start())
        self.collect(connection)

    def _begin(self, connection: Connection) -> None:
        self._set_deadline(connection)
        self.handle_all(connection, connection.protocol.start())
        self.collect(connection)

    def _set_deadline(self, connection: Connection) -> None:
        self.handshakes.begin(connection, self.now() + self.limits.connect_timeout)

    def received(self, connection: Connection, data: bytes) -> None:
        """Bytes from a peer."""
        protocol = connection.protocol
        connection.heard = True
        events = protocol.receive(data)
        if len(events) == 1 and type(events[0]) is Packets:  # as `handle_all`, for nearly all that comes
            packets, is_text = events[0]
            connection.spoke = True
            facts = (connection.number, packets, connection.server_number, connection.address, connection.port, is_text)
            self.messages.append(NEW(Received, facts))
        elif events:
            self.handle_all(connection, events)
        if protocol.out:
            self.answer(connection)

    def answer(self, connection: Connection) -> None:
        """Queues what the protocol itself says to bytes of a peer, unless the peer takes none of it."""
        self.collect(connection)
        if connection.queued > 2 * self.limits.send_queue + connection.allowed:
            self.abandon(connection)

    def abandon(self, connection: Connection) -> None:
        """Ends a connection whose peer makes the protocol answer, and takes none of the answers."""
        connection.clear_queue()
        self.lost(connection, "it makes the server answer, and does not read the answers")

    def handle_all(self, connection: Connection, events: list[Event]) -> None:
        """Makes messages of a protocol's events; a server that is full takes nothing of what came with a signature."""
        for event in events:
            if type(event) is Packets:
                packets, is_text = event
                connection.spoke = True
                origin = (connection.server_number, connection.address, connection.port)
                self.messages.append(NEW(Received, (connection.number, packets, *origin, is_text)))
            elif type(event) is Closed:
                self.lost(connection, event.reason, event.by_peer)
            elif type(event) is Noticed:
                self.warnings.tell_of(connection, event.text)
            elif not self._opened(connection):
                return

    def _opened(self, connection: Connection) -> bool:
        """The handshake is over; False when there is no room for the client."""
        server, where = connection.server, (connection.address, connection.port)
        if server is not None and len(server.clients) >= server.max_clients:
            connection.protocol.out.clear()
            self.lost(connection, FULL)
            return False
        connection.opened = True
        self.streams[connection.number] = connection
        connection.deadline = 0.0
        if server is not None:
            server.arriving.pop(connection, None)
            server.clients.add(connection.number)
            self.patrol.welcome(connection)
            self.messages.append(Connected(server.number, connection.number, *where))
        else:
            self.messages.append(ConnectResult(connection.number, True, *where))
        return True

    def lost(self, connection: Connection, reason: str, by_peer: bool = False) -> None:
        """A connection is over: the program is told if it knew of it, and its transport is dropped.

        What its protocol still has to say (why it ends) is sent first. `by_peer` tells that the peer just ended it.
        """
        if self.sockets.get(connection.number) is not connection:
            return
        where = (connection.address, connection.port)
        if connection.server is not None:
            self.leave(connection.server, connection)
            if not by_peer:
                self.tell_dropped(Dropped(connection.server_number, *where, reason))
        if connection.opened:
            self.messages.append(Disconnected(connection.number, connection.server_number, *where, reason))
        elif connection.server is None:
            self.messages.append(ConnectResult(connection.number, False, *where, reason))
        self.unsent.pop(connection, None)
        self.sockets[connection.number] = None
        self.streams.pop(connection.number, None)
        (self.transport.part if connection.protocol.out else self.transport.abort)(connection)
        if connection.opened and connection.server is not None:
            self.numbers.depart(connection.number)
        elif connection.server is not None:
            self.release(connection.number)

    def tell_dropped(self, dropped: Dropped) -> None:
        """Tells those who want to know of a peer that is turned away."""
        for tell in self.limits.on_dropped:
            tell(dropped)

    def leave(self, server: Server, connection: Connection) -> None:
        """A server has one client less."""
        server.arriving.pop(connection, None)
        server.clients.discard(connection.number)
        server.addresses[connection.address] -= 1
        if server.addresses[connection.address] <= 0:
            del server.addresses[connection.address]

    # -------------------------------------------------------------- deadlines

    def next_deadline(self) -> float | None:
        """When a handshake runs out of time or a datagram has to be sent again, on the clock of `now`."""
        due = self.handshakes.next_due()
        if self.reliable:
            times = [due, *(reliable.next_due() for reliable in self.reliable.values())]
            due = min((time for time in times if time is not None), default=None)
        return due

    def expire(self) -> None:
        """Drops the connections whose handshake took too long, and sends datagrams again."""
        for connection in self.handshakes.late(self.now()):
            self.lost(connection, late_reason(connection))
        for reliable in self.reliable.values():
            reliable.expire()

    # --------------------------------------------------------------- messages

    def take_messages(self) -> list[Message]:
        """Return the messages since the last time."""
        if self.numbers.is_any_departing:
            for number in self.numbers.heard_of():
                if self.sockets.get(number, self) is None:
                    self.release(number)
        messages, self.messages = self.messages, []
        return messages


def facts_of(number: int, found: Server | Connection | DatagramSocket | None) -> SocketFacts:
    """The facts of one socket."""
    if found is None:
        return SocketFacts(number, "", "", "not connected", 0)
    if isinstance(found, Connection):
        state = "closing" if found.closing else "connected" if found.opened else "connecting"
        host = f"[{found.address}]" if ":" in found.address else found.address
        return SocketFacts(number, found.kind, f"{host}:{found.port}", state, found.queued)
    if isinstance(found, Server):
        state = f"{'listening' if found.is_listening else 'closing'} ({len(found.clients)})"
    else:
        state = "bound" if found.port else "open"
    return SocketFacts(number, found.kind, f"port {found.port}" if found.port else "", state, 0)
