"""A proxy between clients and a server: it listens in the server's place, and each direction of a link is a bad line.

It knows no screen: an `Observer` is told what happens, and may hold packets back or change them.
"""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gmlrun.net.threads import REFUSED
from gmlrun.net.transports.dialing import host_of
from gmlrun.workbench.figures import place
from gmlrun.workbench.line import DatagramLine, Timing
from gmlrun.workbench.proxy_links import DatagramLink, Observer, ProxiedClient, StreamLink
from gmlrun.workbench.proxy_sockets import (
    CONNECT_TIMEOUT,
    ProxyPlan,
    ending,
    listening,
    no_delay,
    port_of,
    streams_of,
    words_of,
)
from gmlrun.workbench.units import TO_SERVER

SILENCE = 120.0
"""Seconds after which a link of datagrams that carries none is forgotten."""
MOST_LINKS = 4096
"""How many links of datagrams there may be."""
PAUSE = 0.1
"""Seconds without accepting where the system allows no more connections."""


@contextmanager
def threads_wanted() -> Iterator[None]:
    """Around a look-up of a name in a thread: where the machine gives none, that is an OSError as for other reasons."""
    try:
        yield
    except RuntimeError as error:
        raise OSError(f"{REFUSED} ({error})") from None


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
        self.tasks: set[asyncio.Task[object]] = set()
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
        """Accepts clients of streams, forever."""
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
            with threads_wanted():
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
            with threads_wanted():
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
        self.links: dict[object, DatagramLink] = {}
        self.early: dict[object, list[bytes]] = {}
        """Datagrams that came before the socket to the server was there."""

    def connection_made(self, transport: object) -> None:
        """The socket is there."""
        self.transport = transport

    def datagram_received(self, data: bytes, address: object) -> None:
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

    def opened(self, address: object, task: Any) -> None:
        """Called when the socket to the server is open: sends what waited."""
        self.proxy.tasks.discard(task)
        for data in self.early.pop(address, []):
            if not task.cancelled():
                self.links[address].take(TO_SERVER, data)

    def forget_silent(self) -> None:
        """Ends the links over which nothing has arrived for long."""
        now = asyncio.get_running_loop().time()
        for address, link in list(self.links.items()):
            if address not in self.early and now - link.heard > SILENCE:
                del self.links[address]
                self.proxy.forget(link)
