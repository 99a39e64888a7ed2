"""Connecting over real sockets: names, both families, peers that never answer, and the rest of the game meanwhile."""

from __future__ import annotations

import contextlib
import errno
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gmlrun.net.backend import NetworkLimits
from gmlrun.net.messages import ConnectResult, Message
from gmlrun.net.transports import dialing
from gmlrun.net.transports.resolver import WORKERS, HostResolver, is_address
from gmlrun.net.transports.selector import SelectorBackend
from tests.conftest import ROOT, Run, Start
from tests.gml.test_programs import EXPECTED

LOCALHOST = "127.0.0.1"
STREAM = socket.SOCK_STREAM


class BlackHole:
    """A port that answers nobody: its queue of clients is full."""

    def __init__(self, family: int = socket.AF_INET, address: str = LOCALHOST, port: int = 0) -> None:
        self.listener = socket.socket(family)
        self.listener.bind((address, port))
        self.listener.listen(0)
        self.port: int = self.listener.getsockname()[1]
        self.clients: list[socket.socket] = []
        while len(self.clients) < 64:
            client = socket.socket(family)
            client.settimeout(0.2)
            self.clients.append(client)
            try:
                client.connect((address, self.port))
            except OSError:
                return
        raise AssertionError("the queue of a listening socket never gets full")

    def close(self) -> None:
        for each in (self.listener, *self.clients):
            each.close()


@pytest.fixture
def black_hole() -> Iterator[Callable[..., BlackHole]]:
    made: list[BlackHole] = []

    def make(*words: Any) -> BlackHole:
        made.append(BlackHole(*words))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server((LOCALHOST, 0)) as made:
        yield made


Dial = Callable[..., ConnectResult]


@pytest.fixture
def dial() -> Iterator[Dial]:
    """Connects (raw) to a name that stands for the given addresses, and waits for the result."""
    made: list[SelectorBackend] = []

    def connect(*addresses: tuple[str, int], timeout: float = 20.0) -> ConnectResult:
        backend = SelectorBackend(
            NetworkLimits(connect_timeout=timeout), getaddrinfo=lambda *_, **__: [row(a) for a in addresses]
        )
        made.append(backend)
        backend.connect("tcp", "a.name", 1, True)
        return result_of(backend)

    yield connect
    for backend in made:
        backend.close_all(0.1)


def row(address: tuple[str, int]) -> Any:
    """An address as `getaddrinfo` has it."""
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    return family, STREAM, socket.IPPROTO_TCP, "", address


def result_of(backend: SelectorBackend) -> ConnectResult:
    heard: list[Message] = []
    while not heard:
        heard = backend.poll(1)
    assert isinstance(heard[0], ConnectResult)
    return heard[0]


def closed_port() -> int:
    with socket.create_server((LOCALHOST, 0)) as taken:
        return int(taken.getsockname()[1])


# -------------------------------------------------------------- happy eyeballs


def test_an_address_that_never_answers_holds_up_nothing(
    black_hole: Callable[..., BlackHole], listener: socket.socket, dial: Dial
) -> None:
    dead = black_hole(socket.AF_INET6, "::1")
    result = dial(("::1", dead.port), listener.getsockname())
    assert (result.succeeded, result.address) == (True, LOCALHOST)


def test_an_address_that_refuses_is_followed_by_the_next_at_once(listener: socket.socket, dial: Dial) -> None:
    refusing = [(LOCALHOST, closed_port()) for _ in range(20)]
    result = dial(*refusing, listener.getsockname(), timeout=0.25 * 10)
    assert (result.succeeded, result.port) == (True, listener.getsockname()[1])


def test_it_fails_when_all_addresses_have(dial: Dial) -> None:
    result = dial((LOCALHOST, closed_port()), ("::1", closed_port()))
    assert not result.succeeded
    assert "refused" in result.reason


def test_a_name_without_addresses(dial: Dial) -> None:
    assert not dial().succeeded


def test_the_timeout_is_for_all_addresses_together(black_hole: Callable[..., BlackHole], dial: Dial) -> None:
    dead = black_hole()
    assert not dial(*[(LOCALHOST, dead.port)] * 100, timeout=0.6).succeeded


def test_the_families_alternate() -> None:
    four, six = [row((f"1.1.1.{n}", 1)) for n in range(3)], [row((f"::{n}", 1)) for n in range(2)]
    mixed = dialing.alternating([*six, *four])
    assert [entry[4][0] for entry in mixed] == ["::0", "1.1.1.0", "::1", "1.1.1.1", "1.1.1.2"]


