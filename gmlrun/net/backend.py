"""The network as the runtime sees it: sockets by number, messages by polling.

`SelectorBackend` talks to real sockets, `MemoryBackend` to others in the same process; both keep this
contract and pass the same tests. No method raises for anything that a peer or the network does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from gmlrun.net.messages import Dropped, Message

if TYPE_CHECKING:
    from _typeshed import StrPath

    from gmlrun.net.payload import Payload

SocketType = Literal["tcp", "udp", "ws", "wss"]

EAGER = 1 << 20
"""Bytes in a queue from which on the system is offered them at once, not at the end of the loop's turn."""
FAILED = -1
"""The result of a send when nothing was taken."""


class SocketFacts(NamedTuple):
    """The facts of an open socket."""

    number: int
    kind: str
    """Empty for one that has never been connected."""
    peer: str
    """The other end's address and port, or the port that a server listens on."""
    state: str
    queued: int
    """Bytes that wait to be sent."""


class Options:
    """The options of one socket; None and False stand for the default of its kind."""

    __slots__ = ("avoid_time_wait", "local_port", "message_limit", "multicast", "reliable", "write_timeout")

    def __init__(self) -> None:
        self.local_port = 0
        """The port that a connection is made from; 0 for any."""
        self.message_limit: int | None = None
        """Bytes: a larger packet from the peer ends the connection."""
        self.avoid_time_wait = False
        """Whether closing resets the connection instead of ending it in good order."""
        self.multicast = False
        """UDP: whether the all-hosts group FF02::1 is joined and sent to."""
        self.reliable = False
        """UDP: whether datagrams are numbered, acknowledged and sent again."""
        self.write_timeout = 0.0
        """Seconds that what is queued may wait for the peer before sends fail; 0 for no end."""


class NetworkLimits:
    """Settings of a backend."""

    def __init__(
        self,
        connect_timeout: float = 4.0,
        send_queue: int = 16 * 1024 * 1024,
        sockets: int | None = None,
        tls_certificate: StrPath | None = None,
        tls_key: StrPath | None = None,
        address: str = "",
    ) -> None:
        self.connect_timeout = connect_timeout
        """Seconds that a connection and its handshake may take."""
        self.send_queue = send_queue
        self.sockets = sockets
        """How many sockets may be open; None for what the system allows."""
        self.tls_certificate = tls_certificate
        """The certificate chain (PEM) that servers of secure sockets show."""
        self.tls_key = tls_key
        """Its private key."""
        self.address = address
        """Where sockets are bound for which the program names no address; empty for everywhere."""
        self.on_dropped: list[Callable[[Dropped], None]] = []
        """Who is told of peers that a server turns away."""
        self.redirect: Callable[[str, int], tuple[str, int]] | None = None
        """Where connections go instead of a host and port."""
        self.idle_timeout: float | None = None
        """Seconds without a packet after which a client is disconnected; None for no limit."""
        self.per_address: int | None = None
        """How many clients of one address a server takes; None for no limit."""
        self.origins: tuple[str, ...] = ()
        """The web pages, as `https://example.org`, whose scripts may connect to WebSocket servers; empty for all."""
        self.shares_ports = False
        """Whether other processes of the same user may have the ports of servers as well."""
        self.websocket_protocol = ""
        """The subprotocol that WebSocket clients ask for; empty for none."""

    @property
    def send_queue(self) -> int:
        """Bytes that may wait for one slow reader."""
        return self._send_queue

    @send_queue.setter
    def send_queue(self, size: int) -> None:
        self._send_queue = size
        self.eager = min(size, EAGER)
        """Bytes in a queue from which on it is looked at before more is added."""


class Counts(NamedTuple):
    """Counts of refused sends and dropped datagrams since the backend was made."""

    refused: int
    """Sends that were refused because too much was waiting for the receiver already."""
    dropped: int
    """Datagrams that were longer than their socket takes."""


class NetworkError(Exception):
    """A local fault: the port is in use, the address is not ours. `str` of it is the system's reason."""


