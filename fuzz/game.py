"""A game for each input: GML goes in, and what is no error of GML's comes out as an exception."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gmlrun.game import evaluate
from gmlrun.net.memory import MemoryBackend
from gmlrun.runtime.context import Runtime, Settings
from gmlrun.runtime.step import Loop


def run_code(code: str, arguments: Sequence[str] = (), files: dict[str, bytes] | None = None) -> list[str]:
    """Runs a piece of GML and three frames; returns the messages of the errors that nothing caught."""
    folder = Path(tempfile.mkdtemp(prefix="gmlrun-fuzz-"))
    try:
        (folder / "save").mkdir()
        for name, data in (files or {}).items():
            (folder / "save" / name).write_bytes(data)
        settings = Settings(
            arguments=arguments, program_dir=folder, save_dir=folder / "save", headless="ignore", on_error="continue"
        )
        messages: list[str] = []
        rt = Runtime(settings, output=lambda line: None, log=lambda line: None, backend=MemoryBackend())
        outcome = evaluate(code, rt, lambda report: messages.append(report.message))
        if outcome.exit_code == 0:
            for _ in range(3):
                rt.service(Loop).frame()
        return messages
    finally:
        shutil.rmtree(folder, ignore_errors=True)
