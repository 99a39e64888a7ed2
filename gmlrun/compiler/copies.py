"""How much code Python makes of statements: Python trees go in, the number of nodes that it emits comes out.

Python emits a `finally` once for each way out of its `try`, so those inside each other double.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from gmlrun.lean import NamedTuple

WAYS = 2
"""How often a `finally` is emitted at least: behind its `try`, and for an exception."""
LEAVING = (ast.Return, ast.Break, ast.Continue)


class Emitted(NamedTuple):
    """The nodes that are emitted for some code, those of copies among them, and the statements that leave it."""

    nodes: int = 0
    copies: int = 0
    leaving: int = 0

    def with_more(self, other: Emitted) -> Emitted:
        """The sum of both."""
        return Emitted(*map(sum, zip(self, other, strict=True)))


def emitted(code: Iterable[ast.AST]) -> Emitted:
    """The sum for statements that follow each other."""
    total = Emitted()
    for node in code:
        total = total.with_more(of_node(node))
    return total


def of_node(node: ast.AST) -> Emitted:
    """The size of one node with all that is in it."""
    own = Emitted(1, 0, isinstance(node, LEAVING))
    if not isinstance(node, ast.Try):
        return own.with_more(emitted(ast.iter_child_nodes(node)))
    found = own.with_more(emitted([*node.body, *node.handlers, *node.orelse]))
    last, times = emitted(node.finalbody), WAYS + found.leaving
    again = last.copies * times + last.nodes * (times - 1)
    return found.with_more(Emitted(last.nodes * times, again, last.leaving * times))
