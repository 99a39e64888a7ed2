"""A bad line: what is sent goes in, and goes on later, in pieces, spoilt or never, on the real clock.

The same conditions as the tests' simulated network has them; TCP's losses are what they are to a program: lateness.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from gmlrun.net.lines import LATER, RETRY

GAP = 0.002
"""Seconds between two pieces of what is split."""
PIECES = 8
"""How many pieces there are at most."""
HELD = 1 << 20
"""Bytes that may be under way on a stream before its sender waits."""
QUEUED = 1 << 22
"""Bytes of datagrams under way; what comes on top is lost, as in a router."""


class ProxyConditions(NamedTuple):
    """The faults of a line. Chances go from 0 to 1."""

    latency: float = 0.0
    """Milliseconds, one way."""
    jitter: float = 0.0
    """Milliseconds at most that are added, by chance."""
    loss: float = 0.0
    """UDP: what is lost; streams: what has to be sent again, and comes later."""
    duplicate: float = 0.0
    """UDP: the share of datagrams that arrive twice."""
    reorder: float = 0.0
    """UDP: the share of datagrams that later ones overtake."""
    split: float = 0.0
    """Streams: what comes in pieces."""
    corrupt: float = 0.0
    """The data with one bit turned, by chance."""
    throttle: float = 0.0
    """Bytes a second; 0 for no limit."""


class Fate(NamedTuple):
    """The fate of a piece."""

    dues: list[float]
    """When it arrives, once or more often; empty when it is lost."""
    data: bytes
    notes: list[str]


class Timing:
    """One direction of a line: says what becomes of each piece."""

    def __init__(self, conditions: ProxyConditions, chance: random.Random) -> None:
        self.conditions = conditions
        self.chance = chance
        self.free_at = 0.0
        """When a throttled line has sent what is on it."""
        self.last_due = 0.0

    def happens(self, probability: float) -> bool:
        """Whether something happens by chance."""
        return probability > 0.0 and self.chance.random() < probability

    def transit(self, now: float, size: int) -> float:
        """When a piece that is sent now arrives, at the earliest."""
        c = self.conditions
        start = now
        if c.throttle:
            self.free_at = start = max(now, self.free_at) + size / c.throttle
        return start + (c.latency + self.chance.uniform(0.0, c.jitter)) / 1000.0

    def spoilt(self, data: bytes, notes: list[str]) -> bytes:
        """A piece with a bit turned, by chance."""
        if not data or not self.happens(self.conditions.corrupt):
            return data
        at, bit = self.chance.randrange(len(data)), 1 << self.chance.randrange(8)
        notes.append(f"corrupted at byte {at}")
        return data[:at] + bytes((data[at] ^ bit,)) + data[at + 1 :]

    def stream(self, now: float, data: bytes) -> Fate:
        """A piece of a stream: nothing overtakes, nothing is lost."""
        notes: list[str] = []
        due = self.transit(now, len(data))
        if self.happens(self.conditions.loss):
            notes.append("lost once")
            due += RETRY
        self.last_due = due = max(due, self.last_due)
        return Fate([due], self.spoilt(data, notes), notes)

    def datagram(self, now: float, data: bytes) -> Fate:
        """A datagram: each goes its own way."""
        notes: list[str] = []
        due = self.transit(now, len(data))
        if self.happens(self.conditions.loss):
            return Fate([], data, ["lost"])
        if self.happens(self.conditions.reorder):
            notes.append("overtaken")
            due += LATER + self.conditions.jitter / 1000.0
        dues = [due]
        if self.happens(self.conditions.duplicate):
            notes.append("twice")
            dues.append(self.transit(now, 0))
        return Fate(dues, self.spoilt(data, notes), notes)

    def pieces(self, data: bytes) -> list[bytes]:
        """A piece of a stream as it arrives: whole, or cut at random places."""
        if len(data) < 2 or not self.happens(self.conditions.split):
            return [data]
        count = self.chance.randint(1, min(PIECES, len(data)) - 1)
        cuts = sorted(self.chance.sample(range(1, len(data)), count))
        return [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]


class StreamLine:
    """One direction of a stream: what is put on it is written when it is due."""

    def __init__(self, timing: Timing, writer: asyncio.StreamWriter) -> None:
        self.timing = timing
        self.writer = writer
        self.loop = asyncio.get_running_loop()
        self.flight: deque[tuple[float, bytes | None]] = deque()
        self.size = 0
        self.changed = asyncio.Event()
        self.task = asyncio.ensure_future(self.run())

    def put(self, data: bytes) -> list[str]:
        """Puts bytes on the line; tells what becomes of them."""
        due, data, notes = self.timing.stream(self.loop.time(), data)
        self.flight.append((due[0], data))
        self.size += len(data)
        self.changed.set()
        return notes

    def end(self) -> None:
        """Ends the stream behind what is under way."""
        self.flight.append((self.timing.last_due, None))
        self.changed.set()

    async def room(self) -> None:
        """Waits until not too much is under way."""
        while self.size > HELD and not self.task.done():
            await asyncio.sleep(GAP)

    async def run(self) -> None:
        """Writes what is due; ends with the stream, or when nobody takes it."""
        with contextlib.suppress(OSError):
            while True:
                while not self.flight:
                    self.changed.clear()
                    await self.changed.wait()
                due, data = self.flight.popleft()
                await asyncio.sleep(max(0.0, due - self.loop.time()))
                if data is None:
                    if self.writer.can_write_eof():
                        self.writer.write_eof()
                    else:
                        self.writer.close()  # TLS ends both directions at once
                    return
                await self.write(data)

    async def write(self, data: bytes) -> None:
        """Writes a piece, or its parts."""
        for number, piece in enumerate(self.timing.pieces(data)):
            if number:
                await asyncio.sleep(GAP)
            self.writer.write(piece)
            await self.writer.drain()
        self.size -= len(data)

    def stop(self) -> None:
        """Drops what is under way."""
        self.task.cancel()


class DatagramLine:
    """One direction of datagrams."""

    def __init__(self, timing: Timing, send: Callable[[bytes], None]) -> None:
        self.timing = timing
        self.send = send
        self.loop = asyncio.get_running_loop()
        self.size = 0

    def put(self, data: bytes) -> list[str]:
        """Puts a datagram on the line; tells what becomes of it."""
        if self.size > QUEUED:
            return ["lost: too much is under way"]
        dues, data, notes = self.timing.datagram(self.loop.time(), data)
        for due in dues:
            self.size += len(data)
            self.loop.call_at(due, self.land, data)
        return notes

    def land(self, data: bytes) -> None:
        """Called when a datagram arrives."""
        self.size -= len(data)
        self.send(data)
