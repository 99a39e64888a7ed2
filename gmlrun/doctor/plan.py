"""A project as a plan: its objects, events and rooms with what their code does, calls followed to their ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gmlrun.build.program import Part
from gmlrun.doctor.survey import ALWAYS, CLICK, Code, Effects, Listening, Trigger
from gmlrun.engine.events import (
    CLEAN_UP,
    DESTROY,
    DRAW,
    KEY_PRESS,
    KEY_RELEASE,
    KEYBOARD,
    MOUSE,
    EventNumber,
    event_label,
    event_number_of,
)
from gmlrun.engine.keys import KEYS
from gmlrun.project.model import Loaded
from gmlrun.source import Source
from gmlrun.syntax import nodes

LEFT_BUTTON = (0, 4, 7)
ANYWHERE = (50, 53, 56)
"""The numbers of Mouse events of the left button, over an instance and anywhere."""
NEVER = (DRAW, DESTROY, CLEAN_UP)
"""The types of events that start no server: they come too late, or not at all."""
NAME_OF_KEY = {number: name for name, number in reversed(KEYS.items())}


class ObjectEvent(NamedTuple):
    """An event of an object."""

    object: str
    number: EventNumber

    @property
    def label(self) -> str:
        """The event in words."""
        return f"{self.object} ({event_words(self.number)})"


class Effect(NamedTuple):
    """Something that an event does, and what somebody has to do for it."""

    event: ObjectEvent
    trigger: Trigger
    effects: Effects


class ProjectCode:
    """All code of a project, by event and by function."""

    def __init__(self, loaded: Loaded, trees: Sequence[tuple[Part, nodes.Program]]) -> None:
        self.loaded = loaded
        self.functions: dict[str, Code] = {}
        self.events: dict[ObjectEvent, Code] = {}
        self.parents = {made.name: made.parent for made in loaded.objects}
        self.rooms = {room.name: [made.object for made in room.instances] for room in loaded.rooms}
        self.room_codes: dict[str, Code] = {}
        self.placed: dict[str, dict[str, tuple[str, list[Code]]]] = {}
        """By room and name the instances that have code of their own, with their objects."""
        self.known: frozenset[str] = frozenset()
        """Objects of which nobody need look for what they open."""
        self._codes: dict[str, dict[EventNumber, Code]] = {}
        self._effects: dict[str, list[Effect]] = {}
        by_entry = {part.entry: (part.source, tree) for part, tree in trees}
        for part, tree in trees:
            self._add_functions(part.source, tree)
            self._add_blocks(part, tree)
        for made in loaded.objects:
            for number, entry in made.events.items():
                if entry in by_entry:
                    source, tree = by_entry[entry]
                    self.events[ObjectEvent(made.name, number)] = Code(source, tree)
        for room in loaded.rooms:
            if room.code in by_entry:
                self.room_codes[room.name] = Code(*by_entry[room.code])
            for one in room.instances:
                codes = [Code(*by_entry[entry]) for entry in (one.definitions, one.code) if entry in by_entry]
                if codes and one.name:
                    self.placed.setdefault(room.name, {})[one.name] = (one.object, codes)
        if loaded.main:
            self.rooms[f"room_{loaded.main}"] = [loaded.main]
            self.parents.setdefault(loaded.main, "")

    def _add_functions(self, source: Source, tree: nodes.Program) -> None:
        for statement in tree.body:
            value = statement.value if isinstance(statement, nodes.ExpressionStatement) else None
            if isinstance(value, nodes.Function) and value.name is not None:
                self.functions[value.name] = Code(source, value.body)

    def _add_blocks(self, part: Part, tree: nodes.Program) -> None:
        """The `event` and `object` blocks of a file, and what stands outside them."""
        if part.owner:
            self.events[ObjectEvent(part.owner, (0, 0))] = Code(part.source, nodes.Block(tree.span, tree.body))
        blocks = [(part.owner, event) for event in tree.events]
        for block in tree.objects:
            self.parents[block.name] = block.parent or ""
            blocks += [(block.name, event) for event in block.events]
        for owner, event in blocks:
            number = event_number_of(event.name)
            if number is not None:
                self.events[ObjectEvent(owner, number)] = Code(part.source, event.body)

    # ------------------------------------------------------------------ looking

    def lineage(self, name: str) -> Iterator[str]:
        """An object and its ancestors, nearest first."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name
            name = self.parents.get(name, "")

    def codes_of(self, name: str) -> Mapping[EventNumber, Code]:
        """The events of an object, inherited ones included."""
        found = self._codes.get(name)
        if found is None:
            found = self._codes[name] = {}
            for owner in self.lineage(name):
                for event, code in self.events.items():
                    if event.object == owner:
                        found.setdefault(event.number, code)
        return found

    def effects_of(self, name: str) -> list[Effect]:
        """The effects of an object's events, with what triggers each."""
        if name not in self._effects:
            self._effects[name] = list(self._find_effects(name))
        return self._effects[name]

    def _find_effects(self, name: str) -> Iterator[Effect]:
        for number, code in self.codes_of(name).items():
            trigger = trigger_of(number)
            if trigger is None:
                continue
            for inner, effects in self.followed(code, name).items():
                yield Effect(ObjectEvent(name, number), trigger or inner, effects)

    def listens(self, one: Effect) -> bool:
        """Whether an effect opens what is looked for."""
        return bool(one.effects.listens) and one.event.object not in self.known

    def buttons(self, room: str) -> Iterator[tuple[str, Effect]]:
        """The instances of a room whose own code names functions, with what these do: a button may call them."""
        for name, (kind, codes) in self.placed.get(room, {}).items():
            effects = Effects()
            for code in codes:
                for found in self.followed(code, kind).values():
                    add(effects, found)
            if effects.listens or effects.makes or effects.rooms:
                yield name, Effect(ObjectEvent(kind, (0, 0)), CLICK, effects)

    def followed(self, code: Code, owner: str = "") -> dict[Trigger, Effects]:
        """The effects of code and of all that it calls."""
        found: dict[Trigger, Effects] = {}
        events = self.codes_of(owner) if owner else {}
        pending: list[tuple[Code, Trigger]] = [(code, ALWAYS)]
        seen: set[tuple[int, Trigger]] = set()
        while pending:
            code, outer = pending.pop()
            if (id(code), outer) in seen:
                continue
            seen.add((id(code), outer))
            for inner, effects in code.effects.items():
                trigger = outer or inner
                add(found.setdefault(trigger, Effects()), effects)
                called = [self.functions[name] for name in effects.calls if name in self.functions]
                called += [events[number] for number in effects.events if number in events]
                pending += [(each, trigger) for each in called]
        return found

    def names_reached(self, codes: Iterable[Code]) -> Iterator[tuple[Code, set[str]]]:
        """The names that each piece of code uses, its calls included."""
        for code in codes:
            yield code, {name for each in self.all_called(code) for name in each.names}

    def all_called(self, code: Code) -> list[Code]:
        """A piece of code and all functions that it calls."""
        found, pending = [code], [code]
        while pending:
            for effects in pending.pop().effects.values():
                new = [self.functions[name] for name in effects.calls if name in self.functions]
                fresh = [each for each in new if each not in found]
                found += fresh
                pending += fresh
        return list(dict.fromkeys(found))

    def listeners(self) -> dict[ObjectEvent, list[Listening]]:
        """The events that listen, with their calls."""
        found: dict[ObjectEvent, list[Listening]] = {}
        for name in self.parents:
            own = {number for event, _ in self.events.items() for number in [event.number] if event.object == name}
            for number in sorted(own):
                reached = self.followed(self.events[ObjectEvent(name, number)], name).values()
                calls = [call for effects in reached for call in effects.listens]
                if calls:
                    found[ObjectEvent(name, number)] = list(dict.fromkeys(calls))
        return found


