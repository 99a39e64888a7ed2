"""A program: the sources that are compiled together, and how each of them is compiled."""

from __future__ import annotations

from gmlrun.lean import MappingProxyType, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from gmlrun.source import Source


class Part(NamedTuple):
    """One source of a program and how it is compiled.

    `entry` is the code entry name of its own statements; `is_script` tells whether its named functions
    are project-wide; `owner` names the object that its `event` blocks belong to.
    """

    source: Source
    entry: str
    is_script: bool = True
    owner: str = ""
    value: bool = False
    """Whether the entry function returns the value of a final expression."""
    line: bool = False
    """Whether its locals stay for the lines after it (in a session)."""


class Program(NamedTuple):
    """Everything that is compiled together. `assets` are the names of its assets, functions apart."""

    parts: Sequence[Part]
    assets: Set[str] = frozenset()
    config: str = "Default"
    config_parents: Mapping[str, str] = MappingProxyType({})
    extra_functions: Set[str] = frozenset()
    """Names that a call may use without being known (functions of native extensions)."""
    optimise: bool = True
    asset_numbers: Mapping[str, int] = MappingProxyType({})
    """The numbers of assets, which members of enums may have for their values."""
    goes_on: bool = False
    """Whether a call of an unknown function is an error where it is run, as in a project of which parts never run."""
