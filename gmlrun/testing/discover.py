"""From paths to files of tests: folders, files and projects go in, their test functions come out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from types import CodeType

from gmlrun import project
from gmlrun.build.built import Built
from gmlrun.build.program import Part
from gmlrun.errors import UsageError
from gmlrun.lean import NamedTuple
from gmlrun.project.model import Loaded
from gmlrun.project.single import read_source, single_file, stem
from gmlrun.source import Source as Text
from gmlrun.testing.foreign import Framework
from gmlrun.testing.frameworks import SWITCHES, recognised
from gmlrun.testing.names import ASSETS, PROJECTS, RECORDING, is_test_file
from gmlrun.testing.results import SUITE, WHOLE, Case
from gmlrun.unit import Unit

DIRECTIVE = re.compile(r"^\s*/// @test[ \t]+(\w+)[ \t]*(.*?)\s*$")
MARKS = ("only", "skip", "todo")
HOOKS = ("test_setup", "test_teardown")
PASSED_OVER = {"node_modules", "__pycache__", "venv"}


class Source(NamedTuple):
    """A file or project with tests, ready to be compiled."""

    path: str
    folder: str
    loaded: Loaded
    is_project: bool
    """Whether it is a project, or tests one."""


def find_files(paths: Sequence[str]) -> list[str]:
    """The files and projects that paths name, in order; raises UsageError for one that is not there."""
    found: list[str] = []
    for path in paths or ["."]:
        if os.path.isdir(path):
            found += walk(path)
        elif os.path.exists(path):
            found.append(path)
        else:
            raise UsageError(f"there is no file {path}")
    if not found:
        words = f"no tests in {', '.join(paths) or 'this folder'}: they are in files called test_NAME.gml"
        raise UsageError(words + (ELSEWHERE if any(map(is_project, paths or ["."])) else ""))
    return list(dict.fromkeys(found))


ELSEWHERE = "; a project whose tests are of a framework that gmlrun does not know runs by gmlrun run --virtual-time"
"""Advice on a project without tests."""


def is_project(folder: str) -> bool:
    """Whether a folder has a project file."""
    return any(name.endswith(PROJECTS) for name in os.listdir(folder))


def walk(folder: str) -> Iterator[str]:
    """The files of tests in a folder and below, and the projects whose scripts have test functions."""
    for where, folders, files in os.walk(folder):
        is_project = any(name.endswith(PROJECTS) for name in files)
        passed_over = PASSED_OVER | ASSETS if is_project else PASSED_OVER
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in passed_over)
        for name in sorted(files):
            path = os.path.normpath(os.path.join(where, name))
            if is_test_file(name) or name.endswith(RECORDING) or (name.endswith(PROJECTS) and has_tests(where)):
                yield path


def has_tests(folder: str) -> bool:
    """Whether the scripts of a project have test functions, or a framework for tests."""
    names: set[str] = set()
    for where, _, files in os.walk(os.path.join(folder, "scripts")):
        for name in files:
            if name.endswith(".gml"):
                with open(os.path.join(where, name), encoding="utf-8", errors="replace") as file:
                    names.update(re.findall(r"^[ \t]*function[ \t]+(\w+)", file.read(), re.MULTILINE))
    return any(name.startswith("test_") for name in names) or recognised(names) is not None


def read(path: str, natives: frozenset[str], optimise: bool = True) -> Source:
    """A file or project with what its `/// @test with FILE` lines add; raises UsageError."""
    if not path.endswith(".gml"):
        loaded = project.load([path])
        folder, libraries = path if os.path.isdir(path) else os.path.dirname(path), []
    else:
        folder = os.path.dirname(path)
        libraries = libraries_of(path)
        loaded = with_libraries(path, libraries)
    is_project = loaded.is_project or not all(name.endswith(".gml") for name in (path, *libraries))
    functions = loaded.program.extra_functions | natives
    parts = [part._replace(source=switched(part.source)) for part in loaded.program.parts]
    program = loaded.program._replace(parts=parts, extra_functions=functions, optimise=optimise)
    return Source(path, folder or ".", loaded._replace(program=program), is_project)


def switched(source: Text) -> Text:
    """A source with the switches of frameworks set as tests want them."""
    for pattern, text in SWITCHES:
        if pattern.search(source.text):
            return Text(source.name, pattern.sub(text, source.text), source.dialect, source.frames)
    return source


def libraries_of(path: str) -> list[str]:
    """The files that the `with` lines of a file of tests name; raises UsageError where it cannot be read."""
    folder, lines = os.path.dirname(path), directives(read_source(path).text)
    names = [name for key, rest in lines if key == "with" for name in rest.split()]
    return [os.path.normpath(os.path.join(folder, name)) for name in names]


def with_libraries(path: str, libraries: Sequence[str]) -> Loaded:
    """A file of tests with its scripts, or with the one project that it tests."""
    if len(libraries) == 1 and not libraries[0].endswith(".gml"):
        loaded = project.load(libraries)
        name = stem(path)
        part = Part(read_source(path), f"gml_Object_{name}_Create_0", owner=name)
        program = loaded.program._replace(parts=[*loaded.program.parts, part])
        return loaded._replace(program=program, main=name)
    return single_file([path, *libraries])


def directives(text: str) -> Iterator[tuple[str, str]]:
    """The `/// @test WORD …` lines of a text."""
    for line in text.splitlines():
        found = DIRECTIVE.match(line)
        if found:
            yield found[1], found[2]


def cases_of(file: Source, built: Built) -> list[Case]:
    """The tests of a built file, in the order of their lines."""
    found: list[Case] = []
    if framework_of(built) is not None:
        return [Case(file.path, SUITE, 1)]
    own = [unit for unit in built.units if unit.file == file.path or not file.path.endswith(".gml")]
    rest = ("", "")
    for unit in own:
        cases, rest = cases_in(unit, file.path if file.path.endswith(".gml") else unit.file)
        found += cases
    if not found and not file.loaded.rooms:
        mark, reason = rest
        found = [Case(file.path, WHOLE, 1, mark, reason)]
    return found


def framework_of(built: Built) -> Framework | None:
    """The public framework that a program has tests of."""
    return recognised({entry.script for unit in built.units for entry in unit.functions if entry.script})


def cases_in(unit: Unit, path: str) -> tuple[list[Case], tuple[str, str]]:
    """The functions of a unit that are called like tests, with their marks; then a mark that no function follows.

    One that wants arguments is no test: it helps others.
    """
    lines = {code.co_name: code.co_firstlineno for code in unit.code.co_consts if isinstance(code, CodeType)}
    scripts = [entry for entry in unit.functions if entry.script]
    functions = sorted((lines[entry.python_name], entry.script, bool(entry.parameters)) for entry in scripts)
    marks = marks_in(unit.text)
    found: list[Case] = []
    for line, name, is_helper in functions:
        mark, reason = "", ""
        while marks and marks[0][0] < line:
            _, mark, reason = marks.pop(0)
        if name.startswith("test_") and name not in HOOKS and not is_helper:
            found.append(Case(path, name, line, mark, reason))
    return found, marks[-1][1:] if marks else ("", "")


def marks_in(text: str) -> list[tuple[int, str, str]]:
    """The lines of a text that mark the function after them: their numbers, the marks and the reasons."""
    matches = ((number, DIRECTIVE.match(line)) for number, line in enumerate(text.splitlines(), 1))
    return [(number, found[1], found[2]) for number, found in matches if found and found[1] in MARKS]
