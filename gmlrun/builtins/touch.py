"""Virtual keys, and the settings of gestures. Manual: Game_Input."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Int, Real
from gmlrun.engine.gestures import USUAL, GestureSettings
from gmlrun.engine.virtual_keys import VirtualKey, VirtualKeys
from gmlrun.runtime import Runtime
from gmlrun.values.conversions import to_bool, to_real
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

virtual = Chapter("Game_Input/Virtual_Keys_And_Keyboards")
gestures = Chapter("Game_Input/Gesture_Input")


@virtual
def virtual_key_add(virtual_keys: VirtualKeys, x: Real, y: Real, w: Real, h: Real, keycode: Int) -> Real:
    """Makes an area of the window press a key while the mouse is held down there; returns its number."""
    return virtual_keys.add(VirtualKey(x, y, w, h, keycode))


@virtual
def virtual_key_delete(virtual_keys: VirtualKeys, index: Int) -> None:
    """Forgets a virtual key."""
    virtual_keys.delete(index)


@virtual
def virtual_key_show(virtual_keys: VirtualKeys, index: Int) -> None:
    """Would draw a virtual key: kept, as nothing is drawn."""
    show(virtual_keys, index, True)


@virtual
def virtual_key_hide(virtual_keys: VirtualKeys, index: Int) -> None:
    """Would draw a virtual key no longer: kept, as nothing is drawn."""
    show(virtual_keys, index, False)


def show(virtual_keys: VirtualKeys, index: int, is_shown: bool) -> None:
    """Notes whether a virtual key is to be drawn."""
    found = virtual_keys.all.get(index)
    if found is not None:
        found.is_shown = is_shown


# ---------------------------------------------------------------------- gestures

SETTINGS = {
    "double_tap_distance": "How many inches apart two taps may be for a double tap",
    "double_tap_time": "How many seconds apart two taps may be for a double tap",
    "drag_distance": "How many inches a finger moves before it drags further",
    "drag_time": "How many seconds a finger is down before it drags",
    "flick_speed": "How many inches a second a finger moves for a flick",
    "pinch_angle_away": "Within how many degrees two fingers move apart for a pinch",
    "pinch_angle_towards": "Within how many degrees two fingers move together for a pinch",
    "pinch_distance": "How many inches two fingers move for a pinch",
    "rotate_angle": "How many degrees two fingers turn for a rotation",
    "rotate_time": "How many seconds two fingers are down before they rotate",
    "tap_count": "Whether taps are counted: each is an event at once, and a double tap one more",
}
"""The settings of gestures in words; those of two fingers are kept and read back."""


def getter(name: str, words: str) -> Callable[..., Value]:
    """The function that reads a setting."""

    def get(rt: Runtime) -> Value:
        return rt.service(GestureSettings).values[name]

    get.__name__, get.__doc__ = f"gesture_get_{name}", f"{words}."
    return get


def setter(name: str, usual: Value, words: str) -> Callable[..., Value]:
    """The function that sets a setting."""
    convert: Callable[[Value], Value] = to_bool if isinstance(usual, bool) else to_real

    def put(rt: Runtime, value: Value) -> None:
        rt.service(GestureSettings).values[name] = convert(value)

    put.__name__, put.__doc__ = f"gesture_{name}", f"Sets: {words[0].lower()}{words[1:]}."
    return put


FUNCTIONS = [
    *(gestures(getter(name, words)) for name, words in SETTINGS.items()),
    *(gestures(setter(name, USUAL[name], words)) for name, words in SETTINGS.items()),
]
