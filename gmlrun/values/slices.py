"""The offset and length rule of the array and string functions: what is visited, and in which order.

Manual: Variable_Functions/Array_Functions; a negative offset counts from the end, a negative length
goes backwards.
"""

from __future__ import annotations

import math

from gmlrun.values.conversions import to_real
from gmlrun.values.model import Value

WHOLE = math.inf


def positions(size: int, offset: Value = None, length: Value = None) -> range:
    """The positions to visit among `size` elements, in visiting order."""
    if size == 0:
        return range(0)
    start = int(max(-size, min(0.0 if offset is None else to_real(offset), size - 1)))
    start += size if start < 0 else 0
    count = float(size) if length is None else to_real(length)
    if count < 0:
        stop = start - int(min(start + 1, -count))
        return range(start, stop, -1)
    return range(start, int(min(start + math.floor(count) if math.isfinite(count) else WHOLE, size)))


def taken(items: list[Value], offset: Value = None, length: Value = None) -> list[Value]:
    """The elements to visit, in visiting order."""
    if offset is None and length is None:
        return items[:]
    return [items[at] for at in positions(len(items), offset, length)]
