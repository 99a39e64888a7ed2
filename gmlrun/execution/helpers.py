"""Helpers of emitted code besides builtins: arrays that grow, structs, constructors, statics, exceptions.

Each function's name in a unit's namespace is its name here behind `gml_`; `link` puts them there.
"""

from __future__ import annotations

import itertools
import math
import sys

from gmlrun.errors import GmlError, GmlThrow
from gmlrun.language import EPSILON, attribute, method_attribute, variable_name
from gmlrun.lean import FunctionType, MethodType, cast
from gmlrun.values.conversions import beginning, to_real
from gmlrun.values.model import (
    POINTER_NULL,
    FunctionInfo,
    GmlClass,
    Handle,
    Struct,
    Unset,
    function_info,
    is_callable,
    is_variable,
)
from gmlrun.values.operators import decrement, increment
from gmlrun.values.text import string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from gmlrun.values.model import Value

LARGEST_ARRAY = 1 << 28
NAMED_ARGUMENTS = 16
"""`argument0` to `argument15` are there in every call."""

# ---------------------------------------------------------------------- arrays


def no_array(value: Value) -> Value:
    """Reading an element of something that is no array."""
    raise GmlError("trying to index a variable which is not an array")


def array(value: Value) -> list[Value]:
    """The container of `a[i] += v`, which must be an array already."""
    if type(value) is not list:
        raise GmlError("trying to index a variable which is not an array")
    return value


def negative(index: int) -> int:
    """An index below zero."""
    raise GmlError(f"Variable Index [{index}] out of range: an array's first index is 0")


def array_store(root: Value, value: Value, *path: int) -> list[Any]:
    """Stores at `root[path…]`, growing arrays with zeros and making those that are not there; returns the root."""
    found: list[Any] = root if type(root) is list else []
    row = found
    for index in path[:-1]:
        grow(row, index)
        if type(row[index]) is not list:
            row[index] = []
        row = row[index]
    grow(row, path[-1])
    row[path[-1]] = value
    return found


def grow(items: list[Value], index: int) -> None:
    """Makes `items[index]` exist; what is new is 0."""
    if index >= LARGEST_ARRAY:
        raise GmlError(f"Array index {index} is too large")
    if index >= len(items):
        items.extend([0.0] * (index + 1 - len(items)))


def argument_index(index: Value) -> int:
    """The whole number of an index of `argument`; raises GmlError for infinities and NaN."""
    number = to_real(index)
    if not math.isfinite(number):
        raise GmlError(f"argument[{string_of(number)}] is out of range: an index is a whole number")
    return math.trunc(number)


def argument(arguments: list[Value], index: Value) -> Value:
    """`argument[index]`; one that was not passed is undefined. Manual: argument."""
    at = argument_index(index)
    if len(arguments) <= at < NAMED_ARGUMENTS:
        return None
    if not 0 <= at < len(arguments):
        raise GmlError(f"argument[{at}] is out of range: {len(arguments)} arguments were given")
    return arguments[at]


def set_argument(arguments: list[Value], index: Value, value: Value) -> None:
    """`argument[index] = value`."""
    at = argument_index(index)
    if len(arguments) <= at < NAMED_ARGUMENTS:
        arguments.extend([None] * (at + 1 - len(arguments)))
    if not 0 <= at < len(arguments):
        raise GmlError(f"argument[{at}] is out of range: {len(arguments)} arguments were given")
    arguments[at] = value


def pad(arguments: tuple[Any, ...], named: int) -> list[Value]:
    """The arguments as a list, at least as long as the named parameters."""
    return list(arguments) + [None] * (named - len(arguments))


def repeat(count: Value) -> Iterator[None]:
    """The rounds of `repeat (count)`: the count rounded half to even; none for infinities and NaN."""
    if type(count) is float and -1e9 < count < 1e9:
        return itertools.repeat(None, round(count))
    number = to_real(count)
    times = round(number) if math.isfinite(number) else 0
    return itertools.repeat(None, min(max(0, times), sys.maxsize))


