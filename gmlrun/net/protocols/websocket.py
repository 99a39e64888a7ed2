"""WebSocket without any socket: bytes go in, messages come out, and the other way round (RFC 6455).

The Sans-I/O layer of the `websockets` package makes and judges everything that is not a plain message. What
is cut here is the stream: where a frame ends, and the whole binary messages that nearly all traffic is. A
GameMaker connection shakes hands in messages as it does in a TCP stream, and each message holds packets.
Manual: Networking.
"""

from __future__ import annotations

import logging
import re
import struct
from collections.abc import Callable, Sequence
from urllib.parse import quote

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidURI
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import Protocol, State
from websockets.server import ServerProtocol
from websockets.typing import Origin, Subprotocol
from websockets.uri import WebSocketURI, parse_uri

from gmlrun.net.backend import NetworkError, NetworkLimits
from gmlrun.net.messages import NEW
from gmlrun.net.printable import printable
from gmlrun.net.protocol import (
    CLIENT_LIMIT,
    SERVER_LIMIT,
    Closed,
    Destination,
    Event,
    Heads,
    Opened,
    Packets,
    StreamProtocol,
    protocols_of,
)
from gmlrun.net.protocols.stream import (
    HEADER,
    HEADER_SIZE,
    NO_CLIENT,
    NO_SERVER,
    PACKET_MAGIC,
    ClientStream,
    PacketStream,
    ServerStream,
    frame,
)

try:
    from websockets.speedups import apply_mask
except ImportError:  # no compiled part for this platform
    from websockets.utils import apply_mask

END_OF_HEADERS = b"\r\n\r\n"
WHOLE_TEXT, WHOLE_BINARY, MASKED = 0x81, 0x82, 0x80
"""The first byte of a message in one frame; the bit of the second that says whether it is masked."""
LONGEST_HEADERS = 32768
"""Bytes of HTTP headers that a peer may send."""
CONTROL, LONGEST_CONTROL = 0x08, 125
LONGEST_SHORT = 125
"""Bytes: the payload of a frame whose size stands in its second byte."""
SHORT_HEADERS = [
    HEADER.pack(PACKET_MAGIC, HEADER_SIZE, max(0, size - HEADER_SIZE)) for size in range(LONGEST_SHORT + 1)
]
"""The header of a packet that fills a short message, by the size of the message."""
PREFIX = HEADER.pack(PACKET_MAGIC, HEADER_SIZE, 0)[:8]
"""The beginning of every packet's header."""
QUIET = logging.Logger("gmlrun.net.protocols.websocket", logging.CRITICAL + 1)
"""Takes what `websockets` logs: what a peer does wrong ends as a `Closed`, not on standard error."""
ADDRESS = re.compile(r"(?:(?P<scheme>wss?)://)?(?P<user>[^/?#]*@)?(?P<host>[^/?#]*)(?P<path>.*)", re.I | re.S)
HOST_AND_PORT = re.compile(r"(?P<host>\[[0-9a-fA-F:.%]*\]|[^\x00-\x20\x7f:\[\]]*)(?::(?P<port>[0-9]{1,5}))?")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
IN_PATH = "/?:@!$&'()*+,;=%~#[]"
DEFAULT_PORTS = {False: 80, True: 443}


