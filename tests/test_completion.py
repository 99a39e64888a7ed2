"""Completion as the three shells' users meet it: real shells complete lines."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from gmlrun.cli.completion import SCRIPTS, candidates
from gmlrun.cli.options import COMMAND_NAMES, RUN_OPTIONS

NeedTool = Callable[[str], str]


@pytest.fixture
def shell_environment(environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A folder with programs to complete, and a `gmlrun` on the path."""
    programs = tmp_path / "bin"
    programs.mkdir()
    command = programs / "gmlrun"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gmlrun "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (tmp_path / "work" / "sources").mkdir(parents=True)
    (tmp_path / "work" / "server.gml").touch()
    (tmp_path / "work" / "other.txt").touch()
    monkeypatch.chdir(tmp_path / "work")
    for shell, script in SCRIPTS.items():
        (tmp_path / f"completion.{shell}").write_text(script, encoding="utf-8")
    return {**environment, "PATH": f"{programs}:{environment['PATH']}", "TERM": "dumb", "SCRIPTS": str(tmp_path)}


LINES = [
    ("gmlrun comp", ["completion"]),
    ("gmlrun se", ["server.gml"]),
    ("gmlrun s", ["server.gml", "show", "sources/", "stop"]),
    ("gmlrun check --for", ["--format"]),
    ("gmlrun check --format ", ["json", "text"]),
    ("gmlrun server.gml --no-c", ["--no-cache", "--no-control"]),
    ("gmlrun server.gml --dialogs ", ["default", "fail", "stdin"]),
    ("gmlrun server.gml --watch=rel", ["--watch=reload"]),
    ("gmlrun doc buffer_get_surface_d", ["buffer_get_surface_depth"]),
    ("gmlrun net pro", ["proxy"]),
    ("gmlrun net decode --su", ["--summary"]),
    ("gmlrun completion ", ["bash", "fish", "zsh"]),
]


@pytest.mark.parametrize(("line", "wanted"), LINES)
def test_what_can_follow(shell_environment: dict[str, str], line: str, wanted: list[str]) -> None:
    found = sorted(text for text, _ in candidates(line.split(" ")[1:]))
    assert found == wanted


def test_every_command_and_option_is_offered() -> None:
    assert set(COMMAND_NAMES) <= {text for text, _ in candidates([""])}
    assert {option.name for option in RUN_OPTIONS} <= {text for text, _ in candidates(["x.gml", "--"])}


BASH_ASKS = """
source "$SCRIPTS/completion.bash"
COMP_LINE=$1 COMP_POINT=${#1}
read -ra COMP_WORDS <<< "${1//=/ = }"
[[ $1 == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
_gmlrun 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(("line", "wanted"), LINES)
def test_bash_completes(shell_environment: dict[str, str], need_tool: NeedTool, line: str, wanted: list[str]) -> None:
    done = run_shell([need_tool("bash"), "--norc", "-c", BASH_ASKS, "bash", line], shell_environment)
    assert sorted(done.split()) == [word.rpartition("=")[2] for word in wanted]


@pytest.mark.parametrize(("line", "wanted"), LINES)
def test_fish_completes(shell_environment: dict[str, str], need_tool: NeedTool, line: str, wanted: list[str]) -> None:
    asked = f"source $SCRIPTS/completion.fish; complete -C '{line}'"
    done = run_shell([need_tool("fish"), "--no-config", "-c", asked], shell_environment)
    assert sorted(found.split("\t")[0] for found in done.splitlines()) == wanted


def run_shell(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=25)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(("line", "wanted"), [(line, wanted) for line, wanted in LINES if len(wanted) == 1])
def test_zsh_completes(shell_environment: dict[str, str], need_tool: NeedTool, line: str, wanted: list[str]) -> None:
    shell = pexpect.spawn(need_tool("zsh"), ["-f", "-i"], env=shell_environment, encoding="utf-8", timeout=20)
    shell.sendline("unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D")
    shell.sendline('show() { print -r -- "line=$BUFFER" > $SCRIPTS/line; exit }; zle -N show; bindkey "^X" show')
    shell.sendline("source $SCRIPTS/completion.zsh; print loaded-$((1 + 1))")
    shell.expect("loaded-2")
    shell.send(f"{line}\t\x18")
    shell.expect(pexpect.EOF)
    shell.close()
    completed = Path(shell_environment["SCRIPTS"], "line").read_text(encoding="utf-8")
    assert completed.strip() == f"line={line[: line.rindex(' ')]} {wanted[0]}"


def test_the_command_prints_the_script(environment: dict[str, str]) -> None:
    for shell, script in SCRIPTS.items():
        done = subprocess.run(
            [sys.executable, "-m", "gmlrun", "completion", shell], capture_output=True, text=True, env=environment
        )
        assert done.stdout == script
