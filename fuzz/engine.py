"""Runs a fuzzer: seeds go in, the inputs that fail come out, cut down to what is needed."""

from __future__ import annotations

import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

Parts = list[Any]
LONGEST = 10
"""Seconds: an input that takes longer hangs."""
TRIES = 400
"""How often at most an input is run again while it is cut down."""


class Fuzzer(NamedTuple):
    """What makes inputs and runs them. An input is a list of parts, any of which may be left out."""

    name: str
    make: Callable[[random.Random], Parts]
    run: Callable[[Parts], None]
    """Raises what must not be raised."""
    show: Callable[[Parts], str]
    """The input as somebody can try it again."""


class Hang(Exception):
    """An input that takes too long."""


class Finding(NamedTuple):
    """A fault and the least input that makes it."""

    seed: str
    where: str
    shown: str
    trace: str


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises Hang in what takes longer; only where there are timers."""

    def stop(number: int, frame: Any) -> None:
        raise Hang(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def failure(fuzzer: Fuzzer, parts: Parts) -> tuple[str, str] | None:
    """Where and how an input fails: a short name of the fault, and the traceback; None when it does not."""
    try:
        with time_limit(LONGEST):
            fuzzer.run(parts)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = "" if isinstance(error, Hang) else f" at {last.filename}:{last.lineno}"
        return f"{type(error).__name__}{place}", "".join(traceback.format_exception(error))
    return None


def cut_down(fuzzer: Fuzzer, parts: Parts, where: str) -> Parts:
    """The input without the parts that the same fault does not need: halves are tried first, then smaller pieces."""
    size, tries = max(1, len(parts) // 2), 0
    while tries < TRIES:
        at = 0
        while at < len(parts) and tries < TRIES:
            shorter = parts[:at] + parts[at + size :]
            tries += 1
            found = failure(fuzzer, shorter)
            if found is not None and found[0] == where:
                parts = shorter
            else:
                at += size
        if size == 1:
            break
        size //= 2
    return parts


def fuzz(fuzzer: Fuzzer, seed: int, seconds: float) -> tuple[int, list[Finding]]:
    """Runs a fuzzer for a time; returns how many inputs there were, and each fault once."""
    findings: dict[str, Finding] = {}
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        own_seed = f"{seed}:{count}"
        count += 1
        parts = fuzzer.make(random.Random(own_seed))
        found = failure(fuzzer, parts)
        if found is None or found[0] in findings:
            continue
        least = parts if found[0] == "Hang" else cut_down(fuzzer, parts, found[0])
        findings[found[0]] = Finding(own_seed, found[0], fuzzer.show(least), found[1])
    return count, list(findings.values())
