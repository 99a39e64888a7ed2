"""`python -m benchmarks [NAME [FOLDER…]…]`: runs the named benchmarks (language, network, loading, …), or all."""

from __future__ import annotations

import importlib
import os
import sys

BENCHMARKS = {
    "language": "benchmarks.language.run",
    "network": "benchmarks.network.echo",
    "connections": "benchmarks.connections",
    "builtins": "benchmarks.builtins",
    "collisions": "benchmarks.collisions",
    "embedding": "benchmarks.embedding",
    "loading": "benchmarks.loading",
    "prompt": "benchmarks.prompt",
    "start_up": "benchmarks.start_up",
    "status": "benchmarks.status",
    "step": "benchmarks.step",
    "testing": "benchmarks.testing",
}


def main(words: list[str]) -> int:
    """Runs benchmarks by name, with the folders that follow the name; 2 for a name that is none."""
    chosen: list[tuple[str, list[str]]] = []
    for word in words:
        if word in BENCHMARKS:
            chosen.append((word, []))
        elif chosen and os.path.isdir(word):
            chosen[-1][1].append(word)
        else:
            print(f"no benchmark is called {word}; there are: {', '.join(BENCHMARKS)}", file=sys.stderr)
            return 2
    for name, folders in chosen or [(name, []) for name in BENCHMARKS]:
        importlib.import_module(BENCHMARKS[name]).main(*folders)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
