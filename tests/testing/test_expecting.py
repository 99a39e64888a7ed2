"""Tests that are programs and say what they print: among them those of gmlrun itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.testing.cases import run_case
from gmlrun.testing.runner import Prepared, prepare
from tests.conftest import ROOT, Run

FOLDERS = [
    "arrays",
    "buffers",
    "data_structures",
    "encoding",
    "instances",
    "language",
    "maths",
    "objects",
    "rooms",
    "strings",
    "structs",
    "surprises",
    "time_sources",
    "types",
    "variables",
]
"""Those whose programs need neither a screen nor another program."""
PROGRAMS = [
    path
    for folder in FOLDERS
    for path in sorted((ROOT / "tests" / "gml" / folder).rglob("*.gml"))
    if "// expect-diagnostic" not in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_our_own_programs(path: Path) -> None:
    prepared = prepare(str(path))
    assert isinstance(prepared, Prepared)
    for case in prepared.cases:
        result = run_case(prepared, case, 0, 30.0)
        assert (result.status, result.message) == ("passed", "")


PRINTED = 'show_debug_message("a"); // expect: a\n'
WRONG = [
    ('show_debug_message("b"); // expect: a', "line 1 expects 'a', got 'b'"),
    ("x = 1; // expect: a", "line 1 expects 'a', nothing was printed"),
    (PRINTED + 'show_debug_message("more");', "the program prints one line more: more"),
    (PRINTED + "x = nothing;", "not set before reading it"),
    (PRINTED + "// expect-error: not set", "expected the error not set, got none"),
    (PRINTED + "// expect-error: division\nx = nothing;", "expected the error division, got"),
    (PRINTED + "game_end(3);", "expected exit code 0, got 3"),
    (PRINTED + "// expect-exit: 4\ngame_end(3);", "expected exit code 4, got 3"),
]


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_is_otherwise_is_told(gmlrun: Run, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "test_it.gml").write_text(text, encoding="utf-8")
    done = gmlrun("test")
    assert done.returncode == 1
    assert message in done.stdout


@pytest.mark.parametrize("more", ["", "// expect-exit: 3\ngame_end(3);", "// expect-error: not set\nx = nothing;"])
def test_what_is_as_expected_passes(gmlrun: Run, tmp_path: Path, more: str) -> None:
    (tmp_path / "test_it.gml").write_text(PRINTED + more, encoding="utf-8")
    done = gmlrun("test")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
