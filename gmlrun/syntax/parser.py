"""GML text to its tree: a source goes in, a Program comes out, or every syntax error that the source has."""

from __future__ import annotations

from collections.abc import Mapping

from gmlrun.diagnostics import Diagnostic
from gmlrun.errors import SourceErrors
from gmlrun.source import Source
from gmlrun.syntax import braces, nodes
from gmlrun.syntax.builder import NO_EFFECT
from gmlrun.syntax.lexer import Lexer
from gmlrun.syntax.macros import Macro
from gmlrun.syntax.reader import MAX_ERRORS, UNCLOSED, Reader, spelling
from gmlrun.syntax.stream import CLOSERS, OPENERS, begins_object, event_length
from gmlrun.syntax.tables import grammar
from gmlrun.syntax.tokens import Token


def declared_macros(lexer: Lexer) -> dict[str, Macro]:
    """The macros of a source; all sources of a program must be asked before any is parsed."""
    lexer.tokens()
    return {key: Macro(raw.name, raw.config, tuple(raw.body), raw.span) for key, raw in lexer.macros.items()}


def parse(
    source: Source,
    *,
    lexer: Lexer | None = None,
    macros: Mapping[str, Macro] | None = None,
    interactive: bool = False,
    warnings: list[Diagnostic] | None = None,
) -> nodes.Program:
    """The tree of a source; raises SourceErrors with all its errors. `warnings` takes what GameMaker accepts no more.

    `lexer` is that of the source, if it has one already. `macros` are those of the whole program, by name
    (None: the source's own). With `interactive` any
    expression may stand as a statement, and a text that is a struct literal as a whole is one and no block.
    """
    lexer = lexer or Lexer(source)
    tokens = lexer.tokens()
    if macros is None:
        macros = {
            raw.name: Macro(raw.name, raw.config, tuple(raw.body)) for raw in lexer.macros.values() if not raw.config
        }
    reader = Reader(source, grammar(), interactive)
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


def without_follow_ups(problems: list[Diagnostic]) -> list[Diagnostic]:
    """The first errors in the order of their places; what only follows from one before on its line is left out."""
    kept: list[Diagnostic] = []
    for problem in sorted(problems, key=lambda d: (d.place.line, d.place.column)):
        line_has_error = bool(kept) and kept[-1].place.line == problem.place.line
        if not (line_has_error and problem.message == NO_EFFECT):
            kept.append(problem)
    return kept[:MAX_ERRORS]


def is_incomplete(text: str) -> bool:
    """Whether a text, typed at a prompt, continues: something is open at its end, or a statement lacks its rest."""
    lexer = Lexer(Source("", text))
    tokens = lexer.tokens()
    depth = sum((token.type in OPENERS) - (token.type in CLOSERS) for token in tokens)
    if lexer.unfinished or depth > 0:
        return True
    reader = Reader(lexer.source, grammar(), interactive=True)
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
