"""Pragmas: the analysis of a source goes in, the code of its `gml_pragma("global", …)` comes out."""

from __future__ import annotations

from collections.abc import Iterator, Set

from gmlrun.compiler.analysis import Analysis
from gmlrun.syntax import nodes


def global_code(analysis: Analysis) -> Iterator[tuple[int, str]]:
    """The line and the code of each `gml_pragma("global", "code")`, wherever it stands: the compiler reads it."""
    for node in analysis.nodes:
        if isinstance(node, nodes.Call) and isinstance(node.callee, nodes.Name) and node.callee.name == "gml_pragma":
            texts = [a.value for a in node.arguments if isinstance(a, nodes.String)]
            if len(texts) == len(node.arguments) == 2 and texts[0].lower() == "global":
                yield analysis.source.position(node.span.start)[0], texts[1]


def is_run_of_script(program: nodes.Program, scripts: Set[str]) -> bool:
    """Whether code does nothing but call a script by its asset's name: its statements run at the start as they are."""
    calls = [node.value for node in program.body if isinstance(node, nodes.ExpressionStatement)]
    return len(calls) == len(program.body) == 1 and any(
        isinstance(call, nodes.Call)
        and isinstance(call.callee, nodes.Name)
        and call.callee.name in scripts
        and not call.arguments
        for call in calls
    )


def function_names(program: nodes.Program) -> Iterator[str]:
    """The functions that the statements of a source declare."""
    for node in program.body:
        if isinstance(node, nodes.ExpressionStatement) and isinstance(node.value, nodes.Function) and node.value.name:
            yield node.value.name
