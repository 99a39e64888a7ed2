"""Tests of colours: components go in and come back."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from gmlrun.builtins import colours

COLOURS = st.integers(0, 0xFFFFFF)


@given(COLOURS)
def test_components_come_back(colour: int) -> None:
    parts = [int(get(colour)) for get in (colours.colour_get_red, colours.colour_get_green, colours.colour_get_blue)]
    assert colours.make_colour_rgb(*parts) == colour


@given(COLOURS)
def test_hue_saturation_and_value_come_back(colour: int) -> None:
    parts = [get(colour) for get in (colours.colour_get_hue, colours.colour_get_saturation, colours.colour_get_value)]
    assert colours.make_colour_hsv(*parts) == colour


@example(first=3, second=3, amount=0.3)
@given(COLOURS, COLOURS, st.floats(0, 1))
@example(49, 49, 1e-06)
def test_a_mix_lies_between(first: int, second: int, amount: float) -> None:
    mixed = colours.components(int(colours.merge_colour(first, second, amount)))
    pairs = zip(colours.components(first), colours.components(second), strict=True)
    assert all(min(pair) <= part <= max(pair) for part, pair in zip(mixed, pairs, strict=True))
