"""What gmlrun has in place of parts of Python's library means what it means there."""

from __future__ import annotations

import collections
import contextlib
import functools
import heapq
import operator
import pickle
import re
import reprlib
import signal
import threading
import types
import typing
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from gmlrun import lean

SAME = {
    collections: ("defaultdict", "deque"),
    functools: ("partial",),
    heapq: ("heapify", "heappop", "heappush"),
    operator: ("attrgetter", "itemgetter"),
    threading: ("get_ident",),
    types: ("CodeType", "FunctionType", "MappingProxyType", "MethodType", "ModuleType", "SimpleNamespace"),
    weakref: ("ref",),
}
"""What is the same object as the library's."""


@pytest.mark.parametrize(("module", "name"), [(module, name) for module, names in SAME.items() for name in names])
def test_what_is_the_same(module: types.ModuleType, name: str) -> None:
    assert getattr(lean, name) is getattr(module, name)


SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM", "ITIMER_REAL", "SIG_DFL", "SIG_IGN")


@pytest.mark.parametrize("name", SIGNALS)
def test_signals_have_the_same_numbers(name: str) -> None:
    assert getattr(lean.signal, name) == getattr(signal, name)


def test_a_handler_of_a_signal_is_the_one_that_the_library_knows() -> None:
    before = lean.signal.signal(lean.signal.SIGALRM, handle)
    try:
        assert signal.getsignal(signal.SIGALRM) is handle
        assert lean.signal.getsignal(lean.signal.SIGALRM) is handle
    finally:
        lean.signal.signal(lean.signal.SIGALRM, before)


def handle(number: int, frame: Any) -> None:
    """Does nothing."""


# ---------------------------------------------------------------- records


def records(base: Any) -> list[type]:
    """The same classes over a base: of no field, of fields, of fields with defaults, with methods, and one below."""

    class Empty(base):
        """Has none."""

    class Pair(base):
        left: int
        right: str

    class Wide(base):
        a: Any
        b: Any = ()
        cls: Any = None
        self: Any = 4.0

    class Named(base):
        """With more than fields."""

        name: str
        count: int = 1

        KINDS = ("x",)

        @property
        def shown(self) -> str:
            return f"{self.name}:{self.count}"

        @classmethod
        def made(cls, text: str) -> Any:
            return cls(text)

        def __str__(self) -> str:
            return self.shown

    class Below(Named):
        def twice(self) -> Any:
            return self._replace(count=self.count * 2)

    return [Empty, Pair, Wide, Named, Below]


NAMES = ("empty", "pair", "wide", "named", "below")
PAIRS = dict(zip(NAMES, zip(records(typing.NamedTuple), records(lean.NamedTuple), strict=True), strict=True))
CALLS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    ((), {}),
    ((1,), {}),
    ((1, "x"), {}),
    ((1,), {"right": "y"}),
    (("n",), {"count": 3}),
    ((), {"name": "n"}),
    ((), {"a": 1, "cls": 2, "self": 3}),
    ((1, 2, 3, 4), {}),
    ((1, 2, 3, 4, 5), {}),
    ((1,), {"unknown": 2}),
)


def outcome(action: Callable[[], Any]) -> Any:
    """What an action gives, or the class of what it raises."""
    try:
        return action()
    except Exception as error:
        return type(error)


LOOKS: dict[str, Callable[[Any], Any]] = {
    "as a tuple": tuple,
    "text": repr,
    "str": str,
    "length": len,
    "hash": hash,
    "fields": lambda one: one._fields,
    "dictionary": lambda one: one._asdict(),
    "each field": lambda one: [getattr(one, name) for name in one._fields],
    "no attributes of its own": lambda one: outcome(lambda: setattr(one, "other", 1)) is AttributeError,
    "no change": lambda one: outcome(lambda: setattr(one, (*one._fields, "x")[0], 1)) is AttributeError,
    "same again": lambda one: tuple(type(one)(*one)),
    "made": lambda one: tuple(type(one)._make(iter(one))),
    "made of too much": lambda one: outcome(lambda: type(one)._make([*one, 1])),
    "replaced": lambda one: [tuple(one._replace(**{name: "new"})) for name in one._fields],
    "replaced wrongly": lambda one: outcome(lambda: one._replace(unknown=1)) in (ValueError, TypeError),
    "unpacked by a pattern": lambda one: type(one).__match_args__,
    "defaults": lambda one: type(one)._field_defaults,
    "annotations": lambda one: list(type(one).__annotations__) if "__annotations__" in vars(type(one)) else [],
    "description": lambda one: type(one).__doc__ is not None and type(one).__doc__.startswith(("Has", "With")),
}


