"""The Buffers chapter. Manual: Buffers."""

from __future__ import annotations

import base64
import hashlib
import zlib

from gmlrun.builtins.binding import wrong_argument
from gmlrun.builtins.registry import ARGUMENT_TYPES, Chapter, Int, Real, String, handle_type
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values import buffer_access, buffers, data_types
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import Handles
from gmlrun.values.model import Pointer, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

chapter = Chapter("Buffers")


def live_buffer(handles: Handles, value: Value) -> Buffer:
    """The buffer that a handle or an index means; raises GmlError for a deleted one."""
    if type(value) is Buffer and value.live:
        return value
    return handles.get(Buffer, value)


if TYPE_CHECKING:
    BufferArg: TypeAlias = Buffer
else:
    BufferArg = handle_type(Buffer, "Id.Buffer", "a buffer")

CONSTANTS: dict[str, float] = {
    "buffer_fixed": 0.0,
    "buffer_grow": 1.0,
    "buffer_wrap": 2.0,
    "buffer_fast": 3.0,
    "buffer_vbuffer": 4.0,
    "buffer_seek_start": 0.0,
    "buffer_seek_relative": 1.0,
    "buffer_seek_end": 2.0,
    "buffer_error_general": -1.0,
    "buffer_error_out_of_space": -2.0,
    "buffer_error_invalid_type": -4.0,
    "buffer_u8": 1.0,
    "buffer_s8": 2.0,
    "buffer_u16": 3.0,
    "buffer_s16": 4.0,
    "buffer_u32": 5.0,
    "buffer_s32": 6.0,
    "buffer_f16": 7.0,
    "buffer_f32": 8.0,
    "buffer_f64": 9.0,
    "buffer_bool": 10.0,
    "buffer_string": 11.0,
    "buffer_u64": 12.0,
    "buffer_text": 13.0,
}


def power_of_two(alignment: int) -> int:
    """An alignment as buffers keep it: 9 bits, rounded up to a power of two."""
    masked = max(1, alignment & 0x1FF)
    return 1 << (masked - 1).bit_length()


@chapter
def buffer_create(handles: Handles, size: Int, type: Int, alignment: Int) -> Value:
    """Makes a buffer of zeros and returns its handle.

    SIZE in bytes, below 2**31; raises for an unknown TYPE.
    """
    if not 0 <= type <= 4:
        raise GmlError("buffer_create: invalid buffer type")
    if not 0 <= size <= buffers.LARGEST:
        raise GmlError(f"buffer_create: invalid size {size}")
    return handles.add(Buffer(size, type, power_of_two(alignment)))


@chapter
def buffer_delete(handles: Handles, buffer: BufferArg) -> None:
    """Deletes a buffer and frees its memory."""
    buffer.live = buffer.plain = False
    buffer.data = bytearray()
    handles.free(buffer)


@chapter
def buffer_exists(handles: Handles, buffer: Value) -> bool:
    """Whether a handle means a buffer that has not been deleted."""
    return handles.find(Buffer, buffer) is not None


WRITE_VARIANTS = {
    f"buffer_{name}": f"__buffer_write_{name}"
    for name in ("u8", "s8", "u16", "s16", "u32", "s32", "f16", "f32", "f64", "u64", "bool", "string")
}


@chapter.variants(1, WRITE_VARIANTS)
def buffer_write(rt: Runtime, buffer: BufferArg, type: Int, value: Value) -> float:
    """Writes a value at the buffer's position, which moves behind it.

    Returns 0, or a buffer_error constant with nothing written.
    """
    return written(rt, buffer, type, value)


def written(rt: Runtime, buffer: Buffer, type_: int, value: Value) -> float:
    """Writes a value; raises GmlError that names the argument for one that the type cannot hold."""
    try:
        result = buffer.write(type_, value)
        if result == buffers.INVALID_TYPE and type(value) is str and type_ in data_types.SIZES:
            words = f'argument 3 of buffer_write: expected a number, got "{value[:20]}": nothing was written'
            rt.warn_once("buffer_write of a string", words)
        return result
    except GmlError:
        raise_unfit(rt, "buffer_write", 3, value)
        raise


def raise_unfit(rt: Runtime, name: str, position: int, value: Value) -> None:
    """Raises GmlError for an argument that should be a number and is none."""
    wrong_argument(rt, ARGUMENT_TYPES["Real"], name, position, value)


READ_VARIANTS = {name: made.replace("_write_", "_read_") for name, made in WRITE_VARIANTS.items()}


