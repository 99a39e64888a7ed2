"""Projects whose tests are written for a public framework: run to their end, reported as ours.

The frameworks here are stand-ins: the functions, structs and variables of each that gmlrun looks at, written anew.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.conftest import Run

CRISPY = """
function CrispyLog(_case, _pass, _text = undefined) constructor { pass = _pass; msg = undefined; helper_text = _text; }
function TestCase(_name, _test) constructor {
    name = _name; logs = []; parent = undefined; test = method(self, _test);
    static assertEqual = function(_first, _second) {
        array_push(logs, new CrispyLog(self, _first == _second, $"{_first} is not {_second}"));
    }
    static onRunEnd = function() { }
    static run = function() { test(); onRunEnd(); }
}
function TestSuite(_name) constructor { name = _name; tests = []; }
function TestRunner(_name) constructor {
    name = _name; suites = []; logs = [];
    static run = function() {
        for (var i = 0; i < array_length(suites); i++) {
            for (var j = 0; j < array_length(suites[i].tests); j++) {
                suites[i].tests[j].run();
                logs = array_concat(logs, suites[i].tests[j].logs);
            }
        }
    }
}
"""
CRISPY_GAME = """
runner = new TestRunner("runner");
suite = new TestSuite("maths");
array_push(runner.suites, suite);
var _cases = [
    new TestCase("adds", function() { assertEqual(1 + 1, 2); }),
    new TestCase("wrong", function() { assertEqual(1 + 1, 2); assertEqual(1 + 1, 3); }),
];
array_foreach(_cases, function(_case) { _case.parent = suite; array_push(suite.tests, _case); });
alarm[0] = 120;
event alarm_0 { runner.run(); }
event step { }
"""
GMTL = """
function __gmtl_internal_fn_log(_message) { show_debug_message(_message); }
function __gmtl_internal_fn_log_test_success(_name, _time) { __gmtl_internal_fn_log("├── ✔ " + _name); }
function __gmtl_internal_fn_log_test_failed(_name, _time) { __gmtl_internal_fn_log("├── ❌ " + _name); }
function __gmtl_internal_fn_log_test_skipped(_name) { __gmtl_internal_fn_log("├── ⚠ (Skipped) " + _name); }
function __gmtl_internal_fn_finish_suites(_start) { show_debug_message("======= 3 tests"); }
function suite(_suite) { _suite(); }
function describe(_name, _tests) { __gmtl_internal_fn_log("── " + _name); _tests(); }
function skip(_name, _test) { __gmtl_internal_fn_log_test_skipped(_name); }
function it(_name, _test) {
    var _said = _test();
    if (_said == undefined) return __gmtl_internal_fn_log_test_success(_name, 0);
    __gmtl_internal_fn_log_test_failed(_name, 0);
    __gmtl_internal_fn_log("    └── " + _said);
}
"""
GMTL_GAME = """
call_later(10, time_source_units_frames, function() {
    suite(function() {
        describe("maths", function() {
            it("adds", function() { });
            it("wrong", function() { return "2 is not 3"; });
            skip("later", function() { });
        });
    });
    __gmtl_internal_fn_finish_suites(0);
});
event step { }
"""
OLYMPUS = """
function _Olympus_Manager() constructor { _suites = []; }
global._olympus_suite_manager = new _Olympus_Manager();
function _Olympus_Test(_suite, _title, _run) constructor {
    my_suite_ref = _suite; _name = _title; _test_fn = _run; status = "unstarted"; _err = undefined;
    _start_time = 0; _completion_time = undefined;
}
function _Olympus_Suite(_title) constructor { _suite_name = _title; _tests = []; _completion_time = undefined; }
function olympus_record(_value) {
    var _file = file_text_open_write("record.txt");
    file_text_write_real(_file, _value);
    file_text_close(_file);
}
function olympus_recorded() {
    if (!file_exists("record.txt")) return 0;
    var _file = file_text_open_read("record.txt"), _value = file_text_read_real(_file);
    file_text_close(_file);
    return _value;
}
function olympus_run(_title, _tests) {
    var _suite = new _Olympus_Suite(_title);
    exception_unhandled_handler(function(_error) { return 0; });
    array_push(global._olympus_suite_manager._suites, _suite);
    for (var i = 0; i < array_length(_tests); i += 2) {
        array_push(_suite._tests, new _Olympus_Test(_suite, _tests[i], _tests[i + 1]));
    }
    call_later(1, time_source_units_frames, method(_suite, function() {
        for (var i = olympus_recorded(); i < array_length(_tests); i++) {
            var _test = _tests[i];
            olympus_record(i + 1);
            _test._start_time = current_time;
            _test.status = "running";
            if (_test._test_fn == undefined) { _test.status = "skipped"; _test._err = { message: "later" }; continue; }
            if (_test._name == "crashes") { _test._test_fn(); return; }
            try { _test._test_fn(); _test.status = "passed"; }
            catch (_error) { _test.status = "failed"; _test._err = { message: "User defined", info: _error }; }
            _test._completion_time = current_time;
        }
        _completion_time = 1;
        array_delete(global._olympus_suite_manager._suites, 0, 1);
    }));
}
"""
OLYMPUS_GAME = """
olympus_run("maths", [
    "adds", function() { },
    "wrong", function() { throw "2 is not 3"; },
    "later", undefined,
]);
event step { }
"""
VERRIFIC = """
function VerrificMessage(_text) constructor { text = _text; }
function VerrificTestRun(_text) constructor { messages = _text == "" ? [] : [new VerrificMessage(_text)]; }
function VerrificStub(_type, _method) constructor { test_type = _type; test_method = _method; }
function VerrificTestNode(_suite, _title, _state, _text, _type = undefined) constructor {
    suite = _suite; description = _title; status = 0; wanted = _state; test_run = undefined; text = _text;
    test_stub = new VerrificStub(_type, $"should_be_{_title}"); is_finished = false;
    static run = function() { test_run = new VerrificTestRun(text); status = wanted; is_finished = true; }
}
function VerrificLogRunner(_nodes) constructor {
    nodes = _nodes; is_finished = false; index = 0;
    static visit = function() { nodes[index++].run(); is_finished = index == array_length(nodes); }
}
"""
VERRIFIC_GAME = """
function MathsTests() constructor {
    static should_be_adds = function() { };

    static should_be_wrong = function() { };
}
maths = { description: "maths" };
new MathsTests();
runner = new VerrificLogRunner([
    new VerrificTestNode(maths, "adds", 3, "", MathsTests),
    new VerrificTestNode(maths, "wrong", 6, "2 is not 3", MathsTests),
    new VerrificTestNode(maths, "later", 5, "no assertion"),
]);
event step { if (!runner.is_finished) runner.visit(); }
"""
GMLTEST = """
function GMLTest_Manager() constructor { tests = []; }
function _gmltest_log_status(_status, _name) { show_debug_message("[" + _status + "] " + _name); }
function _GMLTest_Test() constructor { _name = ""; _fn = noone; }
function test(_name, _run) {
    var _test = new _GMLTest_Test();
    _test._name = _name; _test._fn = _run;
    array_push(global.tests, [_name, _run, _test]);
}
global.tests = [];
function gmltest_start() {
    for (var i = 0; i < array_length(global.tests); i++) {
        var _name = global.tests[i][0], _run = global.tests[i][1];
        if (_run == undefined) { _gmltest_log_status("DISABLED", _name); continue; }
        _gmltest_log_status("RUN", _name);
        try { _run(); _gmltest_log_status("PASSED", _name); }
        catch (_error) { show_debug_message(_error); _gmltest_log_status("FAILED", _name); }
    }
    show_debug_message("RAN");
}
"""
GMLTEST_GAME = """
test("maths::adds", function() { });
test("maths::wrong", function() { throw "2 is not 3"; });
test("maths::later", undefined);
gmltest_start();
event step { }
"""
XUNIT = """
#macro FRAMEWORK_SHOULD_CATCH false
function Test(_title) constructor {
    name = _title; result = 0; state = 0; diagnostics = {}; startTimestamp = 0; endTimestamp = 0;
}
function Fact(_title, _function, _outcome = 0) : Test(_title) constructor {
    events = { ev_create: _function }; outcome = _outcome;
    static fail = function() { diagnostics.error = [{ title: "assert_equals", expected: "3", actual: "2" }]; }
    static run = function() {
        state = 1; startTimestamp = get_timer();
        if (FRAMEWORK_SHOULD_CATCH) {
            try { events.ev_create(); } catch (_error) { diagnostics.exception = [_error]; }
        } else events.ev_create();
        endTimestamp = get_timer();
        result = outcome != 0 ? outcome : struct_names_count(diagnostics) > 0 ? 2 : 1;
        diagnostics = {}; state = 2;
    }
}
function TestBatch(_title) : Test(_title) constructor { tests = []; }
function TestSuite() : TestBatch("suite") constructor { }
function maths() : TestSuite() constructor { 
    tests = [
        new Fact("adds", function() { }),
        new Fact("wrong", method(self, function() { tests[1].fail(); })),
        new Fact("later", function() { }, 3),
    ];
}
function TestFrameworkRun() : TestBatch("whole") constructor {
    static run = function() {
        array_foreach(tests, function(_suite) { array_foreach(_suite.tests, function(_test) { _test.run(); }); });
        state = 2;
    }
}
"""
XUNIT_GAME = """
framework = new TestFrameworkRun();
array_push(framework.tests, new maths());
call_later(1, time_source_units_seconds, function() { framework.run(); });
event step { }
"""
GUNIT = """
function assert_are_equal(_one, _two) { if (_one != _two) throw string("{0} differs from {1}", _one, _two); }
function assert_throws_exception(_function) { }
function TestCase(_name, _callback) constructor { m_name = _name; m_callback = _callback; }
function TestSuite(_name) constructor {
    m_name = _name; m_tests = [];
    it = function(_test, _callback) { array_push(m_tests, new TestCase(_test, _callback)); }
    run_all = function() {
        show_debug_message("\\n\\nTest Suite: {0}\\n", m_name);
        array_foreach(m_tests, function(_test) {
            var _callback = _test.m_callback;
            try {
                _callback();
                show_debug_message("Test: {0}\\nPassed ✔\\nExecution Time: {1}\\n", _test.m_name, 5);
            } catch (_error) {
                show_debug_message("Test: {0}\\nFailed ✘\\nError: {1}\\n", _test.m_name, _error);
            }
        });
        show_debug_message("Total Passed: {0}\\nTotal Failed: {1}", 1, 1);
    }
}
"""
GUNIT_GAME = """
function maths() : TestSuite("maths") constructor {
    it("adds", function() { assert_are_equal(1 + 1, 2); });
    it("wrong", function() { assert_are_equal(1 + 1, 3); });
}
call_later(1, time_source_units_seconds, function() { new maths().run_all(); });
event step { }
"""
PROJECTS = {
    "gUnit": (GUNIT, GUNIT_GAME),
    "Crispy": (CRISPY, CRISPY_GAME),
    "GMTL": (GMTL, GMTL_GAME),
    "Olympus": (OLYMPUS, OLYMPUS_GAME),
    "Verrific": (VERRIFIC, VERRIFIC_GAME),
    "gms2-test": (GMLTEST, GMLTEST_GAME),
    "GM-TestFramework": (XUNIT, XUNIT_GAME),
}


def write_project(folder: Path, scripts: str, game: str) -> None:
    """A project with one script, and one room that never ends by itself, in which the game's object is."""
    create, *events = game.split("\nevent ")
    numbers = {"alarm_0": (2, 0), "step": (3, 0)}
    files = {"Create_0": create}
    listed = [{"eventType": 0, "eventNum": 0, "collisionObjectId": None}]
    for event in events:
        name, _, body = event.partition(" {")
        kind, number = numbers[name]
        files[("Alarm_0", "Step_0")[kind - 2]] = body.strip().removesuffix("}")
        listed.append({"eventType": kind, "eventNum": number, "collisionObjectId": None})
    placed = {"resourceType": "GMRInstance", "objectId": {"name": "obj_game"}, "name": "inst_1", "x": 0, "y": 0}
    layer = {"resourceType": "GMRInstanceLayer", "name": "Instances", "depth": 0, "instances": [placed]}
    resources = {
        "scripts/scr_tests": {"resourceType": "GMScript"},
        "objects/obj_game": {"resourceType": "GMObject", "eventList": listed},
        "rooms/rm_game": {"resourceType": "GMRoom", "layers": [layer], "instanceCreationOrder": []},
    }
    for path, facts in resources.items():
        name = path.split("/")[1]
        (folder / path).mkdir(parents=True)
        (folder / path / f"{name}.yy").write_text(json.dumps({**facts, "name": name}), encoding="utf-8")
    (folder / "scripts" / "scr_tests" / "scr_tests.gml").write_text(scripts, encoding="utf-8")
    for name, text in files.items():
        (folder / "objects" / "obj_game" / f"{name}.gml").write_text(text, encoding="utf-8")
    ids = [{"id": {"name": path.split("/")[1], "path": f"{path}/{path.split('/')[1]}.yy"}} for path in resources]
    order = [{"roomId": {"name": "rm_game", "path": "rooms/rm_game/rm_game.yy"}}]
    facts = {"resourceType": "GMProject", "resources": ids, "RoomOrderNodes": order}
    (folder / "Game.yyp").write_text(json.dumps(facts), encoding="utf-8")


