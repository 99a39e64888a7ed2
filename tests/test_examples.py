"""Each example does what its comment says."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from gmlrun.net.protocol import Opened
from gmlrun.net.protocols.stream import ClientStream
from tests.conftest import ROOT, Run, Start
from tests.net.conftest import one_by_one

EXAMPLES = ROOT / "examples"
LISTENING = re.compile(r"listening (\w+) .*:(\d+)$")


def ports_of(server: Any, count: int = 1) -> dict[str, int]:
    """The ports of a server that has just been started, by the type of socket."""
    found: dict[str, int] = {}
    while len(found) < count:
        line = server.stderr.readline()
        assert line, "the server has ended"
        match = LISTENING.search(line)
        if match:
            found[match[1]] = int(match[2])
    return found


def local(*ports: int) -> list[str]:
    """The options that let a server listen on free ports of this machine only."""
    return ["--bind=127.0.0.1", *(f"--map-port={port}=0" for port in ports)]


class Player:
    """A client of a GameMaker server, for tests: packets out, packets in."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.stream = ClientStream()
        self.events: list[Any] = []

    def enter(self) -> None:
        """Shakes hands."""
        assert isinstance(self.next(), Opened)

    def next(self) -> Any:
        while not self.events:
            data = self.socket.recv(65536)
            assert data, "the server has closed the connection"
            self.events += one_by_one(self.stream.receive(data))
            for piece in self.stream.data_to_send():
                self.socket.sendall(piece)
        return self.events.pop(0)

    def send(self, kind: int, *texts: str, rest: bytes = b"") -> None:
        payload = bytes([kind]) + b"".join(text.encode() + b"\0" for text in texts) + rest
        self.socket.sendall(self.stream.wrap(payload))

    def hear(self) -> tuple[int, list[str]]:
        """The kind of the next packet, and its texts."""
        packet = self.next()
        return packet[0], packet[1:].decode().split("\0")[:-1]

    def close(self) -> None:
        self.socket.close()


Join = Callable[[int], Player]


@pytest.fixture
def join() -> Iterator[Join]:
    """Connects players to a port; they leave at the end of the test."""
    players: list[Player] = []

    def make(port: int) -> Player:
        players.append(Player(port))
        players[-1].enter()
        return players[-1]

    yield make
    for player in players:
        player.close()


