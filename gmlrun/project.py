"""What a program consists of on disk: `.gml` files or a folder go in, the sources and objects to compile come out.

A folder is laid out like a GameMaker project: `scripts/NAME/*.gml`, `objects/NAME/Create_0.gml`,
`objects/NAME/Other_68.gml`, …; an object's `.yy` file, where there is one, names its parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from gmlrun.errors import UsageError
from gmlrun.program import Part, Program
from gmlrun.runtime.events import SUFFIXES, EventNumber
from gmlrun.source import Source

MAX_SOURCE = 64 * 1024 * 1024
"""Bytes: a larger file is not taken for GML."""

EVENT_FILE = re.compile(r"([A-Za-z]+)_(\w+)\.gml")
TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])')
TYPE_OF_SUFFIX = {suffix.lower(): type_ for type_, suffix in SUFFIXES.items()}


class ObjectSources(NamedTuple):
    """An object of a project: its parent and the entry name of each of its events."""

    name: str
    parent: str
    events: dict[EventNumber, str]


class Loaded(NamedTuple):
    """A program ready to be compiled. `main` names a single file's own object, empty for a folder."""

    program: Program
    main: str = ""
    objects: Sequence[ObjectSources] = ()


def load(paths: Sequence[Path]) -> Loaded:
    """The program that the paths name: `MAIN.gml LIB.gml…`, or one folder. Raises UsageError."""
    main = paths[0]
    if main.is_dir():
        if len(paths) > 1:
            raise UsageError("a folder is a whole program: no further files can follow it")
        return folder(main)
    return single_file(paths)


def read_source(path: Path) -> Source:
    """A GML file as a source; raises UsageError for one that cannot be read or is not UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    if len(data) > MAX_SOURCE:
        raise UsageError(f"{path} is too large for a GML file")
    try:
        return Source(str(path), data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path} is not UTF-8: byte {data[error.start]:#04x} in line {line}") from None


def single_file(paths: Sequence[Path]) -> Loaded:
    """`MAIN.gml LIB.gml…`: the first file's statements are its own object's Create event."""
    main, *libraries = paths
    parts = [Part(read_source(path), f"gml_GlobalScript_{path.stem}") for path in libraries]
    parts.append(Part(read_source(main), f"gml_Object_{main.stem}_Create_0", owner=main.stem))
    return Loaded(Program(parts), main.stem)


def folder(path: Path) -> Loaded:
    """A folder laid out like a project; raises UsageError for one without GML."""
    scripts = sorted(path.glob("scripts/**/*.gml"))
    parts = [Part(read_source(script), f"gml_GlobalScript_{script.stem}") for script in scripts]
    objects = [object_sources(found, parts) for found in sorted(path.glob("objects/*")) if found.is_dir()]
    if not parts:
        raise UsageError(f"{path} holds no GML: a project has scripts/NAME/NAME.gml and objects/NAME/Create_0.gml")
    return Loaded(Program(parts, {made.name for made in objects}), "", objects)


def object_sources(path: Path, parts: list[Part]) -> ObjectSources:
    """An object's folder; its events' sources are added to `parts`."""
    made = ObjectSources(path.name, parent_of(path), {})
    for file in sorted(path.glob("*.gml")):
        number = event_of(file.name)
        if number is None:
            raise UsageError(f"{file}: there is no event of that name; files are called Create_0.gml, Step_0.gml, …")
        entry = f"gml_Object_{path.name}_{file.stem}"
        made.events[number] = entry
        parts.append(Part(read_source(file), entry, is_script=False))
    return made


def event_of(file_name: str) -> EventNumber | None:
    """The event of a file called `Other_68.gml`; None for another name."""
    found = EVENT_FILE.fullmatch(file_name)
    type_ = TYPE_OF_SUFFIX.get(found[1].lower()) if found else None
    if found is None or type_ is None or not found[2].isdecimal():
        return None
    return type_, int(found[2])


def parent_of(path: Path) -> str:
    """The parent that an object's `.yy` file names, empty when there is none."""
    file = path / f"{path.name}.yy"
    if not file.is_file():
        return ""
    import json

    text = read_source(file).text
    try:
        facts = json.loads(TRAILING_COMMA.sub(lambda found: found[1] or "", text))
    except ValueError as error:
        raise UsageError(f"{file} cannot be read: {error}") from None
    parent = facts.get("parentObjectId") if isinstance(facts, dict) else None
    return str(parent["name"]) if isinstance(parent, dict) and "name" in parent else ""
