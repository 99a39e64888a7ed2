"""GameMaker's JSON, which has commas before closing brackets: text goes in, plain Python values come out."""

from __future__ import annotations

import json
import re
from typing import TypeAlias

from gmlrun.project.collect import ProjectParts
from gmlrun.values.unicode import clean_escapes

Facts: TypeAlias = dict[str, object]
"""The members of an object in a `.yy` file, by their keys."""

TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+(?:"|\\?\Z))|,(?=\s*[}\]])')


def parse_yy(text: str) -> object:
    """The value of a JSON text; raises json.JSONDecodeError."""
    # A comma becomes a space, so that an error's line and column are those of the file.
    return json.loads(TRAILING_COMMA.sub(lambda found: found[1] or " ", clean_escapes(text)), parse_int=whole_number)


def whole_number(text: str) -> int | float:
    """An integer; one of hundreds of digits, which no file means, as a float."""
    return int(text) if len(text) < 400 else float(text)


TAGS = re.compile(r'"tags"\s*:\s*\[([^\]]*)\]')


def tags_in(text: str) -> list[str]:
    """The tags of a resource, without reading the rest of it."""
    found = TAGS.search(text)
    return re.findall(r'"([^"]*)"', found[1]) if found else []


def read_yy(collector: ProjectParts, relative: str, what: str) -> Facts | None:
    """The object that a `.yy` or `.yyp` file holds; None, and a finding, when there is none."""
    source = collector.read(relative, what)
    if source is None:
        return None
    try:
        value = parse_yy(source.text)
    except json.JSONDecodeError as error:
        collector.note("error", "broken-resource", relative, f"{what}: {error.msg}", error.lineno, error.colno)
        return None
    except RecursionError:
        value = None
    if not isinstance(value, dict):
        collector.note("error", "broken-resource", relative, f"{what}: the file holds no JSON object")
        return None
    return value


def section(value: object, key: str) -> Facts:
    """The object under a key, empty when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def items(value: object, key: str) -> list[Facts]:
    """The objects of the list under a key."""
    return [item for item in listed(value, key) if isinstance(item, dict)]


def text(value: object, key: str, default: str = "") -> str:
    """The text under a key."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else default


LARGEST = 1e15
"""A number beyond this is not one that any file means, and neither is one that is no number."""


def number(value: object, key: str, default: float = 0.0) -> float:
    """The number under a key, from -LARGEST to LARGEST."""
    return plausible(value.get(key), default) if isinstance(value, dict) else default


def plausible(value: object, default: float = 0.0) -> float:
    """A number that a file can mean; the default for everything else."""
    return float(value) if isinstance(value, (int, float)) and -LARGEST <= value <= LARGEST else default


def texts(value: object, key: str) -> list[str]:
    """The texts of the list under a key."""
    return [found for found in listed(value, key) if isinstance(found, str)]


def numbers(value: object, key: str) -> list[float]:
    """The numbers of the list under a key; 0 for what is none."""
    return [plausible(found) for found in listed(value, key)]


def listed(value: object, key: str) -> list[object]:
    """The list under a key, empty when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def name_of(value: object, key: str) -> str:
    """The name in a reference `{"name": …, "path": …}`, empty for null."""
    return text(section(value, key), "name")
