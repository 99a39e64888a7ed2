"""Whatever a peer sends: protocols never raise, never hold more than their limit, and a running server goes on serving.

The protocols get byte streams that hypothesis makes up; running servers get peers that misbehave at random,
from seeds, over real sockets. What was found once is a file in tests/fixtures/peers.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import re
import signal
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from gmlrun.net.backend import NetworkLimits
from gmlrun.net.protocol import MODULES, Closed, Opened, Packets, StreamProtocol, protocols_of
from gmlrun.net.protocols.reliable import Reliable
from gmlrun.net.protocols.stream import ACKNOWLEDGEMENT, HEADER_SIZE, HELLO, ServerStream, frame, unframe
from tests.conftest import ROOT, Run
from tests.net.conftest import one_by_one
from tests.net.message_client import MessageClient

SIGNATURE = struct.pack("<IIIi", 0xCAFEBABE, 0xDEADB00B, 16, 7)
LOCALHOST = "127.0.0.1"
LIMIT = 512
UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


def fixture_cases() -> dict[str, list[bytes]]:
    """The pieces that each peer of tests/fixtures/peers sends."""
    paths = sorted((ROOT / "tests" / "fixtures" / "peers").glob("*.txt"))
    lines = {path.stem: [line.partition("#")[0] for line in path.read_text().splitlines()] for path in paths}
    return {name: [bytes.fromhex(line) for line in found if line.strip()] for name, found in lines.items()}


CASES = fixture_cases()


# ------------------------------------------------------------------ the protocols


class Certificates(NamedTuple):
    """Files (PEM) with what a server shows, and with the authority that has signed it."""

    authority: Path
    server: Path


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    folder, authority = tmp_path_factory.mktemp("certificates"), trustme.CA()
    files = Certificates(folder / "authority.pem", folder / "server.pem")
    authority.cert_pem.write_to_path(files.authority)
    authority.issue_cert(LOCALHOST).private_key_and_cert_chain_pem.write_to_path(files.server)
    return files


@pytest.fixture(scope="session")
def limits(certificates: Certificates) -> Iterator[NetworkLimits]:
    """Settings of backends that trust each other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(certificates.authority))
        yield NetworkLimits(tls_certificate=certificates.server)


class Side(NamedTuple):
    """One side of a connection of a kind."""

    kind: str
    is_server: bool
    raw: bool

    def make(self, limits: NetworkLimits) -> StreamProtocol:
        module = protocols_of(self.kind)
        made: StreamProtocol
        if self.is_server:
            made = module.server_protocols(self.raw, limits)()
        else:
            made = module.client_protocol(LOCALHOST, 6510, self.raw, limits).protocol
        return made

    def __str__(self) -> str:
        return f"{self.kind}{' raw' if self.raw else ''} {'server' if self.is_server else 'client'}"


SIDES = [Side(*each) for each in itertools.product(MODULES, (True, False), (False, True))]
of_each_side = pytest.mark.parametrize("side", SIDES, ids=str)
of_each_side_with_frames = pytest.mark.parametrize("side", [s for s in SIDES if s[::2] != ("tcp", True)], ids=str)
"""All but the raw streams of TCP, for which it does matter what is read at once."""

claims = st.integers(0, LIMIT + 40) | st.sampled_from([2**31 - 1, 2**31, 2**32 - 1, 2**32 - 12])
headers = st.builds(
    struct.Struct("<III").pack,
    st.sampled_from([0xDEADC0DE, 0xDEADC0DF]) | st.integers(0, 2**32 - 1),
    st.sampled_from([12, 0, 13, 2**32 - 1]),
    claims,
)
words = st.sampled_from([HELLO, SIGNATURE, ACKNOWLEDGEMENT, UPGRADE, b"\r\n\r\n"])


def websocket_frame(first: int, payload: bytes, mask: bytes) -> bytes:
    """A frame of RFC 6455; an empty mask means none."""
    size, bit = len(payload), 0x80 if mask else 0
    head = bytes((first, bit | size)) if size < 126 else bytes((first, bit | 126)) + size.to_bytes(2, "big")
    masked = bytes(byte ^ mask[n % 4] for n, byte in enumerate(payload)) if mask else payload
    return head + mask + masked


