"""The compiler's front door: a parsed source and the program's symbols go in, a Unit comes out."""

from __future__ import annotations

import ast
import warnings
from dataclasses import dataclass
from types import CodeType

from gmlrun.compiler.checks import Checker
from gmlrun.compiler.functions import compile_body, compile_function
from gmlrun.compiler.lowering import UnitState
from gmlrun.compiler.name_resolution import Resolver, Scope, places_of
from gmlrun.compiler.pyast import PythonBuilder
from gmlrun.compiler.symbols import NameTable, Symbols
from gmlrun.compiler.traversal import room_to_recurse
from gmlrun.errors import Diagnostic, SourceErrors
from gmlrun.source import Source, Span
from gmlrun.syntax import nodes
from gmlrun.unit import PICTURES, PLACES, TIMELINES, EventEntry, Links, ObjectEntry, Unit, names_any


@dataclass(frozen=True)
class Form:
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


def check(source: Source, program: nodes.Program, symbols: Symbols, names: NameTable, form: Form) -> list[Diagnostic]:
    """Every error and warning of one source that parsing did not find."""
    checker = Checker(source, Resolver(symbols, names), form.is_script, form.owner, form.line)
    try:
        with room_to_recurse():
            return checker.check(program)
    except RecursionError:
        return [too_deep(source)]


def too_deep(source: Source) -> Diagnostic:
    """What a source says that nests more deeply than Python can follow."""
    return source.diagnostic("error", "too-deep", "the code is nested too deeply", Span(0, 1))


def compile_unit(source: Source, program: nodes.Program, symbols: Symbols, names: NameTable, form: Form) -> Unit:
    """Compiles one source that has been checked; raises SourceErrors when it nests too deeply for Python."""
    try:
        with room_to_recurse():
            return _compile_unit(source, program, symbols, names, form)
    except RecursionError:
        raise SourceErrors([too_deep(source)]) from None


def _compile_unit(source: Source, program: nodes.Program, symbols: Symbols, names: NameTable, form: Form) -> Unit:
    unit, init, events = _lower(source, program, symbols, names, form)
    code = python_code(unit)
    return Unit(
        name=form.entry,
        file=source.name,
        text=source.text,
        code=code,
        init=init,
        functions=tuple(unit.functions),
        events=tuple(events),
        objects=objects_of(program),
        links=links_of(unit)._replace(
            reads_places=names_any(code, PLACES),
            reads_pictures=names_any(code, PICTURES),
            runs_timelines=names_any(code, TIMELINES),
        ),
        library=tuple(unit.library),
    )


def objects_of(program: nodes.Program) -> tuple[ObjectEntry, ...]:
    """The objects of a source; its own one has no name and stands there if it has a parent."""
    own = [ObjectEntry("", program.parent)] if program.parent else []
    return (*own, *(ObjectEntry(o.name, o.parent or "") for o in program.objects))


def _lower(
    source: Source, program: nodes.Program, symbols: Symbols, names: NameTable, form: Form
) -> tuple[UnitState, str, list[EventEntry]]:
    """The Python functions of a source, the one that runs its own statements, and its events."""
    unit = UnitState(source, symbols, names, Resolver(symbols, names), PythonBuilder(source))
    init = ""
    if form.is_script:
        _compile_scripts(unit, program)
    if has_statements(program, form.is_script):
        kept = set(symbols.kept) if form.line else None
        scope = Scope(form.entry, form.entry, is_script_level=form.is_script, kept=kept)
        init = compile_body(unit, scope, program.body, program_code(program), form.value)
    return unit, init, _compile_events(unit, program, form)


def program_code(program: nodes.Program) -> nodes.Block:
    """The statements outside any event or object block."""
    return nodes.Block(program.span, program.body)


def has_statements(program: nodes.Program, is_script: bool) -> bool:
    """Whether a source has anything to run of its own, beyond declarations."""
    return any(not is_declaration(s, is_script) for s in program.body)


def is_declaration(statement: nodes.Statement, is_script: bool) -> bool:
    """Enums, and in a script named functions, need nothing to run."""
    if isinstance(statement, nodes.ExpressionStatement):
        return is_script and isinstance(statement.value, nodes.Function) and statement.value.name is not None
    return isinstance(statement, (nodes.Enum, nodes.Empty))


def _compile_scripts(unit: UnitState, program: nodes.Program) -> None:
    for name, function in places_of(program_code(program)).declared.items():
        entry = f"gml_Script_{name}"
        compile_function(unit, function, entry, Scope(entry, is_script_level=True), name)


def _compile_events(unit: UnitState, program: nodes.Program, form: Form) -> list[EventEntry]:
    blocks = [("", event) for event in program.events]
    blocks += [(o.name, event) for o in program.objects for event in o.events]
    made = []
    for owner, event in blocks:
        entry = unit.names.event_entry(owner or form.owner, event.name)
        assert entry is not None
        compile_body(unit, Scope(entry, entry), event.body.body, event.body)
        made.append(EventEntry(owner, event.name, entry))
    return made


def python_code(unit: UnitState) -> CodeType:
    """The unit's functions as one module's code, at the GML source's positions."""
    module = ast.Module(body=unit.code, type_ignores=[])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # of Python's own, such as a number that is called
        code: CodeType = compile(module, unit.source.name, "exec", dont_inherit=True)
    return code


def python_text(source: Source, program: nodes.Program, symbols: Symbols, names: NameTable, form: Form) -> str:
    """The Python that a source compiles to, as text: what `gmlrun show --python` prints."""
    try:
        with room_to_recurse():
            unit, _, _ = _lower(source, program, symbols, names, form)
            return ast.unparse(ast.Module(body=unit.code, type_ignores=[]))
    except RecursionError:
        raise SourceErrors([too_deep(source)]) from None


def links_of(unit: UnitState) -> Links:
    """The names that the unit's code expects the linker to fill in."""
    return Links(
        builtins=tuple(unit.builtins.items()),
        builtin_values=tuple(unit.builtin_values.items()),
        variables=tuple(unit.variables.items()),
        constants=tuple(unit.constants.items()),
        scripts=tuple(unit.scripts),
        assets=tuple(unit.assets),
    )
