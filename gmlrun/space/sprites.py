"""Sprites as data: their size, origin, frames and collision mask, without what they look like.

Manual: Asset_Management/Sprites; The_Asset_Editors/Sprites.
"""

from __future__ import annotations

from gmlrun.lean import NamedTuple
from gmlrun.runtime import GamePart
from gmlrun.values.model import AssetRef

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from gmlrun.runtime import Runtime
    from gmlrun.space.pixels import Rows
    from gmlrun.values.model import Value

PRECISE, RECTANGLE, ELLIPSE, DIAMOND, PRECISE_FRAMES, ROTATED_RECTANGLE = range(6)
"""The kinds of a collision mask, by their numbers in project files."""
WITH_PIXELS = (PRECISE, ELLIPSE, DIAMOND, PRECISE_FRAMES)
"""The kinds of which pixels decide."""


class SpriteFacts(NamedTuple):
    """A sprite as a project has it, in pixels; `right` and `bottom` are the last column and row of the mask."""

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
    tolerance: float = 0.0
    """The alpha value, of 255, above which a pixel belongs to a precise mask."""
    pictures: Sequence[str | bytes] = ()
    """The frames' pictures, for a precise mask: their files, or what would stand in these."""
    speed: float = 1.0
    """How many frames are shown a second, or a step of the game, at an `image_speed` of 1."""
    is_per_second: bool = False
    box_mode: int = 0
    """Where the bounding box comes from: the pictures (0), the whole sprite (1), or numbers (2)."""
    is_sliced: bool = False
    """Whether scaling keeps the corners as they are."""
    slices: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """The widths of the left, top, right and bottom slices."""
    tile_modes: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0, 0.0)
    """How each slice would be drawn."""
    messages: tuple[tuple[float, tuple[str, ...]], ...] = ()
    """The texts that are broadcast when a frame is reached."""


class Sprite(AssetRef):
    """A sprite asset; its file is read when something first asks for its facts."""

    def __init__(self, index: int, name: str, read: Callable[[], SpriteFacts | None], rt: Runtime) -> None:
        super().__init__("sprite", index, name)
        self.is_made = False
        """Whether the program has made it, so that it may change and go."""
        self.is_gone = False
        self._read = read
        self._rt = rt
        self._facts: SpriteFacts | None = None
        self._rows: list[Rows] | None = None

    @property
    def facts(self) -> SpriteFacts:
        """The sprite's facts; those of an empty one, and a warning, where its file cannot be read."""
        if self._facts is None:
            self._facts = self._read()
        if self._facts is None:
            self._warn("cannot be read: it has no frames, so nothing collides with it")
            self._facts = SpriteFacts()
        return self._facts

    def replace(self, facts: SpriteFacts) -> None:
        """Gives the sprite other facts: another origin, another mask."""
        self._facts, self._rows = facts, None

    def rows(self) -> list[Rows]:
        """The pixels of the mask, for each frame or for all of them; no pixels where the bounding box is the mask."""
        if self._rows is None:
            self._rows = self._made_rows() if self.facts.kind in WITH_PIXELS else []
        return self._rows

    def _made_rows(self) -> list[Rows]:
        from gmlrun.space.pixels import check_size, diamond_rows, ellipse_rows, picture_rows, united

        facts = self.facts
        box = (int(facts.left), int(facts.top), int(facts.right), int(facts.bottom))
        try:
            check_size(*box)
            if facts.kind in (ELLIPSE, DIAMOND):
                return [(ellipse_rows if facts.kind == ELLIPSE else diamond_rows)(*box)]
            frames = [picture_rows(path, facts.tolerance, *box) for path in facts.pictures]
        except ImportError:
            self._rt.warn_once("pillow", NO_PILLOW.format(self.name))
            return []
        except (OSError, ValueError, SyntaxError) as error:
            self._warn(f"has a mask that cannot be made ({error}): its bounding box is used instead")
            return []
        if not frames:
            self._warn("has no pictures, which its precise mask needs: its mask is the bounding box")
            return []
        return frames if facts.kind == PRECISE_FRAMES else [united(frames)]

    def _warn(self, words: str) -> None:
        self._rt.warn_once(f"sprite {self.name}", f"the sprite {self.name} {words}")


NO_PILLOW = (
    "the sprite {} has a precise mask, which needs Pillow (pip install 'gmlrun[masks]'): precise masks are their "
    "bounding boxes"
)


class Sprites(GamePart):
    """The sprites of one game, by their index."""

    def __init__(self, rt: Runtime) -> None:
        self.all: list[Sprite] = []
        self.is_compatible = False
        """Whether the project has collision compatibility mode: bounding boxes are whole pixels."""
        self.have_frame_masks = False
        """Whether a mask is another one for each frame, so that pictures must advance."""
        self.shapes: dict[Any, Any] = {}
        """The shapes of masks (`masks.Shape`) by sprites, scale and angle, as long as sprites stay what they are."""

    def add(self, facts: SpriteFacts, rt: Runtime) -> Sprite:
        """A new sprite, which belongs to the program."""
        index = len(self.all)
        made = Sprite(index, f"__newsprite{index}", lambda: facts, rt)
        made.is_made = True
        self.all.append(made)
        return made

    def find(self, value: Value) -> Sprite | None:
        """The sprite that a value names: the asset itself, or its index."""
        if type(value) is Sprite:
            return None if value.is_gone else value
        if isinstance(value, (float, int)) and 0 <= value < len(self.all):
            return self.find(self.all[int(value)])
        return None
