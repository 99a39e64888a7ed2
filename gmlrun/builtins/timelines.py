"""Timelines: made, filled with functions, and asked. Manual: Asset_Management/Timelines."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Function, Int
from gmlrun.engine.timelines import Timeline, Timelines
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value
from gmlrun.values.text import quoted

chapter = Chapter("Asset_Management/Timelines")


def timeline_of(timelines: Timelines, value: Value) -> Timeline:
    """The timeline that a value names; raises GmlError when there is none."""
    found = timelines.find(value)
    if found is None:
        raise GmlError(f"there is no timeline {quoted(value)}")
    return found


@chapter
def timeline_add(timelines: Timelines) -> Value:
    """Makes an empty timeline."""
    return timelines.add()


@chapter
def timeline_delete(timelines: Timelines, ind: Value) -> None:
    """Deletes a timeline; does nothing when there is none."""
    if timeline_exists(timelines, ind):
        timelines.all.pop(timeline_of(timelines, ind).index, None)


@chapter
def timeline_clear(timelines: Timelines, ind: Value) -> None:
    """Takes all moments from a timeline."""
    timeline_of(timelines, ind).moments = []


@chapter
def timeline_exists(timelines: Timelines, ind: Value) -> bool:
    """Whether there is such a timeline."""
    return timelines.find(ind) is not None


@chapter
def timeline_get_name(timelines: Timelines, ind: Value) -> str:
    """A timeline's name; empty when there is no such timeline."""
    found = timelines.find(ind)
    return "" if found is None else found.name


@chapter
def timeline_size(timelines: Timelines, ind: Value) -> float:
    """How many moments a timeline has."""
    return float(len(set(timeline_of(timelines, ind).steps)))


@chapter
def timeline_max_moment(timelines: Timelines, ind: Value) -> float:
    """The step of a timeline's last moment; 0 without any."""
    return timeline_of(timelines, ind).last


@chapter
def timeline_moment_add_script(rt: Runtime, timelines: Timelines, ind: Value, step: Int, script: Function) -> None:
    """Adds a function that is called when a timeline reaches a step, behind what happens there already."""

    def run(other: Value, self: Value) -> None:
        rt.call(script, self, other)

    timeline_of(timelines, ind).add(float(step), run)


@chapter
def timeline_moment_clear(timelines: Timelines, ind: Value, step: Int) -> None:
    """Takes away what happens at a step of a timeline."""
    timeline_of(timelines, ind).clear(float(step))
