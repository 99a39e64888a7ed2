"""Runs the language's benchmarks: a table of times and ratios comes out, and their geometric mean."""

from __future__ import annotations

import importlib
import pkgutil
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

from benchmarks import lua
from gmlrun.game import Game

NAMES = tuple(sorted(found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)]) if found.name != "run"))
MEAN_GOAL, WORST_GOAL = 1.6, 3.0
WARM_UP = 8
"""Runs before any counts: CPython specialises the loops of a function only after some calls."""
ROUNDS = 12


def gml_side(module: ModuleType) -> Callable[[], object]:
    """A call of the GML function `bench`; where frames go by, `finish` after them has the result."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.gml"
        path.write_text(module.GML, encoding="utf-8")
        game = Game.load([path])
    frames = getattr(module, "FRAMES", 0)
    loop = game.prepare_loop() if frames else None
    game.start()
    bench, scope = game.rt.functions["bench"], game.rt.globals
    if loop is None:
        return partial(bench, scope, scope)

    def run() -> object:
        bench(scope, scope)
        for _ in range(frames):
            loop.frame()
        return game.rt.functions["finish"](scope, scope)

    return run


def best_times(module: ModuleType) -> tuple[float, float]:
    """The seconds of the GML function and of the Python function; both must agree."""
    gml = gml_side(module)
    for _ in range(WARM_UP):
        assert gml() == module.python()
    pairs = [(processor_time(gml), processor_time(module.python)) for _ in range(ROUNDS)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def beside(name: str, python_time: float) -> str:
    """What is printed beside a ratio: how long Lua takes, where it is installed."""
    found = lua.measured(name)
    return "" if found is None else f"   Lua 5.4: {found[1] / python_time:.2f}"


def processor_time(run: Callable[[], object]) -> float:
    """How long one run keeps the processor busy: other programs of the machine do not count."""
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    """Prints one line for each benchmark."""
    print("language: time, as a multiple of hand-written Python (less is better)")
    ratios = []
    for name in NAMES:
        gml_time, python_time = best_times(importlib.import_module(f"benchmarks.language.{name}"))
        ratios.append(gml_time / python_time)
        above = "" if ratios[-1] <= WORST_GOAL else "   above the goal"
        print(f"  {name:<18} {ratios[-1]:5.2f}{beside(name, python_time)}{above}", flush=True)
    mean = statistics.geometric_mean(ratios)
    print(f"  {'geometric mean':<18} {mean:5.2f}   (goal: at most {MEAN_GOAL}, and no program above {WORST_GOAL})")
