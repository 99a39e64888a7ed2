"""Facts about a running server: a game goes in, plain values come out, ready for JSON."""

from __future__ import annotations

import os

from gmlrun.game import Game

WORKER = "GMLRUN_WORKER"
"""The environment variable that tells a worker its number, from 1 on."""


def inmost_backend(game: Game) -> object:
    """The game's own backend, behind what traces, counts or forbids; None as long as it has none."""
    backend: object = game.rt.backend
    while (inner := own(backend, "inner") or own(backend, "_backend")) is not None:
        backend = inner
    return backend


def own(backend: object, name: str) -> object:
    """An attribute of a backend itself, not of the one that it stands before; None where there is none.

    Asking for `__dict__` instead would make each later access to the backend's attributes slower.
    """
    try:
        return object.__getattribute__(backend, name)
    except AttributeError:
        return None


def name_of(game: Game) -> str:
    """The server's name: its file or project, and its number if it is one of several workers."""
    worker = os.environ.get(WORKER)
    name = game.rt.settings.program_name
    return f"{name}.{worker}" if worker else name


def uptime_of(game: Game) -> float:
    """Seconds since the game was made."""
    return game.rt.clock.monotonic() - game.rt.started


def ports_of(game: Game) -> list[str]:
    """The ports that the game has open, as `tcp 6510`."""
    if game.rt.backend is None:
        return []
    return [f"{kind} {port}" for kind, port in game.rt.backend.ports()]


def clients_of(game: Game) -> int:
    """How many clients the game's servers have."""
    return 0 if game.rt.backend is None else int(game.rt.backend.client_count())


def facts_of(game: Game, is_draining: bool) -> dict[str, object]:
    """The facts that `gmlrun ps` shows."""
    return {
        "name": name_of(game),
        "process": os.getpid(),
        "paths": [os.path.abspath(path) for path in game.paths],
        "uptime": uptime_of(game),
        "ports": ports_of(game),
        "clients": clients_of(game),
        "instances": len(game.world.instances),
        "draining": is_draining,
    }
