"""Sprites and paths of projects of 2.0 to 2.2, whose masks and places are those of later ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.test_guid import GAME, resource
from tests.project.test_precise_masks import picture

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

SPRITE = {
    "name": "spr_hero",
    "width": 8,
    "height": 8,
    "origin": 4,
    "bboxmode": 0,
    "bbox_left": 1,
    "bbox_right": 7,
    "bbox_top": 0,
    "bbox_bottom": 7,
    "colkind": 1,
    "coltolerance": 40,
    "sepmasks": False,
    "playbackSpeed": 15,
    "playbackSpeedType": 0,
    "frames": [{"id": "f-one", "compositeImage": {"id": "c"}}, {"id": "f-two", "compositeImage": {"id": "d"}}],
}
PATH = {
    "name": "pth",
    "modelName": "GMPath",
    "kind": 1,
    "closed": True,
    "precision": 2,
    "points": [{"x": 0, "y": 0, "speed": 100}, {"x": 40, "y": 0, "speed": 50}, {"x": 40, "y": 30, "speed": 100}],
}


def ran(write: Write, play: Play, code: str, **facts: object) -> list[str]:
    listed = GAME["game.yyp"].replace('{"resources": [', '{"resources": [' + resource("g-p", "paths/pth/pth.yy") + ",")
    files = {
        **GAME,
        "game.yyp": listed,
        "sprites/spr_hero/spr_hero.yy": json.dumps(SPRITE | facts),
        "paths/pth/pth.yy": json.dumps(PATH),
        "objects/obj_actor/Create_0.gml": "",
        "rooms/rm_menu/RoomCreationCode.gml": f"with (inst_1) {{ {code} }} game_end();",
        "rooms/rm_menu/InstanceCreationCode_inst_1.gml": "",
    }
    folder = write(files)
    picture(folder / "sprites/spr_hero/f-one.png", {(2, 3): 41})
    picture(folder / "sprites/spr_hero/f-two.png", {(5, 6): 255, (7, 7): 40})
    exit_code, lines = play(folder)
    assert exit_code == 0
    return lines


def test_what_is_known_of_a_sprite(write: Write, play: Play) -> None:
    """Boxes are those of collision compatibility mode, as all projects of that age have it."""
    code = """show_debug_message([sprite_width, sprite_xoffset, sprite_yoffset, image_number, bbox_left, bbox_right]);
        var s = spr_hero;
        show_debug_message([sprite_get_speed(s), sprite_get_speed_type(s), sprite_get_bbox_mode(s)]);"""
    assert ran(write, play, code) == ["[ 8,4,4,2,-2,4 ]", "[ 15,0,0 ]"]
    corner = "show_debug_message([sprite_xoffset, sprite_yoffset]);"
    assert ran(write, play, corner, origin=8) == ["[ 8,8 ]"]
    assert ran(write, play, corner, origin=9, xorig=3, yorig=5) == ["[ 3,5 ]"]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"colkind": 0}, "[ 2,3,5,6 ]"),
        ({"colkind": 0, "sepmasks": True}, "[ 2,3 ]"),
        ({"colkind": 0, "coltolerance": 39}, "[ 2,3,5,6,7,7 ]"),
        ({"colkind": 3, "bbox_left": 3, "bbox_right": 4, "bbox_top": 6, "bbox_bottom": 6}, "[ 3,6,4,6 ]"),
    ],
    ids=str,
)
def test_the_pixels_of_a_mask(write: Write, play: Play, facts: dict[str, object], found: str) -> None:
    code = """var found = [];
        for (var j = 0; j < 8; j++) for (var i = 0; i < 8; i++)
            if (position_meeting(x - 4 + i, y - 4 + j, id)) array_push(found, i, j);
        show_debug_message(found);"""
    assert ran(write, play, code, **facts) == [found]


def test_a_path(write: Write, play: Play) -> None:
    code = """show_debug_message([path_get_number(pth), path_get_kind(pth)]);
        show_debug_message([path_get_closed(pth), path_get_precision(pth)]);
        show_debug_message([path_get_point_x(pth, 1), path_get_point_y(pth, 2), path_get_point_speed(pth, 1)]);
        path_set_kind(pth, 0);
        show_debug_message([path_get_length(pth), path_get_x(pth, 0.25), path_get_name(pth)]);"""
    assert ran(write, play, code) == ["[ 3,1 ]", "[ 1,2 ]", "[ 40,30,50 ]", '[ 120,30,"pth" ]']
