"""Which parameters a function's fast version tests, and that both versions do the same."""

from __future__ import annotations

import pytest

from gmlrun.compiler import specialisation
from gmlrun.compiler.kinds import ARRAY, REAL, STR, STRUCT
from gmlrun.compiler.returned_kinds import always_returns
from gmlrun.compiler.specialisation import LARGE_BODY
from gmlrun.syntax import nodes
from tests.compiler.both_forms import printed
from tests.compiler.lowered import analysed, python_of


def function(text: str) -> tuple[nodes.Function, dict[str, str]]:
    """A function declared in some GML, with the kinds of parameters that are tested."""
    analysis = analysed(text)
    node = next(found for found in analysis.nodes if isinstance(found, nodes.Function))
    return node, specialisation.tested_parameters(analysis.routine_of(node), node)


@pytest.mark.parametrize(
    ("body", "tested"),
    [
        ("return p * q;", {"p": REAL, "q": REAL}),
        ("return p[0] + q;", {"p": ARRAY, "q": REAL}),
        ("return p.x - q.x;", {"p": STRUCT, "q": STRUCT}),
        ("return string_length(p);", {"p": STR}),
        ("return p == q;", {}),
        ("return p & q;", {}),
        ("p = 1; return p * 2;", {}),
        ("return p * p[0];", {}),
        ("return [p, q];", {}),
    ],
)
def test_a_parameter_is_tested_for_the_one_kind_that_its_uses_want(body: str, tested: dict[str, str]) -> None:
    assert function(f"function f(p, q) {{ {body} }}")[1] == tested


def test_a_large_function_has_one_version() -> None:
    body = "x = p * 2; " * LARGE_BODY
    assert function(f"function f(p) {{ {body} }}")[1] == {}


@pytest.mark.parametrize(
    ("body", "returns"),
    [
        ("return 1;", True),
        ("return;", False),
        ("if (p) return 1; else return 2;", True),
        ("if (p) return 1;", False),
        ("if (p) { return 1; } return 2;", True),
        ("while (true) { return 1; }", False),
    ],
)
def test_a_body_that_returns_a_value_whatever_happens(body: str, returns: bool) -> None:
    assert always_returns(function(f"function f(p) {{ {body} }}")[0].body) == returns


@pytest.mark.parametrize("given", ["2, 3", "int64(2), 3", 'true, "4"', '"a", 1', "undefined, 1", "[1], {}", "NaN, 0"])
@pytest.mark.parametrize("body", ["p * q", "p - q > 0", "string_length(p)", "p[0]", "p == q"])
def test_both_versions_return_and_refuse_the_same(body: str, given: str) -> None:
    code = f"""function f(p, q) {{ return {body}; }}
    var shown = ""; try {{ shown = f({given}); }} catch (error) {{ shown = error.message; }} [shown];"""
    assert printed(code, optimise=True) == printed(code, optimise=False)


@pytest.mark.parametrize(
    ("body", "is_apart"),
    [
        ("return p < 2 ? p : f(p - 1) + f(p - 2);", True),
        ("return p < 2 ? p : f(g.x);", False),
        ("return p.next == undefined ? p : f(p.next);", False),
    ],
)
def test_a_fast_version_is_a_function_of_its_own_where_it_calls_itself(body: str, is_apart: bool) -> None:
    assert ("f@fast" in python_of(f"function f(p) {{ {body} }}")) is is_apart


def test_recursion_that_finds_values_of_unknown_types_does_the_same_in_both_forms() -> None:
    code = """
    function last(p) { for (var i = 0; i < 3; i++) { if (p.next == undefined) return p.v * 2; } return last(p.next); }
    function deep(n, a) { return n <= 0 ? a[0] : deep(a[1], a) + n; }
    var made = [], list = { v: 3, next: { v: 2.5, next: { v: int64(4), next: undefined } } };
    array_push(made, last(list), last(list.next), typeof(last(list)), deep(3, [1, 0]), deep(int64(2), [5, -1]));
    try { last(5); } catch (e) { array_push(made, e.message); }
    try { last({ v: 1 }); } catch (e) { array_push(made, e.message); }
    try { deep(2, "x"); } catch (e) { array_push(made, e.message); }
    made;"""
    assert printed(code, optimise=True) == printed(code, optimise=False)
