"""What a hostile program may take: each excess ends in an error that GML cannot swallow, and all else goes on."""

from __future__ import annotations

import math
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from gmlrun import Game, GmlError, Limits, Permissions, unit
from gmlrun.builtins import catalogue
from gmlrun.execution import link
from gmlrun.execution.link import helpers_for
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.runtime import Runtime
from gmlrun.sandbox import watchdog
from gmlrun.sandbox.claims import SIZES
from gmlrun.sandbox.heap import held
from gmlrun.sandbox.watchdog import Watchdog
from tests.conftest import Run

TIME, MEMORY = 0.3, 32 << 20
LIMITS = Limits(event_time=TIME, memory=MEMORY, sockets=20, handles=500, instances=500, output=5000)
PATIENT = LIMITS._replace(event_time=60.0)
"""For what ends by another limit than that of time, on a slow machine too."""
SLOW = 60.0
"""Seconds within which each of them ends on a machine with much else to do: far from for ever."""

ENDLESS = {
    "loop": "while (true) {}",
    "loop and try": "while (true) { try { throw 1; } catch (e) { caught = e; } }",
    "finally": "while (true) { try { x += 0; } finally { y += 0; } }",
    "nested finally":
        "function f(n) { try { if (n > 0) f(n - 1); while (true) {} } finally { while (true) {} } } f(300);",
    "callback": "array_foreach([1], function() { while (true) {} });",
    "callback of a sort": "array_sort(array_create(99, 0), function(a, b) { while (true) {} });",
    "callback of JSON": 'json_parse("[1]", function(k, v) { while (true) {} });',
    "toString": "t = { toString: function() { while (true) {} } }; string(t);",
    "toString in a print": "show_debug_message({ toString: function() { while (true) {} } });",
    "constructor": "function C() constructor { while (true) {} } new C();",
    "static": "function S() { static s = (function() { while (true) {} })(); } S();",
    "with": "with (all) { while (true) {} }",
    "recursion that branches": "function r(n) { if (n > 0) { r(n - 1); r(n - 1); } } r(200);",
    "a value that is its own half": "var a = [1]; repeat (60) a = [a, a]; string(a);",
    "JSON that is its own half": "var a = [1]; repeat (60) a = [a, a]; json_stringify(a);",
    "recursion with try":
        "function d() { try { d(); } catch (e) { while (true) {} } } while (true) { try { d(); } catch (e) {} }",
    "hiding at the end of the stack":
        "function p() { try { p(); while (true) {} } catch (e) { p(); } } while (true) { try { p(); } catch (e) {} }",
    "unwinding in a loop":
        "function p(n) { if (n > 0) p(n - 1); else { while (true) { try { p(9); } catch (e) {} } } } p(900);",
}  # fmt: skip
MEMORIES = {
    "arrays": "all_ = []; while (true) array_push(all_, [1, 2]);",
    "an array in a local": "var a = []; while (true) array_push(a, random(1));",
    "array by index": "var a = []; a[1000000000] = 1;",
    "array by a large index": "var a = []; a[200000000] = 1;",
    "array_create": "array_create(200000000, 1);",
    "array_create as a value": "var f = array_create; f(200000000, 1);",
    "array_resize": "var a = []; array_resize(a, 200000000);",
    "structs": "s = {}; var i = 0; while (true) s[$ string(i++)] = {};",
    "instance variables": "var i = 0; while (true) variable_instance_set(id, $\"v{i++}\", string(i));",
    "globals": "global.g = []; while (true) array_push(global.g, string(random(1)));",
    "statics": "function f() { static s = []; array_push(s, {}); } while (true) f();",
    "functions": "f = []; while (true) array_push(f, method({}, function() {}));",
    "doubled string": 'var s = "xxxxxxxx"; while (true) s += s;',
    "string_repeat": 'string_repeat(string_repeat("x", 1000), 100000);',
    "string_replace_all": 'string_replace_all(string_repeat("a", 100000), "a", string_repeat("b", 1000));',
    "string_join": 'string_join_ext(string_repeat("a", 100000), array_create(10000, ""));',
    "string_concat": 'string_concat_ext(array_create(10000, string_repeat("a", 100000)));',
    "string_concat of a small array": 'string_concat_ext(array_create(900, string_repeat("a", 1000000)));',
    "string_split": 'string_split(string_repeat("a,", 5000000), ",");',
    "JSON": 'json_parse("[" + string_repeat("[],", 5000000) + "1]");',
    "buffers": "while (true) buffer_create(1000000, buffer_fixed, 1);",
    "buffer": "buffer_create(1000000000, buffer_fixed, 1);",
    "growing buffer": "var b = buffer_create(1, buffer_grow, 1); while (true) buffer_write(b, buffer_f64, 1);",
    "buffer by offset": "var b = buffer_create(1, buffer_grow, 1); buffer_poke(b, 1000000000, buffer_u8, 1);",
    "ds_list": "var l = ds_list_create(); while (true) ds_list_add(l, random(1));",
    "ds_list by index": "var l = ds_list_create(); l[| 100000000] = 1;",
    "ds_map": "var m = ds_map_create(); var i = 0; while (true) m[? i++] = random(1);",
    "ds_grid": "ds_grid_create(10000, 10000);",
    "swallowed": "a = []; while (true) { try { array_push(a, array_create(100000, 1)); } catch (e) {} }",
    "queued requests": 'while (true) http_get("http://127.0.0.1:1/" + string_repeat("x", 10000));',
}  # fmt: skip
NUMBERS = {
    "instances": ("while (true) instance_create_depth(0, 0, 0, program_object());", "instances"),
    "instances of events": ("instance_create_depth(0, 0, 0, obj_more);", "instances"),
    "ds_lists": ("while (true) ds_list_create();", "data structures"),
    "ds_maps": ("while (true) { try { ds_map_create(); } catch (e) {} }", "data structures"),
    "buffers": ("while (true) buffer_create(1, buffer_fixed, 1);", "data structures"),
    "time sources": ("while (true) time_source_create(time_source_game, 1, time_source_units_frames, idle);", "data"),
    "timers": ("while (true) call_later(1, time_source_units_frames, idle);", "data structures"),
    "sockets": ("while (true) network_create_socket(network_socket_tcp);", "sockets"),
    "servers": ("var p = 7000; while (true) network_create_server(network_socket_tcp, p++, 1);", "sockets"),
    "prints": ('while (true) show_debug_message("x");', "characters"),
    "swallowed prints": ('while (true) { try { show_debug_message("x"); } catch (e) {} }', "characters"),
    "one large print": ('show_debug_message(string_repeat("x", 10000));', "characters"),
    "log": ('while (true) network_create_socket(99);', "characters"),
}  # fmt: skip
HEAD = 'idle = function() {}; function program_object() { return asset_get_index("program"); }\n'
MORE = "object obj_more { event create { instance_create_depth(0, 0, 0, obj_more); } }\n"


