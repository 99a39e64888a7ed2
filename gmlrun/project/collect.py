"""The base of all project readers: files go in by their paths in the project, parts and findings are collected."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gmlrun.build.program import Part, Program
from gmlrun.diagnostics import Diagnostic, Place, Severity
from gmlrun.engine.events import SUFFIXES, EventNumber, entry_suffix
from gmlrun.engine.files import without_case
from gmlrun.errors import UsageError
from gmlrun.project.model import Loaded, ObjectSources, RoomSources
from gmlrun.project.single import read_source
from gmlrun.source import TODAY, Dialect, Frame, Source
from gmlrun.space.sprites import SpriteFacts

if TYPE_CHECKING:
    from gmlrun.engine.curves import CurveFacts
    from gmlrun.engine.elements import TilesetFacts
    from gmlrun.engine.fonts import FontFacts
    from gmlrun.engine.sequence_structs import SequenceFacts
    from gmlrun.space.paths import PathFacts

EVENT_FILE = re.compile(r"([A-Za-z]+)_(.+)\.gml", re.IGNORECASE)
DEFINE = re.compile(r"^#define\s+\w", re.MULTILINE)
TYPE_OF_SUFFIX = {suffix.lower(): type_ for type_, suffix in SUFFIXES.items()}
CREATION_CODE = "the creation code of "
CREATION, COLLISION = 0, 4
"""Types of events."""


class ProjectParts:
    """The parts of one project that have been read. A broken or missing file becomes a finding and never raises."""

    def __init__(self, root: str, dialect: Dialect = TODAY) -> None:
        self.root = root
        self.dialect = dialect
        self.constants: set[str] = set()
        """The names of the constants that files of the project list."""
        self.parts: list[Part] = []
        self.objects: list[ObjectSources] = []
        self.rooms: list[RoomSources] = []
        self.assets: list[tuple[str, str]] = []
        self.sprites: dict[str, Callable[[], SpriteFacts | None]] = {}
        """The readers of sprites, by name; each reads its files on first use."""
        self.paths: dict[str, Callable[[], PathFacts | None]] = {}
        self.curves: dict[str, Callable[[], CurveFacts | None]] = {}
        self.fonts: dict[str, Callable[[], FontFacts | None]] = {}
        self.sequences: dict[str, Callable[[], SequenceFacts | None]] = {}
        """The readers of sequences, by name; each reads its file on first use."""
        self.timelines: dict[str, list[tuple[float, str]]] = {}
        """The steps of each timeline, with the entries of their code."""
        self.tilesets: dict[str, Callable[[], TilesetFacts | None]] = {}
        """The readers of tilesets, by name; each reads its files on first use."""
        self.tags: dict[str, Sequence[str]] = {}
        self.extensions: dict[str, list[str]] = {}
        """The functions of each extension that are not GML."""
        self.text_functions: set[str] = set()
        """Those of them that return a text."""
        self.findings: list[Diagnostic] = []
        self._kinds: dict[str, tuple[str, str]] = {}
        """The kind of each name that the project gives, and the file behind it."""

    # ---------------------------------------------------------------- findings

    def note(self, severity: Severity, code: str, path: str, message: str, line: int = 1, column: int = 1) -> None:
        """Notes a fact about a file that the user should know."""
        self.findings.append(Diagnostic(severity, code, message, Place(self.path(path), line, column)))

    def claim(self, kind: str, name: str, path: str) -> bool:
        """Takes a name for a resource; False when it has it already, and a finding when another one does."""
        there = self._kinds.get(name)
        if there is None:
            self._kinds[name] = kind, path
        elif there != (kind, path):
            message = f"there are two resources called {name}: a {there[0]} and a {kind}"
            self.note("error", "duplicate-name", path, message)
        return there is None

    def has(self, name: str) -> bool:
        """Whether a resource has that name."""
        return name in self._kinds

    # ------------------------------------------------------------------- files

    def path(self, relative: str) -> str:
        """Where a file of the project is."""
        return os.path.join(self.root, *relative.replace("\\", "/").split("/"))

    def find(self, relative: str) -> str | None:
        """An existing file, found without regard to case where disk and project disagree."""
        path = self.path(relative)
        if os.path.exists(path):
            return path
        found = without_case(self.root, relative.replace("\\", "/"))
        return None if found is None else self.path(found)

    def read(self, relative: str, what: str) -> Source | None:
        """A file's text; a finding when it is not there or no text."""
        path = self.find(relative)
        if path is None:
            self.note("warning", "missing-resource", relative, f"{what} is missing: the project names this file")
            return None
        try:
            return Source(path, read_source(path).text, self.dialect)
        except UsageError as error:
            self.note("error", "broken-resource", relative, str(error))
            return None

    def names_in(self, relative: str) -> list[str]:
        """The names of what a folder holds, sorted; none when there is no such folder."""
        path = self.find(relative)
        return sorted(os.listdir(path)) if path is not None and os.path.isdir(path) else []

    # ------------------------------------------------------------------- parts

    def add_script(self, name: str, relative: str) -> None:
        """A file of functions, macros, enums and start-up code."""
        source = self.read(relative, f"the script {name}") or Source(self.path(relative), "", self.dialect)
        self.parts.append(Part(source, f"gml_GlobalScript_{name}"))

    def add_function(self, name: str, relative: str) -> None:
        """A script from before 2.3: the file is the body of one function, unless `#define` says otherwise.

        One whose file is missing does nothing.
        """
        source = self.read(relative, f"the script {name}") or Source(self.path(relative), "", self.dialect)
        if not DEFINE.search(source.text):
            body = Frame(0, len(source.text), f"function {name}() {{", "}")
            source = Source(source.name, source.text, self.dialect, (body,))
        self.parts.append(Part(source, f"gml_GlobalScript_{name}"))

    def add_code(self, entry: str, source: Source | None) -> str:
        """A piece of code that something else runs; its entry, empty when there is none."""
        if source is None:
            return ""
        self.parts.append(Part(source, entry, is_script=False))
        return entry

    def add_moment(self, timeline: str, step: float, source: Source | None) -> None:
        """A moment of a timeline; one without its file does nothing."""
        entry = self.add_code(f"gml_Timeline_{timeline}_{step:g}", source)
        if entry:
            self.timelines.setdefault(timeline, []).append((step, entry))

    def add_event(self, owner: ObjectSources, number: EventNumber, source: Source | None, other: str = "") -> None:
        """An event of an object; `other` names the object of a collision. One without its file does nothing."""
        entry = f"gml_Object_{owner.name}_{f'Collision_{other}' if other else entry_suffix(number)}"
        entry = self.add_code(entry, source)
        if other:
            assert isinstance(owner.collisions, dict)
            owner.collisions[other] = entry
        else:
            owner.events[number] = entry

    def note_unlisted(self, owner: ObjectSources, folder: str, listed: Iterable[str]) -> None:
        """Tells of the event files of an object that its `.yy` does not list: they never run, as in GameMaker."""
        known = {file.lower() for file in listed}
        for file in self.names_in(folder):
            if file.lower().endswith(".gml") and file.lower() not in known:
                words = f"{owner.name}.yy does not list an event for {file}: it never runs"
                self.note("warning", "unlisted-event", f"{folder}/{file}", words)

    def loaded(self, **more: Any) -> Loaded:
        """All of it; `config` and `config_parents` are the compiler's, the rest is as in `Loaded`."""
        config: str = more.pop("config", "Default")
        parents: Mapping[str, str] = more.pop("config_parents", {})
        self._check_objects()
        names = {made.name for made in self.objects} | {room.name for room in self.rooms}
        names |= {name for _, name in self.assets}
        names |= {instance.name for room in self.rooms for instance in room.instances if instance.name}
        natives = frozenset(name for functions in self.extensions.values() for name in functions)
        program = Program(
            self.parts, names, config, parents, natives, asset_numbers=self._asset_numbers(), goes_on=True
        )
        tags, findings = dict(self.tags), told_once(self.findings)
        return Loaded(
            program,
            "",
            self.objects,
            self.rooms,
            self.assets,
            tags,
            findings=findings,
            sprites=self.sprites,
            paths=self.paths,
            fonts=self.fonts,
            curves=self.curves,
            errors_go_on=bool(self.dialect.names),
            arrays_have_rows=bool(self.dialect.names),
            counts_first_row=self.dialect.has_first_elements,
            places_at_once=self.dialect.places_at_once,
            has_plain_handles=self.dialect.has_plain_handles,
            has_loose_json=self.dialect.has_loose_json,
            tilesets=self.tilesets,
            timelines=self.timelines,
            extensions=self.extensions,
            text_functions=self.text_functions,
            sequences=self.sequences,
            **more,
        )

    def _asset_numbers(self) -> dict[str, int]:
        """The number of each asset: its place among those of its kind."""
        kinds = [("object", made.name) for made in self.objects] + [("room", room.name) for room in self.rooms]
        counts: dict[str, int] = {}
        numbers: dict[str, int] = {}
        for kind, name in [*kinds, *self.assets]:
            index = counts[kind] = counts.get(kind, -1) + 1
            numbers.setdefault(name, index)
        return numbers

    def add_audio_groups(self, names: Iterable[str]) -> None:
        """The audio groups of a project, which are assets of their names; a resource's name wins."""
        self.assets += [("audio group", name) for name in names if name.isidentifier() and not self.has(name)]

    # ------------------------------------------------------------------ checks

    def _check_objects(self) -> None:
        """Parents that are missing or their own descendants, instances of objects that are not there."""
        parents = {made.name: made.parent for made in self.objects}
        for made in self.objects:
            where = f"objects/{made.name}"
            if made.parent and made.parent not in parents:
                words = f"the object {made.name} has a parent that does not exist: {made.parent}"
                self.note("error", "missing-parent", where, words)
            elif is_own_ancestor(made.name, parents):
                self.note("error", "parent-cycle", where, f"the object {made.name} is its own ancestor")
        for room in self.rooms:
            for missing in sorted({made.object for made in room.instances} - parents.keys()):
                words = f"the room {room.name} has instances of an object that does not exist: {missing or '?'}"
                self.note("warning", "missing-object", f"rooms/{room.name}", words)


