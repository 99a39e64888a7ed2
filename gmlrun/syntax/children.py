"""The children of a rule of the grammar: tokens and nodes go in, their span and what they mean together come out."""

from __future__ import annotations

from typing import Any, TypeAlias

from gmlrun.source import Span
from gmlrun.suggestions import HABITS
from gmlrun.syntax import nodes
from gmlrun.syntax.tokens import Token

Child: TypeAlias = Any
"""A token, a node, or a list of them, as the method for an inner rule has returned it."""
Children: TypeAlias = list[Child]


def reads_from_call(value: Child) -> bool:
    """Whether an expression is a chain of members and elements behind a call: GameMaker takes it for a statement."""
    if not isinstance(value, (nodes.Dot, nodes.Index)):
        return False
    while isinstance(value, (nodes.Dot, nodes.Index)):
        value = value.base
    return isinstance(value, (nodes.Call, nodes.New))


def does_something(value: Child) -> bool:
    """Whether an expression chooses between calls: in parentheses GameMaker takes it for a statement."""
    if isinstance(value, nodes.Conditional):
        return does_something(value.then) and does_something(value.otherwise)
    if isinstance(value, nodes.Binary) and value.operator in ("&&", "||", "??"):
        return does_something(value.right)
    return isinstance(value, (nodes.Call, nodes.New))


def is_token(child: Child, *types: str) -> bool:
    """Whether a child is a token of one of these types."""
    return type(child) is Token and child.type in types


def first_element(array: nodes.Name) -> nodes.Index:
    """The first element of an array whose index was left out; its span is that of the name."""
    return nodes.Index(array.span, array, "", (nodes.Number(array.span, 0.0),))


def without_first(value: Child) -> Child:
    """The array itself where an index follows after all."""
    return value.base if isinstance(value, nodes.Index) and value.span == value.base.span else value


def habit_hint(value: Child) -> str:
    """GML's own way, for an expression that is a word of another language."""
    return HABITS.get(value.name, "") if isinstance(value, nodes.Name) else ""


def whole(children: Children) -> Span:
    """The span from the first child to the last."""
    first, last = children[0], children[-1]
    return Span(start_of(first), end_of(last))


def start_of(child: Child) -> int:
    """The position in the source where a child begins."""
    return child.start if type(child) is Token else start_of(child[0]) if type(child) is list else child.span.start


def end_of(child: Child) -> int:
    """The position in the source where a child ends."""
    return child.end if type(child) is Token else end_of(child[-1]) if type(child) is list else child.span.end


def parts(children: Children) -> Children:
    """The children that are no punctuation or keywords."""
    return [c for c in children if type(c) is not Token]
