"""A `.project.gmx` project of GameMaker: Studio 1.4: XML, with the code of objects and rooms inside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree

from gmlrun.engine.events import PRE_CREATE
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.language import NOONE
from gmlrun.project.actions import actions_source
from gmlrun.project.collect import COLLISION, CREATION, ProjectParts, event_file
from gmlrun.project.definitions import number_literal
from gmlrun.project.extensions import TEXT, add_constants, declared_texts
from gmlrun.project.model import InstanceSources, Loaded, ObjectSources, RoomSources
from gmlrun.project.paths import old_path_facts
from gmlrun.project.single import stem
from gmlrun.project.yy import plausible
from gmlrun.project.yyp import VIEW_EDGES
from gmlrun.source import STUDIO_1, Source
from gmlrun.space.paths import PathFacts
from gmlrun.space.sprites import PRECISE, PRECISE_FRAMES, SpriteFacts

Element = ElementTree.Element

ASSET_KINDS = {
    "sprites/sprite": "sprite",
    "sounds/sound": "sound",
    "backgrounds/background": "background",
    "paths/path": "path",
    "fonts/font": "font",
    "shaders/shader": "shader",
    "timelines/timeline": "timeline",
}
"""The kind of an asset by the groups and the elements that name it."""
FULL = 1
"""The bounding box mode of a sprite that collides with its whole picture."""


def load_gmx(path: str, config: str) -> Loaded:
    """A project; raises UsageError for a file that is none, SourceErrors for one that cannot be read at all."""
    if not os.path.isfile(path):
        raise UsageError(f"cannot read {path}: no such file")
    collector = ProjectParts(os.path.dirname(path) or ".", STUDIO_1)
    project = read_xml(collector, os.path.basename(path), "the project")
    if project is None:
        raise SourceErrors(collector.findings)
    for name, relative in named(project, "scripts/script"):
        add_scripts(collector, name, relative)
    for group, kind in ASSET_KINDS.items():
        for name, relative in named(project, group):
            if collector.claim(kind, name, relative):
                add_asset(collector, kind, name, relative)
    collector.add_audio_groups(group.get("name", "") for group in project.iterfind("audiogroups/audiogroup"))
    for name, relative in named(project, "objects/object"):
        add_object(collector, name, f"{relative}.object.gmx")
    for name, relative in named(project, "rooms/room"):
        add_room(collector, name, f"{relative}.room.gmx")
    for name, relative in named(project, "NewExtensions/extension"):
        add_extension(collector, name, f"{relative}.extension.gmx")
    constants = constants_in(project) | config_constants(collector, project, config)
    add_constants(collector, f"{os.path.basename(path)} (constants)", constants)
    return collector.loaded(config=config, data_folder=collector.find("datafiles") or "", is_compatible=True)


def add_asset(collector: ProjectParts, kind: str, name: str, relative: str) -> None:
    """An asset of its name; what its file says is read when somebody asks, the moments of a timeline at once."""
    collector.assets.append((kind, name))
    if kind == "sprite":
        collector.sprites[name] = partial(sprite_facts, collector, name, f"{relative}.sprite.gmx")
    elif kind == "path":
        collector.paths[name] = partial(path_facts, collector, name, f"{relative}.path.gmx")
    elif kind == "timeline":
        add_timeline(collector, name, f"{relative}.timeline.gmx")


def constants_in(element: Element) -> dict[str, str]:
    """The constants that a file lists."""
    return {e.get("name", ""): e.text or "" for e in element.iter("constant")}


def config_constants(collector: ProjectParts, project: Element, config: str) -> dict[str, str]:
    """The constants of a configuration."""
    for name, relative in named(project, "Configs/Config"):
        if name == config:
            facts = read_xml(collector, f"{relative}.config.gmx", f"the configuration {name}")
            found = None if facts is None else facts.find("ConfigConstants")
            return {} if found is None else constants_in(found)
    return {}


def read_xml(collector: ProjectParts, relative: str, what: str) -> Element | None:
    """The root of an XML file; None, and a finding, when there is none."""
    source = collector.read(relative, what)
    if source is None:
        return None
    try:
        return ElementTree.fromstring(source.text)
    except ElementTree.ParseError as error:
        line, column = error.position
        collector.note("error", "broken-resource", relative, f"{what}: {error}", line, column + 1)
        return None


def named(project: Element, group: str) -> Iterator[tuple[str, str]]:
    """The name and the path of each resource of a group and of the groups in it."""
    outer, element = group.split("/")
    for top in project.iterfind(outer):
        for found in top.iter(element):
            path = (found.text or "").strip().replace("\\", "/")
            if path:
                yield stem(path), path


def text(element: Element, name: str, default: str = "") -> str:
    """The text of an element below another one; `<undefined>` stands for none."""
    found = (element.findtext(name) or "").strip()
    return default if found in ("", "<undefined>") else found


def number(value: str | None, default: float = 0.0) -> float:
    """A number as XML has it."""
    try:
        return plausible(float(value or default), default)
    except ValueError:
        return default


def is_true(element: Element, name: str) -> bool:
    """A flag: -1 is true."""
    return number(text(element, name)) != 0.0


def add_scripts(collector: ProjectParts, name: str, relative: str) -> None:
    """A script file: one script, or several after `#define`."""
    if collector.claim("script", name, relative):
        collector.add_function(name, relative)


def add_timeline(collector: ProjectParts, name: str, relative: str) -> None:
    """A timeline: the code of the actions of each of its moments."""
    facts = read_xml(collector, relative, f"the timeline {name}")
    for entry in facts.iterfind("entry") if facts is not None else ():
        step = number(text(entry, "step"))
        label = f"{collector.path(relative)} (moment {step:g})"
        source, unknown = actions_source(label, entry.iterfind("event/action"))
        if unknown:
            words = f"moment {step:g} of {name} has actions that gmlrun does not know: {', '.join(unknown)}"
            collector.note("warning", "drag-and-drop", relative, f"{words} (they are left out)")
        collector.add_moment(name, step, source)


# ---------------------------------------------------------------------- objects


def add_object(collector: ProjectParts, name: str, relative: str) -> None:
    """An object with its events."""
    if not collector.claim("object", name, relative):
        return
    facts = read_xml(collector, relative, f"the object {name}")
    if facts is None:
        return
    sprites = {"sprite_index": text(facts, "spriteName"), "mask_index": text(facts, "maskName")}
    flags = {key: is_true(facts, key) for key in ("persistent", "visible", "solid")}
    made = ObjectSources(name, parent_of(facts), {}, {}, {k: v for k, v in sprites.items() if v} | flags)
    depth = Source(f"{collector.path(relative)} (depth)", f"depth = {number_literal(number(text(facts, 'depth')))};")
    collector.add_event(made, (PRE_CREATE, 0), depth)
    for event in facts.iterfind("events/event"):
        add_event(collector, made, relative, event)
    collector.objects.append(made)


def parent_of(facts: Element) -> str:
    """The name of an object's parent, empty for none."""
    parent = text(facts, "parentName")
    return "" if parent == "self" else parent


