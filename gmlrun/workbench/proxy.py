"""A proxy between clients and a server: it listens in the server's place, and each direction of a link is a bad line.

It knows no screen: an `Observer` is told what happens, and may hold packets back or change them.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import ssl
from collections.abc import Iterator
from typing import Any, NamedTuple

from gmlrun.net.protocols.stream import HEADER_SIZE, frame
from gmlrun.net.protocols.tls import reason_of
from gmlrun.net.transports.dialing import host_of
from gmlrun.workbench.datagrams import datagram_unit
from gmlrun.workbench.figures import place
from gmlrun.workbench.line import DatagramLine, ProxyConditions, StreamLine, Timing
from gmlrun.workbench.units import TO_CLIENT, TO_SERVER, Conversation, WireUnit

READ_SIZE = 65536
SILENCE = 120.0
"""Seconds after which a link of datagrams that carries none is forgotten."""
MOST_LINKS = 4096
"""How many links of datagrams there may be."""
CONNECT_TIMEOUT = 5.0
BACKLOG = 1024
"""Clients that wait to be accepted."""
PAUSE = 0.1
"""Seconds without accepting where the system allows no more connections."""


class ProxyPlan(NamedTuple):
    """The addresses, the kind of socket and the conditions of a proxy."""

    host: str
    """Where the server is."""
    port: int
    bind: str = "127.0.0.1"
    listen: int = 0
    is_udp: bool = False
    is_raw: bool = False
    conditions: ProxyConditions = ProxyConditions()
    seed: int | None = None
    inside: ssl.SSLContext | None = None
    """TLS with the clients, so that the proxy sees what they say; None where it only passes on what they send."""
    outside: ssl.SSLContext | None = None
    """TLS with the server."""
    tells_origins: bool = False
    """Whether the server, on this machine, is told whom each connection stands for (`Proxy.origins`)."""


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


MOST_WAITING = 10_000


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


class Proxy:
    """One proxy on the running asyncio loop."""

    def __init__(self, plan: ProxyPlan, observer: Observer | None = None) -> None:
        self.plan = plan
        self.observer = observer or Observer()
        self.chance = random.Random(plan.seed)
        self.count = 0
        self.origins: dict[int, tuple[str, int]] = {}
        """The clients by the port of the socket that stands for each at the server."""
        self.stand_ins: dict[tuple[str, int], int] = {}
        """The same the other way round, for clients of datagrams."""
        self.port = 0
        self.addresses: list[str] = []
        self.links: dict[int, ProxiedClient] = {}
        self.tasks: set[asyncio.Task[Any]] = set()
        self.doors: dict[socket.socket, asyncio.Task[None]] = {}
        """The listening sockets, and what accepts clients of streams there."""
        self.transports: list[Any] = []

    async def start(self) -> None:
        """Begins to listen. Raises OSError."""
        sockets = listening(self.plan)
        self.port = sockets[0].getsockname()[1]
        self.addresses = [str(made.getsockname()[0]) for made in sockets]
        if not self.plan.is_udp:
            self.doors = {made: asyncio.ensure_future(self.accept(made)) for made in sockets}
            return

        loop = asyncio.get_running_loop()
        for made in sockets:
            transport, _ = await loop.create_datagram_endpoint(lambda: Entrance(self), sock=made)
            self.transports.append(transport)

    async def leave(self) -> None:
        """Takes no new clients of streams."""
        for door, accepting in self.doors.items():
            accepting.cancel()
            await asyncio.gather(accepting, return_exceptions=True)
            door.close()
        self.doors.clear()

    async def finish(self, timeout: float) -> None:
        """Ends the links, once what is under way has arrived or the time is up."""
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=timeout)
        await self.close()

    async def close(self) -> None:
        """Ends all links."""
        await self.leave()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for transport in [*self.transports, *(getattr(link, "transport", None) for link in self.links.values())]:
            if transport is not None:
                transport.close()

    def timings(self) -> list[Timing]:
        """Both directions of a new link."""
        return [Timing(self.plan.conditions, self.chance) for _ in range(2)]

    async def accept(self, door: socket.socket) -> None:
        """Takes in clients of streams, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                client, address = await loop.sock_accept(door)
            except OSError:
                await asyncio.sleep(PAUSE)  # no more descriptors
                continue
            task = asyncio.ensure_future(self.serve(client, address))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def serve(self, client: socket.socket, address: Any) -> None:
        """One client, from its coming to its end."""
        self.count += 1
        link = StreamLink(self.count, place(host_of(address), address[1]), self.observer, self.plan.is_raw)
        self.links[link.number] = link
        self.observer.opened(link)
        reason = "closed"
        try:
            reason = await self.connect(link, client, (host_of(address), address[1]))
        except asyncio.CancelledError:
            reason = "closed"
        finally:
            del self.links[link.number]
            self.observer.closed(link, reason)

    async def connect(self, link: StreamLink, client: socket.socket, origin: tuple[str, int]) -> str:
        """Connects a client to the server, and carries what they say; returns why it is over."""
        plan = self.plan
        try:
            reader, writer = await streams_of(client, plan.inside)
        except (OSError, TimeoutError) as error:
            client.close()
            return f"the client does not speak TLS with this certificate: {words_of(error)}"
        with ending(writer):
            no_delay(writer)
            try:
                theirs = await asyncio.wait_for(self.open_stream(origin), CONNECT_TIMEOUT)
            except (OSError, TimeoutError) as error:
                return f"cannot connect to {place(plan.host, plan.port)}: {words_of(error)}"
            with ending(theirs[1]):
                no_delay(theirs[1])
                try:
                    return await link.run([(reader, writer), theirs], self.timings())
                finally:
                    self.origins.pop(port_of(theirs[1]), None)

    async def open_stream(self, origin: tuple[str, int]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to the server, whose client is known before the server sees it. Raises OSError."""
        plan = self.plan
        if not plan.tells_origins:
            return await asyncio.open_connection(plan.host, plan.port, ssl=plan.outside)
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            made.setblocking(False)
            made.bind((plan.host, 0))
            self.origins[made.getsockname()[1]] = origin
            await asyncio.get_running_loop().sock_connect(made, (plan.host, plan.port))
        except BaseException:
            made.close()
            raise
        return await asyncio.open_connection(sock=made)

    # ----------------------------------------------------------------- datagrams

    def link_of(self, entrance: Any, address: Any) -> DatagramLink:
        """The link of a sender, made when it is new."""
        self.count += 1
        link = DatagramLink(self.count, (host_of(address), address[1]), self.observer, self.plan.is_raw)
        to_server, to_client = self.timings()
        link.lines = [
            DatagramLine(to_server, lambda data: self.to_server(link, data)),
            DatagramLine(to_client, lambda data: entrance.sendto(data, address)),
        ]
        self.links[link.number] = link
        self.observer.opened(link)
        return link

    def to_server(self, link: DatagramLink, data: bytes) -> None:
        """Sends a datagram from the socket that stands for a client."""
        if link.transport is not None and not link.is_over:
            link.transport.sendto(data)

    async def open(self, link: DatagramLink) -> None:
        """Makes that socket, and notes for whom it stands before the server sees it."""
        loop = asyncio.get_running_loop()
        target = (self.plan.host, self.plan.port)
        try:
            transport, _ = await loop.create_datagram_endpoint(lambda: link, remote_addr=target)
        except OSError as error:
            self.observer.closed(link, f"cannot send to {place(*target)}: {error.strerror or error}")
            return
        port = transport.get_extra_info("sockname")[1]
        self.origins[port], self.stand_ins[link.origin] = link.origin, port

    def forget(self, link: DatagramLink) -> None:
        """Ends a link of datagrams."""
        link.is_over = True
        if link.transport is not None:
            link.transport.close()
        self.origins.pop(self.stand_ins.pop(link.origin, 0), None)
        del self.links[link.number]
        self.observer.closed(link, "silent")


class Entrance(asyncio.DatagramProtocol):
    """The socket that clients send their datagrams to."""

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        self.links: dict[Any, DatagramLink] = {}
        self.early: dict[Any, list[bytes]] = {}
        """Datagrams that came before the socket to the server was there."""

    def connection_made(self, transport: Any) -> None:
        """The socket is there."""
        self.transport = transport

    def datagram_received(self, data: bytes, address: Any) -> None:
        """Called for a datagram of a client."""
        link = self.links.get(address)
        if link is None:
            self.forget_silent()
            if len(self.links) >= MOST_LINKS:
                return
            link = self.links[address] = self.proxy.link_of(self.transport, address)
            self.early[address] = []
            opening = asyncio.ensure_future(self.proxy.open(link))
            self.proxy.tasks.add(opening)
            opening.add_done_callback(lambda task: self.opened(address, task))
        if address in self.early:
            self.early[address].append(data)
        else:
            link.take(TO_SERVER, data)

    def opened(self, address: Any, task: Any) -> None:
        """The way to the server is there: what waited goes on."""
        self.proxy.tasks.discard(task)
        for data in self.early.pop(address, []):
            if not task.cancelled():
                self.links[address].take(TO_SERVER, data)

    def forget_silent(self) -> None:
        """Ends the links over which nothing has come for long."""
        now = asyncio.get_running_loop().time()
        for address, link in list(self.links.items()):
            if address not in self.early and now - link.heard > SILENCE:
                del self.links[address]
                self.proxy.forget(link)


# ----------------------------------------------------------------------- sockets


def listening(plan: ProxyPlan) -> list[socket.socket]:
    """The sockets to listen on; without an address one for each family. Raises OSError."""
    if plan.bind:
        return [bound(plan, plan.bind, plan.listen)]
    first = bound(plan, "0.0.0.0", plan.listen)
    made = [first]
    with contextlib.suppress(OSError):
        made.append(bound(plan, "::", first.getsockname()[1]))
    return made


def bound(plan: ProxyPlan, address: str, port: int) -> socket.socket:
    """A socket at an address and port. Raises OSError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_DGRAM if plan.is_udp else socket.SOCK_STREAM)
    try:
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if not plan.is_udp:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        if not plan.is_udp:
            made.listen(BACKLOG)
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made


async def streams_of(
    client: socket.socket, context: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The streams of a client that was accepted, within TLS if there is a context. Raises OSError."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    patience = None if context is None else CONNECT_TIMEOUT
    transport, _ = await loop.connect_accepted_socket(
        lambda: protocol, client, ssl=context, ssl_handshake_timeout=patience
    )
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


def words_of(error: Exception) -> str:
    """Why a connection failed, in the system's words, or OpenSSL's."""
    if isinstance(error, ssl.SSLError):
        return reason_of(error)
    return getattr(error, "strerror", None) or str(error) or "it does not answer"


def port_of(writer: asyncio.StreamWriter) -> int:
    """The own port of a stream; 0 where it has none any more."""
    name = writer.get_extra_info("sockname")
    return int(name[1]) if name else 0


def no_delay(writer: asyncio.StreamWriter) -> None:
    """Makes small packets leave at once."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@contextlib.contextmanager
def ending(writer: asyncio.StreamWriter) -> Iterator[None]:
    """Closes a stream at the end."""
    try:
        yield
    finally:
        writer.close()
