"""Array functions. Manual: Variable_Functions.

OFFSET and LENGTH choose what a function visits: a negative offset counts from the end, a negative
length goes backwards.
"""

from __future__ import annotations

import math

from gmlrun.builtins.registry import Array, Bool, Chapter, Function, Int, Real
from gmlrun.errors import GmlError
from gmlrun.execution.helpers import LARGEST_ARRAY, grow
from gmlrun.runtime import Runtime
from gmlrun.values.containers import map_key
from gmlrun.values.conversions import to_bool, to_real, truncated
from gmlrun.values.model import Value
from gmlrun.values.operators import Comparison
from gmlrun.values.random import Random
from gmlrun.values.slices import positions, taken
from gmlrun.values.sorting import Sorter, comparison, sort_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

chapter = Chapter("Variable_Functions")

# ----------------------------------------------------------------- one element


@chapter
def array_create(size: Int, value: Value = 0.0) -> Array:
    """A new array with SIZE elements, all of them VALUE."""
    return [value] * usable_size(size, "array_create")


def usable_size(size: int, name: str) -> int:
    """The size that a new array gets; raises for one that no array can have.

    Of an int64 that no real can be, the lower 32 bits count.
    """
    size = size if size < 1 << 53 else (size + (1 << 31)) % (1 << 32) - (1 << 31)
    if size >= LARGEST_ARRAY:
        raise GmlError(f"{name}: the size {size} is too large")
    return max(0, size)


@chapter
def array_create_ext(rt: Runtime, self: Value, other: Value, size: Int, function: Function) -> Value:
    """A new array with SIZE elements that a function makes, given the index of each. SIZE is as in array_create."""
    scope = rt.scope_of(function, self, other)
    return [function(scope, self, float(at)) for at in range(usable_size(size, "array_create_ext"))]


@chapter
def array_length(array: Value) -> Real:
    """How many elements an array has; 0 for anything else."""
    return len(array) if type(array) is list else 0


@chapter
def array_get(variable: Array, index: Int) -> Value:
    """The element at an index; raises outside the array."""
    if not 0 <= index < len(variable):
        raise GmlError(f"array_get :: Index [{index}] out of range [{len(variable)}]")
    return variable[index]


@chapter
def array_set(variable: Array, index: Int, value: Value) -> None:
    """Sets the element at an index; an array that is too short grows."""
    if index < 0:
        raise GmlError(f"array_set :: Index [{index}] out of range [{len(variable)}]")
    grow(variable, index)
    variable[index] = value


@chapter
def array_first(array: Array) -> Value:
    """The first element, undefined of an empty array."""
    return array[0] if array else None


@chapter
def array_last(array: Array) -> Value:
    """The last element, undefined of an empty array."""
    return array[-1] if array else None


@chapter
def array_push(variable: Array, value: Value, *values: Value) -> None:
    """Adds elements at the end."""
    variable.append(value)
    if values:
        variable.extend(values)


@chapter
def array_pop(array: Array) -> Value:
    """Removes the last element and returns it; undefined of an empty array."""
    return array.pop() if array else None


@chapter
def array_shift(array: Array) -> Value:
    """Removes the first element and returns it; undefined of an empty array."""
    return array.pop(0) if array else None


@chapter
def array_insert(variable: Array, index: Int, value: Value, *values: Value) -> None:
    """Inserts elements before an index; behind the end, zeros fill the gap."""
    if index > len(variable):
        grow(variable, index - 1)
    at = max(0, index + len(variable)) if index < 0 else index
    variable[at:at] = [value, *values]


@chapter
def array_delete(array: Array, index: Value, number: Value) -> None:
    """Removes NUMBER elements from an index on; a negative number removes backwards, an index outside nothing."""
    size = len(array)
    start, count = to_real(index), to_real(number)
    if start != start or count != count:
        return
    if start < 0:
        start += size
    if not 0 <= start < size or not count:
        return
    if count < 0:
        first = int(max(0.0, start + count + 1))
        del array[first : int(start) + 1]
    else:
        del array[int(start) : int(min(start + count, size))]


@chapter
def array_resize(array_index: Array, new_size: Int) -> None:
    """Makes an array shorter or longer; what is new is 0."""
    if new_size < 0:
        raise GmlError(f"array_resize :: invalid size {new_size}")
    del array_index[new_size:]
    if new_size:
        grow(array_index, new_size - 1)


@chapter
def array_length_1d(rt: Runtime, array_index: Value) -> Real:
    """The length of an array (old name of array_length); in 1.4 that of its first row."""
    if type(array_index) is not list:
        return 0
    is_first = rt.counts_first_row and array_index and type(array_index[0]) is list
    return len(array_index[0] if is_first else array_index)


@chapter
def array_height_2d(rt: Runtime, array_index: Value) -> Real:
    """How many rows an array of arrays has; before 2.3 an array of anything else is one row."""
    return len(rows_of(rt, array_index))


@chapter
def array_length_2d(rt: Runtime, array_index: Array, n: Int) -> Real:
    """The length of row N of an array of arrays."""
    rows = rows_of(rt, array_index)
    row = rows[n] if 0 <= n < len(rows) else None
    return len(row) if type(row) is list else 0


def rows_of(rt: Runtime, array: Value) -> list[Value]:
    """The rows of an array: before 2.3 every array has rows, and one of anything but arrays is its only row."""
    if type(array) is not list:
        return []
    is_row = rt.arrays_have_rows and array and not any(type(element) is list for element in array)
    return [array] if is_row else array


# --------------------------------------------------------------- whole arrays


