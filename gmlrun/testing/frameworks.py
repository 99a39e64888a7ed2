"""The public frameworks, a row for each: how it is recognised, and how its results are read as gmlrun's own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from gmlrun.testing.foreign import Finding, Framework, Stopwatch, Watch, field, first_function, nothing_runs, text_of
from gmlrun.testing.results import Status
from gmlrun.values.model import Struct, handle_index
from gmlrun.values.text import string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

# --------------------------------------------------------------------- Crispy


def crispy_findings(watch: Watch) -> Iterator[Finding]:
    for case in watch.structs["TestCase"]:
        suite, logs = field(case, "parent"), field(case, "logs", [])
        name = f"{field(suite, 'name', '')}::{field(case, 'name', '')}".removeprefix("::")
        wrong = [log for log in logs if not field(log, "pass")]
        said = (field(log, "msg") or field(log, "helper_text") or "an assertion failed" for log in wrong)
        if suite is not None and (logs or watch.is_done):
            status: Status = "failed" if wrong else "passed"
            yield Finding(name, status, "; ".join(map(text_of, said)), crispy_code(watch, case), watch.seconds(case))


def crispy_code(watch: Watch, case: Struct) -> Value:
    """The function of a test, or the script that was found by its name."""
    script = field(case, "__discovered_script__")
    return watch.game.rt.script_indices.get(handle_index(script) or script) or vars(case).get("test")


def crispy_is_done(watch: Watch) -> bool:
    runners = watch.structs["TestRunner"]
    return bool(runners) and all(field(runner, "logs") for runner in runners if field(runner, "suites"))


# ------------------------------------------------------------------------ GMTL


def gmtl_findings(watch: Watch) -> Iterator[Finding]:
    described, found, code, begun = "", None, None, 0.0
    details: list[str] = []
    calls = itertools.takewhile(lambda call: call.name != "__gmtl_internal_fn_finish_suites", watch.calls)
    for call in calls:
        short = call.name.removeprefix("__gmtl_internal_fn_log_test_")
        if call.name == "describe":
            described = f"{string_of(call.arguments[0])}::"
        elif call.name in ("it", "skip"):
            code, begun = call.arguments[1] if len(call.arguments) > 1 else None, call.moment
        if short in GMTL_STATES:
            if found is not None:
                yield found._replace(message="; ".join(details))
            name, seconds = described + string_of(call.arguments[0]), call.moment - begun
            found, details = Finding(name, GMTL_STATES[short], "", code, seconds), []
        elif call.name == "__gmtl_internal_fn_log" and found is not None and found.status == "failed":
            line = string_of(call.arguments[0]).lstrip("│├└─ \t>-")
            details += [line] if line and not line.startswith("❌") else []
    if found is not None:
        yield found._replace(message="; ".join(details))


def gmtl_is_done(watch: Watch) -> bool:
    return any(call.name == "__gmtl_internal_fn_finish_suites" for call in watch.calls)


GMTL_STATES: Mapping[str, Status] = {"success": "passed", "failed": "failed", "skipped": "skipped"}
GMTL_LOGS = tuple(f"__gmtl_internal_fn_log_test_{state}" for state in GMTL_STATES)

# --------------------------------------------------------------------- Olympus


def olympus_findings(watch: Watch) -> Iterator[Finding]:
    for test in watch.structs["_Olympus_Test"]:
        name, state, error = olympus_name(test), field(test, "status"), olympus_error(field(test, "_err"))
        if state in OLYMPUS_STATES:
            yield Finding(name, OLYMPUS_STATES[state], error, field(test, "_test_fn"), watch.seconds(test))
        elif state in OLYMPUS_RUNNING:
            yield Finding(name, "failed", error or ENDED, field(test, "_test_fn"))


def olympus_name(test: Value) -> str:
    return f"{field(field(test, 'my_suite_ref'), '_suite_name', '')}::{field(test, '_name', '')}"


def olympus_running(watch: Watch) -> Iterator[str]:
    return (olympus_name(test) for test in watch.structs["_Olympus_Test"] if field(test, "status") in OLYMPUS_RUNNING)


def olympus_error(error: Value) -> str:
    """The words of a test's error, with the text that was thrown, if any."""
    if error is None:
        return ""
    thrown = field(error, "info")
    return f"{text_of(error)}: {thrown}" if isinstance(thrown, str) else text_of(error)


def olympus_is_done(watch: Watch) -> bool:
    waiting = field(field(watch.game.rt.globals, "_olympus_suite_manager"), "_suites", [])
    return bool(watch.structs["_Olympus_Suite"]) and all(field(one, "_completion_time") is not None for one in waiting)


ENDED = "the game ended while the test ran"
OLYMPUS_RUNNING = ("running", "gettingUserFeedback")
OLYMPUS_STATES: Mapping[str, Status] = {
    "passed": "passed",
    "failed": "failed",
    "crashed": "failed",
    "skipped": "skipped",
}

# -------------------------------------------------------------------- Verrific


