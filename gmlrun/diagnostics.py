"""Findings and reports as people read them: places and sentences go in, texts with the line and a caret come out."""

from __future__ import annotations

import sys

from gmlrun.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal, TypeAlias

Severity: TypeAlias = "Literal['error', 'warning']"
Paint: TypeAlias = "Callable[[str, str], str]"
"""How a text of some style is written: `error`, `warning`, `hint`, `strong` or `faint`."""


def plain(style: str, text: str) -> str:
    """The Paint without colours."""
    return text


class Place(NamedTuple):
    """Where something stands in a source: line and column count from 1, `column` in characters."""

    file: str
    line: int
    column: int
    text: str = ""
    """The whole source line, without its line end."""
    width: int = 1
    """How many characters the caret underlines; at least 1, never past the line."""


class Diagnostic(NamedTuple):
    """One finding about a source, found before it runs.

    `code` is a stable word for tools: syntax, unknown-function, arity, absent-builtin, …
    """

    severity: Severity
    code: str
    message: str
    place: Place
    hint: str = ""


class StackFrame(NamedTuple):
    """One line of a GML call stack."""

    function: str
    file: str
    line: int


class Report(NamedTuple):
    """An unhandled GML error, ready to print."""

    message: str
    where: str = ""
    """The event, in GameMaker's words: `Create Event for object obj_server`."""
    place: Place | None = None
    stack: Sequence[StackFrame] = ()
    hint: str = ""
    """A suggestion of the name that was probably meant."""


def excerpt(place: Place, indent: str = "    ", paint: Paint = plain) -> str:
    """The source line with a caret below the fault: two lines, or none when the text is not known."""
    if not place.text:
        return ""
    lead = "".join("\t" if c == "\t" else " " for c in place.text[: place.column - 1])
    carets = "^" * max(1, min(place.width, len(place.text) - place.column + 1))
    return f"{indent}{place.text}\n{indent}{lead}{paint('error', carets)}"


def format_diagnostic(diagnostic: Diagnostic, paint: Paint = plain) -> str:
    """`file:line:column: error: message`, the line with its caret, and the hint."""
    place = diagnostic.place
    severity = paint(diagnostic.severity, f"{diagnostic.severity}:")
    head = f"{place.file}:{place.line}:{place.column}: {severity} {paint('strong', diagnostic.message)}"
    parts = [head, excerpt(place, paint=paint)]
    if diagnostic.hint:
        parts.append(f"    {paint('hint', diagnostic.hint)}")
    return "\n".join(part for part in parts if part)


RULE = "#" * 100


def format_report(report: Report, paint: Paint = plain) -> str:
    """An unhandled error in the frame that GameMaker prints, then the GML stack, innermost first."""
    rule = paint("faint", RULE)
    lines = [rule, "ERROR in action number 1"]
    if report.where:
        lines.append(f"of {report.where}:")
    lines += ["", paint("error", report.message)]
    if report.stack:
        top = report.stack[0]
        lines.append(f" at {top.function} (line {top.line})")
    lines.append(rule)
    lines += [f"{frame.function} (line {frame.line}) - {frame.file}" for frame in report.stack]
    if report.place is not None:
        place = report.place
        lines += [f"{place.file}:{place.line}:{place.column}", excerpt(place, paint=paint)]
    if report.hint:
        lines.append(f"    {paint('hint', report.hint)}")
    return "\n".join(lines)


def print_error(text: str) -> None:
    """Writes `text` to standard error, whatever its encoding can hold."""
    stream = sys.stderr
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        if stream is not None:
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
            stream.flush()
    except (OSError, ValueError):
        return  # a full disk, or nobody who reads: the game goes on
