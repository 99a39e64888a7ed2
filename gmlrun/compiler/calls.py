"""Calls: script functions and builtins directly, every other callee as `callee(other, target, …)`."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import partial

from gmlrun.compiler import kinds
from gmlrun.compiler.expressions import absent_function, as_text, dot_base, enum_member, read_builtin, script
from gmlrun.compiler.intrinsics import intrinsic, returned_by_builtin
from gmlrun.compiler.kinds import ANY, STR, STRUCT
from gmlrun.compiler.lowering import FunctionState, Value, lowers
from gmlrun.compiler.methods import has_method_form
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.purity import is_without_effects, may_stand_bare
from gmlrun.compiler.returned_kinds import returned_by_method, returned_by_script
from gmlrun.compiler.speculation import is_worth_trying, speculated
from gmlrun.compiler.symbols import FunctionFacts
from gmlrun.language import SCOPE_NAMES, attribute, method_attribute
from gmlrun.syntax import nodes


@lowers(nodes.Call)
def call(state: FunctionState, node: nodes.Call) -> Value:
    """Any call."""
    callee = node.callee
    if isinstance(callee, nodes.Name):
        return named_call(state, node, callee.name)
    if isinstance(callee, nodes.Dot) and enum_member(state, callee) is None:
        return dotted_call(state, node, callee)
    return value_call(state, state.boxed(callee), node)


def arguments(state: FunctionState, node: nodes.Call | nodes.New) -> list[ast.expr]:
    return [state.boxed(a) for a in node.arguments]


def scope_arguments(state: FunctionState) -> list[ast.expr]:
    """`other, self`: the first two of every unbound function, here those of the caller."""
    return [state.py.name("other"), state.py.name("self")]


def named_call(state: FunctionState, node: nodes.Call, name: str) -> Value:
    """`name(…)`."""
    py, meaning = state.py, state.meaning(name)
    if name == "nameof" and meaning is Meaning.MEMBER:
        return nameof(state, node)
    if meaning is Meaning.SCRIPT:
        fast = own_fast_call(state, node, name)
        if fast is not None:
            return fast
        return script_call(state, node, name)
    if meaning is Meaning.INNER_FUNCTION:
        code = py.name(state.unit.inner_names[id(state.routine.inner[name])])
        return Value(py.call(code, *scope_arguments(state), *arguments(state, node)), ANY)
    if meaning is Meaning.OWN_FUNCTION:
        return own_call(state, node)
    if meaning is Meaning.BUILTIN:
        return builtin_call(state, node, name)
    if meaning is Meaning.MEMBER and (family := absent_function(state, name)):
        facts = map(py.constant, (name, family, state.unit.names.absent_result(name)))
        return Value(py.call("gml_absent", *facts, *arguments(state, node)), ANY)
    if meaning is Meaning.MEMBER:
        member = py.attribute(py.name("self"), called_attribute(state, name))
        made = py.call(member, *scope_arguments(state), *arguments(state, node))
        return Value(made, returned_by_method(state.unit, name))
    return value_call(state, state.boxed(node.callee), node)


def script_call(state: FunctionState, node: nodes.Call, name: str) -> Value:
    """A script function's call: straight to its code."""
    unit, given = state.unit, arguments(state, node)
    script(state, name)
    unit.calls[name] = max(len(given), unit.calls.get(name, 0))
    kind = returned_by_script(unit, name) if state.optimise else ANY
    return Value(state.py.call(f"gml_Direct_{name}", *scope_arguments(state), *given), kind)


def own_fast_call(state: FunctionState, node: nodes.Call, name: str) -> Value | None:
    """A function's call of itself with arguments whose types are known: straight to its fast version."""
    fast = state.fast
    if fast is None or state.entry != f"gml_Script_{name}" or len(node.arguments) != len(fast.parameters):
        return None
    given = [
        Value(state.py.constant(None), kinds.UNDEFINED) if a is None else state.expression(a) for a in node.arguments
    ]
    for parameter, value in zip(fast.parameters, given, strict=True):
        wanted = fast.tested.get(parameter)
        fits = wanted is None or value.kind == wanted or (wanted == kinds.REAL and value.kind in kinds.NUMBERS)
        if not fits:
            return None
    state.calls_itself = True
    made = state.py.call(fast.entry, *scope_arguments(state), *(state.box(value) for value in given))
    return Value(made, fast.returns)


