"""Sequences as state: what a project's file or code says of one goes in, structs that GML reads and changes come out.

Playheads move; nothing is drawn or played. Manual: Asset_Management/Sequences.
"""

from __future__ import annotations

import math

from gmlrun.engine.elements import DEFAULTS, Element, Elements
from gmlrun.engine.loop import Loop
from gmlrun.engine.sequence_events import Stretch, broadcast, passed, stretches
from gmlrun.errors import GmlError
from gmlrun.lean import NamedTuple
from gmlrun.runtime import GamePart
from gmlrun.values.conversions import to_bool, to_real
from gmlrun.values.model import AssetRef, GmlClass, Struct
from gmlrun.values.text import quoted, string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeAlias

    from gmlrun.engine.rooms import Layer
    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

ONESHOT, LOOP, PINGPONG = range(3)
FRAMES_A_SECOND = 0
INSTANCE_TRACK = 14


class KeyFacts(NamedTuple):
    """A keyframe of a project's file: where it is, how long it holds, and what each channel has."""

    frame: float
    length: float
    stretch: bool
    disabled: bool
    channels: Sequence[tuple[float, Mapping[str, Any]]]
    """The number of each channel with its variables; a text there names an asset, but for the key `text`."""


class TrackFacts(NamedTuple):
    """A track of a project's file."""

    name: str
    type: float
    interpolation: float
    traits: float
    keyframes: Sequence[KeyFacts]
    tracks: Sequence[TrackFacts]


class SequenceFacts(NamedTuple):
    """A sequence as a project has it."""

    length: float = 0.0
    loopmode: float = 0.0
    speed: float = 60.0
    speed_type: float = 0.0
    volume: float = 1.0
    xorigin: float = 0.0
    yorigin: float = 0.0
    tracks: Sequence[TrackFacts] = ()
    messages: Sequence[KeyFacts] = ()
    """The broadcast messages."""


# --------------------------------------------------------------------- variables


Convert: TypeAlias = "Callable[[Any, Any], Any]"
"""Takes a value and what the variable holds; gives what it holds then."""


def kept(convert: Convert, usual: Any, words: str) -> Any:
    """A variable of a struct that takes only what it can mean."""

    class Kept(property):
        def __set_name__(self, owner: type, name: str) -> None:
            self.stored = f"__{name}__"

    def get(self: Struct) -> Any:
        return vars(self).get(made.stored, usual)

    def put(self: Struct, value: Any) -> None:
        vars(self)[made.stored] = convert(value, get(self))

    made = Kept(get, put, doc=words)
    return made


def fixed(read: Callable[[Any], Any], name: str) -> Any:
    """A variable that cannot be set."""

    def put(self: Struct, value: Any) -> None:
        raise GmlError(f"{name} cannot be set")

    return property(read, put)


def number(value: Value, before: Value) -> float:
    """Any number."""
    return to_real(value)


def flag(value: Value, before: Value) -> bool:
    """A bool, or a number that is taken for one."""
    return to_bool(value)


def name_text(value: Value, before: Value) -> str:
    """Anything, as `string()` gives it."""
    return string_of(value)


def loudness(value: Value, before: Value) -> float:
    """A number of at least 0."""
    return max(to_real(value), 0.0)


def choice(count: int) -> Convert:
    """A whole number below a limit; what is beyond it changes nothing."""

    def convert(value: Value, before: Value) -> Any:
        wanted = to_real(value)
        return float(math.floor(wanted)) if 0 <= wanted < count else before

    return convert


def array(value: Value, before: Value) -> Any:
    """An array; raises GmlError for anything else."""
    if type(value) is not list:
        raise GmlError(f"expected an array, got {quoted(value)}")
    return value


class KeyframeData(Struct, metaclass=GmlClass):
    """The data that a keyframe has for one channel."""


class Keyframe(Struct, metaclass=GmlClass):
    """A keyframe of a track."""

    frame = kept(number, 0.0, "Where it is, in frames.")
    length = kept(number, 1.0, "How long it holds, in frames.")
    stretch = kept(flag, False, "Whether it holds until the next one.")
    disabled = kept(flag, False, "Whether it does not count.")
    channels = kept(array, None, "What it says of each channel.")

    def __init__(self) -> None:
        self.channels = []


class Track(Struct, metaclass=GmlClass):
    """A track of a sequence, or of another track."""

    name = kept(name_text, "", "Its name.")
    type = kept(number, 0.0, "What kind of track it is.")
    visible = kept(flag, True, "Whether it would be drawn.")
    enabled = kept(flag, True, "Whether it counts.")
    interpolation = kept(choice(2), 0.0, "Whether values between keyframes are those before or in between.")
    traits = kept(number, 0.0, "Bits of its own.")
    tracks = kept(array, None, "The tracks below it.")
    keyframes = kept(array, None, "Its keyframes.")

    def __init__(self) -> None:
        self.tracks, self.keyframes = [], []

    def holds(self, head: float) -> bool:
        """Whether a keyframe of it counts at a place of the playhead."""
        keys = [key for key in self.keyframes if isinstance(key, Keyframe) and not key.disabled]
        return self.enabled and any(
            key.frame <= head and (key.stretch or head < key.frame + key.length) for key in keys
        )


