"""Tries whether a program listens: a built program and a way to start it go in, what it listens on comes out.

It runs on a simulated network with a clock that jumps, and saves into a folder that is deleted afterwards.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping, Set
from typing import NamedTuple

from gmlrun.build.built import Built
from gmlrun.builtins.http import Http
from gmlrun.doctor.plan import event_words
from gmlrun.doctor.routes import Route
from gmlrun.engine.rooms import Rooms
from gmlrun.errors import EventTimeout, GmlError, GmlrunError
from gmlrun.net.backend import SocketType
from gmlrun.net.http import Done, HttpClient, Progress, Request, Response
from gmlrun.project.model import Loaded
from gmlrun.runtime import Settings
from gmlrun.sandbox.watchdog import Watchdog
from gmlrun.testing.simulation import Player, Simulation

GAME_SECONDS = 20.0
"""How long a game has, on its own clock."""
EVENT_SECONDS = 3.0
"""How long an event may run."""
REAL_SECONDS = 6.0
"""How long a trial may take."""
LASTING = 3.0
"""How long a server continues after it has begun to listen, on its own clock: many errors come a frame later."""
LASTING_REAL = 1.0
"""How long that may take."""


class Offline(HttpClient):
    """Requests of a program that is only tried: nothing leaves the machine."""

    def submit(self, request: Request, done: Done, progress: Progress = lambda come, announced: None) -> None:
        """Answers that there is no network."""
        done(Response(0, error="a trial has no network"))


class OpenedServer(NamedTuple):
    """A server that a trial has opened."""

    kind: str
    port: int
    owner: str
    """The object whose event opened it."""
    event: str
    room: str
    seconds: float
    """When, on the game's own clock."""

    @property
    def is_main(self) -> bool:
        """Whether clients connect to it; UDP may be for finding servers alone."""
        return self.kind != "udp"

    @property
    def words(self) -> str:
        """The event that listens, and when, in words."""
        where = f" in {self.room}" if self.room else ""
        return f"{self.event} listens on port {self.port} ({KINDS.get(self.kind, self.kind)}){where}"


KINDS = {"tcp": "TCP", "udp": "UDP", "ws": "WebSocket", "wss": "secure WebSocket"}


class Trial(NamedTuple):
    """How a trial went: what it listened on, the error that ended it then or before; where the game was by then."""

    opened: OpenedServer | None
    error: str
    room: str
    counts: Mapping[str, int]
    """How many instances of each object there were."""

    @property
    def lasts(self) -> bool:
        """Whether it has begun to listen, and no error has ended it soon after."""
        return self.opened is not None and not self.error


def attempt(built: Built, loaded: Loaded, route: Route, known: Set[str] = frozenset()) -> Trial:
    """Starts the program in one way and waits until it listens; what the objects `known` open does not count."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(save_dir=folder, headless="ignore", event_timeout=EVENT_SECONDS)
        settings = settings._replace(input=route.actions, room=route.room, spawn=route.spawn)
        simulation = Simulation()
        player = simulation.add("doctor", built, loaded, settings)
        found: list[OpenedServer] = []
        watch(player, found, simulation, known)
        player.game.rt.service(Http).client = Offline()
        error = ""
        try:
            run(simulation, player, found)
        except (GmlError, GmlrunError) as raised:
            error = str(raised)
        except EventTimeout as late:
            error = str(late.as_error())
        finally:
            player.game.rt.service(Watchdog).finish()
            simulation.close()
        return outcome(player, found, report_text(player) or error)


def report_text(player: Player) -> str:
    """The error that ended the game, with its place; empty for none."""
    if not player.reports:
        return ""
    place = player.reports[0].place
    where = f"{os.path.basename(place.file)}:{place.line}: " if place is not None else ""
    return f"{where}{player.reports[0].message}"


def outcome(player: Player, found: list[OpenedServer], error: str) -> Trial:
    """How a trial went, and where it left the game."""
    room = player.game.rt.service(Rooms).current
    counts = {kind.name: len(kind.instances) for kind in player.game.world.objects if kind.instances}
    lines = error.splitlines() or [""]
    best = next((one for one in found if one.is_main), found[0] if found else None)
    return Trial(best, lines[0], room.name if room is not None else "", counts)


def run(simulation: Simulation, player: Player, found: list[OpenedServer]) -> None:
    """Lets the game continue until it has a server that clients connect to, its time is over, or ours."""
    start = time.monotonic()
    player.game.rt.service(Watchdog).begin()
    simulation.start(player)

    def is_over() -> bool:
        is_found = any(one.is_main for one in found)
        return is_found or player.is_over or time.monotonic() - start > REAL_SECONDS

    simulation.run(GAME_SECONDS, is_over)
    opened = time.monotonic()
    if any(one.is_main for one in found):
        simulation.run(LASTING, lambda: player.is_over or time.monotonic() - opened > LASTING_REAL)


def watch(player: Player, found: list[OpenedServer], simulation: Simulation, known: Set[str]) -> None:
    """Notes each server, and each UDP socket with a port, that a game opens, with the event that opens it."""
    listen, reserve = player.backend.listen, player.backend.reserve

    def note(kind: SocketType, number: int) -> None:
        made = opened(player, kind, player.backend.port_of(number), simulation.network.time)
        if made.owner not in known:
            found.append(made)

    def noted(kind: SocketType, address: str, port: int, max_clients: int, raw: bool) -> int:
        number = listen(kind, address, port, max_clients, raw)
        note(kind, number)
        return number

    def noted_socket(kind: SocketType, port: int = 0, address: str = "") -> int:
        number = reserve(kind, port, address)
        if kind == "udp" and port:
            note(kind, number)
        return number

    player.backend.listen = noted  # type: ignore[method-assign]
    player.backend.reserve = noted_socket  # type: ignore[method-assign]


def opened(player: Player, kind: str, port: int, seconds: float) -> OpenedServer:
    """The line to tell of a server that opens now."""
    world, room = player.game.world, player.game.rt.service(Rooms).current
    running = world.dispatch.running[-1] if world.dispatch.running else None
    owner, event = "", "the program"
    if running is not None and running.owner is not None:
        owner = running.owner.name
        event = f"{owner} ({event_words(running.number)})"
    return OpenedServer(kind, port, owner, event, room.name if room is not None else "", seconds)
