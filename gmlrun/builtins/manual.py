"""Where GameMaker's manual describes a name: `pages.json` lists its pages by folder.

Folders are those of "GML Reference"; those of "GML Overview" are written with that name.
"""

from __future__ import annotations

import json
from importlib.resources import files

from gmlrun.lean import cache

ADDRESS = "https://manual.gamemaker.io/lts/en/GameMaker_Language/"
REFERENCE, OVERVIEW = "GML_Reference/", "GML_Overview/"
SPELLINGS = (
    ("color", "colour"),
    ("normalized", "normalised"),
    ("randomize", "randomise"),
    ("struct_", "variable_struct_"),
)
"""Names that the manual has under another spelling: the part of a name, and what its page has instead."""


@cache
def folders() -> dict[str, list[str]]:
    """The pages of each folder, without their ending."""
    text = (files("gmlrun.builtins") / "pages.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)
    return found


@cache
def pages() -> dict[str, str]:
    """The folder and name of each page, by the page's name."""
    return {name: f"{folder}/{name}" for folder, names in folders().items() for name in names}


def page_of(name: str, folder: str) -> str:
    """The page of a name; for one without a page of its own the first page of its folder, or of the folder above."""
    for written in (name, *(name.replace(part, other) for part, other in SPELLINGS)):
        if written in pages():
            return pages()[written]
    while folder and not first_page(folder):
        folder = folder.rpartition("/")[0]
    return first_page(folder)


def first_page(folder: str) -> str:
    """The page that a folder begins with, which has the folder's name; empty where there is none."""
    name = folder.rpartition("/")[2]
    return next((f"{folder}/{page}" for page in folders().get(folder, ()) if page.lower() == name.lower()), "")


def address_of(name: str, folder: str) -> str:
    """The web address of the page of a name; empty when the manual has none."""
    page = page_of(name, folder)
    part = "" if page.startswith(OVERVIEW) else REFERENCE
    return f"{ADDRESS}{part}{page}.htm" if page else ""
