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
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

from ages import AGES
from hits import HITS
from menus import MENUS
from rooms import ROOMS
from server import Own, Server
from servers import SERVERS
from sites import SITES

LISTENING = re.compile(r"gmlrun: listening tcp \S+:(\d+)")
CLIENTS = 200
START_SECONDS = 60.0
PORTS = (
    2244,
    3000,
    3115,
    4500,
    4501,
    5000,
    6510,
    6511,
    6621,
    6969,
    7630,
    7778,
    8002,
    8080,
    8996,
    9000,
    12450,
    14804,
    25565,
    25653,
    50000,
    55555,
    64198,
)
"""The ports that the servers hard-code."""


class Result(NamedTuple):
    """How a server got on: each column in words, empty where it was not reached, and what went wrong."""

    server: Server
    talk: str = ""
    own: str = ""
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
    known = (*SERVERS, *AGES, *MENUS, *HITS, *ROOMS, *SITES)
    chosen = [server for server in known if options.only in (None, server.folder)]
    results = [attempt(server, options.folder) for server in chosen]
    print("| server | started with | answers | its own client | 200 clients | SIGTERM |")
    print("| --- | --- | --- | --- | --- | --- |")
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
    cells = (cell or "no" for cell in (result.talk, result.own, result.clients, result.end))
    return f"| [{server.repository}](https://github.com/{server.repository}) | {start} | {' | '.join(cells)} |"


def attempt(server: Server, folder: Path) -> Result:
    """Everything that is asked of one server, up to the first trouble."""
    result = Result(server)
    with tempfile.TemporaryDirectory() as save, started(server, folder, save) as running:
        try:
            if not running.is_listening.wait(START_SECONDS) or running.port is None:
                raise EOFError("it does not listen")
            result = result._replace(talk=server.talk(running.port))
            result = result._replace(own=own_client(server, folder, running.port))
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


def own_client(server: Server, folder: Path, port: int) -> str:
    """Whether the project's own client gets on, in the server's process and in another one; in words."""
    if server.own is None:
        return "has none"
    found = ["in a second process"] if reaches(server, folder, server.own, (), port) else []
    if server.own.together and reaches(server, folder, server.own, server.options, 0):
        found.insert(0, "in the same")
    if len(found) < 1 + server.own.together:
        raise EOFError("its own client got no answer")
    return " and ".join(found)


def reaches(server: Server, folder: Path, own: Own, options: tuple[str, ...], port: int) -> bool:
    """Whether the project's own client, made in a process with these options, has got an answer on a port."""
    code = f"""{own.before} call_later(30, time_source_units_frames, function() {{ {own.start} }});
        call_later(45, time_source_units_frames, function() {{
            if ({own.done}) show_debug_message("{ANSWERED}");
        }}, true);"""
    given = list(options) or list(own.second)
    if "--exec" in given:
        given[given.index("--exec") + 1] += f"; {code}"
    else:
        given += ["--exec", code]
    with (
        tempfile.TemporaryDirectory() as save,
        started(server._replace(options=tuple(given)), folder, save, port) as run,
    ):
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and run.process.poll() is None:
            if any(ANSWERED in line for line in run.lines):
                return True
            time.sleep(0.1)
        raise EOFError(f"its own client has got no answer; it printed\n{''.join(run.lines[-20:])}")


ANSWERED = "corpus: the own client has its answer"


def come_and_go(server: Server, port: int) -> None:
    """200 clients connect, as many at a time as the server takes, and leave."""
    for _ in range(CLIENTS // server.at_once):
        clients = [server.connect(port) for _ in range(server.at_once)]
        for client in clients:
            client.close()


@contextmanager
def started(server: Server, folder: Path, save: str, port: int = 0) -> Iterator[Running]:
    """The server, running on a free port of loopback; or a process whose ports lead to one that is there."""
    root = folder.resolve() / server.folder
    paths = [str(root / path) for path in server.paths]
    ports = [word for number in PORTS for word in ("--map-port", f"{number}={port}")]
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
