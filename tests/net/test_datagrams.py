"""UDP, over real sockets and in memory: what is sent arrives whole, one message a datagram, with its sender."""

from __future__ import annotations

import ipaddress
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gmlrun.game import Game
from gmlrun.net.backend import FAILED, NetworkError, NetworkLimits
from gmlrun.net.protocols.stream import frame
from gmlrun.net.transports import udp
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.runtime import Settings
from tests.net.conftest import LOCALHOST, Received, World, singly

LARGEST = 65507
"""Bytes of the longest datagram of IPv4."""


@pytest.fixture
def send(world: World) -> Callable[..., int]:
    """Sends from the client's socket 0 to the server's socket 0, which a test has opened."""
    world.client.reserve("udp")
    return lambda payload, raw=False: world.client.send_to(0, LOCALHOST, world.server.port_of(0), payload, raw)


def serve(world: World, raw: bool = False) -> int:
    """Opens the server's socket 0; its port."""
    assert world.server.listen("udp", LOCALHOST, 0, 8, raw) == 0
    return int(world.server.port_of(0))


def received(world: World, count: int = 1) -> list[bytes]:
    """What the server has received, once it is that much."""
    return [message.data for message in world.until(world.server, Received, count)]


def test_a_datagram_and_its_answer(world: World, send: Any) -> None:
    serve(world)
    assert send(b"hello") == 17
    message = world.until(world.server, Received)[0]
    assert message == Received(0, b"hello", 0, LOCALHOST, world.client.port_of(0))
    assert world.server.send_to(0, message.address, message.port, b"hi") == 14
    assert world.until(world.client, Received)[0] == Received(0, b"hi", -1, LOCALHOST, world.server.port_of(0))


def test_a_raw_datagram_has_no_header_and_a_raw_server_removes_none(world: World, send: Any) -> None:
    serve(world, raw=True)
    assert send(b"plain", raw=True) == 5
    assert send(b"framed") == 18
    assert received(world, 2) == [b"plain", frame(b"framed")]


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"plain",
        frame(b"x")[:-1],
        frame(b"x") + b"more",
        frame(b"a") + frame(b"b"),
        struct.pack("<3I", 0xDEADC0DE, 12, 0xFFFFFFFF),
        struct.pack("<3I", 0xDEADC0DE, 13, 1) + b"x",
    ],
    ids=["empty", "no header", "too short", "too long", "two packets", "four gigabytes", "wrong header size"],
)
def test_a_datagram_without_a_header_of_its_own_is_delivered_as_it_is(world: World, send: Any, datagram: bytes) -> None:
    serve(world)
    assert send(datagram, raw=True) == len(datagram)
    assert received(world) == [datagram]


def test_an_empty_packet_is_a_message(world: World, send: Any) -> None:
    serve(world)
    assert send(b"") == 12
    assert received(world) == [b""]


def test_the_largest_datagram_arrives_whole_and_a_larger_one_is_refused(world: World, send: Any) -> None:
    serve(world, raw=True)
    payload = bytes(range(256)) * 255 + bytes(LARGEST - 256 * 255)
    assert send(payload, raw=True) == LARGEST
    assert received(world) == [payload]
    assert send(bytes(LARGEST + 1), raw=True) == FAILED
    assert send(bytes(LARGEST - 11)) == FAILED


def test_a_message_over_the_limit_is_dropped_and_counted(world: World, send: Any) -> None:
    serve(world)
    world.server.options(0).message_limit = 4
    world.server.configure(0)
    for payload in (b"large", b"four"):
        send(payload)
    assert received(world) == [b"four"]
    assert world.server.board.warnings.dropped == 1


def test_many_datagrams_each_are_one_message(world: World, send: Any) -> None:
    serve(world)
    for number in range(200):
        assert send(b"%d" % number) > 0
    assert sorted(received(world, 200)) == sorted(b"%d" % number for number in range(200))


def test_one_read_takes_a_bounded_number_of_datagrams() -> None:
    backend = SelectorBackend()
    port = backend.port_of(backend.listen("udp", LOCALHOST, 0, 8, False))
    sender = backend.reserve("udp")
    for _ in range(3 * udp.BATCH):
        backend.send_to(sender, LOCALHOST, port, b"x")
    counts = [len(backend.poll(1)) for _ in range(9)]
    assert (max(counts), sum(counts)) == (udp.BATCH, 3 * udp.BATCH)
    backend.close_all(0.1)