@pytest.mark.parametrize("framework", PROJECTS)
def test_a_framework_is_reported_as_our_own_tests(gmlrun: Run, tmp_path: Path, framework: str) -> None:
    write_project(tmp_path / "Game", *PROJECTS[framework])
    done = gmlrun("test", "--junit", "report.xml")
    assert (done.returncode, done.stderr) == (1, "")
    skips = 0 if framework in ("Crispy", "gUnit") else 1
    assert f"1 failed, 1 passed{', 1 skipped' if skips else ''} in" in done.stdout
    place = next(
        line for line in done.stdout.splitlines() if line.startswith("Game/") and ".gml:" in line and "::" not in line
    )
    file, line, _ = place.split(":", 2)
    wrong = (tmp_path / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert "wrong" in wrong or "new TestCase" in wrong
    report = ElementTree.parse(tmp_path / "report.xml")
    assert {case.get("classname") for case in report.iter("testcase") if case.get("name") != "maths::later"} == {file}
    cases = {case.get("name"): [part.tag for part in case] for case in report.iter("testcase")}
    assert cases["maths::adds"] == []
    assert cases["maths::wrong"] == ["failure"]
    assert skips == 0 or cases["maths::later"] == ["skipped"]
    message = next(report.iter("failure")).get("message") or ""
    assert "2" in message
    assert "3" in message
    assert "====" not in message


MIN_ASSERT = """
function AssertEquals(_title, _expected, _actual) {
    var _good = _expected == _actual, _word = _good ? "PASS" : "FAIL";
    ds_list_add(global.runner, $"{_title} [[{_word}]] ", $"{_word}: Expected: {_expected} , actual: {_actual}");
}
""" + "".join(
    f"function Assert{kind}() {{ }}\n"
    for kind in ("NotEquals", "True", "False", "Positive", "Negative", "GreaterThan", "SmallerThan")
)
MIN_ASSERT_GAME = """
global.runner = ds_list_create();
AssertEquals("adds", 2, 1 + 1);
AssertEquals("wrong", 3, 1 + 1);
show_debug_message("=====UNIT TESTS COMPLETE=====");
event step { }
"""


def test_assertions_that_are_tests_themselves(gmlrun: Run, tmp_path: Path) -> None:
    write_project(tmp_path / "Game", MIN_ASSERT, MIN_ASSERT_GAME)
    done = gmlrun("test", "--verbose")
    assert "Game.yyp::adds … ok" in done.stdout
    assert "Expected: 3 , actual: 2" in done.stdout
    assert "1 failed, 1 passed in" in done.stdout


def put_a_menu_in_front(folder: Path) -> None:
    """Makes another room the first one, and gives that of the tests a name that says so."""
    for path in (folder / "Game.yyp", folder / "rooms" / "rm_game" / "rm_game.yy"):
        path.write_text(path.read_text(encoding="utf-8").replace("rm_game", "rm_tests"), encoding="utf-8")
    (folder / "rooms" / "rm_game").rename(folder / "rooms" / "rm_tests")
    (folder / "rooms" / "rm_tests" / "rm_game.yy").rename(folder / "rooms" / "rm_tests" / "rm_tests.yy")
    (folder / "rooms" / "rm_menu").mkdir()
    room = {"resourceType": "GMRoom", "name": "rm_menu", "layers": [], "instanceCreationOrder": []}
    (folder / "rooms" / "rm_menu" / "rm_menu.yy").write_text(json.dumps(room), encoding="utf-8")
    facts = json.loads((folder / "Game.yyp").read_text(encoding="utf-8"))
    menu = {"name": "rm_menu", "path": "rooms/rm_menu/rm_menu.yy"}
    facts["resources"].append({"id": menu})
    facts["RoomOrderNodes"].insert(0, {"roomId": menu})
    (folder / "Game.yyp").write_text(json.dumps(facts), encoding="utf-8")


def test_a_suite_may_start_in_another_room(gmlrun: Run, tmp_path: Path) -> None:
    write_project(tmp_path / "Game", *PROJECTS["Verrific"])
    put_a_menu_in_front(tmp_path / "Game")
    found = gmlrun("test")
    assert "do they begin in another room (--room rm_tests)?" in found.stdout
    assert "1 failed, 1 passed, 1 skipped in" in gmlrun("test", "--room", "rm_tests").stdout
    nowhere = gmlrun("test", "--room", "rm_test")
    assert "there is no room rm_test: did you mean rm_tests?" in nowhere.stdout
    assert "Traceback" not in nowhere.stdout + nowhere.stderr


def test_a_filter_chooses_what_is_reported(gmlrun: Run, tmp_path: Path) -> None:
    write_project(tmp_path / "Game", *PROJECTS["Olympus"])
    done = gmlrun("test", "--filter", "adds", "--verbose")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].startswith("Game/objects/obj_game/Create_0.gml::maths::adds … ok")


