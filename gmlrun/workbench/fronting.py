"""A bad line in front of a program: a backend and conditions go in, the same backend comes out behind proxies.

The program's servers listen on ports of this machine that nobody knows; at the ports that it asked for stand proxies,
on a thread of their own. The program sees clients at their own addresses.
"""

from __future__ import annotations

import asyncio
import selectors
import socket
from collections.abc import Coroutine, Iterator
from typing import Any

from gmlrun.net.backend import NetworkError, SocketType
from gmlrun.net.messages import Message, Received
from gmlrun.net.threads import REFUSED, begin_thread
from gmlrun.workbench.line import ProxyConditions
from gmlrun.workbench.proxy import Proxy
from gmlrun.workbench.proxy_sockets import ProxyPlan

HOME = "127.0.0.1"
PATIENCE = 5.0
"""Seconds that a proxy may take to begin or to end."""


def need_descriptors() -> None:
    """Raises NetworkError where there are no descriptors for a loop of asyncio, which shows tracebacks then."""
    try:
        selectors.DefaultSelector().close()
        for end in socket.socketpair():
            end.close()
    except OSError as error:
        raise NetworkError(error.strerror or str(error)) from None


class FrontedBackend:
    """See Backend for the contract; what is not said here is the backend's own.

    Raises NetworkError where the machine gives no thread, or no descriptors for it.
    """

    def __init__(self, backend: Any, conditions: ProxyConditions, seed: int) -> None:
        self._backend = backend
        self._conditions = conditions
        self._seed = seed
        self._proxies: dict[int, Proxy] = {}
        need_descriptors()
        self._loop = asyncio.new_event_loop()
        begun = begin_thread(self._loop.run_forever)
        if begun is None:
            self._loop.close()
            raise NetworkError(REFUSED)
        self._thread = begun
        self._address_of_proxy = backend.acceptor.client_address
        backend.acceptor.client_address = self._client_address

    def _client_address(self, peer: Any) -> tuple[str, int]:
        """The client behind a connection of a proxy; a peer that found the hidden port is its own client."""
        address: tuple[str, int] = self._address_of_proxy(peer)
        for proxy in self._proxies.values():
            if address[1] in proxy.origins:
                return proxy.origins[address[1]]
        return address

    def poll(self, timeout: float | None) -> list[Message]:
        """Moves bytes both ways; datagrams come from the clients' own addresses."""
        return [self._from_client(message) for message in self._backend.poll(timeout)]

    def _from_client(self, message: Message) -> Message:
        """A message with the client's address, where a datagram came from the socket that stands for a client."""
        proxy = self._proxies.get(message.socket) if isinstance(message, Received) else None
        if proxy is None or not proxy.plan.is_udp or message.address != HOME:
            return message
        host, port = proxy.origins.get(message.port, (HOME, message.port))
        return message._replace(address=host, port=port)

    def send_to(self, socket: int, host: str, port: int, payload: bytes, raw: bool = False) -> int:
        """Sends a datagram; one to a client of a proxy goes to the socket that stands for the client."""
        proxy = self._proxies.get(socket)
        stand_in = proxy.stand_ins.get((host, port)) if proxy is not None else None
        target = (host, port) if stand_in is None else (HOME, stand_in)
        return int(self._backend.send_to(socket, *target, payload, raw))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def _do(self, work: Coroutine[object, object, None]) -> None:
        """Runs an action on the proxies' thread, and waits for it."""
        asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def listen(self, kind: SocketType, address: str, port: int, max_clients: int, raw: bool) -> int:
        """Opens a server behind a proxy. Raises NetworkError with the system's reason."""
        number = self._backend.listen(kind, HOME, 0, max_clients, raw)
        return self._put_before(number, kind, address, port)

    def reserve(self, kind: SocketType, port: int = 0, address: str = "") -> int:
        """A socket that will connect later, or one of UDP, which receives behind a proxy where it has a port."""
        if kind != "udp" or not port:
            return int(self._backend.reserve(kind, port, address))
        return self._put_before(self._backend.listen(kind, HOME, 0, 0, False), kind, address, port)

    def _put_before(self, number: int, kind: SocketType, address: str, port: int) -> int:
        inner = self._backend.port_of(number)
        plan = ProxyPlan(
            HOME, inner, address, port, kind == "udp", True, self._conditions, self._seed, tells_origins=True
        )
        proxy = Proxy(plan)
        try:
            self._do(proxy.start())
        except (OSError, OverflowError) as error:
            self._backend.close(number)
            raise NetworkError(getattr(error, "strerror", None) or str(error)) from None
        self._proxies[number] = proxy
        return number

    def port_of(self, socket: int) -> int:
        """The port that clients see."""
        proxy = self._proxies.get(socket)
        return self._backend.port_of(socket) if proxy is None else proxy.port

    def addresses_of(self, socket: int) -> list[str]:
        """The addresses that clients see."""
        proxy = self._proxies.get(socket)
        return self._backend.addresses_of(socket) if proxy is None else proxy.addresses

    def close(self, socket: int) -> None:
        """Closes a socket, and takes away what stands before it."""
        self._backend.close(socket)
        proxy = self._proxies.pop(socket, None)
        if proxy is not None:
            self._do(proxy.leave())

    def close_all(self, timeout: float) -> None:
        """Closes everything; what is under way still arrives."""
        for proxy in self._proxies.values():
            self._do(proxy.leave())
        self._backend.close_all(timeout)
        self._end()

    def closing(self, timeout: float) -> Iterator[None]:
        """Like `close_all`, for another event loop."""
        yield from self._backend.closing(timeout)
        self._end()

    def _end(self) -> None:
        if self._loop.is_closed():
            return
        for proxy in self._proxies.values():
            self._do(proxy.finish(PATIENCE / 2))
        self._proxies.clear()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
