"""Servers and connections: what there is to know of each, whatever transport carries it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from gmlrun.net.backend import NetworkLimits, SocketType
from gmlrun.net.protocol import StreamProtocol, protocols_of


class Server:
    """A listening socket. Raises NetworkError when there is no protocol for its clients."""

    def __init__(self, kind: SocketType, raw: bool, max_clients: int, limits: NetworkLimits) -> None:
        self.number = -1
        self.kind = kind
        self.raw = raw
        self.max_clients = max_clients
        self.make_protocol: Callable[[], StreamProtocol] = protocols_of(kind).server_protocols(raw, limits)
        self.transport: Any = None
        self.port = 0
        self.is_listening = True
        """Whether new clients can come."""
        self.clients: set[int] = set()
        """The numbers of the clients that the program knows."""
        self.resets = False
        """Whether its clients' connections end with a reset."""
        self.arriving: dict[Connection, None] = {}
        """Clients whose handshake is not over, the oldest first."""
        self.addresses: Counter[str] = Counter()
        """How many connections there are from each address."""


class Connection:
    """One stream: its protocol, its peer, and what waits to be sent."""

    __slots__ = (
        "address", "allowed", "closing", "deadline", "heard", "is_watched", "kind", "number", "opened", "port",
        "protocol", "queue", "queued", "raw", "resets", "server", "server_number", "spoke", "stalled", "transport",
    )  # fmt: skip

    def __init__(
        self, number: int, kind: SocketType, raw: bool, protocol: StreamProtocol, server: Server | None
    ) -> None:
        self.number = number
        self.kind = kind
        self.raw = raw
        self.protocol = protocol
        self.server = server
        self.server_number = -1 if server is None else server.number
        self.transport: Any = None
        self.address, self.port = "", 0
        self.opened = False
        """Whether the program has been told of it."""
        self.closing = False
        self.is_watched = False
        """Whether the transport is watched for room to write."""
        self.resets = server is not None and server.resets
        """Whether it ends with a reset, which leaves nothing behind, instead of in good order."""
        self.deadline = 0.0
        self.heard = self.spoke = False
        """Whether anything has come, and whether a packet has, since the patrol looked."""
        self.stalled: float | None = None
        """Since when the peer has taken nothing of what waits for it."""
        self.queue: deque[bytes | memoryview] = deque()
        self.queued = 0
        """Bytes in `queue`."""
        self.allowed = 0
        """Bytes of a packet that was taken although it is longer than a queue may be."""

    def attach(self, transport: Any) -> None:
        """Takes the transport that carries it from now on."""
        self.transport = transport

    def detach(self) -> Any:
        """Gives its transport away."""
        transport, self.transport = self.transport, None
        return transport

    def name_peer(self, address: str, port: int) -> None:
        """Notes which peer it is connected to, or is being connected to."""
        self.address, self.port = address, port

    def begin_closing(self) -> None:
        """Lets it end when its queue is empty; nothing of its handshake counts any more."""
        self.closing = True
        self.deadline = 0.0

    def stall(self, now: float) -> None:
        """Notes since when the peer has taken nothing."""
        if self.stalled is None:
            self.stalled = now

    def sent(self, count: int) -> None:
        """Takes bytes off the queue that the transport has taken."""
        self.queued -= count
        self.stalled = None
        queue = self.queue
        while count:
            piece = queue[0]
            if len(piece) > count:
                queue[0] = memoryview(piece)[count:]
                return
            count -= len(piece)
            queue.popleft()

    def clear_queue(self) -> None:
        """Empties the queue."""
        self.queue.clear()
        self.queued = 0
        self.stalled = None
