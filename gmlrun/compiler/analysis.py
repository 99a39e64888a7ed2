"""The analysis of a source: its tree goes in, what each function of it declares, stores and calls comes out.

The tree is walked once, before anything is checked or lowered. Each routine (a function, an event, a source's own
statements) then has its nodes in source order: those below a statement are a slice of these.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from typing import TYPE_CHECKING, Any

from gmlrun.compiler.constant_tables import constant_tables, element_kind
from gmlrun.compiler.constants import literal_integer
from gmlrun.compiler.leading_steps import evaluated_first, leading_step
from gmlrun.compiler.traversal import children
from gmlrun.language import ARGUMENT_NAMES
from gmlrun.lean import NamedTuple
from gmlrun.source import Source
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.name_resolution import Meaning

LOOPS = (nodes.While, nodes.For, nodes.Repeat, nodes.DoUntil, nodes.With)
"""The statements that `continue` goes on with, and that `break` ends."""
BEGINNING = frozenset((nodes.If, nodes.While, nodes.DoUntil, nodes.For, nodes.Return, nodes.Assign, nodes.Var))
"""The statements that may begin with a step."""
DECLARED, ELEMENT = "var", "[]"
"""How a store is noted that gives no value: a `var` without one, and a store to an element, which may make an array."""


class Store(NamedTuple):
    """A store to a name: `operator` is that of the assignment, DECLARED or ELEMENT; a caught value is not known."""

    operator: str
    value: nodes.Expression | None


class Jump(NamedTuple):
    """A `break` or a `continue`: where it and the statement that it belongs to stand in the code, -1 for none."""

    at: int
    target: int
    is_in_try: bool
    """Whether a `try` stands between the two."""


class Routine:
    """The code of a function, of an event or of a source outside of these; what is in nested functions is theirs."""

    def __init__(self, root: nodes.Node, around: Routine | None = None) -> None:
        self.root = root
        self.around = around
        """The code that a function stands in; None for the functions of the whole project."""
        self.nodes: list[nodes.Node] = []
        """Every node, in source order."""
        self.parents: list[int] = []
        """For each node, where the one stands that it is directly below."""
        self.parameters: tuple[str, ...] = ()
        self.is_constructor = False
        self.is_script_level = False
        """Whether named functions here are project-wide rather than variables of self."""
        self.locals: set[str] = set()
        self.kept: set[str] | None = None
        """In a session's line, the locals that outlive it: those of earlier lines and its own."""
        self.statics: list[nodes.Declarator] = []
        self.uses_arguments = False
        self.functions: list[nodes.Function] = []
        """The functions that stand directly in the code."""
        self.declared: dict[str, nodes.Function] = {}
        """Those that are a statement of their own: they are there before the first statement."""
        self.named: dict[str, nodes.Function] = {}
        """Those with a name in the midst of an expression; self has it as well."""
        self.inner: dict[str, nodes.Function] = {}
        """The declared functions that are variables of self: at the top level of a script there are none."""
        self.own: nodes.Function | None = None
        """The function itself, where its name means it in its own code."""
        self.is_bound = False
        """Whether the function's code takes its self first."""
        self.static_name = ""
        """The static of a constructor that the function is the value of."""
        self.stores: dict[str, list[Store]] = defaultdict(list)
        self.counters: set[str] = set()
        """The names that are counted up or down by literals."""
        self.indices: set[str] = set()
        """The names that index arrays."""
        self.stepped: set[str] = set()
        """The names that are incremented inside an expression, after something else of its statement."""
        self.led: set[str] = set()
        """Those that a statement's evaluation begins with."""
        self.leading: set[int] = set()
        """The steps that a statement's evaluation begins with."""
        self.called: set[str] = set()
        self.returns: list[nodes.Return] = []
        self.jumps: list[Jump] = []
        self.tables: dict[str, tuple[str, ...]] = {}
        """The kinds of the elements of arrays that the code only reads, by their locals."""
        self.meanings: dict[str, Meaning] = {}
        """The meaning of each name that has been resolved."""
        self._statements: set[int] = set()
        self._unbound: dict[int, str] = {}
        self._members: set[int] = set()
        self._stored: tuple[list[int], list[str]] = [], []
        self._positions: dict[int, int] = {}
        self._ends: list[int] = []

    @property
    def static_names(self) -> set[str]:
        return {declarator.name for declarator in self.statics}

    # ------------------------------------------------------------------ asking

    def within(self, root: nodes.Node) -> list[nodes.Node]:
        """A node of the code and every node below it, in source order."""
        at = self._positions[id(root)]
        return self.nodes[at : self._ends[at]]

    def stored_within(self, root: nodes.Node) -> set[str]:
        """The names that are stored to by a statement, or by one inside it; a store to an element counts."""
        at = self._positions[id(root)]
        places, names = self._stored
        return set(names[bisect_left(places, at) : bisect_left(places, self._ends[at])])

    def stored_in(self, node: nodes.Node) -> set[str]:
        """The names that a node itself stores to."""
        at = self._positions[id(node)]
        places, names = self._stored
        return set(names[bisect_left(places, at) : bisect_left(places, at + 1)])

    def replaces(self, name: str) -> bool:
        """Whether anything stores to a name; storing to its elements does not count."""
        return any(store.operator not in (ELEMENT, DECLARED) for store in self.stores.get(name, ()))

    def continues(self, loop: nodes.Statement, in_try: bool = False) -> bool:
        """Whether a `continue` of a loop stands in its body (with `in_try`: inside a `try` of it)."""
        at = self._positions[id(loop)]
        return any(
            jump.target == at and (jump.is_in_try or not in_try) and isinstance(self.nodes[jump.at], nodes.Continue)
            for jump in self.jumps
        )

    def continues_outer(self, root: nodes.Statement) -> bool:
        """Whether a `continue` in a statement belongs to a loop around it."""
        at = self._positions[id(root)]
        return any(
            jump.target < at < jump.at < self._ends[at] and isinstance(self.nodes[jump.at], nodes.Continue)
            for jump in self.jumps
        )

    def breaks_of(self, root: nodes.Statement) -> Iterator[nodes.Node]:
        """Each `break` of a loop or a `switch`."""
        at = self._positions[id(root)]
        return (
            self.nodes[jump.at]
            for jump in self.jumps
            if jump.target == at and isinstance(self.nodes[jump.at], nodes.Break)
        )

    def element_kind(self, node: nodes.Index) -> str:
        """The kind of an element of an array that the code only reads."""
        return element_kind(self, node, len(node.indices) - 1)

    def is_declared(self, function: nodes.Function) -> bool:
        """Whether a function that stands directly in the code is a statement of its own."""
        return id(function) in self._statements

    # ------------------------------------------------------------------ noting

    def settle(self) -> None:
        """Notes the facts of all nodes, once these are there, and how the code around uses a function."""
        self._ends = list(range(1, len(self.nodes) + 1))
        for at in range(len(self.nodes) - 1, 0, -1):
            parent = self.parents[at]
            self._ends[parent] = max(self._ends[parent], self._ends[at])
        for at, node in enumerate(self.nodes):
            self._positions[id(node)] = at
            if type(node) in BEGINNING:
                self._lead(node)
            note = NOTES.get(type(node))
            if note is not None:
                note(self, node, at)
        elsewhere = self._statements | self._unbound.keys() | self._members
        self.named = {f.name: f for f in self.functions if f.name is not None and id(f) not in elsewhere}
        self.inner = {} if self.is_script_level else self.declared
        if isinstance(self.root, nodes.Function):
            self._head(self.root)
        self.tables = constant_tables(self)

    def _head(self, function: nodes.Function) -> None:
        self.parameters = tuple(parameter.name for parameter in function.parameters)
        self.locals.update(self.parameters)
        self.is_constructor = function.is_constructor
        assert self.around is not None
        if not self.around.is_declared(function):
            self.own = function
            self.is_bound = id(function) not in self.around._unbound
            self.static_name = self.around._unbound.get(id(function), "") if self.around.is_constructor else ""
        elif self.around.is_script_level:
            self.around = None

    def _store(self, at: int, name: str, operator: str, value: nodes.Expression | None) -> None:
        self.stores[name].append(Store(operator, value))
        self._stored[0].append(at)
        self._stored[1].append(name)

    def _store_to(self, at: int, target: nodes.Expression, operator: str, value: nodes.Expression | None) -> None:
        """A store to a name, or to an element of the array that a name holds; data structures stay what they are."""
        while isinstance(target, nodes.Index):
            if target.accessor:
                return
            operator, value, target = ELEMENT, None, target.base
        if isinstance(target, nodes.Name):
            self._store(at, target.name, operator, value)

    def _var(self, node: nodes.Var, at: int) -> None:
        for declarator in node.declarators:
            (self.locals if self.kept is None else self.kept).add(declarator.name)
            self._store(at, declarator.name, DECLARED if declarator.value is None else "=", declarator.value)

    def _assign(self, node: nodes.Assign, at: int) -> None:
        self._store_to(at, node.target, node.operator, node.value)
        is_step = node.operator in ("+=", "-=") and literal_integer(node.value) is not None
        if is_step and isinstance(node.target, nodes.Name):
            self.counters.add(node.target.name)

    def _increment(self, node: nodes.Increment, at: int) -> None:
        self._store_to(at, node.target, node.operator + "=", nodes.Number(node.span, 1.0))
        if isinstance(node.target, nodes.Name):
            self.counters.add(node.target.name)
            if id(node) in self.leading:
                self.led.add(node.target.name)
            elif not isinstance(self.nodes[self.parents[at]], nodes.ExpressionStatement):
                self.stepped.add(node.target.name)

    def _lead(self, statement: nodes.Node) -> None:
        """Notes the steps that a statement, or each declaration of it, begins with."""
        parts = statement.declarators if isinstance(statement, nodes.Var) else (statement,)
        steps = (leading_step(evaluated_first(part)) for part in parts)
        self.leading.update(id(step) for step in steps if step is not None)

    def _delete(self, node: nodes.Delete, at: int) -> None:
        self._store_to(at, node.target, "=", nodes.Name(node.span, "undefined"))

    def _try(self, node: nodes.Try, at: int) -> None:
        if node.variable is not None:
            self.locals.add(node.variable)
            self._store(at, node.variable, "=", None)

    def _index(self, node: nodes.Index, at: int) -> None:
        if not node.accessor:
            self.indices.update(index.name for index in node.indices if isinstance(index, nodes.Name))

    def _name(self, node: nodes.Name, at: int) -> None:
        self.uses_arguments |= node.name in ARGUMENT_NAMES

    def _call(self, node: nodes.Call, at: int) -> None:
        if isinstance(node.callee, nodes.Name):
            self.called.add(node.callee.name)

    def _return(self, node: nodes.Return, at: int) -> None:
        self.returns.append(node)

    def _static(self, node: nodes.Static, at: int) -> None:
        self.statics += node.declarators
        self._unbound.update({id(d.value): d.name for d in node.declarators if isinstance(d.value, nodes.Function)})

    def _function(self, node: nodes.Function, at: int) -> None:
        if at:
            self.functions.append(node)

    def _expression_statement(self, node: nodes.ExpressionStatement, at: int) -> None:
        if isinstance(node.value, nodes.Function) and node.value.name is not None:
            self.declared[node.value.name] = node.value
            self._statements.add(id(node.value))

    def _struct(self, node: nodes.StructLiteral, at: int) -> None:
        self._members.update(id(function) for member in node.members for function in member_functions(member.value))

    def _jump(self, node: nodes.Break | nodes.Continue, at: int) -> None:
        ends = (*LOOPS, nodes.Switch) if isinstance(node, nodes.Break) else LOOPS
        target, is_in_try = self.parents[at], False
        while target >= 0 and not isinstance(self.nodes[target], ends):
            is_in_try |= isinstance(self.nodes[target], nodes.Try)
            target = self.parents[target]
        self.jumps.append(Jump(at, target, is_in_try))


