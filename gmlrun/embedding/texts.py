"""Pieces of GML that a host runs in a game: a text goes in, a function that runs it comes out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial

from gmlrun.builtins.table import Table
from gmlrun.embedding.compiling import TEXT_TIME, compiled
from gmlrun.embedding.program import CompiledProgram
from gmlrun.engine.instances import Instance
from gmlrun.game import Game as Runner
from gmlrun.repl.installing import Installer
from gmlrun.repl.lines import Line, Lines, line_part
from gmlrun.source import Source
from gmlrun.values.model import own_variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

KEPT = 1024
"""How many expressions are kept compiled."""
NUMBERS = 4096
"""How many texts have a number of their own; from then on they take those of texts that are forgotten."""


class Texts:
    """The texts of one game. An expression that is asked for again is not compiled again."""

    def __init__(self, runner: Runner, program: CompiledProgram, table: Table) -> None:
        self.lines = Lines(table)
        self.lines.declare(program.loaded.program, program.built)
        self.installer = Installer(runner, self.lines)
        self.installer.find_owner()
        self.count = 0
        self.free: deque[int] = deque()
        """Numbers of texts that are forgotten: Python keeps the names of all that it compiles, forever."""
        self.expressions: dict[str, Callable[..., Value]] = {}

    @property
    def instance(self) -> Instance:
        """The instance that runs the texts."""
        return self.installer.instance

    def prepare(self, text: str, is_value: bool) -> Callable[..., Value]:
        """A text as `fn(other, self)`, whose value is that of its final expression; raises SourceErrors, GmlError."""
        found = self.expressions.get(text)
        if found is not None:
            return found
        number = self._number()
        try:
            line = self._compiled(text, number)
        except BaseException:
            self.free.append(number)
            raise
        function = self.installer.install(line, partial(self.free.append, number)) or nothing
        if not is_value or declares(line):
            self.expressions.clear()  # they may name what has been defined anew
        elif len(self.expressions) < KEPT:
            self.expressions[text] = function
        return function

    def _number(self) -> int:
        """The number of the next text, by which errors name it."""
        if self.count >= NUMBERS and self.free:
            return self.free.popleft()
        self.count += 1
        return self.count

    def _compiled(self, text: str, number: int) -> Line:
        part = line_part(Source(f"<{number}>", text), f"gml_Host_{number}", self.installer.owner.name)
        variables = [name for name, _ in own_variables(self.instance)]
        limits = self.installer.game.rt.settings.limits
        return compiled(limits, text, TEXT_TIME, lambda: self.lines.compile(part, variables))


def declares(line: Line) -> bool:
    """Whether a text declares functions, events or objects beside its own statements."""
    unit = line.unit
    return bool(unit.events or unit.objects) or any(entry.python_name != unit.init for entry in unit.functions)


def nothing(other: Value, self: Value) -> None:
    """The function of a text without statements."""
