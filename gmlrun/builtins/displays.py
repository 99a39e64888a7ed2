"""Display, window, surfaces and views, on a machine without a display.

Nothing has a size, no window has the focus, no surface exists. Views keep what the room and the program say of
them. Manual: Cameras_And_Display; Drawing/Surfaces.
"""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Int
from gmlrun.engine.cameras import Cameras
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

display = Chapter("Cameras_And_Display")
window = Chapter("Cameras_And_Display/The_Game_Window")
surface = Chapter("Drawing/Surfaces")
viewport = Chapter("Cameras_And_Display/Cameras_And_Viewports")

DISPLAY: dict[str, Value] = {
    "display_get_width": 0.0,
    "display_get_height": 0.0,
    "display_get_gui_width": 0.0,
    "display_get_gui_height": 0.0,
    "display_get_dpi_x": 0.0,
    "display_get_dpi_y": 0.0,
    "display_get_frequency": 0.0,
    "display_get_orientation": 0.0,
}
WINDOW: dict[str, Value] = {
    "window_get_x": 0.0,
    "window_get_y": 0.0,
    "window_get_width": 0.0,
    "window_get_height": 0.0,
    "window_get_caption": "",
    "window_get_fullscreen": False,
    "window_get_borderless_fullscreen": False,
    "window_get_showborder": False,
    "window_has_focus": False,
}
SURFACE: dict[str, Value] = {
    "surface_exists": False,
    "surface_get_width": -1.0,
    "surface_get_height": -1.0,
    "surface_get_format": -1.0,
    "surface_get_texture": -1.0,
    "surface_has_depth": False,
    "surface_format_is_supported": False,
}
TARGETS: dict[str, Value] = {
    "surface_get_target": -1.0,
    "surface_get_target_depth": -1.0,
    "application_surface_is_enabled": False,
    "application_surface_is_draw_enabled": False,
}
VIEW = ("camera", "hport", "surface_id", "visible", "wport", "xport", "yport")


def named(function: Callable[..., Value], name: str, words: str) -> Callable[..., Value]:
    """A function under its GML name."""
    function.__name__, function.__doc__ = name, words
    return function


def question(name: str, value: Value) -> Callable[..., Value]:
    """A question without arguments, with one answer."""

    def ask() -> Value:
        return value

    return named(ask, name, f"Without a display: {value!r}.")


def question_of_surface(name: str, value: Value) -> Callable[..., Value]:
    """A question about a surface, of which there are none."""

    def ask(surface_id: Value) -> Value:
        return value

    return named(ask, name, f"Without a display there are no surfaces: {value!r}.")


def of_view(cameras: Cameras, name: str, view_port: int) -> list[Value]:
    """The array that holds a property of all views; raises GmlError for a view that no room has."""
    found: list[Value] = cameras.values[f"view_{name}"]
    if not 0 <= view_port < len(found):
        raise GmlError(f"view {view_port} does not exist: views are 0 to {len(found) - 1}")
    return found


def view_getter(name: str) -> Callable[..., Value]:
    """`view_get_…`."""

    def get(rt: Runtime, view_port: Int) -> Value:
        return of_view(rt.service(Cameras), name, view_port)[view_port]

    return named(get, f"view_get_{name}", f"What view_{name} holds for a view.")


def view_setter(name: str) -> Callable[..., Value]:
    """`view_set_…`."""

    def put(rt: Runtime, view_port: Int, value: Value) -> None:
        of_view(rt.service(Cameras), name, view_port)[view_port] = value

    return named(put, f"view_set_{name}", f"Sets what view_{name} holds for a view.")


FUNCTIONS = [
    *(display(question(name, value)) for name, value in DISPLAY.items()),
    *(window(question(name, value)) for name, value in WINDOW.items()),
    *(surface(question_of_surface(name, value)) for name, value in SURFACE.items()),
    *(surface(question(name, value)) for name, value in TARGETS.items()),
    *(viewport(view_getter(name)) for name in VIEW),
    *(viewport(view_setter(name)) for name in VIEW),
]
