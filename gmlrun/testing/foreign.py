"""The public frameworks: a project whose tests are written for one goes in, its results come out as gmlrun's own.

A framework is recognised by the functions of its scripts. Its project runs as a program, on the virtual clock; what it
found is read from its structs, or from the calls of its functions, not from what it prints.
"""

from __future__ import annotations

import gc
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from types import FunctionType
from typing import Any, NamedTuple, cast

from gmlrun.game import Game
from gmlrun.language import attribute
from gmlrun.testing.results import Status
from gmlrun.values.model import Struct
from gmlrun.values.text import string_of


class Finding(NamedTuple):
    """What came of one test of a framework."""

    name: str
    status: Status
    message: str = ""


class WatchedCall(NamedTuple):
    """A call of a function that is watched, or a line that was printed (`print`)."""

    name: str
    arguments: Sequence[Any]


class Watch:
    """What is seen of a framework's game."""

    def __init__(self, framework: Framework, game: Game) -> None:
        self.framework = framework
        self.game = game
        self.structs: dict[str, list[Struct]] = {name: [] for name in framework.classes}
        self.calls: list[WatchedCall] = []

    def begin(self) -> None:
        """Looks at a game that is linked, and whose code has not run."""
        for name, kept in self.structs.items():
            keep_structs(self.game.rt.functions[name].gml.struct_class, kept)  # type: ignore[attr-defined]
        for name in self.framework.functions:
            self._spy(name)

    def _spy(self, name: str) -> None:
        """Puts a function in the place of another one, which notes the call and makes it."""
        rt, called = self.game.rt, self.calls
        original = rt.functions[name]

        def spy(other: Any, self: Any, *arguments: Any) -> Any:
            called.append(WatchedCall(name, arguments))
            return original(other, self, *arguments)

        spy.gml = original.gml  # type: ignore[attr-defined]
        rt.functions[name] = cast(FunctionType, spy)
        for namespace in rt.namespaces:
            if namespace.get(f"gml_Script_{name}") is original:
                namespace[f"gml_Script_{name}"] = spy

    def heirs(self, name: str) -> list[Any]:
        """The living structs of a constructor and of those that inherit from it, in the order of their creation."""
        base = self.game.rt.functions[name].gml.struct_class  # type: ignore[attr-defined]
        return [found for found in gc.get_objects() if base in type(found).__mro__]

    def put(self, line: str) -> None:
        """Takes a line that the game prints."""
        self.calls.append(WatchedCall("print", (line,)))

    def findings(self) -> list[Finding]:
        """What is known of the tests by now."""
        return list(self.framework.findings(self))

    @property
    def is_done(self) -> bool:
        """Whether the framework has reported."""
        return self.framework.is_done(self)


class Framework(NamedTuple):
    """A framework: how it is known, what is watched of it, and how that is read."""

    name: str
    marks: Set[str]
    """Functions of its scripts that no other project has together."""
    classes: Sequence[str]
    """Constructors whose structs are kept."""
    functions: Sequence[str]
    """Functions whose calls are noted."""
    findings: Callable[[Watch], Iterator[Finding]]
    is_done: Callable[[Watch], bool]


def keep_structs(struct_class: type[Struct], kept: list[Struct]) -> None:
    """Has all structs of a constructor put into a list."""

    def make(cls: type[Struct], *arguments: Any) -> Struct:
        made = object.__new__(cls)
        kept.append(made)
        return made

    struct_class.__new__ = make  # type: ignore[method-assign, assignment]


def recognised(functions: Set[str]) -> Framework | None:
    """The framework that a program's functions are of."""
    return next((one for one in FRAMEWORKS if one.marks <= functions), None)


def field(struct: Any, name: str, default: Any = None) -> Any:
    """A variable of a struct, also one that it has from its constructor."""
    return getattr(struct, attribute(name), default)


def text_of(value: Any) -> str:
    """What an error says, be it a text or a struct with a message."""
    if isinstance(value, Struct):
        value = field(value, "message", value)
    return string_of(value)


# --------------------------------------------------------------------- Crispy


def crispy_findings(watch: Watch) -> Iterator[Finding]:
    for case in watch.structs["TestCase"]:
        suite, logs = field(case, "parent"), field(case, "logs", [])
        name = f"{field(suite, 'name', '')}::{field(case, 'name', '')}".removeprefix("::")
        wrong = [log for log in logs if not field(log, "pass")]
        said = (field(log, "msg") or field(log, "helper_text") or "an assertion failed" for log in wrong)
        if suite is not None and (logs or watch.is_done):
            yield Finding(name, "failed" if wrong else "passed", "; ".join(map(text_of, said)))


def crispy_is_done(watch: Watch) -> bool:
    runners = watch.structs["TestRunner"]
    return bool(runners) and all(field(runner, "logs") for runner in runners if field(runner, "suites"))


# ------------------------------------------------------------------------ GMTL


