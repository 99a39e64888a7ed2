"""Assignments, increments and declarations: the value first, then the parts of the target, as GML does."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from gmlrun.compiler import kinds
from gmlrun.compiler.calls import settled_value
from gmlrun.compiler.expressions import dot_base, entry_of, position
from gmlrun.compiler.forms import STORE_FORMS
from gmlrun.compiler.intrinsics import inlined_store
from gmlrun.compiler.kinds import ANY, INTEGERS, NAT, REAL, STR
from gmlrun.compiler.leading_steps import leading_step
from gmlrun.compiler.lowering import FunctionState, Value, lowers
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.operators import as_real, calculated
from gmlrun.compiler.pyast import local_name
from gmlrun.compiler.scalar_replacement import NotReal
from gmlrun.compiler.speculation import speculated
from gmlrun.language import SCOPE_NAMES, attribute
from gmlrun.lean import NamedTuple
from gmlrun.syntax import nodes


@lowers(nodes.Var)
def var(state: FunctionState, node: nodes.Var) -> list[ast.stmt]:
    """`var a, b = 1;`: a declarator without a value emits nothing."""
    return speculated(state, node, lambda: declared(state, node))


def declared(state: FunctionState, node: nodes.Var) -> list[ast.stmt]:
    """The stores of a `var`."""
    made = []
    for declarator in node.declarators:
        if declarator.value is not None:
            before = state.py.at(declarator.span)
            made += led(state, declarator.value)
            setup, value = settled_value(state, declarator.value)
            made += [*setup, *store_name(state, declarator.name, value)]
            state.py.where = before
    return made


@lowers(nodes.GlobalVar)
def globalvar(state: FunctionState, node: nodes.GlobalVar) -> list[ast.stmt]:
    """Global variables with a value get it; in 1.4 the others are 0 until they are set."""
    py, made = state.py, []
    for declarator in node.declarators:
        name = attribute(declarator.name)
        if declarator.value is not None:
            made.append(py.assign(py.attribute(py.name("gml_global"), name), state.boxed(declarator.value)))
        elif state.unit.source.dialect.has_old_strings:
            value = py.call("gml_getattr", py.name("gml_global"), py.constant(name), py.constant(0.0))
            made.append(py.assign(py.attribute(py.name("gml_global"), name), value))
    return made


@lowers(nodes.Static, nodes.Enum, nodes.Empty)
def declared_elsewhere(state: FunctionState, node: nodes.Statement) -> list[ast.stmt]:
    """Statics run in the function's prologue; enums exist since the declarations were read."""
    return []


@lowers(nodes.Assign)
def assign(state: FunctionState, node: nodes.Assign) -> list[ast.stmt]:
    """`target operator value`."""
    return speculated(state, node, lambda: assigned(state, node))


def assigned(state: FunctionState, node: nodes.Assign) -> list[ast.stmt]:
    """The store of an assignment."""
    target = node.target
    if node.operator == "=":
        if same_name(target, node.value):
            return []
        before = led(state, node.value)
        setup, value = settled_value(state, node.value)
        return [*before, *setup, *store(state, target, value)]
    if isinstance(target, nodes.Name) and state.meaning(target.name) is Meaning.LOCAL:
        return augment_local(state, node, target.name)
    if node.operator in REPEATABLE and is_plain_place(state, target):
        return store(state, target, state.expression(nodes.Binary(node.span, node.operator[:-1], target, node.value)))
    place = place_of(state, target)
    if node.operator == "??=":
        unset = state.py.call("gml_is_nullish", place.read())
        return [*place.setup, state.py.branch(unset, place.write(Value(state.boxed(node.value), ANY)), [])]
    old = state.temporary()
    setup = [*place.setup, state.py.set(old, place.read())]
    value = calculated(state, node.operator[:-1], Value(state.py.name(old), ANY), state.expression(node.value))
    return [*setup, *place.write(value)]


REPEATABLE = ("+=", "-=", "*=", "/=")


def is_plain_place(state: FunctionState, target: nodes.Expression) -> bool:
    """Whether a variable may be read by an expression of its own: looking for it twice cannot be seen."""
    if isinstance(target, nodes.Dot) and isinstance(target.base, nodes.Name):
        name = target.base.name
        is_local = state.meaning(name) is Meaning.LOCAL and not state.is_slot(name)
        return name in SCOPE_NAMES or (is_local and state.local(name).kind == kinds.STRUCT)
    is_member = isinstance(target, nodes.Name) and state.meaning(target.name) in (Meaning.MEMBER, Meaning.GLOBALVAR)
    return is_member and state.optimise


