"""Gestures of one finger, which is the mouse: its left button and its place go in, taps, drags and flicks come out.

Nothing pinches or rotates: that takes two fingers. Manual: The_Asset_Editors/Object_Properties/Gesture_Events.
"""

from __future__ import annotations

import math

from gmlrun.engine.events import GESTURE
from gmlrun.engine.loop import Loop
from gmlrun.engine.world import World
from gmlrun.lean import NamedTuple
from gmlrun.runtime import GamePart
from gmlrun.values.containers import DsMap, Handles, destroy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gmlrun.engine.input import Input
    from gmlrun.engine.instances import Instance
    from gmlrun.runtime import Runtime

TAP, DOUBLE_TAP, DRAG_START, DRAGGING, DRAG_END, FLICK = range(6)
"""The numbers of the events; those of global ones are so much higher:"""
GLOBAL = 64
DOTS_AN_INCH = 96.0
LEFT = 1
USUAL: dict[str, Any] = {
    "double_tap_distance": 0.1, "double_tap_time": 0.16, "drag_distance": 0.1, "drag_time": 0.16, "flick_speed": 2.0,
    "pinch_angle_away": 45.0, "pinch_angle_towards": 45.0, "pinch_distance": 0.1, "rotate_angle": 5.0,
    "rotate_time": 0.16, "tap_count": True,
}  # fmt: skip
"""The settings, with GameMaker's values: seconds, inches, degrees, and whether taps are counted."""


class GestureSettings(GamePart):
    """The settings of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.values = dict(USUAL)


class Touch(NamedTuple):
    """A place of the finger, in the room and in the window, and when it was there, in seconds."""

    x: float
    y: float
    rawx: float
    rawy: float
    seconds: float

    def inches_from(self, other: Touch) -> float:
        """How far it is from another place."""
        return math.hypot(self.rawx - other.rawx, self.rawy - other.rawy) / DOTS_AN_INCH


class Gesture:
    """A finger that is down, or that has just tapped."""

    def __init__(self, number: int, touch: Touch, below: list[Instance]) -> None:
        self.number = number
        self.start = self.last = touch
        self.below = below
        """The instances that it has touched: they hear of all that comes."""
        self.is_dragging = False


class Gestures(GamePart):
    """The gestures of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.dispatch = rt.service(World).dispatch
        self.loop = rt.service(Loop)
        self.settings = rt.service(GestureSettings).values
        self.frames = self.count = 0
        self.current: Gesture | None = None
        self.tapped: Gesture | None = None
        """The last tap, as long as another one makes it a double tap."""

    @property
    def is_busy(self) -> bool:
        """Whether frames are needed for it."""
        return self.current is not None or self.tapped is not None

    def advance(self, given: Input) -> None:
        """One frame: what the finger has done since the last one, as events."""
        self.frames += 1
        mouse = given.mouse
        here = Touch(*given.room_point(), mouse.x, mouse.y, self.frames / self.loop.speed)
        self._forget_tap(here)
        if LEFT in mouse.pressed:
            self.count += 1
            self.current = Gesture(self.count, here, self._below(given))
        gesture = self.current
        if gesture is None:
            return
        if LEFT in mouse.released or LEFT not in mouse.down:
            self.current = None
            self._end(gesture, here)
        elif gesture.is_dragging:
            if here.inches_from(gesture.last) >= self.settings["drag_distance"]:
                self._tell(DRAGGING, gesture, here)
        elif here.seconds - gesture.start.seconds >= self.settings["drag_time"]:
            gesture.is_dragging = True
            self._tell(DRAG_START, gesture, here)

    def _below(self, given: Input) -> list[Instance]:
        """The instances below the mouse that hear of some gesture."""
        found: dict[Instance, None] = {}
        for number in range(FLICK + 1):
            for one in self.dispatch.listeners((GESTURE, number)):
                if one not in found and given.is_over(one):
                    found[one] = None
        return list(found)

    def _end(self, gesture: Gesture, here: Touch) -> None:
        """Called when the finger is lifted."""
        if not gesture.is_dragging:
            self._tap(gesture, here)
            return
        passed = max(here.seconds - gesture.last.seconds, 1.0 / self.loop.speed)
        is_flick = here.inches_from(gesture.last) / passed > self.settings["flick_speed"]
        before = gesture.last
        self._tell(DRAG_END, gesture, here, isflick=float(is_flick))
        if is_flick:
            gesture.last = before
            self._tell(FLICK, gesture, here)

    def _tap(self, gesture: Gesture, here: Touch) -> None:
        """A tap: counted taps come at once, others when no second one has arrived in time."""
        first, self.tapped = self.tapped, None
        is_counted = self.settings["tap_count"]
        if first is not None and here.inches_from(first.last) <= self.settings["double_tap_distance"]:
            self._tell(DOUBLE_TAP, gesture, here, **({"tapcount": 2.0} if is_counted else {}))
            return
        if first is not None and not is_counted:
            self._tell(TAP, first, first.last)
        gesture.last, self.tapped = here, gesture
        if is_counted:
            self._tell(TAP, gesture, here, tapcount=1.0)

    def _forget_tap(self, here: Touch) -> None:
        """Ends the time in which a second tap makes a double one."""
        first = self.tapped
        if first is None or here.seconds - first.last.seconds <= self.settings["double_tap_time"]:
            return
        if self.current is None:
            self.tapped = None
            if not self.settings["tap_count"]:
                self._tell(TAP, first, first.last)

    def _tell(self, event: int, gesture: Gesture, here: Touch, **more: float) -> None:
        """Runs an event in the instances that were touched, and the global one, with a map as their `event_data`."""
        last, start = gesture.last, gesture.start
        gesture.last = here
        about: dict[str, float] = {"gesture": float(gesture.number), "touch": 0.0, "posX": here.x, "posY": here.y}
        about |= {"diffX": here.x - last.x, "diffY": here.y - last.y}
        about |= {"viewstartposX": start.x, "viewstartposY": start.y}
        for space in ("raw", "gui"):
            about |= {f"{space}posX": here.rawx, f"{space}posY": here.rawy}
            about |= {f"{space}diffX": here.rawx - last.rawx, f"{space}diffY": here.rawy - last.rawy}
            about |= {f"{space}startposX": start.rawx, f"{space}startposY": start.rawy}
        handles = self.rt.service(Handles)
        made = handles.add(DsMap())
        for name, value in (about | more).items():
            made.set(name, value)
        outer, self.dispatch.event_data = self.dispatch.event_data, made
        try:
            listeners = set(self.dispatch.listeners((GESTURE, event)))
            touched = [one for one in gesture.below if one in listeners]
            if touched:
                self.dispatch.run_in(iter(touched), (GESTURE, event))
            self.dispatch.broadcast((GESTURE, event + GLOBAL))
        finally:
            self.dispatch.event_data = outer
            destroy(self.rt, made)
