"""Time sources and `call_later`: callbacks after seconds or frames. Manual: Time_Sources."""

from __future__ import annotations

from gmlrun.builtins.registry import Array, Bool, Chapter, Function, Int, Real
from gmlrun.engine.timers import (
    ACTIVE,
    AFTER,
    FOREVER,
    FRAMES,
    GAME,
    GLOBAL,
    HIDDEN,
    INITIAL,
    NEAREST,
    PAUSED,
    SECONDS,
    STOPPED,
    Timers,
    TimeSource,
    checked_period,
    start,
)
from gmlrun.errors import GmlError
from gmlrun.values.model import Value
from gmlrun.values.text import quoted

chapter = Chapter("Time_Sources")

CONSTANTS: dict[str, Value] = {
    "time_source_global": float(GLOBAL),
    "time_source_game": float(GAME),
    "time_source_units_seconds": float(SECONDS),
    "time_source_units_frames": float(FRAMES),
    "time_source_expire_nearest": float(NEAREST),
    "time_source_expire_after": float(AFTER),
    "time_source_state_initial": float(INITIAL),
    "time_source_state_active": float(ACTIVE),
    "time_source_state_paused": float(PAUSED),
    "time_source_state_stopped": float(STOPPED),
}


def source_of(table: Timers, id: Value) -> TimeSource | None:
    """The time source that a value names, None for one that is destroyed; raises GmlError for what never was one."""
    found = table.find(id)
    if found is None and not table.was_there(id):
        raise GmlError(f"Unable to find the time source {quoted(id)}")
    return found


def apply(timers: Timers, change: str, id: Value) -> None:
    """Starts, pauses, resumes, stops or resets a time source and all below it; nothing happens to a destroyed one."""
    found = source_of(timers, id)
    if found is not None:
        timers.apply(change, found)


def own_source(timers: Timers, id: Value) -> TimeSource | None:
    """A time source that the program made; None for a built-in or missing one."""
    found = timers.find(id)
    return None if found is None or found.is_builtin else found


def configure(
    source: TimeSource, period: float, units: int, callback: Value, args: list[Value], repetitions: int, expiry: int
) -> None:
    """Checks and sets what a source does."""
    if units not in (SECONDS, FRAMES):
        raise GmlError("time source: the units must be time_source_units_seconds or time_source_units_frames")
    if repetitions < FOREVER:
        raise GmlError("time source: the repetitions must be -1 (for ever) or more")
    source.configure(checked_period(period, units), units, callback, list(args), repetitions, expiry)


@chapter
def time_source_create(
    table: Timers,
    self: Value,
    other: Value,
    parent: Value,
    period: Real,
    units: Int,
    callback: Function,
    args: Array = [],  # noqa: B006 - copied, never changed
    repetitions: Int = 1,
    expiry_type: Int = AFTER,
) -> TimeSource:
    """Makes a time source that calls a function after a period, once or repeatedly; it has to be started.

    PERIOD in seconds or frames, as UNITS says; ARGS are the callback's arguments; -1 REPETITIONS go on for ever.
    """
    owner = source_of(table, parent)
    if owner is None:
        raise GmlError(f"the time source {quoted(parent)}, which should be the parent, is destroyed")
    made = table.add(owner)
    try:
        configure(made, period, units, callback, args, repetitions, expiry_type)
    except GmlError:
        table.destroy(made, True)
        raise
    made.scope = (self, other)
    return made


@chapter
def time_source_reconfigure(
    timers: Timers,
    id: Value,
    period: Real,
    units: Int,
    callback: Function,
    args: Array = [],  # noqa: B006 - copied, never changed
    repetitions: Int = 1,
    expiry_type: Int = AFTER,
) -> None:
    """Gives a time source a new period, callback and repetitions, and resets it."""
    found = source_of(timers, id)
    if found is not None:
        configure(found, period, units, callback, args, repetitions, expiry_type)


@chapter
def time_source_start(timers: Timers, id: Value) -> None:
    """Starts a time source and all below it."""
    apply(timers, "start", id)


