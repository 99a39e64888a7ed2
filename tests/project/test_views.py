"""Views of room files: their cameras, the targets that these follow, and the mouse seen through them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.engine.cameras import followed, limited
from gmlrun.engine.input_script import click
from gmlrun.game import Game
from gmlrun.runtime import Settings
from tests.project.made import project
from tests.project.test_gmx import GAME

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

VIEW = {"visible": True, "xport": 0, "yport": 0, "wport": 640, "hport": 360, "xview": 100, "yview": 50}
VIEW |= {"wview": 320, "hview": 180, "hborder": 32, "vborder": 32, "hspeed": -1, "vspeed": -1}


def files(code: dict[str, str], view: dict[str, Any], enabled: bool = True) -> dict[str, str]:
    made = project({"obj": code}, {"rm": [("obj", 200.0, 100.0)]})
    room = json.loads(made["rooms/rm/rm.yy"])
    room |= {"views": [{**VIEW, **view}], "viewSettings": {"enableViews": enabled}}
    room["roomSettings"] = {"Width": 1000, "Height": 500}
    return {**made, "rooms/rm/rm.yy": json.dumps(room)}


SHOW = "var eye = view_camera[0]; show_debug_message([camera_get_view_x(eye), camera_get_view_y(eye)]);"


def test_what_the_room_says(write: Write, play: Play) -> None:
    code = f"""{SHOW} show_debug_message([view_enabled, view_visible[0], view_wport[0], view_xview[0], view_wview[0]]);
    show_debug_message([camera_get_view_width(eye), camera_get_view_border_x(eye), camera_get_view_speed_x(eye)]);
    show_debug_message([camera_get_view_target(eye), view_camera[1], view_get_camera(0) == eye]);"""
    lines = play(write(files({"Create_0": code}, {})), exit_at_frame=1)[1]
    assert lines == ["[ 100,50 ]", "[ 1,1,640,100,320 ]", "[ 320,32,-1 ]", "[ -1,-1,1 ]"]


@pytest.mark.parametrize(
    ("enabled", "view", "places"),
    [
        (True, {}, ["[ 100,50 ]", "[ 312,50 ]", "[ 680,320 ]"]),
        (True, {"hspeed": 5}, ["[ 100,50 ]", "[ 105,50 ]", "[ 110,320 ]"]),
        (True, {"hborder": 200}, ["[ 100,50 ]", "[ 440,50 ]", "[ 680,320 ]"]),
        (False, {}, ["[ 100,50 ]", "[ 100,50 ]", "[ 100,50 ]"]),
        (True, {"visible": False}, ["[ 100,50 ]", "[ 100,50 ]", "[ 100,50 ]"]),
    ],
)
def test_targets_are_followed(write: Write, play: Play, enabled: bool, view: dict[str, Any], places: list[str]) -> None:
    step = f"{SHOW} if (x == 200) x = 600; else {{ x = 5000; y = 5000; }}"
    made = files({"Step_0": step}, {**view, "objectId": {"name": "obj"}}, enabled)
    assert play(write(made), exit_at_frame=3)[1] == places


def test_update_scripts_take_the_place_of_following(write: Write, play: Play) -> None:
    create = "camera_set_update_script(view_camera[0], function() { camera_set_view_pos(view_camera[0], 7, 8); });"
    made = files({"Create_0": create, "Step_0": SHOW}, {"objectId": {"name": "obj"}})
    assert play(write(made), exit_at_frame=2)[1] == ["[ 100,50 ]", "[ 7,8 ]"]


def test_clicks_and_the_mouse_go_through_the_view(write: Write) -> None:
    say = "show_debug_message([mouse_x, mouse_y, device_mouse_raw_x(0), device_mouse_x_to_gui(0)]);"
    moved = "if (mouse_check_button_released(mb_left)) { camera_set_view_pos(view_camera[0], 0, 0); alarm[0] = 1; }"
    made = files({"Mouse_4": say, "Step_0": moved, "Alarm_0": say}, {})
    printed: list[str] = []
    settings = Settings(input=[click("obj")], exit_at_frame=12, fps=1000)
    Game.load([write(made)], settings, output=printed.append, log=lambda line: None).run()
    assert printed == ["[ 216,108,232,232 ]", "[ 116,58,232,232 ]"]


def test_views_of_1_4_are_arrays(write: Write, play: Play) -> None:
    view = '<view visible="-1" objName="obj_child" xview="10" yview="0" wview="100" hview="50" xport="0" yport="0"'
    view += ' wport="100" hport="50" hborder="10" vborder="10" hspeed="-1" vspeed="-1"/>'
    room = GAME["rooms/rm_menu.room.gmx"].replace("<instances>", f"<views>{view}</views><instances>")
    room = room.replace("<room>", "<room><enableViews>-1</enableViews>").replace("game_end();", "")
    step = "show_debug_message(view_xview[0]); if (x == 8) x = 150; else if (x == 150) { x = 151; view_xview[0] = 0; }"
    action = f"""<event eventtype="3" enumb="0"><action><libid>1</libid><id>603</id><kind>7</kind><exetype>2</exetype>
      <arguments><argument><kind>1</kind><string>{step}</string></argument></arguments></action></event>"""
    child = GAME["objects/obj_child.object.gmx"].replace("<events/>", f"<events>{action}</events>")
    made = {**GAME, "rooms/rm_menu.room.gmx": room, "objects/obj_child.object.gmx": child}
    assert play(write(made), exit_at_frame=4)[1][-4:] == ["10", "60", "61", "61"]


@given(*[st.floats(-1e4, 1e4)] * 2, st.floats(1, 1e3), st.floats(0, 1e3), st.floats(0, 5e3))
def test_a_followed_place_is_in_view_where_the_room_allows(
    place: float, edge: float, size: float, border: float, more: float
) -> None:
    room = size + more
    found = followed(place, edge, size, border, room)
    assert 0 <= found <= room - size + 1e-6
    if size <= place <= room - size:
        assert found - 1e-6 <= place <= found + size + 1e-6


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.floats(0, 100))
def test_speeds_are_kept(before: float, after: float, speed: float) -> None:
    assert abs(limited(before, after, speed) - before) <= speed + 1e-6
    assert limited(before, after, -1.0) == after
