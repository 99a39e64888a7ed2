"""Locals that are worth a test: a block goes in, the names whose type its rest should know come out.

After `var dx = a.x - b.x;` nobody knows that `dx` is a real. Where the rest of the block calculates with it, the rest
is lowered twice behind one test: for reals (or structs, arrays and strings, as names are used), and for all else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from gmlrun.compiler.analysis import LOOPS
from gmlrun.compiler.kinds import ANY, ARRAY, REAL, STR, STRUCT
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.purity import is_pure
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import FunctionState

FEWEST_USES = 3
"""How often the rest must calculate with the names."""
LARGEST_REST = 300
"""Nodes that may be there twice."""
MOST_VERSIONS = 3
"""How often one function may do so."""

NUMERIC = frozenset(("-", "*", "/", "%", "<", "<=", ">", ">="))
READS = (nodes.Binary, nodes.Unary, nodes.Dot, nodes.Index, nodes.Call)


def worth_testing(state: FunctionState, statements: Sequence[nodes.Statement], at: int) -> dict[str, str]:
    """The locals, stored by a statement and those just before it, that are worth a test, with the kinds to test for."""
    if not state.versions_left or at + 1 >= len(statements):
        return {}
    names: list[str] = []
    following, last = statements[at + 1], at
    while last >= 0 and (found := stored_reads(state, statements[last])):
        names, last = found + names, last - 1
    if not names or (stored_reads(state, following) and not used(state, following).keys() & set(names)):
        return {}
    return worth_in(state, names, below(state, statements[at + 1 :]))


def untested_stores(
    state: FunctionState, statements: Sequence[nodes.Statement], names: Mapping[str, str]
) -> Sequence[nodes.Statement]:
    """The last of some statements whose stores need no tests of their own, since their locals are tested next."""
    if state.is_general or state.speculates or state.held or state.calculates_bits or state.given or state.has_try:
        return ()
    first, stored = len(statements), set[str]()
    while first > 0 and (pairs := stores_of(statements[first - 1])):
        if not all(name in names and is_tested(value, names[name]) for name, value in pairs):
            break
        if len(stored | {name for name, _ in pairs}) < len(stored) + len(pairs):
            break
        stored.update(name for name, _ in pairs)
        first -= 1
    values = [value for statement in statements[first:] for _, value in stores_of(statement)]
    found = [node for value in values for node in state.routine.within(value)]
    reads = {node.name for node in found if isinstance(node, nodes.Name)}
    return statements[first:] if not reads & stored and all(is_pure(state, node) for node in found) else ()


def stores_of(statement: nodes.Statement) -> list[tuple[str, nodes.Expression]]:
    """The locals to which a statement stores, with the values; none for other statements."""
    if isinstance(statement, nodes.Var):
        pairs = [(d.name, d.value) for d in statement.declarators if d.value is not None]
        return pairs if len(pairs) == len(statement.declarators) else []
    if isinstance(statement, nodes.Assign) and statement.operator == "=" and isinstance(statement.target, nodes.Name):
        return [(statement.target.name, statement.value)]
    return []


def is_tested(value: nodes.Expression, kind: str) -> bool:
    """Whether a value that is of a kind is what GML gives, where Python does not refuse to calculate it."""
    if isinstance(value, nodes.Index):
        return not value.accessor and kind != STR
    return kind == REAL if isinstance(value, nodes.Binary) else isinstance(value, nodes.Dot)


def worth_at_start(state: FunctionState, body: nodes.Statement) -> dict[str, str]:
    """The locals that are worth a test whenever a loop's body begins."""
    found = state.routine.within(body) if state.versions_left else []
    names = {node.name for node in found if isinstance(node, nodes.Name)}
    first = body.body[0] if isinstance(body, nodes.Block) and body.body else body
    names -= state.routine.stored_in(first)
    unknown = [name for name in sorted(names & state.assigned) if is_unknown(state, name)]
    return worth_in(state, unknown, found)


