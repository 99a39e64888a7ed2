"""Builtins with an inline form: a call and the kinds of its arguments go in, Python nodes without a call come out.

A row of FORMS says for which arguments the inline form is right; for all others the builtin itself is called.
`tests/compiler/test_both_forms.py` holds each row against its builtin, over values of all types.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from gmlrun.compiler.forms import FORMS, IS_REAL, LETTERS, MAKERS, NO_NEGATIVE, WRITE, Form
from gmlrun.compiler.kinds import (
    ANY,
    ARRAY,
    BOOL,
    BOTTOM,
    INTEGERS,
    NAT,
    NUMBERS,
    REAL,
    RETURN_KINDS,
    STRUCT,
)
from gmlrun.compiler.lowering import FunctionState, Value
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.symbols import FunctionFacts
from gmlrun.syntax import nodes

Slow = Callable[[Sequence[Value]], ast.expr]


def intrinsic(state: FunctionState, node: nodes.Call, name: str, slow: Slow, returns: str) -> Value | None:
    """The inline form of a builtin's call, None where it has none; `slow` makes the call of the builtin itself."""
    form = form_of(name, len(node.arguments))
    if form is None or any(a is None for a in node.arguments):
        return None
    values = [state.expression(a) for a in node.arguments if a is not None]
    if name == "is_undefined" and values[0].kind not in (ANY, ARRAY, STRUCT):
        return Value(
            slow(values), BOOL
        )  # Python may fold the argument to a constant, which it does not like beside `is`
    if name == "ord" and isinstance(values[0].constant, str) and state.optimise:
        code = ord(values[0].constant[:1] or "\0")
        return Value(state.py.constant(code), NAT, code)
    return inlined(state, form, values, slow, returns)


def form_of(name: str, count: int) -> Form | None:
    """The inline form for a number of arguments."""
    if name == "choose" and count:
        given = ", ".join(f"a{at}" for at in range(count))
        return Form("v" * count, f"({given},)[gml_bits() % {count}]", ANY)
    if name == "array_push" and count > 2:
        given = ", ".join(f"a{at}" for at in range(1, count))
        return Form("a" + "v" * (count - 1), f"a0.extend(({given}))", ANY)
    form = FORMS.get(name)
    return form if form is not None and len(form.parameters) == count else None


def may_run_code(state: FunctionState, node: nodes.Node) -> bool:
    """Whether a node may run code of the program, or a builtin that has no inline form and may do anything.

    What takes a text asks a struct for its own, by `toString`.
    """
    if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name):
        form = FORMS.get(node.callee.name)
        takes_text = form is not None and ("s" in form.parameters or form.text == WRITE)
        return state.meaning(node.callee.name) is not Meaning.BUILTIN or form is None or takes_text
    if isinstance(node, nodes.Index):
        return node.accessor == "$" and not isinstance(node.indices[0], nodes.String)
    return isinstance(node, (nodes.Call, nodes.New, nodes.Template))


def inlined(state: FunctionState, form: Form, values: Sequence[Value], slow: Slow, returns: str = ANY) -> Value:
    """A form for these arguments, with a call for what it is not right for."""
    if not all(may_be(letter, v.kind) for letter, v in zip(form.parameters, values, strict=True)):
        return Value(slow(values), returns)
    use = Use(state, form, values)
    kind = kind_with(form, [value.kind for value in values], returns)
    if not use.conditions:
        return Value(use.filled(form.text), kind)
    fallback = slow(use.values)
    if kind in INTEGERS:
        fallback = state.py.call("gml_int", fallback)
    return Value(state.py.choose(use.test(), use.filled(form.text), fallback), kind)


def inlined_store(state: FunctionState, form: Form, values: Sequence[Value], slow: Slow) -> ast.stmt:
    """A store to a data structure: the plain Python store where the form is right, else the call."""
    if not all(may_be(letter, v.kind) for letter, v in zip(form.parameters, values, strict=True)):
        return state.py.expression(slow(values))
    py, use = state.py, Use(state, form, values)
    target = use.filled(form.text)
    is_call = isinstance(target, ast.Call)
    value = use.filled(form.stored) if form.stored else state.box(use.values[-1])
    store = py.expression(target) if is_call else py.assign(target, value)
    if not use.conditions:
        return store
    return py.branch(use.test(), [store], [py.expression(slow(use.values))])


