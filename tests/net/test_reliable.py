"""Reliable datagrams: whatever the network loses or doubles, each datagram arrives once."""

from __future__ import annotations

import random
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.net.backend import FAILED, NetworkLimits
from gmlrun.net.protocols.reliable import MAX_STREAMS, PATIENCE, WINDOW, Reliable, Window
from gmlrun.net.protocols.stream import frame
from gmlrun.net.transports.memory import MemoryBackend, MemoryNetwork
from tests.net.conftest import LOCALHOST, Received, World, singly

SERVER, CLIENT = 6510, 7000


def reliable(backend: Any, socket: int, wanted: bool = True) -> None:
    backend.options(socket).reliable = wanted
    backend.configure(socket)


@pytest.fixture
def network() -> MemoryNetwork:
    return MemoryNetwork()


@pytest.fixture
def game(network: MemoryNetwork) -> MemoryBackend:
    """A server (socket 0) and a client (socket 1) with reliable UDP."""
    backend = MemoryBackend(network, NetworkLimits(send_queue=1 << 20))
    backend.listen("udp", LOCALHOST, SERVER, 8, False)
    backend.reserve("udp", CLIENT)
    reliable(backend, 0)
    reliable(backend, 1)
    return backend


def after(backend: MemoryBackend, seconds: float) -> list[bytes]:
    """What has been received when that much time has passed."""
    found: list[Any] = []
    for _ in range(int(seconds / 0.05)):
        found += singly(backend.poll(0))
        backend.network.advance(0.05)
    return [message.data for message in found]


def test_both_ways_between_backends(world: World) -> None:
    server = world.server.listen("udp", LOCALHOST, 0, 8, False)
    mine = world.client.reserve("udp")
    reliable(world.server, server)
    reliable(world.client, mine)
    assert world.client.send_to(mine, LOCALHOST, world.server.port_of(server), b"hello") == 17
    message = world.until(world.server, Received)[0]
    assert message.data == b"hello"
    world.server.send_to(server, message.address, message.port, b"hi")
    assert world.until(world.client, Received)[0].data == b"hi"
    while world.client.board.datagrams[mine].reliable.waiting:
        world.turn()


@pytest.mark.parametrize("host", ["localhost", LOCALHOST, "127.1", "::1", "0:0:0:0:0:0:0:1"])
def test_the_receiver_acknowledges_however_it_was_named(world: World, host: str) -> None:
    server = world.server.listen("udp", "", 0, 8, False)
    mine = world.client.reserve("udp")
    reliable(world.client, mine)
    assert world.client.send_to(mine, host, world.server.port_of(server), b"hello") == 17
    reliable(world.server, server)
    assert world.until(world.server, Received)[0].data == b"hello"
    board = world.client.board
    until = board.now() + PATIENCE / 2  # long before it is given up
    while board.datagrams[mine].reliable.waiting and board.now() < until:
        world.turn()
    assert board.datagrams[mine].reliable.waiting == 0


def test_the_header_on_the_wire(game: MemoryBackend, network: MemoryNetwork) -> None:
    sent: list[bytes] = []
    network.loses = lambda datagram: bool(sent.append(datagram))
    for _ in range(2):
        game.send_to(1, LOCALHOST, SERVER, b"hi")
    game.poll(0)
    stream = struct.unpack_from("<I", sent[0], 4)[0]
    data = [struct.pack("<4sII", b"GMRD", stream, number) + frame(b"hi") for number in (0, 1)]
    assert sent == [*data, *(struct.pack("<4sII", b"GMRA", stream, number) for number in (0, 1))]


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_whatever_is_lost_each_datagram_arrives_once(game: MemoryBackend, network: MemoryNetwork, share: float) -> None:
    chance = random.Random(1)
    network.loses = lambda datagram: chance.random() < share
    for number in range(100):
        assert game.send_to(1, LOCALHOST, SERVER, b"%d" % number) > 0
    assert sorted(after(game, PATIENCE)) == sorted(b"%d" % number for number in range(100))


def test_what_nobody_acknowledges_is_given_up(game: MemoryBackend, network: MemoryNetwork) -> None:
    network.loses = lambda datagram: True
    game.send_to(1, LOCALHOST, SERVER, b"x")
    found = game.board.datagrams[1]
    assert after(game, PATIENCE + 3) == []
    assert (found.reliable.waiting, found.reliable.next_due()) == (0, None)


