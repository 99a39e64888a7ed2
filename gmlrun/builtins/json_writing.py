"""Makes the text of JSON from values, as `json_stringify` and `json_encode` write it."""

from __future__ import annotations

import json
import math
from json.encoder import encode_basestring

from gmlrun.language import LARGEST_EXACT
from gmlrun.runtime import Runtime
from gmlrun.values.containers import (
    DsList,
    DsMap,
    Handles,
)
from gmlrun.values.conversions import to_real
from gmlrun.values.model import (
    GmlClass,
    Handle,
    Int32,
    Pointer,
    Struct,
    Value,
    is_callable,
    own_variables,
)
from gmlrun.values.text import bounded, string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any

    from gmlrun.builtins.json_reading import Filter


class JsonWriter:
    """Writes one value; `pretty` puts each member on a line of its own, `replaced` sees each value first."""

    def __init__(self, rt: Runtime, pretty: bool, replaced: Filter | None = None) -> None:
        self.rt = rt
        self.pretty = pretty
        self.replaced = replaced
        self.inside: set[int] = set()

    def text(self, value: Value, depth: int = 0) -> str:
        """The JSON of a value; a map or list is a reference here, as nobody said that it is owned."""
        if type(value) is str:
            return encode_basestring(value)
        if isinstance(value, list):
            return self.container(value, self.listed, depth)
        if type(type(value)) is GmlClass:
            return self.container(value, self.members, depth)
        if self.rt.has_plain_handles and isinstance(value, Handle):
            return real_text(to_real(value))
        return scalar(value)

    def container(self, value: Value, inner: Callable[[Any, int], str], depth: int) -> str:
        """A value with others in it; inside itself it is null."""
        if id(value) in self.inside:
            return "null"
        self.inside.add(id(value))
        try:
            return inner(value, depth)
        finally:
            self.inside.discard(id(value))

    def seen(self, key: Value, value: Value) -> Value:
        """A value after the filter."""
        return value if self.replaced is None else self.replaced(key, value)

    def listed(self, items: list[Value], depth: int) -> str:
        parts = (self.text(self.seen(float(at), item), depth + 1) for at, item in enumerate(list(items)))
        return self.bracketed("[", bounded(parts), "]", depth)

    def members(self, struct: Struct, depth: int) -> str:
        """A struct without its functions."""
        shown = ((name, self.seen(name, member)) for name, member in own_variables(struct))
        parts = (
            f"{encode_basestring(name)}:{self.text(value, depth + 1)}"
            for name, value in shown
            if not is_callable(value)
        )
        return self.bracketed("{", bounded(parts), "}", depth)

    def map_members(self, map_: DsMap, depth: int) -> str:
        """A map with what it owns."""
        parts = (
            f"{encode_basestring(string_of(key))}:{self.owned(value, map_.marks.get(name), depth + 1)}"
            for name, (key, value) in list(map_.data.items())
        )
        return self.bracketed("{", bounded(parts), "}", depth)

    def list_items(self, list_: DsList, depth: int) -> str:
        """A list with what it owns."""
        parts = (self.owned(item, list_.marks.get(at), depth + 1) for at, item in enumerate(list(list_.items)))
        return self.bracketed("[", bounded(parts), "]", depth)

    def owned(self, value: Value, kind: str | None, depth: int) -> str:
        """A value of a map or list, with its mark; one that was destroyed is null."""
        if kind is None:
            return self.text(value, depth)
        handles = self.rt.service(Handles)
        if kind == "map":
            map_ = handles.find(DsMap, value)
            return "null" if map_ is None else self.container(map_, self.map_members, depth)
        list_ = handles.find(DsList, value)
        return "null" if list_ is None else self.container(list_, self.list_items, depth)

    def bracketed(self, opening: str, parts: list[str], closing: str, depth: int) -> str:
        if not self.pretty or not parts:
            return f"{opening}{','.join(parts)}{closing}"
        line = "\n" + "  " * (depth + 1)
        return f"{opening}{line}{f',{line}'.join(parts)}{line[:-2]}{closing}"


