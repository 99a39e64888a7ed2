"""The DS Queues chapter. Manual: Data_Structures/DS_Queues."""

from __future__ import annotations

from gmlrun.builtins.data_structures import QueueArg
from gmlrun.builtins.registry import Chapter, Real, String
from gmlrun.lean import deque
from gmlrun.runtime import Runtime
from gmlrun.values import serialised
from gmlrun.values.containers import DsQueue, Handles, destroy
from gmlrun.values.model import Value

chapter = Chapter("Data_Structures/DS_Queues")

SMALLEST_RING = 16
"""Slots of the ring that GameMaker writes; it doubles as the queue grows."""


@chapter
def ds_queue_create(handles: Handles) -> Value:
    """Makes an empty queue and returns its handle."""
    return handles.add(DsQueue())


@chapter
def ds_queue_destroy(rt: Runtime, handles: Handles, id: Value) -> None:
    """Destroys a queue; one already destroyed is passed over."""
    found = handles.find(DsQueue, id)
    if found is not None:
        destroy(rt, found)


@chapter
def ds_queue_clear(id: QueueArg) -> None:
    """Takes all values out."""
    id.items.clear()


@chapter
def ds_queue_copy(destination: QueueArg, source: QueueArg) -> None:
    """Makes a queue hold what another holds."""
    destination.items = deque(source.items)


@chapter
def ds_queue_size(id: QueueArg) -> Real:
    """How many values a queue has."""
    return len(id.items)


@chapter
def ds_queue_empty(id: QueueArg) -> bool:
    """Whether a queue has no values."""
    return not id.items


@chapter
def ds_queue_enqueue(id: QueueArg, *vals: Value) -> None:
    """Puts one value or more at the end."""
    id.items.extend(vals)


@chapter
def ds_queue_dequeue(id: QueueArg) -> Value:
    """Takes the first value out and returns it; undefined for an empty queue."""
    return id.items.popleft() if id.items else None


@chapter
def ds_queue_head(id: QueueArg) -> Value:
    """The first value, undefined for an empty queue."""
    return id.items[0] if id.items else None


@chapter
def ds_queue_tail(id: QueueArg) -> Value:
    """The last value, undefined for an empty queue."""
    return id.items[-1] if id.items else None


@chapter
def ds_queue_write(id: QueueArg) -> str:
    """The queue as a string that ds_queue_read takes: an image of GameMaker's ring of slots."""
    count, slots = len(id.items), SMALLEST_RING
    while slots < count:
        slots *= 2
    unused = [0.0] * (slots - count)
    return serialised.written((serialised.QUEUE, count, 0, slots), [*id.items, *unused])


@chapter
def ds_queue_read(id: QueueArg, str: String, legacy: Value = False) -> None:
    """Fills a queue from a string of ds_queue_write; raises, changing nothing, for any other."""
    reader = serialised.StructureReader(str, serialised.QUEUE, "ds_queue_read")
    tail, head, _ = reader.count(), reader.count(), reader.integer()
    id.items = deque(reader.values(tail)[head:])
