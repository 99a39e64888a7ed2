"""The parser: the tables of the grammar and one terminal after the other go in, what the rules construct comes out.

It does with Lark's tables what Lark's own parser does (`tests/syntax/test_lalr.py` holds it against that one), and
needs nothing of Lark, whose import and whose tables as objects take a quarter of a cold start.
"""

from __future__ import annotations

from gmlrun.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from gmlrun.syntax.tokens import Token

END = "$END"
"""The terminal behind the last one of a text."""


class Rule(NamedTuple):
    """A rule of the tables, as plain values: Lark's files and Python's `marshal` know nothing else."""

    origin: str
    """The symbol that the rule makes."""
    size: int
    """How many symbols it is made of."""
    callback: str
    """The name of what constructs its value; empty where the children are for the rule around."""
    inlined: tuple[int, ...]
    """The places of the children whose own children stand in their place."""
    is_transparent: bool
    """Whether an only child takes the rule's place."""


class Tables(NamedTuple):
    """The grammar as a table of states.

    An action is a state to go to or, below zero, the complement of the number of a rule to reduce by.
    """

    states: list[dict[str, int]]
    """The action of each state by the symbol that follows."""
    starts: dict[str, int]
    ends: dict[str, int]
    """The first and the last state of each start rule."""
    rules: list[tuple[Any, ...]]
    """The fields of each Rule."""


class Unexpected(Exception):
    """A terminal that cannot stand where it does."""

    def __init__(self, token: Token) -> None:
        self.token = token


Reduction = tuple[str, int, "Callable[[list[object]], object]", bool]
"""A rule as the parser uses it: origin, size, what makes its value of the children, whether an only child is it."""


def reductions(tables: Tables, builder: object) -> list[Reduction]:
    """The rules, with the functions of the builder that construct their values."""
    return [reduction(Rule(*fields), builder) for fields in tables.rules]


def reduction(rule: Rule, builder: object) -> Reduction:
    """A rule with what makes its value."""
    make = getattr(builder, rule.callback) if rule.callback else list
    if rule.inlined:
        make = flattening(make, frozenset(rule.inlined))
    return rule.origin, rule.size, make, rule.is_transparent


def flattening(make: Callable[[list[object]], object], inlined: frozenset[int]) -> Callable[[list[object]], object]:
    """A function of the children, some of which are lists whose items stand in their place.

    The first list takes the items of all others: a repetition of any length stays linear.
    """

    def flattened(children: list[Any]) -> object:
        found: list[object] = []
        for at, child in enumerate(children):
            if at not in inlined:
                found.append(child)
            elif found:
                found += child
            else:
                found = child
        return make(found) if make is not list else found

    return flattened


class TableParser:
    """The parser somewhere in a text."""

    __slots__ = ("end", "rules", "stack", "states", "values")

    def __init__(
        self,
        states: Sequence[Mapping[str, int]],
        rules: Sequence[Reduction],
        end: int,
        stack: list[int],
        values: list[object],
    ) -> None:
        self.states = states
        self.rules = rules
        self.end = end
        self.stack = stack
        """The states on the way to this one."""
        self.values = values
        """The values of the symbols between these states."""

    def copy(self) -> TableParser:
        """The parser as it is now, whatever is fed to it later."""
        return TableParser(self.states, self.rules, self.end, self.stack.copy(), self.values.copy())

    def choices(self) -> Mapping[str, int]:
        """The actions by the symbols that the parser has something to do with now."""
        return self.states[self.stack[-1]]

    def shifts(self, type: str) -> bool:
        """Whether a terminal is taken now, with nothing ending before it."""
        return self.choices().get(type, -1) >= 0

    def takes(self, *types: str) -> bool:
        """Whether terminals really fit now, one after the other, and not only after reductions that lead nowhere."""
        if types[0] not in self.choices():
            return False
        stack = self.stack.copy()
        return all(self._passes(stack, type) for type in types)

    def _passes(self, stack: list[int], type: str) -> bool:
        """Moves a stack of states over a terminal; returns whether it fits."""
        states, rules = self.states, self.rules
        while True:
            action = states[stack[-1]].get(type)
            if action is None or action >= 0:
                stack.append(action or 0)
                return action is not None
            origin, size = rules[~action][:2]
            if size:
                del stack[-size:]
            stack.append(states[stack[-1]][origin])

    def feed(self, token: Token) -> Any:
        """Takes a terminal; returns what the text is once that is its end. Raises Unexpected, after reductions."""
        states, rules, stack, values, type = self.states, self.rules, self.stack, self.values, token.type
        while True:
            action = states[stack[-1]].get(type)
            if action is None:
                raise Unexpected(token)
            if action >= 0:
                stack.append(action)
                values.append(token)
                return None
            origin, size, make, is_transparent = rules[~action]
            if size == 1 and is_transparent:
                stack[-1] = states[stack[-2]][origin]
                continue
            if size:
                children = values[-size:]
                del stack[-size:], values[-size:]
            else:
                children = []
            stack.append(states[stack[-1]][origin])
            values.append(children[0] if is_transparent and len(children) == 1 else make(children))
            if type == END and stack[-1] == self.end:
                return values[-1]
