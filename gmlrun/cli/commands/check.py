"""The command `check`: paths go in, every error and warning of their programs is printed."""

from __future__ import annotations

import json
import os
import sys
from contextlib import nullcontext

from gmlrun import project
from gmlrun.build.built import NAME_MISSING
from gmlrun.build.checking import check_loaded
from gmlrun.cli.loading import without_collections
from gmlrun.cli.messages import ProgressLine, paint_for
from gmlrun.diagnostics import format_diagnostic
from gmlrun.project.files import PROJECT_FILES
from gmlrun.testing.names import is_test_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmlrun.cli.options import CommandOptions
    from gmlrun.diagnostics import Diagnostic


FAILED = 1


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Prints the findings; returns 1 where one of them is an error, or any is there with `--strict`."""
    paint = paint_for(options.color, sys.stdout)
    with ProgressLine("checking", sys.stderr) as progress:
        findings: list[Diagnostic] = []
        programs = [with_tested_scripts(paths) for paths in programs_in(options.paths)]
        with without_collections() if len(programs) == 1 else nullcontext():
            for paths in programs:
                findings += findings_of(paths, options.config, progress)
    findings = list(dict.fromkeys(findings))  # a script that several tests name is checked with each
    for each in findings:
        print(json_line(each) if options.format == "json" else format_diagnostic(each, paint))
    return FAILED if any(options.strict or each.severity == "error" for each in findings) else 0


def findings_of(paths: list[str], config: str, progress: ProgressLine) -> list[Diagnostic]:
    """The errors and warnings of one program; installed extensions are loaded where it has unknown names."""
    loaded, known = project.load(paths, config), test_functions(paths[0])
    found = check_loaded(loaded, progress.show, known)
    if not any(each.code in NAME_MISSING for each in found):
        return found
    from gmlrun.embedding.extensions import installed

    return check_loaded(loaded, progress.show, known | installed().names)


def programs_in(paths: list[str]) -> list[list[str]]:
    """The programs that paths name: a folder of loose files, which is no project, has one in each file."""
    if len(paths) > 1 or not os.path.isdir(paths[0]):
        return [paths]
    return list(programs_below(paths[0])) or [paths]


def programs_below(folder: str) -> Iterator[list[str]]:
    """The projects and the loose files in a folder and in the folders in it, as deep as they are."""
    names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    if any(name.lower().endswith(PROJECT_FILES) or name in ("scripts", "objects") for name in names):
        yield [folder]
        return
    for name in names:
        path = os.path.join(folder, name)
        if name.lower().endswith(".gml"):
            yield [path]
        elif os.path.isdir(path) and not os.path.islink(path):
            yield from programs_below(path)


def with_tested_scripts(paths: list[str]) -> list[str]:
    """A file of tests with the scripts that its `/// @test with` lines name."""
    if len(paths) > 1 or not is_test_file(paths[0]) or not os.path.isfile(paths[0]):
        return paths
    from gmlrun.testing.discover import libraries_of

    return [*paths, *(path for path in libraries_of(paths[0]) if path.endswith(".gml"))]


def test_functions(path: str) -> frozenset[str]:
    """The functions that a file of tests, or one of bots by its name, may call beside GameMaker's."""
    if is_test_file(path):
        from gmlrun.testing.functions import NAMES

        return NAMES
    if is_bot_file(path):
        from gmlrun.cli.net.bots import BOT_FUNCTIONS

        return BOT_FUNCTIONS
    return frozenset()


def is_bot_file(path: str) -> bool:
    """Whether the name of a file has the word `bot`, as `chat_bot.gml`."""
    name = os.path.basename(path)
    return name.endswith(".gml") and "bot" in name.removesuffix(".gml").split("_")


def json_line(found: Diagnostic) -> str:
    """A finding as one line of JSON."""
    place = found.place
    facts = {"file": place.file, "line": place.line, "column": place.column}
    facts |= {"end_line": place.line, "end_column": place.column + place.width, "severity": found.severity}
    return json.dumps({**facts, "code": found.code, "message": found.message, "hint": found.hint}, ensure_ascii=False)
