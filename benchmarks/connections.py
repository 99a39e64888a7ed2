"""What a connected client costs a server: 10,000 of them, and the Python objects of each while it is idle."""

from __future__ import annotations

import gc
import resource
import socket
import subprocess
import sys
import time
import tracemalloc

from benchmarks.network.load import SIGNATURE
from gmlrun.engine.sockets import TCP, Sockets
from gmlrun.runtime import Runtime, Settings

COUNT = 10_000
GOAL = 8 * 1024
"""Bytes."""


def hold(port: int, count: int) -> None:
    """Connects clients, and keeps them until standard input ends."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    clients = []
    for _ in range(count):
        clients.append(socket.create_connection(("127.0.0.1", port)))
        clients[-1].sendall(SIGNATURE)
    sys.stdin.read()


def main() -> None:
    """Prints the bytes of a connection, and how many clients came in a second."""
    rt = Runtime(Settings(bind="127.0.0.1", map_port={6510: 0}))
    sockets = rt.service(Sockets)
    port = sockets.backend.port_of(int(sockets.listen(TCP, 6510, COUNT, raw=False)))
    words = [sys.executable, "-m", "benchmarks.connections", str(port), str(COUNT)]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as clients:
        gc.collect()
        tracemalloc.start()
        start = time.perf_counter()
        while len(sockets.known) <= COUNT and clients.poll() is None:
            sockets.poll(1.0)
            sockets.events.deliver()
        seconds = time.perf_counter() - start
        gc.collect()
        each = tracemalloc.get_traced_memory()[0] / (len(sockets.known) - 1)
        tracemalloc.stop()
        connected = len(sockets.known) - 1
    sockets.close_all(1.0)
    print(f"connections: {connected} of {COUNT} clients connected, {connected / seconds:.0f} a second")
    print(f"  {'idle_connection':<18} {each / 1024:5.2f} KiB of Python objects   (goal: less than {GOAL // 1024})")


if __name__ == "__main__":
    hold(int(sys.argv[1]), int(sys.argv[2]))
