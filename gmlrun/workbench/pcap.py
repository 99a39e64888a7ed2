"""Captures as tcpdump, Wireshark and `--trace-net` write them: a file goes in, frames with their times come out.

pcap and pcapng, of either byte order, and either of them in gzip.
"""

from __future__ import annotations

import gzip
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

SECTION, INTERFACE, OLD_PACKET, SIMPLE_PACKET, PACKET = 0x0A0D0D0A, 1, 2, 3, 6
SECTION_START = b"\x0a\x0d\x0d\x0a"
BYTE_ORDERS = {b"\x4d\x3c\x2b\x1a": "<", b"\x1a\x2b\x3c\x4d": ">"}
PCAP_STARTS = {
    b"\xd4\xc3\xb2\xa1": ("<", 1e-6), b"\xa1\xb2\xc3\xd4": (">", 1e-6),
    b"\x4d\x3c\xb2\xa1": ("<", 1e-9), b"\xa1\xb2\x3c\x4d": (">", 1e-9),
}  # fmt: skip
"""How a pcap file begins, its byte order, and the unit of its fractions of seconds."""
GZIP_START = b"\x1f\x8b"
LARGEST = 1 << 26
"""Bytes of a block; one that says that it is larger is damaged."""
RESOLUTION, OFFSET = 9, 14
"""Options of an interface: the unit of its times, and what is added to them."""


class CaptureFault(Exception):
    """A file that is no capture, or is damaged from some byte on."""


class CapturedFrame(NamedTuple):
    """One captured frame."""

    time: float
    """Seconds since 1970."""
    link: int
    """The link type: what the data begins with."""
    data: bytes


class Interface(NamedTuple):
    """Where frames were captured."""

    link: int
    unit: float
    offset: int


def frames(file: BinaryIO) -> Iterator[CapturedFrame]:
    """The frames of a capture. Raises CaptureFault, after the frames before the damage."""
    start = file.read(4)
    if start.startswith(GZIP_START):
        file.seek(0)
        file = gzip.GzipFile(fileobj=file)  # type: ignore[assignment]
        start = exactly(CaptureFile(file, 0), 4)
    reader = CaptureFile(file, 4)
    if start in PCAP_STARTS:
        yield from old_frames(reader, *PCAP_STARTS[start])
    elif start == SECTION_START:
        yield from new_frames(reader)
    else:
        raise CaptureFault("it is no capture: neither pcap nor pcapng begins so" if start else "it is empty")


class CaptureFile:
    """A file and the place in it."""

    def __init__(self, file: BinaryIO, at: int) -> None:
        self.file = file
        self.at = at

    def read(self, size: int) -> bytes:
        """Reads up to `size` bytes; raises CaptureFault where the file cannot be unpacked."""
        try:
            data = self.file.read(size)
        except (OSError, EOFError) as error:
            raise CaptureFault(f"it cannot be read on from byte {self.at}: {error}") from None
        self.at += len(data)
        return data


def exactly(reader: CaptureFile, size: int) -> bytes:
    """Reads exactly `size` bytes; raises CaptureFault when there are fewer."""
    at = reader.at
    data = reader.read(size)
    if len(data) < size:
        raise CaptureFault(f"it is cut off at byte {reader.at}, in what begins at byte {at}")
    return data


def old_frames(reader: CaptureFile, order: str, unit: float) -> Iterator[CapturedFrame]:
    """The rest of a pcap file."""
    link = struct.unpack(f"{order}HHiIII", exactly(reader, 20))[5] & 0x0FFFFFFF
    record = struct.Struct(f"{order}IIII")
    while head := reader.read(record.size):
        if len(head) < record.size:
            raise CaptureFault(f"it is cut off at byte {reader.at}")
        seconds, fraction, size, _ = record.unpack(head)
        if size > LARGEST:
            raise CaptureFault(f"it is damaged at byte {reader.at - record.size}: a frame of {size} bytes")
        yield CapturedFrame(seconds + fraction * unit, link, exactly(reader, size))


def new_frames(reader: CaptureFile) -> Iterator[CapturedFrame]:
    """The rest of a pcapng file, behind the first four bytes."""
    order, interfaces = "<", list[Interface]()
    kind_bytes = SECTION_START
    while kind_bytes:
        at = reader.at - 4
        if len(kind_bytes) < 4:
            raise CaptureFault(f"it is cut off at byte {reader.at}")
        length_bytes = exactly(reader, 4)
        if kind_bytes == SECTION_START:
            mark = exactly(reader, 4)
            if mark not in BYTE_ORDERS:
                raise CaptureFault(f"it is damaged at byte {at}: a section without its byte order")
            order, interfaces = BYTE_ORDERS[mark], []
        (kind,), (length,) = struct.unpack(f"{order}I", kind_bytes), struct.unpack(f"{order}I", length_bytes)
        left = at + length - reader.at
        if left < 4 or length % 4 or length > LARGEST:
            raise CaptureFault(f"it is damaged at byte {at}: a block of {length} bytes")
        body = exactly(reader, left)
        if body[-4:] != length_bytes:
            raise CaptureFault(f"it is damaged at byte {at}: the two lengths of a block differ")
        try:
            found = block(order, kind, body[:-4], interfaces)
        except (struct.error, IndexError):
            raise CaptureFault(f"it is damaged at byte {at}: a block of type {kind} makes no sense") from None
        if found is not None:
            yield found
        kind_bytes = reader.read(4)


def block(order: str, kind: int, body: bytes, interfaces: list[Interface]) -> CapturedFrame | None:
    """The frame in a block of a pcapng file; None for other blocks. Raises struct.error and IndexError for nonsense."""
    if kind == INTERFACE:
        interfaces.append(interface(order, body))
    elif kind == SIMPLE_PACKET:
        (size,) = struct.unpack_from(f"{order}I", body)
        return CapturedFrame(0.0, interfaces[0].link, body[4 : 4 + size])
    elif kind in (PACKET, OLD_PACKET):
        layout = "IIIII" if kind == PACKET else "HHIIII"
        number, *_, high, low, size, _ = struct.unpack_from(f"{order}{layout}", body)
        where = interfaces[number]
        return CapturedFrame((high << 32 | low) * where.unit + where.offset, where.link, body[20 : 20 + size])
    return None


def interface(order: str, body: bytes) -> Interface:
    """An interface with the unit of its times."""
    (link,) = struct.unpack_from(f"{order}H", body)
    unit, offset, at = 1e-6, 0, 8
    while at + 4 <= len(body):
        code, size = struct.unpack_from(f"{order}HH", body, at)
        value = body[at + 4 : at + 4 + size]
        if code == RESOLUTION and value:
            unit = 2.0 ** -(value[0] & 0x7F) if value[0] & 0x80 else 10.0 ** -value[0]
        elif code == OFFSET and size == 8:
            (offset,) = struct.unpack(f"{order}q", value)
        at += 4 + size + -size % 4
    return Interface(link, unit, offset)
