"""Elements of layers besides instances: backgrounds, sprites, texts, sequences and tilemaps as state.

Manual: Asset_Management/Rooms/General_Layer_Functions; Asset_Management/Rooms/Tile_Map_Layers.
"""

from __future__ import annotations

import math

from gmlrun.engine.file_assets import FileAsset
from gmlrun.lean import NamedTuple
from gmlrun.runtime import GamePart
from gmlrun.values.model import AssetRef, Handle, Struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from gmlrun.engine.instances import Instance
    from gmlrun.engine.rooms import Layer
    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

TYPES = {
    "background": 1,
    "instance": 2,
    "oldtilemap": 3,
    "sprite": 4,
    "tilemap": 5,
    "particle": 6,
    "tile": 7,
    "sequence": 8,
    "text": 9,
}
"""The numbers of the `layerelementtype_` constants."""
INDEX_MASK, MIRROR, FLIP, ROTATE = 0x7FFFF, 1 << 28, 1 << 29, 1 << 30
STORED = 0x7FFFFFFF
"""The bits of a tile; a project file marks an empty one with the bit above."""
NOWHERE = -1.0


class TilesetFacts(NamedTuple):
    """A tileset as a project has it, in pixels."""

    tile_width: float = 16.0
    tile_height: float = 16.0
    tile_count: int = 0
    columns: int = 0
    sprite: str = ""
    speed: float = 15.0
    """Frames a second of its animated tiles."""
    animations: Mapping[int, Sequence[int]] = {}
    """The tiles that an animated tile shows one after the other."""
    separation: tuple[float, float] = (0.0, 0.0)
    offset: tuple[float, float] = (0.0, 0.0)

    @property
    def frames(self) -> int:
        """How many frames its animations have."""
        return max((len(tiles) for tiles in self.animations.values()), default=1)


class Tileset(FileAsset[TilesetFacts]):
    """A tileset asset; the usual facts stand for a file that cannot be read."""

    def __init__(self, index: int, name: str, read: Callable[[], TilesetFacts | None]) -> None:
        super().__init__("tileset", index, name, lambda: read() or TilesetFacts())


class Element(Handle):
    """An element on a layer; `layer` is None once it is destroyed. `values` holds its properties by their names."""

    __slots__ = ("layer", "name", "type", "values")

    def __init__(self, type_: str, index: int, layer: Layer | None, values: Mapping[str, Any], name: str = "") -> None:
        super().__init__(f"{type_}element" if type_ != "tilemap" else type_, index)
        self.type = type_
        self.layer = layer
        self.name = name
        self.values = dict(values)

    def ends(self) -> None:
        """Called when the program destroys it, before that."""

    def gone(self) -> None:
        """Called when it has been taken off its layer."""


class InstanceElement(Element):
    """An instance as an element of its layer."""

    __slots__ = ("instance",)

    def __init__(self, index: int, instance: Instance) -> None:
        super().__init__("instance", index, None, {})
        self.instance = instance


