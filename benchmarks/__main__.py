"""`python -m benchmarks [NAME…]`: runs the named benchmarks (language, network, connections, …), or all."""

from __future__ import annotations

import importlib
import sys

BENCHMARKS = {
    "language": "benchmarks.language.run",
    "network": "benchmarks.network.echo",
    "connections": "benchmarks.connections",
    "builtins": "benchmarks.builtins",
    "prompt": "benchmarks.prompt",
    "start_up": "benchmarks.start_up",
}


def main(names: list[str]) -> int:
    """Runs benchmarks by name; 2 for a name that is none."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark is called {unknown[0]}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        importlib.import_module(BENCHMARKS[name]).main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
