"""Several games on one clock and one network: time jumps, lines lose, delay, cut and part."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.errors import UsageError
from gmlrun.runtime import Settings
from gmlrun.testing.simulation import Simulation
from tests.testing.conftest import Try

ECHO = """
KIND_SERVER = network_create_server(KIND, 6510, 8);
event async_network {
    if (async_load[? "type"] == network_type_data) {
        network_send_packet(async_load[? "id"], async_load[? "buffer"], async_load[? "size"]);
    }
}
"""
CLIENT = """
got = [];
gone = 0;
event async_network {
    if (async_load[? "type"] == network_type_data) array_push(got, buffer_read(async_load[? "buffer"], buffer_u32));
}
function send_number(_socket, _number) {
    var _buffer = buffer_create(4, buffer_fixed, 1);
    buffer_write(_buffer, buffer_u32, _number);
    network_send_packet(_socket, _buffer, 4);
    buffer_delete(_buffer);
}
"""
DATAGRAMS = """
socket = network_create_socket_ext(network_socket_udp, 6600);
got = [];
event async_network { array_push(got, buffer_read(async_load[? "buffer"], buffer_u32)); }
"""
SENDER = """
socket = network_create_socket(network_socket_udp);
function send_all(_count) {
    var _buffer = buffer_create(4, buffer_fixed, 1);
    for (var i = 0; i < _count; i++) {
        buffer_seek(_buffer, buffer_seek_start, 0);
        buffer_write(_buffer, buffer_u32, i);
        network_send_udp(socket, "127.0.0.1", 6600, _buffer, 4);
        test_advance(0.01);
    }
    test_advance(2);
}
"""


def passes(results: object, name: str = "test_it") -> None:
    result = results[name]  # type: ignore[index]
    assert (result.status, result.message) == ("passed", "")


def test_an_hour_passes_at_once_for_all_clocks(attempt: Try) -> None:
    passes(
        attempt(
            """
        rings = 0;
        function test_it() {
            game_set_speed(6, gamespeed_fps);
            var _start = [current_time, get_timer(), date_current_datetime()];
            alarm[0] = 6 * 3600;
            test_advance(3599);
            assert_equals(rings, 0);
            test_advance(2);
            assert_equals(rings, 1);
            assert_equals(round((current_time - _start[0]) / 1000), 3601);
            assert_equals(get_timer() - _start[1], 3601000000);
            assert_equals(round(date_second_span(_start[2], date_current_datetime())), 3601);
        }
        event alarm0 { rings++; }
    """,
            timeout=50,
        )
    )


def test_frames_can_be_counted(attempt: Try) -> None:
    passes(
        attempt("""
        steps = 0;
        function test_it() { test_step(); assert_equals(steps, 1); test_step(9); assert_equals(steps, 10); }
        event step { steps++; }
    """)
    )


@pytest.mark.parametrize("kind", ["network_socket_tcp", "network_socket_ws"])
def test_a_stream_comes_whole_and_in_order_over_a_bad_line(attempt: Try, kind: str) -> None:
    text = (
        CLIENT
        + """
        function test_it() {
            test_start("server.gml");
            test_net({ latency: 40, jitter: 60, loss: 0.3, split: 0.8, bandwidth: 20000 });
            var _socket = network_create_socket(KIND);
            assert_greater_or_equal(network_connect(_socket, "127.0.0.1", 6510), 0);
            for (var i = 0; i < 50; i++) { send_number(_socket, i); test_advance(0.02); }
            test_until(function() { return array_length(got) == 50; }, 120);
            for (var i = 0; i < 50; i++) assert_equals(got[i], i);
            assert_greater(array_length(test_packets()), 50);
        }
    """
    )
    passes(attempt(text.replace("KIND", kind), server=ECHO.replace("KIND_SERVER", "server").replace("KIND", kind)))


CONDITIONS = [
    ("{}", "count == 200 && ordered && !doubled"),
    ("{ loss: 0.25 }", "count > 100 && count < 190 && ordered && !doubled"),
    ("{ loss: 1 }", "count == 0"),
    ("{ duplicate: 0.5 }", "count > 250 && doubled"),
    ("{ reorder: 0.3 }", "count == 200 && !ordered"),
    ("{ latency: 300, jitter: 5 }", "count == 200"),
    ("{ partition: true }", "count == 0"),
]


@pytest.mark.parametrize(("conditions", "holds"), CONDITIONS)
def test_what_a_line_does_to_datagrams(attempt: Try, conditions: str, holds: str) -> None:
    text = (
        SENDER
        + f"""
        function test_it() {{
            var _receiver = test_start("receiver.gml");
            test_net({conditions});
            send_all(200);
            var got = test_global(_receiver, "got"), count = array_length(got), ordered = true, doubled = false;
            for (var i = 1; i < count; i++) {{
                if (got[i] < got[i - 1]) ordered = false;
                if (got[i] == got[i - 1]) doubled = true;
            }}
            assert_true({holds}, $"{{count}} arrived, in order: {{ordered}}, twice: {{doubled}}");
        }}
    """
    )
    passes(attempt(text, receiver=DATAGRAMS))


def test_the_same_seed_loses_the_same(attempt: Try) -> None:
    text = (
        SENDER
        + """
        function test_it() {
            var _receiver = test_start("receiver.gml");
            test_net({ loss: 0.5, jitter: 50 });
            send_all(100);
            show_debug_message(test_global(_receiver, "got"));
        }
    """
    )
    outputs = [attempt(text, seed=seed, receiver=DATAGRAMS)["test_it"].output for seed in (1, 1, 2)]
    assert outputs[0] == outputs[1]
    assert outputs[0] != outputs[2]


def test_conditions_hold_for_one_game_or_between_two(attempt: Try) -> None:
    text = """
        function test_it() {
            var _receiver = test_start("receiver.gml"), _bots = test_bots(3, "bot.gml");
            test_net({ loss: 1 }, _bots[0]);
            test_net({ partition: true }, _bots[1], _receiver);
            test_advance(1);
            assert_equals(array_length(test_global(_receiver, "got")), 1);
        }
    """
    bot = """
        socket = network_create_socket(network_socket_udp);
        packet = buffer_create(4, buffer_fixed, 1);
        alarm[0] = 30;
        event alarm0 { network_send_udp(socket, "127.0.0.1", 6600, packet, 4); }
    """
    passes(attempt(text, receiver=DATAGRAMS, bot=bot))


@pytest.mark.parametrize(("how", "told"), [("fin", 1), ("reset", 1), ("silence", 0)])
def test_a_killed_client_is_told_of_or_not(attempt: Try, how: str, told: int) -> None:
    text = f"""
        left = 0;
        server = network_create_server(network_socket_tcp, 6510, 4);
        event async_network {{ if (async_load[? "type"] == network_type_disconnect) left++; }}
        function test_it() {{
            var _client = test_start("client.gml");
            test_advance(1);
            test_kill(_client, "{how}");
            test_advance(1);
            assert_equals(left, {told});
            assert_false(test_is_running(_client));
        }}
    """
    client = 'socket = network_create_socket(network_socket_tcp);\nnetwork_connect(socket, "127.0.0.1", 6510);'
    passes(attempt(text, client=client))


def test_nobody_listens_and_a_cut_line(attempt: Try) -> None:
    passes(
        attempt("""
        function test_it() {
            assert_less(network_connect(network_create_socket(network_socket_tcp), "127.0.0.1", 6510), 0);
            network_create_server(network_socket_tcp, 6511, 4);
            test_net({ partition: true });
            var _start = current_time;
            assert_less(network_connect(network_create_socket(network_socket_tcp), "127.0.0.1", 6511), 0);
            assert_greater(current_time - _start, 3000);
        }
    """)
    )


def test_an_error_in_another_game_fails_the_test_with_its_place(attempt: Try) -> None:
    results = attempt(
        'function test_it() {\n    test_start("other.gml");\n    test_advance(2);\n}',
        other='alarm[0] = 30;\n\nevent alarm0 {\n    throw "broken";\n}\n',
    )
    message = results["test_it"].message
    assert "the game other.gml has ended with an error at " in message
    assert "other.gml:4: " in message


def test_other_games_are_reached(attempt: Try) -> None:
    passes(
        attempt(
            """
        function test_it() {
            var _other = test_start("other.gml", { exec: "global.level = 3;" });
            assert_equals(test_global(_other, "level"), 3);
            assert_equals(test_global(_other, "hp"), 5);
            assert_equals(test_call(_other, "twice", 4), 8);
            test_advance(1);
            assert_array_equals(test_log(_other), ["hello", "later"]);
            assert_false(test_is_running(_other));
        }
    """,
            other="""
        hp = 5;
        show_debug_message("hello");
        call_later(10, time_source_units_frames, function() { show_debug_message("later"); });
        function twice(n) { return 2 * n; }
    """,
        )
    )


def test_code_that_waits_for_the_clock_sees_it_move(attempt: Try) -> None:
    results = attempt("""
        function test_a() {
            var before = current_time;
            while (current_time < before + 50) { }
            var after = current_time;
            assert_greater_or_equal(after, before + 50);
            assert_less(after, before + 60);
            test_advance(1);
            assert_greater_or_equal(current_time, after + 1000);
            assert_less(current_time, after + 1010);
        }
    """)
    assert results["test_a"].message == ""


def test_a_folder_without_the_object_to_begin_with(tmp_path: Path) -> None:
    """Whoever starts it is told so, as of any other wrong option; it is no fault of gmlrun."""
    (tmp_path / "objects" / "obj_a").mkdir(parents=True)
    (tmp_path / "objects" / "obj_a" / "Create_0.gml").write_text("x = 1;")
    simulation = Simulation()
    player = simulation.load("game", [str(tmp_path)], Settings(spawn="obj_b"))
    with pytest.raises(UsageError, match="there is no object obj_b"):
        simulation.start(player)
