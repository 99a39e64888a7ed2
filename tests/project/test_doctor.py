"""`gmlrun doctor`: how a project's server starts, tried out, and what the server misses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.doctor.diagnosis import Diagnosis, diagnose
from gmlrun.doctor.report import report
from gmlrun.engine.input_script import click
from gmlrun.game import Game
from gmlrun.runtime import Clock, Settings
from tests.conftest import Run
from tests.project.made import Objects, Rooms, project

Write = Callable[[dict[str, str]], Path]

LISTEN = "global.server = network_create_server(network_socket_tcp, 6510, 8);"
SERVER = {
    "Create_0": LISTEN,
    "Other_68": "player_name = 1; audio_play_sound(player_name, 1, 0);",
    "Draw_64": "draw_text(1, 1, 1);",
}


def found(write: Write, objects: Objects, rooms: Rooms, **facts: dict[str, object]) -> Diagnosis:
    return diagnose(str(write(project(objects, rooms, **facts)) / "game.yyp"), "Default")


def ways(diagnosis: Diagnosis) -> list[str]:
    """The options of the ways that work."""
    return [" ".join(way.route.options) for way in diagnosis.works]


def menu(code: dict[str, str]) -> tuple[Objects, Rooms]:
    return {"obj_menu": code, "obj_server": SERVER}, {"rm_menu": [("obj_menu", 40.0, 40.0)]}


GO = "instance_create_depth(0, 0, 0, obj_server);"

MENUS: list[tuple[dict[str, str], str]] = [
    ({"Mouse_4": GO}, "--click obj_menu"),
    ({"Mouse_7": GO}, "--click obj_menu"),
    ({"KeyPress_13": GO}, "--press enter"),
    ({"KeyRelease_72": GO}, "--press H"),
    ({"Step_0": f"if (keyboard_check_pressed(vk_f2)) {{ {GO} }}"}, "--press f2"),
    ({"Step_0": f'if (!done && keyboard_check_pressed(ord("J")) ) {GO}', "Create_0": "done = false;"}, "--press J"),
    ({"Step_0": f"if (position_meeting(mouse_x, mouse_y, id)) if (mouse_check_button_pressed(mb_left)) {GO}"},
     "--click obj_menu"),
    ({"Step_0": f"if (mouse_check_button_released(mb_left) && mouse_x > 40 && mouse_x < 72) {GO}"}, "--click obj_menu"),
    ({"Mouse_4": "event_user(3);", "Other_13": GO}, "--click obj_menu"),
    ({"Create_0": "ready = false;", "Mouse_4": "ready = true;", "Step_0": f"if (ready) {{ {GO} ready = false; }}"},
     "--click obj_menu"),
    ({"Create_0": "alarm[0] = 5;", "Alarm_0": GO}, ""),
    ({"Mouse_4": "function host() { " + GO + " } host();"}, "--click obj_menu"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "way"), MENUS)
def test_what_starts_a_server(write: Write, code: dict[str, str], way: str) -> None:
    diagnosis = found(write, *menu(code))
    assert ways(diagnosis)[0] == way
    opened = diagnosis.works[0].trial.opened
    assert opened is not None
    assert (opened.owner, opened.port, opened.kind, opened.room) == ("obj_server", 6510, "tcp", "rm_menu")


def test_a_way_through_rooms(write: Write) -> None:
    objects = {
        "obj_intro": {"Step_0": "room_goto_next();"},
        "obj_title": {"KeyPress_32": "room_goto(rm_menu);"},
        "obj_button": {"Mouse_4": 'if (x > 50) { room_goto(rm_game); }'},
        "obj_server": SERVER,
    }  # fmt: skip
    rooms = {
        "rm_intro": [("obj_intro", 0.0, 0.0)],
        "rm_title": [("obj_title", 0.0, 0.0)],
        "rm_menu": [("obj_button", 90.0, 10.0)],
        "rm_game": [("obj_server", 0.0, 0.0)],
    }
    diagnosis = found(write, objects, rooms)
    assert ways(diagnosis) == ["--press space --click obj_button", "--room rm_game", "--spawn obj_server"]


def test_the_second_of_several_buttons(write: Write) -> None:
    menu = {"Create_0": "global.go = false;", "Step_0": f"if (global.go) {{ {GO} global.go = false; }}"}
    objects = {"obj_button": {"Mouse_4": "if (x > 50) global.go = true;"}, "obj_menu": menu, "obj_server": SERVER}
    rooms = {"rm": [("obj_button", 10.0, 10.0), ("obj_button", 90.0, 10.0), ("obj_menu", 0.0, 90.0)]}
    assert ways(found(write, objects, rooms))[0] == "--click obj_button:2"


def test_a_key_that_is_to_be_pressed_twice_and_a_socket_that_only_looks_for_servers(write: Write) -> None:
    looking = "network_create_server(network_socket_udp, 6511, 9);"
    step = f"if (keyboard_check_pressed(vk_enter)) {{ if (is_open) {{ {GO} }} is_open = true; }}"
    diagnosis = found(write, *menu({"Create_0": f"is_open = false; {looking}", "Step_0": step}))
    assert ways(diagnosis)[0] == "--press enter --press enter"
    assert ways(diagnosis)[-1] == ""
    assert [way.trial.opened.port for way in diagnosis.works if way.trial.opened] == [6510, 6510, 6511]


def test_an_error_soon_after_is_told_and_such_a_way_comes_last(write: Write) -> None:
    objects, _ = menu({"Mouse_4": GO})
    objects["obj_server"] = {
        **SERVER,
        "Create_0": LISTEN + "alarm[0] = 60;",
        "Alarm_0": "if (room == rm_b) x = never_set;",
    }
    diagnosis = found(write, objects, {"rm_b": [("obj_menu", 40.0, 40.0)], "rm_c": [("obj_server", 0.0, 0.0)]})
    assert ways(diagnosis) == ["--room rm_c", "--click obj_menu", "--spawn obj_server"]
    assert [way.trial.lasts for way in diagnosis.works] == [True, False, False]
    told = (
        "    then an error ends it, where --on-error continue would go on: Alarm_0.gml:1: Variable obj_server.never_set"
    )
    assert [line.startswith(told) for line in report(diagnosis).splitlines() if "then an error" in line] == [True, True]


def test_a_key_in_a_room_that_an_error_keeps_the_game_from(write: Write) -> None:
    objects = {"obj_a": {"Create_0": "x = never_set;"}, "obj_menu": {"KeyPress_78": GO}, "obj_server": SERVER}
    objects["obj_server"] = {**SERVER, "Create_0": "if (room == rm_menu) " + LISTEN}
    rooms = {"rm": [("obj_a", 0.0, 0.0)], "rm_menu": [("obj_menu", 0.0, 0.0)]}
    assert ways(found(write, objects, rooms)) == ["--room rm_menu --press N"]


def test_a_server_of_udp_alone(write: Write) -> None:
    code = {"Create_0": "network_create_server(network_socket_udp, 6511, 9);"}
    assert ways(found(write, {"obj": code}, {"rm": [("obj", 0.0, 0.0)]})) == [""]


def test_no_way(write: Write) -> None:
    diagnosis = found(write, {"obj_a": {"Step_0": "if (x > 99) " + LISTEN}}, {"rm": [("obj_a", 0.0, 0.0)]})
    assert ways(diagnosis) == []
    assert "No way to start it was found" in report(diagnosis)


def test_an_error_is_told(write: Write) -> None:
    objects, rooms = menu({"Create_0": "show_debug_message(never_set);", "Mouse_4": GO})
    text = report(found(write, {**objects, "obj_server": {"Create_0": "x = never_set;" + LISTEN}}, rooms))
    assert "Create_0.gml:1: Variable obj_menu.never_set" in text


def test_no_server(write: Write) -> None:
    diagnosis = found(write, {"obj_a": {"Step_0": ""}}, {"rm": [("obj_a", 0.0, 0.0)]})
    assert report(diagnosis).splitlines()[-1] == "No code of it calls network_create_server: it is no server."


def test_the_report(write: Write, gmlrun: Run) -> None:
    write(project(*menu({"Mouse_4": GO, "Step_0": "shader_set(1);"})))
    done = gmlrun("doctor", "game.yyp")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "game.yyp: 2 objects, 1 room; it starts in rm_menu",
        "",
        "What listens",
        "  obj_server (Create): network_create_server(network_socket_tcp, 6510, 8)",
        "    objects/obj_server/Create_0.gml:1; made by obj_menu (Left Pressed)",
        "",
        "Start it with",
        "  gmlrun game.yyp --click obj_menu",
        "    obj_server (Create) listens on port 6510 (TCP) in rm_menu",
        "  gmlrun game.yyp --spawn obj_server",
        "    obj_server (Create) listens on port 6510 (TCP) in rm_menu",
        "",
        "What gmlrun does not do, by how many of the server's 2 events use it",
        "     1  Audio: audio_play_sound",
    ]


def test_mistakes(gmlrun: Run, tmp_path: Path) -> None:
    done = gmlrun("doctor", "game.yyp")
    assert (done.returncode, done.stderr) == (2, "gmlrun: cannot read game.yyp: no such file\n")
    (tmp_path / "broken.gml").write_text("x = ;")
    assert "error" in gmlrun("doctor", "broken.gml").stderr
    (tmp_path / "plain.gml").write_text(LISTEN)
    assert "gmlrun plain.gml\n    plain (Create) listens on port 6510" in gmlrun("doctor", "plain.gml").stdout


# ------------------------------------------------------------------- the hint


class Jumping(Clock):
    """A clock that goes on by a tenth of a second at each look."""

    def __init__(self) -> None:
        self.time = 0.0

    def monotonic(self) -> float:
        self.time += 0.1
        return self.time


def told(path: Path, **settings: object) -> list[str]:
    lines: list[str] = []
    wishes = Settings(exit_at_frame=200, **settings)  # type: ignore[arg-type]
    Game.load([path], wishes, clock=Jumping(), output=lines.append, log=lines.append).run()
    return lines


def test_a_project_that_does_not_listen_is_told_of_the_doctor(write: Write) -> None:
    path = write(project(*menu({"Mouse_4": GO})))
    line = f"nothing listens yet, although this project calls network_create_server: gmlrun doctor {path} tells"
    assert told(path) == [f"{line} how its server starts"]
    assert not any("doctor" in line for line in told(path, input=[click("obj_menu")]))
    quiet = write(project({"obj_menu": {"Step_0": ""}}, {"rm_menu": [("obj_menu", 0.0, 0.0)]}))
    assert told(quiet) == []
