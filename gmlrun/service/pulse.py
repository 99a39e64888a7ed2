"""Whether a game's loop turns: a loop goes in, an answer for other threads comes out.

It is asked when somebody wants to know, by a call that the loop makes between two events; nothing is counted meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from gmlrun.engine.loop import Loop

LIMIT = 5.0
"""Seconds that an event may take."""


class Pulse:
    """The pulse of one loop. `on_first_turn` is called by the game's thread when all has begun."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self.on_first_turn: list[Callable[[], None]] = []
        begin = loop.begin

        def begin_and_tell() -> None:
            begin()
            for tell in self.on_first_turn:
                tell()

        loop.begin = begin_and_tell  # type: ignore[method-assign]

    def is_beating(self, patience: float = LIMIT) -> bool:
        """Whether the loop turns within some seconds, for any thread but its own."""
        done = threading.Event()
        self.loop.call_soon(done.set)
        return done.wait(patience)
