"""The contract of a backend, kept by the one over real sockets and by the one in memory."""

from __future__ import annotations

import socket
import struct
import sys
import time
from types import SimpleNamespace

import pytest

from gmlrun.net.backend import FAILED, NetworkError
from gmlrun.net.messages import Connected, ConnectResult, Disconnected, Message
from gmlrun.net.protocol import MODULES, Destination, Event
from gmlrun.net.protocols.stream import RawStream
from gmlrun.net.transports.memory import RESET, MemoryBackend
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.net.transports.simulated import SimulatedBackend, SimulatedNetwork
from tests.net.conftest import LOCALHOST, MAKERS, Received, World, singly

SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)


def test_packets_both_ways_in_order_each_one_event(world: World) -> None:
    there, mine = world.connected()
    assert [world.client.send(mine, p) for p in (b"one", b"", b"three")] == [15, 12, 17]
    received = world.until(world.server, Received, 3)
    assert [m.data for m in received] == [b"one", b"", b"three"]
    assert (received[0].socket, received[0].server >= 0) == (there, True)
    world.server.send(there, b"back")
    answer = world.until(world.client, Received)[0]
    assert (answer.socket, answer.data, answer.server) == (mine, b"back", -1)


def test_what_is_held_waits_and_nothing_of_it_is_lost(world: World) -> None:
    there, mine = world.connected()
    listener = world.server.board.sockets[there].server_number
    world.server.hold(True)
    world.client.send(mine, b"one")
    world.client.send(mine, b"two")
    for _ in range(20):
        world.turn(0.001)
    assert not [m for m in world.heard[id(world.server)] if isinstance(m, Received)]
    world.client.connect("tcp", LOCALHOST, world.server.port_of(listener), False)
    assert len(world.until(world.server, Connected, 2)) == 2
    world.server.hold(False)
    assert [m.data for m in world.until(world.server, Received, 2)] == [b"one", b"two"]


def test_raw_bytes_arrive_as_they_are(world: World) -> None:
    there, mine = world.connected(raw=True)
    assert world.client.send(mine, b"abc", raw=True) == 3
    world.until(world.server, Received)
    world.turn()
    assert b"".join(m.data for m in world.until(world.server, Received)) == b"abc"
    assert there >= 0


def test_a_large_packet_goes_through_partial_writes_and_reads(world: World) -> None:
    _, mine = world.connected()
    payload = bytes(range(256)) * (40 if isinstance(world.server, MemoryBackend) else 4000)
    world.client.send(mine, payload)
    assert world.until(world.server, Received)[0].data == payload


def test_a_client_that_leaves(world: World) -> None:
    there, mine = world.connected()
    world.client.send(mine, b"bye")
    world.client.close(mine)
    assert not world.client.is_open(mine)
    gone = world.until(world.server, Disconnected)[0]
    assert gone.socket == there
    assert world.until(world.server, Received)[0].data == b"bye"


def test_the_number_of_a_client_that_left_is_not_reused_before_that_is_told(world: World) -> None:
    there, mine = world.connected()
    world.client.close(mine)
    world.until(world.server, Disconnected)
    assert world.server.send(there, b"late") == FAILED
    world.server.close(there)
    world.turn()
    assert not world.server.is_open(there)


def test_a_server_that_closes_a_client(world: World) -> None:
    there, mine = world.connected()
    world.server.send(there, b"last words")
    world.server.close(there)
    assert world.until(world.client, Received)[0].data == b"last words"
    assert world.until(world.client, Disconnected)[0].socket == mine
    assert world.client.send(mine, b"x") == FAILED


def test_a_server_that_closes_takes_its_clients_along(world: World) -> None:
    there, _ = world.connected()
    world.server.close(world.until(world.server, Connected)[0].server)
    assert not world.server.is_open(there)
    world.until(world.client, Disconnected)


def test_a_port_in_use(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 8, False)
    with pytest.raises(NetworkError, match="in use"):
        world.client.listen("tcp", LOCALHOST, world.server.port_of(listener), 8, False)


