"""The symbol table: builtins are known by look-up, the program's own names by its declarations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from gmlrun.syntax import nodes


class FunctionFacts(Protocol):
    """The facts of a builtin function that the compiler asks for (builtins.registry.Builtin has them)."""

    @property
    def name(self) -> str: ...
    @property
    def module(self) -> str: ...
    @property
    def minimum(self) -> int: ...
    @property
    def maximum(self) -> int | None: ...
    @property
    def returns(self) -> str: ...
    @property
    def wants_scope(self) -> bool: ...
    @property
    def signature(self) -> str: ...
    @property
    def integers(self) -> set[int]: ...
    @property
    def variants(self) -> Mapping[str, str]: ...
    @property
    def variant_position(self) -> int: ...


class VariableFacts(Protocol):
    """The facts of a built-in global variable that the compiler asks for."""

    @property
    def module(self) -> str: ...
    @property
    def read_only(self) -> bool: ...
    @property
    def is_steady(self) -> bool:
        """Whether its value cannot change while one function runs."""


class ConstantFacts(Protocol):
    """A built-in constant: its value, and the module to link it from if Python code cannot hold it."""

    @property
    def value(self) -> Any: ...
    @property
    def module(self) -> str: ...


class NameTable(Protocol):
    """The compiler's only view of the library: three look-ups, and the names that it lacks."""

    def function(self, name: str) -> FunctionFacts | None:
        """The builtin function of that name."""

    def variable(self, name: str) -> VariableFacts | None:
        """The built-in global variable of that name."""

    def constant(self, name: str) -> ConstantFacts | None:
        """The built-in constant of that name."""

    def enumeration(self, name: str) -> dict[str, int] | None:
        """The members of an enum of GameMaker's own."""

    def absent_function(self, name: str) -> str:
        """The family of a function of GameMaker's, of any platform and version, that gmlrun lacks, or empty."""

    def absent_result(self, name: str) -> str:
        """The kind of what an absent function gives, empty for a name that is none."""

    def absent(self, name: str) -> str:
        """The family of a function, variable or constant of GameMaker's that gmlrun does not have, or empty."""

    def constant_operation(self, operator: str, *operands: Any) -> Any:
        """The result of an operator for constants; raises GmlError for operands that it refuses."""

    def constant_call(self, name: str, arguments: list[Any]) -> Any:
        """The result of a call with constants; raises LookupError for a function that depends on more than these."""

    def function_names(self) -> list[str]:
        """All names of functions, for the nearest one to a misspelt name."""

    def value_names(self) -> list[str]:
        """All names of variables and constants."""

    def event_entry(self, owner: str, event: str) -> str | None:
        """The code entry name (`gml_Object_OWNER_Create_0`) of an event as written, None for an unknown one."""

    def event_names(self) -> list[str]:
        """All names of events, for the nearest one to a misspelt name."""


@dataclass
class Symbols:
    """The declarations of a program, which hold for all its sources."""

    functions: dict[str, int] = field(default_factory=dict)
    """Script functions with their parameter counts; constructors among them."""
    bodies: dict[str, nodes.Function] = field(default_factory=dict)
    """The script functions themselves."""
    constructors: set[str] = field(default_factory=set)
    """Those of the script functions that are constructors."""
    enums: dict[str, dict[str, int]] = field(default_factory=dict)
    globalvars: set[str] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)
    """Named assets other than script functions: objects, rooms, sprites, …"""
    asset_numbers: dict[str, int] = field(default_factory=dict)
    """The numbers of assets, as members of enums have them for their values."""
    assigned: set[str] = field(default_factory=set)
    """Every name that some source of the program stores to, as a variable or a struct member."""
    spelled: set[str] = field(default_factory=set)
    """Every text of the program: `variable_instance_set` and its kin may make a variable of that name."""
    computed_names: bool = False
    """Whether the program makes variables whose names it computes, so that any name may be one."""
    connectors: set[str] = field(default_factory=set)
    """The functions that the program opens servers and connections with."""
    dynamic_epsilon: bool = False
    """Whether the program may call math_set_epsilon, so that no comparison may fold the epsilon."""
    optimise: bool = True
    """Whether inline forms may take the place of helpers and builtins; without them, all values have one form."""
    library: dict[str, str] = field(default_factory=dict)
    """Functions of stdlib/ by the file that defines them."""
    kept: set[str] = field(default_factory=set)
    """The locals of a session's earlier lines."""
    is_open: bool = False
    """Whether more sources follow, so that a function may call one that is defined later (in a session)."""

    def copy(self) -> Symbols:
        """The same declarations, to add to without changing these."""
        copied = {f.name: getattr(self, f.name) for f in fields(self)}
        return Symbols(**{name: value.copy() if hasattr(value, "copy") else value for name, value in copied.items()})