masks = st.sampled_from([b"", b"\1\2\3\4", b"\0\0\0\0"])
contents = words | headers | st.binary(max_size=LIMIT).map(frame) | st.binary(max_size=140) | st.just(b"\xc3\xa9\xff")
opcodes = st.sampled_from([0x80, 0x00, 0x81, 0x01, 0x82, 0x02, 0x88, 0x89, 0x8A, 0xC2, 0x83]) | st.integers(0, 255)
websocket_frames = st.builds(websocket_frame, opcodes, contents, masks) | st.builds(
    lambda first, second, rest: bytes((first, second)) + rest, st.integers(0, 255), st.integers(0, 255), st.binary()
)
units = words | headers | st.binary(max_size=40) | st.binary(max_size=LIMIT).map(frame) | websocket_frames
streams = st.lists(units, max_size=12).map(b"".join)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """A stream in pieces, none of them empty."""
    bounds = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in itertools.pairwise(bounds)]


def events_of(protocol: StreamProtocol, pieces: list[bytes], opened: bool = False) -> list[Any]:
    """What a protocol makes of a stream and its end; raises nothing, and keeps what its seam promises."""
    protocol.limit = LIMIT
    events = [] if opened else protocol.start()
    for piece in pieces:
        events += protocol.receive(piece)
        protocol.data_to_send()
    events += protocol.receive_eof()
    assert [type(event) for event in events].count(Opened) <= (0 if opened else 1)
    ends = [n for n, event in enumerate(events) if type(event) is Closed]
    assert ends in ([], [len(events) - 1]), "something follows the end"
    payloads = [payload for event in events if isinstance(event, Packets) for payload in event.payloads]
    assert all(event.payloads for event in events if isinstance(event, Packets)), "packets without one"
    assert all(len(payload) <= max(LIMIT, *map(len, pieces), 0) for payload in payloads)
    return one_by_one(events)


def pair(side: Side, limits: NetworkLimits) -> list[StreamProtocol]:
    """A side of a connection after the handshake, and the other one."""
    sides, opened = [each.make(limits) for each in (side, side._replace(is_server=not side.is_server))], 0
    events = [event for each in sides for event in each.start()]
    while opened < 2:
        opened += sum(type(event) is Opened for event in events)
        events = [event for each, other in (sides, sides[::-1]) for event in each.receive(taken(other))]
    return sides


def taken(protocol: StreamProtocol) -> bytes:
    return b"".join(protocol.data_to_send())


given_a_stream = given(data=streams, places=st.lists(st.integers(0, 10_000), max_size=12))
patient = settings(max_examples=60, deadline=None)


@of_each_side
@given_a_stream
@patient
def test_no_stream_makes_a_protocol_raise(limits: NetworkLimits, side: Side, data: bytes, places: list[int]) -> None:
    events_of(side.make(limits), cut(data, places))


@of_each_side
@given_a_stream
@patient
def test_no_stream_makes_an_open_connection_raise(
    limits: NetworkLimits, side: Side, data: bytes, places: list[int]
) -> None:
    events_of(pair(side, limits)[0], cut(data, places), opened=True)


@of_each_side_with_frames
@given_a_stream
@patient
def test_it_does_not_matter_how_a_stream_is_cut(
    limits: NetworkLimits, side: Side, data: bytes, places: list[int]
) -> None:
    pieces, whole = cut(data, places), cut(data, [])
    assert events_of(side.make(limits), pieces) == events_of(side.make(limits), whole)
    if side.kind != "wss":
        opened, other = pair(side, limits)[0], pair(side, limits)[0]
        assert events_of(opened, pieces, opened=True) == events_of(other, whole, opened=True)


