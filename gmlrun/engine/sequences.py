"""Sequences as state: a sequence that is played goes in; its playhead moves, and what it tells and moves comes out.

Nothing is drawn or played. Manual: Asset_Management/Sequences.
"""

from __future__ import annotations

import math

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.elements import DEFAULTS, Element, Elements
from gmlrun.engine.events import SYSTEM
from gmlrun.engine.loop import Loop
from gmlrun.engine.sequence_actors import Actors
from gmlrun.engine.sequence_events import Stretch, broadcast, passed, stretches
from gmlrun.engine.sequence_structs import (
    FRAMES_A_SECOND,
    LOOP,
    ONESHOT,
    PINGPONG,
    SequenceFacts,
    SequenceObject,
    array,
    fixed,
    kept,
    loudness,
    number,
    sequence_of,
)
from gmlrun.errors import GmlError
from gmlrun.runtime import GamePart
from gmlrun.values.conversions import to_real
from gmlrun.values.model import AssetRef, GmlClass, Struct
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from gmlrun.engine.rooms import Layer
    from gmlrun.engine.sequence_structs import Track
    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value


SYSTEM_EVENT = "event_async_system"


def direction(value: Value, before: Value) -> Any:
    """1 or -1 by the sign; 0 changes nothing."""
    wanted = to_real(value)
    return 1.0 if wanted > 0 else -1.0 if wanted < 0 else before


