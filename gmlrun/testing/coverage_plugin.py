"""The plugin by which coverage.py knows files of GML: a file's name goes in, its lines that can run come out.

coverage.py alone imports this: `gmlrun test --coverage` sets it up, or `plugins` in its configuration does.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from types import CodeType, FrameType
from typing import Any

from coverage import CoveragePlugin, FileReporter, FileTracer

from gmlrun.build.built import Built
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.testing.arcs import Arc, Ways, ways_in


class GmlPlugin(CoveragePlugin):
    """Takes the files that end in .gml. `known` names a file of JSON with the ways of each file."""

    def __init__(self, known: str = "") -> None:
        self.ways: dict[str, Ways] = {}
        if known:
            with open(known, encoding="utf-8") as file:
                self.ways = {name: ways_from(row) for name, row in json.load(file).items()}

    def file_tracer(self, filename: str) -> FileTracer | None:
        """The tracer of a file, if it is one of GML."""
        return GmlTracer(filename) if filename.endswith(".gml") and os.path.isfile(filename) else None

    def file_reporter(self, filename: str) -> FileReporter:
        """The reporter of a file."""
        return GmlReporter(filename, self.ways.get(filename) or ways_of_file(filename))


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

    def __init__(self, filename: str, ways: Ways) -> None:
        super().__init__(filename)
        self._ways = ways

    def lines(self) -> set[int]:
        """The lines that can run."""
        return self._ways.lines

    def arcs(self) -> set[Arc]:
        """The ways from line to line."""
        return self._ways.arcs

    def no_branch_lines(self) -> set[int]:
        """The lines that look like branches and are none."""
        return self._ways.heads

    def exit_counts(self) -> dict[int, int]:
        """How many ways lead from each line."""
        return Counter(start for start, _ in self._ways.arcs if start > 0)


def coverage_init(registry: Any, options: dict[str, str]) -> None:
    """Registers the plugin; called by coverage.py."""
    registry.add_file_tracer(GmlPlugin(options.get("known", "")))


def ways_of_file(filename: str) -> Ways:
    """The ways in a program of one file; none in one that does not compile alone."""
    from gmlrun.build.pipeline import build
    from gmlrun.project.single import single_file

    try:
        loaded = single_file([filename])
        built = build(loaded._replace(program=loaded.program._replace(optimise=False)))
    except (SourceErrors, UsageError):
        return Ways.none()
    return next(iter(ways_of(built).values()), Ways.none())


def ways_of(built: Built) -> dict[str, Ways]:
    """The ways in each file of a program, by absolute path."""
    found: dict[str, Ways] = {}
    for unit in built.units:
        ways = ways_in(value for value in unit.code.co_consts if isinstance(value, CodeType))
        found.setdefault(os.path.abspath(unit.file), Ways.none()).add(ways)
    return found


def ways_from(row: Sequence[Any]) -> Ways:
    """Ways as they were written as JSON."""
    lines, arcs, heads = row
    return Ways(set(lines), {(start, end) for start, end in arcs}, set(heads))
