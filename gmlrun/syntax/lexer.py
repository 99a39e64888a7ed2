"""The lexical grammar: GML text goes in, tokens with their spans and values come out.

One regular expression finds a token; what depends on the token before (an accessor's opener, a `++`
that cannot follow an operand) is decided here, so that the grammar stays free of it. Macros are
replaced by their tokens afterwards, in macros.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from gmlrun.diagnostics import Diagnostic
from gmlrun.language import KEYWORDS, LATER_KEYWORDS
from gmlrun.source import Source, Span
from gmlrun.syntax.directives import AT_COLUMN_0, DIRECTIVES, RawMacro
from gmlrun.syntax.literals import colour_value, number_value, unescape
from gmlrun.syntax.tokens import SYMBOLS, WORDS, Token

_SYMBOL = "|".join(sorted((re.escape(s) for s in SYMBOLS), key=len, reverse=True))

STRINGS = r"""
    (?P<verbatim> @"[^"]*" | @'[^']*' )
    | (?P<string>  "(?:[^"\\\r\n]++|\\(?:\r\n|.|[\r\n]))*+" )
    | (?P<quoted>  '[^'\r\n]*' )
    | (?P<template> \$" )
"""
OLD_STRINGS = r"""(?P<old> "[^"]*" | '[^']*' )"""

PATTERN = rf"""
      (?P<space>   [ \t\f\v\u00a0\ufeff]+ )
    | (?P<line>    (?:\r\n|\n|\r)+ )
    | (?P<comment> //[^\r\n]* | /\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z) )
    | (?P<number>  0[xX]_*[0-9A-Fa-f][0-9A-Fa-f_]* | \$[0-9A-Fa-f][0-9A-Fa-f_]* | 0[bB]_*[01][01_]*
                 | \d[\d_]*(?:\.(?!\.)[\d_]*)? | \.\d[\d_]* )
    | (?P<name>    [^\W\d]\w* )
    | STRINGS
    | (?P<hash>    \#\w+ )
    | (?P<symbol>  {_SYMBOL} )
    """
MASTER = re.compile(PATTERN.replace("STRINGS", STRINGS), re.VERBOSE | re.DOTALL)
OLD_MASTER = re.compile(PATTERN.replace("STRINGS", OLD_STRINGS), re.VERBOSE | re.DOTALL)
"""The tokens of GameMaker: Studio 1.4."""

OPERAND_ENDS = frozenset(("NAME", "RPAR", "RSQB", "RBRACE", "STRING", "TEMPLATE"))
"""After these a `[` opens an accessor; no statement begins with one, so that a `}` before it ends a struct."""
STEP_FOLLOWS = frozenset(("NAME", "RSQB"))
"""After these, on the same line, `++` and `--` are postfix."""

LINE_REST = re.compile(r"[^\r\n]*")
MAX_TEMPLATE_DEPTH = 32
"""How deeply template strings may nest."""


class Lexer:
    """Turns one source into tokens. `diagnostics` has what was wrong; a wrong piece is left out."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.dialect = source.dialect
        self.match = (OLD_MASTER if source.dialect.has_old_strings else MASTER).match
        self._tokens: list[Token] | None = None
        self.diagnostics: list[Diagnostic] = []
        self.macros: dict[str, RawMacro] = {}
        self.unfinished = False
        """Whether the text ends inside a comment, a verbatim string or a macro."""
        self.template_depth = 0
        self.holes_end_with_line = False
        """Set by a hole that is never closed, so that a search to the end of the source happens once."""

    def tokens(self) -> list[Token]:
        """All tokens of the source, which is read once."""
        if self._tokens is None:
            self._tokens = []
            for frame in self.source.frames:
                self._tokens += added(frame.before, frame.start)
                self._tokens += self._scan(frame.start, frame.end)
                self._tokens += added(frame.after, frame.end)
        return self._tokens

    def error(self, message: str, start: int, end: int, hint: str = "") -> None:
        """Notes an error at a range of offsets."""
        self.diagnostics.append(self.source.diagnostic("error", "syntax", message, Span(start, end), hint))

    def _scan(self, at: int, end: int) -> Iterator[Token]:
        match = self.match
        newline, before = True, ""
        while at < end:
            found = match(self.text, at, end)
            if found is None:
                token, at = self._stray(at, end)
            else:
                group, start, at = found.lastgroup, at, found.end()
                if group == "space" or group == "comment":
                    newline = (group == "comment" and self._ends_line(found[0])) or newline
                    continue
                if group == "line":
                    newline = True
                    continue
                token, at = READERS[group or ""](self, found, start, at, end, before, newline)
            if token is not None:
                token.newline, newline, before = newline, False, token.type
                yield token

    def _ends_line(self, comment: str) -> bool:
        """Whether a comment holds a line end; notes one that is never closed."""
        if comment.startswith("/*") and (len(comment) < 4 or not comment.endswith("*/")):
            self.unfinished = True
        return "\n" in comment or "\r" in comment

    def line_end(self, at: int, end: int) -> int:
        """Where the line of an offset ends."""
        return min(end, LINE_REST.match(self.text, at).end())  # type: ignore[union-attr]

    def _stray(self, at: int, end: int) -> tuple[Token | None, int]:
        """A character that begins no token, or a string that is never closed."""
        char = self.text[at]
        if (
            char == '"'
            or (char == "'" and self.dialect.has_old_strings)
            or (char == "@" and self.text[at + 1 : at + 2] in ('"', "'"))
        ):
            stop = end if char == "@" else self.line_end(at, end)
            self.unfinished = self.unfinished or char == "@"
            self.error("a string is never closed", at, stop)
            return Token("STRING", self.text[at:stop], at, stop, ""), stop
        hint = 'strings stand between straight quotes: "…"' if char in "“”„‘’«»" else ""
        self.error(f"unexpected character {char}", at, at + 1, hint)
        return None, at + 1


def added(text: str, at: int) -> list[Token]:
    """The tokens of what stands around a part of a source, at an offset of it."""
    tokens = Lexer(Source("", text)).tokens() if text else []
    for place, (before, token) in enumerate(pairwise(tokens), 1):
        if before.type == "FUNCTION" and token.value in LATER_KEYWORDS:
            tokens[place] = token.retyped("NAME", token.value)
    return [token.moved(at, at, token.newline) for token in tokens]


EXPONENT = re.compile(r"[eE]\d+")
Reader = Callable[[Lexer, "re.Match[str]", int, int, int, str, bool], tuple[Token | None, int]]


def read_number(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    text = found[0]
    follower = lexer.match(lexer.text, at, end)
    is_old_word = lexer.dialect.has_old_strings and follower is not None and follower[0] in KEYWORDS
    if follower is not None and follower.lastgroup == "name" and not is_old_word:
        hint = f": write {text} * power(10, {follower[0][1:]})" if EXPONENT.fullmatch(follower[0]) else ""
        lexer.error(f"{text}{follower[0]} is not a number{hint}", start, follower.end())
        at = follower.end()
    return Token("NUMBER", text, start, at, number_value(text)), at


def read_name(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    text = found[0]
    keyword = WORDS.get(text)
    if keyword is None or before == "DOT" or text in lexer.dialect.names:
        return Token("NAME", text, start, at), at
    return Token(keyword[0], keyword[1], start, at, text), at


def read_verbatim(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    return Token("STRING", found[0], start, at, found[0][2:-1]), at


def read_string(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    text = found[0]
    if "\n" in text or "\r" in text:
        lexer.error("a string is never closed", start, lexer.line_end(start, end))
    return Token("STRING", text, start, at, unescape(text[1:-1])), at


def read_quoted(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    """A string in single quotes, as GameMaker had it long ago."""
    lexer.error("GML strings stand in double quotes", start, at)
    return Token("STRING", found[0], start, at, found[0][1:-1]), at


def read_old(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    """A string of GameMaker: Studio 1.4, in which a backslash means itself."""
    return Token("STRING", found[0], start, at, found[0][1:-1]), at


def read_symbol(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    text = found[0]
    is_number = text == "[$" and not lexer.dialect.has_structs
    if is_number or (len(text) == 2 and text[0] == "[" and before not in OPERAND_ENDS):
        text, at = "[", start + 1
    type, canonical = SYMBOLS[text]
    if type == "STEP" and (newline or before not in STEP_FOLLOWS):
        type = "PREFIX_STEP"
    return Token(type, canonical, start, at, text), at


COLOUR = "a colour has six digits: #RRGGBB"
CONDITIONAL = "GML compiles all of it: a macro can have a value for a configuration, #macro Release:DEBUG false"
"""The hints for a `#` that begins nothing."""


def read_hash(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    """`#FF0000`, and the directives that begin with `#`."""
    word = found[0][1:]
    if word in DIRECTIVES:
        if word in AT_COLUMN_0 and lexer.text[start - 1 : start] not in ("", "\n", "\r", "\ufeff"):
            lexer.error(f"{found[0]} must stand at the beginning of a line", start, at)
        return DIRECTIVES[word](lexer, start, at, end)
    if len(word) in (6, 8) and all(c in "0123456789abcdefABCDEF" for c in word):
        return Token("NUMBER", found[0], start, at, colour_value(word)), at
    hint = CONDITIONAL if word in ("if", "ifdef", "ifndef", "else", "elif", "endif") else COLOUR
    lexer.error(f"there is no directive {found[0]}", start, at, hint)
    return None, at


# -------------------------------------------------------------------- templates


def read_template(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    """`$"…{…}…"`: the value is a list of texts and of token lists."""
    parts: list[str | list[Token]] = []
    text, literal = lexer.text, at
    while at < end and text[at] not in "\r\n":
        char = text[at]
        if char == "\\":
            at += 2
        elif char == '"':
            parts.append(unescape(text[literal:at]))
            return Token("TEMPLATE", text[start : at + 1], start, at + 1, parts), at + 1
        elif char == "{":
            parts.append(unescape(text[literal:at]))
            hole = read_hole(lexer, at + 1, end)
            if hole is None:
                return unclosed_hole(lexer, start, at, end)
            parts.append(hole[0])
            literal = at = hole[1]
        else:
            at += 1
    lexer.error("a template string is never closed", start, min(at, end))
    return Token("STRING", text[start:at], start, min(at, end), ""), min(at, end)


def read_hole(lexer: Lexer, at: int, end: int) -> tuple[list[Token], int] | None:
    """The tokens up to the brace that closes a hole, and the offset behind it; None when there is none."""
    if lexer.template_depth >= MAX_TEMPLATE_DEPTH:
        return None
    lexer.template_depth += 1
    known = len(lexer.diagnostics)
    found = hole_tokens(lexer, at, lexer.line_end(at, end) if lexer.holes_end_with_line else end)
    lexer.template_depth -= 1
    if found is None:
        del lexer.diagnostics[known:]
    return found


def hole_tokens(lexer: Lexer, at: int, end: int) -> tuple[list[Token], int] | None:
    depth, known = 0, len(lexer.diagnostics)
    tokens: list[Token] = []
    for token in lexer._scan(at, end):
        if token.type == "RBRACE" and depth == 0:
            return tokens, token.end
        depth += (token.type == "LBRACE") - (token.type == "RBRACE")
        tokens.append(token)
        if token.type == "STRING" and len(lexer.diagnostics) > known:
            return None
    return None


def unclosed_hole(lexer: Lexer, start: int, at: int, end: int) -> tuple[Token | None, int]:
    """A hole without its brace: the outermost template tells, and lexing continues with the next line."""
    lexer.error("a { in a template string is never closed, or too many are nested", at, at + 1)
    stop = end
    if lexer.template_depth == 0:
        lexer.holes_end_with_line = True
        stop = lexer.line_end(start, end)
    return Token("STRING", lexer.text[start:stop], start, stop, ""), stop


READERS: dict[str, Reader] = {
    "number": read_number,
    "name": read_name,
    "verbatim": read_verbatim,
    "string": read_string,
    "quoted": read_quoted,
    "old": read_old,
    "template": read_template,
    "hash": read_hash,
    "symbol": read_symbol,
}
