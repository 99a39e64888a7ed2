"""A fault of gmlrun itself, made by breaking a builtin, is a GML error to the program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gmlrun.builtins import json_text
from gmlrun.diagnostics import Report
from gmlrun.game import Game
from gmlrun.runtime import Settings

WORDS = "internal fault in json_parse: KeyError: 'broken'; please report it"
CATCHES = 'try { json_parse("1"); } catch (e) { show_debug_message(e.message); show_debug_message(e.line); }'
ENDS = """
alarm[0] = 1;
event alarm0 { show_debug_message("before"); json_parse("1"); }
event other_game_end { show_debug_message("end"); }
"""
COUNTS = """
n = 0;
event step { n++; if (n == 3) game_end(4); json_parse("1"); }
event other_game_end { show_debug_message("end"); }
"""
HANDLED = """
exception_unhandled_handler(function(e) { show_debug_message(e.message); return 5; });
json_parse("1");
event other_game_end { show_debug_message("end"); }
"""
PATCH = """
import sys
from gmlrun.builtins import json_reading, json_text
from gmlrun.cli import main
def broken(*arguments):
    raise {}
json_text.direct = json_reading.Reviver.value = broken
sys.exit(main(sys.argv[1:]))
"""
KINDS = [
    "KeyError('broken')",
    "LookupError('nothing')",
    "UnicodeEncodeError('utf-8', '\\ud800', 0, 1, 'surrogates')",
    "RuntimeError('changed size')",
    "AssertionError()",
    "TypeError('x')",
    "StopIteration()",
    "BufferError('b')",
    "EOFError('e')",
]


@pytest.fixture
def is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Breaks json_parse."""

    def broken(text: str) -> None:
        raise KeyError("broken")

    monkeypatch.setattr(json_text, "direct", broken)


@pytest.fixture
def as_users(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults become GML errors, as for users."""
    monkeypatch.delenv("GMLRUN_FAULTS")


class Outcome:
    """What a program printed, logged and reported, and how it ended."""

    def __init__(self, code: str, folder: Path, **settings: object) -> None:
        path = folder / "program.gml"
        path.write_text(code, encoding="utf-8")
        self.printed: list[str] = []
        self.logged: list[str] = []
        reports: list[Report] = []
        chosen = Settings(program_dir=folder, save_dir=folder, fps=1000.0)._replace(**settings)
        game = Game.load([path], chosen, output=self.printed.append, log=self.logged.append, on_report=reports.append)
        self.code = game.run()
        self.messages = [report.message for report in reports]


@pytest.mark.usefixtures("is_broken", "as_users")
class TestAsUsers:
    def test_try_catches_it(self, tmp_path: Path) -> None:
        outcome = Outcome(CATCHES, tmp_path)
        assert outcome.printed == [WORDS, "1"]
        assert outcome.code == 0

    def test_traceback_is_logged_once_from_the_builtin_on(self, tmp_path: Path) -> None:
        outcome = Outcome(f"repeat (3) {{ {CATCHES} }}", tmp_path)
        assert len(outcome.logged) == 1
        assert outcome.logged[0].startswith("internal fault in json_parse:\nTraceback")
        assert "game.py" not in outcome.logged[0]

    def test_whole_traceback(self, tmp_path: Path) -> None:
        assert "program.gml" in Outcome(CATCHES, tmp_path, internal_tracebacks=True).logged[0]

    def test_ends_the_game_with_its_last_events(self, tmp_path: Path) -> None:
        outcome = Outcome(ENDS, tmp_path)
        assert outcome.printed == ["before", "end"]
        assert (outcome.code, outcome.messages) == (1, [WORDS])

    def test_fault_in_the_last_events(self, tmp_path: Path) -> None:
        outcome = Outcome('json_parse("1"); event other_game_end { json_parse("2"); }', tmp_path)
        assert (outcome.code, outcome.messages) == (1, [WORDS, WORDS])

    def test_continue_goes_on(self, tmp_path: Path) -> None:
        outcome = Outcome(COUNTS, tmp_path, on_error="continue")
        assert outcome.printed == ["end"]
        assert (outcome.code, outcome.messages) == (4, [WORDS] * 3)

    def test_unhandled_handler_gets_it(self, tmp_path: Path) -> None:
        outcome = Outcome(HANDLED, tmp_path)
        assert outcome.printed == [WORDS, "end"]
        assert (outcome.code, outcome.messages) == (5, [])


@pytest.mark.usefixtures("is_broken")
def test_a_fault_fails_the_tests_of_gmlrun(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Outcome(CATCHES, tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_command_line(kind: str, environment: dict[str, str], tmp_path: Path) -> None:
    del environment["GMLRUN_FAULTS"]
    path = tmp_path / "program.gml"
    path.write_text(f'{CATCHES}\njson_parse("1");', encoding="utf-8")
    command = [sys.executable, "-c", PATCH.format(kind), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=25)
    assert done.stdout.startswith("internal fault in json_parse: ")
    assert done.stdout.endswith("; please report it\n1\n")
    assert done.stderr.count("Traceback") == 1
    assert done.stderr.count("ERROR in action number 1") == 1
    assert done.returncode == 1
