"""Sprites of project files, and what meets what: bounding boxes, figures, Collision events."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.space import collisions

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

BOX = {"width": 16, "height": 16, "bbox_left": 0, "bbox_top": 0, "bbox_right": 15, "bbox_bottom": 15}
KINDS = {"spr_box": 1, "spr_diamond": 3, "spr_turned": 5, "spr_precise": 0}


def sprite(name: str, kind: int, frames: int = 2) -> str:
    origin = {"xorigin": 8, "yorigin": 4} if name == "spr_turned" else {"xorigin": 0, "yorigin": 0}
    return json.dumps({"name": name, **BOX, "collisionKind": kind, "frames": [{}] * frames, "sequence": origin})


def game(code: dict[str, str], objects: dict[str, dict[str, object]], compatible: bool = False) -> dict[str, str]:
    """A project with one room, in which the object `main` stands; `code` has events by OBJECT/FILE."""
    files = {f"sprites/{name}/{name}.yy": sprite(name, kind) for name, kind in KINDS.items()}
    files["sprites/spr_none/spr_none.yy"] = sprite("spr_none", 1, frames=0)
    files["sprites/spr_broken/spr_broken.yy"] = "{"
    for name, facts in objects.items():
        events = []
        for file in (path.partition("/")[2] for path in code if path.startswith(f"{name}/")):
            word, _, rest = file.partition("_")
            type_ = {"Create": 0, "Destroy": 1, "Step": 3, "Collision": 4}[word]
            other = {"name": rest, "path": ""} if type_ == 4 else None
            events.append({"eventType": type_, "eventNum": 0, "collisionObjectId": other})
        files[f"objects/{name}/{name}.yy"] = json.dumps({"name": name, "eventList": events, **facts})
    files |= {f"objects/{path.partition('/')[0]}/{path.partition('/')[2]}.gml": text for path, text in code.items()}
    room = {"layers": [{"name": "I", "instances": [{"name": "i", "objectId": {"name": "main"}, "x": 500, "y": 500}]}]}
    files["rooms/rm/rm.yy"] = json.dumps({"name": "rm", **room})
    files["options/main/options_main.yy"] = json.dumps({"option_collision_compatibility": compatible})
    paths = [path for path in files if path.endswith(".yy") and not path.startswith("options")]
    entries = [{"id": {"name": path.split("/")[1], "path": path}} for path in paths]
    files["game.yyp"] = json.dumps({"resources": entries, "RoomOrderNodes": [{"roomId": {"name": "rm"}}]})
    return files


def named(sprite_name: str, **facts: object) -> dict[str, object]:
    return {"spriteId": {"name": sprite_name, "path": ""}, **facts}


def printed(write: Write, play: Play, files: dict[str, str], frames: int = 1) -> list[str]:
    code, lines = play(write(files), exit_at_frame=frames)
    assert code == 0
    return lines


CHECKS = [
    ("[bbox_left, bbox_top, bbox_right, bbox_bottom]", "[ 500,500,516,516 ]", "[ 500,500,515,515 ]"),
    ("[sprite_width, sprite_get_height(spr_box), image_number, sprite_get_bbox_right(spr_box)]",)
    + 2 * ("[ 16,16,2,15 ]",),
    ("place_meeting(84, 100, wall)", "0", "0"),
    ("place_meeting(84.4, 100, wall)", "0", "0"),
    ("place_meeting(84.6, 100, wall)", "1", "1"),
    ("place_meeting(85, 115, wall)", "1", "1"),
    ("place_meeting(85, 116, wall)", "0", "0"),
    ("place_free(85, 100)", "1", "1"),
    ("place_empty(85, 100)", "0", "0"),
    ("place_meeting(85, 100, [solid_wall, wall])", "1", "1"),
    ("place_free(205, 200)", "0", "0"),
    ("position_meeting(100, 100, wall)", "1", "1"),
    ("position_meeting(116, 100, wall)", "0", "0"),
    ("position_meeting(99.9, 100, wall)", "0", "0"),
    ("instance_position(101, 101, wall) == wall.id", "1", "1"),
    ("instance_place(90, 100, wall) == wall.id", "1", "1"),
    ("collision_line(0, 108, 300, 108, wall, true, true) != noone", "1", "1"),
    ("collision_line(0, 90, 300, 90, wall, true, true) != noone", "0", "0"),
    ("collision_rectangle(0, 0, 101, 101, wall, true, true) != noone", "1", "1"),
    ("collision_rectangle(0, 0, 99, 101, wall, true, true) != noone", "0", "0"),
    ("collision_circle(95, 95, 5, wall, true, true) != noone", "0", "0"),
    ("collision_circle(95, 95, 8, wall, true, true) != noone", "1", "1"),
    ("collision_point(501, 501, all, true, true) == noone", "1", "1"),
    ("distance_to_point(526, 500)", "10", "11"),
    ("place_meeting(NaN, 100, wall)", "0", "0"),
    ("collision_rectangle(NaN, 0, infinity, 101, wall, true, true) != noone", "0", "0"),
    ("collision_line(NaN, 0, 300, 108, wall, true, true) != noone", "0", "0"),
    ("place_meeting(296, 300, diamond)", "1", "1"),
    ("place_meeting(286, 286, diamond)", "0", "0"),
    ("place_meeting(292, 300, diamond)", "1", "1"),
]


@pytest.mark.parametrize("compatible", [False, True])
def test_what_meets_what(write: Write, play: Play, compatible: bool) -> None:
    made = (
        "instance_create_depth(100, 100, 0, wall); instance_create_depth(200, 200, 0, solid_wall);"
        "instance_create_depth(300, 300, 0, diamond);"
    )
    expected = {check: row[compatible] for check, *row in CHECKS}
    lines = [f"show_debug_message({check});" for check in expected]
    objects = {
        "main": named("spr_box"),
        "wall": named("spr_box"),
        "solid_wall": named("spr_box", solid=True),
        "diamond": named("spr_diamond"),
    }
    files = game({"main/Create_0": "\n".join([made, *lines])}, objects, compatible)
    assert dict(zip(expected, printed(write, play, files), strict=True)) == expected


def test_sprites_without_frames_meet_nothing(write: Write, play: Play) -> None:
    code = """for (var i = 0; i < 2; i++) { sprite_index = i ? spr_none : spr_broken;
        show_debug_message(place_meeting(x, y, all)); }"""
    files = game(
        {"main/Create_0": f"instance_create_depth(x, y, 0, wall); {code}"}, {"main": {}, "wall": named("spr_box")}
    )
    assert printed(write, play, files) == ["0", "0"]


HIT = 'show_debug_message(object_get_name(object_index) + " " + object_get_name(other.object_index) + " " + string(x));'


@pytest.mark.parametrize(
    ("facts", "compatible", "lines"),
    [
        ({}, False, ["main wall 104", "main wall 108"]),
        ({"solid": True}, False, ["main wall 100", "main wall 100"]),
        ({"solid": True}, True, ["main wall 100", "main wall 100"]),
    ],
)
def test_collision_events(
    write: Write, play: Play, facts: dict[str, object], compatible: bool, lines: list[str]
) -> None:
    """A child's instance counts for its parent; a solid one puts both back before the event."""
    start = "x = 100; y = 100; hspeed = 4; instance_create_depth(117, 100, 0, child);"
    code = {"main/Create_0": start, "main/Collision_wall": HIT}
    parent = {"name": "wall", "path": ""}
    objects = {"main": named("spr_box"), "wall": {}, "child": named("spr_box", parentObjectId=parent, **facts)}
    expected = [line.replace("wall", "child") for line in lines]
    assert printed(write, play, game(code, objects, compatible), 2) == expected


