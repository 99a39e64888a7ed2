"""Instances that meet at a place or in a figure. Manual: Movement_And_Collisions/Collisions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from gmlrun.builtins.data_structures import ListArg
from gmlrun.builtins.registry import Bool, Chapter, Real
from gmlrun.runtime.context import Runtime
from gmlrun.runtime.instances import Instance, distance
from gmlrun.runtime.masks import (
    Mask,
    mask_of,
    masks_meet,
    meets_ellipse,
    meets_line,
    meets_point,
    meets_rectangle,
)
from gmlrun.runtime.numeric import number_in
from gmlrun.runtime.values import Value
from gmlrun.runtime.world import ALL, World

chapter = Chapter("Movement_And_Collisions/Collisions")

NOONE = -4.0

Meets = Callable[..., bool]


def candidates(rt: Runtime, self: Value, other: Value, obj: Value) -> Iterator[tuple[Instance, Mask]]:
    """The living instances that a target, or an array of targets, means, with their masks."""
    for target in obj if type(obj) is list else (obj,):
        for one in rt.service(World).targets(target, self, other):
            if isinstance(one, Instance) and not one.__away__:
                mask = mask_of(one, number_in(one, "x"), number_in(one, "y"))
                if mask is not None:
                    yield one, mask


def met_at(rt: Runtime, self: Value, other: Value, x: float, y: float, obj: Value) -> Iterator[Instance]:
    """The instances that this one would meet at a place."""
    mine = mask_of(self, x, y) if isinstance(self, Instance) else None
    if mine is not None:
        for one, mask in candidates(rt, self, other, obj):
            if one is not self and masks_meet(mine, mask):
                yield one


def met_in(
    rt: Runtime, self: Value, other: Value, meets: Meets, figure: tuple[float, ...], obj: Value, notme: bool = False
) -> Iterator[Instance]:
    """The instances whose masks meet a figure; none for one that is not in numbers."""
    if any(map(math.isnan, figure)):
        return
    for one, mask in candidates(rt, self, other, obj):
        if not (notme and one is self) and meets(mask, *figure):
            yield one


def first(found: Iterator[Instance]) -> Any:
    """The id of the first instance; noone when there is none."""
    one = next(found, None)
    return NOONE if one is None else one.id


def add_all(into: Any, found: Iterator[Instance], ordered: bool, x: float, y: float) -> float:
    """Adds ids to a ds_list, the nearest to a point first if `ordered`; returns how many."""
    there = list(found)
    if ordered:
        there.sort(key=lambda one: distance(one, x, y))
    into.items.extend(one.id for one in there)
    return float(len(there))


@chapter
def place_meeting(rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Any) -> bool:
    """Whether this instance would meet another one at a place."""
    return next(met_at(rt, self, other, x, y, obj), None) is not None


@chapter
def place_free(rt: Runtime, self: Value, other: Value, x: Real, y: Real) -> bool:
    """Whether this instance would meet no solid one at a place."""
    return not any(one.solid for one in met_at(rt, self, other, x, y, ALL))


@chapter
def place_empty(rt: Runtime, self: Value, other: Value, x: Real, y: Real, object_id: Any = ALL) -> bool:
    """Whether this instance would meet none at a place."""
    return next(met_at(rt, self, other, x, y, object_id), None) is None


@chapter
def instance_place(rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Any) -> Any:
    """The instance that this one would meet at a place; noone when there is none."""
    return first(met_at(rt, self, other, x, y, obj))


@chapter
def instance_place_list(
    rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Any, list: ListArg, ordered: Bool
) -> float:
    """Adds all instances that this one would meet at a place to a ds_list; returns how many."""
    return add_all(list, met_at(rt, self, other, x, y, obj), ordered, x, y)


@chapter
def position_empty(rt: Runtime, self: Value, other: Value, x: Real, y: Real) -> bool:
    """Whether no instance is at a point."""
    return next(met_in(rt, self, other, meets_point, (x, y), ALL), None) is None


@chapter
def position_meeting(rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Any) -> bool:
    """Whether an instance is at a point."""
    return next(met_in(rt, self, other, meets_point, (x, y), obj), None) is not None


@chapter
def instance_position(rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Any) -> Any:
    """The instance at a point; noone when there is none."""
    return first(met_in(rt, self, other, meets_point, (x, y), obj))


@chapter
def instance_position_list(
    rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Any, list: ListArg, ordered: Bool
) -> float:
    """Adds all instances at a point to a ds_list; returns how many."""
    return add_all(list, met_in(rt, self, other, meets_point, (x, y), obj), ordered, x, y)


@chapter
def collision_point(rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Any, prec: Bool, notme: Bool) -> Any:
    """The instance at a point; noone when there is none."""
    return first(met_in(rt, self, other, meets_point, (x, y), obj, notme))


@chapter
def collision_point_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x: Real,
    y: Real,
    obj: Any,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances at a point to a ds_list; returns how many."""
    return add_all(list, met_in(rt, self, other, meets_point, (x, y), obj, notme), ordered, x, y)


