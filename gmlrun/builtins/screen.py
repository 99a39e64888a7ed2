"""Names of screen and input that projects use: constants with their values, variables that only keep theirs.

A run without a screen never changes these variables; what the program assigns it reads back. Manual:
Cameras_And_Display, Game_Input, Drawing.
"""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter
from gmlrun.builtins.table import known_names
from gmlrun.engine.cameras import VIEW_START, VIEWS, Cameras
from gmlrun.runtime import GamePart, Runtime
from gmlrun.values.conversions import to_bool
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

chapter = Chapter("Cameras_And_Display")

CONSTANTS: dict[str, Value] = {
    name: float(facts["value"])
    for name, facts in known_names().items()
    if facts["level"] == "gui" and facts["kind"] == "constant" and "value" in facts
}

START: dict[str, Value] = {
    "application_surface": -1.0,
    "background_colour": 0.0,
    "background_showcolour": True,
    "browser_width": 0.0,
    "browser_height": 0.0,
    "cursor_sprite": -1.0,
    "display_aa": 0.0,
    "font_texture_page_size": 0.0,
    "webgl_enabled": False,
    "view_current": 0.0,
}

SPELLINGS = {"background_color": "background_colour", "background_showcolor": "background_showcolour"}


class ScreenVariables(GamePart):
    """The values of these variables in one game."""

    def __init__(self, rt: Runtime) -> None:
        self.values = dict(START)


def kept(name: str) -> Callable[[Runtime], Value]:
    """The marked getter of a variable that keeps what is assigned to it."""
    slot = SPELLINGS.get(name, name)

    def get(rt: Runtime) -> Value:
        """Keeps what is assigned to it; a run without a screen never changes it."""
        return rt.service(ScreenVariables).values[slot]

    def put(rt: Runtime, value: Value) -> None:
        rt.service(ScreenVariables).values[slot] = value

    get.__name__ = name
    return chapter.variable(get, put)


def of_views(name: str) -> Callable[[Runtime], Value]:
    """The marked getter of a variable that holds an array, a value for each view."""

    def get(rt: Runtime) -> Value:
        """An array with a value for each view of the room."""
        return rt.service(Cameras).values[name]

    def put(rt: Runtime, value: Value) -> None:
        values = rt.service(Cameras).values
        if type(value) is list:
            values[name] = eight(name, value)
        else:
            values[name][0] = value

    get.__name__ = name
    return chapter.variable(get, put)


def eight(name: str, values: list[Value]) -> list[Value]:
    """An array with a value for each view; those that are missing are the usual ones."""
    return values if len(values) >= VIEWS else [*values, *[VIEW_START[name]] * (VIEWS - len(values))]


def view_enabled(rt: Runtime) -> bool:
    """Whether the room shows its views."""
    cameras = rt.service(Cameras)
    return bool(cameras.values) and cameras.is_enabled


def enable_views(rt: Runtime, value: Value) -> None:
    cameras = rt.service(Cameras)
    cameras.is_enabled = bool(cameras.values) and to_bool(value)


chapter.variable(view_enabled, enable_views)

VARIABLES = [*(kept(name) for name in (*START, *SPELLINGS)), *map(of_views, VIEW_START)]
