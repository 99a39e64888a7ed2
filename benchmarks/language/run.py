"""Runs the language's benchmarks: a table of times and ratios comes out, and their geometric mean."""

from __future__ import annotations

import importlib
import statistics
import tempfile
from pathlib import Path
from types import ModuleType

from benchmarks.measure import compare
from gmlrun.game import Game

NAMES = ("fib", "nested_loops", "array_sum", "sieve", "string_building", "struct_methods", "buffer_writes")


def ratio(module: ModuleType) -> float:
    """How many times the Python function's time the GML function takes; both must agree."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.gml"
        path.write_text(module.GML, encoding="utf-8")
        game = Game.load([path])
        game.start()
    bench, scope = game.rt.functions["bench"], game.rt.globals
    assert bench(scope, scope) == module.python()
    ours, theirs = compare(lambda: bench(scope, scope), module.python, warm_up=10)
    return ours / theirs


def main() -> None:
    """Prints one line for each benchmark."""
    print("language: time, as a multiple of hand-written Python (less is better)")
    ratios = []
    for name in NAMES:
        ratios.append(ratio(importlib.import_module(f"benchmarks.language.{name}")))
        print(f"  {name:<18} {ratios[-1]:5.2f}", flush=True)
    print(f"  {'geometric mean':<18} {statistics.geometric_mean(ratios):5.2f}   (goal: at most 1.8)")