class SequenceObject(Struct, metaclass=GmlClass):
    """A sequence: its length, how it is played, and its tracks."""

    name = kept(name_text, "", "Its name.")
    loopmode = kept(choice(3), 0.0, "What happens at its end.")
    playbackSpeed = kept(number, 60.0, "How fast it is played.")
    playbackSpeedType = kept(choice(2), 0.0, "Whether the speed is frames a second or frames a game frame.")
    length = kept(number, 0.0, "How many frames it has.")
    volume = kept(loudness, 1.0, "How loud its sounds are.")
    xorigin = kept(number, 0.0, "Its origin, from the left.")
    yorigin = kept(number, 0.0, "Its origin, from the top.")
    messageEventKeyframes = kept(array, None, "Its broadcast messages.")
    momentKeyframes = kept(array, None, "Its moments.")
    tracks = kept(array, None, "Its tracks.")

    def __init__(self) -> None:
        self.messageEventKeyframes, self.momentKeyframes, self.tracks = [], [], []


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
        """Moves the playhead by one frame of a game that has so many a second; returns what it has passed."""
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

    __slots__ = ("instance",)

    def __init__(self, sequences: Sequences, layer: Layer, values: Mapping[str, Any], name: str) -> None:
        given = {key: value for key, value in values.items() if key not in ("sequence", "headpos")}
        super().__init__("sequence", sequences.elements.number(), layer, {**DEFAULTS["sequence"], **given}, name)
        self.instance = SequenceInstance(sequences, sequences.get(values["sequence"]), self)
        self.instance.headPosition = values.get("headpos", 0.0)


class SequenceAsset(AssetRef):
    """A sequence asset; its file is read when something first asks for its struct."""

    __slots__ = ("_made", "_read")

    def __init__(self, index: int, name: str, read: Callable[[], SequenceFacts | None]) -> None:
        super().__init__("sequence", index, name)
        self._read = read
        self._made: SequenceObject | None = None

    def struct(self, assets: Mapping[str, Any]) -> SequenceObject:
        """The sequence as a struct, the same one each time."""
        if self._made is None:
            self._made = sequence_of(self.name, self._read() or SequenceFacts(), assets)
        return self._made


class Sequences(GamePart):
    """The sequences of one game, and those that are played on layers."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.elements = rt.service(Elements)
        self.assets: dict[int, SequenceAsset] = {}
        self.playing: dict[SequenceElement, None] = {}
        self.loop = rt.service(Loop)
        self.loop.sequences = self
        self.elements.play = self.play

    def find(self, value: Value) -> SequenceObject | None:
        """The sequence that a struct, an asset or its index means."""
        if isinstance(value, SequenceObject):
            return value
        if isinstance(value, (float, int)) and not isinstance(value, bool) and math.isfinite(value):
            value = self.assets.get(int(value))
        return value.struct(self.rt.assets) if isinstance(value, SequenceAsset) else None

    def get(self, value: Value) -> SequenceObject:
        """As `find`; raises GmlError when there is none."""
        found = self.find(value)
        if found is None:
            raise GmlError(f"there is no sequence {quoted(value)}")
        return found

    def play(self, layer: Layer, values: Mapping[str, Any], name: str = "") -> SequenceElement:
        """Puts a sequence on a layer and plays it."""
        made = SequenceElement(self, layer, values, name)
        self.elements.put(layer, made)
        self.playing[made] = None
        return made

    def advance(self) -> None:
        """One frame of all that are played; then the messages and the moments that they have passed."""
        messages: list[tuple[Any, str]] = []
        moments: list[tuple[Any, Any]] = []
        for element in list(self.playing):
            if element.layer is None:
                del self.playing[element]
                continue
            instance = element.instance
            sequence, found = instance.sequence, instance.__advance__(self.loop.speed)
            for data in passed(sequence.messageEventKeyframes, found):
                messages += [(element, text) for text in getattr(data, "events", ())]
            moments += [(instance, data) for data in passed(sequence.momentKeyframes, found)]
        dispatch = self.loop.world.dispatch
        for element, text in messages:
            broadcast(self.rt, dispatch, element, text)
        for instance, data in moments:
            run = getattr(data, "event", None)
            if callable(run):
                dispatch.guard(self.rt.call, run, instance, instance)


# ----------------------------------------------------------------------- making


def sequence_of(name: str, facts: SequenceFacts, assets: Mapping[str, Any]) -> SequenceObject:
    """The struct of a sequence that a project says something of."""
    made = SequenceObject()
    made.name, made.loopmode, made.length = name, facts.loopmode, facts.length
    made.playbackSpeed, made.playbackSpeedType = facts.speed, facts.speed_type
    made.volume, made.xorigin, made.yorigin = facts.volume, facts.xorigin, facts.yorigin
    made.tracks = [track_of(one, assets) for one in facts.tracks]
    made.messageEventKeyframes = [keyframe_of(one, assets) for one in facts.messages]
    return made


def track_of(facts: TrackFacts, assets: Mapping[str, Any]) -> Track:
    """The struct of a track."""
    made = Track()
    made.name, made.type, made.interpolation, made.traits = facts.name, facts.type, facts.interpolation, facts.traits
    made.tracks = [track_of(one, assets) for one in facts.tracks]
    made.keyframes = [keyframe_of(one, assets) for one in facts.keyframes]
    return made


def keyframe_of(facts: KeyFacts, assets: Mapping[str, Any]) -> Keyframe:
    """The struct of a keyframe."""
    made = Keyframe()
    made.frame, made.length, made.stretch, made.disabled = facts.frame, facts.length, facts.stretch, facts.disabled
    made.channels = [channel_of(*one, assets) for one in facts.channels]
    return made


def channel_of(channel: float, values: Mapping[str, Any], assets: Mapping[str, Any]) -> Any:
    """The struct of what a keyframe says of a channel."""
    made: Any = KeyframeData()
    made.channel = channel
    for name, value in values.items():
        is_asset = isinstance(value, str) and name != "text"
        setattr(made, name, assets.get(value, -1.0) if is_asset else value)
    return made
