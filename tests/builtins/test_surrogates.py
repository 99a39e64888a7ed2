"""Text has no lone surrogates, wherever it comes from: each way in, and each function that writes text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmlrun.builtins import encoding, json_reading
from gmlrun.errors import GmlError
from gmlrun.evaluation import evaluate
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.project.yy import parse_yy
from gmlrun.runtime import Runtime, Settings
from gmlrun.values.model import Struct, own_variables
from gmlrun.values.unicode import clean, clean_escapes, utf8
from tests.builtins.calls import call

ANY_TEXT = st.text(st.characters() | st.characters(categories=["Cs"]), max_size=20)
FRAGMENTS = st.lists(
    st.sampled_from(["\\ud800", "\\uDFFF", "\\ud83d\\ude00", "\\\\", "\\n", "ud800", "é", "\\u0041", '\\"', "x"])
)

INTO_BUFFER = "var b = buffer_create(8, buffer_grow, 1);"
WAYS = {
    "json_parse": (r"""json_parse("{\"name\":\"\\ud800\"}").name""", "\ufffd"),
    "a key of json_parse": (r"""struct_get_names(json_parse("{\"\\udc80\":1}"))[0]""", "\ufffd"),
    "a pair stays": (r"""json_parse("\"\\ud83d\\ude00\"")""", "😀"),
    "json_decode": (r"""json_decode("{\"a\":\"\\udfff!\"}")[? "a"]""", "\ufffd!"),
    "an escape in a string": (r'"\ud800"', "\ufffd"),
    "chr": ('chr($d800) + "."', "."),
    "base64_decode": ('base64_decode("7aCA")', "\ufffd" * 3),
    "string_set_byte_at": ('string_set_byte_at("é", 2, 65)', "\ufffdA"),
    "an argument": ("parameter_string(1)", "\ufffd"),
    "the environment": ('environment_get_variable("GMLRUN_TEST_TEXT")', "\ufffd"),
    "the name of a file": ('file_find_first("*.odd", 0)', "\ufffd.odd"),
    "the program's name": ("game_display_name", "\ufffd"),
}


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    """A game into which lone surrogates come from all sides."""
    monkeypatch.setenv("GMLRUN_TEST_TEXT", "\udcff")
    if os.name == "posix":
        (tmp_path / "\udcff.odd").write_bytes(b"")
    settings = Settings(arguments=["\udcff"], program_name="\udcff", program_dir=tmp_path, save_dir=tmp_path / "save")
    return Runtime(settings, log=lambda line: None, backend=MemoryBackend())


def result(code: str, rt: Runtime) -> Any:
    messages: list[str] = []
    outcome = evaluate(code, rt, lambda report: messages.append(report.message))
    assert messages == []
    return outcome.value


@pytest.mark.parametrize("way", WAYS)
def test_ways_in(way: str, runtime: Runtime) -> None:
    code, expected = WAYS[way]
    assert result(code, runtime) == expected


def test_a_text_from_a_packet_can_be_sent_on(runtime: Runtime) -> None:
    code = r"""
        var msg = json_parse("{\"name\":\"\\ud800\"}");
        var b = buffer_create(8, buffer_grow, 1);
        buffer_write(b, buffer_string, msg.name);
        buffer_seek(b, buffer_seek_start, 0);
        buffer_read(b, buffer_string);
    """
    assert result(code, runtime) == "\ufffd"


@pytest.mark.parametrize("words", [["eval", "CODE"], ["run", "FILE", "--exec", "CODE"]])
def test_code_on_the_command_line(words: list[str], environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "empty.gml"
    path.write_text("// nothing", encoding="utf-8")
    code = b'show_debug_message("\xff" == chr(65533))'
    given = [str(path) if word == "FILE" else code if word == "CODE" else word for word in words]
    command = [sys.executable, "-m", "gmlrun", *given]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=tmp_path, timeout=25)
    assert (done.stdout, done.stderr, done.returncode) == (b"1\n", b"", 0)


@given(ANY_TEXT)
def test_clean_text_is_unicode_and_is_left_alone(text: str) -> None:
    made = clean(text)
    assert made.encode() == utf8(text)
    assert clean(made) == made
    if not any("\ud800" <= character <= "\udfff" for character in text):
        assert made == text


@given(FRAGMENTS)
def test_json_with_any_escapes(fragments: list[str]) -> None:
    text = '{"' + "".join(fragments) + '": "' + "".join(fragments) + '"}'
    found = json_reading.Reviver(Runtime(), True).value("", json_reading.raw(text))
    assert isinstance(found, Struct)
    for name, value in own_variables(found):
        assert name == value == clean(json.loads(text).popitem()[1])
    assert parse_yy(text) == json_reading.raw(text)
    assert len(clean_escapes(text)) == len(text)


@given(st.binary(max_size=20), st.integers(1, 20), st.integers(-300, 300))
def test_bytes_as_text(data: bytes, at: int, byte: int) -> None:
    import base64

    encoding.base64_decode(base64.b64encode(data).decode()).encode()
    try:
        call(Runtime(), "string_set_byte_at", data.decode("latin-1"), at, byte).encode()
    except GmlError:
        assert at > len(utf8(data.decode("latin-1")))
