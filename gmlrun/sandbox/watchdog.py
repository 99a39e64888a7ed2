"""Code of the program that does not come to an end: the frames that run go in, an exception that ends them comes out.

An event is known by its game's outermost frame, so that nothing needs to be counted while events run. On the main
thread a timer signal looks, elsewhere a thread does.
"""

from __future__ import annotations

import atexit
import math
import sys
import time

from gmlrun.errors import EventTimeout, GameEnd, LimitReached, TurnTimeout
from gmlrun.execution.boundary import is_gml, outermost
from gmlrun.lean import RLock, get_ident, signal
from gmlrun.runtime import GamePart
from gmlrun.sandbox.alarm import CALLBACKS, BorrowedTimer, is_main_thread, raise_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from threading import Thread
    from types import FrameType
    from typing import Any

    from gmlrun.runtime import Runtime

GRACE = 0.5
"""Seconds that an event may still take once the game is to end."""
LOOKS = 8
"""How often a look is taken within the time limit."""
SOON = 0.05
"""Seconds between two looks once the game is to end."""
MEMORY_LOOK = 0.005
"""Seconds between two looks at the memory, where that has a limit."""
PATIENCE = 50
"""How many times as long as a look at the memory takes there is none, but no longer than LONGEST."""
LONGEST = 0.1
"""Seconds: with a large heap a look takes long. Meanwhile the size of the process tells whether there must be one."""
COUNTED = 1.5
"""How many time limits after its beginning an event may still be held up by counting what its game holds."""
TURNS = 2
"""How many time limits one turn of the game may take in all."""
IDLE_LOOKS = 50
"""After how many looks at nothing the thread that looks ends; it is started again when the game runs again."""


class Stopped(GameEnd):
    """The end of an event that went on although the game was to end."""

    runs_finally = False