def add(target: Effects, more: Effects) -> None:
    """Takes over what other effects have."""
    target.listens += more.listens
    target.makes |= more.makes
    target.rooms |= more.rooms
    target.calls |= more.calls
    target.events |= more.events


def trigger_of(number: EventNumber) -> Trigger | None:
    """The key or click that an event needs; empty for one that needs none, None for one that does not count."""
    type_, subtype = number
    if type_ in NEVER:
        return None
    if type_ in (KEYBOARD, KEY_PRESS, KEY_RELEASE):
        name = NAME_OF_KEY.get(subtype, chr(subtype) if 48 <= subtype <= 90 else f"key{subtype}")
        return {"anykey": "enter", "nokey": ALWAYS}.get(name, name)
    if type_ == MOUSE:
        return CLICK if subtype in (*LEFT_BUTTON, *ANYWHERE) else None
    return ALWAYS


MOUSE_WORDS = {0: "Left Down", 4: "Left Pressed", 7: "Left Released", 50: "Global Left Down"}
MOUSE_WORDS |= {53: "Global Left Pressed", 56: "Global Left Released"}
KEY_WORDS = {KEYBOARD: "Key Down", KEY_PRESS: "Key Pressed", KEY_RELEASE: "Key Up"}


def event_words(number: EventNumber) -> str:
    """An event in the words of GameMaker's object editor."""
    type_, subtype = number
    if type_ in KEY_WORDS:
        return f"{KEY_WORDS[type_]} - {NAME_OF_KEY.get(subtype, chr(subtype) if 48 <= subtype <= 90 else subtype)}"
    if type_ == MOUSE:
        return MOUSE_WORDS.get(subtype, f"Mouse {subtype}")
    steps = {0: "Step", 1: "Begin Step", 2: "End Step"}
    if type_ == 3:
        return steps.get(subtype, "Step")
    if type_ == 2:
        return f"Alarm {subtype}"
    if type_ == 7 and 10 <= subtype < 26:
        return f"User Event {subtype - 10}"
    return event_label(number).removeprefix("Other Event: ").removesuffix(" Event")
