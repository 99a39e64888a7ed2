"""Handshakes under way and when each has to be over: connections go in, those that took too long come out."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator

from gmlrun.net.connections import Connection
from gmlrun.net.protocols.stream import NO_CLIENT


class Handshakes:
    """The handshakes of one backend. A connection whose handshake is over has the deadline 0."""

    def __init__(self) -> None:
        self.deadlines: list[tuple[float, int, Connection]] = []
        """Of the handshakes under way, and of some that are over, as a heap."""
        self._tie = itertools.count()

    def begin(self, connection: Connection, deadline: float) -> None:
        """Notes until when a handshake has to be over."""
        connection.deadline = deadline
        heapq.heappush(self.deadlines, (deadline, next(self._tie), connection))

    def next_due(self) -> float | None:
        """When the next handshake runs out of time; None without one."""
        while self.deadlines and self.deadlines[0][2].deadline != self.deadlines[0][0]:
            heapq.heappop(self.deadlines)
        return self.deadlines[0][0] if self.deadlines else None

    def forgive(self, seconds: float) -> None:
        """Gives the handshakes under way that much more time: it has passed without anybody listening to them."""
        waiting = [(due, tie, c) for due, tie, c in self.deadlines if c.deadline == due]
        for _, _, connection in waiting:
            connection.deadline += seconds
        self.deadlines = [(c.deadline, tie, c) for _, tie, c in waiting]
        heapq.heapify(self.deadlines)

    def late(self, now: float) -> Iterator[Connection]:
        """The connections whose handshake took too long, each once."""
        due = self.next_due()
        while due is not None and due <= now:
            yield heapq.heappop(self.deadlines)[2]
            due = self.next_due()


def late_reason(connection: Connection) -> str:
    """The reason for the end of a handshake that took too long."""
    if connection.raw or connection.kind != "tcp":
        return "the handshake took too long"
    if connection.server is not None:
        return f"nothing came: {NO_CLIENT}"
    return "the server did not shake hands in time; is it a raw server (network_connect_raw)?"
