"""Datagram sockets, the same for real and for in-memory transports: payloads become datagrams, datagrams messages.

A subclass carries the datagrams. UDP has no connections: a socket sends to any address, and a message
tells who has sent it. A datagram is taken whole or not at all, on both sides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmlrun.net.backend import FAILED, Options, SocketType
from gmlrun.net.messages import NEW, Received
from gmlrun.net.protocols.reliable import Reliable, random_number
from gmlrun.net.protocols.stream import LEADING, frame, unframe

if TYPE_CHECKING:
    from gmlrun.net.switchboard import Switchboard

MIXED = (
    "it sends both with network_send_udp, which adds a packet header, and with network_send_udp_raw, which does not:"
    " use one of them"
)
HEADED = (
    "the peer sends with network_send_udp, and its header is part of the data here:"
    " let it use network_send_udp_raw, or leave out the raw functions on both sides"
)
LARGEST = 65535
"""Bytes: no datagram is longer (IPv4 carries 65507, IPv6 65527)."""


class DatagramSocket:
    """One socket of UDP. `raw` ones hand datagrams over as they are, others without GameMaker's header."""

    __slots__ = (
        "board", "framed", "is_reliable", "is_server", "limit", "multicast", "number", "payload", "port", "raw",
        "reliable", "sends_raw", "server",
    )  # fmt: skip
    kind: SocketType = "udp"

    def __init__(self, board: Switchboard, raw: bool, is_server: bool) -> None:
        self.board = board
        self.raw = raw
        self.is_server = is_server
        self.number = self.server = -1
        """Its own number, and that of the server which messages name as their receiver: itself, or none."""
        self.port = 0
        """The port that it is bound to."""
        self.limit = LARGEST
        """Bytes: a longer message from a peer is dropped."""
        self.multicast = False
        self.sends_raw: bool | None = None
        """Whether what was sent last was raw."""
        self.payload = b""
        """The payload that was sent last."""
        self.framed = frame(b"")
        """The same with GameMaker's header."""
        self.is_reliable = False
        """Whether what is sent now is sent until it is acknowledged."""
        self.reliable: Reliable | None = None
        """Goes on with what is under way when that ends."""

    # ------------------------------------------------------- what a transport does

    def transmit(self, host: str, port: int, datagram: bytes) -> bool:
        """Sends a datagram to a host; whether the network took it."""
        raise NotImplementedError

    def locate(self, host: str, port: int) -> str:
        """The address that datagrams to a host and port go to; the host itself where none is known."""
        raise NotImplementedError

    def spread(self, port: int, datagram: bytes) -> bool:
        """Sends a datagram to everybody on the local networks; whether any of them took it."""
        raise NotImplementedError

    def set_multicast(self, wanted: bool) -> None:
        """Joins or leaves the all-hosts group of every interface."""
        self.multicast = wanted

    def close(self) -> None:
        """Gives the port back."""
        raise NotImplementedError

    # ------------------------------------------------------------------- sending

    def send(self, host: str, port: int, payload: bytes, raw: bool) -> int:
        """Sends a datagram; the bytes with GameMaker's header, or FAILED."""
        if raw is not self.sends_raw:
            if self.sends_raw is not None:
                self.board.warnings.tell_once(self.number, self.is_server, MIXED)
            self.sends_raw = raw
        if raw:
            datagram = payload
        elif payload is self.payload:  # one that goes to many in a row is framed once
            datagram = self.framed
        else:
            self.payload = payload
            self.framed = datagram = frame(payload)
        send = self.reliable.send if self.is_reliable and self.reliable is not None else self.transmit
        return len(datagram) if send(host, port, datagram) else FAILED

    def broadcast(self, port: int, payload: bytes) -> int:
        """Sends a datagram to everybody; the bytes with GameMaker's header, or FAILED."""
        datagram = frame(payload)
        return len(datagram) if self.spread(port, datagram) else FAILED

    # ----------------------------------------------------------------- receiving

    def received(self, datagram: bytes, address: str, port: int) -> None:
        """Makes a message of a datagram."""
        payload = datagram
        if self.reliable is not None:
            whole = self.reliable.receive(datagram, address, port)
            if whole is None:
                return
            payload = whole
        if not self.raw:
            payload = unframe(payload)
        elif payload.startswith(LEADING):
            self.board.warnings.tell_once(self.number, self.is_server, HEADED)
        if len(payload) > self.limit:
            self.board.warnings.dropped += 1
            return
        self.board.messages.append(NEW(Received, (self.number, [payload], self.server, address, port, None)))

    # ------------------------------------------------------------- configuration

    def configure(self, options: Options) -> None:
        """Follows the options that are set for this socket."""
        self.limit = LARGEST if options.message_limit is None else options.message_limit
        self.is_reliable = options.reliable
        if options.reliable and self.reliable is None:
            self.reliable = self._begin_reliable()
        if options.multicast != self.multicast:
            self.set_multicast(options.multicast)

    def _begin_reliable(self) -> Reliable:
        """Streams begin at a random number: a peer that starts anew is not taken for the one before."""
        limit = self.board.limits.send_queue
        made = Reliable(self.transmit, self.board.now, limit, random_number(), self.locate)
        self.board.reliable[self.number] = made
        return made
