"""Movement among masks: planning around walls, bounces, boundaries, animation, paths of project files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project.test_collisions import game, named

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

START = "x = 100; y = 100;"


def printed(write: Write, play: Play, files: dict[str, str], frames: int = 1) -> list[str]:
    code, lines = play(write(files), exit_at_frame=frames)
    assert code == 0
    return lines


def scene(walls: list[tuple[int, int]], checks: str, step: str = "", **facts: object) -> dict[str, str]:
    """Boxes of 16 pixels: `main` at 100, 100 and walls, which are solid."""
    made = "".join(f"instance_create_depth({x}, {y}, 0, wall);" for x, y in walls)
    code = {"main/Create_0": f"{START} xstart = x; {made} {checks}"} | ({"main/Step_0": step} if step else {})
    return game(code, {"main": named("spr_box", **facts), "wall": named("spr_box", solid=True)})


def show(*values: str) -> str:
    return f"show_debug_message([{', '.join(values)}]);"


MOVES = [
    ("move_contact_solid(0, 100)", [(150, 100)], "134,100"),
    ("move_contact_all(270, -1)", [(100, 150)], "100,134"),
    ("move_contact_solid(0, 7.6)", [(150, 100)], "108,100"),
    ("move_contact_solid(0, 50)", [(101, 100)], "100,100"),
    ("move_outside_solid(0, 50)", [(95, 100)], "111,100"),
    ("move_outside_all(90, 5)", [(100, 95)], "100,95"),
    ("move_and_collide(30, 0, wall)", [(140, 60)], "130,100"),
    ("move_and_collide(20, 0, wall)", [(117, 90)], "114,107"),
    ("move_and_collide(20, 0, wall, 4, 0, 0, -1, 5)", [(117, 90)], "100,100"),
    ("move_and_collide(20, 0, wall, 4, 0, 1)", [(117, 90)], "114,107"),
    ("move_and_collide(20, 0, wall, 4, 0, -1)", [(117, 108)], "109,89"),
    ("move_and_collide(0, 0, wall)", [(117, 90)], "100,100"),
    ("move_and_collide(20, 0, wall)", [(110, 100)], "100,100"),
]


@pytest.mark.parametrize(("move", "walls", "place"), MOVES)
def test_where_a_movement_ends(write: Write, play: Play, move: str, walls: list[tuple[int, int]], place: str) -> None:
    lines = printed(write, play, scene(walls, f"{move}; {show('round(x)', 'round(y)')}"))
    assert lines == [f"[ {place} ]"]


def test_move_and_collide_names_what_it_met(write: Write, play: Play) -> None:
    checks = "var met = move_and_collide(20, 0, wall);" + show("array_length(met)", "met[0].object_index == wall")
    assert printed(write, play, scene([(117, 100), (300, 300)], checks)) == ["[ 1,1 ]"]


BOUNCES = [
    ("hspeed = 5; vspeed = 0", [(118, 100)], "-5,0"),
    ("hspeed = 0; vspeed = 5", [(100, 118)], "0,-5"),
    ("hspeed = 5; vspeed = 5", [(118, 100)], "-5,5"),
    ("hspeed = 5; vspeed = 5", [(118, 118)], "-5,-5"),
    ("hspeed = 5; vspeed = 5", [(118, 100), (100, 118)], "-5,-5"),
    ("hspeed = 5; vspeed = 0", [(300, 100)], "5,0"),
]


@pytest.mark.parametrize(("speeds", "walls", "after"), BOUNCES)
@pytest.mark.parametrize("kind", ["solid", "all"])
def test_bounces(write: Write, play: Play, kind: str, speeds: str, walls: list[tuple[int, int]], after: str) -> None:
    checks = f"{speeds}; move_bounce_{kind}(false); {show('hspeed', 'vspeed')}"
    assert printed(write, play, scene(walls, checks)) == [f"[ {after} ]"]


def test_an_advanced_bounce_looks_for_the_slope(write: Write, play: Play) -> None:
    checks = f"hspeed = 5; vspeed = 0; move_bounce_all(true); {show('round(hspeed)', 'round(vspeed)')}"
    assert printed(write, play, scene([(118, 100)], checks)) == ["[ -5,0 ]"]


def test_planned_paths_go_around_walls(write: Write, play: Play) -> None:
    walls = [(150, 100 + 16 * n) for n in range(-3, 4)]
    checks = f"""var p = path_add(), g = mp_grid_create(0, 0, 40, 40, 16, 16);
        {show("mp_linear_path(p, 200, 100, 4, true)", "path_get_x(p, 1) < 150")}
        {show("mp_linear_path_object(p, 200, 100, 4, main)", "path_get_x(p, 1)")}
        {show("mp_potential_path(p, 200, 100, 4, 6, false)", "path_get_x(p, 1)", "path_get_length(p) > 150", "x", "y")}
        {show("mp_potential_path_object(p, 200, 100, 4, 1, wall)")}
        mp_grid_add_instances(g, wall, false);
        {show("mp_grid_path(g, p, 100, 100, 200, 100, true)", "path_get_length(p) > 150", "mp_grid_get_cell(g, 9, 6)")}
        {show("mp_linear_step(200, 100, 60, true)", "x")}"""
    assert printed(write, play, scene(walls, checks)) == [
        "[ 0,1 ]",
        "[ 1,200 ]",
        "[ 1,200,1,100,100 ]",
        "[ 0 ]",
        "[ 1,1,-1 ]",
        "[ 0,100 ]",
    ]


def test_the_grid_takes_precise_shapes_if_asked(write: Write, play: Play) -> None:
    checks = f"""var g = mp_grid_create(100, 100, 4, 4, 4, 4); sprite_index = spr_diamond;
        mp_grid_add_instances(g, id, true); {show("mp_grid_get_cell(g, 0, 0)", "mp_grid_get_cell(g, 1, 1)")}
        mp_grid_add_instances(g, id, false); {show("mp_grid_get_cell(g, 0, 0)")}"""
    assert printed(write, play, scene([], checks)) == ["[ 0,-1 ]", "[ -1 ]"]


def with_events(files: dict[str, str], events: dict[int, str]) -> dict[str, str]:
    """Gives the object `main` events of the type Other."""
    facts = json.loads(files["objects/main/main.yy"])
    facts["eventList"] += [{"eventType": 7, "eventNum": number} for number in events]
    files["objects/main/main.yy"] = json.dumps(facts)
    return files | {f"objects/main/Other_{number}.gml": code for number, code in events.items()}


def test_boundary_events(write: Write, play: Play) -> None:
    """Intersect Boundary in each step, Outside Room once each time the room is left."""
    files = scene([], "x = 1366 - 20; hspeed = 8; n = 0;", "if (++n == 6) x = 600;")
    events = {0: 'show_debug_message("outside " + string(x));', 1: 'show_debug_message("boundary " + string(x));'}
    lines = printed(write, play, with_events(files, events), 5)
    assert lines == [
        "boundary 1354",
        "boundary 1362",
        "outside 1370",
        "boundary 1370",
        "boundary 1378",
        "boundary 1386",
    ]


def test_view_events(write: Write, play: Play) -> None:
    """Outside View in each step outside it, Intersect Boundary while on its edge."""
    make = """view_enabled = true; view_visible[1] = true; view_camera[1] = camera_create_view(80, 90, 40, 300);
        hspeed = 8;"""
    events = {41: 'show_debug_message("outside " + string(x));', 51: 'show_debug_message("edge " + string(x));'}
    events |= {40: 'show_debug_message("no such view");'}
    lines = printed(write, play, with_events(scene([], make), events), 5)
    assert lines == ["edge 108", "edge 116", "outside 124", "outside 132", "outside 140"]


def test_pictures_advance(write: Write, play: Play) -> None:
    """Two frames: one a step, then by seconds; Animation End each time they are over."""
    files = scene([], "image_speed = 0.5;", "show_debug_message(image_index);")
    sprite = json.loads(files["sprites/spr_box/spr_box.yy"])
    sprite["sequence"] |= {"playbackSpeed": 1.0, "playbackSpeedType": 1}
    files["sprites/spr_box/spr_box.yy"] = json.dumps(sprite)
    lines = printed(write, play, with_events(files, {7: 'show_debug_message("end");'}), 5)
    assert lines == ["0.50", "1", "1.50", "end", "0", "0.50"]
    sprite["sequence"]["playbackSpeedType"] = 0
    sprite["sequence"]["playbackSpeed"] = 60.0
    files["sprites/spr_box/spr_box.yy"] = json.dumps(sprite)
    assert printed(write, play, files, 2) == ["0.50", "1"]


PATH = {"kind": 0, "closed": False, "precision": 4, "points": [{"x": 5, "y": 6, "speed": 100}, {"x": 8, "y": 10}]}
ASK = show("path_get_number(walk)", "path_get_length(walk)", "path_get_name(walk)", "path_get_closed(walk)")


def test_paths_of_project_files(write: Write, play: Play) -> None:
    for content, expected in ((json.dumps(PATH), '[ 2,5,"walk",0 ]'), ("{", '[ 0,0,"walk",1 ]')):
        files = scene([], f"{ASK} path_start(walk, 1, 0, true); {show('x', 'y')}")
        files["paths/walk/walk.yy"] = content
        project = json.loads(files["game.yyp"])
        project["resources"].append({"id": {"name": "walk", "path": "paths/walk/walk.yy"}})
        files["game.yyp"] = json.dumps(project)
        place = "[ 5,6 ]" if content != "{" else "[ 100,100 ]"
        assert printed(write, play, files) == [expected, place]


def test_paths_of_1_4(write: Write, play: Play) -> None:
    code = f"{ASK} show_debug_message(path_get_speed(walk, 1));"
    files = {
        "game.project.gmx": "<assets><paths><path>paths\\walk</path></paths>"
        "<objects><object>objects\\o</object></objects><rooms><room>rooms\\r</room></rooms></assets>",
        "paths/walk.path.gmx": "<path><kind>0</kind><closed>-1</closed><precision>4</precision><points>"
        "<point>0,0,100</point><point>30,40,50</point><point>bad</point></points></path>",
        "rooms/r.room.gmx": "<room><instances><instance objName='o' x='100' y='100' name='i'/></instances></room>",
        "objects/o.object.gmx": "<object><events><event eventtype='0' enumb='0'><action><libid>1</libid><id>603</id>"
        "<kind>7</kind><exetype>2</exetype><whoName>self</whoName><arguments><argument><kind>1</kind>"
        f"<string>{code}</string></argument></arguments></action></event></events></object>",
    }
    assert printed(write, play, files) == ['[ 2,100,"walk",1 ]', "100"]


def test_solid_instances_go_back_on_their_paths(write: Write, play: Play) -> None:
    checks = """p = path_add(); path_set_closed(p, false); path_add_point(p, 0, 0, 100); path_add_point(p, 100, 0, 100);
        path_start(p, 10, 0, false);"""
    files = scene([(130, 100)], checks, show("x", "path_position"))
    files["objects/main/Collision_wall.gml"] = ""
    facts = json.loads(files["objects/main/main.yy"])
    facts["eventList"].append({"eventType": 4, "eventNum": 0, "collisionObjectId": {"name": "wall"}})
    files["objects/main/main.yy"] = json.dumps(facts)
    lines = printed(write, play, files, 4)
    assert lines == ["[ 100,0 ]", "[ 110,0.10 ]", "[ 110,0.10 ]", "[ 110,0.10 ]"]
