"""`gmlrun net connect`: a host and a port go in, a client at the keyboard runs."""

from __future__ import annotations

import sys

from gmlrun.cli.net.desk import desk_options
from gmlrun.cli.net.words import target_of
from gmlrun.workbench.connecting import ConnectedPeer
from gmlrun.workbench.desk import desk_screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions) -> int:
    """Connects, and sends what is typed until the end; returns the exit code."""
    host, port = target_of(options)
    return ConnectedPeer(host, port, desk_options(options), desk_screen(options, sys.stdout)).run()