def returned_by_builtin(facts: FunctionFacts) -> str:
    """The kind of what a builtin returns, whatever its arguments are."""
    return MAKERS.get(facts.name) or RETURN_KINDS.get(facts.returns, ANY)


def call_kind(name: str, given: Sequence[str], returns: str) -> str:
    """The kind of a builtin's call, by those of its arguments."""
    form = form_of(name, len(given))
    return returns if form is None else kind_with(form, given, returns)


def kind_with(form: Form, given: Sequence[str], returns: str) -> str:
    """The kind of a form's value or, where arguments may be such that the builtin is called, of either."""
    if not all(kind == BOTTOM or may_be(letter, kind) for letter, kind in zip(form.parameters, given, strict=True)):
        return returns
    if form.kind in INTEGERS or form.kind == returns:
        return form.kind
    if BOTTOM in given:
        return BOTTOM
    is_sure = all(
        letter == "v" or kind in LETTERS[letter].kinds for letter, kind in zip(form.parameters, given, strict=True)
    )
    return form.kind if is_sure else ANY


def may_be(letter: str, kind: str) -> bool:
    """Whether an argument of that kind can be what a letter says."""
    return kind == ANY or letter == "v" or kind in LETTERS[letter].kinds or (letter in "ijyd" and kind in NUMBERS)


