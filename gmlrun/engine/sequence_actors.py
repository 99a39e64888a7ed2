"""Instances in sequences: tracks that hold objects go in; instances are made, moved with the playhead, and destroyed.

Manual: GML_Reference/Asset_Management/Sequences/in_sequence, sequence_instance_override_object.
"""

from __future__ import annotations

import math

from gmlrun.engine.instances import Instance
from gmlrun.engine.sequence_structs import (
    FRAMES_A_SECOND,
    INSTANCE_TRACK,
    LOOP,
    PARAMETER_TRACKS,
    PINGPONG,
    SEQUENCE_TRACK,
    Keyframe,
    SequenceObject,
    Track,
)
from gmlrun.lean import NamedTuple
from gmlrun.values.model import Struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeAlias

    from gmlrun.engine.instances import ObjectType
    from gmlrun.engine.sequences import SequenceElement, SequenceInstance, Sequences
    from gmlrun.values.model import Value

Place: TypeAlias = tuple[int, ...]
"""The structs that lead to something in a sequence, by their identities."""
DEEPEST = 16
"""How deep sequences may stand in each other."""


class Matrix(NamedTuple):
    """The place of the things of a track: a point (x, y) is at (x * a + y * c + dx, x * b + y * d + dy)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    def then(self, after: Matrix) -> Matrix:
        """The transformation that applies this one, then another."""
        a, b, c, d, dx, dy = after
        return Matrix(
            self.a * a + self.b * c,
            self.a * b + self.b * d,
            self.c * a + self.d * c,
            self.c * b + self.d * d,
            self.dx * a + self.dy * c + dx,
            self.dx * b + self.dy * d + dy,
        )


class Pose(NamedTuple):
    """The parameters of a track at a place of the playhead; `given` are the names of those that it has."""

    position: tuple[float, float] = (0.0, 0.0)
    scale: tuple[float, float] = (1.0, 1.0)
    angle: float = 0.0
    origin: tuple[float, float] = (0.0, 0.0)
    given: frozenset[str] = frozenset()

    def matrix(self) -> Matrix:
        """Scaled, turned and moved, around the origin."""
        turned, (wide, high) = math.radians(self.angle), self.scale
        cos, sin = math.cos(turned), math.sin(turned)
        moved = Matrix(wide * cos, -wide * sin, high * sin, high * cos, *self.position)
        return Matrix(dx=-self.origin[0], dy=-self.origin[1]).then(moved)


class Actor:
    """The instance of one keyframe; `kind` is the object that it is made of, None where it is the program's own."""

    def __init__(self, kind: ObjectType | None, instance: Instance | None = None) -> None:
        self.kind = kind
        self.instance = instance

    @property
    def living(self) -> Instance | None:
        """The instance, unless it has been destroyed."""
        return None if self.instance is None or self.instance.__dead__ else self.instance


