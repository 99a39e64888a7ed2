"""Which process of this machine has a port, as far as Linux lets one see it in /proc."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

from gmlrun.net.printable import printable

TABLES = {"udp": ("udp", "udp6")}
"""The tables of /proc/net that list the sockets of a kind."""
STREAM_TABLES = ("tcp", "tcp6")
LISTENING = {"0A", "07"}
"""The states of a stream that listens, and of a UDP socket."""
LONGEST = 60
"""The longest command line that is shown."""


def holder_of(kind: str, port: int) -> str:
    """`process 812 (gmlrun server.gml)`; empty where the system does not tell, as for processes of other users."""
    sockets = {f"socket:[{inode}]" for inode in sockets_on(kind, port)}
    for process in filter(str.isdecimal, listed("/proc")) if sockets else ():
        if sockets & set(open_files(process)):
            return f"process {process} ({command_of(process)})"
    return ""


def sockets_on(kind: str, port: int) -> Iterator[str]:
    """The inodes of the sockets that listen on a port."""
    for table in TABLES.get(kind, STREAM_TABLES):
        with suppress(OSError), open(f"/proc/net/{table}", encoding="ascii") as lines:
            for columns in map(str.split, lines):
                if columns[3] in LISTENING and columns[1].endswith(f":{port:04X}"):
                    yield columns[9]


def open_files(process: str) -> Iterator[str]:
    """The files behind the descriptors of a process; none when it is another user's, or has ended."""
    folder = f"/proc/{process}/fd"
    for name in listed(folder):
        with suppress(OSError):
            yield os.readlink(f"{folder}/{name}")


def listed(folder: str) -> list[str]:
    """The names in a folder, as far as they may be read."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def command_of(process: str) -> str:
    """The command line of a process on one line, shortened."""
    try:
        with open(f"/proc/{process}/cmdline", encoding="utf-8", errors="replace") as file:
            words = file.read().replace("\0", " ").strip()
    except OSError:
        words = ""
    shown = printable(words)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