class Use:
    """One use of a form: its arguments in names or constants, and the conditions under which it is right.

    An argument that is no name is evaluated where it is first written, if it is the only one, or before all else.
    """

    def __init__(self, state: FunctionState, form: Form, values: Sequence[Value]) -> None:
        self.state = state
        self.values: list[Value] = []
        """The arguments, each as a node that may be written many times."""
        self.conditions: list[ast.expr] = []
        self._names: dict[str, ast.expr] = {}
        self._wholes: dict[str, ast.expr] = {}
        self._first: dict[str, Any] = {}
        """Arguments that are not evaluated yet, as what evaluates them."""
        self._indices: dict[str, Any] = {}
        """Arguments that the condition of the form makes ints at their first use."""
        self._naturals: set[str] = set()
        """The names of arguments that are ints and not negative."""
        tests = {f"a{at}": self._settle(at, *pair) for at, pair in enumerate(zip(form.parameters, values, strict=True))}
        if "t0" in form.when:
            self._names["t0"] = self._wholes["t0"] = state.py.name(state.temporary())
        self._place(tests, form)
        self.conditions += [self._fill(text, self._names) for text in tests.values() if text]
        self.conditions += [self._whole(key) for key, node in self._wholes.items() if self._is_apart(key, node)]
        self._first.update(self._indices)
        if form.when:
            self.conditions.append(self.filled(form.when))
        known = [left for condition in self.conditions for left in unsure(condition, self._naturals)]
        self.conditions = [part for condition in known for part in apart(condition)]

    def _place(self, tests: dict[str, str], form: Form) -> None:
        """Decides where arguments that are no names are evaluated: before anything looks at another argument."""
        if not self._first or self._is_plain(tests, form) or self._are_two_reals(tests):
            return
        key = next(iter(self._first))
        own = tests.pop(key)
        tests.update({key: own} if not own else {key: own, **{k: tests.pop(k) for k in list(tests)}})
        text = own or next((t for t in tests.values() if t), "") or form.when or form.text
        found = re.search(r"\ba\d", text)
        if len(self._first) > 1 or found is None or found[0] != key:
            self.conditions += [self.state.py.compare(w, "is", self._names[k]) for k, w in self._first.items()]
            self._first.clear()
        elif text is form.text and len(re.findall(rf"\b{key}\b", text)) == 1:
            self._first[key] = self._first[key].value

    def _are_two_reals(self, tests: dict[str, str]) -> bool:
        """Tests two arguments for reals at once, which evaluates both whatever the first one is."""
        if len(self._first) != 2 or not all(tests[key].startswith(IS_REAL.format(key)) for key in self._first):
            return False
        py = self.state.py
        first, second = (py.call("gml_type", walrus) for walrus in self._first.values())
        self.conditions.append(py.compare(first, "is", second, "is", py.name("gml_real")))
        tests.update({key: tests[key].removeprefix(IS_REAL.format(key)).removeprefix(" and ") for key in self._first})
        self._first.clear()
        return True

    def _is_plain(self, tests: dict[str, str], form: Form) -> bool:
        """Writes an argument where the form uses it, if it is the only one that is no name and nobody tests it.

        What else the form looks at must be the same before and after the argument is evaluated.
        """
        (key, walrus), *more = self._first.items()
        looked_at = " ".join((*tests.values(), form.when))
        if more or tests[key] or "." in looked_at or "gml_len" in looked_at or re.search(rf"\b{key}\b", form.when):
            return False
        if self._wholes[key] is not self._names[key] or not is_used_at_once(key, form.text):
            return False
        if looked_at.strip() and sum(1 for _ in ast.walk(walrus.value)) > LARGEST_TWICE:
            return False
        self._first[key] = walrus.value
        at = int(key[1:])
        self.values[at] = self.values[at]._replace(node=walrus.value)
        return True

    def _settle(self, at: int, letter: str, value: Value) -> str:
        """Gives an argument a name, if it has none; returns the text of its test, if it needs one."""
        kinds, test, also = LETTERS[letter]
        state, key = self.state, f"a{at}"
        if value.kind not in INTEGERS or letter not in "ijw":
            value = Value(state.box(value), REAL if value.kind in INTEGERS else value.kind, value.constant)
        if not state.is_stable(value.node):
            name = state.temporary()
            self._first[key] = state.py.walrus(name, value.node)
            value = value._replace(node=state.py.name(name))
        self.values.append(value)
        is_known = letter == "v" or value.kind in kinds
        self._names[key] = self._wholes[key] = value.node
        if letter == "i" and value.kind == REAL:
            test = "-1e9 < {0} < 1e9"
        held = state.whole_of(value.node) if letter == "j" else ""
        if held:
            self._names[key] = self._wholes[key] = state.py.name(held)
            self._naturals.add(held)
        elif value.kind == NAT and isinstance(value.node, ast.Name):
            self._naturals.add(value.node.id)
        if letter == "j" and value.kind not in INTEGERS and not held:
            self._index(key, value.node)
            test = test if value.kind == ANY else NO_NEGATIVE
            is_known = False
        if letter == "d" or (letter == "i" and value.kind not in INTEGERS):
            self._wholes[key] = state.py.name(state.temporary())
        return (also if is_known else test).format(key)

    def _index(self, key: str, node: ast.expr) -> None:
        """Lets the condition of the form put a real into a temporary as the int that it is as an index."""
        name = self.state.temporary()
        self._wholes[key] = self.state.py.name(name)
        self._indices[key] = self.state.py.walrus(name, self.state.truncated(node))
        self._naturals.add(name)

    def _is_apart(self, key: str, node: ast.expr) -> bool:
        """Whether an argument as an int is in a temporary of its own that no condition of the form fills."""
        return node is not self._names[key] and isinstance(node, ast.Name) and key not in self._indices

    def _whole(self, key: str) -> ast.expr:
        """Puts an argument as an int into its temporary; true as it is written."""
        py, held = self.state.py, self._wholes[key]
        assert isinstance(held, ast.Name)
        return py.compare(py.walrus(held.id, self.state.truncated(self._names[key])), "is", held)

    def test(self) -> ast.expr:
        """Whether the form is right; evaluates the arguments."""
        return self.conditions[0] if len(self.conditions) == 1 else self.state.py.both(*self.conditions)

    def filled(self, text: str) -> ast.expr:
        """A text of the form with the arguments in it."""
        return self._fill(text, self._wholes)

    def _fill(self, text: str, names: dict[str, ast.expr]) -> ast.expr:
        made = Filler(self.state, names, self._first).copy(parsed(text))
        assert isinstance(made, ast.expr)
        return made


LARGEST_TWICE = 40
"""Nodes that an argument may have which is written twice: in the form, and in the call for all else."""


