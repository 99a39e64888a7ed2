"""The language of a peer that did not answer as it should: an address goes in, a sentence on what it speaks comes out.

A peer that greets is known by its greeting. One that waits is asked as a WebSocket client asks, then within TLS.
"""

from __future__ import annotations

import socket
import ssl
import time

from gmlrun.net.printable import printable
from gmlrun.net.protocols.stream import HELLO

GREETING_TIME = 0.5
"""Seconds in which a peer that speaks first has done so."""
ANSWER_TIME = 2.0
"""Seconds in which a peer has answered."""
MOST = 4096
"""Bytes of an answer that are read."""
SHOWN = 40
"""Characters of a greeting that are shown."""
ALERT = b"\x15\x03"
"""The first bytes of an alert of TLS."""
UPGRADE = (
    "GET / HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: Z21scnVuIGFza3MgeW91IQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
SILENT = "the peer takes connections and says nothing: a raw server (--raw), perhaps, or none for games"


def language_of(host: str, port: int, timeout: float = ANSWER_TIME) -> str:
    """A sentence on what listens there and how to connect to it; empty where nothing can be found out."""
    try:
        with socket.create_connection((host, port), timeout) as peer:
            greeting = heard(peer, GREETING_TIME)
            if greeting:
                return language_of_greeting(greeting)
            answer = asked(peer, host, timeout)
    except OSError:
        answer = b""
    if answer and not answer.startswith(ALERT):
        return language_of_answer(answer, is_secure=False)
    return language_in_tls(host, port, timeout)


def language_of_greeting(greeting: bytes) -> str:
    """A sentence on a peer that speaks first."""
    if greeting.startswith(HELLO):
        return "the peer is a server of network_create_server: connect without --raw, --ws, --wss"
    if greeting.startswith(b"SSH-"):
        return "the peer speaks SSH: is that the right port?"
    text = printable(greeting.decode("utf-8", "replace").strip())
    return f'the peer begins with "{text[:SHOWN]}": it is a raw server (--raw), or none of GameMaker\'s'


def language_of_answer(answer: bytes, is_secure: bool) -> str:
    """A sentence on a peer by its answer to a client of WebSocket."""
    words = answer.partition(b"\r\n")[0].split()
    if not words or not words[0].startswith(b"HTTP/"):
        return "the peer speaks TLS, and no WebSocket in it" if is_secure else "the peer is a raw server: give --raw"
    if b"101" in words[1:2]:
        if is_secure:
            return "the peer speaks WebSocket in TLS: give --wss, and --raw too where it is no server of GameMaker's"
        return "the peer speaks WebSocket: give --ws, and --raw too where it is no server of GameMaker's"
    return f"the peer speaks {'HTTPS' if is_secure else 'HTTP'}, as servers of web pages do: is that the right port?"


def language_in_tls(host: str, port: int, timeout: float) -> str:
    """A sentence on a peer that may speak TLS; who it is does not matter here."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), timeout) as plain,
            context.wrap_socket(plain, server_hostname=host) as peer,
        ):
            return language_of_answer(asked(peer, host, timeout), is_secure=True)
    except TimeoutError:
        return SILENT
    except ssl.SSLError as error:
        return SILENT if isinstance(error, ssl.SSLEOFError) else ""
    except OSError:
        return ""


def asked(peer: socket.socket, host: str, timeout: float) -> bytes:
    """The first bytes of a peer's answer to a client of WebSocket; empty where it gives none."""
    peer.settimeout(timeout)
    peer.sendall(UPGRADE.format(host=host).encode())
    return heard(peer, timeout)


def heard(peer: socket.socket, timeout: float) -> bytes:
    """The first line that a peer says within some time, or the part of it that comes."""
    end, found = time.monotonic() + timeout, b""
    while b"\n" not in found and len(found) < MOST and (left := end - time.monotonic()) > 0:
        peer.settimeout(left)
        try:
            data = peer.recv(MOST)
        except TimeoutError:
            break
        if not data:
            break
        found += data
    return found
