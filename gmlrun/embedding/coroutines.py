"""Coroutines of a host that GML calls: one goes in, its result comes out in a callback at a later turn of the game."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gmlrun.embedding.values import Function
from gmlrun.engine.async_events import AsyncEvents
from gmlrun.errors import GmlError

if TYPE_CHECKING:
    from gmlrun.embedding.game import Game


class Tasks:
    """The coroutines that run for one game; the game continues as long as there are any."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.running: set[Any] = set()

    def start(self, coroutine: Any, callback: object) -> None:
        """Runs a coroutine on the running loop; its result goes to the callback, if there is one."""
        import asyncio

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            coroutine.close()
            raise GmlError(f"{coroutine.__name__} needs a game that runs by run_async") from None
        task = loop.create_task(coroutine)
        self.running.add(task)
        self._events().expected += 1
        function = Function(self.game.bridge, callback) if callback is not None else None
        task.add_done_callback(lambda done: self._finished(done, function))

    def cancel(self) -> None:
        """Cancels all coroutines that run."""
        for task in list(self.running):
            task.cancel()

    def _events(self) -> AsyncEvents:
        return self.game.runner.rt.service(AsyncEvents)

    def _finished(self, task: object, function: Function | None) -> None:
        """Hands a coroutine's result, or the words of its error, to GML at the next turn."""
        self.running.discard(task)
        self.game.call_soon(lambda: self._deliver(task, function))

    def _deliver(self, task: Any, function: Function | None) -> None:
        self._events().expected -= 1
        error = None if task.cancelled() else task.exception()
        words = "" if error is None else f"{type(error).__name__}: {error}"
        if function is None:
            if error is not None:
                self.game.warn(f"{task.get_coro().__name__}: {words}")
        elif error is not None:
            function(None, words)
        elif not task.cancelled():
            function(task.result())
