"""Arguments of a host: values go in; nothing comes out, or a TypeError or ValueError that says what is wanted.

A parameter or a field is checked by the text of its annotation.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from gmlrun.embedding.values import EXACT, View, whole
from gmlrun.runtime import Clock, Settings
from gmlrun.sandbox.limits import Limits
from gmlrun.sandbox.permissions import Permissions, parts_of

LISTS = (list, tuple, set, frozenset)


class Wanted(NamedTuple):
    """A kind of values that a parameter takes, in words and as a test of a value."""

    words: str
    fits: Callable[[Any], bool]


def kind(words: str, *types: type) -> Wanted:
    """Values of some types; a bool is no number."""
    return Wanted(words, lambda value: isinstance(value, types) and (bool in types or type(value) is not bool))


def or_none(wanted: Wanted, words: str = "None") -> Wanted:
    return Wanted(f"{wanted.words} or {words}", lambda value: value is None or wanted.fits(value))


def list_of(one: Wanted) -> Wanted:
    return Wanted(f"a list, each {one.words}", lambda value: isinstance(value, LISTS) and all(map(one.fits, value)))


def mapping(words: str, names: Wanted, values: Wanted | None = None) -> Wanted:
    def fits(value: Any) -> bool:
        if not isinstance(value, Mapping) or not all(map(names.fits, value)):
            return False
        return values is None or all(map(values.fits, value.values()))

    return Wanted(words, fits)


def allowed(one: Wanted, what: str) -> Wanted:
    """A permission: all, nothing, or a list of what is allowed."""
    many = list_of(one)
    return Wanted(f"True, False or a list of {what}", lambda value: type(value) is bool or many.fits(value))


TEXT, WHOLE, SWITCH = kind("a str", str), kind("an int", int), kind("True or False", bool)
SECONDS = kind("a number", float, int)
PATH = kind("a path", str, os.PathLike)
FUNCTION = Wanted("a function", callable)
PROGRAM = Wanted(
    "GML as a str, a path or a list of paths",
    lambda value: PATH.fits(value) or (bool(value) and list_of(PATH).fits(value)),
)
CLOCK = kind("a gmlrun.Clock", Clock)
NETWORK = Wanted("a net.Backend", lambda value: hasattr(value, "poll"))
NAMED = mapping("a dict whose keys are names", TEXT)
HOSTS = allowed(TEXT, "hosts")

WANTED: Mapping[str, Wanted] = {
    "Any": Wanted("anything", lambda value: True),
    "str": TEXT,
    "int": WHOLE,
    "int | None": or_none(WHOLE),
    "bool": SWITCH,
    "float": SECONDS,
    "float | None": or_none(SECONDS),
    "StrPath": PATH,
    "StrPath | None": or_none(PATH),
    "Sequence[str]": list_of(TEXT),
    "Sequence[Any]": kind("a list", *LISTS),
    "Mapping[int, int]": mapping("a dict of ints", WHOLE, WHOLE),
    "Mapping[str, str]": mapping("a dict of texts", TEXT, TEXT),
    "Mapping[str, Any]": NAMED,
    "Mapping[str, Any] | None": or_none(NAMED),
    "BinaryIO | None": or_none(Wanted("a binary file", lambda value: hasattr(value, "write"))),
    **dict.fromkeys(("Callable[..., Any]", "Callable[[], Any]", "Callable[[str], None]"), FUNCTION),
    **dict.fromkeys(
        (
            *("Callable[..., Any] | None", "Callable[[Any], Any] | None", "Callable[[Report], None] | None"),
            "Callable[[str, Mapping[str, Any]], None] | None",
        ),
        or_none(FUNCTION),
    ),
    "Given": PROGRAM,
    "Given | CompiledProgram": Wanted(
        f"{PROGRAM.words} or a gmlrun.CompiledProgram", lambda value: hasattr(value, "built") or PROGRAM.fits(value)
    ),
    "Host | None": or_none(Wanted("a gmlrun.Host", lambda value: hasattr(value, "with_others"))),
    "Clock | None": or_none(CLOCK),
    "Backend | None": or_none(NETWORK),
    "Settings | None": or_none(kind("a gmlrun.Settings", Settings)),
    "Limits | None": or_none(kind("a gmlrun.Limits", Limits)),
    "Permissions | None": or_none(kind("a gmlrun.Permissions, such as Permissions.sandbox()", Permissions)),
    "bool | Sequence[str]": HOSTS,
    "bool | Sequence[str] | None": or_none(HOSTS, "None for what net allows"),
    "bool | Sequence[int]": allowed(WHOLE, "ports"),
    "bool | Sequence[str | os.PathLike[str]]": allowed(PATH, "folders"),
}
"""By the text of an annotation, what fits."""
CHOICES = {
    "dialogs": ("default", "stdin", "fail"),
    "headless": ("error", "warn", "ignore"),
    "on_error": ("exit", "continue"),
}
"""The words that some settings have."""
POSITIVE = frozenset(("event_time", "compile_time", "memory", "event_timeout", "idle_timeout", "fps"))
"""Fields that mean nothing where they are 0."""


def shown(value: Any) -> str:
    """A wrong value in an error: its type where the whole is long."""
    text = repr(value)
    return text if len(text) <= 60 else f"a {type(value).__name__}"


def check(owner: str, function: Any, /, **values: Any) -> None:
    """Raises TypeError for an argument that does not fit the annotation of its parameter."""
    check_each(owner, function.__annotations__, values.items())


def check_each(owner: str, annotations: Mapping[str, Any], values: Iterable[tuple[str, Any]]) -> None:
    for name, value in values:
        wanted = WANTED[text_of(annotations[name])]
        if not wanted.fits(value):
            raise TypeError(f"{owner}: {name} must be {wanted.words}, not {shown(value)}")


def text_of(annotation: Any) -> str:
    """The annotation as it is written; a NamedTuple keeps those of its fields inside another object."""
    return str(getattr(annotation, "__forward_arg__", annotation))


def check_fields(record: Settings | Limits | Permissions | None) -> None:
    """Raises TypeError for a field of the wrong type, ValueError for one with a value that means nothing."""
    if record is None:
        return
    owner = type(record).__name__
    check_each(owner, type(record).__annotations__, zip(record._fields, record, strict=True))
    for name, value in zip(record._fields, record, strict=True):
        check_number(owner, name, value)
        words = CHOICES.get(name)
        if words is not None and value not in words:
            raise ValueError(f"{owner}: {name} must be one of {', '.join(words)}, not {shown(value)}")
    if isinstance(record, Permissions):
        check_hosts(record)


def check_number(owner: str, name: str, value: Any) -> None:
    if type(value) not in (int, float):
        return
    if not math.isfinite(value) or value < 0 or (value == 0 and name in POSITIVE):
        least = "above 0" if name in POSITIVE else "0 or more"
        raise ValueError(f"{owner}: {name} must be a number {least}, not {value}")


def check_hosts(permissions: Permissions) -> None:
    for name, entries in (("net", permissions.net), ("http", permissions.http)):
        for one in () if entries is None or isinstance(entries, bool) else entries:
            try:
                parts_of(one)
            except ValueError as error:
                raise ValueError(f"Permissions: {name}: {error}, not {one!r}") from None


def check_value(value: Any, seen: frozenset[int] = frozenset()) -> None:
    """Raises TypeError for a value that GML has no word for, or has one inside, OverflowError for large numbers."""
    if isinstance(value, View) or id(value) in seen:
        return
    if type(value) in EXACT:
        EXACT[type(value)](value)
    elif type(value) is int:
        whole(value)
    elif isinstance(value, (list, tuple)):
        for one in value:
            check_value(one, seen | {id(value)})
    elif isinstance(value, Mapping):
        if not all(isinstance(name, str) for name in value):
            raise TypeError("the variables of a struct have names, which are texts")
        check_value(list(value.values()), seen | {id(value)})
    elif not (callable(value) or isinstance(value, (bytes, bytearray, memoryview))):
        raise TypeError(f"GML has no value for a {type(value).__name__}")
