"""The tokens of a text on their way to the parser: its state goes in, the terminal that the next token is comes out.

A few tokens mean one thing or another by what the parser can take: `{`, `++`, and the words `constructor`, `event` and
`object`. What GameMaker has accepted once is made right here, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gmlrun.source import Span
from gmlrun.syntax import old_forms
from gmlrun.syntax.lalr import TableParser
from gmlrun.syntax.tokens import WORDS, Token, is_keyword, is_word

MAX_DEPTH = 400
"""How deeply brackets may nest."""

OPENERS = {"LBRACE": "{", "STRUCT_OPEN": "{", "LPAR": "(", "FOR_HEAD": "(", "LSQB": "[", "ACCESSOR": "["}
CLOSERS = {"RBRACE": "}", "RPAR": ")", "RSQB": "]"}
WORD_TERMINALS = {type for type, _ in WORDS.values()}


class TooDeep(Exception):
    """Brackets are nested too deeply: reading stops at `token`."""

    def __init__(self, token: Token) -> None:
        self.token = token


class Stream:
    """The tokens, how far they are read, and the brackets that are open."""

    def __init__(self, tokens: list[Token], is_old: bool, warn: Callable[[str, Span], None]) -> None:
        """`is_old`: the text is of a GameMaker before 2.3; `warn` hears of what is accepted no more."""
        self.tokens = tokens
        self.is_old = is_old
        self.warn = warn
        self.at = 0
        self.open: list[Token] = []
        """The brackets that are open; a FOR_HEAD is the `(` of a `for`."""
        self.checkpoints: list[TableParser | None] = [None]
        """The parser as it was where the last statement began: in no bracket, and in each that is open."""
        self.before = ""
        """The terminal that was read last."""
        self._bodies = old_forms.bodies_in_parentheses(tokens)
        self._behind_functions = old_forms.behind_functions(tokens)
        self._commas = old_forms.missing_commas(tokens) if is_old else set()

    def terminals(self, parser: TableParser) -> Iterator[Token]:
        """The terminals from here on; each must have been fed to the parser when the next one is asked for."""
        while self.at < len(self.tokens):
            token, length = self._terminal(parser)
            for missing in self._missing(parser, token):
                yield missing
                self._track(missing)
            if not self._is_left_out(parser, token):
                yield token
                self._track(token)
            self.at += length

    def _track(self, token: Token) -> None:
        """Notes a token that the parser has taken."""
        if token.type in OPENERS:
            self.open.append(token.retyped("FOR_HEAD") if self.before == "FOR" else token)
            self.checkpoints.append(None)
            if len(self.open) > MAX_DEPTH:
                raise TooDeep(token)
        elif token.type in CLOSERS and self.open:
            self.checkpoints.pop()
            self.open.pop()
        self.before = token.type

    def go_back(self) -> tuple[TableParser, list[str]]:
        """Goes back to the start of the current statement; returns the parser's state there, and the open brackets."""
        while (checkpoint := self.checkpoints[-1]) is None:
            self.checkpoints.pop()
        level = len(self.checkpoints) - 1
        left = [opener.type for opener in self.open[level:]]
        del self.open[level:]
        self.before = ""
        return checkpoint, left

    # ---------------------------------------------------------------- context

    def _terminal(self, parser: TableParser) -> tuple[Token, int]:
        """The next token as the terminal that the parser's state makes of it, and how many tokens it is."""
        tokens, at = self.tokens, self.at
        token = tokens[at]
        if "EVENT_NAME" in parser.choices():
            return event_name(tokens, at)
        if is_keyword(token) and self._is_key():
            return token.retyped("NAME", token.value), 1
        if token.type == "LBRACE":
            return self._brace(parser, token), 1
        if token.type == "NAME":
            return self._word(parser), 1
        if token.type in ("STEP", "PREFIX_STEP") and token.type not in parser.choices():
            return token.retyped("PREFIX_STEP" if token.type == "STEP" else "STEP"), 1
        return token, 1

    def _is_key(self) -> bool:
        """Whether a keyword stands as a key in a struct literal: between `{` or `,` and `:`."""
        tokens, at = self.tokens, self.at
        return (
            bool(self.open)
            and self.open[-1].type == "STRUCT_OPEN"
            and at + 1 < len(tokens)
            and tokens[at + 1].type == "COLON"
            and tokens[at - 1].type in ("LBRACE", "COMMA")
        )

    def _brace(self, parser: TableParser, token: Token) -> Token:
        """`{` opens a block where a statement can begin, else a struct."""
        is_value = self.at > 0 and self.tokens[self.at - 1].type == "RETURN"
        return token if "LBRACE" in parser.choices() and not is_value else token.retyped("STRUCT_OPEN")

    def _word(self, parser: TableParser) -> Token:
        """Names that are words only in one place: `constructor`, `event`, `object`."""
        tokens, at = self.tokens, self.at
        token = tokens[at]
        if token.text == "constructor" and "CONSTRUCTOR" in parser.choices():
            return token.retyped("CONSTRUCTOR")
        if token.text == "event" and event_length(tokens, at + 1) and parser.takes("EVENT"):
            return token.retyped("EVENT")
        if token.text == "object" and begins_object(tokens, at + 1) and parser.takes("OBJECT"):
            return token.retyped("OBJECT")
        return token

    # -------------------------------------------------------------- old forms

    def _missing(self, parser: TableParser, token: Token) -> Iterator[Token]:
        """The terminals that GameMaker has added once before a token."""
        if self.at in self._commas and parser.takes("COMMA"):
            self.warn(old_forms.NO_COMMA, token.span)
            yield Token("COMMA", ",", token.start, token.start)
        if self.is_old and token.type == "RSQB" and self.before == "LSQB" and not parser.takes("RSQB"):
            self.warn(old_forms.NO_INDEX, token.span)
            yield Token("NUMBER", "0", token.start, token.start, 0.0)
        if self.at in self._behind_functions and parser.takes("SEMICOLON"):
            yield Token("SEMICOLON", ";", token.start, token.start)
        if self.at in self._bodies and parser.takes("HEAD_END"):
            self.warn(old_forms.BODY_IN_PARENTHESES, token.span)
            yield Token("HEAD_END", "", token.start, token.start)
        elif self.open and self.open[-1].type == "FOR_HEAD" and self._lacks_semicolon(parser, token):
            self.warn(old_forms.NO_SEMICOLON, token.span)
            yield Token("SEMICOLON", ";", token.start, token.start)

    @staticmethod
    def _lacks_semicolon(parser: TableParser, token: Token) -> bool:
        """Whether a token fits behind a semicolon only."""
        if token.type in CLOSERS or "SEMICOLON" not in parser.choices() or parser.takes(token.type):
            return False
        return parser.takes("SEMICOLON", token.type)

    def _is_left_out(self, parser: TableParser, token: Token) -> bool:
        """Whether a token is one of those that GameMaker has left out once."""
        if token.type == "COMMA" and old_forms.ends_list(self.tokens, self.at):
            words, fits = old_forms.COMMA_AT_END, parser.takes("COMMA") and parser.takes("SEMICOLON")
        elif token.type == "DECLARE" and token.text == "var" and old_forms.is_alone(self.tokens, self.at, self.is_old):
            words, fits = old_forms.NO_VARIABLE, parser.takes("DECLARE")
        else:
            return False
        if fits:
            self.warn(words, token.span)
        return fits


def event_name(tokens: list[Token], at: int) -> tuple[Token, int]:
    """The name of an event, which may be several tokens (`other:68`), and how many these are."""
    length = event_length(tokens, at)
    name = tokens[at : at + length]
    spelled = "".join(str(t.value) if t.type in WORD_TERMINALS else t.text for t in name)
    return Token("EVENT_NAME", spelled, name[0].start, name[-1].end), length


def event_length(tokens: list[Token], at: int) -> int:
    """How many tokens name an event from `at` on, if a block follows them; else 0."""
    words = tokens[at : at + 4]
    if words and is_word(words[0]):
        if len(words) > 1 and words[1].type == "LBRACE":
            return 1
        if len(words) > 3 and words[1].type == "COLON" and words[3].type == "LBRACE":
            return 3 if is_word(words[2]) or words[2].type == "NUMBER" else 0
    return 0


def begins_object(tokens: list[Token], at: int) -> bool:
    """Whether `object` at the token before begins a block: `NAME {` or `NAME : NAME {`."""
    types = [t.type for t in tokens[at : at + 4]]
    return types[:2] == ["NAME", "LBRACE"] or types == ["NAME", "COLON", "NAME", "LBRACE"]
