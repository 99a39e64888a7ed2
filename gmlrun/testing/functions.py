"""The functions that a test has beside GameMaker's: `test_advance`, `test_start`, `test_net`, ….

Each is called as a script function is: `function(other, self, *arguments)`. A wrong argument raises GmlError.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from gmlrun.errors import GmlError, SourceErrors, UsageError
from gmlrun.language import attribute
from gmlrun.net.transports.simulated import Conditions
from gmlrun.runtime import Settings
from gmlrun.suggestions import did_you_mean
from gmlrun.testing.simulation import Player, Simulation
from gmlrun.values.conversions import to_real
from gmlrun.values.model import Handle, Struct, own_variables
from gmlrun.values.text import string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

KILLS = ("fin", "reset", "silence")
HEADER = bytes.fromhex("dec0adde0c000000")
"""The first bytes of GameMaker's packets."""


class TestGame(Handle):
    """A game that a test has started, as GML holds it."""

    __slots__ = ("player",)
    __test__ = False

    def __init__(self, index: int, player: Player) -> None:
        super().__init__("test game", index)
        self.player = player


class TestFunctions:
    """The functions of one test."""

    __test__ = False

    def __init__(self, simulation: Simulation, main: Player, folder: str, settings: Settings) -> None:
        self.simulation = simulation
        self.main = main
        self.folder = folder
        self.settings = settings
        self.games: list[TestGame] = []

    def bound(self, called: frozenset[str]) -> dict[str, Callable[..., Value]]:
        """Those of the functions that are called, by name, as a game's natives."""
        return {name: partial(call, self, name) for name in called & NAMES}

    # ----------------------------------------------------------------- time

    def test_advance(self, scope: Value, seconds: Value) -> None:
        """Lets SECONDS pass for all games."""
        self.simulation.run(amount("test_advance", "seconds", seconds))

    def test_step(self, scope: Value, frames: Value = 1.0) -> None:
        """Lets FRAMES frames of the test's own game pass."""
        loop = self.main.loop
        count = int(amount("test_step", "frames", frames))
        for _ in range(count):
            before = loop.frames
            self.simulation.run(1.0 / loop.speed, lambda before=before: loop.frames > before)  # type: ignore[misc]

    def test_until(self, scope: Any, function: Any, seconds: Any = 10.0) -> float:
        """Lets time pass until FUNCTION returns true; an error after SECONDS. Gives the seconds that it took."""
        rt, (other, self_) = self.main.game.rt, scope
        rt.callable(function)
        limit, start = amount("test_until", "seconds", seconds), self.simulation.network.time
        if not self.simulation.run(limit, lambda: to_real(rt.call(function, self_, other)) > 0.5):
            raise GmlError(f"test_until: the condition did not become true within {limit:g} seconds")
        return self.simulation.network.time - start

    # ---------------------------------------------------------------- games

    def test_start(self, scope: Value, path: Value, options: Value = None) -> TestGame:
        """Starts another game from a file or a project. Options: room, spawn, exec, scripts, name, arguments."""
        given = fields("test_start", options, ("room", "spawn", "exec", "scripts", "name", "arguments"))
        file = os.path.normpath(os.path.join(self.folder, string_of(path)))
        scripts = [os.path.normpath(os.path.join(self.folder, string_of(one))) for one in texts(given, "scripts")]
        settings = self.settings._replace(
            program_dir=file if os.path.isdir(file) else os.path.dirname(os.path.abspath(file)),
            program_name=os.path.splitext(os.path.basename(file))[0],
            room=string_of(given.get("room", "")),
            spawn=string_of(given.get("spawn", "")),
            execute=string_of(given.get("exec", "")),
            arguments=[string_of(one) for one in texts(given, "arguments")],
        )
        name = string_of(given.get("name", os.path.basename(file)))
        try:
            player = self.simulation.load(name, [file, *scripts], settings)
        except UsageError as error:
            raise GmlError(f"test_start: {error}") from None
        except SourceErrors as errors:
            first = errors.diagnostics[0]
            where = f"{first.place.file}:{first.place.line}:{first.place.column}"
            raise GmlError(f"test_start: {where}: {first.message}") from None
        made = TestGame(len(self.games), player)
        self.games.append(made)
        try:
            self.simulation.start(player)
        except UsageError as error:
            player.is_over = True
            raise GmlError(f"test_start: {error}") from None
        self.simulation.settle()
        return made

    def test_bots(self, scope: Value, count: Value, path: Value, options: Value = None) -> list[Value]:
        """Starts COUNT games from the same file; gives an array of them."""
        return [self.test_start(scope, path, options) for _ in range(int(amount("test_bots", "count", count)))]

    def test_global(self, scope: Value, game: Value, name: Value) -> Value:
        """A global variable of another game, or else a variable of its first instance."""
        player, wanted = self.player("test_global", game), attribute(string_of(name))
        rt = player.game.rt
        for owner in (rt.globals, *player.game.world.instances.values()):
            if wanted in vars(owner):
                return vars(owner)[wanted]
        raise GmlError(f"test_global: {player.name} has no variable {string_of(name)}")

    def test_call(self, scope: Value, game: Value, name: Value, *arguments: Value) -> Value:
        """Calls a script function of another game with its first instance as self; gives what it returns."""
        player, wanted = self.player("test_call", game), string_of(name)
        rt = player.game.rt
        function = rt.functions.get(wanted)
        if function is None:
            hint = did_you_mean(wanted, rt.functions)
            raise GmlError(f"test_call: {player.name} has no function {wanted}{f': {hint}' if hint else ''}")
        self_ = next(iter(player.game.world.instances.values()), rt.globals)
        return rt.call(function, self_, self_, *arguments)

    def test_log(self, scope: Value, game: Value) -> list[Value]:
        """The lines that another game has printed, as an array."""
        return list(self.player("test_log", game).output)

    def test_is_running(self, scope: Value, game: Value) -> bool:
        """Whether another game has not ended."""
        return not self.player("test_is_running", game).is_over

    def test_kill(self, scope: Value, game: Value, how: Value = "fin") -> None:
        """Ends another game from outside: its peers get a FIN, a reset, or (`silence`) nothing."""
        way = string_of(how)
        if way not in KILLS:
            raise GmlError(f"test_kill: how a game ends is one of {', '.join(KILLS)}, not {way}")
        self.simulation.kill(self.player("test_kill", game), way)

    def player(self, function: str, game: Value) -> Player:
        """The game that a handle names."""
        if not isinstance(game, TestGame):
            raise GmlError(f"{function}: the game must be what test_start has returned, not {string_of(game)}")
        return game.player

    # -------------------------------------------------------------- network

    def test_net(self, scope: Value, conditions: Value, *games: Value) -> None:
        """Sets the conditions of all lines, of one game's, or of the line between two games."""
        self.need_simulation("test_net")
        given = fields("test_net", conditions, Conditions._fields)
        line = Conditions(**{name: checked_condition(name, value) for name, value in given.items()})
        if len(games) > 2:
            raise GmlError("test_net: a line is between two games")
        if games:
            names = frozenset(self.player("test_net", game).name for game in games)
            self.simulation.network.lines[names] = line
        else:
            self.simulation.network.usual = line

    def need_simulation(self, function: str) -> None:
        """Raises GmlError where the network is the real one."""
        if self.simulation.network.is_real:
            raise GmlError(f"{function}: with --real-network the line is the real one")

    def test_packets(self, scope: Value, *games: Value) -> list[Any]:
        """The packets that were sent, by anybody, by or to one game, or between two: an array of structs."""
        self.need_simulation("test_packets")
        names = {self.player("test_packets", game).name for game in games}
        found = []
        for packet in self.simulation.network.packets:
            if names <= {packet.source, packet.target}:
                found.append(packet_struct(packet))
        return found


