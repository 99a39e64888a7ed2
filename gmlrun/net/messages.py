"""What the network tells the game: one frozen record for each thing that happened, in the order it happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Connected:
    """A client has connected to a server and, unless the server is raw, finished its handshake."""

    server: int
    socket: int
    address: str
    port: int
    """The peer's own port."""


@dataclass(frozen=True, slots=True)
class Received:
    """A packet (or, raw, what one read returned). `server` is -1 on a socket that connected itself."""

    socket: int
    data: bytes
    server: int
    address: str
    port: int
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Disconnected:
    """A connection that had been reported is over; `reason` is for logs."""

    socket: int
    server: int
    address: str
    port: int
    reason: str


@dataclass(frozen=True, slots=True)
class ConnectResult:
    """A connection that this side began is there (after the handshake), or has failed."""

    socket: int
    succeeded: bool
    address: str
    port: int
    reason: str = ""


Message: TypeAlias = Connected | Received | Disconnected | ConnectResult
