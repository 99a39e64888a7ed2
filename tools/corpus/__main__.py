"""Starts public GameMaker servers on gmlrun, unchanged, and prints how each got on: the table of docs/compatibility.md.

    python tools/corpus FOLDER [--only NAME]

FOLDER holds a checkout of each repository that `servers.py` names, under the repository's own name. Each server must
boot, listen, complete the handshake with a client that shares no code with gmlrun, answer what its own client half
says, still do so after 200 clients have come and gone, and end on SIGTERM. Everything stays on loopback.
"""

from __future__ import annotations

import argparse
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

from servers import SERVERS, Server

LISTENING = re.compile(r"gmlrun: listening tcp \S+:(\d+)")
CLIENTS = 200
START_SECONDS = 60.0
PORTS = (3115, 6969, 8080, 8996, 9000, 14804, 64198)
"""What the servers hard-code."""


class Result(NamedTuple):
    """How a server got on: each column in words, empty where it was not reached, and what went wrong."""

    server: Server
    talk: str = ""
    clients: str = ""
    end: str = ""
    trouble: str = ""


class Running:
    """A server's process: the port it listens on, and what it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self.port: int | None = None
        self.is_listening = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if found := LISTENING.search(line):
                self.port = int(found[1])
                self.is_listening.set()
        self.is_listening.set()


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="corpus", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the checkouts are")
    parser.add_argument("--only", help="try one server, by its repository's name")
    options = parser.parse_args()
    chosen = [server for server in SERVERS if options.only in (None, server.folder)]
    results = [attempt(server, options.folder) for server in chosen]
    print("| server | started with | answers | 200 clients | SIGTERM |\n| --- | --- | --- | --- | --- |")
    for result in results:
        print(row(result))
    for result in results:
        if result.trouble:
            print(f"\n{result.server.repository}: {result.trouble}")
    return any(result.trouble for result in results)


def row(result: Result) -> str:
    """A line of the table."""
    server = result.server
    options = " ".join(f'"{word}"' if " " in word else word for word in server.options)
    start = f"`{options}`" if options else "nothing more"
    cells = (cell or "no" for cell in (result.talk, result.clients, result.end))
    return f"| [{server.repository}](https://github.com/{server.repository}) | {start} | {' | '.join(cells)} |"


def attempt(server: Server, folder: Path) -> Result:
    """Everything that is asked of one server, up to the first trouble."""
    result = Result(server)
    with tempfile.TemporaryDirectory() as save, started(server, folder, save) as running:
        try:
            if not running.is_listening.wait(START_SECONDS) or running.port is None:
                raise EOFError("it does not listen")
            result = result._replace(talk=server.talk(running.port))
            come_and_go(server, running.port)
            server.talk(running.port)
            result = result._replace(clients="yes")
            running.process.send_signal(signal.SIGTERM)
            code = running.process.wait(10)
            result = result._replace(end=f"ends with {code}", trouble="" if code == 0 else f"exit code {code}")
        except (OSError, EOFError, ValueError, subprocess.TimeoutExpired) as error:
            printed = "".join(running.lines[-30:])
            return result._replace(trouble=f"{type(error).__name__}: {error}; it printed\n{printed}")
    return result


def come_and_go(server: Server, port: int) -> None:
    """200 clients connect, as many at a time as the server takes, and leave."""
    for _ in range(CLIENTS // server.at_once):
        clients = [server.connect(port) for _ in range(server.at_once)]
        for client in clients:
            client.close()


@contextmanager
def started(server: Server, folder: Path, save: str) -> Iterator[Running]:
    """The server, running on a free port of loopback."""
    root = folder.resolve() / server.folder
    paths = [str(root / path) for path in server.paths]
    ports = [word for port in PORTS for word in ("--map-port", f"{port}=0")]
    command = [sys.executable, "-m", "gmlrun", *paths, "--bind", "127.0.0.1", "--save-dir", save, *ports]
    process = subprocess.Popen(
        [*command, *server.options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    try:
        yield Running(process)
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    raise SystemExit(main())
