"""Runs files of tests in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gmlrun.testing.cases import run_case
from gmlrun.testing.results import Result
from gmlrun.testing.runner import Broken, Prepared, prepare

Try = Callable[..., dict[str, Result]]


@pytest.fixture
def attempt(tmp_path: Path) -> Try:
    """Writes a file of tests and its helpers, runs it, and gives the results by the names of the tests."""

    def run(text: str, timeout: float = 20.0, seed: int = 0, **others: str) -> dict[str, Result]:
        path = tmp_path / "test_it.gml"
        path.write_text(text, encoding="utf-8")
        for name, content in others.items():
            (tmp_path / f"{name}.gml").write_text(content, encoding="utf-8")
        prepared = prepare(str(path))
        assert not isinstance(prepared, Broken), prepared
        assert isinstance(prepared, Prepared)
        return {case.name: run_case(prepared, case, seed, timeout) for case in prepared.cases}

    return run
