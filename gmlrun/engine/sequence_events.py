"""Keyframes that playheads pass: those of moments and broadcast messages go in, functions and events run.

Manual: Asset_Management/Sequences/Sequence_Events_Moments_Broadcast.
"""

from __future__ import annotations

from gmlrun.engine.events import BROADCAST_MESSAGE, OTHER
from gmlrun.engine.world import World
from gmlrun.lean import NamedTuple
from gmlrun.values.containers import DsMap, Handles, destroy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from gmlrun.engine.sequences import Sequences
    from gmlrun.runtime import Runtime


class Stretch(NamedTuple):
    """A part of a sequence that its playhead has passed: from a place on, which counts or not, to another one."""

    start: float
    end: float
    has_start: bool

    def holds(self, frame: float) -> bool:
        """Whether the playhead has passed a frame."""
        low, high = sorted((self.start, self.end))
        return low <= frame <= high and (self.has_start or frame != self.start)


def stretches(before: float, raw: float, head: float, end: float, is_ping_pong: bool, is_first: bool) -> list[Stretch]:
    """The parts that a playhead has passed from one place to another, which it would have left by itself for `raw`."""
    if 0 <= raw < end or raw == head:
        return [Stretch(before, head, is_first)] if before != head or is_first else []
    edge = end if raw >= end else 0.0
    return [Stretch(before, edge, is_first), Stretch(edge if is_ping_pong else end - edge, head, not is_ping_pong)]


def passed(keys: Iterable[Any], stretches: Iterable[Stretch]) -> Iterator[Any]:
    """The data of the keyframes that the playhead has passed, in its order."""
    there = [key for key in keys if not getattr(key, "disabled", False)]
    for stretch in stretches:
        met = [key for key in there if stretch.holds(key.frame)]
        met.sort(key=lambda key: float(key.frame), reverse=stretch.end < stretch.start)
        yield from (one for key in met for one in key.channels)


def broadcast(rt: Runtime, sequences: Sequences | None, kind: str, element: Any, message: str) -> None:
    """Runs Broadcast Message events, with a map of what it is about as their `event_data`; sequences hear it first."""
    handles, dispatch = rt.service(Handles), rt.service(World).dispatch
    about = handles.add(DsMap())
    for name, value in (("event_type", kind), ("element_id", element), ("message", message)):
        about.set(name, value)
    dispatch.event_data = about
    try:
        if sequences is not None:
            sequences.broadcast("event_broadcast_message")
        dispatch.broadcast((OTHER, BROADCAST_MESSAGE))
    finally:
        dispatch.event_data = -1.0
        destroy(rt, about)
