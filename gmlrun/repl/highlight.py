"""Colours for GML: a text goes in, its pieces with their styles come out, cut by the language's own lexer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from gmlrun.repl.printer import Fragments
from gmlrun.source import Source
from gmlrun.syntax.lexer import Lexer
from gmlrun.syntax.tokens import Token, is_keyword

BETWEEN = re.compile(r"(//[^\r\n]*|/\*.*?(?:\*/|\Z)|\#[^\r\n]*)", re.DOTALL)
"""Text between tokens that is no white space: comments and directives."""
STYLES = {
    "NUMBER": "number",
    "STRING": "string",
    **dict.fromkeys(("SECTION", "PROPERTIES", "DEFINE"), "directive"),
}
BLOCK_WORDS = ("event", "object")
"""Words that are keywords only before a name."""

Piece = tuple[int, int, str]


def highlighted(text: str, style_of: Callable[[str], str]) -> Fragments:
    """The whole text in pieces; `style_of` gives the style of a name."""
    made: Fragments = []
    at = 0
    for start, end, style in pieces(Lexer(Source("", text)).tokens(), style_of):
        made += between(text[at:start])
        made.append((style, text[start:end]))
        at = end
    return [*made, *between(text[at:])]


def between(text: str) -> Fragments:
    """White space, comments and directives."""
    return [(outside_style(piece), piece) for piece in BETWEEN.split(text) if piece]


def outside_style(text: str) -> str:
    return "comment" if text.startswith(("//", "/*")) else "directive" if text.startswith("#") else ""


def pieces(tokens: Iterable[Token], style_of: Callable[[str], str]) -> Iterator[Piece]:
    """Where each token begins and ends, and its style; a template string is in several pieces."""
    listed = list(tokens)
    for number, token in enumerate(listed):
        before = listed[number - 1] if number else None
        after = listed[number + 1] if number + 1 < len(listed) else None
        if token.type == "TEMPLATE":
            yield from template_pieces(token, style_of)
        else:
            yield token.start, token.end, token_style(token, before, after, style_of)


def token_style(token: Token, before: Token | None, after: Token | None, style_of: Callable[[str], str]) -> str:
    """The style of one token, which may depend on its neighbours."""
    if token.type in STYLES:
        return STYLES[token.type]
    if is_keyword(token):
        return "keyword"
    if token.type != "NAME" or (before is not None and before.type == "DOT"):
        return ""
    is_block = token.text in BLOCK_WORDS and after is not None and after.type == "NAME"
    return "keyword" if is_block or token.text == "constructor" else style_of(token.text)


def template_pieces(token: Token, style_of: Callable[[str], str]) -> Iterator[Piece]:
    """A template string: text, and the tokens of its holes."""
    at = token.start
    for hole in (part for part in token.value if not isinstance(part, str)):
        for start, end, style in pieces(hole, style_of):
            yield at, start, "string"
            yield start, end, style
            at = end
    yield at, token.end, "string"
