"""Builtins with hostile arguments: each call gives a value or a GML error."""

from __future__ import annotations

import random
from functools import cache

from fuzz.engine import Fuzzer, Parts
from fuzz.game import run_code
from gmlrun.builtins import registry
from gmlrun.errors import GameEnd

LEFT_OUT = ("__", "http_", "network_resolve", "game_end", "game_restart", "room_goto", "room_restart", "url_open")
"""Beginnings of names that would ask other machines, or end the program before its other calls."""
CALLS = 50
"""In each program."""
VALUES = (
    *("0", "1", "-1", "2.5", "-0.5", "3", "7", "255", "65536", "2147483648", "-2147483649", "1000000000000000000"),
    *("infinity", "-infinity", "NaN", "int64(5)", "int64(-9223372036854775807)", "true", "false", "undefined"),
    *('""', '"a"', '"12"', '"0x" + string_repeat("f", 300)', 'string_repeat("9", 5001)', '"\\ud800"', '"é😀"'),
    *('"a\\0b"', '"..\\\\x"', '"/etc/passwd"', '"x.txt"', 'string_repeat("x", 300)', '"{0}{1}"', '"[1,{}]"', '"%s"'),
    *("[]", "[1, 2, 3]", '["b", undefined, [1], {}]', "[1, NaN, infinity]", "array_create(40, 1)", "shared"),
    *("{}", "{a: 1, b: [2]}", "circle", "{toString: function() { return shared; }}"),
    *('{toString: function() { throw "t"; }}', "{toString: function() { array_resize(shared, 0); return 1; }}"),
    *("function() {}", "function(a, b) { return a; }", "function(a, b) { array_resize(shared, 0); return b; }"),
    *("function(a, b) { array_push(shared, 1); return -1; }", 'function() { throw "x"; }', "Thing", "new Thing()"),
    *("static_get(Thing)", "sin", "method({}, Thing)", "pointer_null", "ptr(7)", "id", "self", "other", "global"),
    *("all", "noone", "eval", "list", "map", "grid", "stack", "queue", "priority", "buffer", "socket", "source"),
    *("ds_type_list", "buffer_string", "buffer_u64", "network_socket_tcp", "c_red", "time_source_units_frames"),
    *(
        "ds_list_create()",
        "buffer_create(4, buffer_fixed, 1)",
        "layer_create(0)",
        "instance_create_depth(0, 0, 0, eval)",
    ),
)
HEAD = """
function Thing() constructor { static s = 1; x = 2; static f = function() { return s; }; }
shared = [3, 1, 2];
circle = {}; circle.self_ = circle; circle.list = [circle];
list = ds_list_create(); ds_list_add(list, 1, "a", undefined, shared);
map = ds_map_create(); map[? "a"] = 1; map[? 2] = shared;
grid = ds_grid_create(2, 3); stack = ds_stack_create(); queue = ds_queue_create(); priority = ds_priority_create();
ds_stack_push(stack, 1); ds_queue_enqueue(queue, 1); ds_priority_add(priority, 1, 2);
buffer = buffer_create(16, buffer_grow, 1); socket = network_create_socket(network_socket_tcp);
source = time_source_create(time_source_game, 1, time_source_units_frames, function() {});
new Thing();
"""


@cache
def table() -> dict[str, tuple[int, int]]:
    """The functions that are called, each with the least and the largest number of arguments."""
    found = registry.load().functions
    names = [name for name in sorted(found) if not name.startswith(LEFT_OUT)]
    most = {name: found[name].maximum for name in names}
    return {name: (found[name].minimum, found[name].minimum + 3 if (m := most[name]) is None else m) for name in names}


VARIABLES = (
    "x",
    "speed",
    "direction",
    "alarm[0]",
    "depth",
    "layer",
    "image_xscale",
    "sprite_index",
    "gravity",
    "friction",
)


def make(rng: random.Random) -> Parts:
    """Statements, each of them guarded."""
    return [statement(rng) for _ in range(CALLS)]


def statement(rng: random.Random) -> str:
    if rng.random() < 0.05:
        return f"try {{ {rng.choice(VARIABLES)} = {rng.choice(VALUES)}; }} catch (e) {{}}"
    name, (least, most) = rng.choice(list(table().items()))
    given = ", ".join(rng.choice(VALUES) for _ in range(rng.randint(least, most)))
    scope = rng.choice(("", "", "", "with ({}) ", "with (global) "))
    keep = rng.choice(("", "", "shared = ", "list = ", "map = ")) if rng.random() < 0.2 else ""
    return f"try {{ {scope}{keep}{name}({given}); }} catch (e) {{ string(e); }}"


def run(parts: Parts) -> None:
    try:
        run_code(show(parts))
    except GameEnd:
        return


def show(parts: Parts) -> str:
    return HEAD + "\n".join(parts)


FUZZER = Fuzzer("builtins", make, run, show)