def is_own_ancestor(name: str, parents: Mapping[str, str]) -> bool:
    """Whether the chain of parents leads back to an object."""
    seen: set[str] = set()
    parent = parents[name]
    while parent in parents and parent not in seen and parent != name:
        seen.add(parent)
        parent = parents[parent]
    return parent == name


def event_file(type_: int, what: str) -> str | None:
    """The name of an event's file: `Step_0.gml`; None for a type of event that there is not."""
    return f"{SUFFIXES[type_]}_{what}.gml" if type_ in SUFFIXES else None


def event_of(file_name: str) -> tuple[EventNumber, str] | None:
    """The event of a file called `Other_68.gml`, and the other object's name of a `Collision_…`; None for no event."""
    found = EVENT_FILE.fullmatch(file_name)
    type_ = TYPE_OF_SUFFIX.get(found[1].lower()) if found else None
    if found is None or type_ is None:
        return None
    if type_ == COLLISION and not found[2].isdecimal():
        return (type_, 0), found[2]
    return ((type_, int(found[2])), "") if found[2].isdecimal() else None


def read_text(path: str) -> str:
    """The text of a file of which only some words are looked for; empty where it cannot be read."""
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def told_once(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings with missing creation code told of once: where it is empty, projects often lack the file."""
    kept: list[Diagnostic] = []
    missing: list[Diagnostic] = []
    for found in findings:
        is_code = found.code == "missing-resource" and found.message.startswith(CREATION_CODE)
        (missing if is_code else kept).append(found)
    if len(missing) > 1:
        missing[:] = [missing[0]._replace(message=f"{missing[0].message} ({len(missing)} places)")]
    return [*kept, *missing]
