"""What a machine may refuse, at each place that asks for it: no server ends, no traceback shows, and one line says why.

A cell of the table is a place and a refusal. The refusal is put into the process before gmlrun is loaded; where a
program is to begin well, its own file `refuse` turns the refusal on, and off when it is deleted.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from gmlrun import Game, GmlError, Limits, Settings
from gmlrun.service import status, workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these are the refusals of Linux")

REFUSE = """
import errno, os, select, selectors, socket, subprocess, sys, threading, time

WHAT, FLAG = os.environ["REFUSE"].split(","), os.environ.get("REFUSE_FLAG")

def check(place):
    for what in WHAT:
        at, _, code = what.partition(":")
        if at == place and (not FLAG or os.path.exists(FLAG)):
            raise RuntimeError("can't start new thread") if at == "thread" else OSError(
                getattr(errno, code), os.strerror(getattr(errno, code)))

def refusing(owner, name, place, applies=lambda *given, **named: True):
    action = getattr(owner, name)
    def asked(*given, **named):
        if applies(*given, **named):
            check(place)
        return action(*given, **named)
    setattr(owner, name, asked)

refusing(threading.Thread, "start", "thread")
refusing(os, "fork", "process")
refusing(subprocess, "_fork_exec", "process")
refusing(socket.socket, "__init__", "socket", lambda *given, fileno=None: len(given) < 5 and fileno is None)
refusing(socket.socket, "__init__", "control", lambda self, family=-1, *more, fileno=None:
    len(more) < 3 and fileno is None and family == socket.AF_UNIX)
refusing(selectors.EpollSelector, "register", "watch control", lambda self, file, *more:
    getattr(file, "family", 0) == socket.AF_UNIX)
refusing(socket, "socketpair", "pair")
refusing(socket.socket, "accept", "accept")
refusing(selectors.EpollSelector, "__init__", "epoll")
refusing(selectors.EpollSelector, "register", "watch")
if "signal:main" in WHAT:
    import signal
    begin = threading.Thread.start
    def begin_with_signals(thread):
        begin(thread)
        if threading.current_thread() is threading.main_thread():
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    threading.Thread.start = begin_with_signals
if "clock:back" in WHAT:
    now = iter(range(2_000_000_000, 0, -100_000))
    time.time = lambda: float(next(now))
if "proc:gone" in WHAT:
    def without_proc(action):
        def opened(path, *given, **named):
            if isinstance(path, str) and path.startswith("/proc"):
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
            return action(path, *given, **named)
        return opened
    import builtins
    builtins.open, os.open, os.listdir = map(without_proc, (builtins.open, os.open, os.listdir))
