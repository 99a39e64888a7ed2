"""A stream between two others, cut into what it carries: bytes of both directions go in, units with packets come out.

Nobody says what is spoken: GameMaker's handshake and headers, WebSocket and TLS are known by how they begin. Nothing
that is sent raises; what is out of step is handed on as bytes.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Callable
from typing import NamedTuple

from gmlrun.net.protocol import CLIENT_LIMIT
from gmlrun.net.protocols.stream import (
    ACKNOWLEDGEMENT,
    HEADER_SIZE,
    HELLO,
    LEAD,
    LEAD_AND_SIZE,
    SIGNATURE_MAGIC,
    SIGNATURE_SIZE,
    frame,
)

TO_SERVER, TO_CLIENT = 0, 1
GAMEMAKER, WEBSOCKET, TLS, RAW = "GameMaker", "WebSocket", "TLS", "raw"
PACKET_LEAD = LEAD.to_bytes(8, "little")
HANDSHAKE = ((HELLO, len(HELLO), "hello"), (SIGNATURE_MAGIC, SIGNATURE_SIZE, "signature"),
             (ACKNOWLEDGEMENT, len(ACKNOWLEDGEMENT), "acknowledgement"))  # fmt: skip
"""How each step begins, its size and name."""
LONGEST_HEAD = 65536
END_OF_HEAD = b"\r\n\r\n"
EXTENSIONS = re.compile(rb"^Sec-WebSocket-Extensions:.*\r\n", re.IGNORECASE | re.MULTILINE)
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
CONTROL_NAMES = {CLOSE: "close", PING: "ping", PONG: "pong"}
INFLATED = CLIENT_LIMIT
"""Bytes that a compressed message may have."""


class WireUnit(NamedTuple):
    """Bytes that belong together."""

    wire: bytes
    packets: list[bytes] | None
    """The payloads in them; None for what is no program's: handshakes, pings."""
    note: str = ""
    is_text: bool = False
    head: bytes = b""
    """The header before the packet that a changed packet keeps: its number in a reliable stream."""