@pytest.mark.parametrize("port", [-1, 65536, 1 << 40])
def test_a_port_that_is_none(world: World, port: int) -> None:
    with pytest.raises(NetworkError):
        world.server.listen("udp", LOCALHOST, port, 8, False)
    with pytest.raises(NetworkError):
        world.server.reserve("udp", port)
    sender = world.server.reserve("udp")
    assert world.server.send_to(sender, LOCALHOST, port, b"x") == FAILED
    assert world.server.broadcast(sender, port, b"x") == FAILED


def test_a_port_is_taken_until_its_socket_is_closed(world: World) -> None:
    port = serve(world)
    with pytest.raises(NetworkError, match="in use"):
        world.server.listen("udp", LOCALHOST, port, 8, False)
    world.server.close(0)
    assert world.server.listen("udp", LOCALHOST, port, 8, False) == 0


def test_a_socket_that_is_bound_to_a_port_receives_there(world: World, send: Any) -> None:
    port = serve(world)
    world.server.close(0)
    assert world.server.reserve("udp", port) == 0
    assert world.server.port_of(0) == port
    send(b"hello")
    assert world.until(world.server, Received)[0].server == -1


def test_a_broadcast_reaches_a_socket_at_its_port(world: World, send: Any) -> None:
    port = serve(world)
    assert world.client.listen("udp", LOCALHOST, 0, 0, False) == 1
    assert world.client.broadcast(1, port, b"anybody?") == 20
    message = world.until(world.server, Received)[0]
    assert (message.data, message.port) == (b"anybody?", world.client.port_of(1))
    assert world.client.broadcast(1, port, bytes(LARGEST)) == FAILED


def test_sockets_that_send_no_datagrams(world: World) -> None:
    there, mine = world.connected()
    assert world.client.send_to(mine, LOCALHOST, 6510, b"x") == FAILED
    assert world.client.send_to(77, LOCALHOST, 6510, b"x") == FAILED
    assert world.client.broadcast(77, 6510, b"x") == FAILED
    assert world.client.broadcast(world.client.reserve("tcp"), 6510, b"x") == FAILED
    assert world.client.send(world.client.reserve("udp"), b"x") == FAILED
    assert there >= 0


def test_a_datagram_to_a_closed_port_harms_nobody(world: World, send: Any) -> None:
    port = serve(world)
    world.server.close(0)
    for _ in range(3):
        assert world.client.send_to(0, LOCALHOST, port, b"anybody there?") == 26
        world.turn()
    world.server.listen("udp", LOCALHOST, port, 8, False)
    send(b"now")
    assert received(world) == [b"now"]


def test_a_closed_socket_says_nothing_more(world: World, send: Any) -> None:
    serve(world)
    send(b"late")
    world.server.close(0)
    world.turn()
    assert world.heard[id(world.server)] == []


# ------------------------------------------------------------- addresses and names


@pytest.fixture
def backend() -> Any:
    made = SelectorBackend()
    yield made
    made.close_all(0.1)


def heard(backend: SelectorBackend, count: int = 1) -> list[Received]:
    """Messages, once there are that many."""
    found: list[Any] = []
    while len(found) < count:
        found += singly(backend.poll(1))
    return found


def test_a_name_is_looked_up_and_its_datagrams_follow(backend: SelectorBackend) -> None:
    port = backend.port_of(backend.listen("udp", LOCALHOST, 0, 8, False))
    sender = backend.reserve("udp")
    for number in range(3):
        assert backend.send_to(sender, "localhost", port, b"%d" % number) == 13
    assert [message.data for message in heard(backend, 3)] == [b"0", b"1", b"2"]
    assert backend.send_to(sender, "localhost", port, b"again") == 17
    assert heard(backend)[0].data == b"again"


