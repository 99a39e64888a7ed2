"""A `.yyp` project: of GameMaker 2.3 and later here, where names link resources; of 2.0 to 2.2 in `guid`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from gmlrun.errors import UsageError
from gmlrun.language import NOONE
from gmlrun.project import yy
from gmlrun.project.collect import COLLISION, ProjectParts, event_file, read_text
from gmlrun.project.curves import curve_facts
from gmlrun.project.definitions import LIST, VariableDefinition, as_source
from gmlrun.project.extensions import add_extension
from gmlrun.project.fonts import font_facts
from gmlrun.project.layers import layer_plan, tileset_facts
from gmlrun.project.model import InstanceSources, Loaded, ObjectSources, RoomSources
from gmlrun.project.paths import path_facts
from gmlrun.project.sequences import sequence_facts
from gmlrun.project.sprites import sprite_facts
from gmlrun.project.timelines import timeline_moments
from gmlrun.project.yy import Facts
from gmlrun.source import TODAY, Dialect, Source

NEWEST = 2
"""The major version of the resource format of GameMaker 2024."""

ASSET_KINDS = {
    "sprites": "sprite",
    "sounds": "sound",
    "paths": "path",
    "fonts": "font",
    "shaders": "shader",
    "timelines": "timeline",
    "tilesets": "tileset",
    "sequences": "sequence",
    "animcurves": "animcurve",
    "particles": "particle system",
}
"""The kind of an asset by the folder that it lies in."""


NO_ASSETS = frozenset(("views", "folders", "options", "configs", "datafiles", "datafiles_yy", "notes", "texturegroups"))


def load_named(collector: ProjectParts, project: Facts, file: str, config: str) -> Loaded:
    """A project of 2.3 or later."""
    check_version(collector, project, file)
    parents = config_parents(yy.section(project, "configs"))
    if config not in parents:
        raise UsageError(f"the project has no configuration {config}: it has {', '.join(parents)}")
    options = main_options(collector)
    collector.dialect = dialect_of(yy.text(yy.section(project, "MetaData"), "IDEVersion"), options)
    rooms: dict[str, Facts] = {}
    objects: dict[str, Facts] = {}
    for name, path in resources(project):
        add_resource(collector, name, path, objects, rooms)
    audio_groups(collector, project)
    for name in objects:
        collector.objects.append(object_sources(collector, name, objects))
    order = room_order(project)
    for name in sorted(rooms, key=lambda name: order.index(name) if name in order else len(order)):
        collector.rooms.append(room_sources(collector, name, rooms, objects))
    speed, is_compatible = game_speed(options), collision_compatibility(options)
    data = collector.find("datafiles") or ""
    return collector.loaded(
        config=config, config_parents=parents, data_folder=data, speed=speed, is_compatible=is_compatible
    )


def room_order(project: Facts) -> list[str]:
    """The names of the rooms, the first one first; 2.3.0 has them in a list of another name."""
    nodes = [yy.name_of(node, "roomId") for node in yy.items(project, "RoomOrderNodes")]
    return nodes or [yy.text(entry, "name") for entry in yy.items(project, "RoomOrder")]


def check_version(collector: ProjectParts, facts: Facts, file: str, what: str = "the project") -> None:
    """Tells of a file that is newer than what is known of the format."""
    version = yy.text(facts, "resourceVersion", "1.0")
    major = version.partition(".")[0]
    if not major.isdecimal() or int(major) > NEWEST:
        words = f"{what} has the format {version}, which gmlrun does not know; it is read as format {NEWEST}.0"
        collector.note("warning", "unknown-version", file, words)


def config_parents(tree: Facts, parent: str = "") -> dict[str, str]:
    """The configurations, each with the one that it inherits from (empty for the topmost)."""
    name = yy.text(tree, "name", "Default")
    found = {name: parent}
    for child in yy.items(tree, "children"):
        found |= config_parents(child, name)
    return found


def resources(project: Facts) -> Iterator[tuple[str, str]]:
    """The name and the path of each resource."""
    for entry in yy.items(project, "resources"):
        reference = yy.section(entry, "id")
        if yy.text(reference, "path"):
            yield yy.text(reference, "name"), yy.text(reference, "path")


def add_resource(
    collector: ProjectParts,
    name: str,
    path: str,
    objects: dict[str, Facts],
    rooms: dict[str, Facts],
) -> None:
    """One resource: a script's source, or facts for later; the rest is an asset with a name."""
    folder = path.split("/")[0].lower()
    kind = asset_kind(folder)
    if not kind or not collector.claim(kind, name, path):
        return
    if kind == "script":
        collector.tags[name] = tags_of(collector, path)
        collector.add_script(name, f"{path.removesuffix('.yy')}.gml")
    elif kind in ("object", "room", "extension"):
        facts = yy.read_yy(collector, path, f"the {kind} {name}")
        if facts is None:
            return
        check_version(collector, facts, path, f"the {kind} {name}")
        collector.tags[name] = yy.texts(facts, "tags")
        if kind == "extension":
            add_extension(collector, path.rpartition("/")[0], facts)
        else:
            (objects if kind == "object" else rooms)[name] = {**facts, "path": path}
    else:
        add_asset(collector, kind, name, path)
        collector.tags[name] = tags_of(collector, path)


