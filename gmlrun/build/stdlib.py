"""The library functions that are written in GML: the files of stdlib/, and the functions that each defines."""

from __future__ import annotations

import os

from gmlrun.lean import pattern
from gmlrun.resources import data_dir

DECLARED = pattern(r"(?m)^function\s+(\w+)")


def stdlib_functions() -> dict[str, str]:
    """The functions of stdlib/ by the name of the file that defines each."""
    found: dict[str, str] = {}
    for file in sorted(os.listdir(data_dir("stdlib"))):
        name, extension = os.path.splitext(file)
        if extension == ".gml":
            found |= dict.fromkeys(DECLARED.findall(stdlib_text(name)), name)
    return found


def describe_stdlib(name: str) -> str:
    """The text of `gmlrun doc` for a function of stdlib/: its head and its comment; empty when there is none."""
    file = stdlib_functions().get(name, "")
    import re

    wanted = rf"^((?:///.*\n)*)function {re.escape(name)}(\(.*?\)) "
    found = re.search(wanted, stdlib_text(file), re.MULTILINE) if file else None
    if found is None:
        return ""
    comment = " ".join(line.removeprefix("///").strip() for line in found[1].splitlines())
    return f"{name}{found[2]}\n    {comment}\n    gmlrun: stdlib/{file}.gml"


def stdlib_text(file: str) -> str:
    """The text of a file of stdlib/; its name is without `.gml`."""
    with open(os.path.join(data_dir("stdlib"), f"{file}.gml"), encoding="utf-8") as opened:
        return opened.read()
