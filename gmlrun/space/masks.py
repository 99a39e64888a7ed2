"""Collision masks: an instance and a place go in, a bounding box and a shape come out.

Coordinates are pixels of the room. A box holds its left and top edge, not its right and bottom one, except in
collision compatibility mode, where the edges are whole pixels and all belong to it. Manual:
Movement_And_Collisions/Collisions.
"""

from __future__ import annotations

import math
from contextlib import suppress
from operator import attrgetter

from gmlrun.space.figures import placed, turned
from gmlrun.space.sprites import ROTATED_RECTANGLE
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gmlrun.space.figures import Outline, Point
    from gmlrun.space.pixels import Rows
    from gmlrun.space.sprites import Sprite, SpriteFacts, Sprites

MOST_SHAPES = 4096
"""How many shapes are kept; an instance that turns has many."""
FARTHEST = 1e15
"""Pixels from the room's origin from which on nothing meets anything: a number that large does not count pixels."""
LARGEST = 1e9
"""Pixels from its origin that a mask may reach; one that reaches further is met by nothing."""


class Shape:
    """A mask without its place: the box of a sprite, scaled and turned around the origin."""

    __slots__ = (
        "bottom",
        "corners",
        "facts",
        "high",
        "is_box",
        "is_empty",
        "is_straight",
        "left",
        "right",
        "rows",
        "scale",
        "start",
        "top",
        "turn",
        "wide",
    )

    def __init__(self, facts: SpriteFacts, rows: list[Rows], xscale: float, yscale: float, angle: float) -> None:
        self.facts = facts
        self.rows = rows
        """The pixels of the sprite's mask, frame by frame; none where the box is the mask."""
        self.scale: Point = (xscale, yscale)
        self.turn: Point = turned(angle)
        self.is_straight = self.turn == (1.0, 0.0)
        self.is_box = not self.rows and (self.is_straight or facts.kind != ROTATED_RECTANGLE)
        """Whether the bounding box alone decides."""
        self.start: Point = (xscale * (facts.left - facts.xorigin), yscale * (facts.top - facts.yorigin))
        self.wide, self.high = xscale * (facts.right + 1 - facts.left), yscale * (facts.bottom + 1 - facts.top)
        self.is_empty = not (facts.right + 1 > facts.left and facts.bottom + 1 > facts.top and xscale and yscale)
        """Whether it has no pixels at all, so that no figure meets it."""
        (left, top), wide, high = self.start, self.wide, self.high
        around = ((left, top), (left + wide, top), (left + wide, top + high), (left, top + high))
        self.corners: Outline = tuple(placed(corner, self.turn, 0.0, 0.0) for corner in around)
        self.left, self.right = min(x for x, _ in self.corners), max(x for x, _ in self.corners)
        self.top, self.bottom = min(y for _, y in self.corners), max(y for _, y in self.corners)

    def edges(self) -> tuple[float, float, float, float]:
        """The left, top, right and bottom edge, from the origin."""
        return self.left, self.top, self.right, self.bottom

    def box_at(self, x: float, y: float) -> tuple[float, float, float, float]:
        """The bounding box at a place: left, top, right, bottom."""
        return x + self.left, y + self.top, x + self.right, y + self.bottom

    def whole_box_at(self, x: float, y: float) -> tuple[float, float, float, float]:
        """The bounding box in collision compatibility mode, where the right and bottom edges belong to it."""
        if not self.is_straight:
            ends = (x + self.left + 0.5, y + self.top + 0.5, x + self.right - 0.5, y + self.bottom - 0.5)
            return tuple(float(math.floor(end)) for end in ends)  # type: ignore[return-value]
        one, two = whole(x + self.start[0]), whole(y + self.start[1])
        (left, right), (top, bottom) = sorted((one, whole(one + self.wide))), sorted((two, whole(two + self.high)))
        return left, top, right - 1, bottom - 1


