"""The command line: arguments go in, an exit code comes out. Knows nothing of the language."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; every expected fault ends in a message and an exit code, never in a traceback."""
    from gmlrun.cli.bundle import Bundle

    with Bundle():
        from gmlrun.cli.entry import run

        return run(argv)