READERS: Mapping[str, tuple[str, Callable[[ProjectParts, str, str], object]]] = {
    "sprite": ("sprites", sprite_facts),
    "sequence": ("sequences", sequence_facts),
    "tileset": ("tilesets", tileset_facts),
    "font": ("fonts", font_facts),
    "animcurve": ("curves", curve_facts),
    "path": ("paths", path_facts),
}
"""For each kind of asset whose file is read when somebody asks: the collection, and the function that reads it."""


def add_asset(collector: ProjectParts, kind: str, name: str, path: str) -> None:
    """An asset of its name; what its file says is read when somebody asks, the moments of a timeline at once."""
    collector.assets.append((kind, name))
    if kind == "timeline":
        timeline_moments(collector, name, path)
    elif kind in READERS:
        collection, read = READERS[kind]
        getattr(collector, collection)[name] = partial(read, collector, name, path)


def asset_kind(folder: str) -> str:
    """The kind of the assets in a folder, empty for a folder of what the project alone needs."""
    return "" if folder in NO_ASSETS else ASSET_KINDS.get(folder) or folder.removesuffix("s")


def audio_groups(collector: ProjectParts, project: Facts) -> None:
    """The audio groups, which are assets of their names."""
    collector.add_audio_groups(yy.text(group, "name") for group in yy.items(project, "AudioGroups"))


def tags_of(collector: ProjectParts, path: str) -> list[str]:
    """The tags of a resource of which nothing else matters; what cannot be read has none."""
    found = collector.find(path)
    if found is None:
        return []
    return yy.tags_in(read_text(found))


# ---------------------------------------------------------------------- objects


def object_sources(collector: ProjectParts, name: str, objects: dict[str, dict[str, Any]]) -> ObjectSources:
    """An object: its events from their files, its variable definitions as code."""
    facts = objects[name]
    folder = facts["path"].rpartition("/")[0]
    made = ObjectSources(name, yy.name_of(facts, "parentObjectId"), {}, {}, object_defaults(facts))
    files = [add_event(collector, made, folder, event) for event in yy.items(facts, "eventList")]
    collector.note_unlisted(made, folder, files)
    source = as_source(f"{collector.path(facts['path'])} (variable definitions)", definitions_of(name, objects))
    if source is not None:
        collector.add_event(made, (14, 0), source)
    return made


def add_event(collector: ProjectParts, made: ObjectSources, folder: str, event: Facts) -> str:
    """An event with its code; returns the name of its file."""
    type_, subtype = int(yy.number(event, "eventType")), int(yy.number(event, "eventNum"))
    other = (yy.name_of(event, "collisionObjectId") or made.name) if type_ == COLLISION else ""
    file = event_file(type_, other or str(subtype))
    if file is None:
        words = f"{made.name} has an event of an unknown type: {type_}"
        collector.note("warning", "unknown-event", f"{folder}/{made.name}.yy", words)
        return ""
    source = collector.read(f"{folder}/{file}", f"an event of the object {made.name}")
    collector.add_event(made, (type_, subtype), source, other)
    return file


def object_defaults(facts: Facts) -> Facts:
    """The built-in variables that an object sets."""
    named = {"sprite_index": yy.name_of(facts, "spriteId"), "mask_index": yy.name_of(facts, "spriteMaskId")}
    flags = {"persistent": False, "visible": True, "solid": False}
    return {k: v for k, v in named.items() if v} | {
        key: bool(facts[key]) for key, usual in flags.items() if bool(facts.get(key, usual)) != usual
    }


