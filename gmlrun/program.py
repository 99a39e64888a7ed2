"""From sources to units: what a program consists of goes in, compiled units or all of its errors come out.

Sources that have not changed come from the compile cache, without the front end being imported.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from gmlrun.cache import Cache
from gmlrun.errors import Diagnostic, Place, Severity, SourceErrors
from gmlrun.resources import data_dir
from gmlrun.source import Source
from gmlrun.unit import Unit

if TYPE_CHECKING:
    from gmlrun.builtins.table import Table
    from gmlrun.compiler.names import Symbols
    from gmlrun.syntax import nodes


class Part(NamedTuple):
    """One source of a program and how it is compiled.

    `entry` is the code entry name of its own statements; `is_script` tells whether its named functions
    are project-wide; `owner` names the object that its `event` blocks belong to.
    """

    source: Source
    entry: str
    is_script: bool = True
    owner: str = ""
    value: bool = False
    """Whether the entry function returns the value of a final expression."""
    line: bool = False
    """Whether its locals stay for the lines after it (in a session)."""


class Program(NamedTuple):
    """Everything that is compiled together. `assets` are the names of its assets, functions apart."""

    parts: Sequence[Part]
    assets: Set[str] = frozenset()
    config: str = "Default"
    config_parents: Mapping[str, str] = MappingProxyType({})
    extra_functions: Set[str] = frozenset()
    """Names that a call may use without being known (functions of native extensions)."""
    optimise: bool = True
    goes_on: bool = False
    """Whether a call of an unknown function is an error where it is run, as in a project of which parts never run."""


SAID_AT_RUN_TIME = frozenset({"absent-builtin", "old-syntax", "never-set", "own-arity", "mixed-sockets"})
"""Codes of warnings that `check` gives alone: a run says itself what it comes to, and runs what is old."""


class Compiled(NamedTuple):
    """A compiled program: its units in the order of its parts, then those of stdlib/ that it uses."""

    units: list[Unit]
    library: list[Unit]
    warnings: list[Diagnostic]


Progress = Callable[[float], None]
"""Is told while a program is compiled what part of the work is done, from 0 to 1."""


def unheard(part: float) -> None:
    """The Progress of which nobody hears."""


def compile_program(
    program: Program, table: Table, cache: Cache | None = None, on_progress: Progress = unheard
) -> Compiled:
    """Compiles a program; raises SourceErrors with every error of all its sources."""
    if cache is None:
        return FrontEnd(program, table, on_progress=on_progress).compile()
    key = cache.key([table.identity, *program_identity(program)])
    found = cache.load(key)
    if found is not None:
        units, (count, warnings) = found
        return Compiled(units[:count], units[count:], [as_diagnostic(*fields) for fields in warnings])
    compiled = FrontEnd(program, table, on_progress=on_progress).compile()
    warnings = [(*warning[:3], tuple(warning.place), warning.hint) for warning in compiled.warnings]
    cache.store(key, [*compiled.units, *compiled.library], (len(compiled.units), warnings))
    return compiled


def as_diagnostic(severity: Severity, code: str, message: str, place: tuple[Any, ...], hint: str) -> Diagnostic:
    """A warning as the cache has it, in plain tuples."""
    return Diagnostic(severity, code, message, Place(*place), hint)


def program_identity(program: Program) -> Iterable[str]:
    """The texts that decide what a program compiles to."""
    yield repr((sorted(program.assets), program.config, sorted(program.config_parents.items())))
    yield repr((sorted(program.extra_functions), program.optimise, program.goes_on))
    for part in program.parts:
        yield repr((part.source.name, part.entry, part.is_script, part.owner, part.value))
        yield repr((sorted(part.source.dialect.names), part.source.dialect[1:], part.source.frames))
        yield part.source.text


class FrontEnd:
    """Parses, declares, checks and compiles one program (imports the front end).

    It adds to the `symbols` and `macros` of what was compiled before, if there are any.
    """

    def __init__(
        self,
        program: Program,
        table: Table,
        symbols: Symbols | None = None,
        macros: Mapping[str, Any] = MappingProxyType({}),
        on_progress: Progress = unheard,
    ) -> None:
        from gmlrun.compiler.names import Symbols

        self.program = program
        self.table = table
        self.symbols = symbols or Symbols(library=stdlib_functions())
        self.symbols.assets |= program.assets
        self.symbols.functions |= dict.fromkeys(program.extra_functions, 0)
        self.symbols.optimise &= program.optimise
        self.symbols.dynamic_epsilon |= not program.optimise
        self.macros: dict[str, Any] = dict(macros)
        self.findings: list[Diagnostic] = []
        self.on_progress = on_progress
        self.steps = 0
        """What is done of the work: parsing, checking and compiling a source are a step each."""

    def compile(self) -> Compiled:
        """All units; raises SourceErrors."""
        units = self.units(self.front())
        library = compile_library({file for unit in units for file in unit.library}, self.table)
        return Compiled(units, library, [d for d in self.findings if d.code not in SAID_AT_RUN_TIME])

    def units(self, trees: Sequence[tuple[Part, nodes.Program]]) -> list[Unit]:
        """The units of the sources that `front` has returned; raises SourceErrors with what it found."""
        from gmlrun.compiler.compile import compile_unit

        if self.program.goes_on:
            self.findings = [told_later(found) for found in self.findings]
        if any(d.severity == "error" for d in self.findings):
            raise SourceErrors(self.findings)
        made = []
        for part, tree in trees:
            made.append(compile_unit(part.source, tree, self.symbols, self.table, form_of(part)))
            self._step()
        return made

    def _step(self) -> None:
        self.steps += 1
        self.on_progress(self.steps / (3 * len(self.program.parts)))

    def front(self) -> list[tuple[Part, nodes.Program]]:
        """The trees of all sources that parse; every finding is in `findings` afterwards."""
        from gmlrun.compiler.compile import check
        from gmlrun.compiler.declare import Declarations, Parsed

        trees = self._parse()
        trees += self._pragmas(trees)
        declarations = Declarations(self.symbols, self.table)
        declarations.add(Parsed(part.source, tree, part.is_script) for part, tree in trees)
        self.findings += declarations.diagnostics
        for part, tree in trees:
            self.findings += check(part.source, tree, self.symbols, self.table, form_of(part))
            self._step()
        return trees

    def _parse(self) -> list[tuple[Part, nodes.Program]]:
        from gmlrun.syntax.parser import declarations, parse

        declared = [macro for part in self.program.parts for macro in declarations(part.source).macros.values()]
        self.macros.update(self._active(declared))
        trees = []
        for part in self.program.parts:
            try:
                trees.append(
                    (part, parse(part.source, macros=self.macros, interactive=part.value, warnings=self.findings))
                )
            except SourceErrors as errors:
                self.findings += errors.diagnostics
            self._step()
        return trees

    def _pragmas(self, trees: Sequence[tuple[Part, nodes.Program]]) -> list[tuple[Part, nodes.Program]]:
        """The code of each `gml_pragma("global", "code")`, as a script of its own."""
        from gmlrun.compiler.pragmas import function_names, global_code, is_run_of_script
        from gmlrun.syntax.parser import parse

        functions = {name for _, tree in trees for name in function_names(tree)}
        scripts = {part.entry.removeprefix("gml_GlobalScript_") for part, _ in trees if part.is_script} - functions
        made: list[tuple[Part, nodes.Program]] = []
        for part, tree in trees:
            for number, (line, text) in enumerate(global_code(part.source, tree)):
                source = Source(f"{part.source.name} (gml_pragma in line {line})", text)
                try:
                    parsed = parse(source, macros=self.macros, warnings=self.findings)
                    if not is_run_of_script(parsed, scripts):
                        made.append((Part(source, f"gml_GlobalScript_pragma_{len(made)}_{number}"), parsed))
                except SourceErrors as errors:
                    self.findings += errors.diagnostics
        return made

    def _active(self, macros: list[Any]) -> dict[str, Any]:
        """The macros that hold in the program's configuration; the nearest configuration's wins."""
        levels = [*self._config_chain(), ""]
        found = {macro.name: macro for level in reversed(levels) for macro in macros if macro.config == level}
        return {name: self._settled(macro, found) for name, macro in found.items()}

    def _settled(self, macro: Any, macros: Mapping[str, Any]) -> Any:
        """A macro that is another name for a builtin means that, also where the builtin's own name is a macro."""
        from dataclasses import replace

        name = macro.body[0].text if len(macro.body) == 1 else ""
        is_kept = name in macros and (self.table.function(name) is not None or bool(self.table.absent(name)))
        return replace(macro, is_final=True) if is_kept else macro

    def _config_chain(self) -> list[str]:
        chain, config = [], self.program.config
        while config and config not in chain:
            chain.append(config)
            config = self.program.config_parents.get(config, "")
        return chain


