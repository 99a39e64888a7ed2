"""Calls that last long in one piece are refused before they begin, where a game has a limit of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gmlrun import Game, GmlError, Limits
from gmlrun.builtins import binding, catalogue
from gmlrun.errors import LimitReached
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.runtime import Runtime, Settings
from gmlrun.sandbox.claims import claimed
from gmlrun.sandbox.efforts import EFFORTS

LIMIT = 0.01
"""Seconds: far less than each of the large calls takes."""
MANY = 2_000_000
Make = Callable[[Runtime, int], list[Any]]


def builtin(rt: Runtime, name: str) -> Callable[..., Any]:
    found = catalogue.load().functions[name]
    bound = binding.bind(found, rt)
    return (lambda *args: bound(rt.globals, rt.globals, *args)) if found.wants_scope else bound


def list_of(rt: Runtime, count: int) -> Any:
    made = builtin(rt, "ds_list_create")()
    made.items[:] = [1.0] * count
    return made


def grid_of(rt: Runtime, count: int) -> Any:
    return builtin(rt, "ds_grid_create")(1.0, float(count))


def buffer_of(rt: Runtime, count: int) -> Any:
    return builtin(rt, "buffer_create")(float(count), 0.0, 1.0)


def written(rt: Runtime, map_: Any, count: int) -> str:
    """A text that is read as a map; a long one is none."""
    return str(builtin(rt, "ds_map_write")(map_)) if count < MANY else "0" * count


CALLS: dict[str, tuple[str, Make]] = {
    "array_sort": ("array_sort", lambda rt, n: [[1.0] * n, True]),
    "ds_list_sort": ("ds_list_sort", lambda rt, n: [list_of(rt, n), True]),
    "ds_list_sort by a number": ("ds_list_sort", lambda rt, n: [float(list_of(rt, n).index), True]),
    "ds_grid_sort": ("ds_grid_sort", lambda rt, n: [grid_of(rt, n), 0.0, True]),
    "array_reverse": ("array_reverse", lambda rt, n: [[1.0] * n]),
    "array_contains": ("array_contains", lambda rt, n: [[1.0] * n, 5.0]),
    "array_unique": ("array_unique", lambda rt, n: [[1.0] * n]),
    "array_concat": ("array_concat", lambda rt, n: [[1.0] * n, [1.0] * n]),
    "script_execute_ext": ("script_execute_ext", lambda rt, n: [rt.globals.f, [1.0] * n]),
    "string_letters": ("string_letters", lambda rt, n: ["a" * n]),
    "string_upper": ("string_upper", lambda rt, n: ["a" * n]),
    "string_count": ("string_count", lambda rt, n: ["xy", "a" * n]),
    "string_split_ext": ("string_split_ext", lambda rt, n: ["a" * n, ["ab", "ac", "abcdefghi"]]),
    "string_repeat": ("string_repeat", lambda rt, n: ["abcdefghij", 10.0 * n]),
    "string_replace_all": ("string_replace_all", lambda rt, n: ["ab" * n, "a", "abcdefghijkl"]),
    "string": ("string", lambda rt, n: ["{0}" * 10, "a" * n]),
    "string_ext": ("string_ext", lambda rt, n: ["{0}{1}" * 10, ["a" * n, "b"]]),
    "string_concat_ext": ("string_concat_ext", lambda rt, n: [["a" * n] * 20]),
    "string_join_ext": ("string_join_ext", lambda rt, n: [",", ["a" * n] * 20]),
    "json_parse": ("json_parse", lambda rt, n: ["1" * n]),
    "md5_string_utf8": ("md5_string_utf8", lambda rt, n: ["a" * 5 * n]),
    "base64_encode": ("base64_encode", lambda rt, n: ["a" * 5 * n]),
    "ds_map_read": ("ds_map_read", lambda rt, n: [made := builtin(rt, "ds_map_create")(), written(rt, made, n)]),
    "buffer_md5": ("buffer_md5", lambda rt, n: [buffer_of(rt, 5 * n), 0.0, 5.0 * n]),
    "buffer_md5 of all": ("buffer_md5", lambda rt, n: [buffer_of(rt, 5 * n), 0.0, -1.0]),
    "buffer_compress": ("buffer_compress", lambda rt, n: [buffer_of(rt, n), 0.0, float(n)]),
    "buffer_create": ("buffer_create", lambda rt, n: [50.0 * n, 0.0, 1.0]),
    "array_create": ("array_create", lambda rt, n: [10.0 * n, 0.0]),
}


@pytest.fixture
def rt() -> Runtime:
    made = Runtime(Settings(event_timeout=LIMIT), log=lambda line: None, backend=MemoryBackend())
    made.globals.f = binding.callback(catalogue.load().functions["max"], made)
    return made


@pytest.mark.parametrize("kind", CALLS)
def test_what_would_last_long_is_refused(kind: str, rt: Runtime) -> None:
    name, make = CALLS[kind]
    call = claimed(rt, name, builtin(rt, name))
    with pytest.raises(LimitReached) as caught:
        call(*make(rt, MANY))
    assert caught.value.message == (
        f"{name}: so much would take longer than {LIMIT} seconds: the event was ended (--event-timeout)"
    )


@pytest.mark.parametrize("kind", CALLS)
def test_what_does_not_is_done(kind: str, rt: Runtime) -> None:
    name, make = CALLS[kind]
    plain, call = builtin(rt, name), claimed(rt, name, builtin(rt, name))
    assert type(call(*make(rt, 20))) is type(plain(*make(rt, 20)))


@pytest.mark.parametrize("name", ["array_sort", "string_upper", "json_parse"])
def test_a_wrong_call_is_told_of_as_ever(name: str, rt: Runtime) -> None:
    with pytest.raises(TypeError):
        claimed(rt, name, builtin(rt, name))()


@pytest.mark.parametrize("name", ["array_sort", "string_repeat", "sin"])
def test_without_a_limit_functions_are_what_they_are(name: str, rt: Runtime) -> None:
    free = Runtime(log=lambda line: None)
    function = builtin(free, name)
    assert claimed(free, name, function) is function


def test_every_effort_is_of_a_function_that_there_is() -> None:
    assert set(EFFORTS) - set(catalogue.load().functions) == set()


@pytest.mark.parametrize(
    "call",
    [
        'string_repeat("x", 500000000)',
        'script_execute(string_repeat, "x", 500000000)',
        "array_create(90000000, 1)",
        "buffer_create(500000000, buffer_fixed, 1)",
    ],
)
def test_no_try_catches_it(call: str) -> None:
    text = f"function f() {{ try {{ var made = {call}; }} catch (e) {{ }} return 2; }} function fine() {{ return 3; }}"
    with Game(text, limits=Limits(event_time=0.05)) as game:
        with pytest.raises(GmlError, match=r"would take longer than 0\.05 seconds|has run for 0\.05 seconds"):
            game.call("f")
        assert game.call("fine") == 3