def own_call(state: FunctionState, node: nodes.Call) -> Value:
    """A call by a named function expression of itself; a constructor refuses."""
    py, own = state.py, state.routine.own
    assert own is not None
    if own.is_constructor:
        return value_call(state, state.boxed(node.callee), node)
    code = py.name(state.unit.inner_names[id(own)])
    scope = [py.name("self"), py.name("self"), py.constant(None)] if state.routine.is_bound else scope_arguments(state)
    return Value(py.call(code, *scope, *arguments(state, node)), ANY)


def value_call(state: FunctionState, callee: ast.expr, node: nodes.Call) -> Value:
    """A callee that stands alone: a bound method sees this self as `other`, an unbound one this `other`."""
    py = state.py
    test, again = state.reusable(callee)
    if not isinstance(test, ast.Name):
        test, again = py.walrus(name := state.temporary(), test), lambda: py.name(name)
    kind = state.temporary()
    is_method = py.compare(py.walrus(kind, py.call("gml_type", test)), "is", py.name("gml_method"))
    is_function = py.compare(py.name(kind), "is", py.name("gml_function"))
    found = py.call("gml_callee", again(), py.constant(spelling(state, node.callee)))
    called = py.choose(py.either(is_method, is_function), again(), found)
    other: ast.expr = py.name("other")
    if not state.unit.source.dialect.keeps_other:
        other = py.choose(py.compare(py.name(kind), "is", py.name("gml_method")), py.name("self"), other)
    return Value(py.call(called, other, py.name("self"), *arguments(state, node)), ANY)


def spelling(state: FunctionState, node: nodes.Expression) -> str:
    """An expression as the program has it, up to the end of its first line."""
    lines = state.unit.source.text[node.span.start : node.span.end].splitlines()
    return lines[0].strip() if lines else ""


def dotted_call(state: FunctionState, node: nodes.Call, callee: nodes.Dot) -> Value:
    """`base.name(…)`: an unbound function runs on the base, this self is its `other`."""
    py = state.py
    base = dot_base(state, callee.base)
    names_constructor = isinstance(callee.base, nodes.Name) and is_constructor(state, callee.base.name)
    if isinstance(base, ast.IfExp) and isinstance(base.orelse, ast.Call) and not names_constructor:
        base.orelse.func = py.name("gml_dot_called")
    if isinstance(base, ast.Name):
        target = base.id
    else:
        target = state.temporary()
        base = py.walrus(target, base)
    member = py.attribute(base, attribute(callee.name) if names_constructor else called_attribute(state, callee.name))
    other = py.name("other" if state.unit.source.dialect.keeps_other else "self")
    made = py.call(member, other, py.name(target), *arguments(state, node))
    return Value(made, returned_by_method(state.unit, callee.name))


LARGEST_CALL = 40
"""Nodes of a call that may be there twice."""


def is_tried_call(state: FunctionState, node: nodes.Call) -> bool:
    """Whether a call is one of a known method on what mostly is a struct: only structs have the form for calls."""
    callee = node.callee
    if not state.optimise or state.is_general or state.speculates or state.held or not isinstance(callee, nodes.Dot):
        return False
    if not has_method_form(state.unit, callee.name) or not may_stand_bare(state, callee.base):
        return False
    return len(state.routine.within(node)) <= LARGEST_CALL and not is_struct(state, callee.base)


def is_struct(state: FunctionState, node: nodes.Expression) -> bool:
    """Whether a bare name is known to hold a struct."""
    return isinstance(node, nodes.Name) and state.expression(node).kind == STRUCT


