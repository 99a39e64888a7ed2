"""A keyboard, a mouse and gamepads made of software: presses go in, tables of keys and their events come out.

What is pressed from outside, or by the program itself, counts from the next frame on. Manual: Game_Input;
The_Asset_Editors/Object_Properties/Mouse_Events.
"""

from __future__ import annotations

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.cameras import Cameras
from gmlrun.engine.events import GESTURE, KEY_PRESS, KEY_RELEASE, KEYBOARD, MOUSE, SYSTEM
from gmlrun.engine.gestures import Gestures
from gmlrun.engine.keys import ANYKEY, BACKSPACE, NOKEY, SIDES, WHEEL, typed_by
from gmlrun.engine.loop import Loop
from gmlrun.engine.world import World
from gmlrun.runtime import GamePart
from gmlrun.space.masks import mask_of
from gmlrun.space.overlaps import meets_point
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gmlrun.engine.input_script import InputAction, Script
    from gmlrun.engine.instances import Instance
    from gmlrun.runtime import Runtime

LONGEST_STRING = 1024
"""How many characters `keyboard_string` holds."""
PADS = 12
"""The slots for gamepads, as on Windows."""
BUTTON_ORDER = (1, 2, 3)
"""The mouse buttons that have events."""
DOWN_EVENTS = {1: 0, 2: 1, 3: 2}
PRESS_EVENTS = {1: 4, 2: 5, 3: 6}
RELEASE_EVENTS = {1: 7, 2: 8, 3: 9}
"""The numbers of Mouse events by their button."""
GLOBAL_DOWN, GLOBAL_PRESS = 50, 49
"""How much higher the numbers of global Mouse events are: those of held buttons, those of all others."""
NO_BUTTON, ENTER, LEAVE = 3, 10, 11
WHEEL_EVENTS = {WHEEL["wheel_up"]: 60, WHEEL["wheel_down"]: 61}


class Buttons:
    """Some buttons: which are held down, and which went down and up in this frame."""

    def __init__(self) -> None:
        self.down: set[int] = set()
        self.pressed: set[int] = set()
        self.released: set[int] = set()
        self.coming: list[tuple[int, bool]] = []
        """The buttons that go down (or up) when the next frame begins."""

    @property
    def is_busy(self) -> bool:
        """Whether the next frame changes anything here."""
        return bool(self.coming or self.pressed or self.released)

    def press(self, button: int) -> None:
        """Holds a button down from the next frame on."""
        self.coming.append((button, True))

    def release(self, button: int) -> None:
        """Lets a button go when the next frame begins."""
        self.coming.append((button, False))

    def begin_frame(self) -> None:
        """Takes in what has been pressed and let go since the last frame."""
        if not self.is_busy:
            return
        self.pressed.clear()
        self.released.clear()
        coming, self.coming = self.coming, []
        for button, is_down in coming:
            self.change(button, is_down)

    def change(self, button: int, is_down: bool) -> None:
        """Presses a button or lets it go; one that is so already does not change."""
        if is_down and button not in self.down:
            self.down.add(button)
            self.pressed.add(button)
        elif not is_down and button in self.down:
            self.down.remove(button)
            self.released.add(button)

    def clear(self, button: int) -> None:
        """Forgets a button until it is pressed again: that it is let go is no event either."""
        for table in (self.down, self.pressed, self.released):
            table.discard(button)

    def clear_all(self) -> None:
        """Forgets all buttons."""
        for table in (self.down, self.pressed, self.released):
            table.clear()


