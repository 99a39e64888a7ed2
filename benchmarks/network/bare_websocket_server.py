"""The measure: an echo server of `selectors` and the Sans-I/O layer of `websockets`, with coalesced sends.

GameMaker's handshake and header as well. Prints the port that it listens on, then serves until it is killed.
"""

from __future__ import annotations

import selectors
import socket
import struct

from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

HELLO = b"GM:Studio-Connect\0"
ACKNOWLEDGE = struct.pack("<3I", 0xDEAFBEAD, 0xF00DBEEB, 12)
HEADER = struct.Struct("<3I")


class Client:
    """One connection."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.protocol = ServerProtocol()
        self.greeted = False

    def receive(self) -> bool:
        """Echoes what has come; False when the peer has left."""
        data = self.connection.recv(65536)
        if not data:
            return False
        protocol = self.protocol
        protocol.receive_data(data)
        for event in protocol.events_received():
            if isinstance(event, Request):
                protocol.send_response(protocol.accept(event))
                protocol.send_binary(HELLO)
            elif isinstance(event, Frame) and event.opcode is Opcode.BINARY:
                self.answer(event.data)
        out = protocol.data_to_send()
        if out:
            self.connection.sendall(b"".join(out))
        return True

    def answer(self, message: bytes) -> None:
        """Acknowledges a signature, echoes a packet."""
        if not self.greeted:
            self.greeted = True
            self.protocol.send_binary(ACKNOWLEDGE)
            return
        magic, header_size, size = HEADER.unpack_from(message)
        payload = message[header_size : header_size + size]
        self.protocol.send_binary(HEADER.pack(magic, HEADER.size, size) + payload)


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
                selector.register(connection, selectors.EVENT_READ, Client(connection))
            elif not key.data.receive():
                selector.unregister(key.fileobj)
                key.data.connection.close()


if __name__ == "__main__":
    main()
