"""TLS from peers: a secure WebSocket makes events of any bytes, in the handshake, behind it and inside it."""

from __future__ import annotations

import contextlib
import os
import random
import ssl
import tempfile
from functools import cache
from typing import NamedTuple

import trustme

from fuzz.damage import in_bytes
from fuzz.engine import Fuzzer, Parts
from fuzz.protocols import LIMIT, PIECES, UPGRADE
from gmlrun.net.backend import NetworkLimits
from gmlrun.net.protocol import Closed, Event, Packets
from gmlrun.net.protocols import tls, websocket

RECORDS = tuple(bytes([kind, 3, version]) + size for kind in (20, 21, 22, 23, 24) for version in (0, 3, 4)
                for size in (b"\0\0", b"\0\2\2\x28", b"\x40\0", b"\xff\xff"))  # fmt: skip
FLIGHTS = 6


class Step(NamedTuple):
    """What the peer does: `secret` bytes go through TLS, `open` ones beside it; `spoilt` is the seed of damage."""

    secret: bytes = b""
    open: bytes = b""
    spoilt: int = 0


def make(rng: random.Random) -> Parts:
    """The steps of a peer; those before the sixth fall into the handshake."""
    steps: Parts = [Step() for _ in range(rng.choice((0, 3, FLIGHTS, FLIGHTS, FLIGHTS)))]
    steps += [Step(UPGRADE)] if rng.random() < 0.7 else []
    for _ in range(rng.randint(0, 5)):
        steps.append(Step(rng.choice(PIECES)))
    for _ in range(rng.choice((0, 1, 2))):
        odd = Step(open=rng.choice((*RECORDS, *PIECES, rng.randbytes(30))))
        steps.insert(rng.randrange(len(steps) + 1), rng.choice((odd, Step(PIECES[0], spoilt=rng.randrange(1, 1000)))))
    return steps


@cache
def limits() -> NetworkLimits:
    """The settings of a server with a certificate of its own."""
    folder = tempfile.mkdtemp(prefix="gmlrun-fuzz-")
    path = os.path.join(folder, "both.pem")
    trustme.CA().issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(path)
    return NetworkLimits(tls_certificate=path)


@cache
def context() -> ssl.SSLContext:
    """The certificate and what is offered, made once."""
    return tls.server_context(limits())


class Peer:
    """A client of TLS in memory."""

    def __init__(self) -> None:
        trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = trusting.wrap_bio(self.incoming, self.outgoing)

    def sends(self, step: Step) -> bytes:
        """The bytes of a step on the line."""
        with contextlib.suppress(ssl.SSLError):
            self.tls.do_handshake()
            if step.secret:
                self.tls.write(step.secret)
        data = self.outgoing.read()
        return step.open + (in_bytes(random.Random(step.spoilt), data) if step.spoilt else data)


def run(parts: Parts) -> None:
    server = tls.TlsStream(websocket.server_protocols(False, limits())(), context())
    server.limit = LIMIT
    peer, events = Peer(), list[Event](server.start())
    for step in parts:
        data = peer.sends(step)
        half = len(data) // 2
        events += server.receive(data[:half]) + server.receive(data[half:])
        peer.incoming.write(b"".join(server.data_to_send()))
    events += server.receive_eof()
    assert sum(isinstance(event, Closed) for event in events) == 1
    assert all(len(payload) <= LIMIT for event in events if isinstance(event, Packets) for payload in event.payloads)


def show(parts: Parts) -> str:
    return "\n".join(map(repr, parts))


FUZZER = Fuzzer("secure", make, run, show)
