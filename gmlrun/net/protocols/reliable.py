"""Reliable datagrams between gmlrun peers: datagrams go in and are sent until acknowledged, each comes out once.

Nothing is put back in order. Each destination has a stream of its own, numbered from 0. The header of 12
bytes, all little-endian: `GMRD` for data or `GMRA` for an acknowledgement, the stream (u32, chosen by the
sender), the number in the stream (u32). GameMaker's own layout is not public; this one is described in
docs/reliable-udp.md.
"""

from __future__ import annotations

import heapq
import itertools
import os
import struct
from collections import OrderedDict
from collections.abc import Callable

HEADER = struct.Struct("<4sII")
DATA, ACKNOWLEDGEMENT = b"GMRD", b"GMRA"

FIRST_WAIT = 0.25
"""Seconds until a datagram is sent for the second time; each further wait is twice as long."""
LONGEST_WAIT = 2.0
PATIENCE = 10.0
"""Seconds until a datagram that nobody acknowledges is given up."""
WINDOW = 4096
"""How far back a receiver tells old datagrams from new ones; half as many may be under way in one stream."""
MAX_STREAMS = 1024
"""Streams that a sender and a receiver remember; a receiver forgets the one that has been silent longest."""
U32 = 1 << 32

Transmit = Callable[[str, int, bytes], bool]
"""Sends a datagram to a host and port; False when that failed."""
Locate = Callable[[str, int], str]
"""The address that datagrams to a host and port go to, in the form in which what comes from there has it."""


def as_named(host: str, port: int) -> str:
    """Where every host is named by its address."""
    return host


def random_number() -> int:
    """A number of 32 bits that nobody foresees."""
    return int.from_bytes(os.urandom(4), "little")


