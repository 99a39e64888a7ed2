"""Many clients: what each costs, and what those who are slow, silent or too many do to the others."""

from __future__ import annotations

import gc
import os
import re
import resource
import socket
import struct
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from gmlrun.engine.sockets import TCP, WS, Sockets
from gmlrun.net import switchboard
from gmlrun.net.backend import FAILED, Counts, NetworkLimits
from gmlrun.net.messages import Connected, ConnectResult, Disconnected
from gmlrun.net.protocols.stream import HELLO, frame
from gmlrun.net.transports import accepting, descriptors
from gmlrun.net.transports.accepting import ACCEPT_BATCH
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.runtime import Runtime, Settings
from tests.net.conftest import LOCALHOST, Received, World, singly

SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)


@pytest.fixture
def backend() -> Iterator[SelectorBackend]:
    made = SelectorBackend(NetworkLimits(connect_timeout=2.0))
    yield made
    made.close_all(0.1)


def until(backend: SelectorBackend, kind: type, count: int = 1) -> list[Any]:
    """What a backend hears of one kind, once it is that many."""
    found: list[Any] = []
    while len(found) < count:
        found += [message for message in backend.poll(1) if isinstance(message, kind)]
    return found


@contextmanager
def clients(port: int, count: int, greeting: bytes = b"") -> Iterator[list[socket.socket]]:
    """Plain sockets that are connected to a port and have sent a greeting."""
    made = []
    try:
        for _ in range(count):
            made.append(socket.create_connection((LOCALHOST, port)))
            made[-1].sendall(greeting)
        yield made
    finally:
        for client in made:
            client.close()


def read(client: socket.socket, size: int) -> bytes:
    """The next bytes of a stream."""
    client.settimeout(30)
    data = b""
    while len(data) < size:
        piece = client.recv(size - len(data))
        assert piece, f"the server has closed the connection after {data!r}"
        data += piece
    return data


# ---------------------------------------------------------------- slow and silent ones