def game_of(text: str, limits: Limits, **more: Any) -> Game:
    kept: dict[str, Any] = {"on_output": lambda line: None, "on_log": lambda line: None, "backend": MemoryBackend()}
    permissions = Permissions.sandbox(net=True, listen=True, http=True)
    return Game(text, limits=limits, permissions=permissions, **{**kept, **more})


def ends(body: str, limits: Limits, **more: Any) -> str:
    """The message of the error that a call of a hostile function ends in; the game and its neighbour go on."""
    neighbour = game_of("function fine() { return 1; }", limits)
    text = f"{HEAD}{MORE}function attack() {{ {body} }}\nfunction fine() {{ return 1; }}"
    with game_of(text, limits, **more) as game:
        began = time.monotonic()
        with pytest.raises(GmlError) as caught:
            game.call("attack")
        assert time.monotonic() - began < SLOW
        if limits.memory is not None and "Out of memory" not in caught.value.message:
            assert game.call("fine") == 1
        assert neighbour.call("fine") == 1
    neighbour.close()
    return caught.value.message


@pytest.mark.parametrize("kind", ENDLESS)
def test_what_is_endless_ends(kind: str) -> None:
    assert "was ended" in ends(ENDLESS[kind], Limits(event_time=TIME))


@pytest.mark.parametrize("kind", ["loop and try", "nested finally", "hiding at the end of the stack", "toString"])
def test_what_is_endless_ends_on_another_thread(kind: str) -> None:
    messages: list[str] = []
    thread = threading.Thread(target=lambda: messages.append(ends(ENDLESS[kind], Limits(event_time=TIME))))
    thread.start()
    thread.join(SLOW)
    assert "was ended" in messages[0]


