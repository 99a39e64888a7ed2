"""What is offered at the cursor, and the signature of the call around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.repl.completion import OpenCall, call_around, candidates, signature_shown
from gmlrun.repl.names import SessionNames
from gmlrun.repl.printer import plain
from gmlrun.repl.session import Session, TextResult
from gmlrun.runtime import Runtime

PROGRAM = """
enum Packet { HELLO, GOODBYE }
#macro LARGEST 5
function send_everyone(buffer, size) { return size; }
function Client(socket) constructor { self.socket = socket; name = "n"; static greet = function() { return 1; }; }
object obj_guest { event create { hitpoints = 3; } }
player = { position: { xx: 1, yy: 2 }, score_: 4 };
client = new Client(1);
var local_thing = 5;
global.shared_thing = 1;
guest = instance_create_depth(0, 0, 0, obj_guest);
"""


@pytest.fixture(scope="module")
def names() -> SessionNames:
    session = Session(Runtime(log=lambda line: None, backend=MemoryBackend()))
    session.start()
    assert isinstance(session.feed(PROGRAM), TextResult)
    return SessionNames(lambda: session)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("local_", "local_thing"),
        ("x = play", "player"),
        ("send_ev", "send_everyone"),
        ("Pack", "Packet"),
        ("Packet.", "GOODBYE"),
        ("f(Packet.H", "HELLO"),
        ("LARG", "LARGEST"),
        ("obj_g", "obj_guest"),
        ("string_cop", "string_copy"),
        ("c_r", "c_red"),
        ("async_lo", "async_load"),
        ("whi", "while"),
        ("image_ang", "image_angle"),
        ("player.", "position"),
        ("player.position.", "yy"),
        ("client.na", "name"),
        ("client.gr", "greet"),
        ("guest.hit", "hitpoints"),
        ("obj_guest.hit", "hitpoints"),
        ("global.sh", "shared_thing"),
        ("self.cli", "client"),
        ("event async_ne", "async_network"),
        (":sock", "sockets"),
        (":trace ", "off"),
        (":doc string_upp", "string_upper"),
        (":time send_ev", "send_everyone"),
        ("STRING_COP", "string_copy"),
        ('$"{play', "player"),
    ],
)
def test_what_is_offered(names: SessionNames, text: str, wanted: str) -> None:
    assert wanted in [found.text for found in candidates(text, names)]


@pytest.mark.parametrize(
    "text", ['"play', "// play", "/* play", "", "x = ", "nothing.", "player.nothing.", "f().pl", ":nothing x"]
)
def test_where_nothing_is_offered(names: SessionNames, text: str) -> None:
    assert candidates(text, names) == []


def test_the_programs_own_names_come_first(names: SessionNames) -> None:
    assert candidates("s", names)[0].text == "send_everyone"


def test_files_are_offered_to_load(names: SessionNames, tmp_path: Path) -> None:
    (tmp_path / "server.gml").touch()
    (tmp_path / "notes.txt").touch()
    (tmp_path / "scripts").mkdir()
    assert [(f.text, f.length) for f in candidates(f":load {tmp_path}/s", names)] == [
        ("scripts/", 1),
        ("server.gml", 1),
    ]
    assert candidates(":load /no/such/folder/", names) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("string_copy(", OpenCall("string_copy", 0)),
        ("string_copy(a, ", OpenCall("string_copy", 1)),
        ("string_copy(f(1, 2), [1, 2], ", OpenCall("string_copy", 2)),
        ("f(g(1, ", OpenCall("g", 1)),
        ("f(g(1), {a: [1, ", OpenCall("f", 1)),
        ('x = $"a {f(1, ', OpenCall("f", 1)),
        ("f(1)", None),
        ("if (a", None),
        ("function f(a, ", None),
        ("", None),
    ],
)
def test_the_call_around_the_cursor(text: str, wanted: OpenCall | None) -> None:
    assert call_around(text) == wanted


def test_the_signature_marks_the_argument(names: SessionNames) -> None:
    shown = signature_shown("string_copy(a, ", names)
    assert plain(shown).startswith("string_copy(")
    assert [text for style, text in shown if style == "argument"] == ["index"]
    assert signature_shown("send_everyone(1, 2, 3", names)[-2] == ("argument", "size")
    assert signature_shown(":time send_everyone(", names)[2:4] == [("", ""), ("argument", "buffer")]
    assert signature_shown("unknown(", names) == []