class Watchdog(GamePart):
    """Ends the events of one game that take too much; without a limit it does nothing until the game is to end."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.limit = rt.settings.event_timeout
        """Seconds; None for no limit."""
        self.memory = None if rt.settings.limits is None else rt.settings.limits.memory
        """Bytes; None for no limit."""
        self.interval = self._interval()
        self.base = self.known = 0
        """The bytes that the process used, and those that the game held, when they were counted last."""
        self.meter: Any = None
        self.next_note = self.next_settle = self.next_measure = 0.0
        """When the memory is looked at again before a call, after one, and whatever the size of the process."""
        self.process = 0
        """The size of the process at the last look."""
        self.event: FrameType | None = None
        """The outermost GML frame at the last look."""
        self.began = 0.0
        self.entered = 0.0
        """When the host began the call or the turn that runs; 0 where that has no end of its own."""
        self.depth = 0
        """How many calls of the host into the game are under way, one inside another."""
        self.deadline: float | None = None
        """From when on events are ended whatever their time, as the game is to end."""
        self.thread = 0
        """The thread that runs the game."""
        self.is_over = self.is_ending = self.is_looking = False
        self.looker: Thread | None = None
        self.was_told = False
        """Whether the log has that there was no thread to look from."""
        self.stays = False
        """Whether the looking thread waits for events however long there are none."""
        self.lock = RLock()
        """Held while the looking thread raises, so that nothing is raised in a game that is just being left."""
        self.is_raised = False
        """Whether the looking thread has raised something that the game may not have met yet."""
        self.borrowed = BorrowedTimer()
        """The timer signal during a call of the host."""

    def _interval(self) -> float | None:
        """Seconds between two looks; None where nothing has a limit."""
        times = [] if self.limit is None else [self.limit / LOOKS]
        return min([*times, *([] if self.memory is None else [MEMORY_LOOK])], default=None)

    # ---------------------------------------------------------------- starting

    def begin(self) -> None:
        """The calling thread runs the game from now on."""
        self.thread, self.is_over, self.is_ending = get_ident(), False, False
        self.stays = True
        self._note_memory()
        if self.interval is not None:
            self._look_every(self.interval)

    def enter(self) -> None:
        """The host calls the game, on this thread; `leave` must follow."""
        self.depth += 1
        if self.depth > 1:
            return
        self.thread, self.is_over = get_ident(), False
        if self.interval is None:
            return
        self.entered = time.monotonic()
        if self.memory is not None and self.entered >= self.next_note:
            self._note_memory()
            self.next_note = self.entered + MEMORY_LOOK
        if not self.borrowed.take(self._on_alarm, self.interval):
            self._look_every(self.interval)

    def settle(self) -> None:
        """The host's call has run: one of many that are shorter than the time between two looks is not looked at.

        Raises LimitReached where the game holds too much.
        """
        now = time.monotonic()
        if self.memory is None or self.depth > 1 or now < self.next_settle:
            return
        self.next_settle = now + MEMORY_LOOK
        ending = self._look_at_memory(self.memory, [], self.entered)
        if ending is not None:
            raise ending

    def leave(self) -> None:
        """Called when a call of the host has ended: gives the timer back, and raises nothing from then on."""
        self.depth -= 1
        if self.depth > 0:
            return
        self.borrowed.give_back()
        if self.looker is None:
            self.entered, self.event = 0.0, None
            return
        with self.lock:
            self.entered, self.event = 0.0, None
            if self.is_raised:
                self.is_raised = False
                raise_in(self.thread, None)

    def limited(self, seconds: float) -> ShorterLimit:
        """Ends what runs inside by EventTimeout after some seconds; a shorter limit for all events still holds."""
        return ShorterLimit(self, seconds)

    def limit_to(self, seconds: float | None) -> None:
        """Sets how long an event may take from now on."""
        self.limit, self.event = seconds, None
        self.interval = self._interval()
        if seconds is not None:
            self._look_every(seconds / LOOKS)
        elif self.deadline is None and self._owns_timer:
            signal.setitimer(signal.ITIMER_REAL, 0.0)

    def end_soon(self) -> None:
        """The game is to end: gives the event that runs a little time; from any thread."""
        if self.deadline is None and self.thread and not self.is_ending:
            self.deadline = time.monotonic() + GRACE
            self._look_every(SOON)

    def let_finish(self) -> None:
        """The last events run: they have the time that any event has, even if the game was to end at once."""
        self.is_ending, self.deadline, self.event = True, None, None
        if self.interval is None:
            self.finish()

    def finish(self) -> None:
        """The game has ended: nothing is ended any more, and the timer signal is free for another game."""
        self.is_over = True
        self.event = None
        if self._owns_timer:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            atexit.unregister(signal.setitimer)

    @property
    def _owns_timer(self) -> bool:
        return not self.borrowed.is_taken and is_main_thread() and signal.getsignal(signal.SIGALRM) == self._on_alarm

    def _look_every(self, seconds: float) -> None:
        if is_main_thread() and self.thread == get_ident() and self._take_timer():
            signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
        else:
            with self.lock:
                if self.looker is None:
                    from gmlrun.net.threads import REFUSED, begin_thread

                    self.looker = begin_thread(self._look_from_outside, seconds)
                    if self.looker is None and not self.was_told:
                        self.was_told = True
                        self.rt.log(f"warning: no event is ended that takes too long or too much: {REFUSED}")

    def _take_timer(self) -> bool:
        """Takes the timer signal, unless the host uses it."""
        if not self.borrowed.is_taken and signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, signal.SIG_IGN):
            signal.signal(signal.SIGALRM, self._on_alarm)
            # Nothing is imported here: a signal handler may have called, in the middle of an import.
            atexit.register(signal.setitimer, signal.ITIMER_REAL, 0.0)
        return self._owns_timer

    # ----------------------------------------------------------------- looking

    def _on_alarm(self, number: int, frame: FrameType | None) -> None:
        if self.is_looking:
            return
        self.is_looking = True
        try:
            ending = self.look(frame)
        finally:
            self.is_looking = False
        if ending is not None:
            raise ending

    def _look_from_outside(self, seconds: float) -> None:
        """Looks again and again while the game runs; a Python exception is raised in its thread."""
        idle = 0
        while True:
            time.sleep(seconds)
            with self.lock:
                if self.is_over or idle > IDLE_LOOKS:
                    self.looker = None
                    return
                ending = self.look(sys._current_frames().get(self.thread))
                if ending is not None:
                    self.is_raised = True
                    raised = type(ending).with_message(ending.message) if isinstance(ending, LimitReached) else Stopped
                    raise_in(self.thread, raised)
                idle = 0 if self.stays or self.depth or self.deadline is not None else idle + 1

    def look(self, frame: FrameType | None) -> GameEnd | LimitReached | None:
        """The exception that is to end the event of a frame; None while it may continue.

        Nothing is ended while a function of the host runs, which may not be prepared for it.
        """
        now, event = time.monotonic(), outermost(frame, self.rt.globals)
        if self.is_over or event is None:
            self.event = None
            return None
        if event is not self.event:
            self.event, self.began = event, now
        if is_in_host(frame, self.rt.globals):
            return None
        if self.deadline is not None and now > self.deadline:
            return Stopped()
        if self.limit is not None and now - self.began >= self.limit:
            return EventTimeout(self.limit)
        if self.limit is not None and self.entered and now - self.entered >= TURNS * self.limit:
            return TurnTimeout(TURNS * self.limit)
        return None if self.memory is None else self._look_at_memory(self.memory, frames_of(frame, event), self.began)

    # ------------------------------------------------------------------ memory

    def _note_memory(self) -> None:
        """Compares with the process as it is, before the game runs."""
        if self.memory is not None and self._is_measure_due(self.memory):
            size = self._used()
            self.base = size if self.base == 0 else min(self.base, size)

    def _used(self) -> int:
        """Bytes that the process uses."""
        size: int = self.meter.used()
        self.process = self.meter.process_size()
        self.next_measure = time.monotonic() + min(PATIENCE * self.meter.cost, LONGEST)
        return size

    def _is_measure_due(self, most: int) -> bool:
        """Whether to look at the memory; where that takes long, whether the process has grown since the last look."""
        if self.meter is None:
            from gmlrun.sandbox.heap import Meter

            self.meter = Meter()
        if time.monotonic() >= self.next_measure:
            return True
        grown: int = self.meter.process_size() - self.process
        return grown > most // LOOKS

    def _look_at_memory(self, most: int, frames: Iterable[FrameType], began: float) -> LimitReached | None:
        """Counts what the game holds, but only where the process has grown by as much as may be too much.

        Where counting takes too long, what the process has grown by stands for what the game holds more.
        """
        if not self._is_measure_due(most):
            return None
        size = self._used()
        self.base = min(self.base, size)
        if size - self.base < max(most - self.known, most // LOOKS):
            return None
        from gmlrun.sandbox.heap import held

        until = math.inf if self.limit is None else began + COUNTED * self.limit
        found = held(self.rt, frames, most, until)
        self.base, self.known = size, self.known + size - self.base if found is None else found
        return out_of_memory(most) if self.known > most else None


class ShorterLimit:
    """A time limit for what runs inside."""

    def __init__(self, watchdog: Watchdog, seconds: float) -> None:
        self.watchdog, self.seconds, self.before = watchdog, seconds, watchdog.limit
        self.is_shorter = self.before is None or seconds < self.before

    def __enter__(self) -> None:
        if self.is_shorter:
            self.watchdog.limit_to(self.seconds)

    def __exit__(self, *raised: object) -> None:
        if self.is_shorter:
            self.watchdog.limit_to(self.before)


def frames_of(frame: FrameType | None, event: FrameType) -> list[FrameType]:
    """A frame and those below it, to that of the event."""
    found = []
    while frame is not None and frame is not event.f_back:
        found.append(frame)
        frame = frame.f_back
    return found


def out_of_memory(most: int) -> LimitReached:
    """The end of an event in a game that holds too much."""
    return LimitReached(f"Out of memory: the game holds more than {most / (1 << 20):g} MiB", "")


def is_in_host(frame: FrameType | None, game: Any) -> bool:
    """Whether code of the host runs, with no code of the game (known by its `global`) above it.

    That is a function that the host gave to GML, or one that Python calls when an object of the host's dies: what is
    raised there is printed, and lost.
    """
    while frame is not None and not (is_gml(frame.f_code) and frame.f_globals.get("gml_global") is game):
        if frame.f_code.co_name in HOST_CALLS or frame.f_globals.get("__name__") in CALLBACKS:
            return True
        frame = frame.f_back
    return False


HOST_CALLS = frozenset(("host_call", "__del__"))
"""The names of the frames in which code of the host runs."""
