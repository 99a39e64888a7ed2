"""The plugin by which coverage.py knows files of GML: a file's name goes in, the lines that can run come out.

coverage.py alone imports this: `gmlrun test --coverage` sets it up, or `plugins` in its configuration does.
"""

from __future__ import annotations

import dis
import json
import os
from collections.abc import Iterable
from types import CodeType, FrameType
from typing import Any

from coverage import CoveragePlugin, FileReporter, FileTracer

from gmlrun.build.front_end import Built
from gmlrun.errors import SourceErrors, UsageError


class GmlPlugin(CoveragePlugin):
    """Takes the files that end in .gml. `known` names a file of JSON with the lines that can run, of each file."""

    def __init__(self, known: str = "") -> None:
        self.lines: dict[str, list[int]] = {}
        if known:
            with open(known, encoding="utf-8") as file:
                self.lines = json.load(file)

    def file_tracer(self, filename: str) -> FileTracer | None:
        """What follows the code of a file, if it is one of GML."""
        return GmlTracer(filename) if filename.endswith(".gml") and os.path.isfile(filename) else None

    def file_reporter(self, filename: str) -> FileReporter:
        """What knows a file's lines."""
        lines = self.lines.get(filename)
        return GmlReporter(filename, lines_of_file(filename) if lines is None else set(lines))


class GmlTracer(FileTracer):
    """One file whose code runs."""

    def __init__(self, filename: str) -> None:
        self.filename = filename

    def source_filename(self) -> str:
        return self.filename

    def has_dynamic_source_filename(self) -> bool:
        return True

    def dynamic_source_filename(self, filename: str, frame: FrameType) -> str | None:
        """The file; none for what only defines its functions, which is no line of the program."""
        return None if frame.f_code.co_name == "<module>" else self.filename


class GmlReporter(FileReporter):
    """One file in a report."""

    def __init__(self, filename: str, lines: set[int]) -> None:
        super().__init__(filename)
        self._lines = lines

    def lines(self) -> set[int]:
        """The lines that can run."""
        return self._lines


def coverage_init(registry: Any, options: dict[str, str]) -> None:
    """Is called by coverage.py."""
    registry.add_file_tracer(GmlPlugin(options.get("known", "")))


def lines_of_file(filename: str) -> set[int]:
    """The lines that can run of a program of one file; none of one that does not compile by itself."""
    from gmlrun.build.pipeline import build
    from gmlrun.project.single import single_file

    try:
        loaded = single_file([filename])
        built = build(loaded._replace(program=loaded.program._replace(optimise=False)))
    except (SourceErrors, UsageError):
        return set()
    return next(iter(lines_of(built).values()), set())


def lines_of(built: Built) -> dict[str, set[int]]:
    """The lines that can run of each file of a program, by absolute path."""
    found: dict[str, set[int]] = {}
    for unit in built.units:
        codes = (value for value in unit.code.co_consts if isinstance(value, CodeType))
        found.setdefault(os.path.abspath(unit.file), set()).update(lines_in(codes))
    return found


def lines_in(codes: Iterable[CodeType]) -> set[int]:
    """The lines on which functions do something, those of the functions in them too."""
    found: set[int] = set()
    for code in codes:
        found |= lines_in(value for value in code.co_consts if isinstance(value, CodeType))
        for step in dis.get_instructions(code):
            if step.opname not in NOTHING and step.positions is not None and step.positions.lineno:
                found.add(step.positions.lineno)
    return found


NOTHING = {"RESUME", "NOP", "MAKE_CELL", "COPY_FREE_VARS"}
"""What the head of a function does, or nothing."""
