"""Tilemaps as colliders: a tilemap and a box of the room go in, the masks of the tiles that it could meet come out.

A tile without a picture of pixels is its cell. Of a tileset whose sprite has a mask of pixels, tiles have the pixels
that lie in them, mirrored, flipped and rotated as they are. Manual: Movement_And_Collisions/Collisions.
"""

from __future__ import annotations

import math

from gmlrun.engine.elements import FLIP, INDEX_MASK, MIRROR, ROTATE, Elements
from gmlrun.runtime import GamePart
from gmlrun.space.masks import Mask, Shape
from gmlrun.space.sprites import RECTANGLE, Sprite, SpriteFacts, Sprites

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from gmlrun.engine.elements import Tilemap, TilesetFacts
    from gmlrun.runtime import Runtime
    from gmlrun.space.pixels import Rows

TURNS = MIRROR | FLIP | ROTATE


class TileMasks(GamePart):
    """The shapes of the tiles of one game, which are kept with those of sprites."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.sprites = rt.service(Sprites)
        self.elements = rt.service(Elements)

    def near(self, tilemap: Tilemap, left: float, top: float, right: float, bottom: float) -> Iterator[Mask]:
        """The masks of the tiles that a box could meet; nothing for a tilemap that is destroyed."""
        (x, y), (wide, high) = tilemap.origin, tilemap.cell_size
        if tilemap.layer is None or not (wide > 0 and high > 0) or not math.isfinite(x + y):
            return
        ends = ((left - x) / wide, (right - x) / wide, (top - y) / high, (bottom - y) / high)
        limit = float(max(tilemap.width, tilemap.height))
        first, last, above, below = (math.floor(max(-1.0, min(limit, end))) for end in ends)
        bits = tilemap.mask & self.elements.global_mask
        shown = self.shown(tilemap)
        for row in range(max(0, above), min(tilemap.height - 1, below) + 1):
            for column in range(max(0, first), min(tilemap.width - 1, last) + 1):
                tile = tilemap.tile_at(column, row) & bits
                tile = tile & ~INDEX_MASK | shown.get(tile & INDEX_MASK, tile & INDEX_MASK)
                if tile & INDEX_MASK:
                    shape = self.shape_of(tilemap, tile)
                    yield Mask(tilemap, shape, x + column * wide, y + row * high, self.sprites.is_compatible)

    def shown(self, tilemap: Tilemap) -> dict[int, int]:
        """The tiles that the animated tiles of a tilemap show now, by their index."""
        animations = tilemap.facts.animations
        frame = self.elements.frame_of(tilemap) if animations else 0
        return {tile: tiles[frame % len(tiles)] for tile, tiles in animations.items() if tiles}

    def shape_of(self, tilemap: Tilemap, tile: int) -> Shape:
        """The shape of a tile, which is kept."""
        tileset, sprite = tilemap.tileset, self.sprite_of(tilemap)
        wide, high = tilemap.cell_size
        key = ("tile", tileset, tile & (INDEX_MASK | TURNS), sprite)
        found: Shape | None = self.sprites.shapes.get(key)
        if found is None:
            rows = None if sprite is None else self.rows_of(tilemap.facts, sprite, tile)
            cell = SpriteFacts(wide, high, 0.0, 0.0, 0.0, 0.0, wide - 1, high - 1, RECTANGLE, 1)
            found = self.sprites.shapes[key] = Shape(cell, [] if rows is None else [rows], 1.0, 1.0, 0.0)
        return found

    def sprite_of(self, tilemap: Tilemap) -> Sprite | None:
        """The sprite whose mask a tilemap has: the one that was set for it, or that of its tileset."""
        found = self.sprites.find(tilemap.colmask) or self.rt.assets.get(tilemap.facts.sprite)
        return found if isinstance(found, Sprite) else None

    def rows_of(self, facts: TilesetFacts, sprite: Sprite, tile: int) -> Rows | None:
        """The pixels of a tile as it lies; None where its cell is its mask."""
        frames = sprite.rows()
        if not frames:
            return None
        wide, high = int(facts.tile_width), int(facts.tile_height)
        step = (wide + facts.separation[0], high + facts.separation[1])
        columns = max(1, int((sprite.facts.width - facts.offset[0] + facts.separation[0]) // step[0]))
        row, column = divmod(tile & INDEX_MASK, columns)
        x = int(facts.offset[0] + column * step[0] - sprite.facts.left)
        y = int(facts.offset[1] + row * step[1] - sprite.facts.top)
        return turned_rows([cut(frames[0], y + line, x, wide) for line in range(high)], wide, tile)


def cut(rows: Rows, row: int, first: int, count: int) -> int:
    """A part of a row of pixels; there are none outside the picture."""
    pixels = rows[row] if 0 <= row < len(rows) else 0
    return (pixels >> first if first >= 0 else pixels << -first) & ((1 << count) - 1)


def turned_rows(rows: Rows, wide: int, tile: int) -> Rows:
    """The pixels of a tile, mirrored and flipped, then rotated clockwise, as its bits say."""
    if tile & MIRROR:
        rows = [sum(1 << wide - 1 - bit for bit in range(wide) if row >> bit & 1) for row in rows]
    if tile & FLIP:
        rows = rows[::-1]
    if tile & ROTATE:
        last = len(rows) - 1
        rows = [sum(1 << bit for bit in range(len(rows)) if rows[last - bit] >> column & 1) for column in range(wide)]
    return rows
