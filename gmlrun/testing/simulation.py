"""Several games in one process, on one network and one clock that jumps: programs go in, virtual time passes.

Each game is a Game with a SimulatedBackend and the simulation's clock. Time moves only here: to the next frame that a
game needs, the next packet that arrives, the next deadline.
"""

from __future__ import annotations

import contextlib
import math
import random
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, cast

from gmlrun.build.built import Built
from gmlrun.build.pipeline import build, load
from gmlrun.cache import Cache
from gmlrun.diagnostics import Report
from gmlrun.engine.loop import Loop
from gmlrun.errors import GameEnd, GmlError, UsageError
from gmlrun.game import Game
from gmlrun.net.transports.simulated import SimulatedBackend, SimulatedNetwork
from gmlrun.project.model import Loaded
from gmlrun.runtime import Clock, Runtime, Settings

Program = tuple[tuple[str, ...], str, str, bool]
"""Paths and settings that make a program."""
PATIENCE = 100_000
"""How often the clock may be looked at in one moment."""
TICK = 0.001
"""Seconds by which it moves at each further look."""
EPOCH = 1_700_000_000.0
"""The time at which every test begins, in seconds since 1970: dates do not depend on the day."""


class VirtualClock(Clock):
    """The time of a simulation, as a game sees it."""

    def __init__(self, network: SimulatedNetwork, seed: int = 0) -> None:
        self.network = network
        self.seed = seed
        self._looked_at = 0.0
        self._looks = 0
        """How often the clock has been looked at since it last moved."""

    def now(self) -> float:
        """Seconds since 1970-01-01 UTC."""
        return EPOCH + self.monotonic()

    def monotonic(self) -> float:
        """Seconds since the simulation began. Code that does nothing but wait for the clock sees it move at last."""
        network = self.network
        if network.time == self._looked_at:
            self._looks += 1
            if self._looks > PATIENCE:
                network.time += TICK
                self._looked_at = network.time
        else:
            self._looked_at, self._looks = network.time, 0
        return network.time

    @cached_property
    def random(self) -> random.Random:
        """The chance of a test, where one asks for it."""
        return random.Random(self.seed)

    def chance(self) -> int:
        """A number that follows from the seed."""
        return self.random.getrandbits(32)


class Player:
    """One game of a simulation, and how far it is."""

    def __init__(self, name: str, game: Game, output: list[str]) -> None:
        self.name = name
        self.game = game
        self.output = output
        self.reports: list[Report] = []
        self.loop: Loop = game.prepare_loop()
        self.is_main = False
        self.is_running = False
        """Whether the game's own code is on the stack, in an event."""
        self.is_waiting = False
        """Whether its code waits for the network: messages are taken, events are not run."""
        self.is_over = False
        self.exit_code = 0

    @property
    def can_run(self) -> bool:
        return not (self.is_over or self.is_running or self.is_waiting)

    @property
    def backend(self) -> SimulatedBackend:
        """The game's side of the network, made when it is first used."""
        from gmlrun.engine.sockets import Sockets

        return cast(SimulatedBackend, self.game.rt.service(Sockets).backend)

    @property
    def used_backend(self) -> SimulatedBackend | None:
        """The game's side of the network; None until the game has used it."""
        return cast("SimulatedBackend | None", self.game.rt.backend)

    def next_due(self) -> float | None:
        """The time at which the game has something to do next."""
        backend = self.used_backend
        times = (self.loop.next_due() if self.can_run else None, backend.next_due() if backend is not None else None)
        return min((time for time in times if time is not None), default=None)