def test_each_pair_has_one_event_a_side(write: Write, play: Play) -> None:
    code = {
        "main/Create_0": "repeat (2) instance_create_depth(x, y, 0, ball); instance_create_depth(x + 900, y, 0, ball);",
        "main/Collision_ball": HIT,
        "ball/Collision_main": HIT,
        "ball/Collision_ball": HIT,
    }
    lines = printed(write, play, game(code, {"main": named("spr_box"), "ball": named("spr_box")}))
    counts = {words: lines.count(words) for words in lines}
    assert counts == {"main ball 500": 2, "ball main 500": 2, "ball ball 500": 2}


def test_an_object_and_its_parent_have_one_event_for_a_pair(write: Write, play: Play) -> None:
    """The most specific one: of the instance's own object, with the object of the other one."""
    code = {
        "main/Create_0": "instance_create_depth(x, y, 0, child);",
        "wall/Collision_main": 'show_debug_message("parent");',
        "child/Collision_main": 'show_debug_message("child");',
        "main/Collision_wall": 'show_debug_message("with parent");',
        "main/Collision_child": 'show_debug_message("with child");',
    }
    objects = {"main": named("spr_box"), "wall": {}, "child": named("spr_box", parentObjectId={"name": "wall"})}
    assert sorted(printed(write, play, game(code, objects))) == ["child", "with child"]


def test_what_an_event_makes_meets_nothing_before_the_next_step(write: Write, play: Play) -> None:
    code = {
        "main/Create_0": "instance_create_depth(x, y, 0, ball);",
        "main/Collision_ball": f"{HIT} if (instance_number(ball) < 3) instance_create_depth(x, y, 0, ball);",
    }
    objects = {"main": named("spr_box"), "ball": named("spr_box")}
    assert len(printed(write, play, game(code, objects), 1)) == 1
    assert len(printed(write, play, game(code, objects), 2)) == 1 + 2


def test_an_event_that_moves_an_instance_changes_what_it_meets(write: Write, play: Play) -> None:
    code = {
        "main/Create_0": "for (var i = 0; i < 3; i++) instance_create_depth(x, y + i * 600, 0, ball);",
        "main/Collision_ball": f"{HIT} y += 600;",
    }
    objects = {"main": named("spr_box"), "ball": named("spr_box")}
    assert len(printed(write, play, game(code, objects), 1)) == 3


