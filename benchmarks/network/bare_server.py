"""The measure: an echo server of `selectors` alone, with GameMaker's handshake, header and coalesced sends.

Prints the port that it listens on, then serves until it is killed.
"""

from __future__ import annotations

import selectors
import socket
import struct

HELLO = b"GM:Studio-Connect\0"
SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)
ACKNOWLEDGE = struct.pack("<3I", 0xDEAFBEAD, 0xF00DBEEB, 12)
HEADER = struct.Struct("<3I")
MAGIC = 0xDEADC0DE


class Client:
    """One connection: what it has sent and is not a whole packet yet."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.rest = b""
        self.greeted = False

    def receive(self) -> bool:
        """Echoes what has come; False when the peer has left."""
        data = self.connection.recv(65536)
        if not data:
            return False
        data = self.rest + data
        if not self.greeted:
            if len(data) < len(SIGNATURE):
                self.rest = data
                return True
            self.greeted = True
            self.connection.sendall(ACKNOWLEDGE)
            data = data[len(SIGNATURE) :]
        out, at = [], 0
        while len(data) - at >= HEADER.size:
            magic, header_size, size = HEADER.unpack_from(data, at)
            if len(data) - at < header_size + size:
                break
            payload = data[at + header_size : at + header_size + size]
            out.append(HEADER.pack(magic, HEADER.size, size) + payload)
            at += header_size + size
        self.rest = data[at:]
        if out:
            self.connection.sendall(b"".join(out))
        return True


def main() -> None:
    """Serves for ever."""
    selector = selectors.DefaultSelector()
    server = socket.create_server(("127.0.0.1", 0), backlog=256)
    selector.register(server, selectors.EVENT_READ)
    print(server.getsockname()[1], flush=True)
    while True:
        for key, _ in selector.select():
            if key.data is None:
                connection, _ = server.accept()
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                connection.sendall(HELLO)
                selector.register(connection, selectors.EVENT_READ, Client(connection))
            elif not key.data.receive():
                selector.unregister(key.fileobj)
                key.data.connection.close()


if __name__ == "__main__":
    main()
