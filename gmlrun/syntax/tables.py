"""The tables of the grammar: grammar/gml.lark goes in, parsers that stand at the beginning of a text come out."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lark import Lark
from lark.lexer import Lexer
from lark.lexer import Token as LarkToken
from lark.parsers.lalr_interactive_parser import InteractiveParser

from gmlrun.resources import cache_folder, data_dir
from gmlrun.syntax.builder import Builder
from gmlrun.syntax.stream import Stream


class ContextLexer(Lexer):
    """The lexer as Lark knows it: the tokens of a `Stream`, as the terminals that the parser's state makes of them."""

    __future_interface__ = 2  # `lex` takes the states of the lexer and of the parser

    def __init__(self, conf: Any) -> None:
        """Lark gives its configuration, of which nothing is needed."""

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[LarkToken]:
        stream: Stream = lexer_state.text
        return stream.terminals(parser_state)


@dataclass(frozen=True)
class Tables:
    """Lark's parser with the builder that its rules call."""

    lark: Lark
    builder: Builder

    def start(self, rule: str, stream: Stream) -> InteractiveParser:
        """The parser at the beginning of a start rule, with the tokens that it is going to read."""
        return self.lark.parse_interactive(stream, start=rule)


def load_tables() -> Tables:
    """Reads the grammar. Its tables take a fifth of a second to make, so Lark keeps them in the cache folder."""
    builder = Builder()
    with open(os.path.join(data_dir("grammar"), "gml.lark"), encoding="utf-8") as file:
        text = file.read()
    lark = Lark(
        text,
        parser="lalr",
        lexer=ContextLexer,
        start=["program", "expression_only"],
        keep_all_tokens=True,
        maybe_placeholders=False,
        transformer=builder,
        cache=grammar_cache(),
    )
    return Tables(lark, builder)


def grammar_cache() -> str | bool:
    """The file of the grammar's tables, which Lark checks against the grammar; False without a folder for it.

    Its name begins with a dot, so that it does not count among the programs of the compile cache.
    """
    folder = cache_folder()
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        return False
    return os.path.join(folder, f".grammar-{sys.version_info[0]}.{sys.version_info[1]}")


tables = cache(load_tables)
