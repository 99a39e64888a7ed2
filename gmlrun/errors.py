"""Every exception that gmlrun raises on purpose; run-time errors have GameMaker's words."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gmlrun.diagnostics import Diagnostic, Place, Report, StackFrame


class GmlrunError(Exception):
    """The root of what gmlrun raises on purpose outside a running GML program."""


class UsageError(GmlrunError):
    """A wrong option, a missing or unreadable file: exit code 2."""


class SourceErrors(GmlrunError):
    """All the errors that a program's sources have, with the warnings; `diagnostics` is never empty."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__("\n".join(map(located, diagnostics)))
        self.diagnostics = list(diagnostics)

    @property
    def errors(self) -> list[Diagnostic]:
        """The findings that stop the program; `gmlrun check` tells of the others."""
        return [found for found in self.diagnostics if found.severity == "error"]

    def __reduce__(self) -> tuple[type, tuple[Sequence[Diagnostic]]]:
        """Keeps the findings when an error is pickled for another process."""
        return type(self), (self.diagnostics,)


def located(found: Diagnostic) -> str:
    """A finding in one line: where it is, and what."""
    place = found.place
    return f"{place.file}:{place.line}:{place.column}: {found.message}{f' ({found.hint})' if found.hint else ''}"


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