def same_name(target: nodes.Expression, value: nodes.Expression) -> bool:
    """`x = x`: GameMaker's compiler drops it."""
    return isinstance(target, nodes.Name) and isinstance(value, nodes.Name) and target.name == value.name


@lowers(nodes.Delete)
def delete(state: FunctionState, node: nodes.Delete) -> list[ast.stmt]:
    return store(state, node.target, Value(state.py.constant(None), kinds.UNDEFINED))


def store(state: FunctionState, target: nodes.Expression, value: Value) -> list[ast.stmt]:
    """`target = value`."""
    if isinstance(target, nodes.Name):
        return store_name(state, target.name, value)
    if isinstance(target, nodes.Dot):
        return [state.py.assign(member_target(state, target), state.box(value))]
    assert isinstance(target, nodes.Index)
    if target.accessor:
        return store_accessor(state, target, value)
    return store_element(state, target, value)


def member_target(state: FunctionState, target: nodes.Dot) -> ast.expr:
    """`base.name` as a Python target; an object's name stands for all its instances."""
    py = state.py
    base = dot_base(state, target.base)
    if isinstance(base, ast.IfExp):
        assert isinstance(base.orelse, ast.Call)
        base.orelse.func = py.name("gml_dot_all")
    return py.attribute(base, attribute(target.name))


# ----------------------------------------------------------------------- names


def store_name(state: FunctionState, name: str, value: Value) -> list[ast.stmt]:
    """`name = value`."""
    py, meaning = state.py, state.meaning(name)
    if meaning is Meaning.LOCAL:
        return store_local(state, name, value)
    if meaning is Meaning.STATIC:
        return [py.expression(py.call("gml_set_static", py.name(state.statics), py.constant(name), state.box(value)))]
    if meaning is Meaning.ARGUMENT:
        return store_argument(state, py.constant(int(name.removeprefix("argument") or 0)), value)
    if meaning is Meaning.VARIABLE:
        facts = state.unit.names.variable(name)
        assert facts is not None
        state.unit.variables[name] = facts.module
        return [py.expression(py.call(f"gml_set_{name}", state.box(value)))]
    owner = OWNERS.get(meaning, "self")
    place = py.attribute(py.name(owner), attribute(name))
    if owner == "self" and name in state.held:
        if value.kind not in kinds.NUMBERS:
            raise NotReal(name)
        return [py.assign_both(place, py.name(state.held[name]), state.box(value))]
    return [py.assign(place, state.box(value))]


OWNERS = {Meaning.GLOBALVAR: "gml_global", Meaning.KEPT: "gml_kept"}
"""The Python object that has a variable, by the name's meaning; for the others it is `self`."""


def store_local(state: FunctionState, name: str, value: Value) -> list[ast.stmt]:
    py = state.py
    if state.routine.uses_arguments and name in state.routine.parameters:
        return store_argument(state, py.constant(state.routine.parameters.index(name)), value)
    kind = state.kinds.get(name, ANY)
    state.assigned.add(name)
    state.narrow(name, value.kind)
    return [py.set(local_name(name), state.fit(value, kind))]


def store_argument(state: FunctionState, slot: ast.expr, value: Value) -> list[ast.stmt]:
    py = state.py
    return [py.expression(py.call("gml_set_argument", py.name("gml_arguments"), slot, state.box(value)))]


def augment_local(state: FunctionState, node: nodes.Assign, name: str) -> list[ast.stmt]:
    """`local operator= value`, in place where Python's own form is right."""
    py = state.py
    if node.operator == "??=":
        unset = py.call("gml_is_nullish", state.box(state.local(name)))
        store = store_local(state, name, state.expression(node.value))
        state.narrow(name, ANY)
        return [py.branch(unset, store, [])]
    old, value = state.local(name), state.expression(node.value)
    operator = node.operator[:-1]
    if isinstance(old.node, ast.Name) and operator in "+-" and state.optimise:
        if old.kind in INTEGERS and value.kind in INTEGERS:
            return [py.augment(old.node.id, operator, value.node)]
        if old.kind == REAL and value.kind in kinds.NUMBERS:
            return [py.augment(old.node.id, operator, as_real(state, value.node))]
        if old.kind == REAL:
            return store_local(state, name, calculated(state, operator, old, value))
        if operator == "+" and old.kind in (STR, ANY) and value.kind in (STR, ANY):
            return append_local(state, name, old, value)
    return store_local(state, name, calculated(state, operator, old, value))