def test_a_client_that_the_turn_of_another_has_closed_is_not_read(
    backend: SelectorBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest of those in their handshake makes the oldest go, which has sent something in the same turn."""
    monkeypatch.setattr(switchboard, "MAX_ARRIVING", 1)
    server = backend.listen("tcp", LOCALHOST, 0, 8, False)
    with clients(backend.port_of(server), 1, SIGNATURE):
        listener = backend.selector.get_key(backend.board.sockets[server].transport)
        select = backend.selector.select
        backend.acceptor.accept(backend.board.sockets[server])
        with clients(backend.port_of(server), 1):
            end = time.monotonic() + 50
            while len(found := sorted(select(1), key=lambda pair: pair[0] is not listener)) < 2:
                assert time.monotonic() < end
            monkeypatch.setattr(backend.selector, "select", lambda timeout: found)
            assert backend.poll(0) == []
            monkeypatch.undo()
            assert len(backend.board.sockets) == 2


def test_time_in_which_nobody_listens_does_not_count_for_a_handshake(backend: SelectorBackend) -> None:
    backend.limits.connect_timeout = 0.3
    port = backend.port_of(backend.listen("tcp", LOCALHOST, 0, 8, False))
    with clients(port, 2) as (honest, silent):
        backend.poll(1)
        backend.poll(0)
        time.sleep(0.5)  # an event runs
        backend.poll(0)
        honest.sendall(SIGNATURE)
        assert until(backend, Connected)
        for _ in range(8):
            backend.poll(0.05)
        assert read(silent, 18) == HELLO
        assert silent.recv(1) == b""


def stuck(world: World) -> int:
    """A connection whose peer reads nothing: the server's socket for it, whose queue is not empty."""
    size = 1 << 20
    if isinstance(world.server, MemoryBackend):
        size, world.server.network.capacity = 1500, 1000
    there, _ = world.connected()
    connection = world.server.board.sockets[there]
    before = 0
    while not connection.queue or connection.queued != before:
        if not connection.queue:
            world.server.send(there, bytes(size))
        before = connection.queued
        time.sleep(0.2)  # the system takes a little more as soon as the peer's has taken some
        world.server.board.transport.write(connection)
    return there


def test_what_is_refused_is_counted_and_told_once(world: World) -> None:
    logged: list[str] = []
    world.server.board.log = logged.append
    there = stuck(world)
    world.limits.send_queue = world.server.board.sockets[there].queued + 10_000
    taken = [world.server.send(there, bytes(988)) for _ in range(15)]
    assert taken == [1000] * 10 + [FAILED] * 5
    assert world.server.counts() == Counts(refused=5, dropped=0)
    assert len(logged) == 1
    assert f"socket {there}" in logged[0]


def test_one_slow_reader_delays_nobody(backend: SelectorBackend) -> None:
    port = backend.port_of(backend.listen("tcp", LOCALHOST, 0, 8, False))
    with clients(port, 2, SIGNATURE) as (_, other):
        slow, quick = [message.socket for message in until(backend, Connected, 2)]
        while backend.send(slow, bytes(1 << 20)) != FAILED:
            backend.poll(0)
        assert backend.send(quick, b"hello") == 17
        backend.poll(0)
        assert read(other, 47).endswith(frame(b"hello"))


def test_a_peer_that_takes_nothing_for_the_write_timeout_is_sent_nothing_more(world: World) -> None:
    there = stuck(world)
    now = world.server.board.now
    world.server.options(there).write_timeout = 5.0
    assert world.server.send(there, b"x") == 13
    world.server.board.now = lambda: now() + 6.0
    assert world.server.send(there, b"x") == FAILED
    world.server.board.now = now
    while world.server.board.sockets[there].queue:
        world.turn(0)
    world.server.board.now = lambda: now() + 6.0
    assert world.server.send(there, b"x") == 13


def test_avoiding_time_wait_ends_a_connection_with_a_reset(world: World) -> None:
    there, mine = world.connected()
    world.client.options(mine).avoid_time_wait = True
    world.client.configure(mine)
    world.client.send(mine, b"last words")
    world.client.close(mine)
    gone = world.until(world.server, Disconnected)[0]
    assert gone.socket == there
    assert "reset" in gone.reason


def test_a_server_that_avoids_time_wait_resets_its_clients(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 8, False)
    world.server.options(listener).avoid_time_wait = True
    world.server.configure(listener)
    world.client.connect("tcp", LOCALHOST, world.server.port_of(listener), False)
    world.server.close(world.until(world.server, Connected)[0].socket)
    world.until(world.client, ConnectResult)
    world.until(world.client, Disconnected)
    assert "reset" in world.heard[id(world.client)][-1].reason


# ------------------------------------------------------------------- floods of clients


def test_clients_in_their_handshake_do_not_make_a_server_full(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 1, False)
    port = world.server.port_of(listener)
    for _ in range(3):
        world.client.connect("tcp", LOCALHOST, port, True)
    world.until(world.client, Received, 3)
    world.client.connect("tcp", LOCALHOST, port, False)
    assert world.until(world.server, Connected)


def test_of_two_that_arrive_together_at_the_last_place_one_gets_it(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 1, False)
    for _ in range(2):
        world.client.connect("tcp", LOCALHOST, world.server.port_of(listener), False)
    results = world.until(world.client, ConnectResult, 2)
    assert sorted(result.succeeded for result in results) == [False, True]
    assert len(world.until(world.server, Connected)) == 1


def test_what_a_client_sends_with_its_signature_goes_with_it_when_the_server_is_full(backend: SelectorBackend) -> None:
    port = backend.port_of(backend.listen("tcp", LOCALHOST, 0, 1, False))
    with clients(port, 2) as both:
        while len(backend.board.sockets) < 3:
            backend.poll(1)
        for client in both:
            client.sendall(SIGNATURE + frame(b"hello"))
        heard: list[Any] = []
        while len(backend.board.sockets) > 2:
            heard += singly(backend.poll(1))
        heard += singly(backend.poll(0))
    assert [type(message) for message in heard] == [Connected, Received]


def test_in_a_flood_of_handshakes_the_oldest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(switchboard, "MAX_ARRIVING", 4)
    backend = MemoryBackend()
    listener = backend.listen("tcp", LOCALHOST, 6510, 8, False)
    silent = [backend.connect("tcp", LOCALHOST, 6510, True) for _ in range(6)]
    heard = [message for _ in range(4) for message in backend.poll(0)]
    assert [message.socket for message in heard if isinstance(message, Disconnected)] == silent[:2]
    assert not any(isinstance(message, Connected) for message in heard)
    assert len(backend.board.sockets[listener].arriving) == 4


def test_the_number_of_a_client_that_never_arrived_is_free_at_once() -> None:
    backend = MemoryBackend(limits=NetworkLimits(sockets=3))
    backend.listen("tcp", LOCALHOST, 6510, 8, False)
    flooder = MemoryBackend(backend.network)
    for _ in range(10):
        flooder.connect("tcp", LOCALHOST, 6510, True)
        flooder.poll(0)
        backend.poll(0)
    assert len(backend.board.sockets) == 3
    flooder.connect("tcp", LOCALHOST, 6510, False)
    assert any(isinstance(m, Connected) for _ in range(5) for m in (*flooder.poll(0), *backend.poll(0)))


def test_two_clients_that_come_at_the_same_moment_with_the_same_number() -> None:
    backend = MemoryBackend()
    listener = backend.listen("tcp", LOCALHOST, 6510, 8, False)
    silent = MemoryBackend(backend.network)
    arrived = []
    for _ in range(3):
        number = silent.connect("tcp", LOCALHOST, 6510, True)
        silent.poll(0)
        backend.poll(0)
        arrived.append(backend.board.sockets.keys() - {listener})
        if len(arrived) < 3:
            silent.close(number)
            backend.poll(0)
    assert arrived == [{1}] * 3
    assert len(backend.board.handshakes.deadlines) == 3
    assert len({deadline for deadline, _, _ in backend.board.handshakes.deadlines}) == 1
    backend.network.advance(60)
    backend.poll(0)
    assert backend.board.sockets.keys() == {listener}
    assert any(isinstance(message, Disconnected) for message in silent.poll(0))


def test_accepting_leaves_room_for_those_who_are_there(backend: SelectorBackend) -> None:
    port = backend.port_of(backend.listen("tcp", LOCALHOST, 0, 1000, True))
    with clients(port, 1) as (early,):
        until(backend, Connected)
        with clients(port, 3 * ACCEPT_BATCH):
            early.sendall(b"hello")
            heard = list(singly(backend.poll(1)))
            assert sum(isinstance(message, Connected) for message in heard) == ACCEPT_BATCH
            assert any(isinstance(message, Received) for message in heard)
            assert len(until(backend, Connected, 2 * ACCEPT_BATCH)) == 2 * ACCEPT_BATCH


# -------------------------------------------------------------------- sending to many


class Counted(socket.socket):
    """A socket that counts the system calls that send."""

    calls: list[int]

    def accept(self) -> tuple[Any, Any]:
        plain, peer = super().accept()
        made = Counted(fileno=plain.detach())
        made.calls = []
        return made, peer

    def send(self, data: Any, *more: Any) -> int:
        self.calls.append(super().send(data, *more))
        return self.calls[-1]

    def sendmsg(self, pieces: Any, *more: Any) -> int:
        self.calls.append(super().sendmsg(pieces, *more))
        return self.calls[-1]


@pytest.mark.parametrize("count", [1, 2, 64, 65, 500])
def test_what_a_turn_sends_to_one_socket_leaves_in_one_call(count: int) -> None:
    backend = SelectorBackend(make_socket=Counted)
    port = backend.port_of(backend.listen("tcp", LOCALHOST, 0, 8, False))
    with clients(port, 1, SIGNATURE):
        there = until(backend, Connected)[0].socket
        calls = backend.board.sockets[there].transport.calls
        calls.clear()
        for number in range(count):
            backend.send(there, b"%04d" % number)
        backend.poll(0)
        assert calls == [16 * count]
    backend.close_all(0.1)


def test_pieces_of_all_sizes_keep_their_order(world: World) -> None:
    there, _ = world.connected()
    scale = 8 if isinstance(world.server, MemoryBackend) else 500
    payloads = [bytes([n % 256]) * (n * scale if n % 7 == 0 else n) for n in range(300)]
    for payload in payloads:
        assert world.server.send(there, payload) != FAILED
    assert [message.data for message in world.until(world.client, Received, 300)] == payloads


def test_a_packet_for_many_is_copied_and_framed_once() -> None:
    from gmlrun.values.buffers import Buffer

    rt = Runtime(Settings(), backend=MemoryBackend(), log=lambda line: None)
    sockets = rt.service(Sockets)
    sockets.listen(0, 6510, 99, False)
    for _ in range(20):
        sockets.connect(int(sockets.create(0)), LOCALHOST, 6510, False, False)
    for _ in range(6):
        sockets.poll(0)
    receivers = [number for number, entry in sockets.known.items() if rt.backend.board.sockets[number] and number > 20]
    assert len(receivers) == 20
    buffer = Buffer(0)
    buffer.data = bytearray(b"position")
    for content, size in ((b"position", 8), (b"Position", 8), (b"Position", 3)):
        buffer.data[:] = content
        assert {sockets.send(number, buffer, size) for number in receivers} == {size + 12}
        queues = [rt.backend.board.sockets[number].queue for number in receivers]
        assert queues[0][-1] == frame(content[:size])
        assert all(queue[-1] is queues[0][-1] for queue in queues)
    assert {sockets.send(number, buffer, 3, raw=True) for number in receivers} == {3}
    assert all(queue[-1] == b"Pos" for queue in queues)


# ------------------------------------------------------------------------ what each costs


UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@pytest.mark.parametrize(("type_", "raw", "greeting"), [(TCP, False, SIGNATURE), (WS, True, UPGRADE)])
def test_an_idle_connection_takes_less_than_8_kib(type_: int, raw: bool, greeting: bytes) -> None:
    count = 300
    rt = Runtime(Settings(bind=LOCALHOST, map_port={6510: 0}), log=lambda line: None)
    sockets = rt.service(Sockets)
    server = int(sockets.listen(type_, 6510, 1000, raw))
    with clients(rt.backend.port_of(server), count, greeting):
        gc.collect()
        tracemalloc.start()
        while len(sockets.known) < count + 1:
            sockets.poll(1)
            sockets.events.deliver()
        gc.collect()
        used = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
    sockets.close_all(0.1)
    assert used / count < 8 * 1024


def test_the_descriptor_limit_is_raised_and_a_shortage_told(monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = descriptors.raise_descriptor_limit()
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == allowed
    resource.setrlimit(resource.RLIMIT_NOFILE, before)
    monkeypatch.setattr(descriptors, "raise_descriptor_limit", lambda: 1024)
    assert descriptors.shortage(900) == ""
    assert "allows 992" in descriptors.shortage(2000)


SERVER = """
server = network_create_server(network_socket_tcp, 6510, {count});
left = 0;

event async_network {{
    switch (async_load[? "type"]) {{
        case network_type_data:
            network_send_packet(async_load[? "id"], async_load[? "buffer"], async_load[? "size"]);
            break;
        case network_type_disconnect:
            if (++left == {count}) {{
                game_end();
            }}
            break;
    }}
}}
"""


@contextmanager
def serving(tmp_path: Path, environment: dict[str, str], count: int, limits: str) -> Iterator[Any]:
    """An echo server in a process with limits of its own; it ends after that many clients."""
    program = tmp_path / "server.gml"
    program.write_text(SERVER.format(count=count), encoding="utf-8")
    words = ["-m", "gmlrun", str(program), "--bind=127.0.0.1", "--map-port=6510=0"]
    command = ["sh", "-c", f'{limits}; exec "$0" "$@"', sys.executable, *words]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def port_of(process: Any) -> tuple[int, str]:
    """The port that a server listens on, and what it has said before."""
    said = ""
    while True:
        line = process.stderr.readline()
        found = re.search(r"listening tcp .*:(\d+)$", line)
        if found:
            return int(found[1]), said
        assert line, said
        said += line


def test_two_thousand_clients(tmp_path: Path, environment: dict[str, str]) -> None:
    count = 2000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < count + 100:
        pytest.skip(f"the system allows {hard} open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with serving(tmp_path, environment, count, "ulimit -Sn 128") as process:
            port, said = port_of(process)
            assert said == ""
            with clients(port, count, SIGNATURE + frame(b"hello")) as connected:
                for client in connected:
                    assert read(client, 47).endswith(frame(b"hello"))
            assert process.wait(timeout=30) == 0
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_clients_leave_descriptors_to_files_and_modules(
    backend: SelectorBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accepting, "PAUSE", 0.05)
    with ExitStack() as files:
        kept = [files.enter_context(open(os.devnull)) for _ in range(100)]
        highest = max(file.fileno() for file in kept)
        monkeypatch.setattr(accepting, "last_for_clients", lambda: highest)
        port = backend.port_of(backend.listen("tcp", LOCALHOST, 0, 100, False))
        with clients(port, 3, SIGNATURE):
            for _ in range(5):
                assert [m for m in backend.poll(0.1) if isinstance(m, Connected)] == []
            for file in kept[-10:]:
                file.close()
            assert len(until(backend, Connected, 3)) == 3


@pytest.mark.skipif(os.name != "posix", reason="needs ulimit")
def test_when_there_are_too_few_descriptors_clients_wait(tmp_path: Path, environment: dict[str, str]) -> None:
    with serving(tmp_path, environment, 100, "ulimit -n 60") as process:
        port, said = port_of(process)
        assert "the system allows 28" in said
        with clients(port, 80, SIGNATURE + frame(b"hello")) as connected:
            for _ in range(80):
                client = connected.pop(0)
                assert read(client, 47).endswith(frame(b"hello"))
                client.close()
        process.kill()
        assert process.stderr.read().count("no more file descriptors") == 1
