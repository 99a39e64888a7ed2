"""Where Python's errors become GML's: an exception goes in, a message, a place and a GML stack come out.

A fault in emitted code (`undefined + 1`, an unset variable, an index out of range) arrives as
Python's own exception and is worded here; an exception from gmlrun's own code that is no GmlError is
a fault of gmlrun: `execution/faults.py` makes a GML error of it that says so.
"""

from __future__ import annotations

import sys

from gmlrun.diagnostics import Place, Report, StackFrame
from gmlrun.errors import GmlError, GmlThrow
from gmlrun.language import attribute, variable_name
from gmlrun.lean import pattern
from gmlrun.unit import entry_name
from gmlrun.values.model import GmlClass, Struct, Unset
from gmlrun.values.text import string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType, FrameType, TracebackType
    from typing import Any

    from gmlrun.values.model import Value

SELF_ID = "-2147483648"
HELPER, QUOTED, BEGUN = pattern(r"gml_[a-z]"), pattern(r"'([^']+)'"), pattern(r"'([^']+)")
LIBRARY = "gmlrun:stdlib/"
"""The beginning of the source names of stdlib/ files."""
SESSION_LOCALS = "local variable"
"""The name of the struct with a session's locals; no object can have it."""


def is_gml(code: CodeType) -> bool:
    """Whether a code object was compiled from GML: its functions hide their self in the first two parameters."""
    return {"self", "other"} <= set(code.co_varnames[:2]) and "gml_" in code.co_name


def is_ended() -> bool:
    """Whether the frame that asks, in a `finally`, is being left because a limit has ended the event."""
    error = sys.exc_info()[1]
    if error is None or getattr(error, "runs_finally", True):
        return False
    trace = error.__traceback__
    return trace is not None and trace.tb_frame is sys._getframe(1)


def outermost(frame: FrameType | None, game: Value) -> FrameType | None:
    """The outermost frame of a game's code below which a frame runs; None where no code of it runs.

    `game` is the game's `global`. While such a frame lives it stands for the event that runs.
    """
    found: FrameType | None = None
    while frame is not None:
        if is_gml(frame.f_code) and frame.f_globals.get("gml_global") is game:
            found = frame
        frame = frame.f_back
    return found


def gml_frames(traceback: TracebackType | None) -> Iterator[tuple[Any, int, int]]:
    """The GML frames of a traceback, outermost first, each with its line and its instruction's offset.

    Some of Python's own instructions have no line; a limit may end an event in one of them.
    """
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if is_gml(code):
            line: int | None = traceback.tb_lineno
            yield traceback.tb_frame, code.co_firstlineno if line is None else line, traceback.tb_lasti
        traceback = traceback.tb_next


def is_internal(error: BaseException) -> bool:
    """Whether a Python exception comes from gmlrun's own code rather than from what a GML line means."""
    if isinstance(error, (GmlError, GmlThrow, Unset, RecursionError, MemoryError, OSError)):
        return False
    if isinstance(error, NameError) and HELPER.match(error.name or ""):
        return True
    if isinstance(error, AttributeError) and reads_variable(error):
        return False
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return last is None or not is_gml(last.tb_frame.f_code)


def reads_variable(error: AttributeError) -> bool:
    """Whether a variable of a struct or instance was not set, which a helper of gmlrun's read for the program."""
    name = error.name or ""
    is_pythons = attribute(variable_name(name)) != name
    return type(type(error.obj)) is GmlClass and not is_pythons


# --------------------------------------------------------------------- wording


def message_of(error: BaseException) -> str:
    """The message in GameMaker's words."""
    if isinstance(error, GmlError):
        return error.message
    if isinstance(error, GmlThrow):
        return thrown_message(error.value)
    for kind, words in WORDING.items():
        if isinstance(error, kind):
            return str(words(error))
    return str(error)


def thrown_message(value: Value) -> str:
    """A thrown struct's own message, or the words for any other value that nobody caught."""
    message = getattr(value, "message", None) if isinstance(value, Struct) else None
    try:
        return f"Unable to find a handler for exception {string_of(value)}" if message is None else string_of(message)
    except Exception:  # what its toString raises, in its turn
        return "Unable to find a handler for exception, whose toString raises one as well"


def unset_variable(error: AttributeError) -> str:
    owner, name = error.obj, variable_name(error.name or "")
    if owner is None:
        return f"unable to read {name} of undefined"
    label = getattr(type(owner), "__gml_name__", "<unknown_object>")
    if label == "global":
        return f"global variable name '{name}' not set before reading it."
    if label == SESSION_LOCALS:
        return f"{label} {name}({SELF_ID}) not set before reading it."
    if label in ("struct", ""):
        label = "<unknown_object>"
    handle = getattr(owner, "id", None) if hasattr(type(owner), "object_index") else None
    index = getattr(handle, "index", -1)
    return f"Variable {label}.{name}({index}, {SELF_ID}) not set before reading it."


