"""Meters of a watched game: a game goes in; times of events, late frames, errors and log lines come out."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from gmlrun.diagnostics import Report
from gmlrun.engine.dispatch import Dispatch, Further
from gmlrun.engine.events import EventNumber, event_label
from gmlrun.engine.instances import Instance, ObjectType
from gmlrun.engine.loop import Loop
from gmlrun.game import Game
from gmlrun.net.watch.counting import Carried
from gmlrun.service.snapshot import carried_by

BOUNDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Seconds: the upper bounds of the classes that events are counted in by their time."""
QUICK = BOUNDS[0]
LONG = 0.02
"""Seconds by which a group of events may exceed its usual time before each is timed by itself the next time."""
EXACT_TURNS = 20
"""For how many turns of the loop."""
MOST_RUNS = 32
"""Runs of instances of one object beyond which each instance is timed by itself."""
LINES = 200
"""How many lines of the log are kept."""


class EventTimes:
    """How long one event of one object has taken, all times together."""

    __slots__ = ("longest", "quick", "slower", "total")

    def __init__(self) -> None:
        self.quick = 0
        """How many were over within the first bound, as nearly all are."""
        self.slower = [0] * len(BOUNDS)
        """How many were within each later bound, and beyond the last."""
        self.total = self.longest = 0.0

    def take(self, seconds: float) -> None:
        """Counts one event."""
        self.total += seconds
        self._put(1, seconds)
        if seconds > self.longest:
            self.longest = seconds

    def take_many(self, count: int, seconds: float) -> bool:
        """Counts events that ran together for some seconds; returns whether they took much longer than they usually do.

        What is more than usual is put down to one event, for it is rare; else all have taken the same.
        """
        before = self.count
        usual = count * self.total / before if before else 0.0
        is_odd = count > 1 and seconds - usual > LONG
        if is_odd:
            self._put(count - 1, usual / count)
            self.total += usual
            self.take(seconds - usual)
        else:
            self._put(count, seconds / count)
            self.total += seconds
            self.longest = max(self.longest, seconds / count)
        return is_odd

    def _put(self, count: int, seconds: float) -> None:
        """Adds to the class of a time."""
        at = bisect_left(BOUNDS, seconds)
        if at == 0:
            self.quick += count
        else:
            self.slower[at - 1] += count

    @property
    def count(self) -> int:
        return self.quick + sum(self.slower)


def runs_of(instances: list[Instance]) -> list[list[Instance]]:
    """Instances cut where the next one is of another object."""
    return [list(run) for _, run in groupby(instances, key=type)]


class LogLine(NamedTuple):
    """A line that the game has written: when, in seconds since 1970, and whether the program wrote it itself."""

    time: float
    stream: str
    text: str


