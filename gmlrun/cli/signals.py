"""Signals that end a game in good order: Game End and Clean Up run, what is queued is sent."""

from __future__ import annotations

import os

from gmlrun.lean import signal, suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gmlrun.game import Game

ENDINGS = {"SIGTERM": 0, "SIGINT": 130, "SIGHUP": 0}
"""The exit code of a game that a signal ends."""


def end_on_signals(
    game: Game, on_hangup: Callable[[], None] | None = None, drain: Callable[[], None] | None = None
) -> None:
    """Each of these signals ends the game; the second one ends the process at once.

    `on_hangup` is what SIGHUP does instead, such as a reload; `drain` what the first SIGTERM does, before others end
    the game.
    """

    def handle(number: int, frame: object) -> None:
        for known in numbers:
            signal.signal(known, end_at_once if known == signal.SIGINT else signal.SIG_DFL)
        game.request_end(numbers[number])

    def begin_to_drain(number: int, frame: object) -> None:
        signal.signal(number, handle)
        if drain is not None:
            drain()

    numbers = {getattr(signal, name): code for name, code in ENDINGS.items() if hasattr(signal, name)}
    with suppress(ValueError):  # not on the main thread: the host has the signals
        for number in numbers:
            if number != signal.SIGINT and signal.getsignal(number) == signal.SIG_IGN:
                continue  # as under nohup
            signal.signal(number, handle if drain is None or number != signal.SIGTERM else begin_to_drain)
        game.rt.hears_signals = True
        if game.rt.backend is not None:
            game.rt.backend.hear_signals()
        if on_hangup is not None and hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, lambda number, frame: on_hangup())


def end_at_once(number: int, frame: object) -> None:
    """A second Ctrl-C: nothing more runs."""
    os._exit(ENDINGS["SIGINT"])
