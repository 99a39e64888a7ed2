"""The keyboard: which keys are down, pressed and released, what has been typed. Manual: Game_Input/Keyboard_Input."""

from __future__ import annotations

from gmlrun.builtins.registry import Bool, Chapter, Int
from gmlrun.engine.input import Input, Keyboard
from gmlrun.runtime import Runtime
from gmlrun.values.conversions import to_int
from gmlrun.values.model import Value
from gmlrun.values.text import string_of

chapter = Chapter("Game_Input/Keyboard_Input")
virtual = Chapter("Game_Input/Virtual_Keys_And_Keyboards")


def keyboard(input: Input) -> Keyboard:
    """The game's keyboard."""
    return input.keyboard


@chapter
def io_clear(input: Input) -> None:
    """Forgets all keys and buttons that are pressed, and what has been typed."""
    input.clear()


@chapter
def keyboard_check(input: Input, key: Int) -> bool:
    """Whether a key is held down."""
    keys = keyboard(input)
    return keys.holds(keys.down, key)


@chapter
def keyboard_check_direct(input: Input, key: Int) -> bool:
    """Whether a key is held down: the same as `keyboard_check`, as there is no hardware."""
    keys = keyboard(input)
    return keys.holds(keys.down, key)


@chapter
def keyboard_check_pressed(input: Input, key: Int) -> bool:
    """Whether a key went down in this step."""
    keys = keyboard(input)
    return keys.holds(keys.pressed, key)


@chapter
def keyboard_check_released(input: Input, key: Int) -> bool:
    """Whether a key was let go in this step."""
    keys = keyboard(input)
    return keys.holds(keys.released, key)


@chapter
def keyboard_clear(input: Input, key: Int) -> None:
    """Forgets a key until it is let go and pressed again."""
    keyboard(input).clear(key)


@chapter
def keyboard_key_press(input: Input, key: Int) -> None:
    """Holds a key down from the next step on."""
    keyboard(input).press(key)


@chapter
def keyboard_key_release(input: Input, key: Int) -> None:
    """Lets a key go when the next step begins."""
    keyboard(input).release(key)


@chapter
def keyboard_set_map(input: Input, key1: Int, key2: Int) -> None:
    """Lets a key stand for another one: presses of the first one are presses of the second."""
    keyboard(input).map[key1] = key2


@chapter
def keyboard_get_map(input: Input, key: Int) -> float:
    """The key that a key stands for; the key itself when it is not mapped."""
    return float(keyboard(input).map.get(key, key))


@chapter
def keyboard_unset_map(input: Input) -> None:
    """Lets all keys stand for themselves again."""
    keyboard(input).map.clear()


@chapter
def keyboard_set_numlock(rt: Runtime, on: Bool) -> None:
    """Does nothing: the keyboard has no lights."""


@chapter
def keyboard_get_numlock(rt: Runtime) -> bool:
    """Whether the number lock is on: never."""
    return False


# ------------------------------------------------------------------- variables


def keyboard_key(rt: Runtime) -> float:
    """The key that is held down, the last one of several; 0 for none."""
    return float(keyboard(rt.service(Input)).key)


def set_key(rt: Runtime, value: Value) -> None:
    keyboard(rt.service(Input)).key = to_int(value)


def keyboard_lastkey(rt: Runtime) -> float:
    """The key that was pressed last."""
    return float(keyboard(rt.service(Input)).last_key)


def set_last_key(rt: Runtime, value: Value) -> None:
    keyboard(rt.service(Input)).last_key = to_int(value)


def keyboard_lastchar(rt: Runtime) -> str:
    """The character that was typed last."""
    return keyboard(rt.service(Input)).last_char


def set_last_char(rt: Runtime, value: Value) -> None:
    keyboard(rt.service(Input)).last_char = string_of(value)


def keyboard_string(rt: Runtime) -> str:
    """The text that has been typed, up to 1024 characters; Backspace takes the last one away."""
    return keyboard(rt.service(Input)).string


def set_string(rt: Runtime, value: Value) -> None:
    keyboard(rt.service(Input)).string = string_of(value)


chapter.variable(keyboard_key, set_key)
chapter.variable(keyboard_lastkey, set_last_key)
chapter.variable(keyboard_lastchar, set_last_char)
chapter.variable(keyboard_string, set_string)


# ------------------------------------------------------------ virtual keyboards


@virtual
def keyboard_virtual_show(
    rt: Runtime,
    keyboard_type: Int,
    return_key_type: Int,
    autocapitalization_type: Int,
    predictive_text_enabled: Bool,
) -> None:
    """Does nothing: there is no screen to show a keyboard on."""


@virtual
def keyboard_virtual_hide(rt: Runtime) -> None:
    """Does nothing: there is no screen to show a keyboard on."""


@virtual
def keyboard_virtual_status(rt: Runtime) -> bool:
    """Whether a keyboard is shown on the screen: never."""
    return False


@virtual
def keyboard_virtual_height(rt: Runtime) -> float:
    """How high the keyboard on the screen is: 0."""
    return 0.0


@virtual
def keyboard_virtual_set_position(rt: Runtime, x: Int, y: Int) -> None:
    """Does nothing: there is no screen to show a keyboard on."""
