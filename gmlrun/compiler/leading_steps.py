"""Steps that statements begin with: an expression goes in, the `x++` that is evaluated before all else comes out.

`if (--cooldown <= 0)` steps first and compares then, so that the step may be a statement of its own, before.
"""

from __future__ import annotations

from gmlrun.syntax import nodes
from gmlrun.syntax.node_classes import NodePart


def leading_step(node: nodes.Node | None) -> nodes.Increment | None:
    """The step with which the evaluation of an expression surely begins, None where it begins with something else."""
    while node is not None and not isinstance(node, nodes.Increment):
        node = first_operand(node)
    return node


def first_operand(node: nodes.Node) -> nodes.Expression | None:
    """The operand that is evaluated first, whatever the others are; None for what is no operator."""
    if isinstance(node, nodes.Binary):
        return node.left
    if isinstance(node, nodes.Unary):
        return node.operand
    return node.condition if isinstance(node, nodes.Conditional) else None


def evaluated_first(statement: NodePart) -> nodes.Expression | None:
    """The expression that a statement, or a turn of a loop, begins with."""
    if isinstance(statement, (nodes.If, nodes.While, nodes.DoUntil, nodes.For)):
        return statement.condition
    if isinstance(statement, (nodes.Return, nodes.Declarator)):
        return statement.value
    return statement.value if isinstance(statement, nodes.Assign) and statement.operator == "=" else None
