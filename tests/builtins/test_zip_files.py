"""ZIP archives from elsewhere: what unpacking them may do to the machine."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from gmlrun.builtins import zip_files
from gmlrun.runtime import Runtime, Settings
from tests.builtins.calls import call


@pytest.fixture
def runtime(tmp_path: Path) -> Runtime:
    return Runtime(Settings(program_dir=tmp_path, save_dir=tmp_path / "save"), log=lambda line: None)


def archive(path: Path, **files: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)


def test_an_archive_that_would_fill_the_disk_is_refused(runtime: Runtime, tmp_path: Path) -> None:
    archive(tmp_path / "a.zip", one=bytes(600), two=bytes(500))
    runtime.settings = runtime.settings._replace(max_unpack=1000)
    assert call(runtime, "zip_unzip", "a.zip", "out") == -1
    assert not (tmp_path / "save" / "out").exists()
    runtime.settings = runtime.settings._replace(max_unpack=1100)
    assert call(runtime, "zip_unzip", "a.zip", "out") == 2


@pytest.mark.parametrize("name", ["../out.txt", "/out.txt", "a/../../out.txt", "..\\out.txt", "a\\..\\../out.txt"])
def test_a_file_that_would_leave_the_folder_is_not_written(runtime: Runtime, tmp_path: Path, name: str) -> None:
    archive(tmp_path / "a.zip", **{name: b"text"})
    call(runtime, "zip_unzip", "a.zip", "deep/er")
    inside = tmp_path / "save" / "deep" / "er"
    written = {path for path in tmp_path.rglob("*") if path.is_file()} - {tmp_path / "a.zip"}
    assert all(path.is_relative_to(inside) for path in written)
    assert all(path.is_relative_to(tmp_path / "save") for path in tmp_path.rglob("out.txt"))


def test_a_damaged_archive_is_refused(runtime: Runtime, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK no archive")
    assert call(runtime, "zip_unzip", "a.zip", "out") == -1
    assert call(runtime, "zip_unzip", "missing.zip", "out") == -1


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_archive_gives_a_number(runtime: Runtime, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    archive(tmp_path / "whole.zip", one=b"text" * 20, two=bytes(99))
    data = bytearray((tmp_path / "whole.zip").read_bytes())
    for _ in range(rng.randint(1, 6)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    (tmp_path / "a.zip").write_bytes(data[: rng.choice((len(data), rng.randrange(len(data))))])
    assert -1 <= call(runtime, "zip_unzip", "a.zip", "out") <= 2


@pytest.mark.parametrize("name", ["", "/", "..", "a\0b", "x" * 70_000, "\ufffd", "a/../b", "é" * 40_000, "C:\\x"])
def test_odd_names_in_an_archive(runtime: Runtime, tmp_path: Path, name: str) -> None:
    (tmp_path / "in.txt").write_bytes(b"text")
    made = zip_files.zip_create()
    zip_files.zip_add_file(made, name, "in.txt")
    call(runtime, "zip_save", made, "out.zip")
    assert call(runtime, "zip_unzip", "out.zip", "unpacked") in (-1, 0, 1)