def append_local(state: FunctionState, name: str, old: Value, value: Value) -> list[ast.stmt]:
    """`local += value` that may be a string: Python appends in place, so that a loop of it stays linear."""
    py = state.py
    state.narrow(name, STR if old.kind == STR else ANY)
    assert isinstance(old.node, ast.Name)
    if old.kind == value.kind == STR:
        return [py.augment(old.node.id, "+", value.node)]
    setup: list[ast.stmt] = []
    if not state.is_stable(value.node):
        part = state.temporary()
        setup, value = [py.set(part, state.box(value))], Value(py.name(part), value.kind)
    name = old.node.id
    if value.kind == STR:
        text = state.type_is(py.name(name), "gml_str")
        general = py.call("gml_add", py.name(name), value.node)
        return [*setup, py.branch(text, [py.augment(name, "+", value.node)], [py.set(name, general)])]
    return [*setup, append_unknown(state, name, value)]


def append_unknown(state: FunctionState, name: str, value: Value) -> ast.stmt:
    """`local += value` of unknown types: numbers first, then strings, which Python appends in place."""
    py = state.py
    part = state.box(value)

    def same(class_name: str) -> ast.expr:
        first, second = py.call("gml_type", py.name(name)), py.call("gml_type", part)
        return py.compare(first, "is", second, "is", py.name(class_name))

    in_place = [py.augment(name, "+", part)]
    general = [py.set(name, py.call("gml_add", py.name(name), part))]
    return py.branch(same("gml_real"), in_place, [py.branch(same("gml_str"), in_place, general)])


# -------------------------------------------------------------------- elements

SETTERS = {"|": "gml_list_set", "?": "gml_map_set", "#": "gml_grid_set", "$": "gml_struct_set"}
GETTERS = {"|": "gml_list_get", "?": "gml_map_get", "#": "gml_grid_get", "$": "gml_struct_get"}


def store_accessor(state: FunctionState, target: nodes.Index, value: Value) -> list[ast.stmt]:
    """`l[| i] = v` and its kin: the value is evaluated first."""
    setup, value = settled(state, value)
    where = [state.expression(target.base), *(state.expression(i) for i in target.indices)]
    return [*setup, store_entry(state, target.accessor, where, value)]


def store_entry(state: FunctionState, kind: str, where: Sequence[Value], value: Value) -> ast.stmt:
    """A store to a data structure or a struct's variable by name: inline where that is possible."""
    setter = SETTERS[kind]

    def slow(given: Sequence[Value]) -> ast.expr:
        *parts, last = (state.box(v) for v in given)
        return state.py.call(setter, *parts, *scope_if_struct(state, kind), last)

    form = STORE_FORMS.get(setter)
    if form is None or not state.optimise:
        return state.py.expression(slow([*where, value]))
    return inlined_store(state, form, [*where, value], slow)


def scope_if_struct(state: FunctionState, kind: str) -> list[ast.expr]:
    """`s[$ k]` may name an instance by `self` or `other`."""
    return [state.py.name("self"), state.py.name("other")] if kind == "$" else []


def settled(state: FunctionState, value: Value) -> tuple[list[ast.stmt], Value]:
    """The value in a temporary, unless it is one that nothing changes meanwhile."""
    if state.is_stable(value.node):
        return [], value
    name = state.temporary()
    return [state.py.set(name, state.box(value))], Value(state.py.name(name), ANY)


class Root(NamedTuple):
    """The variable of an array, one of whose elements is stored to."""

    setup: list[ast.stmt]
    read: Callable[[], ast.expr]
    """Makes a node that gives the array."""
    made: str = ""
    """The temporary of an array that a helper has made, empty where the variable cannot be stored to."""
    keep: Sequence[ast.stmt] = ()
    """Stores that array to the variable."""


