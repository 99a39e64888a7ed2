"""Functions of other platforms and of earlier versions: known, and absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.build.checking import check
from gmlrun.builtins.elsewhere import PLATFORMS, RETIRED
from gmlrun.builtins.table import Table
from gmlrun.game import Game
from gmlrun.runtime import Settings
from gmlrun.values.absent import PLAIN

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


ABSENT = [name for name in Table().function_names() if Table().absent_function(name)]
RESULTS = sorted({Table().absent_result(name) for name in (*ABSENT, *NAMES)})
BY_TEXT = ("file_exists", "directory_exists", "extension_exists", "ini_key_exists", "ini_section_exists")
BY_TEXT += ("environment_get_variable_exists", "tag_exists")
MORE_ARGUMENTS = {"ds_exists": ", ds_type_list"}
EXISTS = [
    name
    for name, found in ((name, Table().function(name)) for name in Table().function_names())
    if name.endswith("_exists") and name != "instance_exists" and found is not None and name not in BY_TEXT
    if found.minimum == 1 or name in MORE_ARGUMENTS
]


def test_each_gives_something_of_a_kind() -> None:
    assert len(ABSENT) > 1000
    assert {result.rstrip("0123456789") for result in RESULTS} <= {*PLAIN, "struct", "array"}
    assert not [name for name in (*ABSENT, *NAMES) if not Table().absent_result(name)]


def test_nothing_exists_that_they_give(tmp_path: Path) -> None:
    """A live thing of each kind has the number 0 meanwhile, which a bare 0 would stand for."""
    live = [
        "buffer_create(1, buffer_grow, 1)",
        "ds_list_create()",
        "call_later(9, time_source_units_seconds, ord)",
        "layer_create(0)",
    ]
    absent = "buffer_create_from_vertex_buffer(0, buffer_fixed, 1)"
    asked = "".join(
        f'if ({name}({absent}{MORE_ARGUMENTS.get(name, "")})) show_debug_message("{name}");\n' for name in EXISTS
    )
    path = tmp_path / "game.gml"
    path.write_text(f"var live = [{', '.join(live)}];\n{asked}show_debug_message(buffer_exists(live[0])); game_end();")
    printed: list[str] = []
    assert Game.load([path], Settings(), output=printed.append, log=lambda line: None).run() == 0
    assert printed == ["1"]
    assert len(EXISTS) > 5
