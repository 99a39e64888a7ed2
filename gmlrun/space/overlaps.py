"""Tests of overlap: masks, points, rectangles, lines and ellipses go in, yes or no comes out.

Boxes go first. Where a mask is no upright box, its corners decide, and then pixels: one whose middle is in both.
Manual: Movement_And_Collisions/Collisions.
"""

from __future__ import annotations

import math

from gmlrun.space.figures import near_ellipse, separated, within
from gmlrun.space.masks import whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.space.masks import Mask

EDGE = 0.00001
"""How near to the right or bottom edge a point is outside."""
MIDDLE = 0.5


def has_pixels(left: float, top: float, right: float, bottom: float) -> bool:
    """Whether an overlap is one of whole pixels, once its edges are rounded."""
    return math.floor(left + 0.5) != math.floor(right + 0.5) and math.floor(top + 0.5) != math.floor(bottom + 0.5)


def masks_meet(one: Mask, two: Mask, is_compatible: bool) -> bool:
    """Whether two masks overlap; without compatibility mode, less than about half a pixel is none."""
    edge = 1.0 if is_compatible else 0.0
    if one.left >= two.right + edge or one.right + edge <= two.left:
        return False
    if one.top >= two.bottom + edge or one.bottom + edge <= two.top or one.shape.is_empty or two.shape.is_empty:
        return False
    if one.shape.is_box and two.shape.is_box:
        left, right = max(one.left, two.left), min(one.right, two.right)
        return is_compatible or has_pixels(left, max(one.top, two.top), right, min(one.bottom, two.bottom))
    return not separated(one.corners(), two.corners()) and share_pixels(one, two, is_compatible)


def share_pixels(one: Mask, two: Mask, is_compatible: bool) -> bool:
    """Whether some pixel is in both masks."""
    left, top = math.floor(max(one.left, two.left)), math.floor(max(one.top, two.top))
    right, bottom = min(one.right, two.right), min(one.bottom, two.bottom)
    if not is_compatible:
        right, bottom = math.ceil(right - MIDDLE) - 1, math.ceil(bottom - MIDDLE) - 1
    at = 0.0 if is_compatible else MIDDLE
    for row in range(top, int(bottom) + 1):
        columns = row_of(one, row, left, int(right), at)
        if columns and columns & row_of(two, row, left, int(right), at):
            return True
    return False


def row_of(mask: Mask, row: int, first: int, last: int, at: float) -> int:
    """The pixels of a mask in a row of the room, between two columns: bit 0 is the first column.

    `at` is where in a pixel to look: 0.5 for its middle. Places are rounded, as pictures are drawn on pixels.
    """
    shape, facts = mask.shape, mask.shape.facts
    (cosine, sine), (xscale, yscale) = shape.turn, shape.scale
    if not xscale or not yscale or last < first:
        return 0
    down = row + at - whole(mask.y)
    across, across_start = cosine / xscale, -sine * down / xscale + facts.xorigin - facts.left
    along, along_start = sine / yscale, cosine * down / yscale + facts.yorigin - facts.top
    from_x, to_x = stretch(across, across_start, facts.right + 1 - facts.left)
    from_y, to_y = stretch(along, along_start, facts.bottom + 1 - facts.top)
    shift = whole(mask.x) - at
    low = max(from_x, from_y, first - shift)
    high = min(to_x, to_y, last + 1 - shift)
    if not low <= high:
        return 0
    start, end = max(first, math.ceil(low + shift) - 1), min(last, math.floor(high + shift) + 1)
    lines = ((across, across_start, facts.right + 1 - facts.left), (along, along_start, facts.bottom + 1 - facts.top))
    while start <= end and not all(0 <= slope * (start - shift) + begin < size for slope, begin, size in lines):
        start += 1
    while start <= end and not all(0 <= slope * (end - shift) + begin < size for slope, begin, size in lines):
        end -= 1
    if end < start:
        return 0
    if not shape.rows:
        return ((1 << (end - start + 1)) - 1) << (start - first)
    places = (start - shift, end - start + 1)
    return sampled(mask, places, (across, across_start), (along, along_start)) << (start - first)


