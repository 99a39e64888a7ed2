"""Conversions between GML types: any value goes in; a float, int, bool or str comes out, or a GmlError.

Manual: Variable_Functions/real, int64, bool, string; GML_Overview/Data_Types.
"""

from __future__ import annotations

import math

from gmlrun.errors import GmlError
from gmlrun.lean import pattern
from gmlrun.values.model import GmlClass, Pointer, handle_index, is_callable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

MAX_INT64 = (1 << 63) - 1
MIN_INT64 = -(1 << 63)

NUMBER = pattern(r"(?a)[ \t\r\n\f\v]*[+-]?(\d++\.?\d*+|\.\d++)([eE][+-]?\d{1,3})?[ \t\r\n\f\v]*")
LEADING = pattern(
    r"(?ai)[ \t\r\n\f\v]*(?:[+-]?0x[0-9a-f]+|[+-]?(?:\d++\.?\d*+|\.\d++)(?:e[+-]?\d{1,3})?|([+-]?)(?:(inf)|nan))"
)
HEXADECIMAL = pattern(r"(?a)[ \t\r\n]*([+-]?)(?:0[xX]|\$)([0-9A-Fa-f]+)[ \t\r\n]*")


LONGEST_HEXADECIMAL = 255
"""Digits: a longer number is an infinity, whatever its zeros in front."""
LONGEST_DECIMAL = 308
"""Characters of a whole number that wraps as an int64; a longer one saturates."""


def wrap_int64(value: int) -> int:
    """An integer modulo 2**64, in two's complement."""
    if -(1 << 63) <= value < 1 << 63 and type(value) is int:
        return value
    return (value + (1 << 63)) % (1 << 64) - (1 << 63)


def is_number(value: Value) -> bool:
    """Whether a value is a real, an int32, an int64 or a bool."""
    return isinstance(value, (float, int))


def large(sign: str) -> float:
    """The infinity of a sign, for a number that no real can hold."""
    return -math.inf if sign == "-" else math.inf


def parse_number(text: str) -> float | None:
    """The number that a whole string spells, None when it spells none."""
    if NUMBER.fullmatch(text):
        return float(text)
    found = HEXADECIMAL.fullmatch(text)
    if found:
        return float(int(found[1] + found[2], 16)) if len(found[2]) <= LONGEST_HEXADECIMAL else large(found[1])
    return None


def beginning(text: str) -> str | float:
    """The number that a string begins with, `inf` and `nan` included; the whole string where it begins with none."""
    found = None if parse_number(text) is not None else LEADING.match(text)
    if found is None:
        return text
    if found[0][-1] in "fFnN" and "x" not in found[0].lower():
        return large(found[1]) if found[2] else math.nan
    return found[0]


def number_of_text(text: str) -> float:
    """The number that a whole text tells; raises GmlError for one that tells none."""
    number = parse_number(text)
    if number is None:
        raise GmlError(f'unable to convert string "{text}" to number')
    return number


def to_real(value: Value) -> float:
    """`real(value)`; raises GmlError for what has no number."""
    if isinstance(value, Pointer):
        raise GmlError("real() argument is ptr")
    if isinstance(value, (float, int)):
        return float(value)
    if type(value) is str:
        return number_of_text(value)
    index = handle_index(value)
    if index is not None:
        return float(index)
    if type(type(value)) is GmlClass or is_callable(value):
        return math.nan
    raise GmlError(f"real() argument is {'array' if type(value) is list else 'undefined'}")


def truncated(number: float) -> int:
    """A float as an integer: toward zero, NaN is 0, what does not fit saturates at 64 bits."""
    if MIN_INT64 <= number <= MAX_INT64:
        return min(math.trunc(number), MAX_INT64)
    return 0 if math.isnan(number) else MAX_INT64 if number > 0 else MIN_INT64


def to_int(value: Value) -> int:
    """A number argument as an integer; raises GmlError for undefined, arrays and other text."""
    if isinstance(value, (int, Pointer)):
        return int(value)
    return truncated(to_real(value))


def to_int64(value: Value) -> int:
    """`int64(value)`."""
    if isinstance(value, (int, Pointer)):
        return int(value)
    if type(value) is str:
        number = parse_number(value)
        if number is None:
            raise GmlError(f'unable to convert string "{value}" to int64')
        digits = value.strip()
        is_whole = len(digits) <= LONGEST_DECIMAL and digits.lstrip("+-").isdecimal()
        return wrap_int64(int(digits)) if is_whole else truncated(number)
    if value is None or type(value) is list:
        raise GmlError(f"int64() argument is {'undefined' if value is None else 'array'}")
    return truncated(to_real(value))


def to_bool(value: Value) -> bool:
    """`bool(value)` and every condition: numbers above a half are true."""
    if type(value) is float:
        return value > 0.5
    if isinstance(value, Pointer):
        return bool(value)
    if isinstance(value, (float, int)):
        return value > 0.5
    if value is None:
        return False
    if type(value) is str:
        return text_truth(value)
    if type(value) is list:
        raise GmlError("unable to convert array to bool")
    return True


def text_truth(text: str) -> bool:
    """A string as a condition: `true`, `false` or a number."""
    if text in ("true", "false"):
        return text == "true"
    number = parse_number(text)
    if number is None:
        raise GmlError(f'unable to convert string "{text}" to bool')
    return number > 0.5


def to_string(value: Value) -> str:
    """`string(value)`."""
    from gmlrun.values.text import string_of

    return string_of(value)