@pytest.mark.parametrize("port", [-1, 65536, 1 << 40])
def test_a_port_that_is_none(world: World, port: int) -> None:
    with pytest.raises(NetworkError):
        world.server.listen("tcp", LOCALHOST, port, 8, False)


def test_a_refused_connection(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 8, False)
    port = world.server.port_of(listener)
    world.server.close(listener)
    mine = world.client.connect("tcp", LOCALHOST, port, False)
    result = world.until(world.client, ConnectResult)[0]
    assert (result.socket, result.succeeded) == (mine, False)
    assert world.client.is_open(mine)


def test_a_non_raw_client_at_a_raw_server_times_out(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 8, True)
    world.client.connect("tcp", LOCALHOST, world.server.port_of(listener), False)
    assert not world.until(world.client, ConnectResult)[0].succeeded


def test_a_half_open_client_is_dropped_without_a_word(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 8, False)
    silent = world.client.connect("tcp", LOCALHOST, world.server.port_of(listener), True)
    world.until(world.client, Disconnected)
    assert world.heard[id(world.server)] == []
    assert silent >= 0


def test_a_full_server_refuses_without_a_word(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 0, False)
    world.client.connect("tcp", LOCALHOST, world.server.port_of(listener), False)
    assert not world.until(world.client, ConnectResult)[0].succeeded
    assert world.heard[id(world.server)] == []


def test_a_slow_reader_fills_its_own_queue_only(world: World) -> None:
    world.limits.send_queue = 10_000
    if isinstance(world.server, MemoryBackend):
        world.server.network.capacity = 5_000
    there, _ = world.connected()
    sent = 0
    while world.server.send(there, bytes(1_000)) != FAILED:
        sent += 1
        assert sent < 100_000
    assert sent >= 9
    assert world.server.counts().refused == 1
    assert len(world.until(world.client, Received, sent)) == sent
    assert world.server.send(there, b"room again") != FAILED


def test_a_packet_over_the_limit_ends_the_connection(world: World) -> None:
    there, mine = world.connected()
    world.server.options(there).message_limit = 10
    world.server.configure(there)
    world.client.send(mine, bytes(11))
    assert "limit" in world.until(world.server, Disconnected)[0].reason


def test_sending_to_nobody(world: World) -> None:
    assert world.server.send(99, b"x") == FAILED
    assert world.server.send(-1, b"x") == FAILED
    assert world.server.send(world.server.reserve("tcp"), b"x") == FAILED


def test_numbers_begin_at_0_and_are_reused(world: World) -> None:
    assert [world.server.reserve("tcp") for _ in range(3)] == [0, 1, 2]
    world.server.close(1)
    assert world.server.reserve("tcp") == 1
    world.server.close(77)


def test_a_reset_of_a_real_connection() -> None:
    server = SelectorBackend()
    port = server.port_of(server.listen("tcp", LOCALHOST, 0, 8, False))
    peer = socket.create_connection((LOCALHOST, port))
    peer.sendall(SIGNATURE)
    heard: list[Message] = []
    while not any(isinstance(m, Connected) for m in heard):
        heard += singly(server.poll(0.1))
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()
    while not any(isinstance(m, Disconnected) for m in heard):
        heard += singly(server.poll(0.1))
    assert [type(message) for message in heard] == [Connected, Disconnected]
    assert "reset" in heard[1].reason
    server.close_all(0.1)


def test_a_reset_of_a_connection_in_memory() -> None:
    world = World(MAKERS["memory"]())
    world.connected()
    listener = world.server.board.sockets[1]
    listener.transport.arrived.append(RESET)
    assert "reset" in world.until(world.server, Disconnected)[0].reason


def test_wake_ends_a_poll_that_waits() -> None:
    backend = SelectorBackend()
    backend.wake()
    start = time.monotonic()
    assert backend.poll(30) == []
    assert time.monotonic() - start < 20
    backend.close_all(0.1)


def test_a_host_name_is_looked_up(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 8, False)
    world.client.connect("tcp", "localhost", world.server.port_of(listener), False)
    assert world.until(world.client, ConnectResult)[0].succeeded


