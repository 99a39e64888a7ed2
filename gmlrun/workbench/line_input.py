"""Whatever stands at standard input goes in, a reader of its lines comes out: with an editor on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from gmlrun.workbench.keyboard import LineReader

PLAIN_TERMINALS = (None, "dumb", "unknown")


def open_keyboard(wake: Callable[[], None]) -> LineReader:
    """A reader of standard input; on a terminal that can move its cursor, one that edits lines."""
    if sys.stdin and sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") not in PLAIN_TERMINALS:
        from gmlrun.workbench.line_editor import LineEditor

        return LineEditor(wake)
    return LineReader(wake)
