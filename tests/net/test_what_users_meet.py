"""What hosts and players meet first: large packets, both families, reasons in words, other hosts and ports."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from gmlrun.engine.sockets import FAILED as NOT_SENT
from gmlrun.engine.sockets import TCP, UDP, Sockets
from gmlrun.net.backend import FAILED, NetworkLimits, SocketType
from gmlrun.net.messages import Connected, Dropped
from gmlrun.net.sending import LARGEST
from gmlrun.net.transports.dialing import host_of
from gmlrun.net.transports.memory import MemoryBackend, MemoryNetwork
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.runtime import Runtime, Settings
from gmlrun.values.buffers import Buffer
from tests.net.conftest import LOCALHOST, World

MIB = 1 << 20
SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)


def until(backend: SelectorBackend, is_over: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_over():
        backend.poll(0.05)
        assert time.monotonic() < end


@pytest.mark.parametrize(
    ("size", "is_taken"), [(MIB, True), (20 * MIB, True), (LARGEST - 12, True), (LARGEST + 1, False)]
)
def test_an_empty_queue_takes_the_largest_packet(size: int, is_taken: bool) -> None:
    network = MemoryNetwork()
    server, client = (MemoryBackend(network, NetworkLimits(send_queue=2 * MIB)) for _ in range(2))
    port = server.port_of(server.listen("tcp", LOCALHOST, 0, 4, False))
    client.connect("tcp", LOCALHOST, port, False)
    there = next(m.socket for _ in range(20) for m in [*client.poll(0), *server.poll(0)] if isinstance(m, Connected))
    assert server.send(there, bytes(size)) == (size + 12 if is_taken else FAILED)
    assert server.send(there, bytes(3 * MIB)) == (FAILED if is_taken else 3 * MIB + 12)


def test_the_system_is_offered_what_waits_before_anything_is_refused() -> None:
    backend = SelectorBackend()
    port = backend.port_of(backend.listen("tcp", LOCALHOST, 0, 4, True))
    got = 0
    with socket.create_connection((LOCALHOST, port)) as peer:

        def read() -> None:
            nonlocal got
            while got < 40 * MIB and (piece := peer.recv(MIB)):
                got += len(piece)

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        found: list[int] = []
        until(backend, lambda: bool(found.extend(backend.board.streams) or found))
        taken = []
        for _ in range(40):  # a step that takes its time, while the peer reads
            taken.append(backend.send(found[0], bytes(MIB), True))
            time.sleep(0.005)
        assert taken == [MIB] * 40
        until(backend, lambda: got >= sum(count for count in taken if count > 0))
        reader.join(10)
    backend.close_all(0.1)


@pytest.mark.parametrize("kind", ["tcp", "udp"])
@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_server_without_an_address_is_reached_by_both_families(kind: str, address: str) -> None:
    logged: list[str] = []
    rt = Runtime(Settings(map_port={6510: 0}), log=logged.append)
    sockets = rt.service(Sockets)
    number = int(sockets.listen(TCP if kind == "tcp" else UDP, 6510, 4, raw=True))
    port = sockets.backend.port_of(number)
    assert logged == [f"listening {kind} 0.0.0.0:{port} [::]:{port}"]
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM if kind == "tcp" else socket.SOCK_DGRAM) as peer:
        peer.connect((address, port))
        peer.send(b"x")
        end = time.monotonic() + 10
        while not sockets.events.queue and time.monotonic() < end:
            sockets.poll(0.05)
        assert sockets.events.queue
    sockets.close_all(0.1)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (("127.0.0.1", 1), "127.0.0.1"),
        (("::1", 1, 0, 0), "::1"),
        (("::ffff:192.0.2.1", 1, 0, 0), "192.0.2.1"),
        (("fe80::1", 1, 0, 1), f"fe80::1%{socket.if_indextoname(1)}"),
        (("fe80::1%x", 1, 0, 1), "fe80::1%x"),
        (("fe80::1", 1, 0, 1 << 30), "fe80::1"),
    ],
)
def test_the_host_of_an_address_can_be_connected_to(address: tuple[str, int], host: str) -> None:
    assert host_of(address) == host


# -------------------------------------------------------------------------- reasons


@contextmanager
def serving(max_clients: int = 4, **settings: object) -> Iterator[tuple[Sockets, int, list[str]]]:
    logged: list[str] = []
    rt = Runtime(Settings(bind=LOCALHOST, map_port={6510: 0}, **settings), log=logged.append)  # type: ignore[arg-type]
    sockets = rt.service(Sockets)
    sockets.backend.limits.connect_timeout = 0.3
    number = int(sockets.listen(TCP, 6510, max_clients, raw=False))
    logged.clear()
    yield sockets, sockets.backend.port_of(number), logged
    sockets.close_all(0.1)


BAD = {
    "raw": (4, b"hello there, server", "no GameMaker handshake; does it use network_connect_raw?"),
    "http": (4, b"GET / HTTP/1.1\r\n\r\n", "it speaks HTTP: a browser needs a server of network_socket_ws"),
    "tls": (4, b"\x16\x03\x01\x02\x00\x01", "it speaks TLS: that needs a server of network_socket_wss, or a proxy"),
    "silent": (4, b"", "no GameMaker handshake; does it use network_connect_raw?"),
    "out of step": (4, SIGNATURE + b"x" * 40, "out of step"),
    "too long": (4, SIGNATURE + struct.pack("<III", 0xDEADC0DE, 12, 1 << 30), "over the limit"),
    "full": (0, SIGNATURE, "the server is full"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("trace_net", [False, True])
def test_whom_a_server_turns_away_is_said_once(name: str, trace_net: bool) -> None:
    max_clients, data, words = BAD[name]
    with serving(max_clients, trace_net=trace_net) as (sockets, port, logged):
        for _ in range(2):
            with socket.create_connection((LOCALHOST, port)) as peer:
                peer.sendall(data)
                end = time.monotonic() + 10
                before = len(logged)
                while time.monotonic() < end and (len(logged) == before) is (trace_net or before == 0):
                    sockets.poll(0.05)
                    if not trace_net and before and time.monotonic() > end - 9.2:
                        break
        said = [line for line in logged if line.startswith("127.0.0.1 dropped: ")]
        assert len(said) == 1
        assert words in said[0]
        traced = [line for line in logged if "  dropped  " in line]
        assert len(traced) == (2 if trace_net else 0)


def test_a_client_that_just_leaves_is_not_told_of() -> None:
    with serving() as (sockets, port, logged):
        for data in (b"", SIGNATURE):
            with socket.create_connection((LOCALHOST, port)) as peer:
                peer.sendall(data)
            for _ in range(5):
                sockets.poll(0.02)
        assert logged == []


def buffer(data: bytes) -> Buffer:
    made = Buffer(0)
    made.data = bytearray(data)
    return made


def test_a_send_to_a_servers_own_socket_is_explained_once() -> None:
    with serving() as (sockets, _, logged):
        assert [sockets.send(0, buffer(b"x"), 1) for _ in range(2)] == [NOT_SENT] * 2
        assert len(logged) == 1
        assert "socket 0 is a server" in logged[0]


def test_a_size_beyond_the_buffer_is_said_once() -> None:
    with serving() as (sockets, _, logged):
        for _ in range(2):
            sockets.send(0, buffer(b"xyz"), 4)
        assert [line for line in logged if "a size of 4 is beyond the buffer's end" in line] == logged[:1]


def test_a_failed_connect_is_said_once() -> None:
    with serving() as (sockets, port, logged):
        sockets.destroy(0)
        for _ in range(2):
            sockets.connect(int(sockets.create(TCP)), LOCALHOST, port, raw=False, is_blocking=True)
        assert logged == [f"cannot connect to 127.0.0.1:{port}: Connection refused"]


# ------------------------------------------------------------ other hosts and ports


@pytest.mark.parametrize(
    ("ports", "hosts", "wanted", "result"),
    [
        ({6510: 7000}, {}, ("localhost", 6510), ("localhost", 7000)),
        ({6510: 7000}, {}, ("example.org", 6510), ("example.org", 7000)),
        ({6510: 7000}, {}, ("localhost", 6511), ("localhost", 6511)),
        ({}, {"example.org": "127.0.0.1"}, ("Example.org", 80), ("127.0.0.1", 80)),
        ({80: 8080}, {"example.org": "127.0.0.1"}, ("example.org", 80), ("127.0.0.1", 8080)),
        ({6510: 0}, {}, ("localhost", 6510), ("localhost", 49152)),
        ({6510: 0}, {}, ("127.1.2.3", 6510), ("127.1.2.3", 49152)),
        ({6510: 0}, {}, ("example.org", 6510), ("example.org", 6510)),
        ({6511: 0}, {}, ("localhost", 6511), ("localhost", 6511)),
        ({6510: 0}, {"example.org": "127.0.0.1"}, ("example.org", 6510), ("127.0.0.1", 49152)),
    ],
)
def test_where_the_programs_own_connections_go(
    ports: dict[int, int], hosts: dict[str, str], wanted: tuple[str, int], result: tuple[str, int]
) -> None:
    rt = Runtime(
        Settings(map_port=ports, map_host=hosts), backend=MemoryBackend(MemoryNetwork()), log=lambda line: None
    )
    sockets = rt.service(Sockets)
    sockets.listen(TCP, 6510, 4, raw=False)
    assert sockets.redirected(*wanted) == result


def test_a_game_that_hosts_and_joins_in_one_process_finds_itself() -> None:
    with serving() as (sockets, _, logged):
        assert sockets.connect(int(sockets.create(TCP)), "localhost", 6510, raw=False, is_blocking=True) == 0.0
        assert logged == []


def test_a_stream_socket_broadcasts_from_a_socket_of_its_own(world: World) -> None:
    port = world.server.port_of(world.server.listen("udp", LOCALHOST, 0, 4, False))
    world.limits.address = LOCALHOST
    listener = world.client.listen("tcp", LOCALHOST, 0, 4, False)
    assert world.client.broadcast(listener, port, b"here") == 16
    end = time.monotonic() + 10
    while not (heard := world.heard[id(world.server)]) and time.monotonic() < end:
        world.turn()
    assert [message.data for message in heard] == [b"here"]  # type: ignore[union-attr]
    assert world.client.reserve("tcp") == listener + 1


def test_dropped_peers_are_told_to_all_who_want_to_know() -> None:
    seen: list[Dropped] = []
    limits = NetworkLimits()
    limits.on_dropped += [seen.append, seen.append]
    network = MemoryNetwork()
    server = MemoryBackend(network, limits)
    port = server.port_of(server.listen("tcp", LOCALHOST, 0, 0, False))
    network.open(port)
    server.poll(0)
    assert len(seen) == 2


@pytest.mark.parametrize("is_server", [True, False])
@pytest.mark.parametrize("kind", ["tcp", "ws"])
@pytest.mark.parametrize(("raw", "sent_raw"), [(False, False), (False, True), (True, False), (True, True)])
def test_raw_and_regular_functions_on_one_connection_are_told_of_once(
    raw: bool, sent_raw: bool, kind: SocketType, is_server: bool
) -> None:
    network = MemoryNetwork()
    world = World(lambda limits: MemoryBackend(network, limits))
    there, mine = world.connected(raw, kind)
    backend, number = (world.server, there) if is_server else (world.client, mine)
    logged: list[str] = []
    backend.board.log = logged.append
    for payload in (b"one", b"two"):
        assert backend.send(number, payload, sent_raw) > 0
    wanted = "network_send_packet" if sent_raw else "network_send_raw"
    assert [line.endswith(f"wants {wanted}") for line in logged] == [True] * (raw is not sent_raw)
