"""Hints at the prompt: an error and what the session knows go in, a sentence on its likely cause comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gmlrun.diagnostics import Diagnostic
from gmlrun.language import variable_name
from gmlrun.suggestions import HABITS, did_you_mean
from gmlrun.values.model import Struct, own_variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

COMMANDS = {"quit": ":quit leaves", "help": ":help lists what can be typed"}

ELSE = "put else on the line of the closing brace, or press Alt-Enter before it"


class Known(NamedTuple):
    """The names that an error can be about."""

    instance: Value
    locals: Struct
    names: Iterable[str]
    """All that can stand alone."""


def of_error(error: BaseException, known: Known) -> str:
    """A hint on a run-time error about a name; empty for any other."""
    if not isinstance(error, (AttributeError, NameError)) or not error.name:
        return ""
    owner, name = getattr(error, "obj", None), variable_name(error.name)
    if owner is known.locals:
        return f"var {name} has been declared, but never set"
    if owner is not known.instance:
        return did_you_mean(name, [n for n, _ in own_variables(owner)]) if isinstance(owner, Struct) else ""
    if name in vars(known.locals):
        return f"{name} is a local of the prompt, which functions and events do not see: set it without var"
    return COMMANDS.get(name) or HABITS.get(name) or did_you_mean(name, known.names)


def of_diagnostics(found: Sequence[Diagnostic]) -> str:
    """A hint on what is wrong with a text, where the compiler has none."""
    first = found[0]
    if first.hint:
        return ""
    if first.message == "unexpected else" and first.place.column == 1:
        return ELSE
    return COMMANDS.get(first.message.rpartition(" ")[2], "") if first.code == "unknown-function" else ""
