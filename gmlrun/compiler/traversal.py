"""Walking GML trees: a node goes in, its direct children come out, in source order."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from gmlrun.stack import CALL_DEPTH, call_depth
from gmlrun.syntax import nodes

COMPILER_SHARE = 0.4
"""How much of a small stack the tree may take: Python's own compiler goes three times as deep, in C."""


@cache
def child_fields(cls: type) -> tuple[str, ...]:
    """The fields of a node class, or of a part of one, whose types hold nodes."""
    hints = get_type_hints(cls)
    return tuple(f.name for f in fields(cls) if holds(hints[f.name], nodes.Node))


@cache
def is_compound(cls: type) -> bool:
    """Whether statements of a class have others in them that may run more often than once, or never."""
    hints = get_type_hints(cls)
    return cls is not nodes.Block and any(holds(hints[f.name], nodes.Statement) for f in fields(cls))


@cache
def holds(type_: Any, wanted: type) -> bool:
    """Whether a value of a type can be a node of a wanted class, or a part that has one."""
    if isinstance(type_, type) and issubclass(type_, nodes.Node):
        return issubclass(type_, wanted)
    if isinstance(type_, type) and is_dataclass(type_):
        return any(holds(hint, wanted) for hint in get_type_hints(type_).values())
    return any(holds(part, wanted) for part in get_args(type_))


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


def children(node: Any) -> list[nodes.Node]:
    """The nodes directly below, looking through parts that are no nodes themselves (cases, members, …)."""
    found: list[nodes.Node] = []
    cls: type = type(node)
    for name in child_fields(cls):
        _gather(getattr(node, name), found)
    return found


def _gather(value: Any, found: list[nodes.Node]) -> None:
    if isinstance(value, nodes.Node):
        found.append(value)
    elif type(value) is tuple:
        for item in value:
            _gather(item, found)
    elif is_dataclass(value):
        found += children(value)


def all_nodes(root: Any) -> Iterator[nodes.Node]:
    """Every node of a tree, nested functions included."""
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, nodes.Node):
            yield node
        pending += reversed(children(node))
