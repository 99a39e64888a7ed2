"""Functions from outside: installed packages, and Python code for a project's extensions."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gmlrun import Game, GmlError, Permissions, SourceErrors, UsageError
from tests.conftest import Run

PACKAGE = '''
from gmlrun import Host

extension = Host()
extension.constant("DICE_MOST", 6)


@extension.function
def dice_roll(sides: int, times: int = 1) -> float:
    """The most that some dice can show."""
    return sides * times


@extension.function
async def dice_wait() -> None:
    """Waits."""
'''
PROGRAM = "show_debug_message(dice_roll(DICE_MOST, 2));"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an installed package in it, as pip leaves one."""
    site = tmp_path / "site"
    facts = site / "gmlrun_dice-1.0.dist-info"
    facts.mkdir(parents=True)
    (site / "gmlrun_dice.py").write_text(PACKAGE)
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: gmlrun-dice\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[gmlrun.extensions]\ndice = gmlrun_dice:extension\n")
    monkeypatch.syspath_prepend(str(site))
    yield site  # type: ignore[misc]
    sys.modules.pop("gmlrun_dice", None)


@pytest.fixture
def run(gmlrun: Run, environment: dict[str, str], package: Path) -> Run:
    """The command line of a user who has the package."""
    environment["PYTHONPATH"] += f":{package}"
    return gmlrun


def test_an_installed_package_adds_functions_and_constants(run: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text(PROGRAM)
    for _ in range(2):  # compiled, and from the cache
        result = run("main.gml")
        assert (result.stdout, result.stderr, result.returncode) == ("12\n", "", 0)
    assert run("check", "main.gml").returncode == 0
    assert "The most that some dice can show." in run("doc", "dice_roll").stdout


def test_a_constant_alone_is_found(run: Run, package: Path, tmp_path: Path) -> None:
    (package / "gmlrun_dice.py").write_text(
        "from gmlrun import Host\nextension = Host()\nextension.constant('DICE_MOST', 6)"
    )
    (tmp_path / "main.gml").write_text("show_debug_message(DICE_MOST);")
    for _ in range(2):
        result = run("main.gml")
        assert (result.stdout, result.stderr, result.returncode) == ("6\n", "", 0)
    result = run("check", "main.gml")
    assert (result.stdout, result.returncode) == ("", 0)
    with Game("x = DICE_MOST;") as game:
        assert game.eval("x") == 6
    with pytest.raises(GmlError, match="not set"):
        Game("x = DICE_MOST;", permissions=Permissions.sandbox()).start()


def test_its_functions_are_checked_like_gamemakers(run: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text("dice_roll();\ndice_rll(1);")
    errors = run("main.gml").stderr
    assert "wrong number of arguments for function dice_roll: 0 given, 1 to 2 expected" in errors
    assert "did you mean dice_roll?" in errors
    (tmp_path / "main.gml").write_text('dice_roll("x");')
    assert 'argument 1 of dice_roll: expected a number, got "x"' in run("main.gml").stderr
    (tmp_path / "main.gml").write_text("dice_wait();")
    assert "dice_wait is a coroutine: it runs only in a host that uses run_async" in run("main.gml").stderr


def test_a_program_that_needs_none_does_not_look_for_any(run: Run, package: Path, tmp_path: Path) -> None:
    (package / "gmlrun_dice.py").write_text("raise SystemExit('loaded')")
    (tmp_path / "main.gml").write_text("show_debug_message(1);")
    assert run("main.gml").stdout == "1\n"


def test_the_sandbox_has_no_installed_extensions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text(PROGRAM)
    assert "unknown function or script: dice_roll" in run("main.gml", "--sandbox").stderr


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("raise ValueError('no')", "the extension dice cannot be loaded: ValueError: no"),
        ("extension = 1", "is no gmlrun.Host"),
    ],
)
def test_an_extension_that_is_broken_is_told_of(run: Run, package: Path, tmp_path: Path, code: str, words: str) -> None:
    (package / "gmlrun_dice.py").write_text(code)
    (tmp_path / "main.gml").write_text(PROGRAM)
    result = run("main.gml")
    assert result.returncode == 2
    assert words in result.stderr


def test_a_host_has_them_too(package: Path) -> None:
    with Game("x = dice_roll(DICE_MOST, 3); function own() { return dice_roll(2); }") as game:
        assert game.eval("x") == 18
        assert game.call("own") == 2
        game.exec("y = dice_roll(1);")
    game = Game("dice_roll(1);")

    @game.function
    def dice_roll(sides: int) -> None:
        """The host's own goes before."""
        raise KeyError("own")

    with pytest.raises(GmlError, match="own"):
        game.start()
    with pytest.raises(SourceErrors, match="unknown function"):
        Game("dice_roll(1);", permissions=Permissions.sandbox()).start()


