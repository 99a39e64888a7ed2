"""Macros: tokens with macro names in them go in, tokens with the macros' bodies in their place come out.

A macro is pasted as tokens, not as a value, wherever its name stands outside `nameof( )`; the pasted
tokens stand, for messages, where the name stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from gmlrun.lean import NamedTuple
from gmlrun.source import Span
from gmlrun.syntax.tokens import Token

MAX_DEPTH = 64
"""How many macros may stand inside one another."""
MAX_TOKENS = 100_000
"""How many tokens one use of a macro may become."""


class Macro(NamedTuple):
    """A `#macro`; `config` is empty for one that holds in every configuration."""

    name: str
    config: str
    body: tuple[Token, ...]
    span: Span | None = None
    is_final: bool = False
    """Whether the macros in its body stay as they are: it keeps the builtin of a name that is a macro as well."""


class MacroError(Exception):
    """A macro that leads back to itself or grows too large; `token` is the name that was being replaced."""

    def __init__(self, message: str, token: Token) -> None:
        super().__init__(message)
        self.message = message
        self.token = token


def expand(tokens: Iterable[Token], macros: Mapping[str, Macro], failed: Callable[[MacroError], None]) -> list[Token]:
    """All tokens, with macros replaced; `failed` is told of each name that cannot be, which then stays."""
    if not macros:
        return list(tokens)
    made: list[Token] = []
    for token in tokens:
        try:
            made += _expanded([token], macros, (), made[-2:])
        except MacroError as error:
            failed(error)
            made.append(token)
    return made


def _expanded(
    tokens: Iterable[Token], macros: Mapping[str, Macro], inside: tuple[str, ...], before: list[Token]
) -> list[Token]:
    made: list[Token] = []
    for token in tokens:
        if token.type == "NAME" and token.text in macros and not _is_spelling(made[-2:] or before):
            made += _pasted(token, macros, inside)
        elif token.type == "TEMPLATE":
            made.append(_template(token, macros, inside))
        else:
            made.append(token)
        if len(made) > MAX_TOKENS:
            raise MacroError(f"the macro {inside[0]} grows too large", token)
    return made


def _is_spelling(before: list[Token]) -> bool:
    """Whether the next token is the argument of `nameof(`."""
    return len(before) > 1 and before[-1].type == "LPAR" and before[-2].text == "nameof"


def _pasted(token: Token, macros: Mapping[str, Macro], inside: tuple[str, ...]) -> list[Token]:
    """A macro's body at the place of its name, with the macros in it replaced as well."""
    name = token.text
    if name in inside:
        raise MacroError(f"the macro {name} leads back to itself", token)
    if len(inside) >= MAX_DEPTH:
        raise MacroError(f"the macro {inside[0]} leads through too many others", token)
    body = [_moved(part, token) for part in macros[name].body]
    if body:
        body[0].newline = token.newline
    return body if macros[name].is_final else _expanded(body, macros, (*inside, name), [])


def _moved(part: Token, place: Token) -> Token:
    """A token of a body at the place of the macro's name; the tokens in a template's holes too."""
    made = part.moved(place.start, place.end, False)
    if part.type == "TEMPLATE":
        made.value = [hole if isinstance(hole, str) else [_moved(t, place) for t in hole] for hole in part.value]
    return made


def _template(token: Token, macros: Mapping[str, Macro], inside: tuple[str, ...]) -> Token:
    """A template string with the macros in its holes expanded."""
    made = token.moved(token.start, token.end, token.newline)
    made.value = [part if isinstance(part, str) else _expanded(part, macros, inside, []) for part in token.value]
    return made
