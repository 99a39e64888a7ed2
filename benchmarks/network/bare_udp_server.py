"""The measure for UDP: an echo server of `selectors` alone, with GameMaker's header.

Prints the port that it listens on, then serves until it is killed.
"""

from __future__ import annotations

import selectors
import socket
import struct

HEADER = struct.Struct("<3I")
MAGIC = 0xDEADC0DE
BATCH = 64
"""Datagrams that are read in a row."""


def serve(server: socket.socket) -> None:
    """Echoes what has come."""
    for _ in range(BATCH):
        try:
            data, sender = server.recvfrom(65536)
        except BlockingIOError:
            return
        magic, header_size, size = HEADER.unpack_from(data)
        if magic == MAGIC and header_size == HEADER.size:
            payload = data[header_size : header_size + size]
            server.sendto(HEADER.pack(MAGIC, HEADER.size, len(payload)) + payload, sender)


def main() -> None:
    """Serves for ever."""
    selector = selectors.DefaultSelector()
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    server.setblocking(False)
    selector.register(server, selectors.EVENT_READ)
    print(server.getsockname()[1], flush=True)
    while True:
        for _ in selector.select():
            serve(server)


if __name__ == "__main__":
    main()
