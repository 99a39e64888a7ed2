"""A folder: the project file in it goes to that format's loader; without one, `scripts/` and `objects/` are read.

Such a folder is laid out like a GameMaker project: `scripts/NAME/*.gml`, `objects/NAME/Create_0.gml`,
`objects/NAME/Other_68.gml`, …; an object's `.yy` file, where there is one, names its parent.
"""

from __future__ import annotations

import os
import re

from gmlrun.errors import UsageError
from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts, event_of
from gmlrun.project.files import PROJECT_FILES, reader_of
from gmlrun.project.model import Loaded, ObjectSources
from gmlrun.project.single import stem
from gmlrun.source import STUDIO_1


def load_folder(path: str, config: str) -> Loaded:
    """The project in a folder; raises UsageError for a folder that holds several, or no GML."""
    found = [name for name in sorted(os.listdir(path)) if name.lower().endswith(PROJECT_FILES)]
    if len(found) > 1:
        raise UsageError(f"{path} holds several projects: name one of {', '.join(found)}")
    read = reader_of(found[0]) if found else None
    return load_bare(path, config) if read is None else read(os.path.join(path, found[0]), config)


def load_bare(path: str, config: str) -> Loaded:
    """A folder without a project file."""
    collector = ProjectParts(path)
    for folder, _, files in sorted(os.walk(os.path.join(path, "scripts"))):
        for file in sorted(files):
            if file.lower().endswith(".gml"):
                add_script(collector, os.path.relpath(os.path.join(folder, file), path))
    for name in collector.names_in("objects"):
        if os.path.isdir(collector.path(f"objects/{name}")):
            add_object(collector, name)
    if not collector.parts and not collector.findings:
        raise UsageError(f"{path} holds no project: {words_for_folder(path)}")
    return collector.loaded(config=config)


DECLARES = re.compile(r"^[ \t]*(?:function[ \t]+\w+[ \t]*\(|#macro\b|enum[ \t]+\w+)", re.MULTILINE)


def add_script(collector: ProjectParts, relative: str) -> None:
    """A script's file; one in `scripts/` itself that declares nothing is a script of 1.4, one function's body."""
    source = collector.read(relative, f"the script {stem(relative)}")
    is_flat = os.path.dirname(relative) == "scripts"
    if source is None or not is_flat or DECLARES.search(source.text):
        collector.add_script(stem(relative), relative)
        return
    before, collector.dialect = collector.dialect, STUDIO_1
    collector.add_function(stem(relative), relative)
    collector.dialect = before


def add_object(collector: ProjectParts, name: str) -> None:
    """An object's folder; its events are the files in it."""
    folder = f"objects/{name}"
    made = ObjectSources(name, parent_of(collector, name), {}, {})
    for file in collector.names_in(folder):
        if not file.lower().endswith(".gml"):
            continue
        event = event_of(file)
        where = f"{folder}/{file}"
        if event is None:
            words = "there is no event of that name; files are called Create_0.gml, Step_0.gml, …"
            collector.note("error", "unknown-event", where, words)
        else:
            collector.add_event(made, event[0], collector.read(where, f"an event of {name}"), event[1])
    collector.objects.append(made)


def parent_of(collector: ProjectParts, name: str) -> str:
    """The parent that an object's `.yy` file names, empty when there is none."""
    file = f"objects/{name}/{name}.yy"
    facts = yy.read_yy(collector, file, f"the object {name}") if collector.find(file) is not None else None
    return yy.name_of(facts, "parentObjectId")


def words_for_folder(path: str) -> str:
    """Say what to do with a folder that is no project."""
    files = sorted(name for name in os.listdir(path) if name.lower().endswith(".gml"))
    if files:
        return f"name a file of it, as in gmlrun {os.path.normpath(os.path.join(path, files[0]))}"
    return "one has scripts/NAME/NAME.gml and objects/NAME/Create_0.gml"
