"""Every error that gmlrun can show, and its wording: faults go in, sentences in GameMaker's words come out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning"]
Paint = Callable[[str, str], str]
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


class GmlrunError(Exception):
    """The root of what gmlrun raises on purpose outside a running GML program."""


class UsageError(GmlrunError):
    """A wrong option, a missing or unreadable file: exit code 2."""


class SourceErrors(GmlrunError):
    """All the errors that a program's sources have; `diagnostics` is never empty."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("; ".join(d.message for d in diagnostics))
        self.diagnostics = list(diagnostics)

    def __reduce__(self) -> tuple[type, tuple[Sequence[Diagnostic]]]:
        """From one process to another they take their findings along."""
        return type(self), (self.diagnostics,)


class GmlError(Exception):
    """A GML run-time error: `try … catch` receives it as a struct with `message`, `longMessage`, ….

    Manual: GML_Overview/Language_Features/try_catch_finally.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.report: Report | None = None
        """Where a host's call failed: the event, the place and the GML stack; set where the error leaves the game."""
        self.value: Any = None
        """The value that the program threw, if it threw one."""

    @property
    def place(self) -> Place | None:
        """The line and column that failed, where it is known."""
        return None if self.report is None else self.report.place

    @property
    def stack(self) -> Sequence[StackFrame]:
        """The GML functions that ran, innermost first."""
        return () if self.report is None else self.report.stack


class NotPermitted(GmlError):
    """A program wanted to reach something that it may not; the message names the permission and the option."""


class InternalFault(GmlError):
    """A fault of gmlrun itself, as a program meets it; the Python exception is its `__cause__`."""


class GmlThrow(Exception):
    """The exception of `throw value`: `catch` receives `value` itself, unchanged."""

    def __init__(self, value: Any) -> None:
        super().__init__(value)
        self.value = value


class GameEnd(BaseException):
    """`game_end(code)` and its kin unwinding to the main loop; no GML `catch` sees it."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)
        self.code = code


class LimitReached(BaseException):
    """A limit of the host's that a program has reached; no GML `catch` sees it, and no `finally` runs on its way."""

    message = "a limit was reached: the event was ended"
    runs_finally = False

    def __init__(self, words: str = "", option: str = "") -> None:
        super().__init__(words)
        if words:
            self.message = f"{words}: the event was ended{f' ({option})' if option else ''}"

    @classmethod
    def with_message(cls, message: str) -> type[LimitReached]:
        """A class whose objects say this: another thread can raise a class alone."""
        return type(cls.__name__, (cls,), {"message": message})

    def as_error(self) -> GmlError:
        """The run-time error that the event ends in."""
        return GmlError(self.message).with_traceback(self.__traceback__)


class EventTimeout(LimitReached):
    """An event that has run for longer than it may."""

    def __init__(self, limit: float = 0.0) -> None:
        super().__init__()
        if limit:
            self.message = f"the event has run for {limit:g} seconds: it was ended (--event-timeout)"


class TurnTimeout(LimitReached):
    """A turn of the game that has run for longer than it may, however many events it has: all of it ends."""

    def __init__(self, limit: float = 0.0) -> None:
        super().__init__()
        if limit:
            self.message = f"the game has run for {limit:g} seconds without a pause: its turn was ended"


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


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that `name` was probably meant to be, or the empty string."""
    import difflib

    cutoff = 0.75 if len(name) > 3 else 0.8
    found = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return found[0] if found else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known name, or the empty string."""
    guess = nearest(name, known)
    return f"did you mean {guess}?" if guess else ""


PRINTS = "show_debug_message prints"
UNTYPED = "GML's variables have no types: var x = 5;"
FILES = "further files are named on the command line: gmlrun main.gml other.gml"
WAITS = "nothing waits in GML: set an alarm, or use call_later"
HABITS = {
    **dict.fromkeys(("print", "printf", "println", "echo", "puts", "console", "log"), PRINTS),
    **dict.fromkeys(("int", "float", "double", "bool"), UNTYPED),
    **dict.fromkeys(("let", "local"), "GML declares local variables with var"),
    **dict.fromkeys(("null", "nil", "None"), "GML says undefined"),
    **dict.fromkeys(("elif", "elseif"), "GML says else if"),
    **dict.fromkeys(("def", "fn", "func", "sub"), "GML says function"),
    **dict.fromkeys(("import", "include", "require"), FILES),
    **dict.fromkeys(("sleep", "wait", "setTimeout"), WAITS),
    "const": "GML declares local variables with var, constants with #macro NAME value",
    "class": "a class is a constructor in GML: function Name(parameter) constructor { … }",
    "len": "array_length or string_length",
    "str": "string(value) makes a string",
    "append": "array_push(array, value) appends",
}
"""Names of other languages, and those that GML has for them."""


def absent_words(name: str, family: str) -> str:
    """The message of `check` and of a run about a name of GameMaker's screen, sound or input."""
    return f"{name} belongs to {family}, which a run without a screen does not have"


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
