"""Sockets that also write what they carry into a capture: `CapturedSocket` in the place of `socket.socket`.

Only a game whose traffic is captured has them.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO

from gmlrun.net.watch.pcapng import INBOUND, OUTBOUND, Capture, CapturedStream, endpoint


class CapturedSocket(socket.socket):
    """A socket that never blocks, as the backend uses it."""

    def __init__(
        self, capture: Capture, family: int = -1, type: int = -1, proto: int = -1, fileno: int | None = None
    ) -> None:
        super().__init__(family, type, proto, fileno)
        self.capture = capture
        self.stream: CapturedStream | None = None

    def _here(self) -> Any:
        try:
            return self.getsockname()
        except OSError:
            return None

    def _open(self, peer: Any) -> CapturedStream:
        here, there = endpoint(self.family, self._here()), endpoint(self.family, peer)
        self.stream = CapturedStream(self.capture, here, there)
        return self.stream

    # -------------------------------------------------------------- connections

    def accept(self) -> tuple[CapturedSocket, Any]:
        """Takes a client."""
        plain, peer = super().accept()
        made = CapturedSocket(self.capture, fileno=plain.detach())
        stream = made._open(peer)
        stream.begin(INBOUND)
        stream.accept(INBOUND)
        return made, peer

    def connect_ex(self, address: Any) -> int:
        """Begins to connect."""
        code = super().connect_ex(address)
        if self.type == socket.SOCK_STREAM:
            self._open(address).begin(OUTBOUND)
            if code != errno.EINPROGRESS:
                self._connected(code)
        return code

    def getsockopt(self, level: int, option: int, *more: Any) -> Any:
        """The error of a socket tells how connecting went."""
        value = super().getsockopt(level, option, *more)
        if (level, option) == (socket.SOL_SOCKET, socket.SO_ERROR):
            self._connected(value)
        return value

    def _connected(self, code: int) -> None:
        if self.stream is not None and code:
            self.stream.reset(INBOUND)
        elif self.stream is not None:
            self.stream.accept(OUTBOUND)

    # ------------------------------------------------------------------ streams

    def recv(self, *words: Any) -> bytes:
        """Reads bytes, the end, or a reset."""
        try:
            data = super().recv(*words)
        except ConnectionError:
            if self.stream is not None:
                self.stream.reset(INBOUND)
            raise
        if self.stream is not None:
            if data:
                self.stream.data(INBOUND, data)
            else:
                self.stream.end(INBOUND)
        return data

    def send(self, data: Any, *words: Any) -> int:
        """Sends what the system takes."""
        return self._sent(super().send(data, *words), data)

    def sendmsg(self, pieces: Any, *words: Any) -> int:
        """Sends what the system takes of several pieces."""
        return self._sent(super().sendmsg(pieces, *words), b"".join(pieces))

    def _sent(self, count: int, data: Any) -> int:
        if self.stream is not None:
            self.stream.data(OUTBOUND, bytes(data[:count]))
        return count

    def shutdown(self, how: int) -> None:
        """Ends this side of a stream."""
        super().shutdown(how)
        self._end()

    def close(self) -> None:
        """Ends a stream, and the socket."""
        self._end()
        if self.stream is not None:
            self.stream.forget()
        super().close()

    def _end(self) -> None:
        if self.stream is not None:
            self.stream.end(OUTBOUND)

    # ---------------------------------------------------------------- datagrams

    def sendto(self, data: Any, *words: Any) -> int:
        """Sends a datagram."""
        count = super().sendto(data, *words)
        self._datagram(bytes(data), words[-1], OUTBOUND)
        return count

    def recvfrom(self, *words: Any) -> tuple[bytes, Any]:
        """Reads a datagram."""
        data, peer = super().recvfrom(*words)
        self._datagram(data, peer, INBOUND)
        return data, peer

    def recvmsg(self, *words: Any) -> tuple[bytes, Any, int, Any]:
        """Reads a datagram and what the system knows of it."""
        data, more, flags, peer = super().recvmsg(*words)
        self._datagram(data, peer, INBOUND)
        return data, more, flags, peer

    def _datagram(self, data: bytes, peer: Any, direction: int) -> None:
        here, there = endpoint(self.family, self._here()), endpoint(self.family, peer)
        self.capture.datagram(here, there, data, direction)


def capturing(file: BinaryIO, log: Callable[[str], None]) -> Callable[..., socket.socket]:
    """Return a class of sockets whose traffic is written to a file."""
    return partial(CapturedSocket, Capture(file, log))
