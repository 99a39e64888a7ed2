"""Descriptions of functions by their authors: a place in a source goes in, signature and description come out.

GameMaker's comments are read: lines of `///` above a function, or at the beginning of its body, with the tags of JSDoc.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gmlrun.repl.definitions import Definition
from gmlrun.source import Source
from gmlrun.syntax.lexer import Lexer

HEAD = 4000
"""Characters in which a function's parameters end."""
OPENERS = ("LPAR", "LSQB", "LBRACE", "ACCESSOR")
CLOSERS = ("RPAR", "RSQB", "RBRACE")
TAG = re.compile(r"@(\w+)\s*(?:\{([^}]*)\}\s*)?(.*)")
DESCRIPTIONS = ("desc", "description")
PARAMETERS = ("param", "parameter", "arg", "argument")
RETURNS = ("return", "returns")


def written_parameters(definition: Definition) -> list[str] | None:
    """The parameters as they are written, with their defaults; None where the text cannot be cut."""
    text = definition.part.source.text[definition.span.start : definition.span.end][:HEAD]
    found: list[str] = []
    depth, start = 0, 0
    for token in Lexer(Source("", text)).tokens():
        if token.type in OPENERS:
            depth += 1
            start = token.end if depth == 1 else start
        elif token.type in CLOSERS:
            depth -= 1
        if (token.type == "COMMA" and depth == 1) or (token.type in CLOSERS and depth == 0):
            found.append(" ".join(text[start : token.start].split()))
            start = token.end
        if token.type in CLOSERS and depth == 0:
            return [one for one in found if one]
    return None


def description(definition: Definition) -> list[str]:
    """The lines of what is said of a function: what it does, its parameters, what it returns."""
    said: list[str] = []
    for line in comment_lines(definition):
        tag = TAG.fullmatch(line)
        if tag is None:
            said.append(line)
        elif tag[1] in DESCRIPTIONS:
            said.append(tag[3])
        elif tag[1] in PARAMETERS:
            name, _, rest = tag[3].partition(" ")
            said.append(f"    {name}{f' ({tag[2]})' if tag[2] else ''}{f': {rest.strip()}' if rest.strip() else ''}")
        elif tag[1] in RETURNS:
            words = ": ".join(part for part in (tag[2], tag[3]) if part)
            said.append(f"    returns {words}")
    return [line.rstrip() for line in said if line.strip()]


def comment_lines(definition: Definition) -> list[str]:
    """The `///` lines above a function, or those that its body begins with."""
    text, span = definition.part.source.text, definition.span
    above = list(leading(reversed(text[: span.start].rstrip(" \t").split("\n")[:-1])))[::-1]
    return above or list(leading(text[span.start : span.end].partition("{")[2].lstrip().split("\n")))


def leading(lines: Iterator[str] | list[str]) -> Iterator[str]:
    """The text of `///` lines, up to the first other line."""
    for line in lines:
        if not line.strip().startswith("///"):
            return
        yield line.strip().lstrip("/").strip()
