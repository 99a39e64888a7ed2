"""Builtins: a Python function with annotated parameters goes in, its record and its wrapper come out.

A chapter module decorates plain functions with its Chapter. From the annotations comes everything
else: the compile-time argument count, the conversion of arguments, the wording of a wrong one,
`gmlrun doc` and the generated reference. Nothing is registered anywhere: `load` looks through the
chapter modules for what the decorator marked.
"""

from __future__ import annotations

import sys

from gmlrun.errors import GmlError
from gmlrun.lean import MappingProxyType, NamedTuple
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values import conversions
from gmlrun.values.containers import Handles, Mortal
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias, TypeVar

    F = TypeVar("F", bound=Callable[..., Value])

NO_VARIANTS: Mapping[str, str] = MappingProxyType({})


class ArgumentType(NamedTuple):
    """How a parameter's argument is taken.

    `words` names it in a message (`a number`). An argument whose exact type is `exact`, and for which `test` holds
    (Python text with {0} for it), is taken as it is; any other goes through `convert(rt, value)`, which raises
    GmlError. `name` is the manual's name of the type.
    """

    name: str
    words: str
    exact: Value
    convert: Callable[[Runtime, Value], Value]
    test: str = ""


def plain(convert: Callable[[Value], Value]) -> Callable[[Runtime, Value], Value]:
    """A conversion that does not need the Runtime, as one that takes it."""
    return lambda rt, value: convert(value)


def _array(value: Value) -> list[object]:
    if type(value) is not list:
        raise GmlError("illegal array use")
    return value


def _call(rt: Runtime, value: Value) -> Callable[..., Value]:
    return rt.callable(value)


ARGUMENT_TYPES: dict[str, ArgumentType] = {
    "Real": ArgumentType("Real", "a number", float, plain(conversions.to_real)),
    "Int": ArgumentType("Real", "a number", None, plain(conversions.to_int)),
    "Int64": ArgumentType("Int64", "a number", int, plain(conversions.to_int64)),
    "String": ArgumentType("String", "a string", str, plain(conversions.to_string)),
    "Bool": ArgumentType("Bool", "a bool", bool, plain(conversions.to_bool)),
    "Array": ArgumentType("Array", "an array", list, plain(_array)),
    "Function": ArgumentType("Function", "a function", None, _call),
}
"""The types that are not a chapter's own."""
INT_CONVERT = ARGUMENT_TYPES["Int"].convert

if TYPE_CHECKING:
    Real: TypeAlias = float
    """A GML number as a float; as a return annotation: any Python number, made a float."""
    Int: TypeAlias = int
    """A number truncated toward zero to a Python int (NaN is 0, infinities saturate)."""
    Int64: TypeAlias = int
    String: TypeAlias = str
    """Anything, converted by the rules of `string()`."""
    Bool: TypeAlias = bool
    Array: TypeAlias = list[Any]
    Function: TypeAlias = Callable[..., Value]
    """A callable value; call it by `rt.call(function, self, other, …)`."""
else:
    Real, Int, Int64, String, Bool, Array, Function = ARGUMENT_TYPES.values()


def handle_type(cls: type[Mortal], type_: str, words: str) -> ArgumentType:
    """The type of an argument that is a handle of a class, or its index; a dead one raises."""

    def convert(rt: Runtime, value: Value) -> Value:
        try:
            return rt.service(Handles).get(cls, value)
        except GmlError as error:
            error.final = True  # type: ignore[attr-defined]
            raise

    return ArgumentType(type_, words, cls, convert, "{0}.live")


class Parameter(NamedTuple):
    name: str
    type: ArgumentType | None
    """None: any value, taken as it is."""
    optional: bool = False
    variadic: bool = False
    default: Value = None

    def shown(self, text: str) -> str:
        """A parameter's text as a signature has it."""
        return f"[{text}]" if self.optional else f"{text}…" if self.variadic else text


