"""Readers of text and bytes with damaged input: a value or a GML error comes out."""

from __future__ import annotations

import random

from fuzz.engine import Fuzzer, Parts
from fuzz.game import run_code

TEXTS = (
    *('{"', '":', "[", "]", "{", "}", ",", ":", '"', "\\", "\\u", "d800", "\\ud83d\\ude00", "null", "true", "1e5", "-"),
    *("@i64@", "$i64$", "@@nan$$", "@ref ds_map(0)", "0x", "$", ".", "e", "E+", "9" * 400, "0" * 30, " ", "\t", "\n"),
    *("\r\n", "=", "[a]", "k=", ";", "#", "'", "a", "é", "\ufffd", "\x1f", "\x7f", "﻿", "%", "2F010000", "93010000"),
    *("5B020000", "01000000", "00000000", "FFFFFFFF", "0000000000000000", "TQ==", "====", "+/", "1", "12", "true"),
)
PIECES = (
    *(b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\x14\0\0\0\x08\0", b"\0" * 22, b"../x", b"a.txt", b"\xff\xff\xff\xff"),
    *(
        b"\x78\x9c",
        b"\x78\xda",
        b"\x4b\x4c\x04\0",
        b"\x1f\x8b",
        b"\0",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xc3\x28",
        b"a,b\r\n",
    ),
    *(b'"a""', b'"', b",", b"\n", b"\xef\xbb\xbf", b"[a]\nk=", b"{", b"1", b"-1.5", b"  ", b"x" * 40),
)
TEXT_READERS = (
    *("json_parse(text)", "json_decode(text)", 'ini_open_from_string(text); ini_read_real("a", "k", 1); ini_close()'),
    *("base64_decode(text)", "buffer_base64_decode(text)", "ds_list_read(ds_list_create(), text)"),
    *("ds_map_read(ds_map_create(), text)", "ds_grid_read(ds_grid_create(1, 1), text)"),
    *("ds_stack_read(ds_stack_create(), text)", "ds_queue_read(ds_queue_create(), text)"),
    *("ds_priority_read(ds_priority_create(), text)", "real(text)", "int64(text)", "ptr(text)", "bool(text)"),
    *(
        "handle_parse(text)",
        "string(text, 1, 2)",
        "string_split(text, chr(10))",
        "date_create_datetime(text, text, 1, 1, 1, 1)",
    ),
    *("file_text_read_real(file_text_open_from_string(text))", "json_parse(text, function(k, v) { return v; })"),
    *("buffer_base64_decode_ext(buffer_create(4, buffer_grow, 1), text, 3)", "json_stringify(json_parse(text), true)"),
)
FILE_READERS = (
    *('load_csv("in")', 'zip_unzip("in", "out")', 'ini_open("in"); ini_read_string("a", "k", ""); ini_close()'),
    *('buffer_decompress(buffer_load("in"))', 'ds_map_secure_load("in")', 'md5_file("in")', 'sha1_file("in")'),
    *('var f = file_text_open_read("in"); while (!file_text_eof(f)) { file_text_read_real(f); file_text_readln(f); }',),
    *('var f = file_bin_open("in", 2); file_bin_seek(f, 5); file_bin_read_byte(f)',),
    *(
        f'var b = buffer_load("in"); repeat (5) buffer_read(b, {type_})'
        for type_ in (
            "buffer_string",
            "buffer_text",
            "buffer_f16",
            "buffer_u64",
            "buffer_bool",
            "buffer_s8",
            "buffer_f64",
        )
    ),
    *('var b = buffer_load("in"); buffer_peek(b, 3, buffer_string); buffer_crc32(b, 0, 99); buffer_get_size(b)',),
    *('var b = buffer_load("in"); buffer_set_used_size(b, 3); json_parse(buffer_read(b, buffer_text))',),
)


ATOMS = (
    "null",
    "true",
    "1e5",
    "-0",
    "12",
    '""',
    '"a"',
    '"\\ud83d"',
    '"@i64@7$i64$"',
    '"@ref ds_map(0)"',
    '"@@nan$$"',
    "1.5",
)
"""Values that are JSON by themselves."""
KEYS = ('"a"', '""', '"é"', '"toString"', '"self"', '"__class__"')


def document(rng: random.Random, depth: int = 3) -> list[str]:
    """The pieces of a JSON text without a fault."""
    roll = rng.random()
    if depth == 0 or roll < 0.3:
        return [rng.choice(ATOMS)]
    opening, closing = "[]" if roll < 0.6 else "{}"
    pieces = [opening]
    for number in range(rng.randrange(4)):
        pieces += [","] if number else []
        pieces += [rng.choice(KEYS), ":"] if opening == "{" else []
        pieces += document(rng, depth - 1)
    return [*pieces, closing]


def damaged(rng: random.Random, pieces: list[str]) -> list[str]:
    """The pieces with none, one or two of them missing or replaced, or another one between them."""
    for _ in range(rng.randrange(3)):
        at = rng.randrange(len(pieces) + 1)
        pieces[at : at + rng.randrange(2)] = rng.choices(TEXTS, k=rng.randrange(2))
    return pieces


def make(rng: random.Random) -> Parts:
    """A reader, and pieces of what it reads."""
    is_text = rng.random() < 0.5
    reader = rng.choice(TEXT_READERS if is_text else FILE_READERS)
    size = rng.choice((3, 10, 40))
    if is_text and "json" in reader:
        return [Reader(reader), *damaged(rng, document(rng))]
    if is_text:
        return [Reader(reader), *rng.choices(TEXTS, k=size)]
    return [Reader(reader), *(rng.choice(PIECES) if rng.random() < 0.8 else rng.randbytes(4) for _ in range(size))]


class Reader(str):
    """The code that reads, among the parts of what is read."""

    __slots__ = ()


def split(parts: Parts) -> tuple[str, str, bytes]:
    code = next((part for part in parts if isinstance(part, Reader)), "")
    text = "".join(part for part in parts if isinstance(part, str) and not isinstance(part, Reader))
    return code, text, b"".join(part for part in parts if isinstance(part, bytes))


def run(parts: Parts) -> None:
    code, text, data = split(parts)
    run_code(f"var text = parameter_string(1);\n{code};", [text], {"in": data})


def show(parts: Parts) -> str:
    code, text, data = split(parts)
    return f"{code}\ntext = {text!r}\nthe file in = {data!r}"


FUZZER = Fuzzer("readers", make, run, show)
