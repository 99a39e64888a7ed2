"""A server that runs is listed, looked into, changed and stopped, by commands as a user types them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.conftest import Run, Start
from tests.service.conftest import SERVER, Join, Serve, wait_until

# ---------------------------------------------------------------------- ps


def test_ps_lists_servers_with_ports_clients_and_uptime(serve: Serve, gmlrun: Run, sockets: Path) -> None:
    one, other = serve(), serve(name="arena")
    wait_until(lambda: len(list(sockets.glob("*.sock"))) == 2)
    heading, *rows = [re.split(r"  +", line.strip()) for line in gmlrun("ps").stdout.splitlines()]
    assert heading == ["process", "name", "ports", "clients", "uptime", "state"]
    found = {row[1]: row for row in rows}
    assert found["lobby"][::2] == [str(one.process.pid), f"tcp {one.port}", found["lobby"][4]]
    assert found["arena"][2:4] == [f"tcp {other.port}", "0"]
    assert found["arena"][5] == "running"


def test_only_its_user_can_open_a_socket_and_it_goes_with_the_server(serve: Serve, sockets: Path) -> None:
    server = serve()
    path = sockets / f"{server.process.pid}.sock"
    wait_until(path.exists)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    server.process.terminate()
    server.process.wait()
    assert not path.exists()


def test_a_program_that_does_not_listen_has_no_socket(gmlrun: Run, tmp_path: Path, sockets: Path) -> None:
    (tmp_path / "plain.gml").write_text("show_debug_message(1);", encoding="utf-8")
    assert gmlrun("plain.gml").stdout == "1\n"
    assert not sockets.exists()
    assert gmlrun("ps").stderr == "no server runs\n"


def test_what_a_killed_server_has_left_is_removed(serve: Serve, gmlrun: Run, sockets: Path) -> None:
    server = serve()
    wait_until(lambda: list(sockets.glob("*.sock")))
    server.process.kill()
    server.process.wait()
    assert list(sockets.glob("*.sock"))
    assert gmlrun("ps").stderr == "no server runs\n"
    assert not list(sockets.glob("*.sock"))


def test_no_control_socket_where_none_is_wanted(serve: Serve, gmlrun: Run, sockets: Path) -> None:
    server = serve("--no-control")
    server.connect().close()
    assert gmlrun("ps").stderr == "no server runs\n"
    assert not sockets.exists()


# -------------------------------------------------------------------- paths


def test_a_path_of_the_users_own(serve: Serve, gmlrun: Run, tmp_path: Path) -> None:
    path = tmp_path / "my.sock"
    server = serve("--control", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert gmlrun("attach", path, stdin="twice(21)").stdout == "42\n"
    assert "lobby" in gmlrun("ps").stdout
    assert gmlrun("stop", path).stdout == "lobby has ended\n"
    assert server.end()[2] == 0
    assert not path.exists()


def test_a_stale_socket_is_replaced(serve: Serve, gmlrun: Run, tmp_path: Path) -> None:
    path = tmp_path / "my.sock"
    stale = socket.socket(socket.AF_UNIX)
    stale.bind(str(path))
    stale.close()
    serve("--control", path)
    assert gmlrun("attach", path, stdin="count").stdout == "0\n"


def program(folder: Path) -> Path:
    """A server in a file."""
    (folder / "lobby.gml").write_text(SERVER, encoding="utf-8")
    return folder / "lobby.gml"


def test_names_that_mean_no_server(serve: Serve, gmlrun: Run, tmp_path: Path, sockets: Path) -> None:
    assert gmlrun("attach").stderr == "gmlrun: no server runs (one that listens, of this user)\n"
    serve()
    serve()
    wait_until(lambda: len(list(sockets.glob("*.sock"))) == 2)
    for words, message in (
        (["stop", "loby"], "did you mean lobby?"),
        (["stop", "lobby"], "2 servers run as lobby: name a process: "),
        (["attach"], "2 servers run: name a process: "),
        (["attach", "./no.sock"], "there is no control socket ./no.sock"),
        (["attach", program(tmp_path)], "is no control socket"),
        (["stop", "lobby.gml"], "2 servers run as lobby.gml: name a process: "),
    ):
        done = gmlrun(*words)
        assert message in done.stderr
        assert done.returncode == 2


# ------------------------------------------------------------------- attach


def test_values_sockets_and_instances_of_the_running_program(serve: Serve, gmlrun: Run, join: Join) -> None:
    server = serve()
    join(server)
    lines = gmlrun(
        "attach", "lobby", stdin="twice(4)\n:sockets\n:instances\nvar a = 5;\na + count\n"
    ).stdout.splitlines()
    assert lines[0] == "8"
    assert lines[2].split()[:5] == ["0", "tcp", "port", str(server.port), "listening"]
    assert lines[-2].split()[1] == "lobby"
    assert lines[-1] == "5"


def test_an_event_is_redefined_while_a_client_is_connected(serve: Serve, gmlrun: Run, join: Join) -> None:
    server = serve()
    client = join(server)
    packet = bytes.fromhex("dec0adde0c00000001000000") + b"x"
    client.sendall(packet)
    assert server.says() == "old 1"
    new = 'event async_network { if (async_load[? "type"] == 3) show_debug_message($"new {++count}"); }'
    assert gmlrun("attach", stdin=new).returncode == 0
    client.sendall(packet)
    assert server.says() == "new 2"


def test_reload_takes_the_file_anew(serve: Serve, gmlrun: Run, tmp_path: Path) -> None:
    serve()
    path = tmp_path / "lobby.gml"
    path.write_text(SERVER.replace("value * 2", "value * 3"), encoding="utf-8")
    assert gmlrun("attach", stdin="twice(2)\n:reload\ntwice(2)").stdout.splitlines()[::2] == ["4", "6"]
    path.write_text("var x = ;", encoding="utf-8")
    done = gmlrun("attach", stdin=":reload\ntwice(2)")
    assert (done.stdout, done.returncode) == ("6\n", 1)
    assert "error: " in done.stderr


def test_mistakes_of_who_is_attached_do_not_end_the_server(serve: Serve, gmlrun: Run) -> None:
    server = serve()
    done = gmlrun("attach", stdin='missing()\n)\nthrow "no"\nserver.x = nothing\n:reset\n:nope\nexit\n')
    assert done.returncode == 1
    assert done.stderr.count("error: ") == 6
    assert gmlrun("attach", stdin="count").stdout == "0\n"
    assert server.process.poll() is None


def test_a_text_that_does_not_end_is_ended_and_the_server_goes_on(serve: Serve, gmlrun: Run) -> None:
    serve()
    done = gmlrun("attach", stdin="while (true) {}\ncount\n")
    assert "the text has run for 5 seconds, in which the server stood still" in done.stderr
    assert done.stdout == "0\n"


def test_trace_and_what_the_server_prints_are_shown_to_who_is_attached(
    serve: Serve, environment: dict[str, str], tmp_path, join
) -> None:
    server = serve()
    attached = Talk(environment, tmp_path, server.process.pid)
    attached.send({"text": ":trace on"})
    attached.until("done")
    client = join(server)
    shown = attached.until_shown("connect")
    assert "127.0.0.1" in shown
    client.close()
    attached.send({"text": 'show_debug_message("to both")'})
    assert "to both" in attached.until_shown("to both")
    assert server.says() == "to both"
    attached.close()


class Talk:
    """The control socket without a terminal."""

    def __init__(self, environment: dict[str, str], folder: Path, process: int) -> None:
        path = Path(environment["XDG_RUNTIME_DIR"]) / "gmlrun" / f"{process}.sock"
        wait_until(path.exists)
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rb")
        self.lines: Iterator[bytes] = iter(self.file)
        self.send({"do": "attach", "width": 60})
        self.until("done")

    def send(self, request: dict[str, Any]) -> None:
        self.socket.sendall(json.dumps(request).encode() + b"\n")

    def until(self, key: str) -> dict[str, Any]:
        """The next answer that has a key."""
        return next(found for found in map(json.loads, self.lines) if key in found)

    def until_shown(self, words: str) -> str:
        """The next text that is shown with some words in it."""
        while True:
            text = "".join(piece for _, piece in self.until("shown")["shown"])
            if words in text:
                return text

    def close(self) -> None:
        self.file.close()
        self.socket.close()


def test_names_can_be_asked_for(serve: Serve, environment: dict[str, str], tmp_path: Path) -> None:
    server = serve()
    attached = Talk(environment, tmp_path, server.process.pid)
    attached.send({"ask": "named", "id": 1})
    names = dict(reversed(attached.until("id")["answer"]))
    assert (names["count"], names["twice"], names["string_upper"]) == ("variable", "function", "function")
    attached.send({"ask": "parameters", "of": "twice", "id": 2})
    assert attached.until("id")["answer"] == ["value"]
    attached.close()


@pytest.mark.parametrize("rude", [b"\xff\xfe\n", b"[1]\n", b'{"do": "fly"}\n', b"{" * 3_000_000, b'{"do": "attach"}\n'])
def test_rude_visitors_do_no_harm(serve: Serve, gmlrun: Run, sockets: Path, rude: bytes) -> None:
    server = serve()
    wait_until(lambda: list(sockets.glob("*.sock")))
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.connect(str(sockets / f"{server.process.pid}.sock"))
        visitor.settimeout(0.5)
        with contextlib.suppress(OSError):  # it may be thrown out while it talks
            visitor.sendall(rude)
    assert gmlrun("attach", stdin="count").stdout == "0\n"


def test_who_does_not_read_is_let_go(serve: Serve, environment: dict[str, str], tmp_path: Path, gmlrun: Run) -> None:
    server = serve()
    attached = Talk(environment, tmp_path, server.process.pid)
    attached.send({"text": 'repeat (100) show_debug_message(string_repeat("x", 100000));'})
    for _ in range(100):
        server.says()
    assert gmlrun("attach", stdin="count").stdout == "0\n"
    attached.close()


# ---------------------------------------------------------------- drain, stop


def test_stop_waits_for_clients_then_runs_the_last_events(serve: Serve, start_gmlrun: Start, join: Join) -> None:
    server = serve()
    client = join(server)
    stop = start_gmlrun("stop", "lobby")
    assert server.says() == "gmlrun_draining 30"
    assert stop.stdout is not None
    assert stop.stdout.readline() == "lobby takes no new clients; it ends when all (1) have left, or in 30 s\n"
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", server.port))
    assert server.process.poll() is None
    client.close()
    assert stop.communicate() == ("lobby has ended\n", "")
    output, _, code = server.end()
    assert (output, code) == ("game end\n", 0)


def test_stop_now_does_not_wait(serve: Serve, gmlrun: Run, join: Join) -> None:
    server = serve()
    join(server)
    assert gmlrun("stop", str(server.process.pid), "--now").stdout == "lobby has ended\n"
    assert server.end()[::2] == ("game end\n", 0)


def test_sigterm_drains_and_ends_late_clients(serve: Serve, join: Join) -> None:
    server = serve("--drain-timeout=1")
    join(server)
    server.process.send_signal(signal.SIGTERM)
    output, errors, code = server.end()
    assert (output, code) == ("gmlrun_draining 1\ngame end\n", 0)
    assert "draining: no new clients, 1 left" in errors
    assert "draining: the time is over; clients disconnected: 1" in errors


def test_a_second_sigterm_ends_the_draining_and_still_runs_the_last_events(serve: Serve, join: Join) -> None:
    server = serve("--drain-timeout=50")
    join(server)
    server.process.send_signal(signal.SIGTERM)
    assert server.says() == "gmlrun_draining 50"
    server.process.send_signal(signal.SIGTERM)
    assert server.end()[::2] == ("game end\n", 0)


def test_a_drained_server_without_clients_ends_at_once(serve: Serve) -> None:
    server = serve("--drain-timeout=50")
    server.process.send_signal(signal.SIGTERM)
    assert server.end()[::2] == ("gmlrun_draining 50\ngame end\n", 0)


def test_the_program_may_end_its_draining_itself(serve: Serve) -> None:
    text = SERVER.replace("event other_game_end", "event alarm0 { game_end(3); }\nevent other_game_end")
    text = text.replace("event async_system {", "event async_system { alarm[0] = 2;")
    server = serve("--drain-timeout=50", text=text.replace("tcp, 6510", "udp, 6510"))
    server.process.send_signal(signal.SIGTERM)
    assert server.end()[::2] == ("gmlrun_draining 50\ngame end\n", 3)


def test_stop_of_a_server_that_is_busy(serve: Serve, gmlrun: Run, sockets: Path) -> None:
    text = SERVER + '\nevent alarm0 { show_debug_message("busy"); while (true) {} }\nalarm[0] = 20;\n'
    server = serve(text=text)
    wait_until(lambda: list(sockets.glob("*.sock")))
    assert server.says() == "busy"
    assert "busy" in gmlrun("ps").stdout
    done = gmlrun("stop", str(server.process.pid))
    assert "does not answer: it is told by SIGTERM" in done.stdout or done.returncode == 2
    assert server.end()[2] == 0


def test_the_folder_must_be_ones_own(serve: Serve, environment: dict[str, str]) -> None:
    folder = Path(environment["XDG_RUNTIME_DIR"]) / "gmlrun"
    folder.mkdir()
    os.chmod(folder, 0o777)
    server = serve()
    assert server.process.stderr is not None
    assert "is not a folder of your own that only you can write to" in server.process.stderr.readline()


def test_save_writes_where_the_person_sits(serve: Serve, gmlrun: Run, tmp_path: Path) -> None:
    serve()
    done = gmlrun("attach", stdin="function thrice(v) { return v * 3; }\n:save kept.gml\n:save kept.gml\n")
    assert done.stdout == "1 text saved in kept.gml\n"
    assert "cannot write kept.gml: File exists" in done.stderr
    assert (tmp_path / "kept.gml").read_text(encoding="utf-8") == "function thrice(v) { return v * 3; }\n"


# ----------------------------------------------------------------- a terminal


def leave(child: pexpect.spawn[str]) -> None:
    """Types Ctrl-D until the prompt ends: between two lines the terminal takes a key for nobody."""
    for _ in range(20):
        child.send("\x04")
        if child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=2) == 0:
            return
    raise AssertionError("the prompt does not end")


def test_the_prompt_of_a_server_on_a_terminal(serve: Serve, environment: dict[str, str], tmp_path: Path) -> None:
    server = serve()
    plain = {"TERM": "xterm", "NO_COLOR": "1", "PROMPT_TOOLKIT_NO_CPR": "1", "XDG_STATE_HOME": str(tmp_path)}
    words = ["-m", "gmlrun", "attach", str(server.process.pid)]
    wait_until(lambda: list((Path(environment["XDG_RUNTIME_DIR"]) / "gmlrun").glob("*.sock")))
    child = pexpect.spawn(
        sys.executable, words, env={**environment, **plain}, encoding="utf-8", timeout=40, dimensions=(24, 80)
    )
    child.expect("gml> ")
    child.send("twice(21)\r")
    child.expect("42")
    child.expect("gml> ")
    child.send("twi\t")
    child.expect("ce")
    child.send("(5000)\r")
    child.expect("10000")
    child.expect("gml> ")
    child.send('show_debug_message("from " + "inside")\r')
    child.expect("from inside")
    assert server.says() == "from inside"
    child.send("if (true) {\r")
    child.expect(r"\.\.\. ")
    child.send("count = 6 + 1; }\r")
    child.expect("gml> ")
    child.send("count\r")
    child.expect("7")
    child.expect("gml> ")
    child.sendintr()
    child.expect("gml> ")
    leave(child)
    child.close()
    assert child.exitstatus == 0
    assert server.process.poll() is None


def test_the_prompt_ends_with_its_server(serve: Serve, environment: dict[str, str], tmp_path: Path) -> None:
    server = serve()
    plain = {"TERM": "xterm", "NO_COLOR": "1", "PROMPT_TOOLKIT_NO_CPR": "1", "XDG_STATE_HOME": str(tmp_path)}
    wait_until(lambda: list((Path(environment["XDG_RUNTIME_DIR"]) / "gmlrun").glob("*.sock")))
    child = pexpect.spawn(
        sys.executable, ["-m", "gmlrun", "attach"], env={**environment, **plain}, encoding="utf-8", timeout=40
    )
    child.expect("gml> ")
    server.process.terminate()
    child.expect("the connection to lobby has ended")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
