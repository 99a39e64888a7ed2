"""Programs of an attacker in a game with a host: a value, an error of GML or a limit comes out, nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from fuzz.engine import Fuzzer, Parts
from gmlrun.builtins import catalogue
from gmlrun.embedding.functions import Host
from gmlrun.embedding.game import Game
from gmlrun.embedding.program import CompiledProgram
from gmlrun.embedding.values import Array, Buffer, Function, Int64, Reference, Struct, undefined
from gmlrun.errors import GmlError, SourceErrors
from gmlrun.sandbox.limits import Limits
from gmlrun.sandbox.permissions import Permissions

LIMITS = Limits(
    event_time=1.0, compile_time=9.0, memory=256 << 20, sockets=10, handles=2000, instances=500, output=100_000
)
DEEPEST = 3
STATEMENTS = 10
SET = (
    *("a", "b", "c", "x", "id", "alarm", "toString", "__object__", "__dict__", "__mro__", "__id__", "__gml_name__"),
    *("gml_global", "gml_errors", "gml_linked", "eval", "message", "None", "___x__"),
)
"""Variables that have a value when the attacker begins."""
UNSET = (
    *("object_index", "async_load", "__class__", "__init__", "__globals__", "__builtins__", "__import__", "__code__"),
    *("__func__", "__alarm__", "__dead__", "__x___", "__", "constructor", "gml_type", "gml_caught", "gml_is_ended"),
    *("exec", "getattr", "stacktrace", "True"),
)
WORDS = ("self", "other", "global", "argument", "Thing", "host_value", "static_get")
"""What has a name and cannot be assigned to."""
HOSTS = {"host_value": 0, "host_echo": 1, "host_call": 2, "host_fails": 0}
"""How many arguments each function of the host takes."""
LITERALS = (
    *("0", "1", "-1", "2.5", "infinity", "NaN", "int64(3)", "true", "undefined", '"a"', '"__class__"', '""', "all"),
    *("[]", "[1, 2]", "({})", "({ a: 1 })", "new Thing()", "sin", "pointer_null", '"{0.__class__}"', "host_echo"),
)
OPERATORS = ("+", "-", "*", "/", "%", "div", "==", "<", "&&", "||", "&", "<<", "??", "and", "xor")
LEFT_OUT = ("__", "game_end", "game_restart", "room_goto", "show_message", "get_string", "get_integer", "test_")
HEAD = """
function Thing() constructor { static s = 1; x = 2; static f = function() { return s; }; }
a = [3, 1, 2]; b = { a: 1, toString: function() { return "b"; } }; c = ds_list_create(); ds_list_add(c, 1, "x", a);
toString = function() { return "me"; }; __object__ = new Thing(); __dict__ = { __class__: 1 }; __mro__ = [a, b];
__id__ = 5; __gml_name__ = "name"; gml_global = ds_map_create(); gml_errors = buffer_create(8, buffer_grow, 1);
gml_linked = function(v, w) { a = v; return w; }; eval = method(b, function() { return self; }); message = "text";
None = ds_grid_create(2, 2); ___x__ = ds_priority_create(); ds_priority_add(___x__, a, 1); gml_global[? "a"] = b;
"""
VALUES = (float, bool, str, Int64, type(undefined), Struct, Array, Buffer, Function, Reference)


@cache
def builtins() -> tuple[tuple[str, int, int], ...]:
    """The functions that are called, each with the least and the largest number of arguments."""
    found = catalogue.load().functions
    names = [name for name in sorted(found) if not name.startswith(LEFT_OUT)]
    most = {name: found[name].maximum for name in names}
    return tuple((name, low := found[name].minimum, low + 2 if (m := most[name]) is None else m) for name in names)


class Writer:
    """Writes one program by the rules of GML's grammar."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def statement(self, depth: int = 0) -> str:
        """A statement, with others in it as long as it is not deep."""
        if depth >= DEEPEST:
            return f"a = {self.expression(depth)};"
        return self.rng.choice(STATEMENTS_BY_KIND)(self, depth + 1)

    def assignment(self, depth: int) -> str:
        target = self.rng.choice(
            (self.variable(), f"{self.value(depth)}.{self.name()}", f"{self.variable()}[{self.value(depth)}]")
        )
        return f"{target} {self.rng.choice(('=', '=', '+=', '??='))} {self.expression(depth)};"

    def call(self, depth: int) -> str:
        return f"{self.rng.choice((self.builtin, self.builtin, self.invocation))(depth)};"

    def attempt(self, depth: int) -> str:
        last = f" finally {{ {self.statement(depth)} }}" if self.rng.random() < 0.3 else ""
        return f"try {{ {self.statement(depth)} }} catch (e) {{ a = e; {self.statement(depth)} }}{last}"

    def block(self, depth: int) -> str:
        head = self.rng.choice((f"with ({self.value(depth)})", "repeat (3)", f"if ({self.value(depth)})"))
        return f"{head} {{ {self.statement(depth)} {self.statement(depth)} }}"

    def declaration(self, depth: int) -> str:
        return f"var {self.variable()} = {self.expression(depth)};"

    def leaving(self, depth: int) -> str:
        return self.rng.choice(
            (f"throw {self.value(depth)};", f"delete {self.variable()};", f"return {self.value(depth)};")
        )

    def expression(self, depth: int) -> str:
        """An expression."""
        if depth >= DEEPEST or self.rng.random() < 0.25:
            return self.rng.choice((self.name(), self.rng.choice(LITERALS)))
        return self.rng.choice(EXPRESSIONS_BY_KIND)(self, depth + 1)

    def value(self, depth: int) -> str:
        return f"({self.expression(depth)})"

    def name(self) -> str:
        return self.rng.choice(WORDS) if self.rng.random() < 0.2 else self.variable()

    def variable(self) -> str:
        return self.rng.choice(UNSET if self.rng.random() < 0.1 else SET)

    def builtin(self, depth: int) -> str:
        name, least, most = self.rng.choice(builtins())
        return self.called(name, self.rng.randint(least, most), depth)

    def of_host(self, depth: int) -> str:
        name = self.rng.choice(list(HOSTS))
        return self.called(name, HOSTS[name], depth)

    def called(self, name: str, count: int, depth: int) -> str:
        """A call whose arguments beyond the third are short."""
        given = (self.expression(depth if number < 3 else DEEPEST) for number in range(count))
        return f"{name}({', '.join(given)})"

    def member(self, depth: int) -> str:
        return f"{self.value(depth)}.{self.name()}"

    def element(self, depth: int) -> str:
        return f"{self.value(depth)}[{self.rng.choice(('', '@ ', '$ ', '? ', '| '))}{self.value(depth)}]"

    def invocation(self, depth: int) -> str:
        return f"{self.value(depth)}({self.expression(depth)})"

    def operation(self, depth: int) -> str:
        return f"({self.expression(depth)} {self.rng.choice(OPERATORS)} {self.expression(depth)})"

    def function(self, depth: int) -> str:
        return f"function({self.variable()}) {{ {self.statement(depth)} return {self.expression(depth)}; }}"

    def struct(self, depth: int) -> str:
        return f"({{ {self.name()}: {self.expression(depth)}, toString: {self.function(depth)} }})"

    def template(self, depth: int) -> str:
        return f'$"{{{self.expression(DEEPEST)}}}"'

    def making(self, depth: int) -> str:
        return f"new {self.rng.choice(('Thing', self.variable()))}({self.expression(depth)})"


