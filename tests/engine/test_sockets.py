"""Sockets: messages of the network as events, and calls as what the network is asked to do."""

from __future__ import annotations

from typing import Any

import pytest

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.sockets import BLUETOOTH, CONNECT, DATA, DISCONNECT, FAILED, TCP, UDP, Sockets
from gmlrun.engine.world import World
from gmlrun.net.transports.memory import MemoryBackend, MemoryNetwork
from gmlrun.runtime import Runtime, Settings
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import Handles


class Game:
    """A game that notes the `async_load` of each of its networking events."""

    def __init__(self, network: MemoryNetwork, **settings: Any) -> None:
        self.logged: list[str] = []
        self.rt = Runtime(Settings(**settings), backend=MemoryBackend(network), log=self.logged.append)
        self.sockets = self.rt.service(Sockets)
        self.events = self.rt.service(AsyncEvents)
        self.seen: list[dict[str, Any]] = []
        world = self.rt.service(World)
        world.create(world.define_object("o", None, {(7, 68): self.note}))

    def note(self, other: Any, self_: Any) -> None:
        values = dict(self.events.load.data.values())
        if "buffer" in values:
            values["bytes"] = bytes(values["buffer"].data)
        self.seen.append(values)

    def turn(self) -> None:
        self.sockets.poll(0.0)
        self.events.deliver()


@pytest.fixture
def pair() -> tuple[Game, Game]:
    """A server and a client of it, connected; what happened until then is forgotten."""
    network = MemoryNetwork()
    server, client = Game(network), Game(network)
    server.sockets.listen(TCP, 6510, 4, raw=False)
    client.sockets.connect(int(client.sockets.create(TCP)), "localhost", 6510, raw=False, is_blocking=False)
    for _ in range(6):
        client.turn()
        server.turn()
    return server, client


def buffer(data: bytes) -> Buffer:
    made = Buffer(0)
    made.data = bytearray(data)
    return made


def test_the_events_of_connecting_carry_these_keys(pair: tuple[Game, Game]) -> None:
    server, client = pair
    assert [list(seen) for seen in server.seen] == [["type", "id", "ip", "port", "socket", "other_port"]]
    assert server.seen[0]["type"] == CONNECT
    assert server.seen[0]["id"] == 0.0
    assert server.seen[0]["socket"] == 1.0
    assert [list(seen) for seen in client.seen] == [["type", "id", "ip", "port", "socket", "succeeded"]]
    assert client.seen[0]["succeeded"] == 1.0


def test_data_comes_in_a_buffer_that_is_freed_afterwards(pair: tuple[Game, Game]) -> None:
    server, client = pair
    assert client.sockets.send(0, buffer(b"hello"), 4, raw=False) == 16.0
    client.turn()
    server.turn()
    seen = server.seen[-1]
    assert (seen["type"], seen["id"], seen["server"], seen["size"], seen["bytes"]) == (DATA, 1.0, 0.0, 4.0, b"hell")
    assert not seen["buffer"].live
    assert server.rt.service(Handles).all(Buffer) == []


def test_a_client_that_leaves_is_told_of_and_its_number_is_free(pair: tuple[Game, Game]) -> None:
    server, client = pair
    client.sockets.destroy(0)
    for _ in range(3):
        client.turn()
        server.turn()
    assert (server.seen[-1]["type"], server.seen[-1]["socket"]) == (DISCONNECT, 1.0)
    assert server.sockets.send(1, buffer(b"x"), 1, raw=False) == FAILED
    assert server.sockets.create(TCP) == 1.0


def test_the_end_of_its_server_is_no_event_for_a_client(pair: tuple[Game, Game]) -> None:
    server, client = pair
    server.sockets.destroy(0)
    for _ in range(3):
        server.turn()
        client.turn()
    assert len(client.seen) == 1
    assert not client.sockets.any_open
    assert client.sockets.send(0, buffer(b"x"), 1, raw=False) == FAILED


def test_a_packet_from_a_datagram_socket_is_refused_and_explained_once() -> None:
    game = Game(MemoryNetwork())
    number = game.sockets.create(UDP)
    assert [game.sockets.send(number, buffer(b"x"), 1) for _ in range(2)] == [FAILED, FAILED]
    assert [line for line in game.logged if "network_send_udp" in line] == game.logged
    assert len(game.logged) == 1
    assert game.sockets.send(float("nan"), buffer(b"x"), 1) == FAILED
    assert len(game.logged) == 1


def test_what_fails_returns_a_real() -> None:
    game = Game(MemoryNetwork())
    number = game.sockets.create(TCP)
    failed = [
        game.sockets.listen(BLUETOOTH, 6510, 4, raw=False),
        game.sockets.create(BLUETOOTH),
        game.sockets.connect(99, "localhost", 6510, raw=False, is_blocking=False),
        game.sockets.send(number, buffer(b"x"), 1),
        game.sockets.send(number, buffer(b"x"), -1),
        game.sockets.send_to(int(number), "localhost", 6510, buffer(b"x"), 1, raw=False),
    ]
    assert [(type(value), value) for value in failed] == [(float, FAILED)] * len(failed)


