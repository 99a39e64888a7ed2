"""Macros: tokens in, tokens with the macros' bodies in their place out."""

from __future__ import annotations

import pytest

from gmlrun.source import Source
from gmlrun.syntax.lexer import Lexer
from gmlrun.syntax.macros import MacroError, expand
from gmlrun.syntax.parser import declared_macros
from gmlrun.syntax.tokens import Token


def expanded(text: str) -> tuple[list[Token], list[str]]:
    source = Source("t.gml", text)
    errors: list[MacroError] = []
    made = expand(Lexer(source).tokens(), declared_macros(Lexer(source)), errors.append)
    return made, [error.message for error in errors]


def spelled(text: str) -> str:
    tokens, errors = expanded(text)
    assert not errors
    return " ".join(token.text for token in tokens)


def test_a_body_is_pasted_as_tokens() -> None:
    assert spelled("#macro SUM 1 + \\\n 2 // remark\nSUM * 3") == "1 + 2 * 3"
    assert spelled("#macro OPEN {\n#macro NOTHING\nOPEN NOTHING a()") == "{ a ( )"


@pytest.mark.parametrize("joint", ["\\\n", "\\\\\n", "\\\\\\ \r\n", "\\ // remark\n", "\\\\// remark\n"])
def test_backslashes_join_lines(joint: str) -> None:
    text = f"#macro SUM 1 +{joint} 2\nSUM * 3"
    assert spelled(text) == "1 + 2 * 3"
    lexer = Lexer(Source("t.gml", text))
    lexer.tokens()
    assert lexer.diagnostics == []


def test_macros_stand_in_macros() -> None:
    assert spelled("#macro A B + B\n#macro B 1\nA") == "1 + 1"


def test_nameof_keeps_a_name_as_it_is_spelled() -> None:
    assert spelled("#macro A 1\nnameof(A) + A") == "nameof ( A ) + 1"
    assert spelled("#macro A 1\n#macro B nameof(A)\nB") == "nameof ( A )"


def test_macros_stand_in_the_holes_of_templates() -> None:
    tokens, errors = expanded('#macro A 1\n#macro B $"{A}"\nB')
    assert not errors
    assert [part.text for part in tokens[0].value[1]] == ["1"]
    assert tokens[0].value[1][0].span == tokens[0].span


def test_a_macro_that_leads_to_itself_stays_and_the_rest_is_replaced() -> None:
    tokens, errors = expanded('#macro A B\n#macro B A\n#macro C $"{C}"\n#macro D 1\nA C D')
    assert errors == ["the macro A leads back to itself", "the macro C leads back to itself"]
    assert [token.text for token in tokens] == ["A", "C", "1"]


def test_macros_have_limits() -> None:
    chain = "".join(f"#macro A{n} A{n + 1}\n" for n in range(5000))
    assert expanded(chain + "A0")[1] == ["the macro A0 leads through too many others"]
    growing = "".join(f"#macro A{n} A{n + 1} A{n + 1}\n" for n in range(40))
    assert expanded(growing + "A0")[1] == ["the macro A0 grows too large"]
