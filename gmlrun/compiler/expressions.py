"""Literals, names, members and elements: the expressions that read values."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from gmlrun.compiler.attributes_of_values import is_plain_member
from gmlrun.compiler.constant_tables import element_kind
from gmlrun.compiler.constants import SMALL, literal_integer
from gmlrun.compiler.forms import ACCESSOR_FORMS
from gmlrun.compiler.intrinsics import inlined
from gmlrun.compiler.kinds import ANY, ARRAY, BOOL, INT, INT64, INTEGERS, NAT, REAL, STR, STRUCT, UNDEFINED
from gmlrun.compiler.lowering import NO_INDEX, FunctionState, Value, lowers
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.purity import may_stand_bare
from gmlrun.language import LITERAL_NAMES, PLACE_NAMES, attribute
from gmlrun.syntax import nodes

# -------------------------------------------------------------------- literals


@lowers(nodes.Number)
def number(state: FunctionState, node: nodes.Number) -> Value:
    """A small whole real is an integer until its use decides."""
    if type(node.value) is int:
        return Value(state.py.constant(node.value), INT64, node.value)
    whole = literal_integer(node)
    if whole is not None:
        return Value(state.py.constant(whole), NAT, whole)
    return Value(state.py.constant(node.value), REAL, node.value)


@lowers(nodes.String)
def string(state: FunctionState, node: nodes.String) -> Value:
    return Value(state.py.constant(node.value), STR, node.value)


@lowers(nodes.Template)
def template(state: FunctionState, node: nodes.Template) -> Value:
    """Each hole is formatted by `string()`'s rules."""
    parts = [part if isinstance(part, str) else as_text(state, part) for part in node.parts]
    return Value(state.py.joined(parts), STR)


def as_text(state: FunctionState, node: nodes.Expression) -> ast.expr:
    """An expression as the text that `string()` gives."""
    value = state.expression(node)
    if value.kind in INTEGERS:
        return state.py.joined([value.node])
    return value.node if value.kind == STR else state.py.call("gml_text", value.node)


@lowers(nodes.Array)
def array(state: FunctionState, node: nodes.Array) -> Value:
    return Value(state.py.list_of(state.boxed(e) for e in node.elements), ARRAY)


@lowers(nodes.Copied)
def copied(state: FunctionState, node: nodes.Copied) -> Value:
    return Value(state.py.call("gml_own", state.boxed(node.value), state.py.constant(node.is_nested)), ANY)


@lowers(nodes.PlainHandle)
def plain_handle(state: FunctionState, node: nodes.PlainHandle) -> Value:
    return Value(state.py.call("gml_plain", state.boxed(node.value)), ANY)


@lowers(nodes.LeadingNumber)
def leading_number(state: FunctionState, node: nodes.LeadingNumber) -> Value:
    return Value(state.py.call("gml_leading", state.boxed(node.value)), ANY)


@lowers(nodes.StructLiteral)
def struct(state: FunctionState, node: nodes.StructLiteral) -> Value:
    """Functions given directly as a value bind to the new struct, which `self` then also means."""
    py = state.py
    keys = [attribute(m.key) for m in node.members]
    if not any(needs_new_struct(m.value) for m in node.members):
        return Value(py.call("gml_struct", py.dict_of(keys, [state.boxed(m.value) for m in node.members])), STRUCT)
    name = state.temporary()
    made = py.walrus(name, py.call("gml_new_struct"))
    values = [member_value(state, m.value, name) for m in node.members]
    return Value(py.call("gml_fill", made, py.dict_of(keys, values)), STRUCT)


def needs_new_struct(node: nodes.Expression | None) -> bool:
    """Whether a member's value refers to the struct that is being made."""
    if isinstance(node, nodes.Array):
        return any(needs_new_struct(e) for e in node.elements)
    return isinstance(node, nodes.Function) or (isinstance(node, nodes.Name) and node.name in ("self", "other"))


def member_value(state: FunctionState, node: nodes.Expression | None, struct_name: str) -> ast.expr:
    """A member's value: `self` is the new struct, `other` its creator, a function a method of it."""
    py = state.py
    if isinstance(node, nodes.Array):
        return py.list_of(member_value(state, e, struct_name) for e in node.elements)
    if isinstance(node, nodes.Name) and node.name in ("self", "other"):
        return py.name(struct_name if node.name == "self" else "self")
    if isinstance(node, nodes.Function):
        return bound_function(state, node, struct_name)
    return state.boxed(node)


