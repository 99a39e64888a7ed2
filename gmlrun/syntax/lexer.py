"""The lexical grammar: GML text goes in, tokens with their spans and values come out.

One regular expression finds a token; what depends on the token before (an accessor's opener, a `++`
that cannot follow an operand) is decided here, so that the grammar stays free of it. Macros are
replaced by their tokens afterwards, in macros.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from gmlrun.diagnostics import Diagnostic
from gmlrun.language import DECLARING, KEYWORDS, LATER_KEYWORDS
from gmlrun.source import Source, Span


class Token:
    """One token. `type` is the grammar's terminal, `text` its canonical spelling, `value` what a literal stands for.

    Lark takes it for one of its own; it is not, so that the prompt colours the first line before Lark is imported.
    """

    __slots__ = ("end", "newline", "start", "text", "type", "value")

    def __init__(self, type: str, text: str, start: int, end: int, value: Any = None, newline: bool = False) -> None:
        self.type = type
        self.text = text
        self.start = start
        self.end = end
        self.value = value
        self.newline = newline
        """Whether a line ends between the token before and this one."""

    def __repr__(self) -> str:
        return f"Token({self.type}, {self.text!r}, {self.start}:{self.end})"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def retyped(self, type: str, text: str | None = None) -> Token:
        """The same token as another terminal."""
        return Token(type, self.text if text is None else text, self.start, self.end, self.value, self.newline)

    def moved(self, start: int, end: int, newline: bool) -> Token:
        """The same token at another place: a macro's body stands where the macro's name stood."""
        return Token(self.type, self.text, start, end, self.value, newline)


SYMBOLS: dict[str, tuple[str, str]] = {
    **{
        s: ("OPERATOR", s)
        for s in ["&&", "||", "^^", "==", "!=", "<", "<=", ">", ">=", "&", "|", "^", "<<", ">>", "*", "/", "%", "??"]
    },
    "<>": ("OPERATOR", "!="),
    **{s: ("ASSIGN", s) for s in ["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "??="]},
    "=": ("EQUAL", "="),
    ":=": ("EQUAL", "="),
    "++": ("STEP", "+"),
    "--": ("STEP", "-"),
    "+": ("PLUS", "+"),
    "-": ("MINUS", "-"),
    "!": ("BANG", "!"),
    "~": ("TILDE", "~"),
    "{": ("LBRACE", "{"),
    "}": ("RBRACE", "}"),
    "(": ("LPAR", "("),
    ")": ("RPAR", ")"),
    "[": ("LSQB", "["),
    "]": ("RSQB", "]"),
    ".": ("DOT", "."),
    ",": ("COMMA", ","),
    ":": ("COLON", ":"),
    "?": ("QMARK", "?"),
    ";": ("SEMICOLON", ";"),
    **{f"[{c}": ("ACCESSOR", "" if c == "@" else c) for c in "|?#@$"},
}


def terminal_of(word: str, spelling: str) -> str:
    """The terminal of a keyword: a sign's, where the word stands for one."""
    if spelling in SYMBOLS:
        return SYMBOLS[spelling][0]
    return "DECLARE" if word in DECLARING else "OPERATOR" if word == "div" else word.upper()


WORDS = {word: (terminal_of(word, spelling), spelling) for word, spelling in KEYWORDS.items()}
"""The terminal and the canonical spelling of each keyword."""

_SYMBOL = "|".join(sorted((re.escape(s) for s in SYMBOLS), key=len, reverse=True))

STRINGS = r"""
    (?P<verbatim> @"[^"]*" | @'[^']*' )
    | (?P<string>  "(?:[^"\\\r\n]|\\(?:\r\n|.|[\r\n]))*" )
    | (?P<quoted>  '[^'\r\n]*' )
    | (?P<template> \$" )
"""
OLD_STRINGS = r"""(?P<old> "[^"]*" | '[^']*' )"""

