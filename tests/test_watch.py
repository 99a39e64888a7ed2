"""Programs that run again, or take new code, when their files change."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import IO

import pytest

from gmlrun.cli.watch import changed_file, state_of, without_watch
from tests.conftest import Start

SERVER = """
show_debug_message("begin");
count = 0;
server = network_create_server(network_socket_tcp, 6510, 8);
event step { if (++count mod 20 == 0) show_debug_message("VERSION"); }
event other_game_end { show_debug_message("game end"); }
"""
OPTIONS = ("--map-port=6510=0", "--bind=127.0.0.1")


def wait_for(stream: IO[str] | None, wanted: str) -> list[str]:
    """The lines up to one that has the text; the test's time limit ends a wait in vain."""
    assert stream is not None
    lines = []
    for line in stream:
        lines.append(line.strip())
        if wanted in line:
            return lines
    raise AssertionError(f"no line had {wanted}: {lines}")


def rewrite(path: Path, text: str) -> None:
    """Changes a file as editors do: at once, and later than before."""
    later = path.stat().st_mtime_ns + 1_000_000_000
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    os.utime(fresh, ns=(later, later))
    fresh.replace(path)


@pytest.fixture
def server(tmp_path: Path) -> Path:
    path = tmp_path / "server.gml"
    path.write_text(SERVER.replace("VERSION", "first"), encoding="utf-8")
    return path


def end(process: subprocess.Popen[str]) -> tuple[str, str]:
    process.send_signal(signal.SIGTERM)
    return process.communicate()


def test_rerun_starts_the_program_again(start_gmlrun: Start, server: Path) -> None:
    process = start_gmlrun("--watch", server, *OPTIONS)
    wait_for(process.stdout, "first")
    rewrite(server, SERVER.replace("VERSION", "second"))
    lines = wait_for(process.stdout, "second")
    assert "begin" in lines
    assert "game end" in lines
    assert "server.gml has changed" in " ".join(wait_for(process.stderr, "changed"))
    output, _ = end(process)
    assert (output.splitlines()[-1], process.returncode) == ("game end", 0)


def test_rerun_outlives_a_program_with_errors(start_gmlrun: Start, server: Path) -> None:
    process = start_gmlrun("--watch=rerun", server, *OPTIONS)
    wait_for(process.stdout, "first")
    rewrite(server, "var a = ;")
    wait_for(process.stderr, "error:")
    rewrite(server, SERVER.replace("VERSION", "second"))
    wait_for(process.stdout, "second")
    end(process)
    assert process.returncode == 0


def test_reload_replaces_events_and_keeps_the_rest(start_gmlrun: Start, server: Path) -> None:
    process = start_gmlrun("--watch=reload", server, *OPTIONS)
    wait_for(process.stdout, "first")
    rewrite(server, SERVER.replace("VERSION", "second"))
    assert "begin" not in wait_for(process.stdout, "second")
    wait_for(process.stderr, "are replaced")
    rewrite(server, "event step { ")
    wait_for(process.stderr, "goes on with its old code")
    wait_for(process.stdout, "second")
    rewrite(server, SERVER.replace("VERSION", "third"))
    wait_for(process.stdout, "third")
    assert end(process)[1].count("listening") == 0
    assert process.returncode == 0


def test_ctrl_c_ends_watching(start_gmlrun: Start, server: Path) -> None:
    process = start_gmlrun("--watch", server, *OPTIONS)
    wait_for(process.stdout, "first")
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 130


def test_what_is_watched(tmp_path: Path) -> None:
    for name in ("main.gml", "lib.gml", "notes.txt"):
        (tmp_path / name).touch()
    main = str(tmp_path / "main.gml")
    assert list(state_of([main])) == [main]
    assert set(state_of([str(tmp_path)])) == {main, str(tmp_path / "lib.gml")}
    before = state_of([str(tmp_path)])
    (tmp_path / "new.gml").touch()
    assert changed_file(before, state_of([str(tmp_path)])) == "new.gml"
    assert changed_file(before, before) == ""


def test_the_command_of_the_second_process() -> None:
    assert without_watch(["--watch", "a.gml", "--watch=rerun", "--", "--watch"]) == ["a.gml", "--", "--watch"]
