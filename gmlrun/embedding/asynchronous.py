"""A game on an asyncio loop: the game's sockets and its clock go in, turns of the game between other tasks come out."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gmlrun.embedding.game import Game

LONGEST = 1.0
"""Seconds: a game that nothing wakes looks whether its network has come into being."""
BETWEEN_LOOKS = 0.01
"""Seconds between two looks at sockets that the loop cannot watch, as on Windows."""


async def run_on_loop(game: Game) -> int:
    """Runs a game to its end on the running loop; returns its exit code."""
    game.start()
    waiter = Waiter(game)
    try:
        while game.loop.goes_on():
            await waiter.wait()
            game.turn_now()
        return game.loop.ending or 0
    finally:
        waiter.close()
        await game.close_async()


class Waiter:
    """Waits until the game has something to do: its sockets are ready, a frame is due, or somebody calls."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.running = asyncio.get_running_loop()
        self.ready = asyncio.Event()
        self.descriptor = -1

    async def wait(self) -> None:
        """Sleeps; other tasks run at least once meanwhile."""
        network = self.game.runner.rt.network
        self._watch(network.descriptor())
        timeout = network.patience(self.game.loop.patience())
        self.ready.clear()
        if timeout is not None and timeout <= 0.0:
            await asyncio.sleep(0)
            return
        if self.descriptor < 0:
            longest = BETWEEN_LOOKS if network.any_open else LONGEST
            timeout = longest if timeout is None else min(timeout, longest)
            self.game.loop.on_call = self._called
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.ready.wait(), timeout)

    def _called(self) -> None:
        """Another thread has something for a game without sockets."""
        self.running.call_soon_threadsafe(self.ready.set)

    def _watch(self, descriptor: int) -> None:
        """Asks the event loop to watch the game's sockets, all of them by the one descriptor of their selector."""
        if descriptor != self.descriptor:
            self.close()
            self.descriptor = descriptor
            if descriptor >= 0:
                self.running.add_reader(descriptor, self.ready.set)

    def close(self) -> None:
        """Takes the sockets back from the loop."""
        if self.descriptor >= 0:
            self.running.remove_reader(self.descriptor)
            self.descriptor = -1
