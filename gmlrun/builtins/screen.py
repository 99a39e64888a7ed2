"""What a game's project names of screen and input: constants with their values, variables that only keep theirs.

A run without a screen never changes these variables; what the program assigns it reads back. Manual:
Cameras_And_Display, Game_Input, Drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gmlrun.builtins.registry import Chapter
from gmlrun.builtins.table import known_names
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.rooms import Room, Rooms

chapter = Chapter("Cameras_And_Display")

CONSTANTS: dict[str, Any] = {
    name: float(facts["value"])
    for name, facts in known_names().items()
    if facts["level"] == "gui" and facts["kind"] == "constant" and "value" in facts
}

VIEWS = 8
"""A room has that many views; their variables are arrays."""

START: dict[str, Any] = {
    "application_surface": -1.0,
    "background_colour": 0.0,
    "background_showcolour": True,
    "browser_width": 0.0,
    "browser_height": 0.0,
    "cursor_sprite": -1.0,
    "display_aa": 0.0,
    "font_texture_page_size": 0.0,
    "webgl_enabled": False,
    "view_enabled": False,
    "view_current": 0.0,
}

VIEW_START: dict[str, Any] = {
    "view_visible": False,
    "view_camera": -1.0,
    "view_object": -4.0,
    "view_surface_id": -1.0,
    **dict.fromkeys(("view_xport", "view_yport", "view_wport", "view_hport"), 0.0),
    **dict.fromkeys(("view_xview", "view_yview", "view_wview", "view_hview"), 0.0),
    **dict.fromkeys(("view_hborder", "view_vborder", "view_hspeed", "view_vspeed", "view_angle"), 0.0),
}

SPELLINGS = {"background_color": "background_colour", "background_showcolor": "background_showcolour"}


class Screen:
    """What these variables hold in one game; those of views begin anew with each room."""

    def __init__(self, rt: Runtime) -> None:
        self.rooms = rt.service(Rooms)
        self.room: Room | None = None
        self.current = START | {name: [value] * VIEWS for name, value in VIEW_START.items()}

    @property
    def values(self) -> dict[str, Any]:
        """The variables in the current room."""
        if self.room is not self.rooms.current:
            self.room = self.rooms.current
            self.current |= {name: self._views(name, value) for name, value in VIEW_START.items()}
        return self.current

    def _views(self, name: str, usual: Any) -> list[Any]:
        ports = self.room.views if self.room is not None else ()
        return [*(port.get(name, usual) for port in ports[:VIEWS]), *[usual] * (VIEWS - len(ports))]


def kept(name: str) -> Callable[[Runtime], Any]:
    """The marked getter of a variable that keeps what is assigned to it."""
    slot = SPELLINGS.get(name, name)

    def get(rt: Runtime) -> Any:
        """Keeps what is assigned to it; a run without a screen never changes it."""
        return rt.service(Screen).values[slot]

    def put(rt: Runtime, value: Any) -> None:
        rt.service(Screen).values[slot] = value

    get.__name__ = name
    return chapter.variable(get, put)


VARIABLES = [kept(name) for name in (*START, *VIEW_START, *SPELLINGS)]
