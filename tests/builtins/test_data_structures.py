"""Tests of what the data structures promise for any values: written forms that read back, order, cost."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.builtins import (
    data_structures,
    ds_grids,
    ds_lists,
    ds_maps,
    ds_priority,
    ds_queues,
    ds_stacks,
    json_text,
)
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.containers import DsGrid, DsList, DsMap, DsQueue, DsStack
from gmlrun.values.model import Int32, Struct
from gmlrun.values.priority import DsPriority
from tests.builtins.calls import call

INT64 = st.integers(-(1 << 63), (1 << 63) - 1)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SCALARS = st.one_of(
    st.floats(allow_nan=False),
    INT64,
    st.booleans(),
    st.none(),
    TEXT,
    st.builds(Int32, st.integers(-(1 << 31), 1 << 30)),
)

VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4), max_leaves=12)


def types(value: Any) -> Any:
    """The types in a value, beside what `==` compares."""
    return [types(item) for item in value] if isinstance(value, list) else type(value)


@given(st.lists(VALUES, max_size=20))
def test_rows_of_values_read_back(values: list[Any]) -> None:
    rt = Runtime()
    row, stack, queue = DsList(), DsStack(), DsQueue()
    row.items, stack.items = list(values), list(values)
    queue.items.extend(values)
    copies = DsList(), DsStack(), DsQueue()
    ds_lists.ds_list_read(rt, copies[0], ds_lists.ds_list_write(row))
    ds_stacks.ds_stack_read(copies[1], ds_stacks.ds_stack_write(stack).lower())
    ds_queues.ds_queue_read(copies[2], ds_queues.ds_queue_write(queue))
    for copy in copies:
        assert list(copy.items) == values
        assert types(list(copy.items)) == types(values)


@given(st.dictionaries(TEXT, VALUES, max_size=8))
def test_maps_read_back(values: dict[str, Any]) -> None:
    rt = Runtime()
    map_, copy = DsMap(), DsMap()
    for key, value in values.items():
        map_.set(key, value)
    ds_maps.ds_map_read(rt, copy, ds_maps.ds_map_write(map_))
    assert copy.data == map_.data


@given(st.integers(0, 4), st.integers(0, 4), st.data())
def test_grids_read_back(width: int, height: int, data: st.DataObject) -> None:
    grid, copy = DsGrid(width, height), DsGrid(1, 1)
    grid.columns = [[data.draw(VALUES) for _ in range(height)] for _ in range(width)]
    ds_grids.ds_grid_read(copy, ds_grids.ds_grid_write(grid))
    assert (copy.width, copy.height, copy.columns) == (width, height, grid.columns)


@given(st.lists(st.tuples(st.floats(allow_nan=False), VALUES), max_size=12))
def test_priority_queues_read_back(entries: list[tuple[float, Any]]) -> None:
    queue, copy = DsPriority(), DsPriority()
    for priority, value in entries:
        queue.add(value, priority)
    ds_priority.ds_priority_read(copy, ds_priority.ds_priority_write(queue))
    assert copy.ordered() == queue.ordered()


READERS: list[tuple[Callable[[str], Any], str]] = [
    (lambda text: ds_lists.ds_list_read(Runtime(), DsList(), text), "2F010000"),
    (lambda text: ds_maps.ds_map_read(Runtime(), DsMap(), text), "93010000"),
    (lambda text: ds_grids.ds_grid_read(DsGrid(1, 1), text), "5B020000"),
    (lambda text: ds_queues.ds_queue_read(DsQueue(), text), "CB000000"),
    (lambda text: ds_stacks.ds_stack_read(DsStack(), text), "67000000"),
    (lambda text: ds_priority.ds_priority_read(DsPriority(), text), "F7010000"),
]


@given(st.binary(max_size=60), st.sampled_from(READERS), st.booleans())
def test_reading_anything_succeeds_or_is_a_gml_error(
    data: bytes, reader: tuple[Callable[[str], Any], str], headed: bool
) -> None:
    read, head = reader
    with contextlib.suppress(GmlError):
        read((head if headed else "") + data.hex())


@pytest.mark.parametrize("size", ["FFFFFF7F", "FFFFFFFF", "00000010"])
def test_counts_that_cannot_be_are_refused_at_once(size: str) -> None:
    with pytest.raises(GmlError, match="ds_list_read"):
        ds_lists.ds_list_read(Runtime(), DsList(), "2F010000" + size)


def test_old_arrays_are_by_rows() -> None:
    read = DsList()
    one_row = "2E010000 01000000 02000000 01000000 01000000 05000000".replace(" ", "")
    ds_lists.ds_list_read(Runtime(), read, one_row)
    assert read.items == [[None]]


def test_arrays_nested_too_deeply_are_refused() -> None:
    with pytest.raises(GmlError):
        ds_lists.ds_list_read(Runtime(), DsList(), "2F01000001000000" + "0200000001000000" * 5000)


# ----------------------------------------------------------------------- order, cost


STEPS = st.tuples(st.sampled_from(["add", "add", "lowest", "highest", "peek", "remove"]), st.integers(0, 5))


@given(st.lists(STEPS, max_size=120), st.integers(0, 40))
def test_a_priority_queue_is_a_sorted_list(steps: list[tuple[str, int]], first: int) -> None:
    queue, model = DsPriority(), list[tuple[float, int]]()
    for number, (step, priority) in enumerate([*[("add", at % 7) for at in range(first)], *steps]):
        if step == "add" or not model:
            queue.add(float(number), float(priority))
            model.append((float(priority), number))
            model.sort()
        elif step == "peek":
            ends = [queue.end(True), queue.end(False)]
            assert [end[2] for end in ends if end] == [float(model[0][1]), float(model[-1][1])]
        elif step == "remove":
            _, wanted = model.pop(priority % len(model))
            queue.remove(next(entry for entry in queue.entries() if entry[2] == float(wanted)))
        else:
            wanted = model.pop(0 if step == "lowest" else -1)[1]
            assert queue.take(step == "lowest") == float(wanted)
        assert queue.count == len(model)
    assert [value for _, value in queue.ordered()] == [float(number) for _, number in model]


@pytest.mark.parametrize("lowest", [True, False])
def test_a_priority_queue_forgets_what_is_gone(lowest: bool) -> None:
    queue = DsPriority()
    queue.add("first", 0.0)
    assert queue.end(True) == queue.end(False) == (0.0, 1, "first")
    for number in range(10_000):
        queue.add(float(number), float(number))
        queue.take(lowest=lowest)
    held = (queue.run, queue.added, queue.lowest, queue.highest or (), queue.gone)
    assert sum(map(len, held)) < 1000


@given(st.lists(VALUES, max_size=15), st.booleans())
def test_sorting_takes_any_values(values: list[Any], ascending: bool) -> None:
    order = data_structures.sorted_order(values, ascending)
    assert sorted(order) == list(range(len(values)))
    ranks = [data_structures.rank(values[at]) for at in order]
    if {type(value) for value in values} != {str}:
        assert ranks == sorted(ranks, reverse=not ascending)


def test_walking_a_map_does_not_search_it_again_and_again() -> None:
    map_ = DsMap()
    for number in range(20_000):
        map_.set(float(number), 1.0)
    seen, key = 0, ds_maps.ds_map_find_first(map_)
    while key is not None:
        seen, before = seen + 1, key
        key = ds_maps.ds_map_find_next(map_, key)
        ds_maps.ds_map_delete(map_, before)
    assert (seen, len(map_.data)) == (20_000, 0)


# ------------------------------------------------------------------------------ JSON

KEYS = TEXT.filter(lambda name: not name.startswith("@"))
MEMBERS = st.one_of(st.floats(), st.booleans(), st.none(), KEYS, st.integers((1 << 53) + 1, (1 << 63) - 1))


def alike(left: Any, right: Any) -> bool:
    """Whether two values are the same, structs by their variables and NaN itself."""
    if isinstance(left, Struct):
        left, right = vars(left), vars(right)
    if isinstance(left, dict):
        return list(left) == list(right) and all(alike(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(alike, left, right))
    if isinstance(left, float) and math.isnan(left):
        return isinstance(right, float) and math.isnan(right)
    return type(left) is type(right) and bool(left == right)


def struct(members: dict[str, Any]) -> Struct:
    made = Struct()
    for name, value in members.items():
        setattr(made, name, value)
    return made


NAMES = KEYS.filter(lambda name: not name.startswith("__"))
TREES = st.recursive(
    MEMBERS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4).map(struct)),
    max_leaves=15,
)


@given(TREES, st.booleans())
def test_json_reads_back(value: Any, pretty: bool) -> None:
    rt = Runtime()
    text = json_text.json_stringify(rt, None, None, value, pretty)
    assert alike(json_text.json_parse(rt, None, None, text), value)


@given(TREES)
def test_json_of_structures_reads_back(value: Any) -> None:
    rt = Runtime()
    text = json_text.json_stringify(rt, None, None, struct({"top": value}))
    assert call(rt, "json_encode", call(rt, "json_decode", text)) == text


@given(st.text('[]{},:"\\ 01eE.-@nulltrue$i64'))
def test_json_of_anything_is_a_value_or_a_gml_error(text: str) -> None:
    rt = Runtime()
    if call(rt, "json_decode", text) == -1.0:
        with pytest.raises(GmlError, match="JSON parse error"):
            json_text.json_parse(rt, None, None, text)
    else:
        json_text.json_parse(rt, None, None, text)


def test_a_huge_number_is_a_real() -> None:
    assert json_text.json_parse(Runtime(), None, None, "9" * 6000) == math.inf
