"""Recordings: a server that a client has talked to runs again, with the same times, packets, chance and input."""

from __future__ import annotations

import contextlib
import http.server
import itertools
import json
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fuzz.damage import VALUES, changed, places
from fuzz.recordings import PROGRAM, ROWS
from gmlrun.errors import UsageError
from gmlrun.net.watch.recording import segments_of
from gmlrun.testing.replay import read_rows
from tests.conftest import Run, Start

SERVER = """
randomize();
server = network_create_server_raw(network_socket_tcp, 6510, 8);
udp = network_create_socket_ext(network_socket_udp, 6512);
count = 0;
pressed = 0;

event async_network {
    if (async_load[? "type"] != network_type_data) exit;
    var _read = async_load[? "buffer"];
    var _text = buffer_read(_read, buffer_string);
    var _answer = buffer_create(64, buffer_grow, 1);
    var _times = $"{current_time} {get_timer()} {date_current_datetime()}";
    buffer_write(_answer, buffer_string, $"{_text} {irandom(1000000)} {_times}");
    if (async_load[? "id"] == udp) {
        network_send_udp_raw(udp, async_load[? "ip"], async_load[? "port"], _answer, buffer_tell(_answer));
    } else {
        network_send_raw(async_load[? "id"], _answer, buffer_tell(_answer));
    }
    buffer_delete(_answer);
    show_debug_message($"{_text} {++count} {pressed}");
    if (_text == "wait") {
        var _end = get_timer() + 20000;
        while (get_timer() < _end) { }
    }
    if (_text == "end") game_end(4);
}

event step {
    pressed += keyboard_check_pressed(vk_enter);
}
"""
Record = Callable[..., Path]


def talk(port: int, udp: int, texts: list[str]) -> None:
    """What a client says; the last over UDP."""
    with socket.create_connection(("127.0.0.1", port), 20) as client:
        for text in texts[:-1]:
            client.sendall(text.encode() + b"\0")
            assert client.recv(1000).startswith(text.encode())
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.settimeout(20)
            other.sendto(texts[-1].encode() + b"\0", ("127.0.0.1", udp))
            assert other.recv(1000).startswith(texts[-1].encode())


@pytest.fixture
def record(start_gmlrun: Start, tmp_path: Path) -> Record:
    """Records a run of the server, to which a client says texts; gives the recording."""

    def run(*texts: str, program: str = SERVER) -> Path:
        (tmp_path / "server.gml").write_text(program, encoding="utf-8")
        words = ("--bind=127.0.0.1", "--map-port=6510=0", "--map-port=6512=0", "--press=enter@3")
        process = start_gmlrun("run", "server.gml", "--record", "run.gmlrec", *words)
        assert process.stderr is not None
        ports = [int(re.search(r":(\d+)$", process.stderr.readline().strip())[1]) for _ in range(2)]  # type: ignore[index]
        talk(ports[0], ports[1], list(texts))
        (tmp_path / "printed.txt").write_text(process.communicate(timeout=20)[0], encoding="utf-8")
        return tmp_path / "run.gmlrec"

    return run


