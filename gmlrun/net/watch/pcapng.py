"""Streams and datagrams go in, a capture comes out that Wireshark opens: pcapng with IP, TCP and UDP made up.

The program sees no packets of the network, only streams; the headers are such that Wireshark puts the
streams together again. https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

SECTION, INTERFACE, PACKET = 0x0A0D0D0A, 1, 6
BYTE_ORDER = 0x1A2B3C4D
WHOLE_FILE = -1
RAW_IP = 101
"""The link type of packets that begin with their IPv4 or IPv6 header."""
END_OF_OPTIONS, APPLICATION, NAME, FLAGS = 0, 4, 2, 2
INBOUND, OUTBOUND = 1, 2

TCP, UDP = socket.IPPROTO_TCP, socket.IPPROTO_UDP
FIN, SYN, RST, PUSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10
WINDOW = 0xFFFF
SEGMENT = 65000
"""Bytes of a stream that fit into one IP packet with its headers."""
SYN_OPTIONS = struct.pack(">BBHBBBB", 2, 4, SEGMENT, 3, 3, 14, 0)
"""The size of segments, and a window of a gibibyte: nobody seems to wait for acknowledgements."""
HOPS = 64


class Endpoint(NamedTuple):
    """An IP address, packed, and a port."""

    address: bytes
    port: int


def endpoint(family: int, name: object) -> Endpoint:
    """The endpoint of a socket's name (`getsockname`, `recvfrom`); the unspecified one when it has none."""
    host, port = name[:2] if isinstance(name, tuple) else ("", 0)
    plain = str(host).removeprefix("::ffff:")  # how a socket of both families names a peer of IPv4
    version = socket.AF_INET6 if family == socket.AF_INET6 and (plain == host or ":" in plain) else socket.AF_INET
    host = plain if version == socket.AF_INET else host
    try:
        return Endpoint(socket.inet_pton(version, str(host).partition("%")[0]), port)
    except OSError:
        return Endpoint(bytes(16 if version == socket.AF_INET6 else 4), port)


def padded(data: bytes) -> bytes:
    """Bytes up to the next multiple of four."""
    return data + bytes(-len(data) % 4)


def option(code: int, value: bytes) -> bytes:
    """One option of a block."""
    return struct.pack("<HH", code, len(value)) + padded(value)


def block(kind: int, body: bytes) -> bytes:
    """A block: its length stands at both ends."""
    length = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + length + body + length


def checksum(data: bytes) -> int:
    """The Internet checksum: sixteen-bit words added with their carries, which is a remainder; all bits turned."""
    total = int.from_bytes(data + bytes(len(data) % 2), "big")
    return 0xFFFF - (total % 0xFFFF or (0xFFFF if total else 0))


def ip_packet(protocol: int, source: Endpoint, target: Endpoint, payload: bytes) -> bytes:
    """The IP header in front of a TCP segment or a UDP datagram."""
    if len(source.address) == 4:
        start = struct.pack(">BBHHHBB", 0x45, 0, 20 + len(payload), 0, 0x4000, HOPS, protocol)
        addresses = source.address + target.address
        return start + struct.pack(">H", checksum(start + b"\0\0" + addresses)) + addresses + payload
    start = struct.pack(">IHBB", 6 << 28, len(payload), protocol, HOPS)
    return start + source.address + target.address + payload


def with_checksum(protocol: int, source: Endpoint, target: Endpoint, payload: bytes, at: int) -> bytes:
    """A segment or datagram with its checksum, which covers the addresses too, at byte `at`."""
    counted = source.address + target.address + struct.pack(">II", protocol, len(payload)) + payload
    total = checksum(counted) or (0xFFFF if protocol == UDP else 0)
    return payload[:at] + struct.pack(">H", total) + payload[at + 2 :]


def tcp_segment(source: Endpoint, target: Endpoint, numbers: tuple[int, int], flags: int, data: bytes = b"") -> bytes:
    """A segment in its IP packet; `numbers` are those of its first byte and of the byte awaited from the peer."""
    options = SYN_OPTIONS if flags & SYN else b""
    size = (20 + len(options)) // 4 << 4
    sequence, awaited = (number % (1 << 32) for number in numbers)
    header = struct.pack(">HHIIBBHHH", source.port, target.port, sequence, awaited, size, flags, WINDOW, 0, 0)
    segment = with_checksum(TCP, source, target, header + options + data, 16)
    return ip_packet(TCP, source, target, segment)


