"""The front end: sources are parsed, declared, checked and compiled; units or all of their errors come out.

Importing this module imports the compiler: what runs from the cache imports it only for a program that is new.
"""

from __future__ import annotations

from gmlrun.build.built import Built, Progress, unheard
from gmlrun.build.configurations import active_macros
from gmlrun.build.program import Part, Program
from gmlrun.build.stdlib import stdlib_functions, stdlib_text
from gmlrun.compiler.called_scripts import as_function, called_names, is_declaration
from gmlrun.compiler.compile import Form, analyse, check, compile_unit, python_text
from gmlrun.compiler.dead_branches import with_live_declarations
from gmlrun.compiler.declarations import Declarations
from gmlrun.compiler.pragmas import function_names, global_code, is_run_of_script
from gmlrun.compiler.symbols import Symbols
from gmlrun.errors import SourceErrors
from gmlrun.lean import MappingProxyType
from gmlrun.source import Source
from gmlrun.syntax.lexer import Lexer
from gmlrun.syntax.node_classes import replaced
from gmlrun.syntax.parser import declared_macros, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Set
    from typing import Any

    from gmlrun.builtins.table import Table
    from gmlrun.compiler.analysis import Analysis
    from gmlrun.diagnostics import Diagnostic
    from gmlrun.syntax import nodes
    from gmlrun.syntax.macros import Macro
    from gmlrun.unit import Unit

Trees = list[tuple[Part, "nodes.Program"]]


class FrontEnd:
    """Parses, declares, checks and compiles one program.

    It adds to the `symbols` and `macros` of what was compiled before, if there are any.
    """

    def __init__(
        self,
        program: Program,
        table: Table,
        symbols: Symbols | None = None,
        macros: Mapping[str, Macro] = MappingProxyType({}),
        on_progress: Progress = unheard,
    ) -> None:
        self.program = program
        self.table = table
        self.symbols = symbols or Symbols(library=stdlib_functions())
        self.symbols.assets |= program.assets
        self.symbols.asset_numbers |= program.asset_numbers
        self.symbols.functions |= dict.fromkeys(program.extra_functions, 0)
        self.symbols.optimise &= program.optimise
        self.symbols.dynamic_epsilon |= not program.optimise
        self.macros: dict[str, Macro] = dict(macros)
        self.findings: list[Diagnostic] = []
        self.trees: Trees = []
        """The trees of the sources that have been examined."""
        self.on_progress = on_progress
        self._analyses: dict[str, Analysis] = {}
        self.steps = 0
        """The steps of work that are done: parsing, checking and compiling a source are a step each."""

    def build(self, also: Set[str] = frozenset()) -> Built:
        """All units, and those of the files of stdlib/ that they, or `also`, name; raises SourceErrors."""
        self.examine()
        units = self.units()
        library = compile_library({file for unit in units for file in unit.library} | also, self.table)
        return Built(units, library, self.findings)

    def units(self) -> list[Unit]:
        """The units of the sources that have been examined; raises SourceErrors with what was found there."""
        if self.program.goes_on:
            self.findings = [told_later(found) for found in self.findings]
        self._stop_on_errors()
        made = []
        for part, tree in self.trees:
            made.append(compile_unit(self.analysis(part, tree), self.symbols, self.table, form_of(part)))
            self._step()
        return made

    def python(self) -> str:
        """The Python code that the last source compiles to; raises SourceErrors as `units` does."""
        self._stop_on_errors()
        part, tree = self.trees[-1]
        return python_text(self.analysis(part, tree), self.symbols, self.table, form_of(part))

    def _stop_on_errors(self) -> None:
        if any(found.severity == "error" for found in self.findings):
            raise SourceErrors(self.findings)

    def _step(self) -> None:
        self.steps += 1
        self.on_progress(self.steps / (3 * len(self.program.parts)))

    def examine(self) -> Trees:
        """Parses and checks all sources; returns the trees of those that parse. What is found is in `findings`."""
        trees = self._parse()
        trees += self._pragmas(trees)
        trees = self._with_called_scripts(trees)
        declarations = Declarations(self.symbols, self.table)
        declarations.add(self.analysis(part, tree) for part, tree in trees)
        self.findings += declarations.diagnostics
        for part, tree in trees:
            self.findings += check(self.analysis(part, tree), self.symbols, self.table, form_of(part))
            self._step()
        self.trees = trees
        return trees

    def analysis(self, part: Part, tree: nodes.Program) -> Analysis:
        """The analysis of a source, made once."""
        found = self._analyses.get(part.entry)
        if found is None or found.program is not tree:
            found = self._analyses[part.entry] = analyse(part.source, tree, self.symbols, form_of(part))
        return found

    def _parse(self) -> Trees:
        lexed = [(part, Lexer(part.source)) for part in self.program.parts]
        declared = [macro for _, lexer in lexed for macro in declared_macros(lexer).values()]
        self.macros.update(active_macros(declared, self.program, self.table))
        trees = []
        for part, lexer in lexed:
            options: dict[str, Any] = {"interactive": part.value, "warnings": self.findings}
            try:
                tree = parse(part.source, lexer=lexer, macros=self.macros, **options)
                if part.owner and len(tree.events) > 0:
                    tree = with_one_create(tree)
                trees.append((part, as_of_its_age(part.source, with_live_declarations(part.source.text, tree))))
            except SourceErrors as errors:
                self.findings += errors.diagnostics
            self._step()
        return trees

    def _pragmas(self, trees: Trees) -> Trees:
        """The code of each `gml_pragma("global", "code")`, as a script of its own."""
        functions = {name for _, tree in trees for name in function_names(tree)}
        scripts = {name_of_script(part) for part, _ in trees if part.is_script} - functions
        made: Trees = []
        for part, tree in trees:
            for number, (line, text) in enumerate(global_code(self.analysis(part, tree))):
                source = Source(f"{part.source.name} (gml_pragma in line {line})", text)
                try:
                    parsed = parse(source, macros=self.macros, warnings=self.findings)
                    if not is_run_of_script(parsed, scripts):
                        made.append((Part(source, f"gml_GlobalScript_pragma_{len(made)}_{number}"), parsed))
                except SourceErrors as errors:
                    self.findings += errors.diagnostics
        return made

    def _with_called_scripts(self, trees: Trees) -> Trees:
        """The trees, in which a script that is called by its name has a function of that name, declared or not."""
        known = {name for _, tree in trees for name in function_names(tree)} | self.symbols.functions.keys()
        silent = {name_of_script(part): at for at, (part, _) in enumerate(trees) if part.is_script}
        silent = {name: at for name, at in silent.items() if name not in known}
        called = [called_names(part.source.text, silent.keys()) for part, _ in trees] if silent else []
        for name, at in silent.items():
            if any(name in names for other, names in enumerate(called) if other != at):
                trees[at] = trees[at][0], as_function(name, trees[at][1])
        return trees


