"""The command `attach`: a prompt opens in a running server."""

from __future__ import annotations

from gmlrun.service import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Opens the prompt; returns the exit code when the user leaves it."""
    return commands.attach(options.server or "")
