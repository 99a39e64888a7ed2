"""Games inside a Python program, by the public API alone."""

from __future__ import annotations

import math
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

import gmlrun
from gmlrun import CompiledProgram, Game, GmlError, Host, Int64, Settings, SourceErrors, UsageError, undefined
from gmlrun.execution import boundary

PROGRAM = """
global.hp = 10;
items = [1, 2];
function add(a, b) { return a + b; }
function identity(value) { return value; }
function twice_by(f, value) { return f(f(value)); }
function fails() { return missing_member.x; }
function throws(value) { throw value; }
"""


@pytest.fixture
def game() -> Iterator[Game]:
    with Game(PROGRAM, on_output=print) as made:
        yield made


def test_the_package_exports_what_it_says() -> None:
    assert all(hasattr(gmlrun, name) for name in gmlrun.__all__)
    assert dir(gmlrun) == gmlrun.__all__
    with pytest.raises(AttributeError, match="no attribute 'Gmae'"):
        _ = gmlrun.Gmae  # type: ignore[attr-defined]


# ----------------------------------------------------------------------- calls


def test_a_call_takes_and_gives_values(game: Game) -> None:
    assert game.call("add", 2, 0.5) == 2.5
    assert game.call("add", "a", "b") == "ab"


def test_an_unknown_function_is_a_key_error(game: Game) -> None:
    with pytest.raises(KeyError, match="no function ad"):
        game.call("ad")


VALUES: list[tuple[Any, Any, type]] = [
    (3, 3.0, float),
    (0.5, 0.5, float),
    (True, True, bool),
    ("grün", "grün", str),
    ("\ud800", "\ufffd", str),
    (None, undefined, type(undefined)),
    (undefined, undefined, type(undefined)),
    (Int64(5), 5, Int64),
    (2**53 + 1, 2**53 + 1, Int64),
    (-(2**63), -(2**63), Int64),
    ([1, [2, "x"]], [1, [2, "x"]], gmlrun.Array),
    ((1, 2), [1, 2], gmlrun.Array),
    ({"a": 1, "b": {"c": None}}, {"a": 1, "b": {"c": undefined}}, gmlrun.Struct),
    ({"__class__": 1, "keys": 2}, {"__class__": 1, "keys": 2}, gmlrun.Struct),
]


@pytest.mark.parametrize(("given", "expected", "kind"), VALUES, ids=[repr(row[0])[:30] for row in VALUES])
def test_values_go_in_and_come_out(game: Game, given: Any, expected: Any, kind: type) -> None:
    got = game.call("identity", given)
    assert type(got) is kind
    assert got == expected
    assert game.call("identity", got) == expected


def test_a_nan_stays_one(game: Game) -> None:
    assert math.isnan(game.call("identity", math.nan))


@pytest.mark.parametrize("value", [object(), 1j, {1: 2}, {1, 2}])
def test_what_gml_cannot_hold_is_a_type_error(game: Game, value: Any) -> None:
    with pytest.raises(TypeError):
        game.call("identity", value)


def test_a_number_beyond_64_bits_is_an_overflow_error(game: Game) -> None:
    with pytest.raises(OverflowError, match="int64"):
        game.call("identity", 2**63)


def test_a_list_that_holds_itself(game: Game) -> None:
    ring: list[Any] = [1]
    ring.append(ring)
    assert game.call("identity", ring)[1][1][0] == 1


# ----------------------------------------------------------------------- views


def test_arrays_are_shared(game: Game) -> None:
    shared = game.call("identity", [1, 2, 3])
    game.globals.shared = shared
    game.exec("array_push(global.shared, 4);")
    assert shared == [1, 2, 3, 4]
    shared.append({"name": "five"})
    assert game.eval("global.shared[4].name") == "five"
    del shared[0]
    shared[0] = "two"
    assert game.eval("global.shared[0]") == "two"
    assert shared[1:3] == [3, 4]


def test_structs_are_shared_mappings(game: Game) -> None:
    player = game.eval('({ name: "Ada", hp: 7, bag: [] })')
    assert (player.name, player["hp"], list(player), len(player)) == ("Ada", 7, ["name", "hp", "bag"], 3)
    player.hp = 6
    game.globals.player = player
    game.exec("global.player.hp -= 1; global.player.met = true;")
    assert dict(player) == {"name": "Ada", "hp": 5, "bag": [], "met": True}
    del player["met"]
    with pytest.raises(AttributeError, match="no variable met"):
        _ = player.met
    with pytest.raises(KeyError):
        del player["met"]


def test_instances_are_mappings(game: Game) -> None:
    (own,) = game.instances("program")
    assert own.items is not None
    assert own["items"] == [1, 2]
    own.x = 12
    assert game.eval("x") == 12
    with pytest.raises(KeyError):
        game.instances("nothing")


def test_functions_go_both_ways(game: Game) -> None:
    assert game.call("twice_by", lambda value: value * 3, 2) == 18
    double = game.eval("function(value) { return value * 2; }")
    assert double(4) == 8
    assert game.call("twice_by", double, 1) == 4


