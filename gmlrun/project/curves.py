"""Animation curves of project files: the description of each goes in, facts come out."""

from __future__ import annotations

from typing import Any

from gmlrun.engine.curves import ChannelFacts, CurveFacts, PointFacts
from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts


def curve_facts(collector: ProjectParts, name: str, path: str) -> CurveFacts | None:
    """The facts of a curve; None for a file that cannot be read."""
    facts = yy.read_yy(collector, path, f"the animation curve {name}")
    if facts is None:
        return None
    type_ = int(yy.number(facts, "function"))
    channels = [
        ChannelFacts(yy.text(channel, "name"), [point_facts(point) for point in yy.items(channel, "points")])
        for channel in yy.items(facts, "channels")
    ]
    return CurveFacts(type_ if 0 <= type_ <= 2 else 0, channels)


def point_facts(facts: dict[str, Any]) -> PointFacts:
    """A point; `th` and `tv` are the places of its handles across and up."""
    x, y, th0, tv0, th1, tv1 = (yy.number(facts, key) for key in ("x", "y", "th0", "tv0", "th1", "tv1"))
    return PointFacts(x, y, (th0, tv0), (th1, tv1))