def worth_in(state: FunctionState, names: Sequence[str], rest: Sequence[nodes.Node]) -> dict[str, str]:
    """Those of the locals whose kind some code should know, with the kinds to test for."""
    if not names or len(rest) > LARGEST_REST:
        return {}
    uses = uses_in(rest)
    for loop in rest:
        if isinstance(loop, LOOPS):  # what is used there is used often
            uses += uses_in(state.routine.within(loop))
    kinds = {name: max(TESTED, key=lambda kind: uses[name, kind]) for name in names}
    kinds = {name: kind for name, kind in kinds.items() if 2 * uses[name, kind] > sum(uses[name, k] for k in TESTED)}
    worth = {name: kind for name, kind in kinds.items() if uses[name, kind] > 1}
    return worth if sum(uses[pair] for pair in worth.items()) >= FEWEST_USES else {}


def below(state: FunctionState, statements: Sequence[nodes.Statement]) -> list[nodes.Node]:
    """Every node of some statements."""
    return [node for statement in statements for node in state.routine.within(statement)]


TESTED = (REAL, STRUCT, ARRAY, STR)
"""The kinds that locals are tested for."""


def stored_reads(state: FunctionState, statement: nodes.Statement) -> list[str]:
    """The locals of unknown kind to which a statement stores what it has calculated or read."""
    pairs: list[tuple[str, nodes.Expression | None]] = []
    if isinstance(statement, nodes.Var):
        pairs = [(d.name, d.value) for d in statement.declarators]
    elif isinstance(statement, nodes.Assign) and statement.operator == "=" and isinstance(statement.target, nodes.Name):
        pairs = [(statement.target.name, statement.value)]
    return [name for name, value in pairs if is_read(state, value) and is_unknown(state, name)]


def is_read(state: FunctionState, value: nodes.Expression | None) -> bool:
    """Whether a value is calculated or read, so that its type is not known."""
    if isinstance(value, nodes.Name):
        return state.meaning(value.name) in (Meaning.MEMBER, Meaning.GLOBALVAR)
    return isinstance(value, READS)


def is_unknown(state: FunctionState, name: str) -> bool:
    """Whether a name is a local that may hold anything here."""
    if state.meaning(name) is not Meaning.LOCAL or state.kinds.get(name, ANY) != ANY or name in state.narrowed:
        return False
    return not (state.routine.uses_arguments and name in state.routine.parameters)


def indexing(state: FunctionState, names: Iterable[str], statements: Sequence[nodes.Statement]) -> list[str]:
    """Those of the names that index grids, lists or arrays more than once."""
    uses: Counter[str] = Counter()
    for node in below(state, statements):
        found = node.indices if isinstance(node, nodes.Index) else ()
        if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name) and node.callee.name in INDEXED:
            found = tuple(a for a in node.arguments if a is not None)
        uses.update(index.name for index in found if isinstance(index, nodes.Name))
    return [name for name in names if uses[name] > 1]


INDEXED = frozenset(("ds_grid_get", "ds_grid_set", "ds_list_find_value", "ds_list_set", "ds_list_replace", "array_get"))


def used(state: FunctionState, statement: nodes.Statement) -> Counter[str]:
    """How often a statement uses names in a way that their kinds matter to."""
    made: Counter[str] = Counter()
    for (name, _), count in uses_in(state.routine.within(statement)).items():
        made[name] += count
    return made


def uses_in(found: Sequence[nodes.Node]) -> Counter[tuple[str, str]]:
    """How often names are operands of what only numbers are good for, and stand before dots and indices."""
    uses: Counter[tuple[str, str]] = Counter()
    for node in found:
        if isinstance(node, nodes.Binary) and node.operator in NUMERIC:
            uses.update((side.name, REAL) for side in (node.left, node.right) if isinstance(side, nodes.Name))
        elif isinstance(node, nodes.Dot) and isinstance(node.base, nodes.Name):
            uses[node.base.name, STRUCT] += 1
        elif isinstance(node, nodes.Index) and not node.accessor and isinstance(node.base, nodes.Name):
            uses[node.base.name, ARRAY] += 1
        elif isinstance(node, nodes.Index) and node.accessor == "$" and isinstance(node.indices[0], nodes.Name):
            uses[node.indices[0].name, STR] += 1
        elif isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name) and node.callee.name in BY_NAME:
            uses.update((key.name, STR) for key in node.arguments[1:2] if isinstance(key, nodes.Name))
    return uses


BY_NAME = frozenset(f"{kind}_{verb}" for kind in ("struct", "variable_struct") for verb in ("get", "set", "exists"))
"""The builtins whose second argument is the name of a variable."""
