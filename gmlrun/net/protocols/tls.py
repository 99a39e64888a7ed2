"""TLS without any socket: a protocol and a context go in, the same protocol comes out, spoken in secret.

The selector loop and plain sockets know nothing of it: records are decrypted in memory, and what the inner
protocol wants to send is encrypted there. Certificates of servers are verified against the system's
authorities, or those of the environment's SSL_CERT_FILE. Manual: Networking.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING

from gmlrun.net.backend import NetworkError, NetworkLimits
from gmlrun.net.protocol import Closed, Destination, Event, Heads, StreamProtocol
from gmlrun.net.protocols import websocket

if TYPE_CHECKING:
    from _typeshed import StrPath

READ_SIZE = 65536
"""Bytes that are decrypted at once."""
WAITS = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
"""The exceptions of TLS that mean: more bytes have to come first."""


class TlsStream:
    """A protocol inside TLS. `name` is the host that a client wants to reach, None for a server."""

    def __init__(self, inner: StreamProtocol, context: ssl.SSLContext, name: str | None = None) -> None:
        self.out: list[bytes] = []
        self.overhead = inner.overhead
        self.shared_frames = ""
        self.heads: Heads | None = None
        self.has_ping = inner.has_ping
        self._inner = inner
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=name is None, server_hostname=name)
        self._is_open = False
        self._closed = False

    @property
    def limit(self) -> int:
        return self._inner.limit

    @limit.setter
    def limit(self, limit: int) -> None:
        self._inner.limit = limit

    def start(self) -> list[Event]:
        return self._advance()

    def receive(self, data: bytes) -> list[Event]:
        if self._closed:
            return []
        self._incoming.write(data)
        return self._advance()

    def receive_eof(self) -> list[Event]:
        self._incoming.write_eof()
        return (
            []
            if self._closed
            else self._seen(self._inner.receive_eof() or [Closed("the peer closed the connection", True)])
        )

    def _advance(self) -> list[Event]:
        """Goes as far as what has come allows."""
        events: list[Event] = []
        try:
            if not self._is_open:
                self._tls.do_handshake()
                self._is_open = True
                events += self._seen(self._inner.start())
            while not self._closed:
                events += self._read()
        except WAITS:
            pass
        except ssl.SSLError as error:
            self._is_open = False
            events += self._seen([Closed(f"TLS: {reason_of(error)}")])
        self._encrypt()
        return events

    def _read(self) -> list[Event]:
        """Decrypts what is there and gives it to the inner protocol."""
        try:
            data = self._tls.read(READ_SIZE)
        except ssl.SSLZeroReturnError:
            data = b""
        return self._seen(self._inner.receive(data) if data else self._inner.receive_eof())

    def _seen(self, events: list[Event]) -> list[Event]:
        """The events as they are; after the last one nothing is received."""
        self._closed = self._closed or any(type(event) is Closed for event in events)
        return events

    def _encrypt(self) -> None:
        """Moves what is to be sent to `out`, encrypted."""
        if self._is_open:
            for piece in self._inner.data_to_send():
                self._tls.write(piece)
        if self._outgoing.pending:
            self.out.append(self._outgoing.read())

    def wrap(self, payload: bytes, raw: bool = False, is_text: bool = False) -> bytes:
        self._tls.write(self._inner.wrap(payload, raw, is_text))
        self._encrypt()
        return b"".join(self.data_to_send())

    def ping(self) -> None:
        """See StreamProtocol."""
        self._inner.ping()
        self._encrypt()

    def close(self) -> None:
        self._inner.close()
        self._encrypt()
        if self._is_open:
            with contextlib.suppress(ssl.SSLError):
                self._tls.unwrap()
        self._encrypt()
        self._closed = True

    def data_to_send(self) -> list[bytes]:
        out, self.out = self.out, []
        return out


def reason_of(error: ssl.SSLError) -> str:
    """Why TLS has failed, in OpenSSL's words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the server's certificate is not valid: {error.verify_message}"
    return (error.reason or str(error)).replace("_", " ").lower()


def server_context(limits: NetworkLimits) -> ssl.SSLContext:
    """The context of all clients of a server; raises NetworkError without a usable certificate."""
    if limits.tls_certificate is None:
        raise NetworkError("secure sockets need a certificate: start with --tls-cert FILE and --tls-key FILE")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.options |= ssl.OP_NO_RENEGOTIATION
    load(context, limits.tls_certificate, limits.tls_key)
    return context


def load(context: ssl.SSLContext, certificate: StrPath, key: StrPath | None) -> None:
    """Loads a certificate chain and its private key, which may be in the same file; raises NetworkError."""
    files = str(certificate) if key is None else f"{certificate} and {key}"
    try:
        context.load_cert_chain(certificate, key, password=lambda: "")  # never ask at the terminal
    except ssl.SSLError as error:
        raise NetworkError(f"no certificate with its private key (PEM) in {files}: {reason_of(error)}") from None
    except OSError as error:
        raise NetworkError(f"cannot read {files}: {error.strerror}") from None


def server_protocols(raw: bool, limits: NetworkLimits) -> Callable[[], StreamProtocol]:
    """Return a function that makes the protocols of the clients of a secure WebSocket server."""
    context, make_inner = server_context(limits), websocket.server_protocols(raw, limits)
    return lambda: TlsStream(make_inner(), context)


def client_protocol(url: str, port: int, raw: bool, limits: NetworkLimits) -> Destination:
    """A connection to a host or an address; see `websocket.client_protocol`."""
    host, port, inner = websocket.plain_client(websocket.uri_of(url, port, is_secure=True), raw, limits)
    try:
        return Destination(host, port, TlsStream(inner, ssl.create_default_context(), host))
    except ValueError as error:
        raise NetworkError(f"{host} is no host: {error}") from None
