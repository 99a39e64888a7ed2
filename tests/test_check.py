"""`gmlrun check`: what it finds beyond errors, and its options."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gmlrun.build.checking import check
from gmlrun.cli.commands.check import programs_in
from gmlrun.game import Game
from gmlrun.runtime import Settings


def found(tmp_path: Path, text: str) -> list[tuple[str, int, str]]:
    """What a program has: the code, the line and the hint of each finding."""
    path = tmp_path / "game.gml"
    path.write_text(text)
    return [(each.code, each.place.line, each.hint) for each in check([path])]


def run(tmp_path: Path, *words: str, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gmlrun", "check", *words]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False)


def test_a_variable_that_nobody_sets(tmp_path: Path) -> None:
    text = "people = [];\narray_push(peple, 1);\nshow_debug_message(nobody);\nwith (obj_nowhere) x = 1;\n"
    assert found(tmp_path, f"{text}if (nobody) x = 2;") == [
        ("never-set", 2, "did you mean people?"),
        ("never-set", 3, ""),
        ("never-set", 4, "no object is called obj_nowhere: object obj_nowhere { event create { … } } declares one"),
    ]


PASSED_ON = (
    "function P(a) constructor {} function C(a, b) : P(a + b) constructor {}",
    "function P(a) constructor {} function C(a = 1) : P(a) constructor { v = a; }",
    "function f(n) { function P(a) constructor {} function C(b) : P(b) constructor {} return new C(n); }",
    "make = function(n) { function P(a) constructor {} function C(b) : P(b) constructor {} return new C(n); };",
)


@pytest.mark.parametrize("text", PASSED_ON)
def test_a_parameter_passed_on_to_a_parent_constructor_is_set(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


CAPTURED = (
    "var count = 0; array_foreach([1], function(v) { count += v; });",
    "var count = 0; array_foreach([1], function(v) { count++; });",
    "var count = 0; array_foreach([1], function(v) { show_debug_message(count); });",
    "for (var count = 0; count < 2; count++) { array_map([], function() { return count; }); }",
    "function f(count) { return function() { return function() { return count; }; }; }",
    "try { throw 1; } catch (count) { call_later(1, time_source_units_frames, function() { return count; }); }",
    "var t = {}; t[$ string(1)] = 2; var count = 1; struct_foreach(t, function(k, v) { return count; });",
)
NOT_CAPTURED = (
    "count = 1; function f(count) { return function() { return count; }; }",
    "function f(count) { return method({ count: count }, function() { return count; }); }",
    "function f(count) { return method({ count }, function() { return count; }); }",
    "function f(count) { return function() { count = 1; return count; }; }",
    "function f(count) { return function() { var count = 1; return count; }; }",
    "function f(count) { return function(count) { return count; }; }",
    "function f(count) { self.count = count; return function() { return count; }; }",
    "function F(count) constructor { static g = function() { return count; }; self.count = count; }",
    "function F() constructor { static count = 0; static g = function() { return count; }; }\nfunction h(count) { }",
    'function f(count) { variable_instance_set(self, "count", 1); return function() { return count; }; }',
    "globalvar count; count = 1; function f() { var count = 2; return function() { return global.count; }; }",
    "function f(x) { return function() { return x; }; }",
)


@pytest.mark.parametrize("text", CAPTURED)
def test_a_function_that_wants_a_local_of_the_code_around_it(tmp_path: Path, text: str) -> None:
    assert [(code, "method({ count: count }" in hint) for code, _, hint in found(tmp_path, text)] == [
        ("captured-local", True)
    ]


@pytest.mark.parametrize("text", NOT_CAPTURED)
def test_a_function_that_wants_a_variable_of_the_name_of_a_local(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "function P(n) constructor { n_ = n; }\nfunction C(m) : P(m) constructor { }\nnew C(1);",
        'x = 1; with (other) y = x;\nvar name = choose("a", "b");\nself[$ name] = 1;\nshow_debug_message(a);',
        'variable_global_set("made", 1);\nshow_debug_message(made);',
        "enum E { A }\nfunction f(a) { return a + E.A; }\nf(1);",
    ],
)
def test_what_may_be_set(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("function", "call", "code"),
    [
        ("function f(a, b) { }", "f(1, 2)", ""),
        ("function f(a, b) { }", "f(1)", "own-arity"),
        ("function f(a, b) { }", "f(1, 2, 3)", "own-arity"),
        ("function f(a, b = 2) { }", "f(1)", ""),
        ("function f(a, b = 2) { }", "f()", "own-arity"),
        ("function f(a) { return argument_count; }", "f(1, 2, 3)", ""),
        ("function f() { return argument[0]; }", "f(1, 2)", ""),
        ("function f() { return argument0 + argument1; }", "f(1)", "own-arity"),
        ("function f() { return argument0 + argument1; }", "f(1, 2)", ""),
        ("function f(a) { return a ?? 1; }", "f()", ""),
        ("function f(a) { return is_undefined(a); }", "f()", ""),
        ("function g(a, b = 1) { }\nfunction f(a, b) { return g(a, b); }", "f(1)", ""),
        ("function g(a, b = 1) { }\nfunction h(a, b) { g(a, b); }\nfunction f(a, b) { h(a, b); }", "f(1)", ""),
        ("function g(a, b) { }\nfunction f(a, b) { return g(a, b); }", "f(1)", "own-arity"),
        ("function g(a, b = 1) { }\nfunction f(a, b) { g(a, b); return b + 1; }", "f(1)", "own-arity"),
        ("function f(a, b) { if (a) f(a - 1, b); }", "f(1)", "own-arity"),
    ],
)
def test_calls_of_own_functions(tmp_path: Path, function: str, call: str, code: str) -> None:
    assert [each[0] for each in found(tmp_path, f"{function}\n{call};")] == ([code] if code else [])


def test_such_warnings_are_no_matter_of_a_run(tmp_path: Path) -> None:
    path = tmp_path / "game.gml"
    path.write_text("function f(a) { }\nf();\nif (false) show_debug_message(nobody);")
    assert not Game.load([path], Settings(), log=lambda line: None).built.warnings


def test_an_absent_function_is_told_of_once(tmp_path: Path) -> None:
    path = tmp_path / "game.gml"
    path.write_text("draw_text(0, 0, 1);\nrepeat (2) draw_text(0, 0, 2);\ndraw_self();")
    messages = [(each.place.line, each.message) for each in check([path])]
    assert [line for line, _ in messages] == [1, 3]
    assert [text.endswith("(2 places)") for _, text in messages] == [True, False]


def test_strict_and_standard_input(tmp_path: Path) -> None:
    assert run(tmp_path, "-", text="show_debug_message(nobody);").returncode == 0
    strict = run(tmp_path, "--strict", "-", text="show_debug_message(nobody);")
    assert (strict.returncode, strict.stdout.split(":")[0]) == (1, "<stdin>")
    assert run(tmp_path, "--strict", "-", text="show_debug_message(1);").returncode == 0


def test_json_has_where_a_finding_ends(tmp_path: Path) -> None:
    facts = json.loads(run(tmp_path, "--format", "json", "-", text="  show_debug_message(nobody);").stdout)
    assert (facts["line"], facts["column"], facts["end_line"], facts["end_column"]) == (1, 22, 1, 28)


def test_loose_files_are_programs_each(tmp_path: Path) -> None:
    (tmp_path / "one.gml").write_text("function same() { }\nsame();")
    (tmp_path / "two.gml").write_text("function same(a) { }\nsame();\nwrong(1);")
    result = run(tmp_path, ".")
    assert result.returncode == 1
    assert [line.split(": ")[1] for line in result.stdout.splitlines() if "two.gml" in line] == ["warning", "error"]
    assert "one.gml" not in result.stdout


def test_loose_files_and_projects_in_folders_are_programs_each(tmp_path: Path) -> None:
    for name, text in {
        "one.gml": "global.a = 1;",
        "maths/inner/two.gml": "wrong(1);",
        "maths/.hidden/bad.gml": "wrong(2);",
        "game/game.yyp": "{}",
        "game/loose.gml": "wrong(3);",
        "other/scripts/a/a.gml": "function a() { wrong(4); }",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert list(programs_in([str(tmp_path)])) == [
        [str(tmp_path / "game")],
        [str(tmp_path / "maths/inner/two.gml")],
        [str(tmp_path / "one.gml")],
        [str(tmp_path / "other")],
    ]
    empty = tmp_path / "maths/.hidden/none"
    empty.mkdir()
    assert programs_in([str(empty)]) == [[str(empty)]]


def test_a_configuration_of_a_single_file(tmp_path: Path) -> None:
    path = tmp_path / "game.gml"
    path.write_text('#macro NAME "usual"\n#macro Beta:NAME "beta"\nshow_debug_message(NAME);')
    printed: list[str] = []
    for config in ("Default", "Beta"):
        Game.load([path], Settings(config=config), output=printed.append).run()
    assert printed == ["usual", "beta"]


def test_flat_scripts_are_those_of_1_4(tmp_path: Path) -> None:
    for name, text in {
        "scripts/add.gml": "/// add(a, b)\nreturn argument0 + argument1 + string_length('ab');",
        "scripts/two.gml": "#define one\nreturn 1;\n#define two\nreturn one() + 1;",
        "scripts/new_ones.gml": "function three() { return 3; }",
        "objects/o/Create_0.gml": "show_debug_message([add(1, 2), two(), three()]); game_end();",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    printed: list[str] = []
    Game.load([tmp_path], Settings(), output=printed.append).run()
    assert printed == ["[ 5,2,3 ]"]


RAW_ENDS = 's = network_create_server_raw(network_socket_tcp, 1, 2);\nc = network_connect_raw_async(s, "a", 1);\n'
PACKET_ENDS = 's = network_create_server(network_socket_tcp, 1, 2);\nc = network_connect(s, "a", 1);\n'


@pytest.mark.parametrize(
    ("ends", "send", "hint"),
    [
        (RAW_ENDS, "network_send_packet(s, 0, 1);", "did you mean network_send_raw?"),
        (RAW_ENDS, "network_send_raw(s, 0, 1);", ""),
        (PACKET_ENDS, "network_send_raw(s, 0, 1);", "did you mean network_send_packet?"),
        (PACKET_ENDS, "network_send_packet(s, 0, 1);", ""),
        (RAW_ENDS + PACKET_ENDS, "network_send_packet(s, 0, 1);\nnetwork_send_raw(s, 0, 1);", ""),
        ("s = 1;", "network_send_raw(s, 0, 1);", ""),
    ],
)
def test_sending_that_fits_no_socket(tmp_path: Path, ends: str, send: str, hint: str) -> None:
    codes = [(code, help_) for code, _, help_ in found(tmp_path, ends + send)]
    assert codes == ([("mixed-sockets", hint)] if hint else [])
