"""The lexer: GML text in; tokens, their values and what was wrong with them out."""

from __future__ import annotations

import tracemalloc

import pytest

from gmlrun.source import Source
from gmlrun.syntax.lexer import MAX_TEMPLATE_DEPTH, Lexer

LONG = 300_000


def lexed(text: str) -> Lexer:
    lexer = Lexer(Source("t.gml", text))
    lexer.tokens()
    return lexer


def types(text: str) -> str:
    return " ".join(token.type for token in Lexer(Source("t.gml", text)).tokens())


def messages(text: str) -> list[str]:
    return [f"{d.place.line}:{d.place.column}: {d.message}" for d in lexed(text).diagnostics]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1_000.2_5", 1000.25),
        ("$FF", 255.0),
        ("$BE", 190.0),
        ("$b1", 177.0),
        ("0xFF_FF", 65535.0),
        ("0X10", 16.0),
        ("0b1010_0101", 165.0),
        ("$7FFFFFFF", 2147483647.0),
        ("$80000000", 2147483648),
        ("0xFFFFFFFFFFFFFFFF", -1.0),
        ("9007199254740993", 9007199254740993),
        ("9223372036854775808", 9223372036854775808.0),
        ("#FF0000", 255.0),
        ("#0000FF", 16711680.0),
        ("#FF000080", 0x800000FF),
    ],
)
def test_numbers(text: str, value: float) -> None:
    (token,) = Lexer(Source("t.gml", text)).tokens()
    assert (type(token.value), token.value) == (type(value), value)


def test_a_number_of_any_length_is_a_number() -> None:
    assert not messages("x = " + "9" * 5000 + ";")


@pytest.mark.parametrize("text", ["0x", "0x_", "0b_", "0b2", "12abc"])
def test_what_is_no_number(text: str) -> None:
    assert messages(text) == [f"1:1: {text} is not a number"]


def test_an_accessor_opens_only_behind_an_operand() -> None:
    assert types("a[$FF]") == "NAME ACCESSOR NAME RSQB"
    assert types("[$FF]") == "LSQB NUMBER RSQB"
    assert types('[@"s"]') == "LSQB STRING RSQB"
    assert types("[#FF0000]") == "LSQB NUMBER RSQB"
    assert types("a[0][| 1]") == "NAME LSQB NUMBER RSQB ACCESSOR NUMBER RSQB"


def test_a_step_on_a_new_line_belongs_to_what_follows() -> None:
    assert types("a++") == "NAME STEP"
    assert types("a\n++b") == "NAME PREFIX_STEP NAME"
    assert types("a /*\r*/ ++b") == "NAME PREFIX_STEP NAME"


def test_a_keyword_behind_a_dot_is_a_name() -> None:
    assert types("a.end.if") == "NAME DOT NAME DOT NAME"


def test_a_region_may_begin_anywhere() -> None:
    assert types("{ #region it's \"open\n} #endregion it's\na") == "LBRACE RBRACE NAME"


def test_half_a_surrogate_pair_is_no_character() -> None:
    (token,) = Lexer(Source("t.gml", '"\\uD800"')).tokens()
    assert token.value == "\ufffd"


@pytest.mark.parametrize("text", [" #event create", "\t#define f", "a = 1 #event step"])
def test_sections_begin_at_the_beginning_of_a_line(text: str) -> None:
    assert "must stand at the beginning of a line" in messages(text)[0]


def test_a_string_that_is_never_closed_is_one_error() -> None:
    assert messages('x = "a') == ["1:5: a string is never closed"]
    assert messages('x = @"a\nb') == ["1:5: a string is never closed"]
    assert types('x = "a\ny') == "NAME EQUAL STRING NAME"


def test_a_hole_that_is_never_closed_is_one_error_and_the_next_line_is_read() -> None:
    assert messages('x = $"a{1"\ny = 2') == ["1:8: a { in a template string is never closed, or too many are nested"]
    assert types('x = $"a{1"\ny = 2') == "NAME EQUAL STRING NAME EQUAL NUMBER"


def test_template_strings_nest_up_to_a_limit() -> None:
    assert not messages('$"{' * MAX_TEMPLATE_DEPTH + "1" + '}"' * MAX_TEMPLATE_DEPTH)
    assert len(messages('$"{' * 5000 + "1" + '}"' * 5000)) == 1


def test_many_open_holes_take_no_time() -> None:
    assert len(messages('x = $"{\n' * 1000)) == 1000


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("/* open", True),
        ("a /*", True),
        ('s = @"open', True),
        ("#macro A 1 \\", True),
        ("/* closed */", False),
        ('s = "/*"', False),
        ("// remark /*", False),
        ("// remark \\", False),
    ],
)
def test_what_is_unfinished(text: str, wanted: bool) -> None:
    assert lexed(text).unfinished is wanted


@pytest.mark.parametrize(
    "text",
    [
        'x = "' + "a" * LONG + '";',
        'x = "' + r"\\n" * (LONG // 2) + '";',
        "/*" + "a" * LONG + "*/",
        "/*" + "* " * (LONG // 2),
    ],
)
def test_a_long_string_or_comment_takes_little_memory(text: str) -> None:
    """A pattern that may go back at each character remembers each of them: 300 bytes for one."""
    tracemalloc.start()
    lexed(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * LONG


@pytest.mark.parametrize(("text", "hint"), [("#if X", "#macro Release:DEBUG false"), ("x = #12345;", "#RRGGBB")])
def test_a_hash_that_begins_nothing_has_a_hint(text: str, hint: str) -> None:
    lexer = Lexer(Source("t.gml", text))
    lexer.tokens()
    assert [hint in found.hint for found in lexer.diagnostics] == [True]
