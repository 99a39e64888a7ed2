"""Constant expressions: a tree of literals and named constants goes in, the value that it has at run time comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gmlrun.compiler.symbols import NameTable
from gmlrun.syntax import nodes

SMALL = float(1 << 20)
"""Literals below this are indices and steps of counters."""

Named = Callable[[nodes.Name | nodes.Dot], Any]


def evaluate(node: nodes.Expression, named: Named, names: NameTable) -> Any:
    """The value of a constant expression, by the operators of a running game.

    `named` gives the value of a name. Raises LookupError for what is not constant, GmlError for what the
    operators refuse.
    """
    if isinstance(node, nodes.Number):
        return node.value
    if isinstance(node, nodes.String):
        return node.value
    if isinstance(node, (nodes.Name, nodes.Dot)):
        return named(node)
    if isinstance(node, nodes.Unary):
        return names.constant_operation(node.operator, evaluate(node.operand, named, names))
    if isinstance(node, nodes.Binary):
        left, right = (evaluate(operand, named, names) for operand in (node.left, node.right))
        return names.constant_operation(node.operator, left, right)
    if isinstance(node, nodes.Conditional):
        is_false = names.constant_operation("!", evaluate(node.condition, named, names))
        return evaluate(node.otherwise if is_false else node.then, named, names)
    if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name):
        given = [None if a is None else evaluate(a, named, names) for a in node.arguments]
        return names.constant_call(node.callee.name, given)
    raise LookupError


def literal_integer(node: Any) -> int | None:
    """The value of a small integer literal, with an optional minus, or None."""
    if isinstance(node, nodes.Unary) and node.operator == "-":
        value = literal_integer(node.operand)
        return None if not value else -value
    if isinstance(node, nodes.Number) and type(node.value) is float and node.value.is_integer() and node.value < SMALL:
        return int(node.value)
    return None


def is_whole_literal(node: Any) -> bool:
    """Whether a node is a number without a fraction, written out, that an int64 holds."""
    if isinstance(node, nodes.Unary) and node.operator == "-":
        node = node.operand
    return isinstance(node, nodes.Number) and node.value == node.value // 1 and abs(node.value) < 1 << 63
