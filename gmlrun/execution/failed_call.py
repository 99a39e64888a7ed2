"""A call of what is no function: the value, or Python's exception, goes in; what can be called, or words, come out."""

from __future__ import annotations

import sys
from opcode import opname

from gmlrun.errors import GmlError
from gmlrun.execution.failed_index import UNIT, whole_argument
from gmlrun.language import variable_name
from gmlrun.runtime import Runtime
from gmlrun.values.model import ScriptIndex, is_callable, type_name
from gmlrun.values.text import string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any

LOADS = ("LOAD_ATTR", "LOAD_METHOD")
KEEPS_FLAG = int(sys.version_info >= (3, 12))
"""The bits of LOAD_ATTR's argument that are no part of the place of a name."""
ARTICLES = {"int64": "an ", "int32": "an ", "array": "an ", "undefined": ""}
"""The article of a type's name where it is another one than "a"."""
LONGEST = 40
"""Characters of an expression that a message repeats."""


class Uncallable(GmlError):
    """A call of a value that is no function; `name` is the variable or the expression that was called."""

    def __init__(self, name: str, value: Any) -> None:
        super().__init__(words(name, type_name(value), value))
        self.name = name


def callee(rt: Runtime, value: Any, name: str) -> Callable[..., Any]:
    """The function behind a value that is called: itself, or the script whose index it is; raises Uncallable."""
    if is_callable(value) or type(value) is ScriptIndex:
        return value  # type: ignore[no-any-return]
    found = rt.script_indices.get(value) if type(value) in (float, int) else None
    if found is None:
        raise Uncallable(name, value)
    return found


def words(name: str, kind: str, value: Any = None) -> str:
    """The message about a variable or expression that holds no function."""
    subject = f"variable {name}" if name.isidentifier() else name[:LONGEST] or "the value"
    held = ARTICLES.get(kind, "a ") + kind
    if kind == "number" and value is not None:
        held = f"the number {string_of(value)}, which is no script's index"
    return f"Unable to call function: {subject} is not a function or method; it is {held}"


def called_name(error: TypeError) -> str:
    """The variable whose value a failed call called, by the bytecode before it; the empty string where there is none.

    The load of what is called begins where the call begins; those of its arguments begin later.
    """
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return "" if last is None else variable_name(loaded_name(last))


def loaded_name(where: TracebackType) -> str:
    """The name that the last load before an instruction took, of those that begin at the instruction's place."""
    code = where.tb_frame.f_code
    places, bytecode = list(code.co_positions()), code.co_code
    begin = places[where.tb_lasti // UNIT]
    for at in range(where.tb_lasti - UNIT, -1, -UNIT):
        line, _, column, _ = places[at // UNIT]
        operation = opname[bytecode[at]]
        if operation in LOADS and (line, column) == (begin[0], begin[2]):
            argument = whole_argument(bytecode, at)
            return code.co_names[argument >> KEEPS_FLAG if operation == "LOAD_ATTR" else argument]
    return ""
