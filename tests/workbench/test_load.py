"""`gmlrun net flood` and `bots`: what they count, against servers that answer, that do not, and that are not there."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.workbench import swarm
from gmlrun.workbench.figures import duration, is_own, part, spread, table
from tests.conftest import Run, Start
from tests.workbench.conftest import port_of

EchoServer = Callable[[str], int]

BOT = """
client = network_create_socket(network_socket_tcp);
network_connect_async(client, "127.0.0.1", PORT);
buffer = buffer_create(4, buffer_grow, 1);
number = 0;
event async_networking {
    if (async_load[? "type"] == network_type_data) {
        SENDS_ON
        bot_received(buffer_read(async_load[? "buffer"], buffer_u32));
    }
    if (async_load[? "type"] == network_type_non_blocking_connect) alarm[0] = 1;
}
event alarm0 {
    buffer_seek(buffer, buffer_seek_start, 0);
    buffer_write(buffer, buffer_u32, number);
    network_send_packet(client, buffer, buffer_tell(buffer));
    bot_sent(number);
    number += 1;
    if (number < 10) alarm[0] = 1;
}
"""


def figures(line: str, name: str) -> list[str]:
    """The cells of a row."""
    assert line.startswith(name), line
    return line.removeprefix(name).split()


# -------------------------------------------------------------------------- flood


@pytest.mark.parametrize("how", ["tcp", "raw", "ws", "udp"])
def test_a_server_is_measured(gmlrun: Run, echo_server: EchoServer, how: str) -> None:
    words = [] if how == "tcp" else [f"--{how}"]
    done = gmlrun("net", "flood", "127.0.0.1", echo_server(how), *words, "--connections=7", "--seconds=0.5")
    assert (done.returncode, done.stderr) == (0, "")
    _, connections, sent, received, trips = done.stdout.splitlines()
    assert figures(connections, "connections")[0] == "7"
    counts = [int(figures(*row)[0].replace(",", "")) for row in (
        (sent, "packets sent"), (received, "packets received"), (trips, "round trips"),
    )]  # fmt: skip
    assert counts[1] == counts[2]
    assert 0 < counts[2] <= counts[0] <= counts[2] + 7
    assert figures(trips, "round trips")[2] != "-"


def test_a_rate_is_kept(gmlrun: Run, echo_server: EchoServer) -> None:
    words = ("--connections=4", "--seconds=1", "--rate=10", "--packet", 'u8:1 str:"hi"')
    done = gmlrun("net", "flood", f"127.0.0.1:{echo_server('tcp')}", *words)
    assert 4 <= int(figures(done.stdout.splitlines()[2], "packets sent")[0]) <= 44


def test_a_server_that_answers_nothing(gmlrun: Run, start_gmlrun: Start, tmp_path: Path) -> None:
    (tmp_path / "deaf.gml").write_text("network_create_server(network_socket_tcp, 0, 3);")
    port = port_of(start_gmlrun("deaf.gml", "--bind=127.0.0.1"))
    done = gmlrun("net", "flood", "127.0.0.1", port, "--connections=5", "--seconds=1.3")
    assert figures(done.stdout.splitlines()[1], "connections")[0] == "3"
    assert "unanswered" in done.stdout
    assert "the server answers nothing: give a packet that it answers" in done.stderr
    assert "2 connections did not come about" in done.stderr


def test_a_server_that_is_not_there(gmlrun: Run, closed_port: int) -> None:
    done = gmlrun("net", "flood", "127.0.0.1", closed_port, "--connections=3")
    assert (done.returncode, "3 connections did not come about: Connection refused" in done.stderr) == (1, True)


def test_garbage_is_counted_as_an_end(gmlrun: Run, rude_peer: Callable[[bytes], int]) -> None:
    done = gmlrun("net", "flood", "127.0.0.1", rude_peer(b"\xff" * 99), "--connections=3", "--seconds=1")
    assert (done.returncode, "no GameMaker handshake" in done.stderr) == (1, True)


WRONG = [
    (("flood", "192.0.2.1", "6510"), "192.0.2.1 is not this machine: give --yes if it is yours"),
    (("flood", "127.0.0.1", "6510", "--seconds=61"), "--seconds may be 60 at most"),
    (("flood", "127.0.0.1", "6510", "--packet=u9:1"), "there is no type u9"),
    (("flood", "127.0.0.1", "6510", "--connections=0"), "at least 1"),
    (("bots", "0", "bot.gml"), "expected a number of bots, not 0"),
    (("bots", "2", "none.gml"), "there is no file none.gml"),
    (("bots", "2"), "expected gmlrun net bots N FILE"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_usage_is_told(gmlrun: Run, words: tuple[str, ...], said: str) -> None:
    done = gmlrun("net", *words)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_ctrl_c_shows_what_was_measured(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        words = ["127.0.0.1", str(listener.getsockname()[1]), "--raw", "--connections=1", "--seconds=50"]
        command = [sys.executable, "-m", "gmlrun", "net", "flood", *words]
        flood = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        with listener.accept()[0] as peer:
            peer.sendall(peer.recv(1))
            peer.recv(1)
            flood.send_signal(signal.SIGINT)
            output, errors = flood.communicate(timeout=10)
    assert (flood.returncode, errors) == (130, "")
    assert figures(output.splitlines()[4], "round trips")[0] == "1"


# --------------------------------------------------------------------------- bots


@pytest.mark.parametrize("jobs", [1, 2])
def test_bots_count_their_answers(gmlrun: Run, echo_server: EchoServer, tmp_path: Path, jobs: int) -> None:
    text = BOT.replace("PORT", str(echo_server("tcp"))).replace("SENDS_ON", "")
    (tmp_path / "bot.gml").write_text(text)
    done = gmlrun("net", "bots", 5, "bot.gml", "--seconds=3", "--ramp=0.2", "--each", f"--jobs={jobs}")
    assert (done.returncode, done.stderr) == (0, "")
    rows = done.stdout.splitlines()
    assert [row.split()[0] for row in rows] == ["bot", "0", "1", "2", "3", "4", "all"]
    assert figures(rows[1], "0")[:5] == ["1", "0", "10", "10", "10"]
    assert figures(rows[-1], "all 5")[:5] == ["5", "0", "50", "50", "50"]
    assert figures(rows[-1], "all 5")[-3:] == ["0", "0.00", "%"]


def test_answers_that_do_not_come_are_lost(gmlrun: Run, start_gmlrun: Start, tmp_path: Path) -> None:
    (tmp_path / "half.gml").write_text("""
        network_create_server(network_socket_tcp, 0, 10);
        event async_networking {
            if (async_load[? "type"] != network_type_data) exit;
            var _buffer = async_load[? "buffer"];
            if (buffer_read(_buffer, buffer_u32) mod 2 == 0) network_send_packet(async_load[? "id"], _buffer, 4);
        }
    """)
    port = port_of(start_gmlrun("half.gml", "--bind=127.0.0.1"))
    (tmp_path / "bot.gml").write_text(BOT.replace("PORT", "1").replace("SENDS_ON", ""))
    done = gmlrun("net", "bots", 2, "bot.gml", "--seconds=4", "--ramp=0", "--jobs=1", f"--port={port}")
    assert figures(done.stdout.splitlines()[-1], "all 2")[2:5] == ["20", "10", "10"]
    assert figures(done.stdout.splitlines()[-1], "all 2")[-3:] == ["10", "50.00", "%"]


def test_bots_with_errors_are_told_once(gmlrun: Run, echo_server: EchoServer, tmp_path: Path) -> None:
    text = BOT.replace("PORT", str(echo_server("tcp"))).replace("SENDS_ON", 'show_error("no", true);')
    (tmp_path / "bot.gml").write_text(text)
    done = gmlrun("net", "bots", 3, "bot.gml", "--seconds=1", "--ramp=0", "--jobs=1")
    assert done.returncode == 1
    assert done.stderr.count("gmlrun: 3 of 3 bots: ") == 1
    assert "Traceback" not in done.stderr


def test_bots_without_a_server(gmlrun: Run, closed_port: int, tmp_path: Path) -> None:
    (tmp_path / "bot.gml").write_text(BOT.replace("PORT", str(closed_port)).replace("SENDS_ON", ""))
    done = gmlrun("net", "bots", 2, "bot.gml", "--seconds=0.5", "--ramp=0", "--jobs=1")
    assert (done.returncode, "no bot has reached a server" in done.stderr) == (1, True)


def test_bots_with_errors_in_their_source(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "bot.gml").write_text("x = ;")
    for jobs in (1, 2):
        done = gmlrun("net", "bots", 2, "bot.gml", "--seconds=1", f"--jobs={jobs}")
        assert (done.returncode, "bot.gml:1:5: error" in done.stderr) == (1, True), done.stderr


def test_bots_are_checked_by_their_name(gmlrun: Run, tmp_path: Path) -> None:
    text = "bot_sent(bot_index()); bot_received(0); show_debug_message(bot_count());"
    for name, code in (("bot.gml", 0), ("chat_bot.gml", 0), ("robot.gml", 1)):
        (tmp_path / name).write_text(text)
        assert gmlrun("check", name).returncode == code


def test_bots_stay_on_this_machine(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "bot.gml").write_text(
        BOT.replace("PORT", "6510").replace("127.0.0.1", "192.0.2.1").replace("SENDS_ON", "")
    )
    done = gmlrun("net", "bots", 1, "bot.gml", "--seconds=0.5", "--jobs=1")
    assert "cannot connect to 192.0.2.1: 192.0.2.1 is not this machine: give --yes" in done.stderr


# ------------------------------------------------------------------------ figures


def test_figures_are_read_off_the_sorted_times() -> None:
    times = [float(number) for number in range(1, 101)]
    assert [part(times, share) for share in (0.5, 0.99, 1.0, 0.0)] == [50.0, 99.0, 100.0, 1.0]
    assert spread([0.002, 0.0005, 2.5]) == ["2.00 ms", "2.50 s", "2.50 s"]
    assert [duration(seconds) for seconds in (0.0000123, 0.0123, 0.123)] == ["12 µs", "12.30 ms", "123 ms"]
    assert table([("a", "b"), ("long", "1")]) == ["a     b", "long  1"]


@pytest.mark.parametrize(
    ("host", "own"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("192.0.2.1", False)]
)
def test_only_the_loopback_is_ones_own(host: str, own: bool) -> None:
    assert is_own(host) is own


def test_answers_without_keys_belong_to_their_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    monkeypatch.setattr(swarm.time, "monotonic", lambda: moment[0])
    counter = swarm.Counter(0)
    for moment[0], action in [(0.0, counter.ask), (0.1, counter.ask), (0.3, counter.answer), (0.4, counter.answer)]:
        action(1)
    assert list(counter.trips) == [0.3]
    counter.ask(1)
    moment[0] = 5.0
    counter.ask(1)
    assert counter.lost == 1
    assert counter.tally(7.0).lost == 2
    counter.use_keys()
    assert counter.tally(7.0).lost == 0
