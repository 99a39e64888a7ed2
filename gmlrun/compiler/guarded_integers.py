"""Bitwise calculations behind one test: where all operands are int64s, plain Python calculates, and wraps once.

`+ - * & | ^ ~` and shifts to the left give the same whether their operands are wrapped to 64 bits before or after, so
that only what is shifted to the right, and the result, must be. Other operands meet the general form.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gmlrun.compiler.guarded_expressions import MOST_OPERANDS, Key, is_deep, key_of
from gmlrun.compiler.kinds import ANY, BITWISE, INT64, INTEGERS
from gmlrun.lean import NamedTuple
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import FunctionState, Value

RING = frozenset(("+", "-", "*", "&", "|", "^"))
FEWEST_OPERATIONS = 2


class Exact(NamedTuple):
    """A calculation with Python's whole numbers; `fits` where its value surely is one of 64 bits."""

    node: ast.expr
    fits: bool
    is_mask: bool = False
    """Whether it is a literal that is not negative."""
    is_literal: bool = False
    """Whether it has no operand but literals: these are calculated as reals."""


class NotExact(Exception):
    """Raised for an expression that this form is not for."""


class Integers:
    """One bitwise calculation, with its operands of unknown types, each held by a name."""

    def __init__(self, state: FunctionState) -> None:
        self.state = state
        self.operations = 0
        self.held: dict[Key, ast.expr] = {}
        self.tests: list[ast.expr] = []

    def exact(self, node: nodes.Expression | None, is_arithmetic: bool = False) -> Exact:
        """An expression, supposing that all its operands are int64s; raises NotExact for others.

        A counter, which is a real, is a whole number to a bitwise operator, and makes a real in arithmetic.
        """
        if isinstance(node, nodes.Binary):
            return self._binary(node)
        if isinstance(node, nodes.Unary) and node.operator == "~":
            self.operations += 1
            inner = self.exact(node.operand)
            return inner._replace(node=ast.UnaryOp(ast.Invert(), inner.node, **self.state.py.where), is_mask=False)
        if isinstance(node, nodes.Number):
            return self._number(node)
        if node is None:
            raise NotExact
        return Exact(self._operand(node, is_arithmetic), True)

    def wrapped(self, node: nodes.Expression) -> ast.expr:
        """The same with a value of 64 bits."""
        return in_64_bits(self.state, self.exact(node))

    def _binary(self, node: nodes.Binary) -> Exact:
        self.operations += 1
        py = self.state.py
        if node.operator in ("<<", ">>"):
            count = node.right.value if isinstance(node.right, nodes.Number) else -1
            if not (0 <= count < 64 and count == int(count)):
                raise NotExact
            left = self.exact(node.left)
            if node.operator == "<<":
                return Exact(py.binary("<<", left.node, py.constant(int(count))), False, False, left.is_literal)
            whole = in_64_bits(self.state, left)
            return Exact(py.binary(">>", whole, py.constant(int(count))), True, False, left.is_literal)
        if node.operator not in RING:
            raise NotExact
        is_arithmetic = node.operator in "+-*"
        left, right = self.exact(node.left, is_arithmetic), self.exact(node.right, is_arithmetic)
        if left.is_literal and right.is_literal:
            raise NotExact
        fits = node.operator in "&|^" and left.fits and right.fits
        is_masked = node.operator == "&" and (left.is_mask or right.is_mask)
        return Exact(py.binary(node.operator, left.node, right.node), fits or is_masked)

    def _number(self, node: nodes.Number) -> Exact:
        number = node.value
        if number != number // 1 or abs(number) >= 1 << 63:
            raise NotExact
        return Exact(self.state.py.constant(int(number)), True, number >= 0, True)

    def _operand(self, node: nodes.Expression, is_arithmetic: bool) -> ast.expr:
        state, key = self.state, key_of(self.state, node)
        if key is None or (isinstance(node, nodes.Name) and is_unset(state, node)):
            raise NotExact
        if key in self.held:
            return self.held[key]
        value = state.expression(node)
        if value.kind == INT64 or (value.kind in INTEGERS and not is_arithmetic):
            return value.node
        if value.kind != ANY or len(self.held) == MOST_OPERANDS:
            raise NotExact
        test, again = state.reusable(value.node)
        self.tests.append(state.type_is(test, "gml_int64"))
        self.held[key] = again()
        return again()


def is_unset(state: FunctionState, node: nodes.Name) -> bool:
    """Whether a name is a local that may have no value yet."""
    return node.name in state.kinds and node.name not in state.assigned


def in_64_bits(state: FunctionState, value: Exact) -> ast.expr:
    """A whole number as an int64."""
    if value.fits:
        return value.node
    py = state.py
    test, again = state.reusable(value.node)
    in_range = py.compare(py.constant(-(1 << 63)), "<=", test, "<", py.constant(1 << 63))
    return py.choose(in_range, again(), py.call("gml_wrap_int64", again()))


def integers_at_once(state: FunctionState, node: nodes.Expression) -> Value | None:
    """A bitwise calculation behind one test of all its operands, None where that is of no use."""
    if not isinstance(node, nodes.Binary) or node.operator not in BITWISE or is_deep(node):
        return None
    tree = Integers(state)
    try:
        fast = tree.wrapped(node)
    except NotExact:
        return None
    if tree.operations < FEWEST_OPERATIONS or not tree.tests:
        return None
    state.in_general_form = True
    slow = state.lower(node)
    state.in_general_form = False
    test = tree.tests[0] if len(tree.tests) == 1 else state.py.both(*tree.tests)
    return slow._replace(node=state.py.choose(test, fast, slow.node), kind=INT64, constant=None)
