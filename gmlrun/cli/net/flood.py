"""`gmlrun net flood`: a server goes in, is sent packets, and its answers are measured."""

from __future__ import annotations

import sys

from gmlrun.cli.net.words import kind_of, target_of
from gmlrun.workbench.flood import FloodOptions, flood

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions) -> int:
    """Floods the server; returns the exit code."""
    host, port = target_of(options)
    times = (options.seconds, options.rate)
    wish = FloodOptions(host, port, kind_of(options), options.raw, b"", options.connections, *times)
    return flood(wish, options.packet, options.yes, sys.stdout)
