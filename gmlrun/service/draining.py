"""The end of a server that has players: a running game goes in; no new clients come, and it ends when all have left.

The program is told by an Async System event, and may end the game earlier. What ends too late is ended.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from gmlrun.engine.async_events import AsyncEvents
from gmlrun.engine.events import SYSTEM
from gmlrun.engine.loop import Loop
from gmlrun.game import Game

EVENT_TYPE = "gmlrun_draining"
"""The value of `async_load[? "event_type"]`."""


class Drain:
    """Drains one game, once; `timeout` is in seconds, 0 to end at once."""

    def __init__(self, game: Game, timeout: float = 0.0) -> None:
        self.game = game
        self.timeout = timeout
        self.loop = game.rt.service(Loop)
        self.is_draining = False
        self.on_begin: list[Callable[[float], None]] = []
        """Who is told, by the game's thread, and with the seconds that there are."""

    def request(self, timeout: float | None = None) -> None:
        """Begins soon, from a signal handler or any thread; asked for again, or with no time, the game ends at once."""
        seconds = self.timeout if timeout is None else timeout
        if self.is_draining or seconds <= 0.0:
            self.game.request_end(0)
            return
        self.is_draining = True
        is_timed = self._begin_timer(seconds)
        self.loop.call_soon(lambda: self._begin(seconds, is_timed))

    def _begin_timer(self, seconds: float) -> bool:
        """Ends the game when the time is over, also in an event that does not end; whether there is a thread for it."""
        timer = threading.Timer(seconds, self._end_late)
        timer.daemon = True
        try:
            timer.start()
        except RuntimeError:
            return False
        return True

    def _begin(self, seconds: float, is_timed: bool) -> None:
        """Closes the ports, tells the program, and looks from now on whether anybody is left."""
        if not is_timed:
            self.loop.remind(seconds, self._end_late)
        rt, advance = self.game.rt, self.loop.advance
        backend = rt.backend
        if backend is not None:
            backend.stop_listening()
        rt.log(f"draining: no new clients, {self.clients} left; the end comes in {seconds:g} s at the latest")
        for tell in self.on_begin:
            tell(seconds)
        told: dict[str, object] = {"event_type": EVENT_TYPE, "seconds": seconds}
        rt.service(AsyncEvents).post(SYSTEM, told)

        def advance_and_look() -> None:
            advance()
            if self._is_over and self.loop.ending is None:
                self.loop.request_end(0)

        self.loop.advance = advance_and_look  # type: ignore[method-assign]
        self.loop.call_soon(lambda: None)  # one more turn, in which it looks

    @property
    def clients(self) -> int:
        """How many clients are connected."""
        backend = self.game.rt.backend
        return 0 if backend is None else int(backend.client_count())

    @property
    def _is_over(self) -> bool:
        """Whether all clients have left. Of players over UDP only the program knows: it ends the game itself."""
        rt = self.game.rt
        if rt.backend is None:
            return True
        has_datagrams = any(socket.kind == "udp" and socket.is_live for socket in rt.network.known.values())
        return not (has_datagrams or self.clients or rt.service(AsyncEvents).queue)

    def _end_late(self) -> None:
        if self.loop.ending is None:
            self.game.rt.log(f"draining: the time is over; clients disconnected: {self.clients}")
            self.game.request_end(0)