def test_a_loop_that_sleeps_wakes_for_what_is_to_be_sent_again(game: MemoryBackend) -> None:
    assert game.board.next_deadline() is None
    game.send_to(1, LOCALHOST, SERVER, b"x")
    assert game.board.next_deadline() == 0.25
    game.poll(0)
    game.poll(0)
    assert game.board.next_deadline() is None


def test_what_waits_is_bounded(game: MemoryBackend, network: MemoryNetwork) -> None:
    network.loses = lambda datagram: True
    game.board.datagrams[1].reliable.limit = 1000
    taken = [game.send_to(1, LOCALHOST, SERVER, bytes(400)) for _ in range(4)]
    assert taken == [412, 412, FAILED, FAILED]
    assert len(after(game, PATIENCE + 3)) == 0
    assert game.send_to(1, LOCALHOST, SERVER, bytes(400)) == 412


def test_it_can_be_switched_off_again(game: MemoryBackend) -> None:
    for number in (0, 1):
        reliable(game, number, False)
    game.send_to(1, LOCALHOST, SERVER, b"plain")
    assert after(game, 1) == [b"plain"]
    assert game.board.next_deadline() is None


def test_a_peer_without_it_is_heard_as_it_is(game: MemoryBackend) -> None:
    reliable(game, 1, False)
    game.send_to(1, LOCALHOST, SERVER, b"plain")
    game.send_to(1, LOCALHOST, SERVER, b"GMR", raw=True)
    assert after(game, 1) == [b"plain", b"GMR"]


def test_a_broadcast_is_not_reliable(game: MemoryBackend) -> None:
    game.broadcast(1, SERVER, b"everybody")
    assert after(game, 1) == [b"everybody"]
    assert game.board.next_deadline() is None


def test_a_peer_that_starts_anew_is_heard(game: MemoryBackend) -> None:
    for _ in range(2):
        game.send_to(1, LOCALHOST, SERVER, b"first")
        assert after(game, 0.2) == [b"first"]
        game.close(1)
        game.reserve("udp", CLIENT)
        reliable(game, 1)


def test_streams_are_forgotten_when_there_are_too_many() -> None:
    sent: list[bytes] = []
    sender = Reliable(lambda host, port, datagram: sent.append(datagram) is None, lambda: 0.0, 1 << 30, 2**32 - 5)
    for port in range(3 * MAX_STREAMS):
        assert sender.send(LOCALHOST, port, b"x")
        sender.receive(b"GMRA" + sent.pop()[4:12], LOCALHOST, port)
    assert len(sender._streams) <= MAX_STREAMS
    assert sender.next_due() is None
    for stream in range(2 * MAX_STREAMS):
        assert sender.receive(struct.pack("<4sII", b"GMRD", stream, 7) + b"x", LOCALHOST, 1) == b"x"
    assert len(sender._heard) == MAX_STREAMS


@given(st.lists(st.integers(0, 2**31 - 2) | st.integers(0, 60), max_size=200))
def test_a_window_never_lets_a_number_through_twice(numbers: list[int]) -> None:
    window = Window()
    seen = [number for number in numbers if window.is_new(number)]
    assert len(seen) == len(set(seen))
    assert window.arrived < 1 << WINDOW


def test_a_stream_goes_on_after_its_last_number() -> None:
    window = Window()
    window.is_new(2**30)
    window.is_new(2**31)
    assert [window.is_new(number % 2**32) for number in range(2**32 - 2, 2**32 + 3)] == [True] * 5
    assert not window.is_new(2**32 - 1)


@given(st.permutations(range(64)))
def test_a_window_lets_every_number_through_once_in_any_order(numbers: list[int]) -> None:
    window = Window()
    assert all(window.is_new(number) for number in numbers)
    assert not any(window.is_new(number) for number in numbers)


@given(st.lists(st.sampled_from([b"GMRD", b"GMRA", b"GMR?", b""]).flatmap(lambda m: st.binary().map(m.__add__))))
def test_nothing_that_a_peer_sends_raises(datagrams: list[bytes]) -> None:
    receiver = Reliable(lambda host, port, datagram: True, lambda: 0.0, 1000, 0)
    receiver.send(LOCALHOST, 1, b"x")
    for datagram in datagrams:
        receiver.receive(datagram, LOCALHOST, 1)
