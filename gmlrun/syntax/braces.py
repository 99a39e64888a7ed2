"""Finds the brace that is not closed: tokens go in, the opening brace and where it should have ended come out."""

from __future__ import annotations

from gmlrun.source import Source
from gmlrun.syntax.tokens import Token

GOES_ON = frozenset(("ELSE", "CATCH", "FINALLY", "UNTIL"))
"""The words that follow a block at the indentation of its head."""
OPENING = {"LBRACE": 1, "RBRACE": -1}


def unclosed(source: Source, tokens: list[Token]) -> tuple[Token, Token] | None:
    """The opening brace that lacks its partner, with the token before which that should stand.

    The indentation tells: a closing brace further left than the line of the brace that it would close, or
    a declaration at the first column while a brace is open. None when every brace has its partner.
    """
    if sum(OPENING.get(token.type, 0) for token in tokens) <= 0:
        return None
    open_: list[tuple[Token, int]] = []
    suspect: tuple[Token, Token] | None = None
    for at, token in enumerate(tokens):
        first = at == 0 or source.position(tokens[at - 1].start)[0] != source.position(token.start)[0]
        if first and open_:
            indentation = indentation_of(source, token)
            is_end = token.type == "RBRACE" and indentation < open_[-1][1]
            if is_end or (token.type in GOES_ON and indentation <= open_[-1][1]):
                return open_[-1][0], token
            if suspect is None and indentation == 0 and is_declaration(tokens, at):
                suspect = open_[-1][0], token
        if token.type == "LBRACE":
            open_.append((token, indentation_of(source, token)))
        elif token.type == "RBRACE" and open_:
            open_.pop()
    return suspect


def indentation_of(source: Source, token: Token) -> int:
    """How far the line of a token is indented; a tab goes to the next multiple of four."""
    line = source.line(source.position(token.start)[0]).expandtabs(4)
    return len(line) - len(line.lstrip())


def is_declaration(tokens: list[Token], at: int) -> bool:
    """Whether a function, an event or an object begins here."""
    types = [token.type for token in tokens[at : at + 3]]
    if types[:2] == ["FUNCTION", "NAME"]:
        return True
    return tokens[at].text in ("event", "object") and types[:2] == ["NAME", "NAME"]
