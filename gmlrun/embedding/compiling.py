"""Compiling within the limits of a game: a text that takes more than it may goes in, a GmlError comes out."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from gmlrun.errors import GmlError, LimitReached
from gmlrun.sandbox.deadline import Deadline
from gmlrun.sandbox.limits import Limits

T = TypeVar("T")
PROGRAM_TIME = 10.0
"""Seconds that a program has where only the time of events is limited: these may be much shorter."""
TEXT_TIME = 1.0
"""Seconds that a text of `eval` or `exec` has then."""
FRONT_END = ("gmlrun.syntax.parser", "gmlrun.compiler.compile")
SHARE = 64
"""A text may have as many characters as this part of the memory that the game may hold: its tree takes far more."""
CHARACTERS = 500_000
"""Characters that are read in a second at least: code takes ten times as long, but no single step of Python's does."""


def compiled(limits: Limits | None, text: object, least: float, compile_text: Callable[[], T]) -> T:
    """Compile a text within the time that the limits say, which is at least `least` seconds.

    A path may lead to a file of any size. Raises GmlError, and whatever compiling raises.
    """
    if limits is None:
        return compile_text()
    seconds = time_to_compile(limits, least)
    check_length(limits, text, seconds)
    if seconds is None:
        return compile_text()
    for name in FRONT_END:  # the first import takes long, and is not to be ended in its middle
        import_module(name)
    try:
        with Deadline(seconds, f"compiling has taken {seconds:g} seconds: it was ended (Limits.compile_time)"):
            return compile_text()
    except LimitReached as reached:
        raise reached.as_error() from None


def time_to_compile(limits: Limits, least: float) -> float | None:
    """Seconds that one compilation may take; None for no limit."""
    if limits.compile_time is not None or limits.event_time is None:
        return limits.compile_time
    return max(limits.event_time, least)


def check_length(limits: Limits, text: object, seconds: float | None) -> None:
    """Raises GmlError for a text that is too long to be read in that time, or for the memory that the game may hold."""
    by_time = None if seconds is None else int(seconds * CHARACTERS)
    by_memory = None if limits.memory is None else limits.memory // SHARE
    most = min((one for one in (by_time, by_memory) if one is not None), default=None)
    if most is not None and isinstance(text, str) and len(text) > most:
        raise GmlError(f"the text has {len(text)} characters: within these limits {most} are compiled")
