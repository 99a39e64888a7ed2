"""Every function that reads a number from a text, with texts of all kinds: a value or a GML error comes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.evaluation import evaluate
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.runtime import Runtime, Settings

TEXTS = {
    "300 hexadecimal digits": "0x" + "f" * 300,
    "negative hexadecimal": "-$" + "f" * 300,
    "256 hexadecimal digits": "0x" + "f" * 256,
    "5001 digits": "9" * 5001,
    "minus 5001 digits": "-" + "9" * 5001,
    "400 digits": "9" * 400,
    "a long fraction": "0." + "9" * 5001,
    "a large exponent": "1e999",
    "a small exponent": "1e-999",
    "a long exponent": "1e" + "9" * 5001,
    "a control character": "\x1f1",
    "digits of another script": "\u0661\u0662",
    "superscript": "\u00b2",
    "a wide blank": "\u30001",
    "two signs": "+-1",
    "underscore": "1_000",
    "a word": "inf",
    "another word": "nan",
    "a zero byte": "1\0",
    "nothing": "",
}
READERS = {
    "real": "real(text)",
    "int64": "int64(text)",
    "ptr": "string(ptr(text))",
    "bool": "bool(text)",
    "number": "is_nan(text)",
    "arithmetic": "max(text, 1)",
    "condition": "text ? 1 : 0",
    "a real argument": "sin(text)",
    "a whole argument": 'string_repeat("a", text)',
    "an index": "array_get([1], text)",
    "ini": 'ini_open_from_string("[a]\\nk=" + text + "\\n"); ini_read_real("a", "k", 0)',
    "a text file": "file_text_read_real(file_text_open_from_string(text))",
    "json": "json_parse(text)",
    "json in an array": 'json_parse("[" + text + "]")',
    "json int64": 'json_parse("\\"@i64@" + text + "$i64$\\"")',
    "json reference": 'json_parse("\\"@ref ds_map(" + text + ")\\"")',
    "json map": "json_decode(text)",
    "placeholder": 'string("{" + text + "}", 1)',
    "handle": 'handle_parse("ref instance " + text)',
    "handle of a map": 'handle_parse("ref ds_map " + text)',
    "sorting": "var l = ds_list_create(); ds_list_add(l, text, 1, undefined); ds_list_sort(l, true); l[| 0]",
    "array sorting": "var a = [text, 1, undefined]; array_sort(a, true); a[0]",
    "buffer": "buffer_write(buffer_create(16, buffer_grow, 1), buffer_u64, text)",
    "buffer float": "buffer_write(buffer_create(16, buffer_grow, 1), buffer_f16, text)",
    "ds_list_read": "ds_list_read(ds_list_create(), text)",
    "colour": "make_colour_rgb(text, text, text)",
    "date": "date_create_datetime(text, text, text, text, text, text)",
    "bits": "text & 1",
    "shift": "1 << text",
    "format": "string_format(text, 5, 5)",
    "format width": "string_format(1, text, text)",
}
WAYS = [(reader, text) for reader in READERS for text in TEXTS]
EXPECTED = {
    ("real", "300 hexadecimal digits"): float("inf"),
    ("real", "negative hexadecimal"): float("-inf"),
    ("real", "400 digits"): float("inf"),
    ("int64", "5001 digits"): (1 << 63) - 1,
    ("int64", "minus 5001 digits"): -(1 << 63),
    ("ptr", "400 digits"): "null",
    ("ini", "a control character"): 0.0,
    ("ini", "400 digits"): float("inf"),
    ("a text file", "5001 digits"): float("inf"),
}


@pytest.mark.parametrize(("reader", "text"), WAYS)
def test_a_value_or_an_error(reader: str, text: str, tmp_path: Path) -> None:
    settings = Settings(arguments=[TEXTS[text]], program_dir=tmp_path, save_dir=tmp_path)
    rt, messages = Runtime(settings, backend=MemoryBackend()), list[str]()
    outcome = evaluate(
        f"var text = parameter_string(1); {READERS[reader]}", rt, lambda report: messages.append(report.message)
    )
    if (reader, text) in EXPECTED:
        assert (outcome.value, messages) == (EXPECTED[reader, text], [])
    else:
        assert outcome.exit_code == len(messages)
