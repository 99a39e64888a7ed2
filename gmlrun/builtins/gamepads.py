"""Gamepads of software: one is connected when its button is pressed from outside. Manual: Game_Input/GamePad_Input."""

from __future__ import annotations

from gmlrun.builtins.registry import Chapter, Int, Real, String
from gmlrun.engine.input import PADS, Gamepad, Input
from gmlrun.engine.keys import PAD_BUTTONS
from gmlrun.runtime import Runtime
from gmlrun.values.model import Value

chapter = Chapter("Game_Input/GamePad_Input")

AXES = 4
DESCRIPTION = "gmlrun gamepad"


def pad(input: Input, slot: int) -> Gamepad | None:
    """The gamepad in a slot; None for an empty one."""
    return input.pads.get(slot)


@chapter
def gamepad_is_supported(rt: Runtime) -> bool:
    """Whether there can be gamepads: yes, those that are pressed from outside."""
    return True


@chapter
def gamepad_get_device_count(rt: Runtime) -> float:
    """How many slots for gamepads there are."""
    return float(PADS)


@chapter
def gamepad_is_connected(input: Input, device: Int) -> bool:
    """Whether there is a gamepad in a slot."""
    return pad(input, device) is not None


@chapter
def gamepad_enumerate(rt: Runtime) -> None:
    """Does nothing: the list of gamepads is always up to date."""


@chapter
def gamepad_get_description(input: Input, device: Int) -> str:
    """The name of a gamepad; empty for an empty slot."""
    return "" if pad(input, device) is None else DESCRIPTION


@chapter
def gamepad_get_guid(rt: Runtime, device: Int) -> str:
    """The identifier of a gamepad's make: `none`, as these have none."""
    return "none" if 0 <= device < PADS else "device index out of range"


@chapter
def gamepad_get_mapping(rt: Runtime, device: Int) -> str:
    """The mapping of a gamepad's buttons: `no mapping`."""
    return "no mapping" if 0 <= device < PADS else "device index out of range"


@chapter
def gamepad_test_mapping(rt: Runtime, device: Int, mapping_string: String) -> None:
    """Does nothing: the buttons are what they are called."""


@chapter
def gamepad_remove_mapping(rt: Runtime, device: Int) -> None:
    """Does nothing: the buttons are what they are called."""


@chapter
def gamepad_button_count(input: Input, device: Int) -> float:
    """How many buttons a gamepad has."""
    return 0.0 if pad(input, device) is None else float(len(PAD_BUTTONS))


@chapter
def gamepad_axis_count(input: Input, device: Int) -> float:
    """How many axes a gamepad has."""
    return 0.0 if pad(input, device) is None else float(AXES)


@chapter
def gamepad_hat_count(rt: Runtime, device: Int) -> float:
    """How many hats a gamepad has: none."""
    return 0.0


@chapter
def gamepad_hat_value(rt: Runtime, device: Int, hat_index: Int) -> float:
    """The direction in which a hat is pushed: none."""
    return 0.0


@chapter
def gamepad_button_check(input: Input, device: Int, button_index: Int) -> bool:
    """Whether a button of a gamepad is held down."""
    found = pad(input, device)
    return found is not None and button_index in found.down


@chapter
def gamepad_button_check_pressed(input: Input, device: Int, button_index: Int) -> bool:
    """Whether a button of a gamepad went down in this step."""
    found = pad(input, device)
    return found is not None and button_index in found.pressed


@chapter
def gamepad_button_check_released(input: Input, device: Int, button_index: Int) -> bool:
    """Whether a button of a gamepad was let go in this step."""
    found = pad(input, device)
    return found is not None and button_index in found.released


@chapter
def gamepad_button_value(input: Input, device: Int, button_index: Int) -> float:
    """How far a button of a gamepad is pressed, from 0 to 1."""
    return float(gamepad_button_check(input, device, button_index))


@chapter
def gamepad_axis_value(rt: Runtime, device: Int, axis_index: Int) -> float:
    """How far a stick is pushed: 0, as the sticks are at rest."""
    return 0.0


@chapter
def gamepad_get_axis_deadzone(input: Input, device: Int) -> float:
    """How far a stick of a gamepad is to be pushed before that counts."""
    found = pad(input, device)
    return 0.0 if found is None else found.deadzone


@chapter
def gamepad_set_axis_deadzone(input: Input, device: Int, deadzone: Real) -> None:
    """Sets how far a stick of a gamepad is to be pushed before that counts."""
    found = pad(input, device)
    if found is not None:
        found.deadzone = deadzone


@chapter
def gamepad_get_button_threshold(input: Input, device: Int) -> float:
    """How far a button of a gamepad is to be pressed before that counts."""
    found = pad(input, device)
    return 0.0 if found is None else found.threshold


@chapter
def gamepad_set_button_threshold(input: Input, device: Int, threshold: Real) -> None:
    """Sets how far a button of a gamepad is to be pressed before that counts."""
    found = pad(input, device)
    if found is not None:
        found.threshold = threshold


@chapter
def gamepad_set_vibration(
    rt: Runtime, device: Int, left_motor_speed: Real, right_motor_speed: Real, *trigger_speeds: Value
) -> None:
    """Does nothing: the gamepads have no motors."""


@chapter.spelt("gamepad_set_color")
def gamepad_set_colour(rt: Runtime, device: Int, colour: Int) -> None:
    """Does nothing: the gamepads have no lights."""


@chapter
def gamepad_get_option(rt: Runtime, device: Int, option_key: String) -> None:
    """The value of a gamepad's option: undefined, as they have none."""


@chapter
def gamepad_set_option(rt: Runtime, device: Int, option_key: String, option_value: Value) -> None:
    """Does nothing: the gamepads have no options."""
