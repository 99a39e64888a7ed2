"""Macros: tokens with macro names in them go in, tokens with the macros' bodies in their place come out.

A macro is pasted as tokens, not as a value, wherever its name stands outside `nameof( )`; the pasted
tokens stand, for messages, where the name stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gmlrun.source import Span
from gmlrun.syntax.lexer import Token


@dataclass(frozen=True)
class Macro:
    """A `#macro`; `config` is empty for one that holds in every configuration."""

    name: str
    config: str
    body: tuple[Token, ...]
    span: Span | None = None


class RecursiveMacro(Exception):
    """A macro whose body leads back to itself; `token` is where the expansion began."""

    def __init__(self, name: str, token: Token) -> None:
        super().__init__(name)
        self.name = name
        self.token = token


def expand(tokens: Iterable[Token], macros: Mapping[str, Macro]) -> list[Token]:
    """All tokens, with macros replaced; raises RecursiveMacro."""
    made: list[Token] = []
    if not macros:
        return list(tokens)
    for token in tokens:
        if token.type == "NAME" and token.text in macros and not _is_spelling(made):
            made += _pasted(token, macros, ())
        elif token.type == "TEMPLATE":
            made.append(_template(token, macros))
        else:
            made.append(token)
    return made


def _is_spelling(before: list[Token]) -> bool:
    """Whether the next token is the argument of `nameof(`."""
    return len(before) > 1 and before[-1].type == "LPAR" and before[-2].text == "nameof"


def _pasted(token: Token, macros: Mapping[str, Macro], inside: tuple[str, ...]) -> list[Token]:
    name = token.text
    if name in inside:
        raise RecursiveMacro(name, token)
    made: list[Token] = []
    for part in macros[name].body:
        placed = part.moved(token.start, token.end, token.newline and not made)
        if placed.type == "NAME" and placed.text in macros and not _is_spelling(made):
            made += _pasted(placed, macros, (*inside, name))
        else:
            made.append(_template(placed, macros) if placed.type == "TEMPLATE" else placed)
    return made


def _template(token: Token, macros: Mapping[str, Macro]) -> Token:
    """A template string with the macros in its holes expanded."""
    made = token.moved(token.start, token.end, token.newline)
    made.value = [part if isinstance(part, str) else expand(part, macros) for part in token.value]
    return made
