"""Projects with anything in the place of what is right: they load, or say what is wrong."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from fuzz.damage import VALUES, Keys, changed, places
from fuzz.projects import DISK, Base, Change, damage_file, run, write
from fuzz.sample_projects import PROJECTS
from gmlrun import project
from gmlrun.errors import SourceErrors, UsageError
from gmlrun.project.actions import actions_source
from gmlrun.project.yy import LARGEST, plausible
from tests.conftest import Run

Write = Callable[[dict[str, str]], Path]
FILES = [(name, file) for name, files in PROJECTS.items() for file in files]


def loaded(path: str) -> Any:
    """A project with all that is read when somebody asks; None where it cannot be read."""
    try:
        found = project.load([path])
    except (SourceErrors, UsageError):
        return None
    for readers in (found.sprites, found.paths, found.sequences, found.tilesets):
        for read in readers.values():
            read()
    for room in found.rooms:
        for layer in room.layers:
            for element in layer.elements:
                for value in element.values.values():
                    if callable(value):
                        value()
    return found


def damages(name: str, file: str) -> Iterator[tuple[Keys, Any]]:
    """Each value of a JSON file, with one that may stand there instead."""
    for number, keys in enumerate(places(PROJECTS[name][file])):
        yield keys, VALUES[number % len(VALUES)]


@pytest.mark.parametrize("name", PROJECTS)
def test_the_undamaged_projects_are_whole(name: str, tmp_path: Path) -> None:
    found = loaded(write(tmp_path, [Base(name)]))
    assert [diagnostic for diagnostic in found.findings if diagnostic.severity == "error"] == []
    assert len(found.objects) == 2
    assert len(found.rooms) == 1


@pytest.mark.parametrize(("name", "file"), [(n, f) for n, f in FILES if not isinstance(PROJECTS[n][f], str)])
def test_any_value_in_the_place_of_any_other(name: str, file: str, tmp_path: Path) -> None:
    path = write(tmp_path, [Base(name)])
    for keys, value in damages(name, file):
        text = json.dumps(changed(PROJECTS[name][file], "set", keys, value))
        (tmp_path / file).write_bytes(text.encode("utf-8", "surrogatepass"))
        loaded(path)


@pytest.mark.parametrize("kind", DISK)
@pytest.mark.parametrize("name", PROJECTS)
def test_a_file_that_is_spoilt(name: str, kind: str, tmp_path: Path) -> None:
    path = write(tmp_path, [Base(name)])
    for file in PROJECTS[name]:
        before = (tmp_path / file).read_bytes()
        damage_file(tmp_path / file, kind)
        loaded(path)
        if kind == "folder":
            (tmp_path / file).rmdir()
        (tmp_path / file).write_bytes(before)


HUGE = [float("nan"), float("inf"), -1e400, 10**400, 1e60, 2 * LARGEST, None, "7", []]


@pytest.mark.parametrize("value", HUGE, ids=str)
def test_a_number_that_no_file_means_is_as_if_it_were_not_there(value: Any) -> None:
    assert plausible(value, 5.0) == 5.0


@pytest.mark.parametrize("value", [float("nan"), 10**60, 1e300])
def test_a_sprite_of_such_a_size_meets_nothing(value: float) -> None:
    places = [("sequence", "yorigin"), ("width",), ("bbox_left",), ("nineSlice", "left")]
    run([Base("game.yyp of 2.3"), *(Change("sprites/spr/spr.yy", "set", keys, value) for keys in places)])


ACTIONS = {
    "no number": ("<action><kind>x</kind></action>", ""),
    "a large kind": ("<action><kind>99999999999999999999</kind></action>", ""),
    "no arguments": ("<action><kind>5</kind></action>", "{}"),
    "too few": (
        "<action><kind>0</kind><exetype>1</exetype><functionname>action_create_object_random</functionname></action>",
        "{}",
    ),
    "a comparison": (
        "<action><kind>0</kind><exetype>1</exetype><functionname>action_if_variable</functionname><arguments>"
        + "<argument><kind>0</kind><string>234</string></argument>" * 3 + "</arguments></action>",
        "if (234 == 234)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ACTIONS)
def test_actions_that_lack_something(kind: str) -> None:
    from xml.etree import ElementTree

    text, gml = ACTIONS[kind]
    source, _ = actions_source("x", [ElementTree.fromstring(text)])
    assert source.text.strip() == gml


def test_many_questions_inside_each_other() -> None:
    from xml.etree import ElementTree

    question = ElementTree.fromstring("<action><kind>0</kind><exetype>1</exetype><isquestion>1</isquestion></action>")
    source, unknown = actions_source("x", [question] * 5000)
    assert (source.text, unknown) == ("", ["some inside each other, too many"])


DAMAGED_ARCHIVES = {
    "no archive": b"PK\3\4 not really",
    "cut off": None,
    "an unknown method": None,
    "a name with a nul": None,
}


@pytest.mark.parametrize("kind", DAMAGED_ARCHIVES)
def test_an_archive_that_is_damaged(kind: str, gmlrun: Run, tmp_path: Path) -> None:
    path = tmp_path / "game.yyz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("game.yyp", '{"resources": []}' + " " * 5000)
    data = path.read_bytes()
    damaged = {
        "cut off": data[: len(data) // 2],
        "an unknown method": data.replace(b"\x08\x00", b"\x63\x00"),
        "a name with a nul": data.replace(b"game.yyp", b"ga\0e.yyp"),
    }
    path.write_bytes(DAMAGED_ARCHIVES[kind] or damaged[kind])
    done = gmlrun("check", "game.yyz")
    assert "Traceback" not in done.stderr
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert os.path.basename(path) in done.stderr or "no project" in done.stderr


def test_changes_leave_the_sample_as_it_is() -> None:
    before = repr(PROJECTS)
    for _, file in FILES:
        for name in PROJECTS:
            if file in PROJECTS[name] and not isinstance(PROJECTS[name][file], str):
                for keys in places(PROJECTS[name][file]):
                    changed(PROJECTS[name][file], "delete", keys, None)
    assert repr(PROJECTS) == before
