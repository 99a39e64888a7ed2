"""Closed, full and poor standard streams: every command says one clear line, or nothing, and never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix closes and fills the streams")

COMMANDS = {
    "repl": "", "eval": "eval '\"é\"'", "check": "check bad.gml", "test": "test test_a.gml --jobs=1",
    "ps": "ps", "help": "--help", "run": "run main.gml",
}  # fmt: skip
CODES = {"check": 1, "test": 1}
STREAMS = {
    "closed input": "CMD <&-",
    "closed output": "CMD >&-",
    "closed errors": "CMD 2>&-",
    "all closed": "CMD <&- >&- 2>&-",
    "full output": "CMD >/dev/full",
    "full errors": "CMD 2>/dev/full",
    "all full": "CMD >/dev/full 2>/dev/full",
    "no reader": "(CMD; echo $? >code) | :",
    "ASCII": "LC_ALL=C PYTHONCOERCECLOCALE=0 PYTHONUTF8=0 CMD",
}


@pytest.mark.parametrize("streams", STREAMS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_with_such_streams(command: str, streams: str, environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "main.gml").write_text('show_debug_message("é");', encoding="utf-8")
    (tmp_path / "bad.gml").write_text("é = ;\n", encoding="utf-8")
    (tmp_path / "test_a.gml").write_text("function test_é() { assert_equals(1, 2); }\n", encoding="utf-8")
    line = STREAMS[streams].replace("CMD", f"{sys.executable} -m gmlrun {COMMANDS[command]}")
    done = subprocess.run(
        ["bash", "-c", line], stdin=subprocess.DEVNULL, capture_output=True, env=environment, cwd=tmp_path, timeout=55
    )
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert "Exception" not in said
    code = int((tmp_path / "code").read_text()) if streams == "no reader" else done.returncode
    assert code == CODES.get(command, 0)
    if streams == "full output" and command != "repl":
        assert said.count("standard output cannot be written (No space left on device): lines are dropped") <= 1


def test_a_program_whose_name_is_no_text(environment: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable.encode(), b"-m", b"gmlrun", b"n\xff.gml", b"--no-cache", b"--", b"a\xff"]
    (tmp_path / "n\udcff.gml").write_text("show_debug_message([object_get_name(object_index), parameter_string(1)]);")
    done = subprocess.run(command, capture_output=True, env=environment, cwd=tmp_path, timeout=55)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == '[ "n\ufffd","a\ufffd" ]\n'
