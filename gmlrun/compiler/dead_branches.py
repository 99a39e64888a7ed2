"""Names that are static in one branch and local in another: a tree goes in, without dead branches it comes out.

Libraries choose by a macro which of the two a name is: `if (SHARED) { static made = {}; } else { var made = {}; }`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gmlrun.compiler.traversal import children, room_to_recurse
from gmlrun.syntax import nodes
from gmlrun.syntax.node_classes import NodePart, fields_of, replaced

CONSTANTS = {"true": True, "false": False}


def with_live_declarations(text: str, tree: nodes.Program) -> nodes.Program:
    """The tree of a source with the branches that are taken alone, in functions where a name is declared both ways."""
    if "static" not in text:
        return tree
    with room_to_recurse():
        wanted = {id(function) for function in functions_in(tree) if declares_both_ways(function)}
        made: nodes.Program = rebuilt(tree, wanted, is_pruned=False) if wanted else tree
        return made


def functions_in(root: nodes.Node) -> Iterator[nodes.Function]:
    """All functions of a source, inner ones too."""
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, nodes.Function):
            yield node
        pending += children(node)


def declares_both_ways(function: nodes.Function) -> bool:
    """Whether a function has a static and a local variable of one name."""
    kinds: dict[type, set[str]] = {nodes.Static: set(), nodes.Var: set()}
    pending = children(function)
    while pending:
        node = pending.pop()
        if isinstance(node, (nodes.Static, nodes.Var)):
            kinds[type(node)].update(each.name for each in node.declarators)
        if not isinstance(node, nodes.Function):
            pending += children(node)
    return bool(kinds[nodes.Static] & kinds[nodes.Var])


def rebuilt(node: Any, wanted: set[int], is_pruned: bool) -> Any:
    """A node, or a part of one, without dead branches in the functions that are wanted."""
    if type(node) is tuple:
        return tuple(rebuilt(each, wanted, is_pruned) for each in node)
    if not isinstance(node, NodePart):
        return node
    if isinstance(node, nodes.Function):
        is_pruned = id(node) in wanted
    if is_pruned and isinstance(node, nodes.If):
        truth = constant_truth(node.condition)
        if truth is not None:
            branch = node.then if truth else node.otherwise
            return nodes.Empty(node.span) if branch is None else rebuilt(branch, wanted, is_pruned)
    kept = fields_of(node)
    changed = {name: rebuilt(value, wanted, is_pruned) for name, value in kept.items()}
    return node if all(changed[name] is kept[name] for name in kept) else replaced(node, **changed)


def constant_truth(node: nodes.Expression) -> bool | None:
    """Whether a condition that is the same every time holds; None for any other condition."""
    if isinstance(node, nodes.Name):
        return CONSTANTS.get(node.name)
    if isinstance(node, nodes.Number):
        return node.value > 0.5
    if isinstance(node, nodes.Unary) and node.operator == "!":
        inner = constant_truth(node.operand)
        return None if inner is None else not inner
    return None
