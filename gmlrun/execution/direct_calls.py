"""Calls with a known number of arguments: a function goes in, a form of it without a place for more comes out.

CPython calls a function that takes any number of arguments more slowly than one that does not. GML's functions all do,
but a call in the source or by a builtin has a number of arguments that is known beforehand.
"""

from __future__ import annotations

from gmlrun.lean import FunctionType, MethodType, NamedTuple, cast
from gmlrun.values.model import FunctionInfo, function_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

UNNAMED = "gml_rest"
"""The Python parameter that takes the arguments which no parameter is there for."""
VARARGS = 4
"""The flag of code that takes any number of arguments: `inspect` has it too, which takes long to import."""


class Callback(NamedTuple):
    """A function as a builtin calls it again and again, and how many arguments to give to it."""

    function: Callable[..., Any]
    given: int


def direct_form(function: Any, given: int) -> Callable[..., Any]:
    """A function of the program as calls with a number of arguments reach it."""
    info = function_info(function)
    if type(function) is not FunctionType or info is None or info.is_constructor:
        return cast("Callable[..., Any]", function)
    return direct_code(function, given)


def direct_code(code: FunctionType, given: int) -> Callable[..., Any]:
    """The same for code of the program, that of a constructor among it."""
    info: FunctionInfo = code.gml  # type: ignore[attr-defined]
    if given > len(info.parameters):
        return code
    if info.direct is None:
        info.direct = without_rest(code)
    return info.direct


def without_rest(function: FunctionType) -> FunctionType:
    """The same function without a place for more arguments; itself if it asks for `argument`, and wants all of them."""
    code = function.__code__
    if code.co_argcount >= len(code.co_varnames) or code.co_varnames[code.co_argcount] != UNNAMED:
        return function
    exact = code.replace(co_flags=code.co_flags & ~VARARGS)
    made = FunctionType(exact, function.__globals__, function.__name__, function.__defaults__)
    made.gml = function.gml  # type: ignore[attr-defined]
    return made


def callback(function: Callable[..., Any], offered: int) -> Callback:
    """A function to which a builtin offers a number of arguments: it gets those that it has parameters for."""
    info = function_info(function)
    if info is None or info.is_constructor:
        return Callback(function, offered)
    count = min(offered, len(info.parameters))
    code = function.__func__ if type(function) is MethodType else function
    direct = direct_form(code, count)
    if direct is code:
        return Callback(function, offered)
    return Callback(MethodType(direct, function.__self__) if type(function) is MethodType else direct, count)
