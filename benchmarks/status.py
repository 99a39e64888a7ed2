"""What watching a server costs: packets for each second of processor time, with `--status` and without.

Meanwhile the status page and a scraper ask once a second. The two servers take turns.
"""

from __future__ import annotations

import contextlib
import statistics
import threading
import urllib.request
from collections.abc import Iterator

from benchmarks.network.echo import Server, figures, gmlrun, serving

GOAL = 0.97
"""The share of the rate that must be left."""
ROUNDS = 11
LOADS = ((1, 1), (64, 1), (64, 32), (1000, 1))
"""Connections, and packets in flight for each."""
STATUS_PORT = 9137


@contextlib.contextmanager
def watching() -> Iterator[None]:
    """Asks as a browser and Prometheus would, once a second."""
    stop = threading.Event()

    def ask() -> None:
        while not stop.wait(1.0):
            for path in ("status.json", "metrics"):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{STATUS_PORT}/{path}", timeout=5).read()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def shares(servers: dict[str, Server], kind: str, count: int, depth: int) -> list[float]:
    """How much of the plain server's packets for each second of processor time the watched one does, round by round."""
    made = []
    for number in range(ROUNDS):
        order = list(servers.items())[:: 1 if number % 2 else -1]
        found = {name: figures(server, kind, count, depth).capacity for name, server in order}
        made.append(found["watched"] / found["plain"])
    return made


def main() -> None:
    """Prints all figures."""
    print(f"status: packets for each second of processor time with --status, share of those without (goal: {GOAL})")
    for kind, program in (("tcp", "echo_server.gml"), ("udp", "echo_udp_server.gml")):
        words = gmlrun(program)
        with serving(words) as plain, serving([*words, f"--status={STATUS_PORT}"]) as watched, watching():
            servers = {"plain": plain, "watched": watched}
            for count, depth in LOADS:
                found = shares(servers, kind, count, depth)
                print(f"  {kind} {count:>5} x {depth:<2}  {statistics.median(found):.3f}", flush=True)


if __name__ == "__main__":
    main()