def tried_call(state: FunctionState, node: nodes.Call) -> tuple[list[ast.stmt], Value]:
    """`base.name(…)` without a test of the base; where it is no struct, nothing has been called, and a handler does."""
    py, callee, before = state.py, node.callee, state.py.at(node.span)
    assert isinstance(callee, nodes.Dot)
    target, made, found = state.temporary(), state.temporary(), state.temporary()
    setup = speculated(state, callee.base, lambda: [py.set(target, state.boxed(callee.base))])
    other = "other" if state.unit.source.dialect.keeps_other else "self"

    def called(name: str) -> list[ast.stmt]:
        member = py.attribute(py.name(name), method_attribute(callee.name))
        return [py.set(made, py.call(member, py.name(other), py.name(name), *arguments(state, node)))]

    is_other = py.branch(state.type_is(py.call("gml_type", py.name(target)), "gml_class"), [py.throw(None)], [])
    looked_up = py.set(found, py.call("gml_dot_called", py.name(target), py.name("self"), py.name("other")))
    setup.append(py.attempt(called(target), [("gml_unset", None, [is_other, looked_up, *called(found)])]))
    py.where = before
    return setup, Value(py.name(made), returned_by_method(state.unit, callee.name))


def has_tried_arguments(state: FunctionState, node: nodes.Call) -> bool:
    """Whether a call of a script function has arguments that are worth trying, and none with effects."""
    if not isinstance(node.callee, nodes.Name) or state.meaning(node.callee.name) is not Meaning.SCRIPT:
        return False
    if state.fast is not None or not any(a is not None and is_worth_trying(state, a) for a in node.arguments):
        return False
    return all(a is not None and is_without_effects(state, a) for a in node.arguments)


def with_tried_arguments(state: FunctionState, node: nodes.Call) -> tuple[list[ast.stmt], Value]:
    """A call of which the arguments up to the last one that is tried are evaluated by statements before."""
    before, made = state.py.at(node.span), [argument_before(state, a) for a in node.arguments if a is not None]
    last = max((at for at, (setup, _) in enumerate(made) if isinstance(setup[-1], ast.Try)), default=-1)
    outside, state.given = state.given, dict(state.given)
    setup: list[ast.stmt] = []
    for argument, (statements, value) in zip(node.arguments, made[: last + 1], strict=False):
        if not is_settled(state, argument):
            setup += statements
            state.given[id(argument)] = value
    value = state.expression(node)
    state.given = outside
    state.py.where = before
    return setup, value


def argument_before(state: FunctionState, node: nodes.Expression) -> tuple[list[ast.stmt], Value]:
    """Statements that evaluate an argument, tried where that pays, and its value after them."""
    name, found = state.temporary(), set[str]()

    def store() -> list[ast.stmt]:
        value = state.expression(node)
        found.add(kinds.REAL if value.kind in kinds.NUMBERS else value.kind)
        return [state.py.set(name, state.box(value))]

    before = state.py.at(node.span)
    made = speculated(state, node, store)
    state.py.where = before
    return made, Value(state.py.name(name), found.pop() if len(found) == 1 else ANY)


def is_settled(state: FunctionState, node: nodes.Expression | None) -> bool:
    """Whether an argument is the same, and raises nothing, whenever it is evaluated: a literal or a local."""
    if isinstance(node, nodes.Name):
        return node.name in state.assigned or node.name in SCOPE_NAMES
    return isinstance(node, (nodes.Number, nodes.String)) or node is None


def called_attribute(state: FunctionState, name: str) -> str:
    """The attribute that a call of a struct's variable takes: of a method that is known, the form for calls."""
    return method_attribute(name) if has_method_form(state.unit, name) else attribute(name)


@lowers(nodes.New)
def new(state: FunctionState, node: nodes.New) -> Value:
    """`new Constructor(…)`."""
    if is_known_constructor(state, node.callee):
        return known_new(state, node)
    constructor = state.boxed(node.callee)
    made = state.py.call("gml_new", constructor, state.py.name("self"), *arguments(state, node))
    return Value(made, STRUCT)


def is_known_constructor(state: FunctionState, callee: nodes.Expression) -> bool:
    """Whether a callee is a constructor of the program, which cannot become another function meanwhile."""
    if not isinstance(callee, nodes.Name) or not state.optimise or state.unit.symbols.is_open:
        return False
    return is_constructor(state, callee.name)


def is_constructor(state: FunctionState, name: str) -> bool:
    """Whether a bare name is that of a constructor of the program."""
    return name in state.unit.symbols.constructors and state.meaning(name) is Meaning.SCRIPT


