"""A running game takes its program anew: code changes, what it has made stays."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from gmlrun.errors import SourceErrors
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend

PROGRAM = """
counter = 10;
items = [new Item()];
function step_size() { static calls = 0; calls++; return [1, calls]; }
function Item() constructor { static name = function() { return "old"; }; made = true; }
object obj_base { event other_user0 { show_debug_message("base one"); } }
object obj_child : obj_base { }
child = instance_create_depth(0, 0, 0, obj_child);
event other_user0 {
    var size = step_size();
    counter += size[0];
    show_debug_message($"{counter} {size[1]} {items[0].name()}");
    with (child) event_user(0);
}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "program.gml"
    made.write_text(PROGRAM, encoding="utf-8")
    return made


def started(path: Path, printed: list[str]) -> Game:
    """The program, with its first room entered."""
    game = Game.load([path], output=printed.append, backend=MemoryBackend())
    game.start()
    return game


def user_event(game: Game) -> None:
    """Runs User Event 0 of the program's instance."""
    instance = next(iter(game.world.by_name["program"].instances.values()))
    game.world.dispatch.perform(instance, (7, 10))


def test_functions_events_and_constructors_are_new_and_values_stay(path: Path) -> None:
    printed: list[str] = []
    game = started(path, printed)
    user_event(game)
    changed = (
        PROGRAM.replace("return [1,", "return [100,").replace('"old"', '"new"').replace("counter = 10", "counter = 0")
    )
    path.write_text(changed.replace("base one", "base two"), encoding="utf-8")
    game.reload()
    user_event(game)
    assert printed == ["11 1 old", "base one", "111 2 new", "base two"]


def test_objects_come_and_get_other_parents(path: Path) -> None:
    printed: list[str] = []
    game = started(path, printed)
    more = 'object obj_other { event other_user0 { show_debug_message("other"); } }\n'
    path.write_text(PROGRAM.replace("obj_child : obj_base", "obj_child : obj_other") + more, encoding="utf-8")
    game.reload()
    user_event(game)
    assert printed[-1] == "other"
    assert game.world.by_name["obj_base"].children == []


def test_a_program_with_errors_changes_nothing(path: Path) -> None:
    printed: list[str] = []
    game = started(path, printed)
    path.write_text(PROGRAM.replace("base one", "never") + "x = ;", encoding="utf-8")
    with pytest.raises(SourceErrors):
        game.reload()
    user_event(game)
    assert printed[-1] == "base one"


def test_another_thread_can_have_it_done(path: Path) -> None:
    path.write_text('event step { show_debug_message("waiting"); }', encoding="utf-8")
    waits = threading.Event()
    printed: list[str] = []

    def output(line: str) -> None:
        printed.append(line)
        waits.set()

    game = Game.load([path], output=output)

    def change() -> None:
        waits.wait()
        path.write_text('event step { show_debug_message("done"); game_end(4); }', encoding="utf-8")
        game.call_soon(game.reload)

    thread = threading.Thread(target=change)
    thread.start()
    assert game.run() == 4
    thread.join()
    assert printed[-1] == "done"


def test_events_of_keys_come_with_a_reload(path: Path) -> None:
    path.write_text("event step { show_debug_message(1); }", encoding="utf-8")
    printed: list[str] = []
    game = Game.load([path], output=printed.append, backend=MemoryBackend())

    def change() -> None:
        path.write_text('event keyboard:nokey { show_debug_message("no key"); game_end(); }', encoding="utf-8")
        game.reload()

    game.call_soon(change)
    loop = game.prepare_loop()
    game.start()
    loop.run(lambda: loop.frames > 20)
    assert "no key" in printed
