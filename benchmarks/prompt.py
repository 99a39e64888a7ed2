"""Opening the prompt: from the start of the process to the first line that can be edited, against its library alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import compare

PROMPT = b"gml> "


def open_prompt(environment: dict[str, str]) -> None:
    """Runs the prompt in a pseudo-terminal until it shows, then leaves."""
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(sys.executable, [sys.executable, "-m", "gmlrun"], environment)
    shown = b""
    while PROMPT not in shown:
        shown += os.read(terminal, 65536)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    os.close(terminal)


def main() -> None:
    """Prints the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        here = str(Path(__file__).resolve().parent.parent)
        environment = {**os.environ, "XDG_STATE_HOME": folder, "TERM": "xterm", "PYTHONPATH": here}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        library = [sys.executable, "-c", "import prompt_toolkit"]
        mine, theirs = compare(
            lambda: open_prompt(environment),
            lambda: subprocess.run(library, check=True, env=environment),
            rounds=15,
        )
    print("prompt: start-up until a line can be edited, as a multiple of importing prompt_toolkit (less is better)")
    print(f"  {'prompt':<18} {mine / theirs:5.2f}   (goal: at most 2)")
