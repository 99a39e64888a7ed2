"""The part of a file that one test can reach: a built file and a test go in, the units with only that come out.

Linking costs by the function. A test names few of the assertions and none of the other tests, so that a fresh game for
each test is cheap. Whatever code names, be it in a string, stays. What only functions of the library name, such as the
words of an assertion that fails, is linked when the first of them is called.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from types import CodeType
from typing import NamedTuple

from gmlrun.build.built import Built
from gmlrun.game import Game
from gmlrun.unit import Links, Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.values.model import Value

Names = frozenset[str]
NOTHING: Names = frozenset()


class Portion(NamedTuple):
    """The part of a built file that one test gets."""

    built: Built
    late: Names = NOTHING
    """The functions of the library that those linked at once may call; the first call links the rest."""
    rest: tuple[Unit, ...] = ()
    """The units that are linked then."""

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


class Reach:
    """The functions of a built file, and which names each of them needs."""

    def __init__(self, built: Built, tests: Collection[str]) -> None:
        self.built = built
        self.units = [*built.units, *built.library]
        self.names = {code.co_name: names_in(code) for unit in self.units for code in codes_in(unit.code)}
        entries = [(at, entry) for at, unit in enumerate(self.units) for entry in unit.functions]
        self.python_names = {entry.script: entry.python_name for _, entry in entries if entry.script}
        self.scripts = {entry.python_name: entry.script for unit in built.library for entry in unit.functions}
        """The functions of the library."""
        self.tests = {
            entry.script: (at, entry) for at, entry in entries if entry.script in tests and at < len(built.units)
        }
        self.optional = self.scripts.keys() | {entry.python_name for _, entry in self.tests.values()}
        self.known = frozenset(self.names.keys() | self.python_names.keys()).union(*map(linked_names, self.units))
        self.always = self._closure(self.names.keys() - self.optional)
        self._made: dict[Names, Portion] = {}

    def of(self, test: str) -> Portion:
        """The part of the built file that a test can reach."""
        if test not in self.tests:
            return Portion(self.built)
        at, entry = self.tests[test]
        needed = self.names[entry.python_name] & self.known
        if needed not in self._made:
            self._made[needed] = self._portion(self.always | self._closure(needed))
        made = self._made[needed]
        units = list(made.built.units)
        if entry not in units[at].functions:
            units[at] = units[at]._replace(functions=(*units[at].functions, entry))
        return made._replace(built=made.built._replace(units=units))

    def _portion(self, reached: Names) -> Portion:
        """The part that has these names at once, and the rest of the library later."""
        everything = self._closure(reached, into_library=True)
        late = everything & self.scripts.keys() - reached
        named = reached.union(*(self.names[name] for name in reached & self.scripts.keys()))
        units, count = self._units(reached, named), len(self.built.units)
        rest = tuple(unit for unit in self._units(late, everything)[count:] if unit.functions)
        built = self.built._replace(units=units[:count], library=units[count:])
        return Portion(built, frozenset(self.scripts[name] for name in late & named), rest)

    def _closure(self, roots: Iterable[str], into_library: bool = False) -> Names:
        """All names that are needed, with what the functions among them need, those of the library too or not."""
        found, waiting = set(roots), list(roots)
        while waiting:
            name = waiting.pop()
            needed = self.names.get(name, NOTHING) if into_library or name not in self.scripts else NOTHING
            more = {self.python_names.get(name, name), *needed} - found
            found |= more
            waiting += more
        return frozenset(found)

    def _units(self, functions: Names, links: Names) -> list[Unit]:
        """The units with the functions and the links that are needed."""
        dropped = self.optional - functions
        return [
            unit._replace(
                functions=tuple(entry for entry in unit.functions if entry.python_name not in dropped),
                links=needed_links(unit.links, links),
            )
            for unit in self.units
        ]


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
