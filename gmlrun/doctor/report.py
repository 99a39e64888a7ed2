"""The report of `gmlrun doctor`: what was found of a project goes in, one screen of text comes out."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator

from gmlrun.doctor.diagnosis import Diagnosis
from gmlrun.doctor.plan import ProjectCode
from gmlrun.doctor.routes import Route

MOST_LISTENERS = 6
MOST_ABSENCES = 8
MOST_NAMES = 4
MOST_FAILURES = 3


def report(found: Diagnosis) -> str:
    """The report, as lines."""
    return "\n".join([*head(found), *servers(found), *starts(found), *missing(found)]) + "\n"


def head(found: Diagnosis) -> Iterator[str]:
    plan = found.plan
    first = next(iter(plan.rooms), "")
    size = f"{counted(len(plan.parents), 'object')}, {counted(len(plan.rooms), 'room')}"
    yield f"{found.path}: {size}" + (f"; it starts in {first}" if first else "")


def counted(number: int, word: str) -> str:
    """A number with its noun, in the singular or the plural."""
    return f"{number} {word}" + ("" if number == 1 else "s")


def servers(found: Diagnosis) -> Iterator[str]:
    """Who listens, and how that object comes to be there."""
    yield ""
    if not found.listeners:
        yield "No code of it calls network_create_server: it is no server."
        return
    yield "What listens"
    for event, calls in list(found.listeners.items())[:MOST_LISTENERS]:
        place = calls[0].place
        yield f"  {event.label}: {' '.join(calls[0].text.split())}"
        yield f"    {short(place.file, found.path)}:{place.line}; {origin(found.plan, event.object)}"
    more = len(found.listeners) - MOST_LISTENERS
    if more > 0:
        yield f"  … and {counted(more, 'event')} more"


def short(file: str, path: str) -> str:
    """A file's name within its project."""
    folder = path if os.path.isdir(path) else os.path.dirname(path) or "."
    name = os.path.relpath(file, folder)
    return file if name.startswith("..") else name


def origin(plan: ProjectCode, name: str) -> str:
    """Where the instances of an object come from."""
    rooms = [room for room, placed in plan.rooms.items() if any(name in plan.lineage(made) for made in placed)]
    makers = [
        f"{one.event.label}" for other in plan.parents for one in plan.effects_of(other) if name in one.effects.makes
    ]
    parts = [f"stands in {', '.join(rooms[:3])}"] if rooms else []
    parts += [f"made by {', '.join(dict.fromkeys(makers[:2]))}"] if makers else []
    return "; ".join(parts) or "no room holds it, and nothing that can be read off makes it"


def starts(found: Diagnosis) -> Iterator[str]:
    """The command lines."""
    if not found.listeners:
        return
    yield ""
    if found.works:
        yield "Start it with"
        for way in found.works:
            assert way.trial.opened is not None
            yield f"  {command(found.path, way.route)}"
            yield f"    {way.trial.opened.words}"
            if not way.trial.lasts:
                yield f"    then an error ends it, where --on-error continue would go on: {way.trial.error}"
        return
    yield "No way to start it was found: these were tried" if found.ways else "No way to start it was found."
    for way in found.ways[:MOST_FAILURES]:
        yield f"  {command(found.path, way.route)}"
        yield f"    {way.trial.error or 'nothing listens'}"
    yield "  --room, --spawn and --exec start it in another way: see docs/hosting-a-menu.md"


def command(path: str, route: Route) -> str:
    """A command line."""
    return shlex.join(["gmlrun", path, *route.options])


def missing(found: Diagnosis) -> Iterator[str]:
    """The lines about what gmlrun does not do."""
    if not found.listeners:
        return
    yield ""
    if not found.misses:
        yield f"Its {counted(found.events, 'event')} use nothing that gmlrun does not do."
        return
    yield f"What gmlrun does not do, by how many of the server's {counted(found.events, 'event')} use it"
    for absence in found.misses[:MOST_ABSENCES]:
        names = ", ".join(absence.names[:MOST_NAMES]) + (", …" if len(absence.names) > MOST_NAMES else "")
        yield f"  {absence.events:4}  {absence.family}: {names}"
