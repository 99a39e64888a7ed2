"""Sequences with objects: their instances come, are moved, hear of it and go; events and broadcasts of sequences."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gmlrun.engine.sequence_actors import Matrix, Pose, nested_head
from gmlrun.engine.sequence_structs import SequenceObject
from tests.project.made import project, project_file
from tests.project.test_sequences import key, track

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]


def reals(name: str, *points: tuple[float, float, float], lerp: bool = True) -> dict[str, Any]:
    """A track of a parameter: frames with the values of two channels."""
    keys = [key(at, {"0": {"RealValue": first}, "1": {"RealValue": second}}) for at, first, second in points]
    return {**track("GMRealTrack", name, keys, []), "interpolation": int(lerp)}


def actors(*below: dict[str, Any], at: float = 0.0, length: float = 20.0, kind: str = "actor") -> dict[str, Any]:
    keyframe = {**key(at, {"0": {"Id": {"name": kind}}}), "Length": length}
    return track("GMInstanceTrack", kind, [keyframe], list(below))


def files(
    tracks: list[Any], code: dict[str, str], sequence: dict[str, Any] | None = None, **more: Any
) -> dict[str, str]:
    """A project with the sequence `seq`, an object that plays it, and its actors."""
    actor = {"Create_0": 'show_debug_message($"{object_get_name(object_index)} made {in_sequence}");'}
    actor |= {"Destroy_0": 'show_debug_message($"destroyed {in_sequence}");'}
    objects = {"obj": code, "actor": actor, "friend": {}}
    made = project(objects, {"rm": [("obj", 0.0, 0.0)]})
    facts = {"name": "seq", "length": 4.0, "playback": 0, "playbackSpeed": 60.0, "tracks": tracks, **(sequence or {})}
    made["sequences/seq/seq.yy"] = json.dumps(facts)
    return {**made, "game.yyp": project_file(made, {"rm": []})}


PLAY = 'it = layer_sequence_create("Instances", 100, 50, seq); n = 0;'


def test_instances_come_move_and_go_with_their_sequence(write: Write, play: Play) -> None:
    step = """n++;
    with (actor) show_debug_message([x, y, image_angle, visible, in_sequence, is_struct(sequence_instance)]);
    if (n == 6) { layer_sequence_destroy(it); show_debug_message(instance_number(actor)); }"""
    tracks = [actors(reals("position", (0, 0, 0), (4, 40, -8)), reals("rotation", (0, 90, 0)), length=3.0)]
    lines = play(write(files(tracks, {"Create_0": PLAY, "Step_0": step})), exit_at_frame=7)[1]
    assert lines == [
        "actor made 1",
        "[ 110,48,90,1,1,1 ]",
        "[ 120,46,90,1,1,1 ]",
        "[ 120,46,90,0,1,1 ]",
        "[ 120,46,90,0,0,0 ]",
        "[ 120,46,90,0,0,0 ]",
        "[ 120,46,90,0,0,0 ]",
        "destroyed 0",
        "0",
    ]


def test_a_sequence_that_is_moved_moves_them_all(write: Write, play: Play) -> None:
    step = """n++; with (actor) show_debug_message([x, y, image_xscale, image_angle]);
    if (n == 1) { layer_sequence_x(it, 10); layer_sequence_xscale(it, 2); layer_sequence_angle(it, 90); }
    if (n == 2) with (actor) { x = 7; y = 8; }"""
    tracks = [actors(reals("scale", (0, 3, 1)))]
    made = files(tracks, {"Create_0": PLAY, "Step_0": step}, {"xorigin": 5.0})
    assert play(write(made), exit_at_frame=3)[1][1:] == ["[ 95,50,3,0 ]", "[ 10,60,6,90 ]", "[ 7,8,6,90 ]"]


OVERRIDES = [
    ("friend", "[ 0,2,[ 100,50 ] ]"),
    ("instance_create_depth(1, 1, 0, friend)", "[ 0,1,[ 100,50 ] ]"),
]


@pytest.mark.parametrize(("by", "wanted"), OVERRIDES)
def test_another_object_or_one_instance_takes_a_place(write: Write, play: Play, by: str, wanted: str) -> None:
    create = f"{PLAY} sequence_instance_override_object(layer_sequence_get_instance(it), actor, {by});"
    step = "with (friend) if (in_sequence) { global.at = [x, y]; break; }"
    say = "show_debug_message([instance_number(actor), instance_number(friend), global.at]);"
    made = files([actors(), actors()], {"Create_0": create, "Step_0": f"{step}\n{say}"})
    assert play(write(made), exit_at_frame=1)[1] == [wanted]


def test_an_instance_of_the_programs_own_stays_when_the_sequence_goes(write: Write, play: Play) -> None:
    create = f"{PLAY} mine = instance_create_depth(1, 1, 0, friend);"
    create += "sequence_instance_override_object(layer_sequence_get_instance(it), actor, mine);"
    step = """show_debug_message([mine.x, mine.in_sequence]); layer_sequence_destroy(it);
    show_debug_message([instance_exists(mine), mine.in_sequence, is_undefined(mine.sequence_instance)]);"""
    made = files([actors()], {"Create_0": create, "Step_0": step})
    assert play(write(made), exit_at_frame=1)[1] == ["[ 100,1 ]", "[ 1,0,1 ]"]


def test_sequences_in_sequences_and_groups(write: Write, play: Play) -> None:
    inner = {"name": "inner", "length": 2.0, "playback": 1, "playbackSpeed": 60.0, "xorigin": 1.0}
    inner["tracks"] = [actors(reals("position", (0, 0, 0), (2, 20, 0)))]
    at = key(0, {"0": {"Id": {"name": "inner"}}})
    nested = track("GMSequenceTrack", "inner", [at], [reals("position", (0, 5, 5))])
    group = track("GMGroupTrack", "group", [], [nested, reals("position", (0, 1000, 0))])
    made = files([group], {"Create_0": PLAY, "Step_0": "with (actor) show_debug_message([x, y]);"}, {"length": 9.0})
    made["sequences/inner/inner.yy"] = json.dumps(inner)
    made["game.yyp"] = project_file(made, {"rm": []})
    assert play(write(made), exit_at_frame=3)[1][1:] == ["[ 1115,55 ]", "[ 1105,55 ]", "[ 1115,55 ]"]


def test_an_actor_that_is_destroyed_stays_so(write: Write, play: Play) -> None:
    step = "n++; if (n == 1) with (actor) instance_destroy(); show_debug_message(instance_number(actor));"
    lines = play(write(files([actors()], {"Create_0": PLAY, "Step_0": step})), exit_at_frame=2)[1]
    assert lines == ["actor made 1", "destroyed 1", "0", "0"]


EVENTS = """
var names = ["create", "step_begin", "step", "step_end", "broadcast_message", "destroy", "clean_up"];
var s = sequence_get(seq);
for (var i = 0; i < array_length(names); i++) {
    s[$ "event_" + names[i]] = method({name: names[i]}, function(who) { show_debug_message(name); });
}
it = layer_sequence_create("Instances", 0, 0, seq); n = 0;"""


def test_events_of_sequences(write: Write, play: Play) -> None:
    step = (
        'show_debug_message($"| {++n}"); if (n == 2) layer_sequence_pause(it); if (n == 3) layer_sequence_destroy(it);'
    )
    messages = {"Keyframes": [key(1, {"0": {"Events": ["hey"]}})]}
    heard = 'show_debug_message(event_data[? "message"]);'
    made = files([], {"Create_0": EVENTS, "Step_0": step, "Other_76": heard}, {"events": messages})
    lines = play(write(made), exit_at_frame=4)[1]
    assert lines == [
        "create", "step_begin", "broadcast_message", "hey", "step", "| 1", "step_end",
        "step_begin", "step", "| 2", "| 3", "destroy", "clean_up", "| 4",
    ]  # fmt: skip


def test_moments_and_events_of_a_project(write: Write, play: Play) -> None:
    code = """function shoot() { show_debug_message($"shoot at {headPosition}"); }
        function seen() { show_debug_message($"step {headPosition}"); }"""
    keys = [key(1, {"0": {"Events": ["shoot"]}}), key(2, {"0": {"Events": ["missing"]}}), key(3, {"0": {"Events": []}})]
    facts = {"moments": {"Keyframes": keys}, "eventToFunction": {"0": "", "3": "seen", "6": "missing"}}
    made = files([], {"Create_0": PLAY}, facts)
    made["scripts/code/code.gml"] = code
    made["scripts/code/code.yy"] = json.dumps({"resourceType": "GMScript", "name": "code"})
    made["game.yyp"] = project_file(made, {"rm": []})
    assert play(write(made), exit_at_frame=3)[1] == ["shoot at 1", "step 1", "step 2", "step 3"]


def test_sprites_broadcast_when_a_frame_is_reached(write: Write, play: Play) -> None:
    messages = {"Keyframes": [key(1, {"0": {"Events": ["one", "1"]}}), key(0, {"0": {"Events": ["begin"]}})]}
    sprite = {"width": 8, "height": 8, "frames": [{}, {}, {}]}
    sprite["sequence"] = {"playbackSpeed": 1.0, "playbackSpeedType": 1, "events": messages}
    say = """show_debug_message([event_data[? "event_type"], event_data[? "message"],
        layer_instance_get_instance(event_data[? "element_id"]) == id]);"""
    made = project({"obj": {"Other_76": say, "Step_0": 'show_debug_message("|");'}}, {"rm": [("obj", 0.0, 0.0)]})
    made["sprites/spr/spr.yy"] = json.dumps({"name": "spr", **sprite})
    made["objects/obj/obj.yy"] = json.dumps({**json.loads(made["objects/obj/obj.yy"]), "spriteId": {"name": "spr"}})
    made["game.yyp"] = project_file(made, {"rm": []})
    said = [f'[ "sprite event","{text}",1 ]' for text in ("one", "1", "begin")]
    assert play(write(made), exit_at_frame=4)[1] == ["|", *said[:2], "|", "|", said[2], "|", *said[:2]]


def test_poses_are_around_their_origin() -> None:
    turned = Pose((10.0, 20.0), (2.0, 1.0), 90.0, (3.0, 0.0)).matrix()
    assert [round(number, 9) for number in turned] == [0.0, -2.0, 1.0, 0.0, 10.0, 26.0]
    assert Matrix(dx=1.0).then(Matrix(a=2.0, dy=5.0)) == Matrix(2.0, 0.0, 0.0, 1.0, 2.0, 5.0)


@pytest.mark.parametrize(("mode", "head", "wanted"), [(0, 9.0, 4.0), (1, 9.0, 2.0), (2, 3.0, 2.0), (1, -1.0, 0.0)])
def test_the_playhead_of_a_sequence_in_another(mode: int, head: float, wanted: float) -> None:
    outer: Any = SequenceObject()
    inner: Any = SequenceObject()
    inner.length, inner.loopmode, inner.playbackSpeed = 4.0, mode, 120.0
    assert nested_head(head, outer, inner) == wanted
