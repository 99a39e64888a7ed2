"""How long packets take at a given rate, as JSON: `python -m benchmarks.network.latency PORT CONNECTIONS RATE SECONDS`.

Each packet has a moment at which it is due, whether or not the ones before have come back, and its time
counts from that moment: a server that stalls is charged for all that it kept waiting. A stall of the load
itself, whose processor was somebody else's for a while, is charged to nobody: what was under way in it does
not count, and what is due comes that much later.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from collections import deque

from benchmarks.network.load import PACKET, connect

WINDOW = 0.1
"""Seconds that each 99th percentile is of: a machine that stands still for a moment spoils one of them, not all."""
STALL = 0.0002
"""Seconds between two looks at the clock that are too long for a load that runs."""


class Load:
    """Connections that packets go to in turns."""

    def __init__(self, port: int, count: int) -> None:
        self.connections = [connect(port) for _ in range(count)]
        self.selector = selectors.DefaultSelector()
        self.waiting: list[deque[float | None]] = [deque() for _ in self.connections]
        """When each packet under way was due, None for one whose time does not count."""
        self.halves = [0] * count
        """Bytes that have come of packets that are not whole."""
        self.taken: list[float] = []
        for number, connection in enumerate(self.connections):
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ, number)

    def run(self, rate: float, seconds: float) -> None:
        """Sends for that long, and notes how long each packet took."""
        sent, total, back = 0, int(rate * seconds), 0
        start = last = time.perf_counter()
        while back < total:
            now = time.perf_counter()
            if now - last > STALL:
                start += now - last
                self.waiting = [deque(None for _ in each) for each in self.waiting]
            last = now
            if sent < total and (due := start + sent / rate) <= now:
                number = sent % len(self.connections)
                self.connections[number].send(PACKET)
                self.waiting[number].append(due)
                sent += 1
            for key, _ in self.selector.select(0):
                back += self.take(key.data)

    def take(self, number: int) -> int:
        """Reads what has come back; how many packets."""
        connection, waiting = self.connections[number], self.waiting[number]
        self.halves[number] += len(connection.recv(65536))
        now, count = time.perf_counter(), 0
        while self.halves[number] >= len(PACKET):
            self.halves[number] -= len(PACKET)
            due = waiting.popleft()
            count += 1
            if due is not None:
                self.taken.append(now - due)
        return count

    def close(self) -> None:
        """Ends the connections."""
        for connection in self.connections:
            connection.shutdown(socket.SHUT_RDWR)
            connection.close()


def main(port: str, count: str, rate: str, seconds: str) -> None:
    """Runs as a process of its own."""
    load = Load(int(port), int(count))
    load.run(float(rate), float(seconds))
    load.close()
    size = int(float(rate) * WINDOW)
    windows = [sorted(load.taken[at : at + size]) for at in range(0, len(load.taken) - size + 1, size)]
    p99 = [window[len(window) * 99 // 100] for window in windows]
    print(json.dumps({"p99": p99, "fastest": min(load.taken), "slowest": max(load.taken)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
