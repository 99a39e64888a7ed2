"""A `.yyp` project of GameMaker 2.0 to 2.2, where identifiers link resources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gmlrun.project import yy
from gmlrun.project.collect import COLLISION, ProjectParts, event_file, read_text
from gmlrun.project.definitions import VariableDefinition, as_source
from gmlrun.project.extensions import add_extension
from gmlrun.project.layers import layer_plan
from gmlrun.project.model import InstanceSources, Loaded, ObjectSources, RoomSources
from gmlrun.project.single import stem
from gmlrun.project.yyp import (
    add_asset,
    all_layers,
    asset_kind,
    game_speed,
    instance_variables,
    main_options,
    own_file,
    view_facts,
)
from gmlrun.source import STUDIO_2, Source

Facts = dict[str, Any]


class Resources:
    """The names behind a project's identifiers."""

    def __init__(self, collector: ProjectParts, project: Facts) -> None:
        self.collector = collector
        self.paths: dict[str, str] = {}
        for entry in yy.items(project, "resources"):
            path = yy.text(yy.section(entry, "Value"), "resourcePath").replace("\\", "/")
            if path:
                self.paths[yy.text(entry, "Key")] = path
        self.objects: dict[str, Facts] = {}
        self.rooms: dict[str, Facts] = {}

    def name(self, identifier: object) -> str:
        """The name of the resource that an identifier stands for, empty for none."""
        return stem(self.paths.get(identifier, "")) if isinstance(identifier, str) else ""


def load_guid(collector: ProjectParts, project: Facts, config: str) -> Loaded:
    """The project."""
    collector.dialect = STUDIO_2
    found = Resources(collector, project)
    for identifier, path in found.paths.items():
        add_resource(found, identifier, path)
    collector.add_audio_groups(audio_groups(collector))
    for facts in found.objects.values():
        collector.objects.append(object_sources(found, facts))
    for identifier in room_order(found):
        collector.rooms.append(room_sources(found, found.rooms[identifier]))
    data = collector.find("datafiles") or ""
    return collector.loaded(
        config=config, data_folder=data, speed=game_speed(main_options(collector)), is_compatible=True
    )


MAIN_OPTIONS = ("options/main/options_main.yy", "options/main/inherited/options_main.inherited.yy")
AUDIO_GROUP = re.compile(r'"groupName"\s*:\s*"([^"]*)"')


def audio_groups(collector: ProjectParts) -> list[str]:
    """The names of the audio groups, which the main options have, or what they add to those of a new project."""
    found = filter(None, map(collector.find, MAIN_OPTIONS))
    return list(dict.fromkeys(name for path in found for name in AUDIO_GROUP.findall(read_text(path))))


def add_resource(found: Resources, identifier: str, path: str) -> None:
    """One resource: a script's source, or facts for later; the rest is an asset with a name."""
    collector, name, folder = found.collector, stem(path), path.split("/")[0].lower()
    kind = asset_kind(folder)
    if not kind or not collector.claim(kind, name, path):
        return
    if kind == "script":
        collector.add_function(name, f"{path.removesuffix('.yy')}.gml")
    elif kind in ("object", "room", "extension"):
        facts = yy.read_yy(collector, path, f"the {kind} {name}")
        if facts is None:
            return
        if kind == "extension":
            add_extension(collector, path.rpartition("/")[0], facts)
        else:
            (found.objects if kind == "object" else found.rooms)[identifier] = {**facts, "path": path, "name": name}
    else:
        add_asset(collector, kind, name, path)


def object_sources(found: Resources, facts: Facts) -> ObjectSources:
    """An object: its events from their files, its variable definitions as code."""
    collector, name, folder = found.collector, facts["name"], facts["path"].rpartition("/")[0]
    parent = found.name(facts.get("parentObjectId"))
    sprites = {"sprite_index": found.name(facts.get("spriteId")), "mask_index": found.name(facts.get("maskSpriteId"))}
    flags = {key: bool(facts[key]) for key in ("persistent", "visible", "solid") if key in facts}
    made = ObjectSources(name, parent, {}, {}, {k: v for k, v in sprites.items() if v} | flags)
    files = [add_event(found, made, folder, event) for event in yy.items(facts, "eventList")]
    collector.note_unlisted(made, folder, files)
    definitions = as_source(f"{collector.path(facts['path'])} (variable definitions)", definitions_of(found, facts))
    if definitions is not None:
        collector.add_event(made, (14, 0), definitions)
    return made


def add_event(found: Resources, made: ObjectSources, folder: str, event: Facts) -> str:
    """An event with its code; returns the name of its file."""
    type_, subtype = int(yy.number(event, "eventtype")), int(yy.number(event, "enumb"))
    identifier = yy.text(event, "collisionObjectId")
    other = (found.name(identifier) or made.name) if type_ == COLLISION else ""
    file = event_file(type_, identifier if other else str(subtype))
    if file is None:
        words = f"{made.name} has an event of an unknown type: {type_}"
        found.collector.note("warning", "unknown-event", f"{folder}/{made.name}.yy", words)
        return ""
    if other and found.collector.find(f"{folder}/{file}") is None:
        own = f"Collision_{yy.text(event, 'id')}.gml"
        file = own if found.collector.find(f"{folder}/{own}") is not None else file
    source = found.collector.read(f"{folder}/{file}", f"an event of the object {made.name}")
    found.collector.add_event(made, (type_, subtype), source, other)
    return file


