"""The debugger, as an editor drives it: by the Debug Adapter Protocol, with the launch.json of the manual."""

from __future__ import annotations

import json
import os
import queue
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.conftest import ROOT, Start

pytest.importorskip("debugpy")
PROGRAM = """hero = { hp: 10, items: ["rope", "lamp"] };

function hurt(_who, _damage) {
    var _left = _who.hp - _damage;
    _who.hp = max(0, _left);
    return _who.hp;
}

show_debug_message(hurt(hero, 4));
"""


class Adapter:
    """One connection to a debug adapter: requests go out, their answers and events come in."""

    def __init__(self, reading: IO[bytes], writing: IO[bytes]) -> None:
        self.reading, self.writing = reading, writing
        self.number = 0
        self.messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self.kept: list[dict[str, Any]] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            while head := self.reading.readline():
                length = int(head.partition(b":")[2])
                self.reading.readline()
                self.messages.put(json.loads(self.reading.read(length)))
        except (OSError, ValueError):
            return

    def send(self, command: str, **arguments: Any) -> int:
        self.number += 1
        text = {"seq": self.number, "type": "request", "command": command, "arguments": arguments}
        body = json.dumps(text).encode()
        self.writing.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.writing.flush()
        return self.number

    def wait(self, is_wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first message of a kind; the others stay for later."""
        for message in self.kept:
            if is_wanted(message):
                self.kept.remove(message)
                return message
        while not is_wanted(message := self.messages.get(timeout=40)):
            self.kept.append(message)
        return message

    def ask(self, command: str, **arguments: Any) -> dict[str, Any]:
        """A request's answer."""
        number = self.send(command, **arguments)
        answer = self.wait(lambda message: message.get("request_seq") == number)
        assert answer["success"], answer
        return answer.get("body", {})  # type: ignore[no-any-return]

    def event(self, name: str) -> dict[str, Any]:
        found = self.wait(lambda message: message["type"] == "event" and message["event"] == name)
        return found.get("body", {})  # type: ignore[no-any-return]


@pytest.fixture
def environment(environment: dict[str, str]) -> dict[str, str]:
    """Without errors for warnings, which are the debugger's own."""
    return {**environment, "PYTHONWARNINGS": "default", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.gml"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


def configurations(program: Path, port: int) -> dict[str, dict[str, Any]]:
    """The configurations of the manual's launch.json, as an editor fills them in."""
    page = (ROOT / "docs" / "debugging.md").read_text(encoding="utf-8")
    text = page.partition('title="launch.json"\n')[2].partition("```")[0]
    filled = text.replace("${file}", os.fspath(program)).replace("${workspaceFolder}", os.fspath(program.parent))
    return {one["request"]: one for one in json.loads(filled.replace("5678", str(port)))["configurations"]}


def debug(adapter: Adapter, configuration: dict[str, Any], program: Path) -> None:
    """A breakpoint in a function, its stack, its variables, a step, and the end."""
    adapter.ask("initialize", clientID="test", adapterID="debugpy", linesStartAt1=True, columnsStartAt1=True)
    begun = adapter.send(configuration["request"], **configuration)
    adapter.event("initialized")
    made = adapter.ask("setBreakpoints", source={"path": os.fspath(program)}, breakpoints=[{"line": 5}])
    assert [(point["verified"], point["line"]) for point in made["breakpoints"]] == [(True, 5)]
    adapter.ask("configurationDone")
    adapter.wait(lambda message: message.get("request_seq") == begun)
    stopped = adapter.event("stopped")
    assert stopped["reason"] == "breakpoint"
    thread = stopped["threadId"]
    stack = adapter.ask("stackTrace", threadId=thread)["stackFrames"]
    in_gml = [frame for frame in stack if frame["source"]["path"].endswith("program.gml")]
    assert [(frame["name"], frame["line"]) for frame in in_gml] == [
        ("gml_Script_hurt", 5),
        ("gml_Object_program_Create_0", 9),
    ]
    found = variables(adapter, stack[0]["id"])
    assert found["_left"]["value"] == "6.0"
    assert found["_damage"]["value"] == "4.0"
    assert found["_who"]["value"] == "{ hp : 10.0, items : ['rope', 'lamp'] }"
    inside = adapter.ask("variables", variablesReference=found["_who"]["variablesReference"])["variables"]
    assert {one["name"]: one["value"] for one in inside}["hp"] == "10.0"
    assert found["self"]["value"] == "instance 100000 of program"
    adapter.ask("next", threadId=thread)
    assert adapter.event("stopped")["reason"] == "step"
    assert adapter.ask("stackTrace", threadId=thread)["stackFrames"][0]["line"] == 6
    adapter.ask("continue", threadId=thread)
    adapter.event("terminated")


def variables(adapter: Adapter, frame: int) -> dict[str, dict[str, Any]]:
    scopes = adapter.ask("scopes", frameId=frame)["scopes"]
    found = adapter.ask("variables", variablesReference=scopes[0]["variablesReference"])["variables"]
    return {one["name"]: one for one in found}


def test_attach_to_a_program_that_waits(start_gmlrun: Start, program: Path) -> None:
    process = start_gmlrun("run", program, "--debug=0")
    assert process.stderr is not None
    said = process.stderr.readline()
    port = int(re.fullmatch(r"gmlrun: waiting for a debugger at 127\.0\.0\.1:(\d+)\n", said)[1])  # type: ignore[index]
    with socket.create_connection(("127.0.0.1", port), 20) as connection, connection.makefile("rwb") as stream:
        debug(Adapter(stream, stream), configurations(program, port)["attach"], program)  # type: ignore[arg-type]
    assert process.communicate()[0] == "6\n"
    assert process.returncode == 0


@pytest.fixture
def adapter(environment: dict[str, str]) -> Iterator[Adapter]:
    """A debug adapter of its own, as an editor starts it."""
    command = [sys.executable, "-m", "debugpy.adapter"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    assert process.stdin is not None
    assert process.stdout is not None
    yield Adapter(process.stdout, process.stdin)
    process.kill()
    process.communicate()


def test_launch(adapter: Adapter, environment: dict[str, str], program: Path) -> None:
    configuration = configurations(program, 0)["launch"]
    debug(adapter, {**configuration, "python": [sys.executable], "env": environment}, program)


def test_a_port_that_is_taken_is_told(start_gmlrun: Start, program: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start_gmlrun("run", program, f"--debug={taken.getsockname()[1]}")
        _, said = process.communicate()
    assert process.returncode == 2
    assert "--debug: cannot listen on port" in said
