"""Shapes of JSON that comes from outside: a value and a shape go in, whether the one has the other comes out.

A shape is a type, `None`, a text (which is itself), a list of one shape (a list of any length), a tuple of shapes (a
list of that length), a dictionary of shapes by key (all keys are there), `{str: shape}` (any keys), or `Either`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

LARGEST = 1 << 53
"""A number beyond this is not meant: not every whole number is a float there."""


class Either(NamedTuple):
    """One of several shapes."""

    shapes: tuple[Any, ...]


def either(*shapes: Any) -> Either:
    """A shape of which any will do."""
    return Either(shapes)


def fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape. A float may be written as an integer; both are finite and at most LARGEST."""
    if shape is None or isinstance(shape, str):
        return bool(value == shape)
    if isinstance(shape, Either):
        return any(fits(value, one) for one in shape.shapes)
    if isinstance(shape, dict):
        return isinstance(value, dict) and has_fields(value, shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    if isinstance(shape, tuple):
        same = isinstance(value, list) and len(value) == len(shape)
        return same and all(map(fits, value, shape))
    return is_plain(value, shape)


def has_fields(value: dict[str, Any], shape: dict[Any, Any]) -> bool:
    """Whether the values of a dictionary have the shapes of their keys, or all the same one."""
    if str in shape:
        return all(fits(one, shape[str]) for one in value.values())
    return all(key in value and fits(value[key], one) for key, one in shape.items())


def is_plain(value: Any, kind: type) -> bool:
    """Whether a value is of a type; true and false are no numbers."""
    if kind in (int, float):
        kinds = (int, float) if kind is float else (int,)
        return isinstance(value, kinds) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST
    return isinstance(value, kind)