def test_endless_recursion_ends_in_an_error() -> None:
    assert ends("function r() { r(); } r();", PATIENT).startswith("Stack overflow")
    assert "would take longer" in ends('string_repeat("x", 1000000000000);', Limits(event_time=TIME))
    assert "cannot be repeated" in ends('string_repeat("x", 1000000000000);', Limits(output=5000))


@pytest.mark.parametrize("kind", MEMORIES)
def test_what_takes_memory_without_end_ends(kind: str) -> None:
    message = ends(MEMORIES[kind], PATIENT._replace(handles=None))
    assert "Out of memory: the game holds more than 32 MiB" in message


def test_memory_ends_on_another_thread() -> None:
    messages: list[str] = []
    thread = threading.Thread(target=lambda: messages.append(ends(MEMORIES["structs"], PATIENT)))
    thread.start()
    thread.join(SLOW)
    assert "Out of memory" in messages[0]


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_have_limits(kind: str) -> None:
    body, words = NUMBERS[kind]
    message = ends(body, PATIENT._replace(memory=None))
    assert "more than" in message
    assert words in message


SHORT_CALLS = {
    "a value": "array_push(kept, array_create(50000, random(1)));",
    "an error": "array_push(kept, array_create(50000, random(1))); throw 1;",
    "text": 'array_push(kept, string_repeat("x", 500000));',
}


MANY_CALLS = """
import sys
from gmlrun import Game, GmlError, Limits

with Game(sys.argv[1], limits=Limits(event_time=60, memory=int(sys.argv[2])), on_log=lambda line: None) as game:
    message, calls = "", 0
    while "Out of memory" not in message and calls < 2000:
        calls += 1
        try:
            game.call("f")
        except GmlError as error:
            message = error.message
    print(calls)
"""


@pytest.mark.parametrize("kind", SHORT_CALLS)
def test_many_calls_that_are_too_short_to_be_looked_at(kind: str, environment: dict[str, str]) -> None:
    """The timer begins anew with each call: what they leave is counted all the same.

    The process is a new one: what another has free would be filled first.
    """
    text = f"kept = []; function f() {{ {SHORT_CALLS[kind]} }}"
    command = [sys.executable, "-c", MANY_CALLS, text, str(2 * MEMORY)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=50)
    assert done.stderr == ""
    assert int(done.stdout) < 6 * MEMORY / 400_000


def test_a_game_within_its_limits_is_left_alone() -> None:
    text = """
    lists = ds_list_create();
    function work(n) {
        var kept = [];
        repeat (n) {
            var a = array_create(1000, 1), l = ds_list_create(), b = buffer_create(1000, buffer_grow, 1);
            ds_list_destroy(l); buffer_delete(b); array_push(kept, string_repeat("x", 100));
            instance_destroy(instance_create_depth(0, 0, 0, obj_more));
        }
        show_debug_message(n);
        time_source_destroy(time_source_create(time_source_game, 1, time_source_units_frames, function() {}));
        return array_length(kept);
    }
    object obj_more { }
    """
    with game_of(text, PATIENT) as game:
        for _ in range(5):
            assert game.call("work", 600) == 600


