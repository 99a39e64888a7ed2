"""A project goes in; what listens in it, how that starts, and what its server misses, come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from gmlrun.build.built import Built
from gmlrun.build.front_end import FrontEnd
from gmlrun.build.pipeline import build
from gmlrun.builtins.table import Table
from gmlrun.doctor.absences import Absence, absences, server_events, server_objects
from gmlrun.doctor.plan import ObjectEvent, ProjectCode
from gmlrun.doctor.routes import RoomState, Route, routes
from gmlrun.doctor.survey import Listening
from gmlrun.doctor.trial import Trial, attempt
from gmlrun.errors import SourceErrors
from gmlrun.project import load

ENOUGH = 3
"""How many ways that work are found."""
MOST_TRIALS = 16


class Way(NamedTuple):
    """A way to start the server, and how a trial of it went."""

    route: Route
    trial: Trial


class Diagnosis(NamedTuple):
    """All that there is to say of a project."""

    path: str
    plan: ProjectCode
    listeners: dict[ObjectEvent, list[Listening]]
    ways: list[Way]
    misses: list[Absence]
    events: int
    """How many events the server has."""

    @property
    def works(self) -> list[Way]:
        """The ways that lead to a server; those where it ends soon afterwards come last."""
        found = [way for way in self.ways if way.trial.opened is not None]
        return sorted(found, key=lambda way: not way.trial.lasts)


def diagnose(path: str, config: str) -> Diagnosis:
    """Looks through a project and tries how its server starts; raises UsageError and SourceErrors."""
    loaded = load([path], config)
    table = Table()
    front = FrontEnd(loaded.program, table)
    try:
        built = build(loaded, table, front=front)
    except SourceErrors as errors:
        raise SourceErrors([found for found in errors.diagnostics if found.severity == "error"]) from None
    plan = ProjectCode(loaded, front.trees)
    listeners = plan.listeners()
    own = front.symbols.assigned | front.symbols.globalvars
    ways = tried(built, plan) if listeners else []
    objects = objects_of(plan, listeners, ways)
    events = server_events(plan, objects)
    return Diagnosis(path, plan, listeners, ways, absences(plan, events, table, own), len(events))


def tried(built: Built, plan: ProjectCode) -> list[Way]:
    """The ways to start the server with their trials: as it is, then with what could help, until enough of them work.

    A program that opens a UDP socket by itself may only look for servers there: then ways to others are tried, too.
    """
    first = next(iter(plan.listeners()))
    plain = Way(Route((), (), first), attempt(built, plan.loaded, Route((), (), first)))
    opened = plain.trial.opened
    if opened is not None:
        others = {event.object for event in plan.listeners()} - {opened.owner}
        if opened.is_main or not others:
            return [plain]
        plan.known = frozenset((opened.owner,))
    ways = list(attempts(built, plan, plain.trial))
    working = [way for way in ways if way.trial.opened is not None]
    return [*working, plain] if opened is not None else [plain, *ways]


def attempts(built: Built, plan: ProjectCode, plain: Trial) -> Iterator[Way]:
    """Ways with their trials; one that continues where another one listens already is left out."""
    start = RoomState(plain.room or next(iter(plan.rooms), ""), frozenset(plain.counts))
    opening: list[Route] = []
    lasting = 0
    for route in islice(routes(plan, start, plain.counts), MOST_TRIALS):
        if any(route.options[: len(shorter.options)] == shorter.options for shorter in opening):
            continue
        way = Way(route, attempt(built, plan.loaded, route, plan.known))
        yield way
        opening += [route] if way.trial.opened is not None else []
        lasting += way.trial.lasts
        if lasting >= ENOUGH:
            return


def objects_of(plan: ProjectCode, listeners: dict[ObjectEvent, list[Listening]], ways: Sequence[Way]) -> set[str]:
    """The objects of the server that starts, or of all that could."""
    working = [way.trial.opened.owner for way in ways if way.trial.opened is not None]
    names = working[:1] or [event.object for event in listeners]
    return {made for name in names for made in server_objects(plan, name)}
