"""Starting a 300-line script from the compile cache, against `python -c pass`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import compare

FUNCTION = """
function step_{n}(value) {{
    var total = value;
    for (var i = 0; i < 3; i++) {{
        total += i * {n};
    }}
    if (total > 100) {{
        total = string_length(string(total));
    }}
    return total;
}}"""


def script() -> str:
    """A program of 300 lines that ends at once."""
    functions = [FUNCTION.format(n=n) for n in range(27)]
    return "\n".join(functions) + "\n" + "show_debug_message(step_1(2));\n" * 3


def main() -> None:
    """Prints the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "script.gml"
        path.write_text(script(), encoding="utf-8")
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed gmlrun has its bytecode

        def run(*words: str) -> None:
            command = [sys.executable, *words]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)

        command = Path(sys.executable).with_name("gmlrun")
        ours = [str(command)] if command.is_file() else ["-m", "gmlrun"]
        mine, theirs = compare(lambda: run(*ours, str(path)), lambda: run("-c", "pass"), rounds=15)
    print("start-up: a 300-line script from the compile cache, as a multiple of python -c pass (less is better)")
    print(f"  {'start_up':<18} {mine / theirs:5.2f}   (goal: at most 4)")
