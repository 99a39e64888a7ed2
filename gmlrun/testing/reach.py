"""What one test of a file can reach: a built file and a test go in, units with only that come out.

Linking costs by the function. A test names few of the assertions and none of the other tests, so that a fresh game for
each test is cheap. Whatever code names, be it in a string, stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from types import CodeType

from gmlrun.build.front_end import Built
from gmlrun.unit import Links, Unit

Names = frozenset[str]
NOTHING: Names = frozenset()


class Reach:
    """The functions of a built file, and which names each of them needs."""

    def __init__(self, built: Built, tests: Collection[str]) -> None:
        self.built = built
        self.units = [*built.units, *built.library]
        self.names = {code.co_name: names_in(code) for unit in self.units for code in codes_in(unit.code)}
        entries = [(at, entry) for at, unit in enumerate(self.units) for entry in unit.functions]
        library = {entry.python_name for unit in built.library for entry in unit.functions}
        self.python_names = {entry.script: entry.python_name for _, entry in entries if entry.script}
        self.tests = {
            entry.script: (at, entry) for at, entry in entries if entry.script in tests and at < len(built.units)
        }
        self.optional = library | {entry.python_name for _, entry in self.tests.values()}
        self.always = self._closure(self.names.keys() - self.optional)
        self.known = frozenset(self.names.keys() | self.python_names.keys()).union(*map(linked_names, self.units))
        self._made: dict[Names, list[Unit]] = {}

    def of(self, test: str) -> Built:
        """The built file with what a test can reach."""
        if test not in self.tests:
            return self.built
        at, entry = self.tests[test]
        needed = self.names[entry.python_name] & self.known
        if needed not in self._made:
            self._made[needed] = self._units(self.always | self._closure(needed))
        made, count = list(self._made[needed]), len(self.built.units)
        if entry not in made[at].functions:
            made[at] = made[at]._replace(functions=(*made[at].functions, entry))
        return self.built._replace(units=made[:count], library=made[count:])

    def _closure(self, roots: Iterable[str]) -> Names:
        """All names that are needed, with those that the functions among them need."""
        found, waiting = set(roots), list(roots)
        while waiting:
            name = waiting.pop()
            more = {self.python_names.get(name, name), *self.names.get(name, NOTHING)} - found
            found |= more
            waiting += more
        return frozenset(found)

    def _units(self, needed: Names) -> list[Unit]:
        """The units with the functions and links that are needed."""
        dropped = self.optional - needed
        return [
            unit._replace(
                functions=tuple(entry for entry in unit.functions if entry.python_name not in dropped),
                links=needed_links(unit.links, needed),
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
    return frozenset(found).union(*map(names_in, codes_in(code)))


def texts_in(values: Iterable[object]) -> Iterator[str]:
    """The strings in constants, also those in tuples."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from texts_in(value)
