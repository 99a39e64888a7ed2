"""Reading a source: its tokens go in, the tree comes out, or an error for each statement that is broken.

After an error the parser goes back to where the statement began, and reading goes on where the next one may begin.
"""

from __future__ import annotations

from collections.abc import Mapping

from gmlrun.source import Source, Span
from gmlrun.syntax import nodes
from gmlrun.syntax.lalr import END, Unexpected
from gmlrun.syntax.macros import Macro, MacroError, expand
from gmlrun.syntax.stream import CLOSERS, OPENERS, Stream, TooDeep
from gmlrun.syntax.tables import Grammar
from gmlrun.syntax.tokens import Token

MAX_ERRORS = 50
"""How many errors of one source are reported."""
UNCLOSED = "unexpected end of file"
CLOSER_OF = {"{": "}", "(": ")", "[": "]"}
OPENER_OF = {closer: opener for opener, closer in CLOSER_OF.items()}
BRACES = {"LBRACE", "STRUCT_OPEN"}
STATEMENT_STARTS = frozenset(
    ("NAME", "IF", "FOR", "WHILE", "REPEAT", "DO", "WITH", "SWITCH", "RETURN", "DECLARE", "TRY", "FUNCTION")
)
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
"""How messages call what could have stood somewhere; the first that fits is told."""


