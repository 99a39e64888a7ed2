"""JSON that Python's own encoder and decoder write and read is what gmlrun's own way gives, to the letter."""

from __future__ import annotations

import random
from typing import Any

from gmlrun.builtins import json_reading, json_writing
from gmlrun.runtime import Runtime
from gmlrun.values.model import POINTER_NULL, Int32, Struct

NAMES = ["a", "b", "é", "__x", "k\n", "x__", "__q___"]
SCALARS = [1.0, 2.5, -0.0, 1e300, float("nan"), float("inf"), True, False, None, 'ሴ"x', "@ref q", 5, 1 << 40, 1 << 60]
SCALARS += [Int32(7), POINTER_NULL, lambda other, self: 0, 1e16, 3, "", "plain"]
PIECES = ["{", "}", "[", "]", '"a"', ":", ",", "1", "-2.5e3", "123456789012345678901", "12345678901234567", "null"]
PIECES += ["true", '"__a__"', '{"a":1}', '{"__b__":[2]}', "NaN", " ", '"@i64@ff$i64$"', r'"\ud800"', "-0"]


def value(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.randrange(18)
    if kind < 3 and depth < 4:
        return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    if kind < 7 and depth < 4:
        made = Struct()
        for _ in range(chance.randrange(4)):
            setattr(made, chance.choice(NAMES), value(chance, depth + 1))
        return made
    return chance.choice(SCALARS)


def written(made: Any) -> str:
    return json_writing.JsonWriter(Runtime(), False).text(made)


def test_values_are_written_the_same_both_ways() -> None:
    chance = random.Random(5)
    made = [value(chance) for _ in range(3000)]
    found = [(json_writing.compact(one), written(one)) for one in made]
    direct = [pair for pair in found if pair[0] is not None]
    assert len(direct) > 1000
    assert [pair for pair in direct if pair[0] != pair[1]] == []


def test_a_container_inside_itself_is_null_both_ways() -> None:
    own: list[Any] = [1.0]
    own.append({})
    struct = Struct()
    struct.items = own  # type: ignore[attr-defined]
    own[1] = struct
    assert json_writing.compact(own) == written(own) == '[1.0,{"items":null}]'


def test_texts_are_read_the_same_both_ways() -> None:
    chance = random.Random(7)
    rt, direct = Runtime(), 0
    for _ in range(6000):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 6)))
        text = written(value(chance)) if chance.random() < 0.5 else text
        try:
            found = json_reading.direct(text)
        except ValueError:
            continue
        direct += 1
        assert written(found) == written(json_reading.Reviver(rt, True).value("", json_reading.raw(text))), text
    assert direct > 1500
