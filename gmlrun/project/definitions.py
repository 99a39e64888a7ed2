"""Variable definitions: what the editor's form holds goes in, the GML that sets the variables comes out.

Manual: The_Asset_Editors/Object_Properties/Object_Variables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from math import isfinite
from typing import NamedTuple

from gmlrun.source import Source

REAL, INTEGER, STRING, BOOLEAN, EXPRESSION, ASSET, LIST, COLOUR = range(8)


class VariableDefinition(NamedTuple):
    """A variable that instances have before Create; `value` is the text of the form."""

    name: str
    type: int
    value: str
    multiple: bool = False
    """A list of which any number may be chosen: the variable holds an array of them."""


def literal(value: str) -> str:
    """A text as a GML string."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return f'"{"".join(escapes.get(c, c) for c in value)}"'


WRITTEN_AS_STRING = re.compile(r'\s*\$?"(?:[^"\\]|\\.)*"\s*', re.DOTALL)


def string(value: str) -> str:
    """A text as a GML string; one that is written as GML has it, in quotes, stays as it is."""
    return value.strip() if WRITTEN_AS_STRING.fullmatch(value) else literal(value)


def asset(value: str) -> str:
    """An asset's name; -1 for none."""
    return value if value.isidentifier() else "-1"


def number_literal(value: float) -> str:
    """A number as GML has it, which knows no exponents."""
    return f"{Decimal(repr(value)):f}" if isfinite(value) else "0"


EXPONENT = re.compile(r"[-+]?[\d.]+e[-+]?\d+", re.IGNORECASE)


def plain(value: str) -> str:
    """A value as the form holds it; a number may have an exponent there."""
    value = value.strip() or "0"
    return number_literal(float(value)) if EXPONENT.fullmatch(value) else value


WRITTEN: dict[int, Callable[[str], str]] = {
    REAL: plain,
    INTEGER: plain,
    STRING: string,
    BOOLEAN: lambda value: "true" if value.strip().lower() in ("true", "1") else "false",
    EXPRESSION: lambda value: value.strip() or "undefined",
    ASSET: asset,
    LIST: plain,
    COLOUR: plain,
}


def expression(definition: VariableDefinition) -> str:
    """The GML of a definition's value."""
    if definition.multiple:
        return f"[{definition.value}]"
    return WRITTEN.get(definition.type, plain)(definition.value)


def as_source(name: str, definitions: Iterable[VariableDefinition]) -> Source | None:
    """The code that sets the variables, one a line; None when there are none."""
    lines = [f"{made.name} = {expression(made)};" for made in definitions]
    return Source(name, "\n".join(lines) + "\n") if lines else None