def store_element(state: FunctionState, target: nodes.Index, value: Value) -> list[ast.stmt]:
    """`a[i] = v`, `a[i][j] = v`: the plain Python store; growing and making arrays is left to a helper."""
    py, known = state.py, state.narrowed.copy()
    node, path = element_path(target)
    is_argument = stands_for_arguments(state, node)
    if is_argument and len(path) == 1:
        return store_argument(state, state.boxed(path[0]), value)
    setup, value = settled(state, value)
    slots = []
    for step in path:
        setup_step, slot = settled_position(state, step)
        setup += setup_step
        slots.append(slot)
    root = argument_root(state, slots.pop(0)) if is_argument else variable_root(state, node)

    def slow(array: ast.expr) -> list[ast.stmt]:
        stored = py.call("gml_array_store", array, state.box(value), *(slot() for slot in slots))
        return [py.set(root.made, stored), *root.keep] if root.keep else [py.expression(stored)]

    fast = store_in_place(state, root, slots, value, begins_empty(state, node))
    if isinstance(node, nodes.Name) and known.get(node.name) == kinds.ARRAY:
        state.narrow(node.name, kinds.ARRAY)
    handlers = [("gml_unset", None, slow(py.constant(None))), ("gml_no_element", None, slow(root.read()))]
    return [*setup, *root.setup, py.attempt([fast], handlers if root.keep else handlers[1:])]


def argument_root(state: FunctionState, which: Callable[[], ast.expr]) -> Root:
    """An array that is an argument, by its number."""
    py, made = state.py, state.temporary()
    read = lambda: py.call("gml_argument", py.name("gml_arguments"), which())
    return Root([], read, made, store_argument(state, which(), Value(py.name(made), ANY)))


def variable_root(state: FunctionState, node: nodes.Expression) -> Root:
    """An array that a variable holds, or that an expression with effects gives, which is evaluated once."""
    made = state.temporary()
    if not is_plain_root(node):
        return Root([state.py.set(made, state.boxed(node))], lambda: state.py.name(made))
    return Root([], lambda: state.boxed(node), made, store(state, node, Value(state.py.name(made), ANY)))


def store_in_place(
    state: FunctionState, root: Root, slots: Sequence[Callable[[], ast.expr]], value: Value, may_grow: bool
) -> ast.stmt:
    """The store to an element that is there, or to the next one of an array that grows one by one."""
    py, place = state.py, root.read()
    for slot in slots:
        place = py.subscript(place, slot())
    fast = py.assign(place, state.box(value))
    if not (may_grow and len(slots) == 1):
        return fast
    is_next = py.compare(slots[0](), "==", py.call("gml_len", root.read()))
    more = py.call(py.attribute(root.read(), "append"), state.box(value))
    return py.branch(is_next, [py.expression(more)], [fast])


def begins_empty(state: FunctionState, root: nodes.Expression) -> bool:
    """Whether the code sets an array's variable to `[]` somewhere, so that stores make it longer one by one."""
    if not isinstance(root, nodes.Name) or not state.optimise:
        return False
    stored = (store.value for store in state.routine.stores.get(root.name, ()))
    return any(isinstance(value, nodes.Array) and not value.elements for value in stored)


def stands_for_arguments(state: FunctionState, root: nodes.Expression) -> bool:
    """Whether elements of an expression are the arguments of the function: `argument`."""
    return isinstance(root, nodes.Name) and root.name == "argument" and state.routine.uses_arguments


def element_path(target: nodes.Index) -> tuple[nodes.Expression, list[nodes.Expression]]:
    """`a[i][j, k]` as `a` and `[i, j, k]`."""
    path: list[nodes.Expression] = []
    node: nodes.Expression = target
    while isinstance(node, nodes.Index) and not node.accessor:
        path[:0] = node.indices
        node = node.base
    return node, path


def is_plain_root(root: nodes.Expression) -> bool:
    """Whether an array's variable may be read again and stored to: evaluating it has no effect."""
    return isinstance(root, nodes.Name) or (isinstance(root, nodes.Dot) and isinstance(root.base, nodes.Name))


def settled_position(state: FunctionState, node: nodes.Expression) -> tuple[list[ast.stmt], Callable[[], ast.expr]]:
    """An index that will be written twice, as a maker of nodes."""
    made = position(state, node)
    if isinstance(made, ast.Constant) or (isinstance(made, ast.Name) and state.is_stable(made)):
        return [], lambda: made
    name = state.temporary()
    return [state.py.set(name, made)], lambda: state.py.name(name)


# ---------------------------------------------------------------------- places


class Place(NamedTuple):
    """A target whose parts are evaluated once: read it, write it."""

    setup: list[ast.stmt]
    read: Callable[[], ast.expr]
    write: Callable[[Value], list[ast.stmt]]


