"""The commands: their options go in, an exit code comes out."""

from __future__ import annotations

import os
import sys

from gmlrun import project
from gmlrun.cli.loading import limit_memory, settings_of
from gmlrun.cli.messages import Messages, ProgressLine, paint_for
from gmlrun.diagnostics import format_diagnostic
from gmlrun.errors import UsageError
from gmlrun.project.files import PROJECT_FILES
from gmlrun.suggestions import nearest
from gmlrun.testing.names import is_test_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from gmlrun.diagnostics import Diagnostic

EXIT_ERROR = 1


def repl_command(options: Any, arguments: list[str]) -> int:
    from pathlib import Path

    from gmlrun.repl import open_session

    if options.color == "never":
        os.environ["NO_COLOR"] = "1"
    limit_memory(options.max_memory)
    return open_session([Path(path) for path in options.paths], settings_of(options, arguments), options.seed)


def eval_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.evaluation import evaluate
    from gmlrun.runtime import Runtime, Settings
    from gmlrun.values.text import quoted_whole
    from gmlrun.values.unicode import clean

    runtime = Runtime(Settings(arguments=arguments))
    outcome = evaluate(clean(options.code), runtime, Messages(options.color).report)
    if outcome.has_value and outcome.value is not None:
        print(quoted_whole(outcome.value))
    return outcome.exit_code


def check_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.build.built import NAME_MISSING
    from gmlrun.build.checking import check_loaded

    paint = paint_for(options.color, sys.stdout)
    with ProgressLine("checking", sys.stderr) as progress:
        findings: list[Diagnostic] = []
        for paths in map(with_tested_scripts, programs_in(options.paths)):
            loaded, known = project.load(paths, options.config), test_functions(paths[0])
            found = check_loaded(loaded, progress.show, known)
            if any(each.code in NAME_MISSING for each in found):
                from gmlrun.embedding.extensions import installed

                found = check_loaded(loaded, progress.show, known | installed().names)
            findings += found
    findings = list(dict.fromkeys(findings))  # a script that several tests name is checked with each
    for each in findings:
        print(json_line(each) if options.format == "json" else format_diagnostic(each, paint))
    return EXIT_ERROR if any(options.strict or each.severity == "error" for each in findings) else 0


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


def doctor_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.doctor.diagnosis import diagnose
    from gmlrun.doctor.report import report
    from gmlrun.runtime import write_stdout

    found = diagnose(options.path, options.config)
    write_stdout(report(found).rstrip("\n"))
    return 0 if found.works else EXIT_ERROR


def test_functions(path: str) -> frozenset[str]:
    """The functions that a file of tests, or one of bots by its name, may call beside GameMaker's."""
    if not is_test_file(path):
        from gmlrun.cli.net import bot_functions

        return bot_functions(path)
    from gmlrun.testing.functions import NAMES

    return NAMES


def json_line(found: Diagnostic) -> str:
    """A finding as one line of JSON."""
    import json

    place = found.place
    facts = {"file": place.file, "line": place.line, "column": place.column}
    facts |= {"end_line": place.line, "end_column": place.column + place.width, "severity": found.severity}
    return json.dumps({**facts, "code": found.code, "message": found.message, "hint": found.hint}, ensure_ascii=False)


def test_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.cli import testing

    return testing.test_command(options)


def replay_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.cli.replaying import replay_command

    return replay_command(options.path)


def new_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.cli import new

    return new.new_command(options.name, [kind for kind in new.KINDS if getattr(options, kind)])


def show_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.build.checking import show_python, show_tree

    print((show_tree if options.ast else show_python)(options.path))
    return 0


def doc_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.build.stdlib import describe_stdlib
    from gmlrun.builtins.table import describe_name
    from gmlrun.runtime import write_stdout

    text = describe_name(options.name) or describe_stdlib(options.name) or describe_test(options.name)
    if not text:
        from gmlrun.embedding.extensions import installed

        text = installed().describe(options.name)
    if not text:
        raise UsageError(f"GameMaker has no {options.name}{guess_of(options.name)}")
    write_stdout(text)
    return 0


def describe_test(name: str) -> str:
    """The text that `gmlrun doc` prints for a function that only tests have."""
    if not name.startswith("test_"):
        return ""
    from gmlrun.testing.functions import described

    return described(name)


def guess_of(name: str) -> str:
    from gmlrun.builtins.table import known_names

    names: Iterable[str] = known_names()
    if name.startswith("test_"):
        from gmlrun.testing.functions import NAMES

        names = [*names, *NAMES]
    guess = nearest(name, names)
    return f": did you mean {guess}?" if guess else ""


def ps_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.service import commands

    return commands.ps()


def stop_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.service import commands

    return commands.stop(options.server, 0.0 if options.now else options.drain_timeout)


def attach_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.service import commands

    return commands.attach(options.server or "")


def net_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.cli import net

    return net.net_command(options)


def completion_command(options: Any, arguments: list[str]) -> int:
    from gmlrun.cli.completion import SCRIPTS

    print(SCRIPTS[options.shell], end="")
    return 0


def complete_command(words: list[str], arguments: list[str]) -> int:
    """Prints what could follow on a command line, for the shells' scripts."""
    from gmlrun.cli.completion import candidates

    for text, meaning in candidates(words):
        print(f"{text}\t{meaning}")
    return 0
