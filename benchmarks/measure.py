"""Two ways of doing the same go in, the ratio of their times comes out: interleaved, so that noise meets both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

ROUNDS = 7


def seconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def compare(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int = ROUNDS, warm_up: int = 1
) -> tuple[float, float]:
    """The median seconds of both sides, each run a few times before it counts.

    Functions want ten of these: CPython specialises the loops of a function only after some calls.
    """
    for _ in range(warm_up):
        ours()
        theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)