class Send(Protocol):
    """Queues a packet for a socket; returns the bytes taken (with the header, if one is added) or FAILED.

    The socket's number may be a float, as a program has it; for one that is no socket nothing is taken.
    """

    def __call__(self, socket: float, payload: bytes, raw: bool = False, is_text: bool = False) -> int: ...


class Backend(Protocol):
    """The network as one game sees it. Sockets are small numbers from 0 on, reused after `close`."""

    limits: NetworkLimits
    payload: Payload
    """The bytes that were sent or received last."""

    def listen(self, kind: SocketType, address: str, port: int, max_clients: int, raw: bool) -> int:
        """Opens a server; returns its socket. Raises NetworkError. One of UDP has no clients, so no limit of them."""

    def port_of(self, socket: int) -> int:
        """The port that a server or a UDP socket has, also when 0 was asked for."""

    def addresses_of(self, socket: int) -> list[str]:
        """The addresses that a server or a UDP socket is bound to, one for each family."""

    def connect(self, kind: SocketType, url: str, port: int, raw: bool, socket: int | None = None) -> int:
        """Begins to connect to a host or, where the kind has them, a URL; a ConnectResult follows.

        Returns the socket (`socket`, if one was reserved).
        """

    def reserve(self, kind: SocketType, port: int = 0, address: str = "") -> int:
        """A socket that is not connected yet, and will be from `port` (0: from any free one).

        One of UDP is complete, and bound to `address` and `port`. Raises NetworkError when the port cannot be had, or
        there are no sockets of that kind.
        """

    def options(self, socket: int) -> Options:
        """The options of a socket, to read and change; `configure` makes changes take effect."""

    def configure(self, socket: int) -> None:
        """Makes a socket follow its options; one that is not connected yet will when it is."""

    def poll(self, timeout: float | None) -> list[Message]:
        """Moves bytes both ways; waits up to `timeout` seconds (None: for ever) for something to happen."""

    def descriptor(self) -> int:
        """One descriptor that is readable when any socket has something to do; -1 where the system has none."""

    def patience(self, timeout: float | None) -> float | None:
        """Seconds until `poll` must run at the latest, at most `timeout`; None for no limit."""

    def hold(self, is_held: bool) -> None:
        """Stops reading what open streams and UDP sockets bring, which then waits in the system, or goes on with it.

        Connections are accepted and made all the same.
        """

    @property
    def send(self) -> Send:
        """Queues a packet."""

    def send_to(self, socket: int, host: str, port: int, payload: bytes, raw: bool = False) -> int:
        """Sends a datagram from a UDP socket; returns the bytes taken (with the header) or FAILED."""

    def broadcast(self, socket: int, port: int, payload: bytes) -> int:
        """Sends a datagram to the broadcast address of every interface; returns as `send_to`.

        A socket of a stream does that from a port of its own.
        """

    def is_open(self, socket: int) -> bool:
        """Whether there is such a socket."""

    def counts(self) -> Counts:
        """The counts of refused sends and dropped datagrams."""

    def facts(self) -> list[SocketFacts]:
        """All sockets, by number."""

    def stop_listening(self) -> None:
        """Closes the ports of all servers of streams; their clients stay."""

    def ports(self) -> list[tuple[str, int]]:
        """SocketType and number of each port that is open to others."""

    def client_count(self) -> int:
        """How many clients the servers have."""

    def close(self, socket: int) -> None:
        """Sends what is queued, closes a socket (a server with all its clients), frees its number."""

    def close_all(self, timeout: float) -> None:
        """Closes everything, waiting up to `timeout` seconds for what is still to be sent."""

    def closing(self, timeout: float) -> Iterator[None]:
        """As `close_all`, for another event loop: yields as often as it wants somebody to `poll`."""

    def hear_signals(self) -> None:
        """Has each signal of the process end a `poll` that waits; called on the main thread."""

    def wake(self) -> None:
        """Ends a `poll` that waits, from any thread."""
