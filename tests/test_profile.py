"""`gmlrun run --profile`: the hot functions and lines of a program."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from gmlrun.cli.profiling import Profile
from tests.conftest import Run, Start

PROGRAM = """
function inner(n) {
    var t = 0;
    repeat (1000) {
        t += sqrt(n);
    }
    return t;
}
function outer() {
    while (get_timer() < 400000) inner(2);
}
outer();
"""


def test_hot_functions_and_lines_are_printed(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "hot.gml").write_text(PROGRAM, encoding="utf-8")
    done = gmlrun("run", "hot.gml", "--profile=stacks.txt")
    assert (done.returncode, done.stdout) == (0, "")
    lines = done.stderr.splitlines()
    assert lines[0].startswith("profile: ")
    assert lines[2] == "  own   all  function"
    assert lines[3].endswith("gml_Script_inner (hot.gml:2)")
    assert any(line.endswith("gml_Script_outer (hot.gml:9)") for line in lines)
    assert any(line.endswith("hot.gml:5: t += sqrt(n);") for line in lines[lines.index("  own  line") :])
    stacks = (tmp_path / "stacks.txt").read_text(encoding="utf-8")
    path = "gml_Object_hot_Create_0 (hot.gml:2);gml_Script_outer (hot.gml:9);gml_Script_inner (hot.gml:2) "
    assert path in stacks


def test_ctrl_c_ends_in_the_report(start_gmlrun: Start, tmp_path: Path) -> None:
    (tmp_path / "endless.gml").write_text('show_debug_message("on");\nevent step { x = sqrt(2); }', encoding="utf-8")
    process = start_gmlrun("run", "endless.gml", "--profile")
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert "profile: " in said
    assert "Traceback" not in said


def test_a_program_without_work_is_told_so() -> None:
    assert "too little" in Profile({}).text()


@pytest.mark.parametrize("words", [["--profile=nowhere/x"], ["--debug=70000"], ["--debug=x"]])
def test_wrong_usage(gmlrun: Run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "hot.gml").write_text(PROGRAM, encoding="utf-8")
    assert gmlrun("run", "hot.gml", *words).returncode == 2
