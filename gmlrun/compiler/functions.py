"""Whole functions: a GML function, event or source body goes in, a Python function definition comes out."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import partial

from gmlrun.compiler import assignments, calls, expressions, operators, statements  # noqa: F401 - they register lowerings
from gmlrun.compiler.analysis import Routine
from gmlrun.compiler.constants import literal_integer
from gmlrun.compiler.expressions import script
from gmlrun.compiler.kinds import ANY, BITWISE, NUMBERS, REAL
from gmlrun.compiler.lowering import FunctionState, UnitState
from gmlrun.compiler.methods import has_method_form
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.pyast import local_name
from gmlrun.compiler.returned_kinds import always_returns, is_enum, returned_by_method, returned_kind, type_inference
from gmlrun.compiler.scalar_replacement import held
from gmlrun.compiler.specialisation import Specialisation, test_of, tested_parameters
from gmlrun.compiler.type_inference import TypeInference
from gmlrun.language import attribute
from gmlrun.syntax import nodes
from gmlrun.unit import FAST_FORM, METHOD_FORM, FunctionEntry

UNBOUND = ("other", "self")
BOUND = ("self", "other", "gml_target")


def compile_body(
    unit: UnitState, routine: Routine, entry: str, body: Sequence[nodes.Statement], value: bool = False
) -> str:
    """Compiles an event's or a source's own statements as a function without parameters; returns its name.

    `value`: the function returns what a final expression statement evaluates to.
    """
    state = begin(unit, routine, entry, entry)
    before = unit.py.at(routine.root.span)
    own = body[:-1] if value else body
    made = list_arguments(state, ()) + hoisted(state) + held(state, own, lambda: state.block(own))
    if value:
        made += final_value(state, body[-1])
    before = unit.py.at(body[0].span) if body else unit.py.where  # the line that profilers name the code by
    define(state, entry, UNBOUND, (), made)
    unit.py.where = before
    unit.functions.append(FunctionEntry(entry, statics=state.statics))
    compile_inner(state)
    return entry


def final_value(state: FunctionState, statement: nodes.Statement) -> list[ast.stmt]:
    """`return` of an expression statement's value; any other statement as it is."""
    if isinstance(statement, nodes.ExpressionStatement):
        is_declaration = isinstance(statement.value, nodes.Function) and statement.value.name is not None
        if not is_declaration:
            return [state.py.give(state.boxed(statement.value))]
    return state.statement(statement)


def compile_function(
    unit: UnitState, node: nodes.Function, python_name: str, outer_entry: str = "", script_name: str = ""
) -> None:
    """Compiles a function; bound ones become methods and take their self first."""
    routine = unit.analysis.routine_of(node)
    state = begin(unit, routine, python_name, outer_entry or python_name)
    before = unit.py.at(node.span)
    hidden, names = BOUND if routine.is_bound else UNBOUND, routine.parameters
    made, fast = prologue(state, node), specialised_version(state, node, hidden)
    state.is_general = bool(fast)
    body = state.statement(node.body) if fast else held(state, [node.body], lambda: state.statement(node.body))
    made += fast + body
    define(state, python_name, hidden, names, made)
    unit.py.where = before
    entry = FunctionEntry(python_name, script_name, names, node.is_constructor, node.name or "", state.statics)
    is_called_directly = unit.source.dialect.calls_constructors
    parent = "" if node.parent is None else node.parent.name
    entry = entry._replace(methods=static_functions(state), is_called_directly=is_called_directly, parent=parent)
    unit.functions.append(entry)
    compile_inner(state)


def begin(unit: UnitState, routine: Routine, entry: str, outer_entry: str) -> FunctionState:
    """The state for a routine's code, with its locals' kinds inferred and its inner functions named."""
    given = dict.fromkeys(routine.parameters, ANY)
    inferred = type_inference(unit, routine).infer(given) if unit.symbols.optimise else {}
    state = FunctionState(unit, routine, entry, outer_entry, inferred)
    state.fixed = fixed_locals(state) if unit.symbols.optimise else {}
    state.calculates_bits = any(map(calculates_bits, routine.nodes))
    state.stepped.update(map(local_name, routine.stepped if state.optimise else routine.stepped | routine.led))
    for node in routine.functions:
        unit.inner_names[id(node)] = f"{inner_prefix(node)}@{node.span.start}@{entry}"
    return state