class Reader:
    """Reads one source with the parser."""

    def __init__(self, source: Source, grammar: Grammar, interactive: bool) -> None:
        self.source = source
        self.grammar = grammar
        self.builder = grammar.builder
        self.builder.reset(source, interactive)
        self.builder.parse_hole = self.hole
        self.stops_short = False
        """Whether all that is wrong with the source is where it ends."""
        self._begin([], "program")

    def _begin(self, tokens: list[Token], rule: str) -> None:
        """Prepares for other tokens."""
        self.stream = Stream(tokens, bool(self.source.dialect.names), self.builder.warn)
        self.parser = self.grammar.start(rule)

    def program(self, tokens: list[Token], macros: Mapping[str, Macro]) -> nodes.Program | None:
        """The tree, or None after errors, which are then in the builder's diagnostics."""
        self._begin(expand(tokens, macros, self.macro_failed), "program")
        try:
            while not self._advance():
                if len(self.builder.diagnostics) >= MAX_ERRORS:
                    return None
                self._recover()
        except TooDeep as error:
            self.builder.error("brackets are nested too deeply", error.token.span)
            return None
        return self._finish()

    def struct(self, tokens: list[Token], macros: Mapping[str, Macro]) -> nodes.Program | None:
        """The tree of a text that is one expression beginning with `{`; None, and no error, for any other."""
        tokens = expand(tokens, macros, lambda error: None)
        while tokens and tokens[-1].type == "SEMICOLON":
            tokens.pop()
        if not tokens or tokens[0].type != "LBRACE":
            return None
        end = Token(END, "", tokens[-1].end, tokens[-1].end)
        value = self.hole(tokens, end)
        if self.builder.diagnostics:
            self.builder.diagnostics.clear()
            return None
        return nodes.Program(Span(0, len(self.source.text)), (nodes.ExpressionStatement(value.span, value),))

    def hole(self, tokens: list[Token], template: Token) -> nodes.Expression:
        """Parses a template string's hole."""
        outer = self.parser, self.stream
        self._begin(tokens, "expression_only")
        try:
            if self._advance():
                end = Token(END, "", template.end, template.end)
                made: nodes.Expression = self.parser.feed(end)
                return made
        except Unexpected:
            self.builder.error("a { } in a template string needs one whole expression", template.span)
        finally:
            self.parser, self.stream = outer
        return nodes.Name(template.span, "undefined")

    def macro_failed(self, error: MacroError) -> None:
        """Notes a macro that cannot be replaced."""
        self.builder.error(error.message, error.token.span)

    # ---------------------------------------------------------------- feeding

    def _advance(self) -> bool:
        """Feeds tokens to the parser up to the end or to one that does not fit; notes that one and returns it."""
        try:
            for token in self.stream.terminals(self.parser):
                self._keep_checkpoint()
                self.parser.feed(token)
        except Unexpected as error:
            self.unexpected(error.token)
            return False
        return True

    def _keep_checkpoint(self) -> None:
        """Keeps the parser as it is where a statement can begin, to go back to after an error in that statement."""
        stream = self.stream
        if self.parser.shifts("IF") and (not stream.open or stream.open[-1].type == "LBRACE"):
            stream.checkpoints[-1] = self.parser.copy()

    def _finish(self) -> nodes.Program | None:
        """Tells the parser that the source has ended."""
        end = Token(END, "", len(self.source.text), len(self.source.text))
        try:
            made: nodes.Program = self.parser.feed(end)
            return made
        except Unexpected:
            if not self.builder.diagnostics or self.stream.open:
                self._unfinished(end)
        return None

    # --------------------------------------------------------------- recovery

    def _recover(self) -> None:
        """Goes back to where the broken statement began and on to where the next may begin."""
        stream = self.stream
        checkpoint, left = stream.go_back()
        self.parser = checkpoint.copy()
        body = behind_head(stream.tokens, stream.at, left) if "FOR_HEAD" in left else 0
        stream.at = body or stream.at + self._skipped(stream.tokens[stream.at :], sum(t in BRACES for t in left))

    def _skipped(self, tokens: list[Token], inner: int) -> int:
        """How many tokens to leave out: to behind a semicolon, to a brace that closes the block, or to a new line."""
        for count, token in enumerate(tokens):
            if token.type in BRACES:
                inner += 1
            elif token.type == "RBRACE":
                if inner <= 0:
                    return count if self.stream.open else count + 1
                inner -= 1
            elif inner <= 0 and token.type == "SEMICOLON":
                return count + 1
            elif count and inner <= 0 and token.newline and token.type in STATEMENT_STARTS:
                return count
        return len(tokens)

    # ----------------------------------------------------------------- errors

    def unexpected(self, token: Token) -> None:
        """Notes a token that cannot stand where it does, in GML's words."""
        spelled = spelling(token)
        expected = self.expected()
        opened = OPENERS[self.stream.open[-1].type] if self.stream.open else ""
        if token.type in CLOSERS and opened != OPENER_OF[CLOSERS[token.type]]:
            self._mismatched(token)
        elif expected:
            self.builder.error(f"expected {expected} before {spelled}", token.span, self.hint(token))
        else:
            self.builder.error(f"unexpected {spelled}", token.span, self.hint(token))

    def hint(self, token: Token) -> str:
        """A suggestion of what to write where something unexpected stands, if that is plain."""
        if token.type == "ELSE" and not self.builder.interactive:
            return "an else belongs right behind the statement or block of an if"
        head = self.stream.open[-1] if self.stream.open else token
        if head.type == "FOR_HEAD" and self.source.text.count(";", head.span.end, token.span.start) < 2:
            return "the parts of a for are separated by semicolons: for (var i = 0; i < 10; i++)"
        if self.parser.takes("EVENT") and not self.parser.takes("IF"):
            return "an object block holds events only: event create { … }"
        return ""

    def _mismatched(self, token: Token) -> None:
        if not self.stream.open:
            self.builder.error(f"there is no open bracket for this {spelling(token)}", token.span)
            return
        opener = self.stream.open[-1]
        line = self.source.position(opener.start)[0]
        sign = OPENERS[opener.type]
        message = f"expected {CLOSER_OF[sign]} before {spelling(token)}: the {sign} opened in line {line} is not closed"
        self.builder.error(message, token.span)

    def expected(self) -> str:
        """The words for what could have stood there: a sign, a name, an expression; empty for nothing in particular."""
        possible = {type for type in (*EXPECTED, "NUMBER", "IF") if self.parser.takes(type)}
        if "NUMBER" in possible:
            return "" if "IF" in possible else "an expression"
        for type, words in EXPECTED.items():
            if type in possible:
                return words
        return ""

    def _unfinished(self, end: Token) -> None:
        self.stops_short = not self.builder.diagnostics
        if self.stream.open:
            opener = self.stream.open[-1]
            line = self.source.position(opener.start)[0]
            sign = OPENERS[opener.type]
            message = f"{UNCLOSED}: the {sign} opened in line {line} is never closed"
            self.builder.error(message, opener.span)
        else:
            self.unexpected(end)


def behind_head(tokens: list[Token], at: int, types: list[str]) -> int:
    """Where the body of a `for` begins whose head is broken; 0 when the head's bracket is never closed."""
    depth = len(types) - types.index("FOR_HEAD")
    for place in range(at, len(tokens)):
        depth += (tokens[place].type in OPENERS) - (tokens[place].type in CLOSERS)
        if depth == 0:
            return place + 1
    return 0


def spelling(token: Token) -> str:
    """A token as messages show it."""
    if token.type == END:
        return "the end of the file"
    if token.type in ("STRING", "TEMPLATE"):
        return "this string"
    return str(token.value) if type(token.value) is str and token.value else token.text
