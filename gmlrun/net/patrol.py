"""Clients that have fallen silent: whether each has said anything lately goes in, pings and ends come out.

A client that lost power says nothing. WebSocket clients are asked by pings; the system's keepalive asks those of TCP.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gmlrun.net.switchboard import Switchboard
from gmlrun.net.connections import Connection

PING_AFTER = 20.0
"""Seconds of silence after which a WebSocket client is asked whether it is there."""
GIVE_UP_AFTER = 60.0
"""Seconds of silence, pings and all, after which it is gone."""
LOOKS = 4
"""How often a look is taken within the shortest of these times."""


class Patrol:
    """Looks at the clients of one backend now and then; `idle_timeout` in seconds, None for no limit."""

    def __init__(self, board: Switchboard, idle_timeout: float | None, now: Callable[[], float]) -> None:
        self.board = board
        self.idle_timeout = idle_timeout
        self.now = now
        self.interval = min(PING_AFTER, idle_timeout or PING_AFTER) / LOOKS
        self.due: float | None = None
        """When to look next; None as long as there is nobody to look at."""
        self.looked = 0.0
        self.silent: dict[Connection, tuple[float, float]] = {}
        """How many seconds each client has sent nothing at all, and how many no packet."""

    def welcome(self, connection: Connection) -> None:
        """A client of a server has come."""
        if self.idle_timeout is not None or connection.protocol.has_ping:
            self.silent[connection] = 0.0, 0.0
            if self.due is None:
                self.looked = self.now()
                self.due = self.looked + self.interval

    def tend(self) -> None:
        """Looks, if it is time. Time in which nobody listened, as during a long event, is no fault of the clients."""
        now = self.now()
        if self.due is None or now < self.due:
            return
        passed = min(now - self.looked, 2 * self.interval)
        for connection, (silence, idleness) in list(self.silent.items()):
            if self.board.streams.get(connection.number) is not connection:
                del self.silent[connection]
                continue
            silence = 0.0 if connection.heard else silence + passed
            idleness = 0.0 if connection.spoke else idleness + passed
            connection.heard = connection.spoke = False
            self.silent[connection] = silence, idleness
            self._judge(connection, silence, idleness)
        self.looked = now
        self.due = now + self.interval if self.silent else None

    def _judge(self, connection: Connection, silence: float, idleness: float) -> None:
        """Ends or asks a client, by the seconds since it last said anything, and since its last packet."""
        if self.idle_timeout is not None and idleness >= self.idle_timeout:
            self.board.lost(connection, f"no packet for {self.idle_timeout:g} seconds (see --idle-timeout)")
        elif connection.protocol.has_ping and silence >= GIVE_UP_AFTER:
            self.board.lost(connection, "it does not answer pings")
        elif connection.protocol.has_ping and silence >= PING_AFTER:
            connection.protocol.ping()
            self.board.collect(connection)
