"""Operators: inline Python that is right for floats, and a helper's call for every other type.

`a + b` of unknown types is `(a + b if type(a) is type(b) is float else gml_add(a, b))`: the test
evaluates both operands, once, whatever they are. What is known of an operand shortens the test; a
comparison with a literal has the epsilon folded into the literal.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from gmlrun.compiler import forms, kinds
from gmlrun.compiler.constants import SMALL, literal_integer
from gmlrun.compiler.intrinsics import inlined
from gmlrun.compiler.kinds import ANY, ARRAY, BOOL, INT, INT64, INTEGERS, NAT, NUMBERS, REAL, STR, STRUCT, UNDEFINED
from gmlrun.compiler.lowering import FunctionState, Value, lowers
from gmlrun.language import EPSILON
from gmlrun.lean import NamedTuple
from gmlrun.syntax import nodes

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
    chain = chain_of(node)
    if len(chain) > LONGEST_CHAIN:
        return in_pieces(state, chain)
    outside, state.in_bits = state.in_bits, operator in kinds.BITWISE or (state.in_bits and operator in "+-*")
    left, right = state.expression(node.left), state.expression(node.right)
    state.in_bits = outside
    return operated(state, operator, left, right)


def operated(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """An operator that evaluates both operands, on operands that have been lowered."""
    if operator == "&" and state.optimise:
        left, right = unwrapped(left, right), unwrapped(right, left)
    if operator in SHIFTED:
        return compared(state, operator, left, right)
    if operator in ("==", "!="):
        return equated(state, operator, left, right)
    return calculated(state, operator, left, right)


LONGEST_CHAIN = 50
"""Operators that may nest in one Python expression: CPython 3.12 compiles no deeper trees than a few hundred nodes."""
LAZY = ("&&", "||", "??")


def chain_of(node: nodes.Binary) -> list[nodes.Binary]:
    """The operators of `a + b + c …`, the innermost first: each is the left operand of the next."""
    chain = [node]
    while isinstance(left := chain[-1].left, nodes.Binary) and left.operator not in LAZY:
        chain.append(left)
    return chain[::-1]


def in_pieces(state: FunctionState, chain: list[nodes.Binary]) -> Value:
    """A long chain as `(t := piece, t := t + piece, …)[-1]`, whose parts stand beside each other."""
    py, parts = state.py, []
    value = state.expression(chain[0].left)
    for count, node in enumerate(chain, 1):
        before = py.at(node.span)
        value = operated(state, node.operator, value, state.expression(node.right))
        if count % LONGEST_CHAIN == 0:
            name, kind = state.temporary(), value.kind if value.kind in (REAL, STR) else ANY
            parts.append(py.walrus(name, state.box(value)))
            value = Value(py.name(name), kind)
        py.where = before
    whole = py.tuple_of([*parts, state.box(value)])
    return Value(py.subscript(whole, py.constant(-1)), value.kind if value.kind in (REAL, STR) else ANY)


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
    if not state.optimise:
        return literals(state, operator, left, right) or helped(state, operator, left, right)
    if operator == "^^":
        return helped(state, operator, left, right)
    if operator in kinds.BITWISE:
        return bitwise(state, operator, left, right)
    if operator in "+-" or (operator == "*" and {left.kind, right.kind} <= {BOOL, *NUMBERS}):
        left, right = counted(left), counted(right)
    if left.kind in NUMBERS and right.kind in NUMBERS:
        return numbers(state, operator, left, right)
    if INT64 in (left.kind, right.kind) and {left.kind, right.kind} <= {INT64, *NUMBERS}:
        return with_int64(state, operator, left, right)
    if operator == "+" and STR in (left.kind, right.kind):
        return concatenated(state, left, right)
    if {left.kind, right.kind} <= {ANY, *NUMBERS}:
        return guarded(state, operator, left, right) if operator in "+-*/" else divided(state, operator, left, right)
    return helped(state, operator, left, right)


def literals(state: FunctionState, operator: str, left: Value, right: Value) -> Value | None:
    """The result of two literals, which stay reals; None for anything else."""
    if left.constant is None or right.constant is None or not {left.kind, right.kind} <= NUMBERS:
        return None
    if operator in FOLD:
        return folded(state, operator, left, right, kinds.arithmetic(operator, left.kind, right.kind))
    return Value(state.py.call(HELPERS[operator], state.box(left), state.box(right)), ANY)


def with_int64(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """An int64 and another int64 or a number, of which a whole literal is an integer and all else a real."""
    py, pair = state.py, [whole_literal(state, left), whole_literal(state, right)]
    if operator not in INTEGER_LITERALS:
        return helped(state, operator, left, right)
    if pair[0].kind == pair[1].kind == INT64 and operator in "+-*":
        return wrapped(state, py.binary(operator, pair[0].node, pair[1].node))
    if pair[0].kind == pair[1].kind == INT64:
        form = forms.INT64_MODULO if operator == "%" else forms.INT64_DIVISION
        return inlined(state, form, pair, partial(helper, state, operator), INT64)
    if operator in "+-*":
        return Value(py.binary(operator, state.box(left), state.box(right)), REAL)
    return helped(state, operator, left, right)


def counted(value: Value) -> Value:
    """A bool as the number that it is in arithmetic: Python's is one already."""
    return Value(value.node, NAT) if value.kind == BOOL and not isinstance(value.node, ast.Constant) else value


