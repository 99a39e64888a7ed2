"""Names of GameMaker's that a run without a screen does not have: a use warns, raises or is passed over."""

from __future__ import annotations

from gmlrun.errors import GmlError, absent_words
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.values import Value

DRAWING = "Drawing"
"""The chapter of the manual whose functions Draw events are made of."""


def absent_call(rt: Runtime, name: str, family: str, *args: Value) -> Value:
    """What a call of such a function does, by `--headless`; returns 0 unless it raises.

    Who asks for Draw events knows that nothing is drawn: then drawing is passed over in silence.
    """
    if rt.settings.draw_events and family == DRAWING and rt.settings.headless == "warn":
        return 0.0
    return passed_over(rt, name, absent_words(name, family))


def passed_over(rt: Runtime, name: str, message: str) -> Value:
    """Raises, warns once for a name, or does nothing, by `--headless`; returns 0."""
    if rt.settings.headless == "error":
        raise GmlError(message)
    if rt.settings.headless == "warn":
        rt.warn_once(name, message)
    return 0.0


def absent_value(rt: Runtime, self: Value, name: str, family: str) -> Value:
    """What such a name is where it is read: the variable, should the caller have one of that name, or 0."""
    try:
        return getattr(self, name)
    except AttributeError:
        return absent_call(rt, name, family)
