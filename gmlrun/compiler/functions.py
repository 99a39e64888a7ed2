"""Whole functions: a GML function, event or source body goes in, a Python function definition comes out."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from gmlrun.compiler import calls, expressions, operators, statements, stores  # noqa: F401 - they register lowerings
from gmlrun.compiler.calls import INLINE_KINDS
from gmlrun.compiler.expressions import attribute, script
from gmlrun.compiler.kinds import ANY, RETURN_KINDS, LocalKinds
from gmlrun.compiler.lowering import FunctionState, UnitState
from gmlrun.compiler.pyast import local_name
from gmlrun.compiler.scopes import Meaning, Scope, scope_of
from gmlrun.compiler.versions import test_of, tested_parameters
from gmlrun.compiler.walk import body_nodes
from gmlrun.syntax import nodes
from gmlrun.unit import FunctionEntry

UNBOUND = ("other", "self")
BOUND = ("self", "other", "gml_target")


def compile_body(
    unit: UnitState,
    entry: str,
    body: Sequence[nodes.Statement],
    root: Any,
    is_script: bool = False,
    value: bool = False,
) -> str:
    """Compiles an event's or a source's own statements as a function without parameters.

    `value`: the function returns what a final expression statement evaluates to.
    """
    scope = scope_of(Scope(entry, entry, is_script_level=is_script), root)
    state = begin(unit, scope, root)
    made = hoisted(state) + state.block(body[:-1] if value else body)
    if value:
        made += final_value(state, body[-1])
    define(state, entry, UNBOUND, (), made)
    unit.functions.append(FunctionEntry(entry, statics=state.statics))
    compile_inner(state, root)
    return entry


def final_value(state: FunctionState, statement: nodes.Statement) -> list[ast.stmt]:
    """`return` of an expression statement's value; any other statement as it is."""
    if isinstance(statement, nodes.ExpressionStatement):
        is_declaration = isinstance(statement.value, nodes.Function) and statement.value.name is not None
        if not is_declaration:
            return [state.py.give(state.boxed(statement.value))]
    return state.statement(statement)


def compile_function(
    unit: UnitState, node: nodes.Function, python_name: str, outer: str, script_name: str = "", bound: bool = False
) -> None:
    """Compiles a function; `bound` ones become methods and take their self first."""
    names = tuple(p.name for p in node.parameters)
    scope = Scope(python_name, python_name if script_name else outer, names, is_constructor=node.is_constructor)
    state = begin(unit, scope_of(scope, node), node)
    before = unit.py.at(node.span)
    made = prologue(state, node) + fast_version(state, node) + state.statement(node.body)
    unit.py.where = before
    define(state, python_name, BOUND if bound else UNBOUND, names, made)
    unit.functions.append(
        FunctionEntry(python_name, script_name, names, node.is_constructor, node.name or "", state.statics)
    )
    compile_inner(state, node)


def begin(unit: UnitState, scope: Scope, root: Any) -> FunctionState:
    """The state for a function's code, with its locals' kinds inferred and its inner functions named."""
    given = dict.fromkeys(scope.parameters, ANY)
    state = FunctionState(unit, scope, local_kinds(unit, scope).infer(root, scope.locals, given))
    for node in body_nodes(root):
        if isinstance(node, nodes.Increment) and isinstance(node.target, nodes.Name):
            state.stepped.add(local_name(node.target.name))
        elif isinstance(node, nodes.Function) and node is not root and id(node) not in unit.inner_names:
            unit.inner_names[id(node)] = f"{inner_prefix(node)}@{node.span.start}@{scope.entry}"
    return state


def local_kinds(unit: UnitState, scope: Scope) -> LocalKinds:
    """The inference of a scope's locals."""
    return LocalKinds(lambda name: returned_kind(unit, scope, name))


def fast_version(state: FunctionState, node: nodes.Function) -> list[ast.stmt]:
    """The body once more, for arguments of the types that it seems to be written for."""
    if state.scope.uses_arguments:
        return []
    inference = local_kinds(state.unit, state.scope)
    general = state.kinds
    inference.infer(node, state.scope.locals, dict.fromkeys(state.scope.parameters, ANY))
    tested = tested_parameters(node, inference.stored)
    if not tested:
        return []
    given = {**dict.fromkeys(state.scope.parameters, ANY), **tested}
    state.kinds = local_kinds(state.unit, state.scope).infer(node, state.scope.locals, given)
    body = [*state.statement(node.body), state.py.give(None)]
    state.kinds = general
    return [state.py.branch(test_of(state, tested), body, [])]


def inner_prefix(node: nodes.Function) -> str:
    return node.name or "gml_Script_anon"


def returned_kind(unit: UnitState, scope: Scope, name: str) -> str | None:
    """The kind of a builtin's result, None for a name that is no builtin in this scope."""
    if unit.resolver.meaning(name, scope) is not Meaning.BUILTIN:
        return None
    if name in INLINE_KINDS:
        return INLINE_KINDS[name]
    facts = unit.names.function(name)
    return RETURN_KINDS.get(facts.returns, ANY) if facts is not None else None


