"""Packets that come together: what their events see and do is what it is when each is prepared by a call of its own."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.sockets import TCP, Sockets
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend, MemoryNetwork
from gmlrun.runtime import Runtime, Settings
from gmlrun.values.buffers import Buffer

SERVER = """
global.kept = -1; global.map = -1; global.count = 0; global.made = 0;
network_create_server(network_socket_tcp, 6510, 8);

object obj_more {
    event async_network {
        if (async_load[? "type"] != network_type_data) exit;
        show_debug_message("more " + string(buffer_peek(async_load[? "buffer"], 0, buffer_u8)));
        show_debug_message(async_load[? "size"]);
    }
}

event async_network {
    global.count++;
    var type = async_load[? "type"], id_ = async_load[? "id"];
    if (type != network_type_data) {
        show_debug_message("type " + string(type) + " of " + string(id_));
        exit;
    }
    var buffer = async_load[? "buffer"], size = async_load[? "size"];
    var action = buffer_read(buffer, buffer_u8);
    var number = buffer_read(buffer, buffer_u16);
    show_debug_message([global.count, action, number, size]);
    show_debug_message([buffer_tell(buffer), buffer_get_size(buffer), ds_map_size(async_load)]);
    switch (action) {
        case 0: network_send_packet(id_, buffer, size); break;
        case 1: global.kept = buffer; break;
        case 2: if (buffer_exists(global.kept)) show_debug_message(buffer_get_size(global.kept)); break;
        case 3: ds_map_add(async_load, "extra", number); show_debug_message(async_load[? "extra"]); break;
        case 4: async_load[? "id"] = -5; show_debug_message(async_load[? "id"]); break;
        case 5: ds_map_destroy(async_load); break;
        case 6: buffer_delete(buffer); break;
        case 7: throw "thrown " + string(number);
        case 8: if (global.made < 2) { global.made++; instance_create_depth(0, 0, 0, obj_more); } break;
        case 9: with (obj_more) instance_destroy(); global.made = 0; break;
        case 10: ds_map_add_list(async_load, "list", ds_list_create()); break;
        case 11: network_destroy(id_); break;
        case 12: buffer_write(buffer, buffer_string, "longer than it was"); break;
        case 13: global.map = async_load; break;
        case 14: if (ds_exists(global.map, ds_type_map)) show_debug_message(global.map[? "size"]); break;
        case 15: show_debug_message(json_encode(async_load)); break;
        case 16: buffer_resize(buffer, 100); network_send_packet(id_, buffer, 50); break;
        case 17: network_send_packet(id_, buffer, 2); network_send_packet(id_, buffer, size); break;
        case 18: {
            var key = ds_map_find_first(async_load);
            while (!is_undefined(key)) { show_debug_message(key); key = ds_map_find_next(async_load, key); }
            break;
        }
        case 19: buffer_fill(buffer, 0, buffer_u8, 7, size); network_send_packet(id_, buffer, size); break;
    }
    show_debug_message(async_load[? "extra"]);
}
"""
ACTIONS = 20


class Clients:
    """Two clients of the server; what comes back is noted."""

    def __init__(self, network: MemoryNetwork) -> None:
        self.rt = Runtime(Settings(), backend=MemoryBackend(network), log=lambda line: None)
        self.sockets, self.events = self.rt.service(Sockets), self.rt.service(AsyncEvents)
        self.numbers = [int(self.sockets.create(TCP)) for _ in range(2)]
        for number in self.numbers:
            self.sockets.connect(number, "localhost", 6510, raw=False, is_blocking=False)
        self.came: list[bytes] = []

    def send(self, client: int, data: bytes) -> None:
        made = Buffer(0)
        made.data = bytearray(data)
        self.sockets.send(self.numbers[client], made, len(data))

    def turn(self) -> None:
        self.sockets.poll(0.0)
        self.came += [payload for waiting in self.events.queue for payload in waiting.payloads or ()]
        self.events.queue.clear()


def played(program: Path, bursts: list[list[tuple[int, int, int]]], is_general: bool) -> tuple[list[str], list[bytes]]:
    """The printed lines of the server and what the clients got, for bursts of (client, action, size)."""
    network, printed = MemoryNetwork(), []
    game = Game.load(
        [str(program)],
        Settings(on_error="continue"),
        backend=MemoryBackend(network),
        output=printed.append,
        log=lambda line: None,
        on_report=lambda report: printed.append(f"error: {report.message}"),
    )
    game.prepare_loop()
    game.start()
    game.world.dispatch.on_error = game.report
    sockets, events = game.rt.service(Sockets), game.rt.service(AsyncEvents)
    if is_general:
        events.prepare = events.prepare  # type: ignore[method-assign]
    clients, number = Clients(network), 0
    for burst in [[], [], [], *bursts, [], []]:
        for client, action, size in burst:
            number += 1
            clients.send(client, bytes([action]) + number.to_bytes(2, "little") + bytes(size))
        clients.turn()
        sockets.poll(0.0)
        events.deliver()
    return printed, clients.came


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bursts") / "server.gml"
    path.write_text(SERVER, encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(40))
def test_a_burst_is_its_packets(program: Path, seed: int) -> None:
    random = Random(seed)
    bursts = [
        [(random.randrange(2), random.randrange(ACTIONS), random.randrange(5)) for _ in range(random.randrange(9))]
        for _ in range(5)
    ]
    assert played(program, bursts, False) == played(program, bursts, True)


@pytest.mark.parametrize("action", range(ACTIONS))
def test_each_action_between_others(program: Path, action: int) -> None:
    bursts = [
        [(0, 0, 1), (0, action, 2), (0, action, 3), (1, 17, 1), (0, 0, 4)],
        [(1, action, 0), (1, 18, 0), (0, 15, 1)],
    ]
    found: Any = played(program, bursts, False)
    assert found == played(program, bursts, True)
    assert len(found[0]) > 4