def _writing(name: str, type_: int) -> Callable[..., Value]:
    """`buffer_write` for one constant type."""

    def bound(rt: Runtime) -> buffer_access.Write:
        return buffer_access.writer(
            type_, lambda buffer, value: written(rt, live_buffer(rt.service(Handles), buffer), type_, value)
        )

    def specialised(rt: Runtime, buffer: Value, value: Value) -> float | None:
        return bound(rt)(buffer, value)

    specialised.__name__ = name
    specialised.__doc__ = f"buffer_write with the type {name.removeprefix('__buffer_write_')}."
    return chapter.direct(specialised, bound)


def _reading(name: str, type_: int) -> Callable[..., Value]:
    """`buffer_read` for one constant type."""

    def bound(rt: Runtime) -> buffer_access.Read:
        return buffer_access.reader(type_, lambda buffer: live_buffer(rt.service(Handles), buffer).read(type_))

    def specialised(rt: Runtime, buffer: Value) -> Value:
        return bound(rt)(buffer)

    specialised.__name__ = name
    specialised.__doc__ = f"buffer_read with the type {name.removeprefix('__buffer_read_')}."
    return chapter.direct(specialised, bound)


globals().update({made: _writing(made, int(CONSTANTS[name])) for name, made in WRITE_VARIANTS.items()})
globals().update({made: _reading(made, int(CONSTANTS[name])) for name, made in READ_VARIANTS.items()})


@chapter.variants(1, READ_VARIANTS)
def buffer_read(buffer: BufferArg, type: Int) -> Value:
    """Reads a value at the buffer's position, which moves behind it.

    Raises when a number would be read from behind the end; a string there is empty.
    """
    return buffer.read(type)


@chapter
def buffer_peek(buffer: BufferArg, offset: Int, type: Int) -> Value:
    """Reads a value at an offset in bytes without moving; undefined outside the buffer."""
    return buffer.peek(offset, type)


@chapter
def buffer_poke(rt: Runtime, buffer: BufferArg, offset: Int, type: Int, value: Value) -> None:
    """Writes a value at an offset in bytes without moving; does nothing outside the buffer."""
    try:
        buffer.poke(offset, type, value)
    except GmlError:
        raise_unfit(rt, "buffer_poke", 4, value)
        raise


@chapter
def buffer_seek(buffer: BufferArg, base: Int, offset: Int) -> Real:
    """Moves the position, from the start, from where it is or back from the end; returns it."""
    return buffer.seek(base, offset)


@chapter
def buffer_tell(buffer: BufferArg) -> Real:
    """The position, in bytes from the start."""
    return buffer.position


@chapter
def buffer_fill(buffer: BufferArg, offset: Int, type: Int, value: Value, size: Int) -> float:
    """Fills SIZE bytes from OFFSET on with a repeated value; never makes the buffer larger.

    Returns 0, or buffer_error_invalid_type with nothing written.
    """
    return buffer.fill(offset, type, value, size)


@chapter
def buffer_resize(buffer: BufferArg, newsize: Int) -> None:
    """Sets the size in bytes; what is new is zero."""
    if not 0 <= newsize <= buffers.LARGEST:
        raise GmlError(f"buffer_resize: invalid size {newsize}")
    buffer.resize(newsize)


@chapter
def buffer_get_size(buffer: BufferArg) -> Real:
    """The size in bytes."""
    return len(buffer.data)


@chapter
def buffer_get_used_size(buffer: BufferArg) -> Real:
    """How far the buffer has been written to, in bytes."""
    return buffer.used


@chapter
def buffer_set_used_size(buffer: BufferArg, size: Int) -> None:
    """Sets how far the buffer counts as written, within its size."""
    buffer.used = max(0, min(size, len(buffer.data)))


@chapter
def buffer_get_type(buffer: BufferArg) -> Real:
    """The kind of buffer: buffer_fixed, buffer_grow, buffer_wrap, buffer_fast or buffer_vbuffer."""
    return buffer.type


@chapter
def buffer_get_alignment(buffer: BufferArg) -> Real:
    """The alignment in bytes."""
    return buffer.alignment


@chapter
def buffer_get_address(buffer: BufferArg) -> Value:
    """An opaque pointer to the buffer's memory."""
    return Pointer(id(buffer.data))


@chapter
def buffer_sizeof(type: Int) -> Real:
    """Bytes that a data type takes; 0 for strings."""
    return data_types.SIZES.get(type, 0)


@chapter
def buffer_copy(src_buffer: BufferArg, src_offset: Int, size: Int, dest_buffer: BufferArg, dest_offset: Int) -> None:
    """Copies a region into another buffer; a grow buffer is made large enough."""
    dest_buffer.put(dest_offset, src_buffer.region(src_offset, size))