def test_two_tries_that_succeed_together_are_one_connection(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialing, "STAGGER", 0.0)
    backend = SelectorBackend(getaddrinfo=lambda *_, **__: [row(listener.getsockname())] * 2)
    backend.connect("tcp", "a.name", 1, True)
    while not backend.dialer.dials[next(iter(backend.dialer.dials))].attempts:
        backend.resolver.deliver()
    backend.dialer.tend()
    assert [type(message) for message in backend.poll(5)] == [ConnectResult]
    assert backend.poll(0.05) == []
    backend.close_all(0.1)


def test_a_socket_that_is_closed_while_it_connects(black_hole: Callable[..., BlackHole]) -> None:
    backend = SelectorBackend()
    number = backend.connect("tcp", LOCALHOST, black_hole().port, True)
    backend.close(number)
    assert backend.poll(0.05) == []
    assert backend.dialer.dials == {}
    backend.close_all(0.1)


# ---------------------------------------------------------------------- names


def test_names_are_looked_up_by_a_few_threads_and_the_loop_never_waits(listener: socket.socket) -> None:
    release = threading.Event()

    def slow(host: str, port: int, **_: Any) -> Any:
        if host == LOCALHOST:
            return [row((LOCALHOST, port))]
        release.wait(20)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    before = threading.active_count()
    backend = SelectorBackend(NetworkLimits(connect_timeout=20), getaddrinfo=slow)
    for number in range(50):
        backend.connect("tcp", f"slow{number}.example", 80, True)
    assert threading.active_count() - before <= WORKERS
    backend.connect("tcp", LOCALHOST, listener.getsockname()[1], True)
    assert result_of(backend).succeeded
    release.set()
    heard: list[Message] = []
    while len(heard) < 50:
        heard += backend.poll(1)
    assert all(isinstance(message, ConnectResult) and "Temporary" in message.reason for message in heard)
    backend.close_all(0.1)


def test_a_name_that_is_not_wanted_any_more_is_not_looked_up() -> None:
    asked: list[str] = []
    release = threading.Event()

    def slow(host: str, port: int, **_: Any) -> Any:
        asked.append(host)
        release.wait(20)
        return []

    backend = SelectorBackend(getaddrinfo=slow)
    numbers = [backend.connect("tcp", f"slow{number}.example", 80, True) for number in range(WORKERS + 5)]
    for number in numbers:
        backend.close(number)
    release.set()
    last = threading.Event()
    backend.resolver.look_up("last.example", 80, STREAM, lambda found, reason: last.set())
    while not last.is_set():
        backend.poll(0.05)
    assert len(asked) <= WORKERS + 1
    backend.close_all(0.1)


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 300, "a..b", "\ud800", "café.invalid", "1.2.3.4.5", "[::1]"])
def test_a_name_that_is_none_is_answered(name: str) -> None:
    answers: list[tuple[list[Any], str]] = []
    resolver = HostResolver(lambda: None)
    resolver.look_up(name, 80, STREAM, lambda found, reason: answers.append((found, reason)))
    end = time.monotonic() + 30
    while not answers and time.monotonic() < end:
        resolver.deliver()
        time.sleep(0.01)
    assert answers[0][0] or answers[0][1]
    assert not is_address(name)


# ----------------------------------------------------------------- GML programs


def test_a_name_that_is_none_cannot_be_connected_to(gmlrun: Run, tmp_path: Path) -> None:
    path = tmp_path / "names.gml"
    path.write_text(
        "var socket = network_create_socket(network_socket_tcp);"
        'var names = ["no.such.host.invalid", "", "a" + chr(0) + "b", string_repeat("x", 300)];'
        "for (var i = 0; i < 4; i++) show_debug_message(network_connect(socket, names[i], 6510) < 0);",
        encoding="utf-8",
    )
    done = gmlrun(path)
    assert done.stdout == "1\n" * 4
    assert done.stderr.count("gmlrun: cannot connect to ") == len(done.stderr.splitlines()) == 4
    assert "cannot connect to no.such.host.invalid:6510: " in done.stderr