class Tilemap(Element):
    """A grid of tiles: row by row, each an index with bits for mirror, flip and rotate; 0 is no tile.

    Collisions ask `cell_size`, `origin` and `tile_at`.
    """

    __slots__ = ("begun", "cells", "colmask", "height", "mask", "tileset", "width", "x", "y")

    def __init__(self, index: int, layer: Layer, x: float, y: float, tileset: Value, width: int, height: int) -> None:
        super().__init__("tilemap", index, layer, {})
        self.x, self.y = x, y
        self.tileset = tileset
        self.width, self.height = max(width, 0), max(height, 0)
        self.cells = [0] * (self.width * self.height)
        self.mask = STORED
        self.colmask: Value = -1.0
        self.begun = 0
        """The frame of the game with which its animations began."""

    @property
    def facts(self) -> TilesetFacts:
        """The facts of its tileset."""
        return self.tileset.content if isinstance(self.tileset, Tileset) else TilesetFacts()

    @property
    def cell_size(self) -> tuple[float, float]:
        """The width and height of a cell, in pixels."""
        return self.facts.tile_width, self.facts.tile_height

    @property
    def origin(self) -> tuple[float, float]:
        """Where its left top corner is in the room; it moves along with its layer."""
        return (self.x, self.y) if self.layer is None else (self.x + self.layer.x, self.y + self.layer.y)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The column and row of the cell at a point of the room; None beside the map."""
        (left, top), (wide, high) = self.origin, self.cell_size
        if not (math.isfinite(x + y) and wide > 0 and high > 0):
            return None
        column, row = math.floor((x - left) / wide), math.floor((y - top) / high)
        return (column, row) if 0 <= column < self.width and 0 <= row < self.height else None

    def tile_at(self, column: int, row: int) -> int:
        """The tile in a cell, with its bits; 0 for none and beside the map."""
        return self.cells[row * self.width + column] if 0 <= column < self.width and 0 <= row < self.height else 0

    def put(self, tile: int, column: int, row: int) -> bool:
        """Puts a tile into a cell; False beside the map, and for a tile that the tileset does not have."""
        count = self.facts.tile_count
        if not (0 <= column < self.width and 0 <= row < self.height) or (count and tile & INDEX_MASK >= count):
            return False
        self.cells[row * self.width + column] = tile
        return True

    def resize(self, width: int, height: int) -> None:
        """Gives the map another size; what no longer fits is gone, what is new is empty."""
        rows = [[self.tile_at(column, row) for column in range(width)] for row in range(height)]
        self.width, self.height, self.cells = width, height, [tile for row in rows for tile in row]


class ElementPlan(NamedTuple):
    """An element as the room asset has it; a tilemap has its tiles under `cells`, read when the room is entered."""

    type: str
    name: str
    values: Mapping[str, Any]


class Elements(GamePart):
    """The elements of one game by their numbers, those of its room and of the rooms that it keeps."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.by_number: dict[int, Element] = {}
        self.of_instances: dict[Instance, InstanceElement] = {}
        self.next = 0
        self.clock: Callable[[], tuple[int, float]] = lambda: (0, 60.0)
        """Tells how many frames there have been, and how many there are a second; set by the rooms."""
        self.play: Callable[[Layer, Mapping[str, Any], str], Element]
        """Puts a sequence on a layer; set by whatever has the sequences."""
        self.global_mask = STORED
        """The mask with which all tilemaps are drawn: kept, and read back."""

    def number(self) -> int:
        """The number of a new element."""
        self.next += 1
        return self.next - 1

    def add(self, layer: Layer, type_: str, values: Mapping[str, Any], name: str = "") -> Element:
        """A new element on a layer."""
        return self.put(layer, Element(type_, self.number(), layer, {**DEFAULTS.get(type_, {}), **values}, name))

    def add_tilemap(self, layer: Layer, x: float, y: float, tileset: Value, width: int, height: int) -> Tilemap:
        """A new, empty tilemap on a layer."""
        made = Tilemap(self.number(), layer, x, y, tileset, width, height)
        made.begun = self.clock()[0]
        self.put(layer, made)
        return made

    def frame_of(self, tilemap: Tilemap) -> int:
        """The frame that the animated tiles of a tilemap show, from 0."""
        facts, (frames, speed) = tilemap.facts, self.clock()
        return int((frames - tilemap.begun) * facts.speed / speed) % max(facts.frames, 1)

    def put(self, layer: Layer, made: Element) -> Element:
        """Puts a new element on a layer."""
        layer.elements.append(made)
        self.by_number[made.index] = made
        return made

    def build(self, layer: Layer, plan: ElementPlan) -> Element:
        """Makes what a room asset has on a layer."""
        values: dict[str, Any] = {key: self._asset(value) for key, value in plan.values.items() if key != "cells"}
        if plan.type == "sequence" and isinstance(values["sequence"], (AssetRef, Struct)):
            return self.play(layer, values, plan.name)
        if plan.type != "tilemap":
            return self.add(layer, plan.type, values, plan.name)
        size = int(values["width"]), int(values["height"])
        made = self.add_tilemap(layer, values["x"], values["y"], values["tileset"], *size)
        made.name = plan.name
        cells = plan.values["cells"]()
        made.cells[: len(cells)] = cells[: len(made.cells)]
        return made

    def _asset(self, value: Value) -> Value:
        """The asset that a text of a plan names."""
        return self.rt.assets.get(value, -1.0) if isinstance(value, str) else value

    def find(self, value: Value, type_: str = "") -> Element | None:
        """The living element that a handle or a number means, of one type or of any."""
        found = value if isinstance(value, Element) else None
        if isinstance(value, (float, int)) and not isinstance(value, bool):
            found = self.by_number.get(int(value)) if math.isfinite(value) else None
        if found is None or (found.layer is None and not isinstance(found, InstanceElement)):
            return None
        return found if type_ in ("", found.type) else None

    def destroy(self, element: Element) -> None:
        """Takes an element off its layer."""
        self.by_number.pop(element.index, None)
        if element.layer is not None:
            element.layer.elements.remove(element)
            element.layer = None
            element.gone()

    def move(self, element: Element, layer: Layer) -> None:
        """Puts an element on another layer."""
        if isinstance(element, InstanceElement):
            element.instance.layer, element.instance.depth = layer, layer.depth
        elif element.layer is not None:
            element.layer.elements.remove(element)
            element.layer = layer
            layer.elements.append(element)

    def of_instance(self, instance: Instance) -> InstanceElement:
        """An instance as an element."""
        found = self.of_instances.get(instance)
        if found is None:
            found = self.of_instances[instance] = InstanceElement(self.number(), instance)
            self.by_number[found.index] = found
        return found

    def forget(self, layers: Sequence[Layer]) -> None:
        """Drops the elements of the layers of a room that is left."""
        for layer in layers:
            for element in list(layer.elements):
                self.destroy(element)
        gone = [one for one in self.of_instances if one.__dead__]
        for instance in gone:
            self.by_number.pop(self.of_instances.pop(instance).index, None)


WHITE = 16777215.0
PLACED: Mapping[str, Any] = {"x": 0.0, "y": 0.0, "xscale": 1.0, "yscale": 1.0, "blend": WHITE, "alpha": 1.0}
DEFAULTS: dict[str, Mapping[str, Any]] = {
    "background": {
        **{name: value for name, value in PLACED.items() if name not in ("x", "y")},
        "sprite": -1.0, "visible": True, "htiled": False, "vtiled": False, "stretch": False, "index": 0.0, "speed": 1.0,
    },
    "sprite": {**PLACED, "sprite": -1.0, "index": 0.0, "speed": 1.0, "angle": 0.0},
    "tile": {**PLACED, "blend": float(0xFFFFFFFF), "sprite": -1.0, "visible": True, "region": (0.0, 0.0, 0.0, 0.0)},
    "particle": {**PLACED, "angle": 0.0, "system": -1.0},
    "sequence": {**PLACED, "angle": 0.0},
    "text": {
        **PLACED, "angle": 0.0, "text": "", "font": -1.0, "halign": 0.0, "valign": 0.0, "charspacing": 0.0,
        "linespacing": 0.0, "paragraphspacing": 0.0, "framew": -1.0, "frameh": -1.0, "wrap": False, "wrapmode": 0.0,
        "xorigin": 0.0, "yorigin": 0.0, "origin": 0.0,
    },
}  # fmt: skip
"""The properties of elements, and what they are at first."""
