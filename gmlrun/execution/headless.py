"""Names of GameMaker's that a run without a screen does not have: a use warns, raises or is passed over."""

from __future__ import annotations

from gmlrun.errors import GmlError
from gmlrun.language import attribute
from gmlrun.suggestions import absent_words
from gmlrun.values.absent import NUMBER, failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

DRAWING = "Drawing"
"""The chapter of the manual whose functions Draw events are made of."""


def absent_call(rt: Runtime, name: str, family: str, gives: str, *args: Value) -> Value:
    """Do as `--headless` says with a call of such a function; return its value of failure, unless that is to raise.

    Who asks for Draw events knows that nothing is drawn: then drawing is passed over in silence.
    """
    if rt.settings.draw_events and family == DRAWING and rt.settings.headless == "warn":
        return failure(gives)
    return passed_over(rt, name, absent_words(name, family), gives)


def passed_over(rt: Runtime, name: str, message: str, gives: str = NUMBER) -> Value:
    """Raises, warns once for a name, or does nothing, by `--headless`; returns a failure of a kind."""
    if rt.settings.headless == "error":
        raise GmlError(message)
    if rt.settings.headless == "warn":
        rt.warn_once(name, message)
    return failure(gives)


def absent_value(rt: Runtime, self: Value, name: str, family: str, gives: str) -> Value:
    """The value of such a name: the caller's variable of that name, a function that can be called, or 0.

    `gives` is empty for a name that is no function.
    """
    try:
        return getattr(self, attribute(name))
    except AttributeError:
        return absent_function(rt, name, family, gives) if gives else absent_call(rt, name, family, NUMBER)


def absent_function(rt: Runtime, name: str, family: str, gives: str) -> Callable[..., Value]:
    """Such a function as a value."""

    def call(other: Value, target: Value, *args: Value) -> Value:
        return absent_call(rt, name, family, gives)

    return call
