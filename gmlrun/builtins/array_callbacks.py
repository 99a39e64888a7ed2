"""Array functions that call a function for each element. Manual: Variable_Functions.

The function may change the array. How many elements are visited is fixed before the first call; each element is read
when its turn comes, and is undefined where the array has become shorter than that.
"""

from __future__ import annotations

from gmlrun.builtins.registry import Array, Chapter, Function, Real
from gmlrun.execution.direct_calls import callback
from gmlrun.execution.helpers import grow
from gmlrun.runtime import Runtime
from gmlrun.values.conversions import to_bool
from gmlrun.values.model import Value
from gmlrun.values.slices import positions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

chapter = Chapter("Variable_Functions")


@chapter
def array_foreach(
    rt: Runtime, self: Value, other: Value, array: Array, function: Function, offset: Value = None, length: Value = None
) -> None:
    """Calls a function with each element and its index."""
    scope, (code, count) = rt.scope_of(function, self, other), callback(function, 2)
    for at in positions(len(array), offset, length):
        value = array[at] if at < len(array) else None
        code(scope, self, value) if count == 1 else function(scope, self, value, float(at))


@chapter
def array_map(
    rt: Runtime, self: Value, other: Value, array: Array, function: Function, offset: Value = None, length: Value = None
) -> Value:
    """A new array of what a function returns for each element and its index."""
    scope, (code, count) = rt.scope_of(function, self, other), callback(function, 2)
    where = positions(len(array), offset, length)
    if count == 1:
        return [code(scope, self, array[at] if at < len(array) else None) for at in where]
    return [function(scope, self, array[at] if at < len(array) else None, float(at)) for at in where]


@chapter
def array_map_ext(
    rt: Runtime, self: Value, other: Value, array: Array, function: Function, offset: Value = None, length: Value = None
) -> Real:
    """Replaces each element by what a function returns for it; returns how many."""
    where, scope = positions(len(array), offset, length), rt.scope_of(function, self, other)
    for at in where:
        value = function(scope, self, array[at] if at < len(array) else None, float(at))
        grow(array, at)
        array[at] = value
    return len(where)


def chosen(
    rt: Runtime, self: Value, other: Value, array: list[Value], function: Any, offset: Value, length: Value
) -> Iterable[tuple[int, Value, bool]]:
    """Each visited position and element, and whether a predicate holds for it."""
    scope, (code, count) = rt.scope_of(function, self, other), callback(function, 2)
    for at in positions(len(array), offset, length):
        value = array[at] if at < len(array) else None
        found = code(scope, self, value) if count == 1 else function(scope, self, value, float(at))
        yield at, value, found if type(found) is bool else to_bool(found)


@chapter
def array_filter(
    rt: Runtime, self: Value, other: Value, array: Array, function: Function, offset: Value = None, length: Value = None
) -> Value:
    """A new array of the elements for which a function returns true."""
    return [value for _, value, holds in chosen(rt, self, other, array, function, offset, length) if holds]


@chapter
def array_filter_ext(
    rt: Runtime, self: Value, other: Value, array: Array, function: Function, offset: Value = None, length: Value = None
) -> Real:
    """Moves the elements for which a function returns true to the front; returns how many. The rest stays."""
    where = sorted(positions(len(array), offset, length))
    kept = [value for _, value, holds in chosen(rt, self, other, array, function, offset, length) if holds]
    for at, value in zip(where, kept, strict=False):
        grow(array, at)
        array[at] = value
    return len(kept)


@chapter
def array_copy_while(
    rt: Runtime, self: Value, other: Value, array: Array, function: Function, offset: Value = None, length: Value = None
) -> Value:
    """A new array of the elements up to the first for which a function returns false."""
    made = []
    for _, value, holds in chosen(rt, self, other, array, function, offset, length):
        if not holds:
            break
        made.append(value)
    return made


@chapter
def array_find_index(
    rt: Runtime, self: Value, other: Value, array: Array, function: Function, offset: Value = None, length: Value = None
) -> Real:
    """The index of the first element for which a function returns true, or -1."""
    return next((at for at, _, holds in chosen(rt, self, other, array, function, offset, length) if holds), -1)


@chapter
def array_any(
    rt: Runtime, self: Value, other: Value, array: Array, function: Function, offset: Value = None, length: Value = None
) -> bool:
    """Whether a function returns true for some element."""
    return any(holds for _, _, holds in chosen(rt, self, other, array, function, offset, length))


@chapter
def array_all(
    rt: Runtime, self: Value, other: Value, array: Array, function: Function, offset: Value = None, length: Value = None
) -> bool:
    """Whether a function returns true for every element."""
    return all(holds for _, _, holds in chosen(rt, self, other, array, function, offset, length))


@chapter
def array_reduce(
    rt: Runtime,
    self: Value,
    other: Value,
    array: Array,
    function: Function,
    init: Value = None,
    offset: Value = None,
    length: Value = None,
) -> Value:
    """Folds an array: a function gets the result so far, an element and its index.

    Without INIT the first element is the first result.
    """
    where = list(positions(len(array), offset, length))
    if init is None:
        if not where:
            return None
        init, where = array[where[0]], where[1:]
    scope, (code, count) = rt.scope_of(function, self, other), callback(function, 3)
    for at in where:
        value = array[at] if at < len(array) else None
        init = code(scope, self, init, value) if count == 2 else function(scope, self, init, value, float(at))
    return init
