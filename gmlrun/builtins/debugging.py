"""Debug output and errors raised on purpose. Manual: Debugging."""

from __future__ import annotations

from typing import Any

from gmlrun.builtins.registry import Array, Bool, Chapter, String
from gmlrun.errors import GmlError
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.text import format_placeholders, string_of

chapter = Chapter("Debugging")


@chapter
def show_debug_message(rt: Runtime, value_or_format: Any, *values: Any) -> None:
    """Prints a line: a value as string() shows it, or a format with its placeholders filled in.

    Goes to standard output.
    """
    text = string_of(value_or_format)
    rt.output(format_placeholders(text, values) if values else text)


@chapter
def show_debug_message_ext(rt: Runtime, format: String, values: Array) -> None:
    """Prints a format with its placeholders filled in from an array."""
    rt.output(format_placeholders(format, values))


@chapter
def show_error(rt: Runtime, str: String, abort: Bool) -> None:
    """Raises a run-time error with a message of your own; try and catch can handle it."""
    raise GmlError(str)
