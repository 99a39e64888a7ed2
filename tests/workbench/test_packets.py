"""The notation of packets: what is typed becomes bytes, bytes become what can be typed again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.workbench.packets import NUMBERS, PacketFault, encoded, guessed, packet, parse, read, shown_values
from gmlrun.workbench.views import Decoder, hex_lines, pattern_decoder

WRITTEN = [
    ('u8:3 u16:700 str:"hi"', b"\x03\xbc\x02hi\x00"),
    ('buffer_u8:255 buffer_string:""', b"\xff\x00"),
    ("s8:-1 s16:-2 s32:-3", b"\xff\xfe\xff\xfd\xff\xff\xff"),
    ("u64:18446744073709551615", b"\xff" * 8),
    ("u8:1,2,0x03,$ff", b"\x01\x02\x03\xff"),
    ("f32:0.5 f64:-1e3 f16:1", b"\x00\x00\x00?\x00\x00\x00\x00\x00@\x8f\xc0\x00<"),
    ("bool:true,false,1", b"\x01\x00\x01"),
    ('text:"a\\n\\x41\\u263A\\""', 'a\nA\u263a"'.encode()),
    ("hex:00ff hp=u16:1", b"\x00\xff\x01\x00"),
    ("", b""),
]


@pytest.mark.parametrize(("text", "data"), WRITTEN)
def test_a_packet_is_what_buffer_write_writes(text: str, data: bytes) -> None:
    assert packet(text) == data


FAULTS = [
    ("u8:256", 3, "256 does not fit", "0 to 255"),
    ("u8:3 s8:-129", 8, "-129 does not fit", "-128 to 127"),
    ("u8", 0, "the u8 has no value", "u8:1"),
    ("u8:1 u9:2", 5, "there is no type u9", "u8, s8"),
    ("u8:x", 3, "expected a whole number", "0 to 255"),
    ("u8:1.5", 3, "expected a whole number", ""),
    ("f32:abc", 4, "expected a number", "0.5"),
    ('str:"hi', 4, "a quote is missing", "inside"),
    ("str:hi", 4, "expected a string in quotes", ""),
    ('str:"a\\0b"', 4, "ends at its first zero byte", "text"),
    ("u8:1u16:2", 3, "expected a whole number", ""),
    ('str:"a"u8:1', 7, "expected a space", ""),
    ("hex:0", 5, "pairs", ""),
    ("3", 0, "expected a type", "u8"),
    ("u8* u8", 4, "nothing can follow", ""),
    ("u8*0", 3, "a count of at least 1", ""),
]


@pytest.mark.parametrize(("text", "at", "message", "allowed"), FAULTS)
def test_a_wrong_packet_is_marked_where_it_is_wrong(text: str, at: int, message: str, allowed: str) -> None:
    with pytest.raises(PacketFault) as caught:
        packet(text)
    assert (caught.value.at, message in caught.value.message) == (at, True), caught.value.lines()
    assert allowed in caught.value.allowed
    assert caught.value.lines()[2].index("^") == 4 + at


READ = [
    ("u8 u16 str", 'u8:3 u16:700 str:"hi"'),
    ("u8:3 hp=u16 name=str", 'u8:3 hp=u16:700 name=str:"hi"'),
    ("u8:4 u16 str", None),
    ("u8 u16", None),
    ("u8 u16 str u8", None),
    ("u8*6", "u8:3,188,2,104,105,0"),
    ("u8 rest=u8*", "u8:3 rest=u8:188,2,104,105,0"),
    ("u8 hex", "u8:3 hex:bc02686900"),
    ("hex*3 text", 'hex:03bc02 text:"hi\\0"'),
    ("u8 u32 u8 u8*", "u8:3 u32:1768424124 u8:0 u8*"),
    ("u8 u32 u16 u8*", None),
]


@pytest.mark.parametrize(("pattern", "shown"), READ)
def test_a_pattern_reads_packets_that_it_fits(pattern: str, shown: str | None) -> None:
    assert read(parse(pattern), b"\x03\xbc\x02hi\x00") == shown


def test_the_first_pattern_that_fits_is_taken() -> None:
    decoder = Decoder([pattern_decoder("u8:1 str"), pattern_decoder("u8:2 x=s16")])
    assert decoder.text(b"\x01ab\0") == 'u8:1 str:"ab"'
    assert decoder.text(b"\x02\xff\xff") == "u8:2 x=s16:-1"
    assert decoder.text(b"\x09\xff\xff") == "hex:09ffff"
    assert decoder.text(b"hello") == 'text:"hello"'
    assert decoder.text(b"hello\0") == 'str:"hello"'
    assert decoder.text(b"\x03hello\0you\0") == 'u8:3 str:"hello" str:"you"'


@given(st.binary(max_size=60))
def test_what_is_shown_can_be_typed(payload: bytes) -> None:
    text = guessed(payload)
    assert text == "(empty)" or packet(text) == payload


@given(st.binary(max_size=40), st.sampled_from(sorted(NUMBERS)))
def test_numbers_that_are_read_can_be_typed(payload: bytes, type_: str) -> None:
    shown = read(parse(f"{type_}*"), payload)
    if shown and ":" in shown and type_ not in ("bool", "f16", "f32", "f64"):
        assert packet(shown) == payload


@given(st.text(max_size=40))
def test_any_text_is_a_packet_or_a_fault_at_a_place_in_it(text: str) -> None:
    place = 0
    try:
        packet(text)
    except PacketFault as fault:
        place = fault.at
    assert 0 <= place <= len(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_string_survives_the_notation(text: str) -> None:
    assert packet(shown_values("str", (text,))) == encoded("str", text)


def test_the_hex_view_has_offsets_bytes_and_letters() -> None:
    assert list(hex_lines(b"0123456789abcdef\x00~\x7f")) == [
        "0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef",
        "0010  00 7e 7f                                         .~.",
    ]
