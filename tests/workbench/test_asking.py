"""`gmlrun net connect` to a peer that speaks something else: a line tells what it seems to speak, and what to do."""

from __future__ import annotations

import contextlib
import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import Run

Peer = Callable[[], int]
GAMEMAKER = "the peer is a server of network_create_server: connect without --raw, --ws, --wss"
WEBSOCKET = "the peer speaks WebSocket: give --ws"
RAW = "the peer is a raw server: give --raw"
SILENT = "the peer takes connections and says nothing: a raw server (--raw), perhaps"
PEERS = {
    "tcp": GAMEMAKER,
    "raw": RAW,
    "ws": WEBSOCKET,
    "secure": "the peer speaks TLS, and no WebSocket in it",
    "http": "the peer speaks HTTP, as servers of web pages do: is that the right port?",
    "https": "the peer speaks HTTPS, as servers of web pages do: is that the right port?",
    "ssh": "the peer speaks SSH: is that the right port?",
    "greeting": 'the peer begins with "220 mail": it is a raw server (--raw), or none of GameMaker\'s',
    "silent": SILENT,
}
RIGHT = {"tcp": [], "ws": ["--ws"]}
"""The options with which there is nothing to tell."""
GREETINGS = {"ssh": b"SSH-2.0-x\r\n", "greeting": b"220 mail\r\n", "silent": b""}


@pytest.fixture
def kept() -> Iterator[contextlib.ExitStack]:
    """Closes what a test has opened."""
    with contextlib.ExitStack() as stack:
        yield stack


def greeter(
    kept: contextlib.ExitStack, greeting: bytes, context: ssl.SSLContext | None = None, says: bytes = b""
) -> int:
    """A server that greets each client and then reads on; in TLS it answers with some bytes."""
    door = kept.enter_context(socket.create_server(("127.0.0.1", 0)))

    def serve(client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            peer = client if context is None else context.wrap_socket(client, server_side=True)
            with peer:
                peer.sendall(greeting)
                while peer.recv(1000):
                    peer.sendall(says)

    def accept() -> None:
        while True:
            try:
                client, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    kept.callback(door.shutdown, socket.SHUT_RDWR)
    return int(door.getsockname()[1])


def web_server(kept: contextlib.ExitStack, context: ssl.SSLContext | None) -> int:
    """A server of web pages."""

    class Quiet(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    if context is not None:
        made.socket = context.wrap_socket(made.socket, server_side=True)
    kept.callback(made.server_close)
    kept.callback(made.shutdown)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    return int(made.server_address[1])


@pytest.fixture
def peer(kept: contextlib.ExitStack, echo_server: Callable[[str], int], certificate: Path) -> Callable[[str], int]:
    """Starts a peer of a kind; gives its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def start(kind: str) -> int:
        if kind in GREETINGS:
            return greeter(kept, GREETINGS[kind])
        if kind == "secure":
            return greeter(kept, b"", context, b"hello\r\n")
        if kind.startswith("http"):
            return web_server(kept, context if kind == "https" else None)
        return echo_server(kind)

    return start


@pytest.mark.parametrize("words", [[], ["--ws"], ["--wss"]], ids=["tcp", "ws", "wss"])
@pytest.mark.parametrize("kind", PEERS)
def test_what_the_peer_speaks_is_told(gmlrun: Run, peer: Callable[[str], int], kind: str, words: list[str]) -> None:
    done = gmlrun("net", "connect", "127.0.0.1", peer(kind), *words, "--timeout=1", "--wait=0", stdin="")
    if words == RIGHT.get(kind):
        assert (done.returncode, "the peer" in done.stderr) == (0, False), done.stderr
        return
    assert done.returncode == 1
    assert PEERS[kind] in done.stderr, done.stderr


def test_a_port_on_which_only_datagrams_are_heard(gmlrun: Run, echo_server: Callable[[str], int]) -> None:
    done = gmlrun("net", "connect", "127.0.0.1", echo_server("udp"), stdin="")
    assert done.returncode == 1
    assert "nothing listens there: is the server running, and is that its port? One of UDP needs --udp" in done.stderr


@pytest.mark.parametrize(
    ("greeting", "words"), [(b"HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP"), (b"\x15\x03\1\0\2\2F", "TLS")]
)
def test_an_answer_that_is_no_raw_packet(gmlrun: Run, kept: contextlib.ExitStack, greeting: bytes, words: str) -> None:
    done = gmlrun("net", "connect", "127.0.0.1", greeter(kept, greeting), "--raw", stdin=":await\n")
    assert f"that is an answer of a server that speaks {words}: is that the right port?" in done.stderr, done.stdout
