"""Time sources: how time passes in them, and what they are asked to do while it does."""

from __future__ import annotations

from typing import Any

import pytest

from gmlrun.engine.timers import (
    ACTIVE,
    AFTER,
    FOREVER,
    FRAMES,
    GAME,
    INITIAL,
    NEAREST,
    SECONDS,
    Timers,
    TimeSource,
    checked_period,
)
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime


def timer(
    timers: Timers, period: float, units: int, calls: list[float], repetitions: int = FOREVER, expiry: int = AFTER
) -> TimeSource:
    made = timers.add(timers.sources[GAME])

    def called(other: Any, self: Any) -> None:
        calls.append(made.passed)

    made.configure(period, units, called, [], repetitions, expiry)
    timers.apply("start", made)
    return made


@pytest.fixture
def timers() -> Timers:
    return Runtime().service(Timers)


def test_frames_are_counted(timers: Timers) -> None:
    calls: list[float] = []
    made = timer(timers, 3.0, FRAMES, calls, repetitions=1)
    counts = []
    for _ in range(5):
        timers.tick(0.1)
        counts.append(len(calls))
    assert counts == [0, 0, 1, 1, 1]
    assert made.state == INITIAL
    assert made.completed == 1


def test_what_is_over_counts_for_the_next_period(timers: Timers) -> None:
    calls: list[float] = []
    timer(timers, 1.0, SECONDS, calls)
    for _ in range(10):
        timers.tick(0.3)
    assert len(calls) == 3
    assert calls[0] == pytest.approx(0.2)


@pytest.mark.parametrize(("expiry", "ticks"), [(AFTER, 4), (NEAREST, 3)])
def test_nearest_may_be_early(timers: Timers, expiry: int, ticks: int) -> None:
    calls: list[float] = []
    timer(timers, 1.0, SECONDS, calls, repetitions=1, expiry=expiry)
    done = 0
    while not calls:
        timers.tick(0.3)
        done += 1
    assert done == ticks


def test_one_that_is_started_in_a_callback_waits_for_the_next_frame(timers: Timers) -> None:
    later: list[float] = []
    made = timers.add(timers.sources[GAME])
    made.configure(1.0, FRAMES, lambda other, self: timer(timers, 1.0, FRAMES, later, 1), [], 1, AFTER)
    timers.apply("start", made)
    timers.tick(0.1)
    assert later == []
    timers.tick(0.1)
    assert len(later) == 1


def test_siblings_can_be_destroyed_during_a_tick(timers: Timers) -> None:
    calls: list[float] = []
    killer = timers.add(timers.sources[GAME])
    victim = timer(timers, 1.0, FRAMES, calls)
    killer.configure(1.0, FRAMES, lambda other, self: timers.destroy(victim, True), [], 1, AFTER)
    timers.apply("start", killer)
    timers.tick(0.1)
    assert calls == []
    assert timers.find(victim) is None


def test_built_in_sources_survive_their_tree(timers: Timers) -> None:
    made = timer(timers, 1.0, FRAMES, [])
    timers.destroy(timers.sources[GAME], True)
    assert timers.find(float(GAME)) is timers.sources[GAME]
    assert timers.find(made) is None
    assert timers.sources[GAME].state == ACTIVE


@pytest.mark.parametrize("period", [-1.0, float("inf"), float("nan")])
def test_a_period_must_be_possible(period: float) -> None:
    with pytest.raises(GmlError):
        checked_period(period, SECONDS)


def test_a_period_of_frames_is_whole_and_at_least_one() -> None:
    assert checked_period(2.9, FRAMES) == 2.0
    assert checked_period(0.0, FRAMES) == 1.0
