"""Long work tells a terminal how far it is, and a pipe nothing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gmlrun.build.checking import check
from gmlrun.cli import messages
from gmlrun.cli.messages import CLEAR_LINE, ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO) -> str:
    with ProgressLine("compiling", stream) as progress:
        progress.show(0.25)
        progress.show(0.5)
    return stream.getvalue()


def test_a_terminal_sees_a_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "PATIENCE", -1.0)
    assert told(Terminal()).startswith(f"{CLEAR_LINE}gmlrun: compiling 25%")
    assert told(Terminal()).endswith(CLEAR_LINE)


def test_a_pipe_and_short_work_see_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "PATIENCE", 3600.0)
    assert told(Terminal()) == ""
    monkeypatch.setattr(messages, "PATIENCE", -1.0)
    assert told(io.StringIO()) == ""


def test_the_compiler_tells_how_far_it_is(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("main.gml", "a.gml", "b.gml")]
    for path in paths:
        path.write_text("", encoding="utf-8")
    parts: list[float] = []
    check(paths, on_progress=parts.append)
    assert parts == sorted(parts)
    assert len(parts) == 6
    assert parts[-1] == pytest.approx(2 / 3)