BROKEN = [
    (CRISPY, "event step { }", "Crispy has not reported that its tests are over"),
    (CRISPY, CRISPY_GAME.replace("runner.run()", "game_end(3)"), "ended with exit code 3"),
    (
        CRISPY,
        CRISPY_GAME.replace("runner.run()", "runner.run(); nothing_such[1] = nothing"),
        "not set before reading it",
    ),
    (GMLTEST, "gmltest_start();", "has the scripts of gms2-test, which ran no test"),
    (GMLTEST, GMLTEST_GAME.replace("{ });", "{ while (true) { } });"), "has not ended after 1 seconds"),
]


@pytest.mark.parametrize(("scripts", "game", "message"), BROKEN)
def test_what_keeps_a_framework_from_its_end_is_told(
    gmlrun: Run, tmp_path: Path, scripts: str, game: str, message: str
) -> None:
    write_project(tmp_path / "Game", scripts, "\n" + game)
    done = gmlrun("test", "--timeout", "1")
    assert done.returncode == 1
    assert message in done.stdout


def test_a_project_with_functions_of_the_same_names_is_none(gmlrun: Run, tmp_path: Path) -> None:
    script = "function suite() { }\nfunction describe() { }\nfunction TestSuite() { }\nfunction test_own() { }"
    write_project(tmp_path / "Game", script, "\nx = 1;")
    assert gmlrun("test").stdout.startswith("1 passed in ")


