"""Send queues: packets go in, wait in the queue of their connection, and leave when its transport takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gmlrun.net.backend import FAILED, Send
from gmlrun.net.connections import Connection
from gmlrun.net.payload import Payload
from gmlrun.net.protocol import CLIENT_LIMIT

if TYPE_CHECKING:
    from gmlrun.net.switchboard import Switchboard

MIXED = {
    False: "network_send_packet adds a packet header, but the connection is raw: a raw peer wants network_send_raw",
    True: "network_send_raw adds no packet header, but the connection is not raw: a game wants network_send_packet",
}
LARGEST = CLIENT_LIMIT
"""Bytes of the largest packet: what a receiver takes by default."""
LONG = 1 << 16
"""Bytes of a packet beside which a system call costs nothing."""


class SendQueues:
    """The send queues of one backend's connections."""

    def __init__(self, board: Switchboard) -> None:
        self.board = board
        self.limits = board.limits
        self.streams = board.streams
        self.payload = Payload()
        self.unsent: dict[Connection, None] = {}
        """Connections with something queued since the last flush."""
        self.send = sender(self)

    def may_queue(self, connection: Connection, size: int) -> bool:
        """Whether a peer that takes little may get a packet."""
        if connection.stalled is not None and self._is_late(connection, connection.stalled):
            return False
        return connection.queued + size <= self.limits.eager or self._has_room(connection, size)

    def _has_room(self, connection: Connection, size: int) -> bool:
        """Whether a packet may be queued behind much else; the system is offered what waits before.

        An empty queue takes the largest packet, whatever the limit of queues is.
        """
        limit = self.limits.send_queue
        if connection.queue and (not connection.is_watched or size >= LONG or connection.queued + size > limit):
            self.board.transport.write(connection)
        if connection.transport is None:
            return False
        if connection.queue or size <= limit:
            return connection.queued + size <= limit
        connection.allowed = size
        return size <= LARGEST

    def _is_late(self, connection: Connection, since: float) -> bool:
        """Whether a peer has taken nothing for longer than the write timeout of its socket."""
        options = self.board.options.get(connection.number)
        timeout = 0.0 if options is None else options.write_timeout
        return 0.0 < timeout < self.board.now() - since

    def collect(self, connection: Connection) -> None:
        """Queues the bytes that the protocol itself wants to send."""
        for piece in connection.protocol.data_to_send():
            connection.queue.append(piece)
            connection.queued += len(piece)
        self.unsent[connection] = None


def sender(queues: SendQueues) -> Send:
    """The function that sends: each packet of a busy server pays for every name that it looks up and every call."""
    streams, limits, unsent, kept, warnings = (
        queues.streams,
        queues.limits,
        queues.unsent,
        queues.payload,
        queues.board.warnings,
    )

    def send(socket: float, payload: bytes, raw: bool = False, is_text: bool = False) -> int:
        """Queues a packet; FAILED for a socket that cannot send or whose reader is too slow."""
        connection = streams.get(socket)  # type: ignore[call-overload]
        if connection is None:
            return FAILED
        size = len(payload)
        is_usual = connection.stalled is None and connection.queued + size <= limits.eager
        if not is_usual and not queues.may_queue(connection, size):
            warnings.refuse(connection.number)
            return FAILED
        if raw is not connection.raw:
            warnings.tell_of(connection, MIXED[raw])
        protocol, queue = connection.protocol, connection.queue
        heads = protocol.heads
        if payload is kept.whole or raw or is_text or heads is None:
            piece = kept.framed(payload, protocol, raw, is_text)
        else:  # as `framed`
            kept.whole, kept.shape = payload, protocol.shared_frames
            kept.piece = piece = heads[size] + payload
        if not queue:
            unsent[connection] = None
        queue.append(piece)
        connection.queued += len(piece)
        return size if raw else size + protocol.overhead

    return send
