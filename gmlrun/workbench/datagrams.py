"""Datagrams as units: bytes go in, the payload comes out, with its number where it belongs to a reliable stream."""

from __future__ import annotations

from gmlrun.net.protocols.reliable import ACKNOWLEDGEMENT, DATA, HEADER
from gmlrun.net.protocols.stream import unframe
from gmlrun.workbench.units import WireUnit


def datagram_unit(data: bytes, is_raw: bool = False) -> WireUnit:
    """The unit of a datagram; `is_raw` takes all of it as the payload. See docs/reliable-udp.md for the headers."""
    if is_raw:
        return WireUnit(data, [data])
    if len(data) < HEADER.size:
        return WireUnit(data, [unframe(data)])
    kind, stream, number = HEADER.unpack_from(data)
    if kind == DATA:
        note = f"reliable: number {number} of stream {stream:08x}"
        return WireUnit(data, [unframe(data[HEADER.size :])], note, head=data[: HEADER.size])
    if kind == ACKNOWLEDGEMENT and len(data) == HEADER.size:
        return WireUnit(data, None, f"reliable: number {number} of stream {stream:08x} has arrived")
    return WireUnit(data, [unframe(data)])