def definitions_of(found: Resources, facts: Facts) -> list[VariableDefinition]:
    """The variable definitions of an object, the inherited ones first, with what it overrides."""
    lineage: list[Facts] = []
    current: Facts | None = facts
    while current is not None and current not in lineage:
        lineage.append(current)
        current = found.objects.get(yy.text(current, "parentObjectId"))
    made: dict[str, VariableDefinition] = {}
    for ancestor in reversed(lineage):
        for entry in yy.items(ancestor, "properties"):
            made[yy.text(entry, "id")] = definition(entry)
        for entry in yy.items(ancestor, "overriddenProperties"):
            replace_value(made, entry)
    return list(made.values())


def definition(entry: Facts) -> VariableDefinition:
    """One variable definition."""
    multiple = int(yy.number(entry, "varType")) == 6 and bool(entry.get("multiselect"))
    name = yy.text(entry, "varName") or yy.text(entry, "name")
    return VariableDefinition(name, int(yy.number(entry, "varType")), yy.text(entry, "value"), multiple)


def replace_value(made: dict[str, VariableDefinition], entry: Facts) -> None:
    """Applies an entry that overrides a definition."""
    identifier = yy.text(entry, "propertyId")
    if identifier in made:
        made[identifier] = made[identifier]._replace(value=yy.text(entry, "value"))


# ------------------------------------------------------------------------ rooms


def room_order(found: Resources) -> list[str]:
    """The rooms' identifiers as the resource tree has them: folders are listed in `views/`."""
    views: dict[str, Facts] = {}
    for name in found.collector.names_in("views"):
        facts = yy.read_yy(found.collector, f"views/{name}", "a folder of the resource tree")
        if facts is not None and yy.text(facts, "filterType") in ("GMRoom", "root"):
            views[yy.text(facts, "id")] = facts
    inner = {child for facts in views.values() for child in yy.texts(facts, "children")}
    ordered = [room for top in views if top not in inner for room in rooms_below(top, views, found.rooms, set())]
    return ordered + [identifier for identifier in found.rooms if identifier not in ordered]


def rooms_below(identifier: str, views: dict[str, Facts], rooms: dict[str, Facts], seen: set[str]) -> Iterator[str]:
    """The rooms in a folder of the resource tree and in the folders below it."""
    if identifier in rooms:
        yield identifier
    if identifier in seen:
        return
    seen.add(identifier)
    for child in yy.texts(views.get(identifier), "children"):
        yield from rooms_below(child, views, rooms, seen)


def room_sources(found: Resources, facts: Facts) -> RoomSources:
    """A room with its layers, its instances in their order, and its creation code."""
    collector, name, folder = found.collector, facts["name"], facts["path"].rpartition("/")[0]
    settings = yy.section(facts, "roomSettings")
    layers = list(all_layers(yy.items(facts, "layers")))
    placed = {
        yy.text(entry, "id"): instance_sources(found, facts, layer, entry)
        for layer in layers
        for entry in yy.items(layer, "instances")
        if not entry.get("ignore")
    }
    order = yy.texts(facts, "instanceCreationOrderIDs")
    code = own_file(yy.text(facts, "creationCodeFile"))
    source = collector.read(f"{folder}/{code}", f"the creation code of {name}") if code else None
    return RoomSources(
        name,
        yy.number(settings, "Width", 1024.0),
        yy.number(settings, "Height", 768.0),
        bool(settings.get("persistent")),
        layers=[layer_plan(layer, lambda value, key: found.name(value.get(key))) for layer in layers],
        instances=[placed[n] for n in order if n in placed] + [made for n, made in placed.items() if n not in order],
        code=collector.add_code(f"gml_Room_{name}_Create", source),
        views=[view_facts(view, found.name(view.get("objId"))) for view in yy.items(facts, "views")],
        has_views=bool(yy.section(facts, "viewSettings").get("enableViews")),
    )


def instance_sources(found: Resources, room: Facts, layer: Facts, facts: Facts) -> InstanceSources:
    """An instance that stands in a room."""
    collector, folder = found.collector, room["path"].rpartition("/")[0]
    name, kind = yy.text(facts, "name"), yy.text(facts, "objId")
    file = own_file(yy.text(facts, "creationCodeFile"))
    source = collector.read(f"{folder}/{file}", f"the creation code of {name} in {room['name']}") if file else None
    code = f"gml_RoomCC_{room['name']}_{name}"
    return InstanceSources(
        name,
        found.name(kind),
        yy.number(facts, "x"),
        yy.number(facts, "y"),
        yy.text(layer, "name"),
        instance_variables({**facts, "colour": yy.section(facts, "colour").get("Value", facts.get("colour"))}),
        collector.add_code(f"{code}_PreCreate", replaced_definitions(found, kind, room, facts)),
        collector.add_code(f"{code}_Create", source),
    )


def replaced_definitions(found: Resources, kind: str, room: Facts, facts: Facts) -> Source | None:
    """The code for the variable definitions that an instance replaces."""
    if kind not in found.objects:
        return None
    known = dict(identified(found, found.objects[kind]))
    replaced = [entry for entry in yy.items(facts, "properties") if yy.text(entry, "propertyId") in known]
    for entry in replaced:
        replace_value(known, entry)
    made = [known[yy.text(entry, "propertyId")] for entry in replaced]
    return as_source(f"{found.collector.path(room['path'])} (variables of {yy.text(facts, 'name')})", made)


def identified(found: Resources, facts: Facts) -> Iterator[tuple[str, VariableDefinition]]:
    """The variable definitions of an object and its ancestors by their identifiers."""
    seen: list[Facts] = []
    current: Facts | None = facts
    while current is not None and current not in seen:
        seen.append(current)
        yield from ((yy.text(entry, "id"), definition(entry)) for entry in yy.items(current, "properties"))
        current = found.objects.get(yy.text(current, "parentObjectId"))
