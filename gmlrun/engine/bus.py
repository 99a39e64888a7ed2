"""Messages between rooms on several machines: they go in and out on channels, through whatever carries them.

Without a carrier (`--redis`) a message reaches the program's own subscribers, so that a program runs alone as it is.
"""

from __future__ import annotations

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.loop import Loop
from gmlrun.engine.world import World
from gmlrun.runtime import GamePart

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from gmlrun.runtime import Runtime


class Bus(GamePart):
    """The channels of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.world = rt.service(World)
        self.subscribers: dict[str, list[tuple[Any, Any, Any]]] = {}
        """By channel: a function, and the self and other that it was given with."""
        self.carry: Callable[[str, str], bool] = self._carry_here
        """Takes a channel and a message away; False where there is no room for it."""
        self.tune: Callable[[str, bool], None] | None = None
        """Is told of a channel that is listened to, or no longer; None where nothing comes from elsewhere."""

    def subscribe(self, channel: str, function: Any, self_: Any, other: Any) -> None:
        """Calls a function with each message of a channel from now on."""
        listening = self.subscribers.setdefault(channel, [])
        listening.append((function, self_, other))
        if self.tune is not None and len(listening) == 1:
            self.rt.service(AsyncEvents).expected += 1
            self.tune(channel, True)

    def unsubscribe(self, channel: str) -> None:
        """Calls nothing of a channel any more."""
        if self.subscribers.pop(channel, None) and self.tune is not None:
            self.rt.service(AsyncEvents).expected -= 1
            self.tune(channel, False)

    def deliver(self, channel: str, message: str) -> None:
        """A message has arrived; for the thread that runs the game."""
        for function, self_, other in list(self.subscribers.get(channel, ())):
            self.world.dispatch.guard(self.rt.call, function, self_, other, message, channel)

    def _carry_here(self, channel: str, message: str) -> bool:
        self.rt.service(Loop).call_soon(lambda: self.deliver(channel, message))
        return True


class Engine(GamePart):
    """The game's reports to the engine that runs it among many game servers (`--agones`)."""

    def __init__(self, rt: Runtime) -> None:
        self.ask: Callable[[str, Mapping[str, str]], bool] = lambda what, facts: False
        """Takes a wish and its facts; False where no engine runs the game."""
