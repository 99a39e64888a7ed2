"""Strings that begin with a number, as they are numbers before 2024.11: a tree goes in, one comes out that takes them.

`real` and `int64` pass over what stands behind the number there. Manual: Game Options, Legacy Number Conversion.
"""

from __future__ import annotations

from gmlrun.compiler.plain_handles import Argument, with_arguments
from gmlrun.compiler.traversal import room_to_recurse
from gmlrun.syntax import nodes

CONVERTING = frozenset(("real", "int64"))
"""The functions whose argument is the text of a number."""


def with_beginnings(tree: nodes.Program) -> nodes.Program:
    """The tree of a source in which the numbers that strings begin with are taken."""
    with room_to_recurse():
        return with_arguments(tree, CONVERTING, beginning)


def beginning(value: Argument) -> Argument:
    """An argument whose value is the number's text alone, if it is a string that begins with one."""
    return value if value is None or isinstance(value, nodes.Number) else nodes.LeadingNumber(value.span, value)
