"""Limits where a game ends: in the handler of unhandled errors, and in the texts of errors that are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.diagnostics import Report
from gmlrun.game import Game
from gmlrun.runtime import Settings
from gmlrun.sandbox.limits import Limits

PLACES = {
    "the handler of errors": "exception_unhandled_handler(function(e) {{ {} }}); throw 1;",
    "the text of what was thrown": "throw {{ toString: function() {{ {} }} }};",
    "the message of what was thrown": "throw {{ message: {{ toString: function() {{ {} }} }} }};",
    "the text of what the last event threw":
        "event other_game_end {{ throw {{ toString: function() {{ {} }} }}; }} game_end();",
    "the last event after an error": "event other_game_end {{ {} }} throw 1;",
    "Clean Up": "event cleanup {{ {} }} game_end();",
}  # fmt: skip
BODIES = {"for ever": "while (true) {}", "too much output": 'repeat (9999) show_debug_message("x");'}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("place", PLACES)
def test_a_limit_is_told_of_and_ends_the_game(place: str, body: str, tmp_path: Path) -> None:
    path = tmp_path / "program.gml"
    path.write_text(PLACES[place].format(BODIES[body]))
    reports: list[Report] = []
    settings = Settings(event_timeout=0.1, limits=Limits(output=1000))
    quiet = {"output": lambda line: None, "log": lambda line: None}
    game = Game.load([path], settings, on_report=reports.append, **quiet)
    game.run()
    assert all("was ended" in report.message or "exception 1" in report.message for report in reports)


def test_rooms_that_lead_to_each_other_leave_others_their_turn(tmp_path: Path) -> None:
    path = tmp_path / "program.gml"
    path.write_text("event other_room_start { room_restart(); }\nglobal.starts = 0;\n")
    game = Game.load([path], Settings(exit_at_frame=3), log=lambda line: None)
    assert game.run() == 0


def test_a_game_that_begins_anew_for_ever_goes_on_between_frames() -> None:
    from gmlrun import Game as Embedded

    with Embedded("global.n = 1; game_restart();") as game:
        game.step(0.05)
        assert game.globals.n == 1
        assert game.step(0.02)