class Meters:
    """Watches one game from now on, from inside its own thread."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.events: dict[tuple[str, EventNumber], EventTimes] = {}
        self.lines: deque[LogLine] = deque(maxlen=LINES)
        self.errors = 0
        self.loop = game.rt.service(Loop)
        self.overruns = 0
        """How many frames took longer than a frame may."""
        self._time_events()
        self._time_frames()
        self._hear()

    def times_of(self, owner: ObjectType, number: EventNumber) -> EventTimes:
        """The times of an event of an object."""
        key = (owner.name, number)
        found = self.events.get(key)
        if found is None:
            found = self.events[key] = EventTimes()
        return found

    def event_rows(self) -> list[tuple[str, str, EventTimes]]:
        """Object, event in GameMaker's words and times, the longest first; for any thread."""
        rows = [(name, event_label(number), times) for (name, number), times in list(self.events.items())]
        return sorted(rows, key=lambda row: -row[2].longest)

    # ------------------------------------------------------------------ events

    def _time_events(self) -> None:
        """Starts to time events; those that come together are timed together, which costs almost nothing."""
        self._time_async_events()
        self._time_broadcasts()
        self._time_single_events()

    def _time_async_events(self) -> None:
        """Times the async events of a kind that come together as one; after a long one, times each for a while.

        It repeats Dispatch.broadcast_each with a clock in its midst, for another call would cost as much as the clock.
        """
        game, world, dispatch, clock = self.game, self.game.world, self.game.world.dispatch, time.perf_counter
        carried, times, lists, kind, seen, exact = Carried(), EventTimes(), None, -1, 0, 0

        def together(number: EventNumber, prepare: Callable[[], bool], further: Further | None = None) -> None:
            nonlocal carried, times, lists, kind, seen
            if world.lists is not lists or number[1] != kind:
                lists, kind, carried = world.lists, number[1], carried_by(game)
                times = self._times_of_listeners(number)
            turns = dispatch._turns(number, prepare, further)
            began = clock()
            try:
                dispatch.run_in(turns, number)
            finally:
                turns.close()
            spent = clock() - began
            total = carried.packets_in
            if spent <= QUICK:
                times.quick += total - seen or 1
                times.total += spent
                if spent > times.longest:
                    times.longest = spent
            elif times.take_many(total - seen or 1, spent):
                time_each()
            seen = total

        def time_each() -> None:
            nonlocal exact
            exact = EXACT_TURNS
            dispatch.broadcast_each = one_by_one  # type: ignore[method-assign]

        def one_by_one(number: EventNumber, prepare: Callable[[], bool], further: Further | None = None) -> None:
            nonlocal seen, exact
            turns = dispatch._turns(number, prepare, further)
            try:
                self._exact_run_in(turns, number)
            finally:
                turns.close()
            seen, exact = carried.packets_in, exact - 1
            if not exact:
                dispatch.broadcast_each = together  # type: ignore[method-assign]

        dispatch.broadcast_each = together  # type: ignore[method-assign]

    def _times_of_listeners(self, number: EventNumber) -> EventTimes:
        """The times of an async event in all instances that have it now."""
        names = {instance.__object__.name for instance in self.game.world.dispatch.listeners(number)}
        name = names.pop() if len(names) == 1 else "several objects" if names else "no object"
        return self.events.setdefault((name, number), EventTimes())

    def _exact_run_in(self, instances: Iterator[Instance], number: EventNumber) -> None:
        """An event in some instances, each timed by itself."""
        Dispatch.run_in(self.game.world.dispatch, self._each_timed(instances, number), number)

    def _each_timed(self, instances: Iterator[Instance], number: EventNumber) -> Iterator[Instance]:
        clock = time.perf_counter
        began = clock()
        for instance in instances:
            yield instance
            now = clock()
            self.times_of(instance.__object__, number).take(now - began)
            began = now

    def _time_broadcasts(self) -> None:
        """Times the events of a frame; instances of one object that follow each other are timed together."""
        world, clock = self.game.world, time.perf_counter
        runs: dict[EventNumber, tuple[list[Instance], list[list[Instance]]]] = {}

        def timed(number: EventNumber) -> None:
            instances = world.dispatch.listeners(number)
            if not instances:
                return
            known = runs.get(number)
            if known is None or known[0] is not instances:
                known = runs[number] = (instances, runs_of(instances))
            if len(known[1]) > MOST_RUNS:
                self._exact_run_in(iter(instances), number)
                return
            for run in known[1]:
                began = clock()
                try:
                    world.dispatch.run_in(iter(run), number)
                finally:
                    self.times_of(run[0].__object__, number).take_many(len(run), clock() - began)

        world.dispatch.broadcast = timed  # type: ignore[method-assign]

    def _time_single_events(self) -> None:
        """Times the events of one instance: Create, Destroy, alarms, collisions, user events."""
        world, clock = self.game.world, time.perf_counter
        run = world.dispatch._run

        def timed(found: Any, instance: Instance, number: EventNumber, other: object) -> None:
            began = clock()
            try:
                run(found, instance, number, other)
            finally:
                self.times_of(found[1], number).take(clock() - began)

        world.dispatch._run = timed  # type: ignore[method-assign]

    # --------------------------------------------------------- frames and lines

    def _time_frames(self) -> None:
        loop, clock = self.loop, time.perf_counter
        frame = loop.frame

        def timed() -> None:
            began = clock()
            frame()
            if clock() - began > 1.0 / loop.speed:
                self.overruns += 1

        loop.frame = timed  # type: ignore[method-assign]

    def _hear(self) -> None:
        """Keeps the last lines, and counts errors."""
        game, rt, lines = self.game, self.game.rt, self.lines
        report, log, output = game.on_report, rt.log, rt.output

        def heard_report(found: Report) -> None:
            self.errors += 1
            place = "" if found.place is None else f" ({found.place.file}:{found.place.line})"
            lines.append(LogLine(time.time(), "error", f"{found.message}{place}"))
            report(found)

        def heard_log(line: str) -> None:
            lines.append(LogLine(time.time(), "gmlrun", line))
            log(line)

        def heard_output(line: str) -> None:
            lines.append(LogLine(time.time(), "program", line))
            output(line)

        game.on_report, rt.log, rt.output = heard_report, heard_log, heard_output
