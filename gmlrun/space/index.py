"""The spatial index: for each object a grid of its instances' masks, and what a box of the room could meet.

A grid is made when something first asks for an object's instances. From then on it hears of every change of what
their masks depend on, and puts those that have changed in again before the next answer. Manual:
Movement_And_Collisions/Collisions.
"""

from __future__ import annotations

from gmlrun.engine.elements import Tilemap
from gmlrun.engine.instances import Instance, ObjectType
from gmlrun.engine.world import World
from gmlrun.language import ALL
from gmlrun.runtime import GamePart
from gmlrun.space.masks import is_nowhere, mask_at, shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from typing import Any, TypeAlias

    from gmlrun.runtime import Runtime
    from gmlrun.space.masks import Mask
    from gmlrun.values.model import Value

ROW = float(1 << 26)
"""A cell's number is its column, plus its row times this."""
REACH = 0.5
"""A mask lies also over the cells to its left and above in which a box so many cells wide could begin: the cell of a
box's first corner has all that the box could meet."""
MOST_CELLS = 64
"""A mask over more cells than this is kept apart, and every box could meet it."""
MOST_LARGE = 16
"""With more such masks than this, cells become larger."""
SMALLEST, LARGEST = 32.0, 65536.0
"""Sizes of cells, in pixels."""
FARTHEST = float(1 << 30)
"""Places further away than this are the same to the grid."""

Span: TypeAlias = tuple[float, float, float, float]
"""Cells: the first and the last column, the first and the last row."""
EVERYWHERE = (0.0, float(MOST_CELLS), 0.0, 0.0)

CHANGES = frozenset(("x", "y", "sprite_index", "mask_index", "image_xscale", "image_yscale", "image_angle", "__away__"))
"""The variables that a mask depends on."""
NOTHING: tuple[Mask, ...] = ()
"""The masks of an empty cell."""
store = object.__setattr__


def listen(kind: ObjectType) -> dict[Instance, None]:
    """Starts to note each change of a mask of this object's instances; returns the list of them."""
    moved: dict[Instance, None] = dict.fromkeys(kind.instances.values())

    def __setattr__(self: Instance, name: str, value: Any) -> None:
        store(self, name, value)
        if name in CHANGES:
            moved[self] = None

    kind.instance_class.__setattr__ = __setattr__  # type: ignore[method-assign, assignment]
    return moved


