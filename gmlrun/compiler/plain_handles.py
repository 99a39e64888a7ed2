"""Handles as numbers, which they are before 2023: a tree goes in, one comes out that turns them where that can be seen.

Text of a handle has its number there, `typeof` is "number", `is_real` true. Everywhere else a handle counts as a number
in any case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from gmlrun.compiler.traversal import room_to_recurse
from gmlrun.syntax import nodes
from gmlrun.syntax.node_classes import NodePart, fields_of, replaced

Argument: TypeAlias = "nodes.Expression | None"

TELLING = frozenset(
    (
        "is_handle",
        "is_real",
        "show_debug_message",
        "show_error",
        "show_message",
        "show_message_async",
        "string",
        "string_length",
        "typeof",
    )
)
"""The functions that tell a handle from its number."""

NEVER_HANDLES = (nodes.Number, nodes.String, nodes.Template, nodes.Binary, nodes.Unary, nodes.StructLiteral)


def with_numbers(tree: nodes.Program) -> nodes.Program:
    """The tree of a source in which text of a handle is its number."""
    with room_to_recurse():
        made: nodes.Program = rebuilt(tree, TELLING, plain)
        return made


def rebuilt(node: Any, functions: frozenset[str], changed_argument: Callable[[Argument], Argument]) -> Any:
    """A node, or a part of one, with the arguments of some functions changed."""
    if type(node) is tuple:
        made = tuple(rebuilt(each, functions, changed_argument) for each in node)
        return node if all(new is old for new, old in zip(made, node, strict=True)) else made
    if not isinstance(node, NodePart):
        return node
    kept = fields_of(node)
    changed = {name: rebuilt(value, functions, changed_argument) for name, value in kept.items()}
    if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name) and node.callee.name in functions:
        changed["arguments"] = tuple(map(changed_argument, changed["arguments"]))
    return node if all(changed[name] is kept[name] for name in kept) else replaced(node, **changed)


def plain(value: Argument) -> Argument:
    """An argument whose value is a number if it is a handle."""
    return value if value is None or isinstance(value, NEVER_HANDLES) else nodes.PlainHandle(value.span, value)
