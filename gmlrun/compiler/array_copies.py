"""Copy on write, as projects have it before 2022.2 or by their options: a tree goes in, one with copies comes out.

There an array that a function is given, or that comes from another variable, is copied before it is written to, unless
`[@` writes. The copy is made when the variable gets the array, in functions that write elements of that variable.
Manual: Arrays, Copy on Write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gmlrun.compiler.traversal import changes, children, room_to_recurse
from gmlrun.source import Source
from gmlrun.syntax import nodes
from gmlrun.syntax.node_classes import replaced

NUMBERED = re.compile(r"argument\d+")
"""The names of arguments that have none of their own."""

ANY_ARGUMENT = "argument[]"
"""Stands for all arguments, where it depends on a variable which one is written to."""
MOST_ARGUMENTS = 16
"""Arguments of a call that are copied then."""

MAKER = "array_create"
"""The beginning of the names of functions whose array nothing else holds; a copy of another one's would only cost."""

FILLING = frozenset(("array_insert", "array_push", "array_set"))
"""The functions that put values in an array."""

STORED = (nodes.Name, nodes.Dot, nodes.Index)
"""The expressions that read an array which something else holds."""


def with_copies(source: Source, tree: nodes.Program) -> nodes.Program:
    """The tree of a source with a copy wherever a variable gets an array that its function writes to."""
    with room_to_recurse():
        made: nodes.Program = rebuilt(source, tree, written(source, tree))
        return made


def written(source: Source, root: nodes.Node) -> dict[str, bool]:
    """The variables whose elements a routine writes; whether elements of elements are among these."""
    found: dict[str, bool] = {}
    for node in own_nodes(root):
        target = node.target if isinstance(node, (nodes.Assign, nodes.Increment)) else None
        name, depth = written_variable(source, target)
        if depth:
            found[name] = found.get(name, False) or depth > 1
    return found


def written_variable(source: Source, target: nodes.Node | None) -> tuple[str, int]:
    """The variable whose elements a target is one of, and how deep; no name and 0 for any other target.

    `argument[2]` is the variable `argument2`, `argument[i]` any argument.
    """
    indices: list[nodes.Expression] = []
    while isinstance(target, nodes.Index) and target.accessor == "" and not writes_through(source, target):
        indices[:0] = target.indices
        target = target.base
    if not isinstance(target, (nodes.Name, nodes.Dot)):
        return "", 0
    if not isinstance(target, nodes.Name) or target.name != "argument":
        return target.name, len(indices)
    first = indices[0] if indices else None
    return f"argument{first.value:.0f}" if isinstance(first, nodes.Number) else ANY_ARGUMENT, max(0, len(indices) - 1)


def writes_through(source: Source, node: nodes.Index) -> bool:
    """Whether an index is written `[@ i]`."""
    return source.text[node.base.span.end : node.indices[0].span.start].lstrip().startswith("[@")


def own_nodes(root: nodes.Node) -> Iterator[nodes.Node]:
    """The nodes of a routine, without those of the functions and events in it."""
    pending = children(root)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, (nodes.Function, nodes.Event)):
            pending += children(node)


def rebuilt(source: Source, node: Any, names: dict[str, bool]) -> Any:
    """A node, or a part of one, with the copies for the variables of its routine."""
    if isinstance(node, (nodes.Function, nodes.Event)):
        names = written(source, node)
    changed = changes(node, lambda each: rebuilt(source, each, names))
    if isinstance(node, nodes.Assign) and node.operator == "=" and isinstance(node.target, (nodes.Name, nodes.Dot)):
        value = changed.get("value", node.value)
        changed["value"] = copied(value, node.target.name, names, is_local=False)
    elif isinstance(node, nodes.Assign) and names.get(written_variable(source, node.target)[0]):
        changed["value"] = as_row(changed.get("value", node.value))
    elif isinstance(node, nodes.Call) and names.get(filled(node)):
        given = changed.get("arguments", node.arguments)
        changed["arguments"] = (*given[:1], *map(as_row, given[1:]))
    elif isinstance(node, nodes.Declarator) and node.value is not None:
        changed["value"] = copied(changed.get("value", node.value), node.name, names, is_local=True)
    elif isinstance(node, nodes.Function):
        changed["body"] = with_own_parameters(node, changed.get("body", node.body), names)
    same = all(getattr(node, name) is value for name, value in changed.items())
    return node if same else replaced(node, **changed)


def copied(value: nodes.Expression, name: str, names: dict[str, bool], is_local: bool) -> nodes.Expression:
    """The value that a variable gets: a copy, if it may be an array of another one that would be written to."""
    if isinstance(value, nodes.Array) and names.get(name):
        return replaced(value, elements=tuple(map(as_row, value.elements)))
    is_made = isinstance(value, nodes.Call) and isinstance(value.callee, nodes.Name)
    is_made = is_made and value.callee.name.startswith(MAKER)  # type: ignore[attr-defined]
    shares = isinstance(value, (*STORED, nodes.Conditional, nodes.Call) if is_local else STORED) and not is_made
    return nodes.Copied(value.span, value, names[name]) if name in names and shares else value


def as_row(value: nodes.Expression | None) -> nodes.Expression | None:
    """A value that becomes an element of an array whose rows are written: a copy, if something else may hold it."""
    return nodes.Copied(value.span, value, is_nested=False) if isinstance(value, STORED) else value


def filled(node: nodes.Call) -> str:
    """The variable with the array that a call puts values in; the empty string where it is another call."""
    first = node.arguments[0] if node.arguments else None
    fills = isinstance(node.callee, nodes.Name) and node.callee.name in FILLING
    return first.name if fills and isinstance(first, (nodes.Name, nodes.Dot)) else ""


def with_own_parameters(node: nodes.Function, body: nodes.Block, names: dict[str, bool]) -> nodes.Block:
    """A function's body behind copies of the arguments that it writes elements of."""
    found = [each.name for each in node.parameters]
    found += [name for name in names if NUMBERED.fullmatch(name)]
    copies = [own_argument(nodes.Name(node.span, name), names[name]) for name in found if name in names]
    if ANY_ARGUMENT in names:
        copies += [own_if_passed(node, at, names[ANY_ARGUMENT]) for at in range(MOST_ARGUMENTS)]
    return replaced(body, body=(*copies, *body.body)) if copies else body


def own_argument(held: nodes.Expression, is_nested: bool) -> nodes.Statement:
    """A copy of what an argument holds, stored in its place."""
    return nodes.Assign(held.span, "=", held, nodes.Copied(held.span, held, is_nested))


def own_if_passed(node: nodes.Function, at: int, is_nested: bool) -> nodes.Statement:
    """A copy of the argument of a number, if there is one."""
    number = nodes.Number(node.span, float(at))
    is_passed = nodes.Binary(node.span, ">", nodes.Name(node.span, "argument_count"), number)
    held = nodes.Index(node.span, nodes.Name(node.span, "argument"), "", (number,))
    return nodes.If(node.span, is_passed, own_argument(held, is_nested), None)