STATEMENTS_BY_KIND = (
    *(Writer.assignment, Writer.assignment, Writer.call, Writer.call, Writer.attempt, Writer.block),
    *(Writer.declaration, Writer.leaving),
)
EXPRESSIONS_BY_KIND = (
    *(Writer.builtin, Writer.builtin, Writer.builtin, Writer.member, Writer.member, Writer.element, Writer.invocation),
    *(Writer.operation, Writer.function, Writer.struct, Writer.template, Writer.making, Writer.of_host),
)


def make(rng: random.Random) -> Parts:
    """Statements, each of which is tried by itself."""
    program()  # built here, where no time limit is
    writer = Writer(rng)
    return [writer.statement() for _ in range(STATEMENTS)]


def host() -> Host:
    """What the attacker meets of the host."""
    made = Host()

    @made.function
    def host_value() -> dict[str, Any]:
        return {"name": "Ada", "list": [1, {"deep": 2}]}

    @made.function
    def host_echo(value: Any) -> Any:
        return value

    @made.function
    def host_call(function: Any, *args: Any) -> Any:
        return function(*args) if callable(function) else repr(function)

    @made.function
    def host_fails() -> None:
        raise ValueError("inside")

    return made


@cache
def program() -> CompiledProgram:
    """What all attackers begin with, compiled once."""
    return CompiledProgram(HEAD, host=host())


def run(parts: Parts) -> None:
    permissions = Permissions.sandbox(net=["nowhere.invalid:1"])
    quiet: dict[str, Any] = {"on_output": ignore, "on_log": ignore, "on_error": ignore}
    with Game(program(), permissions=permissions, limits=LIMITS, **quiet) as game:
        for action in actions(game, parts):
            attempt(action)
        for _ in range(3):
            game.step(0.0)
        check(game.globals)
        for instance in game.instances()[:20]:
            check(instance)
        game.exec("instance_destroy(all);")


def actions(game: Game, parts: Parts) -> list[Callable[[], Any]]:
    """What runs each statement: functions compiled together, or where one is no GML, each as a text of its own."""
    bodies = ",\n".join(f"function() {{ {part} }}" for part in parts)
    try:
        return list(game.eval(f"[{bodies}]"))
    except (SourceErrors, GmlError) as error:
        if "internal fault" in str(error):
            raise
        return [partial(game.exec, part) for part in parts]


def attempt(action: Callable[[], Any]) -> None:
    """Runs one statement; what is wrong with it, it may say."""
    try:
        action()
    except SourceErrors:
        return
    except GmlError as error:
        if "internal fault" in error.message:
            raise


def ignore(value: Any) -> None:
    """Takes what nobody reads."""


def check(value: Any, depth: int = 0) -> None:
    """Whatever a host gets is a value of GML's, down to some depth."""
    assert isinstance(value, VALUES), f"{type(value).__name__} came out"
    repr(value)
    if depth < 3 and isinstance(value, (Struct, Array)):
        for one in list(value.values() if isinstance(value, Struct) else value)[:10]:
            check(one, depth + 1)


def show(parts: Parts) -> str:
    return "\n".join((HEAD, *parts))


FUZZER = Fuzzer("hostile", make, run, show)
