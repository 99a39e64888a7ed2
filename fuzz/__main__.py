"""`python -m fuzz [NAME…] [--seconds N | --together N] [--seed N]`: runs the fuzzers; exit code 1 for a finding."""

from __future__ import annotations

import argparse
import os
import sys
import time

from fuzz import (
    builtins,
    captures,
    control,
    datagrams,
    hostile,
    programs,
    projects,
    prompt,
    protocols,
    readers,
    recordings,
    secure,
    status,
    suites,
)
from fuzz.engine import Finding, Fuzzer, fuzz

MODULES = (
    *(builtins, readers, programs, protocols, hostile, projects, recordings, captures, control, status, suites),
    *(secure, datagrams, prompt),
)
FUZZERS: dict[str, Fuzzer] = {made.FUZZER.name: made.FUZZER for made in MODULES}
MEMORY = 4 * 1024**3
"""Bytes that all of it may take: an input that wants more gets a MemoryError, as from a small machine."""


def main() -> int:
    options = parse()
    os.environ["GMLRUN_FAULTS"] = "raise"
    limit_memory()
    is_clean = True
    names = options.names or list(FUZZERS)
    seconds = options.seconds if options.together is None else options.together / len(names)
    for name in names:
        print(f"{name}: seed {options.seed}, {seconds:g} seconds", flush=True)
        count, findings = fuzz(FUZZERS[name], options.seed, seconds)
        for found in findings:
            print(report(name, found), flush=True)
        print(f"{name}: {count} inputs, {len(findings)} faults", flush=True)
        is_clean = is_clean and not findings
    return 0 if is_clean else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which fuzzers (default: {', '.join(FUZZERS)})")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each of them runs")
    parser.add_argument("--together", type=float, help="how long all of them run, instead of --seconds")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**9, help="what the inputs are made from")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in FUZZERS]
    if unknown:
        parser.error(f"no fuzzer is called {unknown[0]}: there are {', '.join(FUZZERS)}")
    return options


def limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, hard))


def report(name: str, found: Finding) -> str:
    """A fault as it is printed."""
    line = "-" * 80
    return f"{line}\n{name}, seed {found.seed}: {found.where}\n{found.shown}\n\n{found.trace}{line}"


if __name__ == "__main__":
    sys.exit(main())
