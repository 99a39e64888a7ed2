"""The command `completion`: the name of a shell goes in, the script for its completion is printed."""

from __future__ import annotations

from gmlrun.cli.completion import SCRIPTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Prints the script."""
    print(SCRIPTS[options.shell], end="")
    return 0
