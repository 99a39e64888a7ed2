"""The DS Grids chapter. Manual: Data_Structures/DS_Grids."""

from __future__ import annotations

import math

from gmlrun.builtins.data_structures import GridArg, Precision, same, shuffled_order, sorted_order
from gmlrun.builtins.registry import Bool, Chapter, Int, Real, String
from gmlrun.errors import GmlError
from gmlrun.execution import accessors
from gmlrun.runtime import Runtime
from gmlrun.values import operators, serialised
from gmlrun.values.containers import DsGrid, Handles, destroy
from gmlrun.values.model import Value
from gmlrun.values.random import Random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

chapter = Chapter("Data_Structures/DS_Grids")

Cells: TypeAlias = "Iterable[tuple[int, int]]"
Change: TypeAlias = "Callable[[Value, Value], Value]"

LARGEST = 1 << 27
"""Cells that a grid may have."""


# ------------------------------------------------------------------ cells and changes


def span(first: int, second: int, size: int) -> range:
    """The whole numbers from one to the other, in whichever order they come, inside 0 to SIZE - 1."""
    low, high = min(first, second), max(first, second)
    return range(max(0, low), min(size - 1, high) + 1)


def region(grid: DsGrid, x1: int, y1: int, x2: int, y2: int) -> Iterator[tuple[int, int]]:
    """The cells of a rectangle, both corners included, clipped to the grid; row by row."""
    columns = span(x1, x2, grid.width)
    return ((x, y) for y in span(y1, y2, grid.height) for x in columns)


def held(grid: DsGrid, x1: int, y1: int, x2: int, y2: int) -> Iterator[tuple[int, int]]:
    """Like `region`, with the corners moved into the grid first: what is outside is its edge."""
    right, bottom = grid.width - 1, grid.height - 1
    x1, x2 = (max(0, min(x, right)) for x in (x1, x2))
    y1, y2 = (max(0, min(y, bottom)) for y in (y1, y2))
    return region(grid, x1, y1, x2, y2)


def disk(grid: DsGrid, xm: float, ym: float, r: float) -> Iterator[tuple[int, int]]:
    """The cells whose place is no farther than R from the middle, column by column."""
    if not all(map(math.isfinite, (xm, ym, r))):
        return
    reach = abs(r)
    for x in span(math.ceil(xm - reach), math.floor(xm + reach), grid.width):
        for y in span(math.ceil(ym - reach), math.floor(ym + reach), grid.height):
            if (x - xm) ** 2 + (y - ym) ** 2 <= reach * reach:
                yield x, y


def change(grid: DsGrid, cells: Cells, value: Value, how: Change) -> None:
    """Puts what `how(old, value)` makes into each cell."""
    for x, y in cells:
        column = grid.columns[x]
        column[y] = how(column[y], value)


def put(old: Value, value: Value) -> Value:
    """The new value of a cell that is set."""
    return value


def plus(old: Value, value: Value) -> Value:
    """The new value of a cell that is added to: numbers add, strings join, what does not match replaces."""
    if (type(old) is str) != (type(value) is str):
        return value
    return operators.add(old, value)


def times(old: Value, value: Value) -> Value:
    """The new value of a cell that is multiplied; strings stay."""
    if type(old) is str or type(value) is str:
        return old
    return operators.mul(old, value)


def numbers(grid: DsGrid, cells: Cells) -> list[float]:
    """The numbers of cells; text and the rest count as 0."""
    values = (grid.columns[x][y] for x, y in cells)
    return [float(value) if isinstance(value, (float, int)) else 0.0 for value in values]


def mean(values: list[float]) -> float:
    return math.fsum(values) / len(values) if values else 0.0


def place(rt: Runtime, grid: DsGrid, cells: Cells, wanted: Value) -> tuple[int, int] | None:
    """The first of the cells that has a value."""
    precision = rt.service(Precision).value
    return next((cell for cell in cells if same(wanted, grid.columns[cell[0]][cell[1]], precision)), None)


def copy_region(
    target: DsGrid, source: DsGrid, corners: tuple[int, int, int, int], to: tuple[int, int], how: Change
) -> None:
    """Changes cells by those of a region of another grid, or of the same one as it was before."""
    cells = list(region(source, *corners))
    left, top = min(corners[0], corners[2]), min(corners[1], corners[3])
    values = [source.columns[x][y] for x, y in cells]
    for (x, y), value in zip(cells, values, strict=True):
        column, row = to[0] + x - left, to[1] + y - top
        if 0 <= column < target.width and 0 <= row < target.height:
            change(target, [(column, row)], value, how)


COLUMN = 8
"""How many cells a column takes beside its own."""


def checked_size(name: str, w: int, h: int) -> None:
    """Raises GmlError for a size that no grid can have."""
    if w < 0 or h < 0 or w * (h + COLUMN) > LARGEST:
        raise GmlError(f"{name}: invalid size {w}x{h}")


# ------------------------------------------------------------------------ whole grids


