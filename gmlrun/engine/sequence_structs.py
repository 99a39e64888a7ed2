"""The structs of sequences: what a project says of one goes in, structs that GML reads and changes come out.

Manual: GML_Reference/Asset_Management/Sequences/Sequence_Structs.
"""

from __future__ import annotations

import math

from gmlrun.errors import GmlError
from gmlrun.lean import NamedTuple
from gmlrun.values.conversions import to_bool, to_real
from gmlrun.values.model import GmlClass, Struct
from gmlrun.values.text import quoted, string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeAlias

    from gmlrun.values.model import Value

ONESHOT, LOOP, PINGPONG = range(3)
FRAMES_A_SECOND = 0
SEQUENCE_TRACK, INSTANCE_TRACK = 7, 14
PARAMETER_TRACKS = (3, 4, 5, 6, 13)
"""Tracks that say something of the track above them: reals, colours, bools, texts, frames of sprites."""


class KeyFacts(NamedTuple):
    """A keyframe of a project's file: where it is, how long it holds, and what each channel has."""

    frame: float
    length: float
    stretch: bool
    disabled: bool
    channels: Sequence[tuple[float, Mapping[str, Any]]]
    """The number of each channel with its variables; a text there names an asset, but for those of NO_ASSETS."""


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
    moments: Sequence[KeyFacts] = ()
    """The moments; a channel has the name of its function under `event`."""
    events: Mapping[str, str] = {}
    """The names of the functions that its events call, by the variables of the struct."""


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
        return bool(self.enabled and self.key_at(head) is not None)

    def key_at(self, head: float, length: float = math.nan) -> Keyframe | None:
        """The keyframe that counts at a place of the playhead; the last one also at the end of its sequence."""
        keys = [key for key in self.keyframes if isinstance(key, Keyframe) and not key.disabled]
        for key in sorted(keys, key=lambda key: -float(key.frame)):
            if key.frame <= head:
                end = key.frame + key.length
                return key if key.stretch or head < end or head == end == length else None
        return None

    def value_at(self, channel: float, head: float, usual: float) -> float:
        """The value of a channel at a place of the playhead; between keyframes as `interpolation` wants it."""
        points: list[tuple[float, float]] = []
        for key in self.keyframes:
            for data in key.channels if isinstance(key, Keyframe) and not key.disabled else ():
                value = getattr(data, "value", None)
                if getattr(data, "channel", 0.0) == channel and isinstance(value, (float, int)):
                    points.append((float(key.frame), float(value)))
        points.sort()
        passed = [point for point in points if point[0] <= head] or points[:1]
        if not passed:
            return usual
        (start, first), behind = passed[-1], points[len(passed) :]
        if not behind or self.interpolation == 0 or head <= start or behind[0][0] <= start:
            return first
        end, last = behind[0]
        return first + (last - first) * (head - start) / (end - start)


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


# ----------------------------------------------------------------------- making


def sequence_of(name: str, facts: SequenceFacts, assets: Mapping[str, Any], functions: Mapping[str, Any]) -> Any:
    """The struct of a sequence that a project says something of."""
    made: Any = SequenceObject()
    made.name, made.loopmode, made.length = name, facts.loopmode, facts.length
    made.playbackSpeed, made.playbackSpeedType = facts.speed, facts.speed_type
    made.volume, made.xorigin, made.yorigin = facts.volume, facts.xorigin, facts.yorigin
    made.tracks = [track_of(one, assets) for one in facts.tracks]
    made.messageEventKeyframes = [keyframe_of(one, assets) for one in facts.messages]
    made.momentKeyframes = [keyframe_of(one, assets) for one in facts.moments]
    for data in (data for key in made.momentKeyframes for data in key.channels):
        data.event = functions.get(data.event)
    for variable, function in facts.events.items():
        if function in functions:
            setattr(made, variable, functions[function])
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


NO_ASSETS = ("text", "event")


def channel_of(channel: float, values: Mapping[str, Any], assets: Mapping[str, Any]) -> Any:
    """The struct of what a keyframe says of a channel."""
    made: Any = KeyframeData()
    made.channel = channel
    for name, value in values.items():
        is_asset = isinstance(value, str) and name not in NO_ASSETS
        setattr(made, name, assets.get(value, -1.0) if is_asset else value)
    return made
