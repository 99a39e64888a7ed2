"""Grids for motion planning: cells that are free or not, and the shortest path between two of them.

Manual: Movement_And_Collisions/Motion_Planning.
"""

from __future__ import annotations

from gmlrun.builtins.data_structures import GridArg
from gmlrun.builtins.registry import Bool, Chapter, Int, handle_type
from gmlrun.engine.instances import Instance
from gmlrun.engine.world import World
from gmlrun.errors import GmlError
from gmlrun.lean import deque
from gmlrun.space.masks import mask_at
from gmlrun.space.overlaps import meets_rectangle
from gmlrun.space.paths import PathPoint, Paths
from gmlrun.values.containers import Handles, Mortal
from gmlrun.values.model import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

chapter = Chapter("Movement_And_Collisions/Motion_Planning")

FREE, BLOCKED = 0.0, -1.0
MOST_CELLS = 1 << 24
SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))
"""The order in which neighbours are looked at, which decides among paths that are equally short."""
CORNERS = ((-1, 1), (-1, -1), (1, 1), (1, -1))
BACK = ((-1, 1), (1, 1), (-1, -1), (1, -1))
INSIDE = 0.0001
"""How far the right and bottom edges of a box keep from the next cell, where boxes do not hold their edges."""

Cell: TypeAlias = tuple[int, int]