class Keyboard(Buttons):
    """The keyboard: its keys, which other keys they stand for, and what they write."""

    def __init__(self) -> None:
        super().__init__()
        self.map: dict[int, int] = {}
        self.held: dict[int, int] = {}
        """The keys that are held down, with those that they stood for when they were pressed."""
        self.key = self.last_key = NOKEY
        self.last_char = self.string = ""
        self.texts: dict[int, str] = {}
        """The texts that keys write when they go down next, where these are not their own."""

    def type(self, character: str, key: int) -> None:
        """Presses a key that writes this character."""
        self.texts[key] = character
        self.press(key)

    def change(self, button: int, is_down: bool) -> None:
        """A key goes down or up, under the name that it is mapped to; a side's key goes along with the common one."""
        if is_down and button in self.held:
            return
        if is_down:
            self._write(button)
            self.held[button] = self.map.get(button, button)
        key = self.held[button] if is_down else self.held.pop(button, button)
        for each in (key, *([SIDES[key]] if key in SIDES else ())):
            super().change(each, is_down)
        if is_down:
            self.key = self.last_key = key
        elif self.key == key:
            self.key = NOKEY

    def _write(self, key: int) -> None:
        """Change the text that has been typed as a press does."""
        text = self.texts.pop(key, "") or typed_by(key, 16 in self.down)
        if not text or text in "\r\n\t":
            return
        self.last_char = text
        if key == BACKSPACE:
            self.string = self.string[:-1]
        else:
            self.string = (self.string + text)[-LONGEST_STRING:]

    def holds(self, table: Iterable[int], key: int) -> bool:
        """Whether a table has a key; `vk_anykey` is any of them, `vk_nokey` none."""
        if key in (NOKEY, ANYKEY):
            return bool(table) is (key == ANYKEY)
        return key in table

    def clear_all(self) -> None:
        """Forgets all keys and what they have written."""
        super().clear_all()
        self.key = self.last_key = NOKEY
        self.last_char = self.string = ""


class Mouse(Buttons):
    """The mouse: where it is, its buttons and its wheel."""

    def __init__(self) -> None:
        super().__init__()
        self.x = self.y = 0.0
        """In pixels of the window."""
        self.is_there = False
        """Whether it has ever been moved: until then it is over nothing."""
        self.last_button = 0
        self.told_button: int | None = None
        """The value to which the program has set `mouse_button`, until a button goes down or up."""
        self.wheel = Buttons()
        """The wheel, which is turned for one frame."""
        self.over: set[Instance] = set()
        """The instances with an Enter or Leave event that it is over."""

    def move(self, x: float, y: float) -> None:
        """Moves the mouse at once."""
        self.x, self.y, self.is_there = x, y, True

    @property
    def is_busy(self) -> bool:
        """Whether the next frame changes anything here."""
        return super().is_busy or self.wheel.is_busy

    def begin_frame(self) -> None:
        """Takes in what has been pressed, let go and turned since the last frame."""
        super().begin_frame()
        self.wheel.down.clear()
        self.wheel.begin_frame()

    def change(self, button: int, is_down: bool) -> None:
        """Called when a button goes down or up."""
        super().change(button, is_down)
        self.told_button = None
        if is_down:
            self.last_button = button

    @property
    def button(self) -> int:
        """The button that is held down; 0 for none."""
        if self.told_button is not None:
            return self.told_button
        return self.last_button if self.last_button in self.down else min(self.down, default=0)


class Gamepad(Buttons):
    """A gamepad in a slot; its sticks are at rest."""

    def __init__(self) -> None:
        super().__init__()
        self.deadzone, self.threshold = 0.0, 0.5