class WebSocketStream:
    """One connection. `handshake` is GameMaker's, None on raw sockets."""

    def __init__(self, protocol: ServerProtocol | ClientProtocol, handshake: PacketStream | None, limit: int) -> None:
        self.limit = limit
        self.out: list[bytes] = []
        self.overhead = 0
        self.has_ping = True
        is_server = isinstance(protocol, ServerProtocol)
        self.shared_frames = "websocket" if is_server else ""
        self.heads: Heads | None = HEADS if is_server else None
        self._protocol: Protocol = protocol
        self._handshake = handshake
        self._has_packets = handshake is not None
        self._mask = MASKED if is_server else 0
        """The mask bit that the second byte of the peer's frames must have."""
        self._lead = 6 if self._mask else 2
        """Bytes of the head of a short frame from the peer."""
        self._tail: bytes | None = b""
        """The last bytes before the end of the HTTP headers; None behind them."""
        self._headers_left = LONGEST_HEADERS
        self._buffer = b""
        self._more = bytearray()
        """Bytes that came since the buffer was looked at, which happens again after `_missing` more."""
        self._missing = 0
        self._message: bytearray | None = None
        """The fragments of a message that is not complete."""
        self._is_text = False
        self._is_open = False
        """Whether both handshakes are over."""
        self._closed = False

    # ------------------------------------------------------------------ receiving

    def start(self) -> list[Event]:
        if isinstance(self._protocol, ClientProtocol):
            self._protocol.send_request(self._protocol.connect())
            self._collect()
        return []

    def receive(self, data: bytes) -> list[Event]:
        if self._is_open and not self._buffer and self._message is None:
            size = len(data) - self._lead
            if 0 <= size <= LONGEST_SHORT <= self.limit and data[0] == WHOLE_BINARY and data[1] == size | self._mask:
                payload = data[self._lead :]  # one read is one short packet, as nearly always
                if self._mask:
                    payload = apply_mask(payload, data[2:6])
                if not self._has_packets:
                    return [NEW(Packets, ([payload], False))]
                if payload.startswith(SHORT_HEADERS[size]):
                    return [NEW(Packets, ([payload[HEADER_SIZE:]], False))]
        events: list[Event] = []
        if self._tail is not None and not self._closed:
            data = self._upgrade(data, events)
        if data and not self._closed:
            self._receive_frames(data, events)
        if self._protocol.writes:
            self._collect()
        return events

    def ping(self) -> None:
        """See StreamProtocol."""
        if self._is_open and not self._closed:
            self._protocol.send_ping(b"")
            self._collect()

    def receive_eof(self) -> list[Event]:
        events: list[Event] = []
        self._end(events, "the peer closed the connection", by_peer=True)
        return events

    def _end(self, events: list[Event], reason: str, by_peer: bool = False) -> None:
        if not self._closed:
            self._closed, self._is_open = True, False
            events.append(Closed(printable(reason, "?"), by_peer))

    def _collect(self) -> None:
        """Takes what `websockets` wants to send; its empty piece stands for the end of the stream, which follows."""
        self.out += [piece for piece in self._protocol.data_to_send() if piece]

    def _upgrade(self, data: bytes, events: list[Event]) -> bytes:
        """Reads the HTTP headers and begins the conversation; returns what stands behind them."""
        before = self._tail or b""
        found = (before + data).find(END_OF_HEADERS)
        end = len(data) if found < 0 else found + len(END_OF_HEADERS) - len(before)
        self._tail = (before + data)[-len(END_OF_HEADERS) + 1 :] if found < 0 else None
        self._headers_left -= end
        if self._headers_left < 0:
            self._end(events, f"no WebSocket handshake: headers of more than {LONGEST_HEADERS} bytes")
            return b""
        protocol = self._protocol
        protocol.receive_data(data[:end])
        for event in protocol.events_received():
            if isinstance(event, Request) and isinstance(protocol, ServerProtocol):
                protocol.send_response(protocol.accept(event))
        if found >= 0 and protocol.state is State.CONNECTING and protocol.handshake_exc is None:
            protocol.receive_data(data[end:])  # what a server says that refuses
            protocol.receive_eof()
        if protocol.handshake_exc is not None:
            self._end(events, f"no WebSocket handshake: {protocol.handshake_exc}")
        elif protocol.state is State.OPEN:
            self._begin(events)
        return data[end:]

    def _begin(self, events: list[Event]) -> None:
        """The headers are exchanged, and forgotten: they may be long."""
        self._collect()
        self._protocol = Protocol(self._protocol.side, max_size=None, logger=QUIET)
        if self._handshake is None:
            self._is_open = True
            events.append(Opened())
        else:
            self._say(self._handshake)

    def _say(self, handshake: PacketStream) -> None:
        """Sends each step of GameMaker's handshake as one message."""
        for step in handshake.data_to_send():
            self._protocol.send_binary(step)

    def _receive_frames(self, data: bytes, events: list[Event]) -> None:
        """Takes all whole frames out of what has come."""
        if self._buffer:
            self._more += data
            self._missing -= len(data)
            if self._missing > 0:
                return
            data = b"".join((self._buffer, self._more))
            self._more.clear()
        at, end = self._receive_short(data, events), len(data)
        while end - at >= 2 and not self._closed:
            body, stop = extent(data, at, end)
            if body > end or self._is_refused(data[at], stop - body, events):
                self._missing = body - end
                break
            if stop > end:
                self._missing = stop - end
                break
            if data[at] == WHOLE_BINARY and self._message is None and data[at + 1] & MASKED == self._mask:
                payload = data[body:stop]
                self._receive_message(
                    apply_mask(payload, data[body - 4 : body]) if self._mask else payload, False, events
                )
            else:
                self._receive_frame(data[at:stop], events)
            at = stop
        self._buffer = b"" if self._closed else data[at:] if at else data

    def _receive_short(self, data: bytes, events: list[Event]) -> int:
        """Takes short packets from the beginning, which is nearly always all that has come; returns where they end."""
        at, end, mask, lead = 0, len(data), self._mask, self._lead
        payloads: list[bytes] = []
        if not self._is_open or self._message is not None or self.limit < LONGEST_SHORT:
            return 0
        while end - at > lead and data[at] == WHOLE_BINARY and (size := data[at + 1] ^ mask) <= LONGEST_SHORT:
            body = at + lead
            stop = body + size
            if stop > end:
                break
            payload = apply_mask(data[body:stop], data[at + 2 : body]) if mask else data[body:stop]
            if self._has_packets:
                if not payload.startswith(SHORT_HEADERS[size]):
                    break
                payload = payload[HEADER_SIZE:]
            payloads.append(payload)
            at = stop
        if payloads:
            events.append(NEW(Packets, (payloads, False)))
        return at

    def _is_refused(self, first: int, size: int, events: list[Event]) -> bool:
        """Whether a frame is too large to be waited for."""
        if first & CONTROL and size > LONGEST_CONTROL:
            self._fail(CloseCode.PROTOCOL_ERROR, "control frame too long", events)
        elif size + len(self._message or b"") > self.limit + (HEADER_SIZE if self._has_packets else 0):
            self._fail(CloseCode.MESSAGE_TOO_BIG, f"a message is over the limit of {self.limit} bytes", events)
        return self._closed

    def _fail(self, code: CloseCode, reason: str, events: list[Event]) -> None:
        """Ends the connection for a fault of the peer, and tells it which."""
        self._protocol.fail(code, reason)
        self._end(events, reason)

    def _receive_frame(self, frame: bytes, events: list[Event]) -> None:
        """Any frame that is whole."""
        self._protocol.receive_data(frame)
        for event in self._protocol.events_received():
            if isinstance(event, Frame):
                FRAMES.get(event.opcode, WebSocketStream._receive_fragment)(self, event, events)
        if self._protocol.parser_exc is not None:
            self._end(events, str(self._protocol.parser_exc))

    def _receive_fragment(self, frame: Frame, events: list[Event]) -> None:
        """A message, or a part of one."""
        if frame.opcode is not Opcode.CONT:
            self._message, self._is_text = bytearray(), frame.opcode is Opcode.TEXT
        message = self._message
        if message is None:
            return
        message += frame.data
        if not frame.fin:
            return
        self._message = None
        if self._is_text and not is_utf8(message):
            self._fail(CloseCode.INVALID_DATA, "a text message is not UTF-8", events)
        else:
            self._receive_message(bytes(message), self._is_text, events)

    def _receive_control(self, frame: Frame, events: list[Event]) -> None:
        """A ping, which `websockets` has answered, or a pong."""

    def _receive_close(self, frame: Frame, events: list[Event]) -> None:
        """The peer ends the connection; `websockets` has answered."""
        self._end(events, f"the peer closed the connection: {self._protocol.close_rcvd}", by_peer=True)

    def _receive_message(self, message: bytes, is_text: bool, events: list[Event]) -> None:
        """A whole message."""
        if self._handshake is not None:
            self._shake_hands(self._handshake, message, events)
        elif not self._has_packets or is_text:
            events.append(Packets([message], is_text))
        elif found := packets(message):
            events.append(Packets(found, False))

    def _shake_hands(self, handshake: PacketStream, message: bytes, events: list[Event]) -> None:
        """A step of GameMaker's handshake, one message each."""
        found = handshake.receive(message)
        opened = Opened() in found
        if (found and type(found[-1]) is Closed) or not (opened or handshake.out):
            self._fail(CloseCode.POLICY_VIOLATION, NO_CLIENT if self._mask else NO_SERVER, events)
            return
        self._say(handshake)
        if opened:
            self._handshake, self._is_open = None, True
            events += [event._replace(is_text=False) if isinstance(event, Packets) else event for event in found]

    # -------------------------------------------------------------------- sending

    def wrap(self, payload: bytes, raw: bool = False, is_text: bool = False) -> bytes:
        if is_text:
            payload = as_utf8(payload)
        if not raw:
            payload = frame(payload)
        if not self._mask:
            return Frame(Opcode.TEXT if is_text else Opcode.BINARY, payload).serialize(mask=True)
        return frame_head(WHOLE_TEXT if is_text else WHOLE_BINARY, len(payload)) + payload

    def close(self) -> None:
        if not self._closed and self._protocol.state is State.OPEN:
            self._protocol.send_close(CloseCode.NORMAL_CLOSURE)
            self._collect()
        self._closed, self._is_open = True, False

    def data_to_send(self) -> list[bytes]:
        out, self.out = self.out, []
        return out


