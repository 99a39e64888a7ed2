"""The fast ways into a buffer for one data type each: what `buffer_write(b, buffer_u8, v)` is compiled to."""

from __future__ import annotations

import math
import struct

from gmlrun.values.data_types import BOOL, CODECS, FLOATS, SIZES, STRING, TEXT, U8, U32, U64
from gmlrun.values.model import Int32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from gmlrun.values.buffers import Buffer
    from gmlrun.values.model import Value

Read: TypeAlias = "Callable[[Any], Value]"
Write: TypeAlias = "Callable[[Any, Value], float | None]"
REFUSED = (struct.error, TypeError, AttributeError, OverflowError, ValueError, IndexError)
"""The exceptions of the fast path when a call is not of the plain kind; nothing has been written then."""


def writer(type_: int, general: Write) -> Write:
    """A function that writes one type to a plain buffer with room for it; `general` does all the rest."""
    if type_ in FLOATS:
        return float_writer(type_, general)
    if type_ in (U8, BOOL):
        return byte_writer(general, type_ == BOOL)
    if type_ == STRING:
        return text_writer(general)
    pack_into, size, trunc = CODECS[type_].pack_into, SIZES[type_], math.trunc

    def write(buffer: Buffer, value: Any) -> float | None:
        try:
            if buffer.plain:
                at = buffer.position
                pack_into(buffer.data, at, value if type(value) is int else trunc(value))
                buffer.position = at = at + size
                if at > buffer.used:
                    buffer.used = at
                return 0.0
        except REFUSED:
            pass
        return general(buffer, value)

    return write


def byte_writer(general: Write, is_bool: bool) -> Write:
    """The same for a byte, which needs no packing, or for the byte of a bool."""
    trunc: Callable[[Any], int] = real_truth if is_bool else math.trunc
    exact = bool if is_bool else int

    def write(buffer: Buffer, value: Value) -> float | None:
        try:
            if buffer.plain:
                at = buffer.position
                buffer.data[at] = value if type(value) is exact else trunc(value)
                buffer.position = at = at + 1
                if at > buffer.used:
                    buffer.used = at
                return 0.0
        except REFUSED:
            pass
        return general(buffer, value)

    return write


def real_truth(value: Value) -> bool:
    """The truth of a real; TypeError for all else."""
    if type(value) is not float:
        raise TypeError
    return value > 0.5


def float_writer(type_: int, general: Write) -> Write:
    """The same for a type of floats: the plain value is a number, all others (strings, pointers) are looked at."""
    pack_into, size = CODECS[type_].pack_into, SIZES[type_]

    def write(buffer: Buffer, value: Value) -> float | None:
        if type(value) is float or type(value) is int:
            try:
                if buffer.plain:
                    at = buffer.position
                    pack_into(buffer.data, at, value)
                    buffer.position = at = at + size
                    if at > buffer.used:
                        buffer.used = at
                    return 0.0
            except REFUSED:
                pass
        return general(buffer, value)

    return write


def text_writer(general: Write) -> Write:
    """The same for a string that ends in a zero byte."""

    def write(buffer: Buffer, value: Value) -> float | None:
        if type(value) is str:
            try:
                piece = value.encode()
                end = buffer.position + len(piece) + 1
                if buffer.plain and end <= len(buffer.data):
                    buffer.data[buffer.position : end] = piece + b"\0"
                    buffer.position = end
                    if end > buffer.used:
                        buffer.used = end
                    return 0.0
            except REFUSED:
                pass
        return general(buffer, value)

    return write


def refused(buffer: Value, value: Value = None) -> None:
    """The result of a fast path that does not apply."""


SMALL = tuple(Int32(number) for number in range(256))
"""The values of a byte, made once."""


def reader(type_: int, general: Read) -> Read:
    """A function that reads one type from a plain buffer that holds it; `general` does all the rest."""
    if type_ == STRING:
        return text_reader(general)
    if type_ in (U8, BOOL):
        return byte_reader(general, type_ == BOOL)
    if type_ in FLOATS or type_ in (U32, U64):
        return number_reader(type_, general)
    unpack_from, size, small = CODECS[type_].unpack_from, SIZES[type_], SMALL

    def read(buffer: Buffer) -> Value:
        try:
            if buffer.plain:
                at = buffer.position
                (number,) = unpack_from(buffer.data, at)
                buffer.position = at + size
                return small[number] if 0 <= number < 256 else Int32(number)
        except REFUSED:
            pass
        return general(buffer)

    return read


def byte_reader(general: Read, is_bool: bool) -> Read:
    """The same for a byte, which needs no unpacking, or for the byte of a bool."""
    small = (SMALL[0], *(SMALL[1],) * 255) if is_bool else SMALL

    def read(buffer: Buffer) -> Value:
        try:
            if buffer.plain:
                at = buffer.position
                number = small[buffer.data[at]]
                buffer.position = at + 1
                return number
        except REFUSED:
            pass
        return general(buffer)

    return read


def number_reader(type_: int, general: Read) -> Read:
    """The same for the types whose values Python unpacks as they are."""
    unpack_from, size = CODECS[type_].unpack_from, SIZES[type_]

    def read(buffer: Buffer) -> Value:
        try:
            if buffer.plain:
                at = buffer.position
                (number,) = unpack_from(buffer.data, at)
                buffer.position = at + size
                return number
        except REFUSED:
            pass
        return general(buffer)

    return read


def text_reader(general: Read) -> Read:
    """The same for strings that end in a zero byte."""

    def read(buffer: Buffer) -> Value:
        try:
            if buffer.plain:
                at = buffer.position
                stop = buffer.data.index(0, at, buffer.used)
                buffer.position = stop + 1
                return buffer.data[at:stop].decode("utf-8", "replace")
        except REFUSED:
            pass
        return general(buffer)

    return read


def read_general(type_: int) -> Read:
    """`read` of any live buffer."""
    return lambda buffer: buffer.read(type_)


NO_TYPE: list[Value] = [None]


READERS = NO_TYPE + [reader(type_, read_general(type_)) for type_ in range(U8, TEXT)]
"""The readers of the data types, by number, for live buffers."""
WRITERS = NO_TYPE + [writer(type_, refused) for type_ in range(U8, TEXT)]
"""The writers of the data types, by number; one gives None where a call is not plain, and has written nothing."""
