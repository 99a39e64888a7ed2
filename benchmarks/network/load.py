"""The load: connections that each keep some packets in flight; prints what a server echoed in a second, as JSON.

`python -m benchmarks.network.load tcp|udp|ws PORT CONNECTIONS DEPTH SECONDS`. For each packet it does less
than any server: it waits for one connection after the other, in their order, without a selector and
without looking at what it reads. `busy` says how much of the time it worked all the same: below 1 the
server was what limited the rate.
"""

from __future__ import annotations

import json
import resource
import socket
import struct
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

Receive, Send = Callable[[int], bytes], Callable[[bytes], int]

HELLO_SIZE, ACKNOWLEDGE_SIZE = 18, 12
SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)
PACKET = struct.pack("<3I", 0xDEADC0DE, 12, 64) + bytes(64)
UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
DATAGRAMS = 128
"""How many datagrams are on their way at once: more would not fit into the receive buffer that a system gives."""


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


def message(payload: bytes) -> bytes:
    """A masked message of up to 125 bytes; the mask is one that leaves it as it is."""
    return bytes((0x82, 0x80 | len(payload), 0, 0, 0, 0)) + payload


def connect_websocket(port: int) -> socket.socket:
    """A WebSocket client after both handshakes; what a server says has 2 bytes of WebSocket before it."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(UPGRADE)
    while not connection.recv(1, socket.MSG_PEEK) or b"\r\n\r\n" not in connection.recv(4096, socket.MSG_PEEK):
        time.sleep(0.001)
    read(connection, connection.recv(4096, socket.MSG_PEEK).index(b"\r\n\r\n") + 4)
    read(connection, 2 + HELLO_SIZE)
    connection.sendall(message(SIGNATURE))
    read(connection, 2 + ACKNOWLEDGE_SIZE)
    return connection


def datagram_socket(port: int) -> socket.socket:
    """A UDP client."""
    connection = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    connection.settimeout(5)  # seconds: a datagram that was lost ends the run
    connection.connect(("127.0.0.1", port))
    return connection


class Kind(NamedTuple):
    """What is sent and what comes back for each packet of a type of socket."""

    connect: Callable[[int], socket.socket]
    packet: bytes
    answer: int
    """Bytes."""


KINDS = {
    "tcp": Kind(connect, PACKET, len(PACKET)),
    "udp": Kind(datagram_socket, PACKET, len(PACKET)),
    "ws": Kind(connect_websocket, message(PACKET), 2 + len(PACKET)),
}


def exchange(pairs: list[tuple[Receive, Send]], burst: bytes, size: int, times: range) -> None:
    """Takes `size` bytes that one connection has echoed, then lets one send again; `times` as often for each."""
    for receive, send in pairs:
        for _ in times:
            left = size - len(receive(size))
            while left:
                left -= len(receive(left)) or sys.exit("the server has closed a connection")
        for _ in times:
            send(burst)


def run(kind: str, port: int, count: int, depth: int, seconds: float) -> dict[str, float]:
    """Sends and takes back packets for a while. A stream's packets leave together, datagrams one by one."""
    is_stream, (connect, packet, answer) = kind != "udp", KINDS[kind]
    burst, size, times = (packet * depth, answer * depth, range(1)) if is_stream else (packet, answer, range(depth))
    active = count if is_stream else max(1, min(count, DATAGRAMS // depth))
    clients = [connect(port) for _ in range(count)]
    pairs = [(clients[n].recv, clients[(n + active) % count].send) for n in range(count)]
    for client in clients[:active]:
        for _ in times:
            client.send(burst)
    rounds = 0
    start, worked = time.perf_counter(), time.process_time()
    while time.perf_counter() - start < seconds:
        exchange(pairs, burst, size, times)
        rounds += 1
    passed, worked = time.perf_counter() - start, time.process_time() - worked
    exchange([(client.recv, len) for client in clients[:active]], burst, size, times)
    for client in clients:
        client.close()
    packets = rounds * count * depth
    return {"rate": packets / passed, "packets": packets + active * depth, "busy": worked / passed}


def main(kind: str, *numbers: str) -> None:
    """Runs as a process of its own."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    port, count, depth = map(int, numbers[:3])
    print(json.dumps(run(kind, port, count, depth, float(numbers[3]))))


if __name__ == "__main__":
    main(*sys.argv[1:])
