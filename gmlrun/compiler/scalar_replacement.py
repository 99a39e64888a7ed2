"""Variables of `self` held in Python locals while nothing else can change them: scalar replacement.

A piece of code goes in that calls nothing of the program. The variables that it calculates with are read once, before
it, and tested for reals together; behind that test the code reads the locals, and stores to both. Otherwise the code
runs in its general form.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from gmlrun.compiler.guarded_expressions import CALLS
from gmlrun.compiler.intrinsics import may_run_code
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.purity import COUPLED
from gmlrun.language import attribute
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import FunctionState

ARITHMETIC = frozenset(("-", "*", "/", "%", "div", "<", "<=", ">", ">="))
CALCULATING = frozenset(("+=", "-=", "*=", "/="))
STORES = CALCULATING | {"="}
FEWEST_SAVED = 2
"""How many reads more than variables there must be."""
MOST_HELD = 8
LARGEST = 250
"""Nodes that may be there twice."""


class NotReal(Exception):
    """A store to a held variable of what may be no real."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def held(state: FunctionState, body: Sequence[nodes.Statement], lower: Callable[[], list[ast.stmt]]) -> list[ast.stmt]:
    """The statements that `lower` makes of a body, with variables of self held where that pays."""
    if not state.optimise or state.held or state.routine.is_constructor:
        return lower()
    names = worth_holding(state, body)
    before = Before(state)
    while len(names) > 0:
        try:
            return in_both_forms(state, names, lower)
        except NotReal as store:
            names.remove(store.name)
            before.restore()
    return lower()


class Before:
    """The parts of the state that lowering changes, kept so that the same code can be lowered again."""

    FIELDS = ("narrowed", "assigned", "wholes", "versions_left", "assumed", "in_general_form", "in_bits")

    def __init__(self, state: FunctionState) -> None:
        self.state = state
        self.kept = {name: self._copied(getattr(state, name)) for name in self.FIELDS}
        self.loops, self.where = len(state.loops), state.py.where

    @staticmethod
    def _copied(value: Any) -> Any:
        return value.copy() if isinstance(value, (dict, set)) else value

    def restore(self) -> None:
        """Puts everything back."""
        for name, value in self.kept.items():
            setattr(self.state, name, self._copied(value))
        del self.state.loops[self.loops :]
        self.state.py.where = self.where
        self.state.held = {}


def in_both_forms(state: FunctionState, names: Sequence[str], lower: Callable[[], list[ast.stmt]]) -> list[ast.stmt]:
    """The code behind the test of the variables, and in its general form."""
    py, before = state.py, Before(state)
    places = {name: state.temporary() for name in names}
    reads = [py.set(place, py.attribute(py.name("self"), attribute(name))) for name, place in places.items()]
    first = next(iter(places.values()))
    setup = py.attempt(reads, [("gml_unset", None, [py.set(first, py.constant(None))])])
    tests = [state.type_is(py.name(place), "gml_real") for place in places.values()]
    state.held = places
    fast = lower()
    after, state.held = state.narrowed, {}
    left = state.versions_left
    before.restore()
    state.versions_left = 0
    is_general, state.is_general = state.is_general, True
    slow = lower()
    state.versions_left, state.is_general = left, is_general
    state.narrowed = {name: kind for name, kind in state.narrowed.items() if after.get(name) == kind}
    return [setup, py.branch(tests[0] if len(tests) == 1 else py.both(*tests), fast, slow)]


def worth_holding(state: FunctionState, body: Sequence[nodes.Statement]) -> list[str]:
    """The variables of self that a body calculates with more than once; none where something else may change them."""
    found = [node for statement in body for node in state.routine.within(statement)]
    if len(found) > LARGEST or any(may_reach(state, node) for node in found):
        return []
    uses = Uses(state, found)
    names = [name for name in uses.reads if uses.is_good(name)]
    names = sorted(names, key=lambda name: -uses.reads[name])[:MOST_HELD]
    saved = sum(uses.reads[name] for name in names) - len(names)
    return names if saved >= FEWEST_SAVED else []


