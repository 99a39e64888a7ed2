"""The types that extensions declare for their native functions."""

from __future__ import annotations

import pytest

from gmlrun.project.extensions import SEVERAL, declared_texts


@pytest.mark.parametrize(
    ("texts", "numbers", "count"),
    [(1, 0, 1), (3, 2, 3), (SEVERAL, 0, SEVERAL), (SEVERAL + 1, 0, 0), (SEVERAL + 1, 1, SEVERAL + 1), (0, 5, 0)],
)
def test_texts_are_known_where_a_file_tells_types(texts: int, numbers: int, count: int) -> None:
    declared = {f"name{n}": True for n in range(texts)} | {f"size{n}": False for n in range(numbers)}
    assert declared_texts(declared) == {f"name{n}" for n in range(count)}
