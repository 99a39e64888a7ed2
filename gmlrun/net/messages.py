"""Messages of the network to the game: one frozen record for each thing that happened, in the order it happened."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

NEW = tuple.__new__
"""`NEW(Received, (…))` makes a record in half the time of `Received(…)`."""


class Connected(NamedTuple):
    """A client has connected to a server and, unless the server is raw, finished its handshake."""

    server: int
    socket: int
    address: str
    port: int
    """The peer's own port."""


class Received(NamedTuple):
    """Packets that came in one go (or, raw, what one read returned), one or more, each an event of its own.

    `server` is -1 on a socket that connected itself. Who takes the message may change the list.
    """

    socket: int
    packets: list[bytes]
    server: int
    address: str
    port: int
    is_text: bool | None = None
    """Text or binary, where the protocol has both (WebSocket); None where it has not."""


class Disconnected(NamedTuple):
    """A connection that had been reported is over; `reason` is for logs."""

    socket: int
    server: int
    address: str
    port: int
    reason: str


class Dropped(NamedTuple):
    """A server has turned a peer away, or ended its connection for a fault of the peer; for logs.

    No message of `poll`: whoever wants to know is in `Limits.on_dropped`.
    """

    server: int
    address: str
    port: int
    reason: str


class ConnectResult(NamedTuple):
    """A connection that this side began is there (after the handshake), or has failed."""

    socket: int
    succeeded: bool
    address: str
    port: int
    reason: str = ""


Message: TypeAlias = Connected | Received | Disconnected | ConnectResult
