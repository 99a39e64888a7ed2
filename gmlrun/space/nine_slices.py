"""Nine slices: a sprite's facts and pixels and a scale go in, those of the stretched sprite come out.

Corners keep their size, edges and centre are stretched. Manual: The_Asset_Editors/Sprite_Properties/Nine_Slices.
"""

from __future__ import annotations

import math

from gmlrun.lean import NamedTuple
from gmlrun.space.pixels import MOST_PIXELS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.space.pixels import Rows
    from gmlrun.space.sprites import SpriteFacts


class Axis(NamedTuple):
    """A sprite along one axis: its size, that of its first and its last slice, and its stretched size."""

    size: float
    first: float
    last: float
    stretched: float

    @property
    def kept(self) -> float:
        """The size of the first slice, which is cut where the sprite is smaller."""
        return min(self.first, self.stretched)

    @property
    def middle(self) -> float:
        """The stretched size of the slice in between."""
        return max(0.0, self.stretched - self.first - self.last)

    def place(self, at: float) -> float:
        """Where a place of the sprite is in the stretched one."""
        end = self.size - self.last
        if at <= self.first:
            found = at
        elif at >= end:
            found = self.kept + self.middle + at - end
        else:
            found = self.kept + self.middle * (at - self.first) / (end - self.first)
        return min(found, self.stretched)

    def source(self, at: float) -> float:
        """The place of the sprite that is seen at one of the stretched sprite."""
        end = self.size - self.last
        if at < self.kept:
            return at
        if at < self.kept + self.middle:
            return self.first + (at - self.kept) * (end - self.first) / self.middle
        return end + at - self.kept - self.middle


def sliced(facts: SpriteFacts, rows: list[Rows], xscale: float, yscale: float) -> tuple[SpriteFacts, list[Rows]]:
    """The facts and the pixels of a sprite that is stretched by its slices; its scale is 1 or -1 then."""
    left, top, right, bottom = facts.slices
    across = Axis(facts.width, left, right, facts.width * abs(xscale))
    down = Axis(facts.height, top, bottom, facts.height * abs(yscale))
    made = facts._replace(
        width=across.stretched,
        height=down.stretched,
        xorigin=facts.xorigin * abs(xscale),
        yorigin=facts.yorigin * abs(yscale),
        left=across.place(facts.left),
        top=down.place(facts.top),
        right=across.place(facts.right + 1) - 1,
        bottom=down.place(facts.bottom + 1) - 1,
    )
    wide, high = math.ceil(made.right + 1 - made.left), math.ceil(made.bottom + 1 - made.top)
    if not 0 < wide * high <= MOST_PIXELS:
        return made, []
    columns = [math.floor(across.source(made.left + at + 0.5) - facts.left) for at in range(wide)]
    lines = [math.floor(down.source(made.top + at + 0.5) - facts.top) for at in range(high)]
    return made, [[stretched_row(one, line, columns) for line in lines] for one in rows]


def stretched_row(rows: Rows, line: int, columns: list[int]) -> int:
    """A row of a stretched picture: for each of its columns a pixel of the picture."""
    row = rows[line] if 0 <= line < len(rows) else 0
    return sum(1 << at for at, column in enumerate(columns) if column >= 0 and row >> column & 1)
