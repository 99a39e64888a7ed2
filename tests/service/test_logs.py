"""Logs: one line for each thing that is said, with time and level, as JSON or text, in files that begin anew."""

from __future__ import annotations

import json
import re
import signal
import stat
from pathlib import Path

import pytest

from gmlrun.diagnostics import Report
from gmlrun.service.logs import OLD_FILES, Log, LogFile, stamp
from tests.conftest import Run
from tests.service.conftest import Serve

PROGRAM = """
show_debug_message("two\\nlines");
function broken() { return nothing_here; }
broken();
"""
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def test_an_error_is_one_object_with_its_stack(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text(PROGRAM, encoding="utf-8")
    done = gmlrun("main.gml", "--log-format=json")
    (said,) = [json.loads(line) for line in done.stdout.splitlines()]
    (error,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert re.fullmatch(TIME, said.pop("time"))
    assert said == {"level": "info", "stream": "program", "message": "two\nlines"}
    assert (error["level"], error["stream"], error["line"], error["column"]) == ("error", "gmlrun", 3, 28)
    assert error["event"] == "Create Event for object main"
    assert [frame.split(" of ")[0] for frame in error["stack"]] == [
        "gml_Script_broken (line 3",
        "gml_Object_main_Create_0 (line 4",
    ]
    assert done.returncode == 1


def test_the_same_as_text_is_a_line_each(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text(PROGRAM, encoding="utf-8")
    done = gmlrun("main.gml", "--log-format=text")
    assert re.fullmatch(rf"{TIME} INFO    program two\\nlines\n", done.stdout)
    assert re.fullmatch(rf"{TIME} ERROR   gmlrun  Variable main\.nothing_here.* \| stack: .* < .*\n", done.stderr)


def test_warnings_have_their_level(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text("draw_clear(c_red); var unused = bufer_u8;", encoding="utf-8")
    levels = [json.loads(line)["level"] for line in gmlrun("main.gml", "--log-format=json").stderr.splitlines()]
    assert "warning" in levels


def test_a_file_takes_both_streams(tmp_path: Path) -> None:
    path = tmp_path / "server.log"
    file = LogFile(str(path), 10_000)
    log = Log("json", file.put)
    log.program("from the program")
    log.own("warning: look out")
    log.report(Report("wrong"))
    file.close()
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(one["stream"], one["level"], one["message"]) for one in found] == [
        ("program", "info", "from the program"),
        ("gmlrun", "warning", "look out"),
        ("gmlrun", "error", "wrong"),
    ]


def test_a_server_writes_into_its_file_alone(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text(PROGRAM, encoding="utf-8")
    done = gmlrun("main.gml", "--log-file=server.log", "--log-format=json")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
    assert len((tmp_path / "server.log").read_text(encoding="utf-8").splitlines()) == 2


def test_files_begin_anew_and_old_ones_are_kept(gmlrun: Run, tmp_path: Path) -> None:
    text = 'repeat (2500) show_debug_message(string_repeat("x", 4000));'
    (tmp_path / "main.gml").write_text(text, encoding="utf-8")
    assert gmlrun("main.gml", "--log-file=a.log", "--log-size=1").returncode == 0
    files = sorted(path.name for path in tmp_path.glob("a.log*"))
    assert files == ["a.log", *(f"a.log.{n}" for n in range(1, OLD_FILES + 1))]
    assert all(path.stat().st_size <= 1024 * 1024 for path in tmp_path.glob("a.log*"))
    assert stat.S_ISREG((tmp_path / "a.log").stat().st_mode)


def test_a_file_that_is_moved_away_is_followed_by_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "server.log"
    log = LogFile(str(path), 10_000)
    log.put("program", "before")
    path.rename(tmp_path / "moved.log")
    log.put("program", "between")
    path.unlink()
    log.put("program", "after")
    log.close()
    assert (tmp_path / "moved.log").read_text(encoding="utf-8") == "before\n"
    assert path.read_text(encoding="utf-8") == "after\n"


def test_a_full_disk_ends_no_game_and_is_said_once(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text("repeat (50) show_debug_message(1); game_end(3);", encoding="utf-8")
    done = gmlrun("main.gml", "--log-file=/dev/full")
    words = "gmlrun: warning: the log /dev/full cannot be written (No space left on device): lines are dropped\n"
    assert (done.stdout, done.stderr, done.returncode) == ("", words, 3)


def test_what_was_lost_is_told_when_there_is_room_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.log"
    log = LogFile(str(path), 10_000)
    stream, log.stream = log.stream, open("/dev/full", "w")  # noqa: SIM115 (closed below)
    log.put("program", "one")
    log.put("program", "two")
    with pytest.raises(OSError, match="No space"):
        log.stream.close()
    log.stream = stream
    log.put("program", "three")
    log.close()
    assert path.read_text(encoding="utf-8") == "three\n2 lines could not be written here\n"
    assert capsys.readouterr().err.count("cannot be written") == 1


@pytest.mark.parametrize("words", [["--log-file=missing/a.log"], ["--log-format=xml"], ["--log-size=0"]])
def test_mistakes(gmlrun: Run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "main.gml").write_text(PROGRAM, encoding="utf-8")
    done = gmlrun("main.gml", *words)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr.startswith("gmlrun")


def test_control_characters_do_nothing_to_a_terminal() -> None:
    lines: list[str] = []
    Log("text", lambda stream, line: lines.append(line), now=lambda: 0.0).program("a\x1b[31mb\rc")
    assert lines == ["1970-01-01T00:00:00.000Z INFO    program a.[31mb.c"]
    assert stamp(1.9996) == "1970-01-01T00:00:01.999Z"


def test_a_server_that_is_stopped_has_written_all(serve: Serve) -> None:
    server = serve("--log-format=json")
    server.process.send_signal(signal.SIGTERM)
    output, errors, code = server.end()
    assert (json.loads(output)["message"], errors, code) == ("game end", "", 0)
