"""Collision events: the pairs of instances that meet go in, the events of both sides run.

Manual: The_Asset_Editors/Object_Properties/Collision_Events.
"""

from __future__ import annotations

from gmlrun.engine.events import COLLISION
from gmlrun.engine.instances import Instance
from gmlrun.engine.world import World
from gmlrun.runtime import GamePart
from gmlrun.space.index import NOTHING, ROW, Space
from gmlrun.space.masks import looks, mask_at, shape_of
from gmlrun.space.overlaps import masks_meet
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from gmlrun.engine.instances import ObjectType
    from gmlrun.runtime import Runtime
    from gmlrun.space.index import Grid
    from gmlrun.space.masks import Mask, Shape

Pair = tuple[int, int]


class Collisions(GamePart):
    """The Collision events of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.world = rt.service(World)
        self.space = rt.service(Space)
        self.pairs: dict[ObjectType, list[ObjectType]] = {}
        """The objects with Collision events, each with those that it collides with."""
        self.version = -1
        """That of the world's objects when the pairs were listed."""
        self.done: set[Pair] = set()
        """The ids of the pairs that have had their events in this step."""
        self.newest = 0
        """Instances with higher ids are younger than the step."""

    def run(self) -> None:
        """Finds the pairs that meet, object by object, and runs the events of both sides; each pair once."""
        world = self.world
        if self.version != world.version:
            self.version, self.pairs = world.version, collision_list(world)
        self.newest = world.next_id
        for kind, others in self.pairs.items():
            grids = [grid for other in others for grid in self.space.family(other)]
            if grids:
                self._meet_each(world.targets(kind, None, None), grids)
        self.done.clear()

    def _meet_each(self, instances: list[Instance], grids: list[Grid]) -> None:
        """The events of these instances with those of the grids, whose cells are looked up here: most meet nothing."""
        sprites = self.world.sprites
        shapes, edge = sprites.shapes, 1.0 if sprites.is_compatible else 0.0  # where boxes are rounded and hold edges
        views = [(grid, *grid.view()) for grid in grids]
        last: Any = None
        shape: Shape | None = None
        near: Collection[Mask]
        for one in instances:
            if one.__away__:
                continue
            look = looks(one)
            if look != last:
                last = look
                try:
                    shape = shapes[look]
                except (KeyError, TypeError):
                    shape = shape_of(one, sprites)
            if shape is None:
                continue
            x, y = one.x, one.y
            if type(x) is not float or type(y) is not float:
                x, y = number_in(one, "x"), number_in(one, "y")
            left, top, right, bottom = x + shape.left - edge, y + shape.top - edge, x + shape.right, y + shape.bottom
            for grid, cells, size, reach in views:
                if right - left < reach and bottom - top < reach:
                    near = cells.get(left // size + top // size * ROW, NOTHING)
                else:
                    near = grid.near(left, top, right, bottom)
                for mask in near:
                    is_near = mask.left <= right and mask.right >= left and mask.top <= bottom and mask.bottom >= top
                    if is_near and mask.instance is not one:
                        break
                else:
                    continue
                for rest in grids[grids.index(grid) :]:
                    self._meet_all(one, rest)
                views, last = [(grid, *grid.view()) for grid in grids], None
                break

    def _meet_all(self, one: Instance, grid: Grid) -> None:
        """The events of an instance with all that it meets in a grid, oldest first; any event may move anything."""
        last = -1
        while not one.__away__:
            mine = mask_at(one)
            found = [] if mine is None else sorted(set(self._met(mine, grid, last)))
            if mine is None or not found:
                return
            for last in found:
                two = self.world.instances.get(last)
                if two is not None and two.__object__ is grid.kind:
                    self.done.add(pair_of(one, two))
                    self.world.dispatch.guard(self._collide, one, two)
                if not self._stays(mine, grid):
                    break
            else:
                return

    def _stays(self, mine: Mask, grid: Grid) -> bool:
        """Whether a mask and those of a grid are still where they were, so that they meet as before."""
        if grid.moved or mine.instance.__away__ or self.world.sprites.have_frame_masks:
            return False
        one = mine.instance
        return bool(one.x == mine.x and one.y == mine.y and shape_of(one, self.world.sprites) is mine.shape)

    def _met(self, mine: Mask, grid: Grid, last: int) -> list[int]:
        """The ids, above the last one, of what a mask meets and has had no event with."""
        one, is_compatible = mine.instance, self.world.sprites.is_compatible
        found = []
        for mask in grid.near(mine.left, mine.top, mine.right, mine.bottom):
            two = mask.instance
            number = two.__id__.index
            is_new = last < number < self.newest and two is not one and pair_of(one, two) not in self.done
            if is_new and masks_meet(mine, mask, is_compatible):
                found.append(number)
        return found

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


def pair_of(one: Instance, two: Instance) -> Pair:
    """Two instances in either order."""
    first, second = one.__id__.index, two.__id__.index
    return (first, second) if first < second else (second, first)


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
    compatible = one.__object__.world.sprites.is_compatible
    return first is not None and second is not None and masks_meet(first, second, compatible)


def put_back(instance: Instance) -> None:
    """Moves an instance to where it was before this step."""
    instance.x, instance.y = instance.xprevious, instance.yprevious
    if instance in instance.__object__.world.motion.followers:
        instance.path_position = instance.path_positionprevious


def go_on(instance: Instance) -> None:
    """Moves an instance on, along its path and by its speed."""
    world = instance.__object__.world
    if instance in world.motion.followers:
        world.motion.follow(instance)
    instance.x = number_in(instance, "x") + instance.__hspeed__
    instance.y = number_in(instance, "y") + instance.__vspeed__


def perform_collision(world: World, instance: Instance, other: Instance) -> None:
    """Runs the Collision event with the other one's object, or with its nearest ancestor that has one."""
    if instance.__dead__ or not isinstance(other, Instance):
        return
    for kind in other.__object__.lineage():
        if world.dispatch.perform(instance, (COLLISION, kind.index), other):
            return
