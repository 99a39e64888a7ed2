"""Streams of TCP, raw and GameMaker's own: bytes go in, packets come out, and the other way round.

Raw streams hand over what a read returned. GameMaker's own streams begin with a handshake in three
steps (the server speaks first) and cut the rest into packets by a header of 12 bytes. All integers are little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import partial

from gmlrun.net.backend import NetworkLimits
from gmlrun.net.messages import NEW
from gmlrun.net.protocol import (
    CLIENT_LIMIT,
    SERVER_LIMIT,
    Closed,
    Destination,
    Event,
    Heads,
    Noticed,
    Opened,
    Packets,
    StreamProtocol,
)

HELLO = b"GM:Studio-Connect\0"
SIGNATURE_MAGIC = struct.pack("<III", 0xCAFEBABE, 0xDEADB00B, 16)
SIGNATURE_SIZE = 16
ACKNOWLEDGEMENT = struct.pack("<III", 0xDEAFBEAD, 0xF00DBEEB, 12)

PACKET_MAGIC = 0xDEADC0DE
HEADER = struct.Struct("<III")
HEADER_SIZE = HEADER.size
LEAD_AND_SIZE = struct.Struct("<QI")
"""The header with what is the same in every packet as one number, `LEAD`."""
LEAD = HEADER_SIZE << 32 | PACKET_MAGIC

HEADS = Heads(partial(LEAD_AND_SIZE.pack, LEAD))
"""The headers of packets."""

FEW = 4
"""How many packets are cut one by one; more of one size, as games send them in a burst, are cut together."""

NO_CLIENT = "no GameMaker handshake; does it use network_connect_raw?"
NOT_GAMEMAKER = {
    b"GET ": "it speaks HTTP: a browser needs a server of network_socket_ws",
    b"\x16\x03": "it speaks TLS: that needs a server of network_socket_wss, or a proxy before this one",
}
"""How a peer begins that no GameMaker client is, and what to do."""
NO_SERVER = "no GameMaker handshake; is it a server of network_create_server_raw, or none of GameMaker's?"
"""The reasons for the end of a stream in its handshake."""

LEADING = LEAD.to_bytes(8, "little")
"""How each packet with a header begins."""
NOT_RAW = {
    HELLO: "the peer is a server of network_create_server: connect to it with network_connect, not network_connect_raw",
    SIGNATURE_MAGIC: "the peer connects with network_connect, and its handshake is part of the data here:"
    " let it use network_connect_raw, or leave out the raw functions on both sides",
    LEADING: "the peer sends with network_send_packet, and its header is part of the data here:"
    " let it use network_send_raw, or leave out the raw functions on both sides",
}
"""How a peer begins that is not raw, and what to do."""


def frame(payload: bytes) -> bytes:
    """A packet as it stands in a non-raw stream or datagram: header and payload."""
    return HEADER.pack(PACKET_MAGIC, HEADER_SIZE, len(payload)) + payload


def unframe(datagram: bytes) -> bytes:
    """A datagram's payload; one without the header, or with one that is not its own, is all payload."""
    if len(datagram) >= HEADER_SIZE:
        lead, size = LEAD_AND_SIZE.unpack_from(datagram)
        if lead == LEAD and size == len(datagram) - HEADER_SIZE:
            return datagram[HEADER_SIZE:]
    return datagram


def alike(data: bytes, limit: int) -> list[bytes]:
    """The payloads of packets that are all of one size and nothing else; none where the data is anything else."""
    lead, size = LEAD_AND_SIZE.unpack_from(data)
    count, rest = divmod(len(data), HEADER_SIZE + size)
    if lead != LEAD or size > limit or rest or count <= FEW:
        return []
    head = data[:HEADER_SIZE]
    payloads = [payload for found, payload in struct.iter_unpack(f"{HEADER_SIZE}s{size}s", data) if found == head]
    return payloads if len(payloads) == count else []


class RawStream:
    """A stream without handshake or header."""

    def __init__(self, limit: int = SERVER_LIMIT) -> None:
        self.limit = limit
        self.overhead = HEADER_SIZE
        is_usual = type(self).wrap is RawStream.wrap
        self.shared_frames = "stream" if is_usual else ""
        self.heads: Heads | None = HEADS if is_usual else None
        self.has_ping = False
        self.out: list[bytes] = []
        self._closed = False
        self._is_usual = False
        """Whether the connection is open and something has come already."""

    def start(self) -> list[Event]:
        return [Opened()]

    def receive(self, data: bytes) -> list[Event]:
        return [NEW(Packets, ([data], None))] if self._is_usual else self._first(data)

    def _first(self, data: bytes) -> list[Event]:
        """The first bytes of the peer, which tell of one that is not raw."""
        if self._closed:
            return []
        self._is_usual = True
        told: list[Event] = [Noticed(words) for start, words in NOT_RAW.items() if data.startswith(start)]
        return [*told, Packets([data])]

    def receive_eof(self) -> list[Event]:
        return self._end("the peer closed the connection", by_peer=True)

    def _end(self, reason: str, by_peer: bool = False) -> list[Event]:
        if self._closed:
            return []
        self.close()
        return [Closed(reason, by_peer)]

    def wrap(self, payload: bytes, raw: bool = False, is_text: bool = False) -> bytes:
        return payload if raw else HEADER.pack(PACKET_MAGIC, HEADER_SIZE, len(payload)) + payload

    def ping(self) -> None:
        """See StreamProtocol; the system's keepalive asks in its place."""

    def close(self) -> None:
        self._closed, self._is_usual = True, False

    def data_to_send(self) -> list[bytes]:
        out, self.out = self.out, []
        return out


