"""Tokens: the words and signs of GML go in, the terminals of the grammar that they are come out."""

from __future__ import annotations

from typing import Any

from gmlrun.language import DECLARING, KEYWORDS
from gmlrun.source import Span


class Token:
    """One token. `type` is the grammar's terminal, `text` its canonical spelling, `value` what a literal stands for."""

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


def is_keyword(token: Token) -> bool:
    """Whether a token is spelled as a keyword; a string literal is not, whatever stands in it."""
    return type(token.value) is str and token.type != "STRING" and token.value in KEYWORDS


def is_word(token: Token) -> bool:
    """Whether a token is spelled as a name: keywords are words too."""
    return token.type == "NAME" or is_keyword(token)
