"""What somebody may send to a control socket: each line is answered or ends that connection, and the game goes on."""

from __future__ import annotations

import contextlib
import json
import random
import selectors
import socket
from collections.abc import Iterator
from functools import cache
from typing import Any

from fuzz.damage import in_bytes, in_value
from fuzz.engine import Fuzzer, Parts
from gmlrun.build.front_end import Built
from gmlrun.build.pipeline import build
from gmlrun.build.program import Part, Program
from gmlrun.builtins.table import Table
from gmlrun.engine.loop import Loop
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.project.model import Loaded
from gmlrun.repl.lines import Lines
from gmlrun.runtime import Runtime, Settings
from gmlrun.sandbox.watchdog import Watchdog
from gmlrun.service.attached import Attachments
from gmlrun.service.control import Control, Visitor
from gmlrun.service.draining import Drain
from gmlrun.source import Source

PROGRAM = """
server = network_create_server(network_socket_tcp, 6510, 4);
table = { a: [1, 2], b: { c: "text" } };
function twice(value) { return value * 2; }
enum Kind { ONE, TWO }
event step { x += 1; }
"""
REQUESTS: list[Any] = [
    {"do": "facts"}, {"do": "attach", "width": 80}, {"do": "stop", "timeout": 30}, {"do": "nothing"},
    {"text": "twice(21)"}, {"text": "table"}, {"text": "x = ;"}, {"text": ":help"}, {"text": ":sockets"},
    {"text": ":instances"}, {"text": "throw \"\\ud800\";"}, {"text": ":doc twice"}, {"text": ":hex 0"},
    {"text": "exit"}, {"text": ":time twice(2)"}, {"text": ":save nowhere/x"}, {"text": ":trace on"},
    {"text": "function f() { return f; }"},
    {"ask": "named", "id": 1}, {"ask": "members", "id": 2, "of": ["table", "b"]}, {"ask": "events", "id": 3},
    {"ask": "parameters", "id": 4, "of": "twice"}, {"ask": "members", "id": 5, "of": ["Kind"]},
]  # fmt: skip
ODD = (
    b"[" * 50_000 + b"\n",
    b"\n\n",
    b"null\n",
    b'"\\ud800"\n',
    b"{}\n",
    b"\xff\xfe\n",
    b"1e999\n",
    b"{" * 3000 + b"\n",
)


def make(rng: random.Random) -> Parts:
    """Lines of requests, most of them damaged, a part for each read."""
    program()  # built here, where no time limit is
    parts: Parts = [b'{"do": "attach", "width": 80}\n'] if rng.random() < 0.8 else []
    for _ in range(rng.randint(1, 8)):
        request = rng.choice(REQUESTS)
        if rng.random() < 0.7:
            request = in_value(rng, request)
        line = json.dumps(request).encode() + b"\n"
        kind = rng.random()
        parts.append(rng.choice(ODD) if kind < 0.1 else in_bytes(rng, line) if kind < 0.2 else line)
    return parts


@cache
def program() -> tuple[Loaded, Built]:
    """The server, compiled once."""
    part = Part(Source("server.gml", PROGRAM), "gml_Object_server_Create_0", owner="server")
    loaded = Loaded(Program([part]), "server")
    return loaded, build(loaded)


class NoSelector:
    """Stands for the backend that reads the control socket; here the fuzzer says when."""

    def watch(self, *arguments: Any, **options: Any) -> None:
        """Watches nothing."""

    def unwatch(self, transport: Any) -> None:
        """Has watched nothing."""


@contextlib.contextmanager
def visited() -> Iterator[tuple[Game, Visitor, socket.socket]]:
    """A running game, somebody at its control socket, and the other end of the connection."""
    loaded, built = program()
    rt = Runtime(Settings(), output=ignore, log=ignore, backend=MemoryBackend())
    game = Game(built, loaded, rt, ignore)
    game.prepare_loop()
    game.start()
    rt.service(Loop).begin()
    control = Control(game, Drain(game))
    control.selector = NoSelector()  # type: ignore[assignment]
    control.attachments = Attachments(game)
    lines = Lines(Table())
    lines.declare(loaded.program, built)
    control.attachments.ready(lines)
    here, there = socket.socketpair()
    here.setblocking(False)
    there.setblocking(False)
    visitor = Visitor(control, here)
    try:
        yield game, visitor, there
    finally:
        visitor.leave()
        there.close()
        rt.service(Watchdog).finish()


def run(parts: Parts) -> None:
    with visited() as (game, visitor, peer):
        loop = game.rt.service(Loop)
        loop.dispatch.on_error = end
        for data in parts:
            if visitor.has_left:
                break
            peer.sendall(data)
            visitor.serve(selectors.EVENT_READ | selectors.EVENT_WRITE)
            loop.advance()
            with contextlib.suppress(BlockingIOError):
                check(peer.recv(1 << 20))


def end(error: BaseException) -> None:
    """What gets out of the control socket would end the game."""
    raise error


def check(answer: bytes) -> None:
    """Whatever is answered is lines of JSON, and none tells of a fault."""
    for line in answer.splitlines():
        if not answer.endswith(b"\n"):
            return
        assert isinstance(json.loads(line), dict)
        assert b"fault of gmlrun" not in line, line.decode()


def ignore(value: Any) -> None:
    """Takes what nobody reads."""


def show(parts: Parts) -> str:
    return "\n".join(repr(part[:300]) for part in parts)


FUZZER = Fuzzer("control", make, run, show)
