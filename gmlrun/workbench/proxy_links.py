"""The links of a proxy: streams and datagrams of a client and of the server go in, each comes out on the other side.

An `Observer` is told of each unit, and may hold it back or change it.
"""

from __future__ import annotations

import asyncio
from typing import Any

from gmlrun.net.protocols.stream import HEADER_SIZE, frame
from gmlrun.workbench.datagrams import datagram_unit
from gmlrun.workbench.figures import place
from gmlrun.workbench.line import StreamLine, Timing
from gmlrun.workbench.units import TO_CLIENT, TO_SERVER, Conversation, WireUnit

READ_SIZE = 65536
MOST_WAITING = 10_000
"""How many units an observer may hold back before a stream is read no further."""


class Observer:
    """Is told what happens. This one does nothing, and lets everything through as it is."""

    is_looking = False
    """Whether streams are cut into packets at all."""

    def opened(self, link: ProxiedClient) -> None:
        """Called when a client has connected."""

    def closed(self, link: ProxiedClient, reason: str) -> None:
        """Called when a link has ended."""

    def passing(self, link: ProxiedClient, direction: int, unit: WireUnit) -> None:
        """Called for each unit that wants to pass; the receiver calls `link.forward` now or later."""
        link.forward(direction, unit)

    def forgotten(self, link: ProxiedClient) -> None:
        """Drop the units that still wait for a link."""


class ProxiedClient:
    """A client and its connection to the server."""

    def __init__(self, number: int, peer: str, observer: Observer) -> None:
        self.number = number
        self.peer = peer
        self.observer = observer
        self.lines: list[Any] = []
        """The lines to the server and to the client."""
        self.waiting = 0
        """Units that the observer holds back."""
        self.is_over = False

    def forward(self, direction: int, unit: WireUnit) -> list[str]:
        """Puts a unit on its line; tells what becomes of it."""
        notes: list[str] = self.lines[direction].put(unit.wire)
        return notes

    def wrap(self, direction: int, payload: bytes, is_text: bool = False) -> bytes:
        """A packet as it stands on the wire."""
        raise NotImplementedError


class StreamLink(ProxiedClient):
    """Two streams, each of which is read and written on to the other."""

    def __init__(self, number: int, peer: str, observer: Observer, is_raw: bool) -> None:
        super().__init__(number, peer, observer)
        self.conversation = Conversation(is_raw, is_plain=True)

    def wrap(self, direction: int, payload: bytes, is_text: bool = False) -> bytes:
        """A packet as the conversation has it."""
        return self.conversation.wrap(direction, payload, is_text)

    async def run(self, streams: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]], timings: list[Timing]) -> str:
        """Carries both directions until both have ended; returns why it is over."""
        (client_in, client_out), (server_in, server_out) = streams
        self.lines = [StreamLine(timings[TO_SERVER], server_out), StreamLine(timings[TO_CLIENT], client_out)]
        ways = [self.carry(TO_SERVER, client_in), self.carry(TO_CLIENT, server_in)]
        tasks = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            broken = [str(task.exception()) for task in tasks if task.done() and task.exception()]
            if not broken:
                await asyncio.wait([line.task for line in self.lines])
            return "broken off" if broken else "closed"
        finally:
            self.is_over = True
            self.observer.forgotten(self)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for line in self.lines:
                line.stop()

    async def carry(self, direction: int, reader: asyncio.StreamReader) -> None:
        """Reads one direction to its end. Raises OSError when it is broken off."""
        line, looks = self.lines[direction], self.observer.is_looking
        while data := await reader.read(READ_SIZE):
            if line.task.done():
                raise ConnectionResetError("the other side takes nothing")
            for unit in self.conversation.feed(direction, data) if looks else [WireUnit(data, None)]:
                self.observer.passing(self, direction, unit)
            await line.room()
            while self.waiting > MOST_WAITING and not self.is_over:
                await asyncio.sleep(0.01)
        for unit in self.conversation.end(direction) if looks else []:
            self.observer.passing(self, direction, unit)
        while self.waiting and not self.is_over:
            await asyncio.sleep(0.01)
        line.end()


class DatagramLink(ProxiedClient, asyncio.DatagramProtocol):
    """A sender of datagrams, and the socket that stands for it at the server."""

    def __init__(self, number: int, origin: tuple[str, int], observer: Observer, is_raw: bool) -> None:
        super().__init__(number, place(*origin), observer)
        self.origin = origin
        self.is_raw = is_raw
        self.has_headers = False
        self.heard = 0.0
        self.transport: Any = None

    def wrap(self, direction: int, payload: bytes, is_text: bool = False) -> bytes:
        """A packet with the header that the others have."""
        return frame(payload) if self.has_headers else payload

    def take(self, direction: int, data: bytes) -> None:
        """Called for a datagram of either side."""
        self.heard = asyncio.get_running_loop().time()
        unit = datagram_unit(data, self.is_raw)
        if not self.is_raw and unit.packets is not None:
            self.has_headers = self.has_headers or len(unit.packets[0]) + HEADER_SIZE + len(unit.head) == len(data)
        self.observer.passing(self, direction, unit)

    def connection_made(self, transport: Any) -> None:
        """The socket is there."""
        self.transport = transport

    def datagram_received(self, data: bytes, address: Any) -> None:
        """Called for an answer of the server."""
        self.take(TO_CLIENT, data)

    def error_received(self, error: Exception) -> None:
        """The server's port is closed: UDP loses what is sent there."""
