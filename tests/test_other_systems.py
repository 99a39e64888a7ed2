"""Python on Windows has no fork, no Unix sockets and few signals: without these the main job is done all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LESS = """
import os, select, signal, sys, _signal, _socket

class Missing:
    names = {"fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}

    def find_spec(self, name, path=None, target=None):
        if name in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
for name in Missing.names:
    sys.modules.pop(name, None)
SIGNALS = "SIGALRM SIGCHLD SIGHUP SIGKILL SIGPIPE SIGPROF SIGQUIT SIGTSTP SIGUSR1 SIGUSR2 SIGVTALRM"
CALLS = "ITIMER_PROF ITIMER_REAL alarm getitimer pthread_kill pthread_sigmask setitimer siginterrupt sigpending sigwait"
SYSTEM = "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK chown fchmod fchown fork forkpty getegid geteuid getgid "
SYSTEM += "getgroups getloadavg getpgid getuid killpg mkfifo nice posix_spawn pread pwrite register_at_fork "
SYSTEM += "sched_getaffinity set_blocking setsid statvfs sync uname wait3 wait4"
MISSING = {
    os: SYSTEM,
    select: "devpoll epoll kqueue poll",
    signal: f"{SIGNALS} {CALLS}",
    _signal: f"{SIGNALS} {CALLS}",
    _socket: "AF_NETLINK AF_UNIX MSG_DONTWAIT MSG_NOSIGNAL SO_REUSEPORT socketpair",
}
for module, names in MISSING.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)

"""
COMMAND = LESS + "from gmlrun.cli import main\nsys.exit(main(sys.argv[1:]))"
HOST = (
    LESS
    + """
import asyncio
from gmlrun import Game

async def hosted():
    with Game(sys.stdin.read(), on_log=lambda line: None) as game:
        return await asyncio.wait_for(game.run_async(), 15)

print(asyncio.run(hosted()))
"""
)
BOTH_SIDES = """
randomise();
do {
    port = irandom_range(20000, 60000);
    server = network_create_server(network_socket_tcp, port, 8);
} until (server >= 0);
packet = buffer_create(16, buffer_grow, 1);
buffer_write(packet, buffer_string, "hello");
alarm[0] = 2;
event alarm0 {
    client = network_create_socket(network_socket_tcp);
    show_debug_message(network_connect(client, "127.0.0.1", port));
    network_send_packet(client, packet, buffer_tell(packet));
}
event async_network {
    if (async_load[? "type"] != network_type_data) exit;
    var text = buffer_read(async_load[? "buffer"], buffer_string);
    show_debug_message(text);
    ini_open("seen.ini"); ini_write_string("texts", "last", text); ini_close();
    game_end(3);
}
"""
ROUND_TRIPS = BOTH_SIDES.replace(
    "game_end(3);",
    """
    if (++global.turns == 10) game_end(7);
    network_send_packet(async_load[? "id"], packet, buffer_tell(packet));
""",
).replace("randomise();", "randomise(); global.turns = 0;")


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]):
    def started(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", COMMAND, *words]
        return subprocess.run(
            command, input=stdin, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=30
        )

    return started


@pytest.fixture
def program(tmp_path: Path):
    def write(text: str) -> str:
        (tmp_path / "main.gml").write_text(text, encoding="utf-8")
        return "main.gml"

    return write


def test_server_and_client(run, program) -> None:
    done = run(program(BOTH_SIDES), "--save-dir", ".", "--bind=127.0.0.1")
    assert (done.stdout, done.returncode) == ("0\nhello\n", 3)
    assert done.stderr.startswith("gmlrun: listening tcp 127.0.0.1:")


def test_the_prompt(run) -> None:
    assert run(stdin="x = 6 * 7\nx + 1\n").stdout == "43\n"


def test_an_endless_event_ends(run, program) -> None:
    done = run(program("event step { while (true) {} }"), "--event-timeout=0.3")
    assert "the event has run for 0.3 seconds: it was ended" in done.stderr
    assert "main.gml:1:14" in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("words", [["ps"], ["--max-memory=100", "main.gml"], ["--workers=2", "main.gml"]])
def test_what_cannot_be_had_is_told(run, program, words: list[str]) -> None:
    program("show_debug_message(1);")
    done = run(*words)
    assert "system" in done.stderr
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_game_on_a_loop_that_cannot_watch_its_sockets(environment: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOST],
        input=ROUND_TRIPS,
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        timeout=40,
    )
    assert (done.stdout.splitlines()[-1], done.stderr) == ("7", "")