@lowers(nodes.Function)
def function(state: FunctionState, node: nodes.Function) -> Value:
    """A function value: a method of the current self, with a name or without."""
    return Value(bound_function(state, node, "self"), ANY)


def bound_function(state: FunctionState, node: nodes.Function, owner: str) -> ast.expr:
    """`MethodType(code, owner)`."""
    code = state.py.name(state.unit.inner_names[id(node)])
    return state.py.call("gml_method", code, state.py.name(owner))


# ----------------------------------------------------------------------- names


@lowers(nodes.Name)
def name(state: FunctionState, node: nodes.Name) -> Value:
    """A bare name as a value."""
    return READ[state.meaning(node.name)](state, node.name)


def read_static(state: FunctionState, name: str) -> Value:
    return Value(state.py.attribute(state.py.name(state.statics), attribute(name)), ANY)


def read_inner(state: FunctionState, name: str) -> Value:
    return Value(state.py.attribute(state.py.name("self"), attribute(name)), ANY)


def read_own(state: FunctionState, name: str) -> Value:
    """The function that the code is in."""
    own = state.routine.own
    assert own is not None
    if state.routine.is_bound:
        return Value(bound_function(state, own, "self"), ANY)
    return Value(state.py.name(state.unit.inner_names[id(own)]), ANY)


def read_keyword(state: FunctionState, name: str) -> Value:
    return Value(state.py.name("gml_global" if name == "global" else name), STRUCT)


def read_argument(state: FunctionState, name: str) -> Value:
    """`argument_count`, `argument0`, …; bare `argument` is the array of them."""
    py = state.py
    if name == "argument_count":
        return Value(py.name("gml_argument_count"), REAL)
    if name == "argument":
        return Value(py.name("gml_arguments"), ARRAY)
    slot = py.constant(int(name.removeprefix("argument")))
    return Value(py.call("gml_argument", py.name("gml_arguments"), slot), ANY)


def read_constant(state: FunctionState, name: str) -> Value:
    if name in PLACE_NAMES:
        return read_place(state, name)
    if name in LITERAL_NAMES:
        return literal(state, LITERAL_NAMES[name])
    facts = state.unit.names.constant(name)
    assert facts is not None
    if facts.module:
        state.unit.constants[name] = facts.module
        return Value(state.py.name(f"gml_constant_{name}"), ANY)
    return literal(state, facts.value)


def read_place(state: FunctionState, name: str) -> Value:
    """The compile-time macros of the manual's Debugging chapter."""
    if name == "_GMLINE_":
        line = state.py.where["lineno"]
        return Value(state.py.constant(line), NAT, line)
    entry = state.entry if name == "_GMFUNCTION_" else state.outer_entry
    return Value(state.py.constant(entry), STR, entry)


def literal(state: FunctionState, value: Any) -> Value:
    """A constant that Python code can hold, with the kind that its Python type says."""
    if type(value) is float and value.is_integer() and 0 <= value < SMALL:
        return Value(state.py.constant(int(value)), NAT, int(value))
    kind = {float: REAL, bool: BOOL, int: INT64, str: STR, type(None): UNDEFINED}[type(value)]
    constant = value if kind in (REAL, INT64, STR) and value == value else None
    return Value(state.py.constant(value), kind, constant)


def read_enum(state: FunctionState, name: str) -> Value:
    """Only its members are values; the checks before the lowering say so."""
    return Value(state.py.constant(None), UNDEFINED)


def read_globalvar(state: FunctionState, name: str) -> Value:
    return Value(state.py.attribute(state.py.name("gml_global"), attribute(name)), ANY)


def read_kept(state: FunctionState, name: str) -> Value:
    return Value(state.py.attribute(state.py.name("gml_kept"), attribute(name)), ANY)


def read_script(state: FunctionState, name: str) -> Value:
    return Value(script(state, name), ANY)


def read_asset(state: FunctionState, name: str) -> Value:
    state.unit.assets[name] = None
    return Value(state.py.name(f"gml_asset_{name}"), ANY)


def read_builtin(state: FunctionState, name: str) -> Value:
    facts = state.unit.names.function(name)
    assert facts is not None
    state.unit.builtin_values[name] = facts.module
    return Value(state.py.name(f"gml_value_{name}"), ANY)


