"""Walking GML trees: a node goes in, its direct children come out, in source order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from operator import is_
from typing import Any

from gmlrun.stack import CALL_DEPTH, call_depth
from gmlrun.syntax import nodes
from gmlrun.syntax.node_classes import NodeClass, NodePart

COMPILER_SHARE = 0.4
"""How much of a small stack the tree may take: Python's own compiler goes three times as deep, in C."""


@cache
def child_fields(cls: NodeClass) -> tuple[str, ...]:
    """The fields of a node class, or of a part of one, whose types hold nodes."""
    return tuple(name for name, hint in cls.__hints__.items() if holds(hint, nodes.Node))


@cache
def is_compound(cls: NodeClass) -> bool:
    """Whether statements of a class have others in them that may run more often than once, or never."""
    return cls is not nodes.Block and any(holds(hint, nodes.Statement) for hint in cls.__hints__.values())


@cache
def holds(hint: str, wanted: NodeClass) -> bool:
    """Whether a value of a type, as its text, can be a node of a wanted class, or a part that has one.

    A type names the classes that it is made of: `tuple[Expression | None, ...]`.
    """
    words = "".join(c if c.isidentifier() else " " for c in hint).split()
    found = [cls for cls in (getattr(nodes, word, None) for word in words) if isinstance(cls, NodeClass)]
    return any(reaches(cls, wanted) for cls in found)


def reaches(cls: NodeClass, wanted: NodeClass) -> bool:
    """Whether what is of a class is a node of a wanted class, or a part that has one."""
    is_node = issubclass(cls, nodes.Node)
    return issubclass(cls, wanted) if is_node else any(holds(hint, wanted) for hint in cls.__hints__.values())


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
    cls: NodeClass = node.__class__
    for name in child_fields(cls):
        _gather(getattr(node, name), found)
    return found


def _gather(value: Any, found: list[nodes.Node]) -> None:
    if isinstance(value, nodes.Node):
        found.append(value)
    elif type(value) is tuple:
        for item in value:
            _gather(item, found)
    elif isinstance(value, NodePart):
        found += children(value)


def changes(node: Any, rebuild: Callable[[Any], Any]) -> dict[str, Any]:
    """The fields of a node, or of a part of one, whose nodes are others once `rebuild` has had each of them."""
    found: dict[str, Any] = {}
    cls: NodeClass = node.__class__
    for name in child_fields(cls):
        before = getattr(node, name)
        after = rebuilt_value(before, rebuild)
        if after is not before:
            found[name] = after
    return found


def rebuilt_value(value: Any, rebuild: Callable[[Any], Any]) -> Any:
    """A field's value with its nodes rebuilt; the same object where none of them changes."""
    if type(value) is not tuple:
        return rebuild(value) if isinstance(value, NodePart) else value
    made = tuple([rebuilt_value(each, rebuild) for each in value])
    return value if all(map(is_, made, value)) else made


def all_nodes(root: Any) -> Iterator[nodes.Node]:
    """Every node of a tree, nested functions included."""
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, nodes.Node):
            yield node
        pending += reversed(children(node))
