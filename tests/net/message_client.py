"""A WebSocket client for tests: one blocking socket, used by one thread, around the Sans-I/O layer of `websockets`.

`websockets.sync` reads and writes one TLS object from two threads, which now and then loses the request.
"""

from __future__ import annotations

import socket
import ssl
from types import TracebackType
from typing import Self

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import Event
from websockets.uri import parse_uri

PATIENCE = 20.0
"""Seconds without a byte after which a test has failed."""


class MessageClient:
    """A client of one server; raises TimeoutError or ConnectionError where the server does not answer."""

    def __init__(self, url: str, context: ssl.SSLContext | None = None) -> None:
        uri = parse_uri(url)
        self.protocol = ClientProtocol(uri)
        plain = socket.create_connection((uri.host, uri.port), timeout=PATIENCE)
        self.socket = plain if context is None else context.wrap_socket(plain, server_hostname=uri.host)
        self.events: list[Event] = []
        try:
            self.protocol.send_request(self.protocol.connect())
            assert isinstance(self._next(), Response)
            if self.protocol.handshake_exc is not None:
                raise self.protocol.handshake_exc
        except BaseException:
            self.socket.close()
            raise

    def send(self, message: str | bytes) -> None:
        """Sends one message, of the kind of its type."""
        if isinstance(message, str):
            self.protocol.send_text(message.encode())
        else:
            self.protocol.send_binary(message)
        self._flush()

    def recv(self) -> str | bytes:
        """The next message, whole."""
        data, is_text = b"", None
        while True:
            frame = self._next()
            if not isinstance(frame, Frame) or frame.opcode not in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
                continue
            is_text = frame.opcode is Opcode.TEXT if is_text is None else is_text
            data += frame.data
            if frame.fin:
                return data.decode() if is_text else data

    def _flush(self) -> None:
        for data in self.protocol.data_to_send():
            if data:
                self.socket.sendall(data)

    def _next(self) -> Event:
        while not self.events:
            self._flush()
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError("the server has hung up")
            self.protocol.receive_data(data)
            self.events += self.protocol.events_received()
        return self.events.pop(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.protocol.send_close(1000)
                self._flush()
        finally:
            self.socket.close()