# ----------------------------------------------------------- a project's extensions

FILES = {
    "Game.yyp": """{"resourceType": "GMProject", "resources": [
        {"id": {"name": "obj_main", "path": "objects/obj_main/obj_main.yy",},},
        {"id": {"name": "rm", "path": "rooms/rm/rm.yy",},},
        {"id": {"name": "Steam", "path": "extensions/Steam/Steam.yy",},},
    ], "RoomOrderNodes": [{"roomId": {"name": "rm", "path": "rooms/rm/rm.yy",},},],}""",
    "extensions/Steam/Steam.yy": """{"name": "Steam", "resourceType": "GMExtension", "files": [
        {"filename": "steam.dll", "functions": [{"name": "steam_init"}, {"name": "steam_name"}, {"name": "steam_more"}],
         "constants": []},],}""",
    "objects/obj_main/obj_main.yy": """{"name": "obj_main", "resourceType": "GMObject", "eventList": [
        {"eventType": 0, "eventNum": 0, "collisionObjectId": null,},],}""",
    "objects/obj_main/Create_0.gml": """
        show_debug_message(extension_exists("Steam"));
        show_debug_message(steam_init(480));
        show_debug_message(steam_name([1, 2]));
        show_debug_message(steam_more());
        try { steam_init("x"); } catch (e) { show_debug_message(e.message); }
        game_end();
    """,
    "rooms/rm/rm.yy": """{"name": "rm", "resourceType": "GMRoom", "roomSettings": {"Width": 10, "Height": 10,},
        "layers": [{"name": "Instances", "depth": 0, "resourceType": "GMRInstanceLayer", "instances": [
        {"name": "inst_1", "objectId": {"name": "obj_main", "path": "x",}, "x": 0, "y": 0,},],},],}""",
}
MODULE = """
def steam_init(app: int) -> bool:
    return app == 480

def steam_name(numbers):
    return f"Ada {len(numbers)}"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "steam_stub.py").write_text(MODULE)
    return tmp_path / "Game.yyp"


EXPECTED = ["1", "1", "Ada 2", "0", 'argument 1 of steam_init: expected a number, got "x"']


@pytest.mark.parametrize("module", ["steam_stub", "steam_stub.py"])
def test_an_option_binds_a_projects_extension(gmlrun: Run, project: Path, module: str) -> None:
    result = gmlrun("Game.yyp", f"--extension=Steam={module}")
    assert result.stdout.splitlines() == EXPECTED
    assert "steam_more is a native function of an extension, which gmlrun cannot run" in result.stderr


def test_without_the_option_they_are_known_and_absent(gmlrun: Run, project: Path) -> None:
    result = gmlrun("Game.yyp")
    assert result.stdout.splitlines()[:4] == ["0", "0", "0", "0"]
    assert result.returncode == 0


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("Staem=steam_stub", "the project has no extension Staem: did you mean Steam?"),
        ("Steam=no_such_module", "the module no_such_module cannot be imported"),
        ("Steam=no_such.py", "there is no file no_such.py"),
        ("Steam", "expected a name and its value"),
    ],
)
def test_wrong_options_are_told_of(gmlrun: Run, project: Path, option: str, words: str) -> None:
    result = gmlrun("Game.yyp", f"--extension={option}")
    assert result.returncode == 2
    assert words in result.stderr


@pytest.mark.parametrize("options", [[], ["--extension=Steam=steam_stub"]])
def test_a_projects_extension_of_constants_alone(gmlrun: Run, project: Path, options: list[str]) -> None:
    folder = project.parent
    (folder / "extensions/Steam/Steam.yy").write_text(
        """{"name": "Steam", "resourceType": "GMExtension", "files": [{"filename": "steam.ext", "functions": [],
        "constants": [{"name": "STEAM_MOST", "value": "250"}]},],}"""
    )
    text = 'show_debug_message(STEAM_MOST); show_debug_message(extension_exists("Steam")); game_end();'
    (folder / "objects/obj_main/Create_0.gml").write_text(text)
    result = gmlrun("Game.yyp", *options)
    assert (result.stdout, result.stderr, result.returncode) == (f"250\n{len(options)}\n", "", 0)


def test_a_host_binds_objects(project: Path) -> None:
    asked: list[float] = []
    lines: list[str] = []

    def steam_init(app: float) -> bool:
        asked.append(app)
        return True

    extension: Any = SimpleNamespace(steam_init=steam_init)
    game = Game(project, extensions={"Steam": extension}, on_output=lines.append, on_log=lambda line: None)
    assert game.run() == 0
    assert asked == [480]
    with pytest.raises(UsageError, match="no extension Steem"):
        Game(project, extensions={"Steem": extension}).start()
