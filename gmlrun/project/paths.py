"""Paths of project files: the points of each go in, facts come out."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts
from gmlrun.project.yy import Facts
from gmlrun.space.paths import PathFacts, PathPoint


def path_facts(collector: ProjectParts, name: str, path: str) -> PathFacts | None:
    """The facts of a path of 2.0 or later; None for a file that cannot be read."""
    facts = yy.read_yy(collector, path, f"the path {name}")
    if facts is None:
        return None
    points = tuple(path_point(point) for point in yy.items(facts, "points"))
    precision = int(yy.number(facts, "precision", 4.0))
    return PathFacts(points, yy.number(facts, "kind") == 1, bool(facts.get("closed")), max(0, min(8, precision)))


def path_point(point: Facts) -> PathPoint:
    """A point of a path of 2.0 or later."""
    return PathPoint(yy.number(point, "x"), yy.number(point, "y"), yy.number(point, "speed", 100.0))


def old_path_facts(facts: Element) -> PathFacts:
    """The facts of a path of 1.4, whose points are `x,y,speed`."""
    points = [[number(part) for part in (point.text or "").split(",")] for point in facts.iterfind("points/point")]
    made = tuple(PathPoint(*point[:3]) for point in points if len(point) >= 2)
    precision = int(number(facts.findtext("precision"), 4.0))
    is_closed = number(facts.findtext("closed")) != 0
    return PathFacts(made, number(facts.findtext("kind")) == 1, is_closed, max(0, min(8, precision)))


def number(value: str | None, default: float = 0.0) -> float:
    """A number as XML has it."""
    try:
        return yy.plausible(float(value or default), default)
    except ValueError:
        return default
