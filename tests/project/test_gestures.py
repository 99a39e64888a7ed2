"""Gesture events, with the mouse as a finger: taps, double taps, drags and flicks, and what these tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.engine.input_script import InputAction, click
from tests.project.made import project
from tests.project.test_input import played

Write = Callable[[dict[str, str]], Path]

NAMES = ("tap", "double", "start", "drag", "end", "flick")
SETTINGS = (
    "gesture_drag_time(0.01); gesture_double_tap_time(0.03); gesture_drag_distance(0.1); gesture_flick_speed({});"
)
SAY = """var d = event_data; show_debug_message($"{name} {{d[? "posX"]},{{d[? "posY"]}} {{d[? "diffX"]}} \\
{{d[? "viewstartposX"]}} {{d[? "tapcount"]}} {{d[? "isflick"]}}");"""


def gestures(write: Write, actions: list[InputAction], settings: str = "", flick: float = 2.0) -> list[str]:
    """What an instance at (0, 0), 32 wide and 16 high, hears of gestures."""
    says = {f"Gesture_{number}": SAY.replace("{name}", name).replace("{{", "{").replace("}}", "}").replace("\\\n", "")
            for number, name in enumerate(NAMES)}  # fmt: skip
    code = {"Create_0": SETTINGS.format(flick) + settings, **says, "Step_0": ""}
    path = write(project({"obj": code, "obj_far": code}, {"rm": [("obj", 0.0, 0.0), ("obj_far", 900.0, 0.0)]}))
    return played(path, actions, frames=120)[0]


def at(*places: str) -> list[InputAction]:
    return [click(place) for place in places]


def test_a_tap(write: Write) -> None:
    assert gestures(write, at("5,6@5")) == ["tap 5,6 0 5 1 undefined"]


def test_two_taps(write: Write) -> None:
    assert gestures(write, at("5,6@5", "7,6@12")) == ["tap 5,6 0 5 1 undefined", "double 7,6 0 7 2 undefined"]


@pytest.mark.parametrize("second", ["5,6@60", "30,6@12"], ids=["late", "far"])
def test_two_taps_that_are_none_together(write: Write, second: str) -> None:
    lines = gestures(write, at("5,6@5", second))
    assert [line.split()[0] for line in lines] == ["tap", "tap"]


def test_taps_that_are_not_counted_wait_for_a_second_one(write: Write) -> None:
    quiet = "gesture_tap_count(false);"
    assert gestures(write, at("5,6@5", "7,6@12"), quiet) == ["double 7,6 0 7 undefined undefined"]
    assert gestures(write, at("5,6@5"), quiet) == ["tap 5,6 0 5 undefined undefined"]


def test_a_drag_goes_on_where_the_finger_moves_far_enough(write: Write) -> None:
    lines = gestures(write, at("5,6@5-60", "9,6@25", "45,6@30", "300,6@40"), flick=9999.0)
    assert lines == [
        "start 5,6 0 5 undefined undefined",
        "drag 45,6 40 5 undefined undefined",
        "drag 300,6 255 5 undefined undefined",
        "end 300,6 0 5 undefined 0",
    ]


def test_a_drag_that_ends_fast_is_a_flick(write: Write) -> None:
    lines = gestures(write, at("5,6@5-60", "105,6@61"))
    assert lines == [
        "start 5,6 0 5 undefined undefined",
        "end 105,6 100 5 undefined 1",
        "flick 105,6 100 5 undefined undefined",
    ]


def test_beside_it_only_the_global_event_runs(write: Write) -> None:
    say = 'show_debug_message([event_data[? "posX"], event_type == ev_gesture, event_number]);'
    code = {"Gesture_0": 'show_debug_message("own");', "Gesture_64": say, "Step_0": 'show_debug_message("");'}
    path = write(project({"obj": code}, {"rm": [("obj", 0.0, 0.0)]}))
    assert [line for line in played(path, at("500,6@5"), frames=12)[0] if line] == ["[ 500,1,64 ]"]
    assert [line for line in played(path, at("5,6@5"), frames=12)[0] if line] == ["own", "[ 5,1,64 ]"]
