"""The other end of a control socket: a name, a process or a path goes in, a connection to that server comes out."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import stat
from collections.abc import Iterator
from typing import Any, NamedTuple

from gmlrun.errors import UsageError
from gmlrun.service import folder
from gmlrun.suggestions import nearest

ANSWER_TIME = 3.0
"""Seconds that a server may take to answer a question; one whose event runs for longer is busy."""


class Stale(UsageError):
    """The error of a socket on which nobody listens any more."""


class Link:
    """A connection to one server; raises Stale and UsageError."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.transport = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.transport.settimeout(ANSWER_TIME)
        try:
            self.transport.connect(path)
        except (ConnectionRefusedError, FileNotFoundError):
            self.transport.close()
            raise Stale(f"no server listens on {path} any more") from None
        except PermissionError:
            self.transport.close()
            owner = folder.owner_of(path)
            raise UsageError(f"only {owner} and root may reach the server at {path}: try sudo") from None
        except OSError as error:
            self.transport.close()
            raise UsageError(f"cannot reach the server at {path}: {error.strerror or error}") from None
        self.lines = self.transport.makefile("rb")

    def send(self, request: dict[str, object]) -> None:
        """Sends a line; nothing happens when the server has ended."""
        with contextlib.suppress(OSError):
            self.transport.sendall(json.dumps(request).encode() + b"\n")

    def ask(self, request: dict[str, object]) -> dict[str, Any] | None:
        """Sends a line and waits for the next one; None when none comes in time."""
        self.send(request)
        try:
            line = self.lines.readline()
            answer = json.loads(line) if line else None
        except (OSError, ValueError):
            return None
        return answer if isinstance(answer, dict) else None

    def answers(self) -> Iterator[dict[str, object]]:
        """All lines that come, until the server has ended."""
        self.transport.settimeout(None)
        with contextlib.suppress(OSError, ValueError):
            for line in self.lines:
                yield json.loads(line)

    def close(self) -> None:
        """Ends the connection, also for a thread that waits for a line."""
        with contextlib.suppress(OSError):
            self.transport.shutdown(socket.SHUT_RDWR)
        self.transport.close()

    def __enter__(self) -> Link:
        return self

    def __exit__(self, *error: object) -> None:
        self.lines.close()
        self.transport.close()


class Found(NamedTuple):
    """A server that runs; `facts` are None while it is too busy to answer."""

    path: str
    facts: dict[str, Any] | None

    @property
    def process(self) -> int | None:
        return self.facts["process"] if self.facts is not None else folder.process_of(self.path)

    @property
    def name(self) -> str:
        return str(self.facts["name"]) if self.facts is not None else f"process {self.process}"


def running() -> list[Found]:
    """The servers of this user; what dead ones have left is removed."""
    need_unix_sockets()
    found = []
    for path in folder.known_sockets():
        try:
            with Link(path) as link:
                found.append(Found(path, link.ask({"do": "facts"})))
        except Stale:
            folder.forget(path)
        except UsageError:
            continue
    return found


def find(wanted: str) -> Found:
    """The server that a name, a process or a path means; the only one there is for an empty text. Raises UsageError."""
    need_unix_sockets()
    if "/" in wanted or wanted.endswith(folder.ENDING):
        need_socket(wanted)
        with Link(wanted) as link:
            return Found(wanted, link.ask({"do": "facts"}))
    servers = running()
    matching = [each for each in servers if not wanted or wanted in names_of(each)]
    if len(matching) == 1:
        return matching[0]
    if matching:
        listed = ", ".join(f"{each.process} ({each.name})" for each in matching)
        raise UsageError(f"{len(matching)} servers run{f' as {wanted}' if wanted else ''}: name a process: {listed}")
    if not servers:
        raise UsageError("no server runs (one that listens, of this user)")
    guess = nearest(wanted, [each.name for each in servers])
    raise UsageError(f"no server is called {wanted}" + (f": did you mean {guess}?" if guess else "; see gmlrun ps"))


def names_of(found: Found) -> tuple[str, ...]:
    """The words that mean a server: its process, its name, and the file that it was started from."""
    return (str(found.process), found.name, f"{found.name}.gml", f"{found.name}.yyp")


def need_socket(path: str) -> None:
    """Raises UsageError for a path at which there is no socket."""
    try:
        is_socket = stat.S_ISSOCK(os.stat(path).st_mode)
    except PermissionError:
        raise UsageError(f"this user may not look into the folder of {path}: try sudo") from None
    except (OSError, ValueError):
        raise UsageError(f"there is no control socket {path}; gmlrun ps lists the servers") from None
    if not is_socket:
        raise UsageError(f"{path} is no control socket; gmlrun ps lists the servers")


def need_unix_sockets() -> None:
    """Raises UsageError where the system has no Unix sockets."""
    if not hasattr(socket, "AF_UNIX"):
        raise UsageError("this system has no Unix sockets, so that servers cannot be controlled")
