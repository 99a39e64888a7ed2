"""Requests to the status server: each gets an answer or none, and no thread of it ends in a traceback."""

from __future__ import annotations

import io
import random
from functools import cache
from typing import Any
from unittest.mock import Mock

from fuzz.control import program
from fuzz.damage import in_bytes
from fuzz.engine import Fuzzer, Parts
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.runtime import Runtime, Settings
from gmlrun.service.draining import Drain
from gmlrun.service.snapshot import snapshot_of
from gmlrun.service.status import StatusRequest, Watched

PATHS = (
    b"/",
    b"/healthz",
    b"/readyz",
    b"/metrics",
    b"/status.json",
    b"/status.json?x=%ff",
    b"/..",
    b"*",
    b"",
    b"/\xff",
)
HEADERS = (
    b"Host: localhost", b"Host: 127.0.0.1:80", b"Host: evil.example", b"Host: [::1]:x", b"Host:", b"Host: \xff\xfe",
    b"Authorization: Bearer secret-token", b"Authorization: Basic OnNlY3JldC10b2tlbg==", b"Authorization: Basic \xff",
    b"Authorization: Basic =", b"Authorization:", b"Accept: application/openmetrics-text; version=1.0.0",
    b"Accept: \xff",
    b"Content-Length: 99999999999999999999", b"Content-Length: x", b"Connection: keep-alive", b"Expect: 100-continue",
    b"X: " + b"y" * 70_000, b"\0: \0", b" folded", b":",
)  # fmt: skip
LINES = (
    b"GET %s HTTP/1.1",
    b"HEAD %s HTTP/1.0",
    b"GET %s",
    b"POST %s HTTP/1.1",
    b"GET %s HTTP/9.9",
    b"GET %s HTTP/1.x",
    b"%s",
)


def make(rng: random.Random) -> Parts:
    """The lines of one request."""
    watched()  # built here, where no time limit is
    parts: Parts = [rng.choice(LINES) % rng.choice(PATHS)]
    parts += rng.sample(HEADERS, rng.randrange(5))
    if rng.random() < 0.4:
        at = rng.randrange(len(parts))
        parts[at] = in_bytes(rng, parts[at], (b"\r\n", b"\n", b"\0", b"\xff", b" ", b"%"))
    return parts


@cache
def watched() -> Watched:
    """A running game, and what is known of it."""
    loaded, built = program()
    rt = Runtime(Settings(), output=ignore, log=ignore, backend=MemoryBackend())
    game = Game(built, loaded, rt, ignore)
    loop = game.prepare_loop()
    game.start()
    loop.begin()
    drain = Drain(game)
    made = Watched(game, drain, Mock(is_beating=lambda: True))
    made.camera.snapshot = lambda: snapshot_of(game)  # type: ignore[method-assign]
    return made


def run(parts: Parts) -> None:
    request = b"\r\n".join(parts) + b"\r\n\r\n"
    for token in (None, "secret-token"):
        answer = io.BytesIO()
        connection = Mock()
        connection.makefile = lambda mode, *size: io.BytesIO(request)
        connection.sendall = answer.write
        server = Mock(token=token, is_private=True, metrics=None, watched=watched(), page=b"page")
        StatusRequest(connection, ("127.0.0.1", 5), server)


def ignore(value: Any) -> None:
    """Takes what nobody reads."""


def show(parts: Parts) -> str:
    return "\n".join(repr(part[:300]) for part in parts)


FUZZER = Fuzzer("status", make, run, show)
