"""A project as its user starts it: from the command line, with the options that public servers need."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run, Start


@pytest.fixture
def arena(tmp_path: Path) -> Path:
    """A copy of the example project."""
    return Path(shutil.copytree(ROOT / "examples" / "arena", tmp_path / "arena"))


def test_the_options_hold_for_projects(gmlrun: Run, arena: Path) -> None:
    script = arena / "scripts" / "arena_server" / "arena_server.gml"
    probe = 'show_debug_message([random_get_seed(), show_question("Go?")]);\n'
    script.write_text(script.read_text(encoding="utf-8") + probe, encoding="utf-8")
    words = [
        "--bind=127.0.0.1",
        "--map-port=6510=0",
        "--seed=7",
        '--exec=show_debug_message("after scripts");',
        "--fps=1000",
    ]
    done = gmlrun(arena / "arena.yyp", *words, "--exit-at-frame=3")
    assert (done.returncode, done.stdout) == (0, "Go?\n[ 7,1 ]\nafter scripts\n")
    assert "gmlrun: listening tcp 127.0.0.1:" in done.stderr
    assert "6510" not in done.stderr


def test_a_project_waits_until_it_is_told_to_end(start_gmlrun: Start, arena: Path) -> None:
    server = start_gmlrun(arena, "--bind=127.0.0.1", "--map-port=6510=0")
    assert "listening" in server.stderr.readline()
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) == 0


def test_check_names_everything_that_is_wrong(gmlrun: Run, arena: Path) -> None:
    (arena / "scripts" / "arena_server" / "arena_server.gml").write_text("function broken( {", encoding="utf-8")
    (arena / "objects" / "obj_coin" / "Other_10.gml").write_text("x = ;", encoding="utf-8")
    (arena / "objects" / "obj_round" / "Step_0.gml").unlink()
    (arena / "objects" / "obj_lobby" / "obj_lobby.yy").write_text("{", encoding="utf-8")
    done = gmlrun("check", arena / "arena.yyp")
    assert done.returncode == 1
    for file, words in {
        "arena_server.gml:1:18": "error: expected",
        "Other_10.gml:1:5": "error: expected an expression",
        "Step_0.gml:1:1": "warning: an event of the object obj_round is missing",
        "obj_lobby.yy:1:2": "error: the object obj_lobby",
    }.items():
        assert any(f"{file}: {words}" in line for line in done.stdout.splitlines()), done.stdout
    done = gmlrun(arena / "arena.yyp")
    assert (done.returncode, done.stdout) == (1, "")
    assert "arena_server.gml:1:18" in done.stderr


def test_a_second_start_reads_the_project_anew(gmlrun: Run, arena: Path) -> None:
    script = arena / "scripts" / "arena_server" / "arena_server.gml"
    words = ["--bind=127.0.0.1", "--map-port=6510=0", "--fps=1000", "--exit-at-frame=1"]
    for text in ("first", "first", "second"):
        code = script.read_text(encoding="utf-8").split("//end")[0]
        script.write_text(f'{code}//end\nshow_debug_message("{text}");\n', encoding="utf-8")
        assert gmlrun(arena, *words).stdout == f"{text}\n"
