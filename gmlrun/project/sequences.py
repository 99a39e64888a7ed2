"""Sequences of `.yy` files: their length, how they are played and their tracks go in, facts come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gmlrun.engine.sequence_structs import KeyFacts, SequenceFacts, TrackFacts
from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts

TRACK_TYPES = {
    "GMGraphicTrack": 1.0,
    "GMAudioTrack": 2.0,
    "GMRealTrack": 3.0,
    "GMColourTrack": 4.0,
    "GMSequenceTrack": 7.0,
    "GMClipMaskTrack": 8.0,
    "GMClipMask_Mask": 9.0,
    "GMClipMask_Subject": 10.0,
    "GMGroupTrack": 11.0,
    "GMSpriteFramesTrack": 13.0,
    "GMInstanceTrack": 14.0,
    "GMTextTrack": 17.0,
    "GMParticleTrack": 18.0,
}
"""The types of tracks by what they are called in files; any other one is empty."""
EMPTY, MOMENT = 12.0, 16.0
NAMES = ("create", "destroy", "clean_up", "step", "step_begin", "step_end", "async_system", "broadcast_message")
EVENTS = {str(number): f"event_{name}" for number, name in enumerate(NAMES)}
"""The variables of a sequence's struct that hold its events, by their numbers in files."""
ASSETS = {1.0: "spriteIndex", 2.0: "soundIndex", 7.0: "sequence", 14.0: "objectIndex", 18.0: "particleSystemIndex"}
"""The field that holds the asset in a channel of each kind of track."""


def sequence_facts(collector: ProjectParts, name: str, path: str) -> SequenceFacts | None:
    """The facts of a sequence; None for a file that cannot be read."""
    facts = yy.read_yy(collector, path, f"the sequence {name}")
    if facts is None:
        return None
    return SequenceFacts(
        yy.number(facts, "length"),
        yy.number(facts, "playback"),
        yy.number(facts, "playbackSpeed", 60.0),
        yy.number(facts, "playbackSpeedType"),
        yy.number(facts, "volume", 1.0),
        yy.number(facts, "xorigin"),
        yy.number(facts, "yorigin"),
        [track_facts(one) for one in yy.items(facts, "tracks")],
        [key_facts(one, EMPTY) for one in yy.items(yy.section(facts, "events"), "Keyframes")],
        [key_facts(one, MOMENT) for one in yy.items(yy.section(facts, "moments"), "Keyframes")],
        {
            EVENTS[number]: str(name)
            for number, name in yy.section(facts, "eventToFunction").items()
            if number in EVENTS
        },
    )


def track_facts(facts: Mapping[str, object]) -> TrackFacts:
    """A track with its keyframes and the tracks below it."""
    type_ = TRACK_TYPES.get(yy.text(facts, "resourceType"), EMPTY)
    keys = [key_facts(one, type_) for one in yy.items(yy.section(facts, "keyframes"), "Keyframes")]
    below = [track_facts(one) for one in yy.items(facts, "tracks")]
    interpolation, traits = yy.number(facts, "interpolation"), yy.number(facts, "traits")
    return TrackFacts(yy.text(facts, "name"), type_, interpolation, traits, keys, below)


def key_facts(facts: Mapping[str, object], type_: float) -> KeyFacts:
    """A keyframe of a track of some type."""
    return KeyFacts(
        yy.number(facts, "Key"),
        yy.number(facts, "Length", 1.0),
        bool(facts.get("Stretch")),
        bool(facts.get("Disabled")),
        list(channels(yy.section(facts, "Channels"), type_)),
    )


def channels(facts: Mapping[str, object], type_: float) -> Iterator[tuple[float, dict[str, object]]]:
    """The number of each channel, and its variables."""
    for number, value in facts.items():
        if not (number.isdecimal() and isinstance(value, dict)):
            continue
        found: dict[str, object] = {}
        if "RealValue" in value:
            found = {"value": yy.number(value, "RealValue"), "curve": -1.0}
        elif type_ in ASSETS:
            found = {ASSETS[type_]: yy.name_of(value, "Id")}
        elif type_ == MOMENT:
            found = {"event": next(iter(yy.texts(value, "Events")), "")}
        elif "Events" in value:
            found = {"events": yy.texts(value, "Events")}
        elif "Text" in value:
            found = {"text": yy.text(value, "Text")}
        yield float(number), found
