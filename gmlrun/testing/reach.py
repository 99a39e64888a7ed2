"""The part of a file that one test can reach: a built file and a test go in, the units with only that come out.

Linking costs by the function. A test names few of the assertions and none of the other tests, so that a fresh game for
each test is cheap. Whatever code names, be it in a string, stays; all functions stay where code looks them up by names
or numbers that it makes. A function has the number that it has in the whole file. What only functions of the library
name, such as the words of an assertion that fails, is linked when the first of them is called.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property, lru_cache, partial
from types import CodeType, FunctionType
from typing import Any

from gmlrun.build.built import Built
from gmlrun.game import Game
from gmlrun.lean import NamedTuple
from gmlrun.unit import FunctionEntry, Links, Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

Names = frozenset[str]
Functions = tuple[tuple[str, FunctionType], ...]
"""Functions and the names that they have in their namespace."""
NOTHING: Names = frozenset()
LOOKUPS: Names = frozenset(
    {
        "asset_get_ids",
        "asset_get_index",
        "asset_get_type",
        "handle_parse",
        "script_execute",
        "script_execute_ext",
        "script_exists",
        "script_get_name",
        "tag_get_asset_ids",
        "tag_get_assets",
        "variable_global_exists",
        "variable_global_get",
    }
)
"""The builtins that find functions by names and numbers that the program makes while it runs."""
GLOBAL = "gml_global"
VARIABLES: Names = frozenset(
    {
        "gml_getattr",
        "gml_hasattr",
        "gml_struct_get",
        "struct_exists",
        "struct_get",
        "struct_get_from_hash",
        "variable_instance_exists",
        "variable_instance_get",
        "variable_struct_exists",
        "variable_struct_get",
    }
)
"""The helpers and builtins that find variables by such names; those of `global` are functions, too."""


class Portion(NamedTuple):
    """The part of a built file that one test gets."""

    built: Built
    called: Names
    """The names of the functions that its code calls, those of tests among them."""
    late: Names = NOTHING
    """The functions of the library that those linked at once may call; the first call links the rest."""
    rest: tuple[Unit, ...] = ()
    """The units that are linked then."""
    order: tuple[str, ...] = ()
    """All script functions, in the order in which they have their numbers."""

    def stubs(self, game: Game) -> dict[str, Callable[..., Value]]:
        """The functions, for a game's natives, that stand for the late ones."""
        return {name: partial(link_and_call, game, self.rest, name) for name in self.late}


def link_and_call(game: Game, rest: Iterable[Unit], name: str, other: Value, self: Value, *arguments: Value) -> Value:
    """Calls a late function, the first of which links them all."""
    functions = game.rt.functions
    if name not in functions:
        game.linker.link(rest)
        game.linker.connect()
    return functions[name](other, self, *arguments)


class TestFunction(NamedTuple):
    """The function of a test: in which unit it is."""

    at: int
    entry: FunctionEntry
    functions: Functions
    """The definitions that it has in the code."""


class Needs:
    """The functions of a built file, and which names each of them needs."""

    def __init__(self, built: Built, tests: Collection[str]) -> None:
        self.units, self.count = [*built.units, *built.library], len(built.units)
        analysed = [*map(functions_of, built.units), *map(functions_of_library, built.library)]
        self.functions = [functions for functions, _ in analysed]
        self.names: dict[str, Names] = {}
        for _, names in analysed:
            for name, needed in names.items():
                self.names[name] = self.names.get(name, NOTHING) | needed
        entries = [(at, entry) for at, unit in enumerate(self.units) for entry in unit.functions]
        self.python_names = {entry.script: entry.python_name for _, entry in entries if entry.script}
        self.own = {entry.python_name for unit in built.units for entry in unit.functions}
        """The file's own functions, which stand before those of the library."""
        self.scripts = {
            entry.python_name: entry.script
            for unit in built.library
            for entry in unit.functions
            if entry.python_name not in self.own
        }
        """The functions of the library that the file does not replace by its own."""
        self.tests = {
            entry.script: TestFunction(at, entry, definitions(self.functions[at], entry))
            for at, entry in entries
            if entry.script in tests and at < self.count
        }
        self.optional = self.scripts.keys() | {test.entry.python_name for test in self.tests.values()}
        self.known = frozenset(self.names.keys() | self.python_names.keys()).union(
            VARIABLES, (GLOBAL,), *map(linked_names, self.units)
        )
        self.always = self.closure(self.names.keys() - self.optional)
        linked = [*built.library, *built.units]
        self.order = tuple(entry.script for unit in linked for entry in unit.functions if entry.script)

    def closure(self, roots: Iterable[str], into_library: bool = False) -> Names:
        """All names that are needed, with what the functions among them need, those of the library too or not."""
        found, waiting = set(roots), list(roots)
        while waiting:
            name = waiting.pop()
            needed = self.names.get(name, NOTHING) if into_library or name not in self.scripts else NOTHING
            more = {self.python_names.get(name, name), *needed} - found
            found |= more
            waiting += more
        return frozenset(found)

    def looks_up(self, names: Names) -> bool:
        """Whether code with these names may find functions that it does not name."""
        return not (
            names.isdisjoint(LOOKUPS)
            and names.isdisjoint(f"gml_value_{name}" for name in LOOKUPS)
            and (GLOBAL not in names or names.isdisjoint(VARIABLES))
        )

    def units_with(self, functions: Names, links: Names) -> list[Unit]:
        """The units with the functions and the links that are needed."""
        dropped = self.optional - functions
        return [
            reduced(unit, defined, dropped if at < self.count else dropped | self.own, links)
            for at, (unit, defined) in enumerate(zip(self.units, self.functions, strict=True))
        ]