def told_later(found: Diagnostic) -> Diagnostic:
    """A finding of a program that starts all the same when a function is missing: a call of it is an error then."""
    return found._replace(severity="warning") if found.code == "unknown-function" else found


def form_of(part: Part) -> Any:
    """The compiler's Form for a part."""
    from gmlrun.compiler.compile import Form

    return Form(part.entry, part.is_script, part.value, part.owner, part.line)


# ----------------------------------------------------------------------- stdlib

DECLARED = re.compile(r"^function\s+(\w+)", re.MULTILINE)


def stdlib_functions() -> dict[str, str]:
    """The functions of stdlib/ by the name of the file that defines each."""
    found: dict[str, str] = {}
    for file in sorted(os.listdir(data_dir("stdlib"))):
        name, extension = os.path.splitext(file)
        if extension == ".gml":
            found |= dict.fromkeys(DECLARED.findall(stdlib_text(name)), name)
    return found


def describe_stdlib(name: str) -> str:
    """What `gmlrun doc` prints for a function of stdlib/: its head and its comment; empty when there is none."""
    file = stdlib_functions().get(name, "")
    pattern = rf"^((?:///.*\n)*)function {re.escape(name)}(\(.*?\)) "
    found = re.search(pattern, stdlib_text(file), re.MULTILINE) if file else None
    if found is None:
        return ""
    comment = " ".join(line.removeprefix("///").strip() for line in found[1].splitlines())
    return f"{name}{found[2]}\n    {comment}\n    gmlrun: stdlib/{file}.gml"


def stdlib_text(file: str) -> str:
    """What a file of stdlib/ says; its name is without `.gml`."""
    with open(os.path.join(data_dir("stdlib"), f"{file}.gml"), encoding="utf-8") as opened:
        return opened.read()


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
    return front.compile().units[0]


def sources_text(units: Sequence[Unit]) -> dict[str, str]:
    """The source text of each file, for carets in run-time errors."""
    return {unit.file: unit.text for unit in units}
