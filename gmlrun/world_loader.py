"""A program's world: what its loader found and its linked units go in, assets, objects and rooms come out."""

from __future__ import annotations

from gmlrun.engine.events import COLLISION, collides_with, event_number_of
from gmlrun.engine.rooms import Placement, Rooms
from gmlrun.engine.world import World
from gmlrun.errors import UsageError
from gmlrun.execution.headless import passed_over
from gmlrun.lean import partial
from gmlrun.space.sprites import Sprite
from gmlrun.suggestions import did_you_mean
from gmlrun.values.absent import NUMBER, TEXT
from gmlrun.values.model import AssetRef

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, TypeAlias

    from gmlrun.engine.events import EventNumber
    from gmlrun.engine.rooms import Room
    from gmlrun.project.model import InstanceSources, Loaded, RoomSources
    from gmlrun.runtime import Runtime
    from gmlrun.unit import Unit

Events: TypeAlias = "dict[EventNumber, Any]"
Namespaces: TypeAlias = "Mapping[Unit, dict[str, Any]]"


class WorldLoader:
    """Builds one game's world."""

    def __init__(self, rt: Runtime, loaded: Loaded) -> None:
        self.rt = rt
        self.loaded = loaded
        self.world = rt.service(World)
        self.rooms = rt.service(Rooms)

    def define(self, by_unit: Namespaces) -> None:
        """Makes everything that code can name; what is there already keeps its place and takes the new code."""
        functions = {unit.name: namespace.get(unit.init, no_event) for unit, namespace in by_unit.items()}
        self._define_assets()
        self._define_objects(by_unit, functions)
        self._define_timelines(functions)
        if not self.rooms.rooms:
            self._define_rooms(functions)

    # ----------------------------------------------------------------- assets

    def _define_assets(self) -> None:
        self.rt.errors_go_on = self.loaded.errors_go_on
        self.rt.arrays_have_rows = self.loaded.arrays_have_rows
        self.rt.counts_first_row = self.loaded.counts_first_row
        self.rooms.places_at_once = self.loaded.places_at_once
        self.rt.has_plain_handles = self.loaded.has_plain_handles
        self.rt.has_loose_json = self.loaded.has_loose_json
        counts: dict[str, int] = {}
        for kind, name in self.loaded.assets:
            index = counts[kind] = counts.get(kind, -1) + 1
            self.rt.assets.setdefault(name, self._asset(kind, index, name))
        if self.loaded.tags:
            from gmlrun.engine.tags import Tags

            made = self.rt.service(Tags)
            for name, tags in self.loaded.tags.items():
                if tags:
                    made.of(name).extend(tags)
        for name in self.loaded.program.extra_functions:
            gives = TEXT if name in self.loaded.text_functions else NUMBER
            self.rt.natives.setdefault(name, partial(native, self.rt, name, gives))

    def _asset(self, kind: str, index: int, name: str) -> AssetRef:
        if kind == "sprite":
            return self._sprite(index, name)
        if kind == "tileset":
            from gmlrun.engine.elements import Tileset

            return Tileset(index, name, self.loaded.tilesets.get(name, no_facts))
        if kind == "sequence":
            from gmlrun.engine.sequence_structs import SequenceFacts
            from gmlrun.engine.sequences import SequenceAsset, Sequences

            made = SequenceAsset(index, name, self.loaded.sequences.get(name, SequenceFacts))
            return self.rt.service(Sequences).assets.setdefault(index, made)
        if kind == "font" and name in self.loaded.fonts:
            from gmlrun.engine.fonts import FontAsset

            return FontAsset(index, name, self.loaded.fonts[name])
        if kind == "animcurve":
            from gmlrun.engine.curves import CurveAsset

            return CurveAsset(index, name, self.loaded.curves.get(name, no_facts))
        if kind == "timeline":
            from gmlrun.engine.timelines import Timelines

            timelines = self.rt.service(Timelines)
            return timelines.all.get(index) or timelines.add(name)
        return self._path(index, name) if kind == "path" else AssetRef(kind, index, name)

    def _path(self, index: int, name: str) -> AssetRef:
        from gmlrun.space.paths import PathFacts, Paths

        paths = self.rt.service(Paths)
        found = paths.all[index] if index < len(paths.all) else None
        return found or paths.add(name, self.loaded.paths.get(name, PathFacts))

    def _sprite(self, index: int, name: str) -> AssetRef:
        sprites = self.world.sprites
        sprites.is_compatible = self.loaded.is_compatible
        if index == len(sprites.all):
            sprites.all.append(Sprite(index, name, self.loaded.sprites.get(name, no_facts), self.rt))
        return sprites.all[index]

    def _define_timelines(self, functions: Mapping[str, Any]) -> None:
        """Gives the project's timelines their moments."""
        for name, moments in self.loaded.timelines.items():
            timeline = self.rt.assets[name]
            timeline.moments = []
            for step, entry in moments:
                timeline.add(step, functions[entry])

    # ---------------------------------------------------------------- objects

    def _define_objects(self, by_unit: Namespaces, functions: Mapping[str, Any]) -> None:
        """Objects of all units and of the project, parents before children, and the file's own."""
        parents, events = self._objects_in_code(by_unit)
        for made in self.loaded.objects:
            parents[made.name] = made.parent
            events[made.name] = {number: functions[entry] for number, entry in made.events.items() if entry}
        for name in events:
            self.world.declare_object(name)
        self._add_collisions(by_unit, events)
        for made in self.loaded.objects:
            events[made.name] |= self._collisions(made.collisions, functions)
        for name in parents_first(parents, events):
            self.world.define_object(name, parents.get(name) or None, events[name])
        for made in self.loaded.objects:
            self._set_defaults(made.name, made.defaults)

    def _objects_in_code(self, by_unit: Namespaces) -> tuple[dict[str, str], dict[str, Events]]:
        """The parents and the events of `object` blocks and of the file's own object."""
        main = self.loaded.main
        parents: dict[str, str] = {}
        events: dict[str, Events] = {main: {}} if main else {}
        for unit, namespace in by_unit.items():
            for entry in unit.objects:
                parents[entry.name or main] = entry.parent
                events.setdefault(entry.name or main, {})
            for event in unit.events:
                number = event_number_of(event.event)
                if number is not None:  # a collision has its other object's number, once all objects are there
                    events[event.object or main][number] = namespace[event.python_name]
            if main and unit.name == f"gml_Object_{main}_Create_0" and unit.init:
                events[main].setdefault((0, 0), namespace[unit.init])
        return parents, events

    def _add_collisions(self, by_unit: Namespaces, events: Mapping[str, Events]) -> None:
        """Adds the Collision events of `object` blocks and of the file's own object."""
        for unit, namespace in by_unit.items():
            for event in unit.events:
                if (kind := self.world.by_name.get(collides_with(event.event))) is not None:
                    number = COLLISION, kind.index
                    events[event.object or self.loaded.main][number] = namespace[event.python_name]

    def _collisions(self, collisions: Mapping[str, str], functions: Mapping[str, Any]) -> Events:
        others = {
            self.world.by_name[other]: entry for other, entry in collisions.items() if other in self.world.by_name
        }
        return {(COLLISION, other.index): functions[entry] for other, entry in others.items() if entry}

    def _set_defaults(self, name: str, defaults: Mapping[str, Any]) -> None:
        kind = self.world.by_name[name].instance_class
        for variable, value in defaults.items():
            setattr(kind, variable, self.rt.assets.get(value, -1.0) if isinstance(value, str) else value)

    # ------------------------------------------------------------------ rooms

    def _define_rooms(self, functions: Mapping[str, Any]) -> None:
        for sources in self.loaded.rooms:
            room = self.rooms.add(sources.name)
            room.width, room.height, room.persistent = sources.width, sources.height, sources.persistent
            room.speed = sources.speed
            room.layers = list(sources.layers)
            room.code = room_code(functions, sources)
            room.views, room.has_views = sources.views, sources.has_views
            room.placements = [
                self._placement(made, functions) for made in sources.instances if made.object in self.world.by_name
            ]
        self.rooms.number_placements()
        for sources, room in zip(self.loaded.rooms, self.rooms.rooms, strict=True):
            self._name_instances(sources, room)

    def _placement(self, made: InstanceSources, functions: Mapping[str, Any]) -> Placement:
        kind = self.world.by_name[made.object]
        variables = dict(made.variables)
        prepare, code = functions.get(made.definitions), functions.get(made.code)
        return Placement(kind, made.x, made.y, made.layer, variables, prepare, code)

    def _name_instances(self, sources: RoomSources, room: Room) -> None:
        """Instances of rooms can be named in code; such a name is the id."""
        there = [made for made in sources.instances if made.object in self.world.by_name]
        for made, placement in zip(there, room.placements, strict=True):
            if made.name and placement.number is not None:
                self.rt.assets.setdefault(made.name, float(placement.number))

    # --------------------------------------------------------------- starting

    def enter(self) -> None:
        """Enters the first room, and makes the instance that was asked for."""
        settings = self.rt.settings
        self._check_clicks()
        if not self.rooms.rooms:
            self._enter_made_up_room()
            return
        self.rooms.start(self._first_room(settings.room))
        if settings.spawn:
            name, x, y = spawn_of(settings.spawn)
            layer = min(self.rooms.layers.values(), key=lambda one: abs(one.depth), default=None)
            self.world.create(self._object(name), x, y, layer=-1.0 if layer is None else layer)

    def _check_clicks(self) -> None:
        """Raises UsageError where something is to be clicked that the program does not have."""
        for action in self.rt.settings.input:
            self.check_click(action)

    def check_click(self, action: Any) -> None:
        """Raises UsageError for a click on what is neither an object nor an instance of a room."""
        placed = {made.name for room in self.loaded.rooms for made in room.instances}
        if action.kind == "click" and action.place is None and action.target[0] not in placed:
            self._object(action.target[0])

    def _first_room(self, wanted: str) -> Room:
        names = {room.name: room for room in self.rooms.rooms}
        if wanted and wanted not in names:
            raise UsageError(f"there is no room {wanted}: {did_you_mean(wanted, names) or ', '.join(names)}")
        return names[wanted] if wanted else self.rooms.rooms[0]

    def _object(self, name: str) -> Any:
        found = self.world.by_name.get(name)
        if found is None:
            names = list(self.world.by_name)
            raise UsageError(f"there is no object {name}: {did_you_mean(name, names) or ', '.join(names)}")
        return found

    def _enter_made_up_room(self) -> None:
        """A program without rooms of its own has one, with one instance of the object that it starts with.

        A project of scripts alone has nothing to start with: its room is empty.
        """
        if not self.loaded.main and not self.loaded.objects and not self.rt.settings.spawn:
            self.rooms.start(self.rooms.add("room0"))
            return
        name, x, y = (self.loaded.main, 0.0, 0.0) if self.loaded.main else self._spawned()
        room = self.rooms.add(f"room_{name}")
        room.placements.append(Placement(self.world.by_name[name], x, y))
        self.rooms.start(room)

    def _spawned(self) -> tuple[str, float, float]:
        """The object that a folder starts with: the one asked for, or its only one."""
        names = [made.name for made in self.loaded.objects]
        wanted, x, y = spawn_of(self.rt.settings.spawn or (names[0] if len(names) == 1 else ""))
        if wanted not in names:
            fault = f"there is no object {wanted}" if wanted else "the folder has no room to start in"
            raise UsageError(f"{fault}: name an object with --spawn ({', '.join(names) or 'it has none'})")
        return wanted, x, y