class SequenceInstance(Struct, metaclass=GmlClass):
    """A sequence that is played on a layer."""

    headDirection = kept(direction, 1.0, "Which way the playhead goes.")
    speedScale = kept(number, 1.0, "How many times as fast as usual it is played.")
    volume = kept(loudness, 1.0, "How loud its sounds are.")
    activeTracks = kept(array, None, "The tracks that count where the playhead is.")
    paused = fixed(lambda self: self.__paused__, "paused")
    finished = fixed(lambda self: self.__finished__, "finished")

    def __init__(self, sequences: Sequences, played: SequenceObject, element: SequenceElement) -> None:
        self.__sequences__, self.__played__, self.__head__ = sequences, played, 0.0
        self.__paused__ = self.__finished__ = self.__begun__ = False
        self.elementID = element
        self.activeTracks = []

    @property
    def sequence(self) -> Any:
        """The sequence that is played."""
        return self.__played__

    @sequence.setter
    def sequence(self, value: Value) -> None:
        self.__played__ = self.__sequences__.get(value)

    @property
    def headPosition(self) -> Any:
        """Where the playhead is, in frames."""
        return self.__head__

    @headPosition.setter
    def headPosition(self, value: Value) -> None:
        self.__head__ = min(max(to_real(value), 0.0), self.__played__.length)

    def __advance__(self, speed: float) -> list[Stretch]:
        """Moves the playhead by one frame of a game with `speed` frames a second; returns what it has passed."""
        played, found = self.__played__, list[Stretch]()
        if not (self.__paused__ or self.__finished__):
            step = played.playbackSpeed / (speed if played.playbackSpeedType == FRAMES_A_SECOND else 1.0)
            before, raw = self.__head__, self.__head__ + self.headDirection * self.speedScale * step
            self.__wrap__(raw, played)
            end, is_ping_pong = played.length, played.loopmode == PINGPONG
            raw = self.__head__ if played.loopmode == ONESHOT else raw
            found = stretches(before, raw, self.__head__, end, is_ping_pong, not self.__begun__)
            self.__begun__ = True
        self.activeTracks = [active_track(one) for one in played.tracks if one.holds(self.__head__)]
        return found

    def __wrap__(self, head: float, played: SequenceObject) -> None:
        """Puts the playhead where it goes from, as the loop mode wants it."""
        end, mode = played.length, played.loopmode
        if mode == ONESHOT or end <= 0 or not math.isfinite(head):
            self.__finished__ = head >= end if self.headDirection > 0 else head <= 0
            head = min(max(head, 0.0), end) if head == head else 0.0
        elif mode == LOOP:
            head %= end
        elif head < 0 or head >= end:
            is_back = (abs(head) // end) % 2 == 1
            head = end - abs(head) % end if is_back else abs(head) % end
            self.headDirection = -1.0 if is_back else 1.0
        self.__head__ = head


def active_track(track: Track) -> Any:
    """A track as `activeTracks` shows it."""
    made: Any = Struct()
    made.track, made.activeTracks = track, []
    return made


class SequenceElement(Element):
    """A sequence on a layer."""

    __slots__ = ("actors", "instance", "sequences")

    def __init__(self, sequences: Sequences, layer: Layer, values: Mapping[str, Any], name: str) -> None:
        given = {key: value for key, value in values.items() if key not in ("sequence", "headpos")}
        super().__init__("sequence", sequences.elements.number(), layer, {**DEFAULTS["sequence"], **given}, name)
        self.instance = SequenceInstance(sequences, sequences.get(values["sequence"]), self)
        self.instance.headPosition = values.get("headpos", 0.0)
        self.actors = Actors(sequences, self)
        self.sequences = sequences

    def ends(self) -> None:
        self.sequences.perform(self.instance, "event_destroy")

    def gone(self) -> None:
        self.sequences.perform(self.instance, "event_clean_up")
        self.actors.end()


class SequenceAsset(AssetRef):
    """A sequence asset; its file is read when something first asks for its struct."""

    __slots__ = ("_made", "_read")

    def __init__(self, index: int, name: str, read: Callable[[], SequenceFacts | None]) -> None:
        super().__init__("sequence", index, name)
        self._read = read
        self._made: SequenceObject | None = None

    def struct(self, rt: Runtime) -> SequenceObject:
        """The sequence as a struct, the same one each time."""
        if self._made is None:
            self._made = sequence_of(self.name, self._read() or SequenceFacts(), rt.assets, rt.functions)
        return self._made


class Sequences(GamePart):
    """The sequences of one game, and those that are played on layers."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.elements = rt.service(Elements)
        self.assets: dict[int, SequenceAsset] = {}
        self.playing: dict[SequenceElement, None] = {}
        self.hears = False
        """Whether async events are told."""
        self.loop = rt.service(Loop)
        self.loop.sequences = self
        self.elements.play = self.play

    def find(self, value: Value) -> SequenceObject | None:
        """The sequence that a struct, an asset or its index means."""
        if isinstance(value, SequenceObject):
            return value
        if isinstance(value, (float, int)) and not isinstance(value, bool) and math.isfinite(value):
            value = self.assets.get(int(value))
        return value.struct(self.rt) if isinstance(value, SequenceAsset) else None

    def get(self, value: Value) -> SequenceObject:
        """Like `find`; raises GmlError when there is none."""
        found = self.find(value)
        if found is None:
            raise GmlError(f"there is no sequence {quoted(value)}")
        return found

    def play(self, layer: Layer, values: Mapping[str, Any], name: str = "") -> SequenceElement:
        """Puts a sequence on a layer and plays it."""
        made = SequenceElement(self, layer, values, name)
        self.elements.put(layer, made)
        self.playing[made] = None
        self.perform(made.instance, "event_create")
        if hasattr(made.instance.sequence, SYSTEM_EVENT) and not self.hears:
            self.hears = True
            self.rt.service(AsyncEvents).watch(self.hear)
        return made

    def hear(self, number: int, values: Mapping[str, Any]) -> None:
        """An async event begins: sequences hear of those of the system."""
        if number == SYSTEM:
            self.broadcast(SYSTEM_EVENT)

    def perform(self, instance: SequenceInstance, event: str) -> None:
        """Runs an event of a sequence: a function that its struct has under that name."""
        function = getattr(instance.sequence, event, None)
        if callable(function):
            self.loop.world.dispatch.guard(self.rt.call, function, instance, instance)

    def broadcast(self, event: str) -> None:
        """Runs an event of all that are played, but for those that are paused or have ended."""
        for element in list(self.playing):
            if element.layer is not None and not (element.instance.paused or element.instance.finished):
                self.perform(element.instance, event)

    def advance(self) -> None:
        """One frame of all that are played; then the messages and the moments that they have passed."""
        messages: list[tuple[Any, str]] = []
        moments: list[tuple[Any, Any]] = []
        for element in list(self.playing):
            if element.layer is None:
                del self.playing[element]
                continue
            instance, actors = element.instance, element.actors
            actors.begin(instance)
            was_over = instance.finished
            sequence, found = instance.sequence, instance.__advance__(self.loop.speed)
            if actors.all and not (was_over and actors.is_in_place):
                actors.move(instance)
                if instance.finished:
                    actors.release()
            for data in passed(sequence.messageEventKeyframes, found):
                messages += [(element, text) for text in getattr(data, "events", ())]
            moments += [(instance, data) for data in passed(sequence.momentKeyframes, found)]
        dispatch = self.loop.world.dispatch
        for element, text in messages:
            broadcast(self.rt, self, "sequence event", element, text)
        for instance, data in moments:
            run = getattr(data, "event", None)
            if callable(run):
                dispatch.guard(self.rt.call, run, instance, instance)
        self.broadcast("event_step")
