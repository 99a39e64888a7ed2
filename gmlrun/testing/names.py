"""How files with tests are called: a path goes in, whether it is one comes out."""

from __future__ import annotations

import os

PROJECTS = (".yyp", ".project.gmx")
"""How the names of project files end."""
RECORDING = ".gmlrec"
"""How the names of recordings end that are tests."""


def is_test_file(path: str) -> bool:
    """Whether a file is called as files of tests are."""
    name = os.path.basename(path)
    return name.endswith(".gml") and (name.startswith("test_") or name.endswith("_test.gml"))