FRAMES: dict[Opcode, Callable[[WebSocketStream, Frame, list[Event]], None]] = {
    Opcode.PING: WebSocketStream._receive_control,
    Opcode.PONG: WebSocketStream._receive_control,
    Opcode.CLOSE: WebSocketStream._receive_close,
}
"""Who takes the frames that are not part of a message."""


def extent(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the payload of the frame at `at` begins and ends; the first is beyond `end` until that is known."""
    second = data[at + 1]
    size, body = second & 0x7F, at + (6 if second & MASKED else 2)
    if size == 126:
        body += 2
        size = int.from_bytes(data[at + 2 : at + 4], "big") if body <= end else 0
    elif size == 127:
        body += 8
        size = int.from_bytes(data[at + 2 : at + 10], "big") if body <= end else 0
    return body, body + size


def frame_head(first: int, size: int) -> bytes:
    """The frame header of an unmasked payload of that size."""
    if size < 126:
        return bytes((first, size))
    return struct.pack("!BBH", first, 126, size) if size < 65536 else struct.pack("!BBQ", first, 127, size)


def packet_head(size: int) -> bytes:
    """The headers of a message and of the packet in it, as a server sends them before the payload."""
    return frame_head(WHOLE_BINARY, HEADER_SIZE + size) + HEADER.pack(PACKET_MAGIC, HEADER_SIZE, size)


HEADS = Heads(packet_head)
"""The headers of the packets that servers send."""


def packets(message: bytes) -> list[bytes]:
    """The payloads of the packets in a message; what has no header of its own is a payload, up to the end."""
    found, at, end = [], 0, len(message)
    while at < end:
        stop = at + HEADER_SIZE
        size = HEADER.unpack_from(message, at)[2] if stop <= end and message.startswith(PREFIX, at) else end
        if stop + size > end:
            found.append(message[at:])
            break
        found.append(message[stop : stop + size])
        at = stop + size
    return found


def is_utf8(data: bytearray) -> bool:
    """Whether bytes are text."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def as_utf8(data: bytes) -> bytes:
    """Bytes as a text message may have them: what is not UTF-8 becomes U+FFFD, lest the peer end the connection."""
    return data.decode(errors="replace").encode()


# ------------------------------------------------------------------------ making them


def first_of(protocol: ServerProtocol, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """The subprotocol that a server agrees to: a browser gives up when it is none of those that it has offered."""
    return offered[0] if offered else None


def server_protocols(raw: bool, limits: NetworkLimits) -> Callable[[], StreamProtocol]:
    """Return what makes the protocols of a server's clients; programs, which name no origin, may connect."""
    origins = [None, *map(Origin, limits.origins)] if limits.origins else None

    def make() -> StreamProtocol:
        protocol = ServerProtocol(origins=origins, select_subprotocol=first_of, max_size=None, logger=QUIET)
        return WebSocketStream(protocol, None if raw else ServerStream(), SERVER_LIMIT)

    return make


def client_protocol(url: str, port: int, raw: bool, limits: NetworkLimits) -> Destination:
    """A connection to a host, or to `[ws://|wss://]host[:port][/path]`; a port other than 0 wins."""
    uri = uri_of(url, port)
    if uri.secure:
        made: Destination = protocols_of("wss").client_protocol(url, port, raw, limits)
        return made
    return plain_client(uri, raw, limits)


def plain_client(uri: WebSocketURI, raw: bool, limits: NetworkLimits) -> Destination:
    """A connection without TLS of its own."""
    offered = [Subprotocol(name.strip()) for name in limits.websocket_protocol.split(",") if name.strip()]
    for name in offered:
        if not TOKEN.fullmatch(name):
            raise NetworkError(f"{name!r} is no name of a WebSocket protocol")
    protocol = ClientProtocol(uri, subprotocols=offered or None, max_size=None, logger=QUIET)
    return Destination(uri.host, uri.port, WebSocketStream(protocol, None if raw else ClientStream(), CLIENT_LIMIT))


def uri_of(url: str, port: int, is_secure: bool = False) -> WebSocketURI:
    """An address as GameMaker takes it; raises NetworkError for one that is none."""
    address = ADDRESS.fullmatch(url.strip())
    assert address is not None
    is_secure = is_secure or (address["scheme"] or "").lower() == "wss"
    place = address["host"] if address["host"].count(":") < 2 or "[" in address["host"] else f"[{address['host']}]"
    where = HOST_AND_PORT.fullmatch(place)
    if where is None:
        raise NetworkError(f"{place} is no host")
    port = port or int(where["port"] or DEFAULT_PORTS[is_secure])
    path = address["path"] if address["path"].startswith("/") else f"/{address['path']}"
    text = f"{'wss' if is_secure else 'ws'}://{address['user'] or ''}{where['host']}:{port}{quote(path, safe=IN_PATH)}"
    try:
        return parse_uri(text)
    except InvalidURI as error:
        raise NetworkError(error.msg) from None
    except ValueError as error:
        raise NetworkError(str(error)) from None
