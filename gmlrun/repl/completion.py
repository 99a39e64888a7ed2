"""Completion: the text before the cursor goes in, candidates and the call around it come out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from gmlrun.repl.commands import COMMANDS
from gmlrun.repl.printer import Fragments
from gmlrun.source import Source
from gmlrun.syntax.lexer import Lexer
from gmlrun.syntax.tokens import Token, is_word

MOST = 200
"""How many candidates are offered."""


class Candidate(NamedTuple):
    """`text` takes the place of the last `length` characters; `kind` tells people what it is."""

    text: str
    length: int
    kind: str


Named = Iterable[tuple[str, str]]
"""Names and what they are."""


class Names(Protocol):
    """The names that a session knows."""

    def named(self) -> Named:
        """All that can stand alone, the program's own first."""

    def members(self, chain: Sequence[str]) -> Named:
        """Names that can follow the dot after `a.b`."""

    def events(self) -> Named:
        """The events that a block can be for."""

    def parameters(self, name: str) -> Sequence[str] | None:
        """The parameters of a function; None when there is no such function."""


# ------------------------------------------------------------------ candidates


def candidates(text: str, names: Names) -> list[Candidate]:
    """The candidates for the end of a text."""
    if text.startswith(":"):
        return command_candidates(text[1:], names)
    lexer = Lexer(Source("", code_at_end(text)))
    tokens = lexer.tokens()
    if is_in_text(lexer, tokens):
        return []
    prefix = tokens.pop() if tokens and is_word(tokens[-1]) and tokens[-1].end == len(lexer.text) else None
    word = prefix.text if prefix is not None and prefix.type == "NAME" else prefix.value if prefix is not None else ""
    return matching(word, offered(tokens, names, is_blank=not word))


def code_at_end(text: str) -> str:
    """The text, or the hole of a template string that is open at its end."""
    last = Lexer(Source("", text)).tokens()[-1:]
    if last and last[0].type == "STRING" and last[0].text.startswith('$"') and last[0].end == len(text):
        _, brace, hole = last[0].text.rpartition("{")
        return hole if brace and "}" not in hole else text
    return text


def is_in_text(lexer: Lexer, tokens: Sequence[Token]) -> bool:
    """Whether the text ends inside a string or a comment, where nothing is completed."""
    end = tokens[-1].end if tokens else 0
    rest = lexer.text[end:]
    is_comment = "//" in rest.rpartition("\n")[2] or lexer.unfinished
    return is_comment or bool(tokens and tokens[-1].type == "STRING" and not rest and lexer.diagnostics)


def offered(tokens: Sequence[Token], names: Names, is_blank: bool) -> Named:
    """The candidates behind some tokens."""
    last = tokens[-1] if tokens else None
    if last is not None and last.type == "DOT":
        chain = chain_before(tokens)
        return names.members(chain) if chain else ()
    if last is not None and last.text == "event" and (len(tokens) == 1 or last.newline):
        return names.events()
    return () if is_blank else names.named()


def chain_before(tokens: Sequence[Token]) -> list[str]:
    """The names before a final dot: `a`, `b` for `a.b.`; none when something else stands there."""
    chain: list[str] = []
    at = len(tokens) - 1
    while at > 0 and tokens[at].type == "DOT" and tokens[at - 1].type == "NAME":
        chain.insert(0, tokens[at - 1].text)
        at -= 2
    return [] if at >= 0 and tokens[at].type == "DOT" else chain


def matching(word: str, named: Named) -> list[Candidate]:
    """The names that begin with a word, whatever its case; the same case first."""
    lower = word.lower()
    found: dict[str, str] = {}
    for name, kind in named:
        if name.lower().startswith(lower):
            found.setdefault(name, kind)
    ordered = sorted(found.items(), key=lambda pair: not pair[0].startswith(word))
    return [Candidate(name, len(word), kind) for name, kind in ordered[:MOST]]


# -------------------------------------------------------------------- commands


def command_candidates(text: str, names: Names) -> list[Candidate]:
    """The commands, or what can be the argument of one."""
    name, space, argument = text.partition(" ")
    if not space:
        return matching(name, ((command, COMMANDS[command].help) for command in COMMANDS))
    wanted = COMMANDS[name].argument if name in COMMANDS else ""
    if "|" in wanted:
        return matching(argument, ((choice, "") for choice in wanted.split("|")))
    files = list(files_beginning(argument)) if "FILE" in wanted else []
    return [*files, *(candidates(argument, names) if wanted and wanted != "FILE" else ())]


def files_beginning(text: str) -> Iterator[Candidate]:
    """GML files and folders."""
    folder, name = os.path.split(text)
    try:
        found = sorted(Path(folder or ".").expanduser().iterdir())
    except OSError:
        return
    for path in found:
        if path.name.startswith(name) and (name or not path.name.startswith(".")):
            if path.is_dir():
                yield Candidate(path.name + "/", len(name), "folder")
            elif path.suffix == ".gml":
                yield Candidate(path.name, len(name), "file")


# ------------------------------------------------------------------ signatures


class OpenCall(NamedTuple):
    """An open call: the function's name, and which argument is being written, from 0."""

    name: str
    argument: int


def call_around(text: str) -> OpenCall | None:
    """The innermost call that is open at the end of a text."""
    around: list[OpenCall] = []
    before: list[Token] = []
    for token in Lexer(Source("", code_at_end(text))).tokens():
        if token.type in OPENERS:
            around.append(OpenCall(callee(before) if token.type == "LPAR" else "", 0))
        elif token.type in CLOSERS and around:
            around.pop()
        elif token.type == "COMMA" and around:
            around[-1] = around[-1]._replace(argument=around[-1].argument + 1)
        before.append(token)
    return next((call for call in reversed(around) if call.name), None)


OPENERS = ("LPAR", "LSQB", "LBRACE", "ACCESSOR")
CLOSERS = ("RPAR", "RSQB", "RBRACE")


def callee(tokens: Sequence[Token]) -> str:
    """The name of what is called by a bracket after these tokens; empty where a function is being declared."""
    if not tokens or tokens[-1].type != "NAME":
        return ""
    is_declared = len(tokens) > 1 and tokens[-2].type in ("FUNCTION", "DOT")
    return "" if is_declared else tokens[-1].text


def signature_shown(text: str, names: Names) -> Fragments:
    """The signature of the call around the end of a text, with the argument that is being written marked."""
    call = call_around(text.removeprefix(":"))
    parameters = names.parameters(call.name) if call is not None else None
    if call is None or parameters is None:
        return []
    current = min(call.argument, len(parameters) - 1) if parameters else -1
    made: Fragments = [("function", call.name), ("", "(")]
    for number, parameter in enumerate(parameters):
        made += [("", ", " if number else ""), ("argument" if number == current else "", parameter)]
    return [*made, ("", ")")]
