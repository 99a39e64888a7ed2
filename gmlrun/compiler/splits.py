"""Locals that are worth a test: a block goes in, the names whose type its rest should know come out.

After `var dx = a.x - b.x;` nobody knows that `dx` is a real. Where the rest of the block calculates with it, the rest
is lowered twice behind one test: for reals (and structs, where names stand before dots), and for all else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gmlrun.compiler.kinds import ANY, REAL, STRUCT
from gmlrun.compiler.scopes import Meaning
from gmlrun.compiler.walk import body_nodes
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import FunctionState

FEWEST_USES = 3
"""How often the rest must calculate with the names."""
LARGEST_REST = 300
"""Nodes that may be there twice."""
SPLITS = 3
"""How often one function may do so."""

NUMERIC = frozenset(("-", "*", "/", "%", "<", "<=", ">", ">="))
READS = (nodes.Binary, nodes.Unary, nodes.Dot, nodes.Index, nodes.Call)


def worth_testing(state: FunctionState, statements: Sequence[nodes.Statement], at: int) -> dict[str, str]:
    """The locals, stored by a statement and those just before it, that are worth a test, with the kinds to test for."""
    if not state.splits_left or at + 1 >= len(statements):
        return {}
    names: list[str] = []
    following, last = statements[at + 1], at
    while last >= 0 and (found := stored_reads(state, statements[last])):
        names, last = found + names, last - 1
    if not names or (stored_reads(state, following) and not used(following).keys() & set(names)):
        return {}
    rest = [node for statement in statements[at + 1 :] for node in body_nodes(statement)]
    if len(rest) > LARGEST_REST:
        return {}
    uses = uses_in(rest)
    kinds = {name: kind for name in names for kind in (REAL, STRUCT) if uses[name, kind] > uses[name, OTHERS[kind]]}
    worth = {name: kind for name, kind in kinds.items() if uses[name, kind] > 1}
    return worth if sum(uses[pair] for pair in worth.items()) >= FEWEST_USES else {}


OTHERS = {REAL: STRUCT, STRUCT: REAL}


def stored_reads(state: FunctionState, statement: nodes.Statement) -> list[str]:
    """The locals of unknown kind to which a statement stores what it has calculated or read."""
    pairs: list[tuple[str, nodes.Expression | None]] = []
    if isinstance(statement, nodes.Var):
        pairs = [(d.name, d.value) for d in statement.declarators]
    elif isinstance(statement, nodes.Assign) and statement.operator == "=" and isinstance(statement.target, nodes.Name):
        pairs = [(statement.target.name, statement.value)]
    return [name for name, value in pairs if isinstance(value, READS) and is_unknown(state, name)]


def is_unknown(state: FunctionState, name: str) -> bool:
    """Whether a name is a local that may hold anything here."""
    if state.meaning(name) is not Meaning.LOCAL or state.kinds.get(name, ANY) != ANY or name in state.narrowed:
        return False
    return not (state.scope.uses_arguments and name in state.scope.parameters)


def used(statement: nodes.Statement) -> Counter[str]:
    """How often a statement uses names in a way that their kinds matter to."""
    made: Counter[str] = Counter()
    for (name, _), count in uses_in(list(body_nodes(statement))).items():
        made[name] += count
    return made


def uses_in(found: Sequence[nodes.Node]) -> Counter[tuple[str, str]]:
    """How often names are operands of what only numbers are good for, and how often they stand before a dot."""
    uses: Counter[tuple[str, str]] = Counter()
    for node in found:
        if isinstance(node, nodes.Binary) and node.operator in NUMERIC:
            uses.update((side.name, REAL) for side in (node.left, node.right) if isinstance(side, nodes.Name))
        elif isinstance(node, nodes.Dot) and isinstance(node.base, nodes.Name):
            uses[node.base.name, STRUCT] += 1
    return uses
