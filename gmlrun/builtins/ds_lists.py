"""The DS Lists chapter. Manual: Data_Structures/DS_Lists."""

from __future__ import annotations

from gmlrun.builtins.data_structures import ListArg, Precision, index_of, shuffled_order, sorted_order
from gmlrun.builtins.registry import Bool, Chapter, Int, Real, String
from gmlrun.errors import GmlError
from gmlrun.execution import accessors
from gmlrun.runtime import Runtime
from gmlrun.values import serialised
from gmlrun.values.containers import DsList, Handles, destroy, destroy_children
from gmlrun.values.model import Value
from gmlrun.values.random import Random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

chapter = Chapter("Data_Structures/DS_Lists")


def move_marks(list_: DsList, start: int, by: int) -> None:
    """Moves the marks from a position on, as the items there have moved."""
    list_.marks = {at + by if at >= start else at: kind for at, kind in list_.marks.items()}


def rearrange(list_: DsList, order: list[int]) -> None:
    """Puts the items into an order of positions; marks move with their items."""
    items, marks = list_.items, list_.marks
    list_.items = [items[at] for at in order]
    if marks:
        list_.marks = {to: marks[at] for to, at in enumerate(order) if at in marks}


def find(rt: Runtime, value: Value) -> DsList | None:
    """The list that a handle or index means, None for a destroyed one."""
    return rt.service(Handles).find(DsList, value)


@chapter
def ds_list_create(handles: Handles) -> Value:
    """Makes an empty list and returns its handle."""
    return handles.add(DsList())


@chapter
def ds_list_destroy(rt: Runtime, id: Value) -> None:
    """Destroys a list and the lists and maps marked in it; one already destroyed is passed over."""
    found = find(rt, id)
    if found is not None:
        destroy(rt, found)


@chapter
def ds_list_clear(rt: Runtime, id: ListArg) -> None:
    """Takes all values out; marked lists and maps are destroyed."""
    destroy_children(rt, id)
    id.items.clear()


@chapter
def ds_list_copy(rt: Runtime, destination: ListArg, source: ListArg) -> None:
    """Makes a list hold what another holds, marks included."""
    items, marks = list(source.items), dict(source.marks)
    if destination is not source:
        destroy_children(rt, destination)
    destination.items, destination.marks = items, marks


@chapter
def ds_list_size(rt: Runtime, id: Value) -> Real:
    """How many values a list has; 0 for a list that does not exist."""
    found = find(rt, id)
    return 0 if found is None else len(found.items)


@chapter
def ds_list_empty(rt: Runtime, id: Value) -> bool:
    """Whether a list has no values."""
    found = find(rt, id)
    return found is None or not found.items


@chapter
def ds_list_add(id: ListArg, *vals: Value) -> None:
    """Adds one value or more at the end."""
    id.items.extend(vals)


@chapter
def ds_list_set(rt: Runtime, id: ListArg, pos: Real, val: Value) -> None:
    """Sets the value at a position; a list that is too short is filled up with 0.

    Raises for a negative position.
    """
    accessors.list_set(rt, id, pos, val)


@chapter
def ds_list_replace(id: ListArg, pos: Int, val: Value) -> None:
    """Replaces the value at a position; raises when there is none."""
    if not 0 <= pos < len(id.items):
        raise GmlError(f"ds_list_replace :: Trying to access an out-of-bounds index [| {pos}]")
    id.items[pos] = val
    id.marks.pop(pos, None)


@chapter
def ds_list_insert(id: ListArg, pos: Int, val: Value) -> None:
    """Inserts a value before a position, at the end for the size; does nothing outside the list."""
    if 0 <= pos <= len(id.items):
        id.items.insert(pos, val)
        move_marks(id, pos, 1)


@chapter
def ds_list_delete(id: ListArg, pos: Int) -> None:
    """Takes out the value at a position; a list or map marked there lives on."""
    if 0 <= pos < len(id.items):
        del id.items[pos]
        id.marks.pop(pos, None)
        move_marks(id, pos, -1)


@chapter
def ds_list_find_index(precision: Precision, id: ListArg, val: Value) -> Real:
    """The position at which a value stands first, -1 when it is not there."""
    return index_of(precision, id.items, val)


@chapter
def ds_list_find_value(rt: Runtime, id: ListArg, pos: Real) -> Value:
    """The value at a position, undefined outside the list."""
    return accessors.list_get(rt, id, pos)


@chapter
def ds_list_sort(id: ListArg, ascend: Bool) -> None:
    """Sorts by value, upwards or downwards; what is equal stays in order."""
    rearrange(id, sorted_order(id.items, ascend))


@chapter
def ds_list_shuffle(random: Random, id: ListArg) -> None:
    """Puts the values into a random order, drawn from the game's own generator."""
    rearrange(id, shuffled_order(random, len(id.items)))


# ------------------------------------------------------------------------ marks


def mark(id: DsList, pos: int, kind: str) -> Value:
    """Marks the value at a position as a list or map that this list owns; returns it, or -1."""
    if not 0 <= pos < len(id.items):
        return -1.0
    id.marks[pos] = kind
    return id.items[pos]


@chapter
def ds_list_mark_as_list(id: ListArg, pos: Int) -> Value:
    """Says that the value at a position is a list that this one owns, as JSON and destroying go.

    Returns the value, -1 outside the list.
    """
    return mark(id, pos, "list")


@chapter
def ds_list_mark_as_map(id: ListArg, pos: Int) -> Value:
    """Says that the value at a position is a map that this list owns.

    Returns the value, -1 outside the list.
    """
    return mark(id, pos, "map")


@chapter
def ds_list_is_list(id: ListArg, pos: Int) -> bool:
    """Whether the value at a position is marked as a list."""
    return id.marks.get(pos) == "list"


@chapter
def ds_list_is_map(id: ListArg, pos: Int) -> bool:
    """Whether the value at a position is marked as a map."""
    return id.marks.get(pos) == "map"


# --------------------------------------------------------------------- as string


def write_items(number: int, items: Iterable[Value]) -> str:
    """The written form of a structure that is a row of values."""
    values = list(items)
    return serialised.written((number, len(values)), values)


@chapter
def ds_list_write(id: ListArg) -> str:
    """The list as a string that ds_list_read takes; marks are not kept."""
    return write_items(serialised.LIST, id.items)


@chapter
def ds_list_read(rt: Runtime, id: ListArg, str: String, legacy: Value = False) -> None:
    """Fills a list from a string of ds_list_write; raises, changing nothing, for any other."""
    reader = serialised.StructureReader(str, serialised.LIST, "ds_list_read")
    items = reader.values(reader.count())
    destroy_children(rt, id)
    id.items = items
