"""The command `ps`: the servers of this user are listed."""

from __future__ import annotations

from gmlrun.service import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Lists the servers; returns the exit code."""
    return commands.ps()
