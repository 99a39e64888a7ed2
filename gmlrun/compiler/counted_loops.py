"""Counted loops: a `for` that only counts goes in, what a Python `range` needs comes out.

`for (var i = 0; i < n; i++)` counts if nothing in its body stores to `i` or to what the bound is made of; so does a
loop that counts down, or by more than one. The bound is made a whole number once; when the loop ends by itself, `i` is
left one step behind the last turn, as GML leaves it.
"""

from __future__ import annotations

import ast

from gmlrun.compiler.constants import literal_integer
from gmlrun.compiler.intrinsics import may_run_code
from gmlrun.compiler.kinds import INTEGERS, REAL, STR
from gmlrun.compiler.lowering import FunctionState
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.pyast import local_name
from gmlrun.lean import NamedTuple
from gmlrun.syntax import nodes
from gmlrun.unit import READY_REALS

UP, DOWN = ("<", "<="), (">", ">=")


class CountedLoop(NamedTuple):
    """A counting loop: its counter's Python local, the statements that compute its end, and its step."""

    counter: str
    setup: list[ast.stmt]
    end: str
    step: int
    is_few: bool
    """Whether the counter, if it is not negative, stays below READY_REALS."""


def counted_loop(state: FunctionState, node: nodes.For) -> CountedLoop | None:
    """The range of a counting loop, None for any other."""
    condition = node.condition
    if not isinstance(condition, nodes.Binary) or condition.operator not in UP + DOWN:
        return None
    counter = condition.left
    if not isinstance(counter, nodes.Name) or not is_local(state, counter.name):
        return None
    if state.kinds.get(counter.name) not in INTEGERS or state.routine.uses_arguments:
        return None
    step = step_of(node.step, counter.name)
    if not step or (step > 0) != (condition.operator in UP):
        return None
    stored = state.routine.stored_within(node.body)
    if counter.name in stored or is_short(node):
        return None
    end = end_of(state, condition, node.body, stored | {counter.name})
    if end is None:
        return None
    name = state.temporary()
    is_few = step > 0 and isinstance(end, ast.Constant) and isinstance(end.value, int) and end.value <= READY_REALS
    return CountedLoop(local_name(counter.name), [state.py.set(name, end)], name, step, is_few)


def is_local(state: FunctionState, name: str) -> bool:
    return state.meaning(name) is Meaning.LOCAL


FEWEST_TURNS = 4
"""A range costs more than it saves below this."""


def is_short(node: nodes.For) -> bool:
    """Whether a loop counts over very few numbers, as what looks at neighbours does."""
    init = node.init.declarators[0].value if isinstance(node.init, nodes.Var) else getattr(node.init, "value", None)
    assert isinstance(node.condition, nodes.Binary)
    first, last = literal_integer(init), literal_integer(node.condition.right)
    return first is not None and last is not None and abs(last - first) < FEWEST_TURNS


def step_of(step: nodes.Statement | None, name: str) -> int:
    """By how much a loop's step counts a local up or down, 0 for any other step."""
    if isinstance(step, nodes.ExpressionStatement) and isinstance(step.value, nodes.Increment):
        target, by = step.value.target, 1 if step.value.operator == "+" else -1
        return by if isinstance(target, nodes.Name) and target.name == name else 0
    if isinstance(step, nodes.Assign) and step.operator in ("+=", "-=") and isinstance(step.target, nodes.Name):
        by = literal_integer(step.value) or 0
        return 0 if step.target.name != name else by if step.operator == "+=" else -by
    return 0


def is_fixed_length(state: FunctionState, bound: nodes.Call, body: nodes.Statement, stored: set[str]) -> bool:
    """Whether a bound is the length of a local array that nothing in the body could resize, or of a local string.

    A local of unknown kind may hold a struct, whose `toString` gives another text each time.
    """
    callee, arguments = bound.callee, bound.arguments
    if not isinstance(callee, nodes.Name) or state.meaning(callee.name) is not Meaning.BUILTIN or len(arguments) != 1:
        return False
    counted = arguments[0]
    if not isinstance(counted, nodes.Name) or not is_local(state, counted.name) or counted.name in stored:
        return False
    if callee.name == "string_length":
        return state.expression(counted).kind == STR
    return callee.name == "array_length" and not any(may_resize(state, node) for node in state.routine.within(body))


RESIZING = frozenset(("array_push", "array_pop", "array_delete", "array_insert"))
"""The builtins with an inline form that change an array's length."""


def may_resize(state: FunctionState, node: nodes.Node) -> bool:
    """Whether a node may make an array longer: by a call, or by storing to an element."""
    if may_run_code(state, node):
        return True
    if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name):
        return node.callee.name in RESIZING
    return isinstance(node, (nodes.Assign, nodes.Increment)) and isinstance(node.target, nodes.Index)


def end_of(state: FunctionState, condition: nodes.Binary, body: nodes.Statement, stored: set[str]) -> ast.expr | None:
    """The first whole number at which the loop ends; None when the bound may change in the loop."""
    py, bound, operator = state.py, condition.right, condition.operator
    if not is_fixed(state, bound, body, stored):
        return None
    value = state.expression(bound)
    if value.kind in INTEGERS:
        beyond = {"<=": 1, ">=": -1}.get(operator, 0)
        return py.binary("+", value.node, py.constant(beyond)) if beyond else value.node
    if value.kind == REAL and not state.unit.symbols.dynamic_epsilon and operator in UP:
        return py.call("gml_range_end", value.node, py.constant(operator == "<="))
    return None


def is_fixed(state: FunctionState, bound: nodes.Expression, body: nodes.Statement, stored: set[str]) -> bool:
    """Whether a bound is the same each time that the loop looks at it."""
    if isinstance(bound, nodes.Name):
        return is_local(state, bound.name) and bound.name not in stored
    if isinstance(bound, nodes.Call):
        return is_fixed_length(state, bound, body, stored)
    if isinstance(bound, nodes.Binary) and bound.operator in ("+", "-", "*"):
        return is_fixed(state, bound.left, body, stored) and is_fixed(state, bound.right, body, stored)
    return isinstance(bound, nodes.Number) or literal_integer(bound) is not None
