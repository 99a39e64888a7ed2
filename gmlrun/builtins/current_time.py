"""The current time, and the time since the game started. Manual: Maths_And_Numbers/Date_And_Time."""

from __future__ import annotations

import math
from datetime import datetime

from gmlrun.builtins.registry import Chapter, Real
from gmlrun.engine.loop import Loop
from gmlrun.runtime import Runtime

chapter = Chapter("Maths_And_Numbers/Date_And_Time")


def now_parts(rt: Runtime) -> datetime:
    """The parts of the current time, in the machine's time zone."""
    return datetime.fromtimestamp(rt.clock.now())


@chapter.variable
def current_time(rt: Runtime) -> float:
    """Whole milliseconds since the game started."""
    return float(math.floor((rt.clock.monotonic() - rt.started) * 1000))


@chapter
def get_timer(rt: Runtime) -> Real:
    """Whole microseconds since the game started."""
    return math.floor((rt.clock.monotonic() - rt.started) * 1_000_000)


@chapter.variable
def delta_time(rt: Runtime) -> float:
    """Microseconds between the last frame and the one before."""
    return float(math.floor(rt.service(Loop).frame_seconds * 1_000_000))


@chapter.variable
def current_year(rt: Runtime) -> float:
    """The current year."""
    return float(now_parts(rt).year)


@chapter.variable
def current_month(rt: Runtime) -> float:
    """The current month, 1 to 12."""
    return float(now_parts(rt).month)


@chapter.variable
def current_day(rt: Runtime) -> float:
    """The current day of the month."""
    return float(now_parts(rt).day)


@chapter.variable
def current_weekday(rt: Runtime) -> float:
    """The current day of the week, 0 for Sunday."""
    return float(now_parts(rt).isoweekday() % 7)


@chapter.variable
def current_hour(rt: Runtime) -> float:
    """The current hour, 0 to 23."""
    return float(now_parts(rt).hour)


@chapter.variable
def current_minute(rt: Runtime) -> float:
    """The current minute, 0 to 59."""
    return float(now_parts(rt).minute)


@chapter.variable
def current_second(rt: Runtime) -> float:
    """The current second, 0 to 59."""
    return float(now_parts(rt).second)
