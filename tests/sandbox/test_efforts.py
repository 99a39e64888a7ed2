"""Calls that last long in one piece are refused before they begin, where a game has a limit of time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gmlrun import Game, GmlError, Limits
from gmlrun.builtins import binding, catalogue
from gmlrun.engine.files import FileArea
from gmlrun.errors import LimitReached
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.runtime import Runtime, Settings
from gmlrun.sandbox.claims import claimed
from gmlrun.sandbox.efforts import EFFORTS, FILES

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


def file_of(rt: Runtime, count: int) -> str:
    """A file of the save area, of so many zeros."""
    place = rt.service(FileArea).resolve_write(f"{count}.txt")
    assert place is not None
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(place, "wb") as file:
        file.truncate(count)
    return place.name


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
    "md5_file": ("md5_file", lambda rt, n: [file_of(rt, 5 * n)]),
    "sha1_file": ("sha1_file", lambda rt, n: [file_of(rt, 5 * n)]),
    "load_csv": ("load_csv", lambda rt, n: [file_of(rt, n)]),
    "ini_open": ("ini_open", lambda rt, n: [file_of(rt, n)]),
    "file_text_open_read": ("file_text_open_read", lambda rt, n: [file_of(rt, n)]),
    "buffer_load": ("buffer_load", lambda rt, n: [file_of(rt, 10 * n)]),
    "buffer_load_ext": ("buffer_load_ext", lambda rt, n: [buffer_of(rt, 1), file_of(rt, 10 * n), 0.0]),
    "buffer_load_partial": (
        "buffer_load_partial",
        lambda rt, n: [buffer_of(rt, 1), file_of(rt, 10 * n), 0.0, 1.0, 0.0],
    ),
    "buffer_load_async": ("buffer_load_async", lambda rt, n: [buffer_of(rt, 1), file_of(rt, 10 * n), 0.0, 1.0]),
}


@pytest.fixture
def rt(tmp_path: Path) -> Runtime:
    made = Runtime(Settings(event_timeout=LIMIT, save_dir=tmp_path), log=lambda line: None, backend=MemoryBackend())
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


def test_a_file_that_is_larger_than_the_memory_is_not_read(tmp_path: Path) -> None:
    with open(tmp_path / "large.txt", "wb") as file:
        file.truncate(1 << 30)
    settings = Settings(save_dir=tmp_path)
    with Game("", settings=settings, limits=Limits(memory=32 << 20), on_log=lambda line: None) as game:
        for name, at in FILES.items():
            with pytest.raises(GmlError, match="Out of memory"):
                game.exec(call_of(name, at, len(catalogue.load().functions[name].parameters)))


def call_of(name: str, at: int, count: int) -> str:
    """A call of a function that reads the file, with so many arguments."""
    given = ["buffer_create(1, buffer_grow, 1)"] * at + ['"large.txt"', "0", "1", "0"]
    return f"{name}({', '.join(given[:count])});"


def test_a_table_of_cells_that_ends_in_time(tmp_path: Path) -> None:
    """Cells by the million are read in parts, so that the limit can end it."""
    (tmp_path / "long.csv").write_text("1,2\n" * 400_000)
    (tmp_path / "wide.csv").write_text("," * 40_000 + "\n" * 40_000)
    settings = Settings(save_dir=tmp_path)
    with Game("", settings=settings, limits=Limits(event_time=0.1), on_log=lambda line: None) as game:
        for name in ("long.csv", "wide.csv"):
            with pytest.raises(GmlError, match=r"was ended|Out of memory"):
                game.eval(f'load_csv("{name}")')
