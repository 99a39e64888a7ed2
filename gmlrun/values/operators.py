"""Operators for operands of any type: what emitted code calls when its inline form does not apply.

Manual: GML_Overview/Expressions_And_Operators; the types of results are those of its Type Tables.
"""

from __future__ import annotations

import math

from gmlrun.errors import GmlError
from gmlrun.values.conversions import number_of_text, parse_number, to_bool, truncated, wrap_int64
from gmlrun.values.model import GmlClass, Handle, Int32, Pointer, handle_index, is_callable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

Number = float | int
Operand: TypeAlias = "Any"
"""A value on which Python's own operator is used once its type is known by a table."""


INTEGER_TYPES = frozenset((int, Int32))
NUMBER_TYPES = frozenset((float, int, Int32))
LEAST, MOST = -(1 << 63), (1 << 63) - 1
"""The range of an int64."""
LEAST_INT32, MOST_INT32 = -(1 << 31), (1 << 31) - 1
INT32S = tuple(map(Int32, range(1024)))
"""The int32s of the smallest literals, made once."""


def number(value: Value, operation: str) -> Number:
    """An operand as a number: a float, or an int for int32 and int64. Raises GmlError for the rest."""
    if type(value) is float or type(value) is int or type(value) is Int32:
        return value
    if type(value) is bool:
        return float(value)
    if type(value) is str:
        return number_of_text(value)
    index = handle_index(value)
    if index is not None:
        return float(index)
    if isinstance(value, float):
        return float(value)
    if value is None:
        raise GmlError(f"{operation} :: Execution Error: undefined value in expression")
    raise GmlError(f"{operation} :: Execution Error: {described(value)} value in expression")


def described(value: Value) -> str:
    """The word for a type that no arithmetic works on."""
    if type(value) is list:
        return "array"
    if isinstance(value, Pointer):
        return "pointer"
    return "method" if is_callable(value) else "struct"


def integral(result: int, left: Value, right: Value) -> int:
    """An integer result in the wider of its operands' types."""
    if type(left) is type(right) is Int32:
        fits = LEAST_INT32 <= result <= MOST_INT32
        return Int32(result if fits else (result + (1 << 31)) % (1 << 32) - (1 << 31))
    return result if LEAST <= result <= MOST else wrap_int64(result)


def add(left: Operand, right: Operand) -> Value:
    """`left + right`: numbers are added, strings joined; a string and a number raise."""
    if type(left) is int and type(right) in INTEGER_TYPES:
        made: int = left + right
        return made if LEAST <= made <= MOST else wrap_int64(made)
    if type(left) in NUMBER_TYPES and type(right) in NUMBER_TYPES:
        result: Number = left + right
        return result if type(result) is float else integral(result, left, right)  # type: ignore[arg-type]
    if type(left) is str:
        if type(right) is str:
            return left + right
        raise GmlError(f"DoAdd :: Execution Error: unable to add {described_operand(right)} to a string; use string()")
    if isinstance(left, Pointer) or isinstance(right, Pointer):
        pointer, distance = (left, right) if isinstance(left, Pointer) else (right, left)
        return moved_pointer(pointer, distance, 1, "DoAdd")
    a, b = number(left, "DoAdd"), number(right, "DoAdd")
    if isinstance(a, float) or isinstance(b, float):
        return float(a) + float(b)
    return integral(a + b, left, right)


def moved_pointer(pointer: Pointer, distance: Value, sign: int, operation: str) -> Pointer:
    """A pointer moved by a number of bytes: `address + size`, `address - size`."""
    return Pointer(int(pointer) + sign * whole_number(number(distance, operation)))


def described_operand(value: Value) -> str:
    """An operand in a message about adding to a string."""
    if value is None:
        return "undefined"
    return "a number" if isinstance(value, (float, int)) else f"a {described(value)}"


def sub(left: Operand, right: Operand) -> Value:
    """`left - right`; a numeric string counts as its number."""
    if type(left) is int and type(right) in INTEGER_TYPES:
        made: int = left - right
        return made if LEAST <= made <= MOST else wrap_int64(made)
    if type(left) in NUMBER_TYPES and type(right) in NUMBER_TYPES:
        result: Number = left - right
        return result if type(result) is float else integral(result, left, right)  # type: ignore[arg-type]
    if isinstance(left, Pointer) and not isinstance(right, Pointer):
        return moved_pointer(left, right, -1, "DoSub")
    a, b = number(left, "DoSub"), number(right, "DoSub")
    if isinstance(a, float) or isinstance(b, float):
        return float(a) - float(b)
    return integral(a - b, left, right)


