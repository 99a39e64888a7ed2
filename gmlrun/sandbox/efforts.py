"""Calls of Python's own code that last long in one piece: their arguments go in, the seconds that they take come out.

No look at the time ends such a call. So in a game with a limit of time these are asked before; the seconds are those of
a machine of our days, rather too many than too few. What is Python in its parts is looked at while it runs.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from gmlrun.engine.files import FileArea
from gmlrun.runtime import Runtime
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import DsGrid, DsList, Handles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

COMPARED = 25e-9
"""Seconds of a comparison of two values while they are sorted."""
Effort = Callable[..., float]


def length(value: Any) -> int:
    """The characters of a string, the values of an array."""
    return len(value) if type(value) in (str, list) else 0


def each(seconds: float) -> Effort:
    """Makes an effort of `seconds` for each character and each value among the arguments."""

    def effort(rt: Runtime, *args: Any) -> float:
        return seconds * sum(map(length, args))

    return effort


def region(seconds: float) -> Effort:
    """Makes an effort of `seconds` for each byte of a region: the arguments are a buffer, an offset and a size."""

    def effort(rt: Runtime, buffer: Value, offset: Value = 0.0, size: Value = -1.0, *_: Value) -> float:
        found = rt.service(Handles).find(Buffer, buffer)
        whole = 0 if found is None else len(found.data)
        return seconds * (min(whole, size) if type(size) is float and size >= 0.0 else whole)

    return effort


def file_size(rt: Runtime, name: Value) -> int:
    """The bytes of the file that a program names; 0 for none."""
    if type(name) is not str:
        return 0
    place = rt.service(FileArea).resolve_read(name)
    try:
        return 0 if place is None else place.stat().st_size
    except OSError:
        return 0


def of_file(seconds: float) -> Effort:
    """Makes an effort of `seconds` for each byte of the file that the first argument names."""

    def effort(rt: Runtime, name: Value = "", *_: Value) -> float:
        return seconds * file_size(rt, name)

    return effort


def sort(count: int) -> float:
    """The seconds that sorting a number of values takes."""
    return count * math.log2(count + 1) * COMPARED


def sort_of_array(rt: Runtime, *args: Value) -> float:
    return sort(max(map(length, args), default=0))


def sort_of_list(rt: Runtime, list_: Value, *_: Value) -> float:
    found = rt.service(Handles).find(DsList, list_)
    return 0.0 if found is None else sort(len(found.items))


def sort_of_grid(rt: Runtime, grid: Value, *_: Value) -> float:
    found = rt.service(Handles).find(DsGrid, grid)
    return 0.0 if found is None else found.width * sort(found.height)


def alternatives(rt: Runtime, text: Value, delimiters: Value, *_: Value) -> float:
    """Each delimiter is looked for at each place."""
    found = [length(one) for one in delimiters] if type(delimiters) is list else []
    return 1e-9 * length(text) * (len(found) + sum(found))


HASHES = [f"{kind}_string_{form}" for kind in ("md5", "sha1") for form in ("utf8", "unicode")]
READS = [f"ds_{kind}_read" for kind in ("map", "list", "grid", "stack", "queue", "priority")]
WALKS = ("reverse", "reverse_ext", "contains", "contains_ext", "get_index", "shuffle", "shuffle_ext", "concat")
EFFORTS: dict[str, Effort] = {
    "array_sort": sort_of_array,
    "ds_list_sort": sort_of_list,
    "ds_grid_sort": sort_of_grid,
    **dict.fromkeys([f"array_{name}" for name in WALKS], each(20e-9)),
    **dict.fromkeys(("array_unique", "array_union", "array_intersection"), each(100e-9)),
    **dict.fromkeys(("script_execute_ext", "method_call"), each(40e-9)),
    **dict.fromkeys(("string_letters", "string_digits", "string_lettersdigits", "string_count"), each(50e-9)),
    **dict.fromkeys(("string_lower", "string_upper"), each(15e-9)),
    "string_split_ext": alternatives,
    **dict.fromkeys(("json_parse", "json_decode"), each(30e-9)),
    **dict.fromkeys((*HASHES, "base64_encode", "base64_decode"), each(5e-9)),
    **dict.fromkeys(("buffer_base64_decode", "buffer_base64_decode_ext"), each(10e-9)),
    **dict.fromkeys(READS, each(50e-9)),
    **dict.fromkeys(("buffer_md5", "buffer_sha1", "buffer_crc32", "buffer_base64_encode"), region(3e-9)),
    "buffer_compress": region(60e-9),
    **dict.fromkeys(("md5_file", "sha1_file"), of_file(5e-9)),
    **dict.fromkeys(("file_text_open_read", "ini_open"), of_file(20e-9)),
    "load_csv": of_file(50e-9),
}
"""For each function the seconds that a call takes."""
FILES = {
    **dict.fromkeys(("md5_file", "sha1_file", "file_text_open_read", "ini_open", "load_csv", "buffer_load"), 0),
    **dict.fromkeys(("buffer_load_ext", "buffer_load_partial", "buffer_load_async"), 1),
}
"""For each function that reads a whole file, which argument names it: so much memory it takes."""
