"""`gmlrun test` as a user runs it: files are found, tests chosen, failures shown, reports written."""

from __future__ import annotations

import json
import os
import re
import signal
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from gmlrun.testing.functions import NAMES, TestFunctions
from gmlrun.testing.suite import Wish, collect, run
from tests.conftest import ROOT, Run
from tests.test_manual import TITLED

GOOD = "function test_adds() { assert_equals(1 + 1, 2); }\nfunction test_other() { }\n"
BAD = 'function test_good() { }\nfunction test_bad() {\n    show_debug_message("seen");\n    assert_equals(1, 2);\n}\n'


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.gml").write_text(text, encoding="utf-8")


def test_all_pass(gmlrun: Run, tmp_path: Path) -> None:
    write(tmp_path, test_a=GOOD, b_test=GOOD, other="no test(")
    done = gmlrun("test")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("4 passed in ")


def test_a_failure_shows_its_line_and_output(gmlrun: Run, tmp_path: Path) -> None:
    write(tmp_path, test_a=BAD)
    done = gmlrun("test")
    assert done.returncode == 1
    assert "test_a.gml:4:5: expected 2, got 1\n        assert_equals(1, 2);\n        ^^^" in done.stdout
    assert "output:\n  | seen" in done.stdout
    assert "assert.gml" not in done.stdout
    assert "1 failed, 1 passed in" in done.stdout


def test_errors_of_all_files_are_shown_and_the_others_run(gmlrun: Run, tmp_path: Path) -> None:
    write(tmp_path, test_a="x = = 1;\ny = nothing_such();", test_b="function test_x() { noo(); }", test_c=GOOD)
    done = gmlrun("test")
    assert done.returncode == 1
    assert "test_a.gml:1:5: error:" in done.stderr
    assert "test_b.gml:1:21: error: unknown function or script: noo" in done.stderr
    assert "2 files with errors, 2 passed" in done.stdout


CHOICES = [
    (["--filter", "add"], ["test_adds"]),
    (["--filter", "/::test_(adds|other)$/"], ["test_adds", "test_other"]),
    (["test_a.gml"], ["test_adds", "test_other"]),
]


@pytest.mark.parametrize(("words", "names"), CHOICES)
def test_tests_are_chosen(gmlrun: Run, tmp_path: Path, words: list[str], names: list[str]) -> None:
    write(tmp_path, test_a=GOOD)
    listed = gmlrun("test", "--list", *words).stdout.splitlines()
    assert [line.split(": ")[1] for line in listed] == names


def test_a_function_that_wants_arguments_is_no_test(gmlrun: Run, tmp_path: Path) -> None:
    write(
        tmp_path,
        test_a="function test_with(_value, _more = 1) { return _value; }\nfunction test_it() { test_with(1); }",
    )
    listed = gmlrun("test", "--list").stdout.splitlines()
    assert [line.split(": ")[1] for line in listed] == ["test_it"]


def test_a_project_without_tests_is_told_of_unknown_frameworks(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "Game").mkdir()
    (tmp_path / "Game" / "Game.yyp").write_text("{}", encoding="utf-8")
    done = gmlrun("test", "Game")
    assert (done.returncode, "no tests in Game" in done.stderr) == (2, True)
    assert "a framework that gmlrun does not know runs by gmlrun run --virtual-time" in done.stderr


WRONG = [
    (["nowhere"], "there is no file nowhere"),
    (["--filter", "/(/"], "--filter /(/"),
    ([], "no tests in this folder"),
    (["--jobs", "x"], "expected a whole number"),
]


@pytest.mark.parametrize(("words", "message"), WRONG)
def test_wrong_usage_is_told(gmlrun: Run, words: list[str], message: str) -> None:
    done = gmlrun("test", *words)
    assert done.returncode == 2
    assert message in done.stderr


def test_fail_fast_stops(gmlrun: Run, tmp_path: Path) -> None:
    write(tmp_path, test_a=BAD.replace("test_good", "test_z"), test_b=GOOD)
    assert "1 failed, 1 passed in" in gmlrun("test", "--fail-fast", "--jobs", "1").stdout


