"""Types, conversions, functions and methods. Manual: Variable_Functions."""

from __future__ import annotations

import math

from gmlrun.builtins.registry import Array, Chapter, String
from gmlrun.errors import GmlError
from gmlrun.execution import helpers
from gmlrun.lean import FunctionType, MethodType, pattern
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values import conversions
from gmlrun.values.conversions import is_number, parse_number
from gmlrun.values.model import (
    POINTER_INVALID,
    POINTER_NULL,
    GmlClass,
    Handle,
    Int32,
    Pointer,
    ScriptIndex,
    Struct,
    Value,
    function_info,
    handle_index,
    is_callable,
    type_name,
)
from gmlrun.values.slices import taken
from gmlrun.values.text import format_placeholders, quoted, string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

chapter = Chapter("Variable_Functions")

ADDRESS = pattern(r"[ \t\r\n]*((?:0[xX])?[0-9A-Fa-f]{1,16})(?![0-9A-Fa-f])")
SEPARATOR = pattern(r"(?a)(?<=\d)_(?=\d)")
"""An address as text."""

CONSTANTS: dict[str, Value] = {"pointer_null": POINTER_NULL, "pointer_invalid": POINTER_INVALID}

# ----------------------------------------------------------------- conversions


@chapter
def string(value_or_format: Value, *values: Value) -> str:
    """A value as text; with more arguments, a format whose {0}, {1}, … they fill in."""
    text = string_of(value_or_format)
    return format_placeholders(text, values) if values else text


@chapter
def string_ext(value_or_format: String, values: Array) -> str:
    """A format whose {0}, {1}, … the elements of an array fill in."""
    return format_placeholders(value_or_format, values)


@chapter
def real(string: Value) -> float:
    """A value as a number; raises for text that is none, undefined, arrays and pointers."""
    number = conversions.to_real(without_underscores(string))
    return ScriptIndex(int(number), string) if type(string) is FunctionType and number == number else number


@chapter
def bool_(n: Value) -> bool:
    """A value as true or false: numbers above 0.5 are true."""
    return conversions.to_bool(n)


@chapter
def int64(val: Value) -> int:
    """A value as a 64-bit integer, truncated."""
    return conversions.to_int64(without_underscores(val))


def without_underscores(value: Value) -> Value:
    """A text without the underscores between its digits, as numbers in code may have; any other value as it is."""
    return SEPARATOR.sub("", value) if type(value) is str and "_" in value else value


@chapter
def ptr(n: Value) -> Value:
    """A value as a pointer, the hexadecimal digits that a text begins with as an address; raises for undefined."""
    if n is None:
        raise GmlError("ptr() argument is undefined")
    if isinstance(n, Pointer):
        return n
    if type(n) is str:
        address = ADDRESS.match(n)
        return POINTER_NULL if address is None else Pointer(int(address[1], 16)) or POINTER_NULL
    if type(n) is list or type(type(n)) is GmlClass or is_callable(n):
        return Pointer(id(n))
    return Pointer(conversions.to_int64(n)) or POINTER_NULL


# ------------------------------------------------------------------ predicates


@chapter
def typeof(variable: Value) -> str:
    """The name of a value's type: number, string, array, bool, int32, int64, ptr, undefined, method, struct, ref."""
    return type_name(variable)


@chapter
def is_real(n: Value) -> bool:
    """Whether a value is a real: a number that is no bool and no integer type."""
    return isinstance(n, float)


@chapter
def is_numeric(n: Value) -> bool:
    """Whether a value is a real, an int32, an int64, a bool or a handle."""
    return is_number(n) or handle_index(n) is not None


@chapter
def is_bool(n: Value) -> bool:
    """Whether a value is true or false."""
    return isinstance(n, bool)


@chapter
def is_int32(n: Value) -> bool:
    """Whether a value is a 32-bit integer."""
    return type(n) is Int32


@chapter
def is_int64(n: Value) -> bool:
    """Whether a value is a 64-bit integer."""
    return type(n) is int


@chapter
def is_string(n: Value) -> bool:
    """Whether a value is a string."""
    return type(n) is str


@chapter
def is_array(n: Value) -> bool:
    """Whether a value is an array."""
    return type(n) is list


@chapter
def is_struct(val: Value) -> bool:
    """Whether a value is a struct; methods count as structs, a script's function and an instance do not."""
    if type(type(val)) is GmlClass:
        return not getattr(val, "__is_instance__", False)
    return type_name(val) == "method"


@chapter
def is_method(n: Value) -> bool:
    """Whether a value is a method."""
    return type_name(n) == "method"


@chapter
def is_callable_(rt: Runtime, n: Value) -> bool:
    """Whether a value can be called: a function, a method or the index of a script."""
    return is_callable(n) or (isinstance(n, float) and n in rt.script_indices)


