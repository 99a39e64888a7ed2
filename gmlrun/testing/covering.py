"""Coverage of tests by coverage.py: tests that run go in, a report comes out. Workers write their own data."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gmlrun.errors import UsageError

if TYPE_CHECKING:
    from gmlrun.build.built import Built

PLUGIN = "gmlrun.testing.coverage_plugin"
OMITTED = ["*/test_*.gml", "*_test.gml", "*/gmlrun:stdlib/*"]
"""Tests, and gmlrun's own functions in GML."""
FILES = {"html": "htmlcov", "lcov": "coverage.lcov", "xml": "coverage.xml"}
"""Where each kind of report is written."""


def recorder(folder: str) -> Any:
    """A Coverage whose data lie in a folder; raises UsageError where coverage.py is not installed."""
    os.environ.setdefault("COVERAGE_CORE", "ctrace")  # the one that knows plugins
    try:
        import coverage
    except ImportError:
        raise UsageError("--coverage needs coverage.py: pip install coverage") from None
    made = coverage.Coverage(
        data_file=os.path.join(folder, "data"), data_suffix=True, config_file=False, messages=False
    )
    made.set_option("run:plugins", [PLUGIN])
    made.set_option("run:branch", True)
    made.set_option("run:include", ["*.gml"])
    made.set_option("run:omit", OMITTED)
    made.set_option(f"{PLUGIN}:known", os.path.join(folder, "known.json"))
    return made


def write_known(folder: str, programs: Iterable[Built]) -> None:
    """Writes which lines of the programs' files can run, and the ways between them."""
    from gmlrun.testing.arcs import Ways
    from gmlrun.testing.coverage_plugin import ways_of

    known: dict[str, Ways] = {}
    for built in programs:
        for file, ways in ways_of(built).items():
            known.setdefault(file, Ways.none()).add(ways)
    with open(os.path.join(folder, "known.json"), "w", encoding="utf-8") as opened:
        json.dump({file: [sorted(each) for each in ways] for file, ways in known.items()}, opened)


def report(folder: str, kind: str) -> str:
    """Writes the report of what the workers have recorded; returns a text for people."""
    import coverage

    made = recorder(folder)
    made.set_option("run:relative_files", False)
    try:
        made.combine([folder], keep=True)
        if kind == "text":
            made.report(show_missing=True, file=sys.stdout)
            return ""
        writers = {"html": made.html_report, "lcov": made.lcov_report, "xml": made.xml_report}
        place = {"directory": FILES[kind]} if kind == "html" else {"outfile": FILES[kind]}
        part = writers[kind](**place)
    except coverage.CoverageException as error:
        return f"coverage: {error}"
    return f"{part:.0f} % of the lines and branches have run: {FILES[kind]}{'/index.html' if kind == 'html' else ''}"