@chapter
def collision_line(
    rt: Runtime, self: Value, other: Value, x1: Real, y1: Real, x2: Real, y2: Real, obj: Any, prec: Bool, notme: Bool
) -> Any:
    """The instance on a line; noone when there is none."""
    return first(met_in(rt, self, other, meets_line, (x1, y1, x2, y2), obj, notme))


@chapter
def collision_line_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x1: Real,
    y1: Real,
    x2: Real,
    y2: Real,
    obj: Any,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances on a line to a ds_list; returns how many."""
    return add_all(list, met_in(rt, self, other, meets_line, (x1, y1, x2, y2), obj, notme), ordered, x1, y1)


@chapter
def collision_rectangle(
    rt: Runtime, self: Value, other: Value, x1: Real, y1: Real, x2: Real, y2: Real, obj: Any, prec: Bool, notme: Bool
) -> Any:
    """The instance in a rectangle; noone when there is none."""
    return first(met_in(rt, self, other, meets_rectangle, (x1, y1, x2, y2), obj, notme))


@chapter
def collision_rectangle_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x1: Real,
    y1: Real,
    x2: Real,
    y2: Real,
    obj: Any,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances in a rectangle to a ds_list; returns how many."""
    return add_all(
        list,
        met_in(rt, self, other, meets_rectangle, (x1, y1, x2, y2), obj, notme),
        ordered,
        (x1 + x2) / 2,
        (y1 + y2) / 2,
    )


@chapter
def collision_ellipse(
    rt: Runtime, self: Value, other: Value, x1: Real, y1: Real, x2: Real, y2: Real, obj: Any, prec: Bool, notme: Bool
) -> Any:
    """The instance in an ellipse; noone when there is none."""
    return first(met_in(rt, self, other, meets_ellipse, (x1, y1, x2, y2), obj, notme))


@chapter
def collision_ellipse_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x1: Real,
    y1: Real,
    x2: Real,
    y2: Real,
    obj: Any,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances in an ellipse to a ds_list; returns how many."""
    return add_all(
        list,
        met_in(rt, self, other, meets_ellipse, (x1, y1, x2, y2), obj, notme),
        ordered,
        (x1 + x2) / 2,
        (y1 + y2) / 2,
    )


@chapter
def collision_circle(
    rt: Runtime, self: Value, other: Value, x1: Real, y1: Real, rad: Real, obj: Any, prec: Bool, notme: Bool
) -> Any:
    """The instance in a circle; noone when there is none."""
    return first(met_in(rt, self, other, meets_ellipse, (x1 - rad, y1 - rad, x1 + rad, y1 + rad), obj, notme))


@chapter
def collision_circle_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x1: Real,
    y1: Real,
    rad: Real,
    obj: Any,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances in a circle to a ds_list; returns how many."""
    return add_all(
        list,
        met_in(rt, self, other, meets_ellipse, (x1 - rad, y1 - rad, x1 + rad, y1 + rad), obj, notme),
        ordered,
        x1,
        y1,
    )