@chapter
def is_ptr(n: Value) -> bool:
    """Whether a value is a pointer."""
    return isinstance(n, Pointer)


@chapter
def is_undefined(n: Value) -> bool:
    """Whether a value is undefined."""
    return n is None


@chapter
def is_handle(val: Value) -> bool:
    """Whether a value is a handle: an asset, an instance's id, a data structure, a buffer, …"""
    return isinstance(val, Handle) or type_name(val) == "ref"


@chapter
def is_nan(n: Value) -> bool:
    """Whether a value is no number: NaN, other text, undefined, arrays, structs and methods."""
    if isinstance(n, Pointer):
        return False
    if isinstance(n, float):
        return math.isnan(n)
    if type(n) is str:
        return parse_number(n) is None
    return not (is_number(n) or isinstance(n, Handle))


@chapter
def is_infinity(n: Value) -> bool:
    """Whether a value is infinity or -infinity."""
    return isinstance(n, float) and math.isinf(n)


@chapter
def is_instanceof(struct: Value, constructor: Value) -> bool:
    """Whether a struct was made by a constructor or one that inherits from it, or has the statics of a function."""
    info = function_info(constructor)
    if info is None or not isinstance(struct, Struct):
        return False
    if info.struct_class is not None:
        return isinstance(struct, info.struct_class)
    return info.statics is not None and struct is not info.statics and helpers.inherits(struct, info.statics)


@chapter
def instanceof(struct_id: Any) -> Value:
    """The name of the constructor that made a struct; undefined for anything else."""
    if type(type(struct_id)) is not GmlClass:
        return "function" if is_callable(struct_id) else None
    return "instance" if hasattr(type(struct_id), "object_index") else type(struct_id).__gml_name__


# --------------------------------------------------------- functions and methods


@chapter
def method(rt: Runtime, self: Value, other: Value, struct_ref_or_instance_id: Value, func: Value) -> Value:
    """A new method: a function bound to a struct or an instance, or to nothing for undefined."""
    owner = struct_ref_or_instance_id
    if owner is not None and type(type(owner)) is not GmlClass:
        from gmlrun.execution.targets import Targets

        owner = rt.service(Targets).read(owner, self, other)
    return helpers.method_of(rt.callable(func), owner)


@chapter
def method_get_self(method: Value) -> Value:
    """The struct or instance that a method is bound to, undefined for an unbound one."""
    return method.__self__ if type(method) is MethodType else None


@chapter
def method_get_index(rt: Runtime, method: Value) -> Value:
    """The function of a method: a script's, or the unbound form of any other."""
    info = function_info(method)
    found = None if info is None else rt.script_indices.get(info.index)
    if found is not None:
        return found
    return helpers.method_of(method, None) if type(method) is MethodType else method


def spread(array_args: Value, offset: Value, num_args: Value) -> list[Value]:
    """The arguments that an array holds, none when it is left out."""
    if array_args is not None and type(array_args) is not list:
        raise GmlError(f"the arguments of a call must be in an array, not in {quoted(array_args)}")
    return taken(array_args or [], offset, num_args)


@chapter
def method_call(
    rt: Runtime,
    self: Value,
    other: Value,
    method: Value,
    array_args: Value = None,
    offset: Value = None,
    num_args: Value = None,
) -> Value:
    """Calls a function with the elements of an array as its arguments."""
    return rt.call(method, self, other, *spread(array_args, offset, num_args))


@chapter
def script_execute(rt: Runtime, self: Value, other: Value, scr: Value, *args: Value) -> Value:
    """Calls a function, method or script with these arguments."""
    return rt.call(scr, self, other, *args)


@chapter
def script_execute_ext(
    rt: Runtime,
    self: Value,
    other: Value,
    scr: Value,
    array_args: Value = None,
    offset: Value = None,
    num_args: Value = None,
) -> Value:
    """Calls a function with the elements of an array as its arguments."""
    return rt.call(scr, self, other, *spread(array_args, offset, num_args))


@chapter
def static_get(rt: Runtime, root_statics: RootStatics, struct_or_func_name: Value) -> Value:
    """The static struct of a function, a method or a struct: the root where there is no other; else undefined."""
    info = function_info(struct_or_func_name)
    if info is not None:
        if info.statics is None:
            info.statics = helpers.new_statics(False, info.script or "")
        return helpers.static_struct(info.statics)
    root = root_statics.struct
    if not isinstance(struct_or_func_name, Struct) or struct_or_func_name in (root, rt.globals):
        return None
    found = helpers.statics_of(struct_or_func_name)
    return root if found is None else found


class RootStatics(GamePart):
    """The static struct at the end of every chain of them, of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.struct = Struct()
