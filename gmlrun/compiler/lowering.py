"""The state of lowering one function, and the table of lowerings: a GML node goes in, Python nodes come out.

Each node class has one lowering, registered by `@lowers` where it is written.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from gmlrun.compiler import kinds
from gmlrun.compiler.analysis import Analysis, Routine
from gmlrun.compiler.block_versioning import MOST_VERSIONS, indexing, stores_of, untested_stores, worth_testing
from gmlrun.compiler.guarded_expressions import Key, guarded_expression, key_of
from gmlrun.compiler.guarded_integers import integers_at_once
from gmlrun.compiler.name_resolution import Meaning, Resolver
from gmlrun.compiler.pyast import PythonBuilder, local_name
from gmlrun.compiler.specialisation import Specialisation
from gmlrun.compiler.symbols import NameTable, Symbols
from gmlrun.compiler.traversal import is_compound
from gmlrun.lean import NamedTuple
from gmlrun.source import Source
from gmlrun.syntax import nodes
from gmlrun.unit import READY_REALS, FunctionEntry


class Value(NamedTuple):
    """An emitted expression and its kind; `constant` is set for a literal number or string.

    `number` is the value of a real that is always the same, though it is no literal.
    """

    node: ast.expr
    kind: str
    constant: Any = None
    number: float | None = None


class UnitState:
    """The state of lowering one source: its text, the names it uses, the functions it defines."""

    def __init__(
        self,
        source: Source,
        symbols: Symbols,
        names: NameTable,
        resolver: Resolver,
        py: PythonBuilder,
        analysis: Analysis,
    ) -> None:
        self.source = source
        self.symbols = symbols
        self.names = names
        self.resolver = resolver
        self.py = py
        self.analysis = analysis
        self.functions: list[FunctionEntry] = []
        self.code: list[ast.stmt] = []
        """The Python functions of the unit, in the order in which they are finished."""
        self.builtins: dict[str, str] = {}
        self.builtin_values: dict[str, str] = {}
        self.variables: dict[str, str] = {}
        self.constants: dict[str, str] = {}
        self.scripts: dict[str, None] = {}
        self.calls: dict[str, int] = {}
        """The script functions that are called by name, with the most arguments that one of them is given."""
        self.returned: dict[str, str] = {}
        """The kinds of what script functions return, as far as these have been asked for."""
        self.assets: dict[str, None] = {}
        self.library: dict[str, None] = {}
        self.inner_names: dict[int, str] = {}
        """id of a Function node → the Python name of its code."""
        self.function_count = 0


class Loop(NamedTuple):
    """The loop around a point of the code: the statements that stand there for `break` and `continue`."""

    leave: Callable[[], list[ast.stmt]]
    again: Callable[[], list[ast.stmt]]


class FunctionState:
    """The lowering of one function's code."""

    def __init__(
        self, unit: UnitState, routine: Routine, entry: str, outer_entry: str, local_kinds: dict[str, str]
    ) -> None:
        self.unit = unit
        self.py = unit.py
        self.routine = routine
        self.entry = entry
        """The code entry name, e.g. `gml_Script_foo`."""
        self.outer_entry = outer_entry
        """The code entry that the innermost event or script function around it has."""
        self.kinds = local_kinds
        self.optimise = unit.symbols.optimise
        self.narrowed: dict[str, str] = {}
        """The kinds that locals of any kind have at this point of the code, by what was stored to them last."""
        self.assigned: set[str] = set(routine.parameters)
        """The locals that surely have a value at this point of the code."""
        self.fixed: dict[str, tuple[tuple[int, int], float]] = {}
        """Locals that hold one number from a statement on: where that stands, and the number."""
        self.wholes: dict[str, str] = {}
        """The temporaries that have locals as ints, as long as these are in `narrowed`."""
        self.versions_left = MOST_VERSIONS
        """How often the rest of a block may still be lowered twice."""
        self.loops: list[Loop] = []
        self.stepped: set[str] = set()
        """Locals that are incremented inside an expression somewhere: not safe to read later than written."""
        unit.function_count += 1
        self.statics = f"gml_statics_{unit.function_count}" if routine.statics or routine.is_constructor else ""
        self.steady: dict[str, str] = {}
        """Built-in variables that the function gets once, before anything else, by the Python locals that hold them."""
        self.looked_up: dict[str, None] = {}
        """Those of the locals that entries are looked up in."""
        self.fast: Specialisation | None = None
        """The fast version that is being lowered, if it may call itself directly."""
        self.calls_itself = False
        """Whether the fast version that has been lowered calls itself directly."""
        self.returns = kinds.ANY
        """The kind that `return` must give its value."""
        self.given: dict[int, Value] = {}
        """The values of steps that statements before the one at hand have made."""
        self.assumed: dict[Key, Value] = {}
        """The operands of the calculation at hand that are tested for, as the names that hold them."""
        self.in_general_form = False
        """Whether a calculation is lowered for operands that failed the test."""
        self.few: set[str] = set()
        """The counters that stay below READY_REALS here."""
        self.held: dict[str, str] = {}
        """The variables of self that Python locals hold here as reals, by name."""
        self.calculates_bits = False
        """Whether the function has bitwise operators, so that int64s are usual."""
        self.in_bits = False
        """Whether the operand of a bitwise operator is being lowered."""
        self.speculates = False
        """Whether a handler evaluates anew what Python refuses of the statement at hand."""
        self.has_speculated = False
        """Whether a test has been left out since, because of that."""
        self.has_try = any(isinstance(node, nodes.Try) for node in routine.nodes)
        """Whether code may go on after an error, and see what locals it has left."""
        self.is_general = False
        """Whether code is lowered for what has failed a test, and for anything else."""
        self.tested_later: nodes.Node | None = None
        """The expression whose value is tested for the type that it should have, after a handler."""
        self.before_dot: nodes.Node | None = None
        """The expression that stands before a dot whose variable no value but a struct has."""
        self._temporaries = 0

    def temporary(self) -> str:
        """A fresh Python local."""
        self._temporaries += 1
        return f"gml_{self._temporaries}"

    # ------------------------------------------------------------ dispatching

    def expression(self, node: nodes.Expression) -> Value:
        """Lowers an expression at its own position."""
        before, in_bits = self.py.at(node.span), self.in_bits
        self.in_bits = in_bits and isinstance(node, nodes.Binary)
        value: Value = self.given.get(id(node)) or self._assumed(node) or self._at_once(node) or self.lower(node)
        self.in_bits = in_bits
        if not self.optimise and not (value.constant is not None and value.kind in kinds.NUMBERS):
            value = Value(self.box(value), kinds.ANY)
        self.py.where = before
        return value

    def lower(self, node: nodes.Expression) -> Value:
        """An expression by the lowering of its class."""
        made: Value = LOWERINGS[type(node)](self, node)
        return made

    def _assumed(self, node: nodes.Expression) -> Value | None:
        """The value of an operand that has been tested and is held by a name, None for any other."""
        key = key_of(self, node) if self.assumed else None
        return None if key is None else self.assumed.get(key)

    def _at_once(self, node: nodes.Expression) -> Value | None:
        """A calculation behind one test of all its operands."""
        is_calculation = isinstance(node, (nodes.Binary, nodes.Unary, nodes.Call))
        if not is_calculation or not self.optimise or self.in_general_form or self.assumed or self.in_bits:
            return None
        return integers_at_once(self, node) or guarded_expression(self, node)

    def boxed(self, node: nodes.Expression | None) -> ast.expr:
        """Lowers an expression to a true GML value; a missing one (an argument's hole) is undefined."""
        return self.py.constant(None) if node is None else self.box(self.expression(node))

    def statement(self, node: nodes.Statement) -> list[ast.stmt]:
        """Lowers a statement at its own position."""
        before = self.py.at(node.span)
        cls: type = type(node)
        known, nests = self.narrowed, is_compound(cls)
        assigned = set(self.assigned) if nests else self.assigned
        if nests:
            stored = self.routine.stored_within(node) if known else set()
            known = {name: kind for name, kind in known.items() if name not in stored}
            self.narrowed = dict(self.narrowed if cls is nodes.If else known)  # what runs once knows what was before it
        made: list[ast.stmt] = LOWERINGS[type(node)](self, node)
        if nests:
            self.narrowed, self.assigned = known, assigned
        self.py.where = before
        return made

    def apart(self, node: nodes.Statement) -> list[ast.stmt]:
        """Lowers a statement that may be left out, or that others may stand in place of."""
        known, assigned = dict(self.narrowed), set(self.assigned)
        made = self.statement(node)
        self.narrowed, self.assigned = known, assigned
        return made

    def block(self, statements: Iterable[nodes.Statement]) -> list[ast.stmt]:
        """Lowers statements one after the other."""
        given, starts = tuple(statements), list[int]()
        made: list[ast.stmt] = []
        for at, statement in enumerate(given):
            starts.append(len(made))
            made += self.statement(statement)
            names = worth_testing(self, given, at) if self.optimise else {}
            if names:
                again = untested_stores(self, given[: at + 1], names)
                tried = self.tried_stores(again) if again else []
                again = again if tried else []
                kept = made[: starts[at + 1 - len(again)]] if again else made
                return [*kept, *tried, self.versioned(names, given[at + 1 :], again)]
        return made

    def tried_stores(self, statements: Sequence[nodes.Statement]) -> list[ast.stmt]:
        """Stores to locals that are tested afterwards, without tests of their own; none if that saves nothing."""
        py, pairs = self.py, [pair for statement in statements for pair in stores_of(statement)]
        made: list[ast.stmt] = []
        self.speculates, self.has_speculated = True, False
        for name, value in pairs:
            before, self.tested_later = py.at(value.span), value
            made.append(py.set(local_name(name), self.box(self.expression(value))))
            py.where = before
        self.speculates, self.tested_later = False, None
        if not self.has_speculated:
            return []
        unset = [py.set(local_name(name), py.constant(None)) for name, _ in pairs]
        return [py.attempt(made, [("gml_refused", None, unset)])]

    def is_kind(self, name: str, kind: str) -> ast.expr:
        """Whether a local is a real, a string, an array or a struct."""
        value = self.py.name(local_name(name))
        if kind == kinds.STRUCT:
            return self.type_is(self.py.call("gml_type", value), "gml_class")
        return self.type_is(value, CLASSES[kind])

    def versioned(
        self, names: Mapping[str, str], rest: Sequence[nodes.Statement], again: Sequence[nodes.Statement] = ()
    ) -> ast.stmt:
        """Statements behind a test of locals' kinds: lowered for those, and for anything else, after some others."""
        py, known, left = self.py, self.narrowed, self.versions_left
        tests = [self.is_kind(name, kind) for name, kind in names.items()]
        test = tests[0] if len(tests) == 1 else py.both(*tests)
        self.narrowed, self.versions_left = {**known, **names}, left - 1
        fast = [*self.hold_wholes(names, rest), *self.block(rest)]
        after, left, self.versions_left = self.narrowed, self.versions_left, 0
        self.narrowed = dict(known)
        is_general, self.is_general = self.is_general, True
        slow = [*self.block(again), *self.block(rest)]
        self.versions_left, self.is_general = left, is_general
        self.narrowed = {name: kind for name, kind in self.narrowed.items() if after.get(name) == kind}
        return py.branch(test, fast, slow)

    def hold_wholes(self, names: Mapping[str, str], rest: Sequence[nodes.Statement]) -> list[ast.stmt]:
        """Puts reals that are indices more than once into temporaries as ints, NO_INDEX where they are none."""
        py, made = self.py, []
        for name in indexing(self, [name for name, kind in names.items() if kind == kinds.REAL], rest):
            value = py.name(local_name(name))
            is_small = py.both(py.compare(value, ">", py.constant(-1.0)), py.compare(value, "<", py.constant(1e9)))
            held = self.wholes[name] = self.temporary()
            made.append(py.set(held, py.choose(is_small, self.truncated(value), py.constant(NO_INDEX))))
        return made

    def whole_of(self, node: ast.expr) -> str:
        """The temporary that has a local as an int, or empty."""
        if not isinstance(node, ast.Name) or not self.wholes:
            return ""
        known = (name for name in self.wholes if local_name(name) == node.id and name in self.narrowed)
        return next((self.wholes[name] for name in known), "")

    # ----------------------------------------------------------------- values

    def box(self, value: Value) -> ast.expr:
        """The value as GML sees it: an integer counter becomes a float."""
        node = value.node
        if value.kind == kinds.BOOL and isinstance(node, ast.BoolOp) and self.optimise:
            return self.py.choose(node, self.py.constant(True), self.py.constant(False))  # jumps cost less than values
        if value.kind not in kinds.INTEGERS:
            return node
        if value.constant is not None:
            return self.py.constant(float(value.constant))
        if isinstance(node, ast.IfExp) and all(isinstance(arm, ast.Constant) for arm in (node.body, node.orelse)):
            then, otherwise = (Value(arm, value.kind, arm.value) for arm in (node.body, node.orelse))  # type: ignore[attr-defined]
            return self.py.choose(node.test, self.box(then), self.box(otherwise))
        return self._real_of(node, value.kind)

    def _real_of(self, node: ast.expr, kind: str) -> ast.expr:
        """An int as a float: taken from those that are ready, where that may be."""
        py = self.py
        if kind != kinds.NAT or not isinstance(node, ast.Name):
            return py.call("gml_float", node)
        ready = py.subscript(py.name("gml_reals"), py.name(node.id))
        if node.id in self.few:
            return ready
        return py.choose(py.compare(node, "<", py.constant(READY_REALS)), ready, py.call("gml_float", py.name(node.id)))

    def fit(self, value: Value, kind: str) -> ast.expr:
        """The value as a local of that kind holds it."""
        if kind in kinds.INTEGERS and value.kind in kinds.INTEGERS:
            return value.node
        if kind in kinds.INTEGERS:
            return self.py.call("gml_int", value.node)
        return self.box(value)

    def truth(self, node: nodes.Expression) -> ast.expr:
        """Lowers an expression to a Python bool by GML's truth."""
        value = self.expression(node)
        before = self.py.at(node.span)
        made = self.truth_of(value)
        self.py.where = before
        return made

    def truth_of(self, value: Value) -> ast.expr:
        """A value as a Python bool: greater than a half."""
        py = self.py
        if value.kind == kinds.BOOL:
            return value.node
        if value.kind in kinds.INTEGERS or value.kind == kinds.INT64:
            return py.compare(value.node, ">", py.constant(0))
        if value.kind == kinds.REAL:
            return py.compare(value.node, ">", py.constant(0.5))
        if not self.optimise or value.kind != kinds.ANY or isinstance(value.node, ast.Constant):
            return py.call("gml_truth", value.node)
        test, again = self.reusable(value.node)
        is_other = py.compare(again(), "is not", py.constant(False))
        general = py.both(is_other, py.call("gml_truth", again()))
        return py.either(py.compare(test, "is", py.constant(True)), general)

    def type_is(self, node: ast.expr, class_name: str) -> ast.expr:
        """`type(node) is class_name`."""
        return self.py.compare(self.py.call("gml_type", node), "is", self.py.name(class_name))

    def truncated(self, node: ast.expr) -> ast.expr:
        """A real as a Python int, toward zero."""
        return self.py.call(self.py.attribute(node, "__trunc__"))

    def is_stable(self, node: ast.expr) -> bool:
        """Whether a node may be written twice and read late: a constant, or a name nothing steps."""
        return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id not in self.stepped)

    def reusable(self, node: ast.expr) -> tuple[ast.expr, Callable[[], ast.expr]]:
        """A node for the first use and a maker of nodes for later ones: a temporary in between if needed."""
        if isinstance(node, ast.Constant):
            return node, lambda: node
        if isinstance(node, ast.Name) and node.id not in self.stepped:
            return node, lambda: self.py.name(node.id)
        name = self.temporary()
        return self.py.walrus(name, node), lambda: self.py.name(name)

    # ------------------------------------------------------------------ names

    def meaning(self, name: str) -> Meaning:
        return self.unit.resolver.meaning(name, self.routine)

    def local(self, name: str) -> Value:
        """Reads a local; in a function that uses `argument[]` a parameter is a slot of that list."""
        if self.routine.uses_arguments and name in self.routine.parameters:
            slot = self.py.constant(self.routine.parameters.index(name))
            return Value(self.py.subscript(self.py.name("gml_arguments"), slot), kinds.ANY)
        kind = self.kinds.get(name, kinds.ANY)
        kind = self.narrowed.get(name, kind) if kind == kinds.ANY else kind
        return Value(self.py.name(local_name(name)), kind, number=self.fixed_number(name))

    def is_slot(self, name: str) -> bool:
        """Whether a name is a parameter that is a slot of `argument[]`, or a local that changes inside expressions."""
        return (self.routine.uses_arguments and name in self.routine.parameters) or local_name(name) in self.stepped

    def is_enum_member(self, node: nodes.Dot) -> bool:
        """Whether a dot is a member of an enum, and no variable."""
        return isinstance(node.base, nodes.Name) and self.unit.resolver.is_enum(node.base.name, self.routine)

    def fixed_number(self, name: str) -> float | None:
        """The number of a local that only one statement stores to, in code that always runs after it."""
        found = self.fixed.get(name)
        if found is None or not self.optimise:
            return None
        where, number = found
        return number if (self.py.where["lineno"], self.py.where["col_offset"]) > where else None

    def narrow(self, name: str, kind: str) -> None:
        """Notes the kind of what has just been stored to a local, in code that always runs before what follows."""
        self.wholes.pop(name, None)
        if kind in NARROWED and self.optimise:
            self.narrowed[name] = kind
        elif kind in kinds.INTEGERS and self.optimise:
            self.narrowed[name] = kinds.REAL
        else:
            self.narrowed.pop(name, None)


NO_INDEX = 1 << 30
"""No array or data structure is so long: a number from here on is no index."""
CLASSES = {kinds.REAL: "gml_real", kinds.STR: "gml_str", kinds.ARRAY: "gml_list"}
HANDLES = (kinds.MAP, kinds.LIST, kinds.GRID, kinds.QUEUE, kinds.STACK, kinds.PRIORITY, kinds.BUFFER)
NARROWED = frozenset((kinds.REAL, kinds.BOOL, kinds.INT64, kinds.STR, kinds.ARRAY, kinds.STRUCT, *HANDLES))

Lowering = TypeVar("Lowering", bound=Callable[..., Any])
LOWERINGS: dict[type, Callable[..., Any]] = {}


def lowers(*classes: type) -> Callable[[Lowering], Lowering]:
    """Registers the lowering of node classes."""

    def register(function: Lowering) -> Lowering:
        for cls in classes:
            LOWERINGS[cls] = function
        return function

    return register
