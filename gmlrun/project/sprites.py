"""Sprites of `.yy` files: the size, the origin and the mask of each go in, facts come out."""

from __future__ import annotations

from collections.abc import Iterator

from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts
from gmlrun.project.yy import Facts
from gmlrun.space.sprites import PRECISE, PRECISE_FRAMES, RECTANGLE, SpriteFacts

FULL = 1
"""The bounding box mode of a sprite that collides with its whole picture."""
CUSTOM = 9
"""The number of an origin that has coordinates of its own; those below it go over the picture row by row."""


def sprite_facts(collector: ProjectParts, name: str, path: str) -> SpriteFacts | None:
    """The facts of a sprite of 2.0 or later; None for a file that cannot be read."""
    facts = yy.read_yy(collector, path, f"the sprite {name}")
    if facts is None:
        return None
    width, height = yy.number(facts, "width"), yy.number(facts, "height")
    sequence, origin = yy.section(facts, "sequence"), int(yy.number(facts, "origin", CUSTOM))
    xorigin = yy.number(sequence, "xorigin", yy.number(facts, "xorig"))
    yorigin = yy.number(sequence, "yorigin", yy.number(facts, "yorig"))
    if 0 <= origin < CUSTOM and not sequence:
        xorigin, yorigin = width * (origin % 3) // 2, height * (origin // 3) // 2
    mode = int(yy.number(facts, "bboxMode", yy.number(facts, "bboxmode")))
    left, top, right, bottom = (yy.number(facts, f"bbox_{side}") for side in ("left", "top", "right", "bottom"))
    if mode == FULL:
        left, top, right, bottom = 0.0, 0.0, width - 1, height - 1
    speed, per_second = yy.number(sequence, "playbackSpeed"), not yy.number(sequence, "playbackSpeedType")
    if not sequence:
        speed, per_second = yy.number(facts, "playbackSpeed"), not yy.number(facts, "playbackSpeedType")
    frames = yy.items(facts, "frames")
    kind = mask_kind(facts)
    return SpriteFacts(
        width,
        height,
        xorigin,
        yorigin,
        left,
        top,
        right,
        bottom,
        kind,
        len(frames),
        yy.number(facts, "collisionTolerance", yy.number(facts, "coltolerance")),
        pictures(collector, path.rpartition("/")[0], frames),
        speed,
        per_second,
        mode,
        *nine_slices(facts),
        tuple(messages(sequence)),
    )


def messages(sequence: Facts) -> Iterator[tuple[float, tuple[str, ...]]]:
    """The frames of a sprite that broadcast something, with their texts."""
    for key in yy.items(yy.section(sequence, "events"), "Keyframes"):
        said = yy.texts(yy.section(yy.section(key, "Channels"), "0"), "Events")
        if said and not key.get("Disabled"):
            yield yy.number(key, "Key"), tuple(said)


def nine_slices(facts: Facts) -> tuple[bool, tuple[float, float, float, float], tuple[float, ...]]:
    """Whether a sprite has nine slices, the widths of those at its sides, and how each would be drawn."""
    said = yy.section(facts, "nineSlice")
    left, top, right, bottom = (max(0.0, yy.number(said, side)) for side in ("left", "top", "right", "bottom"))
    modes = yy.numbers(said, "tileMode")
    is_sliced = bool(said.get("enabled")) and left + right <= yy.number(facts, "width")
    is_sliced = is_sliced and top + bottom <= yy.number(facts, "height")
    return is_sliced, (left, top, right, bottom), (*modes, *[0.0] * 5)[:5]


def mask_kind(facts: Facts) -> int:
    """The kind of a sprite's mask; up to 2.2 the choice of a mask for each frame stands beside it."""
    kind = int(yy.number(facts, "collisionKind", yy.number(facts, "colkind", RECTANGLE)))
    return PRECISE_FRAMES if kind == PRECISE and facts.get("sepmasks") else kind


def pictures(collector: ProjectParts, folder: str, frames: list[Facts]) -> list[str]:
    """The files of the frames' pictures, which have the frames' names or identifiers."""
    names = [yy.text(frame, "name") or yy.text(frame, "id") for frame in frames]
    return [collector.find(f"{folder}/{name}.png") or collector.path(f"{folder}/{name}.png") for name in names]
