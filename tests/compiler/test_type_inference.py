"""The kinds that type inference gives the locals of some code."""

from __future__ import annotations

import pytest

from gmlrun.compiler.analysis import Analysis
from gmlrun.compiler.kinds import ANY, ARRAY, BOOL, INT, INT64, NAT, REAL, STR, STRUCT, UNDEFINED
from gmlrun.compiler.type_inference import TypeInference
from gmlrun.source import Source
from gmlrun.syntax.parser import parse


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("var x = 0; x++;", NAT),
        ("var x = 3; x--;", INT),
        ("var x = 0; x += 2;", NAT),
        ("var x = 0; x += 0.5;", REAL),
        ("var x = 1; x *= 2;", REAL),
        ("var x = 0; var i = a[x];", NAT),
        ("var x = 0.5;", REAL),
        ("var x = 0x100000000;", INT64),
        ("var x = 5 & 3;", INT64),
        ("var x = a < b;", BOOL),
        ('var x = "a" + b;', STR),
        ('var x = $"{a}";', STR),
        ("var x = [];", ARRAY),
        ("var x; x[0] = 1;", ARRAY),
        ("var x = { a: 1 };", STRUCT),
        ("var x = new F();", STRUCT),
        ("var x = undefined;", UNDEFINED),
        ("var x = 1; delete x;", ANY),
        ('var x = 1; x = "a";', ANY),
        ("var x = a;", ANY),
        ("var x = 0.5 - a;", REAL),
        ("var x = 0.5 * a;", ANY),
        ("try { f(); } catch (x) {}", ANY),
        ("var y = 0.5, x = y;", REAL),
        ("var x = b ? 1.5 : 2;", REAL),
        ("var x;", ANY),
    ],
)
def test_the_kind_of_a_local(text: str, kind: str) -> None:
    source = Source("t.gml", text)
    routine = Analysis(source, parse(source)).main
    inference = TypeInference(routine, lambda name, given: None, lambda dot: False)
    assert inference.infer({})["x"] == kind


def test_what_a_builtin_returns_depends_on_its_arguments() -> None:
    source = Source("t.gml", 'var x = f("a", 1);')
    asked: list[object] = []
    routine = Analysis(source, parse(source)).main
    inference = TypeInference(routine, lambda name, given: asked.append((name, given)) or STR, lambda dot: False)
    assert inference.infer({})["x"] == STR
    assert asked[0] == ("f", [STR, NAT])


def test_parameters_keep_the_kind_that_is_given() -> None:
    source = Source("t.gml", "function f(x) { x = 1; var y = x + 1; }")
    found = Analysis(source, parse(source))
    routine = found.routine_of(found.main.functions[0])
    inference = TypeInference(routine, lambda name, given: None, lambda dot: False)
    assert inference.infer({"x": ANY}) == {"x": ANY, "y": ANY}
