"""Writes docs/builtins.md from the registry: every builtin by chapter, with its signature and description."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from gmlrun.builtins.registry import Builtin, load

PAGE = Path(__file__).parent.parent / "docs" / "builtins.md"


def chapter_of(builtin: Builtin) -> str:
    """The manual's folder in words."""
    return builtin.page.rpartition("/")[0].replace("_", " ").replace("/", ": ")


def page() -> str:
    """The whole page."""
    functions = sorted(load().functions.values(), key=lambda builtin: (chapter_of(builtin), builtin.name))
    lines = ["# Builtins", "", "Every function that gmlrun has, by the chapters of the GameMaker manual."]
    for chapter, builtins in groupby(functions, chapter_of):
        lines += ["", f"## {chapter}", ""]
        lines += [f"- `{builtin.signature}`: {builtin.description}" for builtin in builtins]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
