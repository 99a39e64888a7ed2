"""Wrong arguments of a host: each parameter of the public names with each kind of value, and each call too late."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import pytest

import gmlrun
from gmlrun import CompiledProgram, Game, GmlError, Host, Limits, Permissions, Settings, SourceErrors, UsageError, plain
from gmlrun.embedding.arguments import WANTED, text_of
from gmlrun.net.transports.memory import MemoryBackend

PROGRAM = "s = { a: 1 }; function f(value) { return value; }"
ODD: dict[str, Any] = {
    "a number": 0.5,
    "a text": "sandbox",
    "a bool": True,
    "a list": [1, [2]],
    "a dict": {1: 2},
    "bytes": b"x",
    "a type": Limits,
    "an object": object(),
    "None": None,
}
"""A value of each kind that somebody may pass."""


def silent(*args: Any) -> None:
    """A hook that does nothing."""


def started() -> Game:
    """A game without sockets of the system."""
    game = Game(PROGRAM, backend=MemoryBackend())
    game.start()
    return game


def tried(parameter: str) -> Callable[[Any], Any]:
    return lambda value: Game(**{parameter: value})


FITS: dict[str, tuple[Callable[[Any], Any], set[str]]] = {
    "Game source": (Game, {"a text"}),
    "Game host": (tried("host"), {"None"}),
    "Game settings": (tried("settings"), {"None"}),
    "Game permissions": (tried("permissions"), {"None"}),
    "Game limits": (tried("limits"), {"None"}),
    "Game extensions": (tried("extensions"), set()),
    "Game seed": (tried("seed"), set()),
    "Game clock": (tried("clock"), {"None"}),
    "Game backend": (tried("backend"), {"None"}),
    "Game on_output": (tried("on_output"), {"a type"}),
    "Game on_log": (tried("on_log"), {"a type"}),
    "Game on_error": (tried("on_error"), {"a type", "None"}),
    "Game on_event": (tried("on_event"), {"a type", "None"}),
    "CompiledProgram source": (CompiledProgram, set()),
    "CompiledProgram host": (lambda value: CompiledProgram("", host=value), {"None"}),
    "CompiledProgram config": (lambda value: CompiledProgram("", config=value), {"a text"}),
    "CompiledProgram extensions": (lambda value: CompiledProgram("", extensions=value), {"a bool"}),
    "function": (lambda value: Host().function(value), {"a type"}),
    "function name": (lambda value: Host().function(silent, value), {"a text"}),
    "constant name": (lambda value: Host().constant(value, 1), {"a text"}),
    "constant value": (
        lambda value: Host().constant("NAME", value), set(ODD) - {"a dict", "an object"},
    ),
    "Game.function": (lambda value: Game().function(value), {"a type", "None"}),
    "Game.constant": (lambda value: Game().constant(value, 1), {"a text"}),
    "call": (lambda value: started().call(value), set()),
    "call argument": (lambda value: started().call("f", value), set(ODD) - {"a dict", "an object"}),
    "exec": (lambda value: started().exec(value), set()),
    "eval": (lambda value: started().eval(value), set()),
    "emit": (lambda value: started().emit(value), set()),
    "emit values": (lambda value: started().emit("async_system", value), {"None"}),
    "instances": (lambda value: started().instances(value), set()),
    "step": (lambda value: started().step(value), {"a number"}),
    "stop": (lambda value: started().stop(value), set()),
    "call_soon": (lambda value: started().call_soon(value), {"a type"}),
    "plain": (lambda value: plain(1, value), set()),
    "a variable's name": (lambda value: started().eval("s").__setitem__(value, 1), {"a text"}),
}  # fmt: skip
"""How each parameter is passed, and the kinds that fit."""
RIGHT_TYPE = {"CompiledProgram source", "call", "emit", "exec", "eval", "instances"}
"""Those for which the text above means nothing: their own errors say so."""


@pytest.mark.parametrize("parameter", FITS)
def test_a_wrong_type_is_a_type_error_that_says_what_is_wanted(parameter: str) -> None:
    use, fits = FITS[parameter]
    for kind, value in ODD.items():
        if kind in fits:
            use(value)
        elif kind == "a text" and parameter in RIGHT_TYPE:
            with pytest.raises((KeyError, ValueError, SourceErrors, GmlError)):
                use(value)
        else:
            with pytest.raises(TypeError, match=r"must be|GML has no value|have names"):
                use(value)


@pytest.mark.parametrize("record", [Settings, Limits, Permissions])
def test_a_wrong_field_is_told_of_by_its_name(record: Any) -> None:
    for name in record._fields:
        for kind, value in ODD.items():
            wanted = WANTED[text_of(record.__annotations__[name])]
            made = record(**{name: value})
            if wanted.fits(value):
                continue
            with pytest.raises(TypeError, match=f"{record.__name__}: {name} must be "):
                Game(**{record.__name__.lower(): made})
            assert kind != "an object" or wanted.words == "anything" or not wanted.fits(value)


VALUES: list[tuple[Any, str]] = [
    (Limits(event_time=0), "event_time must be a number above 0, not 0"),
    (Limits(event_time=-1.0), "event_time must be a number above 0"),
    (Limits(event_time=float("nan")), "event_time must be a number above 0, not nan"),
    (Limits(event_time=float("inf")), "event_time must be a number above 0, not inf"),
    (Limits(memory=0), "memory must be a number above 0"),
    (Limits(sockets=-1), "sockets must be a number 0 or more"),
    (Settings(fps=0), "fps must be a number above 0"),
    (Settings(on_error="go on"), "on_error must be one of exit, continue, not 'go on'"),
    (Settings(dialogs="x"), "dialogs must be one of"),
    (Permissions(net=["a b"]), "net: expected hosts"),
    (Permissions(http=["http://x"]), "http: expected hosts"),
]


@pytest.mark.parametrize(("record", "words"), VALUES, ids=[words for _, words in VALUES])
def test_a_value_that_means_nothing_is_a_value_error(record: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Game(**{type(record).__name__.lower(): record})


def test_a_permission_that_is_one_text_allows_nothing() -> None:
    """A text is a list of characters to Python, and would be true."""
    for wrong in (Permissions(net="example.org"), Permissions(write="no"), Permissions(read="/")):  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="must be True"):
            Game(permissions=wrong)


def test_each_annotation_of_the_public_names_is_known() -> None:
    for owner in (Game, CompiledProgram, Host):
        for name, member in vars(owner).items():
            if inspect.isfunction(member) and (name == "__init__" or not name.startswith("_")):
                checked = {key: text for key, text in member.__annotations__.items() if key != "return"}
                assert name in ("with_others", "copy") or set(checked.values()) <= WANTED.keys(), (owner, name, checked)


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_a_step_takes_seconds(seconds: float) -> None:
    with Game() as game, pytest.raises(ValueError, match=r"Game\.step: seconds must be a number 0 or more"):
        game.step(seconds)


def test_an_empty_list_of_paths() -> None:
    with pytest.raises(TypeError, match="source must be GML as a str, a path or a list of paths"):
        Game([])


# --------------------------------------------------------------------- too late

LATE: dict[str, Callable[[Game], Any]] = {
    "start": lambda game: game.start(),
    "call": lambda game: game.call("f", 1),
    "exec": lambda game: game.exec("x = 1;"),
    "eval": lambda game: game.eval("1"),
    "emit": lambda game: game.emit("step"),
    "emit with values": lambda game: game.emit("async_system", {"a": 1}),
    "step": lambda game: game.step(),
    "run": lambda game: game.run(),
    "run_async": lambda game: asyncio.run(game.run_async()),
    "reload": lambda game: game.reload(),
    "call_soon": lambda game: game.call_soon(silent),
    "function": lambda game: game.function(silent),
    "function by a name": lambda game: game.function(name="other"),
    "constant": lambda game: game.constant("NAME", 1),
    "with": lambda game: game.__enter__(),
    "async with": lambda game: asyncio.run(game.__aenter__()),
}
HARMLESS: dict[str, Callable[[Game], Any]] = {
    "stop": lambda game: game.stop(),
    "close": lambda game: game.close(),
    "close_async": lambda game: asyncio.run(game.close_async()),
    "warn": lambda game: game.warn("late"),
    "turn_now": lambda game: None,
    "repr": repr,
}
READS: dict[str, tuple[Callable[[Game], Any], Any]] = {
    "globals": (lambda game: game.globals["kept"], 5.0),
    "instances": (lambda game: game.instances("program"), []),
    "ports": (lambda game: game.ports, []),
}
ENDINGS: dict[str, Callable[[Game], Any]] = {
    "closed": lambda game: game.close(),
    "closed by another loop": lambda game: asyncio.run(game.close_async()),
    "run to its end": lambda game: (game.stop(), game.run()),
}


@pytest.fixture(params=ENDINGS)
def ended(request: pytest.FixtureRequest) -> Game:
    game = Game(f"global.kept = 5; {PROGRAM}", on_log=silent)
    game.start()
    ENDINGS[request.param](game)
    return game


@pytest.mark.parametrize("name", LATE)
def test_what_would_run_a_closed_game_says_so(name: str, ended: Game) -> None:
    with pytest.raises(UsageError, match="the game is closed"):
        LATE[name](ended)


@pytest.mark.parametrize("name", [name for name in LATE if name != "reload"])
def test_a_game_that_was_closed_before_it_began(name: str) -> None:
    game = Game(PROGRAM)
    game.close()
    with pytest.raises(UsageError, match="the game is closed"):
        LATE[name](game)


@pytest.mark.parametrize("name", HARMLESS)
def test_what_ends_a_closed_game_does_nothing(name: str, ended: Game) -> None:
    HARMLESS[name](ended)
    assert repr(ended) == "<gmlrun Game, closed>"


@pytest.mark.parametrize("name", READS)
def test_what_a_closed_game_held_can_be_read(name: str, ended: Game) -> None:
    read, value = READS[name]
    assert read(ended) == value


def test_each_method_is_in_one_of_these_tables() -> None:
    methods = {name for name, member in vars(Game).items() if not name.startswith("_") and callable(member)}
    assert methods - {"instances"} <= {*LATE, *HARMLESS}


def test_values_of_a_closed_game_can_be_read_and_not_called() -> None:
    with Game("s = { a: [1], f: function() { return 1; } };") as game:
        struct = game.eval("s")
    assert (struct.a, struct["a"][0]) == ([1], 1)
    assert repr(struct).startswith("<gmlrun struct")
    with pytest.raises(UsageError, match="the game is closed"):
        struct.f()


def test_last_events_may_still_talk_to_their_host() -> None:
    game = Game("function f() { return 7; } event other_game_end { tell(); }")
    heard: list[Any] = []

    @game.function
    def tell() -> None:
        heard.append(game.call("f"))

    game.start()
    game.close()
    assert heard == [7]


# ----------------------------------------------------------------------- errors


def test_errors_of_sources_name_their_lines() -> None:
    with pytest.raises(SourceErrors) as caught:
        Game("x = 1;\ny = string_uper(1);\nz = string_loer(1);").start()
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["<program>:2:5", "<program>:3:5"]
    assert "string_upper" in lines[0]


def fails(*args: Any) -> None:
    raise OSError("disk")


@pytest.mark.parametrize(
    ("hook", "program"),
    [
        ("on_output", "show_debug_message(1);"),
        ("on_log", "network_create_socket(99);"),
        ("on_event", "event async_system { } alarm[0] = 1;"),
    ],
)
def test_a_hook_that_fails_is_no_fault_of_gmlrun(hook: str, program: str) -> None:
    game = Game(program, backend=MemoryBackend(), **{"on_log": silent, hook: fails})
    with pytest.raises(GmlError, match=f"^{hook}: OSError: disk$") as caught:
        game.emit("async_system", {"a": 1})
    assert isinstance(caught.value.__cause__, OSError)


def test_all_public_names_are_checked_here() -> None:
    classes = {name for name in gmlrun.__all__ if inspect.isclass(getattr(gmlrun, name))}
    views = {"Array", "Buffer", "Function", "Int64", "Reference", "Struct"}
    assert classes - views == {
        *("Clock", "CompiledProgram", "Game", "GmlError", "Host", "Limits"),
        *("Permissions", "Settings", "SourceErrors", "UsageError"),
    }