@pytest.mark.parametrize("name", ["no.such.host.invalid", "not a name", "x" * 300, "\udcff", ""])
def test_a_name_that_nobody_knows_is_logged_and_then_refused(name: str) -> None:
    logged: list[str] = []
    backend = SelectorBackend(log=logged.append)
    sender = backend.reserve("udp")
    backend.send_to(sender, name, 6510, b"x")
    while not logged:
        assert backend.poll(0.1) == []
    assert backend.send_to(sender, name, 6510, b"x") == FAILED
    assert len(logged) == 1
    backend.close_all(0.1)


def test_a_name_that_is_known_too_late(backend: SelectorBackend) -> None:
    port = backend.port_of(backend.listen("udp", LOCALHOST, 0, 8, False))
    sender = backend.reserve("udp")
    backend.send_to(sender, "localhost", port, b"x")
    backend.close(sender)
    backend.poll(0.1)
    assert backend.poll(0.1) == []


def test_ipv6(backend: SelectorBackend) -> None:
    try:
        server = backend.listen("udp", "::", 0, 8, False)
        backend.listen("udp", "::1", 0, 8, False)
    except NetworkError:
        pytest.skip("this machine has no IPv6")
    port, sender = backend.port_of(server), backend.reserve("udp")
    assert backend.send_to(sender, "::1", port, b"six") == 15
    six = heard(backend)[0]
    assert (six.data, six.address) == (b"six", "::1")
    assert backend.send_to(server, six.address, six.port, b"answer") == 18
    assert heard(backend)[0].data == b"answer"
    assert backend.send_to(sender, LOCALHOST, port, b"four") == 16
    assert heard(backend)[0].address == LOCALHOST


def test_a_socket_of_one_address_reaches_its_own_family_only(backend: SelectorBackend) -> None:
    server = backend.listen("udp", LOCALHOST, 0, 8, False)
    assert backend.send_to(server, "::1", 6510, b"x") == FAILED


def test_what_the_system_does_not_take_now_waits_its_turn(backend: SelectorBackend) -> None:
    port = backend.port_of(backend.listen("udp", LOCALHOST, 0, 8, False))
    sender = backend.reserve("udp")
    transport = backend.board.sockets[sender].transports[socket.AF_INET]
    transport.system = Busy(transport.system)
    assert [backend.send_to(sender, LOCALHOST, port, b"%d" % number) for number in range(3)] == [13] * 3
    assert transport.queued == 39
    assert [message.data for message in heard(backend, 3)] == [b"0", b"1", b"2"]
    assert transport.queued == 0


def test_what_waits_is_bounded() -> None:
    backend = SelectorBackend(NetworkLimits(send_queue=100))
    sender = backend.reserve("udp")
    transport = backend.board.sockets[sender].transports[socket.AF_INET]
    transport.system = Busy(transport.system)
    sent = [backend.send_to(sender, LOCALHOST, 6510, bytes(38)) for _ in range(3)]
    assert sent == [50, 50, FAILED]
    backend.close_all(0.1)


class Busy:
    """A system socket that takes no datagram the first time that it is asked."""

    def __init__(self, system: socket.socket) -> None:
        self.system = system
        self.asked = False

    def sendto(self, datagram: bytes, address: Any) -> int:
        if not self.asked:
            self.asked = True
            raise BlockingIOError
        return self.system.sendto(datagram, address)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.system, name)


# --------------------------------------------------------------------- multicast


def test_multicast_comes_from_a_second_address() -> None:
    backend = MemoryBackend()
    port = backend.port_of(backend.listen("udp", LOCALHOST, 0, 8, False))
    sender = backend.reserve("udp")
    for number in (0, sender):
        backend.options(number).multicast = True
        backend.configure(number)
    backend.broadcast(sender, port, b"x")
    assert [message.address for message in backend.poll(0)] == [LOCALHOST, "::1"]
    backend.options(sender).multicast = False
    backend.configure(sender)
    backend.broadcast(sender, port, b"x")
    assert len(backend.poll(0)) == 1