def range_end(bound: float, inclusive: bool) -> int:
    """The first whole number that is not `< bound` (or, inclusive, `<= bound`), epsilon included."""
    if not math.isfinite(bound):
        return sys.maxsize if bound > 0 else 0
    return math.floor(bound + EPSILON) + 1 if inclusive else math.ceil(bound - EPSILON)


# ----------------------------------------------------------------------- steps


def stepped(value: Value, step: int) -> Value:
    """A value plus or minus one."""
    return increment(value) if step > 0 else decrement(value)


def step_member(owner: Value, name: str, step: int, prefix: bool) -> Value:
    """`owner.name++` as an expression."""
    old = getattr(owner, name)
    new = stepped(old, step)
    setattr(owner, name, new)
    return new if prefix else old


def step_element(items: Any, index: int, step: int, prefix: bool) -> Value:
    """`items[index]++` as an expression."""
    if index >= len(array(items)):
        raise GmlError(f"Push :: Execution Error - Variable Index [{index}] out of range [{len(items)}]")
    old = items[index]
    new = items[index] = stepped(old, step)
    return new if prefix else old


def step_accessor(get: Callable[..., Any], put: Callable[..., Any], step: int, prefix: bool, *where: Value) -> Value:
    """`m[? k]++` as an expression."""
    old = get(*where)
    new = stepped(old, step)
    put(*where, new)
    return new if prefix else old


def step_variable(get: Callable[[], Any], put: Callable[[Any], None], step: int, prefix: bool) -> Value:
    """A built-in global variable's `++` as an expression."""
    old = get()
    new = stepped(old, step)
    put(new)
    return new if prefix else old


def is_nullish(value: Value) -> bool:
    """Whether `??` takes its right side: for undefined and pointer_null."""
    return value is None or value is POINTER_NULL


# --------------------------------------------------------------------- structs


def struct(variables: dict[str, Any]) -> Struct:
    """A struct literal's struct; the keys are the attributes of its variables."""
    made = Struct()
    made.__dict__ = variables
    return made


def fill(made: Struct, variables: dict[str, Any]) -> Struct:
    """Puts a literal's members into its struct."""
    made.__dict__.update(variables)
    return made


def new(constructor: Value, other: Value, *args: Value) -> Struct:
    """`new constructor(args)`: `other` inside is the caller's self."""
    if type(constructor) is FunctionType:
        info = getattr(constructor, "gml", None)  # a function of the host has none
        if info is not None and info.struct_class is not None:
            made = info.struct_class()
            getattr(constructor, "constructs", constructor)(other, made, *args)
            return made  # type: ignore[no-any-return]
    info = function_info(constructor)
    if info is None or info.struct_class is None:
        raise GmlError("target function for 'new' must be a constructor")
    made = info.struct_class()
    call_on(constructor, made, other, *args)
    return made


def call_on(function: Value, self: Value, other: Value, *args: Value) -> Value:
    """Runs a function's code on a given self, whatever it is bound to; a constructor's as well."""
    if type(function) is MethodType:
        return code_of(function.__func__)(self, other, None, *args)
    return code_of(function)(other, self, *args)


def code_of(function: Value) -> Callable[..., Any]:
    """The code to run: that of a constructor, or the function itself."""
    return cast("Callable[..., Any]", getattr(function, "constructs", function))


def own(value: Value, is_nested: bool) -> Value:
    """A copy of an array, with its rows if the program writes their elements; any other value as it is."""
    if type(value) is not list:
        return value
    return [list(row) if type(row) is list else row for row in value] if is_nested else list(value)


def leading(value: Value) -> Value:
    """A string's part that spells the number it begins with; any other value, and any other string, as it is."""
    return beginning(value) if type(value) is str else value


def plain(value: Value) -> Value:
    """The number of a handle, in an array too; any other value as it is."""
    if isinstance(value, Handle):
        return to_real(value)
    if type(value) is list and any(isinstance(item, Handle) for item in value):
        return [plain(item) for item in value]
    return value


