"""The command `replay`: a recording goes in, and runs again."""

from __future__ import annotations

from gmlrun.cli.replaying import replay_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Runs the recording; returns 1 where something was not as recorded."""
    return replay_file(options.path)