class Window:
    """Which numbers of one stream have arrived: the highest, and a bit for each of those just below it."""

    __slots__ = ("arrived", "highest")

    def __init__(self) -> None:
        self.highest = -1
        self.arrived = 0

    def is_new(self, number: int) -> bool:
        """Whether a number arrives for the first time; it has then arrived."""
        ahead = (number - self.highest + U32 // 2) % U32 - U32 // 2
        if ahead > 0:
            self.arrived = (self.arrived << ahead | 1) & ((1 << WINDOW) - 1) if ahead < WINDOW else 1
            self.highest = number
            return True
        bit = 1 << -ahead if -ahead < WINDOW else 0
        is_new = bool(bit) and not self.arrived & bit
        self.arrived |= bit
        return is_new


class ReliableStream:
    """The datagrams to one destination."""

    __slots__ = ("host", "id", "next", "port", "waiting")

    def __init__(self, id_: int, host: str, port: int) -> None:
        self.id = id_
        self.host = host
        self.port = port
        self.next = 0
        self.waiting: dict[int, UnacknowledgedDatagram] = {}
        """The datagrams that have not been acknowledged, by number."""


class UnacknowledgedDatagram:
    """A datagram until it is acknowledged."""

    __slots__ = ("datagram", "due", "gives_up", "wait")

    def __init__(self, datagram: bytes, now: float) -> None:
        self.datagram = datagram
        self.wait = FIRST_WAIT
        self.due = now + FIRST_WAIT
        self.gives_up = now + PATIENCE


class Reliable:
    """Both directions of one socket. `limit` is how many bytes may wait to be acknowledged."""

    def __init__(
        self, transmit: Transmit, now: Callable[[], float], limit: int, first_stream: int, locate: Locate = as_named
    ) -> None:
        self.transmit = transmit
        self.locate = locate
        self.now = now
        self.limit = limit
        self.waiting = 0
        """Bytes that have not been acknowledged."""
        self._ids = itertools.chain([first_stream], iter(random_number, None))
        """Numbers of streams, which nobody can guess who does not see the datagrams."""
        self._streams: dict[tuple[str, int], ReliableStream] = {}
        self._by_id: dict[int, ReliableStream] = {}
        self._due: list[tuple[float, int, int]] = []
        """When what is to be sent again: time, stream, number."""
        self._heard: OrderedDict[tuple[str, int, int], Window] = OrderedDict()

    # ----------------------------------------------------------------- sending

    def send(self, host: str, port: int, payload: bytes) -> bool:
        """Sends a payload until it is acknowledged; False when too much waits already, or it cannot be sent."""
        stream = self._streams.get((host, port)) or self._begin(host, port)
        datagram = HEADER.pack(DATA, stream.id, stream.next) + payload
        if self.waiting + len(datagram) > self.limit or len(stream.waiting) >= WINDOW // 2:
            return False
        if not self.transmit(host, port, datagram):
            return False
        entry = stream.waiting[stream.next] = UnacknowledgedDatagram(datagram, self.now())
        self.waiting += len(datagram)
        heapq.heappush(self._due, (entry.due, stream.id, stream.next))
        stream.next = (stream.next + 1) % U32
        return True

    def _begin(self, host: str, port: int) -> ReliableStream:
        if len(self._streams) >= MAX_STREAMS:
            self._forget()
        id_ = next(number % U32 for number in self._ids if number % U32 not in self._by_id)
        stream = ReliableStream(id_, host, port)
        self._streams[host, port] = self._by_id[stream.id] = stream
        return stream

    def _forget(self) -> None:
        """Drops the streams in which nothing is under way; one that goes on will be a new one to its receiver."""
        for key, stream in list(self._streams.items()):
            if not stream.waiting:
                del self._streams[key], self._by_id[stream.id]

    # --------------------------------------------------------------- receiving

    def receive(self, datagram: bytes, address: str, port: int) -> bytes | None:
        """The payload of what has come; None for what the program has no use for. One without the header is its own."""
        if len(datagram) < HEADER.size or datagram[:4] not in (DATA, ACKNOWLEDGEMENT):
            return datagram
        kind, id_, number = HEADER.unpack_from(datagram)
        if kind == ACKNOWLEDGEMENT:
            self._acknowledged(id_, number, address, port)
            return None
        self.transmit(address, port, HEADER.pack(ACKNOWLEDGEMENT, id_, number))
        return datagram[HEADER.size :] if self._window(address, port, id_).is_new(number) else None

    def _window(self, address: str, port: int, id_: int) -> Window:
        key = address, port, id_
        window = self._heard.get(key)
        if window is None:
            window = self._heard[key] = Window()
            if len(self._heard) > MAX_STREAMS:
                self._heard.popitem(last=False)
        else:
            self._heard.move_to_end(key)
        return window

    def _acknowledged(self, id_: int, number: int, address: str, port: int) -> None:
        """Only the peer that a stream goes to can acknowledge what is in it."""
        stream = self._by_id.get(id_)
        if stream is not None and stream.port == port and self.locate(stream.host, port) == address:
            self._drop(stream, number)

    def _drop(self, stream: ReliableStream, number: int) -> None:
        entry = stream.waiting.pop(number, None)
        if entry is not None:
            self.waiting -= len(entry.datagram)

    # ------------------------------------------------------------------- again

    def next_due(self) -> float | None:
        """When something is to be sent again, on the clock of `now`."""
        while self._due and not self._is_waiting(*self._due[0]):
            heapq.heappop(self._due)
        return self._due[0][0] if self._due else None

    def _is_waiting(self, due: float, id_: int, number: int) -> bool:
        stream = self._by_id.get(id_)
        entry = None if stream is None else stream.waiting.get(number)
        return entry is not None and entry.due == due

    def expire(self) -> None:
        """Sends again what is due, and forgets what nobody has acknowledged for too long."""
        now = self.now()
        due = self.next_due()
        while due is not None and due <= now:
            _, id_, number = heapq.heappop(self._due)
            self._again(self._by_id[id_], number, now)
            due = self.next_due()

    def _again(self, stream: ReliableStream, number: int, now: float) -> None:
        entry = stream.waiting[number]
        if now >= entry.gives_up:
            self._drop(stream, number)
            return
        self.transmit(stream.host, stream.port, entry.datagram)
        entry.wait = min(entry.wait * 2, LONGEST_WAIT)
        entry.due = now + entry.wait
        heapq.heappush(self._due, (entry.due, stream.id, number))