class Conversation:
    """Both directions of one stream; `is_raw` takes all of it as bytes, `is_plain` keeps WebSockets uncompressed."""

    def __init__(self, is_raw: bool = False, is_plain: bool = False) -> None:
        self.kind = RAW if is_raw else ""
        self.is_plain = is_plain
        self.has_headers = False
        """Whether packets have GameMaker's header."""
        self.resets_window = False
        """Whether compressed messages do not build on each other."""
        self._held = [b"", b""]
        self._frames = [Frames(self), Frames(self)]
        self._is_lost = [False, False]
        self._seeks = [False, False]
        """Whether the next packet has to be found."""

    def feed(self, direction: int, data: bytes) -> list[WireUnit]:
        """The units that are complete now."""
        data, self._held[direction] = self._held[direction] + data, b""
        if not self.kind:
            kind = kind_of(direction, data)
            if kind is None:
                self._held[direction] = data
                return []
            self.kind = kind
        if self._is_lost[direction]:
            return [WireUnit(data, [data])]
        before: list[WireUnit] = []
        if self._seeks[direction]:
            before, data = self.sought(direction, data)
        units, rest = CUTS[self.kind](self, direction, data) if data else ([], b"")
        self._held[direction] = rest
        return [*before, *units]

    def end(self, direction: int) -> list[WireUnit]:
        """The bytes that were waiting for more, at the end of a direction."""
        rest, self._held[direction] = self._held[direction], b""
        note = "cut off" if self.kind in (GAMEMAKER, WEBSOCKET) else ""
        return [WireUnit(rest, [rest], note)] if rest else []

    def lose(self, direction: int, data: bytes, why: str) -> WireUnit:
        """From here on the direction is only bytes."""
        self._is_lost[direction] = True
        return WireUnit(data, [data], why)

    def resume(self, direction: int) -> None:
        """Bytes are missing: what was waiting for more is no use, and the next packet has to be found."""
        self._held[direction] = b""
        self._seeks[direction] = True

    def sought(self, direction: int, data: bytes) -> tuple[list[WireUnit], bytes]:
        """Bytes behind a gap: all up to the next header of GameMaker's is lost."""
        self._seeks[direction] = False
        if self.kind == WEBSOCKET:
            return [self.lose(direction, data, "in the middle of a message")], b""
        at = data.find(PACKET_LEAD) if self.kind == GAMEMAKER else 0
        if at < 0:
            self._seeks[direction] = True
            return [WireUnit(data, None, "part of a packet")], b""
        return ([WireUnit(data[:at], None, "part of a packet")] if at else []), data[at:]

    def wrap(self, direction: int, payload: bytes, is_text: bool = False) -> bytes:
        """A packet as it stands on this stream."""
        if self.kind == GAMEMAKER or (self.kind == WEBSOCKET and self.has_headers):
            payload = frame(payload)
        return ws_frame(payload, direction == TO_SERVER, is_text) if self.kind == WEBSOCKET else payload

    # ---------------------------------------------------------------------- cuts

    def cut_raw(self, direction: int, data: bytes) -> tuple[list[WireUnit], bytes]:
        """Takes all bytes as one packet."""
        return [WireUnit(data, [data])], b""

    def cut_tls(self, direction: int, data: bytes) -> tuple[list[WireUnit], bytes]:
        """Takes all bytes as encrypted."""
        return [WireUnit(data, None, "TLS")], b""

    def cut_packets(self, direction: int, data: bytes) -> tuple[list[WireUnit], bytes]:
        """Steps of the handshake and packets, one after the other."""
        units, at = [], 0
        while at < len(data):
            size, note, is_packet = next_part(data, at)
            if size < 0:
                units.append(self.lose(direction, data[at:], "no packet header where one must be"))
                return units, b""
            if not size or at + size > len(data):
                break
            piece = data[at : at + size]
            units.append(WireUnit(piece, [piece[HEADER_SIZE:]] if is_packet else None, note))
            at += size
        return units, data[at:]

    def cut_websocket(self, direction: int, data: bytes) -> tuple[list[WireUnit], bytes]:
        """The HTTP heads, then frames."""
        frames = self._frames[direction]
        if frames.is_open:
            return frames.cut(direction, data)
        end = data.find(END_OF_HEAD)
        if end < 0:
            if len(data) > LONGEST_HEAD:
                return [self.lose(direction, data, "headers without an end")], b""
            return [], data
        head, rest = data[: end + 4], data[end + 4 :]
        note = head.split(b"\r\n", 1)[0].decode("latin-1")
        if direction == TO_SERVER and self.is_plain:
            head = EXTENSIONS.sub(b"", head)
        if direction == TO_CLIENT and " 101" not in note:
            return [WireUnit(head, None, note), *([self.lose(direction, rest, "")] if rest else [])], b""
        self.resets_window = self.resets_window or b"no_context_takeover" in head
        frames.is_open = True
        units, rest = frames.cut(direction, rest)
        return [WireUnit(head, None, note), *units], rest

    def packets_in(self, message: bytes) -> tuple[list[bytes] | None, str]:
        """The packets of a WebSocket message, or the step of GameMaker's handshake that it is."""
        for start, size, name in HANDSHAKE:
            if len(message) == size and message.startswith(start):
                self.has_headers = True
                return None, f"handshake: {name}"
        found, at = [], 0
        while at < len(message):
            size, _, is_packet = next_part(message, at)
            if not is_packet or size <= 0 or at + size > len(message):
                return [message], ""
            found.append(message[at + HEADER_SIZE : at + size])
            at += size
        self.has_headers = self.has_headers or bool(found)
        return found or [message], ""


CUTS: dict[str, Callable[[Conversation, int, bytes], tuple[list[WireUnit], bytes]]] = {
    GAMEMAKER: Conversation.cut_packets,
    WEBSOCKET: Conversation.cut_websocket,
    TLS: Conversation.cut_tls,
    RAW: Conversation.cut_raw,
}


