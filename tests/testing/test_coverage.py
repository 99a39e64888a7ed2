"""`gmlrun test --coverage`: the lines of GML that have run, as coverage.py reports them."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from gmlrun.testing.arcs import Ways
from gmlrun.testing.coverage_plugin import ways_of_file
from tests.conftest import Run

LIBRARY = """// Two functions
function half(n) {
    if (n > 10) {
        return n / 2;
    } else {
        return n;
    }
}

function unused() {
    var a = 1;
    return method({}, function() {
        return a;
    });
}
"""
SERVER = """#macro START 5
count = START;
event step {
    count++;
    if (count > 100) {
        game_end();
    }
}
"""
TESTS = """/// @test with library.gml
function test_half() { assert_equals(half(4), 4); }
function test_server() {
    test_start("server.gml");
    test_advance(1);
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("library", LIBRARY), ("server", SERVER), ("test_it", TESTS)):
        (tmp_path / f"{name}.gml").write_text(text, encoding="utf-8")
    return tmp_path


def hits(report: Path) -> dict[str, dict[int, int]]:
    """The lines of each file in a report in XML, and how often they have run."""
    found: dict[str, dict[int, int]] = {}
    for one in ElementTree.parse(report).iter("class"):
        lines = one.iter("line")
        found[one.get("name") or ""] = {int(line.get("number", 0)): int(line.get("hits", 0)) for line in lines}
    return found


def test_lines_of_files_and_of_games_that_a_test_starts(gmlrun: Run, folder: Path) -> None:
    done = gmlrun("test", "--coverage=xml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 passed" in done.stdout
    assert "coverage.xml" in done.stdout
    assert hits(folder / "coverage.xml") == {
        "library.gml": {3: 1, 4: 0, 6: 1, 11: 0, 12: 0, 13: 0},
        "server.gml": {2: 1, 4: 1, 5: 1, 6: 0},
    }


@pytest.mark.parametrize(
    ("kind", "file", "text"),
    [("lcov", "coverage.lcov", "DA:4,0"), ("html", "htmlcov/index.html", "library.gml")],
)
def test_other_reports(gmlrun: Run, folder: Path, kind: str, file: str, text: str) -> None:
    done = gmlrun("test", f"--coverage={kind}")
    assert (done.returncode, done.stderr) == (0, "")
    assert text in (folder / file).read_text(encoding="utf-8")


def test_a_report_for_people_also_of_tests_that_fail(gmlrun: Run, folder: Path) -> None:
    (folder / "test_other.gml").write_text("function test_bad() { assert_fail(); }", encoding="utf-8")
    done = gmlrun("test", "--coverage", "--jobs", "3")
    assert done.returncode == 1
    rows = {words[0]: words[1:] for line in done.stdout.splitlines() if len(words := line.split()) > 3}
    assert rows["library.gml"] == ["6", "4", "2", "1", "38%", "4,", "11-13"]
    assert rows["server.gml"][-1] == "6"
    assert "assert.gml" not in done.stdout
    assert "test_it.gml" not in done.stdout


BRANCHES = """function walk(n) {
    if (n > 10) {
        n = 10;
    }
    for (var i = 0; i < n; i++) {
        if (i == 2) continue;
        if (i == 4)
            break;
        n -= 0.5;
    }
    while (n > 3) {
        n--;
    }
    switch (n) {
        case 1:
            n = 2;
            break;
        case 2:
            n = 3;
    }
    repeat (n) {
        n--;
    }
    try {
        return n > 5
            ? walk(1)
            : 2;
    } catch (error) {
        return 3;
    }
}
"""


def branches(report: Path) -> dict[int, str]:
    """The branches in a report in XML: how many of the ways from a line have been taken, or all."""
    lines = (line for line in ElementTree.parse(report).iter("line") if line.get("branch") == "true")
    return {int(line.get("number", 0)): line.get("missing-branches", "all") for line in lines}


def test_ways_that_were_not_taken(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "walk.gml").write_text(BRANCHES, encoding="utf-8")
    head = "/// @test with walk.gml\n"
    (tmp_path / "test_walk.gml").write_text(f"{head}function test_few() {{ walk(2); }}", encoding="utf-8")
    assert gmlrun("test", "--coverage=xml").returncode == 0
    assert branches(tmp_path / "coverage.xml") == {
        2: "3", 5: "all", 6: "5", 7: "8", 11: "12", 14: "19,21", 21: "all", 25: "26",
    }  # fmt: skip
    text = f"{head}function test_all() {{ walk(1); walk(2); walk(3); walk(6); walk(16); walk(-1); walk(3.5); }}"
    (tmp_path / "test_walk.gml").write_text(text, encoding="utf-8")
    assert gmlrun("test", "--coverage=xml").returncode == 0
    missing = {line: ways for line, ways in branches(tmp_path / "coverage.xml").items() if ways != "all"}
    assert missing == {25: "26"}
    assert gmlrun("test", "--coverage=lcov").returncode == 0
    assert "BRDA:25,0,jump to line 26,0" in (tmp_path / "coverage.lcov").read_text(encoding="utf-8")


def test_coverage_alone_knows_gml_by_its_configuration(environment: dict[str, str], folder: Path) -> None:
    configuration = "[run]\nplugins = gmlrun.testing.coverage_plugin\ninclude = *.gml\n"
    (folder / ".coveragerc").write_text(configuration, encoding="utf-8")
    command = [sys.executable, "-m", "coverage"]
    settings = {"env": {**environment, "COVERAGE_CORE": "ctrace"}, "cwd": folder, "timeout": 50}
    words = ["run", "-m", "gmlrun", "run", "--no-optimise", "server.gml", "--exit-at-frame", "3"]
    subprocess.run([*command, *words], check=True, **settings)  # type: ignore[call-overload]
    subprocess.run([*command, "xml", "-q"], check=True, **settings)  # type: ignore[call-overload]
    assert hits(folder / "coverage.xml") == {"server.gml": {2: 1, 4: 1, 5: 1, 6: 0}}


def test_a_file_that_does_not_compile_alone_has_no_lines(folder: Path) -> None:
    (folder / "part.gml").write_text("x = nothing_such(1);", encoding="utf-8")
    assert ways_of_file(os.fspath(folder / "part.gml")) == Ways.none()


def test_without_coverage_one_is_told_what_to_install(
    environment: dict[str, str], folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fake = tmp_path_factory.mktemp("fake")
    (fake / "coverage.py").write_text("raise ImportError", encoding="utf-8")
    environment["PYTHONPATH"] = os.pathsep.join((str(fake), environment["PYTHONPATH"]))
    done = subprocess.run(
        [sys.executable, "-m", "gmlrun", "test", "--coverage"],
        capture_output=True, text=True, env=environment, cwd=folder, timeout=50,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "gmlrun: --coverage needs coverage.py: pip install coverage\n"
