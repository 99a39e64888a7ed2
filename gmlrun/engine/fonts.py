"""Fonts as a project's files describe them: what is known of the pictures of their characters, without the pictures."""

from __future__ import annotations

from gmlrun.engine.file_assets import FileAsset
from gmlrun.lean import MappingProxyType, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Glyph(NamedTuple):
    """The place of a character on its texture page, in pixels, and how far the next one is."""

    code: float
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    shift: float = 0.0
    offset: float = 0.0


class FontFacts(NamedTuple):
    """A font: its size in points, and its characters."""

    font: str = ""
    size: float = 12.0
    is_bold: bool = False
    is_italic: bool = False
    ascender: float = 0.0
    ascender_offset: float = 0.0
    is_sdf: bool = False
    sdf_spread: float = 8.0
    glyphs: Mapping[str, Glyph] = MappingProxyType({})


class FontAsset(FileAsset[FontFacts]):
    """A font of a project."""

    def __init__(self, index: int, name: str, read: Callable[[], FontFacts | None]) -> None:
        super().__init__("font", index, name, lambda: read() or FontFacts())
