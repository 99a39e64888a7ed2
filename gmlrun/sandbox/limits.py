"""The limits of one game: the sizes and numbers that its host allows go in, a game whose parts count comes out.

A game without limits has none of this: the parts that count take the place of the usual ones. What goes beyond a
limit ends the event that runs in an error that no `try` of GML sees.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

from gmlrun.engine.instances import Instance, ObjectType
from gmlrun.engine.sockets import Sockets
from gmlrun.engine.timers import Timers, TimeSource
from gmlrun.engine.world import World
from gmlrun.errors import LimitReached
from gmlrun.execution.boundary import outermost
from gmlrun.runtime import Runtime
from gmlrun.values.containers import H, Handles
from gmlrun.values.model import Handle


class Limits(NamedTuple):
    """The limits of one game; None is no limit."""

    event_time: float | None = None
    """Seconds that an event or a call may run; what one turn of the game runs in all may take twice that."""
    memory: int | None = None
    """Bytes of what the game holds: variables, instances, data structures, buffers, queues."""
    sockets: int | None = None
    """Sockets that are open at once, a server's clients among them."""
    handles: int | None = None
    """Data structures, buffers and time sources that exist at once."""
    instances: int | None = None
    """Instances that exist at once."""
    output: int | None = None
    """Characters that one event may print and log."""
    compile_time: float | None = None
    """Seconds that compiling the program, or a text of `eval` or `exec`, may take; None for what `event_time` is, but
    at least 10 for a program and 1 for a text."""


class LimitedWorld(World):
    """The instances of a game with a limit on their number."""

    def allocate(self, kind: ObjectType, x: float, y: float, number: int | None = None) -> Instance:
        most = limits_of(self.rt).instances
        if most is not None and len(self.instances) >= most:
            raise LimitReached(f"more than {most} instances", "--max-instances")
        return super().allocate(kind, x, y, number)


class LimitedHandles(Handles):
    """The handles of a game with a limit on their number; time sources count too."""

    def __init__(self, rt: Runtime) -> None:
        super().__init__(rt)
        self.rt = rt
        self.count = 0

    def add(self, made: H) -> H:
        self.take()
        return super().add(made)

    def free(self, handle: Handle) -> None:
        self.count -= 1
        super().free(handle)

    def take(self) -> None:
        """Counts one more; raises LimitReached where that is too many."""
        most = limits_of(self.rt).handles
        if most is not None and self.count >= most:
            raise LimitReached(f"more than {most} data structures, buffers and time sources", "--max-handles")
        self.count += 1


class LimitedTimers(Timers):
    """The time sources of a game, which count as handles."""

    def add(self, parent: TimeSource) -> TimeSource:
        handles = self.rt.service(Handles)
        assert isinstance(handles, LimitedHandles)
        handles.take()
        return super().add(parent)

    def _remove(self, source: TimeSource) -> None:
        handles = self.rt.service(Handles)
        if source.index in self.sources and isinstance(handles, LimitedHandles):
            handles.count -= 1
        super()._remove(source)


class LimitedSockets(Sockets):
    """The sockets of a game with a limit on their number."""

    def listen(self, type_: int, port: int, max_clients: int, raw: bool) -> float:
        self._take()
        return super().listen(type_, port, max_clients, raw)

    def create(self, type_: int, port: int = 0) -> float:
        self._take()
        return super().create(type_, port)

    def _take(self) -> None:
        most = limits_of(self.rt).sockets
        if most is not None and len(self.known) >= most:
            raise LimitReached(f"more than {most} sockets", "")


class LimitedOutput:
    """The output of a game with a limit on what one event writes."""

    def __init__(self, rt: Runtime, most: int) -> None:
        self.rt = rt
        self.most = most
        self.event: object = None
        """The outermost frame of the event that wrote last."""
        self.written = 0

    def around(self, write: Callable[[str], None]) -> Callable[[str], None]:
        """The function that takes lines, behind the limit; what is written outside events is not counted."""

        def limited(line: str) -> None:
            event = outermost(sys._getframe(), self.rt.globals)
            if event is not None:
                self.count(event, len(line) + 1)
            write(line)

        return limited

    def count(self, event: object, size: int) -> None:
        """Counts what an event writes; raises LimitReached where that is too much."""
        if event is not self.event:
            self.event, self.written = event, 0
        self.written += size
        if self.written > self.most:
            raise LimitReached(f"an event has printed more than {self.most} characters", "--max-output")


def limits_of(rt: Runtime) -> Limits:
    """The limits of a game that has some."""
    assert rt.settings.limits is not None
    return rt.settings.limits


def limit(rt: Runtime) -> None:
    """Puts the parts that count in the place of the usual ones, if there are limits; done before all else."""
    limits = rt.settings.limits
    if limits is None:
        return
    rt.stand_ins |= {World: LimitedWorld, Handles: LimitedHandles, Timers: LimitedTimers, Sockets: LimitedSockets}
    if limits.output is not None:
        output = LimitedOutput(rt, limits.output)
        rt.output, rt.log = output.around(rt.output), output.around(rt.log)
