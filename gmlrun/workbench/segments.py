"""Frames go in, segments of TCP and datagrams of UDP come out: what stands around them is taken off.

Ethernet (with VLANs), loopback, Linux's "any" device, and packets without a link; IPv4 and IPv6 with fragments.
"""

from __future__ import annotations

import socket
import struct
from typing import NamedTuple

from gmlrun.workbench.pcap import CapturedFrame

IPV4, IPV6 = 0x0800, 0x86DD
VLANS = {0x8100, 0x88A8, 0x9100}
TCP, UDP = 6, 17
EXTENSIONS = {0, 43, 60}
"""Headers of IPv6 that stand before what matters."""
FRAGMENT = 44
RAW_LINKS = {12, 14, 101, 228, 229}
MOST_FRAGMENTS = 1000
FIN, SYN, RST, ACK = 1, 2, 4, 16


class Segment(NamedTuple):
    """A segment of TCP or a datagram of UDP."""

    time: float
    is_tcp: bool
    source: tuple[str, int]
    target: tuple[str, int]
    data: bytes
    sequence: int = 0
    flags: int = 0


def without_link(link: int, data: bytes) -> bytes | None:
    """The IP packet in a frame; None where there is none, or the link type is not known."""
    if link in RAW_LINKS:
        return data
    if link in (0, 108):
        return data[4:]
    if link == 1:
        return behind_type(data, 12)
    if link == 113:
        return behind_type(data, 14)
    if link == 276:
        return data[20:] if data[:2] in (b"\x08\x00", b"\x86\xdd") else None
    return None


def behind_type(data: bytes, at: int) -> bytes | None:
    """The bytes behind the EtherType at a place, if that is IP."""
    while at + 2 <= len(data):
        (kind,) = struct.unpack_from(">H", data, at)
        at += 2
        if kind in (IPV4, IPV6):
            return data[at:]
        if kind not in VLANS:
            return None
        at += 2
    return None


KNOWN_LINKS = RAW_LINKS | {0, 1, 108, 113, 276}


class Unpacker:
    """Takes frames apart; what it cannot use is counted."""

    def __init__(self) -> None:
        self.strange_links: set[int] = set()
        self.damaged = 0
        """Packets that are shorter than they say."""
        self.fragments: dict[tuple[bytes, bytes, int, int], dict[int, tuple[bytes, bool]]] = {}

    def segment(self, frame: CapturedFrame) -> Segment | None:
        """The segment or datagram in a frame; None where there is none."""
        if frame.link not in KNOWN_LINKS:
            self.strange_links.add(frame.link)
            return None
        packet = without_link(frame.link, frame.data)
        if not packet:
            return None
        try:
            found = self.ipv4(packet) if packet[0] >> 4 == 4 else self.ipv6(packet) if packet[0] >> 4 == 6 else None
            return None if found is None else transport(frame.time, *found)
        except (struct.error, IndexError, ValueError):
            self.damaged += 1
            return None

    def ipv4(self, packet: bytes) -> tuple[int, str, str, bytes] | None:
        """Protocol, source, target and content of an IPv4 packet."""
        _, _, length, number, place, _, protocol = struct.unpack_from(">BBHHHBB", packet)
        head = (packet[0] & 15) * 4
        source, target = packet[12:16], packet[16:20]
        end = length if head <= length <= len(packet) else len(packet)
        content: bytes | None = packet[head:end]
        if place & 0x3FFF and content is not None:
            key = (source, target, number, protocol)
            content = self.together(key, (place & 0x1FFF) * 8, content, bool(place & 0x2000))
        if content is None:
            return None
        return protocol, socket.inet_ntop(socket.AF_INET, source), socket.inet_ntop(socket.AF_INET, target), content

    def ipv6(self, packet: bytes) -> tuple[int, str, str, bytes] | None:
        """The same of an IPv6 packet."""
        _, length, protocol, _ = struct.unpack_from(">IHBB", packet)
        source, target = packet[8:24], packet[24:40]
        content: bytes | None = packet[40 : 40 + length] if length else packet[40:]
        while content is not None and protocol in EXTENSIONS | {FRAGMENT}:
            following = content[0]
            if protocol == FRAGMENT:
                _, _, place, number = struct.unpack_from(">BBHI", content)
                key = (source, target, number, following)
                content = self.together(key, place & 0xFFF8, content[8:], bool(place & 1))
            else:
                content = content[8 + 8 * content[1] :]
            protocol = following
        if content is None:
            return None
        return protocol, socket.inet_ntop(socket.AF_INET6, source), socket.inet_ntop(socket.AF_INET6, target), content

    def together(self, key: tuple[bytes, bytes, int, int], at: int, piece: bytes, has_more: bool) -> bytes | None:
        """A packet whose last fragment this is; None as long as some are missing."""
        if len(self.fragments) > MOST_FRAGMENTS:
            del self.fragments[next(iter(self.fragments))]
        pieces = self.fragments.setdefault(key, {})
        pieces[at] = (piece, has_more)
        whole, end = b"", 0
        while end in pieces:
            part, goes_on = pieces[end]
            whole += part
            if not goes_on:
                del self.fragments[key]
                return whole
            if not part:
                break
            end += len(part)
        return None


def transport(time: float, protocol: int, source: str, target: str, content: bytes) -> Segment | None:
    """A segment or a datagram. Raises struct.error for one that is cut off."""
    if protocol == UDP:
        from_port, to_port, length, _ = struct.unpack_from(">HHHH", content)
        return Segment(time, False, (source, from_port), (target, to_port), content[8 : length or None])
    if protocol == TCP:
        from_port, to_port, sequence, _, size, flags = struct.unpack_from(">HHIIBB", content)
        data = content[(size >> 4) * 4 :]
        return Segment(time, True, (source, from_port), (target, to_port), data, sequence, flags)
    return None