def reduced(unit: Unit, defined: Functions, dropped: Collection[str], links: Names) -> Unit:
    """A unit without some of its functions, and with the links alone that are needed."""
    return unit._replace(
        functions=tuple(entry for entry in unit.functions if entry.python_name not in dropped),
        links=needed_links(unit.links, links),
        wanted=tuple(pair for pair in defined if pair[0] not in dropped),
    )


class Reach:
    """The parts of a built file that its tests get."""

    def __init__(self, built: Built, tests: Collection[str]) -> None:
        self.built = built
        self.tests = tests
        self._made: dict[Names, Portion] = {}

    @cached_property
    def needs(self) -> Needs:
        """The needs of the file's functions: whoever runs none of its tests does without."""
        return Needs(self.built, self.tests)

    def of(self, name: str) -> Portion:
        """The part of the built file that a test can reach."""
        test = self.needs.tests.get(name) if name in self.tests else None
        if test is None:
            return Portion(self.built, called_by(self.built.all_units))
        needs = self.needs
        needed = needs.names[test.entry.python_name] & needs.known
        made = self._made.get(needed)
        if made is None:
            made = self._made[needed] = self._portion(needs.always | needs.closure(needed))
        units = made.built.units
        unit = units[test.at]
        if test.entry not in unit.functions:
            unit = unit._replace(
                functions=(*unit.functions, test.entry), wanted=(*(unit.wanted or ()), *test.functions)
            )
            units = [*units[: test.at], unit, *units[test.at + 1 :]]
        built = Built(units, made.built.library, made.built.findings)
        return Portion(built, made.called, made.late, made.rest, needs.order)

    def _portion(self, reached: Names) -> Portion:
        """The part that has these names at once, and the rest of the library later."""
        needs, count = self.needs, self.needs.count
        if needs.looks_up(reached):
            return Portion(self.built, called_by(self.built.all_units))
        everything = needs.closure(reached, into_library=True)
        late = everything & needs.scripts.keys() - reached
        named = reached.union(*(needs.names[name] for name in reached & needs.scripts.keys()))
        units = needs.units_with(reached, named)
        rest = tuple(unit for unit in needs.units_with(late, everything)[count:] if unit.functions)
        built = self.built._replace(units=units[:count], library=units[count:])
        return Portion(built, called_by((*units, *rest)), frozenset(needs.scripts[name] for name in late & named), rest)


def called_by(units: Iterable[Unit]) -> Names:
    """The functions that units call, of themselves or of others."""
    return frozenset(name for unit in units for name in unit.links.scripts)


def linked_names(unit: Unit) -> Iterator[str]:
    """The names in a unit's namespace that its functions may need, and others do not."""
    yield from (name for name, _ in unit.links.builtins)
    yield from (f"gml_value_{name}" for name, _ in unit.links.builtin_values)
    yield from (f"gml_Script_{name}" for name in unit.links.scripts)


def needed_links(links: Links, needed: Names) -> Links:
    """The links that are needed."""
    return links._replace(
        builtins=tuple(pair for pair in links.builtins if pair[0] in needed),
        builtin_values=tuple(pair for pair in links.builtin_values if f"gml_value_{pair[0]}" in needed),
        scripts=tuple(name for name in links.scripts if f"gml_Script_{name}" in needed),
    )


def functions_of(unit: Unit) -> tuple[Functions, dict[str, Names]]:
    """The functions that a unit's code defines, and which names each code needs."""
    namespace: dict[str, Any] = {"__builtins__": {}}
    unit.define(namespace)
    functions = tuple((name, value) for name, value in namespace.items() if isinstance(value, FunctionType))
    return functions, {code.co_name: names_in(code) for code in codes_in(unit.code)}


def definitions(functions: Functions, entry: FunctionEntry) -> Functions:
    """Those of the functions that stand for an entry."""
    return tuple(pair for pair in functions if pair[0] == entry.python_name)


functions_of_library = lru_cache(maxsize=32)(functions_of)
"""The same for the units of the library, which many files have."""


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """The functions that a unit's code defines."""
    return (value for value in code.co_consts if isinstance(value, CodeType))


def names_in(code: CodeType) -> Names:
    """The names that a function's code contains, also as text."""
    found = {*code.co_names, *texts_in(code.co_consts)}
    found |= {name.replace("gml_Direct_", "gml_Script_", 1) for name in found if name.startswith("gml_Direct_")}
    return frozenset(found).union(*map(names_in, codes_in(code)))


def texts_in(values: Iterable[object]) -> Iterator[str]:
    """The strings in constants, also those in tuples."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from texts_in(value)
