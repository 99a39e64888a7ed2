"""Dialogs that ask on standard input."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Run


def test_each_question_reads_a_line(gmlrun: Run, tmp_path: Path) -> None:
    (tmp_path / "ask.gml").write_text(
        'show_debug_message(get_string("1", "") + get_string("2", "no") + string(get_integer("3", 7)));', "utf-8"
    )
    done = gmlrun("ask.gml", "--dialogs=stdin", stdin="Ann\n\n")
    assert (done.stdout.splitlines(), done.stderr, done.returncode) == (["1", "2", "3", "Annno7"], "", 0)
