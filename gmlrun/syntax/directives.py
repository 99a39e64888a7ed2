"""Lines that begin with `#`: macros, regions, and the sections of GMEdit and of scripts of GameMaker: Studio 1.4."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from gmlrun.source import Span
from gmlrun.syntax.tokens import Token

if TYPE_CHECKING:
    from gmlrun.syntax.lexer import Lexer

MACRO_LINE = re.compile(r"[ \t]+(?:(\w+):)?([^\W\d]\w*)[ \t]*")
SECTION_LINE = re.compile(r"[ \t]+([\w:]+)[^\r\n]*")
DEFINE_LINE = re.compile(r"[ \t]+(\w+)[^\r\n]*")
CONTINUED = re.compile(r"\\+[ \t]*(?:\r\n|\n|\r|\Z)")
"""The backslash that joins lines; GameMaker takes several as one."""
REMARKED = re.compile(r"\\+[ \t]*//[^\r\n]*(?:\r\n|\n|\r|\Z)")
"""A backslash that joins lines, with a remark behind it."""


class RawMacro:
    """A `#macro` as written: its name, its configuration (empty for all) and its body's tokens."""

    __slots__ = ("body", "config", "name", "span")

    def __init__(self, name: str, config: str, body: list[Token], span: Span) -> None:
        self.name = name
        self.config = config
        self.body = body
        self.span = span


Directive = tuple[Token | None, int]


def read_macro(lexer: Lexer, start: int, at: int, end: int) -> Directive:
    """`#macro NAME body`: to the end of the line, or of the lines that a backslash joins."""
    found = MACRO_LINE.match(lexer.text, at, end)
    stop, pieces = macro_body(lexer, found.end() if found else at, end)
    if found is None:
        lexer.error("a #macro needs a name", start, at)
        return None, stop
    name, config = found[2], found[1] or ""
    body = [token for first, last in pieces for token in lexer._scan(first, last)]
    key = f"{config}:{name}" if config else name
    if key in lexer.macros:
        lexer.error(f"the macro {name} is defined twice", found.start(2), found.end(2))
    lexer.macros[key] = RawMacro(name, config, body, Span(found.start(2), found.end(2)))
    return None, stop


def macro_body(lexer: Lexer, at: int, end: int) -> tuple[int, list[tuple[int, int]]]:
    """Where a macro's line ends, and the pieces of its body between the backslashes."""
    text, pieces = lexer.text, []
    while True:
        stop = lexer.line_end(at, end)
        last = text.rfind("\\", at, stop)
        while last > at and text[last - 1] == "\\":
            last -= 1
        joined = CONTINUED.match(text, last, end) if last >= 0 else None
        if joined is None and (remarked := REMARKED.search(text, at, end)) and remarked.start() < stop:
            joined, last = outside_string(text, at, remarked)
        pieces.append((at, last if joined else stop))
        if joined is None or joined.end() >= end:
            lexer.unfinished = lexer.unfinished or joined is not None
            return stop, pieces
        at = joined.end()


def outside_string(text: str, at: int, found: re.Match[str]) -> tuple[re.Match[str] | None, int]:
    """A backslash with a remark, and where it is, unless it stands in a string."""
    is_outside = text.count('"', at, found.start()) % 2 == 0
    return (found if is_outside else None), found.start()


def skip_line(lexer: Lexer, start: int, at: int, end: int) -> Directive:
    """`#region` and `#endregion`: the rest of the line is a remark."""
    return None, lexer.line_end(at, end)


def read_section(lexer: Lexer, start: int, at: int, end: int) -> Directive:
    """GMEdit's `#event NAME label`."""
    found = SECTION_LINE.match(lexer.text, at, end)
    if found is None:
        lexer.error("an #event needs a name", start, at)
        return skip_line(lexer, start, at, end)
    name = found[1]
    type = "PROPERTIES" if name == "properties" else "SECTION"
    return Token(type, name, found.start(1), found.end(1)), found.end()


def read_define(lexer: Lexer, start: int, at: int, end: int) -> Directive:
    """`#define NAME`: the script NAME up to the next one."""
    found = DEFINE_LINE.match(lexer.text, at, end)
    if found is None:
        lexer.error("a #define needs a name", start, at)
        return skip_line(lexer, start, at, end)
    return Token("DEFINE", found[1], found.start(1), found.end(1)), found.end()


DIRECTIVES: dict[str, Callable[[Lexer, int, int, int], Directive]] = {
    "macro": read_macro,
    "region": skip_line,
    "endregion": skip_line,
    "event": read_section,
    "section": skip_line,
    "action": skip_line,
    "define": read_define,
}

AT_COLUMN_0 = frozenset(("event", "section", "action", "define"))
"""The directives that GMEdit and GameMaker know at the beginning of a line only."""
