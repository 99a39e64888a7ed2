"""The stream protocols without sockets: bytes cut anywhere go in, events come out, and no peer makes them raise."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.net.protocol import Closed, Opened, Packets, StreamProtocol
from gmlrun.net.protocols.stream import (
    ACKNOWLEDGEMENT,
    HEADER_SIZE,
    HELLO,
    ClientStream,
    RawStream,
    ServerStream,
    alike,
    frame,
    unframe,
)
from tests.net.conftest import one_by_one

SIGNATURE = struct.pack("<IIIi", 0xCAFEBABE, 0xDEADB00B, 16, 77)


def fed(protocol: StreamProtocol, data: bytes, step: int) -> list[Any]:
    """The events of a stream that arrives in pieces of `step` bytes."""
    return one_by_one(event for at in range(0, len(data), step) for event in protocol.receive(data[at : at + step]))


@pytest.mark.parametrize("step", [1, 2, 7, 13, 65536])
def test_a_server_cuts_the_stream_the_same_way_however_it_arrives(step: int) -> None:
    stream = SIGNATURE + frame(b"one") + frame(b"") + frame(b"three")
    assert fed(ServerStream(), stream, step) == [Opened(), b"one", b"", b"three"]


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=20),
    st.sampled_from([0, 1, 64]),
    st.binary(max_size=13),
    st.integers(0, 64),
    st.integers(0, 300),
)
def test_packets_of_one_size_are_cut_as_others_are(
    sizes: list[int], size: int, tail: bytes, limit: int, damaged: int
) -> None:
    """Nearly all packets are of one size; some are not, and the stream may end in a part, or be damaged."""
    payloads = [
        bytes([number]) * (size + (more if more < 3 and number % 7 == 3 else 0)) for number, more in enumerate(sizes)
    ]
    stream = bytearray(b"".join(map(frame, payloads)) + tail)
    if damaged < len(stream):
        stream[damaged] ^= 0x10
    together, apart = ServerStream(limit), ServerStream(limit)
    for server in (together, apart):
        server.receive(SIGNATURE)
    whole = fed(together, bytes(stream), 1 << 16)
    assert whole == fed(apart, bytes(stream), 1)
    assert together._buffer == apart._buffer + apart._more
    assert fed(together, frame(b"later"), 1 << 16) == fed(apart, frame(b"later"), 1)


def test_what_is_cut_together_is_all_there_is() -> None:
    five = [b"%04d" % number for number in range(5)]
    stream = b"".join(map(frame, five))
    assert alike(stream, 4) == five
    assert alike(stream, 3) == alike(stream + b"x", 4) == alike(frame(b"12345") + stream, 9) == []


@pytest.mark.parametrize("step", [1, 2, 7, 13, 65536])
def test_packets_glued_to_the_acknowledgement_belong_to_the_stream(step: int) -> None:
    client = ClientStream(game_id=77)
    assert fed(client, HELLO + ACKNOWLEDGEMENT + frame(b"hi"), step) == [Opened(), b"hi"]
    assert b"".join(client.data_to_send()) == SIGNATURE


def test_the_server_speaks_first_and_acknowledges_a_signature() -> None:
    server = ServerStream()
    assert server.data_to_send() == [b"GM:Studio-Connect\0"]
    server.receive(SIGNATURE)
    assert server.data_to_send() == [struct.pack("<III", 0xDEAFBEAD, 0xF00DBEEB, 12)]


def test_a_handshake_that_stops_half_way_opens_nothing() -> None:
    server = ServerStream()
    assert server.receive(SIGNATURE[:15]) == []
    assert [type(event) for event in server.receive_eof()] == [Closed]


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n",
        SIGNATURE[:11] + b"\xff",
        SIGNATURE + struct.pack("<III", 0xDEADC0DE, 12, 0xFFFFFFFF),
        SIGNATURE + struct.pack("<III", 0xDEADC0DE, 13, 1),
        SIGNATURE + b"\0" * HEADER_SIZE,
    ],
    ids=["no client", "wrong at the end", "four gigabytes", "wrong header size", "out of step"],
)
@pytest.mark.parametrize("step", [1, 65536])
def test_a_bad_peer_is_closed_once_and_heard_no_more(data: bytes, step: int) -> None:
    server = ServerStream()
    assert [event for event in fed(server, data, step) if type(event) is not Opened] != []
    assert server.receive(frame(b"late")) == []
    assert server.receive_eof() == []


def test_a_raw_stream_hands_over_what_a_read_returned() -> None:
    assert fed(RawStream(), b"abcd", 2) == [b"ab", b"cd"]


def test_a_datagram_without_a_whole_header_is_its_own_payload() -> None:
    assert unframe(frame(b"x")) == b"x"
    assert unframe(b"plain") == b"plain"
    assert unframe(frame(b"xyz")[:-1]) == frame(b"xyz")[:-1]


@given(st.sampled_from([ServerStream, ClientStream, RawStream]), st.lists(st.binary(max_size=64)), st.booleans())
def test_nothing_that_a_peer_sends_raises(kind: type, pieces: list[bytes], after_handshake: bool) -> None:
    protocol = kind(limit=256)
    if after_handshake:
        protocol.receive(HELLO + ACKNOWLEDGEMENT if kind is ClientStream else SIGNATURE)
    ends = [event for piece in pieces for event in protocol.receive(piece) if type(event) is Closed]
    assert len(ends) <= 1
    assert len(getattr(protocol, "_buffer", b"")) <= 256 + HEADER_SIZE


def test_a_large_packet_is_put_together_once() -> None:
    """Its pieces are joined when all of them are there, so the cost is that of its size."""
    server = ServerStream(1 << 20)
    server.receive(struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0))
    payload = bytes(range(256)) * 1024
    stream = struct.pack("<3I", 0xDEADC0DE, 12, len(payload)) + payload
    events = [event for at in range(0, len(stream), 1000) for event in server.receive(stream[at : at + 1000])]
    assert events == [Packets([payload])]
    assert not server._more
