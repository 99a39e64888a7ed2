"""How many arguments a function of the program is made for: its node goes in, the least and the most come out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gmlrun.compiler.traversal import all_nodes
from gmlrun.syntax import nodes

ARGUMENT = re.compile(r"argument(\d+)")
DEEPEST = 4
"""How many functions a parameter is followed through, one handing it on to the next."""

Bodies = Mapping[str, nodes.Function]


def arity_of(function: nodes.Function, bodies: Bodies, depth: int = 0) -> tuple[int, int | None]:
    """The least and the most arguments that a function is made for; None for no limit.

    What it compares with undefined may be left out, and what it only hands on to a function that may do without; who
    asks for `argument` takes any number. `bodies` has the program's own functions by name.
    """
    least = most = len(function.parameters)
    while least and function.parameters[least - 1].default is not None:
        least -= 1
    for node in all_nodes(function):
        if isinstance(node, nodes.Name):
            numbered = ARGUMENT.fullmatch(node.name)
            if numbered:
                least = most = max(most, int(numbered[1]) + 1)
            elif node.name in ("argument", "argument_count"):
                return 0, None
            elif node.name in ("undefined", "is_undefined"):
                least = 0
        elif isinstance(node, nodes.Binary) and node.operator == "??":
            least = 0
    while 0 < least <= len(function.parameters) and is_handed_on(function, least - 1, bodies, depth):
        least -= 1
    return least, most


def is_handed_on(function: nodes.Function, at: int, bodies: Bodies, depth: int) -> bool:
    """Whether all that a function does with a parameter is to hand it to functions that may do without."""
    name, uses, handed = function.parameters[at].name, 0, 0
    for node in all_nodes(function):
        uses += isinstance(node, nodes.Name) and node.name == name
        if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name) and node.callee.name in bodies:
            for place, argument in enumerate(node.arguments):
                if isinstance(argument, nodes.Name) and argument.name == name:
                    handed += may_be_missing(bodies[node.callee.name], place, bodies, depth + 1)
    return 0 < uses == handed


def may_be_missing(function: nodes.Function, at: int, bodies: Bodies, depth: int) -> bool:
    """Whether a function does without an argument."""
    return depth <= DEEPEST and arity_of(function, bodies, depth)[0] <= at
