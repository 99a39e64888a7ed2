"""Animation curves: what a project says of one goes in, structs that GML reads and changes come out, and their values.

Manual: GML_Reference/Asset_Management/Animation_Curves.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from gmlrun.engine.file_assets import FileAsset
from gmlrun.engine.sequence_structs import array, choice, kept, name_text, number
from gmlrun.errors import GmlError
from gmlrun.lean import NamedTuple
from gmlrun.values.conversions import to_int
from gmlrun.values.model import GmlClass, Struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gmlrun.values.model import Value

LINEAR, CATMULL_ROM, BEZIER = range(3)
MOST_ITERATIONS = 1024
MOST_PLACES = 100_000
"""Of a curve that is worked out: a channel with more points has fewer steps between them."""
LEAST_DISTANCE = 0.0001
"""The square of the distance that two points at the same place count as."""


class PointFacts(NamedTuple):
    """A point of a project's file, with the places of its handles relative to it."""

    x: float
    value: float
    before: tuple[float, float] = (0.0, 0.0)
    behind: tuple[float, float] = (0.0, 0.0)


class ChannelFacts(NamedTuple):
    """A channel of a project's file."""

    name: str
    points: Sequence[PointFacts]


class CurveFacts(NamedTuple):
    """A curve as a project has it; `type` is that of all its channels."""

    type: int = LINEAR
    channels: Sequence[ChannelFacts] = ()


def steps(value: Value, before: Value) -> float:
    """A number of steps between two points."""
    return float(min(max(to_int(value), 0), MOST_ITERATIONS))


class CurvePoint(Struct, metaclass=GmlClass):
    """A point of a channel."""

    posx = kept(number, 0.0, "Where it is, from 0 to 1.")
    value = kept(number, 0.0, "The value there.")

    def __init__(self, facts: PointFacts | None = None) -> None:
        self.__handles__ = (facts.before, facts.behind) if facts else ((0.0, 0.0), (0.0, 0.0))
        if facts is not None:
            self.posx, self.value = facts.x, facts.value


