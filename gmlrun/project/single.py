"""A program of `.gml` files: their paths go in, their sources come out."""

from __future__ import annotations

import os
import stat
import sys

from gmlrun.build.program import Part, Program
from gmlrun.errors import UsageError
from gmlrun.project.model import Loaded
from gmlrun.source import Source
from gmlrun.suggestions import did_you_mean
from gmlrun.values.unicode import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

STANDARD_INPUT = "-"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MAX_SOURCE = 64 * 1024 * 1024
"""Bytes: a larger file is not taken for GML."""


def single_file(paths: Sequence[str], config: str = "Default") -> Loaded:
    """`MAIN.gml LIB.gml…`: the first file's statements are its own object's Create event.

    `config` is the configuration whose `#macro CONFIG:NAME` hold; `-` is the standard input.
    """
    main, *libraries = paths
    parts = [Part(read_source(path), f"gml_GlobalScript_{stem(path)}") for path in libraries]
    name = "stdin" if main == STANDARD_INPUT else stem(main)
    parts.append(Part(read_source(main), f"gml_Object_{name}_Create_0", owner=name))
    return Loaded(Program(parts, config=config), name)


def stem(path: str) -> str:
    """A file's name without folder and extension, as text."""
    return clean(os.path.splitext(os.path.basename(path))[0])


def read_source(path: str) -> Source:
    """A GML file as a source; raises UsageError for one that cannot be read or is not UTF-8."""
    try:
        if path == STANDARD_INPUT and sys.stdin is None:
            raise UsageError("standard input is closed, so that there is no program in it")
        if path == STANDARD_INPUT:
            return Source(
                "<stdin>", sys.stdin.buffer.read(MAX_SOURCE).removeprefix(BYTE_ORDER_MARK).decode("utf-8", "replace")
            )
        if stat.S_ISFIFO(os.stat(path).st_mode):
            raise UsageError(f"{path} is a pipe, which gmlrun cannot read again: save the program in a file")
        with open(path, "rb") as file:
            data = file.read(_room_for(file) + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}{guess_of(path)}") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > MAX_SOURCE:
        raise UsageError(f"{path} is too large for a GML file")
    try:
        data = data.removeprefix(BYTE_ORDER_MARK)
        return Source(path, data.decode())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path} is not UTF-8: byte {data[error.start]:#04x} in line {line}") from None


def _room_for(file: BinaryIO) -> int:
    """The bytes to read of a file at most, of which a read takes the memory at once; devices have no size."""
    return min(os.fstat(file.fileno()).st_size or MAX_SOURCE, MAX_SOURCE)


def guess_of(path: str) -> str:
    """Find the file in the same folder that a wrong path probably meant."""
    folder, name = os.path.split(path)
    try:
        found = did_you_mean(name, os.listdir(folder or "."))
    except OSError:
        return f": there is no folder {folder}"
    return f": {found}" if found else ""
