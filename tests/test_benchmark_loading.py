"""The benchmark of loading compares like with like: both sides read all of the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from lark.exceptions import LarkError

from benchmarks.loading import load, made_up, peer, readable


def test_lark_alone_reads_all_of_what_is_loaded(tmp_path: Path) -> None:
    made_up(tmp_path)
    parts = list(load(tmp_path).program.parts)[:3]
    assert readable(peer(), parts) == [part.source.text for part in parts]
    with pytest.raises(LarkError):
        peer().parse("x = ;")
