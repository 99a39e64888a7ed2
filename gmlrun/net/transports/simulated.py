"""The simulated network: what games send goes in, and arrives late, twice, in pieces or never, on a virtual clock.

Nothing moves by itself: `advance_to` sets the time, `deliver` hands over what is due. The same seed and the same sends
give the same losses.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from gmlrun.net.backend import NetworkLimits
from gmlrun.net.connections import Connection
from gmlrun.net.lines import LATER, RETRY
from gmlrun.net.messages import Message
from gmlrun.net.transports.memory import LONGEST, MemoryBackend, MemoryDatagrams, MemoryNetwork, Pipe

LEAST = 0.0001
"""Seconds that anything takes at least: games that answer each other at once do not stop the time."""
KEPT = 20_000
"""How many packets are remembered."""


class Conditions(NamedTuple):
    """The faults of a line. Chances go from 0 to 1."""

    latency: float = 0.0
    """Milliseconds, one way."""
    jitter: float = 0.0
    """Milliseconds at most that are added, by chance."""
    loss: float = 0.0
    """UDP: what is lost; TCP: what has to be sent again, and comes later."""
    duplicate: float = 0.0
    """UDP: what comes twice."""
    reorder: float = 0.0
    """UDP: what is overtaken."""
    bandwidth: float = 0.0
    """Bytes a second; 0 for no limit."""
    split: float = 0.0
    """TCP: what is cut into pieces that arrive one after the other."""
    partition: bool = False
    """Whether nothing comes through: UDP is lost, TCP waits."""


class Packet(NamedTuple):
    """Something that was sent over a line."""

    time: float
    source: str
    target: str
    kind: str
    """`udp` or `tcp`; a piece of a stream is what was written at once."""
    data: bytes
    is_lost: bool


class SimulatedPipe(Pipe):
    """The receiving end of a stream, with what is under way to it."""

    def __init__(self, network: SimulatedNetwork, source: str, target: str) -> None:
        super().__init__(network.capacity)
        self.network = network
        self.source, self.target = source, target
        self.flight: deque[tuple[float, bytes | None]] = deque()
        self.last_due = 0.0

    def push(self, piece: bytes) -> None:
        """Bytes from the other end, which are under way now."""
        self.space -= len(piece)
        self.network.carry_piece(self, piece)

    def end(self, mark: bytes | None) -> None:
        """The other end closes or resets the stream, after what is under way."""
        self.send(mark, self.network.transit(self.source, self.target, 40, is_stream=True))

    def send(self, piece: bytes | None, delay: float) -> None:
        """Puts a piece on the line, behind those that are on it."""
        self.last_due = max(self.last_due, self.network.time + delay)
        self.flight.append((self.last_due, piece))
        self.network.schedule(self.last_due, self.land)

    def land(self) -> None:
        """Hands over what is due; pieces that meet are one."""
        flight, now = self.flight, self.network.time
        while flight and flight[0][0] <= now:
            if self.network.is_parted(self.source, self.target):
                self.network.schedule(now + RETRY, self.land)
                return
            piece = flight.popleft()[1]
            if piece and self.arrived and self.arrived[-1]:
                self.arrived[-1] += piece
            else:
                self.arrived.append(piece)


class SimulatedNetwork(MemoryNetwork):
    """The ports of one imaginary machine, and the lines between the games on it."""

    is_real = False

    def __init__(self, seed: int = 0) -> None:
        super().__init__()
        self.seed = seed
        self.usual = Conditions()
        self.lines: dict[frozenset[str], Conditions] = {}
        self.silent: set[str] = set()
        """The games that are dead without anybody having been told."""
        self.packets: deque[Packet] = deque(maxlen=KEPT)
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._free_at: dict[tuple[str, str], float] = {}
        """When a line of limited bandwidth has sent what was given to it."""

    @cached_property
    def chance(self) -> random.Random:
        """Decides from the seed what is lost, late and cut; made on demand, as most tests have perfect lines."""
        return random.Random(self.seed)

    # ------------------------------------------------------------------- time

    def schedule(self, due: float, action: Callable[[], None]) -> None:
        """Has something done at a time."""
        heapq.heappush(self._due, (due, next(self._order), action))

    def next_due(self) -> float | None:
        """When something arrives next."""
        return self._due[0][0] if self._due else None

    def deliver(self) -> None:
        """Does all that is due."""
        while self._due and self._due[0][0] <= self.time:
            heapq.heappop(self._due)[2]()

    # -------------------------------------------------------------- conditions

    def conditions(self, source: str, target: str) -> Conditions:
        """The conditions between two games: those of the line, of one of the games, or of all."""
        for key in (frozenset((source, target)), frozenset((source,)), frozenset((target,))):
            if key in self.lines:
                return self.lines[key]
        return self.usual

    def is_parted(self, source: str, target: str) -> bool:
        """Whether nothing comes through."""
        return bool({source, target} & self.silent) or self.conditions(source, target).partition

    def transit(self, source: str, target: str, size: int, is_stream: bool = False) -> float:
        """Seconds that a number of bytes takes now."""
        line = self.conditions(source, target)
        delay = LEAST + (line.latency + line.jitter * self._roll(line.jitter)) / 1000.0
        if line.bandwidth > 0:
            start = max(self.time, self._free_at.get((source, target), 0.0))
            self._free_at[source, target] = start + size / line.bandwidth
            delay += self._free_at[source, target] - self.time
        wait = RETRY
        while is_stream and self._happens(min(line.loss, 0.99)):
            delay, wait = delay + wait, min(wait * 2, 60.0)
        return delay

    def _roll(self, wanted: float) -> float:
        """A number from 0 to 1; chance is not asked for what does not depend on it."""
        return self.chance.random() if wanted > 0 else 0.0

    def _happens(self, probability: float) -> bool:
        return probability > 0 and self.chance.random() < probability

    # ---------------------------------------------------------------- carrying

    def carry_piece(self, pipe: SimulatedPipe, piece: bytes) -> None:
        """Takes what was written to a stream at once."""
        self.packets.append(Packet(self.time, pipe.source, pipe.target, "tcp", piece, False))
        line = self.conditions(pipe.source, pipe.target)
        while len(piece) > 1 and self._happens(line.split):
            at = self.chance.randrange(1, len(piece))
            pipe.send(piece[:at], self.transit(pipe.source, pipe.target, at, is_stream=True))
            pipe.last_due += LEAST
            piece = piece[at:]
        pipe.send(piece, self.transit(pipe.source, pipe.target, len(piece), is_stream=True))

    def carry_datagram(self, sender: SimulatedDatagrams, port: int, datagram: bytes) -> None:
        """Takes a datagram, which arrives, or does not, or does twice."""
        receiver = self.datagram_ports.get(port)
        target = receiver.owner if receiver is not None else ""
        line = self.conditions(sender.owner, target)
        is_lost = receiver is None or self.is_parted(sender.owner, target) or self._happens(line.loss)
        self.packets.append(Packet(self.time, sender.owner, target, "udp", datagram, is_lost))
        copies = 0 if is_lost else 2 if self._happens(line.duplicate) else 1
        for _ in range(copies):
            delay = self.transit(sender.owner, target, len(datagram))
            if self._happens(line.reorder):
                delay += LATER * (1.0 + self.chance.random()) + line.latency / 1000.0
            self.schedule(self.time + delay, lambda: self._arrive(port, datagram, sender.port))

    def _arrive(self, port: int, datagram: bytes, source: int) -> None:
        receiver = self.datagram_ports.get(port)
        if receiver is not None:
            receiver.arrived.append((datagram, "127.0.0.1", source))

    def dial(self, backend: SimulatedBackend, connection: Connection, port: int, local_port: int) -> None:
        """Connects to a port: there and back again, or a refusal; on a parted line, nothing."""
        listener = self.ports.get(port)
        target = listener.owner if listener is not None else ""
        if self.is_parted(backend.name, target):
            self.schedule(self.time + RETRY, lambda: self._dial_again(backend, connection, port, local_port))
            return
        there = self.transit(backend.name, target, 40, is_stream=True)
        self.schedule(self.time + there, lambda: self._knock(backend, connection, port, local_port))

    def _dial_again(self, backend: SimulatedBackend, connection: Connection, port: int, local_port: int) -> None:
        if backend.wants(connection):
            self.dial(backend, connection, port, local_port)

    def _knock(self, backend: SimulatedBackend, connection: Connection, port: int, local_port: int) -> None:
        listener = self.ports.get(port)
        target = listener.owner if listener is not None else ""
        back = self.time + self.transit(target, backend.name, 40, is_stream=True)
        if listener is None:
            self.schedule(back, lambda: backend.refused(connection))
            return
        here, there = SimulatedPipe(self, target, backend.name), SimulatedPipe(self, backend.name, target)
        here.other, there.other = there, here
        here.last_due = back
        listener.waiting.append((there, local_port or self.free_port()))
        self.schedule(back, lambda: backend.connected(connection, here))


class SimulatedDatagrams(MemoryDatagrams):
    """A UDP port of a simulated network."""

    __slots__ = ()
    network: SimulatedNetwork

    def transmit(self, host: str, port: int, datagram: bytes) -> bool:
        """Sends a datagram; whether it arrives, nobody knows."""
        if len(datagram) > LONGEST:
            return False
        self.network.carry_datagram(self, port, datagram)
        return True


class SimulatedBackend(MemoryBackend):
    """The network as one game of a simulation sees it; `name` is the game's."""

    network: SimulatedNetwork
    datagrams = SimulatedDatagrams

    def __init__(self, network: SimulatedNetwork, name: str, limits: NetworkLimits | None = None) -> None:
        super().__init__(network, limits)
        self.name = name
        self.on_wait: Callable[[float | None], None] = lambda timeout: None
        """Lets time pass while the game's own code waits for the network."""

    def _dial(self, connection: Connection, host: str, port: int) -> None:
        """Connects to a port of the network, whatever the host."""
        self.network.dial(self, connection, port, self.board.local_port(connection.number))

    def wants(self, connection: Connection) -> bool:
        """Whether a connection is still being made."""
        return self.board.sockets.get(connection.number) is connection and connection.transport is None

    def refused(self, connection: Connection) -> None:
        """Nobody listens there."""
        if self.wants(connection):
            self.board.lost(connection, "Connection refused")

    def connected(self, connection: Connection, pipe: Pipe) -> None:
        """The other side has answered."""
        if self.wants(connection):
            connection.attach(pipe)
            self.board.established(connection)
        elif pipe.other is not None:
            pipe.other.end(b"")

    def poll(self, timeout: float | None) -> list[Message]:
        """Carries bytes both ways; time passes by `on_wait`."""
        messages = super().poll(0.0)
        if messages or timeout == 0.0:
            return messages
        self.on_wait(timeout)
        return super().poll(0.0)

    def next_due(self) -> float | None:
        """When something is to be done next: a handshake ends, a datagram is sent again, a queue moves on."""
        due = self.board.next_deadline()
        return min(due or 1e300, self.network.time + 0.001) if self.board.unsent else due

    def reset_all(self) -> None:
        """Ends every connection by a reset."""
        for found in self.board.sockets.values():
            if isinstance(found, Connection):
                found.resets = True
        self.close_all(0.0)
