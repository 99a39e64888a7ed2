"""A project in the test's folder: files by their names go in, what it prints comes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gmlrun.game import Game
from gmlrun.runtime import Settings

Files = dict[str, str]
Write = Callable[[Files], Path]
Play = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files into the test's folder."""

    def put(files: Files) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return put


@pytest.fixture
def play() -> Play:
    """Runs a program; the exit code and the lines that it prints."""

    def run(path: Path, **settings: Any) -> tuple[int, list[str]]:
        printed: list[str] = []
        game = Game.load([path], Settings(**settings), output=printed.append, log=lambda line: None)
        return game.run(), printed

    return run
