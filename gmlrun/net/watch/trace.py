"""A backend and a function that takes lines go in, the same backend comes out, telling of each event and packet.

One line each: seconds, direction, socket, peer, type of socket, what happened, and of packets the size and
the first bytes. Only a game that is traced has this between itself and its backend.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gmlrun.net.backend import FAILED, Backend, SocketType
from gmlrun.net.messages import Connected, ConnectResult, Disconnected, Dropped, Message, Received
from gmlrun.net.printable import peer_text, printable

SHOWN = 16
"""How many bytes of a packet a line shows."""
IN, OUT = "in", "out"


class TracedBackend:
    """See Backend for the contract; what is not traced is the backend's own."""

    def __init__(self, backend: Backend, write: Callable[[str], None], seconds: Callable[[], float]) -> None:
        self._backend = backend
        self._write = write
        self._seconds = seconds
        self._kinds: dict[int, str] = {}
        self._peers: dict[int, str] = {}
        backend.limits.on_dropped.append(self.tell_dropped)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)

    def _tell(self, direction: str, socket: int, peer: str, what: str, more: str = "") -> None:
        kind = self._kinds.get(socket, "-")
        line = f"{self._seconds():11.6f}  {direction:<3}  {socket:>4}  {peer or '-':<21}  {kind:<3}  {what:<10}  {more}"
        self._write(line.rstrip())

    # ---------------------------------------------------------- what the game does

    def listen(self, kind: SocketType, address: str, port: int, max_clients: int, raw: bool) -> int:
        """Opens a server."""
        number = self._backend.listen(kind, address, port, max_clients, raw)
        self._kinds[number] = kind
        self._tell(OUT, number, peer_text(address or "*", self._backend.port_of(number)), "listen")
        return number

    def reserve(self, kind: SocketType, port: int = 0, address: str = "") -> int:
        """A socket that is not connected yet."""
        number = self._backend.reserve(kind, port, address)
        self._kinds[number] = kind
        return number

    def connect(self, kind: SocketType, url: str, port: int, raw: bool, socket: int | None = None) -> int:
        """Begins to connect."""
        number = self._backend.connect(kind, url, port, raw, socket)
        self._kinds[number], self._peers[number] = kind, peer_text(url, port)
        self._tell(OUT, number, self._peers[number], "connect")
        return number

    def send(self, socket: float, payload: bytes, raw: bool = False, is_text: bool = False) -> int:
        """Queues a packet."""
        taken = self._backend.send(socket, payload, raw, is_text)
        what = "refused" if taken == FAILED else packet_name(is_text)
        number = int(socket)
        self._tell(OUT, number, self._peers.get(number, ""), what, dump(payload))
        return taken

    def send_to(self, socket: int, host: str, port: int, payload: bytes, raw: bool = False) -> int:
        """Sends a datagram."""
        taken = self._backend.send_to(socket, host, port, payload, raw)
        self._tell(OUT, socket, peer_text(host, port), "refused" if taken == FAILED else "packet", dump(payload))
        return taken

    def broadcast(self, socket: int, port: int, payload: bytes) -> int:
        """Sends a datagram to everybody near."""
        taken = self._backend.broadcast(socket, port, payload)
        self._tell(OUT, socket, peer_text("*", port), "refused" if taken == FAILED else "broadcast", dump(payload))
        return taken

    def close(self, socket: int) -> None:
        """Closes a socket."""
        if self._backend.is_open(socket):
            self._tell(OUT, socket, self._peers.pop(socket, ""), "close")
        self._backend.close(socket)

    # --------------------------------------------------------------- what it hears

    def poll(self, timeout: float | None) -> list[Message]:
        """Moves bytes both ways; tells of what has come."""
        messages = self._backend.poll(timeout)
        for message in messages:
            TELLS[type(message)](self, message)
        return messages

    def tell_connected(self, message: Connected) -> None:
        """A client has come."""
        self._kinds[message.socket] = self._kinds.get(message.server, "-")
        self._peers[message.socket] = peer_text(message.address, message.port)
        self._tell(IN, message.socket, self._peers[message.socket], "connect")

    def tell_received(self, message: Received) -> None:
        """Packets have come."""
        peer = peer_text(message.address, message.port)
        for payload in message.packets:
            self._tell(IN, message.socket, peer, packet_name(message.is_text), dump(payload))

    def tell_disconnected(self, message: Disconnected) -> None:
        """A peer has left."""
        self._tell(IN, message.socket, self._peers.pop(message.socket, ""), "disconnect", printable(message.reason))

    def tell_dropped(self, message: Dropped) -> None:
        """A server has turned a peer away."""
        peer = peer_text(message.address, message.port)
        self._tell(IN, message.server, peer, "dropped", printable(message.reason))

    def tell_result(self, message: ConnectResult) -> None:
        """A connection that was begun here is there, or is not."""
        self._peers[message.socket] = peer_text(message.address, message.port)
        what = "connected" if message.succeeded else "failed"
        self._tell(IN, message.socket, self._peers[message.socket], what, printable(message.reason))


TELLS: dict[type, Callable[[TracedBackend, Any], None]] = {
    Connected: TracedBackend.tell_connected,
    Received: TracedBackend.tell_received,
    Disconnected: TracedBackend.tell_disconnected,
    ConnectResult: TracedBackend.tell_result,
}


def packet_name(is_text: bool | None) -> str:
    """The word for a packet in a line of the trace."""
    return "text" if is_text else "packet"


def dump(data: bytes) -> str:
    """The size of a packet and its first bytes, as hexadecimal numbers and as ASCII."""
    head = data[:SHOWN]
    dots = " …" if len(data) > SHOWN else ""
    letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in head)
    return f"{len(data):>6}  {head.hex(' ')}{dots}  {letters}"