def define(
    state: FunctionState, name: str, hidden: Sequence[str], parameters: Sequence[str], body: list[ast.stmt]
) -> None:
    """Adds the Python function to the unit."""
    py = state.py
    if state.scope.uses_arguments:
        made = py.function(name, hidden, 0, "gml_arguments", body)
    else:
        made = py.function(name, [*hidden, *map(local_name, parameters)], len(parameters), "gml_rest", body)
    state.unit.code.append(made)


# ------------------------------------------------------------------- prologues


def prologue(state: FunctionState, node: nodes.Function) -> list[ast.stmt]:
    """What runs before the body: arguments, defaults, the parent's constructor, statics, inner functions."""
    made = list_arguments(state, len(node.parameters))
    for parameter in node.parameters:
        if parameter.default is not None:
            made.append(default(state, parameter))
    if node.parent is not None:
        made.append(parent_call(state, node.parent))
    return made + first_call(state, node) + hoisted(state)


def list_arguments(state: FunctionState, named: int) -> list[ast.stmt]:
    """For code that names `argument…`: the count, and the arguments as a list that named ones share."""
    py = state.py
    if not state.scope.uses_arguments:
        return []
    count = py.call("gml_float", py.call("gml_len", py.name("gml_arguments")))
    padded = py.call("gml_pad", py.name("gml_arguments"), py.constant(named))
    return [py.set("gml_argument_count", count), py.set("gml_arguments", padded)]


def default(state: FunctionState, parameter: nodes.Parameter) -> ast.stmt:
    """A missing argument, or an explicit undefined, takes the default."""
    py = state.py
    assert parameter.default is not None
    before = py.at(parameter.span)
    missing = py.compare(state.local(parameter.name).node, "is", py.constant(None))
    made = py.branch(missing, stores.store_local(state, parameter.name, state.expression(parameter.default)), [])
    py.where = before
    return made


def parent_value(state: FunctionState, parent: nodes.ParentCall) -> ast.expr:
    """The parent constructor: a script function, or what a variable holds."""
    if state.meaning(parent.name) is Meaning.SCRIPT:
        return script(state, parent.name)
    return state.boxed(nodes.Name(parent.name_span, parent.name))


def parent_call(state: FunctionState, parent: nodes.ParentCall) -> ast.stmt:
    py = state.py
    given = [state.boxed(a) for a in parent.arguments]
    call = py.call("gml_parent", parent_value(state, parent), py.name("self"), py.name("other"), *given)
    return py.expression(call)


def first_call(state: FunctionState, node: nodes.Function) -> list[ast.stmt]:
    """The first call links the static chain and runs the `static` declarations, wherever they stand."""
    py = state.py
    declarators = [d for n in body_nodes(node) if isinstance(n, nodes.Static) for d in n.declarators]
    if not declarators and node.parent is None:
        return []
    made = [py.assign(py.attribute(py.name(state.statics), "__fresh__"), py.constant(False))]
    if node.parent is not None:
        made.append(py.expression(py.call("gml_inherit", py.name(state.statics), parent_value(state, node.parent))))
    for declarator in declarators:
        before = py.at(declarator.span)
        made.append(py.expression(static(state, declarator)))
        py.where = before
    return [py.branch(py.attribute(py.name(state.statics), "__fresh__"), made, [])]


def static(state: FunctionState, declarator: nodes.Declarator) -> ast.expr:
    """A function as a static's value is unbound: it serves whichever struct it is called on."""
    py = state.py
    assert declarator.value is not None
    if isinstance(declarator.value, nodes.Function):
        value: ast.expr = py.name(state.unit.inner_names[id(declarator.value)])
    else:
        value = state.boxed(declarator.value)
    return py.call("gml_set_static", py.name(state.statics), py.constant(declarator.name), value)


def hoisted(state: FunctionState) -> list[ast.stmt]:
    """Named inner functions exist, as variables of self, before the first statement."""
    py = state.py
    made = []
    for name, node in state.scope.inner.items():
        target = py.attribute(py.name("self"), attribute(name))
        made.append(py.assign(target, py.name(state.unit.inner_names[id(node)])))
    return made


# ------------------------------------------------------------- inner functions


def compile_inner(state: FunctionState, root: Any) -> None:
    """Compiles the functions that stand directly in a function's code, each as its own Python function."""
    statics = {
        id(d.value)
        for n in body_nodes(root)
        if isinstance(n, nodes.Static)
        for d in n.declarators
        if d.value is not None
    }
    for node in body_nodes(root):
        if isinstance(node, nodes.Function) and node is not root:
            name = state.unit.inner_names[id(node)]
            if state.scope.is_script_level and node.name is not None:
                continue
            bound = node.name is None and id(node) not in statics
            compile_function(state.unit, node, name, state.scope.outer_entry, bound=bound)
