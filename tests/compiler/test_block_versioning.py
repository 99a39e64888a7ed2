"""Which locals are worth a test, and that a block does the same in each of its versions."""

from __future__ import annotations

import pytest

from tests.compiler.both_forms import printed
from tests.compiler.lowered import python_of

VALUES = ["2.5", "int64(3)", '"7"', "undefined", "[1, 2]", "{ x: 1 }", "true"]


@pytest.mark.parametrize(
    ("gml", "test"),
    [
        ("var d = a.x - b.x; var e = d * d + d; x = e * d;", "if gml_type(d) is gml_real:"),
        ("var list = a.items; x = list[0] + list[1] + list[2];", "if gml_type(list) is gml_list:"),
        ("var d = a.x - b.x; x = d;", ""),
        ("var d = 4; x = d * d + d;", ""),
        ("var d = a.x; x = [d, d, d, d];", ""),
    ],
)
def test_a_local_that_the_rest_calculates_with_is_tested_once(gml: str, test: str) -> None:
    found = [line.strip() for line in python_of(gml).splitlines() if line.startswith("if ")]
    assert found == ([test] if test else [])


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("rest", ["d * d + d - 1", "d[0] + d[1] + d[0]", "d.x + d.x * d.x", "-d - d * 2"])
def test_all_versions_give_the_same(rest: str, value: str) -> None:
    code = f"""a = {{ x: {value} }};
    function f(from) {{ var d = from.x; var r = {rest}; return [r, d]; }}
    var shown = ""; try {{ shown = f(a); }} catch (error) {{ shown = error.message; }} [shown];"""
    assert printed(code, optimise=True) == printed(code, optimise=False)
