"""`gmlrun new`: a name and a kind go in, a folder with a small working program, its test and a CI file comes out."""

from __future__ import annotations

import os
import re
import shlex

from gmlrun.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions

SERVER = """// Counts its clients, and sends back what they send.

server = network_create_server(network_socket_tcp, 6510, 32);
if (server < 0) {
    show_error("cannot listen on port 6510", true);
}
clients = 0;

event async_network {
    switch (async_load[? "type"]) {
        case network_type_connect:
            clients++;
            break;

        case network_type_disconnect:
            clients--;
            break;

        case network_type_data:
            network_send_packet(async_load[? "id"], async_load[? "buffer"], async_load[? "size"]);
            break;
    }
}
"""
SERVER_TEST = """function test_setup() {
    server = test_start("server.gml");
    socket = network_create_socket(network_socket_tcp);
    answer = undefined;
}

function test_a_packet_comes_back_on_a_bad_line() {
    test_net({ latency: 80, jitter: 40, loss: 0.1 });
    network_connect(socket, "127.0.0.1", 6510);
    var _packet = buffer_create(16, buffer_grow, 1);
    buffer_write(_packet, buffer_string, "hello");
    network_send_packet(socket, _packet, buffer_tell(_packet));
    buffer_delete(_packet);
    test_until(function() { return answer != undefined; });
    assert_equals(answer, "hello");
}

function test_who_leaves_is_not_counted() {
    network_connect(socket, "127.0.0.1", 6510);
    test_advance(1);
    assert_equals(test_global(server, "clients"), 1);
    network_destroy(socket);
    test_advance(1);
    assert_equals(test_global(server, "clients"), 0);
}

event async_network {
    if (async_load[? "type"] == network_type_data) {
        answer = buffer_read(async_load[? "buffer"], buffer_string);
    }
}
"""
SCRIPT = """/// Takes DAMAGE off a character's hit points, never below zero; returns whether it is dead.
function hurt(_character, _damage) {
    _character.hp = max(0, _character.hp - _damage);
    return _character.hp == 0;
}
"""
SCRIPT_TEST = """/// @test with {path}

function test_a_hit_takes_hit_points() {{
    var _hero = {{ hp: 10 }};
    assert_false(hurt(_hero, 4));
    assert_equals(_hero, {{ hp: 6 }});
}}

function test_nobody_has_less_than_nothing() {{
    var _hero = {{ hp: 10 }};
    assert_true(hurt(_hero, 100));
    assert_equals(_hero.hp, 0);
}}
"""
PROGRAM = """hero = { hp: 10 };
while (!hurt(hero, 4)) {
    show_debug_message($"{hero.hp} hit points left");
}
show_debug_message("dead");
game_end();
"""
WORKFLOW = """name: test
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      # gmlrun's source must be in the folder gmlrun of this repository, as a copy or as a submodule
      - run: pip install ./gmlrun
      - run: gmlrun check .
      - run: gmlrun test --junit report.xml
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: tests
          path: report.xml
"""
CI = {".github/workflows/test.yml": WORKFLOW}
KINDS: dict[str, dict[str, str]] = {
    "server": {"server.gml": SERVER, "test_server.gml": SERVER_TEST, **CI},
    "project": {
        "scripts/scr_hurt/scr_hurt.gml": SCRIPT,
        "objects/obj_game/Create_0.gml": PROGRAM,
        "test_hurt.gml": SCRIPT_TEST.format(path="scripts/scr_hurt/scr_hurt.gml"),
        **CI,
    },
    "test": {"scripts.gml": SCRIPT, "test_scripts.gml": SCRIPT_TEST.format(path="scripts.gml"), **CI},
}
"""The files of each kind."""
RUNS = {"server": "gmlrun server.gml", "project": "gmlrun ."}


def make(name: str, kind: str) -> list[str]:
    """Writes the files of a kind into a new folder; returns their paths. Raises UsageError where it cannot."""
    if not re.fullmatch(r"[^\x00-\x1f<>:\"|?*]+", name) or not os.path.basename(os.path.normpath(name)):
        raise UsageError(f"{name} cannot be the name of a folder")
    if os.path.exists(name) and (not os.path.isdir(name) or os.listdir(name)):
        raise UsageError(f"{name} is there already: gmlrun new needs a name that is free, or an empty folder")
    paths = []
    for file, text in KINDS[kind].items():
        path = os.path.join(name, *file.split("/"))
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "x", encoding="utf-8", newline="\n") as opened:
                opened.write(text)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}") from None
        paths.append(path)
    return paths


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Makes the folder, and says what is in it and what to do next."""
    kinds = [kind for kind in KINDS if getattr(options, kind)]
    if len(kinds) > 1:
        raise UsageError(f"gmlrun new makes one kind: {' or '.join(f'--{kind}' for kind in kinds)}")
    kind = kinds[0] if kinds else "server"
    for path in make(options.name, kind):
        print(path)
    print(f"\ncd {shlex.quote(options.name)}\ngmlrun test")
    if kind in RUNS:
        print(RUNS[kind])
    return 0
