"""Handles as numbers, which they are before 2023: a tree goes in, one comes out that turns them where that can be seen.

Text of a handle has its number there, `typeof` is "number", `is_real` true. Everywhere else a handle counts as a number
in any case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from gmlrun.compiler.traversal import changes, room_to_recurse
from gmlrun.syntax import nodes
from gmlrun.syntax.node_classes import replaced

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
        return with_arguments(tree, TELLING, plain)


def with_arguments(
    tree: nodes.Program, functions: frozenset[str], changed_argument: Callable[[Argument], Argument]
) -> nodes.Program:
    """A tree with the arguments of some functions changed."""

    def rebuilt(node: Any) -> Any:
        changed = changes(node, rebuilt)
        if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name) and node.callee.name in functions:
            changed["arguments"] = tuple(map(changed_argument, changed.get("arguments", node.arguments)))
        return replaced(node, **changed) if changed else node

    made: nodes.Program = rebuilt(tree)
    return made


def plain(value: Argument) -> Argument:
    """An argument whose value is a number if it is a handle."""
    return value if value is None or isinstance(value, NEVER_HANDLES) else nodes.PlainHandle(value.span, value)
