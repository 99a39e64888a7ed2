"""Packets as they are queued: the same bytes as each connection's own protocol would make of them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gmlrun.net.backend import NetworkLimits
from gmlrun.net.connections import Connection
from gmlrun.net.protocol import StreamProtocol
from gmlrun.net.protocols.stream import HEADER_SIZE, ClientStream, RawStream, ServerStream
from gmlrun.net.protocols.websocket import server_protocols
from gmlrun.net.switchboard import Switchboard


class LoudStream(RawStream):
    """A raw stream that sends capitals."""

    def wrap(self, payload: bytes, raw: bool = False, is_text: bool = False) -> bytes:
        return payload.upper()


def protocols() -> list[tuple[StreamProtocol, bool]]:
    """Protocols of all kinds whose frames depend on nothing but the packet, and which of them are raw."""
    of_websockets = [(server_protocols(raw, NetworkLimits())(), raw) for raw in (False, True)]
    return [(ServerStream(), False), (ClientStream(), False), (RawStream(), True), (LoudStream(), True), *of_websockets]


PAYLOADS = [b"", b"a", b"b", b"text" * 40, bytes(70_000)]
SENDS = st.tuples(st.integers(0, 5), st.integers(0, len(PAYLOADS) - 1), st.booleans(), st.booleans())


@given(st.lists(SENDS, max_size=30))
def test_a_packet_for_any_connection_is_framed_as_its_protocol_frames_it(sends: list[Any]) -> None:
    board = Switchboard(NetworkLimits(), lambda: 0.0, None, lambda line: None)  # type: ignore[arg-type]
    for number, (protocol, is_raw) in enumerate(protocols()):
        board.sockets[number] = board.streams[number] = Connection(number, "tcp", is_raw, protocol, None)
    wanted: list[list[bytes]] = [[] for _ in protocols()]
    for number, place, raw, is_text in sends:
        payload, protocol = PAYLOADS[place], board.streams[number].protocol
        taken = board.send(float(number), payload, raw, raw and is_text)
        assert taken == len(payload) + (0 if raw else protocol.overhead)
        wanted[number].append(protocol.wrap(payload, raw, raw and is_text))
        assert list(board.streams[number].queue) == wanted[number]
        assert board.streams[number].queued == sum(map(len, wanted[number]))
        assert board.streams[number] in board.unsent


def test_a_protocol_that_wraps_in_its_own_way_has_no_heads() -> None:
    assert LoudStream().heads is None
    heads = ServerStream().heads
    assert heads is not None
    assert len(heads[1 << 20]) == HEADER_SIZE
    assert 1 << 20 not in heads
