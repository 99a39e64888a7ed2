"""Many games in one process, and what limits cost.

The aims: 1,000 small games of one compiled program at most 64 KiB and 1 ms each; a limit of time at most 5 % where the
game owns the main thread, 15 % elsewhere; a call with limits a few microseconds more.
"""

from __future__ import annotations

import threading
import time
import tracemalloc
from collections.abc import Callable
from typing import NamedTuple

from gmlrun import CompiledProgram, Game, Limits

SMALL = "hp = 3; function f(x) { return x + 1; } event step { hp += 1; }"
WORK = """
function work(n) {
    var sum = 0, list = [];
    for (var i = 0; i < n; i++) { sum += i * 0.5; if (i mod 7 == 0) array_push(list, string(sum)); }
    return array_length(list);
}
function nothing() {}
"""
GAMES = 1_000
TURNS = 100_000
CALLS = 5_000
ROUNDS = 21
LARGE = 500_000
"""Lists of a host whose memory takes long to look at."""


def quiet(line: str) -> None:
    """Takes a line that nobody reads."""


def creation() -> tuple[float, float]:
    """Milliseconds and KiB of each of many games."""
    program = CompiledProgram(SMALL)
    Game(program).start()
    tracemalloc.start()
    kept = started(program)
    size = tracemalloc.get_traced_memory()[0] / GAMES / 1024
    tracemalloc.stop()
    del kept
    began = time.perf_counter()
    kept = started(program)
    return (time.perf_counter() - began) * 1000 / len(kept), size


def started(program: CompiledProgram) -> list[Game]:
    """Many games that have run their Create events."""
    games = [Game(program) for _ in range(GAMES)]
    for game in games:
        game.start()
    return games


def seconds(action: Callable[[], object]) -> float:
    """Seconds of the processor that an action takes."""
    began = time.process_time()
    action()
    return time.process_time() - began


class Compared(NamedTuple):
    """The same with and without limits, in turns, so that what else the machine does meets both."""

    plain: float
    limited: float
    """The shortest times."""
    low: float
    high: float
    """Between which the middle half of the ratios of neighbours lies: far apart on a machine that is not quiet."""

    @property
    def ratio(self) -> float:
        return self.limited / self.plain


def compared(plain: Callable[[], object], limited: Callable[[], object]) -> Compared:
    """Some rounds of both, each in turn the first."""
    times = []
    for turn in range(ROUNDS):
        first, second = (plain, limited) if turn % 2 == 0 else (limited, plain)
        pair = seconds(first), seconds(second)
        times.append(pair if turn % 2 == 0 else pair[::-1])
    ratios = sorted(after / before for before, after in times)
    shortest = [min(column) for column in zip(*times, strict=True)]
    return Compared(*shortest, ratios[ROUNDS // 4], ratios[-1 - ROUNDS // 4])


def cost(limits: Limits) -> tuple[Compared, float]:
    """Work with and without limits, and the microseconds that a call takes more."""
    plain, limited = (Game(WORK, limits=given, on_output=quiet, on_log=quiet) for given in (None, limits))
    with plain, limited:
        work = compared(lambda: plain.call("work", TURNS), lambda: limited.call("work", TURNS))
        calls = compared(
            lambda: [plain.call("nothing") for _ in range(CALLS)],
            lambda: [limited.call("nothing") for _ in range(CALLS)],
        )
    return work, (calls.limited - calls.plain) / CALLS * 1e6


def on_a_thread(limits: Limits) -> tuple[Compared, float]:
    """As `cost`, on a thread that is not the main one."""
    found: list[tuple[Compared, float]] = []
    thread = threading.Thread(target=lambda: found.append(cost(limits)))
    thread.start()
    thread.join()
    return found[0]


def main() -> None:
    milliseconds, size = creation()
    print(f"{GAMES} games of one program: {milliseconds:.2f} ms and {size:.0f} KiB each (at most 1 ms, 64 KiB)")
    time_limit, both = Limits(event_time=2.0), Limits(event_time=2.0, memory=1 << 30)
    for name, measure, limits in (
        ("time limit, main thread", cost, time_limit),
        ("time limit, another thread", on_a_thread, time_limit),
        ("time and memory, main thread", cost, both),
        ("time and memory, another thread", on_a_thread, both),
    ):
        show(name, *measure(limits))
    kept = [[str(number)] for number in range(LARGE)]
    show(f"the same in a host of {LARGE} lists", *cost(both))
    del kept


def show(name: str, work: Compared, more: float) -> None:
    """Prints what limits cost."""
    spread = f"neighbours {work.low:.2f} to {work.high:.2f}"
    print(f"{name:36} {work.ratio:5.2f} times as long ({spread}), a call {more:+.1f} microseconds")


if __name__ == "__main__":
    main()