def unwrapped(value: Value, mask: Value) -> Value:
    """An int64 that a mask without a sign bit follows: what the mask leaves is the same before it is wrapped."""
    node, number = value.node, mask.constant
    is_mask = isinstance(number, (int, float)) and 0 <= number < 1 << 63
    if not (is_mask and value.kind == INT64 and isinstance(node, ast.IfExp) and isinstance(node.orelse, ast.Call)):
        return value
    test, callee = node.test, node.orelse.func
    if not (isinstance(callee, ast.Name) and callee.id == "gml_wrap_int64" and isinstance(test, ast.Compare)):
        return value
    inner = test.comparators[0]
    return value._replace(node=inner.value if isinstance(inner, ast.NamedExpr) else inner)


def wrapped(state: FunctionState, node: ast.expr) -> Value:
    """An integer result as an int64."""
    py = state.py
    test, again = state.reusable(node)
    in_range = py.compare(py.constant(-(1 << 63)), "<=", test, "<", py.constant(1 << 63))
    return Value(py.choose(in_range, again(), py.call("gml_wrap_int64", again())), INT64)


def divided(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """`%` and `div` of numbers or unknown types: inline for what is positive, as most operands are."""
    divisor = right.constant if right.number is None else right.number
    if left.kind == NAT and right.kind in INTEGERS and divisor and divisor > 0:
        return Value(state.py.binary("//" if operator == "div" else "%", left.node, right.node), NAT)
    form = forms.MODULO if operator == "%" else forms.DIVISION
    if operator == "div" and divisor is not None:
        if divisor < 1 or not float(divisor).is_integer():
            return Value(helper(state, operator, [left, right]), ANY)
        form = forms.DIVISION_BY_LITERAL
    sides = [ANY if is_literal(value) else REAL if value.kind in INTEGERS else value.kind for value in (left, right)]
    is_real = (left.kind in NUMBERS and right.kind in NUMBERS) or kinds.stays_real(operator, *sides)
    slow = partial(by_literal if is_literal(right) else helper, state, operator)
    return inlined(state, form, [left, right], slow, REAL if is_real else ANY)


def by_literal(state: FunctionState, operator: str, operands: Sequence[Value]) -> ast.expr:
    """`%` and `div` by a whole literal of what is no real: inline for an int64 that is not negative."""
    py, (left, right) = state.py, operands
    general = helper(state, operator, operands)
    if left.kind != ANY or not isinstance(left.node, ast.Name) or not right.constant or right.constant < 0:
        return general
    is_natural = py.both(state.type_is(left.node, "gml_int64"), py.compare(left.node, ">=", py.constant(0)))
    exact = py.binary("//" if operator == "div" else "%", left.node, py.constant(int(right.constant)))
    return py.choose(is_natural, exact, general)


def helper(state: FunctionState, operator: str, operands: Sequence[Value]) -> ast.expr:
    """The call of an operator's helper; beside a real, a literal is a real."""
    if all(value.kind in NUMBERS for value in operands):
        return state.py.call(HELPERS[operator], *(state.box(value) for value in operands))
    return state.py.call(HELPERS[operator], *(operand(state, operator, value) for value in operands))


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
    if 0 <= whole < SMALL_LITERALS:
        return py.subscript(py.name("gml_int32s"), py.constant(whole))
    if -(1 << 31) <= whole < 1 << 31 or operator == "div":
        return py.call("gml_int32", py.constant(whole))
    return py.constant(whole) if abs(whole) < 1 << 63 else state.box(value)


SMALL_LITERALS = 1024
"""The literals below this are int32s that are made once."""


def numbers(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """Both operands are known to be numbers."""
    py = state.py
    if operator in "+-*":
        kind = kinds.arithmetic(operator, left.kind, right.kind)
        made = folded(state, operator, left, right, kind)
        if made is not None:
            return made
        pair = (left.node, right.node) if kind != REAL else (as_real(state, left.node), as_real(state, right.node))
        return Value(py.binary(operator, *pair), kind)
    if operator == "/" and right.constant:
        return Value(py.binary("/", as_real(state, left.node), as_real(state, right.node)), REAL)
    if operator == "/":
        return inlined(state, forms.QUOTIENT, [left, right], partial(helper, state, operator), REAL)
    return divided(state, operator, left, right)


def folded(state: FunctionState, operator: str, left: Value, right: Value, kind: str) -> Value | None:
    """The result when both operands are literals, which is a literal again: it stays a real."""
    if left.constant is None or right.constant is None:
        return None
    result = FOLD[operator](left.constant, right.constant)
    if kind in INTEGERS and abs(result) < SMALL:
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
    made = guarded_form(state, operator, left, right)
    sides = [ANY if value.kind in INTEGERS or is_literal(value) else value.kind for value in (left, right)]
    return made._replace(kind=REAL) if kinds.stays_real(operator, *sides) else made


def is_literal(value: Value) -> bool:
    """Whether a value is a whole literal, an integer to an operator whose other side is one."""
    return value.constant is not None and value.constant == value.constant // 1


def as_real(state: FunctionState, node: ast.expr) -> ast.expr:
    """A whole literal as a float: Python calculates fastest with two of the same type."""
    is_whole = isinstance(node, ast.Constant) and type(node.value) is int
    return state.py.constant(float(node.value)) if is_whole else node  # type: ignore[attr-defined]


def guarded_form(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    py = state.py
    if state.speculates and operator in "+-*" and (is_float(left) or is_float(right)):
        state.has_speculated = True
        return Value(py.binary(operator, state.box(left), state.box(right)), REAL)
    if right.kind in NUMBERS and may_be_twice(state, right.node) and not (operator == "/" and not right.constant):
        test, again = state.reusable(left.node)
        fast = py.binary(operator, again(), as_real(state, right.node))
        slow = py.call(HELPERS[operator], again(), operand(state, operator, right))
        if state.calculates_bits and operator in "+-*" and is_literal(right):
            whole = py.constant(int(right.constant))
            exact = wrapped(state, py.binary(operator, again(), whole)).node
            return Value(with_int64_arm(state, test, again, (fast, exact, slow)), ANY)
        return Value(py.choose(state.type_is(test, "gml_real"), fast, slow), ANY)
    if left.kind in NUMBERS and state.is_stable(left.node) and operator != "/":
        test, again = state.reusable(right.node)
        fast = py.binary(operator, as_real(state, left.node), again())
        slow = py.call(HELPERS[operator], operand(state, operator, left), again())
        return Value(py.choose(state.type_is(test, "gml_real"), fast, slow), ANY)
    is_tried = state.speculates and operator != "/" and may_be_twice(state, right.node)
    test, first, second, general = (left_real if is_tried else both_real)(state, left, right)
    if operator == "/":
        test = py.both(test, second())
    slow = py.call(HELPERS[operator], first(), general())
    return Value(py.choose(test, py.binary(operator, first(), second()), slow), ANY)


LARGEST_TWICE = 30
"""Nodes that a right operand may have which is written twice, after the test of the left one."""


def may_be_twice(state: FunctionState, node: ast.expr) -> bool:
    """Whether a right operand may stand in both arms of a test of the left one: only one of them is evaluated."""
    return state.is_stable(node) or sum(1 for _ in ast.walk(node)) <= LARGEST_TWICE


def with_int64_arm(
    state: FunctionState, test: ast.expr, again: Callable[[], ast.expr], arms: tuple[ast.expr, ast.expr, ast.expr]
) -> ast.expr:
    """The arms of an operation for a real, an int64 and anything else, in code that calculates with bits."""
    py, (fast, exact, slow) = state.py, arms
    if state.in_bits:
        other = py.choose(state.type_is(again(), "gml_real"), fast, slow)
        return py.choose(state.type_is(test, "gml_int64"), exact, other)
    other = py.choose(state.type_is(again(), "gml_int64"), exact, slow)
    return py.choose(state.type_is(test, "gml_real"), fast, other)


class Pair(NamedTuple):
    """Two operands of which a test tells whether both are reals."""

    test: ast.expr
    """Evaluates the first operand, and the second one unless `general` does so anew."""
    first: Callable[[], ast.expr]
    second: Callable[[], ast.expr]
    general: Callable[[], ast.expr]
    """The second operand where the test has failed."""


def is_float(value: Value) -> bool:
    """Whether a value is surely a float in Python too, and no literal that counts as an integer."""
    return value.kind == REAL and not is_literal(value)


def left_real(state: FunctionState, left: Value, right: Value) -> Pair:
    """The test of the first operand alone, where a handler follows: beside a real, Python refuses what is no number."""
    state.has_speculated = True
    node = state.box(right)
    left_test, first = state.reusable(state.box(left))
    return Pair(state.type_is(left_test, "gml_real"), first, lambda: node, lambda: node)


def both_real(state: FunctionState, left: Value, right: Value) -> Pair:
    """A test for two reals: of one after the other, where the second may be read again."""
    py, node = state.py, state.box(right)
    left_test, first = state.reusable(state.box(left))
    right_test, second = state.reusable(node)
    is_name = isinstance(right_test, ast.Name)
    if is_name or is_variable(node):
        test = py.both(state.type_is(left_test, "gml_real"), state.type_is(right_test, "gml_real"))
        return Pair(test, first, second, second if is_name else lambda: node)
    test = py.compare(py.call("gml_type", left_test), "is", py.call("gml_type", right_test), "is", py.name("gml_real"))
    return Pair(test, first, second, second)


def is_variable(node: ast.expr) -> bool:
    """Whether a node reads a variable of a struct that a name holds, which cannot be seen."""
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)


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
    """`& | ^ << >>`: always int64; inline for int64s, and for reals that are known to be such."""
    values = [whole_literal(state, left), whole_literal(state, right)]
    letters = "".join(INTEGER_LETTERS.get(value.kind, "") for value in values)
    if len(letters) < 2:
        return helped(state, operator, left, right)._replace(kind=INT64)
    text, when = forms.BITWISE[operator]
    if isinstance(values[1].constant, int) and 0 <= values[1].constant < 64:
        when = ""
    form = forms.Form(letters, text, INT64, when)
    return inlined(state, form, values, partial(helper, state, operator), INT64)


INTEGER_LETTERS = {INT64: "w", NAT: "w", INT: "w", REAL: "d", ANY: "n"}
"""The type that an operand must have for the inline form, by its kind."""


def whole_literal(state: FunctionState, value: Value) -> Value:
    """A whole literal as the integer that it is beside an int64."""
    number = value.constant
    if value.kind in NUMBERS and number is not None and number == number // 1 and abs(number) < 1 << 63:
        return Value(state.py.constant(int(number)), INT64, int(number))
    return value


# ----------------------------------------------------------------- comparisons


def compared(state: FunctionState, operator: str, left: Value, right: Value) -> Value:
    """`< <= > >=`."""
    py = state.py
    left, right = beside_counter(state, left, right), beside_counter(state, right, left)
    if left.kind in INTEGERS and right.kind in INTEGERS:
        return Value(py.compare(left.node, operator, right.node), BOOL)
    if left.kind == right.kind == INT64 or left.kind == right.kind == STR:
        return Value(py.compare(left.node, operator, right.node), BOOL)
    if {left.kind, right.kind} == {STR, ANY} and state.optimise:
        form = forms.Form("ss", f"a0 {operator} a1", BOOL)
        return inlined(state, form, [left, right], partial(helper, state, operator), BOOL)
    if state.unit.symbols.dynamic_epsilon or not {left.kind, right.kind} <= {ANY, *NUMBERS}:
        return helped(state, operator, left, right)
    if left.kind in NUMBERS and right.kind in NUMBERS:
        return Value(py.compare(left.node, operator, shifted(state, operator, right)), BOOL)
    if state.speculates and (is_small(right) or left.kind in NUMBERS):
        state.has_speculated = True
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
    is_tried = state.speculates and may_be_twice(state, right.node)
    test, first, second, general = (left_real if is_tried else both_real)(state, left, right)
    fast = py.compare(first(), operator, shifted(state, operator, Value(second(), REAL)))
    return Value(py.choose(test, fast, py.call(HELPERS[operator], first(), general())), BOOL)


def is_small(value: Value) -> bool:
    """Whether a value is a counter or a literal: so small that an int compares with it as the real that it is does."""
    return value.kind in INTEGERS or (value.kind == REAL and value.constant is not None and abs(value.constant) < SMALL)


def beside_counter(state: FunctionState, value: Value, other: Value) -> Value:
    """A real that is always the same whole number, as the int that a counter is compared with."""
    if value.number is None or other.kind not in INTEGERS:
        return value
    return Value(state.py.constant(int(value.number)), INT)


def shifted(state: FunctionState, operator: str, value: Value) -> ast.expr:
    """A right operand moved by the epsilon; a literal is moved now."""
    number = value.number if value.constant is None else value.constant
    if number is not None:
        return state.py.constant(float(number) + SHIFTED[operator])
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
    left, right = beside_counter(state, left, right), beside_counter(state, right, left)
    if left.kind == UNDEFINED or right.kind == UNDEFINED:
        return is_undefined(state, left, right)
    if left.kind in INTEGERS and right.kind in INTEGERS:
        return py.compare(left.node, "==", right.node)
    if {left.kind, right.kind} & {ARRAY, STRUCT}:
        if {left.kind, right.kind} & PLAIN:
            return py.call("gml_eq", state.box(left), state.box(right))
        return py.compare(left.node, "is", right.node)
    if left.kind == right.kind and left.kind in (STR, BOOL, INT64):
        return py.compare(left.node, "==", right.node)
    if STR in (left.kind, right.kind) and is_plain_text(left, right):
        return py.compare(left.node, "==", right.node)
    if {left.kind, right.kind} == {STR, ANY} and state.optimise:
        form = forms.Form("ss", "a0 == a1", BOOL)
        return inlined(state, form, [left, right], partial(helper, state, "==")).node
    if state.unit.symbols.dynamic_epsilon or not {left.kind, right.kind} <= {ANY, INT64, *NUMBERS}:
        return py.call("gml_eq", state.box(left), state.box(right))
    if left.constant is not None and right.constant is None:
        left, right = right, left
    if right.constant is not None:
        return equal_to_number(state, left, right)
    if {left.kind, right.kind} <= {ANY, *NUMBERS}:
        if {left.kind, right.kind} <= NUMBERS:
            (left_test, first), (right_test, second) = (state.reusable(state.box(side)) for side in (left, right))
            return py.either(py.compare(left_test, "==", right_test), near(state, first(), second()))
        if state.speculates and may_be_twice(state, right.node):
            return equal_if_tried(state, left, right)
        test, first, second, general = both_real(state, left, right)
        fast = py.either(py.compare(first(), "==", second()), near(state, first(), second()))
        return py.choose(test, fast, equal_if_exact(state, first, general()))
    return py.call("gml_eq", state.box(left), state.box(right))


def equal_if_tried(state: FunctionState, left: Value, right: Value) -> ast.expr:
    """`==` where a handler follows: beside a real, Python refuses what is no number."""
    py, node = state.py, state.box(right)
    left_test, first = state.reusable(state.box(left))
    right_test, second = state.reusable(node)
    state.has_speculated = True
    fast = py.either(py.compare(first(), "==", right_test), near(state, first(), second()))
    return py.choose(state.type_is(left_test, "gml_real"), fast, equal_if_exact(state, first, node))


def equal_if_exact(state: FunctionState, first: Callable[[], ast.expr], right: ast.expr) -> ast.expr:
    """`==` of what are not two reals: of one type that Python compares as GML does, or by the helper."""
    py = state.py
    if not state.optimise:
        return py.call("gml_eq", first(), right)
    test, second = state.reusable(right)
    is_exact = py.compare(py.call("gml_type", first()), "is", py.call("gml_type", test), "in", py.name("gml_exact"))
    return py.choose(is_exact, py.compare(first(), "==", second()), py.call("gml_eq", first(), second()))


def near(state: FunctionState, left: ast.expr, right: ast.expr) -> ast.expr:
    """Whether two reals differ by no more than the epsilon."""
    py = state.py
    return py.compare(py.constant(-EPSILON), "<=", py.binary("-", left, right), "<=", py.constant(EPSILON))


PLAIN = frozenset((REAL, NAT, INT, INT64, BOOL, STR, UNDEFINED))
"""Kinds of values that Python may fold to a constant, which it does not like to see beside `is`."""


def is_undefined(state: FunctionState, left: Value, right: Value) -> ast.expr:
    """Only undefined equals undefined."""
    if isinstance(left.node, ast.Constant):
        left, right = right, left
    if isinstance(left.node, ast.Constant):
        return state.py.constant(left.node.value is right.node.value)  # type: ignore[attr-defined]
    if left.kind in PLAIN:
        return state.py.call("gml_eq", state.box(left), state.py.constant(None))
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
        fast, slow = py.compare(again(), "==", right.node), py.call("gml_eq", again(), right.node)
        if left.kind == ANY and state.optimise:
            slow = py.choose(state.type_is(again(), "gml_real"), between(state, low, again(), high), slow)
        return py.choose(state.type_is(test, "gml_int64"), fast, slow)
    if left.kind in NUMBERS:
        return between(state, low, left.node, high)
    is_whole = is_literal(right) and abs(number) < 1 << 53
    if left.kind == INT64 and is_whole:
        return py.compare(left.node, "==", py.constant(int(number)))
    test, again = state.reusable(left.node)
    fast = between(state, low, again(), high)
    slow = py.call("gml_eq", again(), state.box(right))
    if is_whole:
        is_int64 = state.type_is(again(), "gml_int64")
        slow = py.choose(is_int64, py.compare(again(), "==", py.constant(int(number))), slow)
    return py.choose(state.type_is(test, "gml_real"), fast, slow)


def between(state: FunctionState, low: ast.expr, node: ast.expr, high: ast.expr) -> ast.expr:
    """`low <= node <= high` as two comparisons, which CPython makes faster than one of three operands."""
    test, again = state.reusable(node)
    return state.py.both(state.py.compare(test, ">=", low), state.py.compare(again(), "<=", high))


# ---------------------------------------------------------------------- others


@lowers(nodes.Unary)
def unary(state: FunctionState, node: nodes.Unary) -> Value:
    """`! ~ - +`."""
    py = state.py
    if node.operator == "!":
        return Value(py.negated(state.truth(node.operand)), BOOL)
    literal = literal_integer(node)
    if literal:
        return Value(py.constant(literal), INT, literal)
    value = state.expression(node.operand)
    if node.operator == "~":
        letter = INTEGER_LETTERS.get(value.kind)
        if letter is None or not state.optimise:
            return Value(py.call("gml_bit_not", state.box(value)), INT64)
        return inlined(state, forms.Form(letter, "~a0", INT64), [value], partial(complement, state), INT64)
    if node.operator == "+":
        return value
    if value.kind in NUMBERS:
        constant = None if value.constant is None else -float(value.constant)
        made = py.constant(constant) if constant is not None else py.minus(state.box(value))
        return Value(made, REAL, constant)
    if not state.optimise:
        return Value(py.call("gml_neg", state.box(value)), ANY)
    test, again = state.reusable(state.box(value))
    return Value(py.choose(state.type_is(test, "gml_real"), py.minus(again()), py.call("gml_neg", again())), ANY)


def complement(state: FunctionState, operands: Sequence[Value]) -> ast.expr:
    """The call of the helper of `~`."""
    return state.py.call("gml_bit_not", state.box(operands[0]))


@lowers(nodes.Conditional)
def conditional(state: FunctionState, node: nodes.Conditional) -> Value:
    """`c ? a : b`."""
    condition = state.truth(node.condition)
    then, otherwise = state.expression(node.then), state.expression(node.otherwise)
    kind = kinds.join(then.kind, otherwise.kind)
    made = state.py.choose(condition, state.fit(then, kind), state.fit(otherwise, kind))
    return Value(made, kind)