@pytest.mark.parametrize("name", ["connecting", "echo"])
def test_programs_do_the_same_over_real_sockets(name: str, gmlrun: Run, tmp_path: Path) -> None:
    text = (ROOT / "tests" / "gml" / "networking" / f"{name}.gml").read_text(encoding="utf-8")
    path = tmp_path / "program.gml"
    path.write_text(text.replace("6510", str(closed_port())), encoding="utf-8")
    done = gmlrun(path, "--bind=127.0.0.1")
    assert done.stdout.splitlines() == [found for line in text.splitlines() for found in EXPECTED.findall(line)]
    assert done.returncode == 0


BUSY = """
server = network_create_server_raw(network_socket_tcp, 6510, 8);
client = network_create_socket(network_socket_tcp);
network_set_config(network_config_connect_timeout, TIMEOUT);
event async_network {
    if (async_load[? "type"] == network_type_connect) {
        show_debug_message("connecting");
        show_debug_message($"connected {network_connect_raw(client, "127.0.0.1", PORT) >= 0}");
    }
    if (async_load[? "type"] == network_type_data) {
        var size = async_load[? "size"];
        network_send_raw(async_load[? "id"], async_load[? "buffer"], size);
        show_debug_message($"data {size}");
    }
}
"""


def start_busy(start_gmlrun: Start, folder: Path, port: int, timeout: int) -> tuple[Any, socket.socket]:
    """A server that connects to a black hole when a client comes; the client."""
    path = folder / "busy.gml"
    path.write_text(BUSY.replace("PORT", str(port)).replace("TIMEOUT", str(timeout)), encoding="utf-8")
    process = start_gmlrun(path, "--bind=127.0.0.1", "--map-port=6510=0")
    assert process.stderr is not None
    assert process.stdout is not None
    own = int(process.stderr.readline().rpartition(":")[2])
    client = socket.create_connection((LOCALHOST, own), timeout=20)
    assert process.stdout.readline() == "connecting\n"
    return process, client


def test_others_are_read_while_a_program_waits_to_be_connected(
    start_gmlrun: Start, tmp_path: Path, black_hole: Callable[..., BlackHole]
) -> None:
    """A peer gets rid of more than the system's buffers hold while the program is blocked, but not of any amount."""
    process, client = start_busy(start_gmlrun, tmp_path, black_hole().port, 3_000)
    block, sent = bytes(65536), 0
    client.settimeout(0.5)
    with contextlib.suppress(TimeoutError):
        while sent < 100_000_000:
            sent += client.send(block)
    assert 16_000_000 < sent < 40_000_000
    assert process.stdout.readline() == "connected 0\n"
    assert process.stdout.readline().startswith("data ")
    client.close()


def test_a_program_that_waits_to_be_connected_can_be_ended(
    start_gmlrun: Start, tmp_path: Path, black_hole: Callable[..., BlackHole]
) -> None:
    process, client = start_busy(start_gmlrun, tmp_path, black_hole().port, 1_000_000)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    client.close()


def test_a_reset_while_the_handshake_is_under_way_fails(gmlrun: Run, tmp_path: Path) -> None:
    """A server that hangs up on a client that waits for it, and one that talks something else."""
    with socket.create_server((LOCALHOST, 0)) as rude:
        thread = threading.Thread(target=hang_up, args=(rude,), daemon=True)
        thread.start()
        path = tmp_path / "client.gml"
        path.write_text(
            "repeat (4) show_debug_message(network_connect(network_create_socket(network_socket_tcp),"
            f' "localhost", {rude.getsockname()[1]}) < 0);',
            encoding="utf-8",
        )
        done = gmlrun(path)
    assert done.stdout == "1\n" * 4
    assert 1 <= len(done.stderr.splitlines()) <= 4
    assert all(line.startswith("gmlrun: cannot connect to ") for line in done.stderr.splitlines())


def hang_up(rude: socket.socket) -> None:
    """Ends four connections: at once, by a reset, in the middle of the hello, and after a wrong one."""
    for data, linger in ((b"", 0), (b"", 1), (b"GM:Studio-", 0), (b"HTTP/1.1 400 Bad Request\r\n\r\n", 0)):
        client, _ = rude.accept()
        client.sendall(data)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", linger, 0))
        with contextlib.suppress(OSError):
            client.shutdown(socket.SHUT_WR) if not linger else None
        client.close()


def test_no_descriptor_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: Any) -> socket.socket:
        raise OSError(errno.EMFILE, "Too many open files")

    backend = SelectorBackend(make_socket=none_left)
    backend.connect("tcp", LOCALHOST, 80, True)
    assert "Too many" in result_of(backend).reason
    backend.close_all(0.1)
