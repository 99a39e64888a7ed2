"""Notifications for systemd: a game goes in; that it is ready, that it lives and that it ends goes out.

See sd_notify(3). Without `NOTIFY_SOCKET` in the environment nothing of this is imported.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Mapping

from gmlrun.engine.loop import Loop
from gmlrun.game import Game
from gmlrun.net.threads import begin_thread
from gmlrun.service.draining import Drain
from gmlrun.service.facts import ports_of
from gmlrun.service.pulse import Pulse

MARGIN = 10.0
"""Seconds that the last events and what is queued may take beyond the time for draining."""


class Systemd:
    """Tells systemd about one game."""

    def __init__(self, game: Game, drain: Drain, pulse: Pulse, environment: Mapping[str, str] = os.environ) -> None:
        self.game = game
        self.pulse = pulse
        self.address = environment.get("NOTIFY_SOCKET", "")
        is_mine = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        limit = environment.get("WATCHDOG_USEC", "")
        self.interval = int(limit) / 2e6 if is_mine and limit.isdecimal() else 0.0
        """Seconds between two signs of life; 0 where none are wanted."""
        self.is_over = threading.Event()
        pulse.on_first_turn.append(self._ready)
        drain.on_begin.append(self._draining)

    def tell(self, *lines: str) -> None:
        """Sends some lines."""
        address = f"\0{self.address[1:]}" if self.address.startswith("@") else self.address
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto("\n".join(lines).encode(), address)

    def _ready(self) -> None:
        """The program has started; one that could not listen is not ready, and is going to end."""
        if self.game.rt.listening is False:
            return
        self.tell("READY=1", f"STATUS=listening: {', '.join(ports_of(self.game)) or 'nothing'}")
        if self.interval:
            self._begin_to_live()

    def _begin_to_live(self) -> None:
        """Gives signs of life from a thread, or from the game's own turns as long as there is none to be had."""
        if self.is_over.is_set() or begin_thread(self._live) is not None:
            return
        self.tell("WATCHDOG=1")
        self.game.rt.service(Loop).remind(self.interval, self._begin_to_live)

    def _live(self) -> None:
        """Says now and then that the loop turns."""
        while not self.is_over.wait(self.interval):
            if self.pulse.is_beating(self.interval):
                self.tell("WATCHDOG=1")

    def _draining(self, seconds: float) -> None:
        self.tell("STOPPING=1", "STATUS=draining", f"EXTEND_TIMEOUT_USEC={int((seconds + MARGIN) * 1e6)}")

    def close(self) -> None:
        """Tells systemd that the game has ended."""
        self.is_over.set()
        self.tell("STOPPING=1")
