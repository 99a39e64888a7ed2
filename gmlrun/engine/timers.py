"""Time sources: periods and callbacks go in, each tick of the game moves all of them on, then calls what is due.

Two trees hang below the built-in sources `time_source_global` (0) and `time_source_game` (1); what a
program does to a source it does to all below it. Manual: Time_Sources.
"""

from __future__ import annotations

from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.lean import MethodType
from gmlrun.runtime import GamePart
from gmlrun.values.model import Handle, function_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

GLOBAL, GAME = 0, 1
HIDDEN = 2
"""The parent of what `call_later` makes; no program can name it."""
SECONDS, FRAMES = 0, 1
NEAREST, AFTER = 0, 1
INITIAL, ACTIVE, PAUSED, STOPPED = range(4)
FOREVER = -1
EXACT = 1e-9
"""The rest of a period that is over, which rounding may have left."""


class TimeSource(Handle):
    """A time source. `period` and `passed` are in seconds or in frames."""

    __slots__ = (
        "args", "callback", "children", "completed", "expiry", "is_call", "is_method", "parent", "passed",
        "period", "repetitions", "scope", "state", "units",
    )  # fmt: skip

    def __init__(self, index: int, parent: TimeSource | None) -> None:
        super().__init__("time source", index)
        self.parent = parent
        self.children: list[TimeSource] = []
        self.scope: tuple[Value, Value] = (None, None)
        self.is_call = False
        self.state = INITIAL
        self.completed = 0
        self.passed = 0.0
        self.configure(0.0, FRAMES, None, [], 1, AFTER)
        if parent is not None:
            parent.children.append(self)

    def configure(
        self, period: float, units: int, callback: Value, args: list[Any], repetitions: int, expiry: int
    ) -> None:
        """Sets what the source does; what it has done is forgotten."""
        self.period = period
        self.units = units
        self.callback = callback
        self.is_method = is_plain_method(callback)
        self.args = args
        self.repetitions = repetitions
        self.expiry = expiry
        self.reset()

    @property
    def is_builtin(self) -> bool:
        return self.index <= HIDDEN

    @property
    def is_finished(self) -> bool:
        """Whether all repetitions are done."""
        return self.repetitions != FOREVER and self.completed >= self.repetitions

    @property
    def remaining(self) -> float:
        """The rest of the period."""
        return max(0.0, self.period - self.passed)

    def reset(self) -> None:
        """Back to the beginning, not running."""
        self.state, self.passed, self.completed = INITIAL, 0.0, 0

    def family(self) -> Iterator[TimeSource]:
        """This source and all below it, parents first."""
        yield self
        for child in list(self.children):
            yield from child.family()

    def is_due(self, seconds: float) -> bool:
        """Whether the period is over, or, with `time_source_expire_nearest`, nearest to its end."""
        left = self.period - self.passed
        if self.expiry == NEAREST and self.units == SECONDS:
            return left <= 0 or left < abs(left - seconds)
        return left <= EXACT

    def expire(self) -> None:
        """A period is over: the next repetition begins, or the source is done."""
        self.completed += 1
        if self.repetitions != FOREVER and self.completed >= self.repetitions:
            self.state, self.passed = INITIAL, 0.0
        else:
            over = self.passed - self.period
            self.passed = over % self.period if self.period > 0 and over > 0 else min(over, 0.0)


def start(source: TimeSource) -> None:
    """Runs from the beginning, or continues."""
    if source.is_finished:
        source.reset()
    source.state = ACTIVE


def pause(source: TimeSource) -> None:
    if source.state == ACTIVE:
        source.state = PAUSED


def resume(source: TimeSource) -> None:
    if source.state == PAUSED:
        source.state = ACTIVE


def stop(source: TimeSource) -> None:
    if source.state != INITIAL:
        source.state, source.passed = STOPPED, 0.0


def reset(source: TimeSource) -> None:
    source.reset()


TRANSITIONS = {"start": start, "pause": pause, "resume": resume, "stop": stop, "reset": reset}


