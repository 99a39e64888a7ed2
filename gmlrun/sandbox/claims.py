"""Calls that make something large at once: their arguments go in, the bytes that they would take come out.

No look at the memory or the time ends a single call of Python's own code. So in a game with a limit these are asked
before; a game without one has the plain functions.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from gmlrun.errors import LimitReached
from gmlrun.runtime import Runtime
from gmlrun.sandbox.efforts import EFFORTS, FILES, file_size, length
from gmlrun.sandbox.watchdog import out_of_memory
from gmlrun.values.text import PLACEHOLDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

POINTER = 8
"""Bytes of a value's place in an array."""
NODE = 200
"""Bytes of a struct or an array that JSON makes, with its place."""
BYTES = 1e9
"""Bytes that one call makes in a second."""
PIECE = 64
"""Bytes of a short string with its place in an array."""


def number(value: Any) -> float:
    """A size or an index among arguments; what is none takes nothing."""
    return float(value) if type(value) in (float, int, bool) else 0.0


def texts(values: Any) -> int:
    """The characters of all strings in an array."""
    return sum(len(one) for one in values if type(one) is str) if type(values) is list else 0


def repeated(text: Value, count: Value) -> float:
    return length(text) * number(count)


def replaced(text: Value, part: Value, other: Value) -> float:
    count = text.count(part) if type(text) is type(part) is str and part else 0
    return length(text) + count * (length(other) - length(part))


def formatted(template: Value, values: Any = ()) -> float:
    """The size that the values add to a formatted text, each in the place of a placeholder."""
    found = [int(number) for number in PLACEHOLDER.findall(template)] if type(template) is str and values else []
    return sum(length(values[number]) for number in found if number < len(values))


def formatted_values(template: Value, *values: Value) -> float:
    return formatted(template, values)


def joined(delimiter: Value, values: Value, *_: Value) -> float:
    return texts(values) + length(delimiter) * length(values)


def joined_values(delimiter: Value, *values: Value) -> float:
    return joined(delimiter, list(values))


def concatenated(values: Value, *_: Value) -> float:
    return texts(values)


def concatenated_values(*values: Value) -> float:
    return texts(list(values))


def split(text: Value, delimiter: Value, *_: Value) -> float:
    return length(text) + PIECE * (text.count(delimiter) if type(text) is type(delimiter) is str and delimiter else 0)


def split_by_many(text: Value, *_: Value) -> float:
    return length(text) * PIECE / 2


def sized(size: Value, *_: Value) -> float:
    return number(size)


def places(count: Value, *_: Value) -> float:
    return POINTER * number(count)


def resized(target: Value, size: Value, *_: Value) -> float:
    return POINTER * number(size)


def resized_bytes(target: Value, size: Value, *_: Value) -> float:
    return number(size)


def copied(target: Value, index: Value, source: Value, start: Value, count: Value) -> float:
    return POINTER * (number(index) + min(number(count), length(source)))


def stored(root: Value, value: Value, *path: Value) -> float:
    return POINTER * max(map(number, path), default=0.0)


def chained(*arrays: Value) -> float:
    return POINTER * sum(map(length, arrays))


def table(width: Value, height: Value) -> float:
    return POINTER * number(width) * number(height)


def resized_table(target: Value, width: Value, height: Value) -> float:
    return table(width, height)


def filled(target: Value, offset: Value, kind: Value, value: Value, size: Value) -> float:
    return number(offset) + number(size)


def copied_bytes(source: Value, start: Value, size: Value, target: Value, offset: Value) -> float:
    return number(offset) + number(size)


def parsed(*args: Value) -> float:
    text = next((one for one in args if type(one) is str), "")
    return len(text) + NODE * (text.count("[") + text.count("{")) + PIECE * text.count(",")


SIZES: dict[str, Callable[..., float]] = {
    "string": formatted_values,
    "string_ext": formatted,
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
STORES = ("array_store", "list_set")
"""Functions that are called so often that only a limit of memory asks before."""
HANDLED = ("ds_", "buffer_")
"""Beginnings of functions of what is large behind a handle."""
BY_NUMBER = frozenset(
    (*STORES, "string_repeat", *(f"array_{name}" for name in ("create", "resize", "set", "insert", "copy")))
)
"""Functions whose result is large by a number among the arguments."""
OF_TEXTS = frozenset(("string_ext", "string_concat_ext", "string_join_ext"))
"""Functions whose result is large by the texts in an array, which may be small."""
ALWAYS = BY_NUMBER | OF_TEXTS | FILES.keys()
SMALL = 1000
"""Characters or values: nothing that is done with so few takes long, or much memory."""


def claimed(rt: Runtime, name: str, function: Callable[..., Value], skipped: int = 0) -> Callable[..., Value]:
    """A function that ends the event where one call would take more than the game may have; any other as it is.

    `skipped` arguments at the start are not those of GML.
    """
    limits, seconds = rt.settings.limits, rt.settings.event_timeout
    most = math.inf if limits is None or limits.memory is None else limits.memory
    longest = math.inf if seconds is None else seconds
    if math.isinf(most) and (seconds is None or name in STORES):
        return function
    size, effort = SIZES.get(name), EFFORTS.get(name) if seconds is not None else None
    file = FILES.get(name)
    if size is None and effort is None and file is None:
        return function

    def check(args: tuple[Value, ...]) -> None:
        try:
            given = args[skipped:]
            wanted = 0.0 if size is None else size(*given)
            wanted += 0 if file is None or file >= len(given) else file_size(rt, given[file])
            takes = wanted / BYTES + (0.0 if effort is None else effort(rt, *given))
        except TypeError:  # a wrong number of arguments, which the function tells of
            return
        if wanted > most:
            raise out_of_memory(int(most))
        if takes > longest:
            raise LimitReached(f"{name}: so much would take longer than {longest:g} seconds", "--event-timeout")

    return asked(function, check) if name in ALWAYS or name.startswith(HANDLED) else asked_if_large(function, check)


def asked(function: Callable[..., Value], check: Callable[[tuple[Value, ...]], None]) -> Callable[..., Value]:
    """A function that checks its arguments before it runs."""

    def call(*args: Value) -> Value:
        check(args)
        return function(*args)

    return call


def asked_if_large(function: Callable[..., Value], check: Callable[[tuple[Value, ...]], None]) -> Callable[..., Value]:
    """A function behind a check of calls that have a large text or array."""

    def call(*args: Any) -> Any:
        for one in args:
            kind = type(one)
            if (kind is str or kind is list) and len(one) > SMALL:
                check(args)
                break
        return function(*args)

    return call