def read_variable(state: FunctionState, name: str) -> Value:
    facts = state.unit.names.variable(name)
    assert facts is not None
    state.unit.variables[name] = facts.module
    if not facts.is_steady:
        return Value(state.py.call(f"gml_get_{name}"), ANY)
    held = f"gml_steady_{name}"
    state.steady[held] = name
    return Value(state.py.name(held), ANY)


def absent_family(state: FunctionState, name: str) -> str:
    """The family of a name that a run without a screen lacks and the program does not make its own, or empty."""
    return "" if name in state.unit.symbols.assigned else state.unit.names.absent(name)


def absent_function(state: FunctionState, name: str) -> str:
    """The family of a function that a run lacks and the program does not make its own, or empty."""
    return "" if name in state.unit.symbols.assigned else state.unit.names.absent_function(name)


def read_member(state: FunctionState, name: str) -> Value:
    py = state.py
    if name in state.held:
        return Value(py.name(state.held[name]), REAL)
    if family := absent_family(state, name) or absent_function(state, name):
        facts = (name, family, state.unit.names.absent_result(name))
        return Value(py.call("gml_absent_value", py.name("self"), *map(py.constant, facts)), ANY)
    return Value(py.attribute(py.name("self"), attribute(name)), ANY)


def read_local(state: FunctionState, name: str) -> Value:
    return state.local(name)


READ = {
    Meaning.LOCAL: read_local,
    Meaning.KEPT: read_kept,
    Meaning.STATIC: read_static,
    Meaning.INNER_FUNCTION: read_inner,
    Meaning.OWN_FUNCTION: read_own,
    Meaning.KEYWORD: read_keyword,
    Meaning.ARGUMENT: read_argument,
    Meaning.CONSTANT: read_constant,
    Meaning.ENUM: read_enum,
    Meaning.GLOBALVAR: read_globalvar,
    Meaning.SCRIPT: read_script,
    Meaning.ASSET: read_asset,
    Meaning.BUILTIN: read_builtin,
    Meaning.VARIABLE: read_variable,
    Meaning.MEMBER: read_member,
}


def script(state: FunctionState, name: str) -> ast.expr:
    """A script function, linked into the unit's namespace under its code entry name."""
    state.unit.scripts[name] = None
    library = state.unit.symbols.library.get(name)
    if library is not None and name not in state.unit.symbols.functions:
        state.unit.library[library] = None
    return state.py.name(f"gml_Script_{name}")


# --------------------------------------------------------- members and elements


@lowers(nodes.Dot)
def dot(state: FunctionState, node: nodes.Dot) -> Value:
    """`base.name`."""
    member = enum_member(state, node)
    if member is not None:
        return Value(state.py.constant(member), INT64, member)
    if node.name in state.held and isinstance(node.base, nodes.Name) and node.base.name == "self":
        return Value(state.py.name(state.held[node.name]), REAL)
    if state.speculates and is_plain_member(node.name) and may_stand_bare(state, node.base):
        return Value(state.py.attribute(bare_base(state, node.base), attribute(node.name)), ANY)
    return Value(state.py.attribute(dot_base(state, node.base), attribute(node.name)), ANY)


def bare_base(state: FunctionState, node: nodes.Expression) -> ast.expr:
    """The base of a dot as it is, where a handler finds out what is no struct."""
    state.before_dot = node
    value = state.expression(node)
    state.before_dot = None
    state.has_speculated |= value.kind != STRUCT
    return state.box(value)


def enum_member(state: FunctionState, node: nodes.Dot) -> int | None:
    """The value of `Enum.Member`, None when the dot means something else."""
    if isinstance(node.base, nodes.Name) and state.unit.resolver.is_enum(node.base.name, state.routine):
        return state.unit.symbols.enums[node.base.name].get(node.name, 0)
    return None


def dot_base(state: FunctionState, node: nodes.Expression) -> ast.expr:
    """The base of a dot, as the object that has the variable: handles and ids are looked up."""
    py = state.py
    value = state.expression(node)
    if value.kind == STRUCT:
        return value.node
    test, again = state.reusable(state.box(value))
    has_variables = py.compare(py.call("gml_type", py.call("gml_type", test)), "is", py.name("gml_class"))
    return py.choose(has_variables, again(), py.call("gml_dot", again(), py.name("self"), py.name("other")))


