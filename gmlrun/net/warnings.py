"""Warnings about sockets: refused sends and dropped datagrams are counted, and each case is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmlrun.net.backend import Counts
from gmlrun.net.connections import Connection

if TYPE_CHECKING:
    from gmlrun.net.switchboard import Switchboard


class NetworkWarnings:
    """The warnings of one backend."""

    def __init__(self, board: Switchboard) -> None:
        self.board = board
        self.dropped = 0
        """How many datagrams were longer than their socket takes."""
        self.refused = 0
        """How many sends were refused because too much was waiting already."""
        self._told: set[tuple[int, str]] = set()

    def tell_of(self, connection: Connection, words: str) -> None:
        """Warns about a connection; about those of a server once for all of them."""
        is_server = connection.server is not None
        self.tell_once(connection.server_number if is_server else connection.number, is_server, words)

    def tell_once(self, number: int, is_server: bool, words: str) -> None:
        """Warns about a server or a socket, once."""
        if (number, words) not in self._told:
            self._told.add((number, words))
            self.board.log(f"warning: {'server' if is_server else 'socket'} {number}: {words}")

    def refuse(self, number: int) -> None:
        """Counts a send that was refused because its receiver is too slow, and tells of the first."""
        self.refused += 1
        if self.refused == 1:
            words = "reads too slowly: its queue is full, and more sends to it are refused"
            self.board.log(f"warning: socket {number} {words}; if it reads nothing at all, network_destroy it")

    def counts(self) -> Counts:
        """The counts so far."""
        return Counts(self.refused, self.dropped)

    def tell_counts(self) -> None:
        """Logs the counts at the end."""
        if self.refused:
            self.board.log(f"{self.refused} sends were refused: their receivers were too slow (see --send-queue)")
        if self.dropped:
            words = "datagrams were dropped: they were over the message size limit of their socket"
            self.board.log(f"{self.dropped} {words}")
