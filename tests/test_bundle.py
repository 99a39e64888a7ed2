"""The file of modules in the cache folder: commands import from it, and from the sources wherever it does not hold."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

PROGRAM = 'show_debug_message(string_upper("hello") + string(abs(-3)));'
PRINTED = "HELLO3\n"
LOOK = """
import json, sys
from gmlrun.cli import main
before = list(sys.meta_path)
main([sys.argv[1]])
names = [name for name in sys.modules if name.startswith("gmlrun.")]
kinds = {name: type(sys.modules[name].__loader__).__name__ for name in names}
modules = {name: sys.modules[name] for name in names}
facts = {name: [each.__file__, each.__cached__, each.__package__] for name, each in modules.items()}
print(json.dumps({"kinds": kinds, "facts": facts, "clean": sys.meta_path == before}), file=sys.stderr)
"""
ALWAYS_IMPORTED = {"gmlrun.cli", "gmlrun.cli.bundle", "gmlrun.lean", "gmlrun.resources"}
"""The modules that find the file."""


class Place:
    """A program, a cache folder, and what commands tell about their modules."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.program = folder / "hello.gml"
        self.program.write_text(PROGRAM, encoding="utf-8")
        self.cache = Path(environment["XDG_CACHE_HOME"]) / "gmlrun"
        self.environment = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def look(self, *options: str, **variables: str) -> dict[str, Any]:
        """Runs the program; returns where its modules came from."""
        words = [sys.executable, *options, "-c", LOOK, str(self.program)]
        environment = {**self.environment, **variables}
        done = subprocess.run(words, capture_output=True, text=True, env=environment, cwd=self.folder)
        assert done.stdout == PRINTED, done.stderr
        found: dict[str, Any] = json.loads(done.stderr.splitlines()[-1])
        assert found["clean"], "the finder stays behind"
        return found

    def bundled(self, *options: str, **variables: str) -> set[str]:
        """The modules that came from the file."""
        kinds = self.look(*options, **variables)["kinds"]
        return {name for name, kind in kinds.items() if kind == "BundledLoader"}

    @property
    def file(self) -> Path:
        (found,) = self.cache.glob(".modules-*")
        return found


@pytest.fixture
def place(tmp_path: Path, environment: dict[str, str]) -> Place:
    """A place where the program has run twice: its code is cached, and its modules are in the file."""
    made = Place(tmp_path, environment)
    for _ in range(2):
        made.look()
    return made


def test_all_modules_of_a_cached_run_come_from_the_file(place: Place) -> None:
    kinds = place.look()["kinds"]
    assert {name for name, kind in kinds.items() if kind != "BundledLoader"} == ALWAYS_IMPORTED
    assert len(kinds) > 40


def test_modules_are_what_they_are_without_the_file(place: Place) -> None:
    with_file = place.look()["facts"]
    place.file.unlink()
    without = place.look()["facts"]
    assert {name: with_file[name] for name in with_file} == {name: without[name] for name in with_file}


def test_a_new_command_adds_its_modules(place: Place) -> None:
    size = place.file.stat().st_size
    words = [sys.executable, "-m", "gmlrun", "check", str(place.program)]
    subprocess.run(words, check=True, env=place.environment)
    assert place.file.stat().st_size > size
    assert len(place.bundled()) > 40


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "other content": lambda data: b"gmlrun" * 1000,
    "of another format": lambda data: b"gmlrun-modules-0\n" + data[17:],
    "cut in its head": lambda data: data[:20],
    "cut in its table": lambda data: data[:500],
    "cut in its code": lambda data: data[: len(data) // 2],
    "a byte of the length": lambda data: data[:38] + b"\xff" + data[39:],
    "a byte of the table": lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
    "a byte of the code": lambda data: data.replace(b"string_upper", b"string_uppeq"),
    "all the code": lambda data: data[: len(data) // 4] + bytes(len(data) - len(data) // 4),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_does_no_harm_and_is_mended(place: Place, damage: str) -> None:
    wanted = place.bundled()
    place.file.write_bytes(DAMAGES[damage](place.file.read_bytes()))
    assert place.bundled() < wanted
    assert place.bundled() == wanted


def test_a_folder_in_its_place_does_no_harm(place: Place) -> None:
    file = place.file
    file.unlink()
    file.mkdir()
    assert place.bundled() == set()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system has no owners of files")
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_change_is_not_read(place: Place, mode: int) -> None:
    place.file.chmod(mode)
    assert place.bundled() == set()
    assert place.file.stat().st_mode & 0o777 == 0o600, "a new file takes its place"
    assert place.bundled() != set()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_file_of_another_user_is_not_read(place: Place) -> None:
    os.chown(place.file, 12345, 12345)
    assert place.bundled() == set()


def test_code_for_another_level_of_optimisation_is_not_read(place: Place) -> None:
    assert place.bundled("-O") == set()


def test_nothing_is_written_where_python_writes_no_bytecode(place: Place) -> None:
    place.file.unlink()
    place.look(PYTHONDONTWRITEBYTECODE="1")
    assert list(place.cache.glob(".modules-*")) == []


def test_a_cache_folder_that_cannot_be_written_does_no_harm(place: Place) -> None:
    shutil.rmtree(place.cache)
    place.cache.write_text("a file", encoding="utf-8")
    assert place.bundled() == set()


@pytest.fixture
def copy(tmp_path: Path, environment: dict[str, str]) -> Place:
    """A place with a copy of gmlrun, whose sources can be edited."""
    folder = tmp_path / "copy"
    for name in ("gmlrun", "grammar", "stdlib"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    made = Place(tmp_path, {**environment, "PYTHONPATH": str(folder)})
    for _ in range(2):
        made.look()
    return made


def test_an_edited_module_is_imported_from_its_source(copy: Place, tmp_path: Path) -> None:
    name, source = "gmlrun.values.text", tmp_path / "copy" / "gmlrun" / "values" / "text.py"
    assert name in copy.bundled()
    source.write_text(source.read_text(encoding="utf-8") + "\nEDITED = 1\n", encoding="utf-8")
    assert name not in copy.bundled()
    assert name in copy.bundled()
    facts = source.stat()
    os.utime(source, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))
    assert name not in copy.bundled()
    assert name in copy.bundled()


def test_the_source_of_a_module_can_be_looked_at(place: Place) -> None:
    code = (
        "import sys, inspect; from gmlrun.cli import main; main([sys.argv[1]]);"
        "module = sys.modules['gmlrun.builtins.strings']; print(type(module.__loader__).__name__);"
        "print(inspect.getsource(module) == open(module.__file__, encoding='utf-8').read());"
        "print(inspect.getsource(module.string_upper).splitlines()[1])"
    )
    words = [sys.executable, "-c", code, str(place.program)]
    done = subprocess.run(words, capture_output=True, text=True, env=place.environment)
    assert done.stdout == f"{PRINTED}BundledLoader\nTrue\ndef string_upper(string: String) -> str:\n", done.stderr
