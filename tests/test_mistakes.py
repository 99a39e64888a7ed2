"""What newcomers get wrong, and what they are told: each mistake has a message that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.build.checking import check
from tests.conftest import Run

MISTAKES = [
    ('print("hello");', "unknown function or script: print", "show_debug_message prints"),
    ("sleep(10);", "unknown function or script: sleep", "alarm"),
    ("const x = 5;", "no effect", "#macro"),
    ("let x = 5;", "no effect", "var"),
    ("def f() { }", "no effect", "GML says function"),
    ("a == 5;", "no effect", "did you mean ="),
    ("server = network_create_sever(0, 1, 2);", "network_create_sever", "did you mean network_create_server?"),
    ("show_debug_message(network_socket_tpc);", "never set", "did you mean network_socket_tcp?"),
    ("foo();", "unknown function or script: foo", ""),
    ("event async_networkk { }", "no event called async_networkk", "did you mean async_network?"),
    ("event alarm12 { }", "no event called alarm12", "alarms 0 to 11"),
    ("event on_step { }", "no event called on_step", "did you mean step?"),
    ("event Create { }", "no event called Create", "did you mean create?"),
    ("event begin_step { }", "no event called begin_step", "did you mean step_begin?"),
    ("event step_event { }", "no event called step_event", "did you mean step?"),
    ("event clean_up { }", "no event called clean_up", "did you mean cleanup?"),
    ("event alarm_3 { }", "no event called alarm_3", "did you mean alarm3?"),
    ("event alarm[0] { }", "no effect", "event alarm0 {"),
    ("event alarm 0 { }", "no effect", "event alarm0 {"),
    ("event alarm(0) { }", "no effect", "event alarm0 {"),
    ('event "alarm0" { }', "no effect", "event alarm0 {"),
    ("event async - networking {\n}", "no effect", "event async_networking {"),
    ("event step end {\n}", "no effect", "event step_end {"),
    ("event create() { }", "no effect", "event create {"),
    ("Event create { }", "no effect", "event create {"),
    ("on create { }", "no effect", "event create {"),
    ("create { }", "no effect", "event create {"),
    ("alarm0 { }", "no effect", "event alarm0 {"),
    ("x = 1;\n  event step: {\n}", "no effect", "event step {"),
    ("event Other_68 { }", "no event called Other_68", "did you mean other:68?"),
    ("event Step_2 { }", "no event called Step_2", "did you mean step:2?"),
    ("event user0 { }", "no event called user0", "did you mean other_user0?"),
    ("object obj_a() { }", "no effect", "object obj_a { event create { … } }"),
    ("object obj_a extends obj_b { }", "no effect", "object obj_a : obj_b { event create { … } }"),
    ("obj obj_a { }", "no effect", "object obj_a { event create { … } }"),
    ("with (obj_p) x = 1;", "the variable obj_p is never set", "object obj_p { event create { … } } declares one"),
    ("object { a: 1 };", "no effect", ""),
    ("event;", "no effect", ""),
    ("x = 1; event + 1;", "no effect", ""),
    ("object obj_a { create { x = 1; } }", "expected }", "event create { … }"),
    ("object obj_a { hp = 3; event step { hp -= 1; } }", "expected }", "event create { … }"),
    ("else { x = 1; }", "unexpected else", "if"),
    ("for (var i = 0, i < 10, i++) { }", "unexpected <", "semicolons"),
    ("for (var i = 0; i < 3; i++ { x = i; }", "expected ) before {", ""),
    ("var b = “x”;", "unexpected character “", "straight quotes"),
    ('var a = ds_map_create(); ds_map_add(a, "x");', "2 given, 3 expected", "ds_map_add("),
    ("network_create_server(network_socket_tcp 6510, 32);", "expected ) before 6510", ""),
    ("enum Kind { JOIN } x = Kind.JION;", "has no member JION", "did you mean JOIN?"),
]


@pytest.mark.parametrize(("text", "message", "hint"), MISTAKES)
def test_a_mistake_is_named_with_what_was_meant(tmp_path: Path, text: str, message: str, hint: str) -> None:
    path = tmp_path / "mistake.gml"
    path.write_text(text, encoding="utf-8")
    found = check([path])[0]
    assert message in found.message
    assert hint in found.hint
    assert hint or not found.hint


WHILE_IT_RUNS = [
    ('show_debug_message(async_load[? "type"]);', "-1 (async_load is a map only while an asynchronous event runs)"),
    (
        "buffer_write(buffer_create(8, buffer_grow, 1), buffer_u8, []);",
        "argument 3 of buffer_write: expected a number",
    ),
    (
        "var t = buffer_f32; buffer_write(buffer_create(8, buffer_grow, 1), t, []);",
        "argument 3 of buffer_write: expected a number",
    ),
    (
        'buffer_poke(buffer_create(8, buffer_grow, 1), 0, buffer_u8, "x");',
        "argument 4 of buffer_poke: expected a number",
    ),
]


@pytest.mark.parametrize(("text", "message"), WHILE_IT_RUNS)
def test_a_mistake_is_named_when_it_happens(gmlrun: Run, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mistake.gml").write_text(text, encoding="utf-8")
    done = gmlrun("mistake.gml")
    assert done.returncode == 1
    assert message in done.stderr


@pytest.mark.parametrize("words", [["run", "--hlep"], ["--hlep"], ["check", "--hlep"]])
def test_a_misspelt_option_is_guessed_even_when_more_is_missing(gmlrun: Run, words: list[str]) -> None:
    done = gmlrun(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "(did you mean --help?)" in done.stderr


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["stop", "server", "--zzzzzz"], "gmlrun stop"),
        (["net", "flood", "host:1", "--zzzzzz"], "gmlrun net flood"),
        (["game.gml", "--zzzzzz"], "gmlrun run"),
        (["test", "stop.gml", "-k", "stop"], "gmlrun test"),
        (["new", "lobby", "--kind", "server"], "gmlrun new"),  # `run` has --bind
    ],
)
def test_an_option_nobody_knows_leads_to_the_help_of_its_command(gmlrun: Run, words: list[str], asked: str) -> None:
    done = gmlrun(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"; {asked} --help tells what there is\n")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("loss=2", "expected loss from 0 to 1, as in"),
        ("latency=80,jitter=x", "expected jitter from 0 to 60000, as in"),
        ("throttle", "expected throttle from 0 to 1000000000, as in"),
        ("lss=1", "expected some of latency, jitter, loss, duplicate, reorder, split, corrupt, throttle, as in"),
    ],
)
def test_a_bad_line_that_cannot_be_names_its_bounds(gmlrun: Run, given: str, words: str) -> None:
    done = gmlrun("run", "game.gml", "--net", given)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{words} latency=80,loss=0.1, not {given};" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "show_debug_message(image_speed + room_speed + x + alarm[0] + pi);",
        'variable_instance_set(id, "network_socket_tpc", 1); show_debug_message(network_socket_tpc);',
    ],
)
def test_names_that_may_be_right_raise_no_warning(tmp_path: Path, text: str) -> None:
    path = tmp_path / "right.gml"
    path.write_text(text, encoding="utf-8")
    assert check([path]) == []


def test_what_nests_too_deeply_is_no_traceback(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "long.gml").write_text(f"var a = 1;\nvar b = {'+'.join(['a'] * 30000)};", encoding="utf-8")
    for words in (["run"], ["check"], ["show", "--ast"], ["show", "--python"]):
        done = gmlrun(*words, "long.gml")
        assert done.returncode == 1
        assert "nested too deeply" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def test_trees_of_long_expressions_can_be_shown(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "long.gml").write_text(f"var a = 1;\nvar b = {'+'.join(['a'] * 1200)};", encoding="utf-8")
    for kind in ("--ast", "--python"):
        assert gmlrun("show", kind, "long.gml").returncode == 0