def known_new(state: FunctionState, node: nodes.New) -> Value:
    """`new` of a constructor that is known: its struct, then its code on it."""
    py, name = state.py, state.temporary()
    made, run = halves_of_new(state, node, name)
    return Value(py.subscript(py.tuple_of([py.walrus(name, made), run]), py.constant(0)), STRUCT)


def halves_of_new(state: FunctionState, node: nodes.New, name: str) -> tuple[ast.expr, ast.expr]:
    """The maker of a known constructor's struct, and the call of its code on it, for after a name holds it."""
    py, callee = state.py, node.callee
    assert isinstance(callee, nodes.Name)
    script(state, callee.name)
    given = arguments(state, node)
    state.unit.calls[callee.name] = max(len(given), state.unit.calls.get(callee.name, 0))
    run = py.call(f"gml_Code_{callee.name}", py.name("self"), py.name(name), *given)
    return py.call(f"gml_Class_{callee.name}"), run


def settled_value(state: FunctionState, node: nodes.Expression) -> tuple[list[ast.stmt], Value]:
    """A value that a statement begins with: `new` and calls of known methods are made by statements before."""
    if isinstance(node, nodes.Call) and is_tried_call(state, node):
        return tried_call(state, node)
    if isinstance(node, nodes.Call) and has_tried_arguments(state, node):
        return with_tried_arguments(state, node)
    if not isinstance(node, nodes.New) or not is_known_constructor(state, node.callee):
        return [], state.expression(node)
    py, name = state.py, state.temporary()
    before = py.at(node.span)
    made, run = halves_of_new(state, node, name)
    setup = [py.set(name, made), py.expression(run)]
    py.where = before
    return setup, Value(py.name(name), STRUCT)


def nameof(state: FunctionState, node: nodes.Call) -> Value:
    """`nameof(x)`: the spelling of its argument."""
    argument = node.arguments[0] if node.arguments else None
    text = "" if argument is None else state.unit.source.text[argument.span.start : argument.span.end].strip()
    return Value(state.py.constant(text), STR, text)


# -------------------------------------------------------------------- builtins


def builtin_call(state: FunctionState, node: nodes.Call, name: str) -> Value:
    """A builtin: a variant for a constant argument, an inline form, or the plain call."""
    facts = state.unit.names.function(name)
    assert facts is not None
    given = list(node.arguments)
    if len(given) < facts.minimum or (facts.maximum is not None and len(given) > facts.maximum):
        return value_call(state, read_builtin(state, name).node, node)
    found = variant(state, facts, given) if state.optimise else ""
    if found:
        state.unit.builtins[found] = facts.module
        return Value(state.py.call(found, *(unboxed(state, a) for a in given)), ANY)
    state.unit.builtins[name] = facts.module
    returns = returned_by_builtin(facts)
    plain = partial(plain_call, state, facts)
    if name == "string" and len(given) == 1 and given[0] is not None and state.optimise:
        return Value(as_text(state, given[0]), STR)
    made = intrinsic(state, node, name, plain, returns) if state.optimise else None
    if made is not None:
        return made
    nothing = Value(state.py.constant(None), kinds.UNDEFINED)
    return Value(plain([nothing if a is None else state.expression(a) for a in given]), returns)


def plain_call(state: FunctionState, facts: FunctionFacts, given: Sequence[Value]) -> ast.expr:
    """The call of a builtin; what it takes as an int may be given as one."""
    scope = [state.py.name("self"), state.py.name("other")] if facts.wants_scope else []
    integers = facts.integers
    values = [value.node if at in integers else state.box(value) for at, value in enumerate(given)]
    return state.py.call(facts.name, *scope, *values)


def unboxed(state: FunctionState, node: nodes.Expression | None) -> ast.expr:
    """An argument that is taken as an int, which a counter is already."""
    return state.py.constant(None) if node is None else state.expression(node).node


def variant(state: FunctionState, facts: FunctionFacts, given: list[nodes.Expression | None]) -> str:
    """The faster builtin for the constant at the variant position; takes that argument out."""
    at = facts.variant_position
    if not facts.variants or at >= len(given):
        return ""
    argument = given[at]
    if isinstance(argument, nodes.Name) and state.meaning(argument.name) is Meaning.CONSTANT:
        found = facts.variants.get(argument.name, "")
        if found:
            del given[at]
        return found
    return ""