def name_of_script(part: Part) -> str:
    """The name of a script's asset."""
    return part.entry.removeprefix("gml_GlobalScript_")


def with_one_create(tree: nodes.Program) -> nodes.Program:
    """The tree of a file in which statements outside any block and `event create` are one Create event, in this order.

    A block of statements begins the event then. Declarations of functions stay where they are.
    """
    kept = tuple(statement for statement in tree.body if is_declaration(statement))
    moved = tuple(statement for statement in tree.body if not is_declaration(statement))
    at = next((at for at, event in enumerate(tree.events) if event.name == "create"), None)
    if at is None or not moved:
        return tree
    create = tree.events[at]
    body = replaced(create.body, body=(*moved, *create.body.body))
    events = (*tree.events[:at], replaced(create, body=body), *tree.events[at + 1 :])
    return replaced(tree, body=kept, events=events)


def as_of_its_age(source: Source, tree: nodes.Program) -> nodes.Program:
    """The tree of a source with what an earlier GameMaker did unasked: copies of arrays; numbers for handles, text."""
    if source.dialect.copies_arrays:
        from gmlrun.compiler.array_copies import with_copies

        tree = with_copies(source, tree)
    if source.dialect.has_plain_handles:
        from gmlrun.compiler.plain_handles import with_numbers

        tree = with_numbers(tree)
    if source.dialect.has_loose_numbers:
        from gmlrun.compiler.loose_numbers import with_beginnings

        tree = with_beginnings(tree)
    return tree


FAILS_WHEN_CALLED = frozenset(("unknown-function", "arity", "not-callable"))
"""The errors that a program can start with: one version of GameMaker takes arguments that another one does not."""


def told_later(found: Diagnostic) -> Diagnostic:
    """A finding of a program that starts all the same where a call cannot work: the call is an error then."""
    return found._replace(severity="warning") if found.code in FAILS_WHEN_CALLED else found


def form_of(part: Part) -> Form:
    """The compiler's Form for a part."""
    return Form(part.entry, part.is_script, part.value, part.owner, part.line)


def compile_library(files: set[str], table: Table) -> list[Unit]:
    """The units of the named stdlib files and of those that they use themselves."""
    done: dict[str, Unit] = {}
    pending = sorted(files)
    while pending:
        file = pending.pop()
        if file not in done:
            done[file] = compile_stdlib_file(file, table)
            pending += done[file].library
    return list(done.values())


def compile_stdlib_file(file: str, table: Table) -> Unit:
    """One stdlib file as a unit."""
    part = Part(Source(f"gmlrun:stdlib/{file}.gml", stdlib_text(file)), f"gml_GlobalScript_{file}")
    front = FrontEnd(Program([part]), table)
    front.symbols.library = {name: where for name, where in stdlib_functions().items() if where != file}
    return front.build().units[0]