def replay(gmlrun: Run) -> subprocess.CompletedProcess[str]:
    return gmlrun("replay", "run.gmlrec")


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What gmlrun itself says, but for ports, and for the key that a slow run comes to press."""
    lines = done.stderr.splitlines()
    return "\n".join(line for line in lines if "listening" not in line and "press enter" not in line)


def printed(folder: Path) -> str:
    """What the recorded run has printed; the key may be pressed before or after a packet."""
    return (folder / "printed.txt").read_text(encoding="utf-8")


def test_a_run_is_the_same_again(gmlrun: Run, record: Record, tmp_path: Path) -> None:
    record("a", "wait", "end")
    done = replay(gmlrun)
    assert done.returncode == 4
    assert done.stdout == printed(tmp_path)
    assert [line[:-2] for line in done.stdout.splitlines()] == ["a 1", "wait 2", "end 3"]
    assert said(done).startswith("gmlrun: replay: 3 sends as recorded; ")


def test_a_recording_is_a_test(gmlrun: Run, record: Record, tmp_path: Path) -> None:
    record("a", "end")
    assert gmlrun("test").stdout.startswith("1 passed in ")
    assert gmlrun("test", "--list").stdout == "run.gmlrec:1: (recording)\n"
    (tmp_path / "server.gml").write_text(SERVER.replace("{_text} {irandom", "{_text}! {irandom"), encoding="utf-8")
    done = gmlrun("test")
    assert done.returncode == 1
    assert "run.gmlrec:1: " in done.stdout
    assert "the game does send(2, " in done.stdout


CHANGES = [
    ("{_text} {irandom", "{_text}! {irandom", r"the game does send\(2, .* the recording has send\(2, "),
    ('if (async_load[? "id"] == udp) {', "if (false) {", r"the game does send\(1, .*, which is not in the recording"),
    (
        "buffer_delete(_answer);",
        'network_destroy(async_load[? "id"]);',
        r"the game does close\(2\), which is not in the recording",
    ),
    ("network_send_raw(async", "if (false) network_send_raw(async", r"the recording has send\(2, .* does not do"),
    ("6512", "6513", r"the game does reserve\(udp, 6513"),
]


@pytest.mark.parametrize(("before", "after", "words"), CHANGES)
def test_the_first_difference_of_a_changed_program_is_told(
    gmlrun: Run, record: Record, tmp_path: Path, before: str, after: str, words: str
) -> None:
    record("a", "end")
    (tmp_path / "server.gml").write_text(SERVER.replace(before, after), encoding="utf-8")
    done = replay(gmlrun)
    text = said(done)
    assert re.match(r"gmlrun: replay: the first difference is \d+\.\d{3} s after the start: " + words, text), text
    assert done.returncode == 1


def test_a_program_that_sends_the_same_has_not_changed(gmlrun: Run, record: Record, tmp_path: Path) -> None:
    record("a", "end")
    (tmp_path / "server.gml").write_text(SERVER.replace("{++count}", "{++count} more"), encoding="utf-8")
    done = replay(gmlrun)
    assert done.returncode == 4
    assert done.stdout.replace(" more", "") == printed(tmp_path)


def test_an_error_in_a_replay_is_reported(gmlrun: Run, record: Record, tmp_path: Path) -> None:
    record("a", "end")
    (tmp_path / "server.gml").write_text(SERVER.replace("var _read", "y = nothing; var _read"), encoding="utf-8")
    done = replay(gmlrun)
    assert done.returncode == 1
    assert "server.gml" in said(done)
    assert "not set before reading it" in said(done)


def test_a_recording_that_was_cut_off_ends_there(gmlrun: Run, record: Record) -> None:
    path = record("a", "end")
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(rows[: len(rows) // 2]) + rows[-1][:7], encoding="utf-8")
    done = replay(gmlrun)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


HEAD = json.dumps(["gmlrun recording", 1, {"program": ["server.gml"]}])
BAD = ["", "{}", "[]", "x", HEAD, HEAD.replace(" 1,", " 2,"), "null\n"]


@pytest.mark.parametrize("text", BAD)
def test_files_that_are_no_recordings_are_told(gmlrun: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "run.gmlrec").write_text(text, encoding="utf-8")
    done = replay(gmlrun)
    assert done.returncode == 2
    assert "run.gmlrec" in done.stderr
    assert "Traceback" not in done.stderr
    assert gmlrun("test").returncode == 1


def test_damaged_rows_are_told(gmlrun: Run, record: Record) -> None:
    path = record("a", "end")
    head = path.read_text(encoding="utf-8").splitlines()[0]
    empty = '["poll",0,[["Received",2,[],0,"127.0.0.1",50000,null]]]'
    unread = '["poll",0,[["Received",1,["zz"]]]]'
    for row in ('["poll"]', '["call",1]', '["poll",0,[["Nothing"]]]', "[]", "7", unread, empty):
        path.write_text(f"{head}\n{row}\n", encoding="utf-8")
        done = replay(gmlrun)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False), (row, done.stderr)


UNKNOWN = [["--record=nowhere/x"], ["--record=x", "--sandbox"], ["--record=x", "--net=loss=0.1"]]


@pytest.mark.parametrize(
    "words", [["--record=nowhere/x"], ["--record=x", "--sandbox"], ["--record=x", "--net=loss=0.1"]]
)
def test_what_cannot_be_recorded_is_told(gmlrun: Run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "server.gml").write_text(SERVER, encoding="utf-8")
    done = gmlrun("run", "server.gml", *words)
    assert done.returncode == 2
    assert "record" in done.stderr


def test_virtual_time_jumps(gmlrun: Run, tmp_path: Path) -> None:
    program = 'alarm[0] = 60 * 600;\nevent alarm0 { show_debug_message($"{round(current_time / 1000)}"); game_end(3); }'
    (tmp_path / "game.gml").write_text(program, encoding="utf-8")
    done = gmlrun("run", "game.gml", "--virtual-time")
    assert (done.returncode, done.stdout, done.stderr) == (3, "600\n", "")


def test_virtual_time_ends_where_nothing_can_happen(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "server.gml").write_text("network_create_server(network_socket_tcp, 6510, 1);", encoding="utf-8")
    done = gmlrun("run", "server.gml", "--virtual-time")
    assert done.returncode == 0
    assert "waits for the network, where nobody else is" in done.stderr


def test_a_profile_on_virtual_time(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "game.gml").write_text("alarm[0] = 5; event alarm0 { game_end(4); }", encoding="utf-8")
    done = gmlrun("run", "game.gml", "--virtual-time", "--profile")
    assert (done.returncode, done.stderr[:9]) == (4, "profile: ")


def test_an_error_on_virtual_time_is_reported(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "game.gml").write_text(
        "call_later(1, time_source_units_seconds, function() { x = nothing; });", encoding="utf-8"
    )
    done = gmlrun("run", "game.gml", "--virtual-time")
    assert done.returncode == 1
    assert "not set before reading it" in done.stderr


OUTSIDE = """
randomize();
server = network_create_server_raw(network_socket_tcp, 6510, 8);
udp = network_create_socket_ext(network_socket_udp, 6512);
web = environment_get_variable("WEB_ADDRESS");
ini_open("saved.ini");
starts = ini_read_real("run", "starts", 0) + 1;
ini_write_real("run", "starts", starts);
ini_close();
name = get_string("Who are you?", "nobody");
answered = "";
http_get(web + "/first");

