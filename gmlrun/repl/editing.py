"""GML for the prompt's editor: a text and a place in it go in, the effect of Enter comes out."""

from __future__ import annotations

import re

INDENT = "    "


QUESTION = re.compile(r"\s*(?:\?\s*([A-Za-z_]\w*)|([A-Za-z_]\w*)\s*\?)\s*")
"""`name?` or `?name`."""


def question_of(text: str) -> str:
    """The name that a text asks about; empty for any other text."""
    found = QUESTION.fullmatch(text)
    return "" if found is None else found[1] or found[2]


def is_description(text: str) -> bool:
    """Whether a text is only `///` lines, which belong to the function after them."""
    lines = text.rstrip("\n").split("\n")
    return all(line.lstrip().startswith("///") for line in lines)


def is_finished(text: str) -> bool:
    """Whether Enter runs a text: it is whole, or its last two lines have been left empty."""
    from gmlrun.syntax.parser import is_incomplete

    if question_of(text):
        return True
    if is_description(text):
        return False
    is_given_up = text.count("\n") > 1 and not any(line.strip() for line in text.split("\n")[-2:])
    return not text.strip() or is_given_up or not is_incomplete(text)


def indent_after(line: str) -> str:
    """The spaces that the line after one begins with."""
    lead = re.match(r"[ \t]*", line)
    assert lead is not None
    return lead[0] + (INDENT if line.rstrip().endswith(("{", "(", "[")) else "")
