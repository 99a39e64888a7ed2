"""Operators: inline Python that is right for floats, and a helper's call for every other type.

`a + b` of unknown types is `(a + b if type(a) is type(b) is float else gml_add(a, b))`: the test
evaluates both operands, once, whatever they are. What is known of an operand shortens the test; a
comparison with a literal has the epsilon folded into the literal.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

from gmlrun.compiler import kinds
from gmlrun.compiler.kinds import ANY, BOOL, INT, INT64, INTEGERS, NAT, NUMBERS, REAL, STR, UNDEFINED
from gmlrun.compiler.lowering import FunctionState, Value, lowers
from gmlrun.syntax import nodes

EPSILON = 0.00001

HELPERS = {
    "+": "gml_add",
    "-": "gml_sub",
    "*": "gml_mul",
    "/": "gml_div",
    "%": "gml_mod",
    "div": "gml_int_div",
    "&": "gml_bit_and",
    "|": "gml_bit_or",
    "^": "gml_bit_xor",
    "<<": "gml_shift_left",
    ">>": "gml_shift_right",
    "^^": "gml_logical_xor",
    "==": "gml_eq",
    "!=": "gml_ne",
    "<": "gml_lt",
    "<=": "gml_le",
    ">": "gml_gt",
    ">=": "gml_ge",
}

INTEGER_LITERALS = frozenset(("+", "-", "*", "%", "div"))
"""The operators to which a literal without a fraction is an integer."""

SHIFTED = {"<": -EPSILON, ">=": -EPSILON, ">": EPSILON, "<=": EPSILON}
"""By how much the right operand moves, so that a plain comparison treats nearly equal as equal."""


@lowers(nodes.Binary)
def binary(state: FunctionState, node: nodes.Binary) -> Value:
    """Any operator with two operands."""
    operator = node.operator
    if operator in ("&&", "||"):
        return logical(state, node)
    if operator == "??":
        return nullish(state, node)
    left, right = state.expression(node.left), state.expression(node.right)
    if operator in SHIFTED:
        return compared(state, operator, left, right)
    if operator in ("==", "!="):
        return equated(state, operator, left, right)
    return calculated(state, operator, left, right)


def logical(state: FunctionState, node: nodes.Binary) -> Value:
    """`&&` and `||`: the result is a bool, the right side is evaluated only if it matters."""
    operands = [state.truth(node.left), state.truth(node.right)]
    join = state.py.both if node.operator == "&&" else state.py.either
    return Value(join(*operands), BOOL)


def nullish(state: FunctionState, node: nodes.Binary) -> Value:
    """`a ?? b`: b only where a is undefined or pointer_null."""
    py = state.py
    test, again = state.reusable(state.boxed(node.left))
    is_set = py.negated(py.call("gml_is_nullish", test))
    return Value(py.choose(is_set, again(), state.boxed(node.right)), ANY)


# ------------------------------------------------------------------ arithmetic


def calculated(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """`+ - * / % div & | ^ << >> ^^`."""
    if left.kind in NUMBERS and right.kind in NUMBERS:
        return numbers(state, operator, left, right)
    if operator == "+" and STR in (left.kind, right.kind):
        return concatenated(state, left, right)
    if operator in "+-*/" and {left.kind, right.kind} <= {ANY, *NUMBERS}:
        return guarded(state, operator, left, right)
    if operator in ("&", "|", "^"):
        return bitwise(state, operator, left, right)
    return helped(state, operator, left, right)


def helped(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """The general form: the helper that knows all types."""
    kind = BOOL if operator in kinds.COMPARISONS else ANY
    first, second = (operand(state, operator, value) for value in (left, right))
    return Value(state.py.call(HELPERS[operator], first, second), kind)


def operand(state: FunctionState, operator: str, value: Value) -> ast.expr:
    """An operand as a helper takes it: a whole literal is an int32 or int64, so that an int64 stays one.

    Manual: Type Tables. `/` divides by literals as reals.
    """
    number = value.constant
    if operator not in INTEGER_LITERALS or value.kind not in NUMBERS or number is None or number != number // 1:
        return state.box(value)
    py, whole = state.py, int(number)
    if -(1 << 31) <= whole < 1 << 31:
        return py.call("gml_int32", py.constant(whole))
    return py.constant(whole) if abs(whole) < 1 << 63 else state.box(value)


def numbers(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """Both operands are known to be numbers."""
    py = state.py
    both_integers = left.kind in INTEGERS and right.kind in INTEGERS
    if operator in "+-*":
        kind = kinds.arithmetic(operator, left.kind, right.kind)
        return folded(state, operator, left, right, kind) or Value(py.binary(operator, left.node, right.node), kind)
    divisor = right.constant
    if operator == "/" and divisor:
        return Value(py.binary("/", left.node, right.node), REAL)
    if divisor and divisor > 0 and operator in ("%", "div"):
        if both_integers and left.kind == NAT:
            return Value(py.binary("//" if operator == "div" else "%", left.node, right.node), NAT)
        if operator == "%":
            return Value(py.call("gml_fmod", left.node, right.node), REAL)
    made = py.call(HELPERS[operator], state.box(left), state.box(right))
    return Value(made, REAL if operator in "/%" else BOOL if operator in kinds.COMPARISONS else ANY)


def folded(state: FunctionState, operator: str, left: Value, right: Value, kind: str) -> Value | None:
    """The result when both operands are literals, which is a literal again: it stays a real."""
    if left.constant is None or right.constant is None:
        return None
    result = FOLD[operator](left.constant, right.constant)
    if kind in INTEGERS and abs(result) < kinds.SMALL:
        return Value(state.py.constant(result), NAT if result >= 0 else INT, result)
    result = FOLD[operator](float(left.constant), float(right.constant))
    return Value(state.py.constant(result), REAL, result) if math.isfinite(result) else None


FOLD: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}


def guarded(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """`+ - * /` where an operand may be anything: inline for floats, the helper for the rest."""
    py = state.py
    if right.kind in NUMBERS and state.is_stable(right.node) and not (operator == "/" and not right.constant):
        test, again = state.reusable(left.node)
        fast = py.binary(operator, again(), right.node)
        slow = py.call(HELPERS[operator], again(), operand(state, operator, right))
        return Value(py.choose(state.type_is(test, "gml_real"), fast, slow), ANY)
    if left.kind in NUMBERS and state.is_stable(left.node) and operator != "/":
        test, again = state.reusable(right.node)
        fast = py.binary(operator, left.node, again())
        slow = py.call(HELPERS[operator], operand(state, operator, left), again())
        return Value(py.choose(state.type_is(test, "gml_real"), fast, slow), ANY)
    test, first, second = both_real(state, left, right)
    if operator == "/":
        test = py.both(test, second())
    return Value(
        py.choose(test, py.binary(operator, first(), second()), py.call(HELPERS[operator], first(), second())), ANY
    )


def both_real(
    state: FunctionState, left: Value, right: Value
) -> tuple[ast.expr, Callable[[], ast.expr], Callable[[], ast.expr]]:
    """A test that evaluates both operands and tells whether both are floats; and makers of each."""
    py = state.py
    left_test, first = state.reusable(state.box(left))
    right_test, second = state.reusable(state.box(right))
    test = py.compare(py.call("gml_type", left_test), "is", py.call("gml_type", right_test), "is", py.name("gml_real"))
    return test, first, second


def concatenated(state: FunctionState, left: Value, right: Value) -> Value:
    """`+` where one side is known to be a string."""
    py = state.py
    if left.kind == right.kind == STR:
        return Value(py.binary("+", left.node, right.node), STR)
    if left.kind == STR and right.kind == ANY and state.is_stable(left.node):
        test, again = state.reusable(right.node)
        fast, slow = py.binary("+", left.node, again()), py.call("gml_add", left.node, again())
        return Value(py.choose(state.type_is(test, "gml_str"), fast, slow), STR)
    if left.kind == ANY and state.is_stable(right.node):
        test, again = state.reusable(left.node)
        fast, slow = py.binary("+", again(), right.node), py.call("gml_add", again(), right.node)
        return Value(py.choose(state.type_is(test, "gml_str"), fast, slow), ANY)
    made = helped(state, "+", left, right)
    return made._replace(kind=STR) if left.kind == STR else made


def bitwise(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """`& | ^`: always int64."""
    return helped(state, operator, left, right)._replace(kind=INT64)


# ----------------------------------------------------------------- comparisons


def compared(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """`< <= > >=`."""
    py = state.py
    if left.kind in INTEGERS and right.kind in INTEGERS:
        return Value(py.compare(left.node, operator, right.node), BOOL)
    if state.unit.symbols.dynamic_epsilon or not {left.kind, right.kind} <= {ANY, *NUMBERS}:
        return helped(state, operator, left, right)
    if left.kind in NUMBERS and right.kind in NUMBERS:
        return Value(py.compare(left.node, operator, shifted(state, operator, right)), BOOL)
    if right.kind in NUMBERS and state.is_stable(right.node):
        test, again = state.reusable(left.node)
        fast = py.compare(again(), operator, shifted(state, operator, right))
        slow = py.call(HELPERS[operator], again(), state.box(right))
        return Value(py.choose(state.type_is(test, "gml_real"), fast, slow), BOOL)
    if left.kind in NUMBERS and state.is_stable(left.node):
        test, again = state.reusable(right.node)
        fast = py.compare(left.node, operator, shifted(state, operator, Value(again(), REAL)))
        slow = py.call(HELPERS[operator], state.box(left), again())
        return Value(py.choose(state.type_is(test, "gml_real"), fast, slow), BOOL)
    test, first, second = both_real(state, left, right)
    fast = py.compare(first(), operator, shifted(state, operator, Value(second(), REAL)))
    return Value(py.choose(test, fast, py.call(HELPERS[operator], first(), second())), BOOL)


def shifted(state: FunctionState, operator: str, value: Value) -> ast.expr:
    """A right operand moved by the epsilon; a literal is moved now."""
    if value.constant is not None:
        return state.py.constant(float(value.constant) + SHIFTED[operator])
    return state.py.binary("+", value.node, state.py.constant(SHIFTED[operator]))


def equated(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """`==` and `!=`; never raises."""
    made = equal(state, left, right)
    if operator == "==":
        return Value(made, BOOL)
    return Value(state.py.negated(made), BOOL)


def equal(state: FunctionState, left: Value, right: Value) -> ast.expr:
    """`left == right` as a Python bool."""
    py = state.py
    if left.kind == UNDEFINED or right.kind == UNDEFINED:
        return is_undefined(state, left, right)
    if left.kind in INTEGERS and right.kind in INTEGERS:
        return py.compare(left.node, "==", right.node)
    if left.kind == right.kind and left.kind in (STR, BOOL):
        return py.compare(left.node, "==", right.node)
    if STR in (left.kind, right.kind) and is_plain_text(left, right):
        return py.compare(left.node, "==", right.node)
    helper = py.call
    if state.unit.symbols.dynamic_epsilon or not {left.kind, right.kind} <= {ANY, INT64, *NUMBERS}:
        return helper("gml_eq", state.box(left), state.box(right))
    if left.constant is not None and right.constant is None:
        left, right = right, left
    if right.constant is not None:
        return equal_to_number(state, left, right)
    if {left.kind, right.kind} <= {ANY, *NUMBERS}:
        test, first, second = both_real(state, left, right)
        difference = py.binary("-", first(), second())
        near = py.compare(py.constant(-EPSILON), "<=", difference, "<=", py.constant(EPSILON))
        fast = py.either(py.compare(first(), "==", second()), near)
        return py.choose(test, fast, helper("gml_eq", first(), second()))
    return helper("gml_eq", state.box(left), state.box(right))


def is_undefined(state: FunctionState, left: Value, right: Value) -> ast.expr:
    """Only undefined equals undefined."""
    if isinstance(left.node, ast.Constant):
        left, right = right, left
    if isinstance(left.node, ast.Constant):
        return state.py.constant(left.node.value is right.node.value)  # type: ignore[attr-defined]
    return state.py.compare(left.node, "is", state.py.constant(None))


def is_plain_text(left: Value, right: Value) -> bool:
    """Whether one side is a literal string that no number equals, so that Python's `==` is right."""
    return any(isinstance(v.constant, str) and not reads_as_number(v.constant) for v in (left, right))