def test_buffers_are_views_of_their_bytes(game: Game) -> None:
    buffer = game.call("identity", b"abc")
    with buffer.memory as memory:
        memory[0] = ord("x")
    game.globals.buffer = buffer
    assert game.eval("buffer_read(global.buffer, buffer_text)") == "xbc"
    assert (bytes(buffer), len(buffer), buffer.position) == (b"xbc", 3, 3)


def test_everything_has_a_repr_that_says_what_it_is(game: Game) -> None:
    shown = {name: repr(game.eval(text)) for name, text in (("map", "ds_map_create()"), ("function", "add"))}
    assert shown["map"].startswith("<gmlrun Reference ref ds_map")
    assert shown["function"].startswith("<gmlrun Function")
    assert repr(game.eval("int64(5)")) == "Int64(5)"
    assert f"{game.eval('int64(5)')}" == "5"
    assert repr(game) == "<gmlrun Game, started>"


# ---------------------------------------------------------------- host functions


def test_host_functions_have_signatures() -> None:
    game = Game("function use(name, times = 2) { return greet(name, times); }")

    @game.function
    def greet(name: str, times: int = 1) -> str:
        """Greets somebody several times."""
        return f"hi {name} " * times

    game.constant("LIMIT", [1, 2])
    assert game.call("use", "Ada") == "hi Ada hi Ada "
    assert game.eval('greet("Bo")') == "hi Bo "
    assert game.eval("LIMIT[1]") == 2
    assert game.host.describe("greet").startswith("greet(name: String, [times: Real]) → String\n    Greets somebody")
    with pytest.raises(GmlError, match="argument 1 of greet: expected a string, got 5"):
        game.eval("greet(5)")
    with pytest.raises(SourceErrors, match="greet"):
        game.eval("greet()")
    game.close()


def test_a_host_functions_exception_is_a_gml_error() -> None:
    game = Game("""
        function caught() { try { fail(); } catch (error) { return error.message; } }
        function loose() { fail(); }
    """)

    @game.function
    def fail() -> None:
        raise ValueError("not today")

    assert game.call("caught") == "fail: ValueError: not today"
    with pytest.raises(GmlError, match="not today") as caught:
        game.call("loose")
    assert isinstance(caught.value.__cause__, ValueError)
    assert caught.value.place is not None
    assert caught.value.place.line == 3
    assert [frame.function for frame in caught.value.stack] == ["gml_Script_loose"]


def test_a_host_functions_result_must_be_a_gml_value() -> None:
    game = Game()

    @game.function
    def odd() -> Any:
        return object()

    with pytest.raises(GmlError, match="odd returned what GML cannot hold"):
        game.eval("odd()")


@pytest.mark.parametrize("name", ["", "two words", "1st", "__x", "grün"])
def test_a_name_that_gml_cannot_have(name: str) -> None:
    with pytest.raises(ValueError, match="GML cannot have"):
        Host().constant(name, 1)


# ----------------------------------------------------------------------- errors


def test_errors_have_message_place_and_stack(game: Game) -> None:
    with pytest.raises(GmlError, match="missing_member") as caught:
        game.call("fails")
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (7, 27)
    with pytest.raises(GmlError) as thrown:
        game.call("throws", {"code": 7})
    assert thrown.value.value.code == 7


def test_a_program_with_errors_tells_all_of_them() -> None:
    with pytest.raises(SourceErrors) as caught:
        Game("var x = ;\nstring_uper();").start()
    assert caught.value.diagnostics


def test_a_path_that_is_none() -> None:
    with pytest.raises(UsageError, match="there is no file"):
        Game("nowhere.gml").start()


def test_a_closed_game_says_so() -> None:
    game = Game()
    game.close()
    game.close()
    with pytest.raises(UsageError, match="closed"):
        game.eval("1")


# ---------------------------------------------------------------------- running


def test_run_returns_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text("alarm[0] = 1; event alarm0 { game_end(4); }")
    assert Game(tmp_path / "main.gml").run() == 4


def test_an_error_ends_run_unless_somebody_takes_it() -> None:
    program = "count = 0; event step { count += 1; if (count == 3) game_end(count); undefined_thing.x = 1; }"
    with pytest.raises(GmlError, match="undefined_thing"):
        Game(program).run()
    reports: list[Any] = []
    assert Game(program, on_error=reports.append).run() == 3
    assert len(reports) == 3
    assert reports[0].where == "Step Event0 for object program"


def test_emit_runs_events(game: Game) -> None:
    game.exec('event other_user0 { global.hp += 1; } event async_system { global.seen = async_load[? "word"]; }')
    game.emit("other_user0")
    game.emit("async_system", {"word": "here"})
    assert (game.globals.hp, game.globals.seen) == (11, "here")
    with pytest.raises(ValueError, match="there is no event usr0"):
        game.emit("usr0")


def test_stop_from_another_thread() -> None:
    ended: list[str] = []
    game = Game('event step { } event other_game_end { show_debug_message("bye"); }', on_output=ended.append)
    game.start()
    timer = threading.Timer(0.05, game.stop, [9])
    timer.start()
    assert game.run() == 9
    timer.join()
    assert ended == ["bye"]