def mul(left: Operand, right: Operand) -> Value:
    """`left * right`; a real or int32 times a string repeats the string."""
    if type(left) is int and type(right) in INTEGER_TYPES:
        made: int = left * right
        return made if LEAST <= made <= MOST else wrap_int64(made)
    if type(left) in NUMBER_TYPES and type(right) in NUMBER_TYPES:
        result: Number = left * right
        return result if type(result) is float else integral(result, left, right)  # type: ignore[arg-type]
    if type(right) is str and type(left) in (float, Int32):
        return repeated(right, max(0, truncated(float(left))))
    if type(left) is str and parse_number(left) is None:
        raise GmlError("DoMul :: Execution Error: unable to multiply a string by a number")
    a, b = number(left, "DoMul"), number(right, "DoMul")
    if isinstance(a, float) or isinstance(b, float):
        return float(a) * float(b)
    return integral(a * b, left, right)


LONGEST_STRING = 1 << 30


def repeated(text: str, count: int) -> str:
    """A string several times; raises for one that no machine would hold."""
    if len(text) * count > LONGEST_STRING:
        raise GmlError(f"DoMul :: Execution Error: a string of {len(text) * count} characters is too long")
    return text * count if text else ""


def div(left: Operand, right: Operand) -> Value:
    """`left / right`: reals by IEEE rules; two integers truncate, and raise for zero."""
    if type(left) in NUMBER_TYPES and type(right) in NUMBER_TYPES and right and float in (type(left), type(right)):
        return left / right
    a, b = number(left, "DoDiv"), number(right, "DoDiv")
    if not (isinstance(a, float) or isinstance(b, float)):
        return integral(truncating_quotient(a, b, "DoDiv"), left, right)
    x, y = float(a), float(b)
    if y:
        return x / y
    return math.nan if x == 0 or x != x else math.copysign(math.inf, x) * math.copysign(1.0, y)


