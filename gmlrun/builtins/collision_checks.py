"""Instances that meet at a place or in a figure. Manual: Movement_And_Collisions/Collisions."""

from __future__ import annotations

from gmlrun.builtins.binding import wrapped
from gmlrun.builtins.data_structures import ListArg
from gmlrun.builtins.instances import change_object, object_named
from gmlrun.builtins.registry import Bool, Chapter, Real
from gmlrun.engine.instances import Instance, distance
from gmlrun.engine.world import LAST_INSTANCE, World
from gmlrun.language import ALL, NOONE
from gmlrun.runtime import Runtime
from gmlrun.space.index import FARTHEST, NOTHING, ROW, Space
from gmlrun.space.masks import Mask, looks, mask_of
from gmlrun.space.overlaps import masks_meet, meets_ellipse, meets_line, meets_point, meets_rectangle
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import Any, TypeAlias

chapter = Chapter("Movement_And_Collisions/Collisions")


Meets: TypeAlias = "Callable[..., bool]"


Met: TypeAlias = "Any"
"""An instance, or a tilemap."""


def met_at(rt: Runtime, self: Value, other: Value, x: float, y: float, obj: Value) -> Iterator[Met]:
    """The instances and tilemaps that this one would meet at a place, in no order."""
    mine = mask_of(self, x, y) if isinstance(self, Instance) else None
    if mine is None:
        return
    space = rt.service(Space)
    left, top, right, bottom = box = mine.left, mine.top, mine.right, mine.bottom
    is_compatible = space.sprites.is_compatible
    for mask in space.near(obj, self, other, box):
        is_near = mask.left <= right and mask.right >= left and mask.top <= bottom and mask.bottom >= top
        if is_near and mask.instance is not self and masks_meet(mine, mask, is_compatible):
            yield mask.instance


def met_in(
    rt: Runtime,
    self: Value,
    other: Value,
    meets: Meets,
    figure: tuple[float, ...],
    obj: Value,
    prec: bool = True,
    notme: bool = False,
) -> Iterator[Met]:
    """The instances and tilemaps whose masks meet a figure, in no order; none for one that is not in numbers."""
    if any(number != number for number in figure):
        return
    space, figure = rt.service(Space), tuple(max(-FARTHEST, min(FARTHEST, number)) for number in figure)
    across, down = figure[::2], figure[1::2]
    box = min(across), min(down), max(across), max(down)
    is_compatible = space.sprites.is_compatible
    for mask in space.near(obj, self, other, box):
        if mask.shape.is_empty or (notme and mask.instance is self):
            continue
        if meets(mask, is_compatible, prec, *figure):
            yield mask.instance


def age(found: Met) -> int:
    """A number that grows the younger an instance is; tilemaps come behind all instances."""
    return found.__id__.index if isinstance(found, Instance) else LAST_INSTANCE


def id_of(found: Met) -> Value:
    """The id of an instance; a tilemap is its own."""
    return found.id if isinstance(found, Instance) else found


def first(found: Iterator[Met]) -> Value:
    """The id of the oldest instance, or a tilemap; noone when there is neither."""
    one = min(found, key=age, default=None)
    return NOONE if one is None else id_of(one)


def add_all(into: Any, found: Iterator[Met], ordered: bool, x: float, y: float) -> float:
    """Adds ids to a ds_list, the nearest to a point first if `ordered`; returns how many."""
    there = sorted(set(found), key=age)
    if ordered:
        there.sort(key=lambda one: distance(one, x, y) if isinstance(one, Instance) else 0.0)
    into.items.extend(map(id_of, there))
    return float(len(there))


def place_meeting(rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Value) -> bool:
    """Whether this instance would meet another one at a place."""
    return next(met_at(rt, self, other, x, y, obj), None) is not None


