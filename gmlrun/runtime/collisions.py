"""Collision events: the pairs of instances that meet, found with a grid, and their events.

Manual: The_Asset_Editors/Object_Properties/Collision_Events.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from gmlrun.runtime.events import COLLISION
from gmlrun.runtime.instances import Instance, ObjectType
from gmlrun.runtime.masks import Mask, mask_of, masks_meet
from gmlrun.runtime.numeric import number_in
from gmlrun.runtime.world import World

CELL = 64.0
"""The width and height of a cell of the grid, in pixels."""
MANY_CELLS = 256
"""A mask over more cells than this is compared with everything."""


def mask_at(instance: Instance) -> Mask | None:
    """The mask that an instance has where it is."""
    return mask_of(instance, number_in(instance, "x"), number_in(instance, "y"))


def cells(mask: Mask) -> Iterator[tuple[int, int]] | None:
    """The cells that a mask lies over; None for too many."""
    box = [mask.left, mask.top, mask.right, mask.bottom]
    left, top, right, bottom = (math.floor(edge / CELL) for edge in box)
    if (right - left + 1) * (bottom - top + 1) > MANY_CELLS:
        return None
    return ((x, y) for x in range(left - 1, right + 2) for y in range(top - 1, bottom + 2))


class Grid:
    """Instances by the cells that their masks lie over, as of the start of the phase."""

    def __init__(self, instances: list[Instance]) -> None:
        self.order = {instance: at for at, instance in enumerate(instances)}
        self.cells: dict[tuple[int, int], list[Instance]] = defaultdict(list)
        self.large: list[Instance] = []
        """Those that lie over too many cells."""
        for instance in instances:
            self.put(instance)

    def put(self, instance: Instance) -> None:
        """Adds an instance where it is now; one that has moved is found at its earlier places too."""
        mask = mask_at(instance)
        if mask is None:
            return
        there = cells(mask)
        if there is None:
            self.large.append(instance)
        else:
            for cell in there:
                self.cells[cell].append(instance)

    def near(self, mask: Mask) -> list[Instance]:
        """The instances that a mask could meet, oldest first."""
        there = cells(mask)
        if there is None:
            return list(self.order)
        found = {one for cell in there for one in self.cells.get(cell, ())}
        return sorted(found.union(self.large), key=self.order.__getitem__)


class CollisionPhase:
    """The Collision events of one step."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.grids: dict[ObjectType, Grid] = {}

    def run(self) -> None:
        """Finds the pairs that meet, object by object, and runs the events of both sides."""
        for kind, others in collision_list(self.world).items():
            for one in list(self.world.targets(kind, None, None)):
                for other in others:
                    self._meet_all(one, other)

    def _meet_all(self, one: Instance, kind: ObjectType) -> None:
        mask = None if one.__away__ else mask_at(one)
        if mask is None:
            return
        if kind not in self.grids:
            self.grids[kind] = Grid(self.world.targets(kind, None, None))
        for two in self.grids[kind].near(mask):
            if two is one or two.__away__ or one.__away__:
                continue
            if one.__object__ is two.__object__ and two.__id__.index < one.__id__.index:
                continue
            if meeting(one, two):
                self.world.guard(self._collide, one, two)

    def _collide(self, one: Instance, two: Instance) -> None:
        """The events of a pair: one that is solid puts both back first, and again if they still meet."""
        world, is_solid = self.world, bool(one.solid or two.solid)
        if is_solid:
            put_back(one)
            put_back(two)
        perform_collision(world, one, two)
        perform_collision(world, two, one)
        if world.sprites.is_compatible and (one.solid or two.solid):
            go_on(one)
            go_on(two)
            if meeting(one, two):
                put_back(one)
                put_back(two)
        for grid in self.grids.values():
            for moved in (one, two):
                if moved in grid.order and not moved.__away__:
                    grid.put(moved)


def collision_list(world: World) -> dict[ObjectType, list[ObjectType]]:
    """The objects with Collision events, each with the objects that it collides with; each pair once."""
    found: dict[ObjectType, list[ObjectType]] = {}
    for kind in world.objects:
        others = [world.objects[n] for type_, n in kind.events if type_ == COLLISION and n < len(world.objects)]
        wanted = [other for other in others if kind not in found.get(other, ())]
        if wanted:
            found[kind] = wanted
    return found


def meeting(one: Instance, two: Instance) -> bool:
    """Whether two instances overlap where they are."""
    first, second = mask_at(one), mask_at(two)
    return first is not None and second is not None and masks_meet(first, second)


def put_back(instance: Instance) -> None:
    """Moves an instance to where it was before this step."""
    instance.x, instance.y = instance.xprevious, instance.yprevious


def go_on(instance: Instance) -> None:
    """Moves an instance on by its speed."""
    instance.x = number_in(instance, "x") + instance.__hspeed__
    instance.y = number_in(instance, "y") + instance.__vspeed__


def perform_collision(world: World, instance: Instance, other: Instance) -> None:
    """Runs the Collision event with the other one's object, or with its nearest ancestor that has one."""
    if instance.__dead__ or not isinstance(other, Instance):
        return
    for kind in other.__object__.lineage():
        if world.perform(instance, (COLLISION, kind.index), other):
            return
