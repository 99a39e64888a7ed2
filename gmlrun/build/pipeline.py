"""From a program's files to a compiled program: a loaded program goes in, what is built of it or all errors come out.

A program that has not changed comes from the compile cache, without the front end being imported.
"""

from __future__ import annotations

from gmlrun import project
from gmlrun.build.built import Built, unheard
from gmlrun.build.program import Part
from gmlrun.builtins.table import Table
from gmlrun.diagnostics import Diagnostic, Place
from gmlrun.errors import SourceErrors
from gmlrun.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set
    from typing import Any

    from _typeshed import StrPath

    from gmlrun.build.built import Progress
    from gmlrun.build.front_end import FrontEnd
    from gmlrun.build.program import Program
    from gmlrun.cache import Cache
    from gmlrun.diagnostics import Severity
    from gmlrun.project.model import Loaded
    from gmlrun.runtime import Settings


def load(paths: Sequence[StrPath], settings: Settings) -> tuple[Loaded, Settings]:
    """A program as the settings want it, and the settings as the program wants them.

    The code of `--exec` is a part of it, which runs before the first room. Raises UsageError for paths that hold none.
    """
    loaded = project.load(paths, settings.config)
    program = loaded.program._replace(optimise=loaded.program.optimise and settings.optimise)
    if settings.execute:
        part = Part(Source("--exec", settings.execute), "gml_GlobalScript_exec")
        program = program._replace(parts=[*program.parts, part])
    if loaded.data_folder:
        settings = settings._replace(program_dir=loaded.data_folder)
    return loaded._replace(program=program), settings


def build(
    loaded: Loaded,
    table: Table | None = None,
    *,
    cache: Cache | None = None,
    on_progress: Progress = unheard,
    front: FrontEnd | None = None,
    also: Set[str] = frozenset(),
) -> Built:
    """Compiles what a loader found; raises SourceErrors with every error on disk and in the code.

    `table` has the names that the program may use, where these are not GameMaker's alone. A `front` that knows what
    was compiled before goes on from there, and `also` names files of stdlib/ to compile as well.
    """
    broken = [found for found in loaded.findings if found.severity == "error"]
    table = table or Table()
    try:
        if front is not None:
            built = front.build(also)
        elif cache is not None:
            built = build_cached(loaded.program, table, cache, on_progress)
        else:
            from gmlrun.build.front_end import FrontEnd

            built = FrontEnd(loaded.program, table, on_progress=on_progress).build()
    except SourceErrors as errors:
        raise SourceErrors([*broken, *errors.diagnostics]) from None
    if broken:
        raise SourceErrors(broken)
    return built._replace(findings=[*loaded.findings, *built.findings])


def build_cached(program: Program, table: Table, cache: Cache, on_progress: Progress = unheard) -> Built:
    """A program from the compile cache, or compiled and put there; raises SourceErrors."""
    key = cache.key([table.identity, *program_identity(program)])
    found = cache.load(key)
    if found is not None:
        units, (count, findings) = found
        return Built(units[:count], units[count:], [as_diagnostic(*fields) for fields in findings])
    from gmlrun.build.front_end import FrontEnd

    built = FrontEnd(program, table, on_progress=on_progress).build()
    findings = [(*found[:3], tuple(found.place), found.hint) for found in built.findings]
    cache.store(key, built.all_units, (len(built.units), findings))
    return built


def as_diagnostic(severity: Severity, code: str, message: str, place: tuple[Any, ...], hint: str) -> Diagnostic:
    """A warning as the cache has it, in plain tuples."""
    return Diagnostic(severity, code, message, Place(*place), hint)


def program_identity(program: Program) -> Iterable[str]:
    """The texts that decide what a program compiles to."""
    yield repr((sorted(program.assets), program.config, sorted(program.config_parents.items())))
    yield repr((sorted(program.extra_functions), program.optimise, program.goes_on))
    yield repr(sorted(program.asset_numbers.items()))
    for part in program.parts:
        yield repr((part.source.name, part.entry, part.is_script, part.owner, part.value))
        yield repr((sorted(part.source.dialect.names), part.source.dialect[1:], part.source.frames))
        yield part.source.text
