"""`.yyp` projects of 2.0 to 2.2: identifiers link resources, scripts are bodies, the resource tree orders the rooms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.errors import UsageError

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]


def resource(identifier: str, path: str) -> str:
    name = path.replace("/", "\\\\")
    return f'{{"Key": "{identifier}", "Value": {{"id": "x", "resourcePath": "{name}", "resourceType": "GM"}}}}'


GAME = {
    "game.yyp": '{"resources": ['
    + ",".join(
        resource(*pair)
        for pair in [
            ("g-script", "scripts/add_one/add_one.yy"),
            ("g-actor", "objects/obj_actor/obj_actor.yy"),
            ("g-child", "objects/obj_child/obj_child.yy"),
            ("g-play", "rooms/rm_play/rm_play.yy"),
            ("g-menu", "rooms/rm_menu/rm_menu.yy"),
            ("g-hero", "sprites/spr_hero/spr_hero.yy"),
        ]
    )
    + "]}",
    "views/root.yy": '{"id": "v-root", "filterType": "root", "children": ["v-rooms"]}',
    "views/rooms.yy": '{"id": "v-rooms", "filterType": "GMRoom", "children": ["g-menu", "g-play"]}',
    "scripts/add_one/add_one.gml": "/// @desc adds one\nreturn argument0 + 1;",
    "objects/obj_actor/obj_actor.yy": """{"parentObjectId": "0000", "spriteId": "g-hero", "eventList": [
        {"eventtype": 0, "enumb": 0}, {"eventtype": 4, "enumb": 0, "collisionObjectId": "g-child"}],
        "properties": [{"id": "p-hp", "varName": "hp", "varType": 1, "value": "10"}]}""",
    "objects/obj_actor/Create_0.gml": 'show_debug_message($"{object_get_name(object_index)} {hp} {add_one(hp)}");',
    "objects/obj_actor/Collision_g-child.gml": 'show_debug_message("met");',
    "objects/obj_child/obj_child.yy": """{"parentObjectId": "g-actor", "eventList": [], "persistent": true,
        "overriddenProperties": [{"propertyId": "p-hp", "value": "20"}]}""",
    "rooms/rm_play/rm_play.yy": '{"layers": []}',
    "rooms/rm_menu/rm_menu.yy": """{"creationCodeFile": "RoomCreationCode.gml",
        "roomSettings": {"Width": 320, "Height": 200}, "instanceCreationOrderIDs": ["i-2", "i-1"],
        "layers": [{"name": "L", "depth": 0, "instances": [
            {"id": "i-1", "name": "inst_1", "objId": "g-actor", "x": 1, "y": 2, "colour": {"Value": 4294967295},
             "creationCodeFile": "InstanceCreationCode_inst_1.gml",
             "properties": [{"propertyId": "p-hp", "value": "33"}]},
            {"id": "i-2", "name": "inst_2", "objId": "g-child", "x": 3, "y": 4, "properties": []}]}]}""",
    "rooms/rm_menu/RoomCreationCode.gml": "with (obj_actor) event_perform(ev_collision, obj_child);\ngame_end();",
    "rooms/rm_menu/InstanceCreationCode_inst_1.gml": 'show_debug_message($"own {x} {room_width}");',
}


def test_a_project_of_2_2(write: Write, play: Play) -> None:
    assert play(write(GAME)) == (0, ["obj_child 20 21", "obj_actor 33 34", "own 1 320", "met", "met"])


def test_an_error_in_a_script_has_the_line_of_the_file(write: Write, play: Play) -> None:
    files = {
        **GAME,
        "scripts/add_one/add_one.gml": "/// adds\nvar a = argument0;\nshow_debug_message(debug_get_callstack()[0]);",
    }
    assert play(write(files))[1][0].endswith("add_one:3")


def test_audio_groups_and_a_script_named_like_a_later_keyword(write: Write, play: Play) -> None:
    added = resource("g-fun", "scripts/function/function.yy")
    code = 'show_debug_message([function("a", 2), grp_bgm != grp_sfx]);'
    files = {
        **GAME,
        "game.yyp": GAME["game.yyp"].replace('"resources": [', f'"resources": [{added},'),
        "scripts/function/function.gml": "return argument0 + string(argument1);",
        "objects/obj_actor/Create_0.gml": code,
        "options/main/options_main.yy": '{"audioGroups": [{"groupName": "grp_sfx"}]}',
        "options/main/inherited/options_main.inherited.yy": '1.0|{"Additions": [{"Value": {"groupName": "grp_bgm"}}]}',
    }
    assert play(write(files))[1][0] == '[ "a2",1 ]'


def test_show_error_without_abort_goes_on(write: Write, play: Play) -> None:
    code = 'show_error("odd", false); show_debug_message("on"); game_end();'
    assert play(write({**GAME, "objects/obj_actor/Create_0.gml": code}))[1][0] == "on"


def test_a_project_of_scripts_alone_runs_them_and_ends(write: Write, play: Play) -> None:
    files = {"lib.yyp": f'{{"resources": [{resource("g-script", "scripts/add_one/add_one.yy")}]}}'}
    assert play(write({**files, "scripts/add_one/add_one.gml": "return 1;"})) == (0, [])


def test_a_room_that_is_not_there_is_no_fault(write: Write, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GMLRUN_FAULTS")
    with pytest.raises(UsageError, match="there is no room rm_nowhere"):
        play(write(GAME), room="rm_nowhere")