class Timers(GamePart):
    """The time sources of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.sources: dict[int, TimeSource] = {}
        for number in (GLOBAL, GAME, HIDDEN):
            self.sources[number] = TimeSource(number, None)
            self.sources[number].state = ACTIVE
        self.next_index = HIDDEN + 1
        self._in_order: list[TimeSource] | None = None
        """All but the built-in ones, parents first; None once there are others."""

    def find(self, value: Value) -> TimeSource | None:
        """The source that a value names: its handle or its number."""
        if isinstance(value, TimeSource):
            return value if self.sources.get(value.index) is value else None
        if isinstance(value, (float, int)) and value == value and value != HIDDEN:
            found = self.sources.get(int(value)) if abs(value) < 1e9 else None
            return None if found is not None and found.is_call else found
        return None

    def was_there(self, value: Value) -> bool:
        """Whether a value is the handle or the number of a source that there was once."""
        if isinstance(value, TimeSource):
            return True
        return isinstance(value, (float, int)) and not isinstance(value, bool) and HIDDEN < value < self.next_index

    def forget_calls(self) -> None:
        """Ends all that `call_later` has planned."""
        for member in list(self.sources[HIDDEN].children):
            self._remove(member)

    def add(self, parent: TimeSource) -> TimeSource:
        """A new source below another one."""
        made = TimeSource(self.next_index, parent)
        self.sources[made.index] = made
        self.next_index += 1
        self._in_order = None
        return made

    def apply(self, name: str, source: TimeSource) -> None:
        """Starts, pauses, resumes, stops or resets a source and all below it."""
        for member in source.family():
            if not member.is_builtin:
                TRANSITIONS[name](member)
            elif name in ("pause", "resume"):
                member.state = PAUSED if name == "pause" else ACTIVE

    def destroy(self, source: TimeSource, with_tree: bool) -> None:
        """Takes a source out; one with children only together with them, a built-in one never."""
        if source.children and not with_tree:
            self.rt.log("time_source_destroy: the time source has children; destroy them too (second argument)")
            return
        for member in list(source.family())[::-1]:
            if not member.is_builtin:
                self._remove(member)

    def _remove(self, source: TimeSource) -> None:
        self.sources.pop(source.index, None)
        self._in_order = None
        source.state = STOPPED
        if source.parent is not None:
            source.parent.children.remove(source)

    def running(self) -> bool:
        """Whether some source waits for its time."""
        if len(self.sources) <= HIDDEN + 1:
            return False
        return any(s.state == ACTIVE and not s.is_builtin for s in self.sources.values())

    def tick(self, seconds: float) -> None:
        """One frame: all running sources move on, then those that are due are called."""
        if len(self.sources) <= HIDDEN + 1:
            return
        active = [source for source in self._ordered() if source.state == ACTIVE]
        for source in active:
            source.passed += seconds if source.units == SECONDS else 1.0
        guard = self.rt.service(World).dispatch.guard
        for source in active:
            is_due = source.is_due(seconds) if source.expiry == NEAREST else source.period - source.passed <= EXACT
            if is_due and source.state == ACTIVE and self.sources.get(source.index) is source:
                self._expire(source, guard)

    def _ordered(self) -> list[TimeSource]:
        """All sources but the built-in ones, in the order in which they move on."""
        if self._in_order is None:
            roots = (self.sources[GLOBAL], self.sources[HIDDEN], self.sources[GAME])
            self._in_order = [s for root in roots for s in root.family() if not s.is_builtin]
        return self._in_order

    def _expire(self, source: TimeSource, guard: Callable[..., object]) -> None:
        source.expire()
        if source.is_call and source.state != ACTIVE:
            self._remove(source)
        if source.is_method:
            own = source.scope[0]
            guard(source.callback, own, own, *source.args)
        else:
            guard(self.rt.call, source.callback, *source.scope, *source.args)


def is_plain_method(callback: Value) -> bool:
    """Whether a callback is a method of the program, which has a self of its own whoever calls it."""
    info = function_info(callback) if type(callback) is MethodType else None
    return info is not None and not info.is_constructor


def checked_period(period: float, units: int) -> float:
    """A period as it is used: whole frames, at least one; raises GmlError for one that cannot be."""
    if not 0 <= period < float("inf"):
        raise GmlError("time source: the period must be a number that is not negative")
    return float(max(1, int(period))) if units == FRAMES else period
