"""Variable definitions as GML."""

from __future__ import annotations

import pytest

from gmlrun.project.definitions import ASSET, BOOLEAN, EXPRESSION, LIST, REAL, STRING, VariableDefinition, expression


@pytest.mark.parametrize(
    ("type_", "value", "gml"),
    [
        (STRING, "plain", '"plain"'),
        (STRING, "", '""'),
        (STRING, '""', '""'),
        (STRING, '"in quotes"', '"in quotes"'),
        (STRING, ' "in\\"quotes" ', '"in\\"quotes"'),
        (STRING, '$"{x} is"', '$"{x} is"'),
        (STRING, 'say "hi"', '"say \\"hi\\""'),
        (STRING, '"a" and "b"', '"\\"a\\" and \\"b\\""'),
        (STRING, '"', '"\\""'),
        (STRING, '"\\"', '"\\"\\\\\\""'),
        (REAL, "1e3", "1000.0"),
        (REAL, "", "0"),
        (BOOLEAN, "True", "true"),
        (EXPRESSION, "", "undefined"),
        (ASSET, "spr_hero", "spr_hero"),
        (ASSET, "<none>", "-1"),
        (LIST, '"a"', '"a"'),
    ],
)
def test_the_value_of_a_definition(type_: int, value: str, gml: str) -> None:
    assert expression(VariableDefinition("name", type_, value)) == gml


def test_a_list_of_several() -> None:
    assert expression(VariableDefinition("name", LIST, '"a",3', multiple=True)) == '["a",3]'