def definitions_of(name: str, objects: dict[str, Facts]) -> list[VariableDefinition]:
    """The variable definitions of an object, the inherited ones first, with what it overrides."""
    lineage: list[str] = []
    while name in objects and name not in lineage:
        lineage.append(name)
        name = yy.name_of(objects[name], "parentObjectId")
    found: dict[str, VariableDefinition] = {}
    for ancestor in reversed(lineage):
        found |= {made.name: made for made in map(definition, yy.items(objects[ancestor], "properties"))}
        found |= overridden(found, yy.items(objects[ancestor], "overriddenProperties"))
    return list(found.values())


def definition(facts: Facts) -> VariableDefinition:
    """A `GMObjectProperty`; one that is chosen from a list takes several items or one."""
    type_ = int(yy.number(facts, "varType"))
    multiple = type_ == LIST and bool(facts.get("multiselect"))
    return VariableDefinition(yy.text(facts, "name"), type_, yy.text(facts, "value"), multiple)


def overridden(known: Mapping[str, VariableDefinition], properties: list[Facts]) -> dict[str, VariableDefinition]:
    """The definitions that `GMOverriddenProperty` entries replace the values of."""
    names = [(yy.name_of(facts, "propertyId"), yy.text(facts, "value")) for facts in properties]
    return {name: known[name]._replace(value=value) for name, value in names if name in known}


# ------------------------------------------------------------------------ rooms


def room_sources(
    collector: ProjectParts, name: str, rooms: dict[str, dict[str, Any]], objects: dict[str, Facts]
) -> RoomSources:
    """A room with its layers, its instances in their order, and its creation code."""
    facts = rooms[name]
    settings = yy.section(facts, "roomSettings")
    folder = facts["path"].rpartition("/")[0]
    layers = list(all_layers(yy.items(facts, "layers")))
    found = {
        yy.text(instance, "name"): instance_sources(collector, f"{folder}/{name}", layer, instance, objects)
        for layer in layers
        for instance in yy.items(layer, "instances")
        if not instance.get("ignore")
    }
    order = [yy.text(entry, "name") for entry in yy.items(facts, "instanceCreationOrder")]
    return RoomSources(
        name,
        yy.number(settings, "Width", 1366.0),
        yy.number(settings, "Height", 768.0),
        bool(settings.get("persistent")),
        layers=[layer_plan(layer, yy.name_of) for layer in layers],
        instances=[found[n] for n in order if n in found] + [made for n, made in found.items() if n not in order],
        code=collector.add_code(f"gml_Room_{name}_Create", creation_code(collector, name, rooms)),
        views=[view_facts(view, yy.name_of(view, "objectId")) for view in yy.items(facts, "views")],
        has_views=bool(yy.section(facts, "viewSettings").get("enableViews")),
    )


def creation_code(collector: ProjectParts, name: str, rooms: dict[str, dict[str, Any]]) -> Source | None:
    """A room's creation code, or that of the room that it inherits it from."""
    seen: list[str] = []
    while name in rooms and name not in seen:
        seen.append(name)
        facts, file = rooms[name], own_file(yy.text(rooms[name], "creationCodeFile"))
        if file:
            return collector.read(f"{facts['path'].rpartition('/')[0]}/{file}", f"the creation code of {name}")
        name = yy.name_of(facts, "parentRoom") if facts.get("inheritCode") else ""
    return None


def own_file(path: str) -> str:
    """The name of a file beside a room's, of which the room may say a whole path: `${project_dir}\\rooms\\…`."""
    return path.replace("\\", "/").rpartition("/")[2]


VIEW_SIDES = ("xport", "yport", "wport", "hport", "xview", "yview", "wview", "hview")
VIEW_EDGES = (*VIEW_SIDES, "hborder", "vborder", "hspeed", "vspeed")


def view_facts(view: Facts, target: str) -> Facts:
    """Read a view of a room; `target` names the object that it follows."""
    sizes = {f"view_{side}": yy.number(view, side) for side in VIEW_EDGES}
    return {**sizes, "view_visible": bool(view.get("visible")), "view_object": target or NOONE}


def all_layers(layers: list[Facts]) -> Iterator[Facts]:
    """Layers and the layers in them."""
    for layer in layers:
        yield layer
        yield from all_layers(yy.items(layer, "layers"))


