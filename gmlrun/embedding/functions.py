"""Functions and constants that a host gives to GML: Python functions go in, builtins of the library come out.

The signature says what GML may pass: `float`, `int`, `str`, `bool`, `list`, `dict`, a callable, or anything.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from gmlrun.builtins import binding, registry
from gmlrun.builtins.registry import ArgumentType, Builtin, Parameter
from gmlrun.builtins.table import BoundLibrary, ConstantFacts, Table, entry
from gmlrun.embedding.arguments import check, check_value
from gmlrun.embedding.values import Bridge, guarded
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.text import quoted

MODULE = "host"
"""The name of the module of a host's names in a unit's links."""


class HostFunction(NamedTuple):
    """A Python function under the name that GML calls it by."""

    name: str
    function: Callable[..., object]

    @property
    def is_coroutine(self) -> bool:
        """Whether it runs beside the game: GML may pass a callback as a further argument."""
        return inspect.iscoroutinefunction(self.function)

    @property
    def defaults(self) -> dict[int, object]:
        """The defaults of its parameters, by their place from 0."""
        parameters = enumerate(inspect.signature(self.function).parameters.values())
        return {at: one.default for at, one in parameters if one.default is not one.empty}


class Host:
    """The names that a host adds to GML; every game that is made with it knows them."""

    def __init__(self) -> None:
        self.functions: dict[str, HostFunction] = {}
        self.constants: dict[str, object] = {}

    def function(self, function: Callable[..., Any], name: str = "") -> Callable[..., Any]:
        """Gives GML a function; usable as a decorator. Raises ValueError for a name that GML cannot have."""
        check("function", Host.function, function=function, name=name)
        made = HostFunction(checked_name(name or getattr(function, "__name__", "")), function)
        describe(made)
        self.functions[made.name] = made
        return function

    def constant(self, name: str, value: Any) -> None:
        """Gives GML a constant. Raises ValueError for a name that GML cannot have."""
        check("constant", Host.constant, name=name)
        check_value(value)
        self.constants[checked_name(name)] = value

    @property
    def names(self) -> frozenset[str]:
        """All names of functions and constants."""
        return frozenset((*self.functions, *self.constants))

    def with_others(self, more: Host) -> Host:
        """The same names, and those of another host that are not among them."""
        made = Host()
        made.functions = more.functions | self.functions
        made.constants = more.constants | self.constants
        return made

    def copy(self) -> Host:
        """A copy of these names, to add to."""
        made = Host()
        made.functions, made.constants = dict(self.functions), dict(self.constants)
        return made

    def describe(self, name: str) -> str:
        """The text that `gmlrun doc` would print for one of the names; empty for another."""
        found = self.functions.get(name)
        if found is None:
            return ""
        builtin = describe(found)
        return entry(builtin.typed_signature, builtin.description, "a function of the host")


def checked_name(name: str) -> str:
    """A name that GML can use, as it is; raises ValueError for another."""
    if not name.isidentifier() or not name.isascii() or name.startswith("__"):
        raise ValueError(f"GML cannot have the name {name!r}: use letters, digits and _, not __ at the start")
    return name


# ------------------------------------------------------------------ signatures


def exactly(words: str, *kinds: type) -> Callable[[Runtime, object], object]:
    """A conversion that takes values of some GML types as they are, and raises GmlError for all others."""

    def convert(rt: Runtime, value: object) -> object:
        if not isinstance(value, kinds):
            raise GmlError(f"expected {words}, got {quoted(value)}")
        return value

    return convert


def struct_type() -> ArgumentType:
    from gmlrun.values.model import Struct

    return ArgumentType("Struct", "a struct", None, exactly("a struct", Struct))


REAL = registry.ARGUMENT_TYPES["Real"]
TYPES: Mapping[object, ArgumentType] = {
    float: REAL,
    int: registry.ARGUMENT_TYPES["Int"],
    str: ArgumentType("String", "a string", str, exactly("a string", str)),
    bool: registry.ARGUMENT_TYPES["Bool"],
    list: registry.ARGUMENT_TYPES["Array"],
    Sequence: registry.ARGUMENT_TYPES["Array"],
    dict: struct_type(),
    Mapping: struct_type(),
    Callable: registry.ARGUMENT_TYPES["Function"],
}
"""How an argument is checked, by the parameter's annotation."""


