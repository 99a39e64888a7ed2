"""The test project's remote control: names of suites go in, the result of each of their tests comes out.

The project connects to us when its configuration says so; it answers `TESTS` with the paths of all tests and
`RUN PATH` with the test's result. A test that ends the game is a result as well: the next one gets a new game.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from subprocess import Popen
from typing import Any

END = b"\0"


class Remote:
    """A game that is told what to run; `start` starts one that connects to the given port."""

    def __init__(self, start: Callable[[int], Popen[bytes]], timeout: float) -> None:
        self.start, self.timeout = start, timeout
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(timeout)
        self.game: Popen[bytes] | None = None
        self.connection: socket.socket | None = None

    def results(self, suites: Sequence[str]) -> Iterator[dict[str, Any]]:
        """The result of each test of the suites, of all where none is named."""
        for path in self.ask("TESTS").split("\n"):
            suite, _, name = path.partition("@")
            if not suites or suite in suites:
                yield self.run(suite, name)
        self.close()

    def run(self, suite: str, name: str) -> dict[str, Any]:
        """One test's result."""
        try:
            result: dict[str, Any] = json.loads(self.ask(f"RUN {suite}@{name}"))
            return result
        except (OSError, EOFError, ValueError) as error:
            self.close()
            exceptions = [f"the game ended or fell silent: {error}"]
            return {"suite": suite, "details": {"name": name, "result": "failed", "exceptions": exceptions}}

    def ask(self, command: str) -> str:
        """Sends a command, to a new game where there is none, and waits for the answer."""
        if self.connection is None:
            self.game = self.start(self.listener.getsockname()[1])
            self.connection = self.listener.accept()[0]
            self.connection.settimeout(self.timeout)
        self.connection.sendall(command.encode() + END)
        answer = b""
        while END not in answer:
            received = self.connection.recv(65536)
            if not received:
                raise EOFError("it closed the connection")
            answer += received
        return answer.partition(END)[0].decode()

    def close(self) -> None:
        """Ends the game."""
        if self.connection is not None:
            with suppress(OSError):
                self.connection.sendall(b"QUIT" + END)
            self.connection.close()
            self.connection = None
        if self.game is not None:
            self.game.terminate()
            self.game.wait()