def verrific_findings(watch: Watch) -> Iterator[Finding]:
    for node in watch.structs["VerrificTestNode"]:
        suite, state = field(node, "suite"), int(field(node, "status", 0))
        name = f"{field(suite, 'description', '')}::{field(node, 'description', '')}"
        messages = field(field(node, "test_run"), "messages", [])
        said = "; ".join(string_of(field(message, "text", "")) for message in messages)
        if state in VERRIFIC_STATES:
            status, seconds = VERRIFIC_STATES[state], watch.seconds(node)
            yield Finding(name, status, "" if status == "passed" else said, verrific_code(node), seconds)


def verrific_code(node: Value) -> Value:
    """The method that a test runs."""
    stub = field(node, "test_stub")
    code = field(stub, "test_method")
    statics = getattr(getattr(field(stub, "test_type"), "gml", None), "statics", None)
    return field(statics, code) if isinstance(code, str) else code


def verrific_is_done(watch: Watch) -> bool:
    runners = watch.structs["VerrificLogRunner"]
    return bool(runners) and all(field(runner, "is_finished") for runner in runners)


VERRIFIC_STATES: Mapping[int, Status] = {3: "passed", 4: "skipped", 5: "skipped", 6: "failed", 7: "failed"}
"""Passed, unsure, unproven, failed, crashed."""

# ------------------------------------------------------------------- gms2-test


def gmltest_findings(watch: Watch) -> Iterator[Finding]:
    printed: list[str] = []
    begun = 0.0
    tests = {string_of(field(test, "_name")): field(test, "_fn") for test in watch.structs["_GMLTest_Test"]}
    for call in watch.calls:
        if call.name == "print":
            printed.append(call.arguments[0])
            continue
        if call.name != "_gmltest_log_status":
            continue
        state, name = string_of(call.arguments[0]), string_of(call.arguments[1])
        if state in GMLTEST_STATES:
            # the first line that was printed since is the one that tells of the start
            said = "; ".join(printed[1:2]) if state == "FAILED" else ""
            code = next((tests[one] for one in gmltest_names(name) if one in tests), None)
            yield Finding(name, GMLTEST_STATES[state], said, code, call.moment - begun if begun else 0.0)
        begun = call.moment if state == "RUN" else 0.0
        printed = []


def gmltest_names(name: str) -> Iterator[str]:
    """The names that a test may have been given: without its harness in front, and its number behind."""
    parts = name.split("::")
    for start in range(len(parts)):
        for end in range(len(parts), start, -1):
            yield "::".join(parts[start:end])


def gmltest_is_done(watch: Watch) -> bool:
    return any(call.name == "gmltest_start" for call in watch.calls)


GMLTEST_STATES: Mapping[str, Status] = {"PASSED": "passed", "FAILED": "failed", "DISABLED": "skipped"}

# ----------------------------------------------------------- GM-TestFramework


def xunit_findings(watch: Watch) -> Iterator[Finding]:
    for name, test in xunit_tests(watch):
        state = XUNIT_STATES.get(int(field(test, "result", 0)))
        if state is not None:
            said = "the test took too long" if int(field(test, "result")) == XUNIT_EXPIRED else ""
            said = "; ".join(xunit_messages(watch.kept.get(test))) or said
            yield Finding(name, state, said, xunit_code(test), watch.seconds(test))


def xunit_tests(watch: Watch) -> Iterator[tuple[str, Any]]:
    """The tests, each with its name; not those that consist of others."""
    for batch in watch.heirs("TestBatch"):
        for test in field(batch, "tests"):
            if not hasattr(test, "tests"):
                yield f"{type(batch).__gml_name__}::{string_of(field(test, 'name', ''))}", test


def xunit_running(watch: Watch) -> Iterator[str]:
    return (name for name, test in xunit_tests(watch) if int(field(test, "state", 0)) == XUNIT_RUNNING)


def xunit_code(test: Value) -> Value:
    """The function of a test: that of one with data, or the first of its events."""
    return field(test, "testFunc") or first_function(field(test, "events"))


def xunit_messages(diagnostics: Value) -> Iterator[str]:
    """The words of a test's diagnostics."""
    for one in field(diagnostics, "error", []):
        words = [string_of(field(one, name)) for name in ("title", "description") if field(one, name)]
        got, wanted = field(one, "actual"), field(one, "expected")
        yield ": ".join([*words, f"got {got}" if wanted in (None, "null") else f"expected {wanted}, got {got}"])
    yield from map(text_of, field(diagnostics, "exception", []))


def xunit_is_done(watch: Watch) -> bool:
    whole = watch.structs["TestFrameworkRun"]
    return bool(whole) and all(int(field(test, "state", 0)) == XUNIT_FINISHED for test in whole)


XUNIT_RUNNING, XUNIT_FINISHED = 1, 2
XUNIT_EXPIRED = 5
XUNIT_STATES: Mapping[int, Status] = {1: "passed", 2: "failed", 3: "skipped", 4: "skipped", 5: "failed"}

# ----------------------------------------------------------------------- gUnit


