"""Builtins of the manual's chapter OS And Compiler: what the game was started with."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Int, Real
from gmlrun.runtime.context import Runtime

chapter = Chapter("OS_And_Compiler")


@chapter
def parameter_count(rt: Runtime) -> Real:
    """How many arguments the program was started with."""
    return len(rt.settings.arguments)


@chapter
def parameter_string(rt: Runtime, n: Int) -> str:
    """The N-th argument that the program was started with, from 1 on; 0 is the program's name.

    The empty string for an argument that was not given.
    """
    values = [rt.settings.program_name, *rt.settings.arguments]
    return values[n] if 0 <= n < len(values) else ""
