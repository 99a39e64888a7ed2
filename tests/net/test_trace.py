"""What `--trace-net` shows: lines on standard error, and captures that Wireshark itself takes apart."""

from __future__ import annotations

import errno
import io
import random
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.net.messages import Message
from gmlrun.net.transports.memory import MemoryBackend, MemoryNetwork
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.net.watch.capture import capturing
from gmlrun.net.watch.pcapng import checksum
from gmlrun.net.watch.trace import TracedBackend
from tests.conftest import ROOT, Run

DISSECTOR = ROOT / "docs" / "wireshark" / "gamemaker.lua"
LOCALHOST = "127.0.0.1"

TALK = """
server = network_create_server(network_socket_tcp, 6510, 8);
client = network_create_socket(network_socket_tcp);
network_connect_async(client, "127.0.0.1", 6510);
event async_network {
    var type = async_load[? "type"];
    if (type == network_type_non_blocking_connect) {
        var buffer = buffer_create(16, buffer_grow, 1);
        buffer_write(buffer, buffer_text, "\\x1b[31mred, and seventeen");
        network_send_packet(client, buffer, buffer_tell(buffer));
    }
    if (type == network_type_data) network_destroy(client);
    if (type == network_type_disconnect) game_end();
}
"""

DATAGRAMS = """
server = network_create_server(network_socket_udp, 6510, 8);
client = network_create_socket(network_socket_udp);
var buffer = buffer_create(3, buffer_fixed, 1);
network_send_udp(client, "127.0.0.1", 6510, buffer, 3);
event async_network {
    if (async_load[? "id"] == client) game_end();
    else network_send_udp_raw(server, async_load[? "ip"], async_load[? "port"], async_load[? "buffer"], 2);
}
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "talk.gml"
    path.write_text(TALK.replace("6510", str(free_port())), encoding="utf-8")
    return path


def free_port() -> int:
    with socket.create_server((LOCALHOST, 0)) as taken:
        return int(taken.getsockname()[1])


# ------------------------------------------------------------------------- lines


def test_each_event_and_packet_is_a_line(gmlrun: Run, program: Path) -> None:
    done = gmlrun("--trace-net", program)
    assert done.returncode == 0
    lines = [line.split() for line in done.stderr.splitlines() if "listening" not in line]
    assert all(re.fullmatch(r"\d+\.\d{6}", words[1]) for words in lines)
    assert [(words[2], words[3], words[5], words[6]) for words in lines] == [
        ("out", "0", "tcp", "listen"),
        ("out", "1", "tcp", "connect"),
        ("in", "2", "tcp", "connect"),
        ("in", "1", "tcp", "connected"),
        ("out", "1", "tcp", "packet"),
        ("in", "2", "tcp", "packet"),
        ("out", "1", "tcp", "close"),
        ("in", "2", "tcp", "disconnect"),
    ]


def test_a_packet_shows_its_size_and_first_bytes_and_nothing_that_a_terminal_obeys(gmlrun: Run, program: Path) -> None:
    sent = next(
        line for line in gmlrun("--trace-net", program).stderr.splitlines() if "  out " in line and "1b" in line
    )
    assert sent.endswith("packet          23  1b 5b 33 31 6d 72 65 64 2c 20 61 6e 64 20 73 65 …  .[31mred, and se")


@pytest.fixture
def datagrams(tmp_path: Path) -> Path:
    path = tmp_path / "datagrams.gml"
    path.write_text(DATAGRAMS.replace("6510", str(free_port())), encoding="utf-8")
    return path


def test_datagrams_are_lines(gmlrun: Run, datagrams: Path) -> None:
    done = gmlrun("--trace-net", datagrams)
    lines = [line.split() for line in done.stderr.splitlines() if "udp" in line and "listen" not in line]
    assert [(words[2], words[3], *words[6:8]) for words in lines] == [
        ("out", "1", "packet", "3"),
        ("in", "0", "packet", "3"),
        ("out", "0", "packet", "2"),
        ("in", "1", "packet", "2"),
    ]


class Traced:
    """Two traced games in memory, and the lines of both."""

    def __init__(self) -> None:
        network = MemoryNetwork()
        self.lines: list[str] = []
        self.server, self.client = (
            TracedBackend(MemoryBackend(network), self.lines.append, network.now) for _ in range(2)
        )

    def turn(self) -> list[Message]:
        return [message for _ in range(5) for backend in (self.server, self.client) for message in backend.poll(0.0)]

    def said(self) -> list[str]:
        """Direction, socket and what happened, of each line since the last time."""
        said = [" ".join(line.split()[n] for n in (1, 2, 5)) for line in self.lines]
        self.lines.clear()
        return said


def test_what_fails_is_told_as_such() -> None:
    traced = Traced()
    traced.client.connect("tcp", LOCALHOST, 1, False)
    traced.turn()
    assert "Connection refused" in traced.lines[-1]
    assert traced.client.send(0, b"x") < 0
    assert traced.said() == ["out 0 connect", "in 0 failed", "out 0 refused"]


def test_a_socket_that_is_not_there_closes_without_a_line() -> None:
    traced = Traced()
    traced.server.close(7)
    assert traced.said() == []


def test_a_server_tells_of_its_clients_with_its_own_kind() -> None:
    traced = Traced()
    port = traced.server.port_of(traced.server.listen("tcp", LOCALHOST, 0, 8, True))
    mine = traced.client.connect("tcp", LOCALHOST, port, True)
    traced.turn()
    traced.client.send(mine, b"\xff", raw=True)
    traced.turn()
    assert re.search(r"in +1 +127\.0\.0\.1:\d+ +tcp +packet +1  ff  \.$", traced.lines[-1])


def test_an_untraced_run_loads_nothing_that_traces(environment: dict[str, str], program: Path) -> None:
    words = [sys.executable, "-X", "importtime", "-m", "gmlrun", str(program)]
    loaded = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=25).stderr
    assert "gmlrun.net.transports.selector" in loaded
    assert not re.search(r"gmlrun\.net\.(trace|capture|pcapng)", loaded)


@pytest.mark.parametrize("word", ["--trace-net=capture.txt", "--trace-net=no/such/folder/x.pcapng"])
def test_a_file_that_cannot_be_the_capture(gmlrun: Run, program: Path, word: str) -> None:
    done = gmlrun(word, program)
    assert done.returncode == 2
    assert word.partition("=")[2] in done.stderr
    assert "Traceback" not in done.stderr


# ---------------------------------------------------------------------- captures


Tshark = Callable[..., str]


@pytest.fixture
def tshark(need_tool: Callable[[str], str]) -> Tshark:
    """Wireshark without its window, on a capture; with the dissector of the manual."""
    path = need_tool("tshark")

    def run(capture: Path, *words: str) -> str:
        command = [path, "-X", f"lua_script:{DISSECTOR}", "-r", str(capture), *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=50)
        assert done.returncode == 0, done.stderr
        assert "rror" not in done.stderr, done.stderr
        return done.stdout

    return run


CHECKED = ("-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE")


def complaints(tshark: Tshark, capture: Path) -> str:
    """What Wireshark finds wrong with a capture: everything that is more than a chat."""
    found = tshark(capture, *CHECKED, "-q", "-z", "expert,note")
    return "\n".join(line for line in found.splitlines() if "connection closing" not in line)


@pytest.mark.parametrize("kind", ["tcp", "ws"])
def test_wireshark_takes_a_capture_of_a_game_apart(
    kind: str, gmlrun: Run, program: Path, tshark: Tshark, tmp_path: Path
) -> None:
    program.write_text(program.read_text().replace("network_socket_tcp", f"network_socket_{kind}"))
    done = gmlrun("--trace-net=seen.pcapng", program)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    fields = ("-Y", "gamemaker", "-T", "fields", "-e", "gamemaker.handshake", "-e", "gamemaker.size")
    shown = tshark(tmp_path / "seen.pcapng", *fields)
    assert shown.split() == ["hello", "signature", "acknowledgement", "23"]
    assert "TCP " not in complaints(tshark, tmp_path / "seen.pcapng")


def test_wireshark_takes_datagrams_apart(gmlrun: Run, datagrams: Path, tshark: Tshark, tmp_path: Path) -> None:
    """A game that talks to itself has both ends of each in its capture."""
    assert gmlrun("--trace-net=seen.pcapng", datagrams).returncode == 0
    shown = tshark(tmp_path / "seen.pcapng", "-T", "fields", "-e", "udp.length", "-e", "gamemaker.size")
    assert [line.split() for line in shown.splitlines()] == [["23", "3"], ["23", "3"], ["10"], ["10"]]
    assert "UDP " not in complaints(tshark, tmp_path / "seen.pcapng")


class Captured:
    """A captured game and a plain peer, over real sockets."""

    def __init__(self, path: Path, address: str = LOCALHOST) -> None:
        self.file = path.open("wb", buffering=0)
        self.backend = SelectorBackend(make_socket=capturing(self.file, pytest.fail))
        self.address = address
        self.listener = self.backend.listen("tcp", address, 0, 8, True)
        self.heard: list[Message] = []

    def connect(self) -> socket.socket:
        peer = socket.create_connection((self.address, self.backend.port_of(self.listener)), timeout=10)
        self.until(lambda: bool(self.heard))
        return peer

    def until(self, done: Callable[[], bool]) -> None:
        for _ in range(1000):
            if done():
                return
            self.heard += self.backend.poll(0.01)
        raise AssertionError(f"heard only {self.heard[:5]}")

    def received(self) -> bytes:
        return b"".join(b"".join(getattr(message, "packets", ())) for message in self.heard)

    def close(self) -> None:
        self.backend.close_all(1.0)
        self.file.close()


@pytest.mark.parametrize("address", [LOCALHOST, "::1"])
def test_streams_come_together_again(tmp_path: Path, tshark: Tshark, address: str) -> None:
    captured = Captured(tmp_path / "stream.pcapng", address)
    peer = captured.connect()
    there = captured.heard[0].socket
    to_us, to_them = (random.Random(seed).randbytes(200_000) for seed in (1, 2))
    captured.backend.send(there, to_them, raw=True)
    reader = threading.Thread(target=lambda: (peer.sendall(to_us), read(peer, len(to_them))), daemon=True)
    reader.start()
    captured.until(lambda: len(captured.received()) == len(to_us))
    captured.until(lambda: not reader.is_alive())
    peer.close()
    captured.close()
    followed = tshark(tmp_path / "stream.pcapng", "-q", "-z", "follow,tcp,raw,0").splitlines()[6:-1]
    assert bytes.fromhex("".join(line for line in followed if not line.startswith("\t"))) == to_us
    assert bytes.fromhex("".join(line[1:] for line in followed if line.startswith("\t"))) == to_them
    assert "TCP " not in complaints(tshark, tmp_path / "stream.pcapng")


def read(peer: socket.socket, size: int) -> None:
    while size:
        size -= len(peer.recv(min(size, 65536)))


def test_the_dissector_survives_what_is_no_packet(tmp_path: Path, tshark: Tshark) -> None:
    captured = Captured(tmp_path / "bad.pcapng")
    wild = [
        bytes.fromhex("dec0adde 0c000000 ffffffff") + b"x",
        bytes.fromhex("dec0adde0c000000 01000000 41 42"),
        b"GM:S",
    ]
    for data in wild:
        with captured.connect() as peer:
            peer.sendall(data)
            captured.until(lambda data=data: data in captured.received())
    captured.close()
    assert "Lua" not in tshark(tmp_path / "bad.pcapng", "-V")


def test_a_refused_connection_is_a_reset(tmp_path: Path, tshark: Tshark) -> None:
    captured = Captured(tmp_path / "refused.pcapng")
    captured.backend.connect("tcp", LOCALHOST, free_port(), True)
    captured.until(lambda: bool(captured.heard))
    captured.close()
    flags = tshark(tmp_path / "refused.pcapng", "-T", "fields", "-e", "tcp.flags.str")
    assert [re.sub("[^A-Z]", "", line) for line in flags.split()] == ["S", "AR"]


class FullDisk(io.BytesIO):
    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_ends_the_capture_and_not_the_game() -> None:
    said: list[str] = []
    backend = SelectorBackend(make_socket=capturing(FullDisk(), said.append))
    listener = backend.listen("tcp", LOCALHOST, 0, 8, True)
    with socket.create_connection((LOCALHOST, backend.port_of(listener))):
        while not backend.poll(0.1):
            pass
    backend.close_all(0.1)
    assert len(said) == 1
    assert "No space left" in said[0]


def test_the_checksum_is_that_of_rfc_1071() -> None:
    assert checksum(bytes.fromhex("0001f203f4f5f6f7")) == 0xFFFF - 0xDDF2
    assert checksum(b"") == 0xFFFF
    assert checksum(b"\xff\xff") == 0
