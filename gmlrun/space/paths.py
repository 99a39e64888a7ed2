"""Paths: points with a speed for each go in, the place and the speed at each position from 0 to 1 comes out.

An instance that follows a path is placed on it in the motion of each step. Manual: Asset_Management/Paths.
"""

from __future__ import annotations

import math
from bisect import bisect_right

from gmlrun.engine.instances import put_at
from gmlrun.engine.world import World
from gmlrun.lean import NamedTuple
from gmlrun.runtime import GamePart
from gmlrun.space.figures import placed, turned
from gmlrun.values.model import AssetRef
from gmlrun.values.numeric import number_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from gmlrun.engine.instances import Instance
    from gmlrun.runtime import Runtime
    from gmlrun.values.model import Value

STOP, RESTART, CONTINUE, REVERSE = range(4)
"""The actions at the end of a path."""
FLAT = 16.0
"""A curve whose ends are no further from its middle point than the root of this is not divided again."""


class PathPoint(NamedTuple):
    """A point of a path; the speed is in percent."""

    x: float
    y: float
    speed: float = 100.0

    def between(self, other: PathPoint, part: float = 0.5) -> PathPoint:
        """A point on the line to another one."""
        return PathPoint(
            self.x + (other.x - self.x) * part,
            self.y + (other.y - self.y) * part,
            self.speed + (other.speed - self.speed) * part,
        )


NOWHERE = PathPoint(0.0, 0.0, 0.0)


class PathFacts(NamedTuple):
    """A path as a project has it."""

    points: tuple[PathPoint, ...] = ()
    is_smooth: bool = False
    is_closed: bool = True
    precision: int = 4


class Path(AssetRef):
    """A path asset, or one that the program made; its file is read when something first asks for it."""

    def __init__(self, index: int, name: str, read: Callable[[], PathFacts | None] = PathFacts) -> None:
        super().__init__("path", index, name)
        self._read: Callable[[], PathFacts | None] | None = read
        self._facts = PathFacts()
        self._line: list[PathPoint] | None = None
        self._lengths: list[float] = []

    @property
    def facts(self) -> PathFacts:
        """The points of the path and how they are joined; no points where its file cannot be read."""
        if self._read is not None:
            self._facts, self._read = self._read() or PathFacts(), None
        return self._facts

    @facts.setter
    def facts(self, facts: PathFacts) -> None:
        self._facts, self._read, self._line = facts, None, None

    def change(self, points: Iterable[PathPoint]) -> None:
        """Gives the path other points."""
        self.facts = self.facts._replace(points=tuple(points))

    def _measured(self) -> list[PathPoint]:
        """The points of the line that is followed; notes how far each is from the start."""
        if self._line is None:
            facts = self.facts
            self._line = smooth_line(facts) if facts.is_smooth else straight_line(facts)
            self._lengths, length, before = [], 0.0, None
            for point in self._line:
                length += 0.0 if before is None else math.hypot(point.x - before.x, point.y - before.y)
                before = point
                self._lengths.append(length)
        return self._line

    @property
    def length(self) -> float:
        """The length of the path, in pixels."""
        return self._lengths[-1] if self._measured() else 0.0

    def at(self, position: float) -> PathPoint:
        """The place and the speed at a position from 0, the start, to 1, the end."""
        line, length = self._measured(), self.length
        if not line:
            return NOWHERE
        if len(line) == 1 or not length or not position > 0:
            return line[0]
        if position >= 1:
            return line[-1]
        along = length * position
        at = min(bisect_right(self._lengths, along), len(line) - 1)
        start, end = self._lengths[at - 1], self._lengths[at]
        return line[at - 1].between(line[at], (along - start) / (end - start)) if end > start else line[at]


def straight_line(facts: PathFacts) -> list[PathPoint]:
    """The points, and the first one again where the path is closed."""
    return [*facts.points, *facts.points[:1]] if facts.is_closed else list(facts.points)


def smooth_line(facts: PathFacts) -> list[PathPoint]:
    """The points of a curve that goes by the points of the path."""
    points, line = facts.points, list[PathPoint]()
    if not points:
        return line
    count = len(points)
    for at in range(count if facts.is_closed else count - 2):
        one, two, three = points[at], points[(at + 1) % count], points[(at + 2) % count]
        bend(line, facts.precision, one.between(two), two, two.between(three))
    if facts.is_closed:
        return [*line, line[0]] if line else [points[0], points[0]]
    return [points[0], *line, points[-1]]


