"""A menu that is clicked, typed into and left from outside: events of keyboard and mouse of projects."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.engine.input_script import InputAction, click, press, typing
from gmlrun.errors import UsageError
from gmlrun.game import Game
from gmlrun.runtime import Settings
from tests.conftest import Run
from tests.project.made import project
from tests.project.test_precise_masks import picture

Write = Callable[[dict[str, str]], Path]

SAY = "show_debug_message({});"
MENU = {
    "obj_host": {"Mouse_4": SAY.format('"host " + string(x)') + "room_goto(rm_server);"},
    "obj_join": {"Mouse_4": SAY.format('"join"')},
}


def played(path: Path, actions: list[InputAction], frames: int = 30, **settings: object) -> tuple[list[str], list[str]]:
    """The lines that a project prints, and those that gmlrun says meanwhile."""
    printed: list[str] = []
    told: list[str] = []
    wishes = Settings(input=actions, exit_at_frame=frames, fps=1000, **settings)  # type: ignore[arg-type]
    assert Game.load([path], wishes, output=printed.append, log=told.append).run() == 0
    return printed, told


def menu(write: Write, **objects: dict[str, str]) -> Path:
    rooms = {"rm_menu": [("obj_host", 100.0, 50.0), ("obj_join", 100.0, 90.0)], "rm_server": [("obj_server", 0.0, 0.0)]}
    server = {"obj_server": {"Create_0": SAY.format('"serving"'), "KeyPress_13": SAY.format('"enter"')}}
    return write(project({**MENU, **server, **objects}, rooms))


def test_a_click_on_an_object_leads_on_to_what_stands_in_the_next_room(write: Write) -> None:
    printed, told = played(menu(write), [click("obj_host"), press("enter")])
    assert printed == ["host 100", "serving", "enter"]
    assert told[0] == "frame 2: click obj_host at 116,58"


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        ("100,50", ["host 100", "serving"]),
        ("131,65", ["host 100", "serving"]),
        ("132,50", []),
        ("110,95", ["join"]),
        ("inst_1", ["join"]),
        ("0,0", []),
    ],
)
def test_a_click_meets_those_whose_mask_is_there(write: Write, place: str, printed: list[str]) -> None:
    assert played(menu(write), [click(place)])[0] == printed


def test_actions_wait_for_each_other_unless_they_have_a_frame(write: Write) -> None:
    code = {"Step_0": SAY.format('string(keyboard_check(ord("W"))) + string(keyboard_check(vk_enter))')}
    actions = [typing("ab"), press("enter"), press("W@3-6")]
    path = write(project({"obj": code}, {"rm": [("obj", 0.0, 0.0)]}))
    assert played(path, actions, 9)[0] == ["00", "00", "00", "10", "10", "11", "00", "00", "00"]


def test_all_mouse_events(write: Write) -> None:
    names = {0: "down", 3: "none", 4: "press", 7: "release", 10: "enter", 11: "leave", 50: "global down"}
    names |= {53: "global press", 56: "global release", 60: "wheel up"}
    events = {f"Mouse_{number}": SAY.format(f'"{name}"') for number, name in names.items()}
    path = write(project({"obj": events}, {"rm": [("obj", 0.0, 0.0)]}))
    actions = [click("obj"), InputAction("click", "200,200"), press("wheel_up")]
    printed = [line for line in played(path, actions)[0] if line != "none"]
    over = ["enter", "down", "press", "global down", "global press", "release", "global release"]
    beside = ["leave", "global down", "global press", "global release", "wheel up"]
    assert printed == over + beside


def test_no_button_event_runs_each_frame_below_the_mouse(write: Write) -> None:
    path = write(project({"obj": {"Mouse_3": SAY.format('"none"')}}, {"rm": [("obj", 0.0, 0.0)]}))
    assert played(path, [], 10)[0] == []
    assert len(played(path, [click("obj@4")], 10)[0]) == 10 - 3 - 1


def test_children_inherit_events_and_deactivated_instances_have_none(write: Write) -> None:
    objects = {"obj_button": {"Mouse_4": SAY.format("object_get_name(object_index)")}, "obj_child": {"Step_0": ""}}
    facts = {"obj_child": {"parentObjectId": {"name": "obj_button"}}}
    rooms = {"rm": [("obj_child", 0.0, 0.0)]}
    assert played(write(project(objects, rooms, **facts)), [click("obj_button")])[0] == ["obj_child"]
    objects["obj_child"] = {"Create_0": "instance_deactivate_object(id);"}
    printed, told = played(write(project(objects, rooms, **facts)), [click("0,0"), click("obj_child@9")])
    assert printed == []
    assert told[-1] == "warning: click obj_child: there is no instance of it in frame 8; rm holds obj_child"


def test_a_click_waits_for_its_instance(write: Write) -> None:
    late = {"Create_0": "alarm[0] = 12;", "Alarm_0": "instance_create_depth(10, 10, 0, obj_host);"}
    path = write(project({**MENU, "obj_late": late}, {"rm": [("obj_late", 0.0, 0.0)], "rm_server": []}))
    assert played(path, [click("obj_host")])[0] == ["host 10"]
    printed, told = played(path, [click("obj_join"), press("enter")], 12000)
    assert printed == []
    assert "there is no instance of it after 10 seconds; rm holds obj_host, obj_late" in told[0]
    assert told[1].endswith("press enter")


@pytest.mark.parametrize(("first", "second", "frame"), [(5, 6, 6), (5, 7, 7), (5, 5, 6), (6, 5, 6), (5, 9, 9)], ids=str)
def test_a_click_lets_the_one_before_it_press_first(write: Write, first: int, second: int, frame: int) -> None:
    say = SAY.format('object_get_name(object_index) + " " + string(global.frame)')
    objects = {name: {"Mouse_4": say} for name in ("obj_host", "obj_join")}
    objects["obj_host"] |= {"Create_0": "global.frame = 0;", "Step_1": "global.frame += 1;"}
    path = write(project(objects, {"rm": [("obj_host", 100.0, 50.0), ("obj_join", 100.0, 90.0)]}))
    printed, _ = played(path, [click(f"obj_host@{first}"), click(f"obj_join@{second}")])
    wanted = ["obj_host", "obj_join"] if first <= second else ["obj_join", "obj_host"]
    assert printed == [f"{wanted[0]} {min(first, second) + 1}", f"{wanted[1]} {frame + 1}"]


def test_gamepads_are_there_once_a_button_is_pressed(write: Write) -> None:
    step = "if (gamepad_button_check_pressed(0, gp_start)) show_debug_message(gamepad_get_description(0));"
    system = SAY.format('async_load[? "event_type"]')
    path = write(project({"obj": {"Step_0": step, "Other_75": system}}, {"rm": [("obj", 0.0, 0.0)]}))
    assert played(path, [press("gp_start")])[0] == ["gamepad discovered", "gmlrun gamepad"]


def test_draw_events_run_on_request_in_the_order_of_depth(write: Write) -> None:
    names = {76: "pre", 72: "begin", 0: "draw", 73: "end", 77: "post", 74: "gui begin", 64: "gui", 75: "gui end"}
    events = {f"Draw_{number}": SAY.format(f'"{name} " + string(depth)') for number, name in names.items()}
    events["Draw_0"] += "draw_text(1, 1, draw_get_font());"
    events["Create_0"] = "depth = x; visible = x < 9;"
    path = write(project({"obj": events}, {"rm": [("obj", 1.0, 0.0), ("obj", 2.0, 0.0), ("obj", 9.0, 0.0)]}))
    assert played(path, [], 3) == ([], [])
    printed, told = played(path, [], 1, draw_events=True)
    assert printed == [f"{name} {depth}" for name in names.values() for depth in (2, 1)]
    assert told == []


def test_a_click_on_what_is_not_there_is_wrong_usage(write: Write) -> None:
    game = Game.load([menu(write)], Settings(input=[click("obj_hots")]), output=print)
    with pytest.raises(UsageError, match="there is no object obj_hots: did you mean obj_host"):
        game.run()


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--press", "entr", "expected a key (did you mean enter?), not entr"),
        ("--press", "nokey", "expected a key (a letter, a digit, enter, space, f1, mb_right, gp_start), not nokey"),
        ("--press", "strange", "expected a key (a letter, a digit, enter, space, f1, mb_right, gp_start), not strange"),
        ("--press", "enter@soon", "expected the number of a frame behind @, as in enter@60 or enter@60-90"),
        ("--press", "enter@9-9", "expected a later frame behind 9, as in enter@9-39"),
        ("--click", "3;4", "expected an object or a point, as in obj_host or 320,180, not 3;4"),
    ],
)
def test_wrong_keys_and_points(gmlrun: Run, option: str, value: str, message: str) -> None:
    found = gmlrun("none.gml", option, value)
    assert found.returncode == 2
    assert message in found.stderr


def test_the_order_of_the_command_line_is_kept(gmlrun: Run, tmp_path: Path) -> None:
    code = "event keypress:enter { show_debug_message(keyboard_string); game_end(); }"
    (tmp_path / "a.gml").write_text(code)
    assert gmlrun("a.gml", "--type", "one", "--press=space", "--type=two", "--press", "enter").stdout == "one two\n"
    assert gmlrun("a.gml", "--type", "me@1@0", "--press", "x@9", "--press", "enter@20").stdout == "me@1x\n"


def test_a_click_finds_a_mask_with_a_hole_in_the_middle(write: Write) -> None:
    files = project({"obj": {"Mouse_4": SAY.format('"hit"')}}, {"rm": [("obj", 100.0, 100.0)]})
    box = {"width": 8, "height": 8, "bbox_left": 0, "bbox_top": 0, "bbox_right": 7, "bbox_bottom": 7}
    facts = {"name": "spr", **box, "collisionKind": 0, "frames": [{"name": "one"}]}
    path = write({**files, "sprites/spr/spr.yy": json.dumps(facts)})
    picture(path / "sprites" / "spr" / "one.png", {(6, 7): 255})
    assert played(path, [click("obj")])[0] == ["hit"]
