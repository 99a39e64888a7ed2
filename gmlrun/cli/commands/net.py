"""The command `net`: the name of a tool and its options go in, the tool of `cli/net/` runs."""

from __future__ import annotations

from gmlrun.lean import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Runs the tool, whose module is imported only now; returns its exit code."""
    tool: Callable[[CommandOptions], int] = import_module(f"gmlrun.cli.net.{options.tool}").run
    return tool(options)