def test_olympus_starts_again_behind_a_test_that_ends_the_game(gmlrun: Run, tmp_path: Path) -> None:
    more = [
        '"crashes", function() { game_end(); },',
        '"crashes", function() { nothing(1); },',
        '"last", function() { },',
    ]
    game = OLYMPUS_GAME.replace('    "later"', "\n".join([*more, '    "later"']))
    write_project(tmp_path / "Game", OLYMPUS, game)
    done = gmlrun("test", "--junit", "report.xml")
    assert "3 failed, 2 passed, 1 skipped in" in done.stdout, done.stdout
    report = ElementTree.parse(tmp_path / "report.xml")
    messages = [failure.get("message") for failure in report.iter("failure")]
    assert messages[:2] == ["User defined: 2 is not 3", "the game ended while the test ran"]
    assert "nothing" in str(messages[2])


def test_gm_test_framework_goes_on_after_an_error(gmlrun: Run, tmp_path: Path) -> None:
    scripts = XUNIT.replace(
        '"later", function() { }, 3)',
        '"later", function() { nothing_such[1] = nothing; }),\n        new Fact("last", function() { })',
    )
    write_project(tmp_path / "Game", scripts, XUNIT_GAME)
    done = gmlrun("test")
    assert "2 failed, 2 passed in" in done.stdout, done.stdout
    assert "nothing" in done.stdout


def test_the_time_of_each_test_is_told(gmlrun: Run, tmp_path: Path) -> None:
    busy = "var t = 0; repeat (200000) t++;"
    for number, framework in enumerate(PROJECTS):
        scripts, game = (text.replace("function() { }", f"function() {{ {busy} }}") for text in PROJECTS[framework])
        scripts = scripts.replace(
            "test_run = new VerrificTestRun(text);", f"test_run = new VerrificTestRun(text); {busy}"
        )
        for name in ("assertEqual", "assert_are_equal"):
            game = game.replace(f"{name}(1 + 1, 2); }}", f"{busy} {name}(1 + 1, 2); }}")
        write_project(tmp_path / f"Game{number}", scripts, game)
    gmlrun("test", "--junit", "report.xml", "--jobs", "1")
    report = ElementTree.parse(tmp_path / "report.xml")
    times = [float(case.get("time", 0)) for case in report.iter("testcase") if case.get("name") == "maths::adds"]
    assert len(times) == len(PROJECTS)
    assert all(times)