def calculates_bits(node: nodes.Node) -> bool:
    """Whether a node is a bitwise operator."""
    if isinstance(node, nodes.Assign):
        return node.operator[:-1] in BITWISE
    return isinstance(node, (nodes.Binary, nodes.Unary)) and node.operator in (*BITWISE, "~")


def fixed_locals(state: FunctionState) -> dict[str, tuple[tuple[int, int], float]]:
    """The locals that a `var` at the top of the code gives a whole number, and that nothing else stores to."""
    routine = state.routine
    body = routine.root.body if isinstance(routine.root, nodes.Function) else routine.root
    made = {}
    for declarator in (d for s in getattr(body, "body", ()) if isinstance(s, nodes.Var) for d in s.declarators):
        number, name = literal_integer(declarator.value), declarator.name
        if number is not None and len(routine.stores.get(name, ())) == 1 and name not in routine.parameters:
            before = state.py.at(declarator.span)
            made[name] = ((state.py.where["end_lineno"], state.py.where["end_col_offset"]), float(number))
            state.py.where = before
    return made


def specialised_version(state: FunctionState, node: nodes.Function, hidden: Sequence[str]) -> list[ast.stmt]:
    """The jump to the body's fast version, for arguments of the types that it seems to be written for."""
    if state.routine.uses_arguments or not state.optimise:
        return []
    tested = tested_parameters(state.routine, node)
    if not tested:
        return []
    fast = Specialisation(state.entry + FAST_FORM, state.routine.parameters, tested, ANY)
    if not is_recursive(state.routine, node) or not compile_specialised(
        state, node, hidden, fast._replace(returns=returned_by(state, node, fast))
    ):
        body = [*specialised_body(state, node, fast), state.py.give(None)]
        return [state.py.branch(test_of(state, tested), body, [])]
    given = [state.py.name(n) for n in (*hidden, *map(local_name, state.routine.parameters))]
    return [state.py.branch(test_of(state, tested), [state.py.give(state.py.call(fast.entry, *given))], [])]


def compile_specialised(
    state: FunctionState, node: nodes.Function, hidden: Sequence[str], fast: Specialisation
) -> bool:
    """Adds the fast version to the unit as a function of its own, if it calls itself directly; returns whether."""
    state.fast, state.returns, state.calls_itself = fast, fast.returns, False
    outside, state.steady, state.looked_up = (state.steady, state.looked_up), {}, {}
    left = state.versions_left
    body = specialised_body(state, node, fast)
    body = opening(state) + body
    state.fast, state.returns, (state.steady, state.looked_up) = None, ANY, outside
    names = [*hidden, *map(local_name, fast.parameters)]
    if state.calls_itself:
        state.unit.code.append(state.py.function(fast.entry, names, 0, "", body))
    else:
        state.versions_left = left
    return state.calls_itself


def specialised_body(state: FunctionState, node: nodes.Function, fast: Specialisation) -> list[ast.stmt]:
    """The body, compiled for parameters of the tested types."""
    general, state.narrowed, state.assigned = state.kinds, {}, set(state.routine.parameters)
    state.kinds = specialised_inference(state, fast).infer(given_kinds(state, fast))
    made = held(state, [node.body], lambda: state.statement(node.body))
    state.kinds, state.narrowed, state.assigned = general, {}, set(state.routine.parameters)
    return made


def is_recursive(routine: Routine, node: nodes.Function) -> bool:
    """Whether a function calls itself, and nothing runs before its body, so that it may do so directly."""
    if node.name is None or node.name not in routine.called or routine.statics or routine.functions:
        return False
    return node.parent is None and not any(p.default for p in node.parameters)


def given_kinds(state: FunctionState, fast: Specialisation) -> dict[str, str]:
    return {**dict.fromkeys(state.routine.parameters, ANY), **fast.tested}


