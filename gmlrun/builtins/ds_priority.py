"""The DS Priority Queues chapter. Manual: Data_Structures/DS_Priority_Queues."""

from __future__ import annotations

from operator import itemgetter

from gmlrun.builtins.data_structures import Precision, PriorityArg, same
from gmlrun.builtins.registry import Chapter, Real, String
from gmlrun.runtime import Runtime
from gmlrun.values import serialised
from gmlrun.values.containers import Handles, destroy
from gmlrun.values.conversions import to_real
from gmlrun.values.model import Value
from gmlrun.values.priority import DsPriority, Entry

chapter = Chapter("Data_Structures/DS_Priority_Queues")


def entry_of(the_precision: Precision, queue: DsPriority, value: Value) -> Entry | None:
    """The entry of a value, of the lowest priority if it is there more than once."""
    precision = the_precision.value
    matches = (entry for entry in queue.entries() if same(value, entry[2], precision))
    return min(matches, default=None, key=itemgetter(0, 1))


def value_at(queue: DsPriority, lowest: bool) -> Value:
    """The value at one end, undefined for an empty queue."""
    found = queue.end(lowest)
    return None if found is None else found[2]


@chapter
def ds_priority_create(handles: Handles) -> Value:
    """Makes an empty priority queue and returns its handle."""
    return handles.add(DsPriority())


@chapter
def ds_priority_destroy(rt: Runtime, handles: Handles, id: Value) -> None:
    """Destroys a priority queue; one already destroyed is passed over."""
    found = handles.find(DsPriority, id)
    if found is not None:
        destroy(rt, found)


@chapter
def ds_priority_clear(id: PriorityArg) -> None:
    """Takes all values out."""
    id.clear()


@chapter
def ds_priority_copy(destination: PriorityArg, source: PriorityArg) -> None:
    """Makes a priority queue hold what another holds."""
    held = source.ordered()
    destination.clear()
    for priority, value in held:
        destination.add(value, priority)


@chapter
def ds_priority_size(id: PriorityArg) -> Real:
    """How many values a priority queue has."""
    return id.count


@chapter
def ds_priority_empty(id: PriorityArg) -> bool:
    """Whether a priority queue has no values."""
    return not id.count


@chapter
def ds_priority_add(id: PriorityArg, val: Value, priority: Real) -> None:
    """Adds a value with a priority; among equal ones the earliest counts as the lowest."""
    id.add(val, priority)


@chapter
def ds_priority_change_priority(precision: Precision, id: PriorityArg, val: Value, priority: Real) -> None:
    """Gives a value another priority; does nothing when it is not there."""
    found = entry_of(precision, id, val)
    if found is not None:
        id.remove(found)
        id.add(found[2], priority)


@chapter
def ds_priority_find_priority(precision: Precision, id: PriorityArg, val: Value) -> Value:
    """The priority of a value, undefined when it is not there."""
    found = entry_of(precision, id, val)
    return None if found is None else found[0]


@chapter
def ds_priority_delete_value(precision: Precision, id: PriorityArg, val: Value) -> None:
    """Takes a value out; does nothing when it is not there."""
    found = entry_of(precision, id, val)
    if found is not None:
        id.remove(found)


@chapter
def ds_priority_find_min(id: PriorityArg) -> Value:
    """The value of the lowest priority, undefined for an empty queue."""
    return value_at(id, lowest=True)


@chapter
def ds_priority_find_max(id: PriorityArg) -> Value:
    """The value of the highest priority, undefined for an empty queue."""
    return value_at(id, lowest=False)


@chapter
def ds_priority_delete_min(id: PriorityArg) -> Value:
    """Takes the value of the lowest priority out and returns it; 0 for an empty queue."""
    return id.take(lowest=True)


@chapter
def ds_priority_delete_max(id: PriorityArg) -> Value:
    """Takes the value of the highest priority out and returns it; 0 for an empty queue."""
    return id.take(lowest=False)


@chapter
def ds_priority_write(id: PriorityArg) -> str:
    """The priority queue as a string that ds_priority_read takes."""
    held = id.ordered()
    values = [*(priority for priority, _ in held), *(value for _, value in held)]
    return serialised.written((serialised.PRIORITY, len(held)), values)


@chapter
def ds_priority_read(id: PriorityArg, str: String, legacy: Value = False) -> None:
    """Fills a priority queue from a string of ds_priority_write; raises, changing nothing, for any other."""
    reader = serialised.StructureReader(str, serialised.PRIORITY, "ds_priority_read")
    count = reader.count()
    priorities, values = [to_real(priority) for priority in reader.values(count)], reader.values(count)
    id.clear()
    for priority, value in zip(priorities, values, strict=True):
        id.add(value, priority)
