"""Tilemaps and the tiles in them. Manual: Asset_Management/Rooms/Tile_Map_Layers; Asset_Management/Tilsets."""

from __future__ import annotations

from gmlrun.builtins.layers import layer_of
from gmlrun.builtins.registry import Bool, Chapter, Int, Real
from gmlrun.engine.elements import FLIP, INDEX_MASK, MIRROR, NOWHERE, ROTATE, Elements, Tilemap, Tileset
from gmlrun.engine.rooms import Rooms
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values.model import Struct, Value
from gmlrun.values.text import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

chapter = Chapter("Asset_Management/Rooms/Tile_Map_Layers")
tilesets = Chapter("Asset_Management/Tilsets")


def tilemap_of(elements: Elements, value: Value) -> Tilemap | None:
    """The tilemap that a value means, None when there is none; raises GmlError for what can mean none."""
    if not isinstance(value, (float, int, Tilemap)) or isinstance(value, bool):
        raise GmlError(f"expected a tilemap, got {quoted(value)}")
    found = elements.find(value, "tilemap")
    return found if isinstance(found, Tilemap) else None


def tileset_of(rt: Runtime, value: Value) -> Tileset | None:
    """The tileset that a value means: the asset itself, or its index."""
    if isinstance(value, Tileset):
        return value
    sets = [one for one in rt.assets.values() if isinstance(one, Tileset)]
    return next((one for one in sets if isinstance(value, (float, int)) and one.index == value), None)


@chapter
def layer_tilemap_create(
    rt: Runtime, rooms: Rooms, layer_id: Value, x: Real, y: Real, tileset: Value, width: Int, height: Int
) -> Value:
    """Makes an empty tilemap of WIDTH by HEIGHT cells on a layer; -1 when there is no such layer."""
    layer, used = layer_of(rooms, layer_id), tileset_of(rt, tileset)
    size_for(width, height)
    if layer is None:
        return NOWHERE
    return rooms.elements.add_tilemap(layer, x, y, tileset if used is None else used, width, height)


@chapter
def layer_tilemap_destroy(elements: Elements, tilemap_element_id: Value) -> None:
    """Removes a tilemap from its layer."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is not None:
        elements.destroy(found)


@chapter
def layer_tilemap_exists(rooms: Rooms, elements: Elements, layer_id: Value, tilemap_element_id: Value) -> bool:
    """Whether a layer has such a tilemap."""
    layer, found = layer_of(rooms, layer_id), tilemap_of(elements, tilemap_element_id)
    return found is not None and layer is found.layer


@chapter
def layer_tilemap_get_id(rooms: Rooms, layer_id: Value) -> Value:
    """The tilemap of a layer; -1 when it has none."""
    layer = layer_of(rooms, layer_id)
    maps = [] if layer is None else [one for one in layer.elements if isinstance(one, Tilemap)]
    return maps[0] if maps else NOWHERE


@chapter
def layer_tilemap_set_colmask(elements: Elements, tilemap_element_id: Value, sprite: Value) -> None:
    """Sets the sprite that a tilemap collides with."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is not None:
        found.colmask = sprite


@chapter
def layer_tilemap_get_colmask(elements: Elements, tilemap_element_id: Value) -> Value:
    """The sprite that a tilemap collides with; -1 when none has been set."""
    found = tilemap_of(elements, tilemap_element_id)
    return NOWHERE if found is None else found.colmask


# ------------------------------------------------------------------------- maps


@chapter
def tilemap_tileset(rt: Runtime, elements: Elements, tilemap_element_id: Value, tileset: Value) -> None:
    """Gives a tilemap another tileset."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is not None:
        used = tileset_of(rt, tileset)
        found.tileset = tileset if used is None else used


@chapter
def tilemap_get_tileset(elements: Elements, tilemap_element_id: Value) -> Value:
    """The tileset of a tilemap; -1 when there is no such tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    return NOWHERE if found is None else found.tileset


@chapter
def tilemap_x(elements: Elements, tilemap_element_id: Value, x: Real) -> None:
    """Moves a tilemap to another place, from the left."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is not None:
        found.x = x


@chapter
def tilemap_y(elements: Elements, tilemap_element_id: Value, y: Real) -> None:
    """Moves a tilemap to another place, from the top."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is not None:
        found.y = y