def stretch(slope: float, start: float, size: float) -> tuple[float, float]:
    """Where slope * x + start is at least 0 and less than a size: the first x, and the one behind the last."""
    if not slope:
        return (-math.inf, math.inf) if 0 <= start < size else (0.0, 0.0)
    ends = (-start / slope, (size - start) / slope)
    return min(ends), max(ends)


def sampled(mask: Mask, places: tuple[float, int], across: tuple[float, float], along: tuple[float, float]) -> int:
    """The pixels of a picture along a line through it: from a place on so many, each one pixel of the room further."""
    (place, count), (column_step, column), (row_step, row) = places, across, along
    rows = mask.pixels()
    if column_step == 1.0 and not row_step:
        return picture_row(rows, math.floor(row)) >> math.floor(place + column) & ((1 << count) - 1)
    found = 0
    for bit in range(count):
        x = math.floor(column + column_step * (place + bit))
        if x >= 0 and picture_row(rows, math.floor(row + row_step * (place + bit))) >> x & 1:
            found |= 1 << bit
    return found


def picture_row(rows: list[int], row: int) -> int:
    """A row of a picture; an empty one outside of it."""
    return rows[row] if 0 <= row < len(rows) else 0


# --------------------------------------------------------------------- figures


def meets_point(mask: Mask, is_compatible: bool, prec: bool, x: float, y: float) -> bool:
    """Whether a point is in a mask."""
    edge = 1.0 if is_compatible else -EDGE
    if x >= mask.right + edge or x < mask.left or y >= mask.bottom + edge or y < mask.top:
        return False
    if mask.shape.is_box:
        return True
    if not mask.shape.rows:
        return within(mask.corners(), x + MIDDLE, y + MIDDLE)
    return not prec or has_pixel(mask, whole(x) + MIDDLE, whole(y) + MIDDLE)


