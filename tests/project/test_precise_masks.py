"""Precise masks: the pixels of PNG files decide what meets what, and a file that is none costs a warning."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

SIZE = 8
DOT = {(0, 0), (7, 7)}
"""A picture of two pixels in opposite corners."""


def picture(path: Path, alphas: dict[tuple[int, int], int]) -> None:
    """Writes a picture that is transparent but for some pixels."""
    image = Image.new("RGBA", (SIZE, SIZE), (255, 255, 255, 0))
    for place, alpha in alphas.items():
        image.putpixel(place, (9, 9, 9, alpha))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)


def project(kind: int, tolerance: int, checks: str) -> dict[str, str]:
    """A room with the object that checks, a dot of one pixel, and `spiky`, whose mask is precise."""
    box = {
        "width": SIZE,
        "height": SIZE,
        "bbox_left": 0,
        "bbox_top": 0,
        "bbox_right": SIZE - 1,
        "bbox_bottom": SIZE - 1,
    }
    frames = [{"name": "one"}, {"name": "two"}]
    spiky = {**box, "collisionKind": kind, "collisionTolerance": tolerance, "frames": frames}
    dot = {**box, "bbox_right": 0, "bbox_bottom": 0, "collisionKind": 1, "frames": [{}]}
    event = {"eventType": 0, "eventNum": 0}
    files: dict[str, object] = {
        "sprites/spiky/spiky.yy": {"name": "spiky", **spiky},
        "sprites/dot/dot.yy": {"name": "dot", **dot},
        "objects/main/main.yy": {"name": "main", "spriteId": {"name": "dot"}, "eventList": [event]},
        "objects/obj_spiky/obj_spiky.yy": {"name": "obj_spiky", "spriteId": {"name": "spiky"}, "eventList": []},
        "rooms/rm/rm.yy": {
            "name": "rm",
            "layers": [{"instances": [{"name": "i", "objectId": {"name": "main"}, "x": 0, "y": 0}]}],
        },
    }
    resources = [{"id": {"name": path.split("/")[1], "path": path}} for path in files]
    files["game.yyp"] = {"resources": resources, "RoomOrderNodes": [{"roomId": {"name": "rm"}}]}
    files["options/main/options_main.yy"] = {"option_collision_compatibility": False}
    code = f"var s = instance_create_depth(100, 100, 0, obj_spiky);\n{checks}\ngame_end();"
    return {**{path: json.dumps(facts) for path, facts in files.items()}, "objects/main/Create_0.gml": code}


def picture_of(print_each: str) -> str:
    """GML that prints, as rows of the places around the sprite, where `print_each` is true."""
    return f"""for (var j = 98; j < 110; j++) {{ var line = "";
        for (var i = 98; i < 110; i++) line += ({print_each}) ? "#" : ".";
        show_debug_message(line); }}"""


def seen(lines: list[str]) -> set[tuple[int, int]]:
    return {(x - 2, y - 2) for y, line in enumerate(lines) for x, mark in enumerate(line) if mark == "#"}


def printed(
    write: Write,
    play: Play,
    checks: str,
    frames: tuple[dict[tuple[int, int], int], ...],
    kind: int = 4,
    tolerance: int = 0,
) -> list[str]:
    path = write(project(kind, tolerance, checks))
    for name, alphas in zip(("one", "two"), frames, strict=False):
        picture(path / "sprites" / "spiky" / f"{name}.png", alphas)
    code, lines = play(path)
    assert code == 0
    return lines


CHECKS = ["place_meeting(i, j, obj_spiky)", "position_meeting(i, j, obj_spiky)"]


@pytest.mark.parametrize("check", CHECKS)
def test_only_pixels_meet(write: Write, play: Play, check: str) -> None:
    frames = (dict.fromkeys(DOT, 255), dict.fromkeys({(3, 4)}, 255))
    assert seen(printed(write, play, picture_of(check), frames)) == DOT
    assert seen(printed(write, play, f"s.image_index = 1; {picture_of(check)}", frames)) == {(3, 4)}
    assert seen(printed(write, play, f"s.image_index = -1; {picture_of(check)}", frames)) == {(3, 4)}
    assert seen(printed(write, play, picture_of(check), frames, kind=0)) == {*DOT, (3, 4)}


def test_the_tolerance_is_the_alpha_that_is_still_nothing(write: Write, play: Play) -> None:
    frames = ({(1, 1): 40, (2, 2): 41, (3, 3): 255}, {})
    assert seen(printed(write, play, picture_of(CHECKS[0]), frames, tolerance=40)) == {(2, 2), (3, 3)}


def test_scaled_and_turned(write: Write, play: Play) -> None:
    frames = ({(0, 1): 255, (1, 1): 255}, {})
    wide = f"s.image_xscale = 2; {picture_of(CHECKS[0])}"
    assert seen(printed(write, play, wide, frames)) == {(0, 1), (1, 1), (2, 1), (3, 1)}
    turned = f"s.image_angle = 270; s.x += 4; {picture_of(CHECKS[0])}"
    assert seen(printed(write, play, turned, frames)) == {(2, 0), (2, 1)}
    none = f"s.image_xscale = 0; {picture_of(CHECKS[0])}"
    assert seen(printed(write, play, none, frames)) == set()


def test_without_prec_the_bounding_box_decides(write: Write, play: Play) -> None:
    frames = (dict.fromkeys(DOT, 255), {})
    check = "show_debug_message(collision_{} != noone);"
    figures = ["point(104, 104", "rectangle(103, 103, 105, 105", "circle(104, 104, 2", "line(104, 101, 104, 106"]
    for prec, expected in (("false", "1"), ("true", "0")):
        code = "\n".join(check.format(f"{figure}, obj_spiky, {prec}, true)") for figure in figures)
        assert printed(write, play, code, frames) == [expected] * 4
    hits = ["point(100, 100", "rectangle(99, 99, 100.4, 100.4", "circle(100, 100, 2", "line(90, 90, 120, 120"]
    code = "\n".join(check.format(f"{figure}, obj_spiky, true, true)") for figure in hits)
    assert printed(write, play, code, frames) == ["1"] * 4


def test_bad_pictures_cost_a_warning(write: Write, play: Play) -> None:
    path = write(project(0, 0, "show_debug_message(place_meeting(104, 104, obj_spiky));"))
    folder = path / "sprites" / "spiky"
    for content in (None, b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + bytes(40)):
        if content is not None:
            (folder / "one.png").write_bytes(content)
        assert play(path) == (0, ["1"])


def test_without_pillow_boxes_decide(write: Write, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    path = write(project(0, 0, "repeat (2) show_debug_message(place_meeting(104, 104, obj_spiky));"))
    assert play(path) == (0, ["1", "1"])


def test_masks_that_the_program_sets(write: Write, play: Play) -> None:
    frames = ({(2, 3): 255, (5, 6): 9}, {})
    box = "show_debug_message([sprite_get_bbox_left(spiky), sprite_get_bbox_top(spiky), sprite_get_bbox_right(spiky)]);"
    code = f"""sprite_collision_mask(spiky, false, bboxmode_automatic, 0, 0, 0, 0, bboxkind_rectangular, 9); {box}
        {picture_of(CHECKS[0])}"""
    lines = printed(write, play, code, frames, kind=0)
    assert lines[0] == "[ 2,3,2 ]"
    assert seen(lines[1:]) == {(2, 3)}
    code = f"""sprite_collision_mask(spiky, true, bboxmode_manual, 1, 2, 7, 7, bboxkind_precise, 0); {box}
        sprite_set_offset(spiky, 1, 2); {picture_of(CHECKS[0])}"""
    lines = printed(write, play, code, frames, kind=1)
    assert lines[0] == "[ 1,2,7 ]"
    assert seen(lines[1:]) == {(1, 1), (4, 4)}
    code = f"""sprite_set_bbox(spiky, 4, 4, 4, 4); sprite_set_bbox_mode(spiky, bboxmode_manual);
        sprite_set_bbox(spiky, 4, 3, 5, 4); {box} {picture_of(CHECKS[0])}
        sprite_set_bbox_mode(spiky, bboxmode_fullimage); {box} sprite_set_bbox_mode(-1, 1); sprite_set_offset(77, 1, 1);
        show_debug_message([sprite_get_bbox_mode(spiky), sprite_get_speed(-1), sprite_get_bbox_mode(-1)]);
        sprite_set_speed(spiky, 3, spritespeed_framespergameframe);
        show_debug_message([sprite_get_speed(spiky), sprite_get_speed_type(spiky)]);
        try {{ sprite_collision_mask(spiky, 0, 0, 0, 0, 0, 0, bboxkind_spine, 0); }}
        catch (e) {{ show_debug_message(e.message); }}"""
    lines = printed(write, play, code, frames, kind=1)
    assert lines[0] == "[ 4,3,5 ]"
    assert seen(lines[1:13]) == {(4, 3), (5, 3), (4, 4), (5, 4)}
    assert lines[13:16] == ["[ 0,0,7 ]", "[ 1,0,0 ]", "[ 3,1 ]"]
    assert lines[16] == "sprite_collision_mask takes no kind 4 for a sprite of pictures"
