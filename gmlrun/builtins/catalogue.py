"""Looks builtins up: one by its module and name, or all of them."""

from __future__ import annotations

from gmlrun.builtins.registry import Builtin, Mark, Variable, describe, describe_variable
from gmlrun.lean import cache, import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from gmlrun.values.model import Value

NOT_CHAPTERS = ("binding", "catalogue", "index", "json_reading", "json_writing", "manual", "registry", "table")


def modules() -> Iterator[str]:
    """The names of all chapter modules."""
    package = import_module("gmlrun.builtins")
    import pkgutil

    for found in pkgutil.iter_modules(package.__path__):
        if found.name not in NOT_CHAPTERS:
            yield f"gmlrun.builtins.{found.name}"


class Library:
    """All builtins by name; what `load` returns."""

    def __init__(self) -> None:
        self.functions: dict[str, Builtin] = {}
        self.variables: dict[str, Variable] = {}
        self.constants: dict[str, Value] = {}
        self.constant_modules: dict[str, str] = {}

    def add(self, module: str) -> None:
        """Takes in what a chapter module defines: marked functions and its CONSTANTS."""
        loaded = import_module(module)
        for function, mark in marked(loaded):
            if function.__module__ == module:
                self._add_marked(function, mark)
        constants = getattr(loaded, "CONSTANTS", {})
        self.constants.update(constants)
        self.constant_modules.update(dict.fromkeys(constants, module))

    def _add_marked(self, function: Callable[..., Value], mark: Mark) -> None:
        if mark.is_variable:
            self.variables[mark.name] = describe_variable(function, mark)
            return
        for name in (mark.name, *mark.spellings):
            self.functions[name] = describe(function, mark._replace(name=name))


def load() -> Library:
    """Every builtin that gmlrun has: imports all chapter modules."""
    library = Library()
    for module in modules():
        library.add(module)
    return library


@cache
def find(module: str, name: str) -> Builtin:
    """One builtin of a module already known to hold it (the index or a cached unit says which): loads only that."""
    return describe(*_marked(module, name, is_variable=False))


@cache
def find_variable(module: str, name: str) -> Variable:
    """One built-in variable of a module already known to hold it."""
    return describe_variable(*_marked(module, name, is_variable=True))


def marked(module: ModuleType) -> Iterator[tuple[Callable[..., Value], Mark]]:
    """The marked functions of a module: its own names, and lists VARIABLES and FUNCTIONS that are made from tables."""
    for value in (*vars(module).values(), *getattr(module, "VARIABLES", ()), *getattr(module, "FUNCTIONS", ())):
        mark = getattr(value, "gml_mark", None)
        if isinstance(mark, Mark):
            yield value, mark


def _marked(module: str, name: str, is_variable: bool) -> tuple[Callable[..., Value], Mark]:
    function, mark = marked_by_name(module)[name, is_variable]
    return function, mark._replace(name=name)


@cache
def marked_by_name(module: str) -> dict[tuple[str, bool], tuple[Callable[..., Value], Mark]]:
    """The marked functions of a module by each of their names, and whether that stands for a variable."""
    return {
        (name, mark.is_variable): (function, mark)
        for function, mark in marked(import_module(module))
        for name in (mark.name, *mark.spellings)
    }