@chapter
def buffer_copy_stride(
    src_buffer: BufferArg,
    src_offset: Int,
    src_size: Int,
    src_stride: Int,
    src_count: Int,
    dest_buffer: BufferArg,
    dest_offset: Int,
    dest_stride: Int,
) -> None:
    """Copies COUNT pieces of SIZE bytes that stand STRIDE bytes apart, to another stride."""
    if src_size < 0 or src_count < 0 or src_buffer is dest_buffer:
        raise GmlError("buffer_copy_stride: invalid size, count or destination")
    source = src_offset + (len(src_buffer.data) if src_offset < 0 else 0)
    target = dest_offset + (len(dest_buffer.data) if dest_offset < 0 else 0)
    for _ in range(src_count if src_size else 0):
        if not (reaches(src_buffer, source) and has_place(dest_buffer, target)):
            return
        piece = src_buffer.region(source, src_size)
        dest_buffer.put(target, piece)
        if len(piece) < src_size:
            return
        source, target = source + src_stride, target + dest_stride


def has_place(buffer: Buffer, offset: int) -> bool:
    """Whether bytes can be copied to an offset of a buffer; one that grows is made large enough."""
    return reaches(buffer, offset) or (buffer.type == buffers.GROW and offset >= 0)


def reaches(buffer: Buffer, offset: int) -> bool:
    """Whether an offset is inside a buffer; in a wrap buffer each one is."""
    return buffer.type == buffers.WRAP or 0 <= offset < len(buffer.data)


# ------------------------------------------------------------ hashes and codings


@chapter
def buffer_md5(buffer: BufferArg, offset: Int, size: Int) -> str:
    """The MD5 of a region, in lower-case hexadecimal."""
    return hashlib.md5(buffer.region(offset, size), usedforsecurity=False).hexdigest()


@chapter
def buffer_sha1(buffer: BufferArg, offset: Int, size: Int) -> str:
    """The SHA-1 of a region, in lower-case hexadecimal."""
    return hashlib.sha1(buffer.region(offset, size), usedforsecurity=False).hexdigest()


@chapter
def buffer_crc32(buffer: BufferArg, offset: Int, size: Int) -> Real:
    """The CRC-32 of a region as GameMaker has it: without the final complement."""
    return zlib.crc32(buffer.region(offset, size)) ^ 0xFFFFFFFF


@chapter
def buffer_base64_encode(buffer: BufferArg, offset: Int, size: Int) -> str:
    """A region as base64."""
    return base64.b64encode(buffer.region(offset, size)).decode("ascii")


def decoded(text: str) -> bytes:
    """The bytes of a base64 text; other characters are passed over."""
    try:
        return base64.b64decode(text)
    except ValueError:
        kept = "".join(c for c in text if c.isascii() and (c.isalnum() or c in "+/"))
        usable = kept[: len(kept) - (len(kept) % 4 == 1)]
        return base64.b64decode(usable + "=" * (-len(usable) % 4))


@chapter
def buffer_base64_decode(handles: Handles, string: String) -> Value:
    """A new grow buffer with the bytes of a base64 text."""
    return buffer_of(handles, decoded(string))


@chapter
def buffer_base64_decode_ext(buffer: BufferArg, string: String, offset: Int) -> None:
    """Writes the bytes of a base64 text into a buffer from an offset on."""
    buffer.put(offset, decoded(string))


def buffer_of(handles: Handles, data: bytes, type_: int = buffers.GROW) -> Buffer:
    """A new buffer that holds exactly these bytes."""
    made = Buffer(0, type_, 1)
    made.data[:] = data
    made.used = len(data)
    return handles.add(made)


@chapter
def buffer_compress(handles: Handles, buffer: BufferArg, offset: Int, size: Int) -> Value:
    """A new buffer with a region compressed by zlib; -1 when there is nothing to compress."""
    data = buffer.region(offset, size)
    return buffer_of(handles, zlib.compress(data), buffers.FIXED) if data else -1.0


@chapter
def buffer_decompress(rt: Runtime, handles: Handles, buffer: BufferArg) -> Value:
    """A new buffer with what zlib had compressed; -1 when the buffer does not hold that."""
    stream = zlib.decompressobj()
    try:
        most = rt.settings.max_unpack
        limit = buffers.LARGEST if most is None else max(1, min(most, buffers.LARGEST))  # zlib takes 0 for no limit
        data = stream.decompress(bytes(buffer.data[: buffer.used]), limit)
    except zlib.error as error:
        rt.log(f"buffer_decompress: {error}")
        return -1.0
    if not stream.eof:
        rt.log(f"buffer_decompress: the data ends too early, or unpacks to more than {limit >> 20} MiB (--max-unpack)")
        return -1.0
    return buffer_of(handles, data)