def describe(made: HostFunction) -> Builtin:
    """The record of a host's function, from its signature and docstring."""
    hints = typing.get_type_hints(made.function)
    parameters = [parameter(one, hints.get(one.name)) for one in inspect.signature(made.function).parameters.values()]
    if made.is_coroutine:
        parameters.append(Parameter("callback", TYPES[Callable], optional=True))
    returns = argument_type(hints.get("return"))
    summary = registry.summary_of(made.function)
    return Builtin(
        name=made.name,
        module=MODULE,
        function=made.function,
        parameters=tuple(parameters),
        returns=returns.name if returns is not None else "Any",
        parts=(),
        wants_scope=False,
        description=summary,
        folder="",
    )


def parameter(one: inspect.Parameter, hint: object) -> Parameter:
    """A parameter of a Python function as one of GML; raises ValueError for one that must be given by name."""
    if one.kind in (one.KEYWORD_ONLY, one.VAR_KEYWORD) and one.default is one.empty:
        raise ValueError(f"GML passes arguments by place: {one.name} must be given by name")
    is_rest = one.kind is one.VAR_POSITIONAL
    optional = one.default is not one.empty
    return Parameter(one.name, argument_type(hint), optional, is_rest)


def argument_type(hint: object) -> ArgumentType | None:
    """How an argument of an annotation is checked; None where anything is taken."""
    try:
        return TYPES.get(typing.get_origin(hint) or hint)
    except TypeError:
        return None


# ---------------------------------------------------------------------- look-up


class HostTable(Table):
    """The compiler's look-ups, with a host's names before the library's own."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @property
    def identity(self) -> str:
        """A text that tells programs compiled with these names from all others."""
        functions = sorted((name, describe(made).typed_signature) for name, made in self.host.functions.items())
        return repr((functions, sorted(self.host.constants)))

    def function(self, name: str) -> Builtin | None:
        found = self.host.functions.get(name)
        return super().function(name) if found is None else describe(found)

    def constant(self, name: str) -> ConstantFacts | None:
        if name in self.host.constants:
            return ConstantFacts(MODULE, MODULE)
        return super().constant(name)

    def absent(self, name: str) -> str:
        return "" if name in self.host.functions or name in self.host.constants else super().absent(name)

    def function_names(self) -> list[str]:
        return [*self.host.functions, *super().function_names()]

    def value_names(self) -> list[str]:
        return [*self.host.constants, *super().value_names()]


class HostLibrary(BoundLibrary):
    """The linker's Library of one game, with the host's names bound to it."""

    def __init__(self, host: Host, start: Callable[[object, object], None]) -> None:
        self.host = host
        self.start = start
        """Runs a coroutine beside the game and hands its result to a callback."""
        self.bridge: Bridge
        """Set once the game has been made."""

    def bind(self, module: str, name: str, rt: Runtime) -> Callable[..., object]:
        if module != MODULE:
            return super().bind(module, name, rt)
        return binding.bind(self.builtin(name), rt)

    def callback(self, module: str, name: str, rt: Runtime) -> Callable[..., object]:
        if module != MODULE:
            return super().callback(module, name, rt)
        return binding.callback(self.builtin(name), rt)

    def constant(self, module: str, name: str) -> object:
        if module != MODULE:
            return super().constant(module, name)
        return self.bridge.to_gml(self.host.constants[name])

    def builtin(self, name: str) -> Builtin:
        """A function of the host as the library has its own."""
        made = self.host.functions[name]
        return describe(made)._replace(function=self._coroutine(made) if made.is_coroutine else self._plain(made))

    def _plain(self, made: HostFunction) -> Callable[..., object]:
        bridge, inner, defaults = self.bridge, guarded(made.name, made.function), made.defaults

        def call(*args: object) -> object:
            return returned(bridge, made.name, inner(*given(bridge, args, defaults)))

        return call

    def _coroutine(self, made: HostFunction) -> Callable[..., object]:
        bridge, places, defaults = self.bridge, len(describe(made).parameters) - 1, made.defaults

        def call(*args: object) -> None:
            self.start(
                made.function(*given(bridge, args[:places], defaults)), args[places] if len(args) > places else None
            )

        return call


def given(bridge: Bridge, args: Sequence[object], defaults: Mapping[int, object]) -> list[object]:
    """The arguments that GML gave, as the host gets them; for an undefined one the Python function's default holds."""
    return [
        defaults[at] if value is None and at in defaults else bridge.to_python(value) for at, value in enumerate(args)
    ]


def returned(bridge: Bridge, name: str, value: object) -> object:
    """A host function's result as GML gets it; one that GML has no word for is a GML error."""
    try:
        return bridge.to_gml(value)
    except (TypeError, OverflowError) as error:
        raise GmlError(f"{name} returned what GML cannot hold: {error}") from error
