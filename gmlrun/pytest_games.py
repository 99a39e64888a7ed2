"""Games for tests in Python: a simulation goes in; a network, a clock and games come out that the tests drive."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from gmlrun.embedding.values import Bridge, Struct
from gmlrun.net.transports.simulated import Conditions
from gmlrun.runtime import Settings
from gmlrun.testing.simulation import Player, Simulation
from gmlrun.values.containers import Handles


class GmlGame:
    """A game of a Python test: a program that runs on the test's clock and network."""

    def __init__(self, network: GmlNetwork, player: Player) -> None:
        self.network = network
        self.player = player
        self.bridge = Bridge(player.game.rt.service(Handles), self._call)

    @property
    def output(self) -> list[str]:
        """The lines that it has printed."""
        return list(self.player.output)

    @property
    def is_running(self) -> bool:
        """Whether the game still runs."""
        return not self.player.is_over

    @property
    def exit_code(self) -> int:
        return self.player.exit_code

    @property
    def globals(self) -> Struct:
        """The variables of `global`."""
        return Struct(self.bridge, self.player.game.rt.globals)

    def instances(self, name: str = "") -> list[Struct]:
        """The instances of an object and its children, oldest first; all of them without a name."""
        world = self.player.game.world
        found: Iterable[Any] = world.instances.values()
        if name:
            found = [i for member in world.by_name[name].family() for i in member.instances.values()]
        return [Struct(self.bridge, instance) for instance in found]

    @property
    def instance(self) -> Struct:
        """The first instance of the program; a file's first instance holds the file's variables."""
        return self.instances()[0]

    def call(self, name: str, *arguments: Any) -> Any:
        """Calls a script function in the first instance; raises KeyError for an unknown one, GmlError for an error."""
        functions = self.player.game.rt.functions
        if name not in functions:
            raise KeyError(f"the program has no function {name}")
        return self._call(functions[name], arguments)

    def _call(self, function: Any, arguments: Iterable[Any]) -> Any:
        game = self.player.game
        scope: Any = next(iter(game.world.instances.values()), game.rt.globals)
        given = [self.bridge.to_gml(value) for value in arguments]
        return self.bridge.to_python(game.rt.call(function, scope, scope, *given))

    def kill(self, how: str = "fin") -> None:
        """Ends it from outside; its peers get a `fin`, a `reset`, or nothing (`silence`)."""
        if how not in ("fin", "reset", "silence"):
            raise ValueError(f"how a game ends is fin, reset or silence, not {how}")
        self.network.simulation.kill(self.player, how)


class GmlClock:
    """The clock of a Python test's games: it moves when the test says so."""

    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation

    @property
    def seconds(self) -> float:
        """Virtual seconds since the test began."""
        return self.simulation.network.time

    def advance(self, seconds: float) -> None:
        """Lets time pass; raises GmlError where a game ends with an error."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self.simulation.run(seconds)

    def until(self, condition: Callable[[], object], seconds: float = 10.0) -> float:
        """Lets time pass until a condition holds; returns how long it took, fails when it takes longer."""
        start = self.seconds
        if not self.simulation.run(seconds, lambda: bool(condition())):
            pytest.fail(f"the condition did not become true within {seconds:g} seconds")
        return self.seconds - start


class GmlNetwork:
    """The network between a Python test's games."""

    def __init__(self, simulation: Simulation, save_dir: Path) -> None:
        self.simulation = simulation
        self.save_dir = save_dir

    def start(self, *paths: str | os.PathLike[str], **settings: Any) -> GmlGame:
        """Starts a program; settings are those of `gmlrun.Settings`. Raises UsageError and SourceErrors."""
        files = [os.fspath(path) for path in paths]
        folder = files[0] if os.path.isdir(files[0]) else os.path.dirname(os.path.abspath(files[0]))
        name = os.path.basename(files[0])
        save_dir = self.save_dir / f"{len(self.simulation.players)}"
        usual = {"program_dir": folder, "program_name": name, "save_dir": save_dir, "headless": "ignore"}
        player = self.simulation.load(name, files, Settings(**{**usual, **settings}))
        self.simulation.start(player)
        self.simulation.settle()
        return GmlGame(self, player)

    def conditions(self, *games: GmlGame, **conditions: float) -> None:
        """Sets what the network does: latency, jitter (milliseconds), loss, duplicate, reorder, split (0 to 1), …

        Everywhere, for one game, or between two.
        """
        line = Conditions(**conditions)  # type: ignore[arg-type]
        if games:
            self.simulation.network.lines[frozenset(game.player.name for game in games)] = line
        else:
            self.simulation.network.usual = line

    @property
    def packets(self) -> Sequence[Any]:
        """The packets that were sent, with `time`, `kind`, `source`, `target`, `data` and `is_lost`."""
        return self.simulation.network.packets