def meets_rectangle(mask: Mask, is_compatible: bool, prec: bool, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether a rectangle, given by two corners, overlaps a mask."""
    (left, right), (top, bottom), edge = sorted((x1, x2)), sorted((y1, y2)), float(is_compatible)
    if left >= mask.right + edge or right < mask.left or top >= mask.bottom + edge or bottom < mask.top:
        return False
    shape = mask.shape
    if prec and shape.rows:
        return box_has_pixels(mask, whole(left), whole(top), whole(right), whole(bottom))
    if not (shape.is_box or shape.rows):
        box = ((left, top), (right, top), (right, bottom), (left, bottom))
        if separated(tuple((x - MIDDLE, y - MIDDLE) for x, y in mask.corners()), box):
            return False
    return is_compatible or has_pixels(
        max(left, mask.left), max(top, mask.top), min(right, mask.right), min(bottom, mask.bottom)
    )


def box_has_pixels(mask: Mask, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether the picture of a mask has pixels in a box of whole pixels."""
    first, last = math.floor(max(left, mask.left)), math.floor(min(right, mask.right))
    rows = range(math.floor(max(top, mask.top)), math.floor(min(bottom, mask.bottom)) + 1)
    return any(row_of(mask, row, first, last, MIDDLE) for row in rows)


def meets_line(mask: Mask, is_compatible: bool, prec: bool, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether a line, given by its ends, crosses a mask; the pixels behind the right and bottom edges count, too."""
    right, bottom = mask.right + 1, mask.bottom + 1
    if min(x1, x2) >= right or max(x1, x2) < mask.left or min(y1, y2) >= bottom or max(y1, y2) < mask.top:
        return False
    if x2 < x1:
        x1, y1, x2, y2 = x2, y2, x1, y1
    if x1 < mask.left:
        x1, y1 = mask.left, y1 + (mask.left - x1) * (y2 - y1) / (x2 - x1)
    if x2 > right:
        x2, y2 = right, y2 + (right - x2) * (y2 - y1) / (x2 - x1)
    if max(y1, y2) < mask.top or min(y1, y2) >= bottom:
        return False
    if mask.shape.is_box:
        return True
    if not mask.shape.rows:
        return not separated(tuple((x - MIDDLE, y - MIDDLE) for x, y in mask.corners()), ((x1, y1), (x2, y2)))
    return not prec or line_has_pixels(mask, whole(x1), whole(y1), whole(x2), whole(y2))


def line_has_pixels(mask: Mask, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether the picture of a mask has pixels on a line between two pixels."""
    if x1 == x2 or y1 == y2:
        return box_has_pixels(mask, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    if abs(x2 - x1) >= abs(y2 - y1):
        slope = (y2 - y1) / (x2 - x1)
        columns = range(math.floor(max(mask.left, min(x1, x2))), math.floor(min(mask.right, max(x1, x2))) + 1)
        return any(has_pixel(mask, x + MIDDLE, y1 + (x - x1) * slope + MIDDLE) for x in columns)
    slope = (x2 - x1) / (y2 - y1)
    rows = range(math.floor(max(mask.top, min(y1, y2))), math.floor(min(mask.bottom, max(y1, y2))) + 1)
    return any(has_pixel(mask, x1 + (y - y1) * slope + MIDDLE, y + MIDDLE) for y in rows)


def has_pixel(mask: Mask, x: float, y: float) -> bool:
    """Whether a point of the room is in a pixel of the mask's picture."""
    shape, (cosine, sine), (xscale, yscale) = mask.shape, mask.shape.turn, mask.shape.scale
    if not xscale or not yscale:
        return False
    across, down = x - whole(mask.x), y - whole(mask.y)
    column = math.floor((cosine * across - sine * down) / xscale + shape.facts.xorigin - shape.facts.left)
    row = math.floor((cosine * down + sine * across) / yscale + shape.facts.yorigin - shape.facts.top)
    return column >= 0 and bool(picture_row(mask.pixels(), row) >> column & 1)


def meets_ellipse(mask: Mask, is_compatible: bool, prec: bool, x1: float, y1: float, x2: float, y2: float) -> bool:
    """Whether an ellipse, given by the rectangle around it, overlaps a mask; its corners are rounded first."""
    (left, right), (top, bottom) = sorted((whole(x1), whole(x2))), sorted((whole(y1), whole(y2)))
    if left >= mask.right or right < mask.left or top >= mask.bottom or bottom < mask.top:
        return False
    if left == right or top == bottom:
        return meets_rectangle(mask, is_compatible, prec, left, top, right, bottom)
    shape = mask.shape
    if shape.is_box or shape.rows:
        if not corner_in_ellipse(mask, left, top, right, bottom):
            return False
        return shape.is_box or not prec or ellipse_has_pixels(mask, left, top, right, bottom)
    return near_ellipse(tuple((x - MIDDLE, y - MIDDLE) for x, y in mask.corners()), left, top, right, bottom)


def corner_in_ellipse(mask: Mask, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether an ellipse reaches a mask's box: its middle is beside a side, or the nearest corner is in it."""
    across, down = (left + right) / 2, (top + bottom) / 2
    if mask.left <= across <= mask.right or mask.top <= down <= mask.bottom:
        return True
    x = mask.right if mask.right <= across else mask.left
    y = mask.bottom if mask.bottom <= down else mask.top
    return ((x - across) * 2 / (right - left)) ** 2 + ((y - down) * 2 / (bottom - top)) ** 2 <= 1


def ellipse_has_pixels(mask: Mask, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether the picture of a mask has pixels in an ellipse."""
    wide, high, across, down = (right - left) / 2, (bottom - top) / 2, (left + right) / 2, (top + bottom) / 2
    for row in range(math.floor(max(top, mask.top)), math.floor(min(bottom, mask.bottom)) + 1):
        half = wide * math.sqrt(max(0.0, 1 - ((row - down) / high) ** 2))
        first, last = math.ceil(max(across - half, mask.left)), math.floor(min(across + half, mask.right))
        if row_of(mask, row, first, last, 0.0):
            return True
    return False