def reads_as_number(text: str) -> bool:
    """Whether a string could be taken as a number (too often rather than too seldom)."""
    return any(c.isdigit() for c in text) or text.strip().lower() in ("true", "false")


def equal_to_number(state: FunctionState, left: Value, right: Value) -> ast.expr:
    """`==` with a literal number."""
    py, number = state.py, right.constant
    low, high = py.constant(number - EPSILON), py.constant(number + EPSILON)
    if right.kind == INT64:
        test, again = state.reusable(state.box(left))
        fast = py.compare(again(), "==", right.node)
        return py.choose(state.type_is(test, "gml_int64"), fast, py.call("gml_eq", again(), right.node))
    if left.kind in NUMBERS:
        return py.compare(low, "<=", left.node, "<=", high)
    test, again = state.reusable(left.node)
    fast = py.compare(low, "<=", again(), "<=", high)
    return py.choose(state.type_is(test, "gml_real"), fast, py.call("gml_eq", again(), state.box(right)))


# ---------------------------------------------------------------------- others


@lowers(nodes.Unary)
def unary(state: FunctionState, node: nodes.Unary) -> Value:
    """`! ~ - +`."""
    py = state.py
    if node.operator == "!":
        return Value(py.negated(state.truth(node.operand)), BOOL)
    literal = kinds.literal_integer(node)
    if literal:
        return Value(py.constant(literal), INT, literal)
    value = state.expression(node.operand)
    if node.operator == "~":
        return Value(py.call("gml_bit_not", state.box(value)), INT64)
    if node.operator == "+":
        return value if value.kind in NUMBERS else Value(py.call("gml_plus", state.box(value)), ANY)
    if value.kind in NUMBERS:
        constant = None if value.constant is None else -float(value.constant)
        made = py.constant(constant) if constant is not None else py.minus(state.box(value))
        return Value(made, REAL, constant)
    return Value(py.call("gml_neg", state.box(value)), ANY)


@lowers(nodes.Conditional)
def conditional(state: FunctionState, node: nodes.Conditional) -> Value:
    """`c ? a : b`."""
    condition = state.truth(node.condition)
    then, otherwise = state.expression(node.then), state.expression(node.otherwise)
    kind = kinds.join(then.kind, otherwise.kind)
    made = state.py.choose(condition, state.fit(then, kind), state.fit(otherwise, kind))
    return Value(made, kind)
