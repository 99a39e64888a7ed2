"""A function's fast version: which parameters to test once at its start, so that its code need not test them.

A parameter that nothing stores to, and that is used as a number, an array or a struct, is tested for
that type when the function begins; where all tests hold, code runs that was compiled with that knowledge.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from gmlrun.compiler.analysis import Routine
from gmlrun.compiler.kinds import ANY, ARRAY, COMPARISONS, REAL, STR, STRUCT
from gmlrun.lean import NamedTuple
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import FunctionState

SMALL_BODY = 80
"""A function of so few nodes gets a fast version even without a loop."""
LARGE_BODY = 1500
"""A function of this many nodes gets none: its code would be there twice."""

LOOPS = (nodes.For, nodes.While, nodes.DoUntil, nodes.Repeat)
ARITHMETIC = {"+", "-", "*", "/", "%", "div", *COMPARISONS} - {"&&", "||", "^^", "==", "!="}


class Specialisation(NamedTuple):
    """A function's fast version: its Python name, its parameters, the tested ones' kinds, what it returns."""

    entry: str
    parameters: tuple[str, ...]
    tested: dict[str, str]
    returns: str


def tested_parameters(routine: Routine, node: nodes.Function) -> dict[str, str]:
    """The kinds to test for, by parameter; none where a fast version would not pay."""
    own = routine.within(node.body)
    looped = any(isinstance(n, LOOPS) for n in own)
    if len(own) > LARGE_BODY or not (looped or len(own) <= SMALL_BODY):
        return {}
    uses: dict[str, set[str]] = {p.name: set() for p in node.parameters if not routine.replaces(p.name)}
    for found in own:
        for name, kind in used_as(found):
            if name in uses:
                uses[name].add(kind)
    return {name: kind for name, kinds in uses.items() if len(kinds) == 1 and (kind := kinds.pop()) != ANY}


def used_as(node: nodes.Node) -> list[tuple[str, str]]:
    """The names that a node uses, with the kind that the use wants."""
    if isinstance(node, nodes.Binary) and node.operator in ARITHMETIC:
        return [(o.name, REAL) for o in (node.left, node.right) if isinstance(o, nodes.Name)]
    if isinstance(node, nodes.Index) and isinstance(node.base, nodes.Name):
        return [(node.base.name, ACCESSED.get(node.accessor, ANY))]
    if isinstance(node, nodes.Dot) and isinstance(node.base, nodes.Name):
        return [(node.base.name, STRUCT)]
    if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name) and node.callee.name in TAKEN:
        pairs = zip(node.arguments, TAKEN[node.callee.name], strict=False)
        return [(argument.name, kind) for argument, kind in pairs if isinstance(argument, nodes.Name)]
    return []


ACCESSED = {"": ARRAY, "$": STRUCT}
"""The kind before an accessor; data structures are not tested for, since one may be destroyed meanwhile."""
TAKEN = {
    **dict.fromkeys(("array_length", "array_push"), (ARRAY,)),
    **dict.fromkeys(("string_length", "string_char_at", "string_ord_at", "string_copy", "string_delete"), (STR,)),
    **dict.fromkeys(("string_lower", "string_upper", "string_replace", "string_replace_all", "string_split"), (STR,)),
    **dict.fromkeys(("string_pos", "string_pos_ext", "string_last_pos", "string_count"), (STR, STR)),
    **dict.fromkeys(("string_starts_with", "string_ends_with", "ord"), (STR, STR)),
}
"""The kinds of the arguments of builtins, by which a function is specialised."""


def test_of(state: FunctionState, kinds: dict[str, str]) -> ast.expr:
    """The test at the function's start."""
    tests = [state.is_kind(name, kind) for name, kind in kinds.items()]
    return tests[0] if len(tests) == 1 else state.py.both(*tests)