def test_a_host_name_that_nobody_knows() -> None:
    backend = SelectorBackend()
    backend.connect("tcp", "no.such.host.invalid", 80, False)
    heard: list[Message] = []
    while not heard:
        heard += singly(backend.poll(1))
    assert isinstance(heard[0], ConnectResult)
    assert not heard[0].succeeded
    backend.close_all(0.1)


class LastWords(RawStream):
    """A protocol that ends the connection at the first byte, and says why."""

    def receive(self, data: bytes) -> list[Event]:
        self.out.append(b"not like this")
        return self._end("the peer was rude")


def test_a_connection_goes_where_it_is_led(world: World) -> None:
    listener = world.server.listen("tcp", LOCALHOST, 0, 8, False)
    port = world.server.port_of(listener)
    world.limits.redirect = lambda host, wanted: (LOCALHOST, port if wanted == 7 else wanted)
    world.client.connect("tcp", "game.example", 7, False)
    assert world.until(world.client, ConnectResult)[0].port == port
    assert world.until(world.server, Connected)


def test_a_connection_on_a_simulated_network_goes_where_it_is_led() -> None:
    backend = SimulatedBackend(SimulatedNetwork(), "game")
    backend.limits.redirect = lambda host, wanted: (LOCALHOST, 8)
    backend.connect("tcp", "game.example", 7, False)
    assert [found.peer for found in backend.facts()] == [f"{LOCALHOST}:8"]


@pytest.fixture
def rude(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets of type `ws` end with last words at the server."""
    module = SimpleNamespace(
        server_protocols=lambda raw, limits: LastWords,
        client_protocol=lambda url, port, raw, limits: Destination(url, port, RawStream()),
    )
    monkeypatch.setitem(sys.modules, "last_words", module)
    monkeypatch.setitem(MODULES, "ws", "last_words")


@pytest.mark.usefixtures("rude")
def test_a_protocol_that_ends_a_connection_is_heard_out(world: World) -> None:
    listener = world.server.listen("ws", LOCALHOST, 0, 8, True)
    mine = world.client.connect("ws", LOCALHOST, world.server.port_of(listener), True)
    world.until(world.client, ConnectResult)
    world.client.send(mine, b"hey", raw=True)
    assert world.until(world.server, Disconnected)[0].reason == "the peer was rude"
    world.until(world.client, Disconnected)
    assert b"".join(m.data for m in world.heard[id(world.client)] if isinstance(m, Received)) == b"not like this"


def test_a_kind_of_socket_without_protocols_is_a_fault_of_this_side(world: World) -> None:
    with pytest.raises(NetworkError, match="type bluetooth"):
        world.server.reserve("bluetooth")


def test_a_connection_from_a_port_of_its_own(world: World) -> None:
    with socket.socket() as probe:
        probe.bind((LOCALHOST, 0))
        port = probe.getsockname()[1]
    mine = world.client.reserve("tcp", port)
    listener = world.server.listen("tcp", LOCALHOST, 0, 8, False)
    world.client.connect("tcp", LOCALHOST, world.server.port_of(listener), False, mine)
    assert world.until(world.server, Connected)[0].port == port
    with pytest.raises(NetworkError):
        world.client.reserve("tcp", 65536)


def test_a_port_of_its_own_that_is_taken() -> None:
    backend = SelectorBackend()
    port = backend.port_of(backend.listen("tcp", LOCALHOST, 0, 8, False))
    mine = backend.reserve("tcp", port)
    backend.connect("tcp", LOCALHOST, port, False, mine)
    while not (heard := backend.poll(1)):
        pass
    assert (heard[0].succeeded, heard[0].reason) == (False, "Address already in use")
    backend.close_all(0.1)


def test_a_server_of_both_families() -> None:
    backend = SelectorBackend()
    try:
        port = backend.port_of(backend.listen("tcp", "::", 0, 8, True))
    except NetworkError:
        pytest.skip("this machine has no IPv6")
    addresses = []
    for host in (LOCALHOST, "::1"):
        with socket.create_connection((host, port)):
            while not (heard := [m for m in backend.poll(1) if isinstance(m, Connected)]):
                pass
            addresses.append(heard[0].address)
    assert addresses == [LOCALHOST, "::1"]
    backend.close_all(0.1)
