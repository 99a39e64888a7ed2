"""Tests of the file area: what a GML path may reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from gmlrun.engine.files import FileArea, Slots, default_save_dir
from gmlrun.errors import GmlError
from gmlrun.runtime import Runtime, Settings


@pytest.fixture
def area(tmp_path: Path) -> FileArea:
    (tmp_path / "program").mkdir()
    (tmp_path / "save").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    return FileArea(Runtime(Settings(program_dir=tmp_path / "program", save_dir=tmp_path / "save")))


def test_reads_prefer_the_save_area(area: FileArea) -> None:
    (area.bundle / "a.txt").write_text("bundle")
    assert area.resolve_read("a.txt") == area.bundle / "a.txt"
    (area.save / "a.txt").write_text("save")
    assert area.resolve_read("a.txt") == area.save / "a.txt"


def test_both_separators(area: FileArea) -> None:
    (area.bundle / "data").mkdir()
    (area.bundle / "data/a.txt").write_text("")
    assert area.resolve_read("data\\a.txt") == area.resolve_read("data/a.txt") == area.bundle / "data/a.txt"


def test_case_is_matched_only_where_it_must_be(area: FileArea) -> None:
    (area.bundle / "Data").mkdir()
    (area.bundle / "Data/Map.TXT").write_text("")
    assert area.resolve_read("data/map.txt") == area.bundle / "Data/Map.TXT"
    (area.bundle / "Data/map.txt").write_text("")
    assert area.resolve_read("Data/map.txt") == area.bundle / "Data/map.txt"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "x/../../secret.txt",
        "..\\secret.txt",
        "/etc/passwd",
        "C:\\windows\\explorer.exe",
        "",
        "..",
        "a\0b",
    ],
)
def test_paths_that_leave_are_refused(area: FileArea, path: str) -> None:
    assert area.resolve_read(path) is None
    assert area.resolve_write(path) is None


def test_links_that_leave_are_refused(area: FileArea, tmp_path: Path) -> None:
    (area.save / "link.txt").symlink_to(tmp_path / "secret.txt")
    (area.save / "out").symlink_to(tmp_path)
    for path in ("link.txt", "out/secret.txt", "out/new.txt"):
        assert area.resolve_read(path) is None
        assert area.resolve_write(path) is None


def test_writes_go_to_the_save_area(area: FileArea) -> None:
    assert area.resolve_write("deep/er/a.txt") == area.save / "deep/er/a.txt"
    assert (area.save / "deep/er").is_dir()
    assert area.resolve_write(f"{area.bundle}/b.txt") == area.save / "b.txt"
    assert area.resolve_write(".") is None


def test_a_changed_file_of_the_program_is_copied(area: FileArea) -> None:
    (area.bundle / "a.ini").write_text("x")
    changed = area.resolve_update("a.ini")
    assert changed == area.save / "a.ini"
    assert changed.read_text() == "x"


def test_names_that_no_disk_can_hold(area: FileArea) -> None:
    assert area.resolve_read("x" * 5000) is None


def test_default_save_dir_stays_below_gmlrun() -> None:
    assert default_save_dir("../../x").parent.name == "gmlrun"
    assert default_save_dir("").name == "game"


def test_slots_give_the_lowest_free_number() -> None:
    slots = Slots[str]("text file", limit=2)
    assert [slots.add("a"), slots.add("b")] == [1.0, 2.0]
    with pytest.raises(GmlError, match="more than 2"):
        slots.add("c")
    slots.remove(1)
    assert slots.add("d") == 1.0
    with pytest.raises(GmlError, match="not open"):
        slots.get(7)
