"""What the runtime sees of the network: sockets by number, messages by polling.

`SelectorBackend` talks to real sockets, `MemoryBackend` to others in the same process; both keep this
contract and pass the same tests. No method raises for anything that a peer or the network does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from gmlrun.net.messages import Message

Kind = Literal["tcp", "udp", "ws", "wss"]

FAILED = -1
"""What a send returns when nothing was taken."""


class Limits:
    """Settings of a backend."""

    def __init__(
        self, connect_timeout: float = 4.0, send_queue: int = 16 * 1024 * 1024, sockets: int | None = None
    ) -> None:
        self.connect_timeout = connect_timeout
        """Seconds that a connection and its handshake may take."""
        self.send_queue = send_queue
        """Bytes that may wait for one slow reader."""
        self.sockets = sockets
        """How many sockets may be open; None for what the system allows."""


Observer = Callable[[str, int, str, int, bytes], None]
"""Called with direction (`in`, `out`, `open`, `close`), socket, peer's address and port, and the bytes."""


class NetworkError(Exception):
    """A local fault: the port is in use, the address is not ours. `str` of it is the system's reason."""


class Backend(Protocol):
    """The network as one game sees it. Sockets are small numbers from 0 on, reused after `close`."""

    limits: Limits

    def listen(self, kind: Kind, address: str, port: int, max_clients: int, raw: bool) -> int:
        """Opens a server; returns its socket. Raises NetworkError."""

    def port_of(self, socket: int) -> int:
        """The port that a server listens on, also when 0 was asked for."""

    def connect(self, kind: Kind, host: str, port: int, raw: bool, socket: int | None = None) -> int:
        """Begins to connect; a ConnectResult follows. Returns the socket (`socket`, if one was reserved)."""

    def reserve(self, kind: Kind) -> int:
        """A socket number for a socket that is not connected yet."""

    def poll(self, timeout: float | None) -> list[Message]:
        """Moves bytes both ways; waits up to `timeout` seconds (None: for ever) for something to happen."""

    def send(self, socket: int, payload: bytes, raw: bool = False, is_text: bool = False) -> int:
        """Queues a packet; returns the bytes taken (with the header, if one is added) or FAILED."""

    def is_open(self, socket: int) -> bool:
        """Whether there is such a socket."""

    def set_limit(self, socket: int, limit: int) -> None:
        """Bytes: how large a packet from the peer may be."""

    def close(self, socket: int) -> None:
        """Sends what is queued, closes a socket (a server with all its clients), frees its number."""

    def close_all(self, timeout: float) -> None:
        """Closes everything, waiting up to `timeout` seconds for what is still to be sent."""

    def wake(self) -> None:
        """Ends a `poll` that waits, from any thread."""
