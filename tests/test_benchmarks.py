"""The benchmarks compare like with like: both sides of each compute the same."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from benchmarks.language.run import NAMES
from gmlrun.game import Game


@pytest.mark.parametrize("name", NAMES)
def test_both_sides_agree(name: str, tmp_path: Path) -> None:
    module = importlib.import_module(f"benchmarks.language.{name}")
    path = tmp_path / "bench.gml"
    path.write_text(f"{module.GML}\nshow_debug_message(json_stringify(bench()));", encoding="utf-8")
    printed: list[str] = []
    assert Game.load([path], output=printed.append).run() == 0
    assert json.loads(printed[0]) == module.python()
