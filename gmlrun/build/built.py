"""A program that is built: its units, what was found in it, and what hears how far the building is."""

from __future__ import annotations

from gmlrun.lean import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from gmlrun.diagnostics import Diagnostic
    from gmlrun.unit import Unit

Progress: TypeAlias = "Callable[[float], None]"
"""Is told while a program is compiled which part of the work is done, from 0 to 1."""

NAME_MISSING = frozenset({"unknown-function", "unset-variable", "never-set"})
"""The codes of findings about unknown functions and constants, which an installed extension may define."""
SAID_AT_RUN_TIME = frozenset(
    {"absent-builtin", "old-syntax", "never-set", "own-arity", "mixed-sockets", "captured-local"}
)
"""Codes of warnings that `check` gives alone: a run says itself what it comes to, and runs what is old."""


def unheard(part: float) -> None:
    """A Progress that tells nobody."""


class Built(NamedTuple):
    """A compiled program."""

    units: list[Unit]
    """The units of its parts, in their order."""
    library: list[Unit]
    """The units of stdlib/ that it uses."""
    findings: list[Diagnostic]
    """The warnings about its files and its code."""

    @property
    def all_units(self) -> list[Unit]:
        """The units of the program, then those of the library."""
        return [*self.units, *self.library]

    @property
    def warnings(self) -> list[Diagnostic]:
        """The findings that a run tells at its start."""
        return [found for found in self.findings if found.code not in SAID_AT_RUN_TIME]

    @property
    def texts(self) -> dict[str, str]:
        """The source text of each file, for carets in run-time errors."""
        return {unit.file: unit.text for unit in self.all_units}
