"""Tilemaps as colliders: whole cells, or the pixels of their tiles, mirrored, flipped and rotated as they lie."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.project.test_collisions import game, named

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

MIRROR, FLIP, ROTATE = 1 << 28, 1 << 29, 1 << 30
LEFT, TOP = 200, 100
"""Where the tilemap is; its cells are 8 x 8 pixels, and the second of its first row has tile 1."""


def scene(code: str, tile: int = 1, kind: int = 1) -> dict[str, str]:
    files = game({"main/Create_0": f'map = layer_tilemap_get_id("Tiles"); {code}'}, {"main": named("spr_box")})
    sprite = json.loads(files["sprites/spr_box/spr_box.yy"])
    sprite |= {"name": "spr_tiles", "collisionKind": kind, "frames": [{"name": "one"}]}
    files["sprites/spr_tiles/spr_tiles.yy"] = json.dumps(sprite)
    tileset = {"name": "tiles", "tileWidth": 8, "tileHeight": 8, "tile_count": 4, "spriteId": {"name": "spr_tiles"}}
    files["tilesets/tiles/tiles.yy"] = json.dumps(tileset)
    room = json.loads(files["rooms/rm/rm.yy"])
    tiles = {"SerialiseWidth": 3, "SerialiseHeight": 2, "TileSerialiseData": [0, tile, 0, 0, 0, 0]}
    layer = {"resourceType": "GMRTileLayer", "name": "Tiles", "x": LEFT, "y": TOP, "tilesetId": {"name": "tiles"}}
    room["layers"].append({**layer, "tiles": tiles})
    files["rooms/rm/rm.yy"] = json.dumps(room)
    project = json.loads(files["game.yyp"])
    for path in ("sprites/spr_tiles/spr_tiles.yy", "tilesets/tiles/tiles.yy"):
        project["resources"].append({"id": {"name": path.split("/")[1], "path": path}})
    files["game.yyp"] = json.dumps(project)
    return files


def printed(write: Write, play: Play, files: dict[str, str], pixels: set[tuple[int, int]] | None = None) -> list[str]:
    path = write(files)
    if pixels is not None:
        image = Image.new("RGBA", (16, 16))
        for place in pixels:
            image.putpixel(place, (1, 1, 1, 255))
        image.save(path / "sprites" / "spr_tiles" / "one.png")
    code, lines = play(path, exit_at_frame=1)
    assert code == 0
    return lines


CHECKS = [
    ("place_meeting(193, 93, map)", "1"),
    ("place_meeting(192, 93, map)", "0"),
    ("place_meeting(193, 84, map)", "0"),
    ("place_meeting(216, 100, map)", "0"),
    ("place_meeting(215, 107, [wall_asset, map])", "1"),
    ("place_empty(193, 93, map)", "0"),
    ("instance_place(193, 93, map) == map", "1"),
    ("instance_place(0, 0, map)", "-4"),
    ("instance_place_list(193, 93, [map, map, all], list, true)", "1"),
    ("position_meeting(208, 100, map)", "1"),
    ("position_meeting(207, 100, map)", "0"),
    ("position_meeting(9999, NaN, map)", "0"),
    ("collision_point(215, 107, map, false, true) == map", "1"),
    ("collision_rectangle(0, 0, 209, 101, map, true, true) == map", "1"),
    ("collision_rectangle(0, 0, 207, 101, map, true, true)", "-4"),
    ("collision_line(0, 104, 999, 104, map, true, true) == map", "1"),
    ("collision_line(0, 99, 999, 90, map, true, true)", "-4"),
    ("collision_circle(205, 104, 5, map, true, true) == map", "1"),
    ("collision_circle(205, 104, 2, map, true, true)", "-4"),
    ("place_free(208, 100)", "1"),
    ("array_length(move_and_collide(20, 0, map))", "0"),
]


def test_cells_with_tiles_collide(write: Write, play: Play) -> None:
    shown = "\n".join(f"show_debug_message({check});" for check, _ in CHECKS)
    lines = printed(write, play, scene(f"wall_asset = main; list = ds_list_create(); {shown}"))
    assert dict(zip([check for check, _ in CHECKS], lines, strict=True)) == dict(CHECKS)


def test_tilemaps_stop_movement_and_change(write: Write, play: Play) -> None:
    code = """x = 180; y = 96; var met = move_and_collide(40, 0, map, 40);
        show_debug_message([x < 193, array_length(met), met[0] == map]);
        tilemap_set(map, 0, 1, 0); show_debug_message(place_meeting(200, 96, map));
        tilemap_set(map, 2, 0, 1); tilemap_x(map, -100); show_debug_message(place_meeting(100, 110, map));
        tilemap_set_mask(map, 0); show_debug_message(place_meeting(100, 110, map));
        layer_tilemap_destroy(map); show_debug_message(place_meeting(100, 110, map));"""
    lines = printed(write, play, scene(code))
    assert lines[1:] == ["0", "1", "0", "0"]
    assert lines[0].endswith(",1,1 ]")


PIXEL = (2, 1)
"""Of the tile: the third column, the second row."""
TURNED = {
    0: (2, 1),
    MIRROR: (5, 1),
    FLIP: (2, 6),
    MIRROR | FLIP: (5, 6),
    ROTATE: (6, 2),
    ROTATE | MIRROR: (6, 5),
}


@pytest.mark.parametrize(("bits", "place"), TURNED.items())
def test_pixels_of_tiles_collide(write: Write, play: Play, bits: int, place: tuple[int, int]) -> None:
    code = f"""sprite_index = -1; var found = [];
        for (var i = 0; i < 8; i++) for (var j = 0; j < 8; j++)
            if (position_meeting({LEFT} + 8 + i, {TOP} + j, map)) array_push(found, i, j);
        show_debug_message(found); sprite_index = spr_box;
        show_debug_message([place_meeting({LEFT} + 8 + {place[0]}, {TOP} + {place[1]}, map),
            place_meeting({LEFT} + 9 + {place[0]}, {TOP} + {place[1]}, map)]);"""
    lines = printed(write, play, scene(code, 1 | bits, 0), {(8 + PIXEL[0], PIXEL[1]), (0, 0), (3, 9)})
    assert lines == [f"[ {place[0]},{place[1]} ]", "[ 1,0 ]"]


def test_another_sprite_can_be_the_mask_of_a_tilemap(write: Write, play: Play) -> None:
    """Its mask takes the place of that of the tileset's own sprite, whose tiles are whole cells."""
    check = f"show_debug_message(position_meeting({LEFT} + 8, {TOP}, map));"
    code = f"{check} layer_tilemap_set_colmask(map, spr_diamond); {check} sprite_set_offset(spr_diamond, 1, 1); {check}"
    assert printed(write, play, scene(code)) == ["1", "0", "0"]


