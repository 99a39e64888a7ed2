"""`python -m fuzz.guided [NAME…] [--seconds N]`: the parser and the readers, led by what code an input reaches.

Needs atheris, which not every Python has; without it nothing is run, and that is said. The corpus is made anew from
the seeds below, so that there is nothing to keep.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fuzz.readers import PIECES, TEXT_READERS, TEXTS

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 4096
"""Bytes of an input."""
SLOWEST = 20
"""Seconds: an input that takes longer is a fault."""


def parser(data: bytes) -> None:
    """A source parses, or has errors with places."""
    from gmlrun.errors import SourceErrors
    from gmlrun.source import Source
    from gmlrun.syntax.parser import parse

    try:
        parse(Source("<fuzz>", data.decode("utf-8", "replace")))
    except SourceErrors as errors:
        if not all(found.place.line >= 1 and found.place.column >= 1 for found in errors.diagnostics):
            raise RuntimeError("an error without a place") from errors


def readers(data: bytes) -> None:
    """A text gives a value or a GML error, whichever builtin reads it; the first byte says which does."""
    from fuzz.game import run_code

    which = TEXT_READERS[data[0] % len(TEXT_READERS)] if data else TEXT_READERS[0]
    text = data[1:].decode("utf-8", "replace")
    run_code(f"var text = parameter_string(1); try {{ {which}; }} catch (e) {{ string(e); }}", [text])


TARGETS: dict[str, Callable[[bytes], None]] = {"parser": parser, "readers": readers}


def seeds(name: str) -> list[bytes]:
    """What a target begins with: small programs, or pieces of what is read."""
    if name == "parser":
        return [path.read_bytes() for path in sorted((ROOT / "tests" / "gml").rglob("*.gml"))[:40]]
    return [bytes([number % 256]) + piece for number, piece in enumerate((*map(str.encode, TEXTS), *PIECES))]


def run_target(name: str, arguments: list[str]) -> None:
    """Gives the process to atheris, which ends it."""
    import atheris

    os.environ["GMLRUN_FAULTS"] = "raise"
    with atheris.instrument_imports(include=["gmlrun"]):
        import gmlrun.builtins.json_text
        import gmlrun.game
        import gmlrun.syntax.parser  # noqa: F401 - what is imported here is watched
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


def start(name: str, seconds: float) -> int:
    """Runs a target in a process of its own for a time; returns its exit code, 0 where it found nothing."""
    with tempfile.TemporaryDirectory(prefix="gmlrun-fuzz-") as folder:
        for number, seed in enumerate(seeds(name)):
            (Path(folder) / f"seed{number}").write_bytes(seed[:LONGEST])
        limits = [f"-max_total_time={seconds:.0f}", f"-max_len={LONGEST}", f"-timeout={SLOWEST}", "-rss_limit_mb=4096"]
        limits.append(f"-artifact_prefix={folder}/")
        words = [sys.executable, "-m", "fuzz.guided", "--target", name, "--", *limits, "-print_final_stats=1", folder]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    counted = next((line for line in done.stderr.splitlines() if "number_of_executed_units" in line), "nothing ran")
    print(f"{name}: {counted.rpartition(': ')[2]} inputs, {'faults' if done.returncode else '0 faults'}", flush=True)
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-4000:], sep="\n")
    return done.returncode


def main(words: list[str]) -> int:
    options: Any = argparse.ArgumentParser(prog="python -m fuzz.guided", description=__doc__)
    options.add_argument("names", nargs="*", metavar="NAME", help=f"which targets (default: {', '.join(TARGETS)})")
    options.add_argument("--seconds", type=float, default=20.0, help="how long each of them runs")
    options.add_argument("--target", choices=TARGETS, help=argparse.SUPPRESS)
    found, rest = options.parse_known_args(words)
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed: the guided fuzzers are left out")
        return 0
    if found.target:
        run_target(found.target, [word for word in (*found.names, *rest) if word != "--"])
    unknown = [name for name in found.names if name not in TARGETS]
    if unknown:
        options.error(f"no target is called {unknown[0]}: there are {', '.join(TARGETS)}")
    return max([start(name, found.seconds) for name in found.names or TARGETS])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