class CurveChannel(Struct, metaclass=GmlClass):
    """A channel of a curve."""

    name = kept(name_text, "", "Its name.")
    type = kept(choice(3), 0.0, "How it goes from point to point.")
    iterations = kept(steps, 16.0, "The steps between two points of a curve that is no line.")
    points = kept(array, None, "Its points.")

    def __init__(self, facts: ChannelFacts | None = None, type_: int = LINEAR) -> None:
        self.points = [CurvePoint(point) for point in facts.points] if facts else []
        self.__line__: tuple[object, list[tuple[float, float]]] = (None, [])
        if facts is not None:
            self.name, self.type = facts.name, float(type_)

    def value_at(self, x: float) -> float:
        """The value at a place from 0 to 1; 0 without points."""
        line = self._line()
        if len(line) < 2:
            return line[0][1] if line else 0.0
        x = min(max(x, 0.0), 1.0)
        at = min(max(bisect_right(line, x, key=place) - 1, 0), len(line) - 2)
        (x1, value1), (x2, value2) = line[at], line[at + 1]
        return value1 if x1 == x2 else (value2 - value1) * ((x - x1) / (x2 - x1)) + value1

    def _line(self) -> list[tuple[float, float]]:
        """The places and values that it consists of, as its points are now."""
        points = [point for point in self.points if isinstance(point, CurvePoint)]
        shape = (self.type, self.iterations, [(point.posx, point.value, point.__handles__) for point in points])
        if self.__line__[0] != shape:
            iterations = min(int(self.iterations), MOST_PLACES // max(len(points), 1))
            self.__line__ = (shape, list(SHAPES[int(self.type)](points, iterations)))
        return self.__line__[1]


class Curve(Struct, metaclass=GmlClass):
    """An animation curve."""

    name = kept(name_text, "", "Its name.")
    channels = kept(array, None, "Its channels.")

    def __init__(self, name: str = "", facts: CurveFacts | None = None) -> None:
        self.channels = [CurveChannel(channel, facts.type) for channel in facts.channels] if facts else []
        self.name = name
        self.__gone__ = False
        """Whether the program has destroyed it."""


class CurveAsset(FileAsset[Curve]):
    """A curve of a project."""

    def __init__(self, index: int, name: str, read: Callable[[], CurveFacts | None]) -> None:
        super().__init__("animcurve", index, name, lambda: Curve(name, read() or CurveFacts()))


# ---------------------------------------------------------------------- shapes


def place(point: tuple[float, float]) -> float:
    """Where a place of a line is."""
    return point[0]


def linear(points: Sequence[CurvePoint], iterations: int) -> Iterator[tuple[float, float]]:
    """Lines from point to point."""
    for point in points:
        yield point.posx, point.value


def bezier(points: Sequence[CurvePoint], iterations: int) -> Iterator[tuple[float, float]]:
    """Cubic Bézier curves between points and their handles."""
    enough(points, "bezier")
    count = iterations * 2
    for point, after in pairwise(points):
        behind, before = point.__handles__[1], after.__handles__[0]
        xs = (point.posx, point.posx + behind[0], after.posx + before[0], after.posx)
        values = (point.value, point.value + behind[1], after.value + before[1], after.value)
        for step in range(count):
            yield cubic(xs, step / count), cubic(values, step / count)
    yield points[-1].posx, points[-1].value


def cubic(control: tuple[float, float, float, float], t: float) -> float:
    """A coordinate of a cubic Bézier curve."""
    a, b, c, d = control
    rest = 1 - t
    return a * rest**3 + 3 * b * rest**2 * t + 3 * c * rest * t**2 + d * t**3


def catmull_rom(points: Sequence[CurvePoint], iterations: int) -> Iterator[tuple[float, float]]:
    """Centripetal Catmull-Rom splines; a larger range of values counts as one of 1."""
    enough(points, "catmull-rom")
    values = [point.value for point in points]
    least, scale = min(values), max(max(values) - min(values), 1.0)
    own = [(point.posx, (point.value - least) / scale) for point in points]
    ends = [own[0], *own, own[-1]]
    for part in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        least_x, most_x = part[1][0], part[2][0]
        for x, value in spline(part, iterations):
            least_x = min(max(x, least_x), most_x)
            yield least_x, value * scale + least
    yield points[-1].posx, points[-1].value


def spline(part: Sequence[tuple[float, float]], iterations: int) -> Iterator[tuple[float, float]]:
    """The places of a spline between the second and the third of four points."""
    times = [0.0]
    for (x1, y1), (x2, y2) in pairwise(part):
        across, up = x2 - x1, y2 - y1
        times.append(times[-1] + ((across * across + up * up) or LEAST_DISTANCE) ** 0.25)
    for step in range(iterations + 1 if iterations else 0):
        t = times[1] + (times[2] - times[1]) * step / iterations
        yield between(part, times, t, 0), between(part, times, t, 1)


def between(part: Sequence[tuple[float, float]], times: Sequence[float], t: float, axis: int) -> float:
    """A coordinate of a spline, by Barry and Goldman's pyramid."""
    row = [point[axis] for point in part]
    for wide in range(1, 4):
        low, high = (0, wide) if wide < 3 else (1, 2)
        pairs = range(len(row) - 1)
        row = [mix(row[i], row[i + 1], times[i + low], times[i + high], t) for i in pairs]
    return row[0]


def mix(first: float, second: float, start: float, end: float, t: float) -> float:
    """The value between two at a time between two, which are the same where the points are too close to differ."""
    if start == end:
        return second
    return (end - t) / (end - start) * first + (t - start) / (end - start) * second


def enough(points: Sequence[CurvePoint], words: str) -> None:
    """Raises GmlError for a curve that has no second point to go to."""
    if len(points) < 2:
        raise GmlError(f"a {words} animation curve needs two points at least")


SHAPES = (linear, catmull_rom, bezier)