def test_an_animated_tile_collides_as_the_one_that_it_shows(write: Write, play: Play) -> None:
    """Tile 1 shows tile 1, none, and tile 2, each for two steps; a tilemap begins with the first when it is made."""
    files = scene("sprite_index = -1; made = -1;", 1, 0)
    tileset = json.loads(files["tilesets/tiles/tiles.yy"])
    tileset |= {"tileAnimationSpeed": 30, "tileAnimationFrames": [{"frames": [1, 0, 2]}]}
    files["tilesets/tiles/tiles.yy"] = json.dumps(tileset)
    about = json.loads(files["objects/main/main.yy"])
    about["eventList"].append({"eventType": 3, "eventNum": 0})
    files["objects/main/main.yy"] = json.dumps(about)
    files["objects/main/Step_0.gml"] = """
        show_debug_message([position_meeting(208, 100, map), position_meeting(208, 101, map), tilemap_get_frame(map)]);
        if (tilemap_get_frame(map) == 1 && made == -1) {
            made = layer_tilemap_create("Tiles", 0, 0, tiles, 1, 1); show_debug_message(tilemap_get_frame(made)); }"""
    path = write(files)
    image = Image.new("RGBA", (16, 16))
    for place in ((8, 0), (0, 9)):  # tile 1, tile 2
        image.putpixel(place, (1, 1, 1, 255))
    image.save(path / "sprites" / "spr_tiles" / "one.png")
    first, none, second = ["[ 1,0,0 ]"] * 2, ["[ 0,0,1 ]", "0", "[ 0,0,1 ]"], ["[ 0,1,2 ]"] * 2
    assert play(path, exit_at_frame=8) == (0, [*first, *none, *second, *first])