def test_shared_values_count_once() -> None:
    text = 'shared = string_repeat("x", 1000000); all_ = array_create(1000, shared); floats = array_create(100000, 1);'
    with game_of(text, PATIENT) as game:
        size = held(game.runner.rt, [], 1 << 30)
        assert size is not None
        assert 1_000_000 < size < 5_000_000


def test_of_many_numbers_a_part_is_looked_at() -> None:
    text = """
    numbers = array_create(1000000, 0);
    for (var i = 0; i < 1000000; i++) numbers[i] = i + 0.5;
    numbers[random(1000000)] = string_repeat("x", 10000000);
    numbers[random(1000000)] = array_create(1000000, "y");
    """
    with game_of(text, PATIENT._replace(memory=None)) as game:
        size = held(game.runner.rt, [], 1 << 30)
        assert size is not None
        assert 45_000_000 < size < 60_000_000


def test_counting_ends_with_the_time() -> None:
    with game_of("all_ = []; repeat (9999) array_push(all_, {});", PATIENT) as game:
        assert held(game.runner.rt, [], 1 << 30, until=time.monotonic() - 1) is None


@pytest.mark.parametrize("kind", ["arrays", "structs"])
def test_where_there_is_no_time_to_count_the_growth_of_the_process_counts(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "COUNTED", -1.0)
    assert "Out of memory" in ends(MEMORIES[kind], PATIENT)


def test_what_a_game_holds_is_not_what_its_host_holds() -> None:
    kept = ["x" * 1000 for _ in range(10_000)]
    game = game_of("x = 1;", PATIENT)

    @game.function
    def count() -> int:
        return len(kept)

    with game:
        assert game.eval("count()") == 10_000
        assert (held(game.runner.rt, [], 1 << 30) or math.inf) < 1_000_000


# ---------------------------------------------------------------- events and turns


def test_the_game_goes_on_after_an_event_that_was_ended() -> None:
    reports: list[str] = []
    text = "n = 0; event step { n += 1; if (n == 2) while (true) {} if (n == 4) game_end(6); }"
    game = game_of(text, Limits(event_time=TIME), on_error=lambda report: reports.append(report.message))
    assert game.run() == 6
    assert len(reports) == 1


def test_many_events_of_one_turn_end_together() -> None:
    reports: list[str] = []
    text = """
    object obj_slow { event step { var until_ = current_time + 60; while (current_time < until_) {} global.n += 1; } }
    global.n = 0;
    repeat (200) instance_create_depth(0, 0, 0, obj_slow);
    """
    game = game_of(text, Limits(event_time=TIME), on_error=lambda report: reports.append(report.message))
    with game:
        while not reports:
            game.step(0.02)
        assert "without a pause" in reports[0]
        assert game.globals.n < 20
        game.exec("instance_destroy(obj_slow);")


def test_many_short_calls_are_not_one_long_call() -> None:
    with game_of(
        "function f() { var u = current_time + 20; while (current_time < u) {} return 7; }", Limits(event_time=TIME)
    ) as game:
        assert {game.call("f") for _ in range(30)} == {7}


def test_a_function_of_the_host_is_not_ended_in_its_middle() -> None:
    finished: list[int] = []
    game = game_of("function f() { slow(); while (true) {} }", Limits(event_time=TIME))

    @game.function
    def slow() -> None:
        time.sleep(2 * TIME)
        for _ in range(1000):
            time.sleep(0)
        finished.append(1)

    with game, pytest.raises(GmlError, match="has run for"):
        game.call("f")
    assert finished == [1]


class Dying:
    """An object of the host's, in a ring with itself, whose end takes longer than the limit."""

    def __init__(self, ended: list[int]) -> None:
        self.ring, self.ended = self, ended

    def __del__(self) -> None:
        until = time.monotonic() + 2 * TIME
        while time.monotonic() < until:
            pass
        self.ended.append(1)


