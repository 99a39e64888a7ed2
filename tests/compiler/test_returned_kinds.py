"""The kinds that are known of what script functions return."""

from __future__ import annotations

import pytest

from gmlrun.builtins.table import Table
from gmlrun.compiler.analysis import Analysis
from gmlrun.compiler.declarations import Declarations
from gmlrun.compiler.kinds import ANY, ARRAY, BOOL, INT64, REAL, STR, STRUCT
from gmlrun.compiler.lowering import UnitState
from gmlrun.compiler.name_resolution import Resolver
from gmlrun.compiler.pyast import PythonBuilder
from gmlrun.compiler.returned_kinds import returned_by_script
from gmlrun.compiler.symbols import Symbols
from gmlrun.source import Source
from gmlrun.syntax.parser import parse

TABLE = Table()


def unit_of(text: str, is_open: bool = False) -> UnitState:
    """A source that is about to be lowered."""
    source, symbols = Source("t.gml", text), Symbols()
    analysis = Analysis(source, parse(source))
    Declarations(symbols, TABLE).add([analysis])
    symbols.is_open = is_open
    return UnitState(source, symbols, TABLE, Resolver(symbols, TABLE), PythonBuilder(source), analysis)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("return x < 3;", BOOL),
        ("if (x) return true; return !x;", BOOL),
        ("if (x) return 1; else return 2.5;", REAL),
        ("var n = 0; for (var i = 0; i < 3; i++) n += i; return n;", REAL),
        ("return x & 255;", INT64),
        ('return "<" + string(x);', STR),
        ("return [x];", ARRAY),
        ("return { p: x };", STRUCT),
        ("return f(x) ? f(1) : 1;", ANY),
        ("return x;", ANY),
        ("if (x) return 1; return true;", ANY),
        ("if (x) return 1;", ANY),
        ("if (x) exit; return 1;", ANY),
        ("if (x) return; return 1;", ANY),
        ("return argument0 < argument_count;", ANY),
        ("if (x) return g(1); return false;", BOOL),
    ],
)
def test_what_all_returns_give_is_known(body: str, kind: str) -> None:
    unit = unit_of(f"function f(x) {{ {body} }} function g(y) {{ return y > 2; }}")
    assert returned_by_script(unit, "f") == kind


def test_nothing_is_known_in_a_session_where_a_function_may_be_defined_anew() -> None:
    assert returned_by_script(unit_of("function f(x) { return x < 3; }", is_open=True), "f") == ANY


def test_nothing_is_known_of_constructors_and_strangers() -> None:
    unit = unit_of("function f(x) constructor { return 1; }")
    assert returned_by_script(unit, "f") == ANY
    assert returned_by_script(unit, "elsewhere") == ANY