@chapter
def ds_grid_create(handles: Handles, w: Int, h: Int) -> Value:
    """Makes a grid of W columns and H rows, filled with 0, and returns its handle."""
    checked_size("ds_grid_create", w, h)
    return handles.add(DsGrid(w, h))


@chapter
def ds_grid_destroy(rt: Runtime, handles: Handles, index: Value) -> None:
    """Destroys a grid; one already destroyed is passed over."""
    found = handles.find(DsGrid, index)
    if found is not None:
        destroy(rt, found)


@chapter
def ds_grid_width(index: GridArg) -> Real:
    """How many columns a grid has."""
    return index.width


@chapter
def ds_grid_height(index: GridArg) -> Real:
    """How many rows a grid has."""
    return index.height


@chapter
def ds_grid_resize(index: GridArg, w: Int, h: Int) -> None:
    """Sets the size; cells that stay keep their values, new ones are 0."""
    checked_size("ds_grid_resize", w, h)
    old = index.columns[:w]
    index.columns = [column[:h] + [0.0] * (h - len(column)) for column in old]
    index.columns += [[0.0] * h for _ in range(w - len(old))]
    index.width, index.height = w, h


@chapter
def ds_grid_clear(index: GridArg, val: Value) -> None:
    """Sets all cells to a value."""
    index.columns = [[val] * index.height for _ in range(index.width)]


@chapter
def ds_grid_copy(destination: GridArg, source: GridArg) -> None:
    """Makes a grid what another is, in size and values."""
    destination.width, destination.height = source.width, source.height
    destination.columns = [list(column) for column in source.columns]


@chapter
def ds_grid_sort(index: GridArg, column: Int, ascending: Bool) -> None:
    """Sorts the rows by the values of a column; equal rows stay in order."""
    if 0 <= column < index.width:
        reorder(index, sorted_order(index.columns[column], ascending))


def reorder(grid: DsGrid, order: list[int]) -> None:
    """Puts the rows into an order of row numbers."""
    grid.columns = [[column[row] for row in order] for column in grid.columns]


@chapter
def ds_grid_shuffle(random: Random, index: GridArg) -> None:
    """Puts the values of all cells into a random order, drawn from the game's own generator."""
    values = [value for column in index.columns for value in column]
    mixed = iter([values[at] for at in shuffled_order(random, len(values))])
    index.columns = [[next(mixed) for _ in column] for column in index.columns]


# ------------------------------------------------------------------------- single cells


@chapter
def ds_grid_get(rt: Runtime, index: GridArg, x: Real, y: Real) -> Value:
    """The value of a cell; undefined, with a line in the log, outside the grid."""
    return accessors.grid_get(rt, index, x, y)


@chapter
def ds_grid_set(rt: Runtime, index: GridArg, x: Real, y: Real, value: Value) -> None:
    """Sets a cell; outside the grid it only writes a line in the log."""
    accessors.grid_set(rt, index, x, y, value)


@chapter
def ds_grid_add(rt: Runtime, index: GridArg, x: Real, y: Real, val: Value) -> None:
    """Adds to a cell: numbers add, strings join, what does not match replaces."""
    found = accessors.cell(rt, index, x, y)
    if found is not None:
        change(index, [found[1:]], val, plus)


@chapter
def ds_grid_multiply(rt: Runtime, index: GridArg, x: Real, y: Real, val: Value) -> None:
    """Multiplies a cell that holds a number."""
    found = accessors.cell(rt, index, x, y)
    if found is not None:
        change(index, [found[1:]], val, times)


# ------------------------------------------------------------------------------ regions


@chapter
def ds_grid_set_region(index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int, val: Value) -> None:
    """Sets the cells of a rectangle, both corners included."""
    change(index, region(index, x1, y1, x2, y2), val, put)


@chapter
def ds_grid_add_region(index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int, val: Value) -> None:
    """Adds to the cells of a rectangle, both corners included."""
    change(index, region(index, x1, y1, x2, y2), val, plus)


@chapter
def ds_grid_multiply_region(index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int, val: Value) -> None:
    """Multiplies the cells of a rectangle, both corners included."""
    change(index, region(index, x1, y1, x2, y2), val, times)


@chapter
def ds_grid_set_grid_region(
    index: GridArg, source: GridArg, x1: Int, y1: Int, x2: Int, y2: Int, xpos: Int, ypos: Int
) -> None:
    """Copies a rectangle of a grid to a place of this one; both may be the same grid."""
    copy_region(index, source, (x1, y1, x2, y2), (xpos, ypos), put)


@chapter
def ds_grid_add_grid_region(
    index: GridArg, source: GridArg, x1: Int, y1: Int, x2: Int, y2: Int, xpos: Int, ypos: Int
) -> None:
    """Adds a rectangle of a grid to the cells at a place of this one."""
    copy_region(index, source, (x1, y1, x2, y2), (xpos, ypos), plus)


@chapter
def ds_grid_multiply_grid_region(
    index: GridArg, source: GridArg, x1: Int, y1: Int, x2: Int, y2: Int, xpos: Int, ypos: Int
) -> None:
    """Multiplies the cells at a place of this grid by a rectangle of another."""
    copy_region(index, source, (x1, y1, x2, y2), (xpos, ypos), times)


