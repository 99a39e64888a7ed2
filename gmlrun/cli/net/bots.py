"""`gmlrun net bots`: a number and a program of a bot go in, that number of bots run and are measured."""

from __future__ import annotations

import sys

from gmlrun.cli.net.words import port_of, words_of
from gmlrun.errors import UsageError
from gmlrun.workbench import swarm
from gmlrun.workbench.bots import bots

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


BOT_FUNCTIONS = swarm.NAMES
"""The functions that a program of bots has beside GameMaker's."""


def run(options: CommandOptions) -> int:
    """Runs the bots; returns the exit code."""
    number, path = words_of(options, 2, "N FILE")
    if not number.isdecimal() or not 1 <= int(number) <= 100_000:
        raise UsageError(f"expected a number of bots, not {number}")
    count, port = int(number), port_of(str(options.port), 0)
    times = (options.seconds, min(options.ramp, options.seconds))
    order = swarm.Order(path, 0, count, count, *times, options.host, port, options.seed, options.yes)
    return bots(order, options.jobs, options.each, sys.stdout)
