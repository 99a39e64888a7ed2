"""Messages for people: findings and reports go in, text for a terminal or a pipe goes to standard error."""

from __future__ import annotations

import os
import sys
import time

from gmlrun.diagnostics import format_diagnostic, format_report, plain, print_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from gmlrun.diagnostics import Diagnostic, Paint, Report

COLORS = {"error": "1;31", "warning": "1;33", "hint": "36", "strong": "1", "faint": "2"}


def painted(style: str, text: str) -> str:
    """A text in the colour of its style, as terminals understand it."""
    return f"\x1b[{COLORS[style]}m{text}\x1b[0m" if text else ""


def paint_for(color: str, stream: TextIO) -> Paint:
    """How to write to a stream: `color` is always, never, or auto."""
    return painted if color == "always" or (color == "auto" and shows_colors(stream)) else plain


def shows_colors(stream: TextIO) -> bool:
    """Whether a stream wants colours: see https://no-color.org and https://force-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


class Messages:
    """Shows what goes wrong, in colour or not."""

    def __init__(self, color: str = "auto") -> None:
        self.paint = paint_for(color, sys.stderr)

    def diagnostic(self, found: Diagnostic) -> None:
        print_error(format_diagnostic(found, self.paint))

    def report(self, report: Report) -> None:
        print_error(format_report(report, self.paint))

    def fault(self, text: str) -> None:
        """A sentence of gmlrun's own."""
        print_error(f"{self.paint('strong', 'gmlrun:')} {text}")


PATIENCE = 0.5
"""Seconds: work that takes no longer is not spoken of."""
CLEAR_LINE = "\r\x1b[K"


class ProgressLine:
    """A line on the terminal that says how far long work is; nothing in a pipe, and nothing stays of it."""

    def __init__(self, doing: str, stream: TextIO) -> None:
        self.doing = doing
        self.stream = stream
        self.next_time = time.monotonic() + PATIENCE if stream.isatty() else float("inf")
        self.is_shown = False

    def show(self, part: float) -> None:
        """Takes what is done of the work, from 0 to 1."""
        now = time.monotonic()
        if part >= 1.0:
            self.clear()
        elif now >= self.next_time:
            self.next_time = now + 0.1
            self.is_shown = True
            self.stream.write(f"{CLEAR_LINE}gmlrun: {self.doing} {part:.0%}")
            self.stream.flush()

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *error: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Takes the line away."""
        if self.is_shown:
            self.is_shown = False
            self.stream.write(CLEAR_LINE)
            self.stream.flush()
