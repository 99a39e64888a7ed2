"""The grammar as Lark sees it: which conflicts it has, and that every terminal is made by the lexer."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import lark
import pytest

from gmlrun.resources import data_dir
from gmlrun.syntax import tokens
from gmlrun.syntax.lark_tables import lark_of

TEXT = Path(data_dir("grammar"), "gml.lark").read_text(encoding="utf-8")
CONFLICT = re.compile(r"Shift/Reduce conflict for terminal (\w+): .*\n \* <(\w+) :")

VALUE_BEGINS = (
    *("NAME", "NUMBER", "STRING", "TEMPLATE", "LPAR", "LSQB", "STRUCT_OPEN", "FUNCTION", "NEW"),
    *("BANG", "TILDE", "MINUS", "PLUS", "STEP", "PREFIX_STEP"),
)
SHIFTED = {
    "a semicolon belongs to the statement or block before it": [
        ("SEMICOLON", "statement"),
        ("SEMICOLON", "event"),
        ("SEMICOLON", "object"),
    ],
    "an else belongs to the nearest if": [("ELSE", "bare_statement")],
    "do behind the head of a while or with belongs to it, until to a do": [("UNTIL", "bare_statement")],
    "a bracket, ++ or = behind an operand belongs to it": [
        ("LPAR", "postfix"),
        ("LSQB", "postfix"),
        ("STEP", "postfix"),
        ("EQUAL", "postfix"),
        ("LPAR", "bare_statement"),
        ("LSQB", "bare_statement"),
    ],
    "a sign between two operands is binary": [
        ("MINUS", "binary"),
        ("PLUS", "binary"),
        ("MINUS", "operand_list"),
        ("PLUS", "operand_list"),
    ],
    "what may be the value of a return is it": [(terminal, "bare_statement") for terminal in VALUE_BEGINS],
}
"""The conflicts that Lark resolves by shifting, each a terminal and the rule that could end before it."""


@pytest.fixture(scope="module")
def made() -> tuple[lark.Lark, list[str]]:
    """The tables of the grammar, and what Lark says while it makes them."""
    said: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    level = lark.logger.level
    lark.logger.setLevel(logging.DEBUG)
    lark.logger.addHandler(handler)
    try:
        return lark_of(TEXT, debug=True), said
    finally:
        lark.logger.removeHandler(handler)
        lark.logger.setLevel(level)


def test_every_conflict_is_known_and_means_what_gml_means(made: tuple[lark.Lark, list[str]]) -> None:
    found = {match.groups() for match in CONFLICT.finditer("\n".join(made[1]))}
    assert found == {pair for pairs in SHIFTED.values() for pair in pairs}


def test_the_lexer_makes_every_terminal(made: tuple[lark.Lark, list[str]]) -> None:
    used = {symbol.name for rule in made[0].rules for symbol in rule.expansion if symbol.is_term}
    words = {type for type, _ in (*tokens.WORDS.values(), *tokens.SYMBOLS.values())}
    literals = {"NAME", "NUMBER", "STRING", "TEMPLATE"}
    in_context = set(re.findall(r"^// ([A-Z][A-Z_]+(?:, [A-Z_]+)*) ", TEXT, re.MULTILINE))
    named = {name for group in in_context for name in group.split(", ")}
    assert used == words | literals | named