def is_used_at_once(key: str, text: str) -> bool:
    """Whether a form evaluates an argument exactly once, and looks into no other one before."""
    is_conditional = re.search(r"\b(if|and|or)\b|t0", text)
    return not is_conditional and len(re.findall(rf"\b{key}\b", text)) == 1 and not re.search(r"a\d\.\w+[.\[]", text)


def unsure(condition: ast.expr, naturals: set[str]) -> list[ast.expr]:
    """The parts of a condition that are not surely true, where some names have ints that are not negative."""
    if isinstance(condition, ast.BoolOp) and isinstance(condition.op, ast.And):
        return [left for part in condition.values for left in unsure(part, naturals)]
    if not isinstance(condition, ast.Compare):
        return [condition]
    first, second = condition.left, condition.comparators[0]
    is_zero = isinstance(first, ast.Constant) and first.value == 0 and isinstance(condition.ops[0], ast.LtE)
    named = second.target if isinstance(second, ast.NamedExpr) else second
    if is_zero and isinstance(named, ast.Name) and named.id in naturals and len(condition.ops) == 2:
        shorter = ast.Compare(second, condition.ops[1:], condition.comparators[1:])
        return [ast.copy_location(shorter, condition)]
    operands = [condition.left, *condition.comparators]
    if not all(isinstance(operand, ast.Constant) for operand in operands):
        return [condition]
    pairs = zip(condition.ops, operands, operands[1:], strict=False)
    holds = all(ORDERS[type(op)](left.value, right.value) for op, left, right in pairs if type(op) in ORDERS)  # type: ignore[attr-defined]
    return [] if holds and all(type(op) in ORDERS for op in condition.ops) else [condition]


def apart(condition: ast.expr) -> list[ast.expr]:
    """`a <= name < b` as two comparisons, which CPython makes faster than one of three operands."""
    if not isinstance(condition, ast.Compare) or len(condition.ops) != 2:
        return [condition]
    first, last = condition.comparators
    name = first.target if isinstance(first, ast.NamedExpr) else first
    if not isinstance(name, ast.Name) or not isinstance(condition.ops[0], (ast.Lt, ast.LtE)):
        return [condition]
    turned = ast.Gt() if isinstance(condition.ops[0], ast.Lt) else ast.GtE()
    again = ast.copy_location(ast.Name(name.id, ast.Load()), condition)
    pairs = [(first, turned, condition.left), (again, condition.ops[1], last)]
    if not isinstance(condition.left, ast.Constant):  # it is evaluated first
        pairs[0] = (condition.left, condition.ops[0], first)
    return [ast.copy_location(ast.Compare(left, [op], [right]), condition) for left, op, right in pairs]


ORDERS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
}


@cache
def parsed(text: str) -> ast.expr:
    """The tree of a text, which nobody may change."""
    return ast.parse(text, mode="eval").body


class Filler:
    """Copies the tree of a text to the place of the call, with arguments and temporaries in it."""

    def __init__(self, state: FunctionState, names: dict[str, ast.expr], first: dict[str, ast.expr]) -> None:
        self.state = state
        self.names = dict(names)
        self.first = first
        """The node at the first use of each argument."""

    def copy(self, node: Any) -> Any:
        """A node at the call's place; an argument's name is the argument. Fields are copied in order of evaluation."""
        if isinstance(node, list):
            return [self.copy(item) for item in node]
        if isinstance(node, ast.Name):
            return self.name(node)
        if not isinstance(node, ast.AST):
            return node
        fields = {name: self.copy(getattr(node, name)) for name in node._fields}
        return type(node)(**fields, **(self.state.py.where if node._attributes else {}))

    def name(self, node: ast.Name) -> ast.expr:
        """The node that a name of the text stands for."""
        if node.id in self.first:
            return self.first.pop(node.id)
        if node.id == "t0" and "t0" not in self.names:
            self.names["t0"] = self.state.py.name(self.state.temporary())
        found = self.names.get(node.id, node)
        return ast.Name(found.id, node.ctx, **self.state.py.where) if isinstance(found, ast.Name) else found
