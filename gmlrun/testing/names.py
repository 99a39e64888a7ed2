"""The names of test files: a path goes in, whether it is a test file comes out."""

from __future__ import annotations

import os

PROJECTS = (".yyp", ".project.gmx")
"""How the names of project files end."""
RECORDING = ".gmlrec"
"""How the names of recordings end that are tests."""


ASSETS = frozenset(("scripts", "objects", "rooms"))
"""Folders of a project in which no file is a test by itself."""


def is_asset(path: str) -> bool:
    """Whether a file is one of a project's scripts, objects or rooms."""
    folder, last = os.path.split(os.path.dirname(os.path.abspath(path)))
    while last:
        if last in ASSETS and any(name.endswith(PROJECTS) for name in os.listdir(folder)):
            return True
        folder, last = os.path.split(folder)
    return False


def is_test_file(path: str) -> bool:
    """Whether a file is called as files of tests are."""
    name = os.path.basename(path)
    return name.endswith(".gml") and (name.startswith("test_") or name.endswith("_test.gml"))
