"""A program that is looked at and not run: its findings, its syntax tree, its Python code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

from gmlrun import project
from gmlrun.build.built import Progress, unheard
from gmlrun.build.front_end import FrontEnd
from gmlrun.builtins.table import Table
from gmlrun.diagnostics import Diagnostic
from gmlrun.errors import SourceErrors
from gmlrun.project.model import Loaded
from gmlrun.project.single import read_source, single_file

if TYPE_CHECKING:
    from _typeshed import StrPath


def check(
    paths: Sequence[StrPath],
    config: str = "Default",
    on_progress: Progress = unheard,
    functions: Set[str] = frozenset(),
) -> list[Diagnostic]:
    """Every error and warning of a program, without running it; `functions` are names that it may call as well."""
    return check_loaded(project.load(paths, config), on_progress, functions)


def check_loaded(
    loaded: Loaded, on_progress: Progress = unheard, functions: Set[str] = frozenset()
) -> list[Diagnostic]:
    """Every error and warning of a program that has been loaded."""
    program = loaded.program._replace(extra_functions=loaded.program.extra_functions | functions)
    front = FrontEnd(program, Table(), on_progress=on_progress)
    front.examine()
    return [*loaded.findings, *counted(front.findings)]


def counted(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings, with each absent name once: at its first place, with the number of places."""
    kept: dict[object, Diagnostic] = {}
    times: Counter[object] = Counter()
    for number, found in enumerate(findings):
        key = found.message if found.code == "absent-builtin" else number
        times[key] += 1
        kept.setdefault(key, found)
    return [
        found if times[key] == 1 else found._replace(message=f"{found.message} ({times[key]} places)")
        for key, found in kept.items()
    ]


def show_tree(path: str) -> str:
    """The syntax tree of a file, indented."""
    from gmlrun.compiler.compile import too_deep
    from gmlrun.compiler.traversal import room_to_recurse
    from gmlrun.syntax.dump import dump
    from gmlrun.syntax.parser import parse

    source = read_source(path)
    try:
        with room_to_recurse():
            return dump(parse(source))
    except RecursionError:
        raise SourceErrors([too_deep(source)]) from None


def show_python(path: str) -> str:
    """The Python code that a file compiles to."""
    front = FrontEnd(single_file([path]).program, Table())
    front.examine()
    return front.python()
