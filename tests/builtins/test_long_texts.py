"""Texts that a peer may send: what is done with one takes a time that grows with its length, not with its square.

A test of these fails by not coming to an end: with a square there would be 10 to the 11th steps and more.
"""

from __future__ import annotations

import contextlib
import re
from itertools import product
from typing import Any

import pytest

from fuzz.game import runtime
from gmlrun.builtins import binding, catalogue
from gmlrun.errors import GmlError
from gmlrun.values.searching import SHORT, count_of, count_of_long, last_place

LONG = 500_000
MIDDLE = "a" * LONG + "b" + "a" * LONG
CALLS: dict[str, tuple[Any, ...]] = {
    "real: digits": ("real", "1" * LONG + "x"),
    "real: an exponent": ("real", "1" * LONG + "e-99999"),
    "real: blanks": ("real", "1" + " " * LONG + "x"),
    "int64": ("int64", "1" * LONG + "."  + "1" * LONG + "x"),
    "bool": ("bool", "1" * LONG + "x"),
    "ptr": ("ptr", "0" * LONG + "x"),
    "hexadecimal digits": ("real", "0x" + "f" * LONG + "g"),
    "is_real of digits": ("string_digits", "1x" * LONG),
    "an ini number": ("ini_open_from_string", "[a]\nb=" + "1" * LONG + "x"),
    "the last place": ("string_last_pos", MIDDLE, "a" * 4 * LONG),
    "the last place from one on": ("string_last_pos_ext", MIDDLE, "a" * 4 * LONG, 3.0 * LONG),
    "the first place": ("string_pos", MIDDLE, "a" * 4 * LONG),
    "how often a part is there not": ("string_count", MIDDLE, "a" * 4 * LONG),
    "how often a part is there": ("string_count", "a" * LONG, "a" * 2 * LONG),
    "what is replaced": ("string_replace_all", "a" * 4 * LONG, MIDDLE, ""),
    "pieces": ("string_split", "a" * 4 * LONG, MIDDLE),
    "trimming": ("string_trim", " " * LONG + "a" + " " * LONG),
    "JSON that is not closed": ("json_parse", '["' + '\\"' * LONG),
    "JSON of quotes": ("json_parse", "[" + '"' * LONG),
    "JSON of commas": ("json_parse", "[" + "," * LONG),
    "JSON of blanks": ("json_parse", "[1," + (" " * 100 + ",") * (LONG // 100)),
    "JSON of references": ("json_parse", '["@ref ' + "a " * LONG + '!"]'),
    "JSON of half references": ("json_parse", '["@ref a' + "(" * LONG + '"]'),
    "a handle": ("handle_parse", "ref " + "a " * LONG),
    "a written list": ("ds_list_read", "2F01000000" + "0" * LONG),
    "base64": ("base64_decode", "=" * LONG),
    "line breaks": ("string_hash_to_newline", "\\" * LONG + "#" * LONG),
    "placeholders": ("string", "{" * LONG + "0" * LONG, "x"),
}  # fmt: skip


@pytest.mark.parametrize("kind", CALLS)
def test_the_time_grows_with_the_length(kind: str) -> None:
    name, *args = CALLS[kind]
    with runtime() as rt:

        def call(name: str, *given: Any) -> Any:
            builtin = catalogue.load().functions[name]
            return binding.bind(builtin, rt)(*[rt.globals, rt.globals] * builtin.wants_scope, *given)

        if name == "ds_list_read":
            args.insert(0, call("ds_list_create"))
        with contextlib.suppress(GmlError):
            call(name, *args)
            if name == "ini_open_from_string":
                call("ini_read_real", "a", "b", 0.0)


@pytest.mark.parametrize("text", ["", "a", "aaaa", "abab", "abcabcab", "aabaabaa", "xay"])
def test_places_and_numbers_are_those_of_comparing_everywhere(text: str) -> None:
    parts = ["".join(chars) for length in range(1, 5) for chars in product("abc", repeat=length)]
    for part in parts:
        wanted = len(re.findall(f"(?={part})", text))
        assert count_of(text, part) == wanted
        if part in text:
            assert count_of_long(text, part) == wanted
        assert last_place(text, part) == text.rfind(part)


def test_long_parts_are_found_too() -> None:
    part = "ab" * SHORT
    assert last_place(f"x{part}y{part}z", part) == len(part) + 2
    assert last_place(part[1:], part) == -1
    assert count_of(part * 2, part) == SHORT + 1
    assert count_of("é" * 3 * SHORT, "é" * SHORT) == 2 * SHORT + 1