class PacketStream(RawStream):
    """A stream of packets with their headers, after the handshake; the two sides differ in that only."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._buffer = b""
        self._more = bytearray()
        """Bytes that came since the buffer was looked at, which happens again after `_missing` more."""
        self._missing = 0
        self._open = False

    def start(self) -> list[Event]:
        return []

    def receive(self, data: bytes) -> list[Event]:
        if self._closed:
            return []
        if self._open and not self._buffer:
            size = len(data) - HEADER_SIZE
            if 0 <= size <= self.limit and LEAD_AND_SIZE.unpack_from(data) == (LEAD, size):
                return [NEW(Packets, ([data[HEADER_SIZE:]], None))]  # one read is one packet, as nearly always
        if self._buffer:
            self._more += data
            self._missing -= len(data)
            if self._missing > 0:
                return []
            self._buffer = b"".join((self._buffer, self._more))
            self._more.clear()
        else:
            self._buffer = data
        events = [] if self._open else self._shake_hands()
        if self._open and not self._closed:
            self._cut(events)
        return events

    def _shake_hands(self) -> list[Event]:
        raise NotImplementedError

    def _cut(self, events: list[Event]) -> None:
        """Takes all whole packets out of the buffer."""
        buffer, at, end = self._buffer, 0, len(self._buffer)
        payloads: list[bytes] = []
        faults: list[Event] = []
        limit, unpack, lead = self.limit, LEAD_AND_SIZE.unpack_from, LEAD
        if end > FEW * HEADER_SIZE:
            payloads = alike(buffer, limit)
            at = end if payloads else 0
        while end - at >= HEADER_SIZE:
            found, size = unpack(buffer, at)
            if found != lead:
                faults = self._end("the stream is out of step: a packet header was expected")
                break
            if size > limit:
                faults = self._end(f"a packet of {size} bytes is over the limit of {limit}")
                break
            stop = at + HEADER_SIZE + size
            if stop > end:
                self._missing = stop - end
                break
            payloads.append(buffer[at + HEADER_SIZE : stop])
            at = stop
        if payloads:
            events.append(NEW(Packets, (payloads, None)))
        events += faults
        self._buffer = b"" if self._closed else buffer[at:] if at else buffer


class ServerStream(PacketStream):
    """The server's side: hello, then a valid signature from the client, then the acknowledgement."""

    def __init__(self, limit: int = SERVER_LIMIT) -> None:
        super().__init__(limit)
        self.out.append(HELLO)

    def _shake_hands(self) -> list[Event]:
        known = min(len(self._buffer), len(SIGNATURE_MAGIC))
        if self._buffer[:known] != SIGNATURE_MAGIC[:known]:
            if any(start.startswith(self._buffer) and start != self._buffer for start in NOT_GAMEMAKER):
                return []  # the rest tells who it is
            known_as = [words for start, words in NOT_GAMEMAKER.items() if self._buffer.startswith(start)]
            return self._end(f"no GameMaker handshake; {known_as[0]}" if known_as else NO_CLIENT)
        if len(self._buffer) < SIGNATURE_SIZE:
            return []
        self._buffer = self._buffer[SIGNATURE_SIZE:]
        self._open = True
        self.out.append(ACKNOWLEDGEMENT)
        return [Opened()]


class ClientStream(PacketStream):
    """The client's side: the server's hello, then our signature, then its acknowledgement.

    `game_id` is 32 bits that a server accepts whatever they are.
    """

    def __init__(self, limit: int = CLIENT_LIMIT, game_id: int = 0) -> None:
        super().__init__(limit)
        self._game_id = game_id
        self._awaited = HELLO

    def _shake_hands(self) -> list[Event]:
        while not self._open:
            known = min(len(self._buffer), len(self._awaited))
            if self._buffer[:known] != self._awaited[:known]:
                return self._end(NO_SERVER)
            if len(self._buffer) < len(self._awaited):
                return []
            self._buffer = self._buffer[len(self._awaited) :]
            self._advance()
        return [Opened()]

    def _advance(self) -> None:
        if self._awaited is HELLO:
            self.out.append(SIGNATURE_MAGIC + struct.pack("<I", self._game_id & 0xFFFFFFFF))
            self._awaited = ACKNOWLEDGEMENT
        else:
            self._open = True


def server_protocols(raw: bool, limits: NetworkLimits) -> Callable[[], StreamProtocol]:
    """Return a function that makes the protocols of the clients of a TCP server."""
    return RawStream if raw else ServerStream


def client_protocol(url: str, port: int, raw: bool, limits: NetworkLimits) -> Destination:
    """A TCP connection to a host."""
    return Destination(url, port, RawStream(CLIENT_LIMIT) if raw else ClientStream())
