"""JSON both ways: values, ds_maps and ds_lists go in, text comes out, and back.

Manual: File_Handling/Encoding_And_Hashing, Additional_Information/Guide_To_Using_JSON.
"""

from __future__ import annotations

import json
import math
import re
from json.encoder import encode_basestring

from gmlrun.builtins.registry import Bool, Chapter, Function, String
from gmlrun.errors import GmlError
from gmlrun.language import attribute
from gmlrun.runtime import Runtime
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import (
    DsGrid,
    DsList,
    DsMap,
    DsQueue,
    DsStack,
    Handles,
)
from gmlrun.values.conversions import to_real, wrap_int64
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
from gmlrun.values.priority import DsPriority
from gmlrun.values.text import bounded, string_of
from gmlrun.values.unicode import clean_escapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from typing import Any, TypeAlias

chapter = Chapter("File_Handling/Encoding_And_Hashing")

NESTING_LIMIT = 1000
"""How deep arrays and objects may be nested in a text."""
EXACT = 1 << 53
"""Integers up to this are the same as a real."""
TOO_DEEP = f"more than {NESTING_LIMIT} arrays and objects in each other"

WORDS = {"@@nan$$": math.nan, "@@infinity$$": math.inf, "@@-infinity$$": -math.inf}
INT64_WORD = re.compile(r"@i64@(-?[0-9A-Fa-f]{1,16})\$i64\$", re.ASCII)
REF_WORD = re.compile(r"@ref ([\w ]+?)(?:\((.*)\)| (\w+))")
TEXT = r'("(?:[^"\\]|\\.)*+(?:"|\\?\Z))'
TRAILING_COMMA = re.compile(TEXT + r"|,(?=\s*[}\]])", re.DOTALL)
OTHER_FORMS = re.compile(TEXT + r"|'((?:[^'\\]|\\.)*+)'|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
"""Text in single quotes, and comments, which GameMaker reads too."""

KINDS: dict[str, type[Handle]] = {
    **{cls.word: cls for cls in (DsMap, DsList, DsStack, DsQueue, DsGrid, DsPriority)},
    "buffer": Buffer,
}

Filter: TypeAlias = "Callable[[Value, Value], Value]"


# -------------------------------------------------------------------------- writing


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


def plain_struct(struct: Struct, inside: Walk) -> dict[str, Any] | None:
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
    if -EXACT <= value <= EXACT:
        return real_text(float(value))
    return f'"@i64@{value & (1 << 64) - 1:x}$i64$"'


def real_text(value: float) -> str:
    """A real with the digits that tell it from all others; a whole one ends in `.0`."""
    if math.isfinite(value):
        return repr(float(value))
    return '"@@nan$$"' if value != value else '"@@infinity$$"' if value > 0 else '"@@-infinity$$"'


# -------------------------------------------------------------------------- reading


def raw(text: str, is_loose: bool = False) -> Value:
    """The text as Python's dicts, lists and scalars; raises ValueError when it is no JSON.

    A comma after the last member and comments are passed over, and text may stand in single quotes, as in GameMaker.
    A loose text may go on behind its value.
    """
    text = clean_escapes(text)
    try:
        return strict(text)
    except ValueError:
        cleaned = TRAILING_COMMA.sub(lambda found: found[1] or "", OTHER_FORMS.sub(in_double_quotes, text))
        if cleaned == text and not is_loose:
            raise
        return strict(cleaned, is_loose)


def in_double_quotes(found: re.Match[str]) -> str:
    """A text in single quotes as JSON has it, nothing for a comment."""
    if found[2] is None:
        return found[1] or ""
    inner = found[2].replace("\\'", "'")
    return '"' + re.sub(r'(\\.)|"', lambda part: part[1] or '\\"', inner, flags=re.DOTALL) + '"'


def strict(text: str, is_loose: bool = False) -> Value:
    """As `raw`, for JSON by the book."""
    try:
        found = DECODER.raw_decode(text.lstrip())[0] if is_loose else DECODER.decode(text)
    except RecursionError:
        if text.count("[") + text.count("{") <= NESTING_LIMIT:
            raise  # the program's own calls were too deep already
        raise ValueError(TOO_DEEP) from None
    if nesting(found) > NESTING_LIMIT:
        raise ValueError(TOO_DEEP)
    return found


def integer(text: str) -> Value:
    """A number without a point: a real if that is exact, else an int64 if it fits."""
    if len(text) < 16:
        return float(text)
    if len(text) > 20:
        return float(text)
    value = int(text)
    return value if abs(value) > EXACT and wrap_int64(value) == value else float(value)


def refused(word: str) -> Value:
    """NaN and Infinity as bare words are no JSON."""
    raise ValueError(f"unexpected {word}")


DECODER = json.JSONDecoder(parse_int=integer, parse_constant=refused, strict=False)


def word(rt: Runtime, text: str) -> Value:
    """A string that stands for a value JSON cannot hold as that value, any other as it is."""
    if not text.startswith("@"):
        return text
    if text in WORDS:
        return WORDS[text]
    found = INT64_WORD.fullmatch(text)
    if found:
        return wrap_int64(int(found[1], 16))
    found = REF_WORD.fullmatch(text)
    return text if found is None else reference(rt, found[1], found[2] or found[3] or "", text)


def reference(rt: Runtime, kind: str, label: str, text: str) -> Value:
    """The live handle or asset that a reference names; the text itself when there is none."""
    cls = KINDS.get(kind)
    if cls is not None and label.isdecimal():
        return rt.service(Handles).find(cls, float(label)) or text
    found = rt.assets.get(label)
    return found if isinstance(found, Handle) and found.kind == kind else text


def direct(text: str) -> Value:
    """The value of a text in which nothing needs a second look; raises ValueError for any other text."""
    if "@" in text or "\\" in text or text.count("[") + text.count("{") > NESTING_LIMIT:
        raise ValueError
    return DIRECT_DECODER.decode(text)


def struct_of(members: dict[str, Any]) -> Struct:
    """An object's struct, from its members."""
    made = Struct()
    made.__dict__ = members if "__" not in "".join(members) else {attribute(k): v for k, v in members.items()}
    return made


DIRECT_DECODER = json.JSONDecoder(object_hook=struct_of, parse_int=integer, parse_constant=refused, strict=False)


class Reviver:
    """Makes GML values of what `raw` returns, the innermost first; `replaced` sees each before its container."""

    def __init__(self, rt: Runtime, words: bool, replaced: Filter | None = None) -> None:
        self.rt = rt
        self.words = words
        self.replaced = replaced

    def value(self, key: Value, found: Value) -> Value:
        """The value of a part of the text, under the key or index that it has."""
        if self.replaced is None:
            return self.plain(found)
        made = found
        if type(found) is dict:
            made = Struct()
            for name, member in found.items():
                setattr(made, attribute(name), self.value(name, member))
        elif type(found) is list:
            made = [self.value(float(at), item) for at, item in enumerate(found)]
        elif type(found) is str and self.words:
            made = word(self.rt, found)
        return made if self.replaced is None else self.replaced(key, made)

    def plain(self, found: Any) -> Value:
        """The same without a filter."""
        kind = type(found)
        if kind is str:
            return word(self.rt, found) if self.words else found
        if kind is dict:
            made = Struct()
            made.__dict__ = {
                name if name[:2] != "__" else attribute(name): self.plain(member) for name, member in found.items()
            }
            return made
        return [self.plain(item) for item in found] if kind is list else found


def structure_of(rt: Runtime, found: Value) -> Value:
    """The result of `raw` as ds_maps and ds_lists, the inner ones owned by the outer."""
    if type(found) is dict:
        made = rt.service(Handles).add(DsMap())
        for key, member in found.items():
            made.set(key, structure_of(rt, member))
            if type(member) in CHILDREN:
                made.marks[key] = CHILDREN[type(member)]
        return made
    if type(found) is list:
        list_ = rt.service(Handles).add(DsList())
        list_.items = [structure_of(rt, item) for item in found]
        list_.marks = {at: CHILDREN[type(item)] for at, item in enumerate(found) if type(item) in CHILDREN}
        return list_
    return word(rt, found) if type(found) is str else found


CHILDREN: dict[type, str] = {dict: "map", list: "list"}


def nesting(found: Any) -> int:
    """How deep the containers are nested, counted no further than to the limit."""
    depth, level = 0, [found]
    while depth <= NESTING_LIMIT and level:
        inner = (item.values() if type(item) is dict else item for item in level if type(item) in CHILDREN)
        level = [item for items in inner for item in items]
        depth += 1
    return depth


def map_of(rt: Runtime, text: str) -> Value:
    """A new ds_map from JSON, -1 when it is none; what is no object stands under the key `default`."""
    try:
        found = raw(text, rt.has_loose_json)
    except ValueError:
        return -1.0
    return structure_of(rt, found if type(found) is dict else {"default": found})


def text_of_map(rt: Runtime, map_: DsMap, pretty: bool = False) -> str:
    """A ds_map with what it owns as JSON."""
    return JsonWriter(rt, pretty).owned(map_, "map", 0)


# ------------------------------------------------------------------------- builtins


def filtered(rt: Runtime, function: Value, self: Value, other: Value) -> Filter | None:
    """A filter argument as a Python function of key and value."""
    if function is None:
        return None
    return lambda key, value: rt.call(function, self, other, key, value)


@chapter
def json_stringify(
    rt: Runtime,
    self: Value,
    other: Value,
    val: Value,
    pretty_print: Bool = False,
    filter_func: Function = None,  # type: ignore[assignment]
) -> str:
    """A value, with structs and arrays, as JSON.

    FILTER_FUNC(key, value) is called for each value before what is in it; what it returns is written. The
    outermost value has the key "". Functions in structs are left out.
    """
    found = compact(val) if filter_func is None and not pretty_print else None
    if found is not None:
        return found
    replaced = filtered(rt, filter_func, self, other)
    root = val if replaced is None else replaced("", val)
    return JsonWriter(rt, pretty_print, replaced).text(root)


@chapter
def json_parse(
    rt: Runtime,
    self: Value,
    other: Value,
    json: Value,
    filter_func: Function = None,  # type: ignore[assignment]
    inhibit_string_convert: Bool = False,
) -> Value:
    """The value that a JSON text means: objects become structs, null becomes undefined.

    FILTER_FUNC(key, value) is called for each value after what is in it; what it returns is kept. Raises
    for what is no JSON, and for more than 1000 levels.
    """
    if type(json) is not str:
        raise GmlError("json_parse: the argument is not a string")
    if filter_func is None:
        try:
            return direct(json)
        except ValueError:
            pass  # the other way finds out what is wrong, if anything is
    replaced = filtered(rt, filter_func, self, other)
    try:
        found = raw(json, rt.has_loose_json)
    except ValueError as error:
        raise GmlError(f"json_parse: JSON parse error: {error}") from None
    return Reviver(rt, not inhibit_string_convert, replaced).value("", found)


@chapter
def json_encode(rt: Runtime, handles: Handles, map: Value, prettify: Bool = False) -> str:
    """A ds_map as JSON, with the lists and maps that it owns."""
    return text_of_map(rt, handles.get(DsMap, map), prettify)


@chapter
def json_decode(rt: Runtime, string: String) -> Value:
    """A new ds_map from JSON, -1 when it is none.

    What is no object stands under the key "default"; inner lists and maps belong to the outer ones.
    """
    return map_of(rt, string)
