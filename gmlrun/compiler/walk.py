"""Walking GML trees: a node goes in, its direct children come out, in source order."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from gmlrun.stack import CALL_DEPTH, call_depth
from gmlrun.syntax import nodes

COMPILER_SHARE = 0.4
"""How much of a small stack the tree may take: Python's own compiler goes three times as deep, in C."""


@cache
def child_fields(cls: type) -> tuple[str, ...]:
    """The fields of a node class that can hold nodes."""
    plain = {"span", "name_span", "key_span", "name", "operator", "kind", "prefix", "macros", "key", "variable"}
    return tuple(f.name for f in fields(cls) if f.name not in plain)


@contextmanager
def room_to_recurse() -> Iterator[None]:
    """Lets code follow trees as deep as those of long expressions: `a + b + …` nests once for each operator."""
    before = sys.getrecursionlimit()
    depth = call_depth()
    sys.setrecursionlimit(max(before, depth) if depth == CALL_DEPTH else call_depth(COMPILER_SHARE))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def children(node: Any) -> Iterator[nodes.Node]:
    """The nodes directly below, looking through parts that are no nodes themselves (cases, members, …)."""
    cls: type = type(node)
    for name in child_fields(cls):
        yield from _inside(getattr(node, name))


def _inside(value: Any) -> Iterator[nodes.Node]:
    if isinstance(value, nodes.Node):
        yield value
    elif type(value) is tuple:
        for item in value:
            yield from _inside(item)
    elif is_dataclass(value):
        yield from children(value)


def body_nodes(root: Any) -> Iterator[nodes.Node]:
    """Every node of a function's own code: what is inside nested functions is left out."""
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, nodes.Node):
            yield node
        if not (isinstance(node, nodes.Function) and node is not root):
            pending.extend(reversed(list(children(node))))


def all_nodes(root: Any) -> Iterator[nodes.Node]:
    """Every node of a tree, nested functions included."""
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, nodes.Node):
            yield node
        pending.extend(reversed(list(children(node))))


def stored_names(root: nodes.Statement) -> set[str]:
    """The names that a statement, or one inside it, may store to; storing to an element may make an array."""
    found: set[str] = set()
    for node in body_nodes(root):
        if isinstance(node, (nodes.Assign, nodes.Increment, nodes.Delete)):
            target: nodes.Expression = node.target
            while isinstance(target, nodes.Index):
                target = target.base
            if isinstance(target, nodes.Name):
                found.add(target.name)
        elif isinstance(node, nodes.Var):
            found.update(d.name for d in node.declarators)
        elif isinstance(node, nodes.Try) and node.variable is not None:
            found.add(node.variable)
    return found