def test_step_says_whether_the_game_goes_on() -> None:
    game = Game("event step { if (current_time > 0) n = 1; }")
    assert game.step()
    game.stop()
    assert not game.step()
    game.close()


def test_an_error_in_the_last_events_leaves_no_socket_open() -> None:
    program = "network_create_server(network_socket_tcp, 0, 4); event other_game_end { nothing_here.x = 1; }"
    game = Game(program, on_log=lambda line: None)
    game.start()
    backend = game.runner.rt.backend
    with pytest.raises(GmlError, match="nothing_here"):
        game.close()
    assert backend.selector.get_map() is None
    game.close()


def test_other_instances_have_their_turn_after_an_error() -> None:
    lines: list[str] = []
    reports: list[Any] = []
    game = Game(
        "event step { if (id == first) nothing_here.x = 1; show_debug_message(string(id != first)); }",
        on_output=lines.append,
        on_error=reports.append,
    )
    game.exec("first = id; var other_one = instance_create_depth(0, 0, 0, object_index); other_one.first = id;")
    game.emit("step")
    assert (lines, len(reports)) == (["1"], 1)


def test_only_async_events_take_values(game: Game) -> None:
    with pytest.raises(ValueError, match="the event step takes no values"):
        game.emit("step", {"a": 1})


def test_an_expression_calls_what_is_defined_anew(game: Game) -> None:
    assert game.eval("add(1, 2)") == 3
    game.exec("function add(a, b) { return a * b * 10; }")
    assert game.eval("add(1, 2)") == 20


SPINS = """
function spin() { while (true) { try { throw 1; } catch (error) { caught = error; } } }
event step { spin(); }
"""


@pytest.mark.parametrize("is_main", [True, False], ids=["main thread", "another thread"])
def test_a_call_that_runs_too_long_is_an_error(is_main: bool) -> None:
    errors: list[str] = []

    def host() -> None:
        game = Game(SPINS, settings=Settings(event_timeout=0.2))
        for run in (lambda: game.call("spin"), lambda: game.eval("spin()"), game.step, lambda: game.emit("step")):
            with pytest.raises(GmlError) as caught:
                run()
            errors.append(caught.value.message)
        game.close()

    if is_main:
        host()
    else:
        thread = threading.Thread(target=host)
        thread.start()
        thread.join(20)
    assert len(errors) == 4
    assert all("--event-timeout" in error for error in errors)


def test_a_host_may_end_without_closing_its_game() -> None:
    code = (
        "import time; from gmlrun import Game, Settings\n"
        "game = Game('', settings=Settings(event_timeout=0.01)); game.eval('1')\n"
        "class Late:\n    def __del__(self): time.sleep(0.1)\n"
        "kept = Late(); print('end')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30)
    assert (done.stdout, done.stderr, done.returncode) == ("end\n", "", 0)


def test_a_time_limit_is_that_of_one_game() -> None:
    busy = "function work() { var until_ = get_timer() + 500000; while (get_timer() < until_) {} return 5; }"
    with Game("", settings=Settings(event_timeout=0.1)) as limited, Game(busy) as free:
        limited.eval("1")
        assert free.call("work") == 5


def test_stop_ends_a_step_event_that_goes_on_for_ever() -> None:
    game = Game(SPINS)
    game.start()
    timer = threading.Timer(0.1, game.stop, [8])
    timer.start()
    assert game.run() == 8
    timer.join()


# ------------------------------------------------------------------- many games


def test_games_of_one_program_do_not_touch() -> None:
    program = CompiledProgram(PROGRAM)
    one, two = Game(program), Game(program)
    one.globals.hp = 1
    one.exec("items[0] = 99; function add(a, b) { return 0; }")
    assert (two.globals.hp, two.eval("items[0]"), two.call("add", 1, 2)) == (10, 1, 3)


def test_a_small_game_takes_at_most_64_kib() -> None:
    program = CompiledProgram("hp = 3; function f(x) { return x + 1; } event step { hp += 1; }")
    Game(program).start()
    tracemalloc.start()
    try:
        games = [Game(program) for _ in range(200)]
        for game in games:
            game.start()
        taken = tracemalloc.get_traced_memory()[0] / len(games)
    finally:
        tracemalloc.stop()
    assert taken <= 64 * 1024


def test_an_error_at_an_instruction_without_a_line() -> None:
    """A limit may end an event in one of Python's own instructions, which belongs to no line."""
    game = Game("function f() { try { return look(); } catch (e) { return e; } }")
    found: list[str] = []

    @game.function
    def look() -> None:
        frame = sys._getframe()
        while frame.f_code.co_name != "gml_Script_f":
            assert frame.f_back is not None
            frame = frame.f_back
        lines = [position[0] for position in frame.f_code.co_positions()]
        error = GmlError("ended").with_traceback(TracebackType(None, frame, 2 * lines.index(None), -1))
        place = boundary.place_of(error, {})
        assert place is not None
        found.append(f"{place.line} {boundary.stack_of(error)[0].line}")

    with game:
        game.call("f")
    assert found == ["1 1"]
