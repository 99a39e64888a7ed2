"""`.yyp` projects of 2.3 and later: what of them reaches the running game, and what is said of broken ones."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun import project
from gmlrun.build.checking import check
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.game import Game

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

YYP = """\ufeff{
  "$GMProject": "", "%Name": "game", "name": "game", "resourceType": "GMProject", "resourceVersion": "2.0",
  "configs": {"name": "Default", "children": [{"name": "Release", "children": [],},],},
  "RoomOrderNodes": [
    {"roomId": {"name": "rm_menu", "path": "rooms/rm_menu/rm_menu.yy",},},
    {"roomId": {"name": "rm_play", "path": "rooms/rm_play/rm_play.yy",},},
  ],
  "resources": [
    {"id": {"name": "util", "path": "scripts/util/util.yy",},},
    {"id": {"name": "spr_hero", "path": "sprites/spr_hero/spr_hero.yy",},},
    {"id": {"name": "snd_hit", "path": "sounds/snd_hit/snd_hit.yy",},},
    {"id": {"name": "spr_wall", "path": "sprites/spr_wall/spr_wall.yy",},},
    {"id": {"name": "obj_child", "path": "objects/obj_child/obj_child.yy",},},
    {"id": {"name": "obj_actor", "path": "objects/obj_actor/obj_actor.yy",},},
    {"id": {"name": "rm_play", "path": "rooms/rm_play/rm_play.yy",},},
    {"id": {"name": "rm_menu", "path": "rooms/rm_menu/rm_menu.yy",},},
    {"id": {"name": "Steam", "path": "extensions/Steam/Steam.yy",},},
  ],
}
"""

ACTOR = """{
  "name": "obj_actor", "parentObjectId": null, "persistent": false, "visible": true, "solid": true,
  "spriteId": {"name": "spr_wall", "path": "sprites/spr_wall/spr_wall.yy",}, "spriteMaskId": null,
  "tags": ["enemy", "slow",],
  "eventList": [
    {"collisionObjectId": null, "eventNum": 0, "eventType": 0,},
    {"collisionObjectId": {"name": "obj_child", "path": "p",}, "eventNum": 0, "eventType": 4,},
  ],
  "properties": [
    {"name": "hp", "varType": 1, "value": "10",},
    {"name": "title", "varType": 2, "value": "say \\"hi\\"",},
    {"name": "alive", "varType": 3, "value": "True",},
    {"name": "twice", "varType": 4, "value": "hp * 2",},
    {"name": "look", "varType": 5, "value": "spr_hero",},
    {"name": "pick", "varType": 6, "value": "\\"a\\"", "multiselect": false,},
    {"name": "many", "varType": 6, "value": "\\"a\\",3", "multiselect": true,},
    {"name": "tint", "varType": 7, "value": "$FF00FF00",},
  ],
}"""

CHILD = """{
  "name": "obj_child", "parentObjectId": {"name": "obj_actor", "path": "objects/obj_actor/obj_actor.yy",},
  "persistent": true, "visible": false, "solid": false, "spriteId": null, "spriteMaskId": null,
  "eventList": [{"collisionObjectId": null, "eventNum": 4, "eventType": 7,},],
  "properties": [],
  "overriddenProperties": [
    {"propertyId": {"name": "hp", "path": "objects/obj_actor/obj_actor.yy",}, "value": "20",},
  ],
}"""


def room(name: str, instances: str = "", order: str = "", code: str = "") -> str:
    return f"""{{
  "name": "{name}", "creationCodeFile": "{code}", "instanceCreationOrder": [{order}],
  "roomSettings": {{"Width": 640, "Height": 360, "persistent": false,}},
  "layers": [{{"name": "Top", "depth": -100, "instances": [], "layers": [
      {{"name": "Instances", "depth": 50, "layers": [], "instances": [{instances}],}},
  ],}},],
}}"""


PLACED = """
{"name": "inst_B", "objectId": {"name": "obj_child", "path": "p",}, "x": 5.0, "y": 6.0, "scaleX": 2.0, "scaleY": 1.0,
 "rotation": 90.0, "colour": 2147483903, "hasCreationCode": true, "properties": [
   {"propertyId": {"name": "title", "path": "p",}, "value": "mine",},],},
{"name": "inst_A", "objectId": {"name": "obj_actor", "path": "p",}, "x": 1.0, "y": 2.0, "colour": 4294967295,
 "hasCreationCode": false, "properties": [],},
{"name": "inst_C", "objectId": {"name": "obj_actor", "path": "p",}, "x": 0.0, "y": 0.0, "ignore": true,},
"""

UTIL = """
#macro MODE "debug"
#macro Release:MODE "release"
function say(t) { show_debug_message(t); }
"""
CREATE = """
say($"create {object_get_name(object_index)} {x} {y} {hp} {title} {alive} {twice}");
"""
OWN_CODE = """
say($"own {title} {image_xscale} {image_angle} {image_alpha > 0.4}");
"""

GAME = {
    "game.yyp": YYP,
    "options/main/options_main.yy": '{"option_game_speed": 30,}',
    "scripts/util/util.gml": UTIL,
    "sprites/spr_hero/spr_hero.yy": '{"name": "spr_hero", "tags": ["enemy",], "frames": [],}',
    "sprites/spr_wall/spr_wall.yy": "{}",
    "sounds/snd_hit/snd_hit.yy": "{}",
    "objects/obj_actor/obj_actor.yy": ACTOR,
    "objects/obj_actor/Create_0.gml": CREATE,
    "objects/obj_actor/Collision_obj_child.gml": 'say($"meets {object_get_name(event_number)}");',
    "objects/obj_child/obj_child.yy": CHILD,
    "objects/obj_child/Other_4.gml": 'say($"room start {room_get_name(room)}");',
    "rooms/rm_menu/rm_menu.yy": room(
        "rm_menu", PLACED, '{"name": "inst_A",},{"name": "inst_B",},', "rooms/rm_menu/RoomCreationCode.gml"
    ),
    "rooms/rm_menu/RoomCreationCode.gml": 'say($"code {MODE} {room_width}"); if (global.ends) game_end();',
    "rooms/rm_menu/InstanceCreationCode_inst_B.gml": OWN_CODE,
    "rooms/rm_play/rm_play.yy": room("rm_play"),
    "extensions/Steam/Steam.yy": """{"name": "Steam", "files": [
        {"filename": "steam.dll", "functions": [
            {"name": "steam_start", "returnType": 2,}, {"name": "steam_name", "returnType": 1,},],
         "constants": [{"name": "STEAM_OK", "value": "7",},],},
        {"filename": "helper.gml", "functions": [], "constants": [],},],}""",
    "extensions/Steam/helper.gml": "#define steam_help\nreturn argument0 + 1;",
    "datafiles/words.txt": "included",
}
ENDS = "global.ends = true;"


def test_a_project_begins_in_its_first_room(write: Write, play: Play) -> None:
    code, printed = play(write(GAME), execute=ENDS)
    assert code == 0
    assert printed == [
        'create obj_actor 1 2 10 say "hi" 1 20',
        "create obj_child 5 6 20 mine 1 40",
        "own mine 2 90 1",
        "code debug 640",
        "room start rm_menu",
    ]


def test_a_configuration_has_its_macros(write: Write, play: Play) -> None:
    assert "code release 640" in play(write(GAME), execute=ENDS, config="Release")[1]
    with pytest.raises(UsageError, match="no configuration Demo: it has Default, Release"):
        project.load([write(GAME)], "Demo")


def test_the_room_and_an_object_to_start_with(write: Write, play: Play) -> None:
    folder = write({**GAME, "objects/obj_actor/Create_0.gml": 'say($"{layer_get_name(layer)} {x}"); game_end(3);'})
    assert play(folder, execute=ENDS, room="rm_play", spawn="obj_actor,8,9") == (
        3,
        ["Instances 8"],
    )
    with pytest.raises(UsageError, match=r"there is no room rm_plya: did you mean rm_play\?"):
        play(folder, execute=ENDS, room="rm_plya")
    with pytest.raises(UsageError, match="--spawn wants OBJECT or OBJECT,X,Y, not obj_actor,1"):
        play(folder, execute=ENDS, spawn="obj_actor,1")


PROBE = """
global.ends = true;
say([spr_hero, spr_wall, snd_hit, obj_actor, rm_play]);
say([asset_get_index("spr_wall") == spr_wall, object_get_sprite(obj_actor) == spr_wall, object_get_parent(obj_child)]);
say([object_get_persistent(obj_child), object_get_visible(obj_child), object_get_solid(obj_actor)]);
say([tag_get_asset_ids("enemy", asset_sprite), asset_has_tags(obj_actor, "slow", asset_object)]);
say([STEAM_OK, steam_help(1), steam_start("x"), steam_name(), game_get_speed(gamespeed_fps)]);
var file = file_text_open_read("words.txt"); say(file_text_read_string(file)); file_text_close(file);
"""


def test_what_code_can_ask_of_a_project(write: Write, play: Play) -> None:
    printed = play(write({**GAME, "scripts/util/util.gml": GAME["scripts/util/util.gml"] + PROBE}))[1]
    assert printed[:6] == [
        "[ ref sprite spr_hero,ref sprite spr_wall,ref sound snd_hit,ref object obj_actor,ref room rm_play ]",
        "[ 1,1,ref object obj_actor ]",
        "[ 1,0,1 ]",
        "[ [ ref sprite spr_hero ],1 ]",
        '[ 7,2,0,"",30 ]',
        "included",
    ]


def test_collisions_are_known_by_the_other_object(write: Write, play: Play) -> None:
    code = "with (obj_actor) event_perform(ev_collision, obj_child);\ngame_end();"
    folder = write({**GAME, "rooms/rm_menu/RoomCreationCode.gml": code})
    assert "meets obj_child" in play(folder, execute=ENDS)[1]


def test_instances_of_a_room_can_be_named(write: Write, play: Play) -> None:
    folder = write({**GAME, "rooms/rm_menu/RoomCreationCode.gml": "say(inst_A.hp + inst_B.hp); game_end();"})
    assert "30" in play(folder)[1]


def test_a_room_inherits_the_creation_code_of_its_parent(write: Write, play: Play) -> None:
    child = room("rm_play").replace("{", '{"inheritCode": true, "parentRoom": {"name": "rm_menu", "path": "p",},', 1)
    files = {**GAME, "rooms/rm_play/rm_play.yy": child}
    assert "code debug 640" in play(write(files), execute=ENDS, room="rm_play")[1]
    files["rooms/rm_play/rm_play.yy"] = child.replace("true", "false", 1)
    assert play(write(files), execute=ENDS, room="rm_play", exit_at_frame=1) == (0, [])


def test_names_of_files_are_found_without_case(write: Write, play: Play) -> None:
    files = {name.replace("obj_actor/Create", "OBJ_Actor/create"): text for name, text in GAME.items()}
    files["objects/OBJ_Actor/obj_actor.yy"] = files.pop("objects/obj_actor/obj_actor.yy")
    files["objects/OBJ_Actor/Collision_obj_child.gml"] = files.pop("objects/obj_actor/Collision_obj_child.gml")
    assert play(write(files), execute=ENDS)[1][0] == 'create obj_actor 1 2 10 say "hi" 1 20'


def test_a_project_shadows_builtins_of_the_same_name(write: Write, play: Play) -> None:
    own = "function buffer_sizeof(t) { return 99; } global.ends = true; show_debug_message(buffer_sizeof(1));"
    files = {**GAME, "scripts/util/util.gml": GAME["scripts/util/util.gml"] + own}
    assert play(write(files))[1][0] == "99"


def test_an_archive_is_a_project(write: Write, play: Play, tmp_path: Path) -> None:
    path = tmp_path / "game.yyz"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in GAME.items():
            archive.writestr(name, text)
    assert play(path, execute=ENDS)[1][-1] == "room start rm_menu"
    path.write_bytes(b"no archive")
    with pytest.raises(UsageError, match=r"cannot unpack .*game\.yyz"):
        project.load([path])


@pytest.mark.parametrize(
    ("changed", "code", "message"),
    [
        ({"objects/obj_actor/obj_actor.yy": "{"}, "broken-resource", "the object obj_actor: Expecting property name"),
        ({"scripts/util/util.gml": ""}, "missing-resource", "the script util is missing: the project names this file"),
        ({"objects/obj_actor/Create_0.gml": ""}, "missing-resource", "an event of the object obj_actor is missing"),
        (
            {"objects/obj_child/Step_0.gml": "x += 1;"},
            "unlisted-event",
            "obj_child.yy does not list an event for Step_0.gml",
        ),
        (
            {"objects/obj_child/obj_child.yy": CHILD.replace("obj_actor", "obj_gone")},
            "missing-parent",
            "the object obj_child has a parent that does not exist: obj_gone",
        ),
        (
            {
                "objects/obj_actor/obj_actor.yy": ACTOR.replace(
                    '"parentObjectId": null', '"parentObjectId": {"name": "obj_child"}'
                )
            },
            "parent-cycle",
            "the object obj_actor is its own ancestor",
        ),
        (
            {"game.yyp": YYP.replace("spr_wall", "util")},
            "duplicate-name",
            "two resources called util: a script and a sprite",
        ),
        ({"game.yyp": YYP.replace('"2.0"', '"9.5"')}, "unknown-version", "the project has the format 9.5"),
        (
            {"objects/obj_actor/obj_actor.yy": ACTOR.replace("{", '{"resourceVersion": "3.0",', 1)},
            "unknown-version",
            "the object obj_actor has the format 3.0, which gmlrun does not know; it is read as format 2.0",
        ),
        (
            {"rooms/rm_menu/rm_menu.yy": room("rm_menu", PLACED.replace("obj_child", "obj_gone"))},
            "missing-object",
            "the room rm_menu has instances of an object that does not exist: obj_gone",
        ),
    ],
)
def test_what_check_says_of_a_broken_project(write: Write, changed: dict[str, str], code: str, message: str) -> None:
    folder = write({name: text for name, text in {**GAME, **changed}.items() if text})
    found = [finding for finding in check([str(folder / "game.yyp")]) if finding.code == code]
    assert any(message in finding.message for finding in found)


def test_a_resource_that_is_listed_twice_is_one(write: Write) -> None:
    entry = '{"id": {"name": "spr_wall", "path": "sprites/spr_wall/spr_wall.yy",},},'
    assert entry in YYP
    folder = write({**GAME, "game.yyp": YYP.replace(entry, entry * 2)})
    assert [finding.code for finding in check([str(folder / "game.yyp")]) if finding.severity == "error"] == []


def test_all_that_is_wrong_is_told_at_once_and_nothing_runs(write: Write) -> None:
    broken = {
        "scripts/util/util.gml": "function say( {",
        "objects/obj_child/obj_child.yy": "[]",
        "objects/obj_actor/Create_0.gml": "x = ;",
    }
    with pytest.raises(SourceErrors) as raised:
        Game.load([write({**GAME, **broken})])
    files = {Path(found.place.file).name for found in raised.value.diagnostics}
    assert files >= {"util.gml", "obj_child.yy", "Create_0.gml"}


def test_a_file_that_is_no_project(write: Write, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        project.load([tmp_path / "nothing.yyp"])
    with pytest.raises(SourceErrors, match="the project: Expecting"):
        project.load([write({"game.yyp": "{"}) / "game.yyp"])
    with pytest.raises(UsageError, match="is a whole program: no further files can follow it"):
        project.load([write(GAME) / "game.yyp", tmp_path / "more.gml"])


def test_what_a_script_assigns_is_global_and_nothing_else(write: Write, play: Play) -> None:
    """Probe 40: a bare name in a script's own statements is a variable of `global`, not of who reads it."""
    files = {**GAME, "scripts/util/util.gml": UTIL + "gv = 4;"}
    files["rooms/rm_menu/RoomCreationCode.gml"] = """
        say(global.gv);
        try { say(gv); } catch (error) { say(error.message); }
        game_end();"""
    printed = play(write(files))[1]
    assert "4" in printed
    assert any("not set before reading it" in line for line in printed)