class Mask:
    """The mask of an instance, or of a tile, at a place. One that the index keeps follows its instance."""

    __slots__ = ("bottom", "instance", "left", "right", "shape", "span", "top", "x", "y")

    def __init__(self, instance: Any, shape: Shape, x: float, y: float, is_compatible: bool) -> None:
        self.instance = instance
        self.span: tuple[float, float, float, float] | None = None
        """The cells of the index that it lies over: the first and the last column, the first and the last row."""
        self.put(shape, x, y, is_compatible)

    def put(self, shape: Shape, x: float, y: float, is_compatible: bool) -> None:
        """Moves the mask."""
        self.shape, self.x, self.y = shape, x, y
        box = shape.whole_box_at if is_compatible else shape.box_at
        self.left, self.top, self.right, self.bottom = box(x, y)

    def corners(self) -> Outline:
        """The corners of the box, turned."""
        return tuple((self.x + x, self.y + y) for x, y in self.shape.corners)

    def pixels(self) -> Rows:
        """The rows of the picture that the instance shows now, for a shape with pixels."""
        rows = self.shape.rows
        if len(rows) == 1:
            return rows[0]
        picture = number_in(self.instance, "image_index")
        return rows[int(picture) % len(rows) if math.isfinite(picture) else 0]


looks = attrgetter("mask_index", "sprite_index", "image_xscale", "image_yscale", "image_angle")
"""The variables on which the shape of an instance's mask depends."""
UNKNOWN: Any = object()


def shape_of(instance: Any, sprites: Sprites) -> Shape | None:
    """The shape of an instance's mask; None for one without a sprite, or whose sprite has no frames."""
    look = looks(instance)
    try:
        found = sprites.shapes.get(look, UNKNOWN)
    except TypeError:  # a value that is no number: the message comes from reading it
        found = UNKNOWN
    return made_shape(instance, sprites, look) if found is UNKNOWN else found


def made_shape(instance: Any, sprites: Sprites, look: tuple[Any, ...]) -> Shape | None:
    """A shape that is not known yet, which is kept."""
    sprite = sprites.find(instance.mask_index) or sprites.find(instance.sprite_index)
    shape = None
    if sprite is not None and sprite.facts.frames:
        values = [number_in(instance, name) for name in ("image_xscale", "image_yscale", "image_angle")]
        shape = scaled_shape(sprite, *values) if all(-LARGEST < value < LARGEST for value in values) else None
        if shape is not None and not all(-LARGEST < edge < LARGEST for edge in shape.edges()):
            shape = None
    if len(sprites.shapes) >= MOST_SHAPES:
        sprites.shapes.clear()
    with suppress(TypeError):  # an array among the values, which means no sprite
        sprites.shapes[look] = shape
    if shape is not None and len(shape.rows) > 1:
        sprites.have_frame_masks = True
    return shape


def scaled_shape(sprite: Sprite, xscale: float, yscale: float, angle: float) -> Shape:
    """The shape of a sprite; one with nine slices is stretched by them."""
    facts, rows = sprite.facts, sprite.rows()
    if not facts.is_sliced:
        return Shape(facts, rows, xscale, yscale, angle)
    from gmlrun.space.nine_slices import sliced

    return Shape(*sliced(facts, rows, xscale, yscale), math.copysign(1.0, xscale), math.copysign(1.0, yscale), angle)


def mask_of(instance: Any, x: float, y: float) -> Mask | None:
    """The mask that an instance has at a place; None for one that nothing can meet."""
    sprites: Sprites = instance.__object__.world.sprites
    shape = shape_of(instance, sprites)
    if shape is None or is_nowhere(x, y):
        return None
    return Mask(instance, shape, x, y, sprites.is_compatible)


def is_nowhere(x: float, y: float) -> bool:
    """Whether a place is no number or too far away for anything to meet what is there."""
    return not (-FARTHEST < x < FARTHEST and -FARTHEST < y < FARTHEST)


def mask_at(instance: Any) -> Mask | None:
    """The mask that an instance has where it is."""
    return mask_of(instance, number_in(instance, "x"), number_in(instance, "y"))


def whole(value: float) -> float:
    """The nearest whole number; a half goes to the even one."""
    return float(round(value))


def box_of(instance: Any) -> tuple[float, float, float, float]:
    """An instance's bounding box: left, top, right, bottom; its place when nothing can meet it."""
    found = mask_at(instance)
    if found is None:
        x, y = number_in(instance, "x"), number_in(instance, "y")
        return x, y, x, y
    return float(found.left), float(found.top), float(found.right), float(found.bottom)