@pytest.mark.parametrize("data", [b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01"])
def test_a_stranger_is_known_however_its_first_bytes_are_cut(data: bytes) -> None:
    whole = events_of(Side("tcp", True, False).make(NetworkLimits()), [data])
    assert "it speaks" in str(whole)
    for at in range(1, len(data)):
        assert events_of(Side("tcp", True, False).make(NetworkLimits()), cut(data, [at])) == whole


@given_a_stream
@patient
@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("is_server", [True, False])
def test_no_stream_inside_tls_makes_it_raise(
    limits: NetworkLimits, is_server: bool, raw: bool, data: bytes, places: list[int]
) -> None:
    """The peer shakes hands as it should, and then says anything, encrypted."""
    side, peer = pair(Side("wss", is_server, raw), limits)
    peer._tls.write(data or b"x")  # type: ignore[attr-defined]
    peer._encrypt()  # type: ignore[attr-defined]
    events_of(side, cut(taken(peer), places), opened=True)


@of_each_side
@pytest.mark.parametrize("case", CASES)
def test_no_known_case_makes_a_protocol_raise(limits: NetworkLimits, case: str, side: Side) -> None:
    events_of(side.make(limits), CASES[case])
    events_of(side.make(limits), [bytes((byte,)) for piece in CASES[case] for byte in piece])


@given(st.binary(max_size=64) | st.binary(max_size=64).map(frame) | headers)
def test_no_datagram_makes_the_framing_raise(datagram: bytes) -> None:
    assert len(unframe(datagram)) <= len(datagram)


numbers = st.integers(0, 2**32 - 1) | st.integers(0, 40)
reliable_datagrams = st.binary(max_size=30) | st.builds(
    lambda kind, stream, number, rest: struct.pack("<4sII", kind, stream, number) + rest,
    st.sampled_from([b"GMRD", b"GMRA"]),
    st.sampled_from([1, 2]),
    numbers,
    st.binary(max_size=8),
)


@given(st.lists(st.tuples(reliable_datagrams, st.integers(1, 3)), max_size=40))
def test_no_datagram_makes_reliable_udp_raise(datagrams: list[tuple[bytes, int]]) -> None:
    reliable = Reliable(lambda host, port, datagram: True, lambda: 0.0, 1 << 20, 1)
    reliable.send(LOCALHOST, 1, b"mine")
    for datagram, port in datagrams:
        reliable.receive(datagram, LOCALHOST, port)


def test_a_packet_that_trickles_in_takes_the_memory_of_its_bytes() -> None:
    server = ServerStream(1 << 20)
    server.receive(SIGNATURE + struct.pack("<III", 0xDEADC0DE, HEADER_SIZE, 1 << 20))
    tracemalloc.start()
    for _ in range(100_000):
        server.receive(b"x")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 200_000


# ------------------------------------------------------------------ running servers


PROGRAM = """
// Echoes every packet on servers of all kinds, and reads each as a careless game does.
network_set_config(network_config_connect_timeout, 2000);
network_create_server(network_socket_tcp, 6510, 5000);
network_create_server_raw(network_socket_tcp, 6511, 5000);
udp = network_create_server(network_socket_udp, 6512, 5000);
udp_raw = network_create_server_raw(network_socket_udp, 6513, 5000);
ws = network_create_server(network_socket_ws, 6514, 5000);
network_create_server_raw(network_socket_ws, 6515, 5000);
wss = network_create_server(network_socket_wss, 6516, 5000);

event async_network {
    if (async_load[? "type"] != network_type_data) exit;
    var data = async_load[? "buffer"], size = async_load[? "size"], from = async_load[? "id"];
    if (size > 0) {
        var text = buffer_read(data, buffer_string);
        text = string_upper(text) + string(string_length(text));
        buffer_seek(data, buffer_seek_start, 0);
        if (buffer_read(data, buffer_u8) == 0xEE) { var broken = undefined; broken.x = 1; }
    }
    switch (async_load[? "server"]) {
        case udp: network_send_udp(from, async_load[? "ip"], async_load[? "port"], data, size); break;
        case udp_raw: network_send_udp_raw(from, async_load[? "ip"], async_load[? "port"], data, size); break;
        case 0: case ws: case wss: network_send_packet(from, data, size); break;
        default: network_send_raw(from, data, size);
    }
}
"""
SERVERS = ("tcp", "tcp raw", "udp", "udp raw", "ws", "ws raw", "wss")
"""In the order in which the program makes them."""


class Server:
    """The program in a process of its own."""

    def __init__(self, folder: Path, certificates: Certificates, on_error: str) -> None:
        self.context = ssl.create_default_context(cafile=certificates.authority)
        path = folder / "server.gml"
        path.write_text(PROGRAM, encoding="utf-8")
        ports = [f"--map-port={6510 + n}=0" for n in range(len(SERVERS))]
        words = [sys.executable, "-m", "gmlrun", str(path), "--bind=127.0.0.1", f"--on-error={on_error}", *ports]
        words.append(f"--tls-cert={certificates.server}")
        self.errors = (folder / "errors.txt").open("w+")
        self.process = subprocess.Popen(words, stderr=self.errors, cwd=ROOT)
        self.streams: list[socket.socket] = []
        self.ports = dict(zip(SERVERS, self._listening(), strict=True))

    def said(self) -> str:
        """Everything on standard error so far."""
        self.errors.flush()
        return Path(self.errors.name).read_text(encoding="utf-8", errors="replace")

    def _listening(self) -> list[int]:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            found = re.findall(r"^gmlrun: listening .*:(\d+)$", self.said(), re.MULTILINE)
            if len(found) == len(SERVERS):
                return [int(port) for port in found]
            time.sleep(0.02)
        raise AssertionError(f"the server does not listen: {self.said()}")

    def stream(self, kind: str = "tcp") -> socket.socket:
        made = socket.create_connection((LOCALHOST, self.ports[kind]), timeout=20)
        self.streams.append(made)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def hang_up(self) -> None:
        """Closes the streams that are still open."""
        while self.streams:
            self.streams.pop().close()

    def memory(self) -> int:
        """Bytes of physical memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024  # type: ignore[index]

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def answers(self) -> bool:
        """Whether an honest client of each kind is served."""
        return all(HONEST[kind](self) for kind in SERVERS)

    def close(self) -> None:
        self.hang_up()
        self.process.kill()
        self.process.wait()
        self.errors.close()


def read(stream: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = stream.recv(size - len(data))
        assert piece, "the server has closed the connection"
        data += piece
    return data


def honest_packets(server: Server) -> bool:
    with server.stream("tcp") as stream:
        assert read(stream, len(HELLO)) == HELLO
        stream.sendall(SIGNATURE)
        assert read(stream, len(ACKNOWLEDGEMENT)) == ACKNOWLEDGEMENT
        stream.sendall(frame(b"honest"))
        return read(stream, len(frame(b"honest"))) == frame(b"honest")


def honest_stream(server: Server) -> bool:
    with server.stream("tcp raw") as stream:
        stream.sendall(b"honest")
        return read(stream, 6) == b"honest"


def honest_datagram(server: Server, kind: str, datagram: bytes) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mine:
        mine.settimeout(1)
        for _ in range(20):  # datagrams may get lost, above all after a flood of them
            mine.sendto(datagram, (LOCALHOST, server.ports[kind]))
            with contextlib.suppress(TimeoutError):
                return mine.recv(65536) == datagram
    return False


def honest_messages(server: Server, kind: str) -> bool:
    context = server.context if kind == "wss" else None
    with MessageClient(f"{kind[:3].strip()}://{LOCALHOST}:{server.ports[kind]}/", context) as stream:
        if kind != "ws raw":
            assert stream.recv() == HELLO
            stream.send(SIGNATURE)
            assert stream.recv() == ACKNOWLEDGEMENT
        stream.send(frame(b"honest"))
        return stream.recv() == frame(b"honest")


HONEST: dict[str, Callable[[Server], bool]] = {
    "tcp": honest_packets,
    "tcp raw": honest_stream,
    "udp": lambda server: honest_datagram(server, "udp", frame(b"honest")),
    "udp raw": lambda server: honest_datagram(server, "udp raw", b"honest"),
    "ws": lambda server: honest_messages(server, "ws"),
    "ws raw": lambda server: honest_messages(server, "ws raw"),
    "wss": lambda server: honest_messages(server, "wss"),
}


# ------------------------------------------------------------------------ bad peers


def garbage(rng: random.Random, most: int = 3000) -> bytes:
    return rng.randbytes(rng.randrange(1, most))


def packet(rng: random.Random) -> bytes:
    """A packet that is nearly always as it should be."""
    payload = rng.choice([b"", b"caf\xc3\xa9\0", b"\x80\xff\xc0\xaf", rng.randbytes(rng.randrange(200)), bytes(5000)])
    if rng.random() < 0.9:
        return frame(payload)
    return struct.pack("<III", rng.choice([0xDEADC0DE, 0xDEADC0DF]), rng.choice([12, 13]), rng.choice([0, 2**32 - 1]))


def session(rng: random.Random) -> bytes:
    """What a client says, with a bit of it turned now and then."""
    data = bytearray(SIGNATURE + b"".join(packet(rng) for _ in range(rng.randrange(6))))
    if rng.random() < 0.5:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data[: rng.randrange(1, len(data) + 1)])


def in_pieces(rng: random.Random, stream: socket.socket, data: bytes) -> None:
    for _ in range(rng.randrange(1, 6)):
        size = rng.randrange(len(data) + 1)
        stream.sendall(data[:size])
        data = data[size:]
    stream.sendall(data)


def leave(rng: random.Random, stream: socket.socket) -> None:
    """Goes away in one of the ways that there are."""
    way = rng.randrange(4)
    if way == 0:
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif way == 1:
        stream.shutdown(socket.SHUT_WR)
    elif way == 2:
        stream.settimeout(0.001)
        stream.recv(10)
    stream.close()


def stream_of(say: Callable[[random.Random], bytes], kind: str) -> Callable[[random.Random, Server], None]:
    """A peer that says something, in pieces, and leaves."""

    def attack(rng: random.Random, server: Server) -> None:
        stream = server.stream(kind)
        in_pieces(rng, stream, say(rng))
        leave(rng, stream)

    return attack


def messages(rng: random.Random) -> bytes:
    """What a WebSocket client says, with a bit of it turned now and then."""
    first = [SIGNATURE] if rng.random() < 0.8 else []
    said = [*first, *(packet(rng) for _ in range(rng.randrange(6)))]
    opcodes = [0x82, 0x82, 0x82, 0x81, 0x80, 0x02, 0x88, 0x89]
    frames = [
        websocket_frame(rng.choice(opcodes) if n else 0x82, word, rng.randbytes(4)) for n, word in enumerate(said)
    ]
    data = bytearray(UPGRADE + b"".join(frames))
    if rng.random() < 0.5:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data[: rng.randrange(1, len(data) + 1)])


def empty_messages(rng: random.Random) -> bytes:
    """Messages without a byte, each of which is no packet, and one with a packet."""
    empty = websocket_frame(0x82, b"", rng.randbytes(4)) * rng.randrange(1, 4)
    return UPGRADE + websocket_frame(0x82, SIGNATURE, b"1234") + empty + websocket_frame(0x82, frame(b"x"), b"1234")


def endless_headers(rng: random.Random) -> bytes:
    """A request that goes on and on."""
    return UPGRADE[:-2] + b"".join(b"X-%d: %s\r\n" % (n, b"x" * 2000) for n in range(200))


def endless_fragments(rng: random.Random) -> bytes:
    """A message in fragments, without an end, that grows over the limit."""
    first = websocket_frame(0x82, SIGNATURE, b"1234") + websocket_frame(0x02, bytes(60_000), b"1234")
    return UPGRADE + first + websocket_frame(0x00, bytes(60_000), b"1234") * 100


def encrypted(rng: random.Random, server: Server) -> None:
    """Says what a WebSocket client says, inside TLS, and breaks off at any moment."""
    stream = server.stream("wss")
    if rng.random() < 0.3:
        stream.sendall(rng.randbytes(50) if rng.random() < 0.5 else b"\x16\x03\x01\x40\x00\x01\x00")
    else:
        secret = server.context.wrap_socket(stream, server_hostname=LOCALHOST)
        server.streams.append(secret)
        in_pieces(rng, secret, messages(rng))
        if rng.random() < 0.3:  # without TLS's own goodbye
            stream = socket.socket(fileno=secret.detach())
            server.streams.append(stream)
        leave(rng, server.streams[-1])


def says_nothing(rng: random.Random, server: Server) -> None:
    for _ in range(20):
        leave(rng, server.stream("tcp"))


def never_reads(rng: random.Random, server: Server) -> None:
    """Wants megabytes of echoes and takes none."""
    stream = server.stream("tcp")
    stream.settimeout(0.2)
    stream.sendall(SIGNATURE)
    for _ in range(400):
        stream.sendall(frame(bytes(100_000)))
    leave(rng, stream)


def large_claims(rng: random.Random, server: Server) -> None:
    """Many clients that each begin the largest packet there may be."""
    streams = [server.stream("tcp") for _ in range(20)]
    for stream in streams:
        stream.sendall(SIGNATURE + struct.pack("<III", 0xDEADC0DE, 12, 4 << 20) + bytes(1000))
    for stream in streams:
        leave(rng, stream)


def urgent(rng: random.Random, server: Server) -> None:
    stream = server.stream("tcp")
    stream.sendall(SIGNATURE)
    stream.send(b"!", socket.MSG_OOB)
    leave(rng, stream)


def datagrams(rng: random.Random, server: Server) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mine:
        for _ in range(30):
            data = rng.choice(
                [b"", garbage(rng), packet(rng), packet(rng)[:-1], b"GMRD" + garbage(rng, 20), bytes(65507)]
            )
            mine.sendto(data, (LOCALHOST, server.ports[rng.choice(["udp", "udp raw"])]))


ATTACKS: dict[str, Callable[[random.Random, Server], None]] = {
    "garbage": stream_of(garbage, "tcp"),
    "garbage to a raw server": stream_of(garbage, "tcp raw"),
    "sessions": stream_of(session, "tcp"),
    "half a handshake": stream_of(lambda rng: SIGNATURE[: rng.randrange(1, 16)], "tcp"),
    "garbage to a WebSocket server": stream_of(garbage, "ws"),
    "messages": stream_of(messages, "ws"),
    "empty messages": stream_of(empty_messages, "ws"),
    "encrypted": encrypted,
    "raw messages": stream_of(messages, "ws raw"),
    "endless headers": stream_of(endless_headers, "ws"),
    "endless fragments": stream_of(endless_fragments, "ws"),
    "nothing": says_nothing,
    "never reads": never_reads,
    "large claims": large_claims,
    "urgent data": urgent,
    "datagrams": datagrams,
}
TIMES = {"never reads": 2, "large claims": 2, "endless fragments": 10, "endless headers": 10}
"""How often an attack is made, with a seed each; others often."""
GROWTH = 64 << 20
"""Bytes by which the server may have grown: the program's own, and what the allocator keeps."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, certificates: Certificates) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("fuzz"), certificates, "continue")
    assert made.answers()
    yield made
    made.close()


@contextlib.contextmanager
def unharmed(server: Server) -> Iterator[None]:
    """After the block the server is as it was: it answers, has no descriptors of those that left, and is no larger."""
    memory, descriptors = server.memory(), server.descriptors()
    yield
    assert server.answers()
    end = time.monotonic() + 20
    while server.descriptors() > descriptors and time.monotonic() < end:
        time.sleep(0.02)
    assert server.descriptors() <= descriptors
    assert server.memory() < memory + GROWTH
    assert server.process.poll() is None
    assert "Traceback" not in server.said()


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_server_outlives_bad_peers(server: Server, attack: str) -> None:
    with unharmed(server):
        for seed in range(TIMES.get(attack, 200)):
            with contextlib.suppress(OSError):  # the server may hang up on such a peer at any time
                ATTACKS[attack](random.Random(f"{attack} {seed}"), server)
            server.hang_up()


@pytest.mark.parametrize("kind", ["tcp", "tcp raw", "ws", "ws raw", "wss"])
def test_a_server_outlives_the_known_cases(server: Server, kind: str) -> None:
    with unharmed(server):
        for pieces in CASES.values():
            with contextlib.suppress(OSError), server.stream(kind) as stream:
                for piece in pieces:
                    stream.sendall(piece)


def test_an_error_in_an_event_is_reported_and_the_game_goes_on(server: Server) -> None:
    with unharmed(server), server.stream("tcp raw") as stream:
        stream.sendall(b"\xee")
        stream.sendall(b"\xee")
    assert "broken.x = 1" in server.said()


def test_an_error_in_an_event_ends_the_game_where_that_is_wanted(tmp_path: Path, certificates: Certificates) -> None:
    server = Server(tmp_path, certificates, "exit")
    try:
        with server.stream("tcp raw") as stream:
            stream.sendall(b"\xee")
            assert server.process.wait(20) == 1
        assert "Traceback" not in server.said()
    finally:
        server.close()


def test_a_server_ends_in_good_order_while_it_is_attacked(tmp_path: Path, certificates: Certificates) -> None:
    server = Server(tmp_path, certificates, "continue")
    try:
        streams = [server.stream("tcp") for _ in range(20)]
        for stream in streams:
            stream.sendall(SIGNATURE[: len(streams) % 17])
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(20) == 0
        assert "Traceback" not in server.said()
    finally:
        server.close()


# ------------------------------------------------------------------ running clients


CLIENT = """
// Connects again and again, until a server has an honest word.
network_set_config(network_config_connect_timeout, 500);
word = buffer_create(1, buffer_fixed, 1);
connected = false;
function connect() {
    connected = false;
    socket = network_create_socket(network_socket_tcp);
    network_connect_async(socket, "127.0.0.1", 6510);
}
connect();
event step {
    if (connected && network_send_packet(socket, word, 1) < 0) {
        network_destroy(socket);
        connect();
    }
}
event async_network {
    if (async_load[? "type"] == network_type_non_blocking_connect) {
        connected = async_load[? "succeeded"];
        if (!connected) {
            network_destroy(socket);
            connect();
        }
    } else if (buffer_read(async_load[? "buffer"], buffer_string) == "honest") {
        show_debug_message("honest");
        game_end();
    }
}
"""


def answer(rng: random.Random) -> bytes:
    """What a server says, with a bit of it turned now and then."""
    data = bytearray(HELLO + ACKNOWLEDGEMENT + b"".join(packet(rng) for _ in range(rng.randrange(6))))
    if rng.random() < 0.5:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data[: rng.randrange(1, len(data) + 1)])


def serve_badly(listener: socket.socket) -> None:
    """Misbehaves to many clients, then serves one."""
    for seed in range(100):
        rng = random.Random(f"server {seed}")
        stream, _ = listener.accept()
        with stream, contextlib.suppress(OSError):
            in_pieces(rng, stream, answer(rng))
            leave(rng, stream)
    with contextlib.suppress(OSError), listener.accept()[0] as stream:
        stream.sendall(HELLO + ACKNOWLEDGEMENT + frame(b"honest\0"))
        while stream.recv(1000):
            pass


def test_a_client_outlives_bad_servers(gmlrun: Run, tmp_path: Path) -> None:
    with socket.create_server((LOCALHOST, 0)) as listener:
        threading.Thread(target=serve_badly, args=(listener,), daemon=True).start()
        path = tmp_path / "client.gml"
        path.write_text(CLIENT.replace("6510", str(listener.getsockname()[1])), encoding="utf-8")
        done = gmlrun(path, "--fps=500")
    assert (done.stdout, done.returncode) == ("honest\n", 0)
    assert all(line.startswith("gmlrun: cannot connect to 127.0.0.1:") for line in done.stderr.splitlines())
