"""Runs the network's benchmark: all servers are up, and the load goes to them in turns.

Beside the rates it compares what the servers could do if they had a processor for themselves: packets for
each second of processor time. Other programs on the machine change that little.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
SECONDS, ROUNDS = 0.6, 5
LATENCY_SECONDS, LATENCY_ROUNDS, LATENCY_CONNECTIONS = 1.0, 9, 64
PYTHON = sys.executable


def gmlrun(program: str) -> list[str]:
    """The command of a server in GML, on a port that the system chooses."""
    return [PYTHON, "-m", "gmlrun", str(HERE / program), "--bind=127.0.0.1", "--map-port=6510=0"]


SERVERS: dict[str, dict[str, list[str]]] = {
    "tcp": {
        "gmlrun": gmlrun("echo_server.gml"),
        "bare": [PYTHON, "-m", "benchmarks.network.bare_server"],
        "node": ["node", str(HERE / "node_server.js")],
    },
    "ws": {
        "gmlrun": gmlrun("echo_websocket_server.gml"),
        "bare": [PYTHON, "-m", "benchmarks.network.bare_websocket_server"],
        "node": ["node", str(HERE / "node_websocket_server.js")],
    },
    "udp": {
        "gmlrun": gmlrun("echo_udp_server.gml"),
        "bare": [PYTHON, "-m", "benchmarks.network.bare_udp_server"],
    },
}
"""What is compared; those with Node are there where Node is, and its package `ws`."""
GOALS = {(64, 1): 0.85, (1000, 1): 0.75, (64, 32): 0.45}
"""Shares of the bare server's rate, by connections and packets in flight for each: over TCP, and over UDP for one."""
DEPTHS = (1, 32)
NODE_GOAL = 1.0
"""The share of the rate of Node's `ws`, over WebSocket."""
LATENCY_GOAL = 2.0
CONNECTIONS = (1, 64, 1000)


class Server(NamedTuple):
    """A running server."""

    port: int
    pid: int

    def processor_time(self) -> float:
        """Seconds that it has worked so far."""
        words = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(words: list[str]) -> Iterator[Server]:
    """A server in a process of its own; the port is what its first line ends with."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(words, stdout=pipe, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        if line.startswith("gmlrun: status"):
            line = process.stdout.readline()
        found = re.search(r"(\d+)$", line)
        assert found is not None, f"the server says: {line}"
        yield Server(int(found[1]), process.pid)
    finally:
        process.kill()
        process.communicate()


def is_there(words: list[str]) -> bool:
    """Whether what a server needs is installed: Node, and its package `ws`."""
    if shutil.which(words[0]) is None:
        return False
    if "websocket" not in words[-1] or words[0] != "node":
        return True
    found = subprocess.run(["node", "-e", "require.resolve('ws', { paths: ['.venv/npm'] })"], stderr=subprocess.DEVNULL)
    if found.returncode:
        print("  without Node's ws: npm install --prefix .venv/npm ws")
    return not found.returncode


def measured(module: str, *words: object) -> dict[str, Any]:
    """What a module of this package prints when it runs as a process of its own."""
    command = [PYTHON, "-m", f"benchmarks.network.{module}", *map(str, words)]
    found: dict[str, Any] = json.loads(subprocess.check_output(command, text=True))
    return found


class Figures(NamedTuple):
    """What a server did under one load, in packets; or the medians of several such."""

    rate: float
    """A second."""
    capacity: float
    """A second of processor time."""
    busy: float
    """How much of the time the load itself worked: near 1 it was what limited the rate."""


def figures(server: Server, kind: str, count: int, depth: int) -> Figures:
    """One load on one server."""
    before = server.processor_time()
    found = measured("load", kind, server.port, count, depth, SECONDS)
    worked = server.processor_time() - before
    return Figures(found["rate"], found["packets"] / worked, found["busy"])


def compare(kind: str, servers: dict[str, Server], count: int, depth: int) -> dict[str, Figures]:
    """The same load for each server in turns: their medians."""
    rounds = [{name: figures(server, kind, count, depth) for name, server in servers.items()} for _ in range(ROUNDS)]
    return {
        name: Figures(*(statistics.median(values) for values in zip(*(one[name] for one in rounds), strict=True)))
        for name in servers
    }


def goals_of(kind: str, count: int, depth: int) -> dict[str, float]:
    """The goals that there are, by the server that is compared with."""
    if kind == "ws":
        return {"node": NODE_GOAL}
    found = GOALS.get((count, depth)) if kind == "tcp" or depth == 1 else None
    return {} if found is None else {"bare": found}


def show(kind: str, count: int, depth: int, found: dict[str, Figures]) -> None:
    """One line: the rate, and what share of the others' it is; the share of processor time's in parentheses."""
    ours, goals = found["gmlrun"], goals_of(kind, count, depth)
    shares = [
        f"{ours.rate / other.rate:5.2f} ({ours.capacity / other.capacity:4.2f}) of {name}"
        + (f", goal {goals[name]}" if name in goals else "")
        for name, other in found.items()
        if name != "gmlrun"
    ]
    busy = max(each.busy for each in found.values())
    print(f"  {count:>5} x {depth:<2}  {ours.rate:>7.0f}/s  {'  '.join(shares):<60}  load busy {busy:.0%}", flush=True)


def show_latency(servers: dict[str, Server], rate: float) -> None:
    """How much longer the slowest packets take than with the bare server, at one rate for both.

    The servers take turns; of the percentiles of all windows the medians count.
    """
    windows: dict[str, list[float]] = {"gmlrun": [], "bare": []}
    for _, name in itertools.product(range(LATENCY_ROUNDS), windows):
        words = (servers[name].port, LATENCY_CONNECTIONS, rate, LATENCY_SECONDS)
        windows[name] += measured("latency", *words)["p99"]
    ours, bare = (statistics.median(windows[name]) for name in ("gmlrun", "bare"))
    print(
        f"  p99 of {LATENCY_CONNECTIONS} connections at {rate:.0f}/s (half of what gmlrun does): {ours * 1e6:.0f} µs,"
        f" {ours / bare:.2f} times the bare server's (goal: at most {LATENCY_GOAL})"
    )


def main() -> None:
    """Prints all figures."""
    for kind, commands in SERVERS.items():
        print(f"network: packets of 64 bytes a second over {kind}, connections x packets in flight for each")
        with contextlib.ExitStack() as stack:
            servers = {n: stack.enter_context(serving(words)) for n, words in commands.items() if is_there(words)}
            half = 0.0
            for depth, count in itertools.product(DEPTHS, CONNECTIONS):
                found = compare(kind, servers, count, depth)
                show(kind, count, depth, found)
                half = half or (found["gmlrun"].rate / 2 if count == LATENCY_CONNECTIONS else 0.0)
            if kind == "tcp":
                show_latency(servers, half)


if __name__ == "__main__":
    main()
