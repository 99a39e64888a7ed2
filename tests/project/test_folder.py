"""Single files and folders without a project file: what `gmlrun PATH` takes for one, what it says of what is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun import project
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.game import Game

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

PROJECT = {
    "scripts/util/util.gml": '#macro GREETING "hi "\nfunction twice(n) { return n * 2; }\nglobal.ready = twice(2);',
    "objects/obj_parent/Create_0.gml": "show_debug_message(GREETING + string(global.ready)); n = 2;",
    "objects/obj_parent/CleanUp_0.gml": 'show_debug_message("clean");',
    "objects/obj_child/obj_child.yy": '{"name":"obj_child","parentObjectId":{"name":"obj_parent","path":"p",},}',
    "objects/obj_child/Step_0.gml": "n--; show_debug_message(n); if (n == 0) game_end();",
}


def test_a_folder_is_run_with_the_object_that_is_asked_for(write: Write, play: Play) -> None:
    code, printed = play(write(PROJECT), spawn="obj_child")
    assert (code, printed) == (0, ["hi 4", "1", "0", "clean"])


def test_a_folder_without_a_room_must_be_told_where_to_start(write: Write, play: Play) -> None:
    with pytest.raises(UsageError, match=r"--spawn \(obj_child, obj_parent\)"):
        play(write(PROJECT))


def test_all_errors_of_all_files_are_reported(write: Write, play: Play) -> None:
    broken = {**PROJECT, "scripts/bad/bad.gml": "x = ;", "objects/obj_child/Create_0.gml": "y = );"}
    with pytest.raises(SourceErrors) as raised:
        Game.load([write(broken)])
    assert sorted(Path(d.place.file).name for d in raised.value.diagnostics) == ["Create_0.gml", "bad.gml"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"notes.txt": "nothing"}, "holds no project: one has scripts"),
        ({"a.yyp": "{}", "b.yyp": "{}"}, "several projects: name one of a.yyp, b.yyp"),
    ],
)
def test_a_folder_that_is_no_program(write: Write, files: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        project.load([write(files)])


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"objects/o/Nonsense_0.gml": ""}, "there is no event of that name"),
        ({"objects/o/Create_0.gml": "", "objects/o/o.yy": "{"}, "the object o: Expecting property name"),
    ],
)
def test_what_is_broken_in_a_folder(write: Write, files: dict[str, str], message: str) -> None:
    with pytest.raises(SourceErrors, match=message):
        Game.load([write(files)])


@pytest.mark.parametrize(
    ("parents", "message"),
    [({"a": "b", "b": "a"}, "its own ancestor"), ({"a": "nobody"}, "has a parent that does not exist: nobody")],
)
def test_a_broken_line_of_parents(write: Write, play: Play, parents: dict[str, str], message: str) -> None:
    files = {f"objects/{name}/Create_0.gml": "x = 1;" for name in parents}
    files |= {f"objects/{n}/{n}.yy": f'{{"parentObjectId":{{"name":"{p}"}}}}' for n, p in parents.items()}
    with pytest.raises(SourceErrors, match=message):
        play(write(files), spawn="a")


def test_a_missing_file_and_one_that_is_not_utf8(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        project.load([tmp_path / "nothing.gml"])
    (tmp_path / "latin.gml").write_bytes(b'x = 1;\ny = "\xe9";')
    with pytest.raises(UsageError, match="not UTF-8: byte 0xe9 in line 2"):
        project.load([tmp_path / "latin.gml"])


def test_further_files_are_scripts(write: Write) -> None:
    folder = write({"main.gml": "show_debug_message(helper());", "lib.gml": "function helper() { return 7; }"})
    printed: list[str] = []
    assert Game.load([folder / "main.gml", folder / "lib.gml"], output=printed.append).run() == 0
    assert printed == ["7"]


def test_a_pragma_may_name_a_script_that_has_no_function_of_its_name(write: Write, play: Play) -> None:
    text = 'gml_pragma("global", "scr_first()");\nshow_debug_message("first");\nfunction one() { return 1; }'
    game = "show_debug_message(one()); game_end();"
    folder = write({"scripts/scr_first/scr_first.gml": text, "objects/obj_game/Create_0.gml": game})
    assert play(folder) == (0, ["first", "1"])
