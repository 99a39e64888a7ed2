"""Scripts that are called by their asset's name: trees go in; those of such scripts have a function of that name then.

A script's file may declare no function of the script's own name. A call of the name runs the file's statements again
then, in the caller's scope; libraries see to their settings in this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from gmlrun.compiler.pragmas import function_names
from gmlrun.source import Span
from gmlrun.syntax import nodes
from gmlrun.syntax.node_classes import replaced

CALL = re.compile(r"(?<![\w.\"'])(\w+)\s*\(")


def called_names(text: str, names: Set[str]) -> Set[str]:
    """Those of some names that stand before a bracket in a text."""
    return names & set(CALL.findall(text))


def as_function(name: str, tree: nodes.Program) -> nodes.Program:
    """The tree of a script whose statements are a function of its name, which it calls at the start.

    The functions that the script declares become methods of an instance or struct that calls it.
    """
    kept = tuple(statement for statement in tree.body if is_declaration(statement))
    moved = tuple(statement for statement in tree.body if not is_declaration(statement))
    span = moved[0].span if moved else tree.span
    body = nodes.Block(span, (*bindings(span, function_names(tree)), *moved))
    function = nodes.ExpressionStatement(span, nodes.Function(span, name, (), None, False, body))
    call = nodes.ExpressionStatement(span, nodes.Call(span, nodes.Name(span, name), ()))
    return replaced(tree, body=(*kept, function, call) if moved else (*kept, function))


def bindings(span: Span, functions: Iterable[str]) -> tuple[nodes.Statement, ...]:
    """`if (self != global) { self.f = method(self, f); … }`, for some functions."""
    caller = nodes.Name(span, "self")
    made = []
    for name in functions:
        bound = nodes.Call(span, nodes.Name(span, "method"), (caller, nodes.Name(span, name)))
        made.append(nodes.Assign(span, "=", nodes.Dot(span, caller, name, span), bound))
    is_elsewhere = nodes.Binary(span, "!=", caller, nodes.Name(span, "global"))
    return (nodes.If(span, is_elsewhere, nodes.Block(span, tuple(made)), None),) if made else ()


def is_declaration(statement: nodes.Statement) -> bool:
    """Whether a statement of a script is there for the whole program before anything runs."""
    if isinstance(statement, nodes.ExpressionStatement):
        return isinstance(statement.value, nodes.Function) and statement.value.name is not None
    return isinstance(statement, (nodes.Enum, nodes.GlobalVar))
