"""A compiled unit: what the compiler makes of one source, immutable and cacheable; the linker runs it.

Everything in it can be marshalled, so that a cached program starts without the front end.
"""

from __future__ import annotations

import marshal

from gmlrun.lean import CodeType, FunctionType, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

METHOD_FORM = "@method"
"""The end of the name of a static function's form that calls of it take."""
FAST_FORM = "@fast"
"""The end of the name of a function's form for arguments of the types that it expects."""
READY_REALS = 1024
"""How many whole reals are made in advance, which emitted code takes by their numbers."""


def entry_name(code: CodeType) -> str:
    """The code entry name of a GML function: that of its other forms is the same."""
    return code.co_name.removesuffix(FAST_FORM).removesuffix(METHOD_FORM)


class FunctionEntry(NamedTuple):
    """A function that the unit's code defines under `python_name`."""

    python_name: str
    """Its name in the unit's namespace: the code entry name, as GameMaker's stack traces show it."""
    script: str = ""
    """The project-wide name when it is declared at the top of a script, else empty."""
    parameters: tuple[str, ...] = ()
    is_constructor: bool = False
    gml_name: str = ""
    """The answer of `instanceof` for a constructor's structs."""
    statics: str = ""
    """The namespace's name for its static struct, when its code uses one."""
    is_called_directly: bool = False
    """Whether a constructor may be called without `new`, as projects before 2024.11 do."""
    methods: tuple[tuple[str, str], ...] = ()
    """The statics that are declared as functions, each with the function's `python_name`."""
    parent: str = ""
    """The name of a constructor's parent."""


class EventEntry(NamedTuple):
    """An event's code: which object (empty: the file's own), which event as written, which function."""

    object: str
    event: str
    python_name: str


class ObjectEntry(NamedTuple):
    """An object block; without a name it is the source's own object, for the sake of its parent."""

    name: str
    parent: str


class Links(NamedTuple):
    """The names in the unit's namespace that the linker fills in, each group by GML name."""

    builtins: tuple[tuple[str, str], ...] = ()
    """Called builtins with the chapter module that holds each."""
    builtin_values: tuple[tuple[str, str], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    scripts: tuple[str, ...] = ()
    calls: tuple[tuple[str, int], ...] = ()
    """The scripts that the code calls by name, with the most arguments that it gives to each."""
    assets: tuple[str, ...] = ()
    reads_places: bool = False
    """Whether the code names the place that an instance had a frame ago."""
    reads_pictures: bool = False
    """Whether the code names the picture that an instance shows."""
    runs_timelines: bool = False
    """Whether the code lets instances run timelines."""
    rare: tuple[str, ...] = ()
    """The helpers that the code names of those that most programs do without."""


class Unit(NamedTuple):
    """One compiled source."""

    name: str
    file: str
    text: str
    """The source text, for error messages."""
    code: CodeType
    """Running it in a namespace defines the unit's functions there."""
    init: str
    """The function that runs the source's own statements; empty when it has none."""
    functions: tuple[FunctionEntry, ...]
    events: tuple[EventEntry, ...]
    objects: tuple[ObjectEntry, ...]
    links: Links
    library: tuple[str, ...] = ()
    """The stdlib files that the unit's names come from."""
    wanted: tuple[tuple[str, FunctionType], ...] | None = None
    """Where a game gets only some of the functions: these, as its code has defined them elsewhere; None for all."""

    def __hash__(self) -> int:
        """By the name: that of all fields goes through the whole code."""
        return hash(self.name)

    def define(self, namespace: dict[str, Any]) -> None:
        """Defines the unit's functions in a namespace."""
        if self.wanted is None:
            exec(self.code, namespace)
            return
        for name, function in self.wanted:
            namespace[name] = FunctionType(function.__code__, namespace, function.__name__, function.__defaults__)


PLACES = frozenset(("xprevious", "yprevious"))
PICTURES = frozenset(("image_index",))
TIMELINES = frozenset(("timeline_running",))


RARE = frozenset(("gml_priority", "gml_buffer", "gml_readers", "gml_writers", "gml_unit", "gml_below", "gml_bits"))
"""Helpers whose modules are imported for the code that names them."""


def names_any(code: CodeType, names: frozenset[str]) -> bool:
    """Whether code, or a function in it, names one of these variables, or says so in a text."""
    texts = (value for value in code.co_consts if isinstance(value, str))
    inner = (value for value in code.co_consts if isinstance(value, CodeType))
    return not names.isdisjoint((*code.co_names, *texts)) or any(names_any(one, names) for one in inner)


def names_in(code: CodeType) -> set[str]:
    """The global names and attributes of code and of the functions in it."""
    found = set(code.co_names)
    for value in code.co_consts:
        if isinstance(value, CodeType):
            found |= names_in(value)
    return found


def dump(units: list[Unit], extra: Any = None) -> bytes:
    """Units, and anything marshallable beside them, as bytes for the compile cache."""
    rows = [marshal.dumps((u.code, astuple_without_code(u))) for u in units]
    return marshal.dumps((rows, extra))


def load(data: bytes, known: dict[bytes, Unit] | None = None) -> tuple[list[Unit], Any]:
    """The inverse of `dump`; raises ValueError, EOFError or TypeError on bytes that are not from it.

    What is `known` by its bytes is not read again, and what is read is known from then on.
    """
    rows, extra = marshal.loads(data)
    if known is None:
        return [unit_from(row) for row in rows], extra
    for row in rows:
        if row not in known:
            known[row] = unit_from(row)
    return [known[row] for row in rows], extra


def astuple_without_code(unit: Unit) -> tuple[Any, ...]:
    """The unit as nested tuples of primitives, with None where its code stands."""
    nested = [tuple(tuple(item) for item in group) for group in (unit.functions, unit.events, unit.objects)]
    return (unit.name, unit.file, unit.text, unit.init, *nested, tuple(unit.links), unit.library)


def unit_from(row: bytes) -> Unit:
    """A unit from the bytes of its code and of what `astuple_without_code` gives."""
    code, fields = marshal.loads(row)
    name, file, text, init, functions, events, objects, links, library = fields
    return Unit(
        name,
        file,
        text,
        code,
        init,
        tuple(FunctionEntry(*f) for f in functions),
        tuple(EventEntry(*e) for e in events),
        tuple(ObjectEntry(*o) for o in objects),
        Links(*links),
        library,
    )