def unset_local(error: NameError) -> str:
    name = (error.name or quoted_name(str(error))).rstrip("_") or "?"
    return f"local variable {name}({SELF_ID}) not set before reading it."


def quoted_name(text: str) -> str:
    """The name that a Python message puts in quotes."""
    found = QUOTED.search(text)
    return found.group(1) if found else ""


def wrong_type(error: TypeError) -> str:
    """Emitted code raises TypeError where a value cannot be called, indexed or computed with."""
    text = str(error)
    if "not callable" in text:
        from gmlrun.execution.failed_call import called_name, words

        return words(called_name(error), gml_type(quoted_name(text)))
    if "__trunc__" in text:
        return f"an array index must be a number, not {gml_type(quoted_name(text) or text.split()[1])}"
    if "does not support item" in text or "not subscriptable" in text:
        return "trying to index a variable which is not an array"
    if "NoneType" in text:
        return "undefined value in expression"
    return f"wrong type in expression: {' and '.join(map(gml_type, BEGUN.findall(text)))}"


def gml_type(python_name: str) -> str:
    """GameMaker's word for a Python type."""
    words = {"NoneType": "undefined", "str": "string", "float": "number", "int": "int64", "list": "array"}
    return words.get(python_name, "struct" if python_name[:1].isupper() else python_name)


def out_of_range(error: IndexError) -> str:
    from gmlrun.execution.failed_index import failed_read

    found = failed_read(error)
    if found is None:
        return "Push :: Execution Error - Variable Index out of range"
    return f"Push :: Execution Error - Variable Index [{found[0]}] out of range [{found[1]}]"


WORDING: dict[type[BaseException], Any] = {
    AttributeError: unset_variable,
    NameError: unset_local,
    TypeError: wrong_type,
    IndexError: out_of_range,
    RecursionError: lambda error: "Stack overflow: functions call each other too deeply",
    MemoryError: lambda error: "Out of memory",
    OSError: lambda error: f"the file system: {error.strerror or error}",
    ZeroDivisionError: lambda error: "DoDiv :: Divide by zero",
    OverflowError: lambda error: "a number is too large for this operation",
    ValueError: lambda error: "a number is not finite where a finite one is needed",
}


# ----------------------------------------------------------------- exceptions


def exception_struct(error: BaseException) -> Struct:
    """`message`, `longMessage`, `script`, `line` and `stacktrace` of a run-time error.

    Manual: GML_Overview/Language_Features/try_catch_finally.
    """
    stack = stack_of(error)
    struct = Struct()
    made: Any = struct
    made.message = message_of(error)
    made.longMessage = long_message(made.message, stack)
    made.script = stack[0].function if stack else ""
    made.line = float(stack[0].line) if stack else -1.0
    made.stacktrace = [f"{frame.function} (line {frame.line})" for frame in stack]
    return struct


def long_message(message: str, stack: list[StackFrame]) -> str:
    where = f" at {stack[0].function} (line {stack[0].line})" if stack else ""
    return f"ERROR in action number 1\n\n{message}\n{where}"


def stack_of(error: BaseException) -> list[StackFrame]:
    """The GML call stack at the fault, innermost first."""
    frames = [
        StackFrame(entry_name(frame.f_code), frame.f_code.co_filename, line)
        for frame, line, _ in gml_frames(error.__traceback__)
    ]
    return without_library(frames)[::-1]


def without_library(frames: list[StackFrame]) -> list[StackFrame]:
    """A stack, outermost first, up to where the program calls stdlib/: what fails there is the program's call."""
    kept = len(frames)
    while kept and frames[kept - 1].file.startswith(LIBRARY):
        kept -= 1
    return frames[: kept or len(frames)]


def report(error: BaseException, texts: dict[str, str], where: str = "") -> Report:
    """An unhandled error, ready to print. `texts` has the source text of each file, for the caret."""
    stack = stack_of(error)
    from gmlrun.execution.hints import hint_of

    frames = [frame for frame, _, _ in gml_frames(error.__traceback__)]
    hint = hint_of(error, frames[-1] if frames else None)
    return Report(message_of(error), where, place_of(error, texts), stack, hint)


def place_of(error: BaseException, texts: dict[str, str]) -> Place | None:
    """The line and columns of the expression that failed, in the innermost GML frame."""
    found = list(gml_frames(error.__traceback__))
    if not found:
        return None
    frame, line, instruction = next(
        (entry for entry in reversed(found) if not entry[0].f_code.co_filename.startswith(LIBRARY)), found[-1]
    )
    positions = list(frame.f_code.co_positions())
    _, end_line, column, end_column = positions[instruction // 2]
    lines = texts.get(frame.f_code.co_filename, "").splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    start = characters(text, column or 0)
    width = characters(text, end_column or 0) - start if end_line == line else len(text) - start
    return Place(frame.f_code.co_filename, line, start + 1, text, max(1, width))


def characters(text: str, byte_offset: int) -> int:
    """A column in bytes, as Python counts, in characters."""
    return byte_offset if text.isascii() else len(text.encode()[:byte_offset].decode("utf-8", "ignore"))
