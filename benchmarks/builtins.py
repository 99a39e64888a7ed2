"""The builtins that servers call most: what each costs, and what its wrapper adds to the Python call that it wraps.

Then the data structures and arrays at two sizes: how an operation's time grows from 10,000 elements to 1,000,000.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measure import seconds
from gmlrun.builtins import binding, catalogue, registry
from gmlrun.builtins.registry import Builtin
from gmlrun.game import Game
from gmlrun.runtime import Runtime

CALLS = 100
"""Calls in a row, so that the loop around them does not count."""

ROUNDS = 100
GOAL = 4.0
"""How many times an empty Python call a wrapper may add."""


class Row(NamedTuple):
    """A call that can be repeated: a builtin, and the arguments that `world` has or that are given."""

    name: str
    arguments: tuple[Any, ...] = ()


class Named(NamedTuple):
    """An argument by its name in the world."""

    name: str


BUFFER, LIST, MAP, GRID, ARRAY = (Named(name) for name in ("buffer", "list", "map", "grid", "array"))

ROWS = (
    Row("buffer_seek", (BUFFER, 0.0, 0.0)),
    Row("buffer_read", (BUFFER, 1.0)),
    Row("__buffer_read_u8", (BUFFER,)),
    Row("buffer_write", (BUFFER, 1.0, 7.0)),
    Row("__buffer_write_u16", (BUFFER, 7.0)),
    Row("buffer_tell", (BUFFER,)),
    Row("buffer_peek", (BUFFER, 0.0, 1.0)),
    Row("buffer_get_size", (BUFFER,)),
    Row("ds_list_size", (LIST,)),
    Row("ds_list_find_value", (LIST, 1.0)),
    Row("ds_list_find_index", (LIST, 10.0)),
    Row("ds_list_set", (LIST, 1.0, 20.0)),
    Row("ds_map_find_value", (MAP, "key")),
    Row("ds_map_exists", (MAP, "key")),
    Row("ds_map_set", (MAP, "key", 1.0)),
    Row("ds_map_size", (MAP,)),
    Row("ds_grid_get", (GRID, 1.0, 1.0)),
    Row("ds_grid_set", (GRID, 1.0, 1.0, 5.0)),
    Row("ds_exists", (LIST, 2.0)),
    Row("array_length", (ARRAY,)),
    Row("array_get", (ARRAY, 1.0)),
    Row("array_set", (ARRAY, 1.0, 2.0)),
    Row("is_undefined", (1.0,)),
    Row("is_string", ("text",)),
    Row("string", (12.0,)),
    Row("string_length", ("text",)),
    Row("string_char_at", ("text", 2.0)),
    Row("string_copy", ("some text", 2.0, 3.0)),
    Row("string_pos", ("x", "some text")),
    Row("ord", ("A",)),
    Row("chr", (65.0,)),
    Row("real", ("12",)),
    Row("abs", (-1.5,)),
    Row("sign", (-1.5,)),
    Row("round", (1.5,)),
    Row("floor", (1.5,)),
    Row("clamp", (5.0, 1.0, 3.0)),
    Row("min", (5.0, 1.0)),
    Row("max", (5.0, 1.0)),
    Row("lengthdir_x", (5.0, 30.0)),
    Row("point_distance", (0.0, 0.0, 3.0, 4.0)),
    Row("point_direction", (0.0, 0.0, 3.0, 4.0)),
    Row("random", (5.0,)),
    Row("irandom", (5.0,)),
    Row("instance_exists", (-4.0,)),
    Row("instance_number", (-3.0,)),
)


def world_of(rt: Runtime, index: registry.Index) -> dict[str, Any]:
    """What the calls work on."""

    def call(name: str, *arguments: Any) -> Any:
        return binding.bind(index.functions[name], rt)(*arguments)

    made = {
        "buffer": call("buffer_create", 64.0, 2.0, 1.0),
        "list": call("ds_list_create"),
        "map": call("ds_map_create"),
        "grid": call("ds_grid_create", 4.0, 4.0),
        "array": [1.0, 2.0, 3.0],
    }
    call("ds_list_add", made["list"], 10.0, 20.0, 30.0)
    call("ds_map_set", made["map"], "key", 5.0)
    return made


def repeated(function: Callable[..., Any], arguments: list[Any]) -> Callable[[], None]:
    """A function that makes the call CALLS times, with its arguments in local variables."""
    names = [f"a{at}" for at in range(len(arguments))]
    call = f"    f({', '.join(names)})\n"
    namespace: dict[str, Any] = {}
    exec(f"def run({', '.join(['f', *names])}):\n{call * CALLS}", namespace)
    run = namespace["run"]
    return lambda: run(function, *arguments)


def nanoseconds(*runs: Callable[[], None], rounds: int = ROUNDS) -> list[float]:
    """What one call of each costs at best, the runs taken in turn so that noise meets all of them."""
    best = [float("inf")] * len(runs)
    for _ in range(rounds):
        best = [min(least, seconds(run)) for least, run in zip(best, runs, strict=True)]
    return [least / CALLS * 1e9 for least in best]


def converted(builtin: Builtin, rt: Runtime, arguments: list[Any]) -> list[Any]:
    """The arguments as the Python function takes them."""
    last = builtin.parameters[-1:]
    kinds = [*builtin.parameters, *last * (len(arguments) - len(builtin.parameters))]
    pairs = zip(kinds, arguments, strict=False)
    given = [value if parameter.type is None else parameter.type.convert(rt, value) for parameter, value in pairs]
    return [*builtin.parts_in(rt), *([None, None] if builtin.wants_scope else []), *given]


def empty(arguments: list[Any]) -> Callable[..., None]:
    """The cheapest function with these arguments."""
    namespace: dict[str, Any] = {}
    exec(f"def empty({', '.join(f'a{at}' for at in range(len(arguments)))}): pass", namespace)
    made: Callable[..., None] = namespace["empty"]
    return made


def measure(
    row: Row, builtin: Builtin, rt: Runtime, world: dict[str, Any], rounds: int = ROUNDS
) -> tuple[float, float, float]:
    """Nanoseconds of the builtin, of the Python function in it, and of an empty call with its arguments."""
    given = [world[a.name] if isinstance(a, Named) else a for a in row.arguments]
    given = [int(a) if at in builtin.integers else a for at, a in enumerate(given)]  # as emitted code gives literals
    scope = [None, None] if builtin.wants_scope else []
    wrapped = repeated(binding.bind(builtin, rt), [*scope, *given])
    plain = wrapped if builtin.direct is not None else repeated(builtin.function, converted(builtin, rt, given))
    ours, python, nothing = nanoseconds(wrapped, plain, repeated(empty(given), given), rounds=rounds)
    return ours, python, nothing


def wrappers() -> None:
    """Prints one line for each builtin, and the wrapper that adds most."""
    print("builtins: nanoseconds a call, of the Python function in it, and what the wrapper adds in empty calls")
    rt, index = Runtime(), catalogue.load()
    world, worst = world_of(rt, index), 0.0
    for row in ROWS:
        ours, plain, nothing = measure(row, index.functions[row.name], rt, world)
        added = max(0.0, ours - plain) / nothing
        worst = max(worst, added)
        print(f"  {row.name:<22} {ours:6.0f} {plain:6.0f} {added:6.2f}", flush=True)
    print(f"  {'the most':<36} {worst:6.2f}   (goal: at most {GOAL:.0f})")


# ---------------------------------------------------------------------- growth

LESS, MORE = 10_000.0, 1_000_000.0
GROWTH_GOAL = 150
"""How many times longer a hundred times as many elements may take: n log n."""

GROWTH = {
    "ds_list_add, ds_list_sort": """
        var l = ds_list_create(); repeat (n) ds_list_add(l, irandom(n)); ds_list_sort(l, true); ds_list_destroy(l);""",
    "ds_map_add, ds_map_delete": """
        var m = ds_map_create(); for (var i = 0; i < n; i++) ds_map_add(m, i, i);
        for (var i = 0; i < n; i++) ds_map_delete(m, i); ds_map_destroy(m);""",
    "ds_map_find_next": """
        var m = ds_map_create(); for (var i = 0; i < n; i++) m[? i] = i;
        for (var k = ds_map_find_first(m); !is_undefined(k); k = ds_map_find_next(m, k)) {} ds_map_destroy(m);""",
    "ds_queue_dequeue": """
        var q = ds_queue_create(); repeat (n) ds_queue_enqueue(q, 1); repeat (n) ds_queue_dequeue(q);
        ds_queue_destroy(q);""",
    "ds_stack_pop": """
        var s = ds_stack_create(); repeat (n) ds_stack_push(s, 1); repeat (n) ds_stack_pop(s); ds_stack_destroy(s);""",
    "ds_priority_delete_min": """
        var p = ds_priority_create(); repeat (n) ds_priority_add(p, 1, irandom(n));
        repeat (n) ds_priority_delete_min(p); ds_priority_destroy(p);""",
    "ds_priority_delete_max": """
        var p = ds_priority_create(); for (var i = 0; i < n; i++) ds_priority_add(p, i, irandom(n));
        repeat (n div 2) { ds_priority_delete_min(p); ds_priority_delete_max(p); } ds_priority_destroy(p);""",
    "ds_grid_sort": """
        var g = ds_grid_create(2, n); for (var i = 0; i < n; i++) g[# 0, i] = irandom(n); ds_grid_sort(g, 0, true);
        ds_grid_destroy(g);""",
    "array_push, array_pop": """
        var a = []; repeat (n) array_push(a, 1); repeat (n) array_pop(a);""",
    "array_sort": """
        var a = array_create(n); for (var i = 0; i < n; i++) a[i] = irandom(n); array_sort(a, true);""",
    "array_unique": """
        var a = array_create(n); for (var i = 0; i < n; i++) a[i] = irandom(n); array_unique(a);""",
    "array_filter": """
        array_filter(array_create(n, 1), function(v) { return v > 0; });""",
    "buffer_write": """
        var b = buffer_create(1, buffer_grow, 1); repeat (n) buffer_write(b, buffer_f64, 1); buffer_delete(b);""",
}
"""What is done with n elements, each operation n times. 100 is linear, 150 is n log n, 10,000 is quadratic."""


def at_best(run: Callable[[], object]) -> float:
    """The least seconds of a few runs."""
    return min(seconds(run) for _ in range(3))


def growth() -> None:
    """Prints how many times longer a hundred times as many elements take."""
    print(f"growth: the time of {MORE:.0f} elements, as a multiple of that of {LESS:.0f}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "growth.gml"
        bodies = GROWTH.values()
        path.write_text(
            "\n".join(f"function growth_{at}(n) {{{body}}}" for at, body in enumerate(bodies)), encoding="utf-8"
        )
        game = Game.load([path])
        game.start()
    scope = game.rt.globals
    for at, name in enumerate(GROWTH):
        function = game.rt.functions[f"growth_{at}"]
        less, more = at_best(partial(function, scope, scope, LESS)), seconds(partial(function, scope, scope, MORE))
        print(f"  {name:<28} {more / less:6.1f}   (goal: at most {GROWTH_GOAL})", flush=True)


def main() -> None:
    """Prints both tables."""
    wrappers()
    growth()
