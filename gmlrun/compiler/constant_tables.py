"""Arrays of numbers that code only reads: a routine goes in, the kinds of their elements come out, by local.

`var directions = [[1, 0], [-1, 0]];` is a table if its local is stored to nowhere else and only stands before indices:
nobody else gets to hold it, so that `directions[i][0]` is a real.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmlrun.compiler.constants import literal_integer
from gmlrun.compiler.kinds import ANY, ARRAY, REAL
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.analysis import Routine

COUNTING = "array_length"
"""The builtin that may be asked about a table."""


def constant_tables(routine: Routine) -> dict[str, tuple[str, ...]]:
    """The kinds of the elements of each table, and of the elements of these."""
    found = {}
    for name in routine.locals - set(routine.parameters):
        stores = routine.stores.get(name, ())
        kinds = kinds_of(stores[0].value) if len(stores) == 1 and stores[0].operator == "=" else ()
        if kinds:
            found[name] = kinds
    for at, node in enumerate(routine.nodes if found else ()):
        if isinstance(node, nodes.Name) and node.name in found:
            found[node.name] = kinds_in_use(routine, at, found[node.name])
    return {name: kinds for name, kinds in found.items() if kinds}


def kinds_of(value: nodes.Expression | None) -> tuple[str, ...]:
    """The kinds of the elements of an array of numbers, or of arrays of numbers; none for anything else."""
    if not isinstance(value, nodes.Array) or not value.elements:
        return ()
    if all(map(is_number, value.elements)):
        return (REAL,)
    is_nested = all(isinstance(row, nodes.Array) and all(map(is_number, row.elements)) for row in value.elements)
    return (ARRAY, REAL) if is_nested else ()


def is_number(node: nodes.Expression | None) -> bool:
    """Whether an element is a literal real."""
    return literal_integer(node) is not None or (isinstance(node, nodes.Number) and type(node.value) is float)


def kinds_in_use(routine: Routine, at: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds that still hold where a name is used in one place; none where others may get the array."""
    node, parent_at = routine.nodes[at], routine.parents[at]
    parent = routine.nodes[parent_at]
    if isinstance(parent, nodes.Call):
        return kinds if isinstance(parent.callee, nodes.Name) and parent.callee.name == COUNTING else ()
    if not isinstance(parent, nodes.Index) or parent.accessor or parent.base is not node:
        return ()
    depth = len(parent.indices)
    around = routine.nodes[routine.parents[parent_at]]
    if depth == 1 and isinstance(around, nodes.Index) and around.base is parent and not around.accessor:
        depth += len(around.indices)
    if depth > len(kinds):
        return ()
    return kinds if depth == len(kinds) else (ARRAY, ANY)


def element_kind(routine: Routine, node: nodes.Index, last: int) -> str:
    """The kind of what the index of that number gives, ANY where it is no table's."""
    base, depth = node.base, last
    if isinstance(base, nodes.Index) and not base.accessor:
        depth += len(base.indices)
        base = base.base
    kinds = routine.tables.get(base.name, ()) if isinstance(base, nodes.Name) and not node.accessor else ()
    return kinds[depth] if depth < len(kinds) else ANY
