"""The resolution of names: a bare name and the code that it stands in go in, its meaning comes out."""

from __future__ import annotations

from enum import Enum, auto

from gmlrun.compiler.analysis import Routine
from gmlrun.compiler.symbols import NameTable, Symbols
from gmlrun.language import ARGUMENT_NAMES, LITERAL_NAMES, PLACE_NAMES, SCOPE_NAMES


class Meaning(Enum):
    """The things that a bare name can stand for, in the order in which they are tried."""

    LOCAL = auto()
    KEPT = auto()
    STATIC = auto()
    INNER_FUNCTION = auto()
    OWN_FUNCTION = auto()
    KEYWORD = auto()
    ARGUMENT = auto()
    CONSTANT = auto()
    ENUM = auto()
    GLOBALVAR = auto()
    SCRIPT = auto()
    ASSET = auto()
    BUILTIN = auto()
    VARIABLE = auto()
    MEMBER = auto()


NEARER_THAN_ENUMS = frozenset(
    (
        Meaning.LOCAL,
        Meaning.KEPT,
        Meaning.STATIC,
        Meaning.INNER_FUNCTION,
        Meaning.OWN_FUNCTION,
        Meaning.KEYWORD,
        Meaning.ARGUMENT,
        Meaning.SCRIPT,
    )
)
"""The meanings that a name has before it means an enum."""


class Resolver:
    """Tells the meaning of a name in some code, from the code, the program and the library."""

    def __init__(self, symbols: Symbols, names: NameTable) -> None:
        self.symbols = symbols
        self.names = names

    def meaning(self, name: str, routine: Routine) -> Meaning:
        """The meaning of a bare name where it is read, called or stored to."""
        found = routine.meanings.get(name)
        if found is None:
            found = routine.meanings[name] = self._resolved(name, routine)
        return found

    def _resolved(self, name: str, routine: Routine) -> Meaning:
        if name in routine.locals:
            return Meaning.LOCAL
        if routine.kept is not None and name in routine.kept:
            return Meaning.KEPT
        if name in routine.static_names:
            return Meaning.STATIC
        if name in routine.inner:
            return Meaning.INNER_FUNCTION
        if routine.own is not None and name == routine.own.name:
            return Meaning.OWN_FUNCTION
        if name in SCOPE_NAMES:
            return Meaning.KEYWORD
        if name in ARGUMENT_NAMES:
            return Meaning.ARGUMENT
        return self._global_meaning(name)

    def is_enum(self, name: str, routine: Routine) -> bool:
        """Whether a bare name in front of a dot is an enum: a member of the same name does not hide it there."""
        return name in self.symbols.enums and self.meaning(name, routine) not in NEARER_THAN_ENUMS

    def _global_meaning(self, name: str) -> Meaning:
        symbols, names = self.symbols, self.names
        if name in LITERAL_NAMES or name in PLACE_NAMES:
            return Meaning.CONSTANT
        if name in symbols.functions:
            return Meaning.SCRIPT
        if name in symbols.enums and name not in symbols.assigned and names.enumeration(name) is None:
            return Meaning.ENUM
        if name in symbols.assets:
            return Meaning.ASSET
        if name in symbols.globalvars:
            return Meaning.GLOBALVAR
        if names.constant(name) is not None:
            return Meaning.CONSTANT
        if names.function(name) is not None:
            return Meaning.BUILTIN
        if name in symbols.library and name not in symbols.assigned:
            return Meaning.SCRIPT
        if names.variable(name) is not None:
            return Meaning.VARIABLE
        return Meaning.MEMBER
