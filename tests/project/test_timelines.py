"""Timelines of projects: the code of their moments runs in the instance that has the timeline."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from gmlrun.build.checking import check
from tests.project.made import project, project_file
from tests.project.test_gmx import GAME, action

Write = Callable[[dict[str, str]], Path]
Play = Callable[..., tuple[int, list[str]]]

START = "timeline_index = tl; timeline_running = true;"
SAY = "show_debug_message([object_get_name(object_index), timeline_position]);"


def files(moments: dict[int, str], listed: list[int]) -> dict[str, str]:
    made = project({"obj": {"Create_0": START}}, {"rm": [("obj", 0.0, 0.0)]})
    entries = [{"moment": step, "evnt": {"eventNum": step, "eventType": 0}} for step in listed]
    made["timelines/tl/tl.yy"] = json.dumps({"name": "tl", "momentList": entries})
    made |= {f"timelines/tl/moment_{step}.gml": text for step, text in moments.items()}
    return {**made, "game.yyp": project_file(made, {"rm": []})}


def test_moments_of_a_project(write: Write, play: Play) -> None:
    end = "show_debug_message(timeline_max_moment(tl)); game_end();"
    path = write(files({0: SAY, 2: SAY, 3: end}, [3, 0, 2]))
    assert play(path) == (0, ['[ "obj",1 ]', '[ "obj",3 ]', "3"])


def test_a_destroyed_instance_has_no_more_moments(write: Write, play: Play) -> None:
    path = write(files({0: f"{SAY} timeline_speed = 5;", 1: "instance_destroy();", 2: SAY}, [0, 1, 2]))
    assert play(path, exit_at_frame=5) == (0, ['[ "obj",1 ]'])


def test_an_error_in_a_moment_names_it(write: Write, play: Play) -> None:
    path = write(files({0: "show_debug_message(never_set);"}, [0]))
    assert play(path, exit_at_frame=5)[0] == 1


def test_a_missing_moment_is_told_and_does_nothing(write: Write, play: Play) -> None:
    path = write(files({1: "game_end(7);"}, [0, 1]))
    found = [finding.message for finding in check([path])]
    assert found == ["moment 0 of the timeline tl is missing: the project names this file"]
    assert play(path)[0] == 7


def test_moments_of_1_4(write: Write, play: Play) -> None:
    entry = f"<entry><step>2</step><event>{action(SAY)}{action('game_end();')}</event></entry>"
    assets = GAME["game.project.gmx"].replace(
        "<rooms ", '<timelines name="t"><timeline>timelines\\tl</timeline></timelines><rooms '
    )
    room = GAME["rooms/rm_menu.room.gmx"].replace("game_end();", f"with (obj_child) {{ {START} }}")
    made = {"game.project.gmx": assets, "rooms/rm_menu.room.gmx": room}
    made["timelines/tl.timeline.gmx"] = f"<timeline>{entry}</timeline>"
    assert play(write({**GAME, **made}))[1][-1] == '[ "obj_child",3 ]'