def may_reach(state: FunctionState, node: nodes.Node) -> bool:
    """Whether a node may run code of the program, change what self means, or reach a variable by its name."""
    if isinstance(node, (nodes.With, nodes.Try, nodes.Function, nodes.Delete, nodes.Static)):
        return True
    if isinstance(node, nodes.Index) and node.accessor == "$":
        return True
    return may_run_code(state, node)


def roots_of(target: nodes.Expression) -> list[str]:
    """The name of the variable that a store to a place changes, or makes an array of."""
    while isinstance(target, nodes.Index):
        target = target.base
    return [target.name] if isinstance(target, (nodes.Name, nodes.Dot)) else []


def names_in(*operands: nodes.Node | None) -> list[str]:
    """Those of some operands that are bare names."""
    return [operand.name for operand in operands if isinstance(operand, nodes.Name)]


def is_text(*operands: nodes.Expression) -> bool:
    """Whether one of the operands is a string, so that `+` joins."""
    return any(isinstance(operand, (nodes.String, nodes.Template)) for operand in operands)


class Uses:
    """How some code uses the variables of self."""

    def __init__(self, state: FunctionState, found: Sequence[nodes.Node]) -> None:
        self.state = state
        self.reads: Counter[str] = Counter()
        self.calculates: set[str] = set()
        self.others: set[str] = set()
        """Names that something is done to that locals are not for."""
        self.first: dict[str, tuple[int, bool]] = {}
        """Where a name stands first, and whether it is stored to there."""
        alone = {id(node.value) for node in found if isinstance(node, nodes.ExpressionStatement)}
        alone |= state.routine.leading
        targets = {id(node.target) for node in found if isinstance(node, nodes.Assign)}
        for node in found:
            self._note(node, alone, targets)

    def is_good(self, name: str) -> bool:
        """Whether a variable is calculated with, read before it is stored to, and changed in no other way."""
        is_stored_first = self.first[name][1]
        return name in self.calculates and name not in self.others and not is_stored_first and self.reads[name] > 1

    def _note(self, node: nodes.Node, alone: set[int], targets: set[int]) -> None:
        if isinstance(node, nodes.Name) and id(node) not in targets and self._is_own(node.name):
            self._read(node)
        elif isinstance(node, nodes.Assign):
            self._note_store(node)
        elif isinstance(node, nodes.Increment) and isinstance(node.target, nodes.Name):
            self.calculates.add(node.target.name)
            if id(node) not in alone:
                self.others.add(node.target.name)
        elif isinstance(node, nodes.Increment):
            self.others.update(roots_of(node.target))
        elif isinstance(node, nodes.Binary):
            if node.operator in ARITHMETIC or (node.operator == "+" and not is_text(node.left, node.right)):
                self.calculates.update(names_in(node.left, node.right))
        elif isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name) and node.callee.name in CALLS:
            self.calculates.update(names_in(*node.arguments))

    def _note_store(self, node: nodes.Assign) -> None:
        if node.operator in CALCULATING:
            self.calculates.update(names_in(node.value))
        target = node.target
        if not isinstance(target, nodes.Name) or node.operator not in STORES:
            self.others.update(roots_of(target))
        elif isinstance(target, nodes.Name) and self._is_own(target.name):
            own = (
                isinstance(part, nodes.Name) and part.name == target.name
                for part in self.state.routine.within(node.value)
            )
            if node.operator == "=" and not any(own):
                self.first.setdefault(target.name, (target.span.start, True))
            elif node.operator != "=":
                self._read(target)
                self.calculates.add(target.name)

    def _read(self, node: nodes.Name) -> None:
        self.reads[node.name] += 1
        self.first.setdefault(node.name, (node.span.start, False))

    def _is_own(self, name: str) -> bool:
        """Whether a bare name is a variable of self that keeps what is stored to it."""
        return name not in COUPLED and self.state.meaning(name) is Meaning.MEMBER
