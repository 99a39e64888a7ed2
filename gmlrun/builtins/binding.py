"""Binds builtins to a game: makes the function that a program calls, which converts the arguments."""

from __future__ import annotations

from gmlrun.builtins.catalogue import find
from gmlrun.builtins.registry import INT_CONVERT, ArgumentType, Builtin, Parameter, describe
from gmlrun.errors import GmlError
from gmlrun.lean import FunctionType, MethodType, cache, partial
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def bind(builtin: Builtin, rt: Runtime) -> Callable[..., Value]:
    """The builtin as emitted code calls it in this game: arguments converted, rt and scope filled in."""
    return binder(builtin)(rt)


def wrapped(function: Callable[..., Value], rt: Runtime) -> Callable[..., Value]:
    """The form of a marked function that converts arguments, for a form of its own to fall back to."""
    mark = function.gml_mark  # type: ignore[attr-defined]
    return bind(describe(function, mark._replace(direct=None)), rt)


@cache
def binder_of(module: str, name: str) -> Callable[[Runtime], Callable[..., Value]]:
    """The function that binds one builtin to a game; its wrapper is compiled once, for all games."""
    return binder(find(module, name))


def binder(builtin: Builtin) -> Callable[[Runtime], Callable[..., Value]]:
    """The function that makes a builtin's bound form for a game."""
    if builtin.direct is not None:
        return builtin.direct
    if takes_anything(builtin):
        return partial(given_parts, builtin)
    shared: dict[str, Any] = {"impl": builtin.function, "wrong": wrong_argument}
    exec(wrapper_source(builtin, shared), shared)  # our own text, from a signature
    wrapper: FunctionType = shared.pop(builtin.name)
    code, defaults = wrapper.__code__, wrapper.__defaults__

    def bound(rt: Runtime) -> Callable[..., Value]:
        own = {f"p{at}": part for at, part in enumerate(builtin.parts_in(rt))}
        return FunctionType(code, {**shared, **own, "rt": rt}, code.co_name, defaults)

    return bound


def given_parts(builtin: Builtin, rt: Runtime) -> Callable[..., Value]:
    """A builtin that takes any arguments, with the parts of a game that it asks for."""
    parts = builtin.parts_in(rt)
    if len(parts) == 1:
        return MethodType(builtin.function, parts[0])
    return partial(builtin.function, *parts) if parts else builtin.function


def callback(builtin: Builtin, rt: Runtime) -> Callable[..., Value]:
    """The builtin as a value is called: with the scope, and with more arguments than it takes, which are ignored."""
    function, least, most = bind(builtin, rt), builtin.minimum, builtin.maximum

    def call(other: Value, target: Value, *args: Value) -> Value:
        if len(args) < least:
            raise GmlError(f"wrong number of arguments for function {builtin.name}: {len(args)} given")
        return function(target, other, *args[:most]) if builtin.wants_scope else function(*args[:most])

    return call


def takes_anything(builtin: Builtin) -> bool:
    """Whether neither the arguments nor the result need a conversion, so that no wrapper is needed."""
    return not makes_float(builtin) and all(parameter.type is None for parameter in builtin.parameters)


def makes_float(builtin: Builtin) -> bool:
    """Whether the function may return any Python number for a real."""
    return builtin.function.__annotations__.get("return") == "Real"


def wrapper_source(builtin: Builtin, namespace: dict[str, object]) -> str:
    """The wrapper's Python text; puts what it refers to into `namespace`."""
    scope = ["self", "other"] if builtin.wants_scope else []
    heads, values = list(scope), [f"p{at}" for at in range(len(builtin.parts))] + scope
    for at, parameter in enumerate(builtin.parameters, 1):
        name = f"a{at}"
        namespace[f"d{at}"] = parameter.default
        heads.append(f"*{name}" if parameter.variadic else f"{name}=d{at}" if parameter.optional else name)
        values.append(_argument(builtin, parameter, at, name, namespace))
    call = f"impl({', '.join(values)})"
    call = f"{call} / 1" if makes_float(builtin) else call
    return f"def {builtin.name}({', '.join(heads)}):\n    return {call}\n"


def _argument(builtin: Builtin, parameter: Parameter, at: int, name: str, namespace: dict[str, object]) -> str:
    type_ = parameter.type
    if type_ is None:
        return f"*{name}" if parameter.variadic else name
    namespace[f"k{at}"], namespace[f"n{at}"] = type_, builtin.name
    if parameter.variadic:
        one = _converted(type_, at, "v", namespace, f"{at} + i")
        return f"*[{one} for i, v in enumerate({name})]"
    one = _converted(type_, at, name, namespace, str(at))
    return f"(d{at} if {name} is None else {one})" if parameter.optional else one


def _converted(type_: ArgumentType, at: int, name: str, namespace: dict[str, object], position: str) -> str:
    slow = f"wrong(rt, k{at}, n{at}, {position}, {name})"
    if type_.convert is INT_CONVERT:
        whole = f"{name}.__trunc__() if type({name}) is float and -9e18 < {name} < 9e18"
        return f"({name} if type({name}) is int else {whole} else {slow})"
    if type_.exact is None:
        return slow
    namespace[f"t{at}"] = type_.exact
    test = f" and {type_.test.format(name)}" if type_.test else ""
    return f"({name} if type({name}) is t{at}{test} else {slow})"


def wrong_argument(rt: Runtime, type_: ArgumentType, name: str, position: int, value: Value) -> Any:
    """Converts an argument that is not of the expected type already, or raises with its place.

    The message: `argument 2 of string_copy: expected a number, got "x"`.
    """
    try:
        return type_.convert(rt, value)
    except GmlError as error:
        if getattr(error, "final", False):
            raise
        raise GmlError(f"argument {position} of {name}: expected {type_.words}, got {quoted(value)}") from None
