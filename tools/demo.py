"""The demo: starts the echo server, runs the echo client against it, and shows what both print."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
LISTENING = "gmlrun: listening tcp "
PORT = 6510
"""The port that both examples name."""
TIME_LIMIT = 30
"""Seconds that each side gets for what it has to do."""


def free_port() -> int:
    """The port of the examples, or any free one where another program has that."""
    for port in (PORT, 0):
        try:
            with socket.create_server(("", port)) as probe:
                return int(probe.getsockname()[1])
        except OSError:
            continue
    return PORT


def start(name: str, port: int) -> subprocess.Popen[str]:
    """One of the examples in a process of its own; its two outputs come as one."""
    command = [sys.executable, "-m", "gmlrun", f"--map-port={PORT}={port}", str(EXAMPLES / name)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def show(label: str, lines: IO[str], ready: threading.Event) -> None:
    """Prints what a process says, line by line; `ready` is set once it listens or has ended."""
    for line in lines:
        sys.stdout.write(f"{label} | {line.rstrip()}\n")
        sys.stdout.flush()
        if line.startswith(LISTENING):
            ready.set()
    ready.set()


def watch(label: str, process: subprocess.Popen[str]) -> tuple[threading.Thread, threading.Event]:
    """A thread that shows a process's output, and the event that it sets."""
    assert process.stdout is not None
    ready = threading.Event()
    thread = threading.Thread(target=show, args=(label, process.stdout, ready), daemon=True)
    thread.start()
    return thread, ready


def main() -> int:
    """Runs both sides; 0 when both ended well."""
    port = free_port()
    server = start("echo_server.gml", port)
    shown, ready = watch("server", server)
    try:
        ready.wait(TIME_LIMIT)
        if server.poll() is not None:
            shown.join(TIME_LIMIT)
            return 1
        client = start("echo_client.gml", port)
        watch("client", client)[0].join(TIME_LIMIT)
        client_code = client.wait(TIME_LIMIT)
    finally:
        server.terminate()
        server_code = server.wait(TIME_LIMIT)
        shown.join(TIME_LIMIT)
    return 0 if client_code == server_code == 0 else 1


if __name__ == "__main__":
    raise SystemExit(main())
