"""Timelines: moments with their code go in; they run in the instances that have a timeline running.

Manual: Asset_Management/Timelines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from gmlrun.engine.events import TIMELINE
from gmlrun.engine.world import World
from gmlrun.runtime import GamePart
from gmlrun.values.model import AssetRef
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, TypeAlias

    from gmlrun.engine.instances import Instance
    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

Moment: TypeAlias = "tuple[float, Callable[..., Any]]"
"""A step and the code that runs there, called as `fn(other, self)`."""


class Timeline(AssetRef):
    """A timeline asset: its moments, the earliest first, those of one step in the order in which they were added."""

    __slots__ = ("moments",)

    def __init__(self, index: int, name: str) -> None:
        super().__init__("timeline", index, name)
        self.moments: list[Moment] = []

    @property
    def steps(self) -> list[float]:
        """The steps of the moments."""
        return [step for step, _ in self.moments]

    @property
    def last(self) -> float:
        """The step of the last moment; 0 without any."""
        return self.moments[-1][0] if self.moments else 0.0

    def add(self, step: float, code: Callable[..., Any]) -> None:
        """Adds code behind what runs at a step already."""
        self.moments.insert(bisect_right(self.steps, step), (step, code))

    def clear(self, step: float) -> None:
        """Takes away what runs at a step."""
        self.moments = [moment for moment in self.moments if moment[0] != step]

    def between(self, before: float, after: float) -> Sequence[Moment]:
        """The moments that run while a position goes from one value to another: the first one's, not the second's."""
        steps = self.steps
        if after >= before:
            return self.moments[bisect_left(steps, before) : bisect_left(steps, after)]
        return self.moments[bisect_right(steps, after) : bisect_right(steps, before)][::-1]


class Timelines(GamePart):
    """The timelines of one game, by their index."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.world = rt.service(World)
        self.all: dict[int, Timeline] = {}

    def add(self, name: str = "") -> Timeline:
        """A new, empty timeline."""
        index = max(self.all, default=-1) + 1
        made = self.all[index] = Timeline(index, name or f"__newtimeline{index}")
        return made

    def find(self, value: Value) -> Timeline | None:
        """The timeline that a value names: the asset itself, or its index."""
        if isinstance(value, Timeline):
            return value if self.all.get(value.index) is value else None
        if isinstance(value, (float, int)) and value == value and abs(value) < 1e9:
            return self.all.get(int(value))
        return None

    @property
    def is_busy(self) -> bool:
        """Whether an instance has a timeline running."""
        return any(self._running(one) is not None for one in self.world.instances.values())

    def _running(self, instance: Instance) -> Timeline | None:
        if not instance.timeline_running or instance.__away__:
            return None
        return self.find(instance.timeline_index)

    def run(self) -> None:
        """One step of all timelines that run."""
        for instance in list(self.world.instances.values()):
            found = self._running(instance)
            if found is not None:
                self.world.dispatch.guard(self._step, instance, found)

    def _step(self, instance: Instance, timeline: Timeline) -> None:
        before, speed = number_in(instance, "timeline_position"), number_in(instance, "timeline_speed")
        instance.timeline_position = after = before + speed
        for step, code in timeline.between(before, after):
            if instance.__dead__:
                return
            self.world.dispatch.run_code(instance, (TIMELINE, int(step)), code)
        if instance.timeline_loop and not instance.__dead__:
            self._turn(instance, timeline, speed)

    def _turn(self, instance: Instance, timeline: Timeline, speed: float) -> None:
        """Begins a timeline again that is to loop and has come to its end."""
        position = number_in(instance, "timeline_position")
        if speed > 0 and position > timeline.last:
            instance.timeline_position = 0.0
        elif speed < 0 and position < 0:
            instance.timeline_position = timeline.last