@chapter
def time_source_stop(timers: Timers, id: Value) -> None:
    """Stops a time source and all below it; the time that has passed is forgotten."""
    apply(timers, "stop", id)


@chapter
def time_source_pause(timers: Timers, id: Value) -> None:
    """Pauses a running time source and all below it."""
    apply(timers, "pause", id)


@chapter
def time_source_resume(timers: Timers, id: Value) -> None:
    """Lets a paused time source and all below it continue."""
    apply(timers, "resume", id)


@chapter
def time_source_reset(timers: Timers, id: Value) -> None:
    """Puts a time source and all below it back to the state in which they were made."""
    apply(timers, "reset", id)


@chapter
def time_source_destroy(timers: Timers, id: Value, destroy_tree: Bool = False) -> None:
    """Destroys a time source; with DESTROY_TREE all below it too."""
    found = timers.find(id)
    if found is not None:
        timers.destroy(found, destroy_tree)


@chapter
def time_source_exists(timers: Timers, id: Value) -> bool:
    """Whether there is such a time source."""
    return timers.find(id) is not None


@chapter
def time_source_get_children(timers: Timers, id: Value) -> Value:
    """An array of the time sources right below one, in the order in which they were made."""
    found = timers.find(id)
    return None if found is None else list(found.children)


@chapter
def time_source_get_parent(timers: Timers, id: Value) -> Value:
    """The time source that one hangs below; undefined for a built-in one."""
    found = own_source(timers, id)
    if found is None or found.parent is None:
        return None
    return float(found.parent.index) if found.parent.is_builtin else found.parent


@chapter
def time_source_get_period(timers: Timers, id: Value) -> Value:
    """The period of a time source, in its units."""
    found = own_source(timers, id)
    return None if found is None else float(found.period)


@chapter
def time_source_get_units(timers: Timers, id: Value) -> Value:
    """Whether a time source counts seconds or frames."""
    found = own_source(timers, id)
    return None if found is None else float(found.units)


@chapter
def time_source_get_state(timers: Timers, id: Value) -> Value:
    """Whether a time source is in its initial state, active, paused or stopped."""
    found = timers.find(id)
    return None if found is None else float(found.state)


@chapter
def time_source_get_reps_completed(timers: Timers, id: Value) -> Value:
    """How many periods of a time source are over."""
    found = own_source(timers, id)
    return None if found is None else float(found.completed)


@chapter
def time_source_get_reps_remaining(timers: Timers, id: Value) -> Value:
    """How many periods of a time source are still to come; undefined when it continues forever."""
    found = own_source(timers, id)
    if found is None or found.repetitions == FOREVER:
        return None
    return float(found.repetitions - found.completed)


@chapter
def time_source_get_time_remaining(timers: Timers, id: Value) -> Value:
    """The rest of the current period, in the units of the time source."""
    found = own_source(timers, id)
    return None if found is None else float(found.remaining)


@chapter
def call_later(
    timers: Timers, self: Value, other: Value, period: Real, unit: Int, callback: Function, loop: Bool = False
) -> TimeSource:
    """Calls a function once after some seconds or frames, or again and again with LOOP."""
    made = timers.add(timers.sources[HIDDEN])
    made.is_call = True
    try:
        configure(made, period, unit, callback, [], FOREVER if loop else 1, AFTER)
    except GmlError:
        timers.destroy(made, True)
        raise
    made.scope = (self, other)
    start(made)
    return made


@chapter
def call_cancel(timers: Timers, handle: Value) -> None:
    """Cancels what `call_later` has planned."""
    if isinstance(handle, TimeSource) and handle.is_call and timers.find(handle) is handle:
        timers.destroy(handle, True)


@chapter
def time_bpm_to_seconds(bpm: Real) -> float:
    """The seconds of one beat at a number of beats a minute."""
    return 60.0 / bpm if bpm else float("inf")


@chapter
def time_seconds_to_bpm(seconds: Real) -> float:
    """The beats a minute when one beat takes a number of seconds."""
    return 60.0 / seconds if seconds else float("inf")
