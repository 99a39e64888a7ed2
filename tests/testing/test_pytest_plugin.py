"""The plugin for pytest, as a user's pytest runs it: in a folder with tests in GML and in Python."""

from __future__ import annotations

import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.testing.limits import TimeIsUp, time_limit
from tests.conftest import ROOT, Run
from tests.test_manual import TITLED
from tests.testing.test_frameworks import PROJECTS, write_project

GML = """
function test_setup() { x = 1; }
function test_good() { assert_equals(x, 1); }
function test_bad() {
    show_debug_message("seen");
    assert_equals(x, 2);
}
/// @test skip not now
function test_later() { }
/// @test todo some day
function test_todo() { assert_fail(); }
function test_endless() { while (true) { } }
"""
SERVER = """
global.heard = 0;
names = ["a", "b"];
socket = network_create_socket_ext(network_socket_udp, 6510);
function twice(n) { return n * 2; }
function broken() { return 1 + undefined; }
event async_network { global.heard++; show_debug_message("heard"); }
event step { }
"""
CLIENT = """
socket = network_create_socket(network_socket_udp);
var _packet = buffer_create(1, buffer_fixed, 1);
network_send_udp(socket, "127.0.0.1", 6510, _packet, 1);
event step { }
"""
PYTHON = """
import pytest

def test_a_game(gml_game, gml_network, gml_clock):
    gml_network.conditions(latency=500)
    server, client = gml_game("server.gml"), gml_game("client.gml")
    gml_clock.advance(0.4)
    assert server.globals.heard == 0
    took = gml_clock.until(lambda: server.globals.heard == 1, seconds=5)
    assert 0 < took < 0.2
    assert (server.output, client.output) == (["heard"], [])
    assert server.call("twice", 4) == 8
    assert list(server.instance.names) == ["a", "b"]
    server.instance.names.append("c")
    assert len(server.instance.names) == 3
    assert [packet.kind for packet in gml_network.packets] == ["udp"]
    client.kill()
    assert (client.is_running, server.is_running) == (False, True)
    assert gml_clock.seconds >= 0.5

def test_wrong(gml_game, gml_clock):
    server = gml_game("server.gml")
    with pytest.raises(KeyError, match="no function nothing"):
        server.call("nothing")
    with pytest.raises(ValueError, match="time does not go back"):
        gml_clock.advance(-1)
    with pytest.raises(ValueError, match="not slowly"):
        server.kill("slowly")

def test_an_error(gml_game):
    gml_game("server.gml").call("broken")

def test_never(gml_game, gml_clock):
    gml_clock.until(lambda: False)
"""
Pytest = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run_pytest(environment: dict[str, str], tmp_path: Path) -> Pytest:
    """Runs pytest in the test's folder, with this plugin alone."""

    def run(*words: str, **files: str) -> subprocess.CompletedProcess[str]:
        for name, text in files.items():
            path = tmp_path / ".".join(name.rsplit("_", 1))
            path.write_text(text, encoding="utf-8")
        alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
        command = [sys.executable, "-m", "pytest", "-p", "gmlrun.pytest_plugin", "-p", "no:cacheprovider", *words]
        return subprocess.run(
            command, capture_output=True, text=True, env={**environment, **alone}, cwd=tmp_path, timeout=50
        )

    return run


def test_tests_in_gml_are_collected(run_pytest: Pytest) -> None:
    done = run_pytest("-rsx", "-o", "gml_timeout=0.5", test_it_gml=GML, test_py_py="def test_python(): pass\n")
    assert done.returncode == 1
    assert "2 failed, 2 passed, 1 skipped, 1 xfailed" in done.stdout
    assert "test_it.gml:6:5: expected 2, got 1\n        assert_equals(x, 2);" in done.stdout
    assert "Captured stdout call" in done.stdout
    assert "seen" in done.stdout
    assert "not now" in done.stdout
    assert "the test has not ended after 0.5 seconds; here it was" in done.stdout


def test_one_test_is_chosen(run_pytest: Pytest) -> None:
    done = run_pytest("-v", "test_it.gml::test_good", test_it_gml=GML)
    assert (done.returncode, "1 passed" in done.stdout) == (0, True)
    assert "test_it.gml::test_good PASSED" in done.stdout


def test_only_deselects_the_others(run_pytest: Pytest) -> None:
    marked = "/// @test only\nfunction test_a() { }\nfunction test_b() { }\n"
    done = run_pytest(test_it_gml=marked, test_py_py="def test_python(): pass\n")
    assert done.returncode == 0, done.stdout
    assert "2 passed, 1 deselected" in done.stdout


