"""A GML server under a hand-written client: plain sockets and bytes as GameMaker puts them on the wire."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gmlrun.game import Game
from gmlrun.runtime import Settings

PROGRAM = """
server = network_create_server(network_socket_tcp, 6510, 8);
event async_network {
    if (async_load[? "type"] == network_type_data) {
        var buffer = async_load[? "buffer"];
        if (buffer_peek(buffer, 0, buffer_u8) == 255) { var broken = undefined; broken.x = 1; }
        network_send_packet(async_load[? "id"], buffer, async_load[? "size"]);
    }
}
"""
HELLO = b"GM:Studio-Connect\0"
SIGNATURE = struct.pack("<IIIi", 0xCAFEBABE, 0xDEADB00B, 16, 77)
ACKNOWLEDGEMENT = struct.pack("<III", 0xDEAFBEAD, 0xF00DBEEB, 12)


def packet(payload: bytes) -> bytes:
    return struct.pack("<III", 0xDEADC0DE, 12, len(payload)) + payload


class Running:
    """The program in a thread of its own, on a port that the system chose."""

    def __init__(self, folder: Path) -> None:
        path = folder / "server.gml"
        path.write_text(PROGRAM, encoding="utf-8")
        settings = Settings(bind="127.0.0.1", map_port={6510: 0}, on_error="continue", save_dir=folder)
        self.reports: list[object] = []
        self.listening = threading.Event()
        self.port = 0
        self.exit_code: int | None = None
        self.game = Game.load([path], settings, log=self.note, on_report=self.reports.append)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        assert self.listening.wait(10)

    def note(self, line: str) -> None:
        if line.startswith("listening tcp 127.0.0.1:"):
            self.port = int(line.rpartition(":")[2])
            self.listening.set()

    def run(self) -> None:
        self.exit_code = self.game.run()

    def connect(self) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path)
    yield running
    running.game.request_end(5)
    running.thread.join(10)
    assert running.exit_code == 5


def read(client: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = client.recv(size - len(data))
        assert piece, "the server closed the connection"
        data += piece
    return data


def shake_hands(client: socket.socket) -> None:
    assert read(client, len(HELLO)) == HELLO
    client.sendall(SIGNATURE)
    assert read(client, len(ACKNOWLEDGEMENT)) == ACKNOWLEDGEMENT


def test_the_handshake_and_packets_one_byte_at_a_time(server: Running) -> None:
    with server.connect() as client:
        assert read(client, len(HELLO)) == HELLO
        for byte in SIGNATURE:
            client.sendall(bytes([byte]))
        assert read(client, len(ACKNOWLEDGEMENT)) == ACKNOWLEDGEMENT
        for byte in packet(b"hello"):
            client.sendall(bytes([byte]))
        assert read(client, 17) == packet(b"hello")


def test_packets_glued_together_and_to_the_signature(server: Running) -> None:
    packets = [packet(bytes([n]) * n) for n in range(1, 100)]
    with server.connect() as client:
        assert read(client, len(HELLO)) == HELLO
        client.sendall(SIGNATURE + b"".join(packets))
        assert read(client, len(ACKNOWLEDGEMENT)) == ACKNOWLEDGEMENT
        assert read(client, sum(map(len, packets))) == b"".join(packets)


def test_an_impostor_is_dropped_and_nobody_else_notices(server: Running) -> None:
    with server.connect() as honest, server.connect() as impostor:
        shake_hands(honest)
        assert read(impostor, len(HELLO)) == HELLO
        impostor.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert impostor.recv(100) == b""
        honest.sendall(packet(b"still here"))
        assert read(honest, 22) == packet(b"still here")


def test_an_error_in_an_event_costs_nobody_the_connection(server: Running) -> None:
    with server.connect() as bad, server.connect() as good:
        shake_hands(bad)
        shake_hands(good)
        bad.sendall(packet(b"\xff"))
        for client in (bad, good):
            client.sendall(packet(b"on"))
            assert read(client, 14) == packet(b"on")
    assert len(server.reports) == 1
