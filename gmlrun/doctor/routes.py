"""Ways to a server: a plan goes in; command lines under which some event should listen come out, the shortest first.

A way begins in the first room. What is there does what it does by itself; then a key or a click leads on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from gmlrun.doctor.plan import Effect, ObjectEvent, ProjectCode
from gmlrun.doctor.survey import ALWAYS, CLICK
from gmlrun.engine.input_script import InputAction

LONGEST = 5
"""How many keys and clicks a way may have."""
MOST_PLACES = 4000
"""How many rooms with what is in them are looked at."""
BEST = 8
"""How many ways of a kind are given."""
BEST_IN_ROOM = 2
"""How many ways are given that begin in another room than the first one."""
TWICE = 3
"""How many of the ways are tried with their key or click twice: the first one may only open a menu."""
MOST_BUTTONS = 6
"""How many instances of an object are clicked."""


class Route(NamedTuple):
    """Options of a run, and the event that listens then."""

    options: tuple[str, ...]
    actions: tuple[InputAction, ...]
    event: ObjectEvent
    room: str = ""
    spawn: str = ""


class RoomState(NamedTuple):
    """A room, and the objects that are in it beside those that it has from the start."""

    room: str
    more: frozenset[str]


def routes(plan: ProjectCode, start: RoomState, counts: Mapping[str, int]) -> Iterator[Route]:
    """Ways to start a server from where the program comes to by itself, those that need least first.

    `counts` has how many instances of each object are there then.
    """
    pressed = list(islice(by_input(plan, start, counts), BEST))
    yield from pressed
    yield from (as_route(way.actions * 2, way.event) for way in pressed[:TWICE] if len(way.actions) == 1)
    for room in plan.rooms:
        found = settled(plan, RoomState(room, frozenset()))[1]
        if found is not None and room != start.room:
            yield Route(("--room", room), (), found, room=room)
    yield from islice(by_spawn(plan), BEST)
    for room in plan.rooms:
        if room != start.room:
            yield from in_room(plan, room)


def in_room(plan: ProjectCode, room: str) -> Iterator[Route]:
    """Keys and clicks in a room that the game does not come to by itself."""
    for way in islice(by_input(plan, RoomState(room, frozenset()), {}), BEST_IN_ROOM):
        yield way._replace(options=("--room", room, *way.options), room=room)


def by_spawn(plan: ProjectCode) -> Iterator[Route]:
    """Objects whose instances listen by themselves."""
    for name in plan.parents:
        listening = [one.event for one in plan.effects_of(name) if one.trigger == ALWAYS and plan.listens(one)]
        if listening:
            yield Route(("--spawn", name), (), listening[0], spawn=name)


def by_input(plan: ProjectCode, start: RoomState, counts: Mapping[str, int]) -> Iterator[Route]:
    """Keys and clicks that lead to something that listens.

    Where something would listen by itself but for a condition, each key and click that is asked for there may be
    what sets it.
    """
    pending: deque[tuple[RoomState, tuple[InputAction, ...]]] = deque([(start, ())])
    seen = {start}
    while pending and len(seen) < MOST_PLACES:
        place, actions = pending.popleft()
        reached, listening = settled(plan, place)
        if listening is not None and actions:
            yield as_route(actions, listening)
        for each in reached:
            if listening is not None:
                yield from (as_route((*actions, action), listening) for action in guesses(plan, each, counts))
            for action, next_place, event in moves(plan, each):
                done = (*actions, action)
                if event is not None:
                    yield as_route(done, event)
                elif next_place not in seen and len(done) < LONGEST:
                    seen.add(next_place)
                    pending.append((next_place, done))


def as_route(actions: tuple[InputAction, ...], event: ObjectEvent) -> Route:
    """The way that consists of keys and clicks."""
    return Route(words_of(actions), actions, event)


def guesses(plan: ProjectCode, place: RoomState, counts: Mapping[str, int]) -> Iterator[InputAction]:
    """The keys and clicks that the objects of a place ask for, whatever these do."""
    asked = dict.fromkeys((one.event.object, one.trigger) for one in effects_in(plan, place) if one.trigger != ALWAYS)
    for name, trigger in asked:
        if trigger != CLICK:
            yield InputAction("press", trigger)
            continue
        yield InputAction("click", name)
        yield from (InputAction("click", f"{name}:{n}") for n in range(2, min(counts.get(name, 1), MOST_BUTTONS) + 1))


def settled(plan: ProjectCode, place: RoomState) -> tuple[list[RoomState], ObjectEvent | None]:
    """The places that one leads to by itself, and the event that listens in one of them, if any does."""
    reached: list[RoomState] = []
    pending = [place]
    while pending and len(reached) < 50:
        place = grown(plan, pending.pop(0))
        if place in reached:
            continue
        reached.append(place)
        for one in effects_in(plan, place):
            if one.trigger != ALWAYS:
                continue
            if plan.listens(one):
                return reached, one.event
            pending += [RoomState(room, carried(plan, place)) for room in rooms_of(plan, place, one.effects.rooms)]
        pending += room_code_moves(plan, place)
    return reached, None


def room_code_moves(plan: ProjectCode, place: RoomState) -> list[RoomState]:
    """Where a room's creation code leads."""
    code = plan.room_codes.get(place.room)
    if code is None:
        return []
    effects = plan.followed(code)[ALWAYS]
    return [RoomState(room, carried(plan, place)) for room in rooms_of(plan, place, effects.rooms)]


