"""A tournament of bots that strangers have written in GML: each pair shares or steals, round after round.

python examples/embedding/bots.py [FOLDER]     (a bot is a .gml file with a function `play(mine, theirs)`)
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

from gmlrun import Game, GmlError, Limits, Permissions, SourceErrors

BOTS = Path(__file__).with_name("bots")
ROUNDS = 10
POINTS = {
    ("share", "share"): (3, 3),
    ("share", "steal"): (0, 5),
    ("steal", "share"): (5, 0),
    ("steal", "steal"): (1, 1),
}
LIMITS = Limits(event_time=0.2, memory=16 << 20, sockets=0, handles=100, instances=100, output=10_000)


class Bot:
    """A bot in a game of its own, which can compute and nothing else."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self.fault = ""
        """Why it was sent off."""
        self.game = Game(path, permissions=Permissions.sandbox(), limits=LIMITS, on_output=self.say, on_log=self.say)

    def say(self, line: str) -> None:
        print(f"{self.name}: {line}")

    def play(self, mine: list[str], theirs: list[str]) -> str:
        """Its move, from all moves so far; a bot that fails shares from then on."""
        if self.fault:
            return "share"
        try:
            move = self.game.call("play", mine, theirs)
        except (GmlError, SourceErrors, KeyError) as error:
            self.fault = str(error)
            return "share"
        return "steal" if move == "steal" else "share"


def match(one: Bot, other: Bot) -> tuple[int, int]:
    """The points of two bots."""
    moves: tuple[list[str], list[str]] = ([], [])
    scores = [0, 0]
    for _ in range(ROUNDS):
        pair = (one.play(*moves), other.play(moves[1], moves[0]))
        for side in (0, 1):
            moves[side].append(pair[side])
            scores[side] += POINTS[pair][side]
    return scores[0], scores[1]


def tournament(folder: Path = BOTS) -> tuple[dict[str, int], dict[str, str]]:
    """The points of all bots, the best first, and the faults of those that were sent off."""
    bots = [Bot(path) for path in sorted(folder.glob("*.gml"))]
    scores = dict.fromkeys((bot.name for bot in bots), 0)
    for one, other in combinations(bots, 2):
        for bot, points in zip((one, other), match(one, other), strict=True):
            scores[bot.name] += points
    faults = {bot.name: bot.fault for bot in bots if bot.fault}
    return dict(sorted(scores.items(), key=lambda entry: -entry[1])), faults


if __name__ == "__main__":
    points, faults = tournament(Path(sys.argv[1]) if len(sys.argv) > 1 else BOTS)
    for name, score in points.items():
        print(f"{score:5} {name}{f'  (sent off: {faults[name]})' if name in faults else ''}")