PATTERN = rf"""
      (?P<space>   [ \t\f\v\u00a0\ufeff]+ )
    | (?P<line>    (?:\r\n|\n|\r)+ )
    | (?P<comment> //[^\r\n]* | /\*(?:[^*]|\*(?!/))*(?:\*/|\Z) )
    | (?P<number>  0[xX][0-9A-Fa-f][0-9A-Fa-f_]* | \$[0-9A-Fa-f][0-9A-Fa-f_]* | 0[bB][01][01_]*
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

SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{1,6})|x([0-9A-Fa-f]{2})|([0-7]{3})|(\r\n|.))", re.DOTALL)

LINE_REST = re.compile(r"[^\r\n]*")
MACRO_LINE = re.compile(r"[ \t]+(?:(\w+):)?([^\W\d]\w*)[ \t]*")
SECTION_LINE = re.compile(r"[ \t]+([\w:]+)[^\r\n]*")
DEFINE_LINE = re.compile(r"[ \t]+(\w+)[^\r\n]*")
CONTINUED = re.compile(r"\\[ \t]*(?:\r\n|\n|\r|\Z)")
REMARKED = re.compile(r"\\[ \t]*//[^\r\n]*(?:\r\n|\n|\r|\Z)")
"""A backslash that joins lines, with a remark behind it."""


BASES = {"$": 16, "0x": 16, "0b": 2}
"""The numeral systems, by what a number begins with."""
INT64_DIGITS = 19
"""A decimal number with more digits is a real."""
MAX_TEMPLATE_DEPTH = 32
"""How deeply template strings may nest."""


def unescape(body: str) -> str:
    r"""The text of a string literal: `\n`, `\u1F642`, `\x41`, `\101`, …"""
    return ESCAPE.sub(_escape, body) if "\\" in body else body


def _escape(found: re.Match[str]) -> str:
    code, byte, octal, other = found.groups()
    if other is not None:
        return SIMPLE_ESCAPES.get(other, "" if other in ("\n", "\r\n", "\r") else other)
    number = int(code or byte or octal, 8 if octal else 16)
    return chr(number) if number < 0xD800 or 0xE000 <= number < 0x110000 else "\ufffd"


def number_value(text: str) -> float | int:
    """A number literal's value: an int for an int64, a float for a real."""
    digits = text.replace("_", "")
    prefix = "$" if digits[0] == "$" else digits[:2].lower()
    if prefix in BASES:
        whole = int(digits[len(prefix) :], BASES[prefix])
        whole = (whole + (1 << 63)) % (1 << 64) - (1 << 63)
        return float(whole) if -(1 << 31) <= whole < 1 << 31 else whole
    value = float(digits)
    if digits.isdecimal() and len(digits) <= INT64_DIGITS and int(digits) != value:
        return min(int(digits), (1 << 63) - 1)
    return value


def colour_value(digits: str) -> float | int:
    """`#RRGGBB` as GameMaker stores it, with blue on top; in `#RRGGBBAA` alpha is the top byte."""
    value = int.from_bytes(bytes.fromhex(digits), "little")
    return float(value) if value < 1 << 31 else value


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


Reader = Callable[[Lexer, "re.Match[str]", int, int, int, str, bool], tuple[Token | None, int]]


def read_number(
    lexer: Lexer, found: re.Match[str], start: int, at: int, end: int, before: str, newline: bool
) -> tuple[Token | None, int]:
    text = found[0]
    follower = lexer.match(lexer.text, at, end)
    is_old_word = lexer.dialect.has_old_strings and follower is not None and follower[0] in KEYWORDS
    if follower is not None and follower.lastgroup == "name" and not is_old_word:
        lexer.error(f"{text}{follower[0]} is not a number", start, follower.end())
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
    lexer.error(f"there is no directive {found[0]}", start, at, "a colour has six digits: #RRGGBB")
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
    """A hole without its brace: the outermost template tells, and lexing goes on with the next line."""
    lexer.error("a { in a template string is never closed, or too many are nested", at, at + 1)
    stop = end
    if lexer.template_depth == 0:
        lexer.holes_end_with_line = True
        stop = lexer.line_end(start, end)
    return Token("STRING", lexer.text[start:stop], start, stop, ""), stop


# ------------------------------------------------------------------- directives


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


def is_keyword(token: Token) -> bool:
    """Whether a token is spelled as a keyword; a string literal is not, whatever stands in it."""
    return type(token.value) is str and token.type != "STRING" and token.value in KEYWORDS


def is_word(token: Token) -> bool:
    """Whether a token is spelled as a name: keywords are words too."""
    return token.type == "NAME" or is_keyword(token)