def add_event(collector: ProjectParts, made: ObjectSources, relative: str, event: Element) -> None:
    """An event: the code of its actions, one after the other."""
    type_, subtype = int(number(event.get("eventtype"))), int(number(event.get("enumb")))
    other = event.get("ename", "") if type_ == COLLISION else ""
    label = event_file(type_, other or str(subtype))
    if label is None:
        collector.note("warning", "unknown-event", relative, f"{made.name} has an event of an unknown type: {type_}")
        return
    name = f"{collector.path(relative)} ({label[:-4]})"
    for action in event.iterfind("action") if type_ == CREATION else ():
        apply_to_itself(action)
    source, unknown = actions_source(name, event.iterfind("action"))
    if unknown:
        words = f"{label[:-4]} of {made.name} has actions that gmlrun does not know: {', '.join(unknown)}"
        collector.note("warning", "drag-and-drop", relative, f"{words} (they are left out)")
    collector.add_event(made, (type_, subtype), source, other)


def apply_to_itself(action: Element) -> None:
    """Lets an action of a Create event that is for the other instance be for its own: 1.4 has no other one there."""
    who = action.find("whoName")
    if who is not None and who.text == "other":
        who.text = "self"


# ---------------------------------------------------------------------- sprites


def sprite_facts(collector: ProjectParts, name: str, relative: str) -> SpriteFacts | None:
    """The size, the origin and the mask of a sprite; None for a file that cannot be read."""
    facts = read_xml(collector, relative, f"the sprite {name}")
    if facts is None:
        return None
    keys = ("width", "height", "xorig", "yorigin", "bbox_left", "bbox_top", "bbox_right", "bbox_bottom")
    width, height, xorigin, yorigin, left, top, right, bottom = (number(text(facts, key)) for key in keys)
    if number(text(facts, "bboxmode")) == FULL:
        left, top, right, bottom = 0.0, 0.0, width - 1, height - 1
    kind = int(number(text(facts, "colkind"), 1.0))
    if kind == PRECISE and is_true(facts, "sepmasks"):
        kind = PRECISE_FRAMES
    folder = relative.rpartition("/")[0]
    names = [f"{folder}/{(frame.text or '').strip()}".replace("\\", "/") for frame in facts.iterfind("frames/frame")]
    files = [collector.find(path) or collector.path(path) for path in names]
    tolerance = number(text(facts, "coltolerance"))
    box = (left, top, right, bottom)
    return SpriteFacts(width, height, xorigin, yorigin, *box, kind, len(names), tolerance, files)


