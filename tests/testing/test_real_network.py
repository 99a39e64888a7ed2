"""`gmlrun test --real-network`: the games of a test over real sockets, in real time, on ports that are free."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.conftest import Run

SERVER = """
server = network_create_server(KIND, 6510, 8);
udp = network_create_socket_ext(network_socket_udp, 6512);
clients = 0;
heard = 0;
event async_network {
    switch (async_load[? "type"]) {
        case network_type_connect: clients++; break;
        case network_type_disconnect: clients--; break;
        case network_type_data:
            if (async_load[? "id"] == udp) { heard++; break; }
            network_send_packet(async_load[? "id"], async_load[? "buffer"], async_load[? "size"]);
    }
}
event step { }
"""
TESTS = """
function test_setup() {
    server = test_start("server.gml");
    socket = network_create_socket(KIND);
    answer = "";
}

function say(text) {
    var _packet = buffer_create(64, buffer_grow, 1);
    buffer_write(_packet, buffer_string, text);
    network_send_packet(socket, _packet, buffer_tell(_packet));
    network_send_udp(network_create_socket(network_socket_udp), "127.0.0.1", 6512, _packet, buffer_tell(_packet));
    buffer_delete(_packet);
}

function test_a_blocking_connect_and_an_answer() {
    assert_greater_or_equal(network_connect(socket, "127.0.0.1", 6510), 0);
    say("hello");
    test_until(function() { return answer == "hello" && test_global(server, "heard") == 1; }, 5);
    assert_equals(test_global(server, "clients"), 1);
    test_kill(server, "reset");
    assert_less(network_connect(network_create_socket(KIND), "127.0.0.1", 6510), 0, "nobody listens any more");
}

function test_time_is_real() {
    var _start = get_timer();
    test_advance(0.1);
    test_step(3);
    assert_greater_or_equal(get_timer() - _start, 100000);
}

function test_there_are_no_conditions() {
    assert_throws(function() { test_net({ loss: 1 }); });
    assert_throws(function() { test_packets(); });
}

event async_network {
    if (async_load[? "type"] == network_type_data) answer = buffer_read(async_load[? "buffer"], buffer_string);
}
"""


@pytest.mark.parametrize("kind", ["network_socket_tcp", "network_socket_ws"])
def test_games_talk_over_real_sockets(gmlrun: Run, tmp_path: Path, kind: str) -> None:
    for name, text in (("server", SERVER), ("test_it", TESTS)):
        (tmp_path / f"{name}.gml").write_text(text.replace("KIND", kind), encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for name in ("server", "test_it"):
            path = tmp_path / f"{name}.gml"
            path.write_text(path.read_text(encoding="utf-8").replace("6510", port), encoding="utf-8")
        done = gmlrun("test", "--real-network")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.startswith("3 passed in ")
