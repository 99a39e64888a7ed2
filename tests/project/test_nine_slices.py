"""Nine slices: masks are stretched by them, whether rectangles or pixels, and programs change them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.space.nine_slices import Axis
from tests.project.test_precise_masks import CHECKS, picture, picture_of, project, seen

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

SLICES = {"enabled": True, "left": 2, "top": 1, "right": 3, "bottom": 4, "tileMode": [1, 0, 0, 0, 2]}


def ran(
    write: Write, play: Play, code: str, kind: int = 1, pixels: tuple[tuple[int, int], ...] = (), **facts: object
) -> list[str]:
    files = project(kind, 0, code)
    path = "sprites/spiky/spiky.yy"
    files[path] = json.dumps({**json.loads(files[path]), "nineSlice": SLICES, **facts})
    folder = write(files)
    for name in ("one", "two"):
        picture(folder / "sprites" / "spiky" / f"{name}.png", dict.fromkeys(pixels, 255))
    exit_code, lines = play(folder)
    assert exit_code == 0
    return lines


BOX = "show_debug_message([s.bbox_left, s.bbox_top, s.bbox_right, s.bbox_bottom]);"


@pytest.mark.parametrize(
    ("scale", "box"),
    [
        ("1", "[ 101,100,107,104 ]"),
        ("2", "[ 101,100,115,112 ]"),
        ("-2", "[ 85,100,99,112 ]"),
        ("0.25", "[ 101,100,102,101 ]"),
        ("0", "[ 100,100,100,100 ]"),
    ],
)
def test_a_box_keeps_its_distance_from_the_sides(write: Write, play: Play, scale: str, box: str) -> None:
    code = f"s.image_xscale = {scale}; s.image_yscale = abs({scale}); {BOX}"
    facts = {"bbox_left": 1, "bbox_right": 6, "bbox_top": 0, "bbox_bottom": 3, "bboxMode": 2}
    assert ran(write, play, code, **facts) == [box]


def test_a_turned_box(write: Write, play: Play) -> None:
    code = f"s.image_xscale = 2; s.image_angle = 90; {BOX}"
    assert ran(write, play, code, 5, bbox_right=0, bboxMode=2) == ["[ 100,99,108,100 ]"]


def test_pixels_of_corners_stay_and_those_between_are_stretched(write: Write, play: Play) -> None:
    code = f"s.image_xscale = 1.25; {picture_of(CHECKS[0])}"
    pixels = ((1, 0), (3, 2), (7, 7))
    assert seen(ran(write, play, code, 4, pixels)) == {(1, 0), (4, 2), (9, 7)}


def test_programs_read_and_change_slices(write: Write, play: Play) -> None:
    code = f"""var n = sprite_get_nineslice(spiky), of_dot = sprite_nineslice_create();
        show_debug_message([n.enabled, n.left, n.top, n.right, n.bottom, n.tilemode[nineslice_left]]);
        s.image_xscale = 2; {BOX} n.enabled = false; {BOX} n.enabled = true; n.left = 0; {BOX}
        show_debug_message([n == sprite_get_nineslice(spiky), sprite_get_nineslice(99), sprite_get_info(99)]);
        show_debug_message([of_dot.enabled, of_dot.left, of_dot.tilemode]);
        sprite_set_nineslice(dot, of_dot); of_dot.right = 7; of_dot.enabled = true; image_xscale = 3;
        show_debug_message(bbox_right - bbox_left);
        sprite_set_nineslice(dot, n); of_dot.enabled = false;
        show_debug_message([sprite_get_nineslice(dot) == n, bbox_right - bbox_left]);
        try {{ n.tilemode = 3; }} catch (e) {{ show_debug_message(e.message); }}
        try {{ sprite_set_nineslice(dot, {{}}); }} catch (e) {{ show_debug_message(e.message); }}
        var i = sprite_get_info(spiky); show_debug_message([i.width, i.bbox_right, i.num_subimages, i.name]);
        i.copy = sprite_get_info(sprite_duplicate(dot)).name;
        show_debug_message([i.use_mask, i.rotated_bounds, i.nineslice == n, i.copy]);"""
    assert ran(write, play, code, bbox_right=0, bboxMode=2) == [
        "[ 1,2,1,3,4,1 ]",
        "[ 100,100,101,108 ]",
        "[ 100,100,102,108 ]",
        "[ 100,100,102.60,108 ]",
        "[ 1,-1,undefined ]",
        "[ 0,0,[ 0,0,0,0,0 ] ]",
        "17",
        "[ 1,4.20 ]",
        "tilemode must be an array of tile modes, not 3",
        "expected a struct of sprite_nineslice_create, got {  }",
        '[ 8,0,2,"spiky" ]',
        '[ 0,0,1,"__newsprite2" ]',
    ]


@pytest.mark.parametrize("stretched", [0.0, 1.0, 4.5, 8.0, 20.0, 1000.0])
def test_a_place_that_is_seen_is_that_which_was_put_there(stretched: float) -> None:
    axis = Axis(8.0, 2.0, 3.0, stretched)
    for at in (0.5, 1.5, 3.0, 4.9, 5.5, 7.5):
        place = axis.place(at)
        assert 0 <= place <= stretched
        if stretched >= 5.0 and axis.middle:
            assert axis.source(place) == pytest.approx(at)
