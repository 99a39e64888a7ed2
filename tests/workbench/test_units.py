"""Streams are cut into what they carry, whatever pieces they come in."""

from __future__ import annotations

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.net.protocols.stream import ACKNOWLEDGEMENT, HELLO, SIGNATURE_MAGIC, frame
from gmlrun.workbench.units import TO_CLIENT, TO_SERVER, Conversation, WireUnit, masked, ws_frame

SIGNATURE = SIGNATURE_MAGIC + b"\1\2\3\4"
REQUEST = b"GET /play HTTP/1.1\r\nHost: a\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n"
RESPONSE = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"


def fed(conversation: Conversation, direction: int, data: bytes, size: int = 0) -> list[WireUnit]:
    """The units of data that comes at once, or in pieces of a size."""
    pieces = [data[at : at + size] for at in range(0, len(data), size)] if size else [data]
    return [unit for piece in pieces for unit in conversation.feed(direction, piece)]


def packets(units: list[WireUnit]) -> list[bytes]:
    return [payload for unit in units for payload in unit.packets or ()]


@pytest.mark.parametrize("size", [0, 1, 5, 13])
def test_packets_of_gamemaker_are_found(size: int) -> None:
    talk = Conversation()
    units = fed(talk, TO_CLIENT, HELLO, size)
    units += fed(talk, TO_SERVER, SIGNATURE + frame(b"one") + frame(b""), size)
    units += fed(talk, TO_CLIENT, ACKNOWLEDGEMENT + frame(b"two" * 100), size)
    assert talk.kind == "GameMaker"
    assert [unit.note for unit in units if unit.packets is None] == [
        "handshake: hello", "handshake: signature", "handshake: acknowledgement",
    ]  # fmt: skip
    assert packets(units) == [b"one", b"", b"two" * 100]
    assert b"".join(unit.wire for unit in units[:1]) == HELLO


def test_a_stream_out_of_step_goes_on_as_bytes() -> None:
    talk = Conversation()
    units = fed(talk, TO_SERVER, frame(b"one") + b"nonsense that is long enough")
    assert [unit.note for unit in units] == ["", "no packet header where one must be"]
    assert packets(fed(talk, TO_SERVER, b"more")) == [b"more"]


@pytest.mark.parametrize(
    ("direction", "data", "kind"),
    [
        (TO_SERVER, b"hello", "raw"),
        (TO_CLIENT, b"220 mail\r\n", "raw"),
        (TO_SERVER, b"\x16\x03\x01\x00", "TLS"),
        (TO_SERVER, frame(b"x"), "GameMaker"),
        (TO_SERVER, b"GET / HTTP", "WebSocket"),
    ],
)
def test_what_a_stream_is_shows_at_its_start(direction: int, data: bytes, kind: str) -> None:
    talk = Conversation()
    talk.feed(direction, data)
    assert talk.kind == kind


@pytest.mark.parametrize("size", [0, 1, 7])
def test_packets_in_websockets_are_found(size: int) -> None:
    talk = Conversation(is_plain=True)
    units = fed(talk, TO_SERVER, REQUEST, size)
    assert b"extensions" not in units[0].wire
    assert units[0].note == "GET /play HTTP/1.1"
    fed(talk, TO_CLIENT, RESPONSE + ws_frame(HELLO, False, False), size)
    fed(talk, TO_SERVER, ws_frame(SIGNATURE, True, False), size)
    both = fed(talk, TO_SERVER, ws_frame(frame(b"a") + frame(b"b"), True, False), size)
    assert packets(both) == [b"a", b"b"]
    fragments = b"\x01\x02te" + b"\x89\x00" + b"\x80\x02xt"
    ping, text = fed(talk, TO_CLIENT, fragments, size)
    assert (ping.note, text.packets, text.is_text, text.wire) == ("ping", [b"text"], True, b"\x01\x02te\x80\x02xt")
    closing = fed(talk, TO_CLIENT, b"\x88\x02\x03\xe8", size)
    assert [unit.note for unit in closing] == ["close 1000"]
    assert talk.wrap(TO_CLIENT, b"x") == ws_frame(frame(b"x"), False, False)


def test_compressed_messages_are_unpacked() -> None:
    talk = Conversation()
    fed(talk, TO_SERVER, REQUEST)
    fed(talk, TO_CLIENT, RESPONSE)
    packer = zlib.compressobj(wbits=-15)
    found = []
    for text in (b"the same words", b"the same words"):
        data = packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH)
        packed = data.removesuffix(b"\0\0\xff\xff")
        found += packets(fed(talk, TO_CLIENT, bytes((0xC1, len(packed))) + packed))
    assert found == [b"the same words"] * 2
    (broken,) = fed(talk, TO_CLIENT, b"\xc1\x02\xff\xff")
    assert "cannot be unpacked" in broken.note


@given(st.lists(st.tuples(st.sampled_from([TO_SERVER, TO_CLIENT]), st.binary(max_size=80)), max_size=12), st.booleans())
def test_no_byte_gets_lost_whatever_is_sent(pieces: list[tuple[int, bytes]], begins_well: bool) -> None:
    talk = Conversation()
    if begins_well:
        pieces = [(TO_CLIENT, HELLO), (TO_SERVER, SIGNATURE), *pieces]
    came = {TO_SERVER: b"", TO_CLIENT: b""}
    for direction, data in pieces:
        came[direction] += b"".join(unit.wire for unit in talk.feed(direction, data))
    for direction in came:
        came[direction] += b"".join(unit.wire for unit in talk.end(direction))
        assert came[direction] == b"".join(data for way, data in pieces if way == direction)


def test_masks_are_put_on_and_taken_off() -> None:
    data, mask = random.Random(1).randbytes(1001), b"\x01\x00\xff\x7f"
    assert masked(data, mask) == bytes(byte ^ mask[at % 4] for at, byte in enumerate(data))
    assert masked(masked(data, mask), mask) == data
