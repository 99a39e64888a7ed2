"""Names that a server uses and gmlrun does not do: a plan goes in, they come out, those of most effect first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from typing import NamedTuple

from gmlrun.builtins.table import Table
from gmlrun.doctor.plan import NEVER, ObjectEvent, ProjectCode, trigger_of
from gmlrun.doctor.survey import Code


class Absence(NamedTuple):
    """A chapter of GameMaker's that gmlrun does not have, and how much of the server uses it."""

    family: str
    events: int
    """How many events of the server reach a name of it."""
    names: tuple[str, ...]
    """The names of the chapter that are used; those that most events reach come first."""


def server_objects(plan: ProjectCode, listener: str) -> set[str]:
    """The objects of a server: the one that listens, what it and those make, and what stands in the rooms of these."""
    found: set[str] = set()
    pending = [listener]
    while pending:
        name = pending.pop()
        if name in found or name not in plan.parents:
            continue
        found.add(name)
        for effect in plan.effects_of(name):
            pending += effect.effects.makes
            pending += [made for room in effect.effects.rooms for made in plan.rooms.get(room, ())]
    return found


def server_events(plan: ProjectCode, objects: Iterable[str]) -> dict[ObjectEvent, Code]:
    """The events of these objects that can run."""
    return {
        ObjectEvent(name, number): code
        for name in objects
        for number, code in plan.codes_of(name).items()
        if number[0] not in NEVER and trigger_of(number) is not None
    }


def absences(plan: ProjectCode, events: dict[ObjectEvent, Code], table: Table, own: Set[str]) -> list[Absence]:
    """The names that these events miss; `own` are the variables of the program, whatever else has their names."""
    users: Counter[str] = Counter()
    families: dict[str, Counter[str]] = {}
    natives = plan.loaded.program.extra_functions
    for _, names in plan.names_reached(events.values()):
        missed = {name: family_of(name, natives, plan, table) for name in names - own}
        missed = {name: family for name, family in missed.items() if family}
        users.update(set(missed.values()))
        for name, family in missed.items():
            families.setdefault(family, Counter())[name] += 1
    return [
        Absence(family, count, tuple(name for name, _ in families[family].most_common()))
        for family, count in users.most_common()
    ]


def family_of(name: str, natives: Iterable[str], plan: ProjectCode, table: Table) -> str:
    """The chapter of a name that gmlrun does not have; empty for one that it has."""
    if name in plan.functions:
        return ""
    if name in natives:
        return "native extensions"
    return table.absent_function(name)
