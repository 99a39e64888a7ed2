"""Syntax that GameMaker reads in its own way or accepted once: tokens go in, the places that need help come out."""

from __future__ import annotations

from gmlrun.syntax.tokens import Token

HEADS = frozenset(("IF", "WHILE", "WITH", "REPEAT"))

ENDS_STATEMENT = frozenset(("SEMICOLON", "LBRACE", "RBRACE", "RPAR", "RSQB", "NAME", "NUMBER", "STEP", "STRING"))
"""The terminals behind which `function` begins a statement."""

NO_SEMICOLON = "the parts of a for are separated by semicolons; GameMaker accepts none missing any more"
COMMA_AT_END = "a list of variables ends with a comma, which GameMaker does not accept any more"
NO_COMMA = "a list of variables lacks a comma, which GameMaker does not accept any more"
NO_VARIABLE = "var without a variable, which GameMaker does not accept any more"
NO_INDEX = "an index is empty, which GameMaker does not accept any more: it is 0"
BODY_IN_PARENTHESES = "GameMaker reads this ( as a call of what stands before it: put the body in { }"


def bodies_in_parentheses(tokens: list[Token]) -> set[int]:
    """The places of each `(` that begins a body, on the line after a head in parentheses."""
    found: set[int] = set()
    heads: list[bool] = []
    for at, token in enumerate(tokens):
        if token.type == "LPAR":
            heads.append(at > 0 and tokens[at - 1].type in HEADS)
        elif token.type == "RPAR" and heads:
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if heads.pop() and after is not None and after.type == "LPAR" and after.newline:
                found.add(at + 1)
    return found


def behind_functions(tokens: list[Token]) -> set[int]:
    """The places of each `(` and `[` on the line after a function with a name that is a statement.

    Such a function is not called in the place where it stands: the bracket begins the next statement.
    """
    found: set[int] = set()
    blocks: list[bool] = []
    is_head, depth = False, 0
    for at, token in enumerate(tokens):
        if token.type == "FUNCTION":
            begins = at == 0 or tokens[at - 1].type in ENDS_STATEMENT
            is_head, depth = begins and at + 1 < len(tokens) and tokens[at + 1].type == "NAME", 0
        elif is_head and token.type in ("LPAR", "RPAR"):
            depth += 1 if token.type == "LPAR" else -1
        elif token.type == "LBRACE":
            blocks.append(is_head and depth == 0)
            is_head = is_head and depth > 0
        elif token.type == "RBRACE" and blocks and blocks.pop():
            after = tokens[at + 1 : at + 2]
            found.update(at + 1 for each in after if each.newline and each.type in ("LPAR", "LSQB"))
    return found


def is_alone(tokens: list[Token], at: int, is_old: bool) -> bool:
    """Whether a `var` has no variable behind it; in old sources another statement may follow at once."""
    types = [token.type for token in tokens[at + 1 : at + 3]]
    return types[:1] == ["SEMICOLON"] or (is_old and (types == ["NAME", "DOT"] or types[:1] != ["NAME"]))


def missing_commas(tokens: list[Token]) -> set[int]:
    """The places before which a comma is missing in lists of variables, as old sources have it.

    A name that begins the next statement is none of the list, so what stands behind a name decides.
    """
    found: set[int] = set()
    in_list = False
    for at, token in enumerate(tokens[:-1]):
        if token.type == "DECLARE":
            in_list = True
        elif token.type != "NAME" and token.type != "COMMA":
            in_list = False
        elif in_list and token.type == "NAME" and tokens[at - 1].type == "NAME":
            in_list = tokens[at + 1].type in ("COMMA", "SEMICOLON", "NAME")
            if tokens[at + 1].type in ("COMMA", "SEMICOLON"):
                found.add(at)
    return found


def ends_list(tokens: list[Token], at: int) -> bool:
    """Whether a comma has nothing behind it that a list of variables could continue with."""
    return at + 1 >= len(tokens) or tokens[at + 1].type != "NAME"
