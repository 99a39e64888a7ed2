"""The protocol of transports: they move the bytes of a connection, and end it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gmlrun.net.connections import Connection

if TYPE_CHECKING:
    from gmlrun.net.datagrams import DatagramSocket


class Transport(Protocol):
    """The transport of one backend.

    It says what arrived by calling the switchboard, and changes a connection by its methods alone.
    """

    def write(self, connection: Connection) -> None:
        """Offers what is queued to the network at once."""

    def part(self, connection: Connection) -> None:
        """Drops a connection when what is queued has left."""

    def abort(self, connection: Connection) -> None:
        """Drops a connection at once."""

    def open_datagrams(self) -> DatagramSocket:
        """A UDP socket at any free port; raises NetworkError."""
