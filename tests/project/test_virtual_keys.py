"""Virtual keys: the mouse on an area of the window presses a key, in the room in which it was made."""

from __future__ import annotations

from gmlrun.engine.input_script import click
from tests.project.made import project
from tests.project.test_input import SAY, Write, played

KEYS = {f"{event}_13": SAY.format(f'"{event}"') for event in ("KeyPress", "Keyboard", "KeyRelease")}


def test_a_click_on_a_virtual_key_presses_its_key(write: Write) -> None:
    make = "key = virtual_key_add(10, 20, 30, 40, vk_enter); aside = virtual_key_add(200, 200, 9, 9, vk_escape);"
    objects = {"obj": {"Create_0": make + SAY.format("[key, aside]"), **KEYS}}
    path = write(project(objects, {"rm": [("obj", 300.0, 300.0)]}))
    assert played(path, [click("39,59")])[0] == ["[ 0,1 ]", "Keyboard", "KeyPress", "KeyRelease"]
    assert played(path, [click("40,60"), click("9,20")])[0] == ["[ 0,1 ]"]
    held = played(path, [click("10,20@5-8")])[0]
    assert held == ["[ 0,1 ]", "Keyboard", "KeyPress", "Keyboard", "Keyboard", "KeyRelease"]


def test_it_goes_with_its_room_and_when_it_is_deleted(write: Write) -> None:
    make = "key = virtual_key_add(0, 0, 50, 50, vk_enter); virtual_key_show(key); virtual_key_hide(99);"
    step = "if (keyboard_check_pressed(vk_enter)) { show_debug_message(room_get_name(room)); room_goto(rm_next); }"
    objects = {"obj": {"Create_0": make, "Step_0": step, "KeyRelease_13": SAY.format('"up"')}}
    objects["obj_next"] = {"KeyPress_13": SAY.format('"next"')}
    path = write(project(objects, {"rm": [("obj", 300.0, 300.0)], "rm_next": [("obj_next", 300.0, 300.0)]}))
    assert played(path, [click("5,5@5"), click("5,5@9")])[0] == ["rm"]
    objects["obj"]["Create_0"] = make + "virtual_key_delete(key); virtual_key_delete(key);"
    path = write(project(objects, {"rm": [("obj", 300.0, 300.0)]}))
    assert played(path, [click("5,5@5")])[0] == []
