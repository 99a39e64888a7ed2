"""Presses from outside: `KEY@FRAME`, a text or an object to click go in, presses at their frames come out.

What has no frame waits for what stands before it, and a click for an instance to be there. This is how somebody
starts a server that waits behind a menu.
"""

from __future__ import annotations

import re
from bisect import insort
from operator import itemgetter

from gmlrun.engine.keys import BUTTONS, PACKET, PAD_BUTTONS, WHEEL, all_names, key_named, key_of
from gmlrun.lean import NamedTuple
from gmlrun.space.masks import box_of
from gmlrun.suggestions import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from gmlrun.engine.input import Buttons, Input
    from gmlrun.engine.instances import Instance
    from gmlrun.values.model import Value

AT_FRAME = re.compile(r"(.*)@(\d+)(?:-(\d+))?", re.DOTALL)
POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")
NAME = re.compile(r"([^\W\d]\w*)(?::([1-9]\d*))?")
"""An object, and which of its instances, the oldest being 1."""
PATIENCE = 10.0
"""Seconds that a click without a frame waits for an instance to be there."""
GRID = 16
LINES = range(1, GRID)
"""Where a mask is looked for that does not have the middle of its box."""
FIRST = 2
"""The frame in which what has no frame begins, so that the room is there and has had a step."""


class InputAction(NamedTuple):
    """One press, text or click; `first` is its frame (None: its turn), `last` the frame in which it is let go."""

    kind: str
    what: str
    first: int | None = None
    last: int | None = None

    @property
    def place(self) -> tuple[float, float] | None:
        """The point to click; None where an object is to be clicked."""
        found = POINT.fullmatch(self.what)
        return (float(found[1]), float(found[2])) if found else None

    @property
    def target(self) -> tuple[str, int]:
        """The object to click, and which of its instances."""
        found = NAME.fullmatch(self.what)
        return (found[1], int(found[2] or 1)) if found else (self.what, 1)


def timed(kind: str, text: str) -> InputAction:
    """An action as it is written: `WHAT`, `WHAT@FRAME`, or `WHAT@FRAME-FRAME` to hold it so long."""
    found = AT_FRAME.fullmatch(text)
    if found is None:
        if "@" in text and kind != "type":
            raise ValueError("expected the number of a frame behind @, as in enter@60 or enter@60-90")
        return InputAction(kind, text)
    first, last = int(found[2]), int(found[3]) if found[3] else None
    if last is not None and last <= first:
        raise ValueError(f"expected a later frame behind {first}, as in {found[1]}@{first}-{first + 30}")
    return InputAction(kind, found[1], first, last)


def press(text: str) -> InputAction:
    """`KEY[@FRAME[-FRAME]]`; raises ValueError for a key that there is not."""
    action = timed("press", text)
    if button_named(action.what) is None:
        hint = did_you_mean(action.what.lower(), [name for name in all_names() if button_named(name) is not None])
        raise ValueError(f"expected a key ({hint or 'a letter, a digit, enter, space, f1, mb_right, gp_start'})")
    return action


def typing(text: str) -> InputAction:
    """`TEXT[@FRAME]`."""
    return timed("type", text)


def click(text: str) -> InputAction:
    """`OBJECT[:N][@FRAME]` or `X,Y[@FRAME]`; raises ValueError for what is neither."""
    action = timed("click", text)
    if action.place is None and not NAME.fullmatch(action.what):
        raise ValueError("expected an object or a point, as in obj_host or 320,180")
    return action


def button_named(name: str) -> tuple[str, int] | None:
    """The device and the number of what is pressed by a name; None for nothing."""
    plain = name.lower()
    for device, table in (("mouse", BUTTONS), ("wheel", WHEEL), ("pad", PAD_BUTTONS)):
        if plain in table:
            return device, table[plain]
    key = key_named(name)
    return ("keyboard", key) if key is not None and key > 1 else None


