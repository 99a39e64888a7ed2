"""Tests of the ini parser: what is written is read again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmlrun.builtins.ini_files import format_sections, parse

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="[]=;#'\"\r\n \t"), min_size=1, max_size=8)
VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\"'\\"), max_size=20)


@given(st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=4), max_size=4))
def test_what_is_written_is_read(sections: dict[str, dict[str, str]]) -> None:
    assert parse(format_sections(sections)) == sections


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    parse(text)


def test_quotes_that_do_not_close_end_with_the_line() -> None:
    assert parse('[a]\nx="open\ny=1\n') == {"a": {"x": '"open', "y": "1"}}


def test_a_backslash_at_the_end_of_a_value() -> None:
    assert parse('[a]\nx="C:\\"\n')["a"]["x"] == "C:\\"


def test_long_blanks_and_open_quotes_are_read_in_one_pass() -> None:
    """Each of these took time by the square of its length: the time limit of a test is what fails."""
    assert parse("[a]\nk" + " " * 2_000_000 + "\n") == {"a": {}}
    assert parse("[a]\n" + 'k="open' + "\na=1" * 100_000)["a"] == {"k": '"open', "a": "1"}
    assert parse("[a]\n" + "k=\"'\n" * 50_000)["a"]["k"] == "'\nk="
    assert parse("[a]\nk=" + " " * 2_000_000 + "v\n")["a"]["k"] == "v"
    assert parse("[" * 1_000_000) == {}
