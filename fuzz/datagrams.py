"""Hostile datagrams for reliable UDP: both ends keep their counts, send no more than they may, and come to rest."""

from __future__ import annotations

import random
from typing import NamedTuple

from fuzz.damage import in_bytes
from fuzz.engine import Fuzzer, Parts
from gmlrun.net.protocols.reliable import ACKNOWLEDGEMENT, DATA, HEADER, MAX_STREAMS, PATIENCE, Reliable

LIMIT = 4096
NUMBERS = (0, 1, 2, 4095, 4096, 4097, 2**31, 2**32 - 1)
PEERS = (("10.0.0.1", 1), ("10.0.0.2", 1), ("10.0.0.1", 2))


class Step(NamedTuple):
    """What happens: a datagram comes from a peer, the program sends one to it, or time goes by."""

    kind: str
    peer: int = 0
    data: bytes = b""
    seconds: float = 0.0


def make(rng: random.Random) -> Parts:
    """Steps in any order; numbers of streams and packets are those that are in use, or others."""
    steps: Parts = []
    for _ in range(rng.choice((5, 40, 200))):
        peer, kind = rng.randrange(len(PEERS)), rng.choice(("come", "come", "come", "echo", "send", "wait"))
        head = HEADER.pack(rng.choice((DATA, ACKNOWLEDGEMENT)), rng.choice((0, 1, 2, 7, *NUMBERS)), rng.choice(NUMBERS))
        data = head + rng.randbytes(rng.randrange(5))
        data = in_bytes(rng, data, (DATA, ACKNOWLEDGEMENT)) if rng.random() < 0.2 else data
        steps.append(Step(kind, peer, data, rng.choice((0.0, 0.3, 2.5, PATIENCE + 1))))
    return steps


def run(parts: Parts) -> None:
    sent: list[tuple[str, int, bytes]] = []
    time = [0.0]

    def transmit(host: str, port: int, datagram: bytes) -> bool:
        sent.append((host, port, datagram))
        return len(sent) % 7 != 0

    end = Reliable(transmit, lambda: time[0], LIMIT, 1)
    for step in parts:
        host, port = PEERS[step.peer]
        before = len(sent)
        if step.kind == "send":
            end.send(host, port, step.data)
        elif step.kind == "come":
            end.receive(step.data, host, port)
            assert len(sent) - before <= 1, "one datagram is answered by one at most"
        elif step.kind == "echo" and sent:
            end.receive(sent[-1][2], host, port)
        else:
            time[0] += step.seconds
            end.expire()
        assert 0 <= end.waiting <= LIMIT
    for _ in range(60):
        time[0] += 1.0
        end.expire()
    assert (end.waiting, end.next_due()) == (0, None)
    assert len(end._heard) <= MAX_STREAMS


def show(parts: Parts) -> str:
    return "\n".join(map(repr, parts))


FUZZER = Fuzzer("datagrams", make, run, show)
