"""Buffers: bytes with a position, an alignment and a way to end. Manual: Buffers."""

from __future__ import annotations

from gmlrun.errors import GmlError
from gmlrun.values.containers import Mortal, no_such
from gmlrun.values.data_types import CODECS, SIZES, STRING, TEXT, U8, packed, unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

    from gmlrun.values.model import Value

FIXED, GROW, WRAP, FAST, VBUFFER = range(5)
SEEK_START, SEEK_RELATIVE, SEEK_END = range(3)
OK, OUT_OF_SPACE, INVALID_TYPE = 0.0, -2.0, -4.0


def outside(size: int, position: int, length: int) -> str:
    """The message of a read past the end."""
    unit = "byte" if size == 1 else "bytes"
    return f"Attempting to read from outside the buffer: {size} {unit} at position {position}, its size is {length}"


class OutsideBuffer(GmlError):
    """A read behind the end of a buffer."""

    def __init__(self, size: int, position: int, buffer: Buffer) -> None:
        super().__init__(outside(size, position, len(buffer.data)))
        self.buffer = buffer


LARGEST = (1 << 31) - 1


class Buffer(Mortal):
    """A buffer. `used` is how far it has been written to, in bytes."""

    __slots__ = ("alignment", "data", "is_packet", "plain", "position", "type", "used", "virtual")
    words = "buffer"

    def __init__(self, size: int, type_: int = GROW, alignment: int = 1) -> None:
        super().__init__("buffer", -1)
        self.data = bytearray(size)
        self.type = type_
        self.alignment = alignment
        self.position = 0
        self.used = 0
        self.live = True
        self.plain = alignment == 1 and type_ != FAST
        """Whether the fast paths apply: no alignment, any type; False when it has been deleted."""
        self.is_packet: bool
        """True for the buffer of an event with data; not set for any other."""
        self.virtual = 0
        """For a wrap buffer: what alignment adds to the position after it has wrapped."""

    def checked(self) -> Self:
        """The buffer itself; raises GmlError once it is deleted."""
        if not self.live:
            raise GmlError(no_such(Buffer, self))
        return self

    def refill(self, data: bytes) -> None:
        """Makes a buffer without alignment hold these bytes alone, with the position at the start."""
        self.data = bytearray(data)
        self.used = len(data)
        self.position = 0
        self.plain = True

    # --------------------------------------------------------------- position

    def align(self) -> int:
        """Moves the position up to the alignment; returns it."""
        at, alignment = self.position, self.alignment
        if alignment > 1:
            at += -(at + self.virtual) % alignment
        if self.type == WRAP and self.data:
            while at >= len(self.data):
                at -= len(self.data)
                self.virtual = (self.virtual + len(self.data)) % alignment
        self.position = at
        return at

    def seek(self, base: int, offset: int) -> int:
        """Moves the position; from the end, a positive offset goes back. Returns where it is."""
        size, at = len(self.data), self.position
        if base == SEEK_START:
            at = offset
        elif base == SEEK_RELATIVE:
            at += offset
        elif base == SEEK_END:
            at = size - offset
        if not 0 <= at <= size:
            at = at % size if self.type == WRAP and size else max(0, min(at, size))
        self.position = at
        return at

    def resize(self, size: int) -> None:
        """Sets the size exactly, whatever the kind; new bytes are zero."""
        if size < len(self.data):
            del self.data[size:]
        else:
            self.data.extend(bytes(size - len(self.data)))
        self.used = min(self.used, size)

    def make_room(self, end: int) -> bool:
        """Grows a grow buffer by doubling until it holds `end` bytes; returns whether the buffer holds them."""
        size = len(self.data)
        if end <= size:
            return True
        if self.type != GROW:
            return False
        wanted = max(size, 4)
        while wanted < end:
            wanted *= 2
        if wanted > LARGEST:
            return False
        self.data.extend(bytes(wanted - size))
        return True

    # ---------------------------------------------------------- write and read

    def write(self, type_: int, value: Value) -> float:
        """Writes at the position and moves it; returns 0 or an error code with nothing written."""
        if not self.takes(type_, value):
            return INVALID_TYPE
        piece = packed(value, type_)
        at = self.align()
        end = at + len(piece)
        if self.type == WRAP and end > len(self.data):
            return self._write_around(at, piece)
        if not self.make_room(end):
            return OUT_OF_SPACE
        self.data[at:end] = piece
        self.position = end
        if end > self.used:
            self.used = end
        return OK

    def _write_around(self, at: int, piece: bytes) -> float:
        """Writes over the end of a wrap buffer and on at its start."""
        size = len(self.data)
        if not size:
            return OUT_OF_SPACE
        self._put_around(at, piece)
        at = (at + len(piece)) % size
        self.used, self.position = size, at
        return OK

    def _put_around(self, at: int, piece: bytes) -> None:
        """Puts bytes into a wrap buffer, which is not empty; only the last ones stay of what is longer than it."""
        size = len(self.data)
        self.used = max(self.used, min(size, at + len(piece)))
        skipped = max(0, len(piece) - size)
        at, piece = (at + skipped) % size, piece[skipped:]
        before_end = min(len(piece), size - at)
        self.data[at : at + before_end] = piece[:before_end]
        self.data[: len(piece) - before_end] = piece[before_end:]

    def read(self, type_: int) -> Value:
        """Reads at the position and moves it; raises GmlError behind the end, where strings are empty."""
        if type_ in (STRING, TEXT):
            return self._read_text()
        if type_ not in CODECS:
            raise GmlError("buffer_read: invalid data type")
        at, size = self.align(), SIZES[type_]
        if at + size > len(self.data):
            if self.type != WRAP or not self.data:
                raise OutsideBuffer(size, at, self)
            data = bytes(self.data[(at + n) % len(self.data)] for n in range(size))
            self.position = (at + size) % len(self.data)
            return unpacked(data, 0, type_)
        self.position = at + size
        return unpacked(self.data, at, type_)

    def _read_text(self) -> str:
        """A string: up to the first zero byte, which is taken too, or to the used size."""
        at = self.align()
        end = self.used if self.used > at else at
        stop = self.data.find(0, at, end)
        if stop < 0 and self.type == WRAP and end == len(self.data):
            return self._read_around(at)
        self.position = end if stop < 0 else stop + 1
        return self.data[at : end if stop < 0 else stop].decode("utf-8", "replace")

    def _read_around(self, at: int) -> str:
        """A string that continues at the start of a wrap buffer; it ends where it began, at the latest."""
        stop = self.data.find(0, 0, at)
        end = at if stop < 0 else stop
        self.position = end if stop < 0 else stop + 1
        return (self.data[at:] + self.data[:end]).decode("utf-8", "replace")

    def peek(self, offset: int, type_: int) -> Value:
        """The value at an offset, undefined outside; moves nothing."""
        size = len(self.data)
        if self.type == WRAP and size:
            offset %= size
        if type_ in (STRING, TEXT):
            return self._peek_text(offset)
        if type_ not in CODECS:
            return None
        if offset < 0 or offset + SIZES[type_] > size:
            if self.type == WRAP and size:
                return unpacked(bytes(self.data[(offset + n) % size] for n in range(SIZES[type_])), 0, type_)
            return None
        return unpacked(self.data, offset, type_)

    def _peek_text(self, offset: int) -> Value:
        if not 0 <= offset <= len(self.data):
            return None
        before, self.position = self.position, offset
        text = self._read_text() if self.alignment == 1 else self._unaligned_text()
        self.position = before
        return text

    def _unaligned_text(self) -> str:
        alignment, self.alignment = self.alignment, 1
        text = self._read_text()
        self.alignment = alignment
        return text

    def poke(self, offset: int, type_: int, value: Value) -> None:
        """Writes at an offset without moving; what lies outside is left out."""
        if type_ not in SIZES:
            raise GmlError("buffer_poke: invalid data type")
        size = len(self.data)
        if self.type != WRAP and not 0 <= offset <= size - max(1, SIZES[type_]):
            return
        piece = packed(value, type_)
        if self.type == WRAP and size:
            self._put_around(offset % size, piece)
        elif offset >= 0 and offset + len(piece) <= size:
            self.data[offset : offset + len(piece)] = piece
            self.used = max(self.used, offset + len(piece))

    # ----------------------------------------------------------------- regions

    def region(self, offset: int, size: int) -> bytes:
        """The bytes of a region: a negative size is the whole, the rest is clipped (or wrapped).

        An offset at or behind the end means nothing, unless the buffer wraps.
        """
        total = len(self.data)
        if not total or (offset >= total and self.type != WRAP):
            return b""
        size = total if size < 0 else size
        if self.type == WRAP:
            offset %= total
            return bytes((self.data[offset:] + self.data[:offset])[: min(size, total)])
        offset = max(0, offset)
        return bytes(self.data[offset : offset + size])

    def put(self, offset: int, piece: bytes) -> None:
        """Copies bytes in: a grow buffer is made exactly large enough, others clip, a wrap buffer wraps."""
        size = len(self.data)
        if not piece:
            return
        if self.type == WRAP and size:
            self._put_around(offset % size, piece)
            return
        offset = max(0, offset)
        if offset + len(piece) > LARGEST:
            raise GmlError(f"a buffer cannot grow to {offset + len(piece)} bytes")
        if offset + len(piece) > size and (self.type == GROW or not size):
            self.resize(offset + len(piece))
        if offset >= len(self.data):
            return
        piece = piece[: len(self.data) - offset]
        self.data[offset : offset + len(piece)] = piece
        self.used = max(self.used, offset + len(piece))

    def fill(self, offset: int, type_: int, value: Value, size: int) -> float:
        """Repeats a value over a region, aligned from the buffer's start; what no whole item fills becomes zero.

        Never grows; goes on at the start of a wrap buffer. Returns 0, or an error code with nothing written.
        """
        if not self.takes(type_, value):
            return INVALID_TYPE
        total = len(self.data)
        if self.type == WRAP and total:
            offset %= total
        if not 0 <= offset < total:
            return OK
        size = min(total if size < 0 else size, total if self.type == WRAP else total - offset)
        piece = packed(value, type_)
        first = -offset % self.alignment
        step = max(1, len(piece) + -len(piece) % self.alignment)
        items = piece.ljust(step, b"\0") * max(0, (size - first - len(piece)) // step + 1)
        self.put(offset, (bytes(first) + items).ljust(size, b"\0")[:size])
        return OK

    def takes(self, type_: int, value: Value) -> bool:
        """Whether there is such a data type, this kind of buffer has it, and it is not a string for a number."""
        if type_ not in SIZES or (self.type == FAST and type_ != U8):
            return False
        return type(value) is not str or type_ in (STRING, TEXT)


# Fast paths for one data type each: what `buffer_write(b, buffer_u8, v)` is compiled to.
