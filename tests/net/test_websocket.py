"""WebSockets: the protocol without sockets, judged by `websockets` itself, and both backends with it."""

from __future__ import annotations

import contextlib
import gc
import itertools
import socket
import struct
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from gmlrun.net.backend import FAILED, NetworkError, NetworkLimits
from gmlrun.net.messages import Connected, ConnectResult, Disconnected
from gmlrun.net.protocol import Closed, Event, Opened
from gmlrun.net.protocols.stream import ACKNOWLEDGEMENT, HELLO, frame
from gmlrun.net.protocols.websocket import (
    WHOLE_BINARY,
    WHOLE_TEXT,
    WebSocketStream,
    client_protocol,
    frame_head,
    packets,
    server_protocols,
    uri_of,
)
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.net.transports.selector import SelectorBackend
from tests.net.conftest import LOCALHOST, Packet, Received, World, one_by_one

SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 7)
MASK = bytes(4)
REQUEST = (
    b"GET /any/path?x=1 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def server_stream(raw: bool = True) -> WebSocketStream:
    made = server_protocols(raw, NetworkLimits())()
    assert isinstance(made, WebSocketStream)
    return made


def opened(raw: bool = True) -> WebSocketStream:
    """A server's side after the upgrade."""
    stream = server_stream(raw)
    assert stream.receive(REQUEST) == ([Opened()] if raw else [])
    stream.data_to_send()
    return stream


def masked(opcode: Opcode, data: bytes, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)


def sent_frames(stream: WebSocketStream) -> list[Frame]:
    """What a server's side has sent, as `websockets` reads it."""
    reader = ClientProtocol(parse_uri("ws://x/"), state=ServerProtocol().state.OPEN, max_size=None)
    for piece in stream.data_to_send():
        reader.receive_data(piece)
    return [event for event in reader.events_received() if isinstance(event, Frame)]


def close_code(stream: WebSocketStream) -> int:
    """The code that a server's side has ended the connection with."""
    last = sent_frames(stream)[-1]
    assert last.opcode is Opcode.CLOSE
    return int.from_bytes(bytes(last.data)[:2], "big")


# -------------------------------------------------------------- over both backends


@pytest.mark.parametrize("raw", [False, True])
def test_messages_both_ways(world: World, raw: bool) -> None:
    there, mine = world.connected(raw, "ws")
    assert [world.client.send(mine, p, raw) for p in (b"one", b"", b"three")] == [3, 0, 5]
    assert world.client.send(mine, "grün".encode(), True, True) == 5
    received = world.until(world.server, Received, 4)
    assert [(m.data, m.is_text) for m in received] == [
        (b"one", False), (b"", False), (b"three", False), ("grün".encode(), True),
    ]  # fmt: skip
    assert (received[0].socket, received[0].server >= 0) == (there, True)
    world.server.send(there, b"back", raw)
    answer = world.until(world.client, Received)[0]
    assert (answer.socket, answer.data, answer.server, answer.is_text) == (mine, b"back", -1, False)


@pytest.mark.parametrize("size", [125, 126, 65535, 65536])
def test_messages_of_each_length_of_header(world: World, size: int) -> None:
    if isinstance(world.server, MemoryBackend):
        size = min(size, 700)
    there, mine = world.connected(True, "ws")
    payload = bytes(range(256)) * (size // 256) + bytes(size % 256)
    world.client.send(mine, payload, True)
    world.server.send(there, payload, True)
    assert world.until(world.server, Received)[0].data == payload
    assert world.until(world.client, Received)[0].data == payload


def test_each_side_tells_the_other_that_it_leaves(world: World) -> None:
    there, mine = world.connected(False, "ws")
    world.client.send(mine, b"bye")
    world.client.close(mine)
    gone = world.until(world.server, Disconnected)[0]
    assert (gone.socket, "1000" in gone.reason) == (there, True)
    assert world.until(world.server, Received)[0].data == b"bye"


def test_a_server_that_closes_takes_its_clients_along(world: World) -> None:
    _, mine = world.connected(False, "ws")
    world.server.close(world.until(world.server, Connected)[0].server)
    gone = world.until(world.client, Disconnected)[0]
    assert (gone.socket, "1000" in gone.reason) == (mine, True)
    assert world.client.send(mine, b"x") == FAILED


@pytest.mark.parametrize(("client_raw", "server_kind"), [(False, "ws"), (False, "tcp"), (True, "tcp")])
def test_a_client_at_the_wrong_server(world: World, client_raw: bool, server_kind: str) -> None:
    listener = world.server.listen(server_kind, LOCALHOST, 0, 8, True)
    world.client.connect("ws", LOCALHOST, world.server.port_of(listener), client_raw)
    assert not world.until(world.client, ConnectResult)[0].succeeded


def test_a_full_server_refuses(world: World) -> None:
    listener = world.server.listen("ws", LOCALHOST, 0, 0, False)
    world.client.connect("ws", LOCALHOST, world.server.port_of(listener), False)
    assert not world.until(world.client, ConnectResult)[0].succeeded
    assert world.heard[id(world.server)] == []


def test_a_message_over_the_limit_ends_the_connection(world: World) -> None:
    there, mine = world.connected(True, "ws")
    world.server.options(there).message_limit = 10
    world.server.configure(there)
    world.client.send(mine, bytes(11), True)
    assert "limit" in world.until(world.server, Disconnected)[0].reason
    assert "1009" in world.until(world.client, Disconnected)[0].reason


def test_a_peer_that_pings_and_never_reads_does_not_hold_memory() -> None:
    backend = MemoryBackend(limits=NetworkLimits(send_queue=2_000))
    listener = backend.listen("ws", LOCALHOST, 0, 8, True)
    opening = backend.network.open(backend.port_of(listener))
    assert opening is not None
    pipe = opening[0]
    pipe.space = 200  # what it takes of the answers
    pipe.other.push(REQUEST)
    backend.poll(0)
    gone = []
    for _ in range(100):
        pipe.other.push(masked(Opcode.PING, bytes(100)))
        gone += [m for m in backend.poll(0) if isinstance(m, Disconnected)]
    assert len(gone) == 1


# -------------------------------------------------------------------- the protocol


@pytest.mark.parametrize("step", [1, 3, 65536])
def test_the_handshake_is_messages_before_the_first_packet(step: int) -> None:
    server = server_stream(raw=False)
    client = client_protocol("x", 80, False, NetworkLimits()).protocol
    client.start()
    heard: dict[int, list[Event]] = {id(client): [], id(server): []}
    for _ in range(4):
        for here, there in ((client, server), (server, client)):
            data = b"".join(here.data_to_send())
            for at in range(0, len(data), step):
                heard[id(there)] += there.receive(data[at : at + step])
    assert heard == {id(client): [Opened()], id(server): [Opened()]}
    assert one_by_one(server.receive(client.wrap(b"hi"))) == [Packet(b"hi", False)]


def test_each_step_of_the_handshake_is_one_binary_message() -> None:
    server = server_stream(raw=False)
    server.receive(REQUEST)
    response, hello = server.data_to_send()
    assert response.startswith(b"HTTP/1.1 101 ")
    assert hello == b"\x82\x12" + HELLO
    assert server.receive(masked(Opcode.BINARY, SIGNATURE)) == [Opened()]
    assert server.data_to_send() == [b"\x82\x0c" + ACKNOWLEDGEMENT]


def test_packets_glued_to_a_step_of_the_handshake() -> None:
    client = client_protocol("x", 80, False, NetworkLimits()).protocol
    client.start()
    server = ServerProtocol()
    server.receive_data(b"".join(client.data_to_send()))
    server.send_response(server.accept(server.events_received()[0]))
    server.send_binary(HELLO)
    server.send_binary(ACKNOWLEDGEMENT + frame(b"first") + frame(b"second"))
    assert one_by_one(client.receive(b"".join(server.data_to_send()))) == [
        Opened(), Packet(b"first", False), Packet(b"second", False),
    ]  # fmt: skip


@pytest.mark.parametrize("message", [b"", b"hello", SIGNATURE[:15], b"\0" + SIGNATURE, SIGNATURE + b"x" * 12])
def test_a_wrong_signature_ends_the_connection_without_an_event(message: bytes) -> None:
    server = opened(raw=False)
    assert [type(event) for event in server.receive(masked(Opcode.BINARY, message))] == [Closed]
    assert close_code(server) == 1008


MESSAGES = {
    "several packets": (frame(b"a") + frame(b"") + frame(b"ccc"), [b"a", b"", b"ccc"]),
    "no header": (b"plain", [b"plain"]),
    "a header of its own size only": (frame(b"abc")[:-1], [frame(b"abc")[:-1]]),
    "packet and rest": (frame(b"a") + b"rest", [b"a", b"rest"]),
    "packet and half a packet": (frame(b"a") + frame(b"bcd")[:14], [b"a", frame(b"bcd")[:14]]),
    "nothing": (b"", []),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_packets_in_a_message(name: str) -> None:
    message, found = MESSAGES[name]
    server = opened(raw=False)
    server.receive(masked(Opcode.BINARY, SIGNATURE))
    assert one_by_one(server.receive(masked(Opcode.BINARY, message))) == [Packet(payload, False) for payload in found]
    assert packets(message) == found


def test_an_empty_message_brings_no_packets() -> None:
    server = opened(raw=False)
    server.receive(masked(Opcode.BINARY, SIGNATURE))
    assert server.receive(masked(Opcode.BINARY, b"")) == []


def test_the_first_subprotocol_that_a_browser_offers_is_agreed_to() -> None:
    server = server_stream()
    server.receive(REQUEST[:-2] + b"Sec-WebSocket-Protocol: binary, other\r\n\r\n")
    assert b"Sec-WebSocket-Protocol: binary\r\n" in server.data_to_send()[0]


def test_a_client_asks_for_the_subprotocol_that_is_set() -> None:
    limits = NetworkLimits()
    limits.websocket_protocol = "binary, chat"
    client = client_protocol("x", 80, True, limits).protocol
    client.start()
    assert b"Sec-WebSocket-Protocol: binary, chat\r\n" in client.data_to_send()[0]
    limits.websocket_protocol = "bad\r\nX-Header: 1"
    with pytest.raises(NetworkError, match="no name of a WebSocket protocol"):
        client_protocol("x", 80, True, limits)


def test_compression_is_never_agreed_to() -> None:
    server = server_stream()
    server.receive(REQUEST[:-2] + b"Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
    assert b"Extensions" not in server.data_to_send()[0]


def test_text_that_is_no_text_is_sent_with_replacement_characters() -> None:
    server = opened()
    server.out.append(server.wrap(b"a\xffb", True, True))
    assert sent_frames(server)[0] == Frame(Opcode.TEXT, "a\ufffdb".encode())


def test_a_ping_is_answered_between_the_fragments_of_a_message() -> None:
    server = opened()
    stream = masked(Opcode.TEXT, b"gr\xc3", False) + masked(Opcode.PING, b"?") + masked(Opcode.CONT, b"\xbcn")
    assert one_by_one(server.receive(stream)) == [Packet("grün".encode(), True)]
    assert sent_frames(server) == [Frame(Opcode.PONG, b"?")]
    assert server.receive(masked(Opcode.PONG, b"unasked")) == []


FAULTS = {
    "unmasked": (Frame(Opcode.BINARY, b"x").serialize(mask=False), 1002),
    "reserved bit": (b"\xc2" + masked(Opcode.BINARY, b"x")[1:], 1002),
    "reserved opcode": (b"\x83" + masked(Opcode.BINARY, b"x")[1:], 1002),
    "fragmented ping": (b"\x09" + masked(Opcode.PING, b"x")[1:], 1002),
    "long ping": (b"\x89\xfe\x00\x7e" + MASK, 1002),
    "ping of exabytes": (b"\x89\xff" + b"\x7f" * 8 + MASK, 1002),
    "nothing to go on with": (masked(Opcode.CONT, b"x"), 1002),
    "message in a message": (masked(Opcode.TEXT, b"x", False) + masked(Opcode.TEXT, b"y"), 1002),
    "binary in a message": (masked(Opcode.TEXT, b"x", False) + masked(Opcode.BINARY, b"y"), 1002),
    "close code 1005": (masked(Opcode.CLOSE, struct.pack("!H", 1005)), 1002),
    "close of one byte": (masked(Opcode.CLOSE, b"\x03"), 1002),
    "close reason no UTF-8": (masked(Opcode.CLOSE, b"\x03\xe8\xff"), 1007),
    "text no UTF-8": (masked(Opcode.TEXT, b"\xc3\x28"), 1007),
    "text cut in a character": (masked(Opcode.TEXT, b"\xc3", False) + masked(Opcode.CONT, b""), 1007),
    "over the limit": (b"\x82\xfe\x00\x65" + MASK, 1009),
    "exabytes": (b"\x82\xff" + b"\xff" * 8 + MASK, 1009),
    "over the limit in sum": (masked(Opcode.TEXT, bytes(60), False) + b"\x80\xa9" + MASK, 1009),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("step", [1, 65536])
def test_a_fault_ends_the_connection_with_its_code(name: str, step: int) -> None:
    data, code = FAULTS[name]
    server = opened()
    server.limit = 100
    events = [event for at in range(0, len(data), step) for event in server.receive(data[at : at + step])]
    assert [type(event) for event in events] == [Closed]
    assert close_code(server) == code
    assert server.receive(masked(Opcode.BINARY, b"late")) == []
    assert server.receive_eof() == []


@pytest.mark.parametrize(("code", "text"), [(1000, "1000 (OK)"), (1001, "1001 (going away)"), (4242, "4242")])
def test_the_code_of_a_close_is_answered_and_told(code: int, text: str) -> None:
    server = opened()
    (closed,) = server.receive(masked(Opcode.CLOSE, struct.pack("!H", code)))
    assert isinstance(closed, Closed)
    assert text in closed.reason
    assert close_code(server) == code


def test_words_of_the_peer_do_nothing_to_a_terminal() -> None:
    (closed,) = opened().receive(masked(Opcode.CLOSE, b"\x03\xe8" + "\x1b[2Jbye\x9b".encode()))
    assert isinstance(closed, Closed)
    assert closed.reason.endswith("?[2Jbye?")


def test_the_header_of_a_packet_does_not_count_towards_the_limit() -> None:
    server = opened(False)
    server.receive(masked(Opcode.BINARY, SIGNATURE))
    server.limit = 200
    assert one_by_one(server.receive(masked(Opcode.BINARY, frame(bytes(200))))) == [Packet(bytes(200), False)]
    assert [type(event) for event in server.receive(masked(Opcode.BINARY, frame(bytes(201))))] == [Closed]


def test_headers_are_not_kept() -> None:
    request = REQUEST[:-2] + (b"a: " + b"b" * 1000 + b"\r\n") * 30 + b"\r\n"
    server_stream().receive(request)  # the first one loads what all of them share
    tracemalloc.start()
    server = server_stream()
    assert server.receive(request) == [Opened()]
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 16_384


def test_many_empty_fragments_take_no_memory() -> None:
    server = opened()
    server.receive(masked(Opcode.BINARY, b"a", False))
    for _ in range(1000):
        server.receive(masked(Opcode.CONT, b"", False))
    assert one_by_one(server.receive(masked(Opcode.CONT, b"z"))) == [Packet(b"az", False)]


payloads = st.binary(max_size=300) | st.binary(max_size=130).map(frame)
binaries = st.lists(payloads, min_size=1, max_size=3) | payloads.map(lambda payload: [payload])
texts = st.text(max_size=40).map(lambda text: [text.encode()[:5], text.encode()[5:]])
messages = st.tuples(st.just(Opcode.BINARY), binaries) | st.tuples(st.just(Opcode.TEXT), texts)


def read_by_websockets(stream: bytes) -> list[tuple[bytes, bool]]:
    """The messages of a stream, and which are text."""
    reference = ServerProtocol(state=ServerProtocol().state.OPEN, max_size=None)
    reference.receive_data(stream)
    found: list[tuple[bytes, bool]] = []
    for event in reference.events_received():
        assert isinstance(event, Frame)
        if event.opcode is Opcode.CONT:
            found[-1] = (found[-1][0] + bytes(event.data), found[-1][1])
        elif event.opcode is not Opcode.PING:
            found.append((bytes(event.data), event.opcode is Opcode.TEXT))
    return found


@pytest.mark.parametrize("raw", [True, False])
@given(said=st.lists(messages, max_size=8), pings=st.booleans(), sizes=st.lists(st.integers(1, 400), min_size=1))
@settings(deadline=None)
def test_messages_are_those_that_websockets_reads(
    raw: bool, said: list[tuple[Opcode, list[bytes]]], pings: bool, sizes: list[int]
) -> None:
    """The short ways for whole binary messages are no other than the long one."""
    stream = b""
    for opcode, parts in said:
        for n, part in enumerate(parts):
            stream += masked(Opcode.CONT if n else opcode, part, n == len(parts) - 1)
            stream += masked(Opcode.PING, b"p") if pings else b""
    wanted = []
    for message, is_text in read_by_websockets(stream):
        wanted += [Packet(p, is_text) for p in ([message] if raw or is_text else packets(message))]
    server, found = opened(raw), []
    if not raw:
        server.receive(masked(Opcode.BINARY, SIGNATURE))
    for size in itertools.cycle(sizes):
        if not stream:
            break
        found += one_by_one(server.receive(stream[:size]))
        stream = stream[size:]
    assert found == wanted


@given(st.integers(0, 70_000), st.booleans())
def test_the_head_that_is_kept_for_a_packet_is_that_of_wrap(size: int, raw: bool) -> None:
    server, payload = opened(raw), bytes(size)
    assert server.heads is not None
    for _ in range(2):  # made, then kept
        assert server.heads[size] + payload == server.wrap(payload)


@given(st.binary(max_size=200))
def test_a_packet_that_a_server_sends_is_what_websockets_would_send(payload: bytes) -> None:
    assert opened(False).wrap(payload) == Frame(Opcode.BINARY, frame(payload)).serialize(mask=False)


@given(st.integers(0, 70_000), st.booleans())
def test_what_a_server_sends_is_what_websockets_would_send(size: int, is_text: bool) -> None:
    payload = bytes(size)
    wanted = Frame(Opcode.TEXT if is_text else Opcode.BINARY, payload).serialize(mask=False)
    assert frame_head(WHOLE_TEXT if is_text else WHOLE_BINARY, size) + payload == wanted


# ----------------------------------------------------------------------- addresses


ADDRESSES = {
    ("example.org", 6510): "ws://example.org:6510/",
    ("example.org", 0): "ws://example.org:80/",
    ("example.org:99", 0): "ws://example.org:99/",
    ("example.org:99", 6510): "ws://example.org:6510/",
    ("ws://example.org/a/b?c=d&e", 0): "ws://example.org:80/a/b?c=d&e",
    ("WS://example.org:99/a", 0): "ws://example.org:99/a",
    ("wss://example.org", 0): "wss://example.org:443/",
    ("wss://example.org/x", 6510): "wss://example.org:6510/x",
    ("example.org/a b/ü", 1): "ws://example.org:1/a%20b/%C3%BC",
    ("::1", 6510): "ws://[::1]:6510/",
    ("ws://[::1]:99/x", 0): "ws://[::1]:99/x",
    ("ws://me:word@example.org", 0): "ws://me:word@example.org:80/",
    ("example.org?x=1", 0): "ws://example.org:80/?x=1",
}


@pytest.mark.parametrize(("given_", "wanted"), ADDRESSES.items(), ids=str)
def test_addresses(given_: tuple[str, int], wanted: str) -> None:
    assert uri_of(*given_) == parse_uri(wanted)


@pytest.mark.parametrize("url", ["", "ws://", "ws:///path", "http://example.org", "a:b", "a:99999", "x/#part", "[::1"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(NetworkError):
        uri_of(url, 0)


@given(st.text(), st.integers(0, 65535))
def test_no_address_makes_it_raise_anything_else(url: str, port: int) -> None:
    with contextlib.suppress(NetworkError):
        client_protocol(url, port, True, NetworkLimits()).protocol.start()


# ------------------------------------------------------------------ hand-made peers


class RawPeer:
    """A server that listens, and a plain socket at its port."""

    def __init__(self) -> None:
        self.backend = SelectorBackend(NetworkLimits(connect_timeout=0.3))
        self.heard: list[object] = []
        port = self.backend.port_of(self.backend.listen("ws", LOCALHOST, 0, 8, True))
        self.socket = socket.create_connection((LOCALHOST, port))
        self.socket.setblocking(False)

    def answer(self) -> bytes:
        """Everything that the server says until it ends the connection."""
        data = b""
        for _ in range(400):
            self.heard += self.backend.poll(0.01)
            try:
                piece = self.socket.recv(65536)
            except BlockingIOError:
                continue
            except ConnectionResetError:
                return data
            if not piece:
                return data
            data += piece
        raise AssertionError(f"the server goes on: {data!r}")


@pytest.fixture
def peer() -> Iterator[RawPeer]:
    made = RawPeer()
    yield made
    made.socket.close()
    made.backend.close_all(0.1)


REFUSALS = {  # and what the answer begins with, where every version of `websockets` gives the same
    "no upgrade": (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 426 "),
    "other method": (REQUEST.replace(b"GET", b"POST"), b""),
    "old HTTP": (REQUEST.replace(b"HTTP/1.1", b"HTTP/1.0"), b""),
    "old version": (REQUEST.replace(b"13", b"8"), b"HTTP/1.1 400 "),
    "bad key": (REQUEST.replace(b"dGhl", b"!!!!"), b"HTTP/1.1 400 "),
    "no key": (REQUEST.replace(b"Sec-WebSocket-Key", b"X-Key"), b"HTTP/1.1 400 "),
    "endless line": (b"GET /" + b"a" * 10_000, b""),
    "endless headers": (REQUEST[:-2] + b"a: b\r\n" * 200 + b"\r\n", b""),
    "large headers": (REQUEST[:-2] + (b"a: " + b"b" * 1000 + b"\r\n") * 100 + b"\r\n", b""),
    "no HTTP": (b"\x16\x03\x01\x02\x00\r\n", b""),
    "another game's hello": (SIGNATURE + b"\r\n\r\n", b""),
    "half a request": (REQUEST[:50], b""),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_bad_request_is_refused(peer: RawPeer, name: str) -> None:
    request, answer = REFUSALS[name]
    peer.socket.sendall(request)
    found = peer.answer()
    assert found.startswith(answer)
    assert b" 101 " not in found
    assert peer.heard == []


STATES = {"connected": b"", "half a request": REQUEST[:40], "opened": REQUEST, "in a frame": REQUEST + b"\x82\xff\0"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("reset", [False, True])
def test_a_peer_that_goes_away(peer: RawPeer, state: str, reset: bool) -> None:
    peer.socket.sendall(STATES[state])
    wanted: list[type] = []
    if REQUEST in STATES[state]:
        while not peer.heard:
            peer.heard += peer.backend.poll(0.01)
        wanted = [Connected, Disconnected]
    if reset:
        peer.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.socket.close()
    for _ in range(30):
        peer.heard += peer.backend.poll(0.01)
    assert [type(m) for m in peer.heard] == wanted
