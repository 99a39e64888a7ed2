"""A named piece of GML text, and spans in it: offsets go in, lines, columns and carets come out."""

from __future__ import annotations

from gmlrun.diagnostics import Diagnostic, Place
from gmlrun.language import LATER_KEYWORDS
from gmlrun.lean import NamedTuple, cached_property

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gmlrun.diagnostics import Severity


class Span(NamedTuple):
    """A half-open range of character offsets in one source."""

    start: int
    end: int


class Dialect(NamedTuple):
    """How the GML of one age of GameMaker reads. `names` are today's keywords that were names then."""

    names: frozenset[str] = frozenset()
    has_old_strings: bool = False
    """Whether strings know no escapes, may stand in single quotes, and go over lines."""
    has_structs: bool = True
    """Whether `[$` opens an accessor; before, a `$` there begins a hexadecimal number."""
    has_first_elements: bool = False
    """Whether an array of views without an index is its first element."""
    copies_arrays: bool = False
    """Whether an array of another variable, or an argument, is copied before an element of it is written."""
    has_plain_handles: bool = False
    """Whether handles are numbers, in text too, as before 2023."""
    calls_constructors: bool = False
    """Whether a constructor that is called without `new` runs on the caller's self, as before 2024.11."""
    places_at_once: bool = False
    """Whether all instances of a room are there before the first of their Create events, as before 2024.8."""
    keeps_other: bool = False
    """Whether the call of a method leaves `other` as it is, as before 2024.11."""
    has_loose_numbers: bool = False
    """Whether `real` and `int64` take the number that a string begins with, as before 2024.11."""
    has_loose_json: bool = False
    """Whether what stands behind the value of a JSON text is passed over, as before 2024.13."""


TODAY = Dialect()
STUDIO_2 = Dialect(
    LATER_KEYWORDS,
    has_structs=False,
    copies_arrays=True,
    places_at_once=True,
    has_plain_handles=True,
    has_loose_numbers=True,
    has_loose_json=True,
)
"""GameMaker Studio 2 before 2.3."""
STUDIO_1 = Dialect(
    LATER_KEYWORDS,
    has_old_strings=True,
    has_structs=False,
    has_first_elements=True,
    copies_arrays=True,
    places_at_once=True,
    has_plain_handles=True,
    has_loose_numbers=True,
    has_loose_json=True,
)
"""GameMaker: Studio 1.4."""


class Frame(NamedTuple):
    """A range of a source's text, and the GML that is read before and behind it; messages never show that."""

    start: int
    end: int
    before: str = ""
    after: str = ""


class Source:
    """One GML text: `name` is what messages and tracebacks call it, normally its path.

    `frames` say in what its parts stand; without any, the whole text stands for itself.
    """

    def __init__(self, name: str, text: str, dialect: Dialect = TODAY, frames: Sequence[Frame] = ()) -> None:
        self.name = name
        self.text = text
        self.dialect = dialect
        self.frames = frames or (Frame(0, len(text)),)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character; a line ends at LF, CR LF or CR."""
        import re

        return [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column, both from 1, of a character offset."""
        from bisect import bisect_right

        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line end."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def place(self, span: Span) -> Place:
        """The span as messages show it: its first line and as much of it as stands on that line."""
        start = min(span.start, len(self.text))
        line, column = self.position(start)
        text = self.line(line)
        width = max(1, min(span.end - start, len(text) - column + 1))
        return Place(self.name, line, column, text, width)

    def diagnostic(self, severity: Severity, code: str, message: str, span: Span, hint: str = "") -> Diagnostic:
        """A finding about a span of this source."""
        return Diagnostic(severity, code, message, self.place(span), hint)
