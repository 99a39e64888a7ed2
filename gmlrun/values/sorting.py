"""Sorting by a function of the program: items and a comparison go in, the items in order come out.

The function may sort in its turn, and Python's own sort takes much of the C stack: below some of them, the sort
is one in Python.
"""

from __future__ import annotations

from functools import cmp_to_key
from itertools import pairwise

from gmlrun.execution.direct_calls import callback
from gmlrun.lean import MethodType
from gmlrun.runtime import GamePart
from gmlrun.values.conversions import to_real, truncated
from gmlrun.values.model import Value
from gmlrun.values.operators import Comparison

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from gmlrun.runtime import Runtime


Compare: TypeAlias = "Callable[[Value, Value], float]"
SORTS_IN_EACH_OTHER = 20


def sort_values(rt: Runtime, items: list[Any], descending: bool) -> None:
    """Sorts in place by value, as `<` compares; what is equal stays in order."""
    kinds = set(map(type, items))
    if kinds == {str}:
        items.sort(reverse=descending)
        return
    if kinds == {float}:
        made = sorted(items, reverse=descending)
        if all(a == b or abs(a - b) > rt.epsilon for a, b in pairwise(made)):
            items[:] = made
            return
    items.sort(key=cmp_to_key(Comparison(rt).sort_key), reverse=descending)


def comparison(rt: Runtime, order: Value, self: Value, other: Value) -> Compare:
    """A function of the program as a comparison: what it returns is truncated, so that a fraction means equal."""
    function = rt.callable(order)
    scope = rt.scope_of(function, self, other)
    code, count = callback(function, 2)
    if count < 2:  # it takes one argument, or none
        code = function

    def compare(first: Value, second: Value) -> float:
        found = code(scope, self, first, second)
        if type(found) is float:
            return found if found >= 1.0 or found <= -1.0 else 0.0
        return truncated(to_real(found))

    if type(code) is not MethodType:
        return compare
    own, body = code.__self__, code.__func__

    def compare_with_own(first: Value, second: Value) -> float:
        """The same without a bound method, which costs more to call."""
        found = body(own, scope, self, first, second)
        if type(found) is float:
            return found if found >= 1.0 or found <= -1.0 else 0.0
        return truncated(to_real(found))

    return compare_with_own


class Sorter(GamePart):
    """The sorts of one game that run."""

    def __init__(self, rt: Runtime) -> None:
        self.depth = 0

    def sorted(self, items: list[Value], compare: Compare) -> list[Value]:
        """The items in order; equal ones stay as they are. The list itself may be used up."""
        if self.depth >= SORTS_IN_EACH_OTHER:
            return merge_sorted(items, compare)
        self.depth += 1
        try:
            items.sort(key=cmp_to_key(compare))  # type: ignore[arg-type]  # Python asks only for the sign
        finally:
            self.depth -= 1
        return items


def merge_sorted(items: list[Value], compare: Compare) -> list[Value]:
    """Sorts as Python's `list.sort` does, in Python code."""
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = merge_sorted(items[:middle], compare), merge_sorted(items[middle:], compare)
    made: list[Value] = []
    a = b = 0
    while a < len(left) and b < len(right):
        if compare(right[b], left[a]) < 0:
            made.append(right[b])
            b += 1
        else:
            made.append(left[a])
            a += 1
    return made + left[a:] + right[b:]