def test_only_marked_tests_run(gmlrun: Run, tmp_path: Path) -> None:
    write(tmp_path, test_a=BAD, test_b="/// @test only\n" + GOOD)
    assert gmlrun("test").stdout.startswith("1 passed in ")


def test_reports_for_tools(gmlrun: Run, tmp_path: Path) -> None:
    write(tmp_path, test_a=BAD, test_b="/// @test skip later\n" + GOOD, test_c="x = = 1;")
    done = gmlrun("test", "--tap", "--junit", "report.xml")
    assert done.returncode == 1
    states = [line for line in done.stdout.splitlines() if line.startswith(("ok", "not ok", "1.."))]
    assert states == [
        "1..5",
        "ok 1 - test_a.gml::test_good",
        "not ok 2 - test_a.gml::test_bad",
        "ok 3 - test_b.gml::test_adds # SKIP later",
        "ok 4 - test_b.gml::test_other",
        "not ok 5 - test_c.gml",
    ]
    suites = ElementTree.parse(tmp_path / "report.xml").getroot()
    assert [[suite.get(key) for key in ("tests", "failures", "errors", "skipped")] for suite in suites] == [
        ["2", "1", "0", "0"],
        ["2", "0", "0", "1"],
        ["1", "0", "1", None],
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_killed_process_costs_one_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    def die(*arguments: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(TestFunctions, "test_advance", die)
    write(tmp_path, test_a="function test_a() { }\nfunction test_b() { test_advance(1); }\nfunction test_c() { }")
    wish = Wish([str(tmp_path)], jobs=processes)
    results = run(collect(wish), wish, lambda result: None)
    assert [(result.status, result.message) for result in results] == [
        ("passed", ""),
        ("failed", "the process of the test has ended: by the signal SIGKILL"),
        ("passed", ""),
    ]


def test_the_page_of_the_manual(gmlrun: Run, tmp_path: Path) -> None:
    for (page, name), text in TITLED.items():
        if page == "testing.md":
            (tmp_path / name).write_text(text, encoding="utf-8")
    done = gmlrun("test")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("4 passed in ")


def test_the_lobby_of_the_manual_is_found_wrong_by_another_seed(gmlrun: Run, tmp_path: Path) -> None:
    for name in ("lobby.gml", "bot.gml", "test_lobby.gml"):
        (tmp_path / name).write_text(TITLED["testing.md", name].replace("> 3000", "> 1000"), encoding="utf-8")
    done = gmlrun("test", "--seed", "2")
    assert done.stdout.startswith("\ntest_lobby.gml::test_players_stay_on_a_bad_line\n")
    assert "(--seed 2 runs the same again)" in done.stdout
    assert gmlrun("test", "--seed", "0").returncode == 0


def test_a_file_of_tests_can_be_checked(gmlrun: Run, tmp_path: Path) -> None:
    write(tmp_path, test_a="function test_a() { test_advance(1); }")
    assert gmlrun("check", "test_a.gml").returncode == 0


def test_the_examples(gmlrun: Run) -> None:
    done = gmlrun("test", ROOT / "examples")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_who_runs_a_file_of_tests_is_told_how(gmlrun: Run, tmp_path: Path) -> None:
    write(tmp_path, test_a=GOOD, other=GOOD)
    done = gmlrun("run", "test_a.gml")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "gmlrun: hint: test_a.gml is a file of tests: gmlrun test test_a.gml runs each of them\n"
    assert gmlrun("run", "other.gml").stderr == ""


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_functions_of_tests_are_described(gmlrun: Run, name: str) -> None:
    done = gmlrun("doc", name)
    assert done.returncode == 0
    assert done.stdout.startswith(f"{name}(")


def test_a_misspelt_function_of_tests_is_guessed(gmlrun: Run) -> None:
    done = gmlrun("doc", "test_advanse")
    assert done.returncode == 2
    assert "did you mean test_advance?" in done.stderr


IN_A_PROJECT = """function test_room() { assert_equals(room_get_name(room), "room_test"); }
function test_bad() {
    assert_equals(double(4), 9);
}
function test_asset() { assert_true(object_exists(obj_game)); }
"""
RESOURCES = {
    "scripts/scr_tests/scr_tests": ("GMScript", IN_A_PROJECT),
    "scripts/scr_double/scr_double": ("GMScript", "function double(n) { return n * 2; }\n"),
    "objects/obj_game/Create_0": ("GMObject", 'show_error("no room of the project is entered", true);\n'),
}


def write_project(folder: Path) -> None:
    """A project whose scripts have tests."""
    listed = []
    for path, (kind, text) in RESOURCES.items():
        where, name = folder / path, path.split("/")[1]
        where.parent.mkdir(parents=True)
        where.with_suffix(".gml").write_text(text, encoding="utf-8")
        events = [{"eventType": 0, "eventNum": 0, "collisionObjectId": None}] if kind == "GMObject" else []
        facts = {"resourceType": kind, "resourceVersion": "1.0", "name": name, "eventList": events}
        (where.parent / f"{name}.yy").write_text(json.dumps(facts), encoding="utf-8")
        listed.append({"id": {"name": name, "path": f"{path.rpartition('/')[0]}/{name}.yy"}})
    facts = {"resourceType": "GMProject", "resources": listed}
    (folder / "Game.yyp").write_text(json.dumps(facts), encoding="utf-8")


def test_tests_in_a_project(gmlrun: Run, tmp_path: Path) -> None:
    write_project(tmp_path / "Game")
    done = gmlrun("test", "Game")
    assert (done.returncode, done.stderr) == (1, "")
    assert "1 failed, 2 passed" in done.stdout
    assert "scr_tests.gml:3:5: expected 9, got 8" in done.stdout
    assert "scr_tests.gml:2: test_bad" in gmlrun("test", "--list", "Game/Game.yyp").stdout


def test_a_file_that_tests_a_project(gmlrun: Run, tmp_path: Path) -> None:
    write_project(tmp_path / "Game")
    write(tmp_path, test_a="/// @test with Game/Game.yyp\nfunction test_a() { assert_equals(double(2), 4); }")
    assert gmlrun("test", "test_a.gml").stdout.startswith("1 passed in ")


def test_a_filter_that_nothing_fits_is_told(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "test_it.gml").write_text("function test_a() {}", encoding="utf-8")
    done = gmlrun("test", "--filter", "test_b")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "gmlrun: no test fits --filter test_b: gmlrun test --list prints what there is\n"


NUMBERS = {"tests", "failures", "errors"}
SCHEMA = {
    "testsuites": (set(), {"name", "time", *NUMBERS}, {"testsuite"}),
    "testsuite": ({"name", *NUMBERS}, {"time", "skipped", "file", "timestamp", "hostname", "id"}, {"testcase"}),
    "testcase": ({"name"}, {"time", "classname", "group"}, {"failure", "error", "skipped", "system-out", "system-err"}),
    "failure": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "skipped": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}  # fmt: skip
"""Of each element in `junit-10.xsd` of Jenkins: attributes that must, that may be there, and elements in it."""


def test_the_report_is_as_the_schema_of_jenkins_has_it(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "test_it.gml").write_text(
        'function test_a() { show_debug_message("<&\\u0001>"); assert_fail("\\"<&>"); }\n'
        "/// @test skip later\nfunction test_b() {}\n/// @test todo soon\nfunction test_c() { assert_fail(); }",
        encoding="utf-8",
    )
    (tmp_path / "test_more.gml").write_text("function test_a() {}", encoding="utf-8")
    (tmp_path / "test_bad.gml").write_text("function (", encoding="utf-8")
    assert gmlrun("test", "--junit", "report.xml").returncode == 1
    root = ElementTree.parse(tmp_path / "report.xml").getroot()
    for element in root.iter():
        needed, allowed, inside = SCHEMA[element.tag]
        assert needed <= set(element.keys()) <= needed | allowed, element.tag
        assert {child.tag for child in element} <= inside
        assert re.fullmatch(r"\d+\.\d{3}", element.get("time", "0.000"))
    counts = [{key: suite.get(key) for key in ("name", "tests", "failures", "errors")} for suite in root]
    assert [tuple(row.values()) for row in counts] == [
        ("test_it.gml", "3", "1", "0"),
        ("test_more.gml", "1", "0", "0"),
        ("test_bad.gml", "1", "0", "1"),
    ]
    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["5", "1", "1"]
