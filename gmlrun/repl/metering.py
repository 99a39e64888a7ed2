"""A backend that counts: calls and messages of the network go through, how much each socket carried comes out.

Only a session puts it around its backend, so that a game that nobody watches counts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from gmlrun.net.backend import Backend
from gmlrun.net.messages import Message, Received


class Traffic:
    """Counts of one socket so far; bytes are those of the packets' contents."""

    __slots__ = ("bytes_in", "bytes_out", "packets_in", "packets_out")

    def __init__(self) -> None:
        self.packets_in = self.packets_out = self.bytes_in = self.bytes_out = 0


class MeteredBackend:
    """A backend like the one it is made from."""

    def __init__(self, inner: Backend) -> None:
        self.inner = inner
        """May be exchanged at any time for another view of the same backend."""
        self.traffic: defaultdict[int, Traffic] = defaultdict(Traffic)
        self.turns = 0
        """How often the game has looked for messages."""
        self.is_waiting = False
        """Whether the game sleeps: nothing of the program runs that could be interrupted."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def poll(self, timeout: float | None) -> list[Message]:
        """See Backend."""
        self.turns += 1
        self.is_waiting = True
        try:
            messages = self.inner.poll(timeout)
        finally:
            self.is_waiting = False
        for message in messages:
            if isinstance(message, Received):
                traffic = self.traffic[message.socket]
                traffic.packets_in += len(message.packets)
                traffic.bytes_in += sum(map(len, message.packets))
        return messages

    def send(self, socket: float, payload: bytes, raw: bool = False, is_text: bool = False) -> int:
        """See Backend."""
        return self._sent(int(socket), payload, self.inner.send(socket, payload, raw, is_text))

    def send_to(self, socket: int, host: str, port: int, payload: bytes, raw: bool = False) -> int:
        """See Backend."""
        return self._sent(socket, payload, self.inner.send_to(socket, host, port, payload, raw))

    def broadcast(self, socket: int, port: int, payload: bytes) -> int:
        """See Backend."""
        return self._sent(socket, payload, self.inner.broadcast(socket, port, payload))

    def _sent(self, socket: int, payload: bytes, taken: int) -> int:
        if taken >= 0:
            traffic = self.traffic[socket]
            traffic.packets_out += 1
            traffic.bytes_out += len(payload)
        return taken

    def close(self, socket: int) -> None:
        """See Backend; the number may be another socket's from now on."""
        self.inner.close(socket)
        self.traffic.pop(socket, None)
