"""The load: connections that each keep one packet in flight; prints how many came back in a second.

`python -m benchmarks.network.load PORT CONNECTIONS SECONDS`. It does less for each packet than any
server (no selector, no parsing), so it is not what limits the rate.
"""

from __future__ import annotations

import socket
import struct
import sys
import time

HELLO_SIZE, ACKNOWLEDGE_SIZE = 18, 12
SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)
PACKET = struct.pack("<3I", 0xDEADC0DE, 12, 64) + bytes(64)


def read(connection: socket.socket, size: int) -> None:
    """Takes that many bytes from a connection."""
    while size:
        data = connection.recv(size)
        if not data:
            raise ConnectionError("the server has closed a connection")
        size -= len(data)


def connect(port: int) -> socket.socket:
    """A client after its handshake."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    read(connection, HELLO_SIZE)
    connection.sendall(SIGNATURE)
    read(connection, ACKNOWLEDGE_SIZE)
    return connection


def packets_a_second(port: int, count: int, seconds: float) -> float:
    """Sends and takes back packets for a while."""
    connections = [connect(port) for _ in range(count)]
    echoed = 0
    start = now = time.perf_counter()
    while now - start < seconds:
        for connection in connections:
            connection.sendall(PACKET)
        for connection in connections:
            read(connection, len(PACKET))
        echoed += count
        now = time.perf_counter()
    for connection in connections:
        connection.close()
    return echoed / (now - start)


if __name__ == "__main__":
    print(packets_a_second(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