def test_destroyed_instances_meet_nothing(write: Write, play: Play) -> None:
    code = {
        "main/Create_0": "repeat (3) instance_create_depth(x, y, 0, ball);",
        "main/Collision_ball": f"{HIT} instance_destroy();",
    }
    assert len(printed(write, play, game(code, {"main": named("spr_box"), "ball": named("spr_box")}), 3)) == 1


def test_a_position_destroys_and_changes_what_is_there(write: Write, play: Play) -> None:
    say = "show_debug_message(object_get_name(object_index) + {} + string(bonus));"
    code = {
        "main/Create_0": """for (var i = 0; i < 3; i++) instance_create_depth(i * 10, 0, 0, ball, {bonus: i});
            position_change(12, 5, wall, true); show_debug_message([instance_number(ball), instance_number(wall)]);
            with (wall) show_debug_message([bonus, sprite_index == spr_diamond, solid]);
            position_change(21, 5, ball, false); position_change(900, 900, ball, true);
            position_destroy(12, 5); position_destroy(900, 900);
            show_debug_message([instance_number(ball), instance_number(wall)]);
            try { position_change(0, 0, 77, true); } catch (e) { show_debug_message(e.message); }""",
        "ball/Destroy_0": say.format('" ends "'),
        "ball/Create_0": 'if (!variable_instance_exists(id, "bonus")) bonus = "?";',
        "wall/Create_0": say.format('" begins "'),
    }
    objects = {"main": named("spr_none"), "ball": named("spr_box"), "wall": named("spr_diamond", solid=True)}
    assert printed(write, play, game(code, objects)) == [
        "ball ends 0",
        "wall begins 0",
        "ball ends 1",
        "wall begins 1",
        "[ 1,2 ]",
        "[ 0,1,1 ]",
        "[ 1,1,1 ]",
        "ball ends 1",
        "[ 1,0 ]",
        "Attempting to create an instance of a non-existing object: 77",
    ]


def test_a_pile_is_looked_through_once_for_each_of_it(
    write: Write, play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stays where it is meets as before: without that, each event would look through the whole pile again."""
    looks: list[object] = []
    meet = collisions.masks_meet
    monkeypatch.setattr(collisions, "masks_meet", lambda *args: looks.append(args) or meet(*args))
    code = {
        "main/Create_0": "global.hits = 0; repeat (40) instance_create_depth(x, y, 0, ball);",
        "main/Step_0": "show_debug_message(global.hits);",
        "ball/Collision_ball": "global.hits++;",
    }
    lines = printed(write, play, game(code, {"main": named("spr_none"), "ball": named("spr_box")}), 2)
    assert lines == ["0", str(40 * 39)]
    assert len(looks) <= 5 * 40 * 40


@pytest.mark.parametrize("seed", range(5))
def test_events_are_those_of_brute_force(write: Write, play: Play, seed: int) -> None:
    """Random places, scales and angles: the grid finds each pair that `place_meeting` finds."""
    make = f"""random_set_seed({seed}); global.hits = 0;
        repeat (60) with (instance_create_depth(irandom(600) - 100, irandom(600) - 100, 0, choose(ball, wall))) {{
            image_xscale = random_range(-4, 4); image_yscale = random_range(0.2, 40); image_angle = random(360); }}"""
    count = """var pairs = 0; with (ball) { var l = ds_list_create();
        pairs += instance_place_list(x, y, wall, l, false); ds_list_destroy(l); }
        show_debug_message(global.hits == pairs && pairs > 0 ? "same" : string([global.hits, pairs]));"""
    code = {
        "main/Create_0": make,
        "ball/Collision_wall": "global.hits++;",
        "main/Step_0": f"if (global.hits) {{ {count} }}",
    }
    objects = {"main": {}, "ball": named("spr_turned"), "wall": named("spr_turned")}
    assert printed(write, play, game(code, objects), 2) == ["same"]


GMX = {
    "game.project.gmx": "<assets><sprites><sprite>sprites\\s</sprite></sprites>"
    "<objects><object>objects\\o</object></objects><rooms><room>rooms\\r</room></rooms></assets>",
    "sprites/s.sprite.gmx": "<sprite><xorig>3</xorig><yorigin>4</yorigin><colkind>1</colkind><bboxmode>0</bboxmode>"
    "<bbox_left>1</bbox_left><bbox_right>6</bbox_right><bbox_top>2</bbox_top><bbox_bottom>7</bbox_bottom>"
    "<width>10</width><height>12</height><frames><frame index='0'>a.png</frame></frames></sprite>",
    "rooms/r.room.gmx": "<room><instances><instance objName='o' x='100' y='100' name='i'/></instances></room>",
    "objects/o.object.gmx": "<object><spriteName>s</spriteName><events>"
    "<event eventtype='0' enumb='0'><action><libid>1</libid><id>603</id><kind>7</kind><exetype>2</exetype>"
    "<whoName>self</whoName><arguments><argument><kind>1</kind><string>"
    "show_debug_message(bbox_left); show_debug_message(bbox_bottom); show_debug_message(sprite_get_width(s));"
    "show_debug_message(image_number);</string></argument></arguments></action></event></events></object>",
}


def test_sprites_of_1_4(write: Write, play: Play) -> None:
    assert printed(write, play, GMX) == ["98", "103", "10", "1"]
