"""The symbol table: builtins are known by look-up, the program's own names by its declarations."""

from __future__ import annotations

from collections.abc import Mapping
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

    def collides_with(self, event: str) -> str:
        """The name of the object that a Collision event as written is with, empty for other events."""

    def event_names(self) -> list[str]:
        """All names of events, for the nearest one to a misspelt name."""


class Symbols:
    """The declarations of a program, which hold for all its sources."""

    def __init__(self, library: dict[str, str] | None = None, is_open: bool = False) -> None:
        self.functions: dict[str, int] = {}
        """Script functions with their parameter counts; constructors among them."""
        self.bodies: dict[str, nodes.Function] = {}
        """The script functions themselves."""
        self.constructors: set[str] = set()
        """Those of the script functions that are constructors."""
        self.enums: dict[str, dict[str, int]] = {}
        self.globalvars: set[str] = set()
        self.assets: set[str] = set()
        """Named assets other than script functions: objects, rooms, sprites, …"""
        self.asset_numbers: dict[str, int] = {}
        """The numbers of assets, as members of enums have them for their values."""
        self.assigned: set[str] = set()
        """Every name that some source of the program stores to, as a variable or a struct member."""
        self.spelled: set[str] = set()
        """Every text of the program: `variable_instance_set` and its kin may make a variable of that name."""
        self.computed_names = False
        """Whether the program makes variables whose names it computes, so that any name may be one."""
        self.methods: dict[str, list[nodes.Function]] = {}
        """The functions that constructors declare as statics, by the statics' names."""
        self.stored: set[str] = set()
        """Every variable that some source makes or stores to in another way."""
        self.members: set[str] = set()
        """Every name that some source makes a variable or a struct member of, which no local is."""
        self.stores_unseen = False
        """Whether the program may store to variables whose names it computes, by whatever means."""
        self.most_arguments: dict[str, int] = {}
        """The most arguments of a call, by the name of the variable that is called."""
        self.connectors: set[str] = set()
        """The functions that the program opens servers and connections with."""
        self.dynamic_epsilon = False
        """Whether the program may call math_set_epsilon, so that no comparison may fold the epsilon."""
        self.optimise = True
        """Whether inline forms may take the place of helpers and builtins; without them, all values have one form."""
        self.library = library or {}
        """Functions of stdlib/ by the file that defines them."""
        self.kept: set[str] = set()
        """The locals of a session's earlier lines."""
        self.is_open = is_open
        """Whether more sources follow, so that a function may call one that is defined later (in a session)."""

    def copy(self) -> Symbols:
        """The same declarations, to add to without changing these."""
        made = Symbols()
        for name, value in vars(self).items():
            setattr(made, name, value.copy() if hasattr(value, "copy") else value)
        return made
