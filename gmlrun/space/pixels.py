"""The pixels of collision masks: a picture or a figure goes in, a number for each row comes out, a bit for each column.

Pillow reads the pictures; it is imported when the first precise mask is asked for.
"""

from __future__ import annotations

import math
import warnings
from io import BytesIO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

Rows: TypeAlias = list[int]
"""The rows of a mask from its top edge on; bit 0 is the column of its left edge."""

MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""Each byte with its bits the other way round."""
MOST_PIXELS = 1 << 26


def check_size(left: int, top: int, right: int, bottom: int) -> None:
    """Raises ValueError for a box without pixels, or with too many."""
    wide, high = right - left + 1, bottom - top + 1
    if wide < 1 or high < 1:
        raise ValueError("its bounding box is empty")
    if wide * high > MOST_PIXELS:
        raise ValueError("its bounding box is too large")


def opened(source: str | bytes) -> str | BytesIO:
    """A picture's file, or its bytes, as Pillow takes them."""
    return BytesIO(source) if isinstance(source, bytes) else source


def strip_frames(data: bytes, count: int, without_background: bool) -> tuple[float, float, list[bytes]]:
    """The width and the height of the frames that stand side by side in a picture, and each as a picture.

    Raises ImportError without Pillow, OSError, ValueError or SyntaxError for data that are no picture.
    """
    from PIL import Image, ImageChops

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError("it is too large")
            whole = picture.convert("RGBA")
    if without_background:
        plain = whole.convert("RGB")
        ground = Image.new("RGB", whole.size, plain.getpixel((0, whole.height - 1)))
        red, green, blue = ImageChops.difference(plain, ground).split()
        other = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        whole.putalpha(other.point([255 * (value > 0) for value in range(256)]))
    width = whole.width // count
    if not width:
        raise ValueError(f"its {whole.width} pixels cannot be cut into {count} frames")
    frames = []
    for number in range(count):
        file = BytesIO()
        whole.crop((number * width, 0, (number + 1) * width, whole.height)).save(file, "PNG")
        frames.append(file.getvalue())
    return float(width), float(whole.height), frames


def picture_rows(path: str | bytes, tolerance: float, left: int, top: int, right: int, bottom: int) -> Rows:
    """The pixels of a picture inside a box that are less transparent than a tolerance allows.

    Raises ImportError without Pillow, OSError, ValueError or SyntaxError for a file that is no picture.
    """
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(opened(path)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError("it is too large")
            alpha = picture.convert("RGBA").getchannel("A").crop((left, top, right + 1, bottom + 1))
    solid = alpha.point([255 * (value > tolerance) for value in range(256)]).convert("1", dither=Image.Dither.NONE)
    data, stride = solid.tobytes().translate(MIRRORED), (right - left + 8) // 8
    return [int.from_bytes(data[at : at + stride], "little") for at in range(0, len(data), stride)]


def picture_box(path: str | bytes, tolerance: float) -> tuple[int, int, int, int] | None:
    """The box of the pixels of a picture, as `picture_rows` takes them; None for a picture without any."""
    from PIL import Image

    with Image.open(opened(path)) as picture:
        alpha = picture.convert("RGBA").getchannel("A")
    found = alpha.point([255 * (value > tolerance) for value in range(256)]).getbbox()
    return None if found is None else (found[0], found[1], found[2] - 1, found[3] - 1)


def united(frames: Iterable[Rows]) -> Rows:
    """The pixels that are set in any of several frames."""
    first, *others = frames
    rows = list(first)
    for frame in others:
        rows = [one | two for one, two in zip(rows, frame, strict=True)]
    return rows


def ellipse_rows(left: int, top: int, right: int, bottom: int) -> Rows:
    """The pixels of the ellipse in a box."""
    return figure_rows(left, top, right, bottom, lambda down: math.sqrt(1 - down * down))


def diamond_rows(left: int, top: int, right: int, bottom: int) -> Rows:
    """The pixels of the diamond in a box."""
    return figure_rows(left, top, right, bottom, lambda down: 1 - down)


def figure_rows(left: int, top: int, right: int, bottom: int, reach: Callable[[float], float]) -> Rows:
    """The pixels of a figure: `reach` has its half width by the distance of a row from the middle, both up to 1."""
    wide, high = right - left + 1, bottom - top + 1
    rows = []
    for row in range(high):
        down = abs(2 * row - high + 1) / high
        half = wide / 2 * reach(down)
        first = math.floor(wide / 2 - 0.5 - half) + 1  # a pixel whose middle is on the edge is outside
        count = max(0, wide - 2 * first)
        rows.append(((1 << count) - 1) << first if count else 0)
    return rows
