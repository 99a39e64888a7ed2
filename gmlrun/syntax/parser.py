"""GML text to its tree: a source goes in, a Program comes out, or every syntax error that the source has.

Lark makes the LALR tables from grammar/gml.lark; the tokens are fed to them one by one, so that an
error is noted with what could have stood there, and reading goes on at the next statement.
"""

from __future__ import annotations

import copy
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lark import Lark
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer as LarkLexer
from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_interactive_parser import InteractiveParser
from lark.parsers.lalr_parser_state import ParserState

from gmlrun.diagnostics import Diagnostic
from gmlrun.errors import SourceErrors
from gmlrun.resources import cache_folder, data_dir
from gmlrun.source import Source, Span
from gmlrun.syntax import braces, nodes, old_forms
from gmlrun.syntax.builder import NO_EFFECT, Builder
from gmlrun.syntax.lexer import WORDS, Lexer, Token, is_keyword, is_word
from gmlrun.syntax.macros import Macro, MacroError, expand

MAX_ERRORS = 50
"""After so many errors in one source the rest is not reported."""
MAX_DEPTH = 400
"""How deeply brackets may nest."""


class NoLexer(LarkLexer):
    """Lark wants a lexer; ours runs before it."""

    def __init__(self, conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        return iter(())


@dataclass(frozen=True)
class Tables:
    """Lark's parser with the builder that its rules call."""

    lark: Lark
    builder: Builder
    statement_states: frozenset[int] = frozenset()
    """The parser states in which a statement can begin."""

    def start(self, rule: str) -> ParserState[Any]:
        """The parser at the beginning of a start rule."""
        interactive: InteractiveParser = self.lark.parse_interactive("", start=rule)
        return interactive.parser_state


def load_tables() -> Tables:
    """Reads the grammar. Its tables take a fifth of a second to make, so Lark keeps them in the cache folder."""
    builder = Builder()
    with open(os.path.join(data_dir("grammar"), "gml.lark"), encoding="utf-8") as file:
        text = file.read()
    lark = Lark(
        text,
        parser="lalr",
        lexer=NoLexer,
        start=["program", "expression_only"],
        keep_all_tokens=True,
        maybe_placeholders=False,
        transformer=builder,
        cache=grammar_cache(),
    )
    states = Tables(lark, builder).start("program").parse_conf.parse_table.states
    starts = frozenset(state for state, actions in states.items() if actions.get("IF", (None,))[0] is Shift)
    return Tables(lark, builder, starts)


def grammar_cache() -> str | bool:
    """The file of the grammar's tables, which Lark checks against the grammar; False without a folder for it.

    Its name begins with a dot, so that it does not count among the programs of the compile cache.
    """
    folder = cache_folder()
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        return False
    return os.path.join(folder, f".grammar-{sys.version_info[0]}.{sys.version_info[1]}")


tables = cache(load_tables)


@dataclass
class Declared:
    """What a source declares, seen from its tokens alone."""

    macros: dict[str, Macro] = field(default_factory=dict)


def declarations(source: Source) -> Declared:
    """The macros of a source; all sources of a program must be asked before any is parsed."""
    lexer = Lexer(source)
    lexer.tokens()
    return Declared({key: Macro(raw.name, raw.config, tuple(raw.body), raw.span) for key, raw in lexer.macros.items()})


def parse(
    source: Source,
    *,
    macros: Mapping[str, Macro] | None = None,
    interactive: bool = False,
    warnings: list[Diagnostic] | None = None,
) -> nodes.Program:
    """The tree of a source; raises SourceErrors with all its errors. `warnings` takes what GameMaker accepts no more.

    `macros` are those of the whole program, by name (None: the source's own). With `interactive` any
    expression may stand as a statement, and a text that is a struct literal as a whole is one and no block.
    """
    lexer = Lexer(source)
    tokens = lexer.tokens()
    if macros is None:
        macros = {
            raw.name: Macro(raw.name, raw.config, tuple(raw.body)) for raw in lexer.macros.values() if not raw.config
        }
    reader = Reader(source, tables(), interactive)
    program = (reader.struct(tokens, macros) if interactive else None) or reader.program(tokens, macros)
    problems = with_brace(source, tokens, [*lexer.diagnostics, *reader.builder.diagnostics])
    if warnings is not None:
        warnings += reader.builder.warnings
    if problems or program is None:
        raise SourceErrors(without_follow_ups(problems))
    return program


def with_brace(source: Source, tokens: list[Token], problems: list[Diagnostic]) -> list[Diagnostic]:
    """The errors up to where a brace is missing, and which brace that is: what comes behind follows from it."""
    found = braces.unclosed(source, tokens) if problems else None
    if found is None:
        return problems
    opener, place = found
    line, before = source.position(opener.start)[0], source.position(place.start)
    words = f"expected }} before {spelling(place)}: the {{ opened in line {line} is not closed before line {before[0]}"
    kept = [p for p in problems if (p.place.line, p.place.column) < before and UNCLOSED not in p.message]
    return [*kept, source.diagnostic("error", "syntax", words, place.span)]


UNCLOSED = "unexpected end of file"


def without_follow_ups(problems: list[Diagnostic]) -> list[Diagnostic]:
    """The first errors in the order of their places; what only follows from one before on its line is left out."""
    kept: list[Diagnostic] = []
    for problem in sorted(problems, key=lambda d: (d.place.line, d.place.column)):
        line_has_error = bool(kept) and kept[-1].place.line == problem.place.line
        if not (line_has_error and problem.message == NO_EFFECT):
            kept.append(problem)
    return kept[:MAX_ERRORS]


def is_incomplete(text: str) -> bool:
    """Whether a text, typed at a prompt, goes on: something is open at its end, or a statement lacks its rest."""
    lexer = Lexer(Source("", text))
    tokens = lexer.tokens()
    depth = sum((token.type in OPENERS) - (token.type in CLOSERS) for token in tokens)
    if lexer.unfinished or depth > 0:
        return True
    reader = Reader(lexer.source, tables(), interactive=True)
    reader.program(tokens, {})
    return reader.stops_short or is_header(tokens)


def is_header(tokens: list[Token]) -> bool:
    """Whether a text ends with the first line of an `event` or `object` block."""
    brace = Token("LBRACE", "{", 0, 0)
    for at in range(max(0, len(tokens) - 4), len(tokens)):
        after = [*tokens[at + 1 :], brace]
        if tokens[at].text == "event" and event_length(after, 0) == len(after) - 1:
            return True
        if tokens[at].text == "object" and begins_object(after, 0) and len(after) in (2, 4):
            return True
    return False


class TooDeep(Exception):
    """Brackets are nested too deeply: reading stops."""


OPENERS = {"LBRACE": "{", "STRUCT_OPEN": "{", "LPAR": "(", "FOR_HEAD": "(", "LSQB": "[", "ACCESSOR": "["}
CLOSERS = {"RBRACE": "}", "RPAR": ")", "RSQB": "]"}
CLOSER_OF = {"{": "}", "(": ")", "[": "]"}


class Reader:
    """Feeds one source's tokens to the parser."""

    def __init__(self, source: Source, made: Tables, interactive: bool) -> None:
        self.source = source
        self.is_old = bool(source.dialect.names)
        self.tables = made
        self.builder = made.builder
        self.builder.reset(source, interactive)
        self.builder.parse_hole = self.hole
        self.state = made.start("program")
        self.table = self.state.parse_conf.parse_table.states
        self.statement_states = made.statement_states
        self.open: list[Token] = []
        """The brackets that are open; a FOR_HEAD is the `(` of a `for`."""
        self.before = ""
        """The terminal that was fed last."""
        self.stops_short = False
        """Whether all that is wrong with the source is where it ends."""
        self.checkpoints: dict[int, tuple[list[Any], list[Any]]] = {}
        """The parser's stacks where the last statement at each bracket depth began."""

    def program(self, tokens: list[Token], macros: Mapping[str, Macro]) -> nodes.Program | None:
        """The tree, or None after errors, which are then in the builder's diagnostics."""
        tokens = expand(tokens, macros, self.macro_failed)
        try:
            return self._statements(tokens)
        except TooDeep:
            return None

    def struct(self, tokens: list[Token], macros: Mapping[str, Macro]) -> nodes.Program | None:
        """The tree of a text that is one expression beginning with `{`; None for any other, without a word."""
        tokens = expand(tokens, macros, lambda error: None)
        while tokens and tokens[-1].type == "SEMICOLON":
            tokens.pop()
        if not tokens or tokens[0].type != "LBRACE":
            return None
        end = Token("$END", "", tokens[-1].end, tokens[-1].end)
        value = self.hole(tokens, end)
        if self.builder.diagnostics:
            self.builder.diagnostics.clear()
            return None
        return nodes.Program(Span(0, len(self.source.text)), (nodes.ExpressionStatement(value.span, value),))

    def macro_failed(self, error: MacroError) -> None:
        """Notes a macro that cannot be replaced."""
        self.builder.error(error.message, error.token.span)

    def _statements(self, tokens: list[Token]) -> nodes.Program | None:
        at = 0
        bodies = old_forms.bodies_in_parentheses(tokens)
        commas = old_forms.missing_commas(tokens) if self.is_old else set()
        while at < len(tokens):
            token = self.adapted(tokens, at)
            if at in commas and self.takes("COMMA"):
                self.builder.warn(old_forms.NO_COMMA, token.span)
                self.feed(Token("COMMA", ",", token.start, token.start))
            if self.old_form(tokens, at, token, bodies):
                at += 1
                continue
            if token.type == "EVENT":
                at = self._event_name(tokens, at, token)
                continue
            if not self.feed(token):
                if len(self.builder.diagnostics) >= MAX_ERRORS:
                    return None
                at = self.recover(tokens, at)
                continue
            at += 1
        return self.finish(tokens)

    def old_form(self, tokens: list[Token], at: int, token: Token, bodies: set[int]) -> bool:
        """Helps the parser over what GameMaker has accepted once; returns whether the token is left out."""
        if at in bodies and self.takes("HEAD_END"):
            self.builder.warn(old_forms.BODY_IN_PARENTHESES, token.span)
            self.feed(Token("HEAD_END", "", token.start, token.start))
        elif token.type == "COMMA" and old_forms.ends_list(tokens, at):
            if self.takes("COMMA") and self.takes("SEMICOLON"):
                self.builder.warn(old_forms.COMMA_AT_END, token.span)
                return True
        elif token.type == "DECLARE" and token.text == "var" and old_forms.is_alone(tokens, at, self.is_old):
            if self.takes("DECLARE"):
                self.builder.warn(old_forms.NO_VARIABLE, token.span)
                return True
        elif self.open and self.open[-1].type == "FOR_HEAD" and self.lacks_semicolon(token):
            self.builder.warn(old_forms.NO_SEMICOLON, token.span)
            self.feed(Token("SEMICOLON", ";", token.start, token.start))
        return False

    def lacks_semicolon(self, token: Token) -> bool:
        """Whether a token fits behind a semicolon only."""
        return token.type not in CLOSERS and not self.takes(token.type) and self.takes("SEMICOLON", token.type)

    # ---------------------------------------------------------------- feeding

    def accepts(self, type: str) -> bool:
        """Whether the parser has something to do with a terminal now."""
        return type in self.table[self.state.position]

    def adapted(self, tokens: list[Token], at: int) -> Token:
        """A token as the terminal that the parser's state makes of it."""
        token = tokens[at]
        if is_keyword(token) and self.is_key(tokens, at):
            return token.retyped("NAME", token.value)
        if token.type == "LBRACE":
            return self.brace(token, tokens[at - 1] if at else None)
        if token.type == "NAME":
            return self.word(tokens, at)
        if token.type in ("STEP", "PREFIX_STEP") and not self.accepts(token.type):
            return token.retyped("PREFIX_STEP" if token.type == "STEP" else "STEP")
        return token

    def is_key(self, tokens: list[Token], at: int) -> bool:
        """Whether a keyword stands as a key in a struct literal: between `{` or `,` and `:`."""
        return (
            bool(self.open)
            and self.open[-1].type == "STRUCT_OPEN"
            and at + 1 < len(tokens)
            and tokens[at + 1].type == "COLON"
            and tokens[at - 1].type in ("LBRACE", "COMMA")
        )

    def brace(self, token: Token, before: Token | None) -> Token:
        """`{` opens a block where a statement can begin, else a struct."""
        if self.accepts("LBRACE") and not (before is not None and before.type == "RETURN"):
            return token
        return token.retyped("STRUCT_OPEN")

    def word(self, tokens: list[Token], at: int) -> Token:
        """Names that are words only in one place: `constructor`, `event`, `object`."""
        token = tokens[at]
        if token.text == "constructor" and self.accepts("CONSTRUCTOR"):
            return token.retyped("CONSTRUCTOR")
        if token.text == "event" and event_length(tokens, at + 1) and self.takes("EVENT"):
            return token.retyped("EVENT")
        if token.text == "object" and begins_object(tokens, at + 1) and self.takes("OBJECT"):
            return token.retyped("OBJECT")
        return token

    def _event_name(self, tokens: list[Token], at: int, token: Token) -> int:
        """Feeds `event` and its name, which may be several tokens (`other:68`); returns where it goes on."""
        length = event_length(tokens, at + 1)
        name = tokens[at + 1 : at + 1 + length]
        spelled = "".join(str(t.value) if t.type in WORDLIKE else t.text for t in name)
        self.feed(token)
        self.feed(Token("EVENT_NAME", spelled, name[0].start, name[-1].end))
        return at + 1 + length

    def feed(self, token: Token) -> bool:
        """Gives a token to the parser; an error is noted, and False returned."""
        state = self.state
        if state.position in self.statement_states and (not self.open or self.open[-1].type == "LBRACE"):
            self.checkpoints[len(self.open)] = (list(state.state_stack), list(state.value_stack))
        if token.type not in self.table[state.position]:
            self.unexpected(token)
            return False
        try:
            state.feed_token(token)  # type: ignore[arg-type]
        except Exception as error:
            if not is_syntax_error(error):
                raise
            self.unexpected(token)
            return False
        self._track(token)
        return True

    def _track(self, token: Token) -> None:
        if token.type in OPENERS:
            self.open.append(token.retyped("FOR_HEAD") if self.before == "FOR" else token)
            if len(self.open) > MAX_DEPTH:
                self.builder.error("brackets are nested too deeply", token.span)
                raise TooDeep
        elif token.type in CLOSERS and self.open:
            self.checkpoints.pop(len(self.open), None)
            self.open.pop()
        self.before = token.type

    def finish(self, tokens: list[Token]) -> nodes.Program | None:
        """Tells the parser that the source has ended."""
        end = Token("$END", "", len(self.source.text), len(self.source.text))
        try:
            made: nodes.Program = self.state.feed_token(end, is_end=True)  # type: ignore[arg-type]
            return made
        except Exception as error:
            if not is_syntax_error(error):
                raise
        if not self.builder.diagnostics or self.open:
            self._unfinished(end)
        return None

    def _unfinished(self, end: Token) -> None:
        self.stops_short = not self.builder.diagnostics
        if self.open:
            opener = self.open[-1]
            line = self.source.position(opener.start)[0]
            sign = OPENERS[opener.type]
            message = f"{UNCLOSED}: the {sign} opened in line {line} is never closed"
            self.builder.error(message, opener.span)
        else:
            self.unexpected(end)

    def hole(self, tokens: list[Token], template: Token) -> nodes.Expression:
        """Parses a template string's hole."""
        outer = self.state, self.open
        self.state, self.open = self.tables.start("expression_only"), []
        try:
            return self._expression(tokens, template)
        finally:
            self.state, self.open = outer

    def _expression(self, tokens: list[Token], template: Token) -> nodes.Expression:
        for at in range(len(tokens)):
            if not self.feed(self.adapted(tokens, at)):
                break
        else:
            try:
                end: Any = Token("$END", "", template.end, template.end)
                made: nodes.Expression = self.state.feed_token(end, is_end=True)
                return made
            except Exception as error:
                if not is_syntax_error(error):
                    raise
                self.builder.error("a { } in a template string needs one whole expression", template.span)
        return nodes.Name(template.span, "undefined")

    # ----------------------------------------------------------------- errors

    def unexpected(self, token: Token) -> None:
        """Notes a token that cannot stand where it does, in GML's words."""
        spelled = spelling(token)
        expected = self.expected()
        if token.type in CLOSERS and (not self.open or OPENERS[self.open[-1].type] != OPENER_OF[CLOSERS[token.type]]):
            self._mismatched(token)
        elif expected:
            self.builder.error(f"expected {expected} before {spelled}", token.span, self.hint(token))
        else:
            self.builder.error(f"unexpected {spelled}", token.span, self.hint(token))

    def hint(self, token: Token) -> str:
        """What to write where something unexpected stands, if that is plain."""
        if token.type == "ELSE" and not self.builder.interactive:
            return "an else belongs right behind the statement or block of an if"
        head = self.open[-1] if self.open else token
        if head.type == "FOR_HEAD" and self.source.text.count(";", head.span.end, token.span.start) < 2:
            return "the parts of a for are separated by semicolons: for (var i = 0; i < 10; i++)"
        if self.takes("EVENT") and not self.takes("IF"):
            return "an object block holds events only: event create { … }"
        return ""

    def _mismatched(self, token: Token) -> None:
        if not self.open:
            self.builder.error(f"there is no open bracket for this {spelling(token)}", token.span)
            return
        opener = self.open[-1]
        line = self.source.position(opener.start)[0]
        sign = OPENERS[opener.type]
        message = f"expected {CLOSER_OF[sign]} before {spelling(token)}: the {sign} opened in line {line} is not closed"
        self.builder.error(message, token.span)

    def expected(self) -> str:
        """What could have stood there: a punctuation mark, a name, an expression, or nothing in particular."""
        possible = self.accepted_terminals()
        if "NUMBER" in possible:
            return "" if "IF" in possible else "an expression"
        for type, words in EXPECTED.items():
            if type in possible:
                return words
        return ""

    def accepted_terminals(self) -> set[str]:
        """The terminals that would really be taken: a default reduction may lead to a refusal."""
        return {type for type in (*EXPECTED, "NUMBER", "IF") if self.takes(type)}

    def takes(self, *types: str) -> bool:
        """Whether terminals really fit now, one after the other, and not only after reductions that lead nowhere."""
        if not self.accepts(types[0]):
            return False
        trial = ParserState(
            self.state.parse_conf, self.state.lexer, list(self.state.state_stack), [None] * len(self.state.value_stack)
        )
        trial.parse_conf = _without_callbacks(trial.parse_conf)
        try:
            for type in types:
                trial.feed_token(Token(type, "", 0, 0))  # type: ignore[arg-type]
        except Exception as error:
            if not is_syntax_error(error):
                raise
            return False
        return True

    # --------------------------------------------------------------- recovery

    def recover(self, tokens: list[Token], at: int) -> int:
        """Goes back to where the broken statement began and on to where the next may begin."""
        depth = len(self.open)
        level = max((d for d in self.checkpoints if d <= depth), default=0)
        self.state.state_stack[:], self.state.value_stack[:] = self.checkpoints[level]
        types = [opener.type for opener in self.open[level:]]
        del self.open[level:]
        self.before = ""
        if "FOR_HEAD" in types and (body := behind_head(tokens, at, types)):
            return body
        return at + self._skipped(tokens[at:], sum(type in BRACES for type in types))

    def _skipped(self, tokens: list[Token], inner: int) -> int:
        """How many tokens to leave out: to behind a semicolon, to a brace that closes the block, or to a new line."""
        for count, token in enumerate(tokens):
            if token.type in BRACES:
                inner += 1
            elif token.type == "RBRACE":
                if inner <= 0:
                    return count if self.open else count + 1
                inner -= 1
            elif inner <= 0 and token.type == "SEMICOLON":
                return count + 1
            elif count and inner <= 0 and token.newline and token.type in STATEMENT_STARTS:
                return count
        return len(tokens)


def behind_head(tokens: list[Token], at: int, types: list[str]) -> int:
    """Where the body of a `for` begins whose head is broken; 0 when the head's bracket is never closed."""
    depth = len(types) - types.index("FOR_HEAD")
    for place in range(at, len(tokens)):
        depth += (tokens[place].type in OPENERS) - (tokens[place].type in CLOSERS)
        if depth == 0:
            return place + 1
    return 0


BRACES = {"LBRACE", "STRUCT_OPEN"}
OPENER_OF = {closer: opener for opener, closer in CLOSER_OF.items()}
WORDLIKE = {type for type, _ in WORDS.values()}
STATEMENT_STARTS = {
    "NAME",
    "IF",
    "FOR",
    "WHILE",
    "REPEAT",
    "DO",
    "WITH",
    "SWITCH",
    "RETURN",
    "DECLARE",
    "TRY",
    "FUNCTION",
}
EXPECTED = {
    "RPAR": ")",
    "RSQB": "]",
    "COLON": ":",
    "LPAR": "(",
    "UNTIL": "until",
    "LBRACE": "{",
    "RBRACE": "}",
    "NAME": "a name",
}


def is_syntax_error(error: Exception) -> bool:
    """Whether an exception is Lark's way of saying that a token does not fit."""
    return isinstance(error, UnexpectedToken)


def _without_callbacks(conf: Any) -> Any:
    """The parse tables with callbacks that build nothing."""
    made = copy.copy(conf)
    made.callbacks = {rule: (lambda children: None) for rule in conf.callbacks}
    return made


def spelling(token: Token) -> str:
    """A token as messages show it."""
    if token.type == "$END":
        return "the end of the file"
    if token.type in ("STRING", "TEMPLATE"):
        return "this string"
    return str(token.value) if type(token.value) is str and token.value else token.text


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