@pytest.mark.parametrize("is_main", [True, False], ids=["main thread", "another thread"])
def test_the_end_of_a_hosts_object_is_not_ended_in_its_middle(is_main: bool) -> None:
    ended: list[int] = []
    messages: list[str] = []
    game = game_of("function f() { drop(); gc_collect(); while (true) {} }", Limits(event_time=TIME))

    @game.function
    def drop() -> None:
        Dying(ended)

    def host() -> None:
        with pytest.raises(GmlError, match=r"has run for|without a pause") as caught:
            game.call("f")
        messages.append(caught.value.message)

    run_on(host, is_main)
    game.close()
    assert (ended, len(messages)) == ([1], 1)


def run_on(host: Callable[[], None], is_main: bool) -> None:
    if is_main:
        host()
        return
    thread = threading.Thread(target=host)
    thread.start()
    thread.join(SLOW)


def test_a_loop_in_a_callback_of_the_host_is_ended() -> None:
    game = game_of("function f() { each(function() { while (true) {} }); }", Limits(event_time=TIME))

    @game.function
    def each(callback: Callable[..., Any]) -> None:
        callback()

    with game, pytest.raises(GmlError, match="has run for"):
        game.call("f")


def test_games_with_limits_inside_each_other() -> None:
    inner = game_of("function loop() { while (true) {} }", Limits(event_time=TIME))
    outer = game_of("function go() { try { run_inner(); } catch (e) { return e.message; } }", Limits(event_time=60.0))

    @outer.function
    def run_inner() -> None:
        inner.call("loop")

    with inner, outer:
        assert "has run for 0.3 seconds" in outer.call("go")


def test_the_timer_signal_stays_the_hosts() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: heard.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with game_of("function f() { return 1; }", Limits(event_time=60.0)) as game:
            game.call("f")
            until = time.monotonic() + SLOW
            while not heard and time.monotonic() < until:
                time.sleep(0.01)
        assert heard == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def test_nothing_is_raised_in_a_host_on_another_thread() -> None:
    """A game that ends just at its limit, again and again: its host never meets the exception itself."""
    faults: list[BaseException] = []
    outcomes: set[str] = set()

    def host() -> None:
        game = game_of(
            "function f(ms) { var u = get_timer() + ms * 1000; while (get_timer() < u) {} }", Limits(event_time=0.02)
        )
        try:
            with game:
                for turn in range(100):
                    try:
                        game.call("f", 19 + turn % 8)
                        outcomes.add("in time")
                    except GmlError:
                        outcomes.add("ended")
                    for _ in range(1000):
                        pass
        except BaseException as error:
            faults.append(error)

    thread = threading.Thread(target=host)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    assert faults == []
    assert "ended" in outcomes


def test_without_limits_nothing_watches() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with Game("x = 1;", on_log=lambda line: None) as game:
        game.exec("x = 2;")
        rt = game.runner.rt
        assert rt.stand_ins == {}
        assert rt.service(Watchdog).looker is None
        assert signal.getsignal(signal.SIGALRM) == before


def test_each_rare_helper_can_be_made() -> None:
    assert set(link.RARE) == unit.RARE
    assert all(callable(make(Runtime())) or make(Runtime()) for make in link.RARE.values())


def test_every_claim_is_of_a_function_that_there_is() -> None:
    known = {*catalogue.load().functions, *(name.removeprefix("gml_") for name in helpers_for(Runtime()))}
    assert set(SIZES) - known == set()


@pytest.mark.parametrize(
    ("option", "code", "words"),
    [
        ("--max-instances=50", "repeat (100) instance_create_depth(0, 0, 0, obj_a);", "more than 50 instances"),
        ("--max-handles=50", "repeat (100) ds_list_create();", "more than 50 data structures"),
        ("--max-output=50", 'repeat (100) show_debug_message("x");', "more than 50 characters"),
    ],
)
def test_options(gmlrun: Run, tmp_path: Any, option: str, code: str, words: str) -> None:
    (tmp_path / "main.gml").write_text(f"object obj_a {{ }}\ntry {{ {code} }} catch (e) {{ }}\n")
    result = gmlrun("main.gml", option)
    assert result.returncode == 1
    assert words in result.stderr
    assert option.partition("=")[0] in result.stderr
