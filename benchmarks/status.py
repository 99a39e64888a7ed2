"""What watching a server costs: the processor time of packets with what `--status` puts around a game, and without.

Two games echo in turns in this process, over real sockets, each for a moment: what else the machine does meets both.
"""

from __future__ import annotations

import gc
import socket
import statistics
import struct
import time
from pathlib import Path
from typing import Any

from gmlrun.game import Game
from gmlrun.runtime import Settings
from gmlrun.service.draining import Drain
from gmlrun.service.pulse import Pulse
from gmlrun.service.status import Watched

GOAL = 1.03
"""The share of the time that it may take."""
ROUNDS = 400
LOADS = ((1, 1), (64, 1), (64, 32), (500, 1))
"""Connections, and packets in flight for each."""
PACKETS = 200
"""In a round, which is so short that few rounds are interrupted."""
SIZE = 64
PROGRAM = Path(__file__).parent / "network" / "echo_server.gml"
SIGNATURE = struct.pack("<4I", 0xCAFEBABE, 0xDEADB00B, 16, 0)


class Echo:
    """A game that echoes, watched or not, and its clients."""

    def __init__(self, is_watched: bool, connections: int) -> None:
        settings = Settings(bind="127.0.0.1", map_port={6510: 0}, counts_traffic=is_watched)
        self.game = Game.load([PROGRAM], settings, output=lambda line: None, log=lambda line: None)
        self.loop = self.game.prepare_loop()
        self.watched = Watched(self.game, Drain(self.game), Pulse(self.loop)) if is_watched else None
        self.game.start()
        self.loop.begin()
        self.backend: Any = self.game.rt.backend
        port = self.backend.ports()[0][1]
        self.clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]
        for client in self.clients:
            client.setblocking(False)
        self.turns(len(self.clients) // 16 + 5)
        for client in self.clients:
            client.sendall(SIGNATURE)
        self.turns(10)
        self.take()

    def turns(self, count: int) -> None:
        """Lets the game do what it has to."""
        for _ in range(count):
            self.backend_poll()
            self.loop.advance()

    def backend_poll(self) -> None:
        self.game.rt.network.poll(0.01)

    def take(self) -> int:
        """How many bytes the clients have got."""
        taken = 0
        for client in self.clients:
            try:
                taken += len(client.recv(1 << 20))
            except BlockingIOError:
                continue
        return taken

    def time(self, depth: int) -> float:
        """Seconds of processor time that the game takes for a round."""
        data = b"".join(struct.pack("<3I", 0xDEADC0DE, 12, SIZE) + bytes(SIZE) for _ in range(depth))
        spent = 0.0
        for _ in range(max(1, PACKETS // (len(self.clients) * depth))):
            for client in self.clients:
                client.sendall(data)
            left = len(self.clients) * len(data)
            while left > 0:
                began = time.thread_time()
                self.loop.wait()
                self.loop.advance()
                self.backend.poll(0.0) if self.backend.board.unsent else None
                spent += time.thread_time() - began
                left -= self.take()
        return spent

    def close(self) -> None:
        for client in self.clients:
            client.close()
        self.game.rt.network.close_all(0.0)


def ratio(connections: int, depth: int) -> float:
    """How much longer the watched game takes: the median of all rounds."""
    plain, watched = Echo(False, connections), Echo(True, connections)
    found = []
    gc.disable()
    for at in range(ROUNDS):
        both = (plain, watched) if at % 2 else (watched, plain)
        times = {echo: echo.time(depth) for echo in both}
        found.append(times[watched] / times[plain])
    gc.enable()
    plain.close()
    watched.close()
    return statistics.median(found)


def snapshot_time(connections: int) -> float:
    """Seconds that the game's thread takes for what the page and a scraper want to know, at most once a second."""
    from gmlrun.service.snapshot import snapshot_of

    echo = Echo(True, connections)
    began = time.thread_time()
    for _ in range(20):
        snapshot_of(echo.game)
    spent = (time.thread_time() - began) / 20
    echo.close()
    return spent


def main() -> None:
    """Prints all figures."""
    print(f"status: processor time of packets with --status, as a multiple of that without (goal: {GOAL})")
    for connections, depth in LOADS:
        print(f"  {connections:>4} x {depth:<2}  {ratio(connections, depth):.3f}", flush=True)
    print(f"  a snapshot with 500 clients, at most once a second: {snapshot_time(500) * 1000:.2f} ms")


if __name__ == "__main__":
    main()