class Input(GamePart):
    """The keyboard, the mouse and the gamepads of one game, and their events."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.world = rt.service(World)
        self.dispatch = self.world.dispatch
        self.cameras = rt.service(Cameras)
        self.keyboard = Keyboard()
        self.mouse = Mouse()
        self.pads: dict[int, Gamepad] = {}
        self.touch: Callable[[], None] = lambda: None
        """Presses the virtual keys that the mouse touches; set by what has them."""
        self.gestures = rt.service(Gestures)
        self.script: Script | None = None
        """The actions from outside that are still to come."""
        rt.service(Loop).input = self
        for action in rt.settings.input:
            self.perform(action)

    @property
    def is_busy(self) -> bool:
        """Whether frames are needed for it."""
        if self.script is not None and self.script.is_running:
            return True
        devices: tuple[Buttons, ...] = (self.keyboard, self.mouse, *self.pads.values())
        if any(device.is_busy for device in devices):
            return True
        if (self.keyboard.down or self.mouse.down) and self.dispatch.has_event(KEYBOARD, MOUSE, GESTURE):
            return True
        if self.gestures.is_busy:
            return True
        return self.mouse.is_there and bool(self.dispatch.listeners((MOUSE, NO_BUTTON)))

    def perform(self, action: InputAction) -> None:
        """Presses, types or clicks as a player would."""
        if self.script is None:
            from gmlrun.engine.input_script import Script

            self.script = Script(self)
            self.script.begin()
        self.script.add(action)

    def pad(self, slot: int = 0) -> Gamepad:
        """The gamepad of a slot; one that is used for the first time is connected, which is a System event."""
        found = self.pads.get(slot)
        if found is None:
            found = self.pads[slot] = Gamepad()
            facts = {"event_type": "gamepad discovered", "pad_index": float(slot)}
            self.rt.service(AsyncEvents).post(SYSTEM, facts)
        return found

    def clear(self) -> None:
        """`io_clear`: forgets all that is pressed and typed."""
        self.keyboard.clear_all()
        self.mouse.clear_all()
        self.mouse.last_button, self.mouse.told_button = 0, None

    # --------------------------------------------------------------------- frame

    def begin_frame(self) -> None:
        """Brings the tables up to date for a frame that begins."""
        if self.script is not None:
            self.script.advance()
        self.keyboard.begin_frame()
        self.mouse.begin_frame()
        self.touch()
        for pad in self.pads.values():
            pad.begin_frame()

    def run_events(self) -> None:
        """Runs the events of the keyboard and of the mouse."""
        keyboard = self.keyboard
        for type_, table in (
            (KEYBOARD, keyboard.down),
            (KEY_PRESS, keyboard.pressed),
            (KEY_RELEASE, keyboard.released),
        ):
            for key in sorted(table):
                self.dispatch.broadcast((type_, key))
            self.dispatch.broadcast((type_, ANYKEY if table else NOKEY))
        if self.mouse.is_there:
            self._mouse_events()
            if self.dispatch.has_event(GESTURE):
                self.gestures.advance(self)

    def _mouse_events(self) -> None:
        mouse = self.mouse
        tables = ((mouse.down, DOWN_EVENTS), (mouse.pressed, PRESS_EVENTS), (mouse.released, RELEASE_EVENTS))
        for table, numbers in tables:
            for button in BUTTON_ORDER:
                if button in table:
                    self._over_instances(numbers[button])
        if not (mouse.down or mouse.pressed):
            self._over_instances(NO_BUTTON)
        self._enter_and_leave()
        for table, numbers in tables:
            shift = GLOBAL_DOWN if numbers is DOWN_EVENTS else GLOBAL_PRESS
            for button in BUTTON_ORDER:
                if button in table:
                    self.dispatch.broadcast((MOUSE, numbers[button] + shift))
        for button, number in WHEEL_EVENTS.items():
            if button in mouse.wheel.pressed:
                self.dispatch.broadcast((MOUSE, number))

    def _over_instances(self, number: int) -> None:
        """Runs an event in the instances that have it and are below the mouse."""
        event = (MOUSE, number)
        below = [one for one in self.dispatch.listeners(event) if self.is_over(one)]
        if below:
            self.dispatch.run_in(iter(below), event)

    def _enter_and_leave(self) -> None:
        over = self.mouse.over
        for event, was_over in (((MOUSE, ENTER), False), ((MOUSE, LEAVE), True)):
            changed = [
                one for one in self.dispatch.listeners(event) if (one in over) is was_over is not self.is_over(one)
            ]
            if changed:
                self.dispatch.run_in(iter(changed), event)
        listeners = {*self.dispatch.listeners((MOUSE, ENTER)), *self.dispatch.listeners((MOUSE, LEAVE))}
        self.mouse.over = {one for one in listeners if self.is_over(one)}

    def is_over(self, instance: Instance) -> bool:
        """Whether the mouse is over the mask of an instance."""
        return self.covers(instance, *self.room_point())

    def covers(self, instance: Instance, x: float, y: float) -> bool:
        """Whether the mask of an instance has a point of the room."""
        mask = mask_of(instance, number_in(instance, "x"), number_in(instance, "y"))
        return mask is not None and meets_point(mask, self.world.sprites.is_compatible, True, x, y)

    def room_point(self) -> tuple[float, float]:
        """Where the mouse is, in pixels of the room."""
        return self.cameras.to_room(self.mouse.x, self.mouse.y)

    def window_point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the room is in the window."""
        return self.cameras.to_window(x, y)
