"""Clients that fall silent, come too many, or come from other people's pages."""

from __future__ import annotations

import itertools
import socket
import ssl
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import trustme

from gmlrun.net import patrol
from gmlrun.net.backend import NetworkLimits
from gmlrun.net.messages import Connected, Disconnected
from gmlrun.net.protocols.reliable import ACKNOWLEDGEMENT, DATA, HEADER, Reliable
from gmlrun.net.transports.selector import SelectorBackend
from tests.net.message_client import MessageClient

LOCALHOST = "127.0.0.1"


class Served:
    """A server of raw streams, and what has been told of its clients."""

    def __init__(self, kind: Any = "tcp", **settings: Any) -> None:
        limits = NetworkLimits(tls_certificate=settings.pop("certificate", None))
        for name, value in settings.items():
            setattr(limits, name, value)
        self.dropped: list[str] = []
        limits.on_dropped.append(lambda dropped: self.dropped.append(dropped.reason))
        self.backend = SelectorBackend(limits)
        self.server = self.backend.listen(kind, LOCALHOST, 0, 10, True)
        self.port = self.backend.port_of(self.server)
        self.messages: list[Any] = []

    def poll(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.messages += self.backend.poll(0.01)

    def told(self, kind: type) -> int:
        return sum(isinstance(message, kind) for message in self.messages)

    def connect(self) -> socket.socket:
        client = socket.create_connection((LOCALHOST, self.port))
        self.poll(0.05)
        return client


def test_a_client_that_sends_nothing_is_disconnected() -> None:
    served = Served(idle_timeout=0.4)
    with served.connect(), served.connect() as talker:
        for _ in range(8):
            talker.sendall(b"x")
            served.poll(0.1)
        assert served.told(Connected) == 2
        assert served.told(Disconnected) == 1
        assert "--idle-timeout" in served.dropped[0]
        served.poll(1.0)
        assert served.told(Disconnected) == 2
    served.backend.close_all(0.1)


def test_without_the_option_silence_is_no_fault() -> None:
    served = Served()
    with served.connect():
        served.poll(0.5)
        assert served.told(Disconnected) == 0
        assert served.backend.board.patrol.due is None
    served.backend.close_all(0.1)


def test_one_address_has_so_many_clients() -> None:
    served = Served(per_address=2)
    clients = [served.connect() for _ in range(4)]
    assert served.told(Connected) == 2
    assert "--max-per-address" in served.dropped[0]
    clients[0].close()
    served.poll(0.1)
    clients.append(served.connect())
    assert served.told(Connected) == 3
    for client in clients:
        client.close()
    served.backend.close_all(0.1)


UPGRADE = f"GET / HTTP/1.1\r\nHost: {LOCALHOST}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
PING, PONG = b"\x89\x00", b"\x8a\x80\0\0\0\0"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    trustme.CA().issue_cert(LOCALHOST).private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    return tmp_path / "both.pem"


def shaken(served: Served, client: socket.socket) -> socket.socket:
    """The same client inside TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    client.setblocking(False)
    secure = context.wrap_socket(client, do_handshake_on_connect=False)
    for _ in range(100):
        try:
            secure.do_handshake()
            break
        except ssl.SSLError:
            served.poll(0.02)
    return secure


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize("kind", ["ws", "wss"])
def test_a_websocket_client_must_answer_pings(
    monkeypatch: pytest.MonkeyPatch, certificate: Path, kind: str, answers: bool
) -> None:
    monkeypatch.setattr(patrol, "PING_AFTER", 0.1)
    monkeypatch.setattr(patrol, "GIVE_UP_AFTER", 0.5)
    served = Served(kind, certificate=certificate)
    plain = served.connect()
    client = shaken(served, plain) if kind == "wss" else plain
    pings = 0
    with client:
        client.settimeout(0.01)
        client.sendall((UPGRADE + KEY).encode())
        for _ in range(15):
            served.poll(0.1)
            try:
                pings += client.recv(4096).count(PING)
                if answers:
                    client.sendall(PONG)
            except OSError:
                continue
    assert pings > 0
    assert served.told(Disconnected) == (0 if answers else 1)
    served.backend.close_all(0.1)


@pytest.mark.parametrize("settings", [{}, {"idle_timeout": 1.0}], ids=["pings", "idle"])
def test_time_in_which_nobody_listens_is_no_silence(monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any]) -> None:
    monkeypatch.setattr(patrol, "PING_AFTER", 0.2)
    monkeypatch.setattr(patrol, "GIVE_UP_AFTER", 1.0)
    served = Served("ws", **settings)
    with served.connect() as client:
        client.sendall((UPGRADE + KEY).encode())
        served.poll(0.1)
        time.sleep(1.3)
        served.poll(0.1)
        assert served.told(Connected) == 1
        assert served.told(Disconnected) == 0
    served.backend.close_all(0.1)


ORIGINS = [(None, True), ("https://game.example", True), ("https://evil.example", False)]


@pytest.mark.parametrize(("origin", "is_taken"), ORIGINS)
def test_only_pages_that_are_named_may_connect(origin: str | None, is_taken: bool) -> None:
    served = Served("ws", origins=("https://game.example",))
    extra = f"Origin: {origin}\r\n" if origin else ""
    request = UPGRADE + extra + KEY
    with served.connect() as client:
        client.sendall(request.encode())
        served.poll(0.2)
        client.settimeout(5)
        assert client.recv(4096).startswith(b"HTTP/1.1 101" if is_taken else b"HTTP/1.1 403")
    served.backend.close_all(0.1)


def test_sockets_are_kept_alive() -> None:
    served = Served()
    with served.connect():
        (connection,) = served.backend.board.streams.values()
        assert connection.transport.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) != 0
    served.backend.close_all(0.1)


# ----------------------------------------------------------------- reliable UDP


class Wire:
    """What one socket has sent, on a clock of its own."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int, bytes]] = []
        self.time = 0.0
        self.reliable = Reliable(self.transmit, lambda: self.time, 10_000, 7)

    def transmit(self, host: str, port: int, datagram: bytes) -> bool:
        self.sent.append((host, port, datagram))
        return True


@pytest.mark.parametrize(
    ("address", "port", "copies"),
    [("10.0.0.1", 5, 1), ("10.0.0.2", 5, 2), ("10.0.0.1", 6, 2)],
)
def test_only_the_receiver_acknowledges(address: str, port: int, copies: int) -> None:
    wire = Wire()
    wire.reliable.send("10.0.0.1", 5, b"text")
    assert wire.reliable.receive(HEADER.pack(ACKNOWLEDGEMENT, 7, 0), address, port) is None
    wire.time = 0.3
    wire.reliable.expire()
    assert sum(datagram.startswith(DATA) for _, _, datagram in wire.sent) == copies


def test_numbers_of_streams_do_not_follow_each_other() -> None:
    wire = Wire()
    for port in range(1, 40):
        wire.reliable.send("10.0.0.1", port, b"")
    ids = [HEADER.unpack(datagram)[1] for _, _, datagram in wire.sent]
    assert len(set(ids)) == len(ids)
    steps = {after - before for before, after in itertools.pairwise(ids)}
    assert len(steps) > 30


def test_the_client_of_the_tests_is_served() -> None:
    served = Served("ws")

    def come_and_go() -> None:
        with MessageClient(f"ws://{LOCALHOST}:{served.port}/"):
            pass

    client = threading.Thread(target=come_and_go)
    client.start()
    served.poll(0.5)
    client.join(5)
    assert served.told(Connected) == 1
    served.backend.close_all(0.1)
