"""Tests of string functions that undo each other, for any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gmlrun.builtins import strings
from gmlrun.runtime import Runtime
from tests.builtins.calls import call

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORD = st.text("abc", min_size=1, max_size=2)


@given(st.lists(TEXT, min_size=1), WORD)
def test_joining_and_splitting(parts: list[str], delimiter: str) -> None:
    joined = strings.string_join_ext(delimiter, parts)
    assert strings.string_join_ext(delimiter, strings.string_split(joined, delimiter)) == joined


@given(st.lists(st.text("xyz", max_size=5), min_size=1), WORD)
def test_splitting_gives_back_what_holds_no_delimiter(parts: list[str], delimiter: str) -> None:
    joined = strings.string_join_ext(delimiter, parts)
    assert strings.string_split(joined, delimiter) == strings.string_split_ext(joined, [delimiter]) == parts


@given(TEXT, TEXT, st.integers(1, 40))
def test_deleting_what_was_inserted(text: str, part: str, at: int) -> None:
    at = min(at, len(text) + 1)
    made = strings.string_insert(part, text, at)
    assert strings.string_delete(made, at, len(part)) == text
    assert strings.string_copy(made, at, len(part)) == part


def set_again(rt: Runtime, text: str, at: int) -> str:
    """The text with one of its bytes set to what it is."""
    return call(rt, "string_set_byte_at", text, at, int(call(rt, "string_byte_at", text, at)))


@given(TEXT, st.data())
def test_setting_a_byte_that_is_there_changes_nothing(text: str, data: st.DataObject) -> None:
    size = int(strings.string_byte_length(text))
    if size:
        at = data.draw(st.integers(1, size))
        assert set_again(Runtime(), text, at) == text


@given(TEXT)
def test_characters_and_their_codes(text: str) -> None:
    assert "".join(strings.chr_(int(strings.ord_(character))) for character in text) == text
    assert "".join(strings.string_char_at(text, at + 1) for at in range(len(text))) == text


@given(TEXT, TEXT, st.integers(-3, 40))
def test_positions_are_those_of_the_part(text: str, part: str, start: int) -> None:
    for found in (strings.string_pos_ext(part, text, start), strings.string_last_pos_ext(part, text, start)):
        assert found == 0 or strings.string_copy(text, int(found), len(part)) == part
