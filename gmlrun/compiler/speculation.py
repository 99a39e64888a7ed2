"""Statements that are tried without most tests: a statement goes in, `try` around its fast form comes out.

`dist = hero.x - enemy.x;` is Python's own `hero.x - enemy.x`, in a `try`. Where Python refuses (a base is no struct, an
operand no number), the handler evaluates the statement anew in its general form. So only statements are tried whose
expressions have no effects, and what Python does not refuse must be what GML does: a variable is read without a test
if no value but a struct has an attribute of that name, and a calculation is not tested where a real is in it already.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from gmlrun.compiler.purity import is_pure
from gmlrun.compiler.scalar_replacement import Before
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import FunctionState

LARGEST = 60
"""Nodes of a statement that may be there twice."""


def speculated(state: FunctionState, node: nodes.Node, lower: Callable[[], list[ast.stmt]]) -> list[ast.stmt]:
    """The statements that `lower` makes of a node, tried without tests where that pays."""
    if not is_worth_trying(state, node):
        return lower()
    before = Before(state)
    state.speculates, state.has_speculated = True, False
    fast = lower()
    state.speculates = False
    if not state.has_speculated:
        return fast
    after = state.narrowed
    before.restore()
    state.optimise = False
    slow = lower()
    state.optimise = True
    state.narrowed = {name: kind for name, kind in after.items() if state.narrowed.get(name) == kind}
    return [state.py.attempt(fast, [("gml_refused", None, slow)])]


def is_worth_trying(state: FunctionState, node: nodes.Node) -> bool:
    """Whether a node has no effects but a last store, and reads or calculates what is of unknown type."""
    if not state.optimise or state.speculates or state.held or state.is_general or state.calculates_bits or state.given:
        return False
    found = state.routine.within(node)
    if len(found) > LARGEST or not any(isinstance(part, (nodes.Dot, nodes.Binary)) for part in found):
        return False
    return all(is_pure(state, part) for part in found) and is_repeatable(state, node)


def is_repeatable(state: FunctionState, node: nodes.Node) -> bool:
    """Whether evaluating a statement again, when it has stored to some locals already, gives the same."""
    read: set[str] = set()
    for declarator in node.declarators[:-1] if isinstance(node, nodes.Var) else ():
        if declarator.value is not None:
            read |= {part.name for part in state.routine.within(declarator.value) if isinstance(part, nodes.Name)}
        if declarator.name in read:
            return False
    return True