class Frames:
    """The frames of one direction of a WebSocket."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.is_open = False
        self.message = b""
        self.wire = b""
        self.opcode = 0
        self.is_compressed = False
        self.inflater = zlib.decompressobj(-15)

    def cut(self, direction: int, data: bytes) -> tuple[list[WireUnit], bytes]:
        """The whole messages and control frames at the start."""
        units: list[WireUnit] = []
        at = 0
        while (found := frame_at(data, at)) is not None:
            first, payload, size = found
            if size > CLIENT_LIMIT:
                return [*units, self.conversation.lose(direction, self.wire + data[at:], "a frame is too long")], b""
            if at + size > len(data):
                break
            wire = data[at : at + size]
            at += size
            opcode = first & 15
            if opcode >= CLOSE:
                units.append(WireUnit(wire, None, control_note(opcode, payload)))
                continue
            self.take(wire, first, payload)
            if first & 0x80:
                units.append(self.whole())
        return units, data[at:]

    def take(self, wire: bytes, first: int, payload: bytes) -> None:
        """A fragment of a message, or all of one."""
        if first & 15:
            self.message, self.wire, self.opcode, self.is_compressed = b"", b"", first & 15, bool(first & 0x40)
        self.message += payload
        self.wire += wire

    def whole(self) -> WireUnit:
        """The message that is complete."""
        message, note = self.message, ""
        if self.is_compressed:
            message, note = self.inflated(message)
        packets, step = self.conversation.packets_in(message)
        unit = WireUnit(self.wire, packets, step or note, self.opcode == TEXT)
        self.message = self.wire = b""
        return unit

    def inflated(self, data: bytes) -> tuple[bytes, str]:
        """A compressed message as it was."""
        try:
            message = self.inflater.decompress(data + b"\0\0\xff\xff", INFLATED)
        except zlib.error:
            return data, "compressed, and cannot be unpacked"
        if self.conversation.resets_window:
            self.inflater = zlib.decompressobj(-15)
        return message, ""


# ------------------------------------------------------------------------- parts


def kind_of(direction: int, data: bytes) -> str | None:
    """The kind of a stream that begins so; None when more has to come."""
    if direction == TO_SERVER:
        if starts(data, b"GET ") is not False:
            return WEBSOCKET if len(data) >= 4 else None
        if data.startswith(b"\x16\x03"):
            return TLS
    for start in (HELLO, SIGNATURE_MAGIC, PACKET_LEAD, ACKNOWLEDGEMENT):
        begins = starts(data, start)
        if begins is not False:
            return GAMEMAKER if begins else None
    return RAW


def starts(data: bytes, start: bytes) -> bool | None:
    """Whether data begins so; None when it does as far as it goes."""
    size = min(len(data), len(start))
    return False if data[:size] != start[:size] else True if size == len(start) else None


def next_part(data: bytes, at: int) -> tuple[int, str, bool]:
    """Size, name and whether it is a packet, of what begins at a place; size 0 when that is not there, -1 for none."""
    if len(data) - at >= HEADER_SIZE:
        lead, size = LEAD_AND_SIZE.unpack_from(data, at)
        if lead == LEAD and size <= CLIENT_LIMIT:
            return HEADER_SIZE + size, "", True
    head = data[at : at + SIGNATURE_SIZE + HEADER_SIZE]
    for start, size, name in HANDSHAKE:
        begins = starts(head, start)
        if begins is not False:
            return (size if begins else 0), f"handshake: {name}", False
    return (0 if starts(head, PACKET_LEAD) is not False and len(head) < HEADER_SIZE else -1), "", False


def frame_at(data: bytes, at: int) -> tuple[int, bytes, int] | None:
    """First byte, payload and size of the WebSocket frame at a place; None when its head is not all there."""
    if len(data) - at < 2:
        return None
    first, second = data[at], data[at + 1]
    length, head = second & 0x7F, 2
    if length >= 126:
        layout = struct.Struct(">H" if length == 126 else ">Q")
        if len(data) - at < 2 + layout.size:
            return None
        length, head = layout.unpack_from(data, at + 2)[0], 2 + layout.size
    mask = b""
    if second & 0x80:
        mask, head = data[at + head : at + head + 4], head + 4
    size = head + length
    if at + size > len(data):
        return first, b"", size
    payload = data[at + head : at + size]
    return first, masked(payload, mask) if mask else payload, size


def masked(payload: bytes, mask: bytes) -> bytes:
    """A payload with its mask put on or taken off."""
    count = len(payload)
    whole = (mask * (count // 4 + 1))[:count]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(whole, "big")).to_bytes(count, "big")


def ws_frame(payload: bytes, is_masked: bool, is_text: bool) -> bytes:
    """A message in one frame."""
    first, bit, size = 0x80 | (TEXT if is_text else BINARY), 0x80 if is_masked else 0, len(payload)
    if size < 126:
        head = bytes((first, bit | size))
    elif size < 65536:
        head = struct.pack(">BBH", first, bit | 126, size)
    else:
        head = struct.pack(">BBQ", first, bit | 127, size)
    mask = os.urandom(4) if is_masked else b""
    return head + mask + (masked(payload, mask) if mask else payload)


def control_note(opcode: int, payload: bytes) -> str:
    """The name of a control frame."""
    name = CONTROL_NAMES.get(opcode, f"frame of type {opcode}")
    return f"{name} {int.from_bytes(payload[:2], 'big')}" if opcode == CLOSE and len(payload) >= 2 else name
