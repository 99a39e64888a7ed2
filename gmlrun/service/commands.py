"""`gmlrun ps`, `stop` and `attach`: which server goes in, an exit code comes out."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Sequence

from gmlrun.diagnostics import print_error
from gmlrun.errors import UsageError
from gmlrun.repl.printer import plain, table
from gmlrun.service.link import Found, Link, find, running

HEADINGS = ("process", "name", "ports", "clients", "uptime", "state")
LOOK = 0.05
"""Seconds between two looks whether a server has ended."""
PATIENCE = 10.0
"""Seconds that a server may take to end beyond the time that it has for draining."""
UNITS = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))


def ps() -> int:
    """Lists the servers of this user."""
    servers = running()
    if servers:
        print(plain(table(HEADINGS, [row_of(each) for each in servers])), end="")
    else:
        print_error("no server runs")
    return 0


def row_of(found: Found) -> Sequence[object]:
    """A server's line of the table."""
    facts = found.facts
    if facts is None:
        return (found.process or "?", "?", "?", "?", "?", "busy")
    state = "draining" if facts["draining"] else "running"
    ports = ", ".join(facts["ports"]) or "-"
    return (facts["process"], facts["name"], ports, facts["clients"], duration(facts["uptime"]), state)


def duration(seconds: float) -> str:
    """A time in its two largest units."""
    left = int(seconds)
    parts: list[str] = []
    for unit, size in UNITS:
        if left >= size or (unit == "s" and not parts):
            parts.append(f"{left // size} {unit}")
            left %= size
    return " ".join(parts[:2])


def stop(wanted: str, timeout: float | None) -> int:
    """Drains a server and waits until it has ended."""
    found = find(wanted)
    with Link(found.path) as link:
        answer = link.ask({"do": "stop", "timeout": timeout})
    if answer is None:
        return stop_busy(found)
    clients, seconds = answer["clients"], answer["timeout"]
    if clients and seconds > 0:
        print(f"{answer['name']} takes no new clients; it ends when all ({clients}) have left, or in {seconds:g} s")
    if not wait_for_end(answer["process"], seconds + PATIENCE):
        raise UsageError(f"{answer['name']} (process {answer['process']}) has not ended")
    print(f"{answer['name']} has ended")
    return 0


def stop_busy(found: Found) -> int:
    """Ends a server that does not answer, as `kill` would."""
    if found.process is None:
        raise UsageError(f"the server at {found.path} does not answer")
    print(f"{found.name} does not answer: it is told by SIGTERM")
    with contextlib.suppress(ProcessLookupError):
        os.kill(found.process, signal.SIGTERM)
    if not wait_for_end(found.process, PATIENCE):
        raise UsageError(f"{found.name} has not ended: kill -9 {found.process} ends it at once")
    return 0


def wait_for_end(process: int, seconds: float) -> bool:
    """Waits for a process to end; returns False when it still runs after a number of seconds."""
    until = time.monotonic() + seconds
    while is_there(process):
        if time.monotonic() > until:
            return False
        time.sleep(LOOK)
    return True


def is_there(process: int) -> bool:
    """Whether there is a process that has not ended."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"  # ended, and its parent has not looked yet
    except OSError:
        return not os.path.isdir("/proc/self")


def attach(wanted: str) -> int:
    """Opens the prompt inside a server."""
    from gmlrun.service.terminal import open_terminal

    found = find(wanted)
    if found.facts is None:
        raise UsageError(f"{found.name} does not answer: an event of it runs and does not end")
    return open_terminal(found)
