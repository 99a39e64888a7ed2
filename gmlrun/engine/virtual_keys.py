"""Virtual keys: areas of the window that press a key of the keyboard while the mouse is held down on them.

Manual: Game_Input/Virtual_Keys_And_Keyboards.
"""

from __future__ import annotations

from gmlrun.engine.input import Input
from gmlrun.runtime import GamePart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.engine.input import Keyboard, Mouse
    from gmlrun.runtime import Runtime

LEFT_BUTTON = 1


class VirtualKey:
    """An area of the window and the key that it presses."""

    def __init__(self, x: float, y: float, width: float, height: float, key: int) -> None:
        self.x, self.y, self.width, self.height, self.key = x, y, width, height, key
        self.is_down = self.is_shown = False

    def is_touched(self, mouse: Mouse) -> bool:
        """Whether the left button is held down on it."""
        across, down = mouse.x - self.x, mouse.y - self.y
        return LEFT_BUTTON in mouse.down and 0 <= across < self.width and 0 <= down < self.height

    def turn(self, keyboard: Keyboard, is_down: bool) -> None:
        """Presses its key or lets it go."""
        if is_down is not self.is_down:
            self.is_down = is_down
            keyboard.change(self.key, is_down)


class VirtualKeys(GamePart):
    """The virtual keys of the room that one game is in; they go with it."""

    def __init__(self, rt: Runtime) -> None:
        self.input = rt.service(Input)
        self.all: dict[int, VirtualKey] = {}
        self.next = 0
        self.visit = self.input.cameras.rooms.visits
        self.input.touch = self.touch

    def add(self, key: VirtualKey) -> int:
        """A new one; returns its number."""
        self.touch()
        self.all[self.next] = key
        self.next += 1
        return self.next - 1

    def delete(self, number: int) -> None:
        """Forgets one; its key is let go."""
        found = self.all.pop(number, None)
        if found is not None:
            found.turn(self.input.keyboard, False)

    def touch(self) -> None:
        """Presses and lets go what the mouse touches now; those of an earlier room are gone."""
        if self.visit != self.input.cameras.rooms.visits:
            self.visit = self.input.cameras.rooms.visits
            for number in list(self.all):
                self.delete(number)
        for key in self.all.values():
            key.turn(self.input.keyboard, key.is_touched(self.input.mouse))
