"""How a server is at one moment: a game goes in, plain values for the status page and the metrics come out.

The game's own thread takes it on request, and at most once in a while, however many ask.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import NamedTuple

from gmlrun.engine.loop import Loop
from gmlrun.game import Game
from gmlrun.net.backend import SocketFacts
from gmlrun.net.connections import Connection
from gmlrun.net.switchboard import Switchboard, facts_of
from gmlrun.net.watch.counting import Carried, CountingBackend
from gmlrun.service.facts import clients_of, inmost_backend, ports_of

AGE = 0.8
"""Seconds that a snapshot is good for."""
PATIENCE = 1.0
"""Seconds that somebody waits for a new one; a game that is busy for longer is shown as it was."""
ROWS = 100
"""How many sockets and objects are listed one by one."""


class Snapshot(NamedTuple):
    """How things were. Lists are cut to ROWS; the counts are those of all."""

    kinds: dict[str, int]
    """How many connections of each kind there are."""
    sockets: list[SocketFacts]
    """Servers first, then those for whom most waits."""
    queued: int
    """Bytes that wait to be sent, in all queues together."""
    longest_queue: int
    objects: list[tuple[str, int]]
    """How many instances each object has, the most first."""
    instances: int
    frames: int
    waiting: int
    """How many events wait for their turn."""
    refused: int
    dropped: int
    ports: list[str]
    clients: int


EMPTY = Snapshot({}, [], 0, 0, [], 0, 0, 0, 0, 0, [], 0)


class Snapshots:
    """Takes snapshots of one game, for other threads."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.last = EMPTY
        self.taken = float("-inf")
        self.lock = threading.Lock()

    def snapshot(self) -> Snapshot:
        """A snapshot that is new enough, or the last one there is."""
        with self.lock:
            if self.age > AGE:
                done = threading.Event()
                self.game.call_soon(lambda: self._take(done))
                done.wait(PATIENCE)
            return self.last

    @property
    def age(self) -> float:
        """How many seconds old the last snapshot is."""
        return time.monotonic() - self.taken

    def _take(self, done: threading.Event) -> None:
        try:
            self.last = snapshot_of(self.game)
            self.taken = time.monotonic()
        finally:
            done.set()


def counting(game: Game) -> CountingBackend | None:
    """The game's backend, if it has one that counts; for any thread."""
    backend = inmost_backend(game)
    return backend if isinstance(backend, CountingBackend) else None


def carried_by(game: Game) -> Carried:
    """The counts of the game's sockets; zeros where nothing is counted."""
    backend = counting(game)
    return Carried() if backend is None else backend.carried


def snapshot_of(game: Game) -> Snapshot:
    """How a game is; for its own thread."""
    backend = counting(game)
    board = None if backend is None else backend.board
    kinds, queued, longest, listed = sockets_of(board) if board is not None else (Counter[str](), 0, 0, [])
    objects = [(kind.name, len(kind.instances)) for kind in game.world.objects if kind.instances]
    loop = game.rt.service(Loop)
    return Snapshot(
        kinds=dict(kinds),
        sockets=listed,
        queued=queued,
        longest_queue=longest,
        objects=sorted(objects, key=lambda pair: -pair[1])[:ROWS],
        instances=len(game.world.instances),
        frames=loop.frames,
        waiting=len(loop.events.queue),
        refused=0 if board is None else board.warnings.refused,
        dropped=0 if board is None else board.warnings.dropped,
        ports=ports_of(game),
        clients=clients_of(game),
    )


def sockets_of(board: Switchboard) -> tuple[Counter[str], int, int, list[SocketFacts]]:
    """Connections by kind, bytes that wait in all, the longest queue, and some sockets one by one."""
    kinds: Counter[str] = Counter()
    servers, queued, longest = [], 0, 0
    full: list[tuple[int, int]] = []
    for number, found in board.sockets.items():
        if type(found) is Connection:
            kinds[found.kind] += found.opened
            if found.queued:
                queued += found.queued
                full.append((-found.queued, number))
        elif found is not None:
            servers.append(number)
    full.sort()
    longest = -full[0][0] if full else 0
    shown = dict.fromkeys([*servers[:ROWS], *(number for _, number in full[:ROWS])])
    for number, found in board.sockets.items():
        if len(shown) >= ROWS:
            break
        if found is not None:
            shown[number] = None
    return kinds, queued, longest, [facts_of(number, board.sockets[number]) for number in shown]
