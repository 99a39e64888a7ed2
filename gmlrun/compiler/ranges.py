"""Counting loops: a `for` that only counts goes in, what a Python `range` needs comes out.

`for (var i = 0; i < n; i++)` counts if nothing in its body stores to `i` or to the bound. The bound is
made a whole number once; when the loop ends by itself, `i` is left at the bound, as GML leaves it.
"""

from __future__ import annotations

import ast
from typing import NamedTuple

from gmlrun.compiler.kinds import NAT, REAL
from gmlrun.compiler.lowering import FunctionState
from gmlrun.compiler.pyast import local_name
from gmlrun.compiler.scopes import Meaning
from gmlrun.compiler.walk import body_nodes, stored_names
from gmlrun.syntax import nodes


class Counting(NamedTuple):
    """A counting loop: its counter's Python local and the statements that compute its end."""

    counter: str
    setup: list[ast.stmt]
    end: str


def counting(state: FunctionState, node: nodes.For) -> Counting | None:
    """The range of a counting loop, None for any other."""
    condition, step = node.condition, node.step
    if not isinstance(condition, nodes.Binary) or condition.operator not in ("<", "<="):
        return None
    counter = condition.left
    if not isinstance(counter, nodes.Name) or not is_local(state, counter.name) or state.kinds.get(counter.name) != NAT:
        return None
    if not steps_by_one(step, counter.name) or state.scope.uses_arguments:
        return None
    stored = stored_names(node.body)
    if counter.name in stored:
        return None
    end = end_of(state, condition, node.body, stored)
    if end is None:
        return None
    name = state.temporary()
    return Counting(local_name(counter.name), [state.py.set(name, end)], name)


def is_local(state: FunctionState, name: str) -> bool:
    return state.meaning(name) is Meaning.LOCAL


def steps_by_one(step: nodes.Statement | None, name: str) -> bool:
    """Whether a loop's step is `name++` in one of its spellings."""
    if isinstance(step, nodes.ExpressionStatement) and isinstance(step.value, nodes.Increment):
        target = step.value.target
        return step.value.operator == "+" and isinstance(target, nodes.Name) and target.name == name
    if isinstance(step, nodes.Assign) and step.operator == "+=" and isinstance(step.target, nodes.Name):
        return step.target.name == name and isinstance(step.value, nodes.Number) and step.value.value == 1
    return False


def is_fixed_length(state: FunctionState, bound: nodes.Call, body: nodes.Statement, stored: set[str]) -> bool:
    """Whether a bound is `array_length(local)` and nothing in the body could change that array's length."""
    callee, arguments = bound.callee, bound.arguments
    if not isinstance(callee, nodes.Name) or callee.name != "array_length" or len(arguments) != 1:
        return False
    array = arguments[0]
    if not isinstance(array, nodes.Name) or not is_local(state, array.name) or array.name in stored:
        return False
    return not any(may_resize(node) for node in body_nodes(body))


def may_resize(node: nodes.Node) -> bool:
    """Whether a node may make an array longer: by a call, or by storing to an element."""
    if isinstance(node, (nodes.Call, nodes.New)):
        return True
    return isinstance(node, (nodes.Assign, nodes.Increment)) and isinstance(node.target, nodes.Index)


def end_of(state: FunctionState, condition: nodes.Binary, body: nodes.Statement, stored: set[str]) -> ast.expr | None:
    """The first whole number at which the loop ends; None when the bound may change in the loop."""
    py, bound, inclusive = state.py, condition.right, condition.operator == "<="
    if isinstance(bound, nodes.Name) and (not is_local(state, bound.name) or bound.name in stored):
        return None
    if isinstance(bound, nodes.Call) and not is_fixed_length(state, bound, body, stored):
        return None
    if not isinstance(bound, (nodes.Name, nodes.Number, nodes.Call)):
        return None
    value = state.expression(bound)
    if value.kind == NAT:
        return py.binary("+", value.node, py.constant(1)) if inclusive else value.node
    if value.kind == REAL and not state.unit.symbols.dynamic_epsilon:
        return py.call("gml_range_end", value.node, py.constant(inclusive))
    return None
