"""Damaged projects: whatever is wrong with the files, a project loads, or ends in a message."""

from __future__ import annotations

import json
import os
import random
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from fuzz.damage import VALUES, Keys, changed, places
from fuzz.engine import Fuzzer, Parts
from fuzz.game import frames
from fuzz.sample_projects import PROJECTS
from gmlrun.build.checking import check_loaded
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.project import load
from gmlrun.runtime import Settings

TEXTS = (
    *("{", "}", "[", "]", ",", '"', "\\", "\\ud800", "<", ">", "</a>", "&amp;", "&#0;", "&x;", "<!--", "]]>", "\0"),
    *("<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "nan", "-1e999", "9" * 5000),
    *("#define ", "#macro x", "}", "function f() {", "//", "/*", "\ufeff", "\r", "é", "game_end(", "[" * 3000),
)
"""What is put into a text."""
DISK = ("missing", "folder", "binary", "empty", "doubled")


class Base(NamedTuple):
    """The project that is damaged."""

    name: str


class Change(NamedTuple):
    """One damage: of a file, a text, or a value in JSON (`keys` lead to it)."""

    file: str
    kind: str
    keys: Keys = ()
    value: Any = None

    @property
    def text(self) -> str:
        """In words."""
        return f"{self.file}: {self.kind} {'/'.join(map(str, self.keys))} {self.value!r:.60}"


def make(rng: random.Random) -> Parts:
    """A project and one to four damages."""
    name = rng.choice(list(PROJECTS))
    files = PROJECTS[name]
    return [Base(name), *(damage(rng, files, rng.choice(list(files))) for _ in range(rng.choice((1, 1, 2, 4))))]


def damage(rng: random.Random, files: dict[str, Any], file: str) -> Change:
    if rng.random() < 0.08:
        return Change(file, rng.choice(DISK))
    value = files[file]
    if isinstance(value, str) or rng.random() < 0.15:
        size = len(value if isinstance(value, str) else json.dumps(value))
        at = rng.randrange(size + 1)
        return Change(file, rng.choice(("put", "cut", "replace")), (at, at + rng.choice((0, 1, 9))), rng.choice(TEXTS))
    keys = rng.choice(list(places(value)))
    return Change(file, rng.choice(("set", "set", "set", "delete", "double")), keys, rng.choice(VALUES))


def write(folder: Path, parts: Parts) -> str:
    """Writes the damaged project; returns the path of its main file."""
    name = next((part.name for part in parts if isinstance(part, Base)), next(iter(PROJECTS)))
    files = dict(PROJECTS[name])
    changes = [part for part in parts if isinstance(part, Change) and part.file in files]
    for change in changes:
        if change.kind in ("set", "delete", "double") and not isinstance(files[change.file], str):
            files[change.file] = changed(files[change.file], change.kind, change.keys, change.value)
    for file, value in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        text = value if isinstance(value, str) else json.dumps(value)
        for change in changes:
            if change.file == file and change.kind in ("put", "cut", "replace"):
                text = edited(text, change)
        (folder / file).write_bytes(text.encode("utf-8", "surrogatepass"))
    for change in changes:
        damage_file(folder / change.file, change.kind)
    return os.fspath(folder / next(iter(files)))


def edited(text: str, change: Change) -> str:
    """A text with something put in, cut out or replaced."""
    at, end = (min(int(key), len(text)) for key in change.keys)
    return text[:at] + ("" if change.kind == "cut" else change.value) + text[at if change.kind == "put" else end :]


def damage_file(path: Path, kind: str) -> None:
    """Spoils a file itself."""
    if kind in DISK[:2] and path.is_file():
        path.unlink()
    if kind == "folder":
        path.mkdir(exist_ok=True)
    elif kind in DISK[2:] and path.is_file():
        data = path.read_bytes()
        path.write_bytes({"binary": b"\xff\xfe\0\1\x80" + data, "empty": b"", "doubled": data * 2}[kind])


def run(parts: Parts) -> None:
    with tempfile.TemporaryDirectory(prefix="gmlrun-fuzz-") as folder:
        path = write(Path(folder, "project").resolve(), parts)
        try:
            check_loaded(load([path]), lambda part: None, frozenset())
            settings = Settings(headless="ignore", save_dir=os.path.join(folder, "save"))
            game = Game.load([path], settings, output=ignore, log=ignore, on_report=ignore, backend=MemoryBackend())
        except (SourceErrors, UsageError) as error:
            str(error)
            return
        frames(game)


def ignore(value: Any) -> None:
    """Takes what nobody reads."""


def show(parts: Parts) -> str:
    return "\n".join(part.name if isinstance(part, Base) else part.text for part in parts)


FUZZER = Fuzzer("projects", make, run, show)
