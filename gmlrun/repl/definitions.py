"""The definitions of a session: sources with their trees go in, those definitions that a change affects come out.

A function that was compiled before the enum, macro or function that it names was there, or was another
one, is compiled again: its text is cut out of its source, with everything else blanked, so that messages
still show the places where it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gmlrun.build.program import Part
from gmlrun.source import Source, Span

if TYPE_CHECKING:
    from gmlrun.compiler.symbols import Symbols
    from gmlrun.syntax import nodes
    from gmlrun.syntax.macros import Macro

BLOCKS = ("function", "event", "object")
"""The words that begin a definition which can be compiled on its own."""


class Definition(NamedTuple):
    """A definition and where it stands."""

    part: Part
    span: Span

    @property
    def words(self) -> set[str]:
        return set(re.findall(r"\w+", self.part.source.text[self.span.start : self.span.end]))


class Definitions:
    """The definitions that hold, each by what it defines."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, ...], Definition] = {}

    def add(self, part: Part, tree: nodes.Program) -> None:
        """Keeps what a source defines, in the place of what had the same names."""
        self.known.update(found_in(part, tree))

    def affected(self, names: set[str], part: Part, tree: nodes.Program) -> list[Part]:
        """The earlier definitions that use one of the names, as sources; those that a new source replaces left out."""
        replaced = {key for key, _ in found_in(part, tree)}
        spans: dict[int, list[Definition]] = {}
        for key, kept in self.known.items():
            if key not in replaced and not names.isdisjoint(kept.words):
                spans.setdefault(id(kept.part.source), []).append(kept)
        return [only(group) for group in spans.values()]


def found_in(part: Part, tree: nodes.Program) -> Iterator[tuple[tuple[str, ...], Definition]]:
    """The definitions of a source by what they define."""
    if not part.is_script:
        yield ("source", part.entry), Definition(part, tree.span)
    for key, node in blocks(part, tree):
        if part.source.text.startswith(BLOCKS, node.span.start):
            yield key, Definition(part, node.span)


def blocks(part: Part, tree: nodes.Program) -> Iterator[tuple[tuple[str, ...], nodes.Node]]:
    from gmlrun.syntax import nodes

    for statement in tree.body:
        value = statement.value if isinstance(statement, nodes.ExpressionStatement) else None
        if part.is_script and isinstance(value, nodes.Function) and value.name is not None:
            yield ("function", value.name), value
    for event in tree.events:
        yield ("event", part.owner, event.name), event
    for block in tree.objects:
        yield ("object", block.name), block


def only(definitions: Iterable[Definition]) -> Part:
    """Definitions of one source as a part in which nothing else stands."""
    ordered = sorted(definitions, key=lambda found: found.span)
    part, made, at = ordered[0].part, "", 0
    for found in ordered:
        made += blank(part.source.text[at : found.span.start]) + part.source.text[found.span.start : found.span.end]
        at = found.span.end
    return part._replace(source=Source(part.source.name, made), value=False, line=False)


def blank(text: str) -> str:
    """Spaces and the line ends of a text."""
    return re.sub(r"[^\r\n]", " ", text)


def changed(before: Symbols, after: Symbols, macros: Mapping[str, Macro], new_macros: Mapping[str, Macro]) -> set[str]:
    """The names that mean something else than before."""
    names = after.functions.keys() - before.functions.keys()
    names |= after.assets - before.assets | after.globalvars - before.globalvars
    names |= {name for name, members in after.enums.items() if before.enums.get(name) != members}
    return names | {name for name, macro in new_macros.items() if macros.get(name) is not macro}
