"""The accessors of data structures as emitted code calls them: `l[| i]`, `m[? k]`, `g[# x, y]`.

Manual: GML_Overview/Accessors.
"""

from __future__ import annotations

import math

from gmlrun.errors import GmlError
from gmlrun.values.containers import DsGrid, DsList, DsMap, Handles, map_key
from gmlrun.values.conversions import to_int
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

LARGEST = 1 << 27
"""Values that a list may be filled up to."""


def position(value: Value) -> int:
    """An index: a number truncated toward zero, or -1 for a fraction below zero or no finite number."""
    if type(value) is float:
        return math.trunc(value) if math.isfinite(value) else -1
    return to_int(value)


def map_get(rt: Runtime, handle: Value, key: Value) -> Value:
    """`m[? key]`: undefined when the key is not there."""
    if type(handle) is DsMap and handle.live:
        found = handle.data.get(key if type(key) is str else map_key(key))
        return None if found is None else found[1]
    return rt.service(Handles).get(DsMap, handle).get(key)


def held_get(rt: Runtime, name: str, handle: Value, key: Value) -> Value:
    """`m[? key]` of a built-in variable that is a map at times only, and -1 at others."""
    if handle == -1.0:
        words = f"{name} is a map only while an asynchronous event runs"
        raise GmlError(f"Data structure with index does not exist: -1 ({words})")
    return map_get(rt, handle, key)


def entries(handle: Value) -> Callable[[Value], tuple[Value, Value] | None]:
    """The look-up in a map that stays the same for a while, by text keys; in what is no map nothing is found."""
    return handle.data.get if type(handle) is DsMap else no_entry


def no_entry(key: Value) -> None:
    return None


def map_set(rt: Runtime, handle: Value, key: Value, value: Value) -> None:
    """`m[? key] = value`: adds or replaces."""
    target = handle if type(handle) is DsMap and handle.live else rt.service(Handles).get(DsMap, handle)
    target.set(key, value)


def list_get(rt: Runtime, handle: Value, index: Value) -> Value:
    """`l[| index]`: undefined outside the list."""
    target = handle if type(handle) is DsList and handle.live else rt.service(Handles).get(DsList, handle)
    at = position(index)
    return target.items[at] if 0 <= at < len(target.items) else None


def list_set(rt: Runtime, handle: Value, index: Value, value: Value) -> None:
    """`l[| index] = value`: a list that is too short is filled up with 0."""
    target = handle if type(handle) is DsList and handle.live else rt.service(Handles).get(DsList, handle)
    at, items = position(index), target.items
    if at < 0:
        raise GmlError(f"ds_list_set :: the index {quoted(index)} is negative")
    if at >= LARGEST:
        raise GmlError(f"ds_list_set :: the index {quoted(index)} is too large")
    if at >= len(items):
        items.extend([0.0] * (at + 1 - len(items)))
    items[at] = value
    if target.marks:
        target.marks.pop(at, None)


def cell(rt: Runtime, handle: Value, x: Value, y: Value) -> tuple[DsGrid, int, int] | None:
    """The grid and the whole position of a cell; None, with a line in the log, outside the grid."""
    grid = handle if type(handle) is DsGrid and handle.live else rt.service(Handles).get(DsGrid, handle)
    column, row = position(x), position(y)
    if 0 <= column < grid.width and 0 <= row < grid.height:
        return grid, column, row
    size = f"{grid.width}x{grid.height}"
    rt.log(f"grid {grid.index}, index out of bounds [{quoted(x)},{quoted(y)}], size is {size}")
    return None


def grid_get(rt: Runtime, handle: Value, x: Value, y: Value) -> Value:
    """`g[# x, y]`."""
    found = cell(rt, handle, x, y)
    return None if found is None else found[0].columns[found[1]][found[2]]


def grid_set(rt: Runtime, handle: Value, x: Value, y: Value, value: Value) -> None:
    """`g[# x, y] = value`."""
    found = cell(rt, handle, x, y)
    if found is not None:
        found[0].columns[found[1]][found[2]] = value
