"""Timelines of `.yy` files: what a project says of one goes in, the code of its moments comes out."""

from __future__ import annotations

from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts


def timeline_moments(collector: ProjectParts, name: str, path: str) -> None:
    """Adds the moments of a timeline, each of which has a file beside the timeline's own."""
    facts = yy.read_yy(collector, path, f"the timeline {name}")
    if facts is None:
        return
    folder = path.rpartition("/")[0]
    for entry in yy.items(facts, "momentList"):
        step = yy.number(entry, "moment")
        what = f"moment {step:g} of the timeline {name}"
        collector.add_moment(name, step, collector.read(f"{folder}/moment_{step:g}.gml", what))
