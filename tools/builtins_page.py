"""Writes docs/builtins.md from the registry: every builtin by chapter, with its signature and description."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from gmlrun.builtins.catalogue import load
from gmlrun.builtins.registry import Builtin, Variable

PAGE = Path(__file__).parent.parent / "docs" / "builtins.md"


INTRODUCTION = (
    "Every function and every global variable that gmlrun has, by the chapters of the GameMaker manual. Optional"
    " parameters stand in square brackets; `…` takes any number of values. `gmlrun doc NAME` prints the same."
)


def head_of(one: Builtin | Variable) -> str:
    """A function with its types, a variable by its name."""
    return one.typed_signature if isinstance(one, Builtin) else one.name


def chapter_of(builtin: Builtin | Variable) -> str:
    """The manual's folder in words."""
    return builtin.folder.replace("_", " ").replace("/", ": ")


def page() -> str:
    """The whole page."""
    index = load()
    functions = [found for name, found in index.functions.items() if not name.startswith("__")]
    lines = ["# Builtins", "", INTRODUCTION]
    entries = sorted([*functions, *index.variables.values()], key=lambda one: (chapter_of(one), one.name))
    for chapter, builtins in groupby(entries, chapter_of):
        lines += ["", f"## {chapter}", ""]
        lines += [f"- `{head_of(one)}`: {one.description}" for one in builtins]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
