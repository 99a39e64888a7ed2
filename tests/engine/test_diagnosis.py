"""The classic mistakes of servers are told of once, with what to do; what is right is not."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun import Clock, Game, Settings
from gmlrun.engine import diagnosis
from gmlrun.net.protocol import Noticed, Packets
from gmlrun.net.protocols.stream import SIGNATURE_MAGIC, RawStream
from tests.conftest import Run

PAIR = """
server = network_create_server{server}(network_socket_tcp, 6510, 10);
client = network_create_socket(network_socket_tcp);
network_connect{client}(client, "127.0.0.1", 6510);
buffer = buffer_create(1, buffer_grow, 1);
buffer_write(buffer, buffer_u8, 3);
buffer_write(buffer, buffer_u16, 700);
network_send_{send}(client, buffer, 3);
alarm[0] = 20;
event async_networking {{
    if (async_load[? "type"] != network_type_data) exit;
    {read}
}}
event alarm0 {{ game_end(); }}
"""


class Hand(Clock):
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def monotonic(self) -> float:
        return self.seconds


class Ticking(Hand):
    """A clock that goes on by a tenth of a millisecond whenever somebody looks."""

    def monotonic(self) -> float:
        self.seconds += 0.0001
        return self.seconds


def said(gmlrun: Run, folder: Path, text: str, *words: str) -> list[str]:
    """The warnings of a program, without their beginning."""
    (folder / "server.gml").write_text(text, encoding="utf-8")
    done = gmlrun("server.gml", "--bind=127.0.0.1", "--map-port=6510=0", *words)
    assert "Traceback" not in done.stderr
    start = "gmlrun: warning: "
    return [line.removeprefix(start) for line in done.stderr.splitlines() if line.startswith(start)]


def pair(server: str = "", client: str = "", send: str = "packet", read: str = "") -> str:
    return PAIR.format(server=server, client=client, send=send, read=read)


# ----------------------------------------------------------- what is always told


def test_an_early_packet_is_told(gmlrun: Run, tmp_path: Path) -> None:
    text = """
        network_create_server(network_socket_tcp, 6510, 10);
        client = network_create_socket(network_socket_tcp);
        buffer = buffer_create(1, buffer_grow, 1);
        network_send_packet(client, buffer, 1);
        network_connect_async(client, "127.0.0.1", 6510);
        repeat (3) network_send_packet(client, buffer, 1);
        alarm[0] = 5;
        event alarm0 { game_end(); }
    """
    assert said(gmlrun, tmp_path, text) == [
        "socket 1 has no connection: nothing was sent: network_connect or network_connect_async connects it,"
        " and tells when that fails",
        "socket 1 is not connected yet: nothing was sent: wait for its event of type"
        ' network_type_non_blocking_connect with "succeeded" of 1',
    ]


def test_the_number_of_the_server_is_no_client(gmlrun: Run, tmp_path: Path) -> None:
    text = pair(read="network_send_packet(server, buffer, 1); network_send_packet(server, buffer, 1);")
    (warning,) = said(gmlrun, tmp_path, text)
    assert warning.startswith("socket 0 is a server: nothing was sent: a packet goes to one of its clients")


def test_a_packet_with_a_header_at_a_raw_server(gmlrun: Run, tmp_path: Path) -> None:
    sender, receiver = said(gmlrun, tmp_path, pair("_raw", "_raw", "packet"))
    assert sender.startswith("socket 1: network_send_packet adds a packet header, but the connection is raw")
    assert receiver.startswith("server 0: the peer sends with network_send_packet, and its header is part of the data")


def test_a_raw_client_at_a_server_that_is_not(gmlrun: Run, tmp_path: Path) -> None:
    warnings = said(gmlrun, tmp_path, pair("", "_raw", "raw"))
    assert warnings == [
        "socket 1: the peer is a server of network_create_server: connect to it with network_connect,"
        " not network_connect_raw"
    ]


def test_a_client_with_a_handshake_at_a_raw_server() -> None:
    stream = RawStream()
    stream.start()
    noticed, packets = stream.receive(SIGNATURE_MAGIC + b"1234")
    assert isinstance(noticed, Noticed)
    assert "let it use network_connect_raw, or leave out the raw functions on both sides" in noticed.text
    assert isinstance(packets, Packets)


def test_what_is_right_is_not_told(gmlrun: Run, tmp_path: Path) -> None:
    read = 'var _b = async_load[? "buffer"]; buffer_read(_b, buffer_u8); buffer_read(_b, buffer_u16);'
    assert said(gmlrun, tmp_path, pair(read=read), "--diagnose", "--leaks", "--fps=10") == []
    assert said(gmlrun, tmp_path, pair("_raw", "_raw", "raw")) == []


def test_a_read_behind_the_packet_has_a_hint(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "server.gml").write_text(pair(read='buffer_read(async_load[? "buffer"], buffer_u64);'))
    done = gmlrun("server.gml", "--bind=127.0.0.1", "--map-port=6510=0")
    assert done.returncode == 1
    assert "Attempting to read from outside the buffer: 8 bytes at position 0, its size is 3" in done.stderr
    assert "the packet has 3 bytes: do both sides use the same types in the same order?" in done.stderr
    (tmp_path / "other.gml").write_text("buffer_read(buffer_create(3, buffer_fixed, 1), buffer_u64);")
    assert "the packet has" not in gmlrun("other.gml").stderr


# ------------------------------------------------------------------- --diagnose


def test_a_packet_that_is_read_in_part_is_told(gmlrun: Run, tmp_path: Path) -> None:
    text = pair(read='buffer_read(async_load[? "buffer"], buffer_u8);').replace("event async", SECOND + "event async")
    assert said(gmlrun, tmp_path, text) == []
    (warning,) = said(gmlrun, tmp_path, text, "--diagnose", "--fps=10")
    assert warning == (
        "a packet of 3 bytes that begins with 3 was read up to byte 1 only:"
        " do both sides use the same types, and as many of them?"
    )


SECOND = "network_send_packet(client, buffer, 3);\n"


def test_an_event_that_takes_longer_than_a_frame_is_told(gmlrun: Run, tmp_path: Path) -> None:
    text = """
        alarm[0] = 1;
        count = 0;
        event alarm0 {
            var _end = get_timer() + 600000;
            while (get_timer() < _end) {}
            alarm[0] = 1;
            if (++count > 1) game_end();
        }
    """
    (warning,) = said(gmlrun, tmp_path, text, "--diagnose", "--fps=2")
    wanted = r"the Alarm Event for alarm 0 of server took \d+ ms, and a frame has 500.0 ms: all clients wait meanwhile"
    assert re.match(wanted, warning), warning


WAIT = "var _end = get_timer() + {} * 1000; while (get_timer() < _end) {{ }}"
SLOW = [
    # an event that runs once: what gmlrun itself needs for its first run does not count
    ("if (count == 1) { " + WAIT.format(30) + " }", []),
    ("if (count == 1) { " + WAIT.format(150) + " }", ["Step Event0"]),
    ("if (count > 3) { " + WAIT.format(30) + " }", ["Step Event0"]),
    # the event that takes the time, not the one around it
    ("if (count > 1) event_user(1);", ["Other Event 11"]),
]


@pytest.mark.parametrize(("statement", "wanted"), SLOW)
def test_the_event_that_takes_the_time_is_told(statement: str, wanted: list[str]) -> None:
    lines: list[str] = []
    text = f"count = 0;\nevent step {{ count++; {statement} }}\nevent other_user1 {{ {WAIT.format(40)} }}"
    clock = Ticking()
    with Game(text, settings=Settings(diagnose=True, fps=50), clock=clock, on_log=lines.append) as game:
        for _ in range(6):
            clock.seconds += 0.02
            game.step()
    assert [re.findall(r"the (.*) of program took", line)[0] for line in lines] == wanted


READS: list[tuple[str, str, bool]] = [
    ("a relay sends the whole on", "buffer_read(_b, buffer_u8); network_send_packet(client, _b, size);", False),
    ("a relay sends the rest on", "buffer_read(_b, buffer_u8); buffer_copy(_b, 1, size - 1, buffer, 0);", False),
    ("a copy of a part", "buffer_read(_b, buffer_u8); buffer_copy(_b, 0, 2, buffer, 0);", True),
    ("nothing is read", "", False),
    ("all is peeked at", "buffer_peek(_b, 2, buffer_u8);", False),
    ("the program deletes it", "buffer_read(_b, buffer_u8); buffer_delete(_b);", False),
    ("an error ends the event", "buffer_read(_b, buffer_u8); buffer_read(_b, buffer_u64);", False),
    ("a text is read whole", "buffer_read(_b, buffer_u8); buffer_read(_b, buffer_text);", False),
    ("the beginning alone is read", "buffer_read(_b, buffer_u16);", True),
]


@pytest.mark.parametrize(("statement", "is_told"), [row[1:] for row in READS], ids=[row[0] for row in READS])
def test_a_packet_counts_as_read_that_is_used_whole(statement: str, is_told: bool) -> None:
    lines: list[str] = []
    read = f'var _b = async_load[? "buffer"], size = async_load[? "size"]; {statement}'
    clock = Hand()
    settings = Settings(diagnose=True, bind="127.0.0.1", map_port={6510: 0}, fps=2)
    errors: list[object] = []
    program = pair(read=read)
    with Game(program, settings=settings, clock=clock, on_log=lines.append, on_error=errors.append) as game:
        for _ in range(6):
            game.turn_now()
            clock.seconds += 0.01
            time.sleep(0.002)
    assert any("was read up to byte" in line for line in lines) is is_told, lines
    assert bool(errors) is ("u64" in statement)


def test_a_client_that_is_not_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "DEAF", 0.05)
    lines: list[str] = []
    clock = Hand()
    server = """
        network_create_server_raw(network_socket_tcp, 0, 10);
        buffer = buffer_create(8000000, buffer_fixed, 1);
        event async_networking {
            if (async_load[? "type"] == network_type_connect) {
                network_send_raw(async_load[? "socket"], buffer, 8000000);
            }
        }
    """
    settings = Settings(diagnose=True, bind="127.0.0.1")
    with Game(server, settings=settings, clock=clock, on_log=lines.append) as game:
        with socket.create_connection(("127.0.0.1", game.ports[0])):
            for _ in range(8):
                time.sleep(0.03)
                clock.seconds += 2.0
                game.turn_now()
        told = [line for line in lines if "has read nothing" in line]
    assert len(told) == 1
    assert told[0].endswith(
        "does its program still read? network_set_timeout lets sends fail, network_destroy closes it"
    )


# ----------------------------------------------------------------------- --leaks

PILES = [
    ("repeat (40) ds_map_create();", "ds_map", 200),
    ("repeat (40) buffer_create(4, buffer_fixed, 1);", "buffer", 200),
    ("repeat (40) ds_list_create();", "ds_list", 200),
]


def run_for(text: str, seconds: int, settings: Settings) -> list[str]:
    """The log of a game that runs for so many seconds, at a step a second."""
    lines: list[str] = []
    clock = Hand()
    with Game(text, settings=settings, clock=clock, on_log=lines.append, on_output=lines.append) as game:
        for _ in range(seconds):
            clock.seconds += 1.01
            game.step()
    return lines


@pytest.mark.parametrize(("statement", "kind", "count"), PILES)
def test_a_line_that_piles_up_is_named(statement: str, kind: str, count: int) -> None:
    lines = run_for(f"x = 0;\nevent step {{\n    {statement}\n}}", 12, Settings(leaks=True))
    ending = "buffer_delete" if kind == "buffer" else f"{kind}_destroy"
    warning, end = lines
    assert warning.startswith(
        f"warning: <program>:3: {count} of the {kind}s made here exist, ever more of them: {ending} each"
    )
    assert end == f"<program>:3: 480 {kind}s made here were not freed ({ending})"


def test_a_structure_that_grows_is_named() -> None:
    text = """
        log = ds_list_create();
        seen = ds_map_create();
        sent = buffer_create(1, buffer_grow, 1);
        count = 0;
        event step {
            repeat (400) ds_list_add(log, count);
            repeat (400) seen[? count++] = true;
            repeat (9000) buffer_write(sent, buffer_f64, 1);
        }
    """
    lines = run_for(text, 14, Settings(leaks=True))
    assert sorted(line.partition(": ")[2].partition(",")[0].partition(" has ")[0] for line in lines) == [
        "<program>:2: the ds_list 0 made here", "<program>:3: the ds_map 0 made here",
        "<program>:4: the buffer 0 made here",
    ]  # fmt: skip


QUIET: list[tuple[str, Callable[[list[str]], bool]]] = [
    ("event step { repeat (500) ds_map_destroy(ds_map_create()); }", lambda lines: lines == []),
    (
        "repeat (500) ds_map_create();",
        lambda lines: len(lines) == 1 and "500 ds_maps made here were not freed" in lines[0],
    ),
    ("m = ds_map_create(); repeat (5000) m[? random(1)] = 1;", lambda lines: lines == []),
    ("event step { var _s = []; repeat (100) array_push(_s, {}); }", lambda lines: lines == []),
]


@pytest.mark.parametrize(("text", "is_right"), QUIET)
def test_what_does_not_grow_is_not_named(text: str, is_right: Callable[[list[str]], bool]) -> None:
    text = text if "event step" in text else f"{text}\nevent step {{ }}"
    lines = run_for(text, 14, Settings(leaks=True))
    assert is_right(lines), lines


def test_nothing_is_replaced_where_nothing_is_asked() -> None:
    with Game("event step { }") as game:
        assert "advance" not in vars(game.loop)
        assert "run_in" not in vars(game.runner.world)
        assert "deliver" not in vars(game.loop.events)
