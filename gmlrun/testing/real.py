"""Tests over real sockets: games go in, their ports become free ones of this machine, real time passes.

A game that waits for the network lets the others run meanwhile, as they are in the same process.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from gmlrun.net.backend import NetworkLimits, SocketType
from gmlrun.net.messages import Message
from gmlrun.net.transports.selector import SelectorBackend
from gmlrun.net.transports.simulated import SimulatedNetwork
from gmlrun.runtime import Clock
from gmlrun.testing.simulation import Simulation

LOOPBACK = "127.0.0.1"
PAUSE = 0.001
"""Seconds between two looks at all games."""


class RealNetwork(SimulatedNetwork):
    """The real one: its time is the machine's. `real_ports` has the one for each that a game has asked for."""

    is_real = True

    def __init__(self, seed: int = 0) -> None:
        self.begun = time.monotonic()
        self.real_ports: dict[tuple[bool, int], int] = {}
        super().__init__(seed)

    @property
    def time(self) -> float:
        """Seconds since the test began."""
        return time.monotonic() - self.begun

    @time.setter
    def time(self, value: float) -> None:
        """Does nothing: real time passes by itself."""


class RealBackend:
    """See Backend for the contract: real sockets on free ports of loopback, which the games of the test find."""

    def __init__(self, network: RealNetwork, name: str) -> None:
        self._inner = SelectorBackend(NetworkLimits(address=LOOPBACK))
        self.network = network
        self.name = name
        self.on_wait: Callable[[float | None], None] = lambda timeout: None
        """Is called while the game waits."""

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def _taken(self, is_udp: bool, port: int, number: int) -> int:
        if port:
            self.network.real_ports[is_udp, port] = self._inner.port_of(number)
        return number

    def _free(self, is_udp: bool, port: int) -> int:
        """The port to ask the system for: any, but the asked one where a game of the test has it already."""
        return self.network.real_ports.get((is_udp, port), 0)

    def listen(self, kind: SocketType, address: str, port: int, max_clients: int, raw: bool) -> int:
        """Opens a server on a free port."""
        is_udp = kind == "udp"
        wanted = self._free(is_udp, port)
        return self._taken(is_udp, port, self._inner.listen(kind, LOOPBACK, wanted, max_clients, raw))

    def reserve(self, kind: SocketType, port: int = 0, address: str = "") -> int:
        """A socket; one of UDP is bound to a free port."""
        if kind != "udp":
            return self._inner.reserve(kind, 0, address)
        return self._taken(True, port, self._inner.reserve(kind, self._free(True, port), LOOPBACK))

    def connect(self, kind: SocketType, url: str, port: int, raw: bool, socket: int | None = None) -> int:
        """Connects to the port that a game of the test has instead of the asked one."""
        return self._inner.connect(kind, url, self.network.real_ports.get((False, port), port), raw, socket)

    def send_to(self, socket: int, host: str, port: int, payload: bytes, raw: bool = False) -> int:
        """Sends to the port that a game of the test has instead of the asked one."""
        return self._inner.send_to(socket, host, self.network.real_ports.get((True, port), port), payload, raw)

    def broadcast(self, socket: int, port: int, payload: bytes) -> int:
        """Sends to the only machine that there is."""
        return self.send_to(socket, LOOPBACK, port, payload, True)

    def poll(self, timeout: float | None) -> list[Message]:
        """Moves bytes both ways; while it waits, the other games run."""
        end = time.monotonic() + (0.0 if timeout is None else timeout)
        while not (messages := self._inner.poll(0.0)) and time.monotonic() < end:
            self.on_wait(0.0)
            time.sleep(PAUSE)
        return messages

    def next_due(self) -> float | None:
        """None: real packets arrive at unknown times."""
        return None

    def flush(self) -> None:
        """Does nothing: the next poll sends."""

    def reset_all(self) -> None:
        """Ends all connections by a reset."""
        for one in self._inner.facts():
            self._inner.options(one.number).avoid_time_wait = True
            self._inner.configure(one.number)
            self._inner.close(one.number)
        self._inner.close_all(0.0)


class RealSimulation(Simulation):
    """Games over real sockets, in real time."""

    def _make_network(self, seed: int) -> SimulatedNetwork:
        return RealNetwork(seed)

    def _make_clock(self, seed: int) -> Clock:
        return Clock()

    def _make_backend(self, name: str) -> object:
        return RealBackend(self.network, name)  # type: ignore[arg-type]

    def run(self, seconds: float, is_over: Callable[[], bool] = lambda: False) -> bool:
        """Lets real time pass until something is over; returns whether it is."""
        end = time.monotonic() + seconds
        while True:
            self.settle()
            if is_over():
                return True
            if time.monotonic() >= end:
                return False
            time.sleep(PAUSE)

    def next_due(self) -> float | None:
        """True: something may always arrive from outside."""
        return self.network.time + 10 * PAUSE

    def _wait(self, player: Any, timeout: float | None) -> None:
        """The others run while a game's code waits for the network."""
        before, player.is_waiting = player.is_waiting, True
        try:
            for other in [one for one in self.players if one.can_run]:
                self._turn(other)
            self._tell()
        finally:
            player.is_waiting = before