def call(functions: TestFunctions, name: str, other: Value, self: Value, *arguments: Value) -> Value:
    """One call of a test function, with its number of arguments checked."""
    least, most, signature = SIGNATURES[name]
    if not least <= len(arguments) <= most:
        raise GmlError(f"{name}: {len(arguments)} arguments, expected {signature}")
    return getattr(functions, name)((other, self), *arguments)


SIGNATURES: dict[str, tuple[int, int, str]] = {
    "test_advance": (1, 1, "test_advance(seconds)"),
    "test_step": (0, 1, "test_step([frames])"),
    "test_until": (1, 2, "test_until(function, [seconds])"),
    "test_start": (1, 2, "test_start(path, [options])"),
    "test_bots": (2, 3, "test_bots(count, path, [options])"),
    "test_global": (2, 2, "test_global(game, name)"),
    "test_call": (2, 18, "test_call(game, function, ...)"),
    "test_log": (1, 1, "test_log(game)"),
    "test_is_running": (1, 1, "test_is_running(game)"),
    "test_kill": (1, 2, "test_kill(game, [how])"),
    "test_net": (1, 3, "test_net(conditions, [game], [game])"),
    "test_packets": (0, 2, "test_packets([game], [game])"),
}
NAMES = frozenset(SIGNATURES)


def described(name: str) -> str:
    """The signature and the description of a test function, as `gmlrun doc` shows them; empty for another name."""
    if name not in SIGNATURES:
        return ""
    text = " ".join((getattr(TestFunctions, name).__doc__ or "").split())
    return f"{SIGNATURES[name][2]}\n    {text}\n    A function of gmlrun test: docs/testing.md"


def amount(function: str, name: str, value: Value) -> float:
    """A number of at least 0."""
    number = to_real(value)
    if not 0 <= number < 1e9:
        raise GmlError(f"{function}: {name} must be a number of at least 0, not {string_of(value)}")
    return number


def checked_condition(name: str, value: Value) -> Any:
    """The value of a condition; chances go from 0 to 1."""
    number = to_real(value)
    if name == "partition":
        return number > 0.5
    if number < 0 or (name in ("loss", "duplicate", "reorder", "split") and number > 1) or number != number:
        limits = "of at least 0" if name in ("latency", "jitter", "bandwidth") else "from 0 to 1"
        raise GmlError(f"test_net: {name} must be a number {limits}, not {string_of(value)}")
    return number


def fields(function: str, options: Value, known: tuple[str, ...]) -> dict[str, Value]:
    """The entries of a struct of options; raises GmlError for a name that is none."""
    if options is None:
        return {}
    if not isinstance(options, Struct):
        raise GmlError(f"{function}: the options must be a struct, not {string_of(options)}")
    given = dict(own_variables(options))
    for name in given:
        if name not in known:
            raise GmlError(f"{function}: there is no option {name}: {did_you_mean(name, known) or ', '.join(known)}")
    return given


def texts(given: dict[str, Value], name: str) -> list[Value]:
    """An option of test_start that is an array."""
    value = given.get(name, [])
    if not isinstance(value, list):
        raise GmlError(f"test_start: {name} must be an array of strings, not {string_of(value)}")
    return value


def packet_struct(packet: Any) -> Struct:
    """A packet as GML reads it; GameMaker's header is taken off."""
    made: Any = Struct()
    payload = packet.data[12:] if packet.data.startswith(HEADER) else packet.data
    made.time, made.kind, made.lost = packet.time, packet.kind, packet.is_lost
    made.source, made.target = packet.source, packet.target
    made.size = float(len(packet.data))
    made.payload = payload.hex()
    return made  # type: ignore[no-any-return]
