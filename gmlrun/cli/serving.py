"""A program that runs as a service: a loaded game and the options of `run` go in, an exit code comes out.

What no option asks for is not imported, and the control socket is made once the program listens.
"""

from __future__ import annotations

import os

from gmlrun.cli.signals import end_on_signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gmlrun.cli.options import CommandOptions
    from gmlrun.game import Game
    from gmlrun.service.control import Control

WANTED = ("control", "drain_timeout", "status", "agones", "redis")
"""The options that need more than a control socket."""


def run_served(game: Game, options: CommandOptions, on_hangup: Callable[[], None] | None = None) -> int:
    """Runs a game to its end, with what the options ask for around it."""
    if any(getattr(options, name) not in (None, False) for name in WANTED) or os.environ.get("NOTIFY_SOCKET"):
        from gmlrun.service.running import Service

        service = Service(game, options)
        end_on_signals(game, on_hangup, service.drain.request)
        try:
            service.open()
            return game.run()
        finally:
            service.close()
    end_on_signals(game, on_hangup)
    if options.no_control or not hasattr(os, "getuid"):
        return game.run()
    opened: list[Control] = []
    game.rt.on_listening = lambda: open_control(game, opened)
    try:
        return game.run()
    finally:
        for control in opened:
            control.close()


def open_control(game: Game, opened: list[Control]) -> None:
    """Opens the control socket, when the program has opened its first port."""
    if not opened:
        from gmlrun.service.control import Control
        from gmlrun.service.draining import Drain

        opened.append(Control(game, Drain(game)))
        opened[0].open()