@chapter
def tilemap_get_x(elements: Elements, tilemap_element_id: Value) -> float:
    """Where a tilemap is on its layer, from the left; -1 when there is no such tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    return NOWHERE if found is None else found.x


@chapter
def tilemap_get_y(elements: Elements, tilemap_element_id: Value) -> float:
    """Where a tilemap is on its layer, from the top; -1 when there is no such tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    return NOWHERE if found is None else found.y


@chapter
def tilemap_set_width(elements: Elements, tilemap_element_id: Value, width: Int) -> None:
    """Sets the number of columns of a tilemap; cells beyond them are lost."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is not None:
        size_for(width, found.height)
        found.resize(width, found.height)


@chapter
def tilemap_set_height(elements: Elements, tilemap_element_id: Value, height: Int) -> None:
    """Sets the number of rows of a tilemap; cells beyond them are lost."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is not None:
        size_for(found.width, height)
        found.resize(found.width, height)


MOST_CELLS = 1 << 24


def size_for(width: int, height: int) -> None:
    """Raises GmlError for a number of columns and rows that no tilemap has."""
    if width < 0 or height < 0 or width * height > MOST_CELLS:
        raise GmlError(f"a tilemap has up to {MOST_CELLS} cells, not {width} columns of {height} rows")


@chapter
def tilemap_get_width(elements: Elements, tilemap_element_id: Value) -> float:
    """How many columns a tilemap has; -1 when there is no such tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    return NOWHERE if found is None else float(found.width)


@chapter
def tilemap_get_height(elements: Elements, tilemap_element_id: Value) -> float:
    """How many rows a tilemap has; -1 when there is no such tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    return NOWHERE if found is None else float(found.height)


@chapter
def tilemap_get_tile_width(elements: Elements, tilemap_element_id: Value) -> float:
    """How wide a cell of a tilemap is, in pixels; -1 when there is no such tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    return NOWHERE if found is None else found.cell_size[0]


@chapter
def tilemap_get_tile_height(elements: Elements, tilemap_element_id: Value) -> float:
    """How high a cell of a tilemap is, in pixels; -1 when there is no such tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    return NOWHERE if found is None else found.cell_size[1]


@chapter
def tilemap_get_frame(elements: Elements, tilemap_element_id: Value) -> float:
    """The frame that the animated tiles of a tilemap show, from 0; -1 when there is no such tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    return NOWHERE if found is None else float(elements.frame_of(found))


@chapter
def tilemap_set_mask(elements: Elements, tilemap_element_id: Value, mask: Int) -> None:
    """Sets the bits of the tiles that a tilemap is drawn with."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is not None:
        found.mask = mask


@chapter
def tilemap_get_mask(elements: Elements, tilemap_element_id: Value) -> float:
    """The bits of the tiles that a tilemap is drawn with; 0 when there is no such tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    return 0.0 if found is None else float(found.mask)


@chapter
def tilemap_set_global_mask(elements: Elements, mask: Int) -> None:
    """Sets the bits of the tiles that all tilemaps are drawn with."""
    elements.global_mask = mask


@chapter
def tilemap_get_global_mask(elements: Elements) -> float:
    """The bits of the tiles that all tilemaps are drawn with."""
    return float(elements.global_mask)


@chapter
def tilemap_clear(elements: Elements, tilemap_element_id: Value, tiledata: Int) -> None:
    """Puts one tile into all cells of a tilemap."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is not None:
        found.cells = [tiledata] * len(found.cells)


@chapter
def tilemap_set(elements: Elements, tilemap_element_id: Value, tiledata: Int, cell_x: Int, cell_y: Int) -> bool:
    """Puts a tile into a cell; false beside the map, and for a tile that the tileset does not have."""
    found = tilemap_of(elements, tilemap_element_id)
    return found is not None and found.put(tiledata, cell_x, cell_y)


@chapter
def tilemap_get(elements: Elements, tilemap_element_id: Value, cell_x: Int, cell_y: Int) -> float:
    """The tile in a cell; -1 beside the map."""
    found = tilemap_of(elements, tilemap_element_id)
    if found is None or not (0 <= cell_x < found.width and 0 <= cell_y < found.height):
        return NOWHERE
    return float(found.tile_at(cell_x, cell_y))


@chapter
def tilemap_set_at_pixel(elements: Elements, tilemap_element_id: Value, tiledata: Int, x: Real, y: Real) -> bool:
    """Puts a tile into the cell at a point of the room; false beside the map."""
    found = tilemap_of(elements, tilemap_element_id)
    cell = None if found is None else found.cell_at(x, y)
    return found is not None and cell is not None and found.put(tiledata, *cell)


