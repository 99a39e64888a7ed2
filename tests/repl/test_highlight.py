"""The colours of GML: every text comes back whole, each piece with its style."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gmlrun.repl.highlight import highlighted
from gmlrun.repl.printer import plain


def styles(text: str) -> dict[str, str]:
    """The style of each piece."""
    return {piece: style for style, piece in highlighted(text, lambda name: "function" if name == "f" else "")}


def test_styles() -> None:
    found = styles('var a = f(1.5, "s") + #FF0000; // end\n#macro X 3\nbegin x.f event create { }')
    assert found["var"] == found["begin"] == found["event"] == "keyword"
    assert found["1.5"] == found["#FF0000"] == "number"
    assert found['"s"'] == "string"
    assert found["// end"] == "comment"
    assert found["#macro X 3"] == "directive"
    assert found["f"] == ""  # the last one is a member
    assert styles("f()")["f"] == "function"
    assert styles("event = 3")["event"] == ""


def test_the_holes_of_template_strings_are_code() -> None:
    assert highlighted('$"a{f(1)}b"', lambda name: "function") == [
        ("string", '$"a{'),
        ("function", "f"),
        ("string", ""),
        ("", "("),
        ("string", ""),
        ("number", "1"),
        ("string", ""),
        ("", ")"),
        ("string", '}b"'),
    ]


WORDS = ["a", "f(", ")", "{", "}", '"s"', '$"{a}"', '$"', "/*", "*/", "//", "\n", "#macro b"]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS)).map(" ".join)))
@settings(deadline=None)
def test_any_text_stays_whole(text: str) -> None:
    assert plain(highlighted(text, lambda name: "")) == text