PLAIN_TYPES = frozenset((str, float, bool, type(None)))
"""The types of values that Python's own encoder writes as GameMaker does, numbers that are not finite aside."""
MANY = 1_000_000
"""Values: more of them are not written in one piece, which no limit of time would end."""
MANY_CHARACTERS = 8_000_000
"""Characters, likewise: the same string may be in an array a million times."""
ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"))


def compact(value: Value) -> str | None:
    """The JSON of a value by Python's own encoder, None for one that it would write in another way."""
    try:
        return ENCODER.encode(plain(value, Walk()))
    except (ValueError, TypeError, RecursionError):
        return None


class Walk(set[int]):
    """The ids of the arrays and structs that a walk is inside of, and how many values and characters it has met."""

    count = characters = 0

    def meet(self, values: Collection[Value]) -> set[type]:
        """Counts values, and returns their types; raises TypeError for too many to be written in one piece."""
        kinds = set(map(type, values))
        self.count += len(values)
        if str in kinds:
            self.characters += sum([len(value) for value in values if type(value) is str])
        if self.count > MANY or self.characters > MANY_CHARACTERS:
            raise TypeError
        return kinds


def plain(value: Value, inside: Walk) -> Value:
    """A value as dicts, lists and scalars that Python's encoder knows; raises TypeError for one that it does not."""
    if type(value) is list:
        return plain_list(value, inside)
    if isinstance(value, Struct):
        return plain_struct(value, inside)
    return value if type(value) in PLAIN_TYPES else plain_number(value)


def plain_list(items: list[Value], inside: Walk) -> list[Value] | None:
    """An array of which nothing but scalars is left; the array itself where that is so already."""
    if inside.meet(items) <= PLAIN_TYPES:
        return items
    if id(items) in inside:
        return None
    inside.add(id(items))
    made = [item if type(item) in PLAIN_TYPES else plain(item, inside) for item in items]
    inside.discard(id(items))
    return made


def plain_struct(struct: Struct, inside: Walk) -> dict[str, Value] | None:
    """A struct's variables in the same way, without functions."""
    members = vars(struct)
    if "__" in "".join(members):
        raise TypeError  # a name that is not what it looks like, or the engine's own
    if inside.meet(members.values()) <= PLAIN_TYPES:
        return members
    if id(struct) in inside:
        return None
    inside.add(id(struct))
    made = members.copy()
    for name, member in members.items():
        if type(member) not in PLAIN_TYPES:
            if is_callable(member):
                del made[name]
            else:
                made[name] = plain(member, inside)
    inside.discard(id(struct))
    return made


def plain_number(value: Value) -> Value:
    """A small integer; TypeError for any other value."""
    if (type(value) is int or type(value) is Int32) and -(1 << 31) <= value < 1 << 31:
        return int(value)
    raise TypeError


def scalar(value: Value) -> str:
    """The JSON of a value that is no container and no string."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, Pointer) or is_callable(value):
        return "null"
    if isinstance(value, int):
        return integer_text(value)
    if isinstance(value, float):
        return real_text(value)
    assert isinstance(value, Handle)
    return f'"@ref {value.kind}({value.label})"'


def integer_text(value: int) -> str:
    """An int32 plainly, an int64 that a real can hold as a real, any other as a word."""
    if -(1 << 31) <= value < 1 << 31:
        return str(int(value))
    if -LARGEST_EXACT <= value <= LARGEST_EXACT:
        return real_text(float(value))
    return f'"@i64@{value & (1 << 64) - 1:x}$i64$"'


def real_text(value: float) -> str:
    """A real with the digits that tell it from all others; a whole one ends in `.0`."""
    if math.isfinite(value):
        return repr(float(value))
    return '"@@nan$$"' if value != value else '"@@infinity$$"' if value > 0 else '"@@-infinity$$"'
