"""Streams from peers: a protocol makes events of any bytes, cut anywhere, and holds no more than its limit."""

from __future__ import annotations

import random
import struct

from fuzz.engine import Fuzzer, Parts
from gmlrun.net.backend import NetworkLimits
from gmlrun.net.protocol import Closed, Packets, protocols_of
from gmlrun.net.protocols.reliable import Reliable
from gmlrun.net.protocols.stream import ACKNOWLEDGEMENT, HELLO, frame

LIMIT = 4096
UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
PIECES = (
    *(HELLO, ACKNOWLEDGEMENT, struct.pack("<IIIi", 0xCAFEBABE, 0xDEADB00B, 16, 7), UPGRADE, UPGRADE[:40], b"\r\n\r\n"),
    *(frame(b"abc"), frame(b""), frame(b"x" * 5000), frame(b"abc")[:11], b"HTTP/1.1 101 Switching Protocols\r\n"),
    *(
        b"\x81\x85abcdabcde",
        b"\x82\x80abcd",
        b"\x88\x82abcd\x03\xe8",
        b"\x89\x80abcd",
        b"\x01\x81abcdx",
        b"\x80\x81abcdx",
    ),
    *(b"\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xffabcd", b"\xf1\x80abcd", b"\x81\xfe\xff\xffabcd", b"\0" * 16),
    *(b"\xff" * 16, b"Upgrade: h2c\r\n", b"Content-Length: 99999999999\r\n", b"A" * 9000),
)
KINDS = [(kind, is_server, raw) for kind in ("tcp", "ws") for is_server in (True, False) for raw in (True, False)]


def make(rng: random.Random) -> Parts:
    """A kind of connection, then what its peer sends, a part for each read."""
    parts: Parts = [rng.choice(KINDS)]
    for _ in range(rng.randint(1, 12)):
        piece = bytearray(rng.choice(PIECES) if rng.random() < 0.8 else rng.randbytes(rng.randint(1, 40)))
        if rng.random() < 0.3:
            piece[rng.randrange(len(piece))] = rng.randrange(256)
        parts.append(bytes(piece))
    return parts


def run(parts: Parts) -> None:
    kinds = [part for part in parts if isinstance(part, tuple)]
    reads = [part for part in parts if isinstance(part, bytes)]
    as_stream(*(kinds[0] if kinds else KINDS[0]), reads)
    reliable = Reliable(lambda *sent: True, lambda: 0.0, LIMIT, 1)
    for datagram in reads:
        reliable.receive(datagram, "127.0.0.1", 1)


def as_stream(kind: str, is_server: bool, raw: bool, reads: list[bytes]) -> None:
    """Feeds one connection until it closes; raises for events that cannot be."""
    module, limits = protocols_of(kind), NetworkLimits()
    made = (
        module.server_protocols(raw, limits)()
        if is_server
        else module.client_protocol("127.0.0.1", 1, raw, limits).protocol
    )
    made.limit = LIMIT
    events = list(made.start())
    for data in reads:
        events += made.receive(data)
        made.data_to_send()
    events += made.receive_eof()
    for event in events:
        assert raw or not isinstance(event, Packets) or all(len(payload) <= LIMIT for payload in event.payloads)
    assert sum(isinstance(event, Closed) for event in events) <= 1


def show(parts: Parts) -> str:
    return "\n".join(repr(part) for part in parts)


FUZZER = Fuzzer("protocols", make, run, show)