class Builtin(NamedTuple):
    """One builtin function as the compiler, the linker and the documentation see it."""

    name: str
    module: str
    function: Callable[..., Value]
    parameters: tuple[Parameter, ...]
    returns: str
    parts: tuple[type | None, ...]
    """The parts of the game that the function is given before all else; None stands for the Runtime itself."""
    wants_scope: bool
    """Whether emitted calls pass the caller's `self, other` before the arguments."""
    description: str
    folder: str
    """The folder of the manual that describes it."""
    variants: Mapping[str, str] = NO_VARIANTS
    """Name of a constant → name of the faster builtin that a call with that constant as its
    `variant_position`-th argument (left out of the call) is compiled to."""
    variant_position: int = 0
    direct: Callable[[Runtime], Callable[..., Value]] | None = None
    """Makes the bound form of a builtin that converts its own arguments, for the hottest of them."""

    def parts_in(self, rt: Runtime) -> list[object]:
        """The parts of a game that the function is given."""
        return [rt if part is None else rt.service(part) for part in self.parts]

    @property
    def minimum(self) -> int:
        return sum(not (p.optional or p.variadic) for p in self.parameters)

    @property
    def maximum(self) -> int | None:
        """The largest argument count, None when there is no limit."""
        return None if any(p.variadic for p in self.parameters) else len(self.parameters)

    @property
    def integers(self) -> set[int]:
        """The positions, from 0, of the arguments that may be given as the ints that they become."""
        pairs = enumerate(self.parameters)
        return {at for at, p in pairs if p.type is not None and p.type.convert is INT_CONVERT and not p.variadic}

    @property
    def signature(self) -> str:
        """`string_copy(str, index, count)`, optional parameters in square brackets."""
        return f"{self.name}({', '.join(p.shown(p.name) for p in self.parameters)})"

    @property
    def typed_signature(self) -> str:
        """`string_copy(str: String, index: Real, count: Real) → String`."""
        shown = [p.shown(f"{p.name}: {p.type.name if p.type else 'Any'}") for p in self.parameters]
        return f"{self.name}({', '.join(shown)}) → {self.returns}"


class Variable(NamedTuple):
    """A built-in global variable: `get(rt)`, and `set(rt, value)` or None when it is read-only."""

    name: str
    module: str
    get: Callable[[Runtime], Value]
    set: Callable[[Runtime, Value], None] | None
    description: str
    folder: str
    """The folder of the manual that describes it."""
    direct: Callable[[Runtime], Callable[[], Value]] | None = None
    is_steady: bool = False
    """Whether its value cannot change while one function runs, so that the function gets it once."""


class Mark(NamedTuple):
    """The mark that a Chapter leaves on a function for `load` to find."""

    folder: str
    name: str
    setter: Callable[[Runtime, Value], None] | None = None
    is_variable: bool = False
    variants: Mapping[str, str] = NO_VARIANTS
    variant_position: int = 0
    direct: Callable[[Runtime], Callable[..., Value]] | None = None
    is_steady: bool = False
    spellings: tuple[str, ...] = ()
    """Further names of the same builtin."""


class Chapter:
    """A chapter of the manual; its instance decorates the builtins that the chapter describes.

    `folder` is the manual's, e.g. `Strings` or `Data_Structures/DS_Lists`; manual.py finds the page of a name.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, function: F) -> F:
        return self._mark(function, self._plain(function))

    def _plain(self, function: Callable[..., Value]) -> Mark:
        """The mark of a function; a trailing underscore keeps a GML name out of Python's way."""
        name = function.__name__
        name = name if name.startswith("__") else name.rstrip("_")
        return Mark(self.folder, name)

    def spelt(self, *names: str) -> Callable[[F], F]:
        """Decorates a builtin that has further names, such as its American spelling."""
        return lambda function: self._mark(function, self._plain(function)._replace(spellings=names))

    def direct(self, function: F, bound: Callable[[Runtime], Callable[..., Value]]) -> F:
        """Marks a builtin whose bound form `bound` makes, with no wrapper around it."""
        name = function.__name__
        return self._mark(function, Mark(self.folder, name, direct=bound))

    def variants(self, position: int, table: Mapping[str, str]) -> Callable[[F], F]:
        """Decorates a builtin that has faster forms for a constant at that argument position."""

        def decorate(function: F) -> F:
            name = function.__name__
            return self._mark(function, Mark(self.folder, name, variants=table, variant_position=position))

        return decorate

    def variable(
        self,
        get: Callable[[Runtime], Value],
        set: Callable[[Runtime, Value], None] | None = None,
        direct: Callable[[Runtime], Callable[[], Value]] | None = None,
        is_steady: bool = False,
    ) -> Callable[[Runtime], Any]:
        """Registers a built-in global variable named as its getter (a trailing `_` is dropped).

        `direct` makes the getter for one game, for a variable that is read very often; `is_steady`: its value
        cannot change while one function runs.
        """
        name = get.__name__.rstrip("_")
        mark = Mark(self.folder, name, setter=set, is_variable=True, direct=direct, is_steady=is_steady)
        return self._mark(get, mark)

    @staticmethod
    def _mark(function: F, mark: Mark) -> F:
        function.gml_mark = mark  # type: ignore[attr-defined]
        return function


