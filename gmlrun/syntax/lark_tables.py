"""The tables that Lark makes of a grammar: its text goes in, plain values for the parser come out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from lark import Lark
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

from gmlrun.syntax.lalr import Rule, Tables

STARTS = ("program", "expression_only")


class NoLexer(Lexer):
    """The lexer as Lark knows it: there is none, since gmlrun's own parser takes terminals."""

    __future_interface__ = 2  # `lex` takes the states of the lexer and of the parser

    def __init__(self, conf: object) -> None:
        """Lark gives its configuration, of which nothing is needed."""

    def lex(self, lexer_state: Any, parser_state: object) -> Iterator[Any]:
        """The terminals that Lark's own parser is given as its text: tests compare the two."""
        return iter(lexer_state.text)


def lark_of(text: str, **options: object) -> Lark:
    """Lark's parser of a grammar."""
    return Lark(
        text,
        parser="lalr",
        lexer=NoLexer,
        start=list(STARTS),
        keep_all_tokens=True,
        maybe_placeholders=False,
        **options,
    )


def tables_of(text: str) -> Tables:
    """The tables of a grammar."""
    table: Any = lark_of(text).parser.parser._parse_table
    rules: dict[object, int] = {}
    states: list[dict[str, int]] = [{} for _ in table.states]
    for state, actions in table.states.items():
        for symbol, (action, argument) in actions.items():
            number = argument if action is Shift else ~rules.setdefault(argument, len(rules))
            states[state][sys.intern(str(symbol))] = number
    return Tables(states, dict(table.start_states), dict(table.end_states), [tuple(rule_of(rule)) for rule in rules])


def rule_of(rule: Any) -> Rule:
    """A rule of Lark's, of which a name that begins with `_` stands for its children."""
    name = str(rule.alias or rule.origin.name)
    inlined = (at for at, symbol in enumerate(rule.expansion) if not symbol.is_term and symbol.name.startswith("_"))
    is_transparent = bool(rule.options.expand1 and not rule.alias)
    callback = "" if name.startswith("_") or (is_transparent and len(rule.expansion) == 1) else name
    return Rule(sys.intern(str(rule.origin.name)), len(rule.expansion), callback, tuple(inlined), is_transparent)
