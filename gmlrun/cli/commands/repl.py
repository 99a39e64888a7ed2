"""The command `repl`: paths and options go in, a prompt opens."""

from __future__ import annotations

import os
from pathlib import Path

from gmlrun.cli.loading import limit_memory, settings_of
from gmlrun.repl import open_session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gmlrun.cli.options import CommandOptions


def run(options: CommandOptions, arguments: list[str]) -> int:
    """Opens the prompt, and returns the exit code when the user leaves it."""
    if options.color == "never":
        os.environ["NO_COLOR"] = "1"
    limit_memory(options.max_memory)
    return open_session([Path(path) for path in options.paths], settings_of(options, arguments), options.seed)