@chapter
def tilemap_get_at_pixel(elements: Elements, tilemap_element_id: Value, x: Real, y: Real) -> float:
    """The tile at a point of the room; -1 beside the map."""
    found = tilemap_of(elements, tilemap_element_id)
    cell = None if found is None else found.cell_at(x, y)
    return NOWHERE if found is None or cell is None else float(found.tile_at(*cell))


@chapter
def tilemap_get_cell_x_at_pixel(elements: Elements, tilemap_element_id: Value, x: Real, y: Real) -> float:
    """The column of the cell at a point of the room; -1 beside the map."""
    found = tilemap_of(elements, tilemap_element_id)
    cell = None if found is None else found.cell_at(x, y)
    return NOWHERE if cell is None else float(cell[0])


@chapter
def tilemap_get_cell_y_at_pixel(elements: Elements, tilemap_element_id: Value, x: Real, y: Real) -> float:
    """The row of the cell at a point of the room; -1 beside the map."""
    found = tilemap_of(elements, tilemap_element_id)
    cell = None if found is None else found.cell_at(x, y)
    return NOWHERE if cell is None else float(cell[1])


# ------------------------------------------------------------------------ tiles


@chapter
def tile_get_empty(tiledata: Int) -> bool:
    """Whether a tile is none."""
    return tiledata & INDEX_MASK == 0


@chapter
def tile_get_index(tiledata: Int) -> float:
    """The index of a tile in its tileset."""
    return float(tiledata & INDEX_MASK)


@chapter
def tile_get_mirror(tiledata: Int) -> bool:
    """Whether a tile is mirrored."""
    return bool(tiledata & MIRROR)


@chapter
def tile_get_flip(tiledata: Int) -> bool:
    """Whether a tile is flipped."""
    return bool(tiledata & FLIP)


@chapter
def tile_get_rotate(tiledata: Int) -> bool:
    """Whether a tile is rotated by 90 degrees."""
    return bool(tiledata & ROTATE)


def with_bit(tile: int, bit: int, is_set: bool) -> float:
    """A tile with a bit that is set or not."""
    return float(tile | bit if is_set else tile & ~bit)


@chapter
def tile_set_empty(tiledata: Int) -> float:
    """A tile made none."""
    return float(tiledata & ~INDEX_MASK)


@chapter
def tile_set_index(tiledata: Int, index: Int) -> float:
    """A tile made another one of its tileset."""
    return float(tiledata & ~INDEX_MASK | index & INDEX_MASK)


@chapter
def tile_set_mirror(tiledata: Int, mirror: Bool) -> float:
    """A tile mirrored, or not."""
    return with_bit(tiledata, MIRROR, mirror)


@chapter
def tile_set_flip(tiledata: Int, flip: Bool) -> float:
    """A tile flipped, or not."""
    return with_bit(tiledata, FLIP, flip)


@chapter
def tile_set_rotate(tiledata: Int, rotate: Bool) -> float:
    """A tile rotated by 90 degrees, or not."""
    return with_bit(tiledata, ROTATE, rotate)


# --------------------------------------------------------------------- tilesets


@tilesets
def tileset_get_name(rt: Runtime, tileset: Value) -> str:
    """A tileset's name; `<undefined>` when there is no such tileset."""
    found = tileset_of(rt, tileset)
    return "<undefined>" if found is None else found.name


@tilesets
def tileset_get_info(rt: Runtime, tileset: Value) -> Value:
    """A struct that describes a tileset: the size and number of its tiles, its columns, its animations."""
    found = tileset_of(rt, tileset)
    if found is None:
        return None
    facts, made, frames = found.content, Struct(), Struct()
    about: Any = made
    about.tile_width, about.tile_height = facts.tile_width, facts.tile_height
    about.tile_horizontal_separator, about.tile_vertical_separator = facts.separation
    about.tile_columns, about.tile_count = float(facts.columns), float(facts.tile_count)
    about.sprite_index = rt.assets.get(facts.sprite, NOWHERE)
    about.frame_count = float(facts.frames)
    about.frame_length_ms = 1000.0 / facts.speed if facts.speed else 0.0
    for tile, shown in facts.animations.items():
        setattr(frames, str(tile), [float(one) for one in shown])
    about.frames = frames
    return made
