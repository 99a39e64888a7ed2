"""The mouse: where it is, its buttons and its wheel. Manual: Game_Input/Mouse_Input; Game_Input/Device_Input."""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter, Int
from gmlrun.engine.input import Input, Mouse
from gmlrun.engine.keys import BUTTONS, WHEEL
from gmlrun.runtime import Runtime
from gmlrun.values.conversions import to_int
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Set

chapter = Chapter("Game_Input/Mouse_Input")
device_chapter = Chapter("Game_Input/Device_Input")
display = Chapter("Cameras_And_Display")
window = Chapter("Cameras_And_Display/The_Game_Window")

NONE, ANY = 0, -1


def mouse(input: Input) -> Mouse:
    """The game's mouse."""
    return input.mouse


def holds(table: Set[int], button: int) -> bool:
    """Whether a table has a button; `mb_any` is any of them, `mb_none` none."""
    if button in (NONE, ANY):
        return bool(table) is (button == ANY)
    return button in table


@chapter
def mouse_check_button(input: Input, numb: Int) -> bool:
    """Whether a mouse button is held down."""
    return holds(mouse(input).down, numb)


@chapter
def mouse_check_button_pressed(input: Input, numb: Int) -> bool:
    """Whether a mouse button went down in this step."""
    return holds(mouse(input).pressed, numb)


@chapter
def mouse_check_button_released(input: Input, numb: Int) -> bool:
    """Whether a mouse button was let go in this step."""
    return holds(mouse(input).released, numb)


@chapter
def mouse_clear(input: Input, button: Int) -> bool:
    """Forgets a mouse button until it is let go and pressed again; returns whether there is such a button."""
    known = BUTTONS.values() if button == ANY else [button]
    for each in known:
        mouse(input).clear(each)
    return button == ANY or button in BUTTONS.values()


@chapter
def mouse_wheel_up(input: Input) -> bool:
    """Whether the mouse wheel is turned up in this step."""
    return WHEEL["wheel_up"] in mouse(input).wheel.pressed


@chapter
def mouse_wheel_down(input: Input) -> bool:
    """Whether the mouse wheel is turned down in this step."""
    return WHEEL["wheel_down"] in mouse(input).wheel.pressed


# ------------------------------------------------------------------- variables


def mouse_x(rt: Runtime) -> float:
    """Where the mouse is in the room, from the left."""
    return rt.service(Input).room_point()[0]


def mouse_y(rt: Runtime) -> float:
    """Where the mouse is in the room, from the top."""
    return rt.service(Input).room_point()[1]


def mouse_button(rt: Runtime) -> float:
    """The mouse button that is held down; `mb_none` for none."""
    return float(mouse(rt.service(Input)).button)


def mouse_lastbutton(rt: Runtime) -> float:
    """The mouse button that was pressed last."""
    return float(mouse(rt.service(Input)).last_button)


def set_button(rt: Runtime, value: Value) -> None:
    mouse(rt.service(Input)).told_button = to_int(value)


def set_last_button(rt: Runtime, value: Value) -> None:
    mouse(rt.service(Input)).last_button = to_int(value)


chapter.variable(mouse_x)
chapter.variable(mouse_y)
chapter.variable(mouse_button, set_button)
chapter.variable(mouse_lastbutton, set_last_button)


# --------------------------------------------------------------------- devices


@device_chapter
def device_mouse_check_button(input: Input, device: Int, button: Int) -> bool:
    """Whether a mouse button is held down; device 0 is the mouse, and the only one."""
    return holds(mouse(input).down if device == 0 else frozenset(), button)


@device_chapter
def device_mouse_check_button_pressed(input: Input, device: Int, button: Int) -> bool:
    """Whether a mouse button of a device went down in this step."""
    return holds(mouse(input).pressed if device == 0 else frozenset(), button)


@device_chapter
def device_mouse_check_button_released(input: Input, device: Int, button: Int) -> bool:
    """Whether a mouse button of a device was let go in this step."""
    return holds(mouse(input).released if device == 0 else frozenset(), button)


@device_chapter
def device_mouse_dbclick_enable(rt: Runtime, enable: Bool) -> None:
    """Does nothing: there is no touch screen."""


@device_chapter
def device_mouse_x(rt: Runtime, device: Int) -> float:
    """Where a device points to in the room, from the left; 0 for any but the mouse."""
    return mouse_x(rt) if device == 0 else 0.0


@device_chapter
def device_mouse_y(rt: Runtime, device: Int) -> float:
    """Where a device points to in the room, from the top; 0 for any but the mouse."""
    return mouse_y(rt) if device == 0 else 0.0


@device_chapter
def device_mouse_raw_x(input: Input, device: Int) -> float:
    """Where a device points to in the window, from the left."""
    return mouse(input).x if device == 0 else 0.0


@device_chapter
def device_mouse_raw_y(input: Input, device: Int) -> float:
    """Where a device points to in the window, from the top."""
    return mouse(input).y if device == 0 else 0.0


@device_chapter
def device_mouse_x_to_gui(input: Input, device: Int) -> float:
    """Where a device points to on the GUI layer, from the left; the layer has the size of the window."""
    return mouse(input).x if device == 0 else 0.0


@device_chapter
def device_mouse_y_to_gui(input: Input, device: Int) -> float:
    """Where a device points to on the GUI layer, from the top; the layer has the size of the window."""
    return mouse(input).y if device == 0 else 0.0


@device_chapter
def device_is_keypad_open(rt: Runtime) -> bool:
    """Whether the device has a keypad that is open: never."""
    return False


@device_chapter
def device_get_tilt_x(rt: Runtime) -> float:
    """How far the device is tilted: 0."""
    return 0.0


@device_chapter
def device_get_tilt_y(rt: Runtime) -> float:
    """How far the device is tilted: 0."""
    return 0.0


@device_chapter
def device_get_tilt_z(rt: Runtime) -> float:
    """How far the device is tilted: 0."""
    return 0.0


# ---------------------------------------------------------------------- window


@display
def display_mouse_get_x(input: Input) -> float:
    """Where the mouse is on the display, from the left: the window lies in the corner."""
    return mouse(input).x


@display
def display_mouse_get_y(input: Input) -> float:
    """Where the mouse is on the display, from the top: the window lies in the corner."""
    return mouse(input).y


@display
def display_mouse_set(input: Input, x: Int, y: Int) -> None:
    """Moves the mouse to a place of the display."""
    mouse(input).move(float(x), float(y))


@window
def window_mouse_get_x(input: Input) -> float:
    """Where the mouse is in the window, from the left."""
    return mouse(input).x


@window
def window_mouse_get_y(input: Input) -> float:
    """Where the mouse is in the window, from the top."""
    return mouse(input).y


@window
def window_mouse_set(input: Input, x: Int, y: Int) -> None:
    """Moves the mouse to a place of the window."""
    mouse(input).move(float(x), float(y))


@window
def window_mouse_get_delta_x(rt: Runtime) -> float:
    """How far a locked mouse has been moved: 0, as it is never locked."""
    return 0.0


@window
def window_mouse_get_delta_y(rt: Runtime) -> float:
    """How far a locked mouse has been moved: 0, as it is never locked."""
    return 0.0


@window
def window_mouse_get_locked(rt: Runtime) -> bool:
    """Whether the mouse is locked to the window: never."""
    return False
