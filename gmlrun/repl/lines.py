"""The front end of a session: one text after the other goes in, units come out that fit what was defined before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gmlrun.build.built import Built
from gmlrun.build.front_end import FrontEnd, Trees, compile_library
from gmlrun.build.pipeline import build
from gmlrun.build.program import Part, Program
from gmlrun.builtins.table import Table
from gmlrun.project.model import Loaded
from gmlrun.repl.definitions import Definitions, changed
from gmlrun.source import Source
from gmlrun.unit import Unit

if TYPE_CHECKING:
    from gmlrun.compiler.symbols import Symbols
    from gmlrun.syntax import nodes
    from gmlrun.syntax.macros import Macro
    from gmlrun.values.model import Value


class Line(NamedTuple):
    """A text that has been compiled, behind the earlier definitions that it affects."""

    front: FrontEnd
    units: list[Unit]

    @property
    def unit(self) -> Unit:
        """The unit of the text itself."""
        return self.units[-1]

    @property
    def tree(self) -> nodes.Program:
        return self.front.trees[-1][1]


class Lines:
    """The declarations of a session's texts so far; one that has been compiled counts when it is kept."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.symbols: Symbols | None = None
        """None as long as nothing has been compiled: the front end is imported with the first text."""
        self.macros: dict[str, Macro] = {}
        self.definitions = Definitions()
        self.libraries: set[str] = set()
        """The files of stdlib/ that are loaded."""

    def known(self) -> Symbols:
        """The declarations; new ones are added here."""
        from gmlrun.build.stdlib import stdlib_functions
        from gmlrun.compiler.symbols import Symbols

        return Symbols(library=stdlib_functions(), is_open=True) if self.symbols is None else self.symbols.copy()

    def program(self, loaded: Loaded) -> Built:
        """A whole program, whose declarations then count; raises SourceErrors."""
        front = self._front_of(loaded.program)
        built = build(loaded, self.table, front=front, also=self.libraries)
        self._keep_program(front, built)
        return built

    def declare(self, program: Program, built: Built) -> None:
        """Makes the declarations of a program count that has been built before."""
        front = self._front_of(program)
        front.examine()
        self._keep_program(front, built)

    def _front_of(self, program: Program) -> FrontEnd:
        """The front end of a whole program, in which every name has to be known."""
        symbols = self.known()
        symbols.is_open = False
        return FrontEnd(program, self.table, symbols)

    def _keep_program(self, front: FrontEnd, built: Built) -> None:
        self._keep(front, front.trees)
        self.libraries |= {file for unit in built.units for file in unit.library}

    def compile(self, part: Part, variables: Iterable[str]) -> Line:
        """A text that can use some variables, with the earlier definitions that it affects; raises SourceErrors."""
        front = self._front([part], variables)
        earlier = self._affected(front)
        if earlier:
            front = self._front([*earlier, part], variables)
        return Line(front, front.units())

    def _front(self, parts: Sequence[Part], variables: Iterable[str]) -> FrontEnd:
        """Sources parsed and checked against all that is known."""
        symbols = self.known()
        symbols.assigned.update(variables)
        front = FrontEnd(Program(parts), self.table, symbols, self.macros)
        front.examine()
        return front

    def _affected(self, front: FrontEnd) -> list[Part]:
        """The earlier definitions that must be compiled again after what a text declares."""
        if self.symbols is None or not front.trees:
            return []
        names = changed(self.symbols, front.symbols, self.macros, front.macros)
        return self.definitions.affected(names, *front.trees[0]) if names else []

    def library(self, units: Iterable[Unit]) -> list[Unit]:
        """The units of stdlib/ that some units need and that are not there yet."""
        needed = {file for unit in units for file in unit.library} - self.libraries
        self.libraries |= needed
        return compile_library(needed, self.table)

    def keep(self, line: Line) -> None:
        """Makes what a text declares count."""
        self._keep(line.front, line.front.trees[-1:])
        line.front.symbols.kept |= locals_of(line.tree)

    def _keep(self, front: FrontEnd, trees: Trees) -> None:
        self.symbols, self.macros = front.symbols, front.macros
        self.symbols.is_open = True
        for part, tree in trees:
            self.definitions.add(part, tree)

    def python(self, source: Source, owner: str, variables: Iterable[str]) -> str:
        """The Python code that a text compiles to; raises SourceErrors."""
        return self.compile(line_part(source, "gml_Prompt", owner), variables).front.python()


def line_part(source: Source, entry: str, owner: str, is_typed: bool = True) -> Part:
    """A text of a session as a part of a program; the value of one that is typed counts."""
    return Part(source, entry, owner=owner, value=is_typed, line=True)


def locals_of(tree: nodes.Program) -> set[str]:
    """The locals that a text declares outside functions and events."""
    from gmlrun.compiler.analysis import Analysis

    return Analysis(Source("", ""), tree, kept=set()).main.kept or set()


def has_value(tree: nodes.Program, value: Value, table: Table) -> bool:
    """Whether a text ends in an expression whose value is worth showing.

    An undefined one is not, after a call that is made for what it does: of a function of the program, or
    of a builtin that returns nothing.
    """
    from gmlrun.syntax import nodes

    last = tree.body[-1] if tree.body else None
    if not isinstance(last, nodes.ExpressionStatement):
        return False
    if isinstance(last.value, nodes.Function):
        return last.value.name is None
    if value is not None or not isinstance(last.value, nodes.Call):
        return True
    callee = last.value.callee
    facts = table.function(callee.name) if isinstance(callee, nodes.Name) else None
    return facts is not None and facts.returns != "Undefined"