@pytest.fixture
def taken_port() -> Iterator[None]:
    """The port of the echo server, taken by this process or another one."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            stack.enter_context(socket.create_server(("", 6510)))
        yield


@pytest.mark.usefixtures("taken_port")
def test_the_demo_takes_another_port_where_its_own_is_taken(environment: dict[str, str]) -> None:
    command = [sys.executable, ROOT / "tools" / "demo.py"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout
    assert 'client | received "hello": 6 bytes' in done.stdout
    assert not done.stdout.startswith("server | gmlrun: listening tcp 0.0.0.0:6510 ")


def test_the_demo_shows_every_packet_and_ends_by_itself(environment: dict[str, str]) -> None:
    command = [sys.executable, ROOT / "tools" / "demo.py"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout
    assert lines[0].startswith("server | gmlrun: listening tcp ")
    packets = [("hello", 6), ("from", 5), ("GML", 4)]
    client = [line for line in lines if line.startswith("client")]
    assert client == [
        *(f'client | sent "{text}": {size + 12} bytes' for text, size in packets),
        *(f'client | received "{text}": {size} bytes' for text, size in packets),
    ]
    assert any(line.endswith("connected from 127.0.0.1") for line in lines)


def test_a_client_finds_the_server(start_gmlrun: Start) -> None:
    server = start_gmlrun(EXAMPLES / "udp_discovery" / "server.gml", *local(6510, 6511))
    port = ports_of(server, 2)["udp"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for datagram in (b"", b"example: who is there", b"\xff" * 100):
            stranger.sendto(datagram, ("127.0.0.1", port))
    client = start_gmlrun(
        EXAMPLES / "udp_discovery" / "client.gml", "--bind=127.0.0.1", f"--exec=global.discovery_port = {port}"
    )
    assert client.communicate(timeout=25) == ("1 found\n127.0.0.1:6510: The first server, 0 players\n", "")
    assert server.stdout.readline() == "asked by 127.0.0.1\n"


NAME, JOIN, CHAT, LEAVE, NOTICE, ROOM = range(6)


def test_the_lobby(start_gmlrun: Start, join: Join) -> None:
    server = start_gmlrun(EXAMPLES / "lobby_server.gml", *local(6510))
    port = ports_of(server)["tcp"]
    ada, ben = join(port), join(port)
    ada.send(NAME, "Ada")
    assert ada.hear() == (NOTICE, ["hello, Ada"])
    ben.send(NAME, "Ada")
    assert ben.hear() == (NOTICE, ["this name cannot be had"])
    ben.send(NAME, "  Ben" + "x" * 100)
    assert ben.hear() == (NOTICE, ["hello, Ben" + "x" * 11])
    ben.send(NAME, "Ben")
    assert ben.hear() == (NOTICE, ["hello, Ben"])

    ada.send(JOIN, "attic")
    assert ada.hear() == (ROOM, ["attic", "Ada"])
    ben.send(CHAT, "nobody hears me")
    ben.send(JOIN, "attic")
    assert ada.hear() == (NOTICE, ["Ben has come"])
    assert [player.hear() for player in (ada, ben)] == [(ROOM, ["attic", "Ada", "Ben"])] * 2
    ben.send(CHAT, "hello")
    assert [player.hear() for player in (ada, ben)] == [(CHAT, ["Ben", "hello"])] * 2

    ben.send(JOIN, "cellar")
    assert ada.hear() == (NOTICE, ["Ben has left"])
    assert ada.hear() == (ROOM, ["attic", "Ada"])
    assert ben.hear() == (ROOM, ["cellar", "Ben"])
    ada.send(LEAVE)
    ada.send(JOIN, "cellar")
    assert [ben.hear(), ben.hear(), ada.hear()] == [
        (NOTICE, ["Ada has come"]),
        *[(ROOM, ["cellar", "Ben", "Ada"])] * 2,
    ]
    ada.close()
    assert ben.hear() == (NOTICE, ["Ada has left"])
    assert server.stdout.readline() == "Ada is gone, 1 left\n"


def test_the_lobby_survives_what_players_should_not_send(start_gmlrun: Start, join: Join) -> None:
    server = start_gmlrun(EXAMPLES / "lobby_server.gml", *local(6510))
    port = ports_of(server)["tcp"]
    rude, kind = join(port), join(port)
    rude.socket.sendall(rude.stream.wrap(b""))
    for number in (NAME, JOIN, CHAT, LEAVE, NOTICE, ROOM, 255):
        rude.send(number)
        rude.send(number, rest=b"\xff\xfe no end")
    kind.send(NAME, "Eve")
    assert kind.hear() == (NOTICE, ["hello, Eve"])
    assert server.poll() is None


def test_players_walk_where_the_server_says(start_gmlrun: Start, join: Join) -> None:
    folder = EXAMPLES / "position_sync"
    server = start_gmlrun(folder, "--spawn=obj_server", *local(6510))
    port = ports_of(server)["tcp"]
    watcher = join(port)
    watcher.send(1, rest=b"too short")
    clients = [start_gmlrun(folder, "--spawn=obj_client", f"--exec=global.port = {port}") for _ in range(2)]
    for client in clients:
        assert client.communicate(timeout=25) == ("I am further right, further down\n", "")
    assert "1 players\n" in [server.stdout.readline() for _ in clients]
    while (packet := watcher.next())[0] != 2 or len(packet) != 3 + 14:
        pass
    assert struct.unpack("<BHHIff", packet)[3:] == (0, 512.0, 384.0)


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def web_server(tmp_path: Path) -> Iterator[int]:
    """The port of a web server with one page."""
    (tmp_path / "page.txt").write_text("grüße\nfrom the web", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_http_over_a_raw_socket(gmlrun: Run, web_server: int) -> None:
    done = gmlrun(ROOT / "examples" / "http_over_raw.gml", "--", "127.0.0.1", web_server, "/page.txt")
    assert done.stdout.splitlines() == ["HTTP/1.0 200 OK", "grüße", "from the web"], done.stderr
    assert done.returncode == 0