class Simulation:
    """A network, a clock, and the games on them."""

    def __init__(self, seed: int = 0, on_line: Callable[[str, str], None] = lambda name, line: None) -> None:
        self.seed = seed
        self.network = self._make_network(seed)
        self.clock = self._make_clock(seed)
        self.players: list[Player] = []
        self.on_line = on_line
        """Is given what a game prints: the game's name and the line."""
        self.cache: Cache | None = None
        """Where programs that are compiled are kept, for later runs too."""
        self._programs: dict[Program, tuple[Loaded, Built]] = {}
        self.unheard: list[Player] = []
        """The games that an error has ended, of which nobody has been told."""

    def _make_network(self, seed: int) -> SimulatedNetwork:
        return SimulatedNetwork(seed)

    def _make_clock(self, seed: int) -> Clock:
        return VirtualClock(self.network, seed)

    def _make_backend(self, name: str) -> Any:
        return SimulatedBackend(self.network, name)

    # ---------------------------------------------------------------- games

    def add(self, name: str, built: Built, loaded: Loaded, settings: Settings) -> Player:
        """A game that has not started."""
        name, output = self._free_name(name), []
        if loaded.data_folder:
            settings = settings._replace(program_dir=loaded.data_folder)

        def put(line: str) -> None:
            output.append(line)
            self.on_line(name, line)

        def log(line: str) -> None:
            self.on_line(name, f"gmlrun: {line}")

        rt = Runtime(settings, clock=self.clock, output=put, log=log, seed=self.seed)
        game = Game(built, loaded, rt)
        made = Player(name, game, output)
        game.on_report = made.reports.append
        rt.make_backend = lambda: self._backend_of(made)
        self.players.append(made)
        return made

    def _backend_of(self, player: Player) -> object:
        """A game's side of the network; while the game's code waits in it, the others run."""
        backend = self._make_backend(player.name)
        backend.on_wait = lambda timeout: self._wait(player, timeout)
        return backend

    def has_used(self, part: Callable[[Runtime], object]) -> bool:
        """Whether one of the games has a part, such as its files, that is made when it is first used."""
        return any(player.game.rt.has_service(part) for player in self.players)

    def _free_name(self, name: str) -> str:
        taken, number, made = {player.name for player in self.players}, 1, name
        while made in taken:
            number += 1
            made = f"{name} {number}"
        return made

    def load(self, name: str, paths: Sequence[str], settings: Settings) -> Player:
        """A game from its files, which are read once; raises UsageError and SourceErrors."""
        program = (tuple(paths), settings.config, settings.execute, settings.optimise)
        if program not in self._programs:
            loaded, _ = load(paths, settings)
            self._programs[program] = loaded, build(loaded, cache=self.cache)
        loaded, built = self._programs[program]
        return self.add(name, built, loaded, settings)

    def start(self, player: Player) -> None:
        """Starts a game other than the test's own: its first room, its Create events."""
        with self._running(player):
            self._guard(player, player.game.start)
            if not player.is_over:
                self._guard(player, player.loop.begin)
        self._end_if_done(player)

    def kill(self, player: Player, how: str) -> None:
        """Ends a game from outside: its connections end in order (`fin`), by a reset (`reset`), or say nothing."""
        player.is_over = True
        if how == "silence":
            self.network.silent.add(player.name)
        elif player.used_backend is not None:
            if how == "reset":
                player.used_backend.reset_all()
            else:
                player.used_backend.close_all(0.0)

    # ----------------------------------------------------------------- time

    def run(self, seconds: float, is_over: Callable[[], bool] = lambda: False) -> bool:
        """Lets time pass until something is over; returns whether it is. Raises what ends the test's own game."""
        end = self.network.time + seconds
        self.run_out(is_over, end)
        if is_over():
            return True
        self.network.time = max(self.network.time, end)
        self.settle()
        return is_over()

    def run_out(self, is_over: Callable[[], bool], end: float = math.inf) -> None:
        """Lets time pass until something is over, or nothing can happen any more before a moment."""
        self.settle()
        while not is_over():
            due = self.next_due()
            if due is None or due > end:
                return
            self.network.time = max(self.network.time, due)
            self.settle()

    def next_due(self) -> float | None:
        """When the next thing happens; None when nothing can any more."""
        times = [self.network.next_due(), *(player.next_due() for player in self.players if not player.is_over)]
        return min((time for time in times if time is not None), default=None)

    def settle(self) -> None:
        """Does what is due now."""
        self.network.deliver()
        for player in list(self.players):
            if player.can_run:
                self._turn(player)
            elif player.is_waiting and player.used_backend is not None:
                player.game.rt.network.poll(0.0)
        self._tell()

    def _turn(self, player: Player) -> None:
        with self._running(player):
            if player.used_backend is not None:
                player.game.rt.network.poll(0.0)
            if player.loop.ending is None:
                self._guard(player, player.loop.advance)
            if not player.is_over and player.used_backend is not None:
                player.used_backend.flush()
        self._end_if_done(player)

    def _guard(self, player: Player, action: Callable[[], object]) -> None:
        """Runs code of a game; an error ends it, in the test's own game the test."""
        try:
            action()
        except GameEnd as end:
            player.loop.ending = end.code
        except Exception as error:
            if player.is_main or isinstance(error, UsageError):  # there is no such room
                raise
            player.exit_code = player.game.unhandled(error)
            player.loop.finish(player.exit_code, events=False)
            player.is_over = True
            if player.reports:
                self.unheard.append(player)

    def _end_if_done(self, player: Player) -> None:
        """Ends a game that has asked for it, or in which nothing can happen any more."""
        if player.is_over or player.is_main:
            return
        loop = player.loop
        if loop.ending is not None or not (loop.persistent_program or loop.has_work()):
            with self._running(player):
                self._guard(player, lambda: loop.finish(loop.ending or 0))
            player.exit_code, player.is_over = loop.ending or player.exit_code, True

    def _tell(self) -> None:
        """Tells the test of a game that has ended with an error."""
        if self.unheard:
            player = self.unheard.pop(0)
            report = player.reports[-1]
            place = f" at {report.place.file}:{report.place.line}" if report.place else ""
            raise GmlError(f"the game {player.name} has ended with an error{place}: {report.message}")

    @contextlib.contextmanager
    def _running(self, player: Player) -> Iterator[None]:
        before, player.is_running = player.is_running, True
        try:
            yield
        finally:
            player.is_running = before

    def _wait(self, player: Player, timeout: float | None) -> None:
        """Time passes while a game's code waits for the network; the others run."""
        before, player.is_waiting = player.is_waiting, True
        try:
            due, end = self.next_due(), self.network.time + (0.05 if timeout is None else timeout)
            self.network.time = max(self.network.time, min(end, end if due is None else due))
            self.settle()
        finally:
            player.is_waiting = before

    def close(self) -> None:
        """Closes what is open, at the end of a test; no code runs."""
        for player in self.players:
            if player.used_backend is not None:
                player.used_backend.close_all(0.0)
