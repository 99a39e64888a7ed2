"""Builtins with hostile arguments: each call gives a value or a GML error."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from fuzz.engine import Fuzzer, Parts
from fuzz.game import runtime
from gmlrun.build.built import Built
from gmlrun.build.front_end import FrontEnd
from gmlrun.build.program import Part, Program
from gmlrun.builtins import binding, catalogue, registry
from gmlrun.builtins.table import Table
from gmlrun.engine.loop import Loop
from gmlrun.engine.world import World
from gmlrun.errors import GameEnd
from gmlrun.execution.faults import Faults
from gmlrun.game import Game
from gmlrun.project.model import Loaded
from gmlrun.runtime import Runtime
from gmlrun.source import Source
from gmlrun.values.model import Struct
from gmlrun.values.text import string_of
from gmlrun.values.unicode import clean

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
def table_of_builtins() -> dict[str, registry.Builtin]:
    return catalogue.load().functions


@cache
def table() -> dict[str, tuple[int, int]]:
    """The functions that are called, each with the least and the largest number of arguments."""
    found = table_of_builtins()
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


class Call(NamedTuple):
    """A call of a function, or a store to a variable of the instance; the values are given by their numbers."""

    name: str
    values: tuple[int, ...]
    scope: str = ""
    kept: str = ""

    @property
    def text(self) -> str:
        """As GML has it."""
        given = ", ".join(VALUES[number] for number in self.values)
        inner = f"{self.name} = {given}" if self.name in VARIABLES else f"{self.kept}{self.name}({given})"
        return f"try {{ {self.scope}{inner}; }} catch (e) {{ string(e); }}"


SCOPES = ("", "", "", "with ({}) ", "with (global) ")
KEPT = ("shared", "list", "map")


def make(rng: random.Random) -> Parts:
    """Calls, one after the other in the same game."""
    program()  # built here, where no time limit is
    return [call(rng) for _ in range(CALLS)]


def call(rng: random.Random) -> Call:
    if rng.random() < 0.05:
        return Call(rng.choice(VARIABLES), (rng.randrange(len(VALUES)),))
    name, (least, most) = rng.choice(list(table().items()))
    given = tuple(rng.randrange(len(VALUES)) for _ in range(rng.randint(least, most)))
    return Call(name, given, rng.choice(SCOPES), f"{rng.choice(KEPT)} = " if rng.random() < 0.04 else "")


@cache
def program() -> tuple[Program, Built]:
    """What all inputs share, built once: the head, and a function for each of the values."""
    values = ", ".join(f"function() {{ return {value}; }}" for value in VALUES)
    source = Source("<fuzz>", f"{HEAD}\nvalues = [{values}];")
    made = Program([Part(source, "gml_Object_eval_Create_0", owner="eval")])
    return made, FrontEnd(made, Table()).build()


def run(parts: Parts) -> None:
    with runtime() as rt:
        rt.service(World).dispatch.on_error = lambda error: string_of(rt.service(Faults).settled(error))
        made, built = program()
        game = Game(built, Loaded(made, "eval"), rt)
        namespaces = game.linker.link([*built.units, *built.library])
        instance: Any = game.world.create(game.world.define_object("eval"))
        game.linker.connect()
        namespaces[0][built.units[0].init](instance, instance)
        for part in parts:
            guarded(rt, lambda part=part: perform(rt, instance, part))
        for _ in range(3):
            guarded(rt, rt.service(Loop).frame)


def guarded(rt: Runtime, action: Callable[[], Any]) -> None:
    """Does something that may end in an error of GML's, and in no other."""
    try:
        action()
    except GameEnd:
        return
    except Exception as error:
        rt.service(Faults).settled(error)


def perform(rt: Runtime, instance: Any, call: Call) -> None:
    """Makes one call; whatever it gives must have a text."""
    values = [instance.values[number](instance, instance) for number in call.values]
    if call.name == "alarm[0]":
        instance.alarm[0] = values[0]
    elif call.name in VARIABLES:
        setattr(instance, call.name, values[0])
    else:
        builtin = table_of_builtins()[call.name]
        scope = {"": instance, "with ({}) ": Struct(), "with (global) ": rt.globals}[call.scope]
        result = binding.bind(builtin, rt)(*([scope, instance] if builtin.wants_scope else []), *values)
        assert type(result) is not str or clean(result) == result, "a lone surrogate"
        string_of(result)
        if call.kept:
            setattr(instance, call.kept.removesuffix(" = "), result)


def show(parts: Parts) -> str:
    return HEAD + "\n".join(part.text for part in parts)


FUZZER = Fuzzer("builtins", make, run, show)
