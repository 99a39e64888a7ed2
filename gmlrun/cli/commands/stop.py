"""The command `stop`: a server drains and ends."""

from __future__ import annotations

from gmlrun.service import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Stops the server; returns the exit code."""
    return commands.stop(options.server, 0.0 if options.now else options.drain_timeout)
