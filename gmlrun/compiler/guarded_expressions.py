"""Calculations with several operands of unknown types: one test for all of them goes before plain Python.

`(a.x - b.x) * 2 + c` tests its operands once, and calculates without further tests where all are reals. Otherwise it is
evaluated anew in the general form: this is only done where evaluating an operand twice cannot be seen.
"""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING

from gmlrun.compiler.attributes_of_values import is_plain_member
from gmlrun.compiler.constants import literal_integer
from gmlrun.compiler.kinds import ANY, BOOL, NAT, NUMBERS, REAL, STRUCT
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.needed_tests import needed_tests
from gmlrun.language import SCOPE_NAMES
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import FunctionState, Value

ARITHMETIC = frozenset(("+", "-", "*", "/", "%", "div"))
COMPARISONS = frozenset(("<", "<=", ">", ">=", "==", "!="))
CALLS = {"abs", "floor", "ceil", "round", "sign", "max", "min", "clamp", "lerp", "sqr", "sqrt", "sin", "cos"}
CALLS |= {"dsin", "dcos", "degtorad", "radtodeg", "point_distance"}
"""The builtins whose inline form takes reals and gives one."""
READS = frozenset((Meaning.LOCAL, Meaning.MEMBER, Meaning.GLOBALVAR, Meaning.CONSTANT))
MOST_OPERANDS = 12
DEEPEST = 20

Key = tuple[object, ...]


class GuardedExpression:
    """One calculation: the number of its operations, and its operands of unknown types."""

    def __init__(self, state: FunctionState) -> None:
        self.state = state
        self.operations = 0
        self.may_raise = False
        """Whether something taken by now raises for some reals, so that nothing may be read before it is done."""
        self.operands: dict[Key, nodes.Expression] = {}
        self.bases: dict[str, None] = {}
        """The locals of unknown types that stand before dots."""
        self.tested_bases: set[str] = set()
        """Those of them whose variables others than structs have too."""
        self.untested: set[Key] = set()
        """The operands that need no test, since a handler follows."""

    def take(self, node: nodes.Expression | None, is_root: bool = False) -> bool:
        """Adds an expression and what is in it; False for one that this form is not for."""
        if isinstance(node, nodes.Binary) and (
            node.operator in ARITHMETIC or (is_root and node.operator in COMPARISONS)
        ):
            self.operations += 1
            is_taken = self.take(node.left) and self.take(node.right)
            self.may_raise |= node.operator in ("%", "div") and not literal_integer(node.right)
            return is_taken
        if isinstance(node, nodes.Unary) and node.operator == "-":
            self.operations += 1
            return self.take(node.operand)
        if isinstance(node, nodes.Call):
            return self._take_call(node)
        if isinstance(node, nodes.Number):
            return type(node.value) is float
        return node is not None and self._take_operand(node)

    def leave_out(self, node: nodes.Expression) -> int:
        """Leaves out the tests that a handler makes needless; returns how many."""
        tested = needed_tests(self, partial(key_of, self.state), node)
        self.untested = {key for key in self.operands if key not in tested}
        bases = len(self.bases)
        self.bases = {name: None for name in self.bases if name in self.tested_bases}
        return len(self.untested) + bases - len(self.bases)

    def _take_call(self, node: nodes.Call) -> bool:
        callee = node.callee
        if not isinstance(callee, nodes.Name) or callee.name not in CALLS:
            return False
        if self.state.meaning(callee.name) is not Meaning.BUILTIN:
            return False
        self.operations += 1
        is_taken = all(self.take(argument) for argument in node.arguments)
        self.may_raise |= callee.name == "sqrt"
        return is_taken

    def _take_operand(self, node: nodes.Expression) -> bool:
        key = key_of(self.state, node)
        if key is None:
            return False
        if key[0] == "given" and self.state.given[id(node)].kind in NUMBERS:
            return True
        if isinstance(node, nodes.Name) and self.state.meaning(node.name) in (Meaning.LOCAL, Meaning.CONSTANT):
            kind = self.state.expression(node).kind
            if kind in NUMBERS:
                return True
            if kind != ANY or node.name not in self.state.assigned:
                return False
        elif isinstance(node, nodes.Name) and node.name in self.state.held:
            return True
        elif self.may_raise:
            return False
        if isinstance(node, nodes.Index) and not node.accessor and self.state.routine.element_kind(node) == REAL:
            return True
        base = node.base if isinstance(node, nodes.Dot) else None
        if isinstance(base, nodes.Name) and is_unknown(self.state, base) and base.name in self.state.assigned:
            self.bases[base.name] = None
            if not is_plain_member(node.name):  # type: ignore[attr-defined]
                self.tested_bases.add(base.name)
        self.operands[key] = node
        return len(self.operands) <= MOST_OPERANDS