class Actors:
    """The instances of one sequence on a layer."""

    def __init__(self, sequences: Sequences, element: SequenceElement) -> None:
        self.world = sequences.loop.world
        self.find = sequences.find
        self.element = element
        self.all: dict[Place, Actor] = {}
        self.has_begun = False
        self.placed: tuple[float, ...] = ()
        """The place of the sequence when its instances were moved last."""

    # ----------------------------------------------------------------- making

    def keys(self, tracks: Iterable[Any], place: Place = ()) -> Iterator[tuple[Place, Any]]:
        """The data of all keyframes that name an object, those of sequences in the sequence included."""
        for track in tracks:
            if not isinstance(track, Track) or len(place) > 4 * DEEPEST:
                continue
            here = (*place, id(track))
            for key in track.keyframes if track.type in (INSTANCE_TRACK, SEQUENCE_TRACK) else ():
                for data in key.channels if isinstance(key, Keyframe) else ():
                    at = (*here, id(key), id(data))
                    if track.type == INSTANCE_TRACK and hasattr(data, "objectIndex"):
                        yield at, data
                    inner = self.find(getattr(data, "sequence", None)) if track.type == SEQUENCE_TRACK else None
                    if inner is not None:
                        yield from self.keys(inner.tracks, (*at, id(inner)))
            yield from self.keys(track.tracks, here)

    def begin(self, played: SequenceInstance) -> None:
        """Makes the instances of the sequence, once; each is in it from its Create event on."""
        if self.has_begun:
            return
        self.has_begun = True
        for place, data in self.keys(played.sequence.tracks):
            actor = self.all.get(place)
            if actor is None:
                actor = self.all[place] = Actor(self.world.object_of(data.objectIndex))
            if actor.kind is not None and actor.instance is None:
                actor.instance = self._made(actor.kind, played)

    def _made(self, kind: ObjectType, played: SequenceInstance) -> Instance:
        layer, given = self.element.layer, Struct()
        set_status(given, played)
        depth = getattr(layer, "depth", 0.0)
        return self.world.create(kind, 0.0, 0.0, depth=depth, layer=layer, variables=given)

    def replace(self, played: SequenceInstance, wanted: ObjectType, by: ObjectType | Instance) -> None:
        """Before it plays: another object stands for one, or an instance of the program's in its first place."""
        if self.has_begun:
            return
        for place, data in self.keys(played.sequence.tracks):
            if self.world.object_of(data.objectIndex) is not wanted:
                continue
            if isinstance(by, Instance):
                is_taken = any(actor.instance is by for actor in self.all.values())
                self.all[place] = Actor(None, None if is_taken else by)
            else:
                self.all[place] = Actor(by)

    # ----------------------------------------------------------------- moving

    @property
    def wanted(self) -> tuple[float, ...]:
        """The place, scale and angle that the program has given the sequence."""
        values = self.element.values
        return tuple(float(values[name]) for name in ("x", "y", "xscale", "yscale", "angle"))

    @property
    def is_in_place(self) -> bool:
        """Whether the sequence is where it was when its instances were moved last."""
        return self.placed == self.wanted

    def move(self, played: SequenceInstance) -> None:
        """Puts the instances where the playhead wants them, and shows those whose keyframe it is in."""
        sequence, layer = played.sequence, self.element.layer
        x, y, wide, high, angle = found = self.wanted
        offset = (getattr(layer, "x", 0.0) + x, getattr(layer, "y", 0.0) + y)
        whole = Pose(offset, (wide, high), angle, (sequence.xorigin, sequence.yorigin))
        is_moved, self.placed = found != self.placed, found
        self._follow(played, sequence, sequence.tracks, played.headPosition, whole.matrix(), (), Pose(), is_moved)

    def _follow(
        self,
        played: SequenceInstance,
        sequence: SequenceObject,
        tracks: Iterable[Any],
        head: float,
        matrix: Matrix,
        place: Place,
        above: Pose,
        is_moved: bool,
    ) -> None:
        for track in tracks:
            if not isinstance(track, Track) or not track.enabled or track.type in PARAMETER_TRACKS:
                continue
            here, pose = (*place, id(track)), pose_at(track, head)
            inner, key, data = self._inner(track, head)
            if inner is not None and "origin" not in pose.given:
                pose = pose._replace(origin=(inner.xorigin, inner.yorigin))
            pose = pose._replace(given=pose.given | above.given)
            own = pose.matrix().then(Matrix(dx=above.origin[0], dy=above.origin[1])).then(matrix)
            if track.type == INSTANCE_TRACK:
                self._place(played, track, head, sequence.length, own, pose, here, is_moved)
            if inner is not None:
                at = (*here, id(key), id(data), id(inner))
                inner_head = nested_head(head - key.frame, sequence, inner)
                self._follow(played, inner, inner.tracks, inner_head, own, at, pose, is_moved)
            self._follow(played, sequence, track.tracks, head, own, here, pose, is_moved)

    def _inner(self, track: Track, head: float) -> tuple[SequenceObject | None, Any, Any]:
        """The sequence that a track has where the playhead is, with its keyframe and the data that names it."""
        key = track.key_at(math.floor(head)) if track.type == SEQUENCE_TRACK else None
        data = key.channels[0] if key is not None and key.channels else None
        return self.find(getattr(data, "sequence", None)), key, data

    def _place(
        self,
        played: SequenceInstance,
        track: Track,
        head: float,
        length: float,
        matrix: Matrix,
        pose: Pose,
        place: Place,
        is_moved: bool,
    ) -> None:
        """Moves the instances of a track; those whose keyframe the playhead is not in are not visible."""
        active = track.key_at(head, length)
        for key in track.keyframes:
            for data in key.channels if isinstance(key, Keyframe) else ():
                actor = self.all.get((*place, id(key), id(data)))
                instance = actor.living if actor is not None else None
                if instance is None:
                    continue
                set_status(instance, played)
                if bool(instance.visible) is not (key is active):
                    instance.visible = key is active
                if key is active:
                    put(instance, matrix, pose, is_moved)

    # ----------------------------------------------------------------- ending

    def release(self) -> None:
        """The sequence has ended: its instances are in none."""
        for actor in self.all.values():
            if actor.living is not None:
                set_status(actor.living, None)

    def end(self) -> None:
        """The sequence is gone: the instances that it has made are destroyed."""
        self.release()
        for actor in self.all.values():
            if actor.kind is not None and actor.living is not None:
                self.world.destroy(actor.living)
        self.all.clear()


