"""Debug output, errors raised on purpose, and what a program can ask of its own run. Manual: Debugging."""

from __future__ import annotations

import sys

from gmlrun.builtins.registry import Array, Bool, Chapter, Int, Real, String
from gmlrun.engine.loop import Loop
from gmlrun.errors import GmlError
from gmlrun.execution.boundary import is_gml
from gmlrun.execution.unhandled import UnhandledHandler
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.model import Struct, Value
from gmlrun.values.text import format_placeholders, string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

chapter = Chapter("Debugging")


@chapter
def show_debug_message(rt: Runtime, value_or_format: Value, *values: Value) -> None:
    """Prints a line: a value as string() shows it, or a format with its placeholders filled in.

    Goes to standard output.
    """
    text = string_of(value_or_format)
    rt.output(format_placeholders(text, values) if values else text)


@chapter
def show_debug_message_ext(rt: Runtime, value_or_format: Value, values_array: Array) -> None:
    """Prints a format with its placeholders filled in from an array."""
    rt.output(format_placeholders(string_of(value_or_format), values_array))


@chapter
def show_error(rt: Runtime, str: String, abort: Bool) -> None:
    """Raises a run-time error with a message of your own; try and catch can handle it.

    In projects from before 2.3 it is a message only when abort is false.
    """
    if abort or not rt.errors_go_on:
        raise GmlError(str)
    rt.log(f"error: {str}")


@chapter
def exception_unhandled_handler(rt: Runtime, handlers: UnhandledHandler, user_handler: Value) -> Value:
    """Sets the function that is called with an error that nothing caught, and gives the one set before.

    undefined takes the handler away. The game ends after it with what the function returns as exit code.
    """
    if user_handler is not None:
        rt.callable(user_handler)
    before, handlers.function = handlers.function, user_handler
    return before


@chapter
def debug_get_callstack(maxdepth: Int = 0) -> Value:
    """The functions that are running as an array of `name:line`, innermost first, with 0 at its end.

    At most maxdepth of them are given, all without it.
    """
    lines: list[Value] = []
    frame: FrameType | None = sys._getframe()
    while frame is not None and not 0 < maxdepth <= len(lines):
        if is_gml(frame.f_code):
            lines.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return [*lines, 0.0]


@chapter
def debug_event(string: String, silent: Bool = False) -> Value:
    """Marks a moment for a debugger, of which there is none; gives an empty struct."""
    return Struct()


@chapter.variable
def debug_mode(rt: Runtime) -> bool:
    """Whether the game runs in a debugger: not unless `--set debug_mode=true` says so."""
    return bool(rt.settings.answers.get("debug_mode", False))


@chapter.variable
def fps(rt: Runtime) -> float:
    """How many frames a second the game makes, as a whole number."""
    return float(round(fps_real(rt)))


@chapter.variable
def fps_real(rt: Runtime) -> float:
    """How many frames a second the game makes, by the length of the last one."""
    return 1.0 / max(rt.service(Loop).frame_seconds, 1e-6)


class OldErrors(GamePart):
    """`error_occurred` and `error_last` of old programs: kept, and never set by anything but them."""

    def __init__(self, rt: Runtime) -> None:
        self.occurred: Value = False
        self.last: Value = ""


def set_error_occurred(rt: Runtime, value: Value) -> None:
    rt.service(OldErrors).occurred = value


def error_occurred(rt: Runtime) -> Value:
    """Whether an error occurred, in old programs; false unless the program sets it."""
    return rt.service(OldErrors).occurred


def set_error_last(rt: Runtime, value: Value) -> None:
    rt.service(OldErrors).last = value


def error_last(rt: Runtime) -> Value:
    """The text of the last error, in old programs; empty unless the program sets it."""
    return rt.service(OldErrors).last


chapter.variable(error_occurred, set_error_occurred)
chapter.variable(error_last, set_error_last)


# ------------------------------------------------------------- the debug overlay


@chapter
def show_debug_log(enable: Bool) -> None:
    """Would show the log of the debug overlay, which needs a screen."""


@chapter
def show_debug_overlay(
    enable: Bool,
    minimised: Bool = False,
    scale: Real = 1.0,
    alpha: Real = 1.0,
    gamepad_enable: Bool = False,
    gamepad_index: Int = 0,
) -> None:
    """Would show the debug overlay, which needs a screen."""


@chapter
def is_debug_overlay_open() -> bool:
    """Whether the debug overlay is shown: never without a screen."""
    return False


@chapter
def is_mouse_over_debug_overlay() -> bool:
    """Whether the mouse is over the debug overlay: never without a screen."""
    return False


@chapter
def is_keyboard_used_debug_overlay() -> bool:
    """Whether the debug overlay takes the keyboard: never without a screen."""
    return False
