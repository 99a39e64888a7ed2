"""Makes values from the text of JSON, as `json_parse` and `json_decode` read it."""

from __future__ import annotations

import json
import math
import re

from gmlrun.language import LARGEST_EXACT, attribute
from gmlrun.runtime import Runtime
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import DsGrid, DsList, DsMap, DsQueue, DsStack, Handles
from gmlrun.values.conversions import wrap_int64
from gmlrun.values.model import (
    Handle,
    Struct,
    Value,
)
from gmlrun.values.priority import DsPriority
from gmlrun.values.unicode import clean_escapes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

Filter: TypeAlias = "Callable[[Value, Value], Value]"

NESTING_LIMIT = 1000
"""How deep arrays and objects may be nested in a text."""
TOO_DEEP = f"more than {NESTING_LIMIT} arrays and objects in each other"

WORDS = {"@@nan$$": math.nan, "@@infinity$$": math.inf, "@@-infinity$$": -math.inf}
INT64_WORD = re.compile(r"@i64@(-?[0-9A-Fa-f]{1,16})\$i64\$", re.ASCII)

KINDS: dict[str, type[Handle]] = {
    **{cls.word: cls for cls in (DsMap, DsList, DsStack, DsQueue, DsGrid, DsPriority)},
    "buffer": Buffer,
}

CHILDREN: dict[type, str] = {dict: "map", list: "list"}
REF_WORD = re.compile(r"@ref ([\w ]+?)(?:\((.*)\)| (\w+))")
TEXT = r'("(?:[^"\\]|\\.)*+(?:"|\\?\Z))'
TRAILING_COMMA = re.compile(TEXT + r"|,(?=\s*[}\]])", re.DOTALL)
OTHER_FORMS = re.compile(TEXT + r"|'((?:[^'\\]|\\.)*+)'|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
"""Text in single quotes, and comments, which GameMaker reads too."""


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
    """Like `raw`, for JSON by the book."""
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
    return value if abs(value) > LARGEST_EXACT and wrap_int64(value) == value else float(value)


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


def struct_of(members: dict[str, Value]) -> Struct:
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


def nesting(found: Any) -> int:
    """How deep the containers are nested, counted no further than to the limit."""
    depth, level = 0, [found]
    while depth <= NESTING_LIMIT and level:
        inner = (item.values() if type(item) is dict else item for item in level if type(item) in CHILDREN)
        level = [item for items in inner for item in items]
        depth += 1
    return depth
