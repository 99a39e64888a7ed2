"""Scripts that are called by the name of their asset, and have no function of that name."""

from __future__ import annotations

import json

import pytest

SETTINGS = """
global.settings = [ { sound : "jump" } ];
global.runs = (global[$ "runs"] ?? 0) + 1;
enum LEVEL { LOW = 3 }
function settings_helper() { return LEVEL.LOW; }
who = "set";
"""


def files(other: str, settings: str = SETTINGS) -> dict[str, str]:
    """A project of two scripts, of which the first in the list is the one that calls."""
    names = [("scripts", "A_System"), ("scripts", "Settings"), ("rooms", "R")]
    project = {
        "resources": [{"id": {"name": n, "path": f"{k}/{n}/{n}.yy"}} for k, n in names],
        "RoomOrderNodes": [{"roomId": {"name": "R"}}],
    }
    return {
        "game.yyp": json.dumps(project),
        **{f"{k}/{n}/{n}.yy": json.dumps({"name": n}) for k, n in names},
        "scripts/A_System/A_System.gml": other,
        "scripts/Settings/Settings.gml": settings,
        "rooms/R/R.yy": json.dumps({"name": "R", "creationCodeFile": "rooms/R/RoomCreationCode.gml"}),
        "rooms/R/RoomCreationCode.gml": "show_debug_message(global.runs); game_end();",
    }


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("Settings(); show_debug_message(global.settings[0].sound);", ["jump", "2"]),
        ("show_debug_message(settings_helper());", ["3", "1"]),
        ("with ({ who : 1 }) { Settings(); show_debug_message(who); }", ["set", "2"]),
        ("var s = { Settings : 5 }; show_debug_message(s.Settings);", ["5", "1"]),
        ('show_debug_message("Settings()");', ["Settings()", "1"]),
        ('gml_pragma("global", "Settings()");', ["1"]),
        ("try { Unsettled(); } catch (e) { show_debug_message(1); }", ["1", "1"]),
    ],
)
def test_a_call_runs_the_statements(write, play, code: str, printed: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert play(write(files(code)) / "game.yyp") == (0, printed)


def test_a_function_of_the_name_is_what_is_called(write, play) -> None:  # type: ignore[no-untyped-def]
    settings = 'global.runs = (global[$ "runs"] ?? 0) + 1; function Settings() { return "own"; }'
    assert play(write(files("show_debug_message(Settings());", settings)) / "game.yyp") == (0, ["own", "1"])


FUNCTIONS = "function add(n) { total += n; } function sum() { return total; }"


@pytest.mark.parametrize("settings", [FUNCTIONS, f"global.runs = 1; {FUNCTIONS}"])
def test_functions_become_methods_of_who_calls(write, play, settings: str) -> None:  # type: ignore[no-untyped-def]
    code = """
        var one = { total : 0 }, two = { total : 5 };
        with (one) { Settings(); }
        with (two) Settings();
        one.add(3);
        two.add(4);
        show_debug_message([one.sum(), two.sum()]);
        global.runs = 1;
    """
    assert play(write(files(code, settings)) / "game.yyp") == (0, ["[ 3,9 ]", "1"])
