"""What a program is started with or in: a pipe, a folder that is gone, too little memory, a closed input."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gmlrun.project.yy import parse_yy
from tests.conftest import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes with names, and no ulimit")


def shell(script: str, environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", script, "sh", sys.executable, "-m", "gmlrun", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=50)


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_pipe_is_no_program(command: str, gmlrun: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gml")
    done = gmlrun(command, "pipe.gml")
    assert done.stderr == "gmlrun: pipe.gml is a pipe, which gmlrun cannot read again: save the program in a file\n"
    assert done.returncode == 2


def test_the_folder_is_gone(environment: dict[str, str], tmp_path: Path) -> None:
    script = f'mkdir {tmp_path}/gone && cd {tmp_path}/gone && rmdir {tmp_path}/gone && exec "$@"'
    done = shell(script, environment, "run", "x.gml")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert shell(script, environment, "eval", "1 + 1").stdout == "2\n"


def test_a_long_string_under_a_memory_limit(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "big.gml"
    path.write_text(f'x = "{"a" * 20_000_000}";', encoding="utf-8")
    done = shell('ulimit -v 400000; exec "$@"', environment, "--no-cache", str(path))
    assert "Traceback" not in done.stderr
    assert (done.returncode, done.stderr) in [(0, ""), (1, "gmlrun: there is not enough memory\n")]


def test_dialogs_with_a_closed_input(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "ask.gml"
    path.write_text("try { get_string(1, 2); } catch (e) { show_debug_message(e.message); }", encoding="utf-8")
    done = shell('exec "$@" <&-', environment, "--dialogs", "stdin", str(path))
    assert done.stdout == "1\nstandard input is closed, so that nobody can answer: 1\n"
    assert done.stderr == ""


@pytest.mark.parametrize(
    "code", ["is_undefined(5)", "5 == undefined", "is_string(1)", "typeof(5)", "is_undefined(@'x')"]
)
def test_no_warning_of_python(code: str, environment: dict[str, str]) -> None:
    environment["PYTHONWARNINGS"] = "default"
    assert shell('exec "$@"', environment, "eval", code).stderr == ""


def test_a_number_of_5000_digits_in_a_project() -> None:
    assert parse_yy('{"a": ' + "9" * 5000 + ', "b": 5}') == {"a": float("inf"), "b": 5}


@pytest.mark.parametrize("descriptors", [6, 8, 12])
@pytest.mark.parametrize("words", ["run server.gml --bind=127.0.0.1 --map-port=6510=0", "repl", "check server.gml"])
def test_few_descriptors(words: str, descriptors: int, environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "server.gml").write_text(
        "network_create_server(network_socket_tcp, 6510, 4); alarm[0] = 2; event alarm0 { game_end(); }",
        encoding="utf-8",
    )
    script = f'cd {tmp_path}; ulimit -n {descriptors}; exec "$@" </dev/null'
    said = shell(script, environment, *words.split()).stderr
    assert "Traceback" not in said
    assert "internal fault" not in said


def test_a_recording_on_a_full_disk_ends_and_the_game_goes_on(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text("alarm[0] = 9; event alarm0 { game_end(7); }", encoding="utf-8")
    script = f"cd {tmp_path}; export PYTHONDONTWRITEBYTECODE=1; trap '' XFSZ; ulimit -f 1; exec \"$@\""
    done = shell(script, environment, "run", "main.gml", "--no-cache", "--record=run.gmlrec", "--", "a" * 2000)
    assert done.stderr == "gmlrun: warning: the recording cannot be written (File too large): it ends here\n"
    assert done.returncode == 7


def test_a_profile_on_a_full_disk_is_told_of_and_the_game_ends_as_it_would(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "main.gml").write_text(
        "repeat (30000) { x = string(sin(x)); x = real(x); } game_end(7);", encoding="utf-8"
    )
    script = f"cd {tmp_path}; export PYTHONDONTWRITEBYTECODE=1; trap '' XFSZ; ulimit -f 0; exec \"$@\""
    done = shell(script, environment, "run", "main.gml", "--no-cache", "--profile=stacks.txt")
    assert "gmlrun: warning: the profile stacks.txt cannot be written: File too large" in done.stderr
    assert done.returncode == 7


@pytest.mark.parametrize("kind", ["cut off", "empty", "a folder", "not ours", "noise"])
def test_a_damaged_cache_is_as_good_as_none(kind: str, environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "main.gml"
    path.write_text("show_debug_message(1);", encoding="utf-8")
    assert shell('exec "$@"', environment, str(path)).stdout == "1\n"
    for found in Path(environment["XDG_CACHE_HOME"]).rglob("*"):
        if found.is_file():
            data = found.read_bytes()
            found.unlink()
            if kind == "a folder":
                found.mkdir()
            else:
                found.write_bytes(
                    {"cut off": data[: len(data) // 2], "empty": b"", "noise": b"\0" + data}.get(kind, data)
                )
                found.chmod(0 if kind == "not ours" else 0o600)
    done = shell('exec "$@"', environment, str(path))
    assert (done.stdout, done.stderr, done.returncode) == ("1\n", "", 0)


@pytest.mark.parametrize("room", [0, 512])
def test_a_module_that_was_compiled_on_a_full_disk(room: int, environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "run.gmlrec").write_text("x", encoding="utf-8")
    folders = {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"), "XDG_CACHE_HOME": "/dev/null"}
    places = {**environment, **folders, "PYTHONDONTWRITEBYTECODE": ""}
    script = f'cd {tmp_path}; exec "$@"'
    usual = shell(script, places, "replay", "run.gmlrec").stderr
    (compiled,) = tmp_path.rglob("replaying.*.pyc")
    compiled.write_bytes(compiled.read_bytes()[: 16 + room])
    said = shell(script, places, "replay", "run.gmlrec").stderr
    assert said.startswith(f"gmlrun: {compiled} was damaged, as a full disk leaves it, and has been removed: run ")
    assert shell(script, places, "replay", "run.gmlrec").stderr == usual