def grown(plan: ProjectCode, place: RoomState) -> RoomState:
    """A place with all that is made in it by itself."""
    more = set(place.more)
    code = plan.room_codes.get(place.room)
    if code is not None:
        more |= {name for name in plan.followed(code)[ALWAYS].makes if name in plan.parents}
    while True:
        there = RoomState(place.room, frozenset(more))
        makes = {name for one in effects_in(plan, there) if one.trigger == ALWAYS for name in one.effects.makes}
        made = {name for name in makes if name in plan.parents} - objects_in(plan, there)
        if not made:
            return there
        more |= made


def moves(plan: ProjectCode, place: RoomState) -> Iterator[tuple[InputAction, RoomState, ObjectEvent | None]]:
    """The place to which a key or a click leads from another, or the event that listens then."""
    asked = [(action_for(one), one) for one in effects_in(plan, place) if one.trigger != ALWAYS]
    asked += [(InputAction("click", name), one) for name, one in plan.buttons(place.room)]
    for action, one in asked:
        if plan.listens(one):
            yield action, place, one.event
        made = {name for name in one.effects.makes if name in plan.parents} - objects_in(plan, place)
        if made:
            yield action, RoomState(place.room, place.more | made), None
        for room in rooms_of(plan, place, one.effects.rooms):
            yield action, RoomState(room, carried(plan, place) | frozenset(keeps(plan, made))), None


def action_for(effect: Effect) -> InputAction:
    """The keys and clicks that lead to an effect."""
    if effect.trigger == CLICK:
        return InputAction("click", effect.event.object)
    return InputAction("press", effect.trigger)


def effects_in(plan: ProjectCode, place: RoomState) -> list[Effect]:
    """The effects of the objects of a place."""
    return [one for name in sorted(objects_in(plan, place)) for one in plan.effects_of(name)]


def objects_in(plan: ProjectCode, place: RoomState) -> set[str]:
    """The objects that have instances in a place."""
    return {*plan.rooms.get(place.room, ()), *place.more}


def carried(plan: ProjectCode, place: RoomState) -> frozenset[str]:
    """The persistent objects of a place, which go along to the next room."""
    return frozenset(keeps(plan, objects_in(plan, place)))


def keeps(plan: ProjectCode, names: set[str]) -> set[str]:
    """The persistent ones among objects."""
    persistent = {made.name for made in plan.loaded.objects if made.defaults.get("persistent")}
    return names & persistent


def rooms_of(plan: ProjectCode, place: RoomState, wanted: set[str]) -> list[str]:
    """The rooms that names mean; `next` and `previous` are those beside a place's."""
    names = list(plan.rooms)
    at = names.index(place.room) if place.room in names else 0
    beside = {"next": names[at + 1 : at + 2], "previous": names[max(at - 1, 0) : at]}
    return [room for name in sorted(wanted) for room in beside.get(name, [name]) if room in plan.rooms]


def words_of(actions: tuple[InputAction, ...]) -> tuple[str, ...]:
    """Actions as options of the command line."""
    return tuple(word for action in actions for word in (f"--{action.kind}", action.what))
