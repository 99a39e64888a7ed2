"""The data types of buffers: their numbers, sizes and bytes. Manual: Buffers.

All numbers are little-endian. Reading a small integer type gives an int32, u32 and u64 an int64.
"""

from __future__ import annotations

import math
import struct

from gmlrun.errors import GmlError
from gmlrun.values.conversions import to_bool, to_int64, to_real, to_string
from gmlrun.values.model import GmlClass, Int32
from gmlrun.values.unicode import utf8

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

U8, S8, U16, S16, U32, S32, F16, F32, F64, BOOL, STRING, U64, TEXT = range(1, 14)

SIZES = {U8: 1, S8: 1, U16: 2, S16: 2, U32: 4, S32: 4, F16: 2, F32: 4, F64: 8, BOOL: 1, STRING: 0, U64: 8, TEXT: 0}
"""Bytes of each data type, as `buffer_sizeof` tells; strings have no size of their own."""

CODECS = {
    U8: struct.Struct("<B"),
    S8: struct.Struct("<b"),
    U16: struct.Struct("<H"),
    S16: struct.Struct("<h"),
    U32: struct.Struct("<I"),
    S32: struct.Struct("<i"),
    F16: struct.Struct("<e"),
    F32: struct.Struct("<f"),
    F64: struct.Struct("<d"),
    BOOL: struct.Struct("<B"),
    U64: struct.Struct("<q"),
}
BITS = {U8: 8, S8: 8, U16: 16, S16: 16, U32: 32, S32: 32, U64: 64}
SIGNED = {S8, S16, S32, U64}
FLOATS = {F16, F32, F64}


def integer(value: Value, type_: int) -> int:
    """A value as the integer that a type holds: truncated, then taken modulo its range."""
    if isinstance(value, float) and not math.isfinite(value):
        return 0
    number = math.trunc(value) if isinstance(value, float) and type_ != U64 else to_int64(value)
    bits = BITS[type_]
    number &= (1 << bits) - 1
    return number - (1 << bits) if type_ in SIGNED and number >> (bits - 1) else number


def packed(value: Value, type_: int) -> bytes:
    """The bytes of a value as a data type; raises GmlError for a value that has none."""
    if type(type(value)) is GmlClass and type_ not in (STRING, TEXT):
        raise GmlError("unable to write a struct to a buffer as a number")
    if type_ in BITS:
        return CODECS[type_].pack(integer(value, type_))
    if type_ in FLOATS:
        return packed_float(to_real(value), type_)
    if type_ == BOOL:
        return b"\1" if to_bool(value) else b"\0"
    text = utf8(to_string(value))
    return text + b"\0" if type_ == STRING else text


def packed_float(value: float, type_: int) -> bytes:
    """A float; one that is too large becomes an infinity."""
    try:
        return CODECS[type_].pack(value)
    except OverflowError:
        return CODECS[type_].pack(math.copysign(math.inf, value))


def unpacked(data: bytes | bytearray, at: int, type_: int) -> Value:
    """The value of a number type at an offset."""
    number = CODECS[type_].unpack_from(data, at)[0]
    if type_ in FLOATS:
        return number
    if type_ == BOOL:
        return Int32(number != 0)
    return number if type_ in (U32, U64) else Int32(number)