def set_status(instance: Any, played: SequenceInstance | None) -> None:
    """Tells an instance of the sequence that it is in."""
    instance.in_sequence = instance.drawn_by_sequence = played is not None
    instance.sequence_instance = played


def put(instance: Instance, matrix: Matrix, pose: Pose, is_moved: bool) -> None:
    """Moves, turns and scales an instance, as far as its track says so or the whole sequence has been moved."""
    angle = -math.degrees(math.atan2(matrix.b, matrix.a))
    wide, high = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    if matrix.a * matrix.d - matrix.b * matrix.c < 0.0:
        if abs(angle - pose.angle) > 0.0001:
            wide, angle = -wide, angle - 180.0
        else:
            high = -high
    if is_moved or "position" in pose.given:
        instance.x, instance.y = matrix.dx, matrix.dy
    if is_moved or "rotation" in pose.given:
        instance.image_angle = angle + 0.0
    if is_moved or "scale" in pose.given:
        instance.image_xscale, instance.image_yscale = wide, high


NAMES = {**{name: name for name in ("position", "scale", "rotation", "origin")}, "image_angle": "rotation"}
"""The tracks that say where something is, by their names."""


def pose_at(track: Track, head: float) -> Pose:
    """The parameters below a track at a place of the playhead."""
    pose = Pose()
    for below in track.tracks:
        name = NAMES.get(below.name) if isinstance(below, Track) and below.enabled else None
        if name is None or below.type not in PARAMETER_TRACKS:
            continue
        usual = 1.0 if name == "scale" else 0.0
        first, second = (below.value_at(channel, head, usual) for channel in (0.0, 1.0))
        pose = pose._replace(given=pose.given | {name})
        if name == "position":
            pose = pose._replace(position=(first, second))
        elif name == "scale":
            pose = pose._replace(scale=(first, second))
        elif name == "origin":
            pose = pose._replace(origin=(first, second))
        else:
            pose = pose._replace(angle=first)
    return pose


def nested_head(head: float, outer: SequenceObject, inner: SequenceObject) -> float:
    """The playhead of an inner sequence, from the distance of the outer playhead to the beginning of its keyframe."""
    scale = 1.0
    if outer.playbackSpeed:
        scale = inner.playbackSpeed / (outer.playbackSpeed if outer.playbackSpeedType == FRAMES_A_SECOND else 1.0)
    head, end = max(head * scale, 0.0), inner.length
    if end <= 0 or not math.isfinite(head):
        return 0.0
    if inner.loopmode == LOOP:
        return float(head % end)
    if inner.loopmode == PINGPONG:
        around = head % (2 * end)
        return float(min(around, 2 * end - around))
    return float(min(head, end))


def actor_of(world: Any, value: Value) -> ObjectType | Instance | None:
    """The object, or the instance, that a value means."""
    kind: ObjectType | None = world.object_of(value)
    if kind is not None:
        return kind
    return next((one for one in world.targets(value, None, None) if isinstance(one, Instance)), None)