def place_of(state: FunctionState, target: nodes.Expression) -> Place:
    """The place that a compound assignment or an increment works on."""
    py = state.py
    if isinstance(target, nodes.Name):
        name = target.name
        return Place([], lambda: state.boxed(target), lambda value: store_name(state, name, value))
    if isinstance(target, nodes.Dot):
        base = state.temporary()
        setup = [py.set(base, dot_base(state, target.base))]
        member = attribute(target.name)
        return Place(
            setup,
            lambda: py.attribute(py.name(base), member),
            lambda value: [py.assign(py.attribute(py.name(base), member), state.box(value))],
        )
    assert isinstance(target, nodes.Index)
    return element_place(state, target) if not target.accessor else accessor_place(state, target)


def element_place(state: FunctionState, target: nodes.Index) -> Place:
    """`a[i] operator= v`: the element must exist, since it is read."""
    py = state.py
    container, slot = state.temporary(), state.temporary()
    *outer, last = element_path(target)[1]
    base = element_path(target)[0]
    if stands_for_arguments(state, base) and not outer:
        index = state.temporary()
        return Place(
            [py.set(index, state.boxed(last))],
            lambda: py.call("gml_argument", py.name("gml_arguments"), py.name(index)),
            lambda value: store_argument(state, py.name(index), value),
        )
    inner = nodes.Index(target.span, base, "", tuple(outer)) if outer else base
    value = state.expression(inner)
    held = value.node if value.kind == kinds.ARRAY else py.call("gml_array", state.box(value))
    setup = [py.set(container, held), py.set(slot, position(state, last))]

    def read() -> ast.expr:
        return py.subscript(py.name(container), py.name(slot))

    return Place(setup, read, lambda value: [py.assign(read(), state.box(value))])


def accessor_place(state: FunctionState, target: nodes.Index) -> Place:
    """`m[? k] operator= v` and its kin: what is no name is evaluated once, and stays of the kind that it has."""
    setup: list[ast.stmt] = []
    where: list[Value] = []
    for part in (target.base, *target.indices):
        value = state.expression(part)
        if not state.is_stable(value.node):
            name = state.temporary()
            setup.append(state.py.set(name, state.box(value)))
            value = Value(state.py.name(name), REAL if value.kind in INTEGERS else value.kind)
        where.append(value)

    def read() -> ast.expr:
        return entry_of(state, GETTERS[target.accessor], where).node

    return Place(setup, read, lambda value: store_place(state, target.accessor, where, value))


def store_place(state: FunctionState, kind: str, where: Sequence[Value], value: Value) -> list[ast.stmt]:
    setup, value = settled(state, value)
    return [*setup, store_entry(state, kind, where, value)]


# ------------------------------------------------------------------ increments


def step_statement(state: FunctionState, node: nodes.Increment) -> list[ast.stmt]:
    """`x++;` as a statement, whose value nobody wants."""
    py = state.py
    if isinstance(node.target, nodes.Name) and state.meaning(node.target.name) is Meaning.LOCAL:
        old = state.local(node.target.name)
        if isinstance(old.node, ast.Name) and old.kind in kinds.NUMBERS:
            one = 1 if old.kind in INTEGERS else 1.0
            return [py.augment(old.node.id, node.operator, py.constant(one))]
    if isinstance(node.target, nodes.Name) and node.target.name in state.held:
        more = py.binary(node.operator, py.name(state.held[node.target.name]), py.constant(1.0))
        return store_name(state, node.target.name, Value(more, REAL))
    place = place_of(state, node.target)
    setup = list(place.setup)
    name = state.temporary()
    setup.append(py.set(name, place.read()))
    return [*setup, *place.write(stepped(state, name, node.operator))]


def led(state: FunctionState, node: nodes.Expression | None) -> list[ast.stmt]:
    """The step that the evaluation of a statement's expression begins with, as statements before it."""
    step = leading_step(node)
    if step is None or not state.optimise or id(step) not in state.routine.leading:
        return []
    before = state.py.at(step.span)
    made, state.given[id(step)] = step_before(state, step)
    state.py.where = before
    return made


