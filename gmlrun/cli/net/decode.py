"""`gmlrun net decode`: a capture goes in, its packets are printed."""

from __future__ import annotations

import sys

from gmlrun.cli.net.words import words_of
from gmlrun.workbench.captures import decode
from gmlrun.workbench.desk import desk_screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions) -> int:
    """Prints the packets; returns the exit code."""
    (path,) = words_of(options, 1, "FILE")
    return decode(path, desk_screen(options, sys.stdout), options.port, options.summary)
