"""Small projects of each generation with a resource of every kind: the files that a fuzzer damages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Files = dict[str, Any]
"""Paths, each with a text, or with what stands in it as JSON."""


def reference(name: str, folder: str) -> dict[str, str]:
    """How a file names a resource."""
    return {"name": name, "path": f"{folder}/{name}/{name}.yy"}


CREATE = "show_debug_message([hp, x, sprite_index]); path_start(pth, 4, path_action_stop, true); timeline_index = tim;"
LOOKS = "show_debug_message([sprite_get_width(spr), path_get_length(pth), tileset_get_info(tst), tim, adds(2, 3)]);"
PLACED = {"x": 8, "y": 9, "scaleX": 2.0, "scaleY": 1.0, "rotation": 30.0, "colour": 4294967295}
SPRITE = {
    "width": 32, "height": 16, "bbox_left": 0, "bbox_top": 0, "bbox_right": 31, "bbox_bottom": 15, "bboxMode": 0,
    "collisionKind": 1, "origin": 4, "collisionTolerance": 0, "frames": [{"name": "f0"}, {"name": "f1"}],
    "sequence": {"xorigin": 3, "yorigin": 4, "playbackSpeed": 15.0, "playbackSpeedType": 0},
    "nineSlice": {"enabled": True, "left": 1, "top": 2, "right": 3, "bottom": 4, "tileMode": [0, 1, 2, 0, 0]},
}  # fmt: skip
LAYERS = [
    {"resourceType": "GMRInstanceLayer", "name": "Instances", "depth": 0, "visible": True, "instances": [
        {"name": "inst_1", "objectId": reference("obj_a", "objects"), "hasCreationCode": True, **PLACED, "properties": [
            {"propertyId": {"name": "hp", "path": "objects/obj_a/obj_a.yy"}, "value": "7"}]},
        {"name": "inst_2", "objectId": reference("obj_b", "objects"), "x": 20, "y": 9, "imageIndex": 1}],
     "layers": []},
    {"resourceType": "GMRTileLayer", "name": "Tiles", "depth": 100, "tilesetId": reference("tst", "tilesets"),
     "tiles": {"SerialiseWidth": 2, "SerialiseHeight": 2, "TileCompressedData": [-2, 1, 2, 0, 3]}},
    {"resourceType": "GMRBackgroundLayer", "name": "Background", "depth": 200, "hspeed": 1.0, "htiled": True,
     "spriteId": reference("spr", "sprites"), "colour": 4278190335, "animationFPS": 10.0},
    {"resourceType": "GMRAssetLayer", "name": "Assets", "depth": 50, "assets": [
        {"resourceType": "GMRSpriteGraphic", "name": "g1", "spriteId": reference("spr", "sprites"), **PLACED},
        {"resourceType": "GMRSequenceGraphic", "name": "g2", "sequenceId": reference("seq", "sequences"), **PLACED}]},
]  # fmt: skip
KEY = {"Key": 0.0, "Length": 5.0, "Stretch": False, "Disabled": False, "Channels": {"0": {"RealValue": 1.5}}}
NAMED: Files = {
    "game.yyp": {
        "resourceVersion": "1.7", "MetaData": {"IDEVersion": "2023.11.1.129"}, "AudioGroups": [{"name": "group_a"}],
        "configs": {"name": "Default", "children": [{"name": "Debug", "children": []}]},
        "resources": [{"id": reference(name, folder)} for name, folder in (
            ("spr", "sprites"), ("obj_a", "objects"), ("obj_b", "objects"), ("room_a", "rooms"), ("pth", "paths"),
            ("tim", "timelines"), ("tst", "tilesets"), ("seq", "sequences"), ("scr", "scripts"),
            ("ext", "extensions"))],
        "RoomOrderNodes": [{"roomId": reference("room_a", "rooms")}],
    },
    "options/main/options_main.yy": {"option_game_speed": 60, "option_collision_compatibility": False},
    "sprites/spr/spr.yy": SPRITE,
    "objects/obj_a/obj_a.yy": {
        "name": "obj_a", "parentObjectId": reference("obj_b", "objects"), "spriteId": reference("spr", "sprites"),
        "tags": ["one"], "persistent": False, "visible": True, "solid": True,
        "eventList": [{"eventType": 0, "eventNum": 0}, {"eventType": 3, "eventNum": 0},
                      {"eventType": 4, "eventNum": 0, "collisionObjectId": reference("obj_b", "objects")}],
        "properties": [{"name": "hp", "varType": 0, "value": "10"}, {"name": "kinds", "varType": 6, "value": "1, 2",
                        "multiselect": True}],
        "overriddenProperties": [{"propertyId": {"name": "base", "path": "objects/obj_b/obj_b.yy"}, "value": "4"}],
    },
    "objects/obj_a/Create_0.gml": CREATE,
    "objects/obj_a/Step_0.gml": "image_angle += 1;",
    "objects/obj_a/Collision_obj_b.gml": 'show_debug_message("met");',
    "objects/obj_b/obj_b.yy": {"name": "obj_b", "eventList": [], "properties": [{"name": "base", "value": "3"}]},
    "rooms/room_a/room_a.yy": {
        "name": "room_a", "roomSettings": {"Width": 320, "Height": 200, "persistent": False}, "layers": LAYERS,
        "instanceCreationOrder": [{"name": "inst_2", "path": ""}, {"name": "inst_1", "path": ""}],
        "creationCodeFile": "rooms/room_a/RoomCreationCode.gml", "viewSettings": {"enableViews": True},
        "views": [{"visible": True, "wview": 100, "hview": 100, "objectId": reference("obj_a", "objects")}],
    },
    "rooms/room_a/RoomCreationCode.gml": LOOKS,
    "rooms/room_a/InstanceCreationCode_inst_1.gml": "y += 1;",
    "paths/pth/pth.yy": {"kind": 1, "closed": False, "precision": 4, "points": [
        {"x": 0, "y": 0, "speed": 100}, {"x": 50, "y": 9, "speed": 50}]},
    "timelines/tim/tim.yy": {"momentList": [{"moment": 1}]},
    "timelines/tim/moment_1.gml": "x += 1;",
    "tilesets/tst/tst.yy": {"tileWidth": 16, "tileHeight": 16, "tile_count": 4, "out_columns": 2, "spriteId":
        reference("spr", "sprites"), "tileAnimationSpeed": 15, "tileAnimationFrames": [{"frames": [1, 2]}]},
    "sequences/seq/seq.yy": {"length": 10.0, "playback": 1, "playbackSpeed": 30.0, "tracks": [
        {"resourceType": "GMRealTrack", "name": "t", "keyframes": {"Keyframes": [KEY]}, "tracks": []},
        {"resourceType": "GMInstanceTrack", "name": "i", "keyframes": {"Keyframes": [
            {**KEY, "Channels": {"0": {"Id": reference("obj_a", "objects")}}}]}}],
        "events": {"Keyframes": [{**KEY, "Channels": {"0": {"Events": ["hit"]}}}]}},
    "scripts/scr/scr.yy": {"tags": ["two"]},
    "scripts/scr/scr.gml": "function adds(a, b) { return a + b; }\n#macro SOME 3\n#macro Debug:SOME 4",
    "extensions/ext/ext.yy": {"name": "ext", "files": [
        {"filename": "lib.gml", "functions": [], "constants": [{"name": "ONE", "value": "1"}]},
        {"filename": "native.dll", "functions": [{"name": "native_call"}], "constants": []}]},
    "extensions/ext/lib.gml": "#define lib_one\nreturn ONE;",
}  # fmt: skip
"""A project of 2.3 and later."""


def numbered(identifier: str, path: str) -> dict[str, Any]:
    """How a project of 2.0 to 2.2 lists a resource."""
    return {"Key": identifier, "Value": {"id": "x", "resourcePath": path, "resourceType": "GM"}}


NUMBERED: Files = {
    "game.yyp": {"resources": [numbered(*pair) for pair in (
        ("g-scr", "scripts/scr/scr.yy"), ("g-a", "objects/obj_a/obj_a.yy"), ("g-b", "objects/obj_b/obj_b.yy"),
        ("g-room", "rooms/room_a/room_a.yy"), ("g-spr", "sprites/spr/spr.yy"))]},
    "views/root.yy": {"id": "v-root", "filterType": "root", "children": ["v-rooms"]},
    "views/rooms.yy": {"id": "v-rooms", "filterType": "GMRoom", "children": ["g-room"]},
    "options/main/options_main.yy": {"audioGroups": [{"groupName": "group_a"}]},
    "options/main/inherited/options_main.inherited.yy": '1.0|{"Additions": [{"Value": {"groupName": "group_b"}}]}',
    "scripts/scr/scr.yy": {"name": "scr"},
    "scripts/scr/scr.gml": "/// @desc adds\nreturn argument0 + argument1;",
    "sprites/spr/spr.yy": {**SPRITE, "bboxmode": 0, "colkind": 1, "sepmasks": False, "xorig": 1, "yorig": 2},
    "objects/obj_a/obj_a.yy": {
        "parentObjectId": "g-b", "spriteId": "g-spr", "maskSpriteId": "0000", "persistent": True,
        "eventList": [{"eventtype": 0, "enumb": 0}, {"eventtype": 4, "enumb": 0, "collisionObjectId": "g-b"}],
        "properties": [{"id": "p-hp", "varName": "hp", "varType": 1, "value": "10"}],
        "overriddenProperties": [{"propertyId": "p-base", "value": "20"}]},
    "objects/obj_a/Create_0.gml": "show_debug_message([hp, base, x, scr(1, 2)]);",
    "objects/obj_a/Collision_g-b.gml": 'show_debug_message("met");',
    "objects/obj_b/obj_b.yy": {"eventList": [], "properties": [{"id": "p-base", "varName": "base", "value": "3"}]},
    "rooms/room_a/room_a.yy": {
        "creationCodeFile": "RoomCreationCode.gml", "roomSettings": {"Width": 320, "Height": 200},
        "instanceCreationOrderIDs": ["i-2", "i-1"], "viewSettings": {"enableViews": True},
        "views": [{"visible": True, "objId": "g-a", "wview": 10}],
        "layers": [{"name": "L", "modelName": "GMRInstanceLayer", "depth": 0, "instances": [
            {"id": "i-1", "name": "inst_1", "objId": "g-a", "x": 1, "y": 2, "colour": {"Value": 4294967295},
             "creationCodeFile": "InstanceCreationCode_inst_1.gml", "properties": [
                {"propertyId": "p-hp", "value": "33"}]},
            {"id": "i-2", "name": "inst_2", "objId": "g-b", "x": 3, "y": 4, "properties": []}]}]},
    "rooms/room_a/RoomCreationCode.gml": "show_debug_message(instance_number(obj_a));",
    "rooms/room_a/InstanceCreationCode_inst_1.gml": "y += 1;",
}  # fmt: skip
"""A project of 2.0 to 2.2."""


def dragged(kind: int, name: str = "", values: Sequence[str] = (), question: int = 0) -> str:
    """An action of 1.4 that was dragged and dropped."""
    given = "".join(f"<argument><kind>0</kind><string>{value}</string></argument>" for value in values)
    return (
        f"<action><kind>{kind}</kind><exetype>1</exetype><isquestion>{question}</isquestion><useapplyto>-1</useapplyto>"
        f"<whoName>obj_b</whoName><relative>-1</relative><isnot>0</isnot><functionname>{name}</functionname>"
        f"<arguments>{given}</arguments></action>"
    )


DRAGGED = (
    dragged(0, "action_if_variable", ("x", "0", "1"), -1) + dragged(1) + dragged(0, "action_move", ("000010000", "3"))
    + dragged(2) + dragged(3) + dragged(5, values=("2",)) + dragged(6, values=("hp", "1"))
    + dragged(0, "action_set_alarm", ("3", "1")) + dragged(0, "action_create_object_random", ("obj_b", *"00000"))
)  # fmt: skip


def action(code: str) -> str:
    """An action of 1.4 that runs code."""
    return (
        "<action><libid>1</libid><id>603</id><kind>7</kind><exetype>2</exetype><arguments><argument><kind>1</kind>"
        f"<string>{code}</string></argument></arguments></action>"
    )


STUDIO: Files = {
    "game.project.gmx": """<assets><Configs><Config>Configs\\Default</Config></Configs>
  <scripts name="scripts"><script>scripts\\scr.gml</script></scripts><sprites><sprite>sprites\\spr</sprite></sprites>
  <paths><path>paths\\pth</path></paths><timelines><timeline>timelines\\tim</timeline></timelines>
  <objects name="objects"><object>objects\\obj_b</object><object>objects\\obj_a</object></objects>
  <rooms name="rooms"><room>rooms\\room_a</room></rooms><audiogroups><audiogroup name="group_a"/></audiogroups>
  <NewExtensions><extension>extensions\\ext</extension></NewExtensions>
  <constants number="1"><constant name="LIMIT">3 + 4</constant></constants></assets>""",
    "Configs/Default.config.gmx": """<Config><ConfigConstants><constant name='SPEED'>5</constant></ConfigConstants>
  </Config>""",
    "scripts/scr.gml": "#define one\nreturn 1;\n#define two\nreturn one() + argument[0];",
    "sprites/spr.sprite.gmx": """<sprite><width>32</width><height>16</height><xorig>1</xorig><yorigin>2</yorigin>
  <bbox_left>0</bbox_left><bbox_top>0</bbox_top><bbox_right>31</bbox_right><bbox_bottom>15</bbox_bottom>
  <bboxmode>0</bboxmode><colkind>0</colkind><sepmasks>0</sepmasks><coltolerance>0</coltolerance>
  <frames><frame index="0">images\\spr_0.png</frame></frames></sprite>""",
    "paths/pth.path.gmx": """<path><kind>0</kind><closed>-1</closed><precision>4</precision>
  <points><point>0,0,100</point><point>50,9,100</point></points></path>""",
    "timelines/tim.timeline.gmx": f"""<timeline><entry><step>2</step><event>{action("x += 1;")}</event></entry>
  </timeline>""",
    "objects/obj_a.object.gmx": f"""<object><spriteName>spr</spriteName><solid>0</solid><visible>-1</visible>
  <depth>5</depth><persistent>-1</persistent><parentName>&lt;undefined&gt;</parentName><events>
  <event eventtype="0" enumb="0">{action("show_debug_message(two(LIMIT) + SPEED);")}</event>
  <event eventtype="3" enumb="0">{DRAGGED}</event>
  <event eventtype="4" ename="obj_b">{action("x = 0;")}</event></events></object>""",
    "objects/obj_b.object.gmx": "<object><parentName>obj_a</parentName><events/></object>",
    "rooms/room_a.room.gmx": """<room><width>320</width><height>200</height><speed>25</speed><persistent>0</persistent>
  <code>show_debug_message(room_speed);</code><enableViews>-1</enableViews><views><view visible="1" wview="9"
  objName="obj_a"/></views><instances><instance objName="obj_b" x="8" y="9" name="inst_1" code="y += 1;" scaleX="2"/>
  <instance objName="obj_a" x="8" y="9" name="inst_2"/></instances></room>""",
    "extensions/ext.extension.gmx": """<extension><files><file><filename>lib.gml</filename><constants><constant>
  <name>ONE</name><value>1</value></constant></constants></file></files></extension>""",
    "extensions/ext/lib.gml": "#define lib_one\nreturn ONE;",
}
"""A project of GameMaker: Studio 1.4."""

PROJECTS = {"game.yyp of 2.3": NAMED, "game.yyp of 2.2": NUMBERED, "game.project.gmx": STUDIO}