def gmtl_findings(watch: Watch) -> Iterator[Finding]:
    described, found = "", None
    details: list[str] = []
    calls = itertools.takewhile(lambda call: call.name != "__gmtl_internal_fn_finish_suites", watch.calls)
    for call in calls:
        short = call.name.removeprefix("__gmtl_internal_fn_log_test_")
        if call.name == "describe":
            described = f"{string_of(call.arguments[0])}::"
        if short in GMTL_STATES:
            if found is not None:
                yield found._replace(message="; ".join(details))
            found, details = Finding(described + string_of(call.arguments[0]), GMTL_STATES[short]), []
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
        suite, state = field(test, "my_suite_ref"), field(test, "status")
        error = olympus_error(field(test, "_err"))
        name = f"{field(suite, '_suite_name', '')}::{field(test, '_name', '')}"
        if state in OLYMPUS_STATES:
            yield Finding(name, OLYMPUS_STATES[state], error)
        elif state == "running":
            yield Finding(name, "failed", error or "the game ended while the test ran")


def olympus_error(error: Any) -> str:
    """What an error of a test says, with what was thrown if that is a text."""
    if error is None:
        return ""
    thrown = field(error, "info")
    return f"{text_of(error)}: {thrown}" if isinstance(thrown, str) else text_of(error)


def olympus_is_done(watch: Watch) -> bool:
    waiting = field(field(watch.game.rt.globals, "_olympus_suite_manager"), "_suites", [])
    return bool(watch.structs["_Olympus_Suite"]) and all(field(one, "_completion_time") is not None for one in waiting)


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
            yield Finding(name, VERRIFIC_STATES[state], "" if VERRIFIC_STATES[state] == "passed" else said)


def verrific_is_done(watch: Watch) -> bool:
    runners = watch.structs["VerrificLogRunner"]
    return bool(runners) and all(field(runner, "is_finished") for runner in runners)


VERRIFIC_STATES: Mapping[int, Status] = {3: "passed", 4: "skipped", 5: "skipped", 6: "failed", 7: "failed"}
"""Passed, unsure, unproven, failed, crashed."""

# ------------------------------------------------------------------- gms2-test


def gmltest_findings(watch: Watch) -> Iterator[Finding]:
    printed: list[str] = []
    for call in watch.calls:
        if call.name == "print":
            printed.append(call.arguments[0])
            continue
        if call.name != "_gmltest_log_status":
            continue
        state, name = string_of(call.arguments[0]), string_of(call.arguments[1])
        if state in GMLTEST_STATES:
            # the first line that was printed since is the one that tells of the start
            yield Finding(name, GMLTEST_STATES[state], "; ".join(printed[1:2]) if state == "FAILED" else "")
        printed = []


def gmltest_is_done(watch: Watch) -> bool:
    return any(call.name == "gmltest_start" for call in watch.calls)


GMLTEST_STATES: Mapping[str, Status] = {"PASSED": "passed", "FAILED": "failed", "DISABLED": "skipped"}

# ----------------------------------------------------------- GM-TestFramework


def xunit_findings(watch: Watch) -> Iterator[Finding]:
    for batch in watch.heirs("TestBatch"):
        for test in field(batch, "tests"):
            state = XUNIT_STATES.get(int(field(test, "result", 0)))
            if hasattr(test, "tests") or state is None:
                continue
            name = f"{type(batch).__gml_name__}::{string_of(field(test, 'name', ''))}"
            said = "; ".join(xunit_messages(test))
            yield Finding(name, state, said or ("the test took too long" if state == "failed" else ""))


def xunit_messages(test: Any) -> Iterator[str]:
    """What the diagnostics of a test say."""
    diagnostics = field(test, "diagnostics")
    for one in field(diagnostics, "error", []):
        words = [string_of(field(one, name)) for name in ("title", "description") if field(one, name)]
        yield ": ".join([*words, f"expected {field(one, 'expected')}, got {field(one, 'actual')}"])
    yield from map(text_of, field(diagnostics, "exception", []))


def xunit_is_done(watch: Watch) -> bool:
    whole = watch.structs["TestFrameworkRun"]
    return bool(whole) and all(int(field(test, "state", 0)) == XUNIT_FINISHED for test in whole)


XUNIT_FINISHED = 2
XUNIT_STATES: Mapping[int, Status] = {1: "passed", 2: "failed", 3: "skipped", 4: "skipped", 5: "failed"}

FRAMEWORKS = (
    Framework(
        "Crispy",
        {"TestRunner", "TestCase", "CrispyLog"},
        ("TestCase", "TestRunner"),
        (),
        crispy_findings,
        crispy_is_done,
    ),
    Framework(
        "GMTL",
        {"suite", "describe", "it", "__gmtl_internal_fn_finish_suites"},
        (),
        ("describe", "__gmtl_internal_fn_log", "__gmtl_internal_fn_finish_suites", *GMTL_LOGS),
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
    ),
    Framework(
        "Verrific",
        {"VerrificTestNode", "VerrificLogRunner"},
        ("VerrificTestNode", "VerrificLogRunner"),
        (),
        verrific_findings,
        verrific_is_done,
    ),
    Framework(
        "gms2-test",
        {"gmltest_start", "GMLTest_Manager", "_gmltest_log_status"},
        (),
        ("gmltest_start", "_gmltest_log_status"),
        gmltest_findings,
        gmltest_is_done,
    ),
    Framework(
        "GM-TestFramework",
        {"TestFrameworkRun", "TestBatch", "Test"},
        ("TestFrameworkRun",),
        (),
        xunit_findings,
        xunit_is_done,
    ),
)
MARKS = sorted(set().union(*(framework.marks for framework in FRAMEWORKS)))
