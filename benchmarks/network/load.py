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
SIZE = 64
"""Bytes of a packet's payload."""


def packet(number: int) -> bytes:
    """A packet that is like no other one under way."""
    return struct.pack("<4I", 0xDEADC0DE, 12, SIZE, number) + bytes(SIZE - 4)


PACKET = packet(0)
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
    wrap: Callable[[bytes], bytes]
    """A packet as it is sent."""
    answer: int
    """Bytes that come back for it."""


KINDS = {
    "tcp": Kind(connect, bytes, len(PACKET)),
    "udp": Kind(datagram_socket, bytes, len(PACKET)),
    "ws": Kind(connect_websocket, message, 2 + len(PACKET)),
}


def exchange(pairs: list[tuple[Receive, Send, list[bytes]]], size: int) -> None:
    """For each burst takes `size` bytes that one connection has echoed; then lets one send its bursts again."""
    for receive, send, bursts in pairs:
        for _ in bursts:
            left = size - len(receive(size))
            while left:
                left -= len(receive(left)) or sys.exit("the server has closed a connection")
        for burst in bursts:
            send(burst)


def run(kind: str, port: int, count: int, depth: int, seconds: float) -> dict[str, float]:
    """Sends and takes back packets for a while. A stream's packets leave together, datagrams one by one."""
    is_stream, (connect, wrap, answer) = kind != "udp", KINDS[kind]
    size = answer * depth if is_stream else answer
    active = count if is_stream else max(1, min(count, DATAGRAMS // depth))
    clients = [connect(port) for _ in range(count)]
    packets = [[wrap(packet(n * depth + place)) for place in range(depth)] for n in range(count)]
    bursts = [[b"".join(each)] for each in packets] if is_stream else packets
    pairs = [(clients[n].recv, clients[(n + active) % count].send, bursts[n]) for n in range(count)]
    for client, first in zip(clients[:active], bursts, strict=False):
        for burst in first:
            client.send(burst)
    rounds = 0
    start, worked = time.perf_counter(), time.process_time()
    while time.perf_counter() - start < seconds:
        exchange(pairs, size)
        rounds += 1
    passed, worked = time.perf_counter() - start, time.process_time() - worked
    exchange([(client.recv, len, bursts[0]) for client in clients[:active]], size)
    for client in clients:
        client.close()
    sent = rounds * count * depth
    return {"rate": sent / passed, "packets": sent + active * depth, "busy": worked / passed}


def main(kind: str, *numbers: str) -> None:
    """Runs as a process of its own."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    port, count, depth = map(int, numbers[:3])
    print(json.dumps(run(kind, port, count, depth, float(numbers[3]))))


if __name__ == "__main__":
    main(*sys.argv[1:])
