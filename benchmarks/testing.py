"""What tests cost: 1,000 small ones against the same calls in one game, and ten virtual seconds of a lossy network."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.measure import seconds
from gmlrun.testing.cases import run_case
from gmlrun.testing.runner import Prepared, prepare

FILES, TESTS = 50, 20
ROUNDS = 5
WORK = "function work() { var t = 0; for (var i = 0; i < 300; i++) t += i; return t; }\n"
SERVER = """
socket = network_create_socket_ext(network_socket_udp, 6510);
event async_network {
    network_send_udp(socket, "127.0.0.1", async_load[? "port"], async_load[? "buffer"], async_load[? "size"]);
}
"""
CLIENT = """
socket = network_create_socket(network_socket_udp);
packet = buffer_create(32, buffer_fixed, 1);
event step { network_send_udp(socket, "127.0.0.1", 6510, packet, 32); }
"""
LOSSY = """
function test_lossy() {
    test_net({ latency: 80, jitter: 40, loss: 0.25 });
    test_start("server.gml");
    test_bots(2, "client.gml");
    test_advance(10);
    assert_greater(array_length(test_packets()), 1200);
}
"""


def functions(count: int) -> str:
    return "".join(f"function test_{n}() {{ assert_equals(work(), 44850); }}\n" for n in range(count))


def seconds_of(*commands: Sequence[str]) -> list[float]:
    """The times of processes in turn, the best of five of each: the first fills the cache."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed gmlrun has its bytecode
    rounds = [[seconds(partial(run, words, environment)) for words in commands] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def run(words: Sequence[str], environment: dict[str, str]) -> None:
    """Runs a command of gmlrun."""
    subprocess.run([sys.executable, "-m", "gmlrun", *words], check=True, env=environment, stdout=subprocess.DEVNULL)


def main() -> None:
    """Prints both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(FILES):
            (folder / f"test_{number}.gml").write_text(WORK + functions(TESTS), encoding="utf-8")
        calls = "".join(f"test_{n}();\n" for n in range(FILES * TESTS))
        (folder / "all.gml").write_text(WORK + functions(FILES * TESTS) + calls, encoding="utf-8")
        suite, one = seconds_of(["test", name], [str(folder / "all.gml")])
        print(f"{FILES * TESTS} tests: {suite:.2f} s; the same calls in one game: {one:.2f} s; {suite / one:.1f} times")
        for file, text in (("server", SERVER), ("client", CLIENT), ("lossy", LOSSY)):
            (folder / f"{file}.gml").write_text(text, encoding="utf-8")
        prepared = prepare(str(folder / "lossy.gml"))
        assert isinstance(prepared, Prepared)
        result = run_case(prepared, prepared.cases[0], 0, 60.0)
        print(f"ten virtual seconds of four games, 25 % loss: {result.seconds:.2f} s ({result.status})")
