"""The compiler's front door: a parsed source and the program's symbols go in, a Unit comes out."""

from __future__ import annotations

import ast
import warnings
from types import CodeType

from gmlrun.compiler.analysis import Analysis
from gmlrun.compiler.checks import Checker
from gmlrun.compiler.copies import emitted
from gmlrun.compiler.functions import compile_body, compile_function
from gmlrun.compiler.lowering import UnitState
from gmlrun.compiler.name_resolution import Resolver
from gmlrun.compiler.pyast import PythonBuilder
from gmlrun.compiler.symbols import NameTable, Symbols
from gmlrun.compiler.traversal import room_to_recurse
from gmlrun.diagnostics import Diagnostic
from gmlrun.errors import SourceErrors
from gmlrun.lean import NamedTuple
from gmlrun.source import Source, Span
from gmlrun.syntax import nodes
from gmlrun.unit import PICTURES, PLACES, RARE, TIMELINES, EventEntry, Links, ObjectEntry, Unit, names_any, names_in

MOST_COPIES = 1_000_000
"""Nodes of Python's in all copies of the `finally` blocks of a source: a second of its compiler's time."""


class Form(NamedTuple):
    """How a source is compiled.

    `entry` is the code entry name of its own statements. `is_script` makes its named functions
    project-wide; in an event's source they are variables of self. With `value` the entry function
    returns the value of a final expression. `owner` names the object in the entries of `event` blocks.
    A session's `line` is one that leaves its locals to the lines after it.
    """

    entry: str
    is_script: bool = True
    value: bool = False
    owner: str = ""
    line: bool = False


def analyse(source: Source, program: nodes.Program, symbols: Symbols, form: Form) -> Analysis:
    """The analysis of a source as it is going to be compiled."""
    return Analysis(source, program, form.is_script, symbols.kept if form.line else None)


def check(analysis: Analysis, symbols: Symbols, names: NameTable, form: Form) -> list[Diagnostic]:
    """Every error and warning of one source that parsing did not find."""
    checker = Checker(analysis, Resolver(symbols, names), form.owner)
    try:
        with room_to_recurse():
            return checker.check()
    except RecursionError:
        return [too_deep(analysis.source)]


def too_deep(source: Source) -> Diagnostic:
    """The error of a source that nests more deeply than Python can follow."""
    return source.diagnostic("error", "too-deep", "the code is nested too deeply", Span(0, 1))


def compile_unit(analysis: Analysis, symbols: Symbols, names: NameTable, form: Form) -> Unit:
    """Compiles one source that has been checked; raises SourceErrors when it nests too deeply for Python."""
    try:
        with room_to_recurse():
            return _compile_unit(analysis, symbols, names, form)
    except RecursionError:
        raise SourceErrors([too_deep(analysis.source)]) from None


def _compile_unit(analysis: Analysis, symbols: Symbols, names: NameTable, form: Form) -> Unit:
    unit, init, events = _lower(analysis, symbols, names, form)
    source = analysis.source
    code = python_code(unit)
    return Unit(
        name=form.entry,
        file=source.name,
        text=source.text,
        code=code,
        init=init,
        functions=tuple(unit.functions),
        events=tuple(events),
        objects=objects_of(analysis.program),
        links=links_of(unit)._replace(
            reads_places=names_any(code, PLACES),
            reads_pictures=names_any(code, PICTURES),
            runs_timelines=names_any(code, TIMELINES),
            rare=tuple(sorted(RARE & names_in(code))),
        ),
        library=tuple(unit.library),
    )


def objects_of(program: nodes.Program) -> tuple[ObjectEntry, ...]:
    """The objects of a source; its own one has no name and stands there if it has a parent."""
    own = [ObjectEntry("", program.parent)] if program.parent else []
    return (*own, *(ObjectEntry(o.name, o.parent or "") for o in program.objects))


def _lower(
    analysis: Analysis, symbols: Symbols, names: NameTable, form: Form
) -> tuple[UnitState, str, list[EventEntry]]:
    """The Python functions of a source, the one that runs its own statements, and its events."""
    source, program = analysis.source, analysis.program
    unit = UnitState(source, symbols, names, Resolver(symbols, names), PythonBuilder(source), analysis)
    init = ""
    if form.is_script:
        _compile_scripts(unit)
    if has_statements(program, form.is_script):
        init = compile_body(unit, analysis.main, form.entry, program.body, form.value)
    return unit, init, _compile_events(unit, program, form)


def has_statements(program: nodes.Program, is_script: bool) -> bool:
    """Whether a source has anything to run of its own, beyond declarations."""
    return any(not is_declaration(s, is_script) for s in program.body)


def is_declaration(statement: nodes.Statement, is_script: bool) -> bool:
    """Enums, and in a script named functions, need nothing to run."""
    if isinstance(statement, nodes.ExpressionStatement):
        return is_script and isinstance(statement.value, nodes.Function) and statement.value.name is not None
    return isinstance(statement, (nodes.Enum, nodes.Empty))


def _compile_scripts(unit: UnitState) -> None:
    for name, function in unit.analysis.main.declared.items():
        compile_function(unit, function, f"gml_Script_{name}", script_name=name)


def _compile_events(unit: UnitState, program: nodes.Program, form: Form) -> list[EventEntry]:
    blocks = [("", event) for event in program.events]
    blocks += [(o.name, event) for o in program.objects for event in o.events]
    made = []
    for owner, event in blocks:
        entry = unit.names.event_entry(owner or form.owner, event.name)
        assert entry is not None
        compile_body(unit, unit.analysis.routine_of(event.body), entry, event.body.body)
        made.append(EventEntry(owner, event.name, entry))
    return made


def python_code(unit: UnitState) -> CodeType:
    """The unit's functions as one module's code, at the GML source's positions."""
    if unit.py.has_finalizers and emitted(unit.code).copies > MOST_COPIES:
        raise SourceErrors([too_deep(unit.source)])
    module = ast.Module(body=unit.code, type_ignores=[])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # of Python's own, such as a number that is called
        try:
            code: CodeType = compile(module, unit.source.name, "exec", dont_inherit=True)
        except SyntaxError:  # more than twenty blocks inside each other
            raise SourceErrors([too_deep(unit.source)]) from None
    return code


def python_text(analysis: Analysis, symbols: Symbols, names: NameTable, form: Form) -> str:
    """The Python that a source compiles to, as text, for `gmlrun show --python`."""
    try:
        with room_to_recurse():
            unit, _, _ = _lower(analysis, symbols, names, form)
            return ast.unparse(ast.Module(body=unit.code, type_ignores=[]))
    except RecursionError:
        raise SourceErrors([too_deep(analysis.source)]) from None


def links_of(unit: UnitState) -> Links:
    """The names that the unit's code expects the linker to fill in."""
    return Links(
        builtins=tuple(unit.builtins.items()),
        builtin_values=tuple(unit.builtin_values.items()),
        variables=tuple(unit.variables.items()),
        constants=tuple(unit.constants.items()),
        scripts=tuple(unit.scripts),
        calls=tuple(unit.calls.items()),
        assets=tuple(unit.assets),
    )
