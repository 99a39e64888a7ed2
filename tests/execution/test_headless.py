"""Names of screen, sound and input: a run warns once a name, raises or passes over; `check` lists every use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gmlrun.build.checking import check
from gmlrun.diagnostics import Report
from gmlrun.game import Game
from gmlrun.runtime import Settings

PROGRAM = """
repeat (2) draw_text(1, 2, "x");
show_debug_message(audio_play_sound(particle_get_info(0), 0, false));
"""
DRAWING = "draw_text belongs to Drawing, which a run without a screen does not have"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "game.gml"
    found.write_text(PROGRAM)
    return found


def run(path: Path, headless: Any) -> tuple[list[str], list[str], list[Report]]:
    """What a program prints and logs, and the errors that ended it."""
    printed: list[str] = []
    logged: list[str] = []
    reports: list[Report] = []
    settings = Settings(headless=headless)
    warned = Game.load([path], settings, output=printed.append, log=logged.append, on_report=reports.append)
    warned.run()
    return printed, logged, reports


def test_a_use_warns_once_a_name_with_its_family(path: Path) -> None:
    printed, logged, reports = run(path, "warn")
    assert printed == ["-1"]
    assert logged == [
        f"warning: {DRAWING}",
        "warning: particle_get_info belongs to Drawing, which a run without a screen does not have",
        "warning: audio_play_sound belongs to Audio, which a run without a screen does not have",
    ]
    assert reports == []


def test_ignored_uses_say_nothing(path: Path) -> None:
    assert run(path, "ignore") == (["-1"], [], [])


def test_an_error_names_the_family(path: Path) -> None:
    printed, logged, reports = run(path, "error")
    assert (printed, logged, [report.message for report in reports]) == ([], [], [DRAWING])


def test_a_run_says_nothing_of_what_it_does_not_come_to(path: Path) -> None:
    path.write_text("if (false) draw_text(1, 2, 3);")
    warnings: list[Any] = []
    Game.load([path], on_warning=warnings.append)
    assert warnings == []


def test_check_warns_of_each_use(path: Path) -> None:
    found = check([path])
    assert {(d.severity, d.code) for d in found} == {("warning", "absent-builtin")}
    assert [d.place.line for d in found] == [2, 3, 3]
    assert found[0].message == DRAWING


def test_a_name_that_the_program_uses_itself_is_its_own(path: Path) -> None:
    path.write_text("player_name = 1; draw_text = function() {}; draw_text(); show_debug_message(player_name);")
    assert check([path]) == []
    assert run(path, "error")[0] == ["1"]