def constructor_value(code: FunctionType, is_called_directly: bool) -> FunctionType:
    """A constructor as a value: `new` runs its code; a call raises, or runs it on the caller's self.

    Manual: Structs, Constructors.
    """

    def called(*arguments: Value) -> Value:
        if is_called_directly:
            return code(*arguments)
        raise GmlError("calling a constructor directly - constructors should only be called using new")

    called.gml = code.gml  # type: ignore[attr-defined]
    called.constructs = code  # type: ignore[attr-defined]
    return cast(FunctionType, called)


def parent(constructor: Value, statics: type[Struct], self: Value, other: Value, *args: Value) -> None:
    """A constructor's call of its parent, on the same struct, which is one of the parent's own as long as that runs."""
    info = function_info(constructor)
    if info is None:
        raise GmlError("the parent of a constructor must be a function")
    if type(self) is not statics or info.struct_class is None:
        call_on(constructor, self, other, *args)
        return
    self.__class__ = info.struct_class
    call_on(constructor, self, other, *args)
    self.__class__ = statics


# --------------------------------------------------------------------- statics


def inherit(statics: type[Struct], constructor: Value) -> None:
    """Links a constructor's statics to its parent's, at the first call; those of a plain function become its own."""
    info = function_info(constructor)
    if info is None or info.struct_class is None:
        for name, value in vars(info.statics).items() if info is not None and info.statics is not None else ():
            setattr(statics, name, staticmethod(value) if type(value) is FunctionType else value)
        return
    if statics.__bases__ != (info.struct_class,):
        statics.__bases__ = (info.struct_class,)


def set_static(statics: Value, name: str, value: Value) -> None:
    """Writes a static variable; a function in a class must not bind to the struct that it is read from."""
    if isinstance(statics, type) and type(value) is FunctionType:
        value = staticmethod(value)
    setattr(statics, attribute(name), value)


def drop_method(statics: type[Struct], name: str) -> None:
    """Takes the form for calls of a static from a constructor's structs: it has another value from now on."""
    if method_attribute(name) in vars(statics):
        delattr(statics, method_attribute(name))


def declare_static(statics: Value, name: str, value: Value) -> None:
    """A `static` declaration: what the variable holds since before its function was replaced stays, if no function."""
    if attribute(name) not in vars(statics) or is_callable(value):
        set_static(statics, name, value)


def new_statics(is_constructor: bool, name: str) -> Value:
    """The static struct of a function: for a constructor the class of its structs, so that they inherit it."""
    body = {"__fresh__": True, "__gml_name__": name}
    made = GmlClass(name or "struct", (Struct,), body)
    return made if is_constructor else made()


class StaticStruct(Struct):
    """A constructor's statics as a struct: reads and writes the class of what the constructor makes."""

    __statics__: type[Struct]

    def __init__(self, statics: type[Struct]) -> None:
        object.__setattr__(self, "__statics__", statics)

    def __getattr__(self, name: str) -> Value:
        return inherited_variable(self.__statics__, name, self)

    def __setattr__(self, name: str, value: Value) -> None:
        setattr(self.__statics__, name, staticmethod(value) if type(value) is FunctionType else value)
        drop_method(self.__statics__, variable_name(name))

    @property
    def __dict__(self) -> dict[str, Value]:  # type: ignore[override]
        """The static variables, for whoever lists a struct's."""
        return {name: getattr(self.__statics__, name) for name in vars(self.__statics__) if is_variable(name)}


def inherited_variable(source: Value, name: str, owner: Value) -> Value:
    """A variable of another struct that stands for one of the owner's own; raises Unset."""
    try:
        return getattr(source, name)
    except AttributeError:
        raise Unset(name, name=name, obj=owner) from None


def remove_variable(owner: Value, name: str) -> None:
    """Removes the variable of an attribute's name from a struct or from statics, if it is there."""
    if isinstance(owner, StaticStruct):
        owner = owner.__statics__
    if name in vars(owner):
        if isinstance(owner, type):
            delattr(owner, name)
            drop_method(owner, variable_name(name))
        else:
            vars(owner).pop(name)