def test_a_sender_of_datagrams_is_told_of_by_the_socket_that_hears_it_now(pair: tuple[Game, Game]) -> None:
    server, client = pair
    sender = int(client.sockets.create(UDP))
    numbers = []
    for is_server in (True, False):
        number = int(server.sockets.listen(UDP, 6512, 4, True) if is_server else server.sockets.create(UDP, 6512))
        client.sockets.send_to(sender, "localhost", 6512, buffer(b"x"), 1, raw=True)
        for _ in range(3):
            client.turn()
            server.turn()
        server.sockets.destroy(number)
        numbers.append(number)
    told = [seen for seen in server.seen if seen["type"] == DATA]
    assert numbers[0] == numbers[1]
    assert [seen.get("server") for seen in told] == [float(numbers[0]), None]


def test_a_destroyed_socket_has_no_further_events(pair: tuple[Game, Game]) -> None:
    server, client = pair
    for _ in range(3):
        client.sockets.send(0, buffer(b"x"), 1, raw=False)
    client.turn()
    server.sockets.poll(0.0)
    server.sockets.destroy(1)
    server.events.deliver()
    assert [seen["type"] for seen in server.seen] == [CONNECT]
    assert server.rt.service(Handles).all(Buffer) == []


def test_ports_and_addresses_can_be_set_from_outside() -> None:
    game = Game(MemoryNetwork(), bind="127.0.0.1", map_port={6510: 7000})
    assert game.sockets.listen(TCP, 6510, 4, raw=False) == 0.0
    assert game.logged == ["listening tcp 127.0.0.1:7000"]


@pytest.mark.parametrize(
    ("type_", "port"), [(TCP, -1), (TCP, 65536), (UDP, -1), (UDP, 1 << 40), (BLUETOOTH, 6510), (99, 6510)]
)
def test_a_server_that_cannot_be_is_refused(type_: int, port: int) -> None:
    game = Game(MemoryNetwork())
    assert game.sockets.listen(type_, port, 4, raw=False) == FAILED
    assert len(game.logged) == 1


def test_a_blocking_connect_reads_other_sockets_meanwhile(pair: tuple[Game, Game]) -> None:
    server, client = pair
    client.sockets.send(0, buffer(b"x"), 1, raw=False)
    client.turn()
    own = int(server.sockets.create(TCP))
    assert server.sockets.connect(own, "localhost", 6510, raw=False, is_blocking=True) == 0.0
    server.events.deliver()
    assert [seen["type"] for seen in server.seen[1:]] == [DATA, CONNECT]


def test_what_waits_for_a_blocking_connect_has_a_limit() -> None:
    network = MemoryNetwork()
    server, client = Game(network, send_queue_limit=10_000), Game(network)
    server.sockets.listen(TCP, 6510, 4, raw=False)
    client.sockets.connect(int(client.sockets.create(TCP)), "localhost", 6510, raw=False, is_blocking=False)
    for _ in range(6):
        client.turn()
        server.turn()
    turns = iter(range(200))

    def is_over() -> bool:
        client.sockets.send(0, buffer(bytes(1000)), 1000)
        client.turn()
        return next(turns, None) is None

    server.sockets._wait_until(is_over)
    held = sum(len(payload) for waiting in server.events.queue for payload in waiting.payloads or ())
    assert 10_000 < held < 20_000
    for _ in range(200):
        server.turn()
    assert len([seen for seen in server.seen if seen["type"] == DATA]) == 201


def test_no_more_sockets_than_are_allowed() -> None:
    logged: list[str] = []
    rt = Runtime(Settings(bind="127.0.0.1", map_port={6510: 0}, max_sockets=2), log=logged.append)
    sockets = rt.service(Sockets)
    assert sockets.listen(UDP, 6510, 4, raw=False) == 0.0
    assert sockets.create(TCP) == 1.0
    logged.clear()
    assert [sockets.create(TCP), sockets.create(UDP), sockets.listen(TCP, 6510, 4, raw=False)] == [FAILED] * 3
    assert [line.rpartition(": ")[2] for line in logged] == [
        "2 sockets are open, which is the limit (see --max-sockets)"
    ] * 3
    sockets.destroy(1)
    assert sockets.create(UDP) == 1.0
    sockets.close_all(0.1)


def test_udp_sockets_that_are_bound_or_have_sent_keep_a_program_going() -> None:
    network = MemoryNetwork()
    game = Game(network)
    assert game.sockets.create(UDP) == 0.0
    assert not game.sockets.any_open
    assert game.sockets.send_to(0, "127.0.0.1", 7000, buffer(b"x"), 1, raw=False) == 13.0
    assert game.sockets.any_open
    game.sockets.destroy(0)
    assert not game.sockets.any_open
    game.sockets.create(UDP, 7000)
    assert game.sockets.any_open


def test_the_events_of_a_udp_server_tell_each_sender(pair: tuple[Game, Game]) -> None:
    server, client = pair
    assert server.sockets.listen(UDP, 6511, 4, raw=False) == 2.0
    server.seen.clear()
    for number, port in ((1, 7001), (2, 7002)):
        assert client.sockets.create(UDP, port) == number
    for number in (1, 2, 1):
        client.sockets.send_to(number, "127.0.0.1", 6511, buffer(b"x"), 1, raw=False)
    server.turn()
    assert [(seen["id"], seen["server"], seen["port"]) for seen in server.seen] == [
        (2.0, 2.0, 7001.0),
        (2.0, 2.0, 7002.0),
        (2.0, 2.0, 7001.0),
    ]
    assert set(server.seen[0]) - {"bytes"} == {"type", "id", "ip", "port", "other_port", "server", "buffer", "size"}
