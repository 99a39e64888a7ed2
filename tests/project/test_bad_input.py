"""Bad input of collisions and motion: the manual's value, or a message that says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.test_collisions import game, named

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

NOTHING_MET = """show_debug_message([place_meeting(x, y, wall), position_meeting(x, y, wall),
    collision_rectangle(0, 0, 999, 999, wall, true, true), collision_circle(x, y, 50, wall, false, true),
    collision_line(0, 0, 999, 999, wall, false, true), collision_ellipse(0, 0, 999, 999, wall, true, true),
    instance_place(x, y, wall), array_length(move_and_collide(3, 0, wall))]);"""


@pytest.mark.parametrize(
    "facts",
    [
        {"frames": []},
        {"bbox_right": -1},
        {"bbox_left": 9, "bbox_right": 8},
        {"width": 0, "height": 0, "bbox_right": -1, "bbox_bottom": -1},
        {"bbox_bottom": "none", "bbox_top": None, "bbox_right": -1},
    ],
    ids=str,
)
@pytest.mark.parametrize(("kind", "compatible"), [(0, False), (1, False), (1, True), (2, False), (3, True), (5, False)])
def test_a_mask_of_no_size_meets_nothing(
    write: Write, play: Play, facts: dict[str, object], kind: int, compatible: bool
) -> None:
    files = game({"main/Create_0": f"instance_create_depth(x, y, 0, wall); {NOTHING_MET}"}, {
        "main": named("spr_box"), "wall": named("spr_broken")}, compatible)  # fmt: skip
    sprite = json.loads(files["sprites/spr_box/spr_box.yy"])
    files["sprites/spr_broken/spr_broken.yy"] = json.dumps(sprite | {"collisionKind": kind} | facts)
    assert play(write(files), exit_at_frame=2) == (0, ["[ 0,0,-4,-4,-4,-4,-4,0 ]"])


@pytest.mark.parametrize("scale", ["image_xscale = 0;", "image_yscale = 0;", "image_xscale = 0; image_angle = 30;"])
def test_a_mask_scaled_to_nothing_meets_nothing(write: Write, play: Play, scale: str) -> None:
    code = f"with (instance_create_depth(x, y, 0, wall)) {{ {scale} }} {NOTHING_MET}"
    files = game({"main/Create_0": code}, {"main": named("spr_box"), "wall": named("spr_turned")})
    assert play(write(files), exit_at_frame=2) == (0, ["[ 0,0,-4,-4,-4,-4,-4,0 ]"])


def test_a_destroyed_instance_meets_nothing_and_nobody_meets_it(write: Write, play: Play) -> None:
    code = f"""var a = instance_create_depth(x, y, 0, wall); instance_destroy(a); {NOTHING_MET}
        show_debug_message([place_meeting(x, y, a), instance_place(x, y, a), collision_point(x, y, a, true, true),
            distance_to_object(a), place_meeting(x, y, [a, noone]), instance_nearest(x, y, a)]);
        with (instance_create_depth(x, y, 0, wall)) {{ instance_destroy();
            show_debug_message([bbox_right - x, place_meeting(x, y, main)]); move_contact_all(0, 4);
            path_start(path_add(), 1, 0, true); move_bounce_all(true); show_debug_message(x); }}"""
    files = game({"main/Create_0": code}, {"main": named("spr_box"), "wall": named("spr_box")})
    assert play(write(files), exit_at_frame=2) == (
        0,
        ["[ 0,0,-4,-4,-4,-4,-4,0 ]", "[ 0,-4,-4,1000000,0,-4 ]", "[ 16,1 ]", "503"],
    )


PATHS = """var p = path_add(); path_start(p, 5, path_action_restart, true); show_debug_message([path_index, x]);
    show_debug_message([path_get_length(p), path_get_number(p), path_get_x(p, 0.5), path_get_point_x(p, 3)]);
    path_delete_point(p, 0); path_change_point(p, 4, 1, 1, 1); path_reverse(p); path_rescale(p, 0, 0);
    path_rotate(p, 9); path_set_kind(p, 1); path_set_precision(p, 99); path_append(p, p);
    path_insert_point(p, 7, 1, 2, 3);
    show_debug_message([path_get_number(p), path_get_precision(p)]);
    path_add_point(p, 7, 8, 0); path_start(p, 5, path_action_continue, true); show_debug_message(path_get_speed(p, 2));
    path_delete(p); path_start(p, 5, 0, true); show_debug_message([path_index, path_exists(p), path_exists(-5)]);
    try { show_debug_message(path_get_length(p)); } catch (e) { show_debug_message("gone"); }"""


def test_a_path_without_points(write: Write, play: Play) -> None:
    code, lines = play(write(game({"main/Create_0": PATHS}, {"main": named("spr_box")})), exit_at_frame=3)
    assert code == 0
    assert lines[:2] == ["[ -1,500 ]", "[ 0,0,0,0 ]"]
    assert lines[4] == "[ -1,0,0 ]"
