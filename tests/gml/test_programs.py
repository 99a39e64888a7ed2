"""Runs every GML program below this folder and compares what it prints with its `// expect:` comments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gmlrun.diagnostics import Report
from gmlrun.errors import SourceErrors
from gmlrun.game import Game
from gmlrun.net.transports.memory import MemoryBackend
from gmlrun.runtime import Settings

HERE = Path(__file__).parent
PROGRAMS = sorted(HERE.rglob("*.gml"))
EXPECTED = re.compile(r"// expect: ?(.*?)(?=\s*// expect|$)")
EXPECTED_ERROR = re.compile(r"// expect-error: (.*)$", re.MULTILINE)
EXPECTED_EXIT = re.compile(r"// expect-exit: (\d+)")
EXPECTED_DIAGNOSTIC = re.compile(r"// expect-diagnostic: (.*)$", re.MULTILINE)


@pytest.mark.parametrize("path", PROGRAMS, ids=[str(p.relative_to(HERE).with_suffix("")) for p in PROGRAMS])
def test_program(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    printed: list[str] = []
    reports: list[Report] = []
    settings = Settings(program_dir=path.parent, program_name=path.stem, save_dir=tmp_path)
    wanted_diagnostics = EXPECTED_DIAGNOSTIC.findall(text)
    try:
        game = Game.load(
            [path],
            settings,
            output=printed.append,
            log=lambda line: None,
            on_report=reports.append,
            backend=MemoryBackend(),
        )
    except SourceErrors as errors:
        found = [f"{d.place.line}:{d.place.column}: {d.message}" for d in errors.diagnostics]
        assert found == wanted_diagnostics
        return
    assert not wanted_diagnostics, "the program has no error"
    code = game.run()
    wanted_error = EXPECTED_ERROR.search(text)
    messages = [report.message for report in reports]
    if wanted_error:
        assert messages
        assert wanted_error[1] in messages[0]
    else:
        assert messages == []
    assert printed == [match.rstrip("\r") for line in text.splitlines() for match in EXPECTED.findall(line)]
    wanted_exit = EXPECTED_EXIT.search(text)
    assert code == (int(wanted_exit[1]) if wanted_exit else 1 if wanted_error else 0)


def test_every_program_expects_something() -> None:
    silent = [str(p) for p in PROGRAMS if "// expect" not in p.read_text(encoding="utf-8")]
    assert silent == []