@pytest.mark.parametrize("name", PAIRS)
def test_records_are_those_of_the_library(name: str) -> None:
    theirs, ours = PAIRS[name]
    for values, named in CALLS:
        wanted, found = (outcome(functools.partial(kind, *values, **named)) for kind in (theirs, ours))
        if isinstance(wanted, type):
            assert found is wanted, (values, named)
            continue
        assert tuple(wanted) == tuple(found)
        for what, look in LOOKS.items():
            assert look(found) == look(wanted), (what, values, named)


def test_methods_and_classes_below_a_record() -> None:
    for _, ours in (PAIRS["named"], PAIRS["below"]):
        made = ours.made("a")  # type: ignore[attr-defined]
        assert (type(made), made.shown, made.KINDS) == (ours, "a:1", ("x",))
    below = PAIRS["below"][1]
    assert below("a", 2).twice() == ("a", 4)
    assert type(below("a", 2).twice()) is below


class Kept(lean.NamedTuple):
    """A record that can be found by its name."""

    name: str
    count: int = 2


def test_a_record_can_be_pickled() -> None:
    found = pickle.loads(pickle.dumps(Kept("a", 3)))
    assert (type(found), found) == (Kept, Kept("a", 3))


# ------------------------------------------------------- functions and others


def test_a_cached_function_is_called_once_for_each_arguments() -> None:
    calls = []

    @lean.cache
    def found(*values: int) -> int:
        calls.append(values)
        return sum(values)

    assert [found(1, 2), found(1, 2), found(), found()] == [3, 3, 0, 0]
    assert calls == [(1, 2), ()]


def test_a_failure_is_not_cached() -> None:
    calls = []

    @lean.cache
    def fails(value: int) -> int:
        calls.append(value)
        raise KeyError(value)

    for _ in range(2):
        with pytest.raises(KeyError):
            fails(1)
    assert calls == [1, 1]


def test_a_cached_property_is_calculated_once() -> None:
    class Counting:
        calls = 0

        @lean.cached_property
        def value(self) -> int:
            """Counts."""
            self.calls += 1
            return self.calls

    one, other = Counting(), Counting()
    assert [one.value, one.value, other.value, one.calls] == [1, 1, 1, 1]
    assert Counting.__dict__["value"].__doc__ == "Counts."


@pytest.mark.parametrize("raised", [None, KeyError, LookupError, ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("classes", [(), (LookupError,), (ValueError, KeyError)])
def test_suppress(raised: type[BaseException] | None, classes: tuple[type[BaseException], ...]) -> None:
    def run(suppress: Any) -> list[str]:
        steps = []
        try:
            with suppress(*classes) as given:
                steps.append(str(given))
                if raised is not None:
                    raise raised
                steps.append("end")
            steps.append("behind")
        except BaseException as error:
            steps.append(type(error).__name__)
        return steps

    assert run(lean.suppress) == run(contextlib.suppress)


@pytest.mark.parametrize(
    ("text", "subject"),
    [(r"(?a)\d+", "12 \u0663"), (r"(?m)^a$", "b\na"), (r"x", ""), (r"(a)(b)?", "ab a")],
)
def test_a_pattern_is_the_compiled_one(text: str, subject: str) -> None:
    ours, theirs = lean.pattern(text), re.compile(text)
    for _ in range(2):  # compiled by the first call
        assert [found.span() for found in ours.finditer(subject)] == [
            found.span() for found in theirs.finditer(subject)
        ]
        assert ours.sub("-", subject) == theirs.sub("-", subject)
        assert (ours.match(subject) is None) == (theirs.match(subject) is None)
    assert ours.pattern == text


def test_a_pattern_has_the_attributes_of_a_compiled_one() -> None:
    theirs = [name for name in dir(re.compile("")) if not name.startswith("_") and name != "scanner"]
    assert sorted(lean.OF_PATTERNS) == theirs


def test_a_pattern_is_not_compiled_by_who_looks_for_something_else() -> None:
    assert getattr(lean.pattern("("), "gml_mark", None) is None
    with pytest.raises(re.error):
        lean.pattern("(").match("")


def test_a_text_that_holds_itself() -> None:
    def shown(decorate: Any) -> str:
        class Holder:
            inner: Any = None

            @decorate()
            def __repr__(self) -> str:
                return f"[{self.inner!r}]"

        holder = Holder()
        holder.inner = holder
        return repr(holder)

    assert shown(lean.recursive_repr) == shown(reprlib.recursive_repr) == "[...]"


def test_the_main_thread_is_known() -> None:
    found: list[bool] = []
    thread = threading.Thread(target=lambda: found.append(lean.is_main_thread()))
    thread.start()
    thread.join()
    assert (lean.is_main_thread(), found) == (True, [False])


def test_a_module_is_imported_by_its_whole_name() -> None:
    assert lean.import_module("gmlrun.values.text").__name__ == "gmlrun.values.text"
    with pytest.raises(ModuleNotFoundError):
        lean.import_module("gmlrun.nothing")
