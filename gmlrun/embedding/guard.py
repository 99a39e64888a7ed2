"""Code of a game that runs for its host: a function goes in; its result or a GmlError with its place comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gmlrun.errors import GameEnd, GmlError, GmlThrow, LimitReached
from gmlrun.execution import boundary

if TYPE_CHECKING:
    from gmlrun.embedding.values import Bridge
    from gmlrun.engine.loop import Loop
    from gmlrun.game import Game
    from gmlrun.sandbox.watchdog import Watchdog


class Guard:
    """Runs code of one game within the game's limits, and words its errors for the host."""

    def __init__(self, game: Game, loop: Loop, watchdog: Watchdog, bridge: Bridge) -> None:
        self.game = game
        self.loop = loop
        self.watchdog = watchdog
        self.bridge = bridge

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """Runs a function; the end of the game is noted, and an error is raised as GmlError with place and stack."""
        try:
            return self._watched(function, *args)
        except GameEnd as end:
            self.loop.request_end(end.code if self.loop.ending is None else self.loop.ending)
            return None
        except LimitReached as reached:
            raised = self._public(reached.as_error())
        except Exception as error:
            raised = self._public(error)
        raise raised from raised.__cause__

    def _watched(self, function: Callable[..., Any], *args: Any) -> Any:
        """Runs a function within the limits, which end with it."""
        self.watchdog.enter()
        try:
            try:
                return function(*args)
            finally:
                self.watchdog.settle()
        finally:
            self.watchdog.leave()

    def _public(self, raised: Exception) -> GmlError:
        """An error of the program's as the host gets it."""
        dispatch, error = self.game.world.dispatch, self.game.settled(raised)
        where, dispatch.error_where = dispatch.error_where, ""
        try:
            report = self._watched(boundary.report, error, self.game.texts, where)
        except LimitReached as reached:
            error = reached.as_error()
            report = boundary.report(error, self.game.texts, where)
        made = error if isinstance(error, GmlError) else GmlError(report.message)
        made.report = report
        if isinstance(raised, GmlThrow):
            made.value = self.bridge.to_python(raised.value)
        return made
