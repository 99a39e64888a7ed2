"""Colours as numbers: components go in, 0xBBGGRR comes out, and back. Manual: Drawing/Colour_And_Alpha.

Components, hues, saturations and values run from 0 to 255.
"""

from __future__ import annotations

import colorsys
import math

from gmlrun.builtins.registry import Chapter, Int, Real

chapter = Chapter("Drawing/Colour_And_Alpha")


def components(colour: int) -> tuple[int, int, int]:
    """Red, green and blue."""
    return colour & 0xFF, colour >> 8 & 0xFF, colour >> 16 & 0xFF


def colour_of(red: int, green: int, blue: int) -> int:
    return red | green << 8 | blue << 16


def finite(value: float) -> float:
    """A number, or 0 for one that is none."""
    return value if math.isfinite(value) else 0.0


def hsv_of(colour: int) -> tuple[float, float, float]:
    """Hue, saturation and value."""
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255.0 for part in components(colour)))
    return hue * 255.0, saturation * 255.0, value * 255.0


@chapter.spelt("make_color_rgb")
def make_colour_rgb(red: Int, green: Int, blue: Int) -> Real:
    """The colour with that much red, green and blue."""
    return colour_of(red, green, blue)


@chapter.spelt("make_color_hsv")
def make_colour_hsv(hue: Real, sat: Real, val: Real) -> Real:
    """The colour of a hue, a saturation and a value."""
    parts = colorsys.hsv_to_rgb(finite(hue) / 255.0, finite(sat) / 255.0, finite(val) / 255.0)
    return colour_of(*(int(max(0.0, min(255.0, part * 255.0 + 0.5))) for part in parts))


@chapter.spelt("merge_color")
def merge_colour(col1: Int, col2: Int, amount: Real) -> Real:
    """The colour at a part of the way from one to another, 0 to 1."""
    pairs, amount = zip(components(col1), components(col2), strict=True), finite(amount)
    return colour_of(*(int(first + (second - first) * amount) & 0xFF for first, second in pairs))


@chapter.spelt("color_get_red")
def colour_get_red(col: Int) -> Real:
    """How much red a colour has."""
    return components(col)[0]


@chapter.spelt("color_get_green")
def colour_get_green(col: Int) -> Real:
    """How much green a colour has."""
    return components(col)[1]


@chapter.spelt("color_get_blue")
def colour_get_blue(col: Int) -> Real:
    """How much blue a colour has."""
    return components(col)[2]


@chapter.spelt("color_get_hue")
def colour_get_hue(col: Int) -> Real:
    """The hue of a colour."""
    return hsv_of(col)[0]


@chapter.spelt("color_get_saturation")
def colour_get_saturation(col: Int) -> Real:
    """How saturated a colour is."""
    return hsv_of(col)[1]


@chapter.spelt("color_get_value")
def colour_get_value(col: Int) -> Real:
    """How bright a colour is."""
    return hsv_of(col)[2]
