"""A statement that no walker has heard of is walked through, since its fields' types say what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from gmlrun.compiler.statements import has_continue, inner_break
from gmlrun.compiler.traversal import body_nodes, is_compound, stored_names
from gmlrun.source import Span
from gmlrun.syntax import nodes

SPAN = Span(0, 1)


@dataclass(frozen=True)
class Unless(nodes.Statement):
    """`unless (condition) body`: not a statement of GML."""

    condition: nodes.Expression
    body: nodes.Statement


def unless(body: nodes.Statement) -> nodes.Block:
    return nodes.Block(SPAN, (Unless(SPAN, nodes.Name(SPAN, "ready"), body),))


def test_jumps_in_a_foreign_statement_are_found() -> None:
    assert has_continue(unless(nodes.Continue(SPAN)))
    assert not has_continue(unless(nodes.Break(SPAN)))
    last = nodes.Exit(SPAN)
    assert inner_break(nodes.Case(label=None, body=(unless(nodes.Break(SPAN)), last), span=SPAN))


def test_stores_in_a_foreign_statement_are_found() -> None:
    store = nodes.Assign(SPAN, target=nodes.Name(SPAN, "hp"), operator="=", value=nodes.Number(SPAN, 1.0))
    assert stored_names(unless(store)) == {"hp"}
    assert {n.name for n in body_nodes(unless(store)) if isinstance(n, nodes.Name)} == {"ready", "hp"}


def test_what_a_foreign_statement_stores_is_forgotten_behind_it() -> None:
    assert is_compound(Unless)
    assert [
        c.__name__ for c in (nodes.Block, nodes.Assign, nodes.Var, nodes.ExpressionStatement) if is_compound(c)
    ] == []
    loops = (nodes.If, nodes.While, nodes.DoUntil, nodes.For, nodes.Repeat, nodes.With, nodes.Switch, nodes.Try)
    assert all(map(is_compound, loops))
