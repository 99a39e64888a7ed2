"""Damaged recordings for `gmlrun replay`: one runs, or a message says that it is damaged."""

from __future__ import annotations

import json
import os
import random
import tempfile
from pathlib import Path
from typing import Any

from fuzz.damage import in_value
from fuzz.engine import Fuzzer, Parts
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.testing.replay import read, replay

PROGRAM = """
randomize();
server = network_create_server_raw(network_socket_tcp, 6510, 8);
udp = network_create_socket_ext(network_socket_udp, 6512);
http_get("http://127.0.0.1:9/x");
name = environment_get_variable("HOME") + get_string("name?", "x");
keys = 0;
event step { keys += keyboard_check_pressed(vk_enter); }
event async_http { show_debug_message(async_load[? "status"]); }
event async_network {
    if (async_load[? "type"] != network_type_data) exit;
    var read = async_load[? "buffer"], text = buffer_read(read, buffer_string);
    network_send_raw(async_load[? "id"], read, buffer_tell(read));
    if (text == "end") game_end(4);
}
"""
HEADER = {
    "program": ["server.gml"],
    "settings": {
        "arguments": [], "room": "", "spawn": "", "execute": "", "config": "Default", "optimise": True,
        "dialogs": "stdin", "headless": "ignore", "frame_async": False, "fps": 5.0, "on_error": "exit",
        "exit_at_frame": None, "draw_events": False, "bind": "127.0.0.1", "map_host": {}, "answers": {},
        "send_queue_limit": 16777216, "max_unpack": 67108864, "idle_timeout": None},
    "input": [["press", "enter", 3, None]], "map_port": [[6510, 6541], [6512, 6542]],
    "seed": 0, "now": 1795787184.9, "start": 2014.4, "zone": "<LOC>-0:00",
}  # fmt: skip
ROWS: list[Any] = [
    ["gmlrun recording", 1, HEADER], ["file", ["f.txt", "68690a"]], ["chance", 1212840300],
    ["call", "listen", ["tcp", "127.0.0.1", 6541, 8, True], 0], ["call", "port_of", [0], 6541],
    ["call", "addresses_of", [0], ["127.0.0.1"]], ["call", "reserve", ["udp", 6542, "127.0.0.1"], 1],
    ["call", "port_of", [1], 6542], ["call", "http", ["GET", "http://127.0.0.1:9/x", {}, ""], 0],
    ["environment", "/home/ada"], ["dialog", "Ada"], ["poll", 2014.5, []],
    ["poll", 2014.6, [["Connected", 0, 2, "127.0.0.1", 50000]]], ["http", [0, 0, {"a": "b"}, "6869", "refused"]],
    ["poll", 2014.7, [["Received", 2, ["6100"], 0, "127.0.0.1", 50000, None]]], ["call", "send", [2, "6100", True], 2],
    ["time", 2014.8], ["poll", 2014.9, [["Received", 2, ["656e6400"], 0, "127.0.0.1", 50000, None]]],
    ["call", "send", [2, "656e6400", True], 4], ["poll", 2015.0, [["Disconnected", 2, 0, "127.0.0.1", 50000, ""]]],
]  # fmt: skip


def make(rng: random.Random) -> Parts:
    """The rows of a recording, some damaged."""
    rows = list(ROWS)
    for _ in range(rng.choice((1, 1, 2, 4))):
        at = 0 if rng.random() < 0.3 else rng.randrange(len(rows))
        kind = rng.randrange(8)
        if kind == 0:
            rows.insert(at, rng.choice(ROWS))
        elif kind == 1 and at:
            del rows[at]
        elif kind == 2:
            text = rows[at] if isinstance(rows[at], str) else json.dumps(rows[at])
            rows[at] = text[: rng.randrange(len(text) + 1)] + rng.choice(("", "[" * 3000, "\0", "}"))
        elif not isinstance(rows[at], str):
            rows[at] = in_value(rng, rows[at])
    return list(enumerate(rows))


def lines(parts: Parts) -> str:
    """The recording, which always has a header."""
    texts = {number: row if isinstance(row, str) else json.dumps(row) for number, row in parts}
    return "\n".join({0: json.dumps(ROWS[0]), **texts}.values()) + "\n"


def run(parts: Parts) -> None:
    with tempfile.TemporaryDirectory(prefix="gmlrun-fuzz-") as name:
        folder = Path(name)
        (folder / "server.gml").write_text(PROGRAM, encoding="utf-8")
        path = folder / "run.gmlrec"
        path.write_bytes(lines(parts).encode("utf-8", "surrogatepass"))
        try:
            replay(read(os.fspath(path)), os.fspath(folder / "save"), ignore, ignore)
        except (UsageError, SourceErrors) as error:
            str(error)


def ignore(line: str) -> None:
    """Takes what nobody reads."""


FUZZER = Fuzzer("recordings", make, run, lines)
