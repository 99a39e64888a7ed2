"""Runs the network's benchmark: both servers are up, and the load goes to them in turns."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
CONNECTIONS, SECONDS, ROUNDS = 64, 1.0, 5
GMLRUN = ["-m", "gmlrun", str(HERE / "echo_server.gml"), "--bind=127.0.0.1", "--map-port=6510=0"]
BARE = ["-m", "benchmarks.network.bare_server"]


@contextmanager
def serving(words: list[str]) -> Iterator[int]:
    """A server in a process of its own; the value is the port that its first line ends with."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, *words], stdout=pipe, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.search(r"(\d+)$", line)
        assert found is not None, f"the server says: {line}"
        yield int(found[1])
    finally:
        process.kill()
        process.communicate()


def load(port: int) -> float:
    """Packets a second that a server echoes to a load in a process of its own."""
    words = ["-m", "benchmarks.network.load", str(port), str(CONNECTIONS), str(SECONDS)]
    return float(subprocess.check_output([sys.executable, *words], text=True))


def main() -> None:
    """Prints the ratio."""
    with serving(GMLRUN) as ours, serving(BARE) as bare:
        pairs = [(load(ours), load(bare)) for _ in range(ROUNDS)]
    ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
    print(f"network: packets a second of {CONNECTIONS} connections, as a share of a bare server (more is better)")
    print(f"  {'tcp_echo':<18} {ratio:5.2f}   (goal: at least 0.6)")
