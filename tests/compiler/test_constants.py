"""Constant expressions: their values, and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from gmlrun.compiler.constants import evaluate, is_whole_literal, literal_integer
from gmlrun.errors import GmlError
from gmlrun.syntax import nodes
from tests.compiler.lowered import TABLE, analysed

OWN = {"FOUR": 4.0}


def expression(text: str) -> nodes.Expression:
    """The tree of an expression."""
    (statement,) = analysed(f"x = {text};").program.body
    assert isinstance(statement, nodes.Assign)
    return statement.value


def value_of(text: str) -> Any:
    """Its value, where `FOUR` is the one name."""

    def named(node: nodes.Name | nodes.Dot) -> Any:
        return OWN[node.name]

    return evaluate(expression(text), named, TABLE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("-7 div 2", -3.0),
        ("-7 mod 4", -3.0),
        ("1 << FOUR", 16),
        ("~0 & $ff", 255),
        ('"a" + "b"', "ab"),
        ("FOUR > 3 ? 1 : 2", 1.0),
        ("FOUR < 3 ? 1 : 2", 2.0),
        ('ord("A")', 65.0),
        ('real("12.5")', 12.5),
        ("!FOUR", False),
    ],
)
def test_a_constant_has_the_value_that_it_has_at_run_time(text: str, value: object) -> None:
    assert value_of(text) == value


@pytest.mark.parametrize("text", ["other_name", "random(3)", "[1]", "{}", "FOUR++", 'show_debug_message("x")'])
def test_what_is_known_at_run_time_alone_is_no_constant(text: str) -> None:
    with pytest.raises(LookupError):
        value_of(text)


@pytest.mark.parametrize("text", ['1 + "a"', "1 div 0"])
def test_what_operators_refuse_is_an_error(text: str) -> None:
    with pytest.raises(GmlError):
        value_of(text)


@pytest.mark.parametrize(
    ("text", "whole", "index"),
    [
        ("5", True, 5),
        ("-5", True, -5),
        ("0", True, 0),
        ("1.5", False, None),
        ("2000000", True, None),
        ("FOUR", False, None),
        ("9223372036854775808", False, None),
    ],
)
def test_literals_that_are_whole_and_those_that_are_indices(text: str, whole: bool, index: int | None) -> None:
    assert is_whole_literal(expression(text)) == whole
    assert literal_integer(expression(text)) == index
