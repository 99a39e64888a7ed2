"""The network behind permissions: a backend and the permissions go in, the same backend comes out, which refuses.

Only a game with permissions of its own has this between itself and its backend. What is refused is an error of GML.
"""

from __future__ import annotations

from typing import Any

from gmlrun.net.backend import Backend, Send, SocketType
from gmlrun.net.messages import Message, Received
from gmlrun.net.protocol import protocols_of
from gmlrun.sandbox.permissions import BROADCAST, Permissions

HEARD = 4096
"""How many senders of datagrams are remembered, who may be answered."""


class PermittedBackend:
    """See Backend for the contract; what needs no permission is the backend's own."""

    def __init__(self, backend: Backend, permissions: Permissions) -> None:
        self._backend = backend
        self._permissions = permissions
        self._datagrams: set[int] = set()
        self._heard: dict[tuple[int, str, int], None] = {}
        """Who has sent datagrams, oldest first: an answer needs no permission of its own."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    @property
    def send(self) -> Send:
        """Queues a packet for a socket, which was permitted when it was opened."""
        return self._backend.send

    def listen(self, kind: SocketType, address: str, port: int, max_clients: int, raw: bool) -> int:
        """Opens a server."""
        self._permissions.check_listen(port)
        number = self._backend.listen(kind, address, port, max_clients, raw)
        self._note(kind, number)
        return number

    def reserve(self, kind: SocketType, port: int = 0, address: str = "") -> int:
        """A socket that is not connected yet, or one of UDP: that has a port, and receives there."""
        if kind == "udp" and port:
            self._permissions.check_listen(port)
        else:
            self._permissions.check_any_net("a socket")
        number = self._backend.reserve(kind, port, address)
        self._note(kind, number)
        return number

    def connect(self, kind: SocketType, url: str, port: int, raw: bool, socket: int | None = None) -> int:
        """Begins to connect, if that is permitted to where it would really go."""
        limits = self._backend.limits
        self._permissions.check_any_net(f"connecting to {url}")
        target = protocols_of(kind).client_protocol(url, port, raw, limits)
        host, wanted = target.host, target.port
        if limits.redirect is not None:
            host, wanted = limits.redirect(host, wanted)
        self._permissions.check_connect(host, wanted)
        return self._backend.connect(kind, url, port, raw, socket)

    def send_to(self, socket: int, host: str, port: int, payload: bytes, raw: bool = False) -> int:
        """Sends a datagram to somebody permitted, or to somebody who has sent one to this socket."""
        if (socket, host, port) not in self._heard:
            self._permissions.check_connect(host, port, "a datagram to")
        return self._backend.send_to(socket, host, port, payload, raw)

    def broadcast(self, socket: int, port: int, payload: bytes) -> int:
        """Sends a datagram to everybody near."""
        self._permissions.check_connect(BROADCAST, port, "a datagram to")
        return self._backend.broadcast(socket, port, payload)

    def poll(self, timeout: float | None) -> list[Message]:
        """Moves bytes both ways; notes who has sent datagrams."""
        messages = self._backend.poll(timeout)
        if self._datagrams:
            for message in messages:
                if type(message) is Received and message.socket in self._datagrams:
                    self._hear((message.socket, message.address, message.port))
        return messages

    def close(self, socket: int) -> None:
        """Closes a socket; who was heard by it may be answered no more."""
        self._backend.close(socket)
        if socket in self._datagrams:
            self._datagrams.discard(socket)
            self._heard = {key: None for key in self._heard if key[0] != socket}

    def _note(self, kind: SocketType, number: int) -> None:
        if kind == "udp":
            self._datagrams.add(number)

    def _hear(self, sender: tuple[int, str, int]) -> None:
        self._heard.pop(sender, None)
        self._heard[sender] = None
        if len(self._heard) > HEARD:
            del self._heard[next(iter(self._heard))]
