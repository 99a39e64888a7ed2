"""The protocol of a stream, without any socket: bytes go in, events come out, and the other way round.

Nothing that a peer sends raises: a bad peer ends with a `Closed`. A kind of socket is a row of `MODULES`: a module with
two functions, imported when a socket of that kind is first made. Both raise NetworkError for a fault on this side,
with its reason:

- `server_protocols(raw, limits)` is called once for each server. It returns a function without parameters
  that makes the protocol of one accepted client; what all clients share (a TLS context) it makes once.
- `client_protocol(url, port, raw, limits)` returns a `Destination`: the protocol of one connection, and the host
  and port that the transport is to connect to, which a URL may name.

TLS is a protocol as well: one that holds another, passes on to it what it has decrypted, and encrypts what
comes out of it in `wrap` and `data_to_send`. No backend knows of it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TypeAlias

from gmlrun.net.backend import NetworkError

MIB = 1024 * 1024
SERVER_LIMIT = 4 * MIB
"""Bytes: the manual's default limit for packets on sockets that a server accepted."""
CLIENT_LIMIT = 64 * MIB
"""Bytes: the same for sockets that a program made itself."""


class Opened(NamedTuple):
    """The connection is ready for packets."""


class Packets(NamedTuple):
    """The payloads of whole packets, as many as there were of one kind in a row, at least one."""

    payloads: list[bytes]
    is_text: bool | None = None
    """None for a protocol that does not tell text from binary."""


class Closed(NamedTuple):
    """The connection is over; `reason` says why, for logs."""

    reason: str
    by_peer: bool = False
    """Whether the peer just ended it, which is no fault."""


class Noticed(NamedTuple):
    """The peer sends something that is no fault but probably a mistake; `text` says why, for logs."""

    text: str


Event: TypeAlias = Opened | Packets | Closed | Noticed


class Heads(dict[int, bytes]):
    """The bytes before a payload on the wire, by the payload's size; those of short ones are made once."""

    def __init__(self, make: Callable[[int], bytes]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, size: int) -> bytes:
        made = self.make(size)
        if size <= KEPT_HEADS:
            self[size] = made
        return made


KEPT_HEADS = 4096
"""Bytes of the longest payload whose head is kept."""


class StreamProtocol(Protocol):
    """One connection's protocol."""

    limit: int
    """Bytes: a packet larger than this ends the connection. May be set at any time."""
    out: list[bytes]
    """The bytes that wait to be sent; never empty while `data_to_send` has something."""
    overhead: int
    """Bytes that `network_send_packet` adds to the size of the payload in its result."""
    shared_frames: str
    """Protocols with the same text here make the same bytes of a packet, so one `wrap` serves them all; empty
    for a protocol whose frames are its connection's own (masked, compressed, encrypted)."""
    heads: Heads | None
    """By the size of a payload, the bytes before it which with it are all that `wrap` makes where `raw` is False; None
    where there is more to do."""
    has_ping: bool
    """Whether the protocol can ask its peer for a sign of life."""

    def start(self) -> list[Event]:
        """Begin when the transport is connected; return the events of that."""

    def receive(self, data: bytes) -> list[Event]:
        """Bytes from the peer, cut anywhere."""

    def receive_eof(self) -> list[Event]:
        """The peer will send nothing more."""

    def wrap(self, payload: bytes, raw: bool = False, is_text: bool = False) -> bytes:
        """A packet as it stands on the wire, in the order of the calls; `raw` leaves GameMaker's header out."""

    def ping(self) -> None:
        """Asks the peer whether it is there, where the protocol can; any answer counts."""

    def close(self) -> None:
        """Queues what a polite end needs; nothing is received from then on."""

    def data_to_send(self) -> list[bytes]:
        """Takes what is queued for the peer."""


class Destination(NamedTuple):
    """A connection to be made: where to, and the protocol that it will speak."""

    host: str
    port: int
    protocol: StreamProtocol


MODULES = {
    "tcp": "gmlrun.net.protocols.stream",
    "ws": "gmlrun.net.protocols.websocket",
    "wss": "gmlrun.net.protocols.tls",
}
"""The module with the protocols of each kind of stream."""


def protocols_of(kind: str) -> Any:
    """The module with the protocols of a kind of stream; raises NetworkError for one that there is not."""
    if kind not in MODULES:
        raise NetworkError(f"there are no sockets of type {kind}")
    return importlib.import_module(MODULES[kind])