@chapter
def ds_grid_get_sum(index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int) -> Real:
    """The sum of the numbers in a rectangle."""
    return math.fsum(numbers(index, held(index, x1, y1, x2, y2)))


@chapter
def ds_grid_get_min(index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int) -> Real:
    """The smallest number in a rectangle."""
    return min(numbers(index, held(index, x1, y1, x2, y2)), default=0.0)


@chapter
def ds_grid_get_max(index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int) -> Real:
    """The largest number in a rectangle."""
    return max(numbers(index, held(index, x1, y1, x2, y2)), default=0.0)


@chapter
def ds_grid_get_mean(index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int) -> Real:
    """The mean of the cells in a rectangle."""
    return mean(numbers(index, held(index, x1, y1, x2, y2)))


@chapter
def ds_grid_value_exists(rt: Runtime, index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int, val: Value) -> bool:
    """Whether a value is in a rectangle."""
    return place(rt, index, held(index, x1, y1, x2, y2), val) is not None


@chapter
def ds_grid_value_x(rt: Runtime, index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int, val: Value) -> Real:
    """The column of the first cell with a value in a rectangle, -1 when there is none."""
    found = place(rt, index, held(index, x1, y1, x2, y2), val)
    return -1 if found is None else found[0]


@chapter
def ds_grid_value_y(rt: Runtime, index: GridArg, x1: Int, y1: Int, x2: Int, y2: Int, val: Value) -> Real:
    """The row of the first cell with a value in a rectangle, -1 when there is none."""
    found = place(rt, index, held(index, x1, y1, x2, y2), val)
    return -1 if found is None else found[1]


# -------------------------------------------------------------------------------- disks


@chapter
def ds_grid_set_disk(index: GridArg, xm: Real, ym: Real, r: Real, val: Value) -> None:
    """Sets the cells of a disk."""
    change(index, disk(index, xm, ym, r), val, put)


@chapter
def ds_grid_add_disk(index: GridArg, xm: Real, ym: Real, r: Real, val: Value) -> None:
    """Adds to the cells of a disk."""
    change(index, disk(index, xm, ym, r), val, plus)


@chapter
def ds_grid_multiply_disk(index: GridArg, xm: Real, ym: Real, r: Real, val: Value) -> None:
    """Multiplies the cells of a disk."""
    change(index, disk(index, xm, ym, r), val, times)


@chapter
def ds_grid_get_disk_sum(index: GridArg, xm: Real, ym: Real, r: Real) -> Real:
    """The sum of the numbers in a disk."""
    return math.fsum(numbers(index, disk(index, xm, ym, r)))


@chapter
def ds_grid_get_disk_min(index: GridArg, xm: Real, ym: Real, r: Real) -> Real:
    """The smallest number in a disk."""
    return min(numbers(index, disk(index, xm, ym, r)), default=0.0)


@chapter
def ds_grid_get_disk_max(index: GridArg, xm: Real, ym: Real, r: Real) -> Real:
    """The largest number in a disk."""
    return max(numbers(index, disk(index, xm, ym, r)), default=0.0)


@chapter
def ds_grid_get_disk_mean(index: GridArg, xm: Real, ym: Real, r: Real) -> Real:
    """The mean of the cells in a disk."""
    return mean(numbers(index, disk(index, xm, ym, r)))


@chapter
def ds_grid_value_disk_exists(rt: Runtime, index: GridArg, xm: Real, ym: Real, r: Real, val: Value) -> bool:
    """Whether a value is in a disk."""
    return place(rt, index, disk(index, xm, ym, r), val) is not None


@chapter
def ds_grid_value_disk_x(rt: Runtime, index: GridArg, xm: Real, ym: Real, r: Real, val: Value) -> Real:
    """The column of the first cell with a value in a disk, -1 when there is none."""
    found = place(rt, index, disk(index, xm, ym, r), val)
    return -1 if found is None else found[0]


@chapter
def ds_grid_value_disk_y(rt: Runtime, index: GridArg, xm: Real, ym: Real, r: Real, val: Value) -> Real:
    """The row of the first cell with a value in a disk, -1 when there is none."""
    found = place(rt, index, disk(index, xm, ym, r), val)
    return -1 if found is None else found[1]


# ---------------------------------------------------------------------------- as string


@chapter
def ds_grid_write(index: GridArg) -> str:
    """The grid as a string that ds_grid_read takes, column by column."""
    values = (value for column in index.columns for value in column)
    return serialised.written((serialised.GRID, index.width, index.height), values)


@chapter
def ds_grid_read(index: GridArg, string: String, legacy: Value = False) -> None:
    """Makes a grid what a string of ds_grid_write holds; raises, changing nothing, for any other."""
    reader = serialised.StructureReader(string, serialised.GRID, "ds_grid_read")
    width, height = reader.count(), reader.count()
    index.columns = [reader.values(height) for _ in range(width)]
    index.width, index.height = width, height
