"""A loaded program: its sources, and the objects, rooms and assets around them."""

from __future__ import annotations

from gmlrun.lean import MappingProxyType, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set
    from typing import Any

    from gmlrun.build.program import Program
    from gmlrun.diagnostics import Diagnostic
    from gmlrun.engine.curves import CurveFacts
    from gmlrun.engine.elements import TilesetFacts
    from gmlrun.engine.events import EventNumber
    from gmlrun.engine.fonts import FontFacts
    from gmlrun.engine.rooms import LayerPlan
    from gmlrun.engine.sequence_structs import SequenceFacts
    from gmlrun.space.paths import PathFacts
    from gmlrun.space.sprites import SpriteFacts

NOTHING: Mapping[str, Any] = MappingProxyType({})


class ObjectSources(NamedTuple):
    """An object of a project: its parent and the entry name of each of its events.

    `collisions` has the entries of collision events by the other object's name. `defaults` are the built-in
    variables that the object sets for its instances; a text there names an asset.
    """

    name: str
    parent: str
    events: dict[EventNumber, str]
    collisions: Mapping[str, str] = NOTHING
    defaults: Mapping[str, Any] = NOTHING


class InstanceSources(NamedTuple):
    """An instance that stands in a room from the start; entries are empty where there is no code."""

    name: str
    object: str
    x: float
    y: float
    layer: str = ""
    variables: Mapping[str, Any] = NOTHING
    definitions: str = ""
    """The entry that replaces variable definitions of the object."""
    code: str = ""
    """The entry that runs after Create."""


class RoomSources(NamedTuple):
    """A room: its size in pixels, its layers, its instances in the order of their creation."""

    name: str
    width: float = 1366.0
    height: float = 768.0
    persistent: bool = False
    speed: float | None = None
    """Steps a second, where a room has a speed of its own (1.4)."""
    layers: Sequence[LayerPlan] = ()
    instances: Sequence[InstanceSources] = ()
    code: str = ""
    views: Sequence[Mapping[str, object]] = ()
    """The views of the room: the values of their variables, by name."""
    has_views: bool = False
    """Whether the room shows its views."""


class Loaded(NamedTuple):
    """A program ready to be compiled. `main` names a single file's own object, empty for a project."""

    program: Program
    main: str = ""
    objects: Sequence[ObjectSources] = ()
    rooms: Sequence[RoomSources] = ()
    """In the order of the project: the first one is where the game starts."""
    assets: Sequence[tuple[str, str]] = ()
    """Kind and name of everything that is no code: sprites, sounds, …, in the project's order."""
    tags: Mapping[str, Sequence[str]] = NOTHING
    data_folder: str = ""
    """Where the included files are; empty when they are beside the program."""
    speed: float | None = None
    """Steps a second, where the project says so."""
    findings: Sequence[Diagnostic] = ()
    """The files that are broken or missing, with the reasons."""
    sprites: Mapping[str, Callable[[], SpriteFacts | None]] = NOTHING
    """The readers of sprites, by name."""
    tilesets: Mapping[str, Callable[[], TilesetFacts | None]] = NOTHING
    """The readers of tilesets, by name."""
    extensions: Mapping[str, Sequence[str]] = NOTHING
    """The functions of each extension that are not GML."""
    text_functions: Set[str] = frozenset()
    """Those of them that return a text."""
    paths: Mapping[str, Callable[[], PathFacts | None]] = NOTHING
    """The readers of paths, by name."""
    fonts: Mapping[str, Callable[[], FontFacts | None]] = NOTHING
    """The readers of fonts, by name."""
    curves: Mapping[str, Callable[[], CurveFacts | None]] = NOTHING
    """The readers of animation curves, by name."""
    sequences: Mapping[str, Callable[[], SequenceFacts | None]] = NOTHING
    """The readers of sequences, by name."""
    timelines: Mapping[str, Sequence[tuple[float, str]]] = NOTHING
    """The steps and entries of the moments of each timeline."""
    is_compatible: bool = False
    """Whether the project has collision compatibility mode."""
    errors_go_on: bool = False
    """Whether `show_error` without abort is a message only, as before 2.3."""
    has_plain_handles: bool = False
    """Whether handles are numbers in JSON."""
    counts_first_row: bool = False
    """Whether an array of arrays is as long as its first row, as in 1.4, where arrays were seldom elements."""
    arrays_have_rows: bool = False
    """Whether an array without rows is its only row, as before 2.3."""
    has_loose_json: bool = False
    """Whether what stands behind the value of a JSON text is passed over."""
    places_at_once: bool = False
    """Whether all instances of a room are there before the first of their Create events."""
    keep: object = None
    """Objects that must live as long as the program, such as the folder of an unpacked archive."""

    @property
    def is_project(self) -> bool:
        """Whether it has rooms of its own, so that the game continues until it is told to end."""
        return bool(self.rooms)