class Grid:
    """The masks of the instances of exactly one object, by the cells that they lie over."""

    def __init__(self, kind: ObjectType) -> None:
        self.kind = kind
        self.moved = listen(kind)
        """The instances whose masks are not up to date."""
        self.masks: dict[Instance, Mask] = {}
        self.cells: dict[float, list[Mask]] = {}
        self.large: dict[Instance, Mask] = {}
        self.size = SMALLEST
        """The width and height of cells, in pixels."""
        self.reach = 0.0
        """So large a box is looked up in one cell: none while there are masks outside the cells."""
        self.sized = 0
        """How many masks there were when that was chosen."""
        kind.grid = self

    def near(self, left: float, top: float, right: float, bottom: float) -> Collection[Mask]:
        """The masks that could meet a box, some of them twice; not to be kept while code of the program runs."""
        if self.moved:
            self.refresh()
        if right - left < self.reach and bottom - top < self.reach:
            size = self.size
            return self.cells.get(left // size + top // size * ROW, NOTHING)
        return self._near_wide(left, top, right, bottom)

    def view(self) -> tuple[dict[float, list[Mask]], float, float]:
        """The cells, their size, and the size of boxes that are looked up in one; until code of the program runs."""
        if self.moved:
            self.refresh()
        return self.cells, self.size, self.reach

    def _near_wide(self, left: float, top: float, right: float, bottom: float) -> Collection[Mask]:
        """The same for a box that reaches further than masks lie over cells."""
        masks, cells, size = self.masks, self.cells, self.size
        first, last, high, low = left // size, right // size, top // size, bottom // size
        if not (last - first + 1.0) * (low - high + 1.0) < len(masks):  # infinite numbers among them
            return masks.values()
        found: list[Mask] = list(self.large.values()) if self.large else []
        row = high * ROW
        while high <= low:
            column = first
            while column <= last:
                there = cells.get(column + row)
                if there is not None:
                    found += there
                column += 1.0
            high, row = high + 1.0, row + ROW
        return found

    # ------------------------------------------------------------ keeping up to date

    def refresh(self) -> None:
        """Puts in again what has changed."""
        moved = self.moved
        for instance in list(moved):
            self.put(instance)
            del moved[instance]
        if len(self.masks) > 2 * self.sized:
            self.sized = len(self.masks)
            self.resize(size_for(self.masks.values()))
        elif len(self.large) > MOST_LARGE and self.size < LARGEST:
            self.resize(self.size * 2)
        self.reach = 0.0 if self.large else self.size * REACH

    def drop(self, instance: Instance) -> None:
        """Takes out an instance that is destroyed, and what else is gone."""
        mask = self.masks.pop(instance, None)
        if mask is not None:
            self.take_out(mask)
        self.moved.pop(instance, None)
        if len(self.moved) > len(self.kind.instances) + MOST_CELLS:
            for gone in [one for one in self.moved if one.__dead__]:
                del self.moved[gone]

    def put(self, instance: Instance) -> None:
        """Brings the mask of an instance up to date; takes it out where there is none."""
        mask = self.masks.get(instance)
        if instance.__away__ or instance.__object__ is not self.kind:
            found = None
        elif mask is not None and type(instance.x) is float and type(instance.y) is float:
            found = self._moved(mask, instance)
        else:
            found = mask_at(instance)
        if found is None:
            if mask is not None:
                self.take_out(mask)
                del self.masks[instance]
        elif found is not mask or self.span_of(found) != found.span:
            if mask is not None:
                self.take_out(mask)
            self.masks[instance] = found
            self.put_in(found)

    def _moved(self, mask: Mask, instance: Instance) -> Mask | None:
        sprites, x, y = self.kind.world.sprites, instance.x, instance.y
        shape = shape_of(instance, sprites)
        if shape is None or is_nowhere(x, y):
            return None
        mask.put(shape, x, y, sprites.is_compatible)
        return mask

    def span_of(self, mask: Mask) -> Span:
        """The cells of a mask; figures count the pixels behind its right and bottom edges as its own."""
        size, right, bottom = self.size, mask.right + 1.0, mask.bottom + 1.0
        margin = size * REACH + 1.0
        left, top = mask.left - margin, mask.top - margin
        if left > -FARTHEST and right < FARTHEST and top > -FARTHEST and bottom < FARTHEST:
            return left // size, right // size, top // size, bottom // size
        return EVERYWHERE

    def put_in(self, mask: Mask) -> None:
        """Puts a mask into its cells."""
        first, last, high, low = mask.span = self.span_of(mask)
        if (last - first + 1.0) * (low - high + 1.0) > MOST_CELLS:
            self.large[mask.instance] = mask
            return
        for cell in cells_of(mask.span):
            there = self.cells.get(cell)
            if there is None:
                self.cells[cell] = [mask]
            else:
                there.append(mask)

    def take_out(self, mask: Mask) -> None:
        """Takes a mask out of its cells."""
        if self.large.pop(mask.instance, None) is None and mask.span is not None:
            for cell in cells_of(mask.span):
                there = self.cells[cell]
                there.remove(mask)
                if not there:
                    del self.cells[cell]

    def resize(self, size: float) -> None:
        """Makes cells of another size, and puts all masks in again."""
        if size != self.size:
            self.size, self.cells, self.large = size, {}, {}
            for mask in self.masks.values():
                self.put_in(mask)


def cells_of(span: Span) -> Iterator[float]:
    """The numbers of the cells of a span."""
    first, last, high, low = map(int, span)
    return (column + row * ROW for row in range(high, low + 1) for column in range(first, last + 1))


def size_for(masks: Iterable[Mask]) -> float:
    """A size of cells that most of these masks fit into several times: a power of two."""
    sizes = sorted(max(mask.right - mask.left, mask.bottom - mask.top) for mask in masks)
    usual = int(min(sizes[len(sizes) // 2], FARTHEST))
    return max(SMALLEST, min(LARGEST, 2.0 * (1 << usual.bit_length())))


class Space(GamePart):
    """The grids of one game."""

    def __init__(self, rt: Runtime) -> None:
        self.world = rt.service(World)
        self.sprites = self.world.sprites
        self.grids: dict[ObjectType, Grid] = {}
        self.families: dict[ObjectType, list[Grid]] = {}
        self.version = -1
        """That of the world's objects when families were listed."""

    def grid(self, kind: ObjectType) -> Grid:
        """The grid of exactly one object."""
        found = self.grids.get(kind)
        if found is None:
            found = self.grids[kind] = Grid(kind)
        return found

    def family(self, kind: ObjectType) -> list[Grid]:
        """The grids of an object and of its descendants."""
        if self.version != self.world.version:
            self.version = self.world.version
            self.families.clear()
        found = self.families.get(kind)
        if found is None:
            found = self.families[kind] = [self.grid(member) for member in kind.family()]
        return found

    def near(self, target: Value, self_: Value, other: Value, box: tuple[float, ...]) -> Iterator[Mask]:
        """The masks of what a target, a tilemap or an array of these, means, as far as they could meet a box."""
        if type(target) is ObjectType:
            for grid in self.family(target):
                yield from grid.near(*box)
        elif type(target) is list:
            for one in target:
                yield from self.near(one, self_, other, box)
        elif isinstance(target, (float, int)) and target == ALL:
            for kind in self.world.objects:
                if kind.instances:
                    yield from self.grid(kind).near(*box)
        elif isinstance(target, Tilemap):
            from gmlrun.space.tile_masks import TileMasks

            yield from self.world.rt.service(TileMasks).near(target, *box)
        else:
            named = self.world.object_of(target)
            yield from self.singles(target, self_, other) if named is None else self.near(named, self_, other, box)

    def singles(self, target: Value, self_: Value, other: Value) -> Iterator[Mask]:
        """The masks of a target that is no object."""
        for one in self.world.targets(target, self_, other):
            mask = mask_at(one) if isinstance(one, Instance) and not one.__away__ else None
            if mask is not None:
                yield mask

    def forget(self) -> None:
        """Rebuilds all masks after a sprite has changed."""
        self.sprites.shapes.clear()
        for grid in self.grids.values():
            grid.moved.update(dict.fromkeys(grid.kind.instances.values()))
