"""Games that wait for their sounds, textures and shaders before they begin."""

from __future__ import annotations

import json

from tests.project.made import project

WAITING = """
asked = audio_group_load(grp_music);
again = audio_group_load(grp_music);
show_debug_message([asked, again, audio_group_is_loaded(grp_music), audio_group_load(audiogroup_default)]);
show_debug_message([audio_group_is_loaded(audiogroup_default), audio_group_load_progress(audiogroup_default)]);
show_debug_message([audio_group_load(7), audio_group_is_loaded(-1), audio_group_name(grp_music), audio_group_name(9)]);
show_debug_message([shader_is_compiled(sh_glass), shader_is_compiled(-1), shader_is_compiled(obj_loader)]);
show_debug_message([texturegroup_load("menu"), texturegroup_get_status("menu") == texturegroup_status_fetched]);
show_debug_message(texture_is_ready("menu"));
"""
LOADED = """
show_debug_message(async_load[? "type"] + " " + string(async_load[? "group_id"] == grp_music));
show_debug_message([audio_group_is_loaded(grp_music), audio_group_load_progress(grp_music)]);
show_debug_message([audio_group_unload(grp_music), audio_group_unload(grp_music), audio_group_is_loaded(grp_music)]);
show_debug_message(audio_group_unload(audiogroup_default));
game_end();
"""


def test_a_game_that_waits_for_its_assets_goes_on(write, play) -> None:  # type: ignore[no-untyped-def]
    made = project({"obj_loader": {"Create_0": WAITING, "Other_72": LOADED}}, {"rm": [("obj_loader", 0, 0)]})
    made["shaders/sh_glass/sh_glass.yy"] = json.dumps({"name": "sh_glass"})
    facts = json.loads(made["game.yyp"])
    facts["resources"].append({"id": {"name": "sh_glass", "path": "shaders/sh_glass/sh_glass.yy"}})
    facts["AudioGroups"] = [{"name": "audiogroup_default"}, {"name": "grp_music"}]
    made["game.yyp"] = json.dumps(facts)
    assert play(write(made) / "game.yyp", headless="error") == (
        0,
        [
            "[ 1,0,0,0 ]",
            "[ 1,100 ]",
            '[ 0,0,"grp_music","" ]',
            "[ 1,0,0 ]",
            "[ 0,1 ]",
            "1",
            "audiogroup_load 1",
            "[ 1,100 ]",
            "[ 1,0,0 ]",
            "0",
        ],
    )