event async_http {
    answered += $"{async_load[? "http_status"]} {async_load[? "result"]} {async_load[? "url"] == web + "/first"};";
}
event async_dialog { answered += async_load[? "result"]; }

event async_network {
    if (async_load[? "type"] != network_type_data) exit;
    var _text = buffer_read(async_load[? "buffer"], buffer_string);
    if (_text == "ask") http_post_string(web + "/second", "hello");
    if (_text == "dialog") get_string_async("And now?", "");
    var _local = date_datetime_string(date_current_datetime());
    var _answer = buffer_create(64, buffer_grow, 1);
    buffer_write(_answer, buffer_string, $"{_text} {name} {starts} {answered} {_local}");
    var _to = async_load[? "id"];
    if (_to == udp) network_send_udp_raw(udp, "127.0.0.1", async_load[? "port"], _answer, buffer_tell(_answer));
    else network_send_raw(_to, _answer, buffer_tell(_answer));
    show_debug_message($"{_text} {name} {starts} {answered}");
    if (_text == "end") game_end(4);
}
"""


class Web(http.server.BaseHTTPRequestHandler):
    """Answers each request with what it is."""

    def do_GET(self) -> None:
        self.answer(self.path.encode())

    def do_POST(self) -> None:
        self.answer(b"posted " + self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def outside(start_gmlrun: Start, environment: dict[str, str], tmp_path: Path) -> Path:
    """Records a run of a program that asks an HTTP server, a person, the environment and its save area."""
    (tmp_path / "server.gml").write_text(OUTSIDE, encoding="utf-8")
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "saved.ini").write_text("[run]\nstarts=7\n", encoding="utf-8")
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    words = ("--bind=127.0.0.1", "--map-port=6510=0", "--map-port=6512=0", "--dialogs=stdin", f"--save-dir={saved}")
    environment |= {"WEB_ADDRESS": f"http://127.0.0.1:{web.server_port}", "TZ": "<ODD>-7:30"}
    process = start_gmlrun("run", "server.gml", "--record", "run.gmlrec", *words, stdin=subprocess.PIPE)
    assert process.stderr is not None
    assert process.stdin is not None
    ports = [int(re.search(r":(\d+)$", process.stderr.readline().strip())[1]) for _ in range(2)]  # type: ignore[index]
    heard = b""
    process.stdin.write("Ann\nlater\n")
    process.stdin.flush()
    with socket.create_connection(("127.0.0.1", ports[0]), 20) as client:
        asks = itertools.chain(["ask"], itertools.repeat("wait", 1000))
        while not {b"/first", b"posted"} <= set(re.findall(rb"/first|posted", heard)):
            client.sendall(next(asks).encode() + b"\0")
            heard = client.recv(1000)
            time.sleep(0.02)
    talk(ports[0], ports[1], ["a", "dialog", "b", "end"])
    (tmp_path / "printed.txt").write_text(process.communicate(timeout=20)[0], encoding="utf-8")
    web.shutdown()
    web.server_close()
    shutil.rmtree(saved)
    del environment["WEB_ADDRESS"], environment["TZ"]
    return tmp_path / "run.gmlrec"


def test_what_comes_beside_packets_comes_again(gmlrun: Run, outside: Path, tmp_path: Path) -> None:
    done = replay(gmlrun)
    assert done.returncode == 4
    assert re.match(r"gmlrun: replay: \d+ sends as recorded;", said(done))
    assert done.stdout == printed(tmp_path)
    last = done.stdout.splitlines()[-1]
    assert last.startswith("end Ann 8 ")
    assert "200 /first 1;" in last
    assert "200 posted hello 0;" in last
    assert "later" in last


def test_another_request_is_a_difference(gmlrun: Run, outside: Path, tmp_path: Path) -> None:
    (tmp_path / "server.gml").write_text(OUTSIDE.replace("/second", "/third"), encoding="utf-8")
    words = said(replay(gmlrun))
    assert re.search(r"the game does http\(POST, \S+/third, .*; the recording has http\(POST, \S+/second, ", words), (
        words
    )


@pytest.mark.parametrize("path", ["../outside.txt", "/outside.txt", "a/../../outside.txt", "", "c:\\\\outside.txt"])
def test_files_of_a_recording_stay_in_the_save_area(gmlrun: Run, record: Record, path: str) -> None:
    found = record("a", "end")
    head, *rows = found.read_text(encoding="utf-8").splitlines()
    found.write_text("\n".join([head, json.dumps(["file", [path, "00"]]), *rows, ""]), encoding="utf-8")
    done = replay(gmlrun)
    assert (done.returncode, "is damaged" in done.stderr) == (2, True)


# ---------------------------------------------------------------------- damage


@pytest.mark.parametrize("row", range(len(ROWS)), ids=lambda row: str(ROWS[row][0]))
def test_any_value_in_the_place_of_any_other_in_a_recording(row: int, tmp_path: Path) -> None:
    path = tmp_path / "run.gmlrec"
    for number, keys in enumerate(places(ROWS[row])):
        for value in VALUES[number % 3 :: 3]:
            rows = [*ROWS[:row], changed(ROWS[row], "set", keys, value), *ROWS[row + 1 :]]
            path.write_bytes("".join(f"{json.dumps(one)}\n" for one in rows).encode("utf-8", "surrogatepass"))
            with contextlib.suppress(UsageError, ValueError):  # ValueError: what are no hexadecimal digits
                header, kept = read_rows(str(path))
                assert isinstance(header.seed, int)
                segments_of(kept, header.start)


DAMAGED = {
    "frames a second": ("fps", '"fps": 5.0', '"fps": "/"'),
    "no program": ("program", '["server.gml"]', "[]"),
    "a zone": ("zone", '"<LOC>-0:00"', "7"),
    "a port": ("Received", "50000, null", "null, null"),
    "a result": ("send", '"6100", true], 2', '"6100", true], {"path": []}'),
    "nesting": ("time", '["time"', "[" * 100_000),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_recording_is_told_of_in_one_line(gmlrun: Run, tmp_path: Path, kind: str) -> None:
    _, before, after = DAMAGED[kind]
    text = "".join(f"{json.dumps(row)}\n" for row in ROWS)
    assert before in text
    (tmp_path / "server.gml").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "run.gmlrec").write_text(text.replace(before, after, 1), encoding="utf-8")
    done = replay(gmlrun)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "gmlrun: run.gmlrec is no recording of gmlrun, or is damaged\n"


def test_the_recording_that_is_damaged_is_whole(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "server.gml").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "run.gmlrec").write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")
    assert "damaged" not in replay(gmlrun).stderr


def test_recorded_files_that_cannot_be_are_told_of(gmlrun: Run, tmp_path: Path) -> None:
    rows = [ROWS[0], ["file", ["a", "00"]], ["file", ["a/b", "00"]]]
    (tmp_path / "server.gml").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "run.gmlrec").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    done = replay(gmlrun)
    assert done.stderr == "gmlrun: cannot write the recorded file a/b: File exists\n"
    assert done.returncode == 2
