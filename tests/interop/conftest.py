"""What the tests with other people's programs share: servers in GML, and the tools that drive them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.conftest import ROOT, Start

ECHO = """
// Echoes every message: on the first port with GameMaker's handshake, on the second as it came.
server = network_create_server(network_socket_ws, 6510, 8);
network_create_server_raw(network_socket_ws, 6511, 8);

event async_network {
    var id_ = async_load[? "id"], buffer = async_load[? "buffer"], size = async_load[? "size"];
    switch (async_load[? "type"]) {
        case network_type_connect: show_debug_message("connected"); break;
        case network_type_disconnect: show_debug_message("left"); break;
        case network_type_data:
            if (async_load[? "server"] == server) {
                network_send_packet(id_, buffer, size);
            } else {
                network_send_raw(id_, buffer, size, async_load[? "message_type"]);
            }
    }
}
"""


class GmlServer:
    """A server in GML: its process, and the ports that it listens on in their order."""

    def __init__(self, process: subprocess.Popen[str], servers: int) -> None:
        assert process.stderr is not None
        self.process = process
        self.ports = [int(process.stderr.readline().rpartition(":")[2]) for _ in range(servers)]

    def says(self) -> str:
        """The next line of its output."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().rstrip("\n")


@pytest.fixture
def serve(start_gmlrun: Start, tmp_path: Path) -> Callable[[str | Path, int], GmlServer]:
    """Starts a server in GML, from its text or its file, that listens on so many ports from 6510 on."""

    def start(program: str | Path, servers: int) -> GmlServer:
        if isinstance(program, str):
            (tmp_path / "server.gml").write_text(program, encoding="utf-8")
            program = tmp_path / "server.gml"
        ports = [f"--map-port={6510 + n}=0" for n in range(servers)]
        return GmlServer(start_gmlrun(program, "--bind=127.0.0.1", *ports), servers)

    return start


@pytest.fixture
def echo(serve: Callable[[str, int], GmlServer]) -> GmlServer:
    """Both kinds of WebSocket servers, echoing."""
    return serve(ECHO, 2)


def give_up(reason: str) -> NoReturn:
    """Fails in CI, skips elsewhere."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    raise AssertionError


def node_environment() -> dict[str, str]:
    """The environment of a Node that finds what the tests have installed."""
    paths = [str(ROOT / ".venv" / "npm" / "node_modules"), *filter(None, [os.environ.get("NODE_PATH")])]
    return {**os.environ, "NODE_PATH": os.pathsep.join(paths)}


@pytest.fixture
def node_with_ws(need_tool: Callable[[str], str]) -> Iterator[Start]:
    """Starts a script with a Node that has the package `ws`; what still runs at the end of the test is killed."""
    program, started = need_tool("node"), list[subprocess.Popen[str]]()
    if subprocess.run([program, "-e", "require('ws')"], env=node_environment(), capture_output=True).returncode != 0:
        give_up("this test needs the npm package ws")

    def start(*words: str | Path) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        command = [program, *map(str, words)]
        started.append(subprocess.Popen(command, env=node_environment(), stdout=pipe, stderr=pipe, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def node(need_tool: Callable[[str], str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a script with a Node that has a WebSocket client, its own or that of the package `ws`."""
    program = need_tool("node")
    options: dict[str, Any] = {"env": node_environment(), "capture_output": True, "text": True, "timeout": 30}

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run([program, *map(str, words)], **options)

    probe = "process.exit(typeof WebSocket === 'function' ? 0 : (require('ws'), 0))"
    for flags in ([], ["--experimental-websocket"]):
        if run(*flags, "-e", probe).returncode == 0:
            return lambda *words: run(*flags, *words)
    give_up("this test needs a Node with WebSocket: version 22, or 20 and 18 with the npm package ws")


@pytest.fixture
def chromium(need_tool: Callable[[str], str]) -> str:
    """The path of a Chromium that Playwright can drive."""
    return need_tool("chromium")
