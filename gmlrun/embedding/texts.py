"""Pieces of GML that a host runs in a game: a text goes in, a function that runs it comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gmlrun.builtins.table import Table
from gmlrun.embedding.compiling import TEXT_TIME, compiled
from gmlrun.embedding.program import CompiledProgram
from gmlrun.engine.instances import Instance
from gmlrun.game import Game as Runner
from gmlrun.repl.installing import Installer
from gmlrun.repl.lines import Line, Lines, line_part
from gmlrun.source import Source
from gmlrun.values.model import own_variables

KEPT = 1024
"""How many expressions are kept compiled."""


class Texts:
    """The texts of one game. An expression that is asked for again is not compiled again."""

    def __init__(self, runner: Runner, program: CompiledProgram, table: Table) -> None:
        self.lines = Lines(table)
        self.lines.declare(program.loaded.program, program.built)
        self.installer = Installer(runner, self.lines)
        self.installer.find_owner()
        self.count = 0
        self.expressions: dict[str, Callable[..., Any]] = {}

    @property
    def instance(self) -> Instance:
        """The instance that runs the texts."""
        return self.installer.instance

    def prepare(self, text: str, is_value: bool) -> Callable[..., Any]:
        """A text as `fn(other, self)`, whose value is that of its final expression; raises SourceErrors, GmlError."""
        found = self.expressions.get(text)
        if found is not None:
            return found
        self.count += 1
        part = line_part(Source(f"<{self.count}>", text), f"gml_Host_{self.count}", self.installer.owner.name)
        variables = [name for name, _ in own_variables(self.instance)]
        limits = self.installer.game.rt.settings.limits
        line = compiled(limits, text, TEXT_TIME, lambda: self.lines.compile(part, variables))
        function = self.installer.install(line) or nothing
        if not is_value or declares(line):
            self.expressions.clear()  # they may name what has been defined anew
        elif len(self.expressions) < KEPT:
            self.expressions[text] = function
        return function


def declares(line: Line) -> bool:
    """Whether a text declares functions, events or objects beside its own statements."""
    unit = line.unit
    return bool(unit.events or unit.objects) or any(entry.python_name != unit.init for entry in unit.functions)


def nothing(other: Any, self: Any) -> None:
    """The function of a text without statements."""