def gunit_findings(watch: Watch) -> Iterator[Finding]:
    code = {string_of(field(test, "m_name", "")): field(test, "m_callback") for test in watch.structs["TestCase"]}
    suite, begun = "", 0.0
    for call in watch.calls:
        text = call.arguments[0].strip()
        found = GUNIT_TEST.match(text)
        if found:
            status: Status = "passed" if found[2] == "Passed" else "failed"
            said = GUNIT_ERROR.sub("", text[found.end() :]).strip() if status == "failed" else ""
            yield Finding(f"{suite}::{found[1]}", status, said, code.get(found[1]), max(0.0, call.moment - begun))
        elif text.startswith(GUNIT_SUITE):
            suite = text.removeprefix(GUNIT_SUITE)
        begun = call.moment


def gunit_is_done(watch: Watch) -> bool:
    lines: list[str] = [call.arguments[0].strip() for call in watch.calls]
    ended = sum(line.startswith("Total Passed:") for line in lines)
    return 0 < ended == sum(line.startswith(GUNIT_SUITE) for line in lines)


GUNIT_SUITE = "Test Suite: "
GUNIT_TEST = re.compile(r"Test: (.*)\n(Passed|Failed)\b.*")
GUNIT_ERROR = re.compile(r"^\s*Error: ")

# ---------------------------------------------------------------- gml-min-assert


def min_assert_findings(watch: Watch) -> Iterator[Finding]:
    told = list(map(string_of, getattr(field(watch.game.rt.globals, "runner"), "items", [])))
    for title, words in itertools.pairwise(told):
        found = MIN_ASSERT_TITLE.fullmatch(title)
        if found:
            status: Status = "passed" if found[2] == "PASS" else "failed"
            yield Finding(found[1], status, "" if status == "passed" else words.partition(": ")[2])


def min_assert_is_done(watch: Watch) -> bool:
    return any(call.name == "print" and "UNIT TESTS COMPLETE" in call.arguments[0] for call in watch.calls)


MIN_ASSERTS = tuple(f"Assert{kind}" for kind in ("Equals", "NotEquals", "True", "False", "Positive", "Negative"))
MIN_ASSERT_TITLE = re.compile(r"(.*) \[\[(PASS|FAIL|ERROR)\]\]\s*", re.DOTALL)

SWITCHES = ((re.compile(r"^([ \t]*#macro[ \t]+FRAMEWORK_SHOULD_CATCH[ \t]+)false\b", re.MULTILINE), r"\1true "),)
"""Changes that are made in the texts of projects: GM-TestFramework is told to continue after an error in a test."""

FRAMEWORKS = (
    Framework(
        "Crispy",
        {"TestRunner", "TestCase", "CrispyLog"},
        ("TestCase", "TestRunner"),
        (),
        crispy_findings,
        crispy_is_done,
        nothing_runs,
        Stopwatch("TestCase", "test", "onRunEnd", is_read=True),
    ),
    Framework(
        "GMTL",
        {"suite", "describe", "it", "__gmtl_internal_fn_finish_suites"},
        (),
        ("describe", "it", "skip", "__gmtl_internal_fn_log", "__gmtl_internal_fn_finish_suites", *GMTL_LOGS),
        gmtl_findings,
        gmtl_is_done,
    ),
    Framework(
        "Olympus",
        {"olympus_run", "_Olympus_Suite", "_Olympus_Test"},
        ("_Olympus_Suite", "_Olympus_Test"),
        (),
        olympus_findings,
        olympus_is_done,
        olympus_running,
        Stopwatch("_Olympus_Test", "_start_time", "_completion_time"),
        after_error="restart",
    ),
    Framework(
        "Verrific",
        {"VerrificTestNode", "VerrificLogRunner"},
        ("VerrificTestNode", "VerrificLogRunner"),
        (),
        verrific_findings,
        verrific_is_done,
        nothing_runs,
        Stopwatch("VerrificTestNode", "test_run", "is_finished"),
    ),
    Framework(
        "gms2-test",
        {"gmltest_start", "GMLTest_Manager", "_gmltest_log_status"},
        ("_GMLTest_Test",),
        ("gmltest_start", "_gmltest_log_status"),
        gmltest_findings,
        gmltest_is_done,
    ),
    Framework(
        "gUnit",
        {"TestSuite", "TestCase", "assert_are_equal", "assert_throws_exception"},
        ("TestCase",),
        (),
        gunit_findings,
        gunit_is_done,
    ),
    Framework(
        "gml-min-assert",
        {*MIN_ASSERTS, "AssertGreaterThan", "AssertSmallerThan"},
        (),
        MIN_ASSERTS,
        min_assert_findings,
        min_assert_is_done,
    ),
    Framework(
        "GM-TestFramework",
        {"TestFrameworkRun", "TestBatch", "Test"},
        ("TestFrameworkRun",),
        (),
        xunit_findings,
        xunit_is_done,
        xunit_running,
        Stopwatch("Test", "startTimestamp", "endTimestamp", kept="diagnostics"),
        after_error="go on",
    ),
)


def recognised(functions: Set[str]) -> Framework | None:
    """The framework that a program's functions are of."""
    return next((one for one in FRAMEWORKS if one.marks <= functions), None)