def quick_place_meeting(rt: Runtime) -> Callable[..., Value]:
    """`place_meeting` for one game: at once where no instance of an object is near the place."""
    space, checked = rt.service(Space), wrapped(place_meeting, rt)
    world, sprites, families = space.world, space.sprites, space.families
    shapes = sprites.shapes

    def bound(self: Value, other: Value, x: Value, y: Value, obj: Any) -> Value:
        try:
            shape, grids = shapes[looks(self)], families[obj]
        except (KeyError, TypeError, AttributeError):  # not asked before, or not so simple
            return checked(self, other, x, y, obj)
        if type(x) is not float or type(y) is not float or space.version != world.version:
            return checked(self, other, x, y, obj)
        if shape is None:
            return False
        is_compatible = sprites.is_compatible
        edge = 1.0 if is_compatible else 0.0
        left, top, right, bottom = x + shape.left - edge, y + shape.top - edge, x + shape.right, y + shape.bottom
        mine = None
        near: Collection[Mask]
        for grid in grids:
            if grid.moved:
                grid.refresh()
            if right - left < grid.reach and bottom - top < grid.reach:
                near = grid.cells.get(left // grid.size + top // grid.size * ROW, NOTHING)
            else:
                near = grid.near(left, top, right, bottom)
            for mask in near:
                is_near = mask.left <= right and mask.right >= left and mask.top <= bottom and mask.bottom >= top
                if is_near and mask.instance is not self:
                    mine = mine or Mask(self, shape, x, y, is_compatible)
                    if masks_meet(mine, mask, is_compatible):
                        return True
        return False

    return bound


chapter.direct(place_meeting, quick_place_meeting)


@chapter
def place_free(rt: Runtime, self: Value, other: Value, x: Real, y: Real) -> bool:
    """Whether this instance would meet no solid one at a place."""
    return not any(one.solid for one in met_at(rt, self, other, x, y, ALL))


@chapter
def place_empty(rt: Runtime, self: Value, other: Value, x: Real, y: Real, object_id: Value = ALL) -> bool:
    """Whether this instance would meet none at a place."""
    return next(met_at(rt, self, other, x, y, object_id), None) is None


@chapter
def instance_place(rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Value) -> Value:
    """The instance that this one would meet at a place; noone when there is none."""
    return first(met_at(rt, self, other, x, y, obj))


@chapter
def instance_place_list(
    rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Value, list: ListArg, ordered: Bool
) -> float:
    """Adds all instances that this one would meet at a place to a ds_list; returns how many."""
    return add_all(list, met_at(rt, self, other, x, y, obj), ordered, x, y)


@chapter
def position_empty(rt: Runtime, self: Value, other: Value, x: Real, y: Real) -> bool:
    """Whether no instance is at a point."""
    return next(met_in(rt, self, other, meets_point, (x, y), ALL), None) is None


@chapter
def position_meeting(rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Value) -> bool:
    """Whether an instance is at a point."""
    return next(met_in(rt, self, other, meets_point, (x, y), obj), None) is not None


@chapter
def instance_position(rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Value) -> Value:
    """The instance at a point; noone when there is none."""
    return first(met_in(rt, self, other, meets_point, (x, y), obj))


@chapter
def instance_position_list(
    rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Value, list: ListArg, ordered: Bool
) -> float:
    """Adds all instances at a point to a ds_list; returns how many."""
    return add_all(list, met_in(rt, self, other, meets_point, (x, y), obj), ordered, x, y)


@chapter
def position_destroy(rt: Runtime, world: World, self: Value, other: Value, x: Real, y: Real) -> None:
    """Destroys all instances at a point, with their Destroy and Clean Up events."""
    for one in sorted(met_in(rt, self, other, meets_point, (x, y), ALL), key=age):
        world.destroy(one)


@chapter
def position_change(
    rt: Runtime, world: World, self: Value, other: Value, x: Real, y: Real, obj: Value, perf: Bool
) -> None:
    """Makes all instances at a point ones of another object, with the Destroy, Clean Up and Create events if PERF."""
    kind = object_named(world, obj)
    for one in sorted(met_in(rt, self, other, meets_point, (x, y), ALL), key=age):
        change_object(world, one, kind, perf)


@chapter
def collision_point(
    rt: Runtime, self: Value, other: Value, x: Real, y: Real, obj: Value, prec: Bool, notme: Bool
) -> Value:
    """The instance at a point; noone when there is none."""
    return first(met_in(rt, self, other, meets_point, (x, y), obj, prec, notme))


@chapter
def collision_point_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x: Real,
    y: Real,
    obj: Value,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances at a point to a ds_list; returns how many."""
    return add_all(list, met_in(rt, self, other, meets_point, (x, y), obj, prec, notme), ordered, x, y)


@chapter
def collision_line(
    rt: Runtime, self: Value, other: Value, x1: Real, y1: Real, x2: Real, y2: Real, obj: Value, prec: Bool, notme: Bool
) -> Value:
    """The instance on a line; noone when there is none."""
    return first(met_in(rt, self, other, meets_line, (x1, y1, x2, y2), obj, prec, notme))


@chapter
def collision_line_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x1: Real,
    y1: Real,
    x2: Real,
    y2: Real,
    obj: Value,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances on a line to a ds_list; returns how many."""
    return add_all(list, met_in(rt, self, other, meets_line, (x1, y1, x2, y2), obj, prec, notme), ordered, x1, y1)


@chapter
def collision_rectangle(
    rt: Runtime, self: Value, other: Value, x1: Real, y1: Real, x2: Real, y2: Real, obj: Value, prec: Bool, notme: Bool
) -> Value:
    """The instance in a rectangle; noone when there is none."""
    return first(met_in(rt, self, other, meets_rectangle, (x1, y1, x2, y2), obj, prec, notme))


@chapter
def collision_rectangle_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x1: Real,
    y1: Real,
    x2: Real,
    y2: Real,
    obj: Value,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances in a rectangle to a ds_list; returns how many."""
    return add_all(
        list,
        met_in(rt, self, other, meets_rectangle, (x1, y1, x2, y2), obj, prec, notme),
        ordered,
        (x1 + x2) / 2,
        (y1 + y2) / 2,
    )


@chapter
def collision_ellipse(
    rt: Runtime, self: Value, other: Value, x1: Real, y1: Real, x2: Real, y2: Real, obj: Value, prec: Bool, notme: Bool
) -> Value:
    """The instance in an ellipse; noone when there is none."""
    return first(met_in(rt, self, other, meets_ellipse, (x1, y1, x2, y2), obj, prec, notme))


@chapter
def collision_ellipse_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x1: Real,
    y1: Real,
    x2: Real,
    y2: Real,
    obj: Value,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances in an ellipse to a ds_list; returns how many."""
    return add_all(
        list,
        met_in(rt, self, other, meets_ellipse, (x1, y1, x2, y2), obj, prec, notme),
        ordered,
        (x1 + x2) / 2,
        (y1 + y2) / 2,
    )


@chapter
def collision_circle(
    rt: Runtime, self: Value, other: Value, x1: Real, y1: Real, rad: Real, obj: Value, prec: Bool, notme: Bool
) -> Value:
    """The instance in a circle; noone when there is none."""
    return first(met_in(rt, self, other, meets_ellipse, (x1 - rad, y1 - rad, x1 + rad, y1 + rad), obj, prec, notme))


@chapter
def collision_circle_list(
    rt: Runtime,
    self: Value,
    other: Value,
    x1: Real,
    y1: Real,
    rad: Real,
    obj: Value,
    prec: Bool,
    notme: Bool,
    list: ListArg,
    ordered: Bool,
) -> float:
    """Adds all instances in a circle to a ds_list; returns how many."""
    return add_all(
        list,
        met_in(rt, self, other, meets_ellipse, (x1 - rad, y1 - rad, x1 + rad, y1 + rad), obj, prec, notme),
        ordered,
        x1,
        y1,
    )