def specialised_inference(state: FunctionState, fast: Specialisation) -> TypeInference:
    """The inference for a fast version, which knows what the function itself returns."""
    unit, routine = state.unit, state.routine

    def returns(name: str, given: Sequence[str]) -> str | None:
        own = f"gml_Script_{name}" == state.entry and unit.resolver.meaning(name, routine) is Meaning.SCRIPT
        return fast.returns if own else returned_kind(unit, routine, name, given)

    return TypeInference(routine, returns, partial(is_enum, unit, routine), partial(returned_by_method, unit))


def returned_by(state: FunctionState, node: nodes.Function, fast: Specialisation) -> str:
    """REAL if each call of the fast version returns a number, supposing that its calls of itself do."""
    if not always_returns(node.body):
        return ANY
    inference = specialised_inference(state, fast._replace(returns=REAL))
    inference.infer(given_kinds(state, fast))
    found = (inference.kind_of(n.value) for n in state.routine.returns)
    return REAL if all(kind in NUMBERS for kind in found) else ANY


def inner_prefix(node: nodes.Function) -> str:
    return node.name or "gml_Script_anon"


def define(
    state: FunctionState, name: str, hidden: Sequence[str], parameters: Sequence[str], body: list[ast.stmt]
) -> None:
    """Adds the Python function to the unit."""
    body = opening(state) + body
    state.unit.code.append(defined(state, name, hidden, parameters, "gml_rest", body))
    static_name = state.routine.static_name
    if static_name and has_method_form(state.unit, static_name):
        rest = "" if state.unit.symbols.most_arguments.get(static_name, 0) <= len(parameters) else "gml_rest"
        state.unit.code.append(defined(state, name + METHOD_FORM, BOUND, parameters, rest, body))


def defined(
    state: FunctionState, name: str, hidden: Sequence[str], parameters: Sequence[str], rest: str, body: list[ast.stmt]
) -> ast.stmt:
    """The definition of the function, or of another form of it."""
    if state.routine.uses_arguments:
        return state.py.function(name, hidden, 0, "gml_arguments", body)
    return state.py.function(name, [*hidden, *map(local_name, parameters)], len(parameters), rest, body)


# ------------------------------------------------------------------- prologues


def opening(state: FunctionState) -> list[ast.stmt]:
    """The very first of a function: the built-in variables that its code, lowered by now, reads from locals."""
    py = state.py
    made = [py.set(held, py.call(f"gml_get_{name}")) for held, name in state.steady.items()]
    return made + [py.set(f"{held}_entry", py.call("gml_entries", py.name(held))) for held in state.looked_up]


def prologue(state: FunctionState, node: nodes.Function) -> list[ast.stmt]:
    """The statements before the body: arguments, defaults, the parent's constructor, statics, inner functions."""
    made = list_arguments(state, node.parameters)
    for parameter in node.parameters:
        if parameter.default is not None:
            made.append(default(state, parameter))
    if node.parent is not None:
        made.append(parent_call(state, node.parent))
    return made + first_call(state, node) + hoisted(state)


def list_arguments(state: FunctionState, parameters: Sequence[nodes.Parameter]) -> list[ast.stmt]:
    """For code that names `argument…`: the count, and the arguments as a list that named ones share.

    An argument that takes its default counts, and so do those before it.
    """
    py = state.py
    if not state.routine.uses_arguments:
        return []
    given = py.call("gml_len", py.name("gml_arguments"))
    least = max((at for at, parameter in enumerate(parameters, 1) if parameter.default is not None), default=0)
    enough = py.compare(given, ">=", py.constant(least))
    counted = py.choose(enough, given, py.constant(least)) if least else given
    count = py.call("gml_float", counted)
    padded = py.call("gml_pad", py.name("gml_arguments"), py.constant(len(parameters)))
    return [py.set("gml_argument_count", count), py.set("gml_arguments", padded)]


