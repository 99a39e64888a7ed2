"""The backend over real sockets that also counts: the same calls go in, the counts of all sockets together come out.

Only a game whose status is watched has it. Its busiest methods repeat those of SelectorBackend and Switchboard with
counters in their midst: one more call for each packet would cost more than all the rest of watching.
"""

from __future__ import annotations

from typing import Any

from gmlrun.net.backend import NetworkLimits
from gmlrun.net.connections import Connection
from gmlrun.net.messages import Dropped
from gmlrun.net.protocol import Packets
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.net.transports.udp import UdpSocket


class Carried:
    """Counts of the packets and bytes of all sockets of a game; bytes of streams are those on the wire."""

    __slots__ = ("bytes_in", "bytes_out", "clients", "packets_in", "packets_out", "turned_away")

    def __init__(self) -> None:
        self.packets_in = self.packets_out = self.bytes_in = self.bytes_out = 0
        self.clients = 0
        """How many clients have come."""
        self.turned_away = 0
        """How many peers servers have turned away, or dropped for a fault of theirs."""


class CountingSocket(UdpSocket):
    """A UDP socket that counts what it carries."""

    __slots__ = ("carried",)

    def __init__(self, backend: CountingBackend, address: str, port: int, raw: bool, is_server: bool) -> None:
        super().__init__(backend, address, port, raw, is_server)
        self.carried = backend.carried

    def transmit(self, host: str, port: int, datagram: bytes) -> bool:
        """See DatagramSocket."""
        self.carried.packets_out += 1
        self.carried.bytes_out += len(datagram)
        return super().transmit(host, port, datagram)

    def received(self, datagram: bytes, address: str, port: int) -> None:
        """See DatagramSocket; a datagram that is dropped for its length counts too, as its bytes have come."""
        self.carried.packets_in += 1
        self.carried.bytes_in += len(datagram)
        super().received(datagram, address, port)


class CountingBackend(SelectorBackend):
    """See Backend for the contract."""

    def __init__(self, limits: NetworkLimits, **extras: Any) -> None:
        super().__init__(limits, **extras)
        self.carried = Carried()
        self._rest: dict[Connection, tuple[int, int]] = {}
        """Pieces and bytes in queues that have been counted already, as a write has left them."""
        self._own: dict[Connection, int] = {}
        """How many pieces in queues are the protocol's own, and no packets."""
        board = self.board
        self._collect, self._welcome_client = board.collect, board.patrol.welcome
        board.collect, board.received = self._collected, self._received  # type: ignore[method-assign]
        board.patrol.welcome = self._opened  # type: ignore[method-assign]
        limits.on_dropped.append(self._dropped)

    def _open_datagrams(self, address: str, port: int, raw: bool, is_server: bool) -> int:
        return self.board.add_datagrams(CountingSocket(self, address, port, raw, is_server))

    def _received(self, connection: Connection, data: bytes) -> None:
        """Take in bytes of a peer, as Switchboard.received does."""
        board, carried, protocol = self.board, self.carried, connection.protocol
        connection.heard = True
        carried.bytes_in += len(data)
        events = protocol.receive(data)
        for event in events:
            if type(event) is Packets:
                carried.packets_in += len(event[0])
        board.handle_all(connection, events)
        if protocol.out:
            board.answer(connection)

    def _flush(self) -> None:
        """As SelectorBackend's."""
        unsent, rest, own = self.board.unsent, self._rest, self._own
        pieces = size = 0
        while unsent:
            connection, _ = unsent.popitem()
            queue = connection.queue
            if connection.transport is not None and queue:
                pieces += len(queue)
                size += connection.queued
                if own or rest:
                    self._take_back(connection)
                self._write(connection)
                if queue:
                    rest[connection] = len(queue), connection.queued
        self.carried.packets_out += pieces
        self.carried.bytes_out += size
        if self._lingering:
            self._give_up()

    def _serve(self, target: Any, mask: int) -> None:
        super()._serve(target, mask)
        if target in self._rest:
            self._rest[target] = len(target.queue), target.queued

    def _take_back(self, connection: Connection) -> None:
        """Counts nothing twice, and no piece of the protocol's own as a packet."""
        pieces, size = self._rest.pop(connection, (0, 0))
        self.carried.packets_out -= pieces + self._own.pop(connection, 0)
        self.carried.bytes_out -= size

    def write(self, connection: Connection) -> None:
        """A write in the midst of a turn, as for long packets."""
        self.carried.packets_out += len(connection.queue)
        self.carried.bytes_out += connection.queued
        self._take_back(connection)
        self._write(connection)
        if connection.queue:
            self._rest[connection] = len(connection.queue), connection.queued

    def _collected(self, connection: Connection) -> None:
        before = len(connection.queue)
        self._collect(connection)
        self._own[connection] = self._own.get(connection, 0) + len(connection.queue) - before

    def _opened(self, connection: Connection) -> None:
        self.carried.clients += 1
        self._welcome_client(connection)

    def abort(self, connection: Connection) -> None:
        super().abort(connection)
        self._rest.pop(connection, None)
        self._own.pop(connection, None)

    def _dropped(self, dropped: Dropped) -> None:
        self.carried.turned_away += 1
