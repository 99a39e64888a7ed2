"""All that a long-running server can have around it, as the options want it: a game goes in, a service comes out."""

from __future__ import annotations

import os
import socket
from typing import Any

from gmlrun.game import Game
from gmlrun.service.control import Control
from gmlrun.service.draining import Drain
from gmlrun.service.pulse import Pulse
from gmlrun.service.systemd import Systemd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions

NOTIFY = "NOTIFY_SOCKET"


class Service:
    """One game and what is around it; raises UsageError for what cannot be had."""

    def __init__(self, game: Game, options: CommandOptions) -> None:
        self.game = game
        self.drain = Drain(game, options.drain_timeout or 0.0)
        self.pulse = Pulse(self.drain.loop)
        self.status = None if options.status is None else self._status(options)
        self.systemd: Systemd | None = None
        if os.environ.get(NOTIFY) and hasattr(socket, "AF_UNIX"):
            self.systemd = Systemd(game, self.drain, self.pulse)
        self.parts: list[Any] = []
        """Parts with `open` and `close` that run in threads beside the game."""
        if options.redis:
            from gmlrun.service.redis_bus import RedisBus

            self.parts.append(RedisBus(game, options.redis))
        if options.agones:
            from gmlrun.service.agones import Agones

            self.parts.append(Agones(game, self.pulse))
        self.control = None if options.no_control else Control(game, self.drain, options.control)

    def _status(self, options: CommandOptions) -> Any:
        from gmlrun.service.access import read_token
        from gmlrun.service.status import Status, Watched

        token = None if options.status_token is None else read_token(options.status_token)
        address, port = options.status
        return Status(Watched(self.game, self.drain, self.pulse), address, port, token)

    def open(self) -> None:
        """Begins what is around the game."""
        for part in self.parts:
            part.open()
        if self.status is not None:
            self.status.open()
        if self.control is not None:
            self.control.prepare()

    def close(self) -> None:
        """Ends what is around the game."""
        for part in self.parts:
            part.close()
        if self.systemd is not None:
            self.systemd.close()
        if self.status is not None:
            self.status.close()
        if self.control is not None:
            self.control.close()