SCOPE_NAMES = ("self", "other")
VARIADIC = 0x04
"""The flag of a code object that takes `*args`."""


def describe(function: Callable[..., Value], mark: Mark) -> Builtin:
    """The record of a marked function, from its signature and docstring."""
    module, hints = function.__module__, function.__annotations__
    named, rest, defaults = arguments_of(function)
    parts = [part_of(module, hints[name]) for name in named if is_part(module, name, hints.get(name))]
    taken = {name for name in named if name in SCOPE_NAMES or is_part(module, name, hints.get(name))}
    given = [
        Parameter(name.rstrip("_"), argument_type(module, hints.get(name)), name in defaults, False, defaults.get(name))
        for name in named
        if name not in taken
    ]
    if rest:
        given.append(Parameter(rest.rstrip("_"), argument_type(module, hints.get(rest)), variadic=True))
    parameters = tuple(given)
    result = argument_type(module, hints.get("return"))
    summary = summary_of(function)
    returns = result.name if result else type_name(hints.get("return", ""))
    return Builtin(
        name=mark.name,
        module=function.__module__,
        function=function,
        parameters=parameters,
        returns=returns,
        parts=tuple(parts),
        wants_scope="self" in taken,
        description=summary,
        folder=mark.folder,
        variants=mark.variants,
        variant_position=mark.variant_position,
        direct=mark.direct,
    )


def describe_variable(function: Callable[..., Value], mark: Mark) -> Variable:
    """The record of a marked getter."""
    about = summary_of(function)
    shared = (about, mark.folder, mark.direct, mark.is_steady)
    return Variable(mark.name, function.__module__, function, mark.setter, *shared)


def arguments_of(function: Callable[..., Value]) -> tuple[tuple[str, ...], str, dict[str, object]]:
    """A function's named parameters, the name of the one that takes the rest (or empty), and the defaults."""
    code = function.__code__
    named = code.co_varnames[: code.co_argcount]
    rest = code.co_varnames[code.co_argcount] if code.co_flags & VARIADIC else ""
    values = function.__defaults__ or ()
    return named, rest, dict(zip(named[len(named) - len(values) :], values, strict=True))


def summary_of(function: Callable[..., Value]) -> str:
    """The first paragraph of a docstring, on one line."""
    paragraph = (function.__doc__ or "").split("\n\n")[0]
    return " ".join(paragraph.split())


def argument_type(module: str, annotation: str | None) -> ArgumentType | None:
    """The ArgumentType that an annotation in a module names, or None for any value."""
    found = vars(sys.modules[module]).get(annotation or "")
    return found if isinstance(found, ArgumentType) else None


def part_of(module: str, annotation: str) -> type | None:
    """The part of the game that an annotation in a module names; None for the Runtime."""
    found = vars(sys.modules[module]).get(annotation)
    return found if isinstance(found, type) and issubclass(found, GamePart) else None


def is_part(module: str, name: str, annotation: str | None) -> bool:
    """Whether a parameter takes the Runtime or a part of the game, not an argument."""
    return name == "rt" or (annotation is not None and part_of(module, annotation) is not None)


TYPE_NAMES = {
    "float": "Real",
    "bool": "Bool",
    "str": "String",
    "None": "Undefined",
    "int": "Int64",
}
"""The manual's names of the types that results are annotated with."""


def type_name(annotation: str) -> str:
    """The manual's name of the type that a result is annotated with."""
    return "Array" if annotation.startswith("list[") else TYPE_NAMES.get(annotation, "Any")
