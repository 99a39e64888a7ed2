"""Events by name and number: what `event NAME` and `#event NAME` say, and GameMaker's words for each.

Manual: The_Asset_Editors/Object_Properties/Object_Events; the names are those of the GMEdit editor.
"""

from __future__ import annotations

from gmlrun.lean import pattern

EventNumber = tuple[int, int]

CREATE, DESTROY, ALARM, STEP, COLLISION, OTHER, DRAW, CLEAN_UP, PRE_CREATE = 0, 1, 2, 3, 4, 7, 8, 12, 14
KEYBOARD, MOUSE, KEY_PRESS, KEY_RELEASE, GESTURE = 5, 6, 9, 10, 13
TIMELINE = 15
"""No event of an object: a moment of a timeline."""
NETWORKING, HTTP, SAVE_LOAD, DIALOG, SYSTEM, BROADCAST_MESSAGE = 68, 62, 72, 63, 75, 76
OUTSIDE_ROOM, BOUNDARY, ANIMATION_END, END_OF_PATH, OUTSIDE_VIEW, BOUNDARY_VIEW = 0, 1, 7, 8, 40, 50
GAME_START, GAME_END, ROOM_START, ROOM_END = 2, 3, 4, 5

TYPE_NAMES: dict[str, int] = {
    "create": 0,
    "destroy": 1,
    "alarm": 2,
    "step": 3,
    "collision": 4,
    "keyboard": 5,
    "mouse": 6,
    "other": 7,
    "draw": 8,
    "keypress": 9,
    "keyrelease": 10,
    "trigger": 11,
    "cleanup": 12,
    "gesture": 13,
    "precreate": 14,
}

KEY_TYPES = ("keyboard", "keypress", "keyrelease")
"""The types of events that a key follows: `keypress:enter`."""

OTHER_NAMES: dict[str, int] = {
    "other_outside": 0,
    "other_boundary": 1,
    "other_game_start": 2,
    "other_game_end": 3,
    "other_room_start": 4,
    "other_room_end": 5,
    "other_no_more_lives": 6,
    "other_animation_end": 7,
    "other_end_of_path": 8,
    "other_no_more_health": 9,
    **{f"other_user{n}": 10 + n for n in range(16)},
    "other_close_button": 30,
    **{f"other_outside_view{n}": 40 + n for n in range(8)},
    **{f"other_boundary_view{n}": 50 + n for n in range(8)},
    "other_animation_event": 59,
    "async_image": 60,
    "async_http": 62,
    "async_dialog": 63,
    "async_iap": 66,
    "async_cloud": 67,
    "async_network": 68,
    "async_networking": 68,
    "networking": 68,
    "async_web_networking": 68,
    "async_steam": 69,
    "async_social": 70,
    "async_push_notification": 71,
    "async_save_load": 72,
    "async_audio_recording": 73,
    "async_audio_playback": 74,
    "async_system": 75,
    "other_broadcast_message": 76,
    "async_audio_playback_ended": 80,
}

DRAW_NAMES = {
    "draw": 0,
    "draw_gui": 64,
    "draw_resize": 65,
    "draw_begin": 72,
    "draw_end": 73,
    "draw_gui_begin": 74,
    "draw_gui_end": 75,
    "draw_pre": 76,
    "draw_post": 77,
}

MOUSE_BUTTONS = (
    "left_button",
    "right_button",
    "middle_button",
    "no_button",
    "left_press",
    "right_press",
    "middle_press",
    "left_release",
    "right_release",
    "middle_release",
    "enter",
    "leave",
)

MOUSE_NAMES = {
    **{name: number for number, name in enumerate(MOUSE_BUTTONS)},
    **{f"global_{name}": 50 + n for n, name in enumerate(MOUSE_BUTTONS[:3])},
    **{f"global_{name}": 53 + n for n, name in enumerate(MOUSE_BUTTONS[4:10])},
    "wheel_up": 60,
    "wheel_down": 61,
}

GESTURE_NAMES = (
    "tap",
    "double_tap",
    "drag_start",
    "dragging",
    "drag_end",
    "flick",
    "pinch_start",
    "pinch_in",
    "pinch_out",
    "pinch_end",
    "rotate_start",
    "rotating",
    "rotate_end",
)