ACCESSORS = {"|": "gml_list_get", "?": "gml_map_get", "#": "gml_grid_get", "$": "gml_struct_get"}


@lowers(nodes.Index)
def index(state: FunctionState, node: nodes.Index) -> Value:
    """`a[i]` and the accessors."""
    py = state.py
    if node.accessor:
        return accessed(state, node)
    if isinstance(node.base, nodes.Name) and node.base.name == "argument" and state.routine.uses_arguments:
        made = py.call("gml_argument", py.name("gml_arguments"), state.boxed(node.indices[0]))
        return Value(made, ANY)
    is_bare = node is state.before_dot or node is state.tested_later
    state.before_dot = None
    if is_bare and isinstance(node.base, nodes.Index):
        state.before_dot = node.base
    value = state.expression(node.base)
    state.before_dot = None
    for at, step in enumerate(node.indices):
        kind = element_kind(state.routine, node, at)
        value = Value(bare_element(state, value, step) if is_bare else element(state, value, step), kind)
    return value


def accessed(state: FunctionState, node: nodes.Index) -> Value:
    """`l[| i]`, `m[? k]`, `g[# x, y]` and `s[$ k]`."""
    values = [state.expression(node.base), *(state.expression(i) for i in node.indices)]
    base = values[0].node
    if isinstance(base, ast.Name) and base.id in state.steady and isinstance(node.indices[0], nodes.String):
        return steady_entry(state, base.id, values[1].node)
    return entry_of(state, ACCESSORS[node.accessor], values)


def entry_of(state: FunctionState, getter: str, values: Sequence[Value]) -> Value:
    """An entry of a data structure, read by the accessor's helper or inline."""

    def slow(given: Sequence[Value]) -> ast.expr:
        scope = [state.py.name("self"), state.py.name("other")] if getter == "gml_struct_get" else []
        return state.py.call(getter, *(state.box(value) for value in given), *scope)

    if not state.optimise:
        return Value(slow(values), ANY)
    return inlined(state, ACCESSOR_FORMS[getter], values, slow)


def steady_entry(state: FunctionState, held: str, key: ast.expr) -> Value:
    """The same of a map that the function gets once: together with the look-up of its entries."""
    py = state.py
    state.looked_up[held] = None
    entry = state.temporary()
    found = py.walrus(entry, py.call(f"{held}_entry", key))
    fast = py.subscript(py.name(entry), py.constant(1))
    slow = py.call("gml_held_get", py.constant(state.steady[held]), py.name(held), key)
    return Value(py.choose(py.compare(found, "is not", py.constant(None)), fast, slow), ANY)


def element(state: FunctionState, base: Value, index: nodes.Expression) -> ast.expr:
    """`base[index]` for reading."""
    py = state.py
    if base.kind == ARRAY and isinstance(base.node, ast.Subscript):  # in a local, where a failed read is looked into
        return py.subscript(py.walrus(state.temporary(), base.node), position(state, index))
    if base.kind == ARRAY:
        return py.subscript(base.node, position(state, index))
    test, again = state.reusable(state.box(base))
    fast = py.subscript(again(), position(state, index))
    return py.choose(state.type_is(test, "gml_list"), fast, py.call("gml_no_array", again()))


def bare_element(state: FunctionState, base: Value, index: nodes.Expression) -> ast.expr:
    """`base[index]` before a dot or a test, where a handler finds out what is no array: a string gives a string."""
    state.has_speculated |= base.kind != ARRAY
    return state.py.subscript(state.box(base), position(state, index))


def position(state: FunctionState, node: nodes.Expression) -> ast.expr:
    """An index as a Python int that is not negative."""
    py = state.py
    value = state.expression(node)
    if value.kind == NAT:
        return value.node
    if value.kind in (INT, INT64) and value.constant is None:
        test, again = state.reusable(value.node)
        return py.choose(py.compare(test, ">=", py.constant(0)), again(), py.call("gml_negative", again()))
    name, held = state.temporary(), state.whole_of(value.node)
    boxed = state.box(value)
    whole = py.walrus(name, state.truncated(boxed) if value.kind == REAL else py.call("gml_trunc", boxed))
    condition = py.compare(whole, ">=", py.constant(0))
    general = py.choose(condition, py.name(name), py.call("gml_negative", py.name(name)))
    if not held:
        return general
    return py.choose(py.compare(py.name(held), "<", py.constant(NO_INDEX)), py.name(held), general)
