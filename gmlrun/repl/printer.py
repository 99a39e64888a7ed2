"""Values and errors for people: a GML value goes in, pieces of text with their style come out.

A value that fits one line is written as `string()` writes it; a longer array or struct has a line for each
element. Nothing here knows a terminal: a style is a word, and `plain` drops it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import FunctionType, MethodType
from typing import Any, NamedTuple

from gmlrun.diagnostics import Diagnostic, Place, Report, excerpt
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import DsGrid, DsList, DsMap, DsQueue, DsStack
from gmlrun.values.model import GmlClass, Handle, Value, is_callable, own_variables
from gmlrun.values.priority import DsPriority
from gmlrun.values.text import string_of

Fragment = tuple[str, str]
"""A style (`number`, `string`, `error`, …; empty for none) and a piece of text."""
Fragments = list[Fragment]

SHOWN = 20
"""How many elements of an array or struct are written; of the others only how many there are."""
INDENT = "    "
BYTES = 16
"""How many bytes of a buffer are written; `:hex` writes more."""


def plain(fragments: Iterable[Fragment]) -> str:
    """The text without its styles."""
    return "".join(text for _, text in fragments)


# ---------------------------------------------------------------------- values


def shown(value: Value, width: int) -> Fragments:
    """A value in lines of at most `width` characters, where that is possible; a data structure with its contents."""
    inside = contents_of(value)
    if inside is None:
        return list(Layout(width).value(value, 0, ()))
    head = scalar(value)
    rest = [("", inside)] if isinstance(inside, str) else Layout(width).value(inside, len(head[1]) + 1, ())
    return [head, ("", " "), *rest]


def shortened(value: Value, width: int) -> str:
    """A value on one line, cut where it is longer than `width`; one whose own `toString` fails is named so."""
    text = ""
    try:
        for _, piece in flat(value, ()):
            text += piece.replace("\n", " ")
            if len(text) > width:
                return f"{text[: width - 1]}…"
    except Exception:  # whatever its code raises: some exceptions of Python are errors of GML
        return "<its toString has failed>"
    return text


class Entries(NamedTuple):
    """The content of a data structure, laid out as an array or a struct is."""

    kind: str
    names: list[str]
    elements: list[Value]


def contents_of(value: Value) -> Entries | str | None:
    """The content of a living data structure or buffer; None for any other value."""
    if not getattr(value, "live", False):
        return None
    if isinstance(value, DsMap):
        entries = list(value.data.values())
        return Entries("struct", [scalar(key)[1] for key, _ in entries], [held for _, held in entries])
    if isinstance(value, DsGrid):
        return Entries("array", [], [list(row) for row in zip(*value.columns, strict=True)])
    if isinstance(value, (DsList, DsStack, DsQueue)):
        return Entries("array", [], list(value.items))
    if isinstance(value, DsPriority):
        pairs = value.ordered()
        return Entries("struct", [scalar(held)[1] for _, held in pairs], [priority for priority, _ in pairs])
    return buffer_shown(value) if isinstance(value, Buffer) else None


def buffer_shown(buffer: Buffer) -> str:
    """How long a buffer is, and its first bytes."""
    used = max(buffer.used, 0)
    data = bytes(buffer.data[: min(used, BYTES)])
    more = " …" if used > BYTES else ""
    return f"{used} bytes{': ' if data else ''}{data.hex(' ')}{more}"


class Layout:
    """Decides for each array and struct whether it fits its line."""

    def __init__(self, width: int) -> None:
        self.width = width

    def value(self, value: Value, column: int, inside: tuple[int, ...]) -> Iterator[Fragment]:
        """A value that begins at a column; `inside` has the ids of what is around it."""
        kind = container_of(value)
        if kind is None or id(value) in inside:
            yield scalar(value) if kind is None else ("constant", f"<recursive {kind}>")
            return
        line = self.fitted(flat(value, inside), column)
        if line is not None:
            yield from line
            return
        yield from self.lines(value, kind, column, (*inside, id(value)))

    def fitted(self, fragments: Iterator[Fragment], column: int) -> Fragments | None:
        """The fragments, if they end before the line does; no more of them is made than that takes."""
        made: Fragments = []
        for fragment in fragments:
            column += len(fragment[1])
            if column > self.width or "\n" in fragment[1]:
                return None
            made.append(fragment)
        return made

    def lines(self, value: Value, kind: str, column: int, inside: tuple[int, ...]) -> Iterator[Fragment]:
        """A container with a line for each element."""
        opener, closer = BRACKETS[kind]
        lead = INDENT * len(inside)
        names, elements = parts_of(value)
        yield "", opener
        for at, element in enumerate(elements[:SHOWN]):
            yield "", f"{',' if at else ''}\n{lead}"
            if names:
                yield from ((("name", names[at]), ("", " : ")))
            yield from self.value(element, len(lead) + (len(names[at]) + 3 if names else 0), inside)
        if len(elements) > SHOWN:
            yield "comment", f",\n{lead}… {len(elements) - SHOWN} more"
        yield "", f"\n{lead[: -len(INDENT)]}{closer}"


BRACKETS = {"array": ("[", "]"), "struct": ("{", "}")}


def container_of(value: Value) -> str | None:
    """`array` or `struct` for what is laid out; a struct with a toString of its own is not."""
    if type(value) is list:
        return "array"
    if type(value) is Entries:
        return value.kind
    if type(type(value)) is not GmlClass:
        return None
    return None if type(getattr(value, "toString", None)) in (FunctionType, MethodType) else "struct"


def parts_of(value: Any) -> tuple[list[str], list[Value]]:
    """The names (none for an array) and the elements of a container."""
    if type(value) is list:
        return [], value
    if type(value) is Entries:
        return value.names, value.elements
    variables = list(own_variables(value))
    return [name for name, _ in variables], [element for _, element in variables]


def flat(value: Value, inside: tuple[int, ...]) -> Iterator[Fragment]:
    """A value on one line, as `string()` writes it."""
    kind = container_of(value)
    if kind is None or id(value) in inside:
        yield scalar(value) if kind is None else ("constant", f"<recursive {kind}>")
        return
    opener, closer = BRACKETS[kind]
    names, elements = parts_of(value)
    yield "", f"{opener} "
    for at, element in enumerate(elements):
        if at:
            yield "", ", " if names else ","
        if names:
            yield from ((("name", names[at]), ("", " : ")))
        yield from flat(element, (*inside, id(value)))
    yield "", f" {closer}"


def scalar(value: Value) -> Fragment:
    """Anything but an array or struct: a string in quotes, the rest as `string()` writes it."""
    if type(value) is str:
        return "string", f'"{value}"'
    style = "constant" if value is None or isinstance(value, bool) else "number"
    if isinstance(value, Handle) or is_callable(value):
        style = "reference"
    style = style if isinstance(value, (Handle, int, float)) or value is None else "reference"
    return style, string_of(value)


# ---------------------------------------------------------------------- errors


def diagnostic_shown(found: Diagnostic) -> Fragments:
    """An error of a text: the words, the line with its caret, the hint."""
    return [*headline(found.severity, found.message), *place_shown(found.place), *hint_shown(found.hint)]


def report_shown(report: Report, hint: str = "") -> Fragments:
    """An error that came while a text or an event ran."""
    made = headline("error", report.message)
    if report.where:
        made += [("comment", f"    in {report.where}\n")]
    if report.place is not None:
        made += place_shown(report.place)
    made += hint_shown(hint)
    for frame in report.stack[1:]:
        made.append(("comment", f"    called from {frame.function} (line {frame.line} of {frame.file})\n"))
    return made


def headline(severity: str, message: str) -> Fragments:
    return [(severity, f"{severity}: "), ("", f"{message}\n")]


def hint_shown(hint: str) -> Fragments:
    return [("hint", f"    {hint}\n")] if hint else []


def place_shown(place: Place) -> Fragments:
    """The source line with a caret; where it stands is said unless it is the line just typed."""
    text = excerpt(place)
    if not text:
        return []
    line, _, caret = text.partition("\n")
    where = "" if place.file.startswith("<") and place.line == 1 else f"    {place.file}:{place.line}:{place.column}\n"
    return [("comment", where), ("", f"{line}\n"), ("error", f"{caret}\n")]


# ---------------------------------------------------------------------- tables


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Fragments:
    """Rows in columns; numbers stand at the right of theirs."""
    lines = [list(headings), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    is_number = [all(cell.isdecimal() for cell in column[1:]) for column in zip(*lines, strict=True)]
    made: Fragments = []
    for number, cells in enumerate(lines):
        placed = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(cells, widths, is_number, strict=True)
        ]
        made.append(("heading" if number == 0 else "", "  ".join(placed).rstrip() + "\n"))
    return made


Show = Callable[[Fragments], None]
