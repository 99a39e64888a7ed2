"""Functions of other platforms and of earlier versions: known, and absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.builtins.elsewhere import PLATFORMS, RETIRED
from gmlrun.builtins.table import Table
from gmlrun.game import Game, check
from gmlrun.runtime.context import Settings

NAMES = [*(f"{first}_do_it" for first in PLATFORMS), *RETIRED]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_absent_and_no_mistake(name: str) -> None:
    table = Table()
    assert table.absent_function(name)
    assert not table.function(name)


def test_a_name_of_nobody_is_a_mistake() -> None:
    assert not any(map(Table().absent_function, ("steamy_do", "steam", "steam_", "switchTo_x", "soundly_play")))


def test_a_program_that_calls_them_runs(tmp_path: Path) -> None:
    path = tmp_path / "game.gml"
    path.write_text("".join(f"{name}();\n" for name in NAMES) + 'show_debug_message("on");')
    assert {found.code for found in check([path])} == {"absent-builtin"}
    printed: list[str] = []
    logged: list[str] = []
    assert Game.load([path], Settings(), output=printed.append, log=logged.append).run() == 0
    assert printed == ["on"]
    assert len(logged) == len(NAMES)


def test_a_function_of_the_program_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "game.gml"
    path.write_text('function steam_name() { return "own"; }\nshow_debug_message(steam_name());')
    printed: list[str] = []
    Game.load([path], Settings(), output=printed.append, log=lambda line: None).run()
    assert printed == ["own"]
