"""What a project of 2.3 and later names, and what it lacks."""

from __future__ import annotations

from gmlrun.build.checking import check

PROJECT = """{"resourceType": "GMProject", "resourceVersion": "1.6", "AudioGroups": [
  {"resourceType": "GMAudioGroup", "name": "grp_music"}], "resources": [
  {"id": {"name": "scr", "path": "scripts/scr/scr.yy"}},
  {"id": {"name": "ps_fire", "path": "particles/ps_fire/ps_fire.yy"}},
  {"id": {"name": "thing", "path": "novelties/thing/thing.yy"}},
  {"id": {"name": "gone", "path": "scripts/gone/gone.yy"}},
  {"id": {"name": "obj_a", "path": "objects/obj_a/obj_a.yy"}},
  {"id": {"name": "rm", "path": "rooms/rm/rm.yy"}}]}"""
FILES = {
    "game.yyp": PROJECT,
    "scripts/scr/scr.yy": '{"name": "scr", "tags": ["fast", "net"]}',
    "scripts/scr/scr.gml": "function scr() { return 1; }",
    "objects/obj_a/obj_a.yy": '{"name": "obj_a", "eventList": [{"eventType": 3, "eventNum": 0}]}',
    "objects/obj_a/Step_0.gml": "not_there(1);",
    "rooms/rm/rm.yy": '{"name": "rm", "creationCodeFile": "${project_dir}/rooms/rm/RoomCreationCode.gml"}',
    "rooms/rm/RoomCreationCode.gml": "show_debug_message([grp_music, thing, ps_fire]);\n"
    "show_debug_message(asset_get_tags(scr));\ngame_end();",
}


def test_everything_that_it_lists_is_an_asset(write, play) -> None:  # type: ignore[no-untyped-def]
    code, printed = play(write(FILES) / "game.yyp")
    assert code == 0
    assert "grp_music" in printed[0]
    assert "thing" in printed[0]
    assert "fast" in printed[1]


def test_a_missing_function_of_an_event_that_never_runs(write, play) -> None:  # type: ignore[no-untyped-def]
    folder = write(FILES)
    assert play(folder / "game.yyp")[0] == 0
    found = [(each.code, each.severity) for each in check([folder / "game.yyp"])]
    assert ("unknown-function", "error") in found


def test_where_it_runs_it_is_an_error(write, play) -> None:  # type: ignore[no-untyped-def]
    files = {**FILES, "rooms/rm/RoomCreationCode.gml": "not_there(1);"}
    assert play(write(files) / "game.yyp")[0] != 0
