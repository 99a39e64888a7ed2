"""A `.yyp` file goes in; the loader of the GameMaker that wrote it is asked: 2.0 to 2.2, or 2.3 and later."""

from __future__ import annotations

import os

from gmlrun.errors import SourceErrors, UsageError
from gmlrun.project import yy
from gmlrun.project.collect import ProjectParts
from gmlrun.project.guid import load_guid
from gmlrun.project.model import Loaded
from gmlrun.project.yyp import load_named


def load_yyp(path: str, config: str) -> Loaded:
    """A project; raises UsageError for a file that is none, SourceErrors for one that cannot be read at all."""
    if not os.path.isfile(path):
        raise UsageError(f"cannot read {path}: no such file")
    collector = ProjectParts(os.path.dirname(path) or ".")
    project = yy.read_yy(collector, os.path.basename(path), "the project")
    if project is None:
        raise SourceErrors(collector.findings)
    if any("Key" in entry for entry in yy.items(project, "resources")):
        return load_guid(collector, project, config)
    return load_named(collector, project, os.path.basename(path), config)
