"""The base of all backends: the calls that a switchboard answers, and how sockets are closed."""

from __future__ import annotations

from gmlrun.net.backend import Send, SocketType
from gmlrun.net.connections import Connection, Server
from gmlrun.net.protocol import protocols_of
from gmlrun.net.switchboard import Switchboard


class BaseBackend:
    """A backend but for its transports. See Backend for the contract."""

    def __init__(self, board: Switchboard) -> None:
        self.board = board
        self.is_held = False
        """Whether open streams and UDP sockets are not read."""
        self.send: Send = board.send
        self.payload = board.queues.payload
        self.send_to = board.send_to
        self.broadcast = board.broadcast
        self.counts = board.warnings.counts
        self.facts = board.facts
        self.options = board.options_of
        self.configure = board.configure

    def hear_signals(self) -> None:
        """Nothing waits here that a signal would not end."""

    def hold(self, is_held: bool) -> None:
        """Stops reading, or goes on with it."""
        self.is_held = is_held

    def connect(self, kind: SocketType, url: str, port: int, raw: bool, socket: int | None = None) -> int:
        """Begins to connect; returns the number of the socket. Raises NetworkError for a URL that is none."""
        host, port, protocol = protocols_of(kind).client_protocol(url, port, raw, self.board.limits)
        number = self.board.reserve(kind, 0) if socket is None else socket
        if self.board.limits.redirect is not None:
            host, port = self.board.limits.redirect(host, port)
        connection = self.board.begin_connecting(number, kind, raw, protocol)
        connection.name_peer(host, port)
        self._dial(connection, host, port)
        return number

    def _dial(self, connection: Connection, host: str, port: int) -> None:
        """Begins to connect to a host."""
        raise NotImplementedError

    def is_open(self, socket: int) -> bool:
        """Whether a number stands for a socket."""
        return socket in self.board.sockets

    def close(self, socket: int) -> None:
        """Closes a socket, a server with all its clients; what is queued is still sent."""
        if socket not in self.board.sockets:
            return
        found = self.board.sockets[socket]
        if isinstance(found, Server):
            self._stop(found)
            for number in [*found.clients, *(connection.number for connection in found.arriving)]:
                self.close(number)
        elif isinstance(found, Connection):
            self._close_connection(found)
        elif found is not None:
            found.close()
        self.board.release(socket)

    def stop_listening(self) -> None:
        """Closes the ports of all servers of streams; their clients stay, but for those whose handshake is not over."""
        for server in self._servers():
            for connection in list(server.arriving):
                self.board.lost(connection, "the server takes no more clients")
            self._stop(server)

    def ports(self) -> list[tuple[str, int]]:
        """SocketType and number of each port that is open to others."""
        servers: list[tuple[str, int]] = [
            (server.kind, server.port) for server in self._servers() if server.is_listening
        ]
        return servers + [(found.kind, found.port) for found in self.board.datagrams.values() if found.port]

    def client_count(self) -> int:
        """How many clients the servers have."""
        return sum(len(server.clients) for server in self._servers())

    def _servers(self) -> list[Server]:
        return [found for found in self.board.sockets.values() if isinstance(found, Server)]

    def _stop(self, server: Server) -> None:
        """Closes a server's port, once."""
        if server.is_listening:
            server.is_listening = False
            self._close_server(server)

    def _close_server(self, server: Server) -> None:
        """Closes a server's port."""
        raise NotImplementedError

    def _close_connection(self, connection: Connection) -> None:
        if connection.server is not None:
            self.board.leave(connection.server, connection)
        connection.protocol.close()
        self.part(connection)

    def part(self, connection: Connection) -> None:
        """Ends a connection when what it has queued has left."""
        raise NotImplementedError
