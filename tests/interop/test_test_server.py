"""The test server of GameMaker's own tests as a live peer: what its scenarios ask of a game's HTTP and WebSockets.

`GM_TESTFRAMEWORK` names a checkout of https://github.com/YoYoGames/GM-TestFramework with its requirements installed. A
stand-in that gives the same answers is tested in any case.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

CHECKOUT = os.environ.get("GM_TESTFRAMEWORK", "")
SERVERS = ["stand-in", *(["official"] if CHECKOUT else [])]

GAME = """
// Asks for everything that the server has, and prints what comes.
var body = buffer_create(5, buffer_fixed, 1), headers = ds_map_create();
for (var i = 0; i < 5; i++) buffer_write(body, buffer_u8, ord("A") + i);
headers[? "Content-Type"] = "application/octet-stream";
posted = http_request("http://127.0.0.1:PORT/echo", "POST", headers, body);
missing = http_get("http://127.0.0.1:PORT/status/404");
fine = http_get("http://127.0.0.1:PORT/status/200");
packets = network_create_socket(network_socket_ws);
network_connect_async(packets, "ws://127.0.0.1/gm_websocket", PORT);
plain = network_create_socket(network_socket_ws);
network_connect_raw_async(plain, "ws://127.0.0.1/raw_websocket", PORT);
lines = [];
function say(line) {
    array_push(lines, line);
    if (array_length(lines) < 9) return;
    array_sort(lines, true);
    array_foreach(lines, function(each) { show_debug_message(each); });
    game_end();
}

event other:62 {
    if (async_load[? "status"] > 0) exit;
    var which = async_load[? "id"] == posted ? "posted" : async_load[? "id"] == missing ? "missing" : "fine";
    say($"{which} {async_load[? "status"]} {async_load[? "http_status"]} {string_byte_length(async_load[? "result"])}");
}

event async_network {
    var socket = async_load[? "id"], is_raw = socket == plain;
    if (async_load[? "type"] == network_type_non_blocking_connect) {
        say($"{is_raw ? "raw" : "packets"} connected {async_load[? "succeeded"]}");
        var buffer = buffer_create(300000, buffer_fixed, 1);
        buffer_fill(buffer, 0, buffer_u8, 7, 300000);
        if (is_raw) {
            network_send_raw(socket, buffer, 300000);
            buffer_poke(buffer, 0, buffer_text, "text");
            network_send_raw(socket, buffer, 4, network_send_text);
        } else {
            network_send_packet(socket, buffer, 300000);
            network_send_packet(socket, buffer, 1);
        }
    } else {
        say($"{is_raw ? "raw" : "packets"} {async_load[? "size"]} {async_load[? "message_type"] == network_send_text}");
    }
}
"""
HEARD = [
    "fine 0 200 51", "missing -1 404 51", "packets 1 0", "packets 300000 0", "packets connected 1",
    "posted 0 200 5", "raw 300000 0", "raw 4 1", "raw connected 1",
]  # fmt: skip


@pytest.fixture(params=SERVERS)
def port(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[int]:
    """A server that runs, and where."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = int(listener.getsockname()[1])
    words = {
        "stand-in": [ROOT / "tests/interop/stand_in_server.py", number],
        "official": [ROOT / "tools/conformance/echo.py", CHECKOUT, number, tmp_path / "results.json"],
    }[request.param]
    with subprocess.Popen([sys.executable, *map(str, words)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield number
        process.kill()


def test_http_and_both_kinds_of_websockets(port: int, gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "game.gml").write_text(GAME.replace("PORT", str(port)), encoding="utf-8")
    done = gmlrun("game.gml")
    assert done.stdout.splitlines() == HEARD, done.stderr