from gmlrun.cli import main
sys.exit(main(sys.argv[1:]))
"""
THREADS = "the machine gives no more threads (see ulimit -u, or the pids limit of the container)"
SERVER = """
show_debug_message(network_create_server(network_socket_tcp, 0, 4) >= 0);
alarm[0] = 3;
event alarm0 { show_debug_message("end"); game_end(); }
"""
SERVED = "1\nend\n"
HTTP = """
asked = http_get("http://127.0.0.1:1/");
event async_http { show_debug_message($"{async_load[? "id"] == asked} {async_load[? "status"]}"); }
"""
NAMES = """
show_debug_message(network_connect(network_create_socket(network_socket_tcp), "localhost", 1));
show_debug_message(network_connect_raw(network_create_socket(network_socket_ws), "ws://localhost", 1));
show_debug_message(network_resolve("localhost") == "");
udp = network_create_socket(network_socket_udp);
bytes = buffer_create(4, buffer_fixed, 1);
show_debug_message(network_send_udp(udp, "localhost", 5000, bytes, 4) > 0);
alarm[0] = 2;
event alarm0 { game_end(); }
"""
SOCKETS = """
bytes = buffer_create(4, buffer_fixed, 1);
show_debug_message(network_create_server(network_socket_tcp, 0, 4));
show_debug_message(network_create_server(network_socket_udp, 0, 4));
show_debug_message(network_connect(network_create_socket(network_socket_tcp), "127.0.0.1", 1));
udp = network_create_socket(network_socket_udp);
show_debug_message(udp);
show_debug_message(network_send_udp(udp, "127.0.0.1", 5000, bytes, 4));
show_debug_message(network_send_broadcast(udp, 5000, bytes, 4));
network_set_timeout(0, 1, 1);
event step { game_end(); }
"""
NO_SOCKETS = "-1\n" * 6
DATES = """
show_debug_message(date_time_string(date_create_datetime(2024, 7, 1, 12, 30, 0)));
show_debug_message(date_get_year(date_current_datetime()) > 1970);
started = get_timer();
frames = 0;
event step {
    if (++frames < 5) exit;
    show_debug_message(get_timer() >= started && delta_time >= 0 && current_time >= 0);
    game_end();
}
"""
TESTS = "function test_one() { assert_true(true); }\nfunction test_two() { assert_true(true); }\n"


class Place(NamedTuple):
    """What is run, and what it must say on standard output and standard error, and end with."""

    refusal: str
    words: str
    code: str
    output: str
    said: str = ""
    status: int = 0
    environment: dict[str, str] = {}


def no_sockets(reason: str) -> str:
    return f"cannot listen on tcp *:0: {reason}"


PLACES = {
    "http": Place("thread", "it.gml", HTTP, "1 -1\n", f"http://127.0.0.1:1/: {THREADS}"),
    "names": Place("thread", "it.gml", NAMES, "-1\n-1\n1\n1\n", f"localhost cannot be looked up: {THREADS}"),
    "status": Place("thread", "it.gml --status 0", SERVER, SERVED, f"nothing answers at --status: {THREADS}"),
    "reload": Place("thread", "it.gml --watch=reload", SERVER, SERVED, f"the files are not watched: {THREADS}"),
    "agones": Place("thread", "it.gml --agones", SERVER, SERVED, f"Agones hears nothing of this game: {THREADS}"),
    "redis": Place("thread", "it.gml --redis redis://127.0.0.1:1/", SERVER, SERVED, f"come from it: {THREADS}"),
    "bad line": Place("thread", "it.gml --net latency=9", SERVER, SERVED, f"--net changes nothing, as {THREADS}"),
    "bad line, no descriptors": Place("pair:EMFILE", "it.gml --net latency=9", SERVER, SERVED, "--net changes nothing"),
    "time of events": Place("thread", "it.gml --event-timeout 9", SERVER, SERVED),
    "systemd": Place("thread", "it.gml", SERVER, SERVED, environment={"NOTIFY_SOCKET": "/x", "WATCHDOG_USEC": "9000"}),
    "lines of a pipe": Place("thread", "repl", "", "", f"nothing can be read beside the game: {THREADS}", 2),
    "typed packets": Place("thread", "net connect 127.0.0.1 1", "", "", f"beside the network: {THREADS}", 2),
    "workers": Place("process:EAGAIN", "it.gml --workers 2", SERVER, "", "the system starts no process", 2),
    "tests": Place("process:EAGAIN", "test test_it.gml", TESTS, "", "no process for the tests: Resource tempora", 2),
    "bots": Place("process:EAGAIN", "net bots 4 it.gml --jobs 2", SERVER, "", "no process for the bots: Resource", 2),
    "descriptors": Place("socket:EMFILE", "it.gml", SOCKETS, NO_SOCKETS, no_sockets("Too many open files")),
    "descriptors of all": Place("socket:ENFILE", "it.gml", SOCKETS, NO_SOCKETS, "Too many open files in system"),
    "room for sockets": Place("socket:ENOBUFS", "it.gml", SOCKETS, NO_SOCKETS, no_sockets("No buffer space avail")),
    "memory for sockets": Place("socket:ENOMEM", "it.gml", SOCKETS, NO_SOCKETS, no_sockets("Cannot allocate mem")),
    "allowed sockets": Place("socket:EPERM", "it.gml", SOCKETS, NO_SOCKETS, no_sockets("Operation not permitted")),
    "watched sockets": Place("watch:ENOSPC", "it.gml", SOCKETS, NO_SOCKETS, no_sockets("No space left on device")),
    "control": Place("control:EMFILE", "it.gml", SERVER, SERVED, "goes on without one (see --control)"),
    "watched control": Place("watch control:ENOSPC", "it.gml", SERVER, SERVED, "goes on without one (see --control)"),
    "control by name": Place(
        "watch control:ENOSPC", "it.gml --control c", "", "", "control socket cannot be watched", 2
    ),
    "epoll": Place("epoll:EMFILE", "it.gml", SERVER, SERVED),
    "epoll and the pair": Place("epoll:EMFILE,pair:EMFILE", "it.gml", SERVER, SERVED),
    "the pair, and somebody who wakes": Place("pair:ENFILE", "it.gml", HTTP, "1 -1\n"),
    "a clock that goes back": Place("clock:back", "it.gml", DATES, "12:30:00\n1\n1\n"),
    "no /proc": Place("proc:gone", "it.gml --max-memory 500 --status 0", SERVER, SERVED),
    "no such time zone": Place("", "it.gml", DATES, "12:30:00\n1\n1\n", environment={"TZ": "Nowhere/Land"}),
    "a zone days away": Place("", "it.gml", DATES, "12:30:00\n1\n1\n", environment={"TZ": "<+99>-99"}),
    "a zone that is none": Place("", "it.gml", DATES, "12:30:00\n1\n1\n", environment={"TZ": "../../../etc/passwd"}),
    "no home": Place("", "it.gml", SERVER, SERVED, environment={"HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null"}),
    "no folder to save in": Place("", "it.gml", SERVER, SERVED, environment={"XDG_DATA_HOME": "/dev/null"}),
    "no runtime folder": Place("", "it.gml", SERVER, SERVED, environment={"XDG_RUNTIME_DIR": "/dev/null"}),
    "a poor locale": Place(
        "",
        "it.gml",
        'show_debug_message("é😀"); show_debug_message(file_exists("é😀"));',
        "??\n0\n",
        environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ),
}


@pytest.fixture
def refused(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts gmlrun in the test's folder with refusals; faults are told as users see them."""
    environment.pop("GMLRUN_FAULTS", None)
    started: list[subprocess.Popen[str]] = []

    def start(refusal: str, *words: str, **more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", REFUSE, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**environment, "REFUSE": refusal, **more},
            cwd=tmp_path,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("name", PLACES)
def test_each_place_says_what_happened_and_goes_on(
    name: str, refused: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    place = PLACES[name]
    if name == "redis" and find_spec("redis") is None:
        pytest.skip("redis is not installed")
    for file in ("it.gml", "test_it.gml"):
        (tmp_path / file).write_text(place.code, encoding="utf-8")
    process = refused(place.refusal, *place.words.split(), **place.environment)
    output, said = process.communicate("", timeout=50)
    assert "Traceback" not in said
    assert "internal fault" not in said
    assert place.said.replace(", as ", ", as the line is as good as it is: ") in said
    assert (output, process.returncode) == (place.output, place.status)


def port_of(process: subprocess.Popen[str], sign: str = "listening tcp") -> int:
    """The port of a server that has begun to listen, from its line."""
    assert process.stderr is not None
    while sign not in (line := process.stderr.readline()):
        assert line, "it has ended"
    return int(line.rstrip("/\n").rpartition(":")[2])


ECHO = """
network_create_server_raw(network_socket_tcp, 0, 8);
event async_networking {
    if (async_load[? "type"] == network_type_data)
        network_send_raw(async_load[? "id"], async_load[? "buffer"], async_load[? "size"]);
}
"""
WAITING = "network_create_server_raw(network_socket_tcp, 0, 8); event async_networking { game_end(); }"


@pytest.mark.parametrize(
    "refusal", ["accept:EMFILE", "accept:ENFILE", "accept:ENOBUFS", "accept:ENOMEM", "watch:ENOSPC", "watch:ENOMEM"]
)
def test_clients_wait_until_the_system_takes_them(
    refusal: str, refused: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / "it.gml").write_text(WAITING, encoding="utf-8")
    flag = tmp_path / "refuse"
    process = refused(refusal, "it.gml", "--no-control", REFUSE_FLAG=str(flag))
    port = port_of(process)
    flag.touch()
    assert process.stderr is not None
    with socket.create_connection(("127.0.0.1", port), 50):
        assert "clients have to wait" in process.stderr.readline()
        flag.unlink()
        with socket.create_connection(("127.0.0.1", port), 50):  # the first one is gone where it could not be watched
            _, said = process.communicate(timeout=50)
    assert (said, process.returncode) == ("", 0)


@pytest.mark.parametrize("missing", [1, 2])
def test_a_worker_without_a_process_is_tried_again(
    missing: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    answers = [11, refused, refused, 12] if missing == 2 else [refused, 11, refused, 12]

    def fork() -> int:
        answer = answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return int(answer)

    monkeypatch.setattr(os, "fork", fork)
    monkeypatch.setattr(workers, "AGAIN", 0.0)
    supervisor = workers.Supervisor(2)
    assert [supervisor._start(number) for number in (1, 2)] == [False, False]
    assert (list(supervisor.workers), list(supervisor.missing)) == ([11], [missing])
    said = f"gmlrun: worker {missing} has no process (Resource temporarily unavailable): it is tried again\n"
    assert capsys.readouterr().err == said
    assert not supervisor._start_missing()
    assert list(supervisor.missing) == [missing]
    assert not supervisor._start_missing()
    assert capsys.readouterr().err == ""  # it is said once
    assert (list(supervisor.workers), supervisor.missing) == ([11, 12], {})


def test_status_requests_without_threads_take_no_place(
    refused: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / "it.gml").write_text(WAITING, encoding="utf-8")
    flag = tmp_path / "refuse"
    process = refused("thread", "it.gml", "--no-control", "--status", "0", REFUSE_FLAG=str(flag))
    port = port_of(process, "status http")
    flag.touch()
    for _ in range(status.MOST + 2):
        assert answer_of(port) == b""
    flag.unlink()
    assert answer_of(port).startswith(b"HTTP/1.0 200")
    process.terminate()
    assert "Traceback" not in process.communicate(timeout=50)[1]


def test_a_signal_that_another_thread_gets_ends_the_game(
    refused: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / "it.gml").write_text(WAITING, encoding="utf-8")
    process = refused("signal:main", "it.gml", "--no-control", "--status", "0")
    assert answer_of(port_of(process, "status http")).startswith(b"HTTP/1.0 200")
    process.terminate()
    assert process.wait(50) == 0


def test_draining_ends_without_a_thread(refused: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> None:
    (tmp_path / "it.gml").write_text(ECHO, encoding="utf-8")
    process = refused("thread", "it.gml", "--no-control", "--drain-timeout", "0.1")
    with socket.create_connection(("127.0.0.1", port_of(process)), 50) as client:
        client.sendall(b"x")
        assert client.recv(1) == b"x"  # it has been accepted
        process.terminate()
        _, said = process.communicate(timeout=50)
    assert "draining: the time is over" in said
    assert process.returncode == 0


def answer_of(port: int) -> bytes:
    """What the status server answers before it closes."""
    with socket.create_connection(("127.0.0.1", port), 50) as asking:
        asking.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
        answer = b""
        with contextlib.suppress(ConnectionError):
            while piece := asking.recv(4096):
                answer += piece
        return answer


def test_visitors_wait_until_the_system_takes_them(
    refused: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / "it.gml").write_text(ECHO, encoding="utf-8")
    flag = tmp_path / "refuse"
    process = refused("accept:EMFILE", "it.gml", "--control", str(tmp_path / "c"), REFUSE_FLAG=str(flag))
    port = port_of(process)
    flag.touch()
    with socket.socket(socket.AF_UNIX) as visitor, socket.create_connection(("127.0.0.1", port), 50):
        visitor.settimeout(50)
        visitor.connect(str(tmp_path / "c"))
        visitor.sendall(b'{"do": "facts"}\n')
        assert process.stderr is not None
        assert "clients have to wait" in process.stderr.readline()
        flag.unlink()
        with visitor.makefile("rb") as lines:
            assert json.loads(lines.readline())["name"] == "it"
    process.terminate()
    assert process.communicate(timeout=50)[1] == ""


def test_nobody_is_attached_without_a_thread_and_the_game_goes_on(
    refused: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / "it.gml").write_text(WAITING, encoding="utf-8")
    process = refused("thread", "it.gml", "--control", str(tmp_path / "c"))
    port = port_of(process)
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.settimeout(50)
        visitor.connect(str(tmp_path / "c"))
        visitor.sendall(b'{"do": "attach"}\n')
        with visitor.makefile("rb") as lines:
            assert json.loads(lines.readline()) == {"error": f"there is no prompt: {THREADS}"}
    socket.create_connection(("127.0.0.1", port), 50).close()
    assert process.communicate(timeout=50)[1] == ""
    assert process.returncode == 0


def test_systemd_has_signs_of_life_without_a_thread(
    refused: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    (tmp_path / "it.gml").write_text(WAITING, encoding="utf-8")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(50)
        process = refused("thread", "it.gml", NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="100000")
        heard = [manager.recv(1000) for _ in range(4)]
        assert heard[0].startswith(b"READY=1")
        assert heard[1:] == [b"WATCHDOG=1"] * 3
        process.terminate()
        assert process.communicate(timeout=50)[1].count("\n") == 1


def test_limits_of_a_host_without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events run, with one line that nothing ends them; a text that is to be compiled in time is refused."""
    said: list[str] = []
    results: list[object] = []

    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    def host() -> None:
        program = "function f() { return 5; }"
        with monkeypatch.context() as patched:
            patched.setattr(threading.Thread, "start", refuse)
            try:
                Game(program, limits=Limits(event_time=5.0)).__enter__()
            except GmlError as error:
                results.append(str(error))
            with Game(program, settings=Settings(event_timeout=5.0), on_log=said.append) as game:
                results.extend(game.call("f") for _ in range(3))

    beside = threading.Thread(target=host)
    beside.start()
    beside.join(50)
    assert results == [f"nothing can end what takes too long: {THREADS}", 5.0, 5.0, 5.0]
    assert said == [f"warning: no event is ended that takes too long or too much: {THREADS}"]
