"""What the tests of running servers share: a server in GML with one port, and clients of it."""

from __future__ import annotations

import re
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Start

HELLO = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)
SERVER = """
server = network_create_server(network_socket_tcp, 6510, 20000);
count = 0;
function twice(value) { return value * 2; }
event async_network {
    if (async_load[? "type"] == network_type_data) { count += 1; show_debug_message("old " + string(count)); }
}
event async_system { show_debug_message(async_load[? "event_type"] + " " + string(async_load[? "seconds"])); }
event other_game_end { show_debug_message("game end"); }
"""


def packet(payload: bytes) -> bytes:
    """A packet as GameMaker sends it."""
    return struct.pack("<3I", 0xDEADC0DE, 12, len(payload)) + payload


class Server:
    """A server in GML that listens on one port; `said` has the lines of its log up to that."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        self.process = process
        self.said: list[str] = []
        while not self.said or "listening" not in self.said[-1]:
            line = process.stderr.readline()
            assert line, self.said
            self.said.append(line)
        self.port = int(re.findall(r":(\d+)", self.said[-1])[-1])

    def connect(self) -> socket.socket:
        """A client before its handshake."""
        client = socket.create_connection(("127.0.0.1", self.port))
        client.recv(64)
        return client

    def says(self) -> str:
        """The next line of its output."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")

    def end(self) -> tuple[str, str, int]:
        """What is left to read once it has ended."""
        output, errors = self.process.communicate()
        return output, errors, self.process.returncode


Serve = Callable[..., Server]
Join = Callable[[Server], socket.socket]


@pytest.fixture
def serve(start_gmlrun: Start, tmp_path: Path) -> Serve:
    """Starts a server with options."""

    def start(*words: str | Path, name: str = "lobby", text: str = SERVER) -> Server:
        (tmp_path / f"{name}.gml").write_text(text, encoding="utf-8")
        return Server(start_gmlrun(tmp_path / f"{name}.gml", "--bind=127.0.0.1", "--map-port=6510=0", *words))

    return start


@pytest.fixture
def sockets(environment: dict[str, str]) -> Path:
    """The folder of the control sockets."""
    return Path(environment["XDG_RUNTIME_DIR"]) / "gmlrun"


@pytest.fixture
def join() -> Iterator[Join]:
    """Makes clients that a server has taken; they are closed at the end of the test."""
    made: list[socket.socket] = []

    def join(server: Server) -> socket.socket:
        client = server.connect()
        made.append(client)
        client.sendall(HELLO)
        client.recv(64)
        return client

    yield join
    for client in made:
        client.close()


def wait_until(is_so: Callable[[], Any]) -> None:
    """Waits; the test's time limit ends a wait in vain."""
    while not is_so():
        time.sleep(0.02)