def spawn_of(text: str) -> tuple[str, float, float]:
    """`OBJECT[,X,Y]`; raises UsageError for a place that is none."""
    name, *place = text.split(",")
    if len(place) not in (0, 2):
        raise UsageError(f"--spawn wants OBJECT or OBJECT,X,Y, not {text}")
    try:
        x, y = map(float, place or ("0", "0"))
    except ValueError:
        raise UsageError(f"--spawn wants OBJECT or OBJECT,X,Y, not {text}") from None
    return name, x, y


def room_code(functions: Mapping[str, Any], sources: RoomSources) -> Callable[..., Any] | None:
    """A room's creation code, if it has any."""
    return functions.get(sources.code) if sources.code else None


def no_facts() -> None:
    """The reader of a sprite of which the project has no file."""


def no_event(other: Any, self: Any) -> None:
    """An event with nothing in it."""


def native(rt: Runtime, name: str, gives: str, other: Any, self: Any, *args: Any) -> Any:
    """Do as `--headless` says with a call of an extension's native function; return 0 or "" unless that is to raise."""
    return passed_over(rt, name, f"{name} is a native function of an extension, which gmlrun cannot run", gives)


def parents_first(parents: dict[str, str], names: Mapping[str, Any]) -> list[str]:
    """Object names so that each parent comes before its children; raises UsageError for a cycle or a gap."""
    ordered: list[str] = []

    def visit(name: str, below: tuple[str, ...]) -> None:
        if name in ordered:
            return
        if name in below:
            raise UsageError(f"the object {name} is its own ancestor")
        if name not in names:
            raise UsageError(f"the object {below[-1]} has a parent that does not exist: {name}")
        if parents.get(name):
            visit(parents[name], (*below, name))
        ordered.append(name)

    for name in names:
        visit(name, ())
    return ordered
