"""The hexadecimal form of data structures: values go in, what `ds_list_write` and its kin give comes out, and back.

A structure is its number, then its fields, little-endian; each value is the number of its type and its bytes.
Manual: Data_Structures/DS_Lists/ds_list_write.
"""

from __future__ import annotations

import re
import struct

from gmlrun.errors import GmlError
from gmlrun.values.conversions import wrap_int64
from gmlrun.values.model import Handle, Int32, Pointer
from gmlrun.values.text import bounded
from gmlrun.values.unicode import utf8

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from gmlrun.values.model import Value

STACK, QUEUE, LIST, MAP, PRIORITY, GRID = 103, 203, 303, 403, 503, 603
REAL, STRING, ARRAY, POINTER, UNDEFINED, INT32, INT64, BOOL, REF = 0, 1, 2, 3, 5, 7, 10, 13, 15
NESTING_LIMIT = 128
LONGEST = 1 << 26
"""Bytes of one structure, of which the text has two characters each: a string may be in it a million times."""

PAIRS = re.compile(r"(?:[0-9A-Fa-f]{2})*", re.ASCII)
INTEGER, LONG, DOUBLE = struct.Struct("<i"), struct.Struct("<q"), struct.Struct("<d")
TYPED_DOUBLE, TYPED_INTEGER, TYPED_LONG = struct.Struct("<id"), struct.Struct("<ii"), struct.Struct("<iq")


def written(fields: Iterable[int], values: Iterable[Value]) -> str:
    """A structure's text: its number and header fields, then its values."""
    head = b"".join(INTEGER.pack(field) for field in fields)
    return (head + b"".join(bounded((value_bytes(value) for value in values), LONGEST))).hex().upper()


def value_bytes(value: Value, depth: int = 0) -> bytes:
    """One value; what cannot be kept (structs, functions) is written as undefined, a handle as its index."""
    if isinstance(value, str):
        text = utf8(value)
        return TYPED_INTEGER.pack(STRING, len(text)) + text
    if isinstance(value, list) and depth < NESTING_LIMIT:
        pieces = (value_bytes(item, depth + 1) for item in value)
        return TYPED_INTEGER.pack(ARRAY, len(value)) + b"".join(bounded(pieces, LONGEST))
    return number_bytes(value)


def number_bytes(value: Value) -> bytes:
    """A value that is no string and no array."""
    if isinstance(value, bool):
        return TYPED_DOUBLE.pack(BOOL, float(value))
    if isinstance(value, Int32):
        return TYPED_INTEGER.pack(INT32, value)
    if isinstance(value, (int, Pointer)):
        return TYPED_LONG.pack(POINTER if isinstance(value, Pointer) else INT64, wrap_int64(int(value)))
    if isinstance(value, float):
        return TYPED_DOUBLE.pack(REAL, value)
    return TYPED_DOUBLE.pack(REAL, value.index) if isinstance(value, Handle) else INTEGER.pack(UNDEFINED)


class StructureReader:
    """Takes the fields and values of a written structure one after the other; raises GmlError at a fault.

    `number` is the current number of the structure; the one before it has its arrays by rows.
    """

    def __init__(self, text: str, number: int, name: str) -> None:
        found = PAIRS.match(text)
        self.data = bytes.fromhex(found[0] if found else "")
        self.name = name
        self.at = 0
        version = self.integer()
        if version not in (number, number - 1, number - 2):
            raise self.fault()
        self.by_rows = version != number

    def fault(self) -> GmlError:
        return GmlError(f"{self.name}: the string does not hold such a data structure")

    def take(self, codec: struct.Struct) -> Any:
        """The next number of a fixed form, an int or a float."""
        try:
            found = codec.unpack_from(self.data, self.at)[0]
        except struct.error:
            raise self.fault() from None
        self.at += codec.size
        return found

    def integer(self) -> int:
        """The next header field."""
        return int(self.take(INTEGER))

    def count(self) -> int:
        """A header field that counts what follows: no more than there can be."""
        number = self.integer()
        if not 0 <= number <= len(self.data):
            raise self.fault()
        return number

    def values(self, count: int) -> list[Value]:
        return [self.value() for _ in range(count)]

    def value(self, depth: int = 0) -> Value:
        """The next value."""
        type_ = self.integer()
        if type_ == STRING:
            size = self.count()
            self.at += size
            if self.at > len(self.data):
                raise self.fault()
            return self.data[self.at - size : self.at].decode("utf-8", "replace")
        if type_ == ARRAY and depth < NESTING_LIMIT:
            return self.array(depth + 1)
        return self.number(type_)

    def array(self, depth: int) -> list[Value]:
        """An array; the old form of one row is that row."""
        if not self.by_rows:
            return [self.value(depth) for _ in range(self.count())]
        rows = [[self.value(depth) for _ in range(self.count())] for _ in range(self.count())]
        return rows[0] if len(rows) == 1 else list(rows)

    def number(self, type_: int) -> Value:
        """A value that is no string and no array."""
        if type_ == REAL:
            return self.take(DOUBLE)
        if type_ == BOOL:
            return self.take(DOUBLE) > 0.5
        if type_ == INT32:
            return Int32(self.integer())
        if type_ in (INT64, POINTER, REF):
            found = int(self.take(LONG))
            return Pointer(found) if type_ == POINTER else found if type_ == INT64 else float(found & 0xFFFFFFFF)
        if type_ == UNDEFINED:
            return None
        raise self.fault()