def truncating_quotient(a: int, b: int, operation: str) -> int:
    """An integer quotient rounded toward zero."""
    if b == 0:
        raise GmlError(f"{operation} :: Divide by zero")
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def int_div(left: Operand, right: Operand) -> Value:
    """`left div right`: both operands are truncated before they are divided."""
    if type(left) in INTEGER_TYPES and type(right) in INTEGER_TYPES and left >= 0 < right:
        return integral(left // right, left, right)
    a, b = number(left, "DoDiv"), number(right, "DoDiv")
    whole = truncating_quotient(truncated(float(a)) if isinstance(a, float) else a, whole_number(b), "DoDiv")
    if isinstance(a, float) or isinstance(b, float):
        return wrap_int64(whole) if int in (type(a), type(b)) else float(whole)
    return integral(whole, left, right)


def whole_number(value: Number) -> int:
    return truncated(value) if isinstance(value, float) else value


def mod(left: Operand, right: Operand) -> Value:
    """`left mod right`: the sign of the dividend, fractions kept; zero raises."""
    if type(left) in INTEGER_TYPES and type(right) in INTEGER_TYPES and left >= 0 < right:
        return integral(left % right, left, right)
    a, b = number(left, "DoMod"), number(right, "DoMod")
    if b == 0:
        raise GmlError("DoMod :: Divide by zero")
    if not (isinstance(a, float) or isinstance(b, float)):
        return integral(abs(a) % abs(b) * (1 if a >= 0 else -1), left, right)
    try:
        return math.fmod(a, b)
    except ValueError:
        return math.nan


def neg(value: Value) -> Value:
    """`-value`."""
    if type(value) is str:
        raise GmlError("unable to negate a string")
    found = number(value, "DoNeg")
    return -found if isinstance(found, float) else integral(-found, value, value)


def increment(value: Value) -> Value:
    """`++`: adds an integer 1, so that an int64 stays one."""
    return step(value, 1)


def decrement(value: Value) -> Value:
    """`--`."""
    return step(value, -1)


def step(value: Value, by: int) -> Value:
    if type(value) is str:
        raise GmlError("DoAdd :: Execution Error: unable to increment a string")
    found = number(value, "DoAdd")
    return found + by if isinstance(found, float) else integral(found + by, value, value)


# --------------------------------------------------------------------- integers


def bits(value: Value) -> int:
    """An operand of a bitwise operator: truncated to 64 bits."""
    if type(value) is int or type(value) is Int32:
        return value
    if type(value) is float and -9e18 < value < 9e18:
        return int(value)
    found = number(value, "bitwise operator")
    return truncated(found) if isinstance(found, float) else int(found)


def bit_and(left: Value, right: Value) -> int:
    """`left & right`, an int64 like all results of bitwise operators."""
    return bits(left) & bits(right)


def bit_or(left: Value, right: Value) -> int:
    return bits(left) | bits(right)


def bit_xor(left: Value, right: Value) -> int:
    return bits(left) ^ bits(right)


def bit_not(value: Value) -> int:
    return ~bits(value)


def shift_left(left: Value, right: Value) -> int:
    """`left << right`; a count outside 0 to 63 leaves nothing."""
    count = bits(right)
    return wrap_int64(bits(left) << count) if 0 <= count < 64 else 0


def shift_right(left: Value, right: Value) -> int:
    """`left >> right`: arithmetic."""
    count = bits(right)
    return bits(left) >> count if 0 <= count < 64 else 0


def logical_xor(left: Value, right: Value) -> bool:
    """`left ^^ right`: both sides are evaluated."""
    return to_bool(left) != to_bool(right)


truth: Callable[[Value], bool] = to_bool

# ------------------------------------------------------------------ comparisons


def kind_of(handle: Value) -> str:
    """The kind of thing that a handle names."""
    return handle.kind if isinstance(handle, Handle) else "script"


class Comparison:
    """`==`, `<` and the others, with one game's epsilon (math_set_epsilon)."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt

    def eq(self, left: Operand, right: Operand) -> bool:
        """`left == right`; never raises."""
        if type(left) in NUMBER_TYPES and type(right) in NUMBER_TYPES:
            return self.near(left, right)
        if left is right:
            return left == left or not isinstance(left, float)
        kind = type(left)
        if type(kind) is GmlClass or kind is list or left is None:
            return False
        if isinstance(left, str) and isinstance(right, str):
            return left == right
        if isinstance(left, Pointer) and isinstance(right, Pointer):
            return int(left) == int(right)
        a, b = self._number_or_none(left), self._number_or_none(right)
        if a is None or b is None:
            return False
        if handle_index(left) is not None and handle_index(right) is not None and kind_of(left) != kind_of(right):
            return False
        return self.near(a, b)

    def near(self, a: Number, b: Number) -> bool:
        """Whether two numbers are equal within the epsilon; two integers must be the same."""
        if a == b or (isinstance(a, int) and isinstance(b, int)):
            return a == b
        return abs(a - b) <= self.rt.epsilon

    def whole_equal(self, value: Value) -> int | None:
        """The one whole number that equals a value, None where there is none; for an epsilon below a half."""
        if type(value) is Int32:
            return int(value)
        found = None if isinstance(value, list) or type(type(value)) is GmlClass else self._number_or_none(value)
        if found is None or found - found != 0:
            return None
        whole = round(found)
        return whole if self.near(found, whole) else None

    @staticmethod
    def _number_or_none(value: Value) -> Number | None:
        if isinstance(value, (float, int)):
            return value
        if type(value) is str:
            return parse_number(value)
        return handle_index(value)

    def ne(self, left: Value, right: Value) -> bool:
        return not self.eq(left, right)

    def compare(self, left: Value, right: Value) -> int | None:
        """-1, 0 or 1; None where neither is less (undefined, NaN, structs). Raises for words and arrays."""
        if isinstance(left, str) and isinstance(right, str):
            return (left > right) - (left < right)
        if left is None or right is None:
            return 0 if left is right else None
        a, b = self._ordered(left, right), self._ordered(right, left)
        if a is None or b is None:
            return 0 if left is right else None
        if self.near(a, b):
            return 0
        return -1 if a < b else 1 if a > b else None

    def _ordered(self, value: Value, against: Value) -> Number | None:
        found = self._number_or_none(value)
        if found is None and type(value) is str:
            raise GmlError(f'unable to compare "{value}" to a number')
        if found is None and type(value) is list:
            raise GmlError("illegal array use")
        return found

    def lt(self, left: Operand, right: Operand) -> bool:
        """`left < right`: false within the epsilon."""
        if type(left) in NUMBER_TYPES and type(right) in NUMBER_TYPES:
            return left < right and not self.near(left, right)
        return self.compare(left, right) == -1

    def le(self, left: Operand, right: Operand) -> bool:
        if type(left) in NUMBER_TYPES and type(right) in NUMBER_TYPES:
            return left < right or self.near(left, right)
        return self.compare(left, right) in (-1, 0)

    def gt(self, left: Operand, right: Operand) -> bool:
        if type(left) in NUMBER_TYPES and type(right) in NUMBER_TYPES:
            return left > right and not self.near(left, right)
        return self.compare(left, right) == 1

    def ge(self, left: Operand, right: Operand) -> bool:
        if type(left) in NUMBER_TYPES and type(right) in NUMBER_TYPES:
            return left > right or self.near(left, right)
        return self.compare(left, right) in (0, 1)

    def sort_key(self, left: Value, right: Value) -> int:
        """A total order for sorting values of any types: it never raises."""
        try:
            return self.compare(left, right) or 0
        except GmlError:
            return 0