EVENT_NAMES: dict[str, EventNumber] = {
    "create": (CREATE, 0),
    "destroy": (DESTROY, 0),
    "cleanup": (CLEAN_UP, 0),
    **{f"alarm{n}": (ALARM, n) for n in range(12)},
    "step": (STEP, 0),
    "step_begin": (STEP, 1),
    "step_end": (STEP, 2),
    **{name: (OTHER, number) for name, number in OTHER_NAMES.items()},
    **{name: (DRAW, number) for name, number in DRAW_NAMES.items()},
    **{f"mouse_{name}": (6, number) for name, number in MOUSE_NAMES.items()},
    **{f"gesture_{name}": (GESTURE, number) for number, name in enumerate(GESTURE_NAMES)},
    **{f"gesture_global_{name}": (GESTURE, 64 + number) for number, name in enumerate(GESTURE_NAMES)},
}

SUFFIXES = {0: "Create", 1: "Destroy", 2: "Alarm", 3: "Step", 4: "Collision", 5: "Keyboard", 6: "Mouse", 7: "Other"}
SUFFIXES |= {8: "Draw", 9: "KeyPress", 10: "KeyRelease", 11: "Trigger", 12: "CleanUp", 13: "Gesture", 14: "PreCreate"}

COLON_FORM = pattern(r"(?:event(\d+)|([a-z]+)):(\w+)")


def event_number_of(name: str) -> EventNumber | None:
    """The type and number of an event as written (`step`, `alarm:3`, `other:68`), None for an unknown name."""
    found = EVENT_NAMES.get(name)
    if found is not None:
        return found
    parts = COLON_FORM.fullmatch(name)
    if parts is None:
        return None
    type_ = int(parts[1]) if parts[1] else TYPE_NAMES.get(parts[2])
    if type_ is None or type_ not in SUFFIXES:
        return None
    number = number_of(type_, parts[3])
    return None if number is None else (type_, number)


def collides_with(name: str) -> str:
    """The name of the object that a Collision event as written is with: `collision:obj_wall`; empty for others."""
    type_, _, other = name.partition(":")
    return other if type_ in ("collision", "event4") and other.isidentifier() else ""


def number_of(type_: int, text: str) -> int | None:
    """The number that stands behind the colon in the name of an event; None for one that there is not."""
    if type_ in (KEYBOARD, KEY_PRESS, KEY_RELEASE):
        from gmlrun.engine.keys import event_key

        return event_key(text)
    return int(text) if text.isdecimal() else None


def entry_suffix(number: EventNumber) -> str:
    """The end of an event's code entry name and file name: `Create_0`, `Other_68`."""
    return f"{SUFFIXES[number[0]]}_{number[1]}"


PICTURE_EVENTS = frozenset(((OTHER, ANIMATION_END), (OTHER, BROADCAST_MESSAGE)))
"""The events for which the pictures of instances have to advance."""
BOUNDARY_EVENTS = tuple(
    (OTHER, number)
    for number in (
        OUTSIDE_ROOM,
        BOUNDARY,
        *range(OUTSIDE_VIEW, OUTSIDE_VIEW + 8),
        *range(BOUNDARY_VIEW, BOUNDARY_VIEW + 8),
    )
)
"""The events of instances that leave the room or a view, or are on its edge."""

OTHER_LABELS = {
    0: "Other Event: Outside Room",
    1: "Other Event: Intersect Boundary",
    2: "Other Event: Game Start",
    3: "Other Event: Game End",
    4: "Other Event: Room Start",
    5: "Other Event: Room End",
    7: "Other Event: Animation End",
    8: "Other Event: End Of Path",
    62: "Async Event: HTTP",
    63: "Async Event: Dialog",
    68: "Async Event: Networking",
    72: "Async Event: Save/Load",
    75: "Async Event: System",
}


def event_label(number: EventNumber) -> str:
    """An event in the words of GameMaker's error messages: `Create Event`, `Step Event0`."""
    type_, subtype = number
    if type_ == OTHER:
        return OTHER_LABELS.get(subtype, f"Other Event {subtype}")
    if type_ == TIMELINE:
        return f"Timeline Moment {subtype}"
    if type_ in (STEP, ALARM):
        return f"{SUFFIXES[type_]} Event{subtype}" if type_ == STEP else f"Alarm Event for alarm {subtype}"
    return f"{SUFFIXES[type_]} Event"
