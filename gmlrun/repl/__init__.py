"""The prompt: GML typed by people or read from a pipe goes in, values come out, while the game runs on."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gmlrun.repl.console import Console
    from gmlrun.repl.session import Session
    from gmlrun.runtime import Settings


def open_session(paths: Sequence[Path], settings: Settings, seed: int = 0) -> int:
    """Runs a session on the terminal, or over standard input; returns the exit code.

    Raises SourceErrors and UsageError for a program that cannot be loaded.
    """
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") not in ("dumb", "unknown"):
        from gmlrun.repl.prompt import run
    else:
        from gmlrun.repl.stream import run

    def make_session(console: Console) -> Session:
        from gmlrun.repl.session import Session
        from gmlrun.runtime import Runtime

        rt = Runtime(settings, output=console.print, log=console.log, seed=seed)
        return Session(rt, paths, console.report)

    return run(make_session)
