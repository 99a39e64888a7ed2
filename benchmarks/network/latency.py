"""How long packets take at a given rate, as JSON: `python -m benchmarks.network.latency PORT CONNECTIONS RATE SECONDS`.

Each packet has a moment at which it is due, whether or not the ones before have come back, and its time
counts from that moment: a server that stalls is charged for all that it kept waiting.
"""

from __future__ import annotations

import json
import selectors
import sys
import time
from collections import deque

from benchmarks.network.load import PACKET, connect


def latencies(port: int, count: int, rate: float, seconds: float) -> list[float]:
    """Seconds from when each packet was due until it came back, sorted."""
    connections = [connect(port) for _ in range(count)]
    selector = selectors.DefaultSelector()
    waiting: list[deque[float]] = [deque() for _ in connections]
    halves = [0] * count
    for number, connection in enumerate(connections):
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_READ, number)
    taken: list[float] = []
    sent, total, start = 0, int(rate * seconds), time.perf_counter()
    while len(taken) < total:
        now = time.perf_counter()
        while sent < total and (due := start + sent / rate) <= now:
            number = sent % count
            connections[number].send(PACKET)
            waiting[number].append(due)
            sent += 1
        for key, _ in selector.select(0):
            number = key.data
            halves[number] += len(key.fileobj.recv(65536))  # type: ignore[union-attr]
            now = time.perf_counter()
            while halves[number] >= len(PACKET):
                halves[number] -= len(PACKET)
                taken.append(now - waiting[number].popleft())
    for connection in connections:
        connection.close()
    return sorted(taken)


def main(port: str, count: str, rate: str, seconds: str) -> None:
    """Runs as a process of its own."""
    taken = latencies(int(port), int(count), float(rate), float(seconds))
    print(json.dumps({"p50": taken[len(taken) // 2], "p99": taken[len(taken) * 99 // 100]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
