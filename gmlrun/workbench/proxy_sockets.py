"""The sockets of a proxy: a plan goes in, the sockets that it listens on and the streams of its clients come out."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from typing import NamedTuple

from gmlrun.net.protocols.tls import reason_of
from gmlrun.workbench.line import ProxyConditions

CONNECT_TIMEOUT = 5.0
BACKLOG = 1024
"""Clients that wait to be accepted."""


class ProxyPlan(NamedTuple):
    """The addresses, the kind of socket and the conditions of a proxy."""

    host: str
    """Where the server is."""
    port: int
    bind: str = "127.0.0.1"
    listen: int = 0
    is_udp: bool = False
    is_raw: bool = False
    conditions: ProxyConditions = ProxyConditions()
    seed: int | None = None
    inside: ssl.SSLContext | None = None
    """TLS with the clients, so that the proxy sees what they say; None where it only passes on what they send."""
    outside: ssl.SSLContext | None = None
    """TLS with the server."""
    tells_origins: bool = False
    """Whether the server, on this machine, is told whom each connection stands for (`Proxy.origins`)."""


def listening(plan: ProxyPlan) -> list[socket.socket]:
    """The sockets to listen on; without an address one for each family. Raises OSError."""
    if plan.bind:
        return [bound(plan, plan.bind, plan.listen)]
    first = bound(plan, "0.0.0.0", plan.listen)
    made = [first]
    with contextlib.suppress(OSError):
        made.append(bound(plan, "::", first.getsockname()[1]))
    return made


def bound(plan: ProxyPlan, address: str, port: int) -> socket.socket:
    """A socket at an address and port. Raises OSError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    made = socket.socket(family, socket.SOCK_DGRAM if plan.is_udp else socket.SOCK_STREAM)
    try:
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if not plan.is_udp:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        if not plan.is_udp:
            made.listen(BACKLOG)
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made


async def streams_of(
    client: socket.socket, context: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The streams of a client that was accepted, within TLS if there is a context. Raises OSError."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    patience = None if context is None else CONNECT_TIMEOUT
    transport, _ = await loop.connect_accepted_socket(
        lambda: protocol, client, ssl=context, ssl_handshake_timeout=patience
    )
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


def words_of(error: Exception) -> str:
    """Why a connection failed, in the system's words, or OpenSSL's."""
    if isinstance(error, ssl.SSLError):
        return reason_of(error)
    return getattr(error, "strerror", None) or str(error) or "it does not answer"


def port_of(writer: asyncio.StreamWriter) -> int:
    """The own port of a stream; 0 where it has none any more."""
    name = writer.get_extra_info("sockname")
    return int(name[1]) if name else 0


def no_delay(writer: asyncio.StreamWriter) -> None:
    """Makes small packets leave at once."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@contextlib.contextmanager
def ending(writer: asyncio.StreamWriter) -> Iterator[None]:
    """Closes a stream at the end."""
    try:
        yield
    finally:
        writer.close()
