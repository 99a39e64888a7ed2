"""Hostile programs under limits of time and memory: each ends in a value or an error, its game and its host go on."""

from __future__ import annotations

import re
import time

import pytest

from gmlrun import Game, GmlError, Limits, Permissions
from gmlrun.net.transports.memory import MemoryBackend

LIMITS = Limits(event_time=0.5, memory=64 << 20)
SLOW = 60.0
"""Seconds within which each ends on a machine with much else to do; without the limits each takes minutes or more."""

SHARED = 'var text = string_repeat("x", 1000000), many = array_create(500000, text); '
SHARED_TEXTS = {
    "string": "string(many);",
    "template": 'var made = $"{many}";',
    "string with places": 'string("{0}{0}{0}", many);',
    "string_join_ext": 'string_join_ext(",", array_create(100000, [text]));',
    "string_concat_ext": "string_concat_ext(array_create(100000, [text, text]));",
    "show_debug_message": "show_debug_message(many);",
    "throw": "throw many;",
    "message of an error": "sin(many);",
    "json_stringify": "json_stringify(many);",
    "json_stringify of a struct": "json_stringify({ a: { b: many } });",
    "json_stringify, pretty": "json_stringify(many, true);",
    "json_stringify with a filter": "json_stringify(many, false, function(key, value) { return value; });",
    "json_stringify of characters that are escaped":
        'json_stringify(array_create(60, string_repeat("\\u0001", 1000000)));',
    "json_encode": "var map = ds_map_create(); for (var i = 0; i < 99999; i++) map[? i] = text; json_encode(map);",
    "ds_list_write": "var list = ds_list_create(); repeat (100000) ds_list_add(list, text); ds_list_write(list);",
    "ds_list_write of an array": "var list = ds_list_create(); ds_list_add(list, many); ds_list_write(list);",
    "ds_map_write": "var map = ds_map_create(); map[? 1] = many; ds_map_write(map);",
    "ds_grid_write": "var grid = ds_grid_create(999, 999); ds_grid_clear(grid, text); ds_grid_write(grid);",
}  # fmt: skip
"""Texts of a million times the same string, which takes no memory."""


def attacked(body: str, head: str = "") -> str:
    """How a hostile call ends, `""` for a value; the game, and another one, go on."""
    text = f"{head}\nfunction attack() {{ {body} }}\nfunction fine() {{ return 1; }}"
    permissions = Permissions.sandbox(net=True, listen=True, http=True)
    given = {"on_output": lambda line: None, "on_log": lambda line: None}
    with Game(text, limits=LIMITS, permissions=permissions, backend=MemoryBackend(), **given) as game:
        began, message = time.monotonic(), ""
        try:
            game.call("attack")
        except GmlError as error:
            message = error.message
        assert time.monotonic() - began < SLOW
        assert game.call("fine") == 1
    return message


@pytest.mark.parametrize("kind", SHARED_TEXTS)
def test_texts_of_values_that_take_no_memory(kind: str) -> None:
    message = attacked(SHARED + SHARED_TEXTS[kind])
    assert re.search("Out of memory|was ended|whose toString raises", message)
