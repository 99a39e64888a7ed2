"""`string()`: any GML value goes in, the text that GameMaker prints for it comes out.

Manual: Strings/string.
"""

from __future__ import annotations

from gmlrun.lean import FunctionType, MethodType, pattern
from gmlrun.values.model import (
    POINTER_NULL,
    BuiltinFunction,
    Handle,
    Pointer,
    Struct,
    function_info,
    own_variables,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeVar

    from gmlrun.values.model import Value

    Piece = TypeVar("Piece", str, bytes)

PLACEHOLDER = pattern(r"(?a)\{(\d{1,9})\}")
LARGEST_WHOLE = 2.0**63
NESTING_LIMIT = 256
LONGEST = 1 << 27
"""Characters of a text made of values: the same one may be in an array a million times, and take no memory."""


def string_of(value: Value) -> str:
    """A value at the top level: a string is itself."""
    if type(value) is str:
        return value
    if type(value) is float:
        return real_text(value)
    if type(value) is int:
        return str(value)
    return formatted(value, ())


def real_text(value: float) -> str:
    """A real: whole ones without decimals, others with exactly two."""
    if value in SMALL_TEXTS:
        return SMALL_TEXTS[value]
    if value == value // 1 and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "inf" if value > 0 else "-inf"
    return f"{value:.0f}" if abs(value) >= LARGEST_WHOLE else f"{value:.2f}"


SMALL_TEXTS = {float(number): str(number) for number in range(256)}


def nested(value: Value, inside: tuple[int, ...]) -> str:
    """A value inside an array or a struct: a string stands in quotes."""
    return f'"{value}"' if type(value) is str else formatted(value, inside)


def formatted(value: Value, inside: tuple[int, ...]) -> str:
    """Any value but a string; `inside` has the ids of the containers around it."""
    if type(value) is list:
        return array_text(value, inside)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Pointer):
        return "null" if value == POINTER_NULL else f"{int(value) & (1 << 64) - 1:016X}"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return function_text(value) if isinstance(value, BuiltinFunction) else real_text(value)
    if value is None:
        return "undefined"
    if isinstance(value, Handle):
        return f"ref {value.kind} {value.label}"
    if isinstance(value, Struct):
        return struct_text(value, inside)
    return function_text(value)


def array_text(items: list[Value], inside: tuple[int, ...]) -> str:
    if id(items) in inside or len(inside) > NESTING_LIMIT:
        return '"Warning: Recursive array found"'
    around = (*inside, id(items))
    return f"[ {','.join(bounded(nested(item, around) for item in list(items)))} ]"


def struct_text(struct: Struct, inside: tuple[int, ...]) -> str:
    """A struct's variables, or what its own toString returns."""
    if id(struct) in inside or len(inside) > NESTING_LIMIT:
        return '"Warning: Recursive struct found"'
    custom = getattr(struct, "toString", None)
    if type(custom) in (FunctionType, MethodType):
        return string_of(custom(None, struct))  # type: ignore[misc]
    around = (*inside, id(struct))
    members = (f"{name} : {nested(value, around)}" for name, value in own_variables(struct))
    return f"{{ {', '.join(bounded(members))} }}"


def bounded(pieces: Iterable[Piece], longest: int = LONGEST) -> list[Piece]:
    """Pieces of one text, or of bytes; raises MemoryError where they are longer than that may be."""
    kept, left = [], longest
    for piece in pieces:
        left -= len(piece)
        if left < 0:
            raise MemoryError
        kept.append(piece)
    return kept


def to_string(other: Value, target: Value, *args: Value) -> str:
    """`struct.toString()` of a struct that has none of its own."""
    return string_of(target)


Struct.toString = BuiltinFunction(-1, "toString", to_string)


def function_text(value: Value) -> str:
    """A function or method by its name; a script function is an asset."""
    if isinstance(value, BuiltinFunction):
        return f"function {value.name}"
    info = function_info(value)
    if info is None:
        return "function"
    if info.script is not None and type(value) is FunctionType:
        return f"ref script {info.script}"
    return f"function {info.name}"


def quoted(value: Value) -> str:
    """A value as messages show it: strings in quotes, long texts cut."""
    text = f'"{value}"' if type(value) is str else string_of(value)
    return text if len(text) <= 60 else text[:57] + "…"


def quoted_whole(value: Value) -> str:
    """A value as a prompt shows it: a string in quotes, nothing cut."""
    return f'"{value}"' if type(value) is str else string_of(value)


def format_placeholders(template: str, values: Sequence[Value]) -> str:
    """`{0}`, `{1}`, … replaced by `string()` of the values; other braces stay as they are."""
    return "".join(bounded(filled(template, values)))


def filled(template: str, values: Sequence[Value]) -> Iterator[str]:
    """The pieces of such a text: what stands between placeholders, and what stands for them."""
    at = 0
    for found in PLACEHOLDER.finditer(template):
        yield template[at : found.start()]
        number, at = int(found[1]), found.end()
        yield string_of(values[number]) if number < len(values) else found[0]
    yield template[at:]
