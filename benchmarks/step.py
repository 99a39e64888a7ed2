"""A step of 5,000 instances, against a bare Python loop that calls 5,000 functions with the same bodies.

The aim is at most 2.0; four times as many instances must take four times as long, which the second row shows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import compare
from gmlrun.game import Game

GML = """
object obj_walker {{
    event create {{ at = 0; pace = 0.5; turns = 0; }}
    event step {{
        at += pace;
        if (at > 100) {{ at = 0; turns += 1; }}
    }}
}}
repeat ({count}) instance_create_depth(0, 0, 0, obj_walker);
"""
COUNTS = (5_000, 20_000)
FRAMES = 10


class Walker:
    """What an instance of `obj_walker` holds."""

    def __init__(self) -> None:
        self.at, self.pace, self.turns = 0.0, 0.5, 0.0


def step(self: Walker) -> None:
    """The body of `obj_walker`'s step event."""
    self.at += self.pace
    if self.at > 100:
        self.at = 0.0
        self.turns += 1


class GmlFrames:
    """A game with so many instances."""

    def __init__(self, count: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "walkers.gml"
            path.write_text(GML.format(count=count), encoding="utf-8")
            self.game = Game.load([path])
        self.loop = self.game.prepare_loop()
        self.game.start()

    def run(self) -> None:
        """A few frames."""
        for _ in range(FRAMES):
            self.loop.frame()

    def walkers(self) -> list[Any]:
        """The instances, oldest first."""
        return [one for one in self.game.world.instances.values() if one.__object__.name == "obj_walker"]


class PythonFrames:
    """The bare loop over so many functions."""

    def __init__(self, count: int) -> None:
        self.calls = [(step, Walker()) for _ in range(count)]

    def run(self) -> None:
        """As many frames."""
        for _ in range(FRAMES):
            for function, walker in self.calls:
                function(walker)

    def walkers(self) -> list[Walker]:
        """What the functions were called with."""
        return [walker for _, walker in self.calls]


def main() -> None:
    """Prints a line for each number of instances."""
    print(f"{'instances':>10} {'gmlrun':>10} {'Python':>10} {'ratio':>6}   (a frame)")
    for count in COUNTS:
        ours, theirs = compare(GmlFrames(count).run, PythonFrames(count).run)
        print(f"{count:>10} {ours / FRAMES * 1e3:>7.2f} ms {theirs / FRAMES * 1e3:>7.2f} ms {ours / theirs:>6.2f}")
