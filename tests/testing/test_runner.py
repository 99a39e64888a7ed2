"""Each test runs in a fresh game; what goes wrong in one is told with its place and harms no other."""

from __future__ import annotations

import pytest

from gmlrun.testing import runner
from tests.testing.conftest import Try


def test_each_test_has_a_fresh_game(attempt: Try) -> None:
    results = attempt("""
        count = 0; global.count = 0;
        function test_one() { count++; global.count++; assert_equals(count + global.count, 2); }
        function test_two() { count++; global.count++; assert_equals(count + global.count, 2); }
    """)
    assert [result.status for result in results.values()] == ["passed", "passed"]


TRACES = """
    function counted() { static calls = 0; return ++calls; }
    function Thing() constructor { static made = 0; static name = function() { return made; }; made++; }
    function everything() {
        var list = ds_list_create(), map = ds_map_create(), buffer = buffer_create(8, buffer_grow, 1);
        var file = file_exists("kept.txt");
        var text = file_text_open_write("kept.txt");
        file_text_close(text);
        var thing = new Thing();
        global.seen = variable_global_exists("seen");
        kept = variable_instance_exists(id, "kept");
        show_debug_message([
            counted(), thing.name(), Thing.made, real(list), real(map), real(buffer), random(1), irandom(1000),
            current_time, get_timer(), date_current_datetime(), network_create_server(network_socket_tcp, 6510, 4),
            network_create_socket(network_socket_udp), instance_number(all), id, file, global.seen, kept,
            asset_get_index("everything"), array_length(variable_struct_get_names(static_get(Thing))),
        ]);
        static_get(Thing).later = 1;
        thing.toString = function() { return "other"; };
        call_later(1, time_source_units_seconds, function() { show_debug_message("late"); });
        randomise();
        test_advance(2.5);
        game_set_speed(10, gamespeed_fps);
        assert_equals([1, { a: 2 }], [1, { a: 2 }]);
    }
"""


def test_each_test_begins_as_the_first_one_does(attempt: Try) -> None:
    names = ("first", "second", "third")
    results = attempt(TRACES + "".join(f"function test_{name}() {{ everything(); }}\n" for name in names))
    assert [(result.status, result.message) for result in results.values()] == [("passed", "")] * 3
    first, second, third = ([line for line in result.output if "gmlrun" not in line] for result in results.values())
    assert first[0].startswith("[ 1,1,1,0,0,0,")
    assert len(first) == 2
    assert first == second == third


def test_setup_and_teardown_run_around_each_test(attempt: Try) -> None:
    results = attempt("""
        function test_setup() { ready = true; }
        function test_teardown() { show_debug_message("down"); }
        function test_good() { assert_true(ready); }
        function test_bad() { assert_false(ready); }
    """)
    assert [(result.status, result.output) for result in results.values()] == [
        ("passed", ["down"]),
        ("failed", ["down"]),
    ]


FAULTS = [
    ("assert_equals(1, 2);", "expected 2, got 1"),
    ('throw "no";', "Unable to find a handler for exception no"),
    ("game_end(3);", "the test ended its game with exit code 3"),
    ("var a = [1]; a[7]++;", "Push :: Execution Error - Variable Index [7] out of range [1]"),
    ("test_advance(-1);", "test_advance: seconds must be a number of at least 0, not -1"),
    ("test_advance();", "test_advance: 0 arguments, expected test_advance(seconds)"),
    ("test_net({ latncy: 5 });", "test_net: there is no option latncy: did you mean latency?"),
    ("test_net({ loss: 5 });", "test_net: loss must be a number from 0 to 1, not 5"),
    ('test_start("none.gml");', "test_start: there is no file"),
    ('test_start("a", { scripts: "b.gml" });', "test_start: scripts must be an array of strings, not b.gml"),
    ("test_log(4);", "test_log: the game must be what test_start has returned, not 4"),
    ("test_until(function() { return false; }, 2);", "test_until: the condition did not become true within 2 seconds"),
]


@pytest.mark.parametrize(("code", "message"), FAULTS)
def test_a_fault_is_told_with_the_line_of_the_test(attempt: Try, code: str, message: str) -> None:
    result = attempt(f"function test_it() {{\n    {code}\n}}")["test_it"]
    assert result.status == "failed"
    assert result.message.startswith(message)
    if "game_end" not in code:
        assert result.place is not None
        assert (result.place.file[-11:], result.place.line) == ("test_it.gml", 2)


def test_a_fault_in_teardown_fails_the_test(attempt: Try) -> None:
    result = attempt('function test_a() {}\nfunction test_teardown() { throw "late"; }')["test_a"]
    assert (result.status, result.message.partition(":")[0]) == ("failed", "in test_teardown")


def test_an_endless_loop_is_told_with_its_line(attempt: Try) -> None:
    result = attempt(
        "function test_a() {\n    var i = 0;\n    try {\n        while (true) i++;\n    } catch (e) {}\n}", 0.3
    )
    assert result["test_a"].message.startswith("the test has not ended after 0.3 seconds")
    assert result["test_a"].place is not None
    assert result["test_a"].place.line == 4


def test_of_a_megabyte_of_output_the_end_is_kept(attempt: Try) -> None:
    result = attempt('function test_a() { repeat (20000) show_debug_message(string_repeat("x", 60)); assert_fail(); }')
    output = result["test_a"].output
    assert output[0] == "… 19800 lines before these are not shown"
    assert len(output) == 201


def test_marks_skip_and_expect_failure(attempt: Try) -> None:
    results = attempt("""
        /// @test skip not yet
        function test_a() { assert_fail(); }
        /// @test todo soon
        function test_b() { assert_fail(); }
        function test_c() { }
    """)
    assert [result.status for result in results.values()] == ["skipped", "todo", "passed"]
    assert results["test_a"].message == "not yet"


def test_a_file_without_functions_is_one_test(attempt: Try) -> None:
    results = attempt(
        "show_debug_message(1);\ncall_later(100, time_source_units_seconds, function() { game_end(4); });"
    )
    assert [(name, result.message) for name, result in results.items()] == [
        ("(program)", "the test ended its game with exit code 4")
    ]


def test_a_program_that_waits_for_nobody_is_told(attempt: Try) -> None:
    result = attempt("network_create_server(network_socket_tcp, 6510, 4);")["(program)"]
    assert result.message == "the program waits for the network, and nothing can arrive any more"


def test_functions_are_tests_wherever_they_stand_on_a_line(attempt: Try) -> None:
    results = attempt("""
        /* function test_gone() {} */ count = 1; function test_a() {} function test_b() {}
        /// @test skip later
        function helper() {} function test_c() {
        }
        /*
        function test_gone() {}
        */
        /// @test todo soon
        function
            test_d() { assert_fail(); }
    """)
    assert [(name, result.status) for name, result in results.items()] == [
        ("test_a", "passed"),
        ("test_b", "passed"),
        ("test_c", "passed"),
        ("test_d", "todo"),
    ]


@pytest.mark.parametrize("thrown", ["{ toString: spin }", "{ message: { toString: spin } }"])
def test_the_text_of_what_was_thrown_has_its_time(thrown: str, attempt: Try, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "TEXT_TIME", 0.05)
    results = attempt(f"""
        function spin() {{ while (true) {{ }} }}
        function test_endless() {{ throw {thrown}; }}
    """)
    assert "whose toString takes longer" in results["test_endless"].message
    assert results["test_endless"].place is not None