def key_of(state: FunctionState, node: nodes.Expression) -> Key | None:
    """The identity of an operand; None for one that must not be evaluated twice."""
    if id(node) in state.given:
        return ("given", id(node))
    if isinstance(node, nodes.Name):
        if node.name in SCOPE_NAMES:
            return (node.name,)
        if state.meaning(node.name) not in READS or state.is_slot(node.name):
            return None
        return ("name", node.name)
    if isinstance(node, nodes.Number):
        return ("number", node.value)
    if isinstance(node, nodes.Dot):
        base = None if state.is_enum_member(node) else key_of(state, node.base)
        return None if base is None else ("dot", base, node.name)
    if isinstance(node, nodes.Index) and not node.accessor:
        parts = [key_of(state, part) for part in (node.base, *node.indices)]
        return None if None in parts else ("index", *parts)
    if isinstance(node, nodes.Binary) and node.operator in ("+", "-", "*") and is_counted(state, node):
        return ("binary", node.operator, key_of(state, node.left), key_of(state, node.right))
    return None


def is_counted(state: FunctionState, node: nodes.Expression) -> bool:
    """Whether an index is calculated from counters and literals alone."""
    if isinstance(node, nodes.Binary):
        return node.operator in ("+", "-", "*") and is_counted(state, node.left) and is_counted(state, node.right)
    if isinstance(node, nodes.Number):
        return type(node.value) is float
    is_local = isinstance(node, nodes.Name) and state.meaning(node.name) is Meaning.LOCAL
    return is_local and key_of(state, node) is not None and state.expression(node).kind in NUMBERS


def is_unknown(state: FunctionState, node: nodes.Name) -> bool:
    """Whether a name is a local that may hold anything here."""
    return state.meaning(node.name) is Meaning.LOCAL and state.expression(node).kind == ANY


def guarded_expression(state: FunctionState, node: nodes.Expression) -> Value | None:
    """A calculation behind one test of all its operands, None where that is of no use."""
    tree = GuardedExpression(state)
    if is_deep(node) or not tree.take(node, is_root=True) or not tree.operands:
        return None
    is_equality = isinstance(node, nodes.Binary) and node.operator in ("==", "!=")
    if tree.operations < (1 if state.speculates and not is_equality else 2):
        return None
    left_out = tree.leave_out(node) if state.speculates else 0
    if tree.operations < 2 and not left_out:
        return None
    known, state.assumed = state.assumed, dict(state.assumed)
    tests = tested(state, tree)
    fast = state.lower(node)
    state.assumed = known
    if fast.kind not in (REAL, BOOL, NAT):
        return None
    state.has_speculated |= left_out > 0
    if not tests:
        return fast._replace(constant=None, number=None)
    test = tests[0] if len(tests) == 1 else state.py.both(*tests)
    state.in_general_form, state.optimise = True, is_equality or not state.speculates
    slow = state.lower(node)
    state.in_general_form, state.optimise = False, True
    kind = slow.kind if slow.kind == fast.kind else ANY
    kind = REAL if {slow.kind, fast.kind} <= NUMBERS else kind
    made = state.py.choose(test, state.box(fast), state.box(slow))
    return fast._replace(node=made, kind=kind, constant=None, number=None)


def is_deep(node: nodes.Expression) -> bool:
    """Whether operators are nested so far that a calculation is no formula any more."""
    for _ in range(DEEPEST):
        if not isinstance(node, nodes.Binary):
            return False
        node = node.left
    return True


def tested(state: FunctionState, tree: GuardedExpression) -> list[ast.expr]:
    """Whether all operands are reals, each then held by a name; bases are structs from here on."""
    tests = []
    py = state.py
    for name in tree.bases:
        value = state.local(name)
        tests.append(state.type_is(py.call("gml_type", value.node), "gml_class"))
        state.assumed["name", name] = value._replace(kind=STRUCT)
    for key, operand in tree.operands.items():
        value = state.expression(operand)
        if key in tree.untested:
            state.assumed[key] = value._replace(kind=REAL, constant=None)
            continue
        test, again = state.reusable(value.node)
        tests.append(state.type_is(test, "gml_real"))
        state.assumed[key] = value._replace(node=again(), kind=REAL, constant=None)
    return tests