def bend(line: list[PathPoint], depth: int, one: PathPoint, two: PathPoint, three: PathPoint) -> None:
    """Adds the inner points of a curve from one point to a third one, drawn towards the second."""
    if depth <= 0:
        return
    middle = one.between(two).between(two.between(three))
    if (two.x - one.x) ** 2 + (two.y - one.y) ** 2 > FLAT:
        bend(line, depth - 1, one, one.between(two), middle)
    line.append(middle)
    if (two.x - three.x) ** 2 + (two.y - three.y) ** 2 > FLAT:
        bend(line, depth - 1, middle, two.between(three), three)


class Paths(GamePart):
    """The paths of one game, and who follows one."""

    def __init__(self, rt: Runtime) -> None:
        self.world = rt.service(World)
        self.all: list[Path | None] = []

    def add(self, name: str = "", read: Callable[[], PathFacts | None] = PathFacts) -> Path:
        """A new path."""
        made = Path(len(self.all), name or f"__newpath{len(self.all)}", read)
        self.all.append(made)
        return made

    def find(self, value: Value) -> Path | None:
        """The path that a value names: the asset itself, or its index; None for a deleted one."""
        if isinstance(value, Path):
            return value if self.all[value.index] is value else None
        if isinstance(value, (float, int)) and 0 <= value < len(self.all):
            return self.all[int(value)]
        return None

    def start(self, one: Instance, path: Path, speed: float, end_action: float, is_absolute: bool) -> None:
        """Makes an instance follow a path from its start, or backwards from its end."""
        position = 0.0 if speed >= 0 else 1.0
        one.path_index, one.path_speed, one.path_endaction = path, speed, end_action
        one.path_position = one.path_positionprevious = position
        one.path_scale, one.path_orientation = 1.0, 0.0
        start = (number_in(one, "x"), number_in(one, "y"))
        if is_absolute:
            first, there = path.at(0.0), path.at(position)
            start = (first.x, first.y)
            put_at(one, there.x, there.y)
        self.world.motion.followers[one] = start
        self.world.motion.moving[one] = None
        self.world.motion.follow = self.follow

    def follow(self, one: Instance) -> bool:
        """Moves an instance along its path; returns whether it has reached an end of the path."""
        path = self.find(one.path_index)
        if path is None or not path.length:
            self.world.motion.followers.pop(one, None)
            return False
        position, speed, scale = (number_in(one, f"path_{name}") for name in ("position", "speed", "scale"))
        if scale:
            position += speed * path.at(position).speed / (100.0 * scale) / path.length
        is_end = bool(speed) and (position >= 1.0 or position <= 0.0)
        turn = turned(number_in(one, "path_orientation"))
        if is_end:
            position = self._ended(one, path, position, turn)
        one.path_position = position
        first, there = path.at(0.0), path.at(position)
        x, y = self.world.motion.followers[one]
        self._move(one, placed((scale * (there.x - first.x), scale * (there.y - first.y)), turn, x, y))
        if one.path_index == -1.0:
            del self.world.motion.followers[one]
        return is_end

    def _ended(self, one: Instance, path: Path, position: float, turn: tuple[float, float]) -> float:
        """Do what the end action says; return the position to continue from."""
        action, is_start = number_in(one, "path_endaction"), position <= 0.0
        if action == RESTART:
            return position + 1.0 if is_start else position - 1.0
        if action == CONTINUE:
            first, last, scale = path.at(0.0), path.at(1.0), number_in(one, "path_scale")
            step = -scale if is_start else scale
            offset = (step * (last.x - first.x), step * (last.y - first.y))
            self.world.motion.followers[one] = placed(offset, turn, *self.world.motion.followers[one])
            return position + 1.0 if is_start else position - 1.0
        if action == REVERSE:
            one.path_speed = -number_in(one, "path_speed")
            return -position if is_start else 2.0 - position
        one.path_index = -1.0
        return 0.0 if is_start else 1.0

    def _move(self, one: Instance, place: tuple[float, float]) -> None:
        """Puts an instance somewhere; it looks where it has gone, and has no speed of its own."""
        one.hspeed, one.vspeed = place[0] - number_in(one, "x"), place[1] - number_in(one, "y")
        one.speed = 0.0
        put_at(one, *place)


def stop(world: World, one: Any) -> None:
    """Makes an instance follow no path."""
    one.path_index = -1.0
    world.motion.followers.pop(one, None)
