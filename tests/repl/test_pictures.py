"""The pictures of sessions in docs/ show what sessions really show."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_pictures_are_those_of_today() -> None:
    spec = importlib.util.spec_from_file_location("repl_pictures", ROOT / "tools" / "repl_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = (ROOT / "docs" / "repl.md").read_text(encoding="utf-8")
    for name, text in tool.pictures().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, "run tools/repl_pictures.py"
        assert f"({name})" in page
