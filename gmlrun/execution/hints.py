"""Hints about run-time errors: the exception goes in, a sentence about its probable cause comes out, or nothing."""

from __future__ import annotations

from gmlrun.engine.instances import BUILTIN_VARIABLES, Instance
from gmlrun.errors import GmlThrow
from gmlrun.execution.failed_call import Uncallable, called_name
from gmlrun.language import attribute, variable_name
from gmlrun.suggestions import HABITS, asset_hint, captured_words, did_you_mean
from gmlrun.unit import entry_name
from gmlrun.values.buffers import OutsideBuffer
from gmlrun.values.model import Struct, Value, is_callable, own_variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType


def hint_of(error: BaseException, frame: FrameType | None) -> str:
    """A hint on an error about a name that is not set; `frame` is that of the GML code that failed."""
    if isinstance(error, OutsideBuffer) and getattr(error.buffer, "is_packet", False):
        size = len(error.buffer.data)
        unit = "byte" if size == 1 else "bytes"
        return f"the packet has {size} {unit}: do both sides use the same types in the same order?"
    if isinstance(error, (Uncallable, TypeError)):
        return hint_of_call(error, frame)
    if isinstance(error, GmlThrow) or not isinstance(error, (AttributeError, NameError)) or not error.name:
        return ""
    if isinstance(error, NameError):
        return f"var {error.name.rstrip('_')} is declared in this function, but nothing has set it yet"
    owner, name = error.obj, variable_name(error.name)
    if not isinstance(owner, Struct):
        return ""
    known = [*variables_of(owner), *locals_of(frame, owner)]
    return hint_of_capture(name, frame) or HABITS.get(name) or did_you_mean(name, known) or asset_hint(name)


def hint_of_capture(name: str, frame: FrameType | None) -> str:
    """A hint on a name that a function wants of its self, where the code around it has a local of that name."""
    if frame is None:
        return ""
    outer = entry_name(frame.f_code)
    while "@" in outer:
        outer = outer.split("@", 2)[2]
        function = frame.f_globals.get(outer)
        names = getattr(getattr(function, "__code__", None), "co_varnames", ())
        if name in (local.rstrip("_") for local in names):
            return captured_words(name)
    return ""


def hint_of_call(error: Uncallable | TypeError, frame: FrameType | None) -> str:
    """A hint on a call of what is no function: a function with a like name, or that there must be one."""
    name = error.name if isinstance(error, Uncallable) else called_name(error) if "not callable" in str(error) else ""
    owner = None if frame is None else frame.f_locals.get("self")
    if not name.isidentifier() or not isinstance(owner, Struct):
        return ""
    functions = [other for other in variables_of(owner) if is_callable(getattr(owner, attribute(other), None))]
    return did_you_mean(name, functions) or f"store a function in {name} before this line calls it"


def variables_of(owner: Struct) -> list[str]:
    """The names that an owner has: its own variables, its statics, and those that GameMaker gives an instance."""
    statics = [name for cls in type(owner).__mro__ if issubclass(cls, Struct) for name in vars(cls)]
    visible = [variable_name(name) for name in statics if not name.startswith("__")]
    built_in = BUILTIN_VARIABLES if isinstance(owner, Instance) else ()
    return [*(name for name, _ in own_variables(owner)), *visible, *built_in]


def locals_of(frame: FrameType | None, owner: Value) -> Iterable[str]:
    """The locals of the code that failed, where the name of a variable of self could have meant one of them."""
    if frame is None or frame.f_locals.get("self") is not owner:
        return ()
    return (
        name.rstrip("_") for name in frame.f_locals if not name.startswith("gml_") and name not in ("self", "other")
    )
