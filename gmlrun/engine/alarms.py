"""Alarms and step events: whether frames are due for them goes out, and alarms count down.

Manual: The_Asset_Editors/Object_Properties/Alarm_Events.
"""

from __future__ import annotations

from gmlrun.engine.events import (
    ALARM,
    ANIMATION_END,
    BOUNDARY_EVENTS,
    COLLISION,
    DRAW,
    END_OF_PATH,
    KEY_PRESS,
    KEY_RELEASE,
    KEYBOARD,
    OTHER,
    STEP,
)
from gmlrun.engine.instances import alarm_left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.engine.events import EventNumber
    from gmlrun.engine.instances import Instance
    from gmlrun.engine.world import World

ALARMS = 12
IDLE_EVENTS = ((KEYBOARD, 0), (KEY_PRESS, 0), (KEY_RELEASE, 0), (OTHER, ANIMATION_END), *BOUNDARY_EVENTS)
"""The events that run by themselves, those of keys while nothing is pressed."""


class Alarms:
    """The alarms of one game's instances, and the events that need frames as they do."""

    def __init__(self, world: World, draws: bool) -> None:
        self.world = world
        self.dispatch = world.dispatch
        self.ticking_types = (STEP, COLLISION, DRAW) if draws else (STEP, COLLISION)
        """The types of the events that need frames by themselves."""
        self.known: tuple[object, tuple[bool, list[tuple[Instance, int]]]] | None = None
        """Whether such an event is there, and who has alarms, as of the last change of who is there."""

    def run(self) -> None:
        """Counts the alarms that have an event; runs those that reach 0."""
        if not self.count_down():
            return
        for number in range(ALARMS):
            event = (ALARM, number)
            for instance in self.dispatch.listeners(event):
                if not instance.__dead__:
                    self._count(instance, number, event)

    def _count(self, instance: Instance, number: int, event: EventNumber) -> None:
        value = alarm_left(instance, number)
        if value >= 0:
            value -= 1.0
            instance.__alarm__[number] = value
            if value == 0:
                self.dispatch.guard(self.dispatch.perform, instance, event)

    def need_frames(self) -> bool:
        """Whether a step event is there, or an alarm counts down somewhere."""
        if self._steps_and_alarms()[0] or self.count_down():
            return True
        return bool(self.world.motion.followers) and bool(self.dispatch.listeners((OTHER, END_OF_PATH)))

    def count_down(self) -> bool:
        """Whether an alarm that has an event counts down somewhere."""
        return any(alarm_left(instance, number) >= 0 for instance, number in self._steps_and_alarms()[1])

    def _steps_and_alarms(self) -> tuple[bool, list[tuple[Instance, int]]]:
        """Whether an event is there that needs frames by itself, and who has events of which alarms."""
        if self.known is None or self.known[0] is not self.world.lists:  # kept like the lists of `listeners`
            listeners, there = self.dispatch.listeners, self.dispatch.numbers_there()
            alarms = [(one, n) for n in range(ALARMS) if (ALARM, n) in there for one in listeners((ALARM, n))]
            idle = any(listeners(number) for number in IDLE_EVENTS if number in there)
            steps = idle or any(type_ in self.ticking_types for type_, _ in there)
            self.known = (self.world.lists, (steps, alarms))
        return self.known[1]
