"""Sequences of project files: their tracks and keyframes, and those that a room's layer plays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.engine.rooms import Rooms
from gmlrun.engine.sequence_structs import SequenceObject
from gmlrun.engine.sequences import Sequences
from gmlrun.runtime import Runtime
from tests.project.made import project, project_file

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]


def key(frame: float, channels: dict[str, Any]) -> dict[str, Any]:
    return {"Key": frame, "Length": 20.0, "Stretch": False, "Disabled": False, "Channels": channels}


def track(kind: str, name: str, keys: list[dict[str, Any]], below: list[dict[str, Any]]) -> dict[str, Any]:
    return {"resourceType": kind, "name": name, "keyframes": {"Keyframes": keys}, "tracks": below, "interpolation": 1}


POSITION = track("GMRealTrack", "position", [key(0, {"0": {"RealValue": 7.5}, "1": {"RealValue": -2}})], [])
PICTURE = track("GMGraphicTrack", "picture", [key(0, {"0": {"Id": {"name": "spr"}}})], [POSITION])
ACTORS = track("GMInstanceTrack", "actors", [key(30, {"0": {"Id": {"name": "actor"}}})], [])
FACTS = {"name": "seq", "length": 60.0, "playback": 1, "playbackSpeed": 30.0, "tracks": [PICTURE, ACTORS], "xorigin": 4}


def files(code: dict[str, str]) -> dict[str, str]:
    made = project({"obj": code, "actor": {}}, {"rm": [("obj", 0.0, 0.0)]})
    made["sequences/seq/seq.yy"] = json.dumps(FACTS)
    room = json.loads(made["rooms/rm/rm.yy"])
    placed = {"resourceType": "GMRSequenceGraphic", "name": "shown", "sequenceId": {"name": "seq"}, "x": 3, "scaleX": 2}
    room["layers"].append({"resourceType": "GMRAssetLayer", "name": "Assets", "depth": 5, "assets": [placed]})
    made["rooms/rm/rm.yy"] = json.dumps(room)
    return {**made, "game.yyp": project_file(made, {"rm": []})}


def test_what_the_file_says(write: Write, play: Play) -> None:
    code = """var it = sequence_get(seq);
    show_debug_message([it.name, it.length, it.loopmode, it.playbackSpeed, it.xorigin, array_length(it.tracks)]);
    var picture = it.tracks[0], place = picture.tracks[0].keyframes[0];
    show_debug_message([picture.name, picture.type == seqtracktype_graphic, picture.interpolation]);
    show_debug_message(picture.keyframes[0].channels[0].spriteIndex == spr);
    show_debug_message([place.frame, place.length, place.channels[0].value, place.channels[1].value]);
    show_debug_message([sequence_get_objects(seq)[0] == actor, sequence_get(seq) == it]);"""
    lines = play(write(files({"Create_0": code})), exit_at_frame=1)[1]
    assert lines == ['[ "seq",60,1,30,4,2 ]', '[ "picture",1,1 ]', "1", "[ 0,20,7.50,-2 ]", "[ 1,1 ]"]


def test_a_room_plays_its_sequence(write: Write, play: Play) -> None:
    create = """var all_elements = layer_get_all_elements("Assets"); shown = all_elements[0];
    show_debug_message([layer_sequence_get_x(shown), layer_sequence_get_xscale(shown), array_length(all_elements)]);"""
    step = """var playing = layer_sequence_get_instance(shown);
    show_debug_message([playing.headPosition, array_length(playing.activeTracks)]);
    layer_sequence_speedscale(shown, 59);"""
    lines = play(write(files({"Create_0": create, "Step_0": step})), exit_at_frame=2)[1]
    assert lines == ["[ 3,2,1 ]", "[ 0.50,1 ]", "[ 30,1 ]"]


def test_a_broken_file_is_an_empty_sequence(write: Write, play: Play) -> None:
    made = {**files({"Create_0": "show_debug_message(sequence_get(seq).tracks);"}), "sequences/seq/seq.yy": "{"}
    assert play(write(made), exit_at_frame=1) == (0, ["[  ]"])


MESSAGES = {"Keyframes": [key(frame, {"0": {"Events": texts}}) for frame, texts in ((0, ["begin"]), (2, ["two", "2"]))]}


def test_broadcast_messages_of_a_project(write: Write, play: Play) -> None:
    say = """show_debug_message([event_data[? "event_type"], event_data[? "message"],
        layer_sequence_get_x(event_data[? "element_id"])]);"""
    made = files({"Other_76": say, "Step_0": "show_debug_message(event_data);"})
    made["sequences/seq/seq.yy"] = json.dumps({**FACTS, "playbackSpeed": 60.0, "length": 3.0, "events": MESSAGES})
    begin, two, step = (
        '[ "sequence event","begin",3 ]',
        [f'[ "sequence event","{text}",3 ]' for text in ("two", "2")],
        "-1",
    )
    assert play(write(made), exit_at_frame=4)[1] == [begin, step, *two, step, begin, step, step]


MOMENT = """var it = sequence_create(), keys = []; it.length = 4; it.playbackSpeed = 60; it.loopmode = {mode};
    for (var i = 0; i < 5; i += 2) {{
        var made = sequence_keyframe_new(seqtracktype_moment), data = sequence_keyframedata_new(seqtracktype_moment);
        data.channel = 0; data.event = method({{at: i}}, function() {{ show_debug_message(at); }});
        made.frame = i; made.channels = [data]; array_push(keys, made); }}
    it.momentKeyframes = keys; layer_sequence_create("Instances", 0, 0, it);"""


@pytest.mark.parametrize(
    ("mode", "found"),
    [
        ("seqplay_oneshot", ["0", "|", "2", "|", "|", "4", "|", "|", "|", "|", "|", "|"]),
        ("seqplay_loop", ["0", "|", "2", "|", "|", "4", "0", "|", "|", "2", "|", "|", "4", "0", "|", "|"]),
        ("seqplay_pingpong", ["0", "|", "2", "|", "|", "4", "|", "|", "2", "|", "|", "0", "|", "|"]),
    ],
)
def test_moments_run_as_the_playhead_passes_them(write: Write, play: Play, mode: str, found: list[str]) -> None:
    code = {"Create_0": MOMENT.format(mode=mode), "Step_0": 'show_debug_message("|");'}
    path = write(project({"obj": code}, {"rm": [("obj", 0.0, 0.0)]}))
    assert play(path, exit_at_frame=9)[1] == found


@given(st.integers(0, 2), st.floats(0, 100), st.lists(st.floats(-500, 500), max_size=30))
def test_a_playhead_stays_in_its_sequence(mode: int, length: float, speeds: list[float]) -> None:
    rt = Runtime()
    made: Any = SequenceObject()
    made.length, made.loopmode, made.playbackSpeedType = length, mode, 1.0
    element = rt.service(Sequences).play(rt.service(Rooms).add_layer("l", 0.0), {"sequence": made})
    for speed in speeds:
        made.playbackSpeed = speed
        rt.service(Sequences).advance()
        assert 0 <= element.instance.headPosition <= length
        assert element.instance.headDirection in (1.0, -1.0)
