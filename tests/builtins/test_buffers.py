"""Tests of what buffers promise for any values: every type and alignment, base64, zlib, the specialised writers."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.builtins import buffers as chapter
from gmlrun.builtins import encoding
from gmlrun.builtins.binding import bind
from gmlrun.builtins.catalogue import find
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime
from gmlrun.values import buffers, data_types
from gmlrun.values.buffers import Buffer
from gmlrun.values.containers import Handles
from gmlrun.values.model import Int32, Pointer
from tests.builtins.calls import call

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def whole(bits: int, signed: bool) -> st.SearchStrategy[int]:
    return st.integers(-(1 << bits - 1), (1 << bits - 1) - 1) if signed else st.integers(0, (1 << bits) - 1)


VALUES: dict[int, st.SearchStrategy[Any]] = {
    data_types.U8: whole(8, signed=False),
    data_types.S8: whole(8, signed=True),
    data_types.U16: whole(16, signed=False),
    data_types.S16: whole(16, signed=True),
    data_types.U32: whole(32, signed=False),
    data_types.S32: whole(32, signed=True),
    data_types.U64: whole(64, signed=True),
    data_types.F16: st.floats(width=16, allow_nan=False),
    data_types.F32: st.floats(width=32, allow_nan=False),
    data_types.F64: st.floats(allow_nan=False),
    data_types.BOOL: st.booleans(),
    data_types.STRING: TEXT,
}
WRITES = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(lambda type_: st.tuples(st.just(type_), VALUES[type_])), max_size=20
)


@given(WRITES, st.sampled_from([1, 2, 4, 8]))
def test_what_is_written_is_read_back(writes: list[tuple[int, Any]], alignment: int) -> None:
    made = Buffer(1, buffers.GROW, alignment)
    for type_, value in writes:
        assert made.write(type_, value) == 0
    made.seek(buffers.SEEK_START, 0)
    for type_, value in writes:
        assert made.read(type_) == value


@given(WRITES, st.sampled_from([1, 2, 4, 8]), st.integers(256, 300))
def test_a_wrap_buffer_reads_back_what_fits(writes: list[tuple[int, Any]], alignment: int, size: int) -> None:
    made = Buffer(size, buffers.WRAP, alignment)
    made.seek(buffers.SEEK_START, size - size % 8 - 8)
    start, short = made.position, [(t, v) for t, v in writes if t != data_types.STRING]
    for type_, value in short:
        made.write(type_, value)
    made.seek(buffers.SEEK_START, start)
    made.virtual = 0
    for type_, value in short:
        assert made.read(type_) == value


ODD = ["12", "2.5", "1_0", "nan", "", None, Int32(7), Pointer(4096), [], [1.0], lambda other, self: None]
ANYTHING = st.one_of(st.floats(), st.integers(-(1 << 63), (1 << 63) - 1), st.booleans(), st.sampled_from(ODD))


def outcome(call: Callable[..., Any], *args: Any) -> Any:
    """What a call returns, or that it is an error."""
    try:
        return call(*args)
    except GmlError:
        return GmlError


@pytest.mark.parametrize("kind", [buffers.FIXED, buffers.GROW, buffers.WRAP, buffers.FAST])
@pytest.mark.parametrize("alignment", [1.0, 4.0])
@given(
    name=st.sampled_from(sorted(chapter.WRITE_VARIANTS)), values=st.lists(ANYTHING, max_size=6), start=st.integers(0, 9)
)
def test_a_specialised_writer_does_what_the_general_one_does(
    kind: int, alignment: float, name: str, values: list[Any], start: int
) -> None:
    rt = Runtime()
    fast, slow = (call(rt, "buffer_create", 9, kind, int(alignment)) for _ in range(2))
    write = bind(find(chapter.__name__, chapter.WRITE_VARIANTS[name]), rt)
    for made in (fast, slow):
        made.seek(buffers.SEEK_START, start)
    for value in values:
        taken = [outcome(write, fast, value), outcome(slow.write, int(chapter.CONSTANTS[name]), value)]
        assert taken[0] == taken[1]
        assert (fast.data, fast.position, fast.used) == (slow.data, slow.position, slow.used)


@pytest.mark.parametrize("kind", [buffers.FIXED, buffers.GROW, buffers.WRAP, buffers.FAST])
@pytest.mark.parametrize("alignment", [1.0, 4.0])
@given(
    names=st.lists(st.sampled_from(sorted(chapter.READ_VARIANTS)), max_size=6),
    data=st.binary(min_size=1, max_size=20),
    start=st.integers(0, 20),
)
def test_a_specialised_reader_does_what_the_general_one_does(
    kind: int, alignment: float, names: list[str], data: bytes, start: int
) -> None:
    rt = Runtime()
    fast, slow = (call(rt, "buffer_create", len(data), kind, int(alignment)) for _ in range(2))
    for made in (fast, slow):
        made.put(0, data)
        made.seek(buffers.SEEK_START, start)
    for name in names:
        read = bind(find(chapter.__name__, chapter.READ_VARIANTS[name]), rt)
        assert found(read, fast) == found(slow.read, int(chapter.CONSTANTS[name]))
        assert fast.position == slow.position


def found(read: Callable[[Any], Any], argument: Any) -> tuple[type, str]:
    """What a read gives, with its type, or the error that it raises."""
    try:
        value = read(argument)
    except GmlError as error:
        return GmlError, error.message
    return type(value), repr(value)


def test_reading_a_deleted_buffer_or_a_number_of_one() -> None:
    rt = Runtime()
    made = call(rt, "buffer_create", 4, buffers.GROW, 1)
    read = bind(find(chapter.__name__, "__buffer_read_u8"), rt)
    assert read(made.index) == 0
    call(rt, "buffer_delete", made)
    for value in (made, 0.0, "text", None):
        with pytest.raises(GmlError):
            read(value)


@given(st.binary(min_size=1), st.sampled_from(sorted(data_types.SIZES)), st.integers(-3, 70))
def test_reading_any_bytes_is_a_value_or_a_gml_error(data: bytes, type_: int, at: int) -> None:
    made = Buffer(0, buffers.GROW, 1)
    made.put(0, data)
    made.peek(at, type_)
    made.seek(buffers.SEEK_START, at)
    with contextlib.suppress(GmlError):
        made.read(type_)


@given(st.sampled_from(sorted(data_types.FLOATS)), st.floats())
def test_any_float_can_be_written(type_: int, value: float) -> None:
    found = data_types.unpacked(data_types.packed(value, type_), 0, type_)
    assert math.isnan(found) == math.isnan(value)


@given(st.binary(min_size=1, max_size=2000))
def test_compressing_and_base64_give_the_bytes_back(data: bytes) -> None:
    rt = Runtime()
    made = chapter.buffer_of(rt.service(Handles), data)
    assert call(rt, "buffer_decompress", call(rt, "buffer_compress", made, 0, -1)).data == data
    text = chapter.buffer_base64_encode(made, 0, -1)
    assert call(rt, "buffer_base64_decode", text).data == data
    assert chapter.decoded("-".join(text.rstrip("="))) == data


@given(TEXT)
def test_base64_gives_the_string_back(text: str) -> None:
    assert encoding.base64_decode(encoding.base64_encode(text)) == text


@given(st.text())
def test_decoding_any_text_as_base64_gives_some_string(text: str) -> None:
    assert isinstance(encoding.base64_decode(text), str)


def test_a_string_for_a_number_is_refused_and_told_of_once() -> None:
    logged: list[str] = []
    rt = Runtime(log=logged.append)
    made = call(rt, "buffer_create", 8, buffers.GROW, 1)
    write = bind(find(chapter.__name__, "__buffer_write_f32"), rt)
    assert [write(made, "1.5"), chapter.buffer_write(rt, made, data_types.U8, "x")] == [buffers.INVALID_TYPE] * 2
    assert len(logged) == 1
    assert 'argument 3 of buffer_write: expected a number, got "1.5"' in logged[0]
    assert (made.position, made.used) == (0, 0)


@given(st.integers(0, 12), st.sampled_from([1, 2, 4, 8]), st.integers(-2, 14), st.integers(-1, 14), st.booleans())
def test_fill_repeats_a_value_item_by_item(total: int, alignment: int, offset: int, size: int, wraps: bool) -> None:
    for type_ in (data_types.U8, data_types.U16, data_types.U32, data_types.STRING, data_types.TEXT):
        made = Buffer(total, buffers.WRAP if wraps else buffers.FIXED, alignment)
        made.data[:] = bytes(range(100, 100 + total))
        expected = bytearray(made.data)
        value = "ab" if type_ in (data_types.STRING, data_types.TEXT) else 77
        start = offset % total if wraps and total else offset
        if 0 <= start < total:
            length = min(total if size < 0 else size, total if wraps else total - start)
            piece = data_types.packed(value, type_)
            for at in range(start, start + length):
                expected[at % total] = 0
            at = start + -start % alignment
            while at + len(piece) <= start + length:
                for byte in piece:
                    expected[at % total] = byte
                    at += 1
                at += -at % alignment
        made.fill(offset, type_, value, size)
        assert made.data == expected


@given(st.integers(1, 8), st.integers(-20, 20), st.binary(max_size=20))
def test_bytes_go_around_a_wrap_buffer_one_behind_the_other(size: int, offset: int, piece: bytes) -> None:
    made, expected = Buffer(size, buffers.WRAP), bytearray(size)
    for step, byte in enumerate(piece):
        expected[(offset + step) % size] = byte
    made.put(offset, piece)
    assert made.data == expected
    assert made.used == (min(size, offset % size + len(piece)) if piece else 0)