class MpGrid(Mortal):
    """A grid: `columns[h][v]` is -1 where the cell is not free."""

    __slots__ = ("across", "cell_height", "cell_width", "columns", "down", "left", "top")
    words = "mp_grid"

    def __init__(self, left: int, top: int, across: int, down: int, cell_width: int, cell_height: int) -> None:
        super().__init__("mp_grid", -1)
        self.live = True
        self.left, self.top, self.across, self.down = left, top, across, down
        self.cell_width, self.cell_height = cell_width, cell_height
        self.columns = [[FREE] * down for _ in range(across)]

    def put(self, h: int, v: int, value: float) -> None:
        """Sets a cell; one outside the grid is left alone."""
        if 0 <= h < self.across and 0 <= v < self.down:
            self.columns[h][v] = value

    def is_free(self, h: int, v: int) -> bool:
        """Whether a cell is in the grid, and free."""
        return 0 <= h < self.across and 0 <= v < self.down and self.columns[h][v] == FREE

    def cells_in(self, x1: float, y1: float, x2: float, y2: float) -> Iterator[Cell]:
        """The cells that a box of the room lies over."""
        first, last = int((x1 - self.left) / self.cell_width), int((x2 - self.left) / self.cell_width)
        high, low = int((y1 - self.top) / self.cell_height), int((y2 - self.top) / self.cell_height)
        for h in range(max(0, first), min(self.across, last + 1)):
            for v in range(max(0, high), min(self.down, low + 1)):
                yield h, v

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The free cell at a place of the room; None where there is none."""
        h, v = (x - self.left) // self.cell_width, (y - self.top) // self.cell_height
        return (int(h), int(v)) if self.is_free(int(h), int(v)) else None

    def middle(self, cell: Cell) -> PathPoint:
        """The middle of a cell, in whole pixels."""
        h, v = cell
        x, y = self.left + h * self.cell_width, self.top + v * self.cell_height
        return PathPoint(float(int(x + self.cell_width / 2)), float(int(y + self.cell_height / 2)))


if TYPE_CHECKING:
    MpGridArg: TypeAlias = MpGrid
else:
    MpGridArg = handle_type(MpGrid, "Id.MpGrid", "an mp_grid")


@chapter
def mp_grid_create(
    handles: Handles, left: Int, top: Int, hcells: Int, vcells: Int, cellwidth: Int, cellheight: Int
) -> Value:
    """Makes a grid of free cells."""
    if cellwidth < 1 or cellheight < 1:
        raise GmlError(f"the cells of an mp_grid must have a size, not {cellwidth} x {cellheight}")
    if max(1, hcells) * max(1, vcells) > MOST_CELLS:
        raise GmlError(f"an mp_grid may have {MOST_CELLS} cells at most, not {hcells} x {vcells}")
    return handles.add(MpGrid(left, top, max(0, hcells), max(0, vcells), cellwidth, cellheight))


@chapter
def mp_grid_destroy(handles: Handles, id: Value) -> None:
    """Ends a grid; does nothing when there is none."""
    found = handles.find(MpGrid, id)
    if found is not None:
        found.live = False
        handles.free(found)


@chapter
def mp_grid_clear_all(id: MpGridArg) -> None:
    """Makes all cells free."""
    id.columns = [[FREE] * id.down for _ in range(id.across)]


@chapter
def mp_grid_clear_cell(id: MpGridArg, h: Int, v: Int) -> None:
    """Makes a cell free."""
    id.put(h, v, FREE)


@chapter
def mp_grid_clear_rectangle(id: MpGridArg, left: Int, top: Int, right: Int, bottom: Int) -> None:
    """Makes the cells of a rectangle free."""
    fill(id, left, top, right, bottom, FREE)


@chapter
def mp_grid_add_cell(id: MpGridArg, h: Int, v: Int) -> None:
    """Blocks a cell."""
    id.put(h, v, BLOCKED)


@chapter
def mp_grid_add_rectangle(id: MpGridArg, left: Int, top: Int, right: Int, bottom: Int) -> None:
    """Blocks the cells of a rectangle."""
    fill(id, left, top, right, bottom, BLOCKED)


def fill(grid: MpGrid, x1: float, y1: float, x2: float, y2: float, value: float) -> None:
    """Sets the cells of a rectangle, given by two corners."""
    for h, v in grid.cells_in(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)):
        grid.columns[h][v] = value


@chapter
def mp_grid_get_cell(id: MpGridArg, h: Int, v: Int) -> float:
    """0 for a free cell, -1 for one that is not, or not in the grid."""
    return id.columns[h][v] if 0 <= h < id.across and 0 <= v < id.down else BLOCKED


@chapter
def mp_grid_add_instances(world: World, self: Value, other: Value, id: MpGridArg, obj: Value, prec: Bool) -> None:
    """Blocks the cells that the masks of instances lie over: their boxes, or what they are if PREC."""
    is_compatible = world.sprites.is_compatible
    edge = 0.0 if is_compatible else INSIDE
    for one in world.targets(obj, self, other):
        mask = mask_at(one) if isinstance(one, Instance) and not one.__away__ else None
        if mask is None:
            continue
        for h, v in id.cells_in(mask.left + edge, mask.top + edge, mask.right - edge, mask.bottom - edge):
            x, y = id.left + h * id.cell_width, id.top + v * id.cell_height
            corner = (x + id.cell_width - 1, y + id.cell_height - 1)
            if not prec or meets_rectangle(mask, is_compatible, True, x, y, *corner):
                id.columns[h][v] = BLOCKED


@chapter
def mp_grid_to_ds_grid(id: MpGridArg, ds_grid: GridArg) -> None:
    """Copies the cells to a ds_grid of the same size."""
    if (id.across, id.down) != (ds_grid.width, ds_grid.height):
        raise GmlError("the mp_grid and the ds_grid must have the same size")
    ds_grid.columns = [list(column) for column in id.columns]


@chapter
def mp_grid_path(
    paths: Paths,
    self: Value,
    other: Value,
    id: MpGridArg,
    path: Value,
    xstart: Int,
    ystart: Int,
    xgoal: Int,
    ygoal: Int,
    allowdiag: Bool,
) -> bool:
    """Fills a path with the shortest way between two places of free cells; returns whether there is one."""
    there = paths.find(path)
    start, goal = id.cell_at(xstart, ystart), id.cell_at(xgoal, ygoal)
    if there is None or start is None or goal is None:
        return False
    distances = spread(id, start, goal, allowdiag)
    if goal not in distances:
        return False
    inner = [id.middle(cell) for cell in way_back(id, distances, start, goal, allowdiag)]
    ends = PathPoint(float(xstart), float(ystart)), PathPoint(float(xgoal), float(ygoal))
    points = (ends[0], *reversed(inner), ends[1])
    there.facts = there.facts._replace(points=points, is_smooth=False, is_closed=False)
    return True


def spread(grid: MpGrid, start: Cell, goal: Cell, diagonal: bool) -> dict[Cell, int]:
    """How many steps each cell is from the start, as far as that had to be known to get to the goal."""
    distances, queue = {start: 0}, deque([start])
    while queue:
        cell = queue.popleft()
        if cell == goal:
            break
        for there in neighbours(grid, cell, distances, diagonal):
            distances[there] = distances[cell] + 1
            queue.append(there)
    return distances


def neighbours(grid: MpGrid, cell: Cell, known: dict[Cell, int], diagonal: bool) -> list[Cell]:
    """The free cells beside one that are not known yet; over a corner only where both sides are."""
    h, v = cell

    def is_new(across: int, down: int) -> bool:
        there = (h + across, v + down)
        return there not in known and grid.is_free(*there)

    found = [step for step in SIDES if is_new(*step)]
    if diagonal:
        found += [step for step in CORNERS if (step[0], 0) in found and (0, step[1]) in found and is_new(*step)]
    return [(h + across, v + down) for across, down in found]


def way_back(grid: MpGrid, distances: dict[Cell, int], start: Cell, goal: Cell, diagonal: bool) -> Iterator[Cell]:
    """The cells between the goal and the start, from the goal on."""
    cell = goal
    while cell != start:
        if cell != goal:
            yield cell
        h, v = cell
        steps = list(SIDES)
        if diagonal:
            steps += [(a, d) for a, d in BACK if grid.is_free(h + a, v) and grid.is_free(h, v + d)]
        nearer = distances[cell] - 1
        cell = next((h + a, v + d) for a, d in steps if distances.get((h + a, v + d)) == nearer)
