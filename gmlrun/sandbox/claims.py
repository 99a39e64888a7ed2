"""Calls that make something large at once: their arguments go in, the bytes that they would take come out.

No look at the memory ends a single call of Python's own code. So in a game with a limit of memory these are asked
before; a game without one has the plain functions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gmlrun.runtime import Runtime
from gmlrun.sandbox.watchdog import out_of_memory

POINTER = 8
"""Bytes of a value's place in an array."""
NODE = 200
"""Bytes of a struct or an array that JSON makes, with its place."""
PIECE = 64
"""Bytes of a short string with its place in an array."""


def number(value: Any) -> float:
    """A size or an index among arguments; what is none takes nothing."""
    return float(value) if type(value) in (float, int, bool) else 0.0


def length(value: Any) -> int:
    """The characters of a string, the values of an array."""
    return len(value) if type(value) in (str, list) else 0


def texts(values: Any) -> int:
    """The characters of all strings in an array."""
    return sum(len(one) for one in values if type(one) is str) if type(values) is list else 0


def repeated(text: Any, count: Any) -> float:
    return length(text) * number(count)


def replaced(text: Any, part: Any, other: Any) -> float:
    count = text.count(part) if type(text) is type(part) is str and part else 0
    return length(text) + count * (length(other) - length(part))


def joined(delimiter: Any, values: Any, *_: Any) -> float:
    return texts(values) + length(delimiter) * length(values)


def joined_values(delimiter: Any, *values: Any) -> float:
    return joined(delimiter, list(values))


def concatenated(values: Any, *_: Any) -> float:
    return texts(values)


def concatenated_values(*values: Any) -> float:
    return texts(list(values))


def split(text: Any, delimiter: Any, *_: Any) -> float:
    return length(text) + PIECE * (text.count(delimiter) if type(text) is type(delimiter) is str and delimiter else 0)


def split_by_many(text: Any, *_: Any) -> float:
    return length(text) * PIECE / 2


def sized(size: Any, *_: Any) -> float:
    return number(size)


def places(count: Any, *_: Any) -> float:
    return POINTER * number(count)


def resized(target: Any, size: Any, *_: Any) -> float:
    return POINTER * number(size)


def resized_bytes(target: Any, size: Any, *_: Any) -> float:
    return number(size)


def copied(target: Any, index: Any, source: Any, start: Any, count: Any) -> float:
    return POINTER * (number(index) + min(number(count), length(source)))


def stored(root: Any, value: Any, *path: Any) -> float:
    return POINTER * max(map(number, path), default=0.0)


def chained(*arrays: Any) -> float:
    return POINTER * sum(map(length, arrays))


def table(width: Any, height: Any) -> float:
    return POINTER * number(width) * number(height)


def resized_table(target: Any, width: Any, height: Any) -> float:
    return table(width, height)


def filled(target: Any, offset: Any, kind: Any, value: Any, size: Any) -> float:
    return number(offset) + number(size)


def copied_bytes(source: Any, start: Any, size: Any, target: Any, offset: Any) -> float:
    return number(offset) + number(size)


def parsed(*args: Any) -> float:
    text = next((one for one in args if type(one) is str), "")
    return len(text) + NODE * (text.count("[") + text.count("{")) + PIECE * text.count(",")


SIZES: dict[str, Callable[..., float]] = {
    "string_repeat": repeated,
    "string_replace_all": replaced,
    "string_join": joined_values,
    "string_join_ext": joined,
    "string_concat": concatenated_values,
    "string_concat_ext": concatenated,
    "string_split": split,
    "string_split_ext": split_by_many,
    "array_create": places,
    "array_resize": resized,
    "array_set": resized,
    "array_insert": resized,
    "array_copy": copied,
    "array_concat": chained,
    "buffer_create": sized,
    "buffer_resize": resized_bytes,
    "buffer_seek": resized_bytes,
    "buffer_poke": resized_bytes,
    "buffer_fill": filled,
    "buffer_copy": copied_bytes,
    "ds_grid_create": table,
    "ds_grid_resize": resized_table,
    "ds_list_set": resized,
    "ds_list_insert": resized,
    "json_parse": parsed,
    "json_decode": parsed,
    # what accessors and stores call
    "array_store": stored,
    "list_set": resized,
}
"""For each function the bytes that a call takes, as far as the arguments tell."""


def claimed(rt: Runtime, name: str, function: Callable[..., Any], skipped: int = 0) -> Callable[..., Any]:
    """A function that ends the event where one call would take more than the game may hold; any other as it is.

    `skipped` arguments at the start are not those of GML.
    """
    most, size = None if rt.settings.limits is None else rt.settings.limits.memory, SIZES.get(name)
    if most is None or size is None:
        return function

    def call(*args: Any) -> Any:
        try:
            wanted = size(*args[skipped:])
        except TypeError:  # a wrong number of arguments, which the function tells of
            wanted = 0.0
        if wanted > most:
            raise out_of_memory(most)
        return function(*args)

    return call