def test_multicast_joins_and_leaves_every_link(backend: SelectorBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    sender = backend.reserve("udp")
    found = backend.board.sockets[sender]
    monkeypatch.setattr(udp, "broadcast_addresses", lambda bound: [])
    if found._transport(socket.AF_INET6) is None:
        pytest.skip("this machine has no IPv6")
    sent: list[Any] = []
    monkeypatch.setattr(udp.UdpTransport, "send", lambda self, datagram, address: sent.append(address) or True)
    for wanted, count in ((True, len(socket.if_nameindex())), (False, 0)):
        backend.options(sender).multicast = wanted
        backend.configure(sender)
        sent.clear()
        backend.broadcast(sender, 6510, b"x")
        assert [address[:2] for address in sent] == [("ff02::1", 6510)] * count


def test_without_ipv6_multicast_is_refused_in_words() -> None:
    logged: list[str] = []
    backend = SelectorBackend(log=logged.append)
    server = backend.listen("udp", LOCALHOST, 0, 8, False)
    backend.options(server).multicast = True
    backend.configure(server)
    assert "multicast needs IPv6" in logged[0]
    backend.close_all(0.1)


def test_the_broadcast_addresses_are_those_of_the_interfaces_that_a_socket_is_on() -> None:
    assert udp.broadcast_addresses(LOCALHOST) == ["127.255.255.255"]
    assert udp.broadcast_addresses("192.0.2.78") == []


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (["127.0.0.1/8"], ["127.255.255.255"]),
        (["127.0.0.1/8", "192.0.2.2/24"], ["192.0.2.255"]),
        (["127.0.0.1/8", "192.0.2.2/24", "198.51.100.7/24"], ["192.0.2.255", "198.51.100.255"]),
        (["127.0.0.1/8", "192.0.2.2/32"], ["127.255.255.255"]),
    ],
)
@pytest.mark.parametrize("bound", ["", "0.0.0.0"])
def test_a_broadcast_goes_to_loopback_only_where_there_is_nothing_else(
    own: list[str], expected: list[str], bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(udp, "own_addresses", lambda: iter([ipaddress.IPv4Interface(text) for text in own]))
    assert udp.broadcast_addresses(bound) == expected


@pytest.mark.parametrize(
    ("own", "payloads", "heard"),
    [
        (["127.0.0.1/8", "127.0.0.2/8"], [b"a", b"a"], 1),
        (["127.0.0.1/8", "127.0.0.2/8"], [b"a", b"b"], 2),
        (["127.0.0.1/8"], [b"a", b"a"], 2),
    ],
)
def test_a_broadcast_of_this_machine_is_heard_once(
    own: list[str], payloads: list[bytes], heard: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(udp, "own_addresses", lambda: iter([ipaddress.IPv4Interface(text) for text in own]))
    echoes = udp.Echoes(lambda: 1.0)
    told = [echoes.hears(payload, f"127.0.0.{number}", 5) for number, payload in enumerate(payloads, 1)]
    assert told.count(False) == heard


def test_the_same_datagram_again_is_no_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    own = [ipaddress.IPv4Interface(f"127.0.0.{number}/8") for number in (1, 2, 3)]
    monkeypatch.setattr(udp, "own_addresses", lambda: iter(own))
    clock = [1.0]
    echoes = udp.Echoes(lambda: clock[0])
    heard = []
    for _ in range(2):
        heard += [echoes.hears(b"again", f"127.0.0.{number}", 5) for number in (1, 2, 3)]
        clock[0] += 1.0
    assert heard == [False, True, True] * 2
    assert not echoes.hears(b"again", "127.0.0.1", 6)


MIXING = """
var server = network_create_server_raw(network_socket_udp, 6511, 4), sock = network_create_socket(network_socket_udp);
var buffer = buffer_create(4, buffer_fixed, 1);
repeat (2) {
    network_send_udp(sock, "127.0.0.1", 6511, buffer, 4);
    network_send_udp_raw(sock, "127.0.0.1", 6511, buffer, 4);
}
heard = 0;
event async_network { if (++heard == 4) game_end(); }
"""


def test_raw_and_regular_datagrams_on_one_socket_are_told_of_once(tmp_path: Path) -> None:
    (tmp_path / "game.gml").write_text(MIXING, encoding="utf-8")
    logged: list[str] = []
    settings = Settings(bind=LOCALHOST, map_port={6511: 0})
    assert Game.load([tmp_path / "game.gml"], settings, log=logged.append).run() == 0
    warnings = [line.split(",")[0] for line in logged if line.startswith("warning")]
    assert warnings == [
        "warning: socket 1: it sends both with network_send_udp",
        "warning: server 0: the peer sends with network_send_udp",
    ]
