"""Tests that were found, and their results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from gmlrun.diagnostics import Place, StackFrame
from gmlrun.lean import NamedTuple

Status = Literal["passed", "failed", "skipped", "todo"]
WHOLE = "(program)"
"""The name of the test that a file without test functions is."""
SUITE = "(suite)"
"""The name of what runs all tests that a project has of a public framework."""
REPLAY = "(recording)"
"""The name of the test that a recording is."""


class Case(NamedTuple):
    """A test that was found: where it is, and what its `/// @test` line says of it."""

    file: str
    name: str
    line: int
    mark: str = ""
    """Empty, `only`, `skip` or `todo`."""
    reason: str = ""

    @property
    def title(self) -> str:
        """The name that a filter looks at and people read."""
        return self.file if self.name in (WHOLE, SUITE, REPLAY) else f"{self.file}::{self.name}"


class Result(NamedTuple):
    """The result of a test."""

    case: Case
    status: Status
    seconds: float = 0.0
    message: str = ""
    place: Place | None = None
    stack: Sequence[StackFrame] = ()
    output: Sequence[str] = ()
    """The lines that it printed, shortened where it was very much."""
    parts: Sequence[Any] = ()
    """The results of the tests in it, of a suite that ran as a whole."""
