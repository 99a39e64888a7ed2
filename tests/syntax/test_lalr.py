"""The parser does what Lark's own does with the same terminals: the same trees, errors at the same places."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from lark import Lark
from lark.exceptions import UnexpectedToken

from gmlrun.resources import data_dir
from gmlrun.source import Source
from gmlrun.syntax import tables
from gmlrun.syntax.builder import Builder
from gmlrun.syntax.lalr import END, TableParser, Unexpected
from gmlrun.syntax.lark_tables import lark_of
from gmlrun.syntax.lexer import Lexer
from gmlrun.syntax.parser import parse
from gmlrun.syntax.stream import Stream
from gmlrun.syntax.tables import grammar, keep_tables, kept_tables, tables_file
from gmlrun.syntax.tokens import Token

GRAMMAR = Path(data_dir("grammar"), "gml.lark").read_text(encoding="utf-8")
TEXTS = (
    "",
    "a = { if: 1, b: [2, 3] }; if (a) { return a; }",
    "function F(x = 1) : G(x) constructor { constructor = 2; static y = x++; }",
    "event = 1; object = event; event other:68 { event(); }",
    "object obj_a : obj_b { event create { with (all) { b[? c] = { d: e }; } } }",
    "#define f\nreturn argument0;\n",
    "for (;;) { for (var i = 0, j; i < 3; i++) f(a,,b)[1, 2].c++; } do x = -y ?? z; until (!q);",
    "switch (a) { case 1: case 2: b(); break; default: delete c; } try { throw 1; } catch (e) {} finally {}",
    'enum E { A, B = 2, } var s = new (f)(1), t = [,]; s[$ "k"] ??= a ? b : c + d * e; if (a) b(); else c();',
)


@pytest.fixture(scope="module")
def peer() -> Lark:
    return lark_of(GRAMMAR, transformer=Builder())


def terminals(text: str) -> list[Token]:
    """The terminals of a text without errors, with its end."""
    source = Source("t.gml", text)
    made = grammar()
    made.builder.reset(source, False)
    parser, found = made.start("program"), []
    for token in Stream(Lexer(source).tokens(), False, lambda words, span: None).terminals(parser):
        parser.feed(token)
        found.append(token)
    return [*found, Token(END, "", len(text), len(text))]


def ours(text: str, found: list[Token]) -> tuple[int, Any]:
    """How far our parser gets, and what it makes."""
    made = grammar()
    made.builder.reset(Source("t.gml", text), False)
    parser = made.start("program")
    for at, token in enumerate(found):
        try:
            tree = parser.feed(token)
        except Unexpected:
            return at, None
    return len(found), tree


def larks(text: str, found: list[Token], peer: Lark) -> tuple[int, Any]:
    """How far Lark's gets, and what it makes."""
    peer.options.transformer.reset(Source("t.gml", text), False)
    parser = peer.parse_interactive("", start="program")
    for at, token in enumerate(found):
        try:
            tree = parser.feed_token(token)  # type: ignore[arg-type]
        except UnexpectedToken:
            return at, None
    return len(found), tree


@pytest.mark.parametrize("text", TEXTS)
def test_the_trees_are_those_of_lark(text: str, peer: Lark) -> None:
    found = terminals(text)
    assert ours(text, found) == larks(text, found, peer) == (len(found), parse(Source("t.gml", text)))


@pytest.mark.parametrize("text", TEXTS[1:])
def test_what_is_refused_is_refused_at_the_same_terminal(text: str, peer: Lark) -> None:
    chance, found = random.Random(text), terminals(text)
    for _ in range(20):
        broken = found.copy()
        at, other = chance.randrange(len(found) - 1), chance.randrange(len(found) - 1)
        if chance.random() < 0.5:
            del broken[at]
        else:
            broken[at] = found[other]
        if not any(token.type == "EVENT_NAME" for token in broken[:1]):
            assert ours(text, broken)[0] == larks(text, broken, peer)[0]


def test_what_fits_is_known_without_a_trace() -> None:
    parser = grammar().start("program")
    before = parser.stack.copy()
    assert parser.takes("NAME", "EQUAL", "NUMBER", "SEMICOLON")
    assert not parser.takes("NAME", "COLON")
    assert not parser.takes("RBRACE")
    assert parser.stack == before


def test_a_copy_goes_its_own_way() -> None:
    parser: TableParser = grammar().start("program")
    parser.feed(Token("IF", "if", 0, 2))
    copy = parser.copy()
    copy.feed(Token("NAME", "a", 3, 4))
    assert parser.takes("NAME")
    assert not copy.takes("COLON")
    assert copy.takes("EQUAL")
    assert not parser.takes("EQUAL")
    assert len(parser.values) == 1


# ---------------------------------------------------------------- the tables' file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tables, "cache_folder", lambda: str(tmp_path / "new"))
    return tmp_path / "new"


def test_tables_are_kept_for_one_grammar(folder: Path) -> None:
    made = grammar().tables
    assert kept_tables(GRAMMAR) is None
    keep_tables(GRAMMAR, made)
    assert kept_tables(GRAMMAR) == made
    assert kept_tables(GRAMMAR + "\n") is None


def test_a_damaged_file_is_as_good_as_none(folder: Path) -> None:
    keep_tables(GRAMMAR, grammar().tables)
    path = Path(tables_file())
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole[:40], whole[:-1] + b"?", b"x" + whole, b"x" * len(whole)):
        path.write_bytes(damaged)
        assert kept_tables(GRAMMAR) is None


def test_nothing_is_kept_where_the_folder_cannot_be_made(folder: Path) -> None:
    folder.write_text("a file")
    keep_tables(GRAMMAR, grammar().tables)
    assert kept_tables(GRAMMAR) is None
