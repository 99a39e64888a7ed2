"""Where each name of the library stands, so that a look-up imports one chapter module and not all of them.

The index is made from the chapter modules once, and kept in the cache folder until one of them changes.
"""

from __future__ import annotations

from gmlrun.builtins import catalogue
from gmlrun.cache import Cache


class LibraryIndex:
    """The chapter module of each function, variable and constant, by name."""

    def __init__(self, functions: dict[str, str], variables: dict[str, str], constants: dict[str, str]) -> None:
        self.functions = functions
        self.variables = variables
        self.constants = constants

    def __contains__(self, name: str) -> bool:
        """Whether a function, a variable or a constant has that name."""
        return name in self.functions or name in self.variables or name in self.constants


def load() -> LibraryIndex:
    """The index, from the cache folder if it is there."""
    cache = Cache()
    key = cache.key(["index of the library"])
    found = cache.load(key)
    if found is not None:
        return LibraryIndex(*found[1])
    made = make()
    cache.store(key, [], (made.functions, made.variables, made.constants))
    return made


def make() -> LibraryIndex:
    """The index as the chapter modules have it, all of which are imported."""
    library = catalogue.load()
    return LibraryIndex(
        {name: builtin.module for name, builtin in library.functions.items()},
        {name: variable.module for name, variable in library.variables.items()},
        library.constant_modules,
    )
