"""Elements on the layers of room files: tilemaps, packed or not, backgrounds and sprites; and tilesets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gmlrun.project.layers import cells, unpacked
from tests.project.made import project, project_file

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

EMPTY = 0x80000000
TILESET = {
    "name": "tiles",
    "tileWidth": 8,
    "tileHeight": 4,
    "tile_count": 6,
    "out_columns": 3,
    "tileAnimationSpeed": 30.0,
}
TILESET |= {"spriteId": {"name": "spr"}, "tileAnimationFrames": [{"name": "a", "frames": [4, 5]}]}  # type: ignore[dict-item]


def files(tiles: dict[str, Any], code: str, *, more: list[dict[str, Any]] | None = None) -> dict[str, str]:
    """A project whose room has a tile layer; the code is the Create event of the object in it."""
    made = project({"obj": {"Create_0": code}}, {"rm": [("obj", 0.0, 0.0)]})
    made["tilesets/tiles/tiles.yy"] = json.dumps(TILESET)
    room = json.loads(made["rooms/rm/rm.yy"])
    layer = {"resourceType": "GMRTileLayer", "name": "Ground", "depth": 300, "x": 16, "y": 2, "visible": False}
    room["layers"] += [{**layer, "tilesetId": {"name": "tiles"}, "tiles": tiles}, *(more or [])]
    made["rooms/rm/rm.yy"] = json.dumps(room)
    made["game.yyp"] = project_file(made, {"rm": []})
    return made


SHOW = """var map = layer_tilemap_get_id("Ground");
show_debug_message([tilemap_get_width(map), tilemap_get_height(map)]);
show_debug_message([tilemap_get_tile_width(map), tilemap_get_tile_height(map)]);
for (var row = 0; row < 2; row++) {
    show_debug_message([tilemap_get(map, 0, row), tilemap_get(map, 1, row), tilemap_get(map, 2, row)]);
}
function pixel(map, x, y) { return tilemap_get_at_pixel(map, x, y); }
show_debug_message([pixel(map, 16, 2), pixel(map, 25, 7), pixel(map, 15, 2)]);
show_debug_message([tilemap_get_tileset(map) == tiles, layer_get_visible("Ground"), layer_get_depth("Ground")]);
show_debug_message([tilemap_set(map, 5, 0, 0), tilemap_set(map, 6, 0, 0), tilemap_get(map, 0, 0)]);
"""
SHOWN = ["[ 3,2 ]", "[ 8,4 ]", "[ 1,0,0 ]", "[ 0,268435458,3 ]", "[ 1,268435458,-1 ]", "[ 1,0,300 ]", "[ 1,0,5 ]"]
MAP = [1, EMPTY, EMPTY, EMPTY, 0x10000002, 3]
SIZE = {"SerialiseWidth": 3, "SerialiseHeight": 2}


def test_packed_tiles(write: Write, play: Play) -> None:
    packed = [1, 1, -3, EMPTY, 2, 0x10000002, 3]
    tiles = {**SIZE, "TileDataFormat": 1, "TileCompressedData": packed}
    assert play(write(files(tiles, SHOW)), exit_at_frame=1) == (0, SHOWN)


def test_plain_tiles(write: Write, play: Play) -> None:
    assert play(write(files({**SIZE, "TileSerialiseData": MAP}, SHOW)), exit_at_frame=1) == (0, SHOWN)


def test_broken_tiles_are_none(write: Write, play: Play) -> None:
    code = 'var map = layer_tilemap_get_id("Ground");'
    code += "show_debug_message([tilemap_get(map, 0, 0), tilemap_get(map, 2, 1)]);"
    for tiles in ({**SIZE, "TileCompressedData": [-2]}, {**SIZE, "TileSerialiseData": ["x"]}, SIZE):
        assert play(write(files(tiles, code)), exit_at_frame=1) == (0, ["[ 0,0 ]"])
    assert play(write(files({}, code)), exit_at_frame=1) == (0, ["[ -1,-1 ]"])


def test_tilesets(write: Write, play: Play) -> None:
    code = """var info = tileset_get_info(tiles);
    show_debug_message([tileset_get_name(tiles), info.tile_width, info.tile_height]);
    show_debug_message([info.tile_count, info.tile_columns]);
    show_debug_message([info.sprite_index == spr, info.frame_count, info.frames]);
    map = layer_tilemap_get_id("Ground"); frames = 0;"""
    made = files({**SIZE, "TileSerialiseData": MAP}, code)
    made["objects/obj/obj.yy"] = json.dumps({"name": "obj", "eventList": [
        {"eventType": 0, "eventNum": 0}, {"eventType": 3, "eventNum": 0}]})  # fmt: skip
    made["objects/obj/Step_0.gml"] = "if (frames++ < 4) show_debug_message(tilemap_get_frame(map));"
    lines = play(write(made), exit_at_frame=5)[1]
    assert lines == ['[ "tiles",8,4 ]', "[ 6,3 ]", "[ 1,2,{ 4 : [ 4,5 ] } ]", "0", "0", "1", "1"]


def test_backgrounds_and_sprites(write: Write, play: Play) -> None:
    placed = {"resourceType": "GMRSpriteGraphic", "name": "tree", "spriteId": {"name": "spr"}, "x": 5, "y": 6}
    placed |= {"scaleX": 2, "rotation": 30, "colour": 0x80FF0000}  # type: ignore[dict-item]
    layers = [
        {
            "resourceType": "GMRBackgroundLayer",
            "name": "Sky",
            "depth": 400,
            "spriteId": {"name": "spr"},
            "htiled": True,
        },
        {"resourceType": "GMRAssetLayer", "name": "Trees", "depth": 200, "hspeed": 2, "assets": [placed]},
    ]
    code = """var sky = layer_background_get_id("Sky"), tree = layer_sprite_get_id("Trees", "tree");
    show_debug_message([layer_background_get_sprite(sky) == spr, layer_background_get_htiled(sky)]);
    show_debug_message([layer_sprite_get_x(tree), layer_sprite_get_xscale(tree), layer_sprite_get_angle(tree)]);
    show_debug_message([layer_sprite_get_blend(tree), layer_sprite_get_sprite(tree) == spr, layer_get_hspeed("Trees")]);
    show_debug_message(layer_sprite_get_id("Trees", "bush"));"""
    lines = play(write(files({**SIZE, "TileSerialiseData": MAP}, code, more=layers)), exit_at_frame=1)[1]
    assert lines == ["[ 1,1 ]", "[ 5,2,30 ]", "[ 16711680,1,2 ]", "-1"]


def test_tiles_of_1_4_in_a_converted_project(write: Write, play: Play) -> None:
    tile = {"modelName": "GMRGraphic", "name": "t1", "spriteId": {"name": "spr"}, "x": 64, "y": 32}
    tile |= {"u0": 32, "u1": 64, "v0": 16, "v1": 32, "w": 64, "h": 16, "colour": {"Value": 0x80FFFFFF}}
    layer = {"resourceType": "GMRAssetLayer", "name": "Compatibility_Tiles_Depth_10", "depth": 10}
    empty = {"modelName": "GMRGraphic", "name": "t2", "spriteId": None}
    code = """var found = layer_get_all_elements("Compatibility_Tiles_Depth_10"), t = found[0];
    show_debug_message([array_length(found), layer_get_element_type(t) == layerelementtype_tile]);
    show_debug_message([layer_tile_get_x(t), layer_tile_get_y(t), layer_tile_get_region(t)]);
    show_debug_message([layer_tile_get_xscale(t), layer_tile_get_yscale(t), layer_tile_get_sprite(t) == spr]);"""
    made = files({**SIZE, "TileSerialiseData": MAP}, code, more=[{**layer, "assets": [tile, empty]}])
    assert play(write(made), exit_at_frame=1)[1] == ["[ 2,1 ]", "[ 64,32,[ 32,16,32,16 ] ]", "[ 2,1,1 ]"]


def test_what_a_room_holds_as_structs(write: Write, play: Play) -> None:
    code = """var info = room_get_info(rm), ground = info.layers[1], map = ground.elements[0];
    show_debug_message([ground.name, ground.depth, ground.visible, ground.xoffset, array_length(info.layers)]);
    show_debug_message([map.type == layerelementtype_tilemap, map.width, map.tileset_index == tiles, map.tiles]);
    var bare = room_get_info(rm, false, false, true, true, false), none = room_get_info(rm, true, true, false);
    show_debug_message([variable_struct_exists(bare.layers[1].elements[0], "tiles"), struct_exists(none, "layers")]);
    show_debug_message([info.instances[0].object_index, info.instances[0].xscale, info.enableViews, info.views]);
    var sprite_info = info.layers[2].elements[0];
    show_debug_message([sprite_info.sprite_index == spr, sprite_info.image_angle, sprite_info.image_speed]);"""
    placed = {"resourceType": "GMRSpriteGraphic", "name": "tree", "spriteId": {"name": "spr"}, "rotation": 30}
    layer = {"resourceType": "GMRAssetLayer", "name": "Trees", "depth": 200, "assets": [placed]}
    made = files({**SIZE, "TileSerialiseData": MAP}, code, more=[layer])
    assert play(write(made), exit_at_frame=1)[1] == [
        '[ "Ground",300,0,16,3 ]',
        "[ 1,3,1,[ 1,0,0,0,268435458,3 ] ]",
        "[ 0,0 ]",
        '[ "obj",1,0,[  ] ]',
        "[ 1,30,1 ]",
    ]


def test_a_persistent_room_keeps_its_tiles(write: Write, play: Play) -> None:
    code = """if (variable_global_exists("seen")) exit;
    global.seen = true; tilemap_set(layer_tilemap_get_id("Ground"), 4, 2, 0);
    persistent = true; """
    made = files({**SIZE, "TileSerialiseData": MAP}, code)
    made["objects/obj/obj.yy"] = json.dumps({"name": "obj", "eventList": [
        {"eventType": 0, "eventNum": 0}, {"eventType": 3, "eventNum": 0}]})  # fmt: skip
    made["objects/obj/Step_0.gml"] = """if (room == rm2) { room_goto(rm); exit; }
    var map = layer_tilemap_get_id("Ground"); show_debug_message(tilemap_get(map, 2, 0));
    if (global.seen) { global.seen = false; room_goto(rm2); }"""
    room = json.loads(made["rooms/rm/rm.yy"])
    for is_kept, lines in ((True, ["4", "4"]), (False, ["4", "0", "0"])):
        room["roomSettings"] = {"persistent": is_kept}
        made["rooms/rm/rm.yy"] = json.dumps(room)
        made["rooms/rm2/rm2.yy"] = json.dumps({"name": "rm2", "layers": []})
        made["game.yyp"] = project_file(made, {"rm": [], "rm2": []})
        assert play(write(made), exit_at_frame=3)[1] == lines


@given(st.lists(st.integers(0, 5), max_size=40), st.data())
def test_runs_of_any_kind_are_the_tiles_that_were_packed(tiles: list[int], data: st.DataObject) -> None:
    packed: list[int] = []
    at = 0
    while at < len(tiles):
        same = next((n for n in range(at, len(tiles)) if tiles[n] != tiles[at]), len(tiles)) - at
        if data.draw(st.booleans()):
            packed += [-same, tiles[at]]
            at += same
        else:
            length = data.draw(st.integers(1, len(tiles) - at))
            packed += [length, *tiles[at : at + length]]
            at += length
    assert unpacked(packed, len(tiles)) == tiles
    assert cells({"TileCompressedData": packed}, len(tiles)) == tiles


def test_a_run_without_an_end_stops_at_the_size_of_the_map() -> None:
    assert unpacked([-(10**12), 1], 3) == [1, 1, 1]
