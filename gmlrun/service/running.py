"""All that a long-running server can have around it, as the options want it: a game goes in, a service comes out."""

from __future__ import annotations

from typing import Any

from gmlrun.game import Game
from gmlrun.service.control import Control
from gmlrun.service.draining import Drain


class Service:
    """One game and what is around it; raises UsageError for what cannot be had."""

    def __init__(self, game: Game, options: Any) -> None:
        self.game = game
        self.drain = Drain(game, options.drain_timeout or 0.0)
        self.control = None if options.no_control else Control(game, self.drain, options.control)

    def open(self) -> None:
        """Begins what is around the game."""
        if self.control is not None:
            self.control.prepare()

    def close(self) -> None:
        """Ends what is around the game."""
        if self.control is not None:
            self.control.close()