def path_facts(collector: ProjectParts, name: str, relative: str) -> PathFacts | None:
    """The points of a path; None for a file that cannot be read."""
    facts = read_xml(collector, relative, f"the path {name}")
    return None if facts is None else old_path_facts(facts)


# ------------------------------------------------------------------------ rooms


def add_room(collector: ProjectParts, name: str, relative: str) -> None:
    """A room with its instances and its creation code."""
    if not collector.claim("room", name, relative):
        return
    facts = read_xml(collector, relative, f"the room {name}")
    if facts is None:
        return
    code = code_source(collector, f"{relative} (creation code)", facts.findtext("code"))
    made = RoomSources(
        name,
        number(text(facts, "width"), 1024.0),
        number(text(facts, "height"), 768.0),
        is_true(facts, "persistent"),
        number(text(facts, "speed")) or None,
        instances=[instance_sources(collector, name, relative, e) for e in facts.iterfind("instances/instance")],
        code=collector.add_code(f"gml_Room_{name}_Create", code),
        views=[view_facts(view) for view in facts.iterfind("views/view")],
        has_views=is_true(facts, "enableViews"),
    )
    collector.rooms.append(made)


def view_facts(view: Element) -> dict[str, object]:
    """Read a view of a room."""
    sizes = {f"view_{side}": number(view.get(side)) for side in VIEW_EDGES}
    target = view.get("objName", "")
    shown = {"view_visible": number(view.get("visible")) != 0.0}
    return {**sizes, **shown, "view_object": NOONE if target in ("", "<undefined>") else target}


PLACED = (("scaleX", "image_xscale", 1.0), ("scaleY", "image_yscale", 1.0), ("rotation", "image_angle", 0.0))


def instance_sources(collector: ProjectParts, room: str, relative: str, element: Element) -> InstanceSources:
    """An instance that stands in a room."""
    name = element.get("name", "")
    code = code_source(collector, f"{relative} (creation code of {name})", element.get("code"))
    placed = {variable: number(element.get(key), usual) for key, variable, usual in PLACED}
    return InstanceSources(
        name,
        element.get("objName", ""),
        number(element.get("x")),
        number(element.get("y")),
        variables={variable: placed[variable] for _, variable, usual in PLACED if placed[variable] != usual},
        code=collector.add_code(f"gml_RoomCC_{room}_{name}_Create", code),
    )


def code_source(collector: ProjectParts, name: str, code: str | None) -> Source | None:
    """A piece of code that stands in XML; None for none."""
    return Source(collector.path(name), code, STUDIO_1) if code and code.strip() else None


# -------------------------------------------------------------------- extensions


def add_extension(collector: ProjectParts, name: str, relative: str) -> None:
    """An extension: its GML, its constants, the names of its native functions."""
    facts = read_xml(collector, relative, f"the extension {name}")
    if facts is None:
        return
    native = collector.extensions.setdefault(name, [])
    for file in facts.iterfind("files/file"):
        file_name = text(file, "filename")
        if file_name.lower().endswith(".gml"):
            collector.add_script(stem(file_name), f"{relative.removesuffix('.extension.gmx')}/{file_name}")
        else:
            functions = file.findall("functions/function")
            native += filter(None, (text(function, "name") for function in functions))
            collector.text_functions |= declared_texts(
                {text(function, "name"): text(function, "returnType") == str(TEXT) for function in functions}
            )
        constants = {text(made, "name"): text(made, "value") for made in file.iterfind("constants/constant")}
        add_constants(collector, f"{relative} (constants of {file_name})", constants)
