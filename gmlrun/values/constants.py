"""Operators between constants: values that a source spells go in, what they give at run time comes out."""

from __future__ import annotations

from gmlrun.runtime import Runtime
from gmlrun.values import operators
from gmlrun.values.conversions import to_bool
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def operation(operator: str, *operands: Value) -> Value:
    """One or two operands' result; raises GmlError for what the operator refuses."""
    return UNARY[operator](*operands) if len(operands) == 1 else calculated(operator, *operands)


def calculated(operator: str, left: Value, right: Value) -> Value:
    """Literals are reals to each other; to an int64 one without a fraction is an integer, except for `/`."""
    if operator in ("+", "-", "*", "%", "div") and int in (type(left), type(right)):
        left, right = whole(left), whole(right)
    if operator in COMPARISONS:
        return getattr(operators.Comparison(Runtime()), COMPARISONS[operator])(left, right)
    return BINARY[operator](left, right)


def whole(value: Value) -> Value:
    """A real without a fraction as an int64."""
    return int(value) if type(value) is float and value.is_integer() and abs(value) < 1 << 63 else value


COMPARISONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}

UNARY: dict[str, Callable[[Value], Value]] = {
    "-": operators.neg,
    "+": lambda value: value,
    "~": operators.bit_not,
    "!": lambda value: not to_bool(value),
}

BINARY: dict[str, Callable[[Value, Value], Value]] = {
    "+": operators.add,
    "-": operators.sub,
    "*": operators.mul,
    "/": operators.div,
    "div": operators.int_div,
    "%": operators.mod,
    "<<": operators.shift_left,
    ">>": operators.shift_right,
    "&": operators.bit_and,
    "|": operators.bit_or,
    "^": operators.bit_xor,
    "^^": operators.logical_xor,
    "&&": lambda left, right: to_bool(left) and to_bool(right),
    "||": lambda left, right: to_bool(left) or to_bool(right),
}