def default(state: FunctionState, parameter: nodes.Parameter) -> ast.stmt:
    """A missing argument, or an explicit undefined, takes the default."""
    py = state.py
    assert parameter.default is not None
    before = py.at(parameter.span)
    missing = py.compare(state.local(parameter.name).node, "is", py.constant(None))
    made = py.branch(missing, assignments.store_local(state, parameter.name, state.expression(parameter.default)), [])
    state.narrow(parameter.name, ANY)
    py.where = before
    return made


def parent_value(state: FunctionState, parent: nodes.ParentCall) -> ast.expr:
    """The parent constructor: one that stands in the code around, a script function, or what a variable holds."""
    around = state.routine.around
    while around is not None:
        if parent.name in around.inner:
            return state.py.name(state.unit.inner_names[id(around.inner[parent.name])])
        if parent.name in around.named:
            return expressions.bound_function(state, around.named[parent.name], "self")
        around = around.around
    if state.meaning(parent.name) is Meaning.SCRIPT:
        return script(state, parent.name)
    return state.boxed(nodes.Name(parent.name_span, parent.name))


def parent_call(state: FunctionState, parent: nodes.ParentCall) -> ast.stmt:
    py = state.py
    given = [state.boxed(a) for a in parent.arguments]
    own = (py.name(state.statics), py.name("self"), py.name("other"))
    return py.expression(py.call("gml_parent", parent_value(state, parent), *own, *given))


def first_call(state: FunctionState, node: nodes.Function) -> list[ast.stmt]:
    """The first call links the static chain and runs the `static` declarations, wherever they stand."""
    py = state.py
    declarators = state.routine.statics
    if not declarators and node.parent is None:
        return []
    made = [py.assign(py.attribute(py.name(state.statics), "__fresh__"), py.constant(False))]
    if node.parent is not None:
        made.append(py.expression(py.call("gml_inherit", py.name(state.statics), parent_value(state, node.parent))))
    for declarator in declarators:
        before = py.at(declarator.span)
        made.append(py.expression(static(state, declarator)))
        if isinstance(declarator.value, nodes.Function) and has_method_form(state.unit, declarator.name):
            form = py.name(state.unit.inner_names[id(declarator.value)] + METHOD_FORM)
            made.append(
                py.expression(py.call("gml_set_method", py.name(state.statics), py.constant(declarator.name), form))
            )
        py.where = before
    return [py.branch(py.attribute(py.name(state.statics), "__fresh__"), made, [])]


def static_functions(state: FunctionState) -> tuple[tuple[str, str], ...]:
    """The statics that are declared as functions, each with the Python name of its code."""
    functions = [(d.name, d.value) for d in state.routine.statics if isinstance(d.value, nodes.Function)]
    return tuple((name, state.unit.inner_names[id(value)]) for name, value in functions)


def static(state: FunctionState, declarator: nodes.Declarator) -> ast.expr:
    """A function as a static's value is unbound: it serves whichever struct it is called on."""
    py = state.py
    assert declarator.value is not None
    if isinstance(declarator.value, nodes.Function):
        value: ast.expr = py.name(state.unit.inner_names[id(declarator.value)])
    else:
        value = state.boxed(declarator.value)
    return py.call("gml_declare_static", py.name(state.statics), py.constant(declarator.name), value)


def hoisted(state: FunctionState) -> list[ast.stmt]:
    """Named inner functions exist, as variables of self, before the first statement."""
    py = state.py
    made = []
    for name, node in state.routine.inner.items():
        target = py.attribute(py.name("self"), attribute(name))
        made.append(py.assign(target, py.name(state.unit.inner_names[id(node)])))
    for name, node in state.routine.named.items():
        target = py.attribute(py.name("self"), attribute(name))
        made.append(py.assign(target, expressions.bound_function(state, node, "self")))
    return made


# ------------------------------------------------------------- inner functions


def compile_inner(state: FunctionState) -> None:
    """Compiles the functions that stand directly in a routine, each as its own Python function."""
    routine = state.routine
    for node in routine.functions:
        if not (routine.is_script_level and routine.is_declared(node)):
            compile_function(state.unit, node, state.unit.inner_names[id(node)], state.outer_entry)
