"""What the tests of backends share: two backends that can reach each other, real or in memory."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pytest

from gmlrun.net import messages
from gmlrun.net.backend import NetworkLimits, SocketType
from gmlrun.net.messages import Connected, ConnectResult, Message
from gmlrun.net.protocol import Event, Packets
from gmlrun.net.transports.memory import MemoryBackend, MemoryNetwork
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.net.watch.capture import capturing
from gmlrun.net.watch.trace import TracedBackend

LOCALHOST = "127.0.0.1"


class Received(NamedTuple):
    """One packet out of a message, which may have brought several."""

    socket: int
    data: bytes
    server: int
    address: str
    port: int
    is_text: bool | None = None


def singly(found: Iterable[Message]) -> Iterator[Message | Received]:
    """The messages with each packet by itself."""
    for message in found:
        if isinstance(message, messages.Received):
            yield from (Received(message.socket, packet, *message[2:]) for packet in message.packets)
        else:
            yield message


class Packet(NamedTuple):
    """One payload of a protocol that tells text from binary."""

    data: bytes
    is_text: bool


def one_by_one(events: Iterable[Event]) -> list[Any]:
    """A protocol's events with each payload by itself: as bytes, or as a Packet."""
    found: list[Any] = []
    for event in events:
        if isinstance(event, Packets):
            is_text = event.is_text
            found += event.payloads if is_text is None else [Packet(p, is_text) for p in event.payloads]
        else:
            found.append(event)
    return found


class World:
    """Two backends of one kind that can reach each other."""

    def __init__(self, make: Callable[[NetworkLimits], Any]) -> None:
        self.make = make
        self.limits = NetworkLimits(connect_timeout=0.5)
        self.server, self.client = make(self.limits), make(self.limits)
        self.heard: dict[int, list[Message | Received]] = {id(self.server): [], id(self.client): []}

    def turn(self, seconds: float = 0.01) -> None:
        for backend in (self.server, self.client):
            self.heard[id(backend)] += singly(backend.poll(seconds))

    def until(self, backend: Any, kind: type, count: int = 1) -> list[Any]:
        """What a backend has heard of one kind, once it is that many."""
        end = time.monotonic() + 10
        while True:
            found = [m for m in self.heard[id(backend)] if isinstance(m, kind)]
            if len(found) >= count:
                return found
            assert time.monotonic() < end, f"heard only {self.heard[id(backend)]}"
            self.turn()

    def connected(self, raw: bool = False, kind: SocketType = "tcp", **options: int) -> tuple[int, int]:
        """A server's socket for a client, and the client's own."""
        listener = self.server.listen(kind, LOCALHOST, 0, options.get("max_clients", 8), raw)
        mine = self.client.connect(kind, LOCALHOST, self.server.port_of(listener), raw)
        there = self.until(self.server, Connected)[0]
        assert self.until(self.client, ConnectResult)[0].succeeded
        return there.socket, mine


def traced(limits: NetworkLimits) -> TracedBackend:
    """Real sockets with everything between them and the game that `--trace-net` puts there."""
    backend = SelectorBackend(limits, make_socket=capturing(io.BytesIO(), pytest.fail))
    return TracedBackend(backend, lambda line: None, time.monotonic)


MAKERS: dict[str, Callable[[], Callable[[NetworkLimits], Any]]] = {
    "sockets": lambda: SelectorBackend,
    "traced sockets": lambda: traced,
    "memory": lambda: (lambda network: lambda limits: MemoryBackend(network, limits))(MemoryNetwork()),
    "memory by the byte": lambda: (lambda n: lambda limits: MemoryBackend(n, limits))(MemoryNetwork(chunk=1)),
}


@pytest.fixture(params=MAKERS)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    made = World(MAKERS[request.param]())
    yield made
    for backend in (made.client, made.server):
        with contextlib.suppress(ValueError):
            backend.close_all(0.1)
