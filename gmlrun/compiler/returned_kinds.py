"""The kinds of what script functions return: a function's name goes in, the one kind of all its results comes out.

A program's functions are known as a whole, so that `if (is_letter(c))` needs no test of what the function gives. In a
session, where a later line may define a function anew, and for functions of another source, nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from gmlrun.compiler.analysis import Routine
from gmlrun.compiler.intrinsics import call_kind, returned_by_builtin
from gmlrun.compiler.kinds import ANY, ARRAY, BOOL, INT64, NUMBERS, REAL, STR, STRUCT, join
from gmlrun.compiler.methods import known_methods
from gmlrun.compiler.name_resolution import Meaning
from gmlrun.compiler.type_inference import TypeInference
from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import UnitState

TOLD = frozenset((BOOL, REAL, STR, INT64, ARRAY, STRUCT))
"""The kinds that callers may rely on."""


def type_inference(unit: UnitState, routine: Routine) -> TypeInference:
    """The inference of a routine's locals."""
    returns, method = partial(returned_kind, unit, routine), partial(returned_by_method, unit)
    return TypeInference(routine, returns, partial(is_enum, unit, routine), method)


def is_enum(unit: UnitState, routine: Routine, node: nodes.Dot) -> bool:
    """Whether a dot is a member of an enum."""
    return isinstance(node.base, nodes.Name) and unit.resolver.is_enum(node.base.name, routine)


def returned_kind(unit: UnitState, routine: Routine, name: str, given: Sequence[str]) -> str | None:
    """The kind of what a function returns for arguments of these kinds, None for one that nothing is known of."""
    meaning = unit.resolver.meaning(name, routine)
    if meaning is Meaning.SCRIPT:
        return returned_by_script(unit, name)
    if meaning is Meaning.MEMBER:
        return returned_by_method(unit, name)
    if meaning is not Meaning.BUILTIN:
        return None
    facts = unit.names.function(name)
    return call_kind(name, given, returned_by_builtin(facts)) if facts is not None else None


def returned_by_script(unit: UnitState, name: str) -> str:
    """The kind of whatever a script function returns, ANY where that is not known."""
    if name not in unit.returned:
        unit.returned[name] = ANY  # for its calls of itself, while it is looked at
        unit.returned[name] = joined_returns(unit, name)
    return unit.returned[name]


def returned_by_method(unit: UnitState, name: str) -> str:
    """The kind of whatever a call of a struct's variable returns, ANY where that is not known."""
    key = f"{name}()"
    if key not in unit.returned:
        functions = known_methods(unit, name)
        unit.returned[key] = ANY
        if functions and all(map(unit.analysis.has, functions)):
            unit.returned[key] = of_all([returned_by(unit, function) for function in functions])
    return unit.returned[key]


def joined_returns(unit: UnitState, name: str) -> str:
    """The kind that all values have which a script function returns."""
    function = unit.symbols.bodies.get(name)
    if unit.symbols.is_open or function is None or function is not unit.analysis.main.declared.get(name):
        return ANY
    return returned_by(unit, function)


def returned_by(unit: UnitState, function: nodes.Function) -> str:
    """The kind that all values have which a function of this source returns."""
    routine = unit.analysis.routine_of(function)
    if function.is_constructor or routine.uses_arguments or not always_returns(function.body):
        return ANY
    if any(isinstance(node, nodes.Exit) for node in routine.nodes):
        return ANY
    inference = type_inference(unit, routine)
    inference.infer(dict.fromkeys(routine.parameters, ANY))
    return of_all([inference.kind_of(found.value) for found in routine.returns])


def of_all(found: Sequence[str]) -> str:
    """The kind of values that have these, a real where they are numbers, ANY for several others."""
    kind = found[0] if found else ANY
    for other in found[1:]:
        kind = join(kind, other)
    kind = REAL if kind in NUMBERS else kind
    return kind if kind in TOLD else ANY


def always_returns(body: nodes.Statement) -> bool:
    """Whether a body's last statement returns a value, whatever happens."""
    if isinstance(body, nodes.Block):
        return bool(body.body) and always_returns(body.body[-1])
    if isinstance(body, nodes.If):
        return body.otherwise is not None and always_returns(body.then) and always_returns(body.otherwise)
    return isinstance(body, nodes.Return) and body.value is not None
