"""Assets of which a run without a screen knows the names alone."""

from __future__ import annotations

import json

import pytest

from tests.project.made import project

KINDS = [
    ("sounds", "audio_exists", "audio_get_name"),
    ("fonts", "font_exists", "font_get_name"),
    ("shaders", None, "shader_get_name"),
    ("animcurves", "animcurve_exists", None),
    ("tilesets", None, "tileset_get_name"),
]
OTHERS = ("rm", "-1", "7", "noone")


@pytest.mark.parametrize(("folder", "exists", "get_name"), KINDS)
def test_they_exist_and_have_names(write, play, folder: str, exists: str | None, get_name: str | None) -> None:  # type: ignore[no-untyped-def]
    asked = ("an_asset", "real(an_asset)", *OTHERS)
    lines = [f"show_debug_message([{', '.join(f'{f}({a})' for a in asked)}]);" for f in (exists, get_name) if f]
    made = project({"obj": {"Create_0": "\n".join([*lines, "game_end();"])}}, {"rm": [("obj", 0, 0)]})
    made[f"{folder}/an_asset/an_asset.yy"] = json.dumps({"name": "an_asset"})
    facts = json.loads(made["game.yyp"])
    facts["resources"].append({"id": {"name": "an_asset", "path": f"{folder}/an_asset/an_asset.yy"}})
    made["game.yyp"] = json.dumps(facts)
    none = ",".join(['"<undefined>"'] * len(OTHERS))
    wanted = ["[ 1,1,0,0,0,0 ]"] if exists else []
    wanted += [f'[ "an_asset","an_asset",{none} ]'] if get_name else []
    assert play(write(made) / "game.yyp", headless="error") == (0, wanted)


FONT = {
    "name": "fnt",
    "fontName": "Mono",
    "size": 14.0,
    "bold": True,
    "ascender": 11,
    "glyphs": {
        "65": {"character": 65, "h": 21, "offset": 1, "shift": 10, "w": 9, "x": 2, "y": 3},
        "95": {"character": 95, "w": 4, "shift": 5},
        "x": 7,
        "big": {"character": 1e300},
    },
}
OLD_FONT = {"size": 9, "glyphs": [{"Key": 66, "Value": {"character": 66, "w": 3, "shift": 4}}]}
ASKED = """
var info = font_get_info(fnt), a = info.glyphs[$ "A"];
show_debug_message([info.name, info.size, info.bold, info.italic, info.ascender, info.sdfEnabled, info.spriteIndex]);
show_debug_message([a.char, a.x, a.y, a.w, a.h, a.shift, a.offset, array_length(a.kerning), info.glyphs._.w]);
show_debug_message([font_get_first(fnt), font_get_last(fnt), font_get_size(fnt), info.name, font_get_bold(fnt)]);
show_debug_message([font_get_info(-1), font_get_size(obj), font_get_italic(fnt), struct_names_count(info.glyphs)]);
show_debug_message([font_get_size(old), font_get_info(old).glyphs.B.shift]);
game_end();
"""


def test_what_is_known_of_a_font(write, play) -> None:  # type: ignore[no-untyped-def]
    made = project({"obj": {"Create_0": ASKED}}, {"rm": [("obj", 0, 0)]})
    facts = json.loads(made["game.yyp"])
    for name, about in (("fnt", FONT), ("old", OLD_FONT)):
        made[f"fonts/{name}/{name}.yy"] = json.dumps(about)
        facts["resources"].append({"id": {"name": name, "path": f"fonts/{name}/{name}.yy"}})
    made["game.yyp"] = json.dumps(facts)
    assert play(write(made) / "game.yyp", headless="error") == (
        0,
        [
            '[ "Mono",14,1,0,11,0,-1 ]',
            "[ 65,2,3,9,21,10,1,0,4 ]",
            '[ 65,95,14,"Mono",1 ]',
            "[ undefined,-1,0,2 ]",
            "[ 9,4 ]",
        ],
    )


CURVE = {
    "name": "curve",
    "function": 2,
    "channels": [
        {"name": "up", "points": [{"x": 0.0, "y": 1.0, "th1": 0.25, "tv1": 1.0}, {"x": 1.0, "y": 2.0, "th0": -0.25}]},
        {"name": "none", "points": []},
        {"points": [{"x": 0.0, "y": 4.0}, {"x": 1.0, "y": 8.0}, 5]},
    ],
}
EVALUATED = """
function at(c, x) { return animcurve_channel_evaluate(c, x); }
var up = animcurve_get_channel(curve, "up");
show_debug_message([up.type, array_length(up.points), animcurve_get(curve).name, animcurve_exists(curve)]);
show_debug_message([at(up, 0), at(up, 0.5), at(up, 1)]);
show_debug_message([at(animcurve_get_channel(curve, 2), 0.5), animcurve_get(0) == animcurve_get(curve)]);
try { animcurve_destroy(curve); } catch (e) { show_debug_message(e.message); }
try { animcurve_destroy(animcurve_get(curve)); } catch (e) { show_debug_message(e.message); }
try { at(animcurve_get_channel(curve, "none"), 0); } catch (e) { show_debug_message(e.message); }
show_debug_message(array_length(animcurve_get(broken).channels));
game_end();
"""


def test_curves_of_a_project(write, play) -> None:  # type: ignore[no-untyped-def]
    made = project({"obj": {"Create_0": EVALUATED}}, {"rm": [("obj", 0, 0)]})
    facts = json.loads(made["game.yyp"])
    for name, text in (("curve", json.dumps(CURVE)), ("broken", "{}")):
        made[f"animcurves/{name}/{name}.yy"] = text
        facts["resources"].append({"id": {"name": name, "path": f"animcurves/{name}/{name}.yy"}})
    made["game.yyp"] = json.dumps(facts)
    printed = [
        '[ 2,2,"curve",1 ]',
        "[ 1,1.88,2 ]",
        "[ 6,1 ]",
        "animcurve_destroy: a curve of the project cannot be destroyed",
        "animcurve_destroy: a curve of the project cannot be destroyed",
        "a bezier animation curve needs two points at least",
        "0",
    ]
    assert play(write(made) / "game.yyp", headless="error") == (0, printed)