class Script:
    """The actions that are still to be done, each a generator that is resumed once a frame.

    There is one mouse: a click waits until the one before it has pressed.
    """

    def __init__(self, input: Input) -> None:
        self.input = input
        self.rt = input.rt
        self.turns: list[InputAction] = []
        """The actions without a frame, in their order."""
        self.running: list[tuple[int, Iterator[None]]] = []
        """The actions that have a frame, the earliest first."""
        self.current: Iterator[None] | None = None
        """The action without a frame that has its turn."""
        self.is_aimed = False
        """Whether the mouse is where a click needs it, and has not pressed yet."""
        self.held_until = 0
        """The frame until which a click holds the button down."""

    @property
    def is_running(self) -> bool:
        """Whether anything is left to be done."""
        return bool(self.turns or self.running or self.current is not None)

    @property
    def frame(self) -> int:
        """How many frames there have been."""
        from gmlrun.engine.loop import Loop

        return self.rt.service(Loop).frames

    def add(self, action: InputAction) -> None:
        """Schedules an action for its frame, or behind all those that wait for their turn."""
        if action.first is None:
            self.turns.append(action)
        else:
            insort(self.running, (action.first, self._at(action, action.first)), key=itemgetter(0))

    def begin(self) -> None:
        """Lets the actions without a frame wait for the first step."""
        self.current = self._until(FIRST)

    def advance(self) -> None:
        """Does what belongs to the frame that begins."""
        self.running = [each for each in self.running if goes_on(each[1])]
        if self.current is not None and goes_on(self.current):
            return
        self.current = None
        if self.turns:
            self.current = ACTIONS[self.turns[0].kind](self, self.turns.pop(0))
            if not goes_on(self.current):
                self.current = None

    # ------------------------------------------------------------------- actions

    def _until(self, frame: int) -> Iterator[None]:
        while self.frame < frame:
            yield

    def _at(self, action: InputAction, frame: int) -> Iterator[None]:
        """An action at its frame; a click moves the mouse the frame before."""
        yield from self._until(frame - 1 if action.kind == "click" else frame)
        yield from ACTIONS[action.kind](self, action)

    def press(self, action: InputAction) -> Iterator[None]:
        """Presses a key or button, and lets it go in the next frame, or in the one that was asked for."""
        found = button_named(action.what)
        assert found is not None
        self.say(f"press {action.what}")
        device, number = found
        buttons = self._buttons(device)
        if device == "pad":
            yield  # the game hears of the gamepad first
        buttons.press(number)
        yield
        yield from self._until(action.last or 0)
        if device != "wheel":
            buttons.release(number)
            yield

    def _buttons(self, device: str) -> Buttons:
        made: dict[str, Callable[[], Buttons]] = {
            "keyboard": lambda: self.input.keyboard,
            "mouse": lambda: self.input.mouse,
            "wheel": lambda: self.input.mouse.wheel,
            "pad": self.input.pad,
        }
        return made[device]()

    def type(self, action: InputAction) -> Iterator[None]:
        """Types a text, a character a frame."""
        self.say(f'type "{action.what}"')
        for character in action.what:
            key = key_of(character) or PACKET
            self.input.keyboard.type(character, key)
            yield
            self.input.keyboard.release(key)
        yield

    def click(self, action: InputAction) -> Iterator[None]:
        """Moves the mouse, and presses and lets go its left button in the next two frames, unless it is held down."""
        while self.is_aimed:
            yield
        place = action.place
        if place is None:
            found = yield from self._instance(action)
            if found is None:
                return
            place = self.spot(found)
        self.input.mouse.move(*self.input.window_point(*place))
        is_held = self.frame < self.held_until
        where = "" if action.place else " at {:g},{:g}".format(*place)
        self.say(f"{'drag to' if is_held else 'click'} {action.what}{where}")
        if is_held:
            return
        self.is_aimed, self.held_until = True, action.last or 0
        if action.first is None or self.frame < action.first:
            yield
        self.input.mouse.press(BUTTONS["mb_left"])
        yield
        self.is_aimed = False
        yield from self._until(action.last or 0)
        self.input.mouse.release(BUTTONS["mb_left"])
        yield

    def _instance(self, action: InputAction) -> Generator[None, None, Instance | None]:
        """The instance to click; without a frame of its own the click waits for one to be there."""
        from gmlrun.engine.loop import Loop

        latest = self.frame + (PATIENCE * self.rt.service(Loop).speed if action.first is None else 0)
        while True:
            found = self.target(*action.target)
            if found is not None or self.frame >= latest:
                break
            yield
        if found is None:
            self.rt.log(f"warning: {self._missing(action)}")
        return found

    def target(self, name: str, number: int) -> Instance | None:
        """The N-th active instance of an object, or the instance of the room that has that name."""
        value: Value = self.rt.assets.get(name)
        world = self.input.world
        found = world.object_of(value)
        if found is None:
            named = world.instance(value)
            return None if named is None or named.__inactive__ else named
        instances = world.targets(found, None, None)
        return instances[number - 1] if len(instances) >= number else None

    def _missing(self, action: InputAction) -> str:
        """The words on a click on an object of which there is no instance."""
        from gmlrun.engine.rooms import Rooms

        room = self.rt.service(Rooms).current
        when = f"in frame {self.frame}" if action.first is not None else f"after {PATIENCE:g} seconds"
        there = sorted({one.__object__.name for one in self.input.world.instances.values()})
        place = f"{room.name} holds {', '.join(there) or 'no instances'}" if room is not None else "there is no room"
        return f"click {action.what}: there is no instance of it {when}; {place}"

    def spot(self, instance: Instance) -> tuple[float, float]:
        """Where to click an instance: in the middle of its box, or where its mask has a point at all."""
        left, top, right, bottom = box_of(instance)
        middle = (left + right) / 2, (top + bottom) / 2
        grid = [(left + (right - left) * x / GRID, top + (bottom - top) * y / GRID) for y in LINES for x in LINES]
        return next((point for point in (middle, *grid) if self.input.covers(instance, *point)), middle)

    def say(self, what: str) -> None:
        """Tells what is pressed, and when."""
        self.rt.log(f"frame {self.frame}: {what}")


def goes_on(steps: Iterator[None]) -> bool:
    """Resumes an action that takes several steps; returns whether it has more of them."""
    try:
        next(steps)
    except StopIteration:
        return False
    return True


ACTIONS: dict[str, Callable[[Script, InputAction], Iterator[None]]] = {
    "press": Script.press,
    "type": Script.type,
    "click": Script.click,
}