def static_struct(statics: Value) -> Value:
    """The one struct that shows a constructor's statics; other functions' statics are a struct already."""
    if not isinstance(statics, type):
        return statics
    if "__static_struct__" not in vars(statics):
        type.__setattr__(statics, "__static_struct__", StaticStruct(statics))
    return vars(statics)["__static_struct__"]


def statics_of(struct: Struct) -> Value:
    """The statics that a struct inherits, of a static struct those of the parent; None when there are none."""
    cls = struct.__statics__.__bases__[0] if isinstance(struct, StaticStruct) else type(struct)
    return None if cls is Struct else static_struct(cls)


def set_statics(struct: Struct, source: Struct) -> None:
    """Makes a struct, or all structs of a constructor, inherit another struct's variables."""
    if inherits(source, struct):
        raise GmlError("static_set: a struct cannot inherit from itself, nor from one that inherits from it")
    cls = source.__statics__ if isinstance(source, StaticStruct) else showing(source)
    if isinstance(struct, StaticStruct):
        struct.__statics__.__bases__ = (cls,)
    else:
        struct.__class__ = cls


def inherits(struct: Struct, from_: Struct) -> bool:
    """Whether a struct gets variables from another one, directly or through others; it does from itself."""
    pending: list[Value] = [struct]
    while pending:
        one = pending.pop()
        lineage = one.__statics__.__mro__ if isinstance(one, StaticStruct) else type(one).__mro__
        if one is from_ or (isinstance(from_, StaticStruct) and from_.__statics__ in lineage):
            return True
        pending += [vars(cls)["__source__"] for cls in lineage if "__source__" in vars(cls)]
    return False


def showing(source: Struct) -> type[Struct]:
    """A class whose structs have a struct's variables as statics."""
    body = {
        "__getattr__": lambda self, name: inherited_variable(source, name, self),
        "__gml_name__": type(source).__gml_name__,
        "__source__": source,
    }
    return cast(type[Struct], GmlClass("struct", (Struct,), body))


def method_of(function: Any, owner: Value) -> Value:
    """`method(owner, function)`: a new method bound to a struct, or unbound for undefined."""
    if owner is None:
        return unbound_form(function) if type(function) is MethodType else unbound_method(function)
    if type(function) is MethodType:
        return MethodType(function.__func__, owner)
    return MethodType(bound_form(function), owner)


def bound_form(function: Callable[..., Any]) -> Callable[..., Any]:
    """An unbound function as one that a method can be made of; the same each time."""
    info = function_info(function)
    if info is not None and info.bound_form is not None:
        return info.bound_form

    def bound(self: Value, other: Value, target: Value, *args: Value) -> Value:
        return function(other, self, *args)

    if info is not None:
        info.bound_form = bound
        bound.gml = info  # type: ignore[attr-defined]
    return bound


def unbound_method(function: Any) -> Value:
    """An unbound function as a method: a value of its own with the same code, and no script's reference."""
    info = function_info(function)
    if info is None:

        def unbound(other: Value, self: Value, *args: Value) -> Value:
            return function(other, self, *args)

        unbound.gml = FunctionInfo(getattr(function, "name", "anonymous"))  # type: ignore[attr-defined]
        return unbound
    made = FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    made.gml = info.copied()  # type: ignore[attr-defined]
    made.gml.script = None  # type: ignore[attr-defined]
    return made


def unbound_form(method: MethodType) -> FunctionType:
    """A method's code as an unbound function."""
    code = method.__func__

    def unbound(other: Value, self: Value, *args: Value) -> Value:
        return code(self, other, None, *args)

    unbound.gml = getattr(code, "gml", FunctionInfo("anonymous"))  # type: ignore[attr-defined]
    return cast(FunctionType, unbound)


# ------------------------------------------------------------------ exceptions


def throw(value: Value) -> GmlThrow:
    """`throw value`."""
    return GmlThrow(value)


def fmod(left: float, right: float) -> float:
    """C's fmod, without Python's exception for infinities."""
    try:
        return math.fmod(left, right)
    except ValueError:
        return math.nan
