"""`check` finds calls of constructors without `new`."""

from __future__ import annotations

import pytest

from gmlrun.builtins.table import Table
from gmlrun.compiler.analysis import Analysis
from gmlrun.compiler.compile import Form, check
from gmlrun.compiler.declarations import Declarations
from gmlrun.compiler.symbols import Symbols
from gmlrun.source import Source
from gmlrun.syntax.parser import parse


@pytest.mark.parametrize(
    ("gml", "found"),
    [
        ("function A() constructor {} var a = A();", ["A is a constructor: it can be called with new only"]),
        ("function A() constructor {} var a = new A();", []),
        ("function A() constructor {} script_execute(A);", []),
        ("function A() constructor {} function B() : A() constructor {}", []),
        ("function A() {} var a = A();", []),
        ("function A() constructor {} function f(A) { return A(); }", []),
    ],
)
def test_a_call_without_new(gml: str, found: list[str]) -> None:
    source, symbols, names = Source("a.gml", gml), Symbols(), Table()
    analysis = Analysis(source, parse(source))
    Declarations(symbols, names).add([analysis])
    diagnostics = check(analysis, symbols, names, Form("gml_GlobalScript_a"))
    assert [d.message for d in diagnostics] == found