def test_all_errors_of_a_file_are_shown(run_pytest: Pytest) -> None:
    done = run_pytest(test_bad_gml="x = = 1;", test_it_gml="function test_a() { noo(); noo2(); }")
    assert done.returncode == 2
    for place in ("test_bad.gml:1:5: error", "test_it.gml:1:21: error", "test_it.gml:1:28: error"):
        assert place in done.stdout


def test_python_tests_have_games(run_pytest: Pytest) -> None:
    done = run_pytest(test_games_py=PYTHON, server_gml=SERVER, client_gml=CLIENT)
    assert "2 failed, 2 passed" in done.stdout, done.stdout
    assert "the condition did not become true within 10 seconds" in done.stdout
    assert "GmlError" in done.stdout


def test_the_page_of_the_manual(run_pytest: Pytest) -> None:
    names = ("lobby.gml", "bot.gml", "test_lobby.gml")
    files = {name.replace(".", "_"): TITLED["testing.md", name] for name in names}
    page = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")
    done = run_pytest(**files, test_lobby_py=page.partition('title="test_lobby.py"\n')[2].partition("```")[0])
    assert (done.returncode, "3 passed" in done.stdout) == (0, True), done.stdout


def test_the_package_names_the_plugin(environment: dict[str, str]) -> None:
    code = "from importlib.metadata import entry_points; print(*(e.value for e in entry_points(group='pytest11')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert "gmlrun.pytest_plugin" in done.stdout.split()


def test_a_limit_around_a_limit_goes_on() -> None:
    def wait() -> None:
        with time_limit(0.2):
            with time_limit(5.0):
                pass
            time.sleep(30)

    with pytest.raises(TimeIsUp):
        wait()


def test_scripts_of_a_project_are_tests_of_the_project_alone(run_pytest: Pytest, tmp_path: Path) -> None:
    write_project(tmp_path / "Game", *PROJECTS["Verrific"])
    (tmp_path / "Game" / "scripts" / "scr_tests" / "test_other.gml").write_text("unknown_function();", encoding="utf-8")
    done = run_pytest()
    assert "1 failed, " in done.stdout, done.stdout
    assert "2 is not 3" in done.stdout


@pytest.mark.parametrize("words", [(), ("-p", "xdist", "-n2")], ids=["alone", "xdist"])
@pytest.mark.parametrize("framework", list(PROJECTS))
def test_each_test_of_a_framework_is_reported(
    run_pytest: Pytest, gmlrun: Run, tmp_path: Path, framework: str, words: tuple[str, ...]
) -> None:
    if words:
        pytest.importorskip("xdist")
    write_project(tmp_path / "Game", *PROJECTS[framework])
    ours = gmlrun("test", "Game", "--junit=ours.xml")
    done = run_pytest("-v", *words, "-o", "junit_family=xunit1", "--junit-xml=theirs.xml")
    assert done.returncode == ours.returncode == 1
    assert "Game/Game.yyp::maths::wrong" in done.stdout, done.stdout
    mine, theirs = cases_in(tmp_path / "ours.xml"), cases_in(tmp_path / "theirs.xml")
    assert sorted(map(facts, theirs)) == sorted(map(facts, mine))
    wrong = next(one for one in theirs if one.get("name") == "wrong")
    file, line = wrong.get("file", ""), int(wrong.get("line", 0))
    assert f"{file}:{line + 1}" in wrong[0].text  # type: ignore[operator]
    assert "wrong" in (tmp_path / file).read_text(encoding="utf-8").splitlines()[line]
    counts = Counter(map(outcome, mine))
    assert all(f"{counts[word]} {word}" in done.stdout.splitlines()[-1] for word in counts)


def cases_in(file: Path) -> list[ElementTree.Element]:
    """The tests that a file of JUnit's XML tells of."""
    return list(ElementTree.parse(file).iter("testcase"))


def facts(case: ElementTree.Element) -> tuple[str, str]:
    """Name and outcome of a test; pytest puts the parts before the last into the name of a class."""
    return case.get("name", "").rpartition("::")[2], outcome(case)


def outcome(case: ElementTree.Element) -> str:
    """The state of a test in JUnit's XML, in pytest's words."""
    found = {child.tag for child in case}
    return "failed" if found & {"failure", "error"} else "skipped" if "skipped" in found else "passed"
