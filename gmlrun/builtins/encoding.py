"""Base64, MD5, SHA-1 and tables as text. Manual: File_Handling/Encoding_And_Hashing."""

from __future__ import annotations

import base64
import csv
import hashlib
import io

from gmlrun.builtins.buffers import decoded
from gmlrun.builtins.registry import Chapter, String
from gmlrun.engine.files import FileArea
from gmlrun.runtime import Runtime
from gmlrun.values.containers import DsGrid, Handles
from gmlrun.values.model import Value
from gmlrun.values.unicode import utf8

chapter = Chapter("File_Handling/Encoding_And_Hashing")


def utf16(text: str) -> bytes:
    """The bytes of a string in the form that the functions named `_unicode` hash."""
    return text.encode("utf-16-le", "surrogatepass")


MOST_CELLS = 128_000_000
"""Cells of a grid from a file: one long line among many short ones makes far more than the file has bytes."""


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def sha1(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def contents(rt: Runtime, filename: str) -> bytes | None:
    """The bytes of a file, None, with a line in the log, when it cannot be read."""
    data = rt.service(FileArea).load_whole(filename)
    if data is None and rt.service(FileArea).resolve_read(filename) is None:
        rt.log(f"{filename}: no such file")
    return data


@chapter
def base64_encode(string: String) -> str:
    """The UTF-8 bytes of a string as base64."""
    return base64.b64encode(utf8(string)).decode("ascii")


@chapter
def base64_decode(string: String) -> str:
    """The string whose UTF-8 bytes a base64 text holds; what is no UTF-8 becomes U+FFFD (see buffer_base64_decode)."""
    return decoded(string).decode("utf-8", "replace")


@chapter
def md5_string_utf8(string: String) -> str:
    """The MD5 of a string's UTF-8 bytes, in lower-case hexadecimal."""
    return md5(utf8(string))


@chapter
def md5_string_unicode(string: String) -> str:
    """The MD5 of a string's UTF-16 bytes, in lower-case hexadecimal."""
    return md5(utf16(string))


@chapter
def md5_file(rt: Runtime, filename: String) -> str:
    """The MD5 of a file, in lower-case hexadecimal; empty when there is no such file."""
    data = contents(rt, filename)
    return "" if data is None else md5(data)


@chapter
def sha1_string_utf8(string: String) -> str:
    """The SHA-1 of a string's UTF-8 bytes, in lower-case hexadecimal."""
    return sha1(utf8(string))


@chapter
def sha1_string_unicode(string: String) -> str:
    """The SHA-1 of a string's UTF-16 bytes, in lower-case hexadecimal."""
    return sha1(utf16(string))


@chapter
def sha1_file(rt: Runtime, filename: String) -> str:
    """The SHA-1 of a file, in lower-case hexadecimal; empty when there is no such file."""
    data = contents(rt, filename)
    return "" if data is None else sha1(data)


@chapter
def load_csv(rt: Runtime, handles: Handles, filename: String) -> Value:
    """A new grid with the cells of a CSV file, all of them strings, and 0 where a line is short; -1 without a file."""
    data = contents(rt, filename)
    if data is None:
        return -1.0
    text = data.decode("utf-8-sig", "replace")
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline="")):  # a loop of Python's, which a limit of time can end
            rows.append(row)
    except csv.Error as error:
        rt.log(f"{filename}: {error}")
        return -1.0
    width = max([len(row) for row in rows], default=0)
    if width * len(rows) > MOST_CELLS:
        raise MemoryError
    grid = DsGrid(0, 0)
    padded: list[list[Value]] = [[*row, *[0.0] * (width - len(row))] for row in rows]
    grid.columns = [[row[x] for row in padded] for x in range(width)]
    grid.width, grid.height = width, len(rows)
    return handles.add(grid)
