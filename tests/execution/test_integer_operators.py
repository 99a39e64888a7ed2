"""Arithmetic of int32s, int64s and reals: the type of each result, and its value, for all pairs of types."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest

from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values import operators
from gmlrun.values.model import Int32

WHOLES = (0, 1, -1, 3, -7, 1000, (1 << 31) - 1, -(1 << 31))
LONGS = (*WHOLES, (1 << 53) + 1, (1 << 63) - 1, -(1 << 63))
NUMBERS: tuple[Any, ...] = (*map(Int32, WHOLES), *LONGS, 2.5, -0.0, 0.0, 7.0, math.inf, -math.inf)
PAIRS = list(itertools.product(NUMBERS, repeat=2))
PYTHON = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b}


def wrapped(value: int, width: int) -> int:
    """A whole number as one of so many bits with a sign."""
    half = 1 << (width - 1)
    return (value + half) % (1 << width) - half


def expected(name: str, left: Any, right: Any) -> Any:
    """Two int32s give an int32, other whole numbers an int64, a real beside anything a real."""
    if float in (type(left), type(right)):
        return PYTHON[name](float(left), float(right))
    if type(left) is type(right) is Int32:
        return Int32(wrapped(PYTHON[name](int(left), int(right)), 32))
    return wrapped(PYTHON[name](int(left), int(right)), 64)


def quotient(name: str, left: Any, right: Any) -> Any:
    """The whole quotient of two whole numbers, or what remains, with the dividend's sign."""
    whole = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
    made = whole if name == "int_div" else left - whole * right
    return Int32(wrapped(made, 32)) if type(left) is type(right) is Int32 else wrapped(int(made), 64)


def same(found: Any, wanted: Any) -> bool:
    """Whether two numbers are of one type and equal; a zero has its sign, NaN is NaN."""
    if type(found) is not type(wanted):
        return False
    return repr(found) == repr(wanted) if isinstance(found, float) else int(found) == int(wanted)


@pytest.mark.parametrize("name", PYTHON)
def test_the_wider_type_is_the_result_s(name: str) -> None:
    wrong = [(a, b) for a, b in PAIRS if not same(getattr(operators, name)(a, b), expected(name, a, b))]
    assert wrong == []


@pytest.mark.parametrize("name", ["int_div", "mod"])
def test_whole_numbers_divide_toward_zero(name: str) -> None:
    pairs = [(a, b) for a, b in PAIRS if float not in (type(a), type(b)) and b]
    wrong = [(a, b) for a, b in pairs if not same(getattr(operators, name)(a, b), quotient(name, a, b))]
    assert wrong == []


def test_a_real_divides_as_a_real() -> None:
    pairs = [(a, b) for a, b in PAIRS if float in (type(a), type(b)) and b and not (math.isinf(a) and math.isinf(b))]
    assert [(a, b) for a, b in pairs if not same(operators.div(a, b), float(a) / float(b))] == []
    assert operators.div(1.0, 0) == math.inf
    with pytest.raises(GmlError):
        operators.div(Int32(1), Int32(0))


def test_numbers_of_all_types_are_compared_alike() -> None:
    comparison = operators.Comparison(Runtime())
    for a, b in PAIRS:
        are_near = a == b or (float in (type(a), type(b)) and abs(a - b) <= 1e-5)
        assert comparison.eq(a, b) == are_near, (a, b)
        assert comparison.lt(a, b) == (a < b and not are_near), (a, b)
        assert comparison.ge(a, b) == (a > b or are_near), (a, b)
    assert [comparison.whole_equal(a) for a in (Int32(5), 5, 5.0, 5.000001, 5.5)] == [5, 5, 5, 5, None]
