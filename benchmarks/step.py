"""A step of 5,000 instances, against a bare Python loop that calls 5,000 functions with the same bodies.

The aim is at most 2.0; four times as many instances must take four times as long, which the second row shows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import compare
from gmlrun.game import Game
from gmlrun.runtime.step import Loop

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


def gml_frames(count: int) -> Callable[[], None]:
    """A few frames of a game with so many instances."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "walkers.gml"
        path.write_text(GML.format(count=count), encoding="utf-8")
        game = Game.load([path])
    loop = game.prepare_loop()
    game.start()

    def frames() -> None:
        for _ in range(FRAMES):
            loop.frame()

    return frames


def python_frames(count: int) -> Callable[[], None]:
    """As many frames of the bare loop."""
    calls = [(step, Walker()) for _ in range(count)]

    def frames() -> None:
        for _ in range(FRAMES):
            for function, walker in calls:
                function(walker)

    return frames


def main() -> None:
    """Prints a line for each number of instances."""
    print(f"{'instances':>10} {'gmlrun':>10} {'Python':>10} {'ratio':>6}   (a frame)")
    for count in COUNTS:
        ours, theirs = compare(gml_frames(count), python_frames(count))
        print(f"{count:>10} {ours / FRAMES * 1e3:>7.2f} ms {theirs / FRAMES * 1e3:>7.2f} ms {ours / theirs:>6.2f}")