@chapter
def array_copy(dest: Array, dest_index: Value, src: Array, src_index: Value, length: Value) -> None:
    """Copies elements into another array, which grows as needed; a negative length copies in reverse."""
    piece = taken(src, src_index, length)
    if not piece:
        return
    start = to_real(dest_index)
    at = int(max(0.0, start + len(dest))) if start < 0 else truncated(start)
    grow(dest, at + len(piece) - 1)
    dest[at : at + len(piece)] = piece


@chapter
def array_equals(rt: Runtime, var1: Value, var2: Value) -> bool:
    """Whether two arrays have equal elements, nested arrays included."""
    return same_elements(Comparison(rt).eq, var1, var2)


def same_elements(equal: Callable[[Value, Value], bool], first: Value, second: Value) -> bool:
    """Whether two arrays are equal, element by element."""
    if type(first) is not list or type(second) is not list or len(first) != len(second):
        return False
    return all(
        same_elements(equal, a, b) if type(a) is list and type(b) is list else equal(a, b)
        for a, b in zip(first, second, strict=True)
    )


@chapter
def array_concat(array0: Array, array1: Value, *arrays: Value) -> Value:
    """A new array with the elements of several, one after the other."""
    made = array0[:]
    for array in (array1, *arrays):
        made += array if type(array) is list else [array]
    return made


@chapter
def array_sort(
    rt: Runtime, sorter: Sorter, self: Value, other: Value, variable: Array, sorttype_or_function: Value
) -> None:
    """Sorts in place: true for ascending, false for descending, or by a function of two elements.

    The function returns a number: at most -1 when its first argument comes first, at least 1 when its second does.
    """
    order = sorttype_or_function
    if isinstance(order, (float, int)) and order not in rt.script_indices:
        sort_values(rt, variable, not to_bool(order))
        return
    variable[:] = sorter.sorted(variable[:], comparison(rt, order, self, other))


@chapter
def array_reverse(array: Array, offset: Value = None, length: Value = None) -> Value:
    """A new array with the elements in reverse order."""
    return taken(array, offset, length)[::-1]


@chapter
def array_reverse_ext(array: Array, offset: Value = None, length: Value = None) -> Real:
    """Reverses elements in place; returns how many."""
    return put_back(array, offset, length, lambda items: items[::-1])


@chapter
def array_shuffle(random: Random, array: Array, offset: Value = None, length: Value = None) -> Value:
    """A new array with the elements in random order."""
    made = taken(array, offset, length)
    random.shuffle(made)
    return made


@chapter
def array_shuffle_ext(random: Random, array: Array, offset: Value = None, length: Value = None) -> Real:
    """Shuffles elements in place; returns how many."""

    def shuffled(items: list[Value]) -> list[Value]:
        random.shuffle(items)
        return items

    return put_back(array, offset, length, shuffled)


def put_back(array: list[Value], offset: Value, length: Value, change: Callable[[list[Value]], list[Value]]) -> int:
    """Replaces the visited elements by what `change` makes of them; returns how many that is."""
    where = sorted(positions(len(array), offset, length))
    changed = change([array[at] for at in where])
    for at, value in zip(where, changed, strict=False):
        array[at] = value
    return len(changed)


# -------------------------------------------------------------- looking for values


@chapter
def array_get_index(rt: Runtime, array: Array, value: Value, offset: Value = None, length: Value = None) -> Real:
    """The index of the first element equal to a value, or -1."""
    equal = Comparison(rt).eq
    return next((at for at in positions(len(array), offset, length) if equal(array[at], value)), -1)


@chapter
def array_contains(rt: Runtime, array: Array, value: Value, offset: Value = None, length: Value = None) -> bool:
    """Whether an element equals a value."""
    equal = Comparison(rt).eq
    return any(equal(array[at], value) for at in positions(len(array), offset, length))


@chapter
def array_contains_ext(
    rt: Runtime, array: Array, values: Array, matchAll: Bool = False, offset: Value = None, length: Value = None
) -> bool:
    """Whether some of several values are in an array, or with MATCHALL each as often as it is given."""
    if not values:
        return True
    equal, left = Comparison(rt).eq, taken(array, offset, length)
    for value in values:
        found = next((at for at, item in enumerate(left) if equal(item, value)), -1)
        if found >= 0 and not matchAll:
            return True
        if found < 0 and matchAll:
            return False
        if found >= 0:
            del left[found]
    return bool(matchAll)


def identity(value: Value) -> Value:
    """The key by which unique, union and intersection compare elements: no epsilon, 1 and "1" differ."""
    return math.nan if value != value else map_key(value)


def distinct(items: Iterable[Value]) -> list[Value]:
    """Each value once, in the order of first appearance."""
    seen: dict[Value, Value] = {}
    for item in items:
        seen.setdefault(identity(item), item)
    return list(seen.values())


@chapter
def array_unique(array: Array, offset: Value = None, length: Value = None) -> Value:
    """A new array with each value once."""
    return distinct(taken(array, offset, length))


@chapter
def array_unique_ext(array: Array, offset: Value = None, length: Value = None) -> Real:
    """Moves each value once to the front; returns how many. The rest stays."""
    return put_back(array, offset, length, distinct)


@chapter
def array_union(array0: Array, *arrays: Array) -> Value:
    """A new array with each value that is in any of the arrays once."""
    return distinct(item for array in (array0, *arrays) for item in array)


@chapter
def array_intersection(array0: Array, *arrays: Array) -> Value:
    """A new array with each value that is in all of the arrays once."""
    others = [{identity(item) for item in array} for array in arrays]
    return [item for item in distinct(array0) if all(identity(item) in other for other in others)]
