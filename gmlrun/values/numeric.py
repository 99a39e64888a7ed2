"""Numbers that built-in variables hold: a value goes in, a float or the message for a wrong one comes out."""

from __future__ import annotations

from gmlrun.errors import GmlError
from gmlrun.values.conversions import to_real
from gmlrun.values.model import GmlClass, Value, is_callable
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def number_for(name: str, value: Value) -> float:
    """A value as what a variable with a number takes; raises GmlError for one that means no number."""
    try:
        return to_real(value) if not is_callable(value) and type(type(value)) is not GmlClass else refuse(name, value)
    except GmlError:
        return refuse(name, value)


def refuse(name: str, value: Value) -> NoReturn:
    raise GmlError(f"{name} takes a number, not {quoted(value)}")


def number_in(owner: Value, name: str) -> float:
    """A variable of an instance or a struct, for a function that needs a number there; raises GmlError."""
    value = getattr(owner, name, None)
    if type(value) is float:
        return value
    try:
        return number_for(name, value)
    except GmlError:
        raise GmlError(f"{name} is {quoted(value)}, where a number is needed") from None