def instance_sources(
    collector: ProjectParts,
    room: str,
    layer: Facts,
    facts: Facts,
    objects: dict[str, Facts],
) -> InstanceSources:
    """An instance that stands in a room; `room` is the room's file without `.yy`."""
    folder, _, room_name = room.rpartition("/")
    name, kind = yy.text(facts, "name"), yy.name_of(facts, "objectId")
    source = None
    if facts.get("hasCreationCode"):
        file = f"{folder}/InstanceCreationCode_{name}.gml"
        source = collector.read(file, f"the creation code of {name} in {room_name}")
    known = {made.name: made for made in definitions_of(kind, objects)}
    replaced = overridden(known, yy.items(facts, "properties")).values()
    definitions = as_source(f"{collector.path(room)}.yy (variables of {name})", replaced)
    return InstanceSources(
        name,
        kind,
        yy.number(facts, "x"),
        yy.number(facts, "y"),
        yy.text(layer, "name"),
        instance_variables(facts),
        collector.add_code(f"gml_RoomCC_{room_name}_{name}_PreCreate", definitions),
        collector.add_code(f"gml_RoomCC_{room_name}_{name}_Create", source),
    )


PLACED: tuple[tuple[str, str, float], ...] = (
    ("scaleX", "image_xscale", 1.0),
    ("scaleY", "image_yscale", 1.0),
    ("rotation", "image_angle", 0.0),
    ("imageIndex", "image_index", 0.0),
    ("imageSpeed", "image_speed", 1.0),
)
"""A field of a placed instance, the variable that it sets, and the value without the field."""
WHITE = 0xFFFFFFFF


def instance_variables(facts: Facts) -> dict[str, Any]:
    """The built-in variables that a placed instance sets; its colour has the alpha in the highest byte."""
    found = {name: yy.number(facts, key, usual) for key, name, usual in PLACED if yy.number(facts, key, usual) != usual}
    colour = int(yy.number(facts, "colour", WHITE))
    if colour & 0xFFFFFF != 0xFFFFFF:
        found["image_blend"] = float(colour & 0xFFFFFF)
    if colour >> 24 != 0xFF:
        found["image_alpha"] = (colour >> 24) / 255
    return found


# ---------------------------------------------------------------------- options


def main_options(collector: ProjectParts) -> Facts:
    """The project's main options; none if it has no such file."""
    path = "options/main/options_main.yy"
    facts = yy.read_yy(collector, path, "the main options") if collector.find(path) is not None else None
    return facts or {}


ARRAYS_ARE_SHARED = (2022, 2)
HANDLES_ARE_NO_NUMBERS = (2023, 1)
INSTANCES_ARE_HIDDEN = (2024, 8)
OTHER_CHANGES = (2024, 11)
JSON_ENDS = (2024, 13)
"""The versions since which arrays are not copied when they are written, handles have a type, instances of a room are
not there before their Create events, calls of methods change `other` and text behind a number is an error, and text
behind a JSON value is one, too."""
DEVELOPMENT = 9
"""The major version that GameMaker has where its makers work on it: newer than all others."""


def dialect_of(version: str, options: Mapping[str, object]) -> Dialect:
    """The GML of a project: by its options, which keep old behaviours, or by the version that wrote it."""
    parts = tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))

    def is_before(since: tuple[int, int]) -> bool:
        return version != "" and parts[0] != DEVELOPMENT and parts < since

    return TODAY._replace(
        copies_arrays=bool(options.get("option_copy_on_write_enabled", is_before(ARRAYS_ARE_SHARED))),
        keeps_other=bool(options.get("option_legacy_other_behaviour", is_before(OTHER_CHANGES))),
        places_at_once=is_before(INSTANCES_ARE_HIDDEN),
        has_plain_handles=is_before(HANDLES_ARE_NO_NUMBERS),
        calls_constructors=is_before(OTHER_CHANGES),
        has_loose_numbers=bool(options.get("option_legacy_number_conversion", is_before(OTHER_CHANGES))),
        has_loose_json=bool(options.get("option_legacy_json_parsing", is_before(JSON_ENDS))),
    )


def game_speed(options: Mapping[str, object]) -> float | None:
    """Steps a second, from the project's main options."""
    return yy.number(dict(options), "option_game_speed") or None


def collision_compatibility(options: Mapping[str, object]) -> bool:
    """Whether bounding boxes are whole pixels: where the main options say so, or are older than that choice."""
    return bool(options) and bool(options.get("option_collision_compatibility", True))