def step_before(state: FunctionState, node: nodes.Increment) -> tuple[list[ast.stmt], Value]:
    """A step as statements, and the value that it has in the expression after them."""
    py, target = state.py, node.target
    if isinstance(target, nodes.Name) and (state.meaning(target.name) is Meaning.LOCAL or target.name in state.held):
        old = state.expression(target)
        if isinstance(old.node, ast.Name) and old.kind in kinds.NUMBERS:
            if node.prefix:
                return step_statement(state, node), state.expression(target)
            name = state.temporary()
            return [py.set(name, old.node), *step_statement(state, node)], Value(py.name(name), old.kind)
    place = place_of(state, target)
    old_name, new_name = state.temporary(), state.temporary()
    new = stepped(state, old_name, node.operator)
    setup = [*place.setup, py.set(old_name, place.read()), py.set(new_name, new.node)]
    made = [*setup, *place.write(Value(py.name(new_name), new.kind))]
    return made, Value(py.name(new_name if node.prefix else old_name), ANY)


def stepped(state: FunctionState, name: str, operator: str) -> Value:
    """A local's value plus or minus one, keeping its integer type."""
    py = state.py
    fast = py.binary(operator, py.name(name), py.constant(1.0))
    slow = py.call("gml_increment" if operator == "+" else "gml_decrement", py.name(name))
    if not state.optimise:
        return Value(slow, ANY)
    return Value(py.choose(state.type_is(py.name(name), "gml_real"), fast, slow), ANY)


@lowers(nodes.Increment)
def increment(state: FunctionState, node: nodes.Increment) -> Value:
    """`x++` inside an expression."""
    target = node.target
    if isinstance(target, nodes.Name) and state.meaning(target.name) is Meaning.LOCAL:
        old = state.local(target.name)
        if isinstance(old.node, ast.Name):
            return increment_local(state, node, old)
    return increment_place(state, node)


def increment_local(state: FunctionState, node: nodes.Increment, old: Value) -> Value:
    py = state.py
    assert isinstance(old.node, ast.Name)
    name = old.node.id
    if old.kind in INTEGERS:
        kind = NAT if old.kind == NAT and node.operator == "+" else kinds.INT
        new = py.walrus(name, py.binary(node.operator, py.name(name), py.constant(1)))
        undo = "-" if node.operator == "+" else "+"
        return Value(new, kind) if node.prefix else Value(py.binary(undo, new, py.constant(1)), old.kind)
    new = py.walrus(name, stepped(state, name, node.operator).node)
    if node.prefix:
        return Value(new, ANY)
    return Value(py.subscript(py.tuple_of([py.name(name), new]), py.constant(0)), ANY)


def increment_place(state: FunctionState, node: nodes.Increment) -> Value:
    """A member's or element's step, as a helper's call that returns the old or the new value."""
    py, target = state.py, node.target
    step = [py.constant(1 if node.operator == "+" else -1), py.constant(node.prefix)]
    if isinstance(target, nodes.Name):
        return Value(increment_name(state, target.name, step), ANY)
    if isinstance(target, nodes.Dot):
        call = py.call("gml_step_member", dot_base(state, target.base), py.constant(attribute(target.name)), *step)
        return Value(call, ANY)
    assert isinstance(target, nodes.Index)
    if target.accessor:
        get, put = py.name(GETTERS[target.accessor]), py.name(SETTERS[target.accessor])
        where = [state.boxed(target.base), *(state.boxed(i) for i in target.indices)]
        return Value(
            py.call("gml_step_accessor", get, put, *step, *where, *scope_if_struct(state, target.accessor)), ANY
        )
    *outer, last = element_path(target)[1]
    base = element_path(target)[0]
    if isinstance(base, nodes.Name) and base.name == "argument" and state.routine.uses_arguments:
        return Value(py.call("gml_step_element", py.name("gml_arguments"), position(state, last), *step), ANY)
    inner = nodes.Index(target.span, base, "", tuple(outer)) if outer else base
    return Value(py.call("gml_step_element", state.boxed(inner), position(state, last), *step), ANY)


def increment_name(state: FunctionState, name: str, step: list[ast.expr]) -> ast.expr:
    """A name that is no plain local."""
    py, meaning = state.py, state.meaning(name)
    if meaning is Meaning.LOCAL:
        slot = py.constant(state.routine.parameters.index(name))
        return py.call("gml_step_element", py.name("gml_arguments"), slot, *step)
    if meaning is Meaning.VARIABLE:
        facts = state.unit.names.variable(name)
        assert facts is not None
        state.unit.variables[name] = facts.module
        return py.call("gml_step_variable", py.name(f"gml_get_{name}"), py.name(f"gml_set_{name}"), *step)
    owner = state.statics if meaning is Meaning.STATIC else OWNERS.get(meaning, "self")
    return py.call("gml_step_member", py.name(owner), py.constant(attribute(name)), *step)
