"""Forms of functions for calls with a known number of arguments: when there is one, and what it is given."""

from __future__ import annotations

from typing import Any

import pytest

from gmlrun.evaluation import evaluate
from gmlrun.execution.direct_calls import callback, direct_form
from gmlrun.runtime import Runtime, Settings


def value_of(code: str) -> Any:
    """What a piece of GML leaves as its value."""
    return evaluate(code, Runtime(Settings(), log=lambda line: None)).value


@pytest.mark.parametrize(
    ("function", "offered", "given"),
    [
        ("function one(a) { return a; } one;", 2, 1),
        ("function two(a, b) { return a; } two;", 2, 2),
        ("function none() { return 1; } none;", 2, 0),
        ("function three(a, b, c) { return a; } three;", 2, 2),
        ("function given(a) { return argument_count; } given;", 2, 2),
        ("function(a) { return a; };", 2, 1),
        ("method({ k : 1 }, function(a) { return k + a; });", 2, 1),
        ("string_length;", 2, 2),
    ],
)
def test_a_callback_gets_what_it_has_parameters_for(function: str, offered: int, given: int) -> None:
    assert callback(value_of(function), offered).given == given


def test_a_direct_form_refuses_what_the_function_takes() -> None:
    function = value_of("function two(a, b) { return b; } two;")
    direct = direct_form(function, 2)
    assert direct is not function
    assert direct(None, None, 1.0, 2.0) == function(None, None, 1.0, 2.0, 3.0) == 2.0
    assert direct(None, None, 1.0) is None
    with pytest.raises(TypeError):
        direct(None, None, 1.0, 2.0, 3.0)
    assert direct_form(function, 1) is direct


@pytest.mark.parametrize(
    "function",
    [
        "function given(a) { return argument_count; } given;",
        "function Made(a) constructor { b = a; } Made;",
        "method({}, function(a) { return a; });",
        "string_length;",
    ],
)
def test_other_functions_are_called_as_they_are(function: str) -> None:
    value = value_of(function)
    assert direct_form(value, 1) is value


COUNTS = """
function noted() { for (var i = 0; i < argument_count; i++) array_push(global.seen, argument[i]); return true; }
global.seen = [];
var list = ["a", "b"];
array_foreach(list, noted); array_filter(list, noted); array_map(list, noted); array_reduce(list, noted, 0);
global.seen;
"""


def test_a_function_that_asks_for_its_arguments_gets_all_of_them() -> None:
    pairs = ["a", 0.0, "b", 1.0]
    assert value_of(COUNTS) == [*pairs, *pairs, *pairs, 0.0, "a", 0.0, True, "b", 1.0]