NOTES: dict[type, Callable[[Routine, Any, int], None]] = {
    nodes.Var: Routine._var,
    nodes.Assign: Routine._assign,
    nodes.Increment: Routine._increment,
    nodes.Delete: Routine._delete,
    nodes.Try: Routine._try,
    nodes.Index: Routine._index,
    nodes.Name: Routine._name,
    nodes.Call: Routine._call,
    nodes.Return: Routine._return,
    nodes.Static: Routine._static,
    nodes.Function: Routine._function,
    nodes.ExpressionStatement: Routine._expression_statement,
    nodes.StructLiteral: Routine._struct,
    nodes.Break: Routine._jump,
    nodes.Continue: Routine._jump,
}
"""The facts of each class of nodes."""


def member_functions(value: nodes.Expression | None) -> Iterator[nodes.Function]:
    """The functions that are a struct member's value, or stand in an array that is: they belong to the new struct."""
    if isinstance(value, nodes.Function):
        yield value
    elif isinstance(value, nodes.Array):
        for element in value.elements:
            yield from member_functions(element)


class Analysis:
    """The analysis of one source: every node of it, and its routines."""

    def __init__(
        self, source: Source, program: nodes.Program, is_script: bool = True, kept: Set[str] | None = None
    ) -> None:
        """`is_script`: named functions are project-wide; `kept`: the locals of earlier lines, for one of a session."""
        self.source = source
        self.program = program
        self.nodes: list[nodes.Node] = []
        """Every node of the source, in source order."""
        self.main = Routine(nodes.Block(program.span, program.body))
        """The statements outside of events and objects."""
        self.main.is_script_level = is_script
        self.main.kept = None if kept is None else set(kept)
        self._routines: dict[int, Routine] = {id(self.main.root): self.main}
        self._walk()
        for routine in self._routines.values():
            routine.settle()

    def routine_of(self, root: nodes.Node) -> Routine:
        """The routine that is a function, or the body of an event."""
        return self._routines[id(root)]

    @property
    def routines(self) -> Iterable[Routine]:
        return self._routines.values()

    def has(self, root: nodes.Node) -> bool:
        """Whether a function or an event's body stands in this source."""
        return id(root) in self._routines

    def _walk(self) -> None:
        """Visits each node once: functions and events begin a routine of their own."""
        program = self.program
        outside = [*program.properties, *program.events, *program.objects]
        pending: list[tuple[Any, Routine | None, int]] = [(part, None, -1) for part in reversed(outside)]
        pending.append((self.main.root, self.main, -1))
        while pending:
            node, routine, parent = pending.pop()
            if isinstance(node, nodes.Node):
                self.nodes.append(node)
                if routine is not None:
                    routine, parent = self._enter(node, routine, parent)
                elif isinstance(node, nodes.Event):
                    routine = self._routines[id(node.body)] = Routine(node.body)
            pending += [(child, routine, parent) for child in reversed(children(node))]

    def _enter(self, node: nodes.Node, routine: Routine, parent: int) -> tuple[Routine, int]:
        """Adds a node to the routine that it stands in; returns where what is below it belongs."""
        routine.nodes.append(node)
        routine.parents.append(parent)
        if not isinstance(node, nodes.Function):
            return routine, len(routine.nodes) - 1
        inner = self._routines[id(node)] = Routine(node, routine)
        inner.nodes.append(node)
        inner.parents.append(-1)
        return inner, 0
