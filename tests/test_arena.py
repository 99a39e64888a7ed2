"""The arena, a project with rooms: a server and four clients in one process, on a network and a clock in memory."""

from __future__ import annotations

from collections.abc import Callable

from gmlrun.builtins.movement import gap
from gmlrun.engine.loop import Loop
from gmlrun.engine.world import World
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend, MemoryNetwork
from gmlrun.runtime import Clock, Settings
from gmlrun.space.collisions import meeting
from gmlrun.space.masks import box_of
from tests.conftest import ROOT

ARENA = ROOT / "examples" / "arena"
CLIENT = [ARENA / "client.gml", ARENA / "scripts" / "arena_protocol" / "arena_protocol.gml"]
NAMES = ["Ada", "Ben", "Cyd", "Dan"]
SECONDS = 10.0


class NetworkClock(Clock):
    """The time of a network in memory, which passes when nobody has anything left to do."""

    def __init__(self, network: MemoryNetwork) -> None:
        self.now = self.monotonic = network.now  # type: ignore[method-assign]


class Player:
    """A game among others in this process."""

    def __init__(self, network: MemoryNetwork, *paths: object, name: str = "") -> None:
        self.printed: list[str] = []
        self.game = Game.load(
            [str(path) for path in paths],
            Settings(arguments=[name] if name else []),
            clock=NetworkClock(network),
            output=self.printed.append,
            log=lambda line: None,
            backend=MemoryBackend(network),
        )
        self.loop = self.game.rt.service(Loop)
        self.loop.persistent_program = True
        self.game.start()

    def turn(self) -> None:
        """Takes what has arrived, and a frame when it is due; ends when the game says so."""
        if self.loop.ending is None:
            self.loop.wait()
            self.loop.advance()
            if self.loop.ending is not None:
                self.loop.finish(self.loop.ending)

    @property
    def result(self) -> list[str]:
        return [line for line in self.printed if line.endswith("points")]

    def count(self, name: str) -> int:
        return len(self.game.world.by_name[name].instances)


def play(network: MemoryNetwork, players: list[Player], until: Callable[[], bool] = lambda: False) -> None:
    """Lets everybody take turns."""
    end = network.now() + SECONDS
    while network.now() < end and not until():
        for player in players:
            player.turn()


def test_four_players_run_for_coins() -> None:
    network = MemoryNetwork()
    server = Player(network, ARENA / "arena.yyp")
    clients = [Player(network, *CLIENT, name=name) for name in NAMES]
    play(network, [server, *clients])
    assert server.loop.ending is None
    assert server.loop.frames >= 60 * SECONDS - 1
    assert [client.loop.ending for client in clients] == [0, 0, 0, 0]

    ranking = [line.split(": ") for line in clients[0].result]
    points = [int(text.split()[0]) for _, text in ranking]
    assert sorted(name for name, _ in ranking) == NAMES
    assert points == sorted(points, reverse=True)
    assert points[0] >= 5
    assert [client.result for client in clients] == [clients[0].result] * 4
    assert sorted(server.printed[:4]) == [f"{name} joins" for name in NAMES]
    assert server.printed[4:6] == ["a round of 5 seconds", f"{ranking[0][0]} wins"]
    assert sorted(server.printed[6:]) == [f"{name} leaves" for name in NAMES]
    assert server.game.rt.service(World).by_name["obj_lobby"].instances
    assert server.count("obj_server") == 1
    assert server.count("obj_player") == server.count("obj_coin") == 0


def test_a_round_without_players_is_over() -> None:
    network = MemoryNetwork()
    server = Player(network, ARENA / "arena.yyp")
    clients = [Player(network, *CLIENT, name=name) for name in NAMES]
    play(network, [server, *clients], until=lambda: server.count("obj_round") == 1)
    assert server.count("obj_coin") == 8
    for client in clients:
        client.loop.finish(0)
    play(network, [server], until=lambda: server.count("obj_lobby") == 1)
    assert server.count("obj_round") == 0
    assert "wins" not in " ".join(server.printed)


def test_too_few_players_wait_in_the_lobby_and_nonsense_is_ignored() -> None:
    network = MemoryNetwork()
    server = Player(network, ARENA / "arena.yyp")
    stranger = MemoryBackend(network)
    number = stranger.connect("tcp", "localhost", 6510, False)
    clients = [Player(network, *CLIENT, name=name) for name in NAMES[:3]]
    for nonsense in (b"", b"\0", b"\0x", b"\3", b"\3\1", b"\xff\xff\xff"):
        play(network, [server, *clients], until=lambda: server.count("obj_player") == 4)
        stranger.poll(0.0)
        stranger.send(number, nonsense)
        stranger.poll(0.0)
    play(network, [server, *clients])
    assert server.count("obj_lobby") == 1
    assert [client.printed for client in clients] == [[], [], []]


def test_walls_stop_players_and_coins_lie_beside_them() -> None:
    network = MemoryNetwork()
    server = Player(network, ARENA / "arena.yyp")
    clients = [Player(network, *CLIENT, name=name) for name in NAMES]
    gaps: set[float] = set()

    def look() -> bool:
        kinds = server.game.world.by_name
        for wall in kinds["obj_wall"].instances.values():
            for name in ("obj_player", "obj_coin"):
                assert not any(meeting(one, wall) for one in kinds[name].instances.values())
            gaps.update(gap(box_of(one), box_of(wall)) for one in kinds["obj_player"].instances.values())
        return False

    play(network, [server, *clients], until=look)
    assert min(gaps) < 3, "nobody has touched a wall"
