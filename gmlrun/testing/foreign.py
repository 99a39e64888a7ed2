"""Public frameworks: how one is known by its scripts, and what is watched of it while its project runs.

Its project runs as a program, on the virtual clock; what it found is read from its structs, or from the calls of its
functions, not from what it prints. `testing/frameworks.py` has a row for each.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence, Set
from types import FunctionType, MethodType
from typing import Any, Literal, cast

from gmlrun.game import Game
from gmlrun.language import attribute, method_attribute
from gmlrun.lean import NamedTuple
from gmlrun.testing.results import Status
from gmlrun.values.model import Struct, own_variables
from gmlrun.values.text import string_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value


class Finding(NamedTuple):
    """The result of one test of a framework."""

    name: str
    status: Status
    message: str = ""
    function: Value = None
    """The code of the test."""
    seconds: float = 0.0
    """The real seconds that the test took."""


class WatchedCall(NamedTuple):
    """A call of a function that is watched, or a line that was printed (`print`)."""

    name: str
    arguments: Sequence[Any]
    moment: float = 0.0
    """The time of the call, by the real clock."""


class Stopwatch(NamedTuple):
    """The variables of a framework's structs that are set, or read, when a test begins and when it ends."""

    struct: str
    begin: str
    end: str
    is_read: bool = False
    kept: str = ""
    """A variable whose value at the end is kept, as the framework forgets it."""


class Watch:
    """Watches the game of a framework."""

    def __init__(self, framework: Framework, game: Game) -> None:
        self.framework = framework
        self.game = game
        self.structs: dict[str, list[Struct]] = {name: [] for name in framework.classes}
        self.calls: list[WatchedCall] = []
        self.begun: dict[Struct, float] = {}
        self.ended: dict[Struct, float] = {}
        self.kept: dict[Struct, Value] = {}
        """The kept variable of each struct as its test ended."""

    def begin(self) -> None:
        """Looks at a game that is linked, and whose code has not run."""
        for name, kept in self.structs.items():
            keep_structs(self.game.rt.functions[name].gml.struct_class, kept)  # type: ignore[attr-defined]
        for name in self.framework.functions:
            self._spy(name)
        stopwatch = self.framework.stopwatch
        if stopwatch is not None:
            struct_class = self.game.rt.functions[stopwatch.struct].gml.struct_class  # type: ignore[attr-defined]
            note_times(struct_class, stopwatch, self)

    def _spy(self, name: str) -> None:
        """Puts a function in the place of another one, which notes the call and makes it."""
        rt, called = self.game.rt, self.calls
        original = rt.functions[name]

        def spy(other: Value, self: Value, *arguments: Value) -> Value:
            called.append(WatchedCall(name, arguments, time.perf_counter()))
            return original(other, self, *arguments)

        spy.gml = original.gml  # type: ignore[attr-defined]
        rt.functions[name] = cast(FunctionType, spy)
        for namespace in rt.namespaces:
            if namespace.get(f"gml_Script_{name}") is original:
                namespace[f"gml_Script_{name}"] = spy
                if f"gml_Direct_{name}" in namespace:
                    namespace[f"gml_Direct_{name}"] = spy

    def heirs(self, name: str) -> list[Any]:
        """The living structs of a constructor and of those that inherit from it, in the order of their creation."""
        base = self.game.rt.functions[name].gml.struct_class  # type: ignore[attr-defined]
        return [found for found in gc.get_objects() if base in type(found).__mro__]

    def put(self, line: str) -> None:
        """Takes a line that the game prints."""
        self.calls.append(WatchedCall("print", (line,), time.perf_counter()))

    def seconds(self, struct: Any) -> float:
        """The real time that a test took; 0 for one that has not ended."""
        return max(0.0, self.ended.get(struct, 0.0) - self.begun.get(struct, 0.0))

    def findings(self) -> list[Finding]:
        """The results that are known by now."""
        return list(self.framework.findings(self))

    @property
    def progress(self) -> int:
        """A number that grows while tests run."""
        return len(self.ended) + sum(call.name != "print" for call in self.calls)

    @property
    def is_done(self) -> bool:
        """Whether the framework has reported."""
        return self.framework.is_done(self)


def nothing_runs(watch: Watch) -> Iterator[str]:
    """The tests that run, of a framework that does not say so."""
    return iter(())


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
    running: Callable[[Watch], Iterator[str]] = nothing_runs
    """The names of the tests that run now, where that can be seen."""
    stopwatch: Stopwatch | None = None
    after_error: Literal["end", "restart", "go on"] = "end"
    """The way on after an error or a test that ends the game: nothing more runs; the project starts again, and the
    framework goes on behind the test; or the game goes on, as the framework counts the time of its tests."""


def keep_structs(struct_class: type[Struct], kept: list[Struct]) -> None:
    """Collects all structs of a constructor in a list."""

    def make(cls: type[Struct], *arguments: Value) -> Struct:
        made = object.__new__(cls)
        kept.append(made)
        return made

    struct_class.__new__ = make  # type: ignore[method-assign, assignment]


def note_times(struct_class: type[Struct], stopwatch: Stopwatch, watch: Watch) -> None:
    """Notes when the variables of a stopwatch are set or read in the structs of a constructor."""
    begin, end = attribute(stopwatch.begin), attribute(stopwatch.end)
    noted = {begin: watch.begun, end: watch.ended}
    noted |= {method_attribute(stopwatch.begin): watch.begun, method_attribute(stopwatch.end): watch.ended}

    def set_variable(self: Struct, name: str, value: Value) -> None:
        object.__setattr__(self, name, value)
        if name in noted:
            noted[name][self] = time.perf_counter()
            if name == end and stopwatch.kept:
                watch.kept[self] = field(self, stopwatch.kept)

    def read_variable(self: Struct, name: str) -> Value:
        if name in noted:
            noted[name][self] = time.perf_counter()
        return object.__getattribute__(self, name)

    if stopwatch.is_read:
        struct_class.__getattribute__ = read_variable  # type: ignore[method-assign, assignment]
    else:
        struct_class.__setattr__ = set_variable  # type: ignore[method-assign, assignment]


def field(struct: Value, name: str, default: Value = None) -> Any:
    """A variable of a struct, also one that it has from its constructor."""
    return getattr(struct, attribute(name), default)


def text_of(value: Value) -> str:
    """The words of an error, be it a text or a struct with a message."""
    if isinstance(value, Struct):
        value = field(value, "message", value)
    return string_of(value)


def first_function(struct: Value) -> Value:
    """The first variable of a struct that is a function; None where it has none."""
    values = [value for _, value in own_variables(struct)] if isinstance(struct, Struct) else []
    return next((value for value in values if isinstance(value, (FunctionType, MethodType))), None)


def place_of(function: Value) -> tuple[str, int] | None:
    """The file and the line at which a function of the program begins; None for anything else."""
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    return (code.co_filename, code.co_firstlineno) if code is not None else None