def udp_datagram(source: Endpoint, target: Endpoint, data: bytes) -> bytes:
    """A datagram in its IP packet."""
    header = struct.pack(">HHHH", source.port, target.port, 8 + len(data), 0)
    return ip_packet(UDP, source, target, with_checksum(UDP, source, target, header + data, 6))


class Capture:
    """A capture in the making. A file that takes no more ends it; `log` says so, and the game goes on."""

    def __init__(self, file: BinaryIO, log: Callable[[str], None], now: Callable[[], float] = time.time) -> None:
        self._file: BinaryIO | None = file
        self._log = log
        self._now = now
        self.streams: set[tuple[Endpoint, Endpoint]] = set()
        """The streams that are open, from this side."""
        application = option(APPLICATION, b"gmlrun") + option(END_OF_OPTIONS, b"")
        self._write(SECTION, struct.pack("<IHHq", BYTE_ORDER, 1, 0, WHOLE_FILE) + application)
        name = option(NAME, b"sockets of the game") + option(END_OF_OPTIONS, b"")
        self._write(INTERFACE, struct.pack("<HHI", RAW_IP, 0, 0) + name)

    def packet(self, data: bytes, direction: int) -> None:
        """One IP packet, INBOUND or OUTBOUND, at the time that it is now."""
        high, low = divmod(int(self._now() * 1e6), 1 << 32)
        head = struct.pack("<IIIII", 0, high, low, len(data), len(data))
        flags = option(FLAGS, struct.pack("<I", direction)) + option(END_OF_OPTIONS, b"")
        self._write(PACKET, head + padded(data) + flags)

    def datagram(self, here: Endpoint, there: Endpoint, data: bytes, direction: int) -> None:
        """A datagram that was sent or received."""
        ends = (here, there) if direction == OUTBOUND else (there, here)
        self.packet(udp_datagram(*ends, data), direction)

    def _write(self, kind: int, body: bytes) -> None:
        if self._file is None:
            return
        try:
            self._file.write(block(kind, body))
        except (OSError, ValueError) as error:
            self._file = None
            self._log(f"warning: the capture ends here: {error}")


class CapturedStream:
    """One TCP connection in a capture: what is sent either way, with the numbers that put it in order.

    A connection of the game with itself is there twice, and written from the side that was first.
    """

    def __init__(self, capture: Capture, here: Endpoint, there: Endpoint) -> None:
        self.capture = capture
        self.is_mirror = (there, here) in capture.streams
        if not self.is_mirror:
            capture.streams.add((here, there))
        self.ends = {OUTBOUND: (here, there), INBOUND: (there, here)}
        self.next = {OUTBOUND: 0, INBOUND: 0}
        """The number of the next byte of either direction."""
        self.ended = {OUTBOUND: False, INBOUND: False}

    def _segment(self, direction: int, flags: int, data: bytes = b"") -> None:
        """A segment; the flags that open and end a stream count as a byte."""
        if self.is_mirror:
            return
        numbers = self.next[direction], self.next[OUTBOUND + INBOUND - direction]
        self.capture.packet(tcp_segment(*self.ends[direction], numbers, flags, data), direction)
        self.next[direction] += len(data) + (1 if flags & (SYN | FIN) else 0)

    def begin(self, direction: int) -> None:
        """One side asks for a connection."""
        self._segment(direction, SYN)

    def accept(self, direction: int) -> None:
        """That side's connection is there."""
        self._segment(OUTBOUND + INBOUND - direction, SYN | ACK)
        self._segment(direction, ACK)

    def data(self, direction: int, data: bytes) -> None:
        """Bytes that one side has sent."""
        for at in range(0, len(data), SEGMENT):
            self._segment(direction, PUSH | ACK, data[at : at + SEGMENT])

    def end(self, direction: int) -> None:
        """One side sends nothing more."""
        if not self.ended[direction]:
            self.ended[direction] = True
            self._segment(direction, FIN | ACK)

    def reset(self, direction: int) -> None:
        """One side has broken the connection off; nothing follows."""
        if not all(self.ended.values()):
            self.ended = {OUTBOUND: True, INBOUND: True}
            self._segment(direction, RST | ACK)

    def forget(self) -> None:
        """The socket is gone: its ports may soon be another stream's."""
        if not self.is_mirror:
            self.capture.streams.discard(self.ends[OUTBOUND])
