"""What fuzzers put in the place of what is right: pieces, and JSON values with a change somewhere inside."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from typing import Any

VALUES = (
    *(None, True, -1, 0, 0.5, 1e308, float("nan"), float("inf"), -1e400, 10**400, 2**70, "", "x", "9" * 5000, "nan"),
    *("\ud800", "a\0b", "../../x", "self", "__class__", "x y", "é", "inf", "-1e999", "1.0|{", "$", '"', "/", "\\"),
    *([], [None], [[]], [1, "a", {}], {}, {"name": 5}, {"path": []}, {"name": "obj_a"}, {"name": "room_a"}),
)
"""What stands in the place of another value."""
Keys = tuple[str | int, ...]


def places(value: Any, keys: Keys = ()) -> Iterator[Keys]:
    """The keys that lead to each value inside another one, and to itself."""
    yield keys
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*keys, key))


def changed(value: Any, kind: str, keys: Keys, new: Any) -> Any:
    """A JSON value in which one is `set`, `delete`d or `double`d; one that another change took away stays away."""
    if not keys:
        return new
    try:
        inner = value[keys[0]]
    except (KeyError, IndexError, TypeError):
        return value
    value = copy.copy(value)
    if len(keys) == 1 and kind == "delete":
        del value[keys[0]]
    elif len(keys) == 1 and kind == "double" and isinstance(value, list):
        value.append(inner)
    elif not isinstance(value, str):
        value[keys[0]] = changed(inner, kind, keys[1:], new)
    return value


def in_value(rng: random.Random, value: Any) -> Any:
    """A JSON value with a change."""
    kind = rng.choice(("set", "set", "set", "delete", "double"))
    return changed(value, kind, rng.choice(list(places(value))), rng.choice(VALUES))


def in_bytes(rng: random.Random, data: bytes, pieces: Sequence[bytes] = ()) -> bytes:
    """Bytes of which some are others, missing, doubled, or pieces."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(made) + 1)
        end = at + rng.choice((0, 1, 1, 4, 30))
        by_chance = rng.randbytes(rng.choice((0, 1, 4)))
        made[at:end] = rng.choice((by_chance, by_chance, bytes(made[at:end]) * 2, *pieces))
    return bytes(made)
