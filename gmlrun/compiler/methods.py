"""Methods that are known: a name goes in, the functions that a call of it on a struct runs come out.

Where a program declares a name as a `static` function of constructors and stores to it nowhere else, `struct.name(…)`
runs one of these functions. Such calls take a form of the function that Python binds to the struct by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gmlrun.syntax import nodes

if TYPE_CHECKING:
    from gmlrun.compiler.lowering import UnitState

LARGEST = 3000
"""A function of more characters is not compiled in two forms."""


def known_methods(unit: UnitState, name: str) -> Sequence[nodes.Function]:
    """The functions that a call of a variable of a struct may run; none where it may be another one."""
    symbols = unit.symbols
    if not symbols.optimise or symbols.is_open or symbols.stores_unseen:
        return ()
    if name in symbols.stored or name in symbols.spelled or unit.names.variable(name) is not None:
        return ()
    return symbols.methods.get(name, ())


def has_method_form(unit: UnitState, name: str) -> bool:
    """Whether the functions that a call of a variable may run are compiled in a form for that."""
    found = known_methods(unit, name)
    return bool(found) and all(function.span.end - function.span.start <= LARGEST for function in found)
