"""Sprites as data: their size, origin, frames and collision mask; what they look like is nobody's business here.

Manual: Asset_Management/Sprites; The_Asset_Editors/Sprites.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from gmlrun.runtime.context import Runtime
from gmlrun.runtime.values import AssetRef, Value

PRECISE, RECTANGLE, ELLIPSE, DIAMOND, PRECISE_FRAMES, ROTATED_RECTANGLE = range(6)
"""The kinds of a collision mask, by their numbers in project files."""


class SpriteFacts(NamedTuple):
    """What a project says of a sprite, in pixels; `right` and `bottom` are the last column and row of the mask."""

    width: float = 0.0
    height: float = 0.0
    xorigin: float = 0.0
    yorigin: float = 0.0
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    kind: int = RECTANGLE
    frames: int = 0


class Sprite(AssetRef):
    """A sprite asset; its file is read when something first asks for its facts."""

    def __init__(self, index: int, name: str, read: Callable[[], SpriteFacts | None], rt: Runtime) -> None:
        super().__init__("sprite", index, name)
        self._read = read
        self._rt = rt

    @cached_property
    def facts(self) -> SpriteFacts:
        """The sprite's facts; those of an empty one, and a warning, where its file cannot be read."""
        found = self._read()
        if found is None:
            words = f"the sprite {self.name} cannot be read: it has no frames, so nothing meets it"
            self._rt.warn_once(f"sprite {self.name}", words)
            return SpriteFacts()
        if found.kind in (PRECISE, PRECISE_FRAMES):
            words = f"the sprite {self.name} has a precise mask: its bounding box is used instead"
            self._rt.warn_once(f"sprite {self.name}", words)
        return found


class Sprites:
    """The sprites of one game, by their index."""

    def __init__(self, rt: Runtime) -> None:
        self.all: list[Sprite] = []
        self.is_compatible = False
        """Whether the project has collision compatibility mode: bounding boxes are whole pixels."""

    def find(self, value: Value) -> Sprite | None:
        """The sprite that a value names: the asset itself, or its index."""
        if type(value) is Sprite:
            return value
        if isinstance(value, (float, int)) and 0 <= value < len(self.all):
            return self.all[int(value)]
        return None
