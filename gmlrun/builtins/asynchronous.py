"""`async_load` and the variables around it. Manual: Asynchronous_Functions."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter
from gmlrun.engine.async_events import AsyncEvents
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

chapter = Chapter("Asynchronous_Functions")


def async_load(rt: Runtime) -> Value:
    """The ds_map of the async event that is running, -1 outside one."""
    return rt.service(AsyncEvents).load


def bound_async_load(rt: Runtime) -> Callable[[], Value]:
    """The getter for one game. Another event's map comes and goes while no function that has asked runs."""
    events = rt.service(AsyncEvents)
    return lambda: events.load


chapter.variable(async_load, direct=bound_async_load, is_steady=True)
